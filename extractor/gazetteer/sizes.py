"""Sizes: how far a place reaches, where a table does not say so."""

from math import asin, cos, pi, radians, sin, sqrt

from extractor.codes import PlaceLevel

EARTH_KM = 6371.0
CITY_FROM = 50_000  # inhabitants; below it a settlement is called a town
_PEOPLE_PER_KM2 = 3_000  # of a built-up area; measured ones lie between 1,000 and 20,000
_SMALLEST_SETTLEMENT_KM = 1.0
_LARGEST_SETTLEMENT_KM = 25.0
_USUAL_KM = {
    PlaceLevel.EXACT_POINT: 0.1,
    PlaceLevel.STREET_OR_LANDMARK: 0.5,
    PlaceLevel.NEIGHBOURHOOD: 1.5,
    PlaceLevel.ADMIN3: 15.0,
    PlaceLevel.ADMIN2: 30.0,
    PlaceLevel.ADMIN1: 100.0,
    PlaceLevel.REGION: 50.0,
    PlaceLevel.COUNTRY: 400.0,
    PlaceLevel.WATERS: 50.0,
}


def usual_radius_km(level: PlaceLevel, population: int = 0) -> float:
    """About half the extent of a place of this kind: of a settlement, by its inhabitants."""
    if level in _USUAL_KM:
        return _USUAL_KM[level]
    reach = sqrt(population / _PEOPLE_PER_KM2 / pi)
    return round(min(max(reach, _SMALLEST_SETTLEMENT_KM), _LARGEST_SETTLEMENT_KM), 1)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance between two points (latitude, longitude in degrees), by haversines."""
    (lat1, lon1), (lat2, lon2) = one, other
    across = sin(radians(lat2 - lat1) / 2) ** 2
    along = sin(radians(lon2 - lon1) / 2) ** 2
    haversine = across + cos(radians(lat1)) * cos(radians(lat2)) * along
    return 2 * EARTH_KM * asin(sqrt(min(1.0, haversine)))
