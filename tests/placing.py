"""Places in sentences: the name stands in {braces}, what it is said to lie in <so>."""

import re
from dataclasses import dataclass
from functools import cache

from extractor.codes import PlaceLevel, PlaceMethod, PlaceRelation
from extractor.gazetteer import Gazetteer, distance_km, open_gazetteer
from extractor.resolve.places import (
    PlaceMention,
    ResolvedPlace,
    UnresolvedPlace,
    read_surroundings,
    resolve_place,
)

_MARKS = str.maketrans("", "", "{}<>")


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Where a place is, and how far from there an answer may lie."""

    lat: float
    lon: float
    km: float
    level: PlaceLevel | None
    method: PlaceMethod | None


def at(
    lat: float,
    lon: float,
    km: float,
    level: PlaceLevel | None = None,
    method: PlaceMethod = PlaceMethod.NAME,
) -> Truth:
    """The place itself, or by `PlaceMethod.PARENT` the one that stands for it."""
    return Truth(lat=lat, lon=lon, km=km, level=level, method=method)


def around(lat: float, lon: float) -> Truth:
    """A place that a gazetteer may lack: one that holds it may stand for it."""
    return Truth(lat=lat, lon=lon, km=15, level=None, method=None)


@cache
def world() -> Gazetteer:
    """The gazetteer of the package."""
    return open_gazetteer()


def place(
    marked: str, relation: PlaceRelation = PlaceRelation.IN
) -> ResolvedPlace | UnresolvedPlace:
    """What becomes of the marked place in its sentences."""
    text = marked.translate(_MARKS)
    name = re.findall(r"\{(.+?)\}", marked)[0]
    mention = PlaceMention(
        name_text=name,
        within_text=tuple(re.findall(r"<(.+?)>", marked)),
        relation=relation,
        before=marked[: marked.index("{")].translate(_MARKS),
    )
    return resolve_place(mention, gazetteer=world(), surroundings=read_surroundings(text, world()))


def fault(found: ResolvedPlace | UnresolvedPlace, truth: Truth) -> str | None:
    """What is wrong with an answer; `None` if nothing is."""
    if isinstance(found, UnresolvedPlace):
        return f"unresolved: {found.reason}"
    gap = distance_km((found.lat, found.lon), (truth.lat, truth.lon))
    is_parent = found.method is PlaceMethod.PARENT
    if truth.method is None and is_parent:
        return None if gap <= found.radius_km + truth.km else f"the parent is {gap:.0f} km away"
    if gap > truth.km:
        return f"{found.name} is {gap:.0f} km away"
    if truth.method is not None and found.method is not truth.method:
        return f"{found.name} by {found.method.value}, not by {truth.method.value}"
    if truth.level is not None and found.level is not truth.level:
        return f"{found.name} is {found.level.value}, not {truth.level.value}"
    return None
