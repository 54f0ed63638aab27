"""Placed: a place as an article tells it, and what becomes of it."""

from dataclasses import dataclass

from extractor.codes import PlaceLevel, PlaceMethod, PlaceRelation


@dataclass(frozen=True, kw_only=True)
class PlaceMention:
    """A place as an article tells it."""

    name_text: str
    """Verbatim."""
    within_text: tuple[str, ...] = ()
    """What it is said to lie in, verbatim, nearest first."""
    relation: PlaceRelation = PlaceRelation.UNSPECIFIED
    """How the event lies to it."""
    before: str = ""
    """The text in front of the name, which may tell a distance: "20 km north of "."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A place of the gazetteer that is not the one meant, or not surely."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResolvedPlace:
    """Where a name is."""

    id: str
    """Of the place in the gazetteer; of the parent, if the method is `parent`."""
    name: str
    level: PlaceLevel
    """What kind of place the name stands for, also if only its parent is known."""
    lat: float
    lon: float
    radius_km: float
    """How far from the point the place may be."""
    countries: tuple[str, ...]
    parents: tuple[str, ...]
    """Names of what it lies in, nearest first."""
    method: PlaceMethod
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnresolvedPlace:
    """A name whose place stays open."""

    level: PlaceLevel
    """What kind of place its own words name."""
    reason: str
    """One line for a person."""
    candidates: tuple[Candidate, ...] = ()
