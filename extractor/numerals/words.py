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


class _Vague(_Table):
    many: _Words
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


class _NumberWords(_Table):
    before: dict[Qualifier, _Phrases]
    behind: dict[Qualifier, _Phrases]
    between: _Between
    vague: _Vague
    foreign: _Foreign
    people: _People
    measures: _Measures
    calendar: _Calendar
    labels: _Labels


_READ = _NumberWords.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))

BEFORE = _READ.before
"""Phrases in front of a number, by how they qualify it."""
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
CALENDAR = _READ.calendar
"""Words of dates."""
LABELS = _READ.labels
"""Words of numbered things."""
