"""Entries: the places that a gazetteer knows, each with its kind, its point and its size."""

from dataclasses import dataclass

from extractor.codes import PlaceLevel


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A place of a gazetteer."""

    id: str
    """Where the place comes from and its number there: "geonames:170063"."""
    name: str
    """Its main name."""
    level: PlaceLevel
    """What kind of place it is."""
    countries: tuple[str, ...]
    """Countries it lies in, ISO 3166-1 alpha-2; more than one for a region over borders."""
    admin1: str | None = None
    """Code of its first-level area: "SY.09"."""
    admin2: str | None = None
    """Code of its second-level area: "SY.09.170061"."""
    within: str | None = None
    """Name of the town or city that it is a part of."""
    lat: float
    """Latitude in degrees, WGS 84."""
    lon: float
    """Longitude in degrees, WGS 84."""
    radius_km: float
    """About half of its extent, in kilometres."""
    population: int = 0
    """Inhabitants; 0 if not known."""

    @property
    def is_area(self) -> bool:
        """Whether it is an area that settlements lie in, and no settlement or part of one."""
        return self.level in AREAS


AREAS = frozenset(
    {
        *(PlaceLevel.ADMIN3, PlaceLevel.ADMIN2, PlaceLevel.ADMIN1),
        *(PlaceLevel.REGION, PlaceLevel.COUNTRY, PlaceLevel.WATERS),
    }
)
"""Levels of areas that settlements lie in."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An entry and all names that it goes by, as a table lists it."""

    entry: Entry
    names: tuple[str, ...]
    code: str | None = None
    """What other entries call it by, for a country or an administrative area: "SY.09"."""
