"""Actors in a sentence: armed sides, bodies that use force, doers of whom nothing is told.

An actor is recognised by the table of actors, by the head of its description ("masked gunmen") or by
a name that ends as names of armed groups do ("the River Front"). Words are looked up one by one: a
sentence is walked through once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from extractor.codes import ActorType
from extractor.readers.baseline.words import load_words
from extractor.resolve.actors import load_actors
from extractor.resolve.dates import WEEKDAYS

_TOKEN = re.compile(r"\w+(?:[.&-]\w+|['\u2019](?!s\b)\w+)*")
# "The River Front (RF)", "the RF [River Front]", "the River Front, RF,": another name of the same.
_ACRONYM = re.compile(
    r"[\"\u201d]?(?:, [A-Z][A-Z0-9-]{1,9}(?=,)| ?\([A-Z][^()]{1,60}\)| ?\[[A-Z][^\[\]]{1,60}\])"
)
_OF = re.compile(r" (?:of|from|belonging to|loyal to|with|in) (?:the (?:so-called )?)?", re.I)
_LONGEST_NAME = 9  # words
_FUNCTION = frozenset(
    """a an the this that these those but and or nor when after before while as if in on at by for
    from of to with he she it they we i his her its their our my no not there here who which what
    meanwhile however also then later earlier yesterday today tonight last one two three several
    police some many according because since until during although though where neither either both
    january february march april may june july august september october november december mr mrs ms
    dr gen col lt maj capt sgt general colonel lieutenant major captain sergeant president minister
    killed wounded dead suspected alleged presumed said authorities officials another other among
    about under over more most at least""".split()
) | frozenset(day.lower() for day in WEEKDAYS)


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


@dataclass(frozen=True, kw_only=True)
class _ActorWords:
    heads: Mapping[str, ActorType]
    weak: Mapping[str, ActorType]
    name_heads: Mapping[str, ActorType]
    modifiers: frozenset[str]
    hedges: frozenset[str]
    numbers: frozenset[str]
    determiners: frozenset[str]
    harmless: frozenset[str]
    members: frozenset[str]
    attributive: frozenset[str]


@cache
def _words() -> _ActorWords:
    raw = load_words("actor_words.toml")

    def by_word(part: str) -> dict[str, ActorType]:
        told: dict[str, ActorType] = {}
        for kind, words in raw[part].items():
            for word in words:
                told.setdefault(word, ActorType(kind))
        return told

    return _ActorWords(
        heads=by_word("heads"),
        weak=by_word("weak_heads"),
        name_heads=by_word("name_heads"),
        **{
            part: frozenset(raw["around"][part])
            for part in (
                "modifiers",
                "hedges",
                "numbers",
                "determiners",
                "harmless",
                "members",
                "attributive",
            )
        },
    )


@cache
def _names() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...], ActorType], ...]]:
    """Names of the actor table by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], ActorType]]] = {}
    kinds = frozenset(ActorType)
    for actor in load_actors().actors.values():
        if actor.type not in kinds:
            continue
        for name in (actor.name, *actor.aliases):
            tokens = tuple(match[0] for match in _TOKEN.finditer(name.partition(" (")[0]))
            if tokens and tokens[0][:1].isupper():
                low = tuple(token.lower() for token in tokens)
                found.setdefault(low[0], []).append((tokens, low, ActorType(actor.type)))
    return {
        first: tuple(sorted(names, key=lambda name: -len(name[0])))
        for first, names in found.items()
    }


@cache
def _adjectives() -> frozenset[str]:
    """Adjectives of states, by which "an Israeli air strike" names its doer."""
    names = load_actors().state_names.items()
    return frozenset(key for key, told in names if any(one.form == "adjective" for one in told))


def is_state_adjective(words: str) -> bool:
    """Whether a description is only the adjective of a state."""
    return words.lower().removeprefix("an ").removeprefix("a ") in _adjectives()


class _Token(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    joined: bool
    """Whether only a blank or a hyphen stands between the word before and this one."""
    capital: bool
    """Whether it may be a part of a proper name."""


def actor_type(description: str) -> ActorType | None:
    """The kind of actor that a description names; `None` if it names none."""
    return next((actor.kind for actor in find_actors(description) if actor.kind), None)


@cache
def attributive_words() -> frozenset[str]:
    """Singular words that make a doer of "a rebel attack"."""
    return _words().attributive


def find_actors(sentence: str) -> tuple[ActorPhrase, ...]:
    """Every actor of a sentence in order, and every other proper name; none overlaps another."""
    tokens = _tokens(sentence)
    telling = _telling_words()
    if not any(token.low in telling or token.capital for token in tokens):
        return ()
    found: list[ActorPhrase] = []
    starts, names = _any_word() | _words().determiners, _names()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not (token.capital or token.low in starts or token.low in names or token.text.isdigit()):
            index += 1
            continue
        run = _run_end(tokens, index)
        if run == index:
            index += 1
            continue
        phrase, index = _phrase(sentence, tokens, index, run)
        if phrase is not None:
            found.append(phrase)
            while index < len(tokens) and tokens[index].start < phrase.end:
                index += 1
    return tuple(_with_members(sentence, tokens, found))


def _tokens(sentence: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(sentence):
        start, stop = match.span()
        text = match[0]
        tokens.append(
            _Token(
                text,
                text.lower(),
                start,
                stop,
                end > 0
                and (start - end == 1 or start - end == 2)
                and sentence[end:start] in _JOINTS,
                text[0].isupper() and _may_name(text, opens=not tokens),
            )
        )
        end = stop
    return tokens


_JOINTS = frozenset({" ", "-", "  ", " '", "' "})


def _may_name(word: str, *, opens: bool) -> bool:
    """Whether a word may be a part of a proper name; the first of a sentence has its capital so."""
    low = word.lower()
    if not word[0].isupper() or low in _FUNCTION:
        return False
    words = _words()
    return not (opens and (low in words.members or low in words.modifiers or low in words.heads))


def _known(tokens: list[_Token], index: int) -> tuple[int, ActorType] | None:
    """Where a name of the table that begins at a word ends, and its kind."""
    first = tokens[index]
    names = _names().get(first.low)
    if names is None:
        return None
    for name, low, kind in names:
        size = len(name)
        end = index + size
        if end > len(tokens):
            continue
        if size == 1:
            if not first.text[0].isupper() or first.low in _FUNCTION:
                continue
            # "IS" and "PARA" are words in small letters: a short name has its own letters.
            if len(first.text) <= _SHORT and first.text != name[0]:
                continue
            if index == 0 and not first.text.isupper() and first.low in _words().heads:
                continue
            return end, kind
        if tokens[index + 1].low != low[1]:
            continue
        part = tokens[index:end]
        if all(token.low == word for token, word in zip(part, low, strict=True)) and (
            all(token.joined for token in part[1:])
            and any(token.text[0].isupper() for token in part)
        ):
            return end, kind
    return None


_SHORT = 4  # letters


def _belongs(token: _Token) -> bool:
    return (
        token.capital or token.low in _any_word() or token.text[0].isdigit() or _backed(token.low)
    )


@cache
def _any_word() -> frozenset[str]:
    """Every word that may belong to the description of an actor."""
    words = _words()
    return (
        frozenset([*words.heads, *words.weak])
        | words.modifiers
        | words.hedges
        | words.numbers
        | words.harmless
    )


@cache
def _telling_words() -> frozenset[str]:
    """Words of which a sentence has one, if it names an actor of a known kind."""
    words = _words()
    ends = (word.lower() for word in words.name_heads)
    return frozenset([*words.heads, *words.weak, *ends, *_names()]) - _FUNCTION


_BACKED = (
    "-armed",
    "-styled",
    "-named",
    "-backed",
    "-led",
    "-aligned",
    "-linked",
    "-allied",
    "-held",
    "-wing",
    "-sponsored",
)


def _backed(word: str) -> bool:
    return word.endswith(_BACKED)


def _run_end(tokens: list[_Token], index: int) -> int:
    """Where a stretch of words that can make up a description ends; its start if there is none."""
    at = index + 1 if tokens[index].low in _words().determiners else index
    begin = at
    names = _names()
    while at < len(tokens) and at - begin < _LONGEST_NAME:
        if at > index and not tokens[at].joined:
            break
        known = _known(tokens, at) if tokens[at].low in names else None
        if known:
            at = known[0]
        elif _belongs(tokens[at]):
            at += 1
        else:
            break
    return at if at > begin else index


def _phrase(
    sentence: str, tokens: list[_Token], start: int, end: int
) -> tuple[ActorPhrase | None, int]:
    """The description in a run of words, and the word after what was used of it."""
    words = _words()
    head, kind, named, weak = _head(tokens, start, end)
    if head is None:
        return _bare_name(sentence, tokens, start, end), end
    run = tokens[start : head + 1]
    if any(token.low in words.harmless and not token.capital for token in run[:-1]):
        return None, head + 1
    definite = run[0].low in words.determiners
    hedged = any(token.low in words.hedges for token in run)
    first = start
    for at in range(start, head):
        if tokens[at].low in words.hedges:
            first = at + 1
    while first < head and hedged and (tokens[first].text.isdigit()):
        first += 1
    if weak and not named and len(run) == 1:
        return None, head + 1
    begin, stop = tokens[first].start, tokens[head].end
    acronym = _ACRONYM.match(sentence, stop) if named else None
    return (
        ActorPhrase(
            start=tokens[start].start,
            end=acronym.end() if acronym else stop,
            name=(begin, stop),
            kind=kind,
            hedged=hedged,
            named=named,
            definite=definite,
        ),
        head + 1,
    )


def _head(
    tokens: list[_Token], start: int, end: int
) -> tuple[int | None, ActorType | None, bool, bool]:
    """The last word of a run that is a head, the kind it or a name before it tells."""
    words = _words()
    head: int | None = None
    kind: ActorType | None = None
    named_kind: ActorType | None = None
    weak = False
    at = start
    told = False  # words before a weak head that say whose it is
    while at < end:
        token = tokens[at]
        known = _known(tokens, at)
        if known:
            at, named_kind = known
            head, kind, weak, told = at - 1, named_kind, False, True
            continue
        in_name = token.capital and (told or (at > start and tokens[at - 1].capital))
        if token.capital and token.text in words.name_heads and in_name:
            named_kind = words.name_heads[token.text]
            if any(one.low in _REBEL_NAMES for one in tokens[start:at]):
                named_kind = ActorType.REBEL_GROUP  # "the Secret Liberation Army"
            head, kind, weak = at, named_kind, False
        elif token.low in _ALSO_VERBS and head is not None:
            break  # "police suspect": the actor is told, and a verb follows
        elif token.low in ("suspect", "suspects") and at == start:
            break
        elif token.low in words.heads and (not token.text.isupper() or len(token.text) > 5):
            strong = words.heads[token.low]
            generic = strong is ActorType.UNIDENTIFIED or token.low in words.members
            head, kind, weak = at, (named_kind or kind if generic else None) or strong, False
            if named_kind and strong is not ActorType.UNIDENTIFIED and not generic:
                kind = named_kind
        elif token.low in words.weak and (told or kind):
            head, kind, weak = at, kind or words.weak[token.low], False
        elif token.low in words.weak and tokens[start].low == "the" and token.low in _ANAPHORS:
            head, kind, weak = at, words.weak[token.low], False
        told = told or token.capital or (token.low in words.modifiers and token.low not in _VAGUE)
        at += 1
    capitals = any(token.capital for token in tokens[start : (head or start) + 1])
    return head, kind, bool(named_kind) or capitals, weak


_REBEL_NAMES = frozenset(
    "liberation secret resistance people's popular revolutionary free red".split()
)
_ALSO_VERBS = frozenset({"suspect", "suspects"})
_ANAPHORS = frozenset({"group", "movement", "organization", "organisation", "faction"})
_VAGUE = frozenset(
    "several some many other more few least leading young local special national unknown".split()
)


def _bare_name(sentence: str, tokens: list[_Token], start: int, end: int) -> ActorPhrase | None:
    """A proper name that is no known actor's, with the small words inside it."""
    while start < end and not tokens[start].capital and tokens[start].low != "the":
        start += 1
    last = max((at for at in range(start, end) if tokens[at].capital), default=None)
    if last is None:
        return None
    stop = tokens[last].end
    inner = _INNER.match(sentence, stop)
    while inner and inner[2].lower() not in _FUNCTION:
        stop = inner.end()
        inner = _INNER.match(sentence, stop)
    acronym = _ACRONYM.match(sentence, stop)
    return ActorPhrase(
        start=tokens[start].start,
        end=acronym.end() if acronym else stop,
        name=(tokens[start].start, stop),
        kind=None,
        named=True,
        definite=tokens[start].low == "the",
    )


_INNER = re.compile(
    r" ((?:of|for) (?:the )?|(?:de|del|la|los|el|al|ba|ul|e|y|wa|du|des) )"
    r"([A-Z][\w'\u2019-]+)(?: [A-Z][\w'\u2019-]+){0,3}"
)


def _with_members(
    sentence: str, tokens: list[_Token], found: list[ActorPhrase]
) -> Iterator[ActorPhrase]:
    """Join "members of" and "guerrillas from" to the actor behind them."""
    words = _words()
    by_end = {token.end: n for n, token in enumerate(tokens)}
    merged: list[ActorPhrase] = []
    for phrase in found:
        before = _before(sentence, phrase)
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.named
            and phrase.kind
            and sentence[last.end : phrase.start] in ("'s ", "\u2019s ", "' ", "\u2019 ")
            and not (last.kind and phrase.kind is ActorType.UNIDENTIFIED)
        ):
            merged[-1] = replace(
                phrase, start=last.start, name=(last.name[0], phrase.name[1]), named=True
            )
            continue
        if last is not None and _apposed(sentence, last, phrase):
            merged[-1] = replace(last, end=phrase.end, kind=phrase.kind)
            continue
        if before is not None and last is not None and last.end == before and last.kind:
            if phrase.kind or (
                phrase.named
                and last.kind is not ActorType.UNIDENTIFIED
                and _name_like(sentence, phrase)
            ):
                kind = (
                    phrase.kind if phrase.kind not in (None, ActorType.UNIDENTIFIED) else last.kind
                )
                of_kind = phrase.kind is not None
                if of_kind or sentence[before : before + 4] == " of ":
                    merged[-1] = replace(
                        last,
                        end=phrase.end,
                        name=(last.name[0], phrase.name[1]),
                        kind=kind,
                        named=True,
                    )
                    continue
        if before is not None and (phrase.kind or phrase.named):
            at = by_end.get(before)
            if at is not None and tokens[at].low in words.members and phrase.kind:
                first = at
                while (
                    first
                    and tokens[first].joined
                    and (
                        tokens[first - 1].low in words.modifiers
                        or tokens[first - 1].low in words.hedges
                        or tokens[first - 1].text.isdigit()
                        or tokens[first - 1].low in words.numbers
                    )
                ):
                    first -= 1
                hedged = any(tokens[n].low in words.hedges for n in range(first, at))
                name = at if hedged else first
                if first and tokens[first].joined and tokens[first - 1].low in words.determiners:
                    first -= 1
                    name = name if hedged else first
                start = tokens[first].start
                if not merged or merged[-1].end <= start:
                    merged.append(
                        replace(
                            phrase,
                            start=start,
                            name=(tokens[name].start, phrase.name[1]),
                            hedged=hedged or phrase.hedged,
                        )
                    )
                    continue
        merged.append(phrase)
    yield from (_with_quotes(sentence, phrase) for phrase in merged)


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
    if last.kind or not last.named or not phrase.kind or phrase.named:
        return False
    if phrase.kind is ActorType.UNIDENTIFIED or sentence[last.end : phrase.start] != ", ":
        return False
    if _PLACE_BEFORE.search(sentence, max(0, last.start - 12), last.start):
        return False
    words = sentence[phrase.start : phrase.end].lower()
    return words.startswith(("a ", "an ")) or (
        words.startswith("the ")
        and sentence[phrase.end : phrase.end + 5] in (" that", " whic", " who ")
    )


_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|of|to|around|outside|on|inside)\s$", re.IGNORECASE
)
_QUOTES = frozenset('"\u201c\u201d')


def _before(sentence: str, phrase: ActorPhrase) -> int | None:
    """Where the words before "of" end, if an "of" stands before a description."""
    for link in (" of ", " from ", " belonging to ", " loyal to ", " of the so-called "):
        if sentence.endswith(link, 0, phrase.start):
            return phrase.start - len(link)
    return None


def _name_like(sentence: str, phrase: ActorPhrase) -> bool:
    """Whether a proper name looks like a group's: several words after "the", or an acronym."""
    words = sentence[slice(*phrase.name)]
    return words.isupper() and len(words) < 8 or (phrase.definite and " " in words[4:])
