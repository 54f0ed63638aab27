"""Capitals: how a word of running English is written, by the words that are known and its company.

A word of the list of common words is written small, any other is taken for a name, and acronyms
stay in capitals; what that rule gets wrong stands in `casing_words.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import chain, takewhile
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.resolve.actors import ActorTable, load_actors

_DATA = Path(__file__).resolve().parents[1] / "data"
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_ROMAN = re.compile(r"(?:ii|iii|iv|vii|viii|ix|xi|xii|xiii|xiv|xv|xvi)")
_LONGEST_ACRONYM = 6  # letters, of an unknown word alone in brackets
_VOWEL = re.compile(r"[aeiouy\u00e0-\u00ff]")
_ENDING = re.compile(r"['\u2019](?:s|t|d|m|ll|re|ve)$")
_FAMILY_START = re.compile(r"(?:[od]['\u2019]|mc)(?=[^\W\d_]{3})")


class Kind(Enum):
    """What is known of a word without its company."""

    COMMON = "common"
    NAME = "name"
    """A word of no list: taken for a name."""
    KNOWN = "known"
    """A weekday, a state, a nationality: a name that makes no name of the word beside it."""
    ACRONYM = "acronym"
    BOTH = "both"
    """A common word that is a name too."""
    MONTH = "month"
    TITLE = "title"
    OPENS = "opens"
    OPENS_NAMES = "opens_names"
    INSIDE = "inside"
    US = "us"


class _Rules(BaseModel):
    """The lists of the data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    common: frozenset[str]
    prefixes: tuple[str, ...]
    names: frozenset[str]
    surnames: frozenset[str]
    acronyms: frozenset[str]
    nationalities: frozenset[str]
    titles: frozenset[str]
    opens: frozenset[str]
    opens_names: frozenset[str]
    inside: frozenset[str]
    hyphened: frozenset[str]
    before_month: frozenset[str]
    months: frozenset[str]
    behind_us: frozenset[str]
    never_names: frozenset[str]
    belongs: frozenset[str]
    phrases: tuple[str, ...]


class _Phrase(NamedTuple):
    keys: tuple[str, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """All words that are known, ready for look-ups; keys are in small letters."""

    rules: _Rules
    kinds: Mapping[str, Kind]
    written: Mapping[str, str]
    """Acronyms with small letters in them: "LeT"."""


@dataclass(frozen=True, kw_only=True)
class Company:
    """What stands beside a word within a phrase; empty where a mark or a number parts them."""

    before: str = ""
    after: str = ""
    after_name: bool = False
    """Whether the word before was written as a name, or as a title of one."""
    number: bool = False
    """Whether a number stands beside it, as in a date."""
    hyphen: bool = False
    """Whether a hyphen joins the word behind."""
    alone: bool = False
    """Whether it stands alone in brackets: "(FMLN)"."""


def key_of(word: str) -> str:
    """The word without what an apostrophe adds: "perez's" has "perez"; in small letters."""
    return word if word.isalpha() else _ENDING.sub("", word)


@lru_cache(maxsize=1 << 15)
def kind_of(word: str) -> Kind:
    """What is known of a word in small letters."""
    key = key_of(word)
    known = _known().kinds.get(key)
    if known:
        return known
    if "." in key:
        return Kind.COMMON if key in ("a.m.", "p.m.", "i.e.", "e.g.", "v.") else Kind.ACRONYM
    if _is_derived(key):
        return Kind.COMMON
    single = len(key) == 1
    return Kind.ACRONYM if single or not _VOWEL.search(key) else Kind.NAME


def _is_derived(key: str) -> bool:
    kinds = _known().kinds
    for prefix in _known().rules.prefixes:
        stem = key.removeprefix(prefix)
        if stem != key and len(stem) > 3 and kinds.get(stem) is Kind.COMMON:
            return True
    for ending in ("s", "ed", "ing", "ly"):
        stem = key.removesuffix(ending)
        if stem != key and len(stem) > 5 and kinds.get(stem) is Kind.COMMON:
            return True
    return False


@lru_cache(maxsize=1 << 15)
def opens_phrase(word: str) -> bool:
    """Whether a known name of several words begins with a word."""
    return key_of(word) in _phrases()


def phrase_of(words: Sequence[str]) -> tuple[str, ...]:
    """The longest known name that words begin with, as it is written; empty if there is none."""
    known = _phrases().get(key_of(words[0]), ())
    second = key_of(words[1]) if len(words) > 1 else ""
    likely = [phrase for phrase in known if phrase.keys[1] == second]
    ahead = tuple(map(key_of, words)) if likely else ()
    return next((p.written for p in likely if p.keys == ahead[: len(p.keys)]), ())


def written(word: str, company: Company) -> str:
    """How a word, given in small letters, is written in its company."""
    key = key_of(word)
    rules = _known().rules
    kind = kind_of(key)
    ahead = kind_of(company.after) if company.after else Kind.COMMON
    if key in rules.hyphened and company.hyphen and ahead in _NAMES:
        return word
    match kind:
        case Kind.COMMON:
            if company.after_name and key in rules.belongs:
                return as_name(word)
            return as_name(word) if key == "i" else word
        case Kind.NAME:
            roman = company.after_name and _ROMAN.fullmatch(key)
            short = company.alone and len(key) <= _LONGEST_ACRONYM
            return key.upper() + word[len(key) :] if roman or short else as_name(word)
        case Kind.KNOWN:
            return as_name(word)
        case Kind.ACRONYM:
            return _known().written.get(key, key.upper()) + word[len(key) :]
        case Kind.MONTH:
            dated = company.number or company.before in rules.before_month
            return as_name(word) if dated else word
        case Kind.TITLE:
            return as_name(word) if ahead in _NAMES else word
        case Kind.OPENS:
            return word if company.after_name and key in rules.inside else as_name(word)
        case Kind.OPENS_NAMES:
            return as_name(word) if ahead is Kind.NAME else word
        case Kind.INSIDE:
            return word if company.after_name else as_name(word)
        case Kind.BOTH:
            beside = company.after_name or ahead is Kind.NAME
            near = beside and key not in rules.never_names
            return as_name(word) if near or company.before in rules.titles else word
        case Kind.US:
            state = company.before in ("the", "a") or company.after in rules.behind_us
            return "US" + word[2:] if state else word


_NAMES = frozenset({Kind.NAME, Kind.OPENS})


def names_on(word: str, spelled: str) -> bool:
    """Whether a word, as it is written, may make a name of the word behind it."""
    kind = kind_of(word)
    if kind is Kind.INSIDE or (kind is Kind.OPENS and spelled == word):
        return True
    return spelled != word and kind in (
        Kind.NAME,
        Kind.TITLE,
        Kind.OPENS,
        Kind.BOTH,
        Kind.OPENS_NAMES,
    )


@lru_cache(maxsize=1 << 15)
def is_plain(word: str) -> bool:
    """Whether a word is written small in any company but at the start of a sentence."""
    known = _known()
    key = key_of(word)
    special = key in _phrases() or key in known.rules.belongs or key in known.rules.hyphened
    return kind_of(word) is Kind.COMMON and not special and key != "i"


def opens_name(word: str) -> bool:
    """Whether a word makes any word behind it a name: "La Union", "San Jacinto"."""
    return kind_of(word) is Kind.OPENS


def as_name(word: str) -> str:
    """The word with its capitals: "O'Neill", "McKay"; a letter without one capital stays."""
    start = _FAMILY_START.match(word)
    if start:
        return as_name(word[: start.end()]) + as_name(word[start.end() :])
    first = word[:1].upper()
    return first + word[1:] if len(first) == 1 else word


def is_abbreviation(word: str) -> bool:
    """Whether a point behind a word need not end the sentence: "Gen.", "No.", an initial."""
    return len(word) == 1 or "." in word or word == "no" or kind_of(word) is Kind.TITLE


@lru_cache(maxsize=1 << 15)
def is_common(word: str) -> bool:
    """Whether a word in small letters is a common English one."""
    return kind_of(word) not in (Kind.NAME, Kind.ACRONYM, Kind.KNOWN)


@cache
def _known() -> _Known:
    raw = tomllib.loads((_DATA / "casing_words.toml").read_text(encoding="utf-8"))
    rules = _Rules.model_validate(raw)
    lines = (_DATA / "english_words.txt").read_text(encoding="utf-8")
    listed = _BEHIND_COMMENTS.sub("", lines, count=1).split()
    # Words with a capital stand first, as `sorted` puts them.
    also_names = [word.lower() for word in takewhile(_has_capital, listed)]
    table = load_actors()
    kinds = dict.fromkeys(chain(listed, rules.common), Kind.COMMON)
    kinds |= dict.fromkeys(also_names, Kind.BOTH)
    acronyms = {
        name.lower(): name
        for name in _actor_names(table)
        if name.isascii()
        and name.isalpha()
        and name[1:] != name[1:].lower()
        and name.lower() not in kinds
    }
    states = _state_words(table)
    for words, kind in (
        (acronyms, Kind.ACRONYM),
        (rules.acronyms, Kind.ACRONYM),
        (states - {"us", "car"}, Kind.KNOWN),
        (rules.nationalities | rules.names, Kind.KNOWN),
        (rules.surnames, Kind.BOTH),
        (rules.inside, Kind.INSIDE),
        (rules.opens, Kind.OPENS),
        (rules.opens_names, Kind.OPENS_NAMES),
        (rules.titles, Kind.TITLE),
        (rules.months, Kind.MONTH),
        (("us",), Kind.US),
        (("a", "i"), Kind.COMMON),
    ):
        kinds |= dict.fromkeys(words, kind)
    return _Known(rules=rules, kinds=kinds, written=acronyms)


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Names of several words, by the key of their first one; longest first."""
    table = load_actors()
    actors = filter(_is_name, _actor_names(table))
    return _by_first((*_known().rules.phrases, *_state_phrases(table), *actors))


_BEHIND_COMMENTS = re.compile(r"(?:#[^\n]*\n)*")


def _has_capital(word: str) -> bool:
    return not word.islower()


def _actor_names(table: ActorTable) -> list[str]:
    return [name for actor in table.actors.values() for name in (actor.name, *actor.aliases)]


def _is_name(name: str) -> bool:
    return name.isascii() and "(" not in name and name != name.lower()


def _state_words(table: ActorTable) -> frozenset[str]:
    """Names and adjectives of states and their capitals that are single words."""
    keys = (key for key in table.state_names if key.isascii() and key.isalpha())
    common_capitals = {"male", "port", "nice", "bern", "wellington", "victoria"}
    return frozenset(keys) - common_capitals


def _state_phrases(table: ActorTable) -> list[str]:
    """Names of states and their capitals that are of several words."""
    return [
        " ".join(
            word if word in ("of", "and", "the", "la") else as_name(word) for word in key.split()
        )
        for key in table.state_names
        if key.isascii() and " " in key
    ]


def _by_first(names: Iterable[str]) -> dict[str, tuple[_Phrase, ...]]:
    found: dict[str, set[_Phrase]] = {}
    for name in names:
        words = tuple(_WORDS.findall(name.removeprefix("The ").removeprefix("the ")))
        keys = tuple(key_of(word.lower()) for word in words)
        if len(words) > 1:
            found.setdefault(keys[0], set()).add(_Phrase(keys, words))
    return {
        first: tuple(sorted(several, key=lambda phrase: (-len(phrase.keys), phrase)))
        for first, several in found.items()
    }
