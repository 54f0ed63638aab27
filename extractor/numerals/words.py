"""Words by which numbers of people are told, loaded from a data file that anybody can edit."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from extractor.codes import Qualifier

_FILE = Path(__file__).resolve().parent.parent / "data" / "number_words.toml"

Phrase = tuple[str, ...]
"""The words of a phrase, as tokens have them."""


def word_set(words: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(words.split())


def phrases(*spoken: str) -> tuple[Phrase, ...]:
    """The words of each phrase."""
    return tuple(tuple(phrase.split()) for phrase in spoken)


def _split_each(spoken: list[str]) -> tuple[Phrase, ...]:
    return phrases(*spoken)


_Words = Annotated[frozenset[str], BeforeValidator(word_set)]
_Phrases = Annotated[tuple[Phrase, ...], BeforeValidator(_split_each)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Between(_Table):
    fillers: _Phrases


class _Degrees(_Table):
    words: _Phrases


class _Vague(_Table):
    many: _Words
    phrases: _Phrases
    sizes: _Words
    untold: _Words
    changes: _Words


class _Foreign(_Table):
    bounds: _Words
    magnitudes: _Words


class _People(_Table):
    persons: _Words
    plurals: _Words
    nationals: _Words
    no_persons: _Words


class _Measures(_Table):
    coins: _Words
    units: _Words
    adjectives: _Words
    currencies: _Words


class _Things(_Table):
    no_plurals: _Words
    plurals: _Words
    verbs: _Words


class _Lists(_Table):
    joints: _Phrases
    companies: _Phrases
    openers: _Words
    leads: _Phrases
    kin: _Words
    general: _Words
    events: _Words
    speech: _Words
    deeds: _Words
    own_deeds: _Words
    relations: _Words
    no_agents: _Words
    remarks: _Words
    limbs: _Words
    takers: _Words


class _Nobody(_Table):
    between: _Phrases
    harm: _Words
    tidings: _Words
    harmed: _Words
    losing: _Words
    not_harmed: _Words
    claims: _Words


class _OneOf(_Table):
    idioms: _Words
    being: _Words
    ordinals: _Words
    personal: _Words


class _Calendar(_Table):
    months: _Words
    days: _Words
    year_cues: _Words


class _Labels(_Table):
    always: _Words
    capitalised: _Words
    short: _Words
    formations: _Words
    streets: _Words
    no_names: _Words


class Language(_Table):
    """How another language tells a number of people; its phrases are in small letters."""

    before: dict[Qualifier, _Phrases]
    behind: dict[Qualifier, _Phrases] = {}
    ranges: _Phrases
    between: _Phrases
    joints: _Words
    ands: _Words
    links: _Words = frozenset()
    numbers: dict[int, _Words]
    people: _Words


class _NumberWords(_Table):
    degrees: _Degrees
    before: dict[Qualifier, _Phrases]
    behind: dict[Qualifier, _Phrases]
    between: _Between
    vague: _Vague
    foreign: _Foreign
    people: _People
    measures: _Measures
    things: _Things
    lists: _Lists
    nobody: _Nobody
    one_of: _OneOf
    calendar: _Calendar
    labels: _Labels
    languages: dict[str, Language]


_READ = _NumberWords.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))

BEFORE = _READ.before
"""Phrases in front of a number, by how they qualify it."""
DEGREES = _READ.degrees.words
"""Phrases that stand before a bound without changing it."""
BEHIND = _READ.behind
"""Phrases after a number, by how they qualify it."""
BETWEEN = _READ.between
"""Phrases that change nothing between a bound and its number."""
VAGUE = _READ.vague
"""Words of quantities that are no number."""
FOREIGN = _READ.foreign
"""Words that tell another language."""
PEOPLE = _READ.people
"""Nouns for people."""
MEASURES = _READ.measures
"""Words of money, time, length and weight."""
THINGS = _READ.things
"""Nouns for things, and verbs that part them from the people before."""
LISTS = _READ.lists
"""Words of lists of people in running text."""
NOBODY = _READ.nobody
"""Words by which there were no casualties."""
ONE_OF = _READ.one_of
"""Words by which "one of" counts nobody, or "a third" somebody."""
CALENDAR = _READ.calendar
"""Words of dates."""
LABELS = _READ.labels
"""Words of numbered things."""
LANGUAGES = _READ.languages
"""Number words of other languages, by the code of the language."""
