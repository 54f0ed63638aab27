"""Actors in a sentence: armed sides, bodies that use force, doers of whom nothing is told.

An actor is recognised by the table of actors, by the head of its description ("masked gunmen") or
by a name that ends as names of armed groups do ("the River Front"). Words are looked up one by
one: a sentence is walked through once.
"""

import re
from functools import cache, lru_cache

from extractor.codes import ActorType
from extractor.readers.baseline.actors.joins import ActorPhrase, join_actors
from extractor.readers.baseline.actors.table import (
    Token,
    actor_names,
    actor_words,
    any_word,
    belongs,
    function_words,
    is_ordinal,
    known_name,
    read_tokens,
    state_adjectives,
    telling_words,
)

_ACRONYM = re.compile(
    r"[\"\u201d]?(?:, [A-Z][A-Z0-9-]{1,9}(?=,)| ?\([A-Z][^()]{1,60}\)| ?\[[A-Z][^\[\]]{1,60}\])"
)
_LONGEST_NAME = 9  # words
# "Guards of a plantation", "settlers from a hilltop outpost": whose they are, and no soldiers.
_GUARDING = frozenset({"guards", "guard", "settlers", "watchmen"})
_WHOSE = re.compile(
    r" (?:of|at|from) an? (?:[a-z-]+ ){0,2}(?:plantation|pit|mine|farm|ranch|factory|company"
    r"|estate|hotel|bank|outpost|settlement|mill|quarry|warehouse|shop|club)\b"
)
# "Ansar al-Din": what follows the article belongs to the name.
_NAME_BEHIND = re.compile(r"(?: (?:al|ul|ud|ash|as|at|e)-[A-Z][\w'\u2019-]{1,20}){1,3}")


def is_state_adjective(words: str) -> bool:
    """Whether a description is only the adjective of a state."""
    return words.lower().removeprefix("an ").removeprefix("a ") in state_adjectives()


@lru_cache(maxsize=2048)  # asked of names, which come again
def actor_type(description: str) -> ActorType | None:
    """The kind of actor that a description names; `None` if it names none."""
    return next((actor.kind for actor in find_actors(description) if actor.kind), None)


@cache
def attributive_words() -> frozenset[str]:
    """Singular words that make a doer of "a rebel attack"."""
    return actor_words().attributive


def find_actors(sentence: str) -> tuple[ActorPhrase, ...]:
    """Every actor of a sentence in order, and every other proper name; none overlaps another."""
    tokens = read_tokens(sentence)
    telling = telling_words()
    if not any(token.low in telling or token.capital for token in tokens):
        return ()
    found: list[ActorPhrase] = []
    starts, names = _first_words(), actor_names()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not (
            token.capital or token.low in starts or token.low in names or _may_count(token.text)
        ):
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
    return tuple(join_actors(sentence, tokens, found))


@cache
def _first_words() -> frozenset[str]:
    """Words by which the description of an actor begins, beside names and figures."""
    return any_word() | actor_words().determiners


def _may_count(word: str) -> bool:
    """Whether figures may count people: "12 rebels", but no year and no time of day."""
    return word.isdigit() and len(word) < _YEAR


_YEAR = 4  # digits


def _run_end(tokens: list[Token], index: int) -> int:
    """Where a stretch of words that can make up a description ends; its start if there is none."""
    at = index + 1 if tokens[index].low in actor_words().determiners else index
    begin = at
    names = actor_names()
    while at < len(tokens) and at - begin < _LONGEST_NAME:
        if at > index and not tokens[at].joined:
            break
        known = known_name(tokens, at) if tokens[at].low in names else None
        if known:
            at = known[0]
        elif belongs(tokens[at]):
            at += 1
        else:
            break
    return at if at > begin else index


def _phrase(
    sentence: str, tokens: list[Token], start: int, end: int
) -> tuple[ActorPhrase | None, int]:
    """The description in a run of words, and the word after what was used of it."""
    words = actor_words()
    head, kind, named, weak = _head(tokens, start, end)
    if head is None and tokens[start].low in _ALSO_VERBS:
        return None, start + 1  # "police suspect robbers": the robbers come after the verb
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
    if (weak and not named and len(run) == 1) or len(run) > _LONGEST_NAME:
        return None, head + 1
    begin, stop = tokens[first].start, tokens[head].end
    whose = _WHOSE.match(sentence, stop) if tokens[head].low in _GUARDING else None
    if whose:
        kind, stop = ActorType.PRIVATE_PERSON, whose.end()
    behind = _NAME_BEHIND.match(sentence, stop) if named else None
    stop = behind.end() if behind else stop
    acronym = _ACRONYM.match(sentence, stop) if named else None
    full = acronym.end() if acronym else stop
    people = _people_behind(tokens, head + 1, full) if acronym else None
    if people is not None:
        full = stop = people
    return (
        ActorPhrase(
            start=tokens[start].start,
            end=full,
            name=(begin, stop),
            kind=kind,
            hedged=hedged,
            named=named,
            definite=definite,
        ),
        head + 1,
    )


def _people_behind(tokens: list[Token], index: int, at: int) -> int | None:
    """Where the people end whom a name with an acronym has: "Liberation Army (LA) columns"."""
    words = actor_words()
    while index < len(tokens) and tokens[index].start < at:
        index += 1
    end: int | None = None
    while index < len(tokens) and tokens[index].start == at + 1:
        low = tokens[index].low
        if low in words.members or low in words.weak:
            end = tokens[index].end
        elif low not in words.modifiers:
            break
        at, index = tokens[index].end, index + 1
    return end


def _head(
    tokens: list[Token], start: int, end: int
) -> tuple[int | None, ActorType | None, bool, bool]:
    """The last word of a run that is a head, the kind it or a name before it tells."""
    words = actor_words()
    head: int | None = None
    kind: ActorType | None = None
    named_kind: ActorType | None = None
    weak = False
    at = start
    told = False  # words before a weak head that say whose it is
    while at < end:
        token = tokens[at]
        known = known_name(tokens, at)
        if known:
            at, named_kind = known
            head, kind, weak, told = at - 1, named_kind, False, True
            continue
        in_name = token.capital and (told or (at > start and tokens[at - 1].capital))
        if token.capital and token.text in words.name_heads and in_name:
            named_kind = words.name_heads[token.text]
            if any(one.low in words.rebel_names for one in tokens[start:at]):
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
        elif token.low in words.members and kind:
            head = at  # "front members"
        elif token.low in words.weak and (told or kind):
            head, kind, weak = at, kind or words.weak[token.low], False
        elif token.low in words.weak and tokens[start].low == "the" and token.low in _ANAPHORS:
            head, kind, weak = at, words.weak[token.low], False
        told = (
            told
            or token.capital
            or is_ordinal(token)
            or (token.low in words.modifiers and token.low not in words.vague)
        )
        at += 1
    capitals = any(token.capital for token in tokens[start : (head or start) + 1])
    irregular = any(token.low in _IRREGULAR for token in tokens[start:head])
    if kind is ActorType.STATE_FORCES and irregular and not named_kind:
        kind = ActorType.REBEL_GROUP  # "urban commandos", "guerrilla forces"
    return head, kind, bool(named_kind) or capitals, weak


_IRREGULAR = frozenset(
    {"guerrilla", "guerilla", "rebel", "insurgent", "subversive", "terrorist", "urban"}
)
_ALSO_VERBS = frozenset({"suspect", "suspects"})
_ANAPHORS = frozenset({"group", "movement", "organization", "organisation", "faction"})


def _bare_name(sentence: str, tokens: list[Token], start: int, end: int) -> ActorPhrase | None:
    """A proper name that is no known actor's, with the small words inside it."""
    while start < end and not tokens[start].capital and tokens[start].low != "the":
        start += 1
    last = max((at for at in range(start, end) if tokens[at].capital), default=None)
    if last is None:
        return None
    stop = tokens[last].end
    behind = _NAME_BEHIND.match(sentence, stop)
    stop = behind.end() if behind else stop
    inner = _INNER.match(sentence, stop)
    while inner and inner[2].lower() not in function_words():
        stop = inner.end()
        inner = _INNER.match(sentence, stop)
    acronym = _ACRONYM.match(sentence, stop)
    return ActorPhrase(
        start=tokens[start].start,
        end=acronym.end() if acronym else stop,
        name=(tokens[start].start, stop),
        kind=_opened(tokens, start, stop),
        named=True,
        definite=tokens[start].low == "the",
    )


def _opened(tokens: list[Token], start: int, stop: int) -> ActorType | None:
    """The kind that the first word of a longer name tells: "the Sons of the Coast"."""
    first = tokens[start + 1] if tokens[start].low == "the" else tokens[start]
    return actor_words().name_openers.get(first.text) if first.end < stop else None


_INNER = re.compile(
    r" ((?:of|for) (?:the )?|(?:de|del|la|los|el|al|ba|ul|e|y|wa|du|des|do|da|dos|das|di|bin) )"
    r"([A-Z][\w'\u2019-]+)(?: [A-Z][\w'\u2019-]+){0,3}"
)


__all__ = [
    "ActorPhrase",
    "actor_type",
    "attributive_words",
    "find_actors",
    "is_state_adjective",
]
