"""Descriptions of actors that belong together: "members of the front", "the RF, a rebel group"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.codes import ActorType
from extractor.readers.baseline.actors.table import Token, actor_words


@dataclass(frozen=True, kw_only=True)
class ActorPhrase:
    """A description of an actor; offsets count from the start of the sentence.

    `start` and `end` span everything that belongs to it, a hedge and an acronym in brackets too;
    `name` is what it is called. `kind` is empty for a name of which nothing more is told.
    """

    start: int
    end: int
    name: tuple[int, int]
    kind: ActorType | None
    hedged: bool = False
    named: bool = False
    """Whether a proper name is among its words."""
    definite: bool = False


def join_actors(
    sentence: str, tokens: Sequence[Token], found: Iterable[ActorPhrase]
) -> Iterator[ActorPhrase]:
    """Join "members of" and "guerrillas from" to the actor behind them, and a name to its kind."""
    by_end = {token.end: n for n, token in enumerate(tokens)}
    joined: list[ActorPhrase] = []
    for phrase in found:
        last = joined[-1] if joined else None
        both = _as_one(sentence, last, phrase) if last else None
        if both is not None:
            joined[-1] = both
            continue
        whole = _with_members(sentence, tokens, by_end, phrase)
        joined.append(phrase if last and whole.start < last.end else whole)
    yield from (_with_quotes(sentence, phrase) for phrase in joined)


def _as_one(sentence: str, last: ActorPhrase, phrase: ActorPhrase) -> ActorPhrase | None:
    """Two descriptions as one, if the second goes on with the first."""
    between = sentence[last.end : phrase.start]
    name = (last.name[0], phrase.name[1])
    nobody = phrase.kind is ActorType.UNIDENTIFIED
    if last.named and phrase.kind and between in _OWNING and not (last.kind and nobody):
        return replace(phrase, start=last.start, name=name, named=True)
    if (
        between == " "
        and phrase.named
        and not phrase.definite
        and _GROUP.search(sentence, max(0, last.end - _GROUP_LETTERS), last.end)
    ):
        kind = phrase.kind or last.kind
        return replace(last, end=phrase.end, name=name, kind=kind, named=True)
    if between == " " and last.named and last.kind and phrase.kind and not phrase.definite:
        return replace(last, end=phrase.end, name=name)
    if _apposed(sentence, last, phrase):
        return replace(last, end=phrase.end, kind=phrase.kind)
    if _names(sentence, last, phrase):
        return replace(last, end=phrase.end, name=phrase.name, named=True)
    if last.kind is None or between not in _OF:
        return None
    group = (
        phrase.named
        and last.kind is not ActorType.UNIDENTIFIED
        and between == " of "
        and _name_like(sentence, phrase)
    )
    if phrase.kind is None and not group:
        return None
    kind = last.kind if phrase.kind is None or nobody else phrase.kind
    return replace(last, end=phrase.end, name=name, kind=kind, named=True)


# "The group Sons of the Coast", "the militia Red Guard": the kind stands before the name.
_GROUP = re.compile(
    r"\b(?:group|movement|organi[sz]ation|militia|faction|gang|cartel|sect|outfit|cult|band)$"
)
_GROUP_LETTERS = 14
_OWNING = frozenset({"'s ", "\u2019s ", "' ", "\u2019 "})
_OF = frozenset({" of ", " from ", " belonging to ", " loyal to "})


def _with_members(
    sentence: str, tokens: Sequence[Token], by_end: dict[int, int], phrase: ActorPhrase
) -> ActorPhrase:
    """A description with "alleged members of" before it."""
    link = next((of for of in _OF if sentence.endswith(of, 0, phrase.start)), None)
    at = by_end.get(phrase.start - len(link)) if link else None
    words = actor_words()
    if at is None or phrase.kind is None or tokens[at].low not in words.members:
        return phrase
    before = words.modifiers | words.hedges | words.numbers
    first = at
    while (
        first
        and tokens[first].joined
        and (tokens[first - 1].low in before or tokens[first - 1].text.isdigit())
    ):
        first -= 1
    hedged = any(tokens[n].low in words.hedges for n in range(first, at))
    if first and tokens[first].joined and tokens[first - 1].low in words.determiners:
        first -= 1
    name = tokens[at if hedged else first].start
    return replace(
        phrase,
        start=tokens[first].start,
        name=(name, phrase.name[1]),
        hedged=hedged or phrase.hedged,
    )


def _with_quotes(sentence: str, phrase: ActorPhrase) -> ActorPhrase:
    """A name in quotation marks, with them."""
    start = phrase.start
    opens = start > 0 and sentence[start - 1] in _QUOTES
    if not opens or not any(mark in _QUOTES for mark in sentence[phrase.name[1] : phrase.end + 1]):
        return phrase
    closes = sentence[phrase.end : phrase.end + 1] in _QUOTES
    return replace(
        phrase, start=start - 1, end=phrase.end + (1 if closes and sentence[phrase.end :] else 0)
    )


def _apposed(sentence: str, last: ActorPhrase, phrase: ActorPhrase) -> bool:
    """Whether a description tells what the name before it is: "the River Front, a rebel group,"."""
    if not last.named or not phrase.kind or phrase.named:
        return False
    if last.kind not in (None, *_GROUPS):
        return False
    if phrase.kind is ActorType.UNIDENTIFIED or sentence[last.end : phrase.start] != ", ":
        return False
    if _PLACE_BEFORE.search(sentence, max(0, last.start - 12), last.start):
        # "Pointed to the Katiba Nur, a jihadist outfit," but "in Brod, a rebel group attacked".
        closed = sentence[phrase.end : phrase.end + 1] in (",", ".", ";")
        if not (last.definite and closed):
            return False
    words = sentence[phrase.start : phrase.end].lower()
    return words.startswith(("a ", "an ")) or (
        words.startswith("the ")
        and sentence[phrase.end : phrase.end + 5] in (" that", " whic", " who ")
    )


def _names(sentence: str, last: ActorPhrase, phrase: ActorPhrase) -> bool:
    """Whether a name tells which group a description means: "a rebel group, the River Front,"."""
    one = _ONE_GROUP.match(sentence, last.start)
    if one is None or last.kind not in _GROUPS or not phrase.named:
        return False
    between = sentence[last.end : phrase.start]
    if _CALLED.fullmatch(between):
        return True
    return (
        between == ", "
        and phrase.kind in (None, *_GROUPS)
        and sentence[phrase.end : phrase.end + 1] in (",", "")
        and _GROUP.search(sentence, max(0, last.end - _GROUP_LETTERS), last.end) is not None
    )


_GROUPS = (ActorType.REBEL_GROUP, ActorType.MILITIA, ActorType.GANG_OR_CARTEL)
_CALLED = re.compile(
    r" (?:(?:that |which )?(?:call(?:ed|ing|s)|styl(?:ed|ing|es)|nam(?:ed|ing|es)) (?:itself )?"
    r"|known as |by the name of )"
)
_ONE_GROUP = re.compile(r"(?:an?|one|another) ", re.IGNORECASE)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|of|to|around|outside|on|inside)\s$", re.IGNORECASE
)
_QUOTES = frozenset('"\u201c\u201d')


def _name_like(sentence: str, phrase: ActorPhrase) -> bool:
    """Whether a proper name looks like a group's: several words after "the", or an acronym."""
    words = sentence[slice(*phrase.name)]
    return (words.isupper() and len(words) < _ACRONYM) or (phrase.definite and " " in words[4:])


_ACRONYM = 8  # letters; no longer name is an acronym
