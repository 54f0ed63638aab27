"""The words around place names, loaded from a data file that anybody can edit."""

import re
import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from extractor.codes import PlaceRelation
from extractor.states import country_words, states

_REMEMBERED = 4096  # words; the same few come again and again
_FILE = Path(__file__).resolve().parents[3] / "data" / "place_phrases.toml"


class Width(IntEnum):
    """How wide a place is by its own noun; of two places of one event the narrower is told."""

    SPOT = 0
    PART = 1
    TOWN = 2
    AROUND = 3
    """Wider than the town whose name it bears, narrower than a district."""
    DISTRICT = 4
    PROVINCE = 5
    REGION = 6
    COUNTRY = 7


@dataclass(frozen=True, kw_only=True)
class PlaceWords:
    """The data file, as alternatives to build patterns of."""

    kinds: dict[Width, re.Pattern[str]]
    """Matches the whole noun."""
    kind: str
    """Every noun that tells the kind of a place."""
    in_front: str
    houses: str
    inside: str
    edge: str
    said: str
    demonyms: str
    direction: str
    prepositions: dict[str, str]
    elsewhere: dict[str, str]
    agencies: str
    not_agencies: re.Pattern[str]
    belonging: str
    struck: dict[str, str]
    no_start: re.Pattern[str]
    no_end: re.Pattern[str]
    provinces: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """The words of the data file."""
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    kinds = {Width[name.upper()]: words for name, words in raw["kinds"].items()}
    return PlaceWords(
        kinds={
            width: re.compile(rf"(?:{_any(words)})", re.IGNORECASE)
            for width, words in kinds.items()
        },
        kind=_any(word for words in kinds.values() for word in words),
        in_front=_any(raw["fore"]["words"]),
        houses=_any(raw["houses"]["words"]),
        inside=_any(raw["parts"]["inside"]),
        edge=_any(raw["parts"]["edge"]),
        said=_any(raw["said"]["words"]),
        demonyms=_any(
            re.escape(word)
            for state in states()
            for word in state.adjectives
            if word.isascii() and word[:1].isupper()
        ),
        direction=raw["said"]["direction"],
        prepositions={name: _any(words) for name, words in raw["prepositions"].items()},
        elsewhere={name: _any(words) for name, words in raw["elsewhere"].items()},
        agencies=_any(raw["agencies"]["words"]),
        not_agencies=re.compile(rf"(?:{_any(raw['agencies']['never'])})", re.IGNORECASE),
        belonging=_any(raw["belonging"]["words"]),
        struck={name: _any(words) for name, words in raw["struck"].items()},
        no_start=re.compile(rf"(?:{_any(raw['no_place']['starts'])})(?![\w])", re.IGNORECASE),
        no_end=re.compile(rf"(?:^|[ -])(?:{_any(raw['no_place']['ends'])})$", re.IGNORECASE),
        provinces=frozenset(raw["areas"]["province"]),
    )


def _any(words: Any) -> str:
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=_REMEMBERED)
def width_of_noun(noun: str) -> Width | None:
    """How wide a place is that this noun names; `None` if it names no kind of place."""
    bare = noun.strip()
    return next((w for w, words in place_words().kinds.items() if words.fullmatch(bare)), None)


@lru_cache(maxsize=_REMEMBERED)
def width_of_name(name: str) -> Width | None:
    """How wide a place of a well-known bare name is: a state, or an area the news names bare."""
    if name in place_words().provinces:
        return Width.PROVINCE
    word = country_words().get(name.casefold())
    return Width.COUNTRY if word is not None and word.is_noun and word.codes else None


@lru_cache(maxsize=_REMEMBERED)
def is_adjective(name: str) -> bool:
    """Whether a name is the adjective of a state: "Syrian"."""
    word = country_words().get(name.casefold())
    return word is not None and not word.is_noun


RELATIONS = {
    "in": PlaceRelation.IN,
    "near": PlaceRelation.NEAR,
    "outskirts_of": PlaceRelation.OUTSKIRTS_OF,
    "loose": PlaceRelation.UNSPECIFIED,
}
