"""Whereabouts: what identifies a place, and how surely two places are one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import exp

from rapidfuzz.fuzz import token_set_ratio

from eval.names import own_id, place_key
from extractor.codes import PlaceLevel, PlaceMethod
from extractor.gazetteer import distance_km
from extractor.records import Place


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """What identifies a place."""

    key: str
    id: str | None
    """In the gazetteer, if it is the place's own."""
    around: frozenset[str]
    """Keys of what it lies in."""
    areas: frozenset[str]
    """Those of them that are no country."""
    point: tuple[float, float] | None
    is_country: bool


def whereabouts_of(place: Place) -> Whereabouts:
    """What identifies a place."""
    # The last parents are the countries.
    areas = place.parents[: -max(1, len(place.countries))]
    point = None if place.lat is None or place.lon is None else (place.lat, place.lon)
    return Whereabouts(
        key=place_key(place.name_text),
        id=own_id(place),
        around=frozenset(map(place_key, (*place.within_text, *place.parents))),
        areas=frozenset(map(place_key, areas)),
        # Of a place known only by what it lies in, the point is the parent's.
        point=None if place.method is PlaceMethod.PARENT else point,
        is_country=place.level is PlaceLevel.COUNTRY,
    )


def best_likeness(one: Sequence[Whereabouts], other: Sequence[Whereabouts]) -> float:
    """The best likeness of two places of which at least one is its incident's main place."""
    return max(
        _place(mine, theirs) * (1.0 if n == m == 0 else _NOT_THE_MAIN)
        for (n, mine), (m, theirs) in product(enumerate(one), enumerate(other))
        if n == 0 or m == 0
    )


_SAME, _ALIKE, _INSIDE, _NEIGHBOURS, _IN_COUNTRY = 1.0, 0.8, 0.7, 0.5, 0.3
_NOT_THE_MAIN = 0.9  # a place that only one side holds to be the main one tells a little less
_ALIKE_RATIO = 90
_KM = 50.0


def _place(one: Whereabouts, other: Whereabouts) -> float:
    if (one.id and one.id == other.id) or one.key == other.key:
        return _SAME
    likeness = 0.0
    if one.key and other.key and token_set_ratio(one.key, other.key) >= _ALIKE_RATIO:
        likeness = _NEIGHBOURS if _lie_apart(one.key, other.key) else _ALIKE
    if one.key in other.around or other.key in one.around:
        # That both lie in one country is true of nearly all incidents of an article.
        country = one.is_country or other.is_country
        likeness = max(likeness, _IN_COUNTRY if country else _INSIDE)
    elif one.areas & other.areas:
        likeness = max(likeness, _NEIGHBOURS)
    if not likeness and one.point and other.point:
        return exp(-distance_km(one.point, other.point) / _KM)
    return likeness


def _lie_apart(one: str, other: str) -> bool:
    """Whether the names are those of two parts of one place: eastern and western Aleppo."""
    mine, theirs = set(_DIRECTION.findall(one)), set(_DIRECTION.findall(other))
    return bool(mine and theirs and mine != theirs)


_DIRECTION = re.compile(r"\b(?:north|south|east|west|central)(?:east|west)?(?=ern\b|\b)")
