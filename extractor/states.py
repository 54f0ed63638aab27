"""States: their names, adjectives and capitals, from a table that a person can edit."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractor.gazetteer import name_key

_FILE = Path(__file__).parent / "data" / "states.csv"


@dataclass(frozen=True, kw_only=True)
class State:
    """A state, and the words by which it is named."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    not_meant: tuple[str, ...]
    """Longer names that hold one of its names and mean something else: "Niger Delta"."""
    organs: tuple[str, ...]
    """What it has: government, military, police."""


@dataclass(frozen=True, kw_only=True)
class CountryWord:
    """What a name or adjective says of a country; it may mean none, or one of several."""

    codes: tuple[str, ...]
    is_noun: bool
    """Whether it names the country itself, not its people."""


@cache
def states() -> tuple[State, ...]:
    """Every state of the table, in its order."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_state(row) for row in csv.DictReader(lines))


@cache
def country_words() -> Mapping[str, CountryWord]:
    """Names and adjectives of states by key (see `name_key`)."""
    found: dict[str, CountryWord] = {}
    for state in states():
        for name in (state.name, *state.other_names):
            _add(found, name, state.code, is_noun=True)
        for name in state.adjectives:
            _add(found, name, state.code, is_noun=False)
    for state in states():
        for name in state.not_meant:
            found.setdefault(name_key(name), CountryWord(codes=(), is_noun=True))
    return found


def _add(found: dict[str, CountryWord], name: str, code: str, *, is_noun: bool) -> None:
    known = found.get(name_key(name))
    if known is None:
        found[name_key(name)] = CountryWord(codes=(code,), is_noun=is_noun)
    elif known.is_noun is is_noun and code not in known.codes:
        found[name_key(name)] = CountryWord(codes=(*known.codes, code), is_noun=is_noun)


def _state(row: Mapping[str, str]) -> State:
    def several(column: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in row[column].split(";") if word.strip())

    return State(
        code=row["iso2"],
        name=row["name"],
        other_names=several("other_names"),
        adjectives=several("adjectives"),
        capitals=several("capitals"),
        not_meant=several("not_meant"),
        organs=several("has"),
    )
