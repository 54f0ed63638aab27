"""A place phrase: a place as a sentence tells it, and how firmly it is the event's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractor.codes import PlaceRelation
from extractor.readers.baseline.places.names import NamedPlace
from extractor.readers.baseline.places.spelling import NAME
from extractor.readers.baseline.places.ties import Tie
from extractor.readers.baseline.places.vocabulary import Width, width_of_noun


@dataclass(frozen=True, kw_only=True)
class PlacePhrase:
    """A place as a sentence tells it; `same` points back to the place told before."""

    at: int
    name: str
    within: tuple[str, ...] = ()
    relation: PlaceRelation = PlaceRelation.IN
    control: str | None = None
    same: bool = False
    of_the_city: bool = False
    city: str | None = None
    """The city that a part of it is named with: "the Old Town district of Basra"."""
    end: int = 0
    tie: Tie = Tie.SETTING
    width: Width | None = None
    """How wide the place is, if its words tell."""
    listed_at: int | None = None
    """For a further place of a list, where the first stands."""


def phrases_of(place: NamedPlace, relation: PlaceRelation, tie: Tie) -> Iterator[PlacePhrase]:
    """The phrase of a place, then those of the others of its list."""
    if place.at_edge:
        relation = PlaceRelation.OUTSKIRTS_OF
    first = PlacePhrase(
        at=place.start,
        name=place.name,
        within=place.within,
        relation=relation,
        control=place.control,
        same=place.points_back is not None,
        of_the_city=place.part_of_city,
        city=place.owner,
        end=place.end,
        tie=tie,
        width=place.points_back if place.points_back is not None else place.width,
    )
    yield first
    for other in place.others:
        yield replace(
            first,
            at=other.start,
            name=other.name,
            city=None,
            end=other.end,
            width=other.width,
            listed_at=first.at,
        )


@cache
def _name() -> re.Pattern[str]:
    return re.compile(NAME)


def base_name(name: str) -> str | None:
    """The proper name within a place name: "eastern Aleppo district" has "Aleppo"."""
    match = _name().search(name)
    if match is None:
        return None
    words = match[0].split(" ")
    while len(words) > 1 and width_of_noun(words[-1]) is not None:
        words = words[:-1]
    return " ".join(words)


def nested(narrow: PlacePhrase, wide: PlacePhrase) -> PlacePhrase:
    """The narrow place, said to lie in what it lies in and in the wide one."""
    known = {word for name in narrow.within for word in name.split()} | {narrow.name}
    more = [name for name in (wide.name, *wide.within) if base_name(name) not in known]
    own = tuple(name for name in narrow.within if name not in wide.name.split())
    return replace(narrow, within=tuple(dict.fromkeys((*own, *more))))
