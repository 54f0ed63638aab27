"""Words around place names: kinds of places, parts, directions and endings, from a data file."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from extractor.codes import PlaceLevel

_FILE = Path(__file__).resolve().parents[2] / "data" / "place_words.toml"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _NamedAfter(_Table):
    words: tuple[str, ...]


class _Parts(_Table):
    of_a_place: tuple[str, ...]
    said_of_a_place: tuple[str, ...]
    of: tuple[str, ...]
    country_around: tuple[str, ...]
    articles: tuple[str, ...]


class _Distance(_Table):
    bearings: dict[str, float]
    other_bearings: dict[str, float]
    kilometres: tuple[str, ...]
    miles: tuple[str, ...]
    metres: tuple[str, ...]


class _Endings(_Table):
    cyrillic: tuple[tuple[str, tuple[str, ...]], ...]
    attached: tuple[str, ...]
    behind: tuple[tuple[str, tuple[str, ...]], ...]


class _Scripts(_Table):
    letters: tuple[tuple[str, tuple[str, ...]], ...]


class PlaceWords(_Table):
    """The data file as it is read."""

    levels: dict[PlaceLevel, tuple[str, ...]]
    named_after: _NamedAfter
    parts: _Parts
    distance: _Distance
    endings: _Endings
    scripts: _Scripts

    @property
    def kinds(self) -> tuple[tuple[str, PlaceLevel], ...]:
        """Every word for a kind of place with its level, the longest first."""
        told = ((word, level) for level, words in self.levels.items() for word in words)
        return tuple(sorted(told, key=lambda pair: -len(pair[0])))


@cache
def place_words() -> PlaceWords:
    """The words of the data file."""
    return PlaceWords.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
