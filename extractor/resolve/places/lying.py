"""Lying: whether one place lies in another, or is the same one under another head."""

from extractor.codes import PlaceLevel
from extractor.gazetteer import Entry, distance_km, usual_radius_km

_REACH = 1.3  # of a radius, which holds nine settlements of ten
_OWN_REACH_KM = 15.0  # around a settlement lies what is said to lie in it
# From the middle of a second-level area: what the middle of few settlements is worth.
_DISTRICT_REACH_KM = 2 * usual_radius_km(PlaceLevel.ADMIN2)

_DISTRICTS = frozenset({PlaceLevel.ADMIN2, PlaceLevel.ADMIN3})


def lies_in(entry: Entry, area: Entry) -> bool:
    """Whether a place lies in another one, by the areas of both or by their distance."""
    if area.level is PlaceLevel.COUNTRY:
        if not entry.countries:  # a table of one's own may not say
            gap = distance_km((entry.lat, entry.lon), (area.lat, area.lon))
            return gap <= area.radius_km * _REACH
        return bool(set(area.countries) & set(entry.countries))
    if entry.countries and area.countries and not set(area.countries) & set(entry.countries):
        return False
    gap = distance_km((entry.lat, entry.lon), (area.lat, area.lon))
    if area.level is PlaceLevel.ADMIN1 and entry.admin1 and entry.admin1 == area.admin1:
        return True
    if area.level is PlaceLevel.ADMIN2 and entry.admin2 and entry.admin2 == area.admin2:
        return True
    if area.level is PlaceLevel.ADMIN2 and not entry.admin2 and entry.admin1 == area.admin1:
        return gap <= max(area.radius_km * _REACH, _DISTRICT_REACH_KM)
    if area.is_area:
        known = entry.admin1 if area.level is PlaceLevel.ADMIN1 else entry.admin2
        return gap <= area.radius_km * (1.0 if known else _REACH)
    return entry.within == area.name or gap <= max(_OWN_REACH_KM, area.radius_km * _REACH)


def is_one_place(best: Entry, other: Entry) -> bool:
    """Whether a homonym is the best one's own area or seat, so that nothing is left open."""
    if not set(best.countries) & set(other.countries):
        return False
    if best.is_area or other.is_area:
        # The middle of a district without known settlements is far from its seat.
        if _DISTRICTS & {best.level, other.level} and best.admin1 == other.admin1 is not None:
            return True
        return lies_in(best, other) or lies_in(other, best)
    gap = distance_km((best.lat, best.lon), (other.lat, other.lon))
    return gap <= max(best.radius_km, other.radius_km)
