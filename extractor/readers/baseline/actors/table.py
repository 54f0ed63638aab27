"""The words and names by which actors are known, and a sentence cut into words.

The words come from a data file that anybody can edit, the names from the table of actors.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extractor.codes import ActorType
from extractor.readers.baseline.words import load_words
from extractor.resolve.actors import load_actors
from extractor.resolve.dates import WEEKDAYS
from extractor.sentences.capitals import is_common

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[.&-]\w+|['\u2019](?!s\b)\w+)*")


@dataclass(frozen=True, kw_only=True)
class ActorWords:
    """Everything the data file says; each field is one of its lists."""

    heads: Mapping[str, ActorType]
    weak: Mapping[str, ActorType]
    name_heads: Mapping[str, ActorType]
    name_openers: Mapping[str, ActorType]
    modifiers: frozenset[str]
    hedges: frozenset[str]
    numbers: frozenset[str]
    determiners: frozenset[str]
    harmless: frozenset[str]
    members: frozenset[str]
    attributive: frozenset[str]
    function: frozenset[str]
    rebel_names: frozenset[str]
    vague: frozenset[str]


@cache
def actor_words() -> ActorWords:
    """The words of the data file."""
    raw = load_words("actor_words.toml")

    def by_word(part: str) -> dict[str, ActorType]:
        told: dict[str, ActorType] = {}
        for kind, words in raw[part].items():
            for word in words:
                told.setdefault(word, ActorType(kind))
        return told

    return ActorWords(
        heads=by_word("heads"),
        weak=by_word("weak_heads"),
        name_heads=by_word("name_heads"),
        name_openers=by_word("name_openers"),
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
                "function",
                "rebel_names",
                "vague",
            )
        },
    )


@cache
def function_words() -> frozenset[str]:
    """Words that are no part of a name, though they may have a capital."""
    return actor_words().function | frozenset(day.lower() for day in WEEKDAYS)


@cache
def actor_names() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...], ActorType], ...]]:
    """Names of the actor table by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], ActorType]]] = {}
    kinds = frozenset(ActorType)
    for actor in load_actors().actors.values():
        if actor.type not in kinds:
            continue
        for name in (actor.name, *actor.aliases):
            tokens = tuple(match[0] for match in _TOKEN.finditer(name.partition(" (")[0]))
            if tokens and (tokens[0][:1].isupper() or _is_arabic(tokens)):
                low = tuple(token.lower() for token in tokens)
                found.setdefault(low[0], []).append((tokens, low, ActorType(actor.type)))
    return {
        first: tuple(sorted(names, key=lambda name: -len(name[0])))
        for first, names in found.items()
    }


def _is_arabic(tokens: tuple[str, ...]) -> bool:
    """Whether a name begins with its article in small letters: "al-Shabaab"."""
    name = "-".join(tokens[:2])
    return name.startswith(("al-", "el-", "ash-", "an-", "as-")) and any(map(str.isupper, name))


@cache
def state_adjectives() -> frozenset[str]:
    """Adjectives of states, by which "an Israeli air strike" names its doer."""
    names = load_actors().state_names.items()
    return frozenset(key for key, told in names if any(one.form == "adjective" for one in told))


class Token(NamedTuple):
    """A word of a sentence."""

    text: str
    low: str
    start: int
    end: int
    joined: bool
    """Whether only a blank or a hyphen stands between the word before and this one."""
    capital: bool
    """Whether it may be a part of a proper name."""


def read_tokens(sentence: str) -> list[Token]:
    """The words of a sentence, in order."""
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(sentence):
        start, stop = match.span()
        text = match[0]
        tokens.append(
            Token(
                text,
                text.lower(),
                start,
                stop,
                end > 0
                and (start - end == 1 or start - end == 2)
                and sentence[end:start] in _JOINTS,
                text[0].isupper()
                and _may_name(text, opens=not tokens)
                and not (not tokens and _opens_plainly(sentence, text, stop)),
            )
        )
        end = stop
    return tokens


def _opens_plainly(sentence: str, word: str, end: int) -> bool:
    """Whether the first word has its capital only for being first: "Investigators said"."""
    if _NAME_GOES_ON.match(sentence, end) or not is_common(word.lower()):
        return False
    behind = _NEXT.match(sentence, end)
    return behind is None or behind[1] not in actor_words().heads  # "Cattle rustlers"


_NEXT = re.compile(r" ([a-z]+)")
_NAME_GOES_ON = re.compile(r"[\w.'\u2019-]|,| (?:of |al-|el-|ul-|bin |de |for |and |the )?[A-Z]")
_JOINTS = frozenset({" ", "-", "  ", " '", "' "})


def _may_name(word: str, *, opens: bool) -> bool:
    """Whether a word may be a part of a proper name; the first of a sentence has its capital so."""
    low = word.lower()
    if not word[0].isupper() or low in function_words():
        return False
    words = actor_words()
    return not (opens and (low in words.members or low in words.modifiers or low in words.heads))


def known_name(tokens: list[Token], index: int) -> tuple[int, ActorType] | None:
    """Where a name of the table that begins at a word ends, and its kind."""
    first = tokens[index]
    names = actor_names().get(first.low)
    if names is None:
        return None
    for name, low, kind in names:
        size = len(name)
        end = index + size
        if end > len(tokens):
            continue
        if size == 1:
            if not any(map(str.isupper, first.text)) or first.low in function_words():
                continue
            before = tokens[index - 1] if index and first.joined else None
            if first.text[0].islower() and before is not None and before.capital:
                continue  # "Odai al-Badr": a man of that name
            # "IS" and "PARA" are words in small letters: a short name has its own letters.
            if len(first.text) <= _SHORT and first.text != name[0]:
                continue
            if index == 0 and not first.text.isupper() and first.low in actor_words().heads:
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


def belongs(token: Token) -> bool:
    """Whether a word may belong to the description of an actor."""
    return (
        token.capital
        or token.low in any_word()
        or token.text[0].isdigit()
        or is_ordinal(token)
        or _backed(token.low)
    )


def is_ordinal(token: Token) -> bool:
    """Whether a word numbers the units of an army: "the 9th front", "the XXII front"."""
    return _ORDINAL.fullmatch(token.low) is not None


_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|d)|[ivx]{2,6}")


@cache
def any_word() -> frozenset[str]:
    """Every word that may belong to the description of an actor."""
    words = actor_words()
    return (
        frozenset([*words.heads, *words.weak])
        | words.modifiers
        | words.hedges
        | words.numbers
        | words.harmless
        | words.members
    )


@cache
def telling_words() -> frozenset[str]:
    """Words of which a sentence has one, if it names an actor of a known kind."""
    words = actor_words()
    ends = (word.lower() for word in words.name_heads)
    return frozenset([*words.heads, *words.weak, *ends, *actor_names()]) - function_words()


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
