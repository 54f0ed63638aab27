"""Distance and direction: "20 km north of" moves a point, and "near" makes it less certain."""

import re
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

from extractor.codes import PlaceRelation
from extractor.resolve.places.words import place_words

_KM_OF_A_DEGREE = 111.19
_NEAR_KM = 10.0  # how far "near" and a bare direction reach, beyond the place itself
_EDGE_KM = 3.0  # how far outskirts reach beyond the built-up area
_DIRECTION_SLACK = 0.35  # of the distance: a direction of eight, and a distance as the road goes
_BEFORE = 80  # characters in front of a name that may tell a distance
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
_IN_WORDS = {
    **{word: n for n, word in enumerate(_NUMBERS[:10], 1)},
    **{"a": 1, "an": 1, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40},
    **{"fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100},
}


@dataclass(frozen=True, kw_only=True)
class Circle:
    """A point (latitude, longitude in degrees) and how far from it the place may be, in km."""

    lat: float
    lon: float
    radius_km: float


def moved(circle: Circle, relation: PlaceRelation, before: str) -> tuple[Circle, bool]:
    """Where an event is that stands in a relation to a place, and whether the point has moved.

    Args:
        circle: the place named.
        relation: how the event lies to it.
        before: the text in front of the name, which may tell distance and direction.
    """
    distance, bearing = _told(before)
    if distance is None:
        reach = {
            PlaceRelation.NEAR: _NEAR_KM,
            PlaceRelation.OUTSKIRTS_OF: _EDGE_KM,
            PlaceRelation.BETWEEN: _NEAR_KM,
            PlaceRelation.DIRECTION_DISTANCE: _NEAR_KM * 2,
        }.get(relation, 0.0)
        return _wider(circle, circle.radius_km + reach), False
    if bearing is None:
        return _wider(circle, circle.radius_km + distance), False
    angle = radians(bearing)
    lat = circle.lat + distance * cos(angle) / _KM_OF_A_DEGREE
    lon = circle.lon + distance * sin(angle) / (_KM_OF_A_DEGREE * max(cos(radians(lat)), 0.05))
    moved_to = Circle(
        lat=round(max(min(lat, 90.0), -90.0), 4),
        lon=round((lon + 180) % 360 - 180, 4),
        radius_km=round(max(distance * _DIRECTION_SLACK, min(circle.radius_km, distance)), 1),
    )
    return moved_to, True


def tells_distance(before: str) -> bool:
    """Whether a distance is told right in front of a name."""
    return _told(before)[0] is not None


def bearing_degrees(word: str) -> float | None:
    """Degrees clockwise from north of a direction: "south-west" and "southwestern" are 225."""
    plain = re.sub(r"[\s-]", "", word.casefold())
    words = place_words().distance
    known = words.bearings.get(plain.removesuffix("ern"))
    return words.other_bearings.get(plain) if known is None else known


def _wider(circle: Circle, radius_km: float) -> Circle:
    return Circle(lat=circle.lat, lon=circle.lon, radius_km=round(radius_km, 1))


def _told(before: str) -> tuple[float | None, float | None]:
    """Kilometres and bearing told right in front of a name; either may be missing."""
    match = _pattern().search(before[-_BEFORE:])
    if not match:
        return None, None
    distance = _kilometres(match["number"], match["unit"]) if match["number"] else None
    return distance, bearing_degrees(match["way"]) if match["way"] else None


def _kilometres(number: str, unit: str) -> float | None:
    words = place_words().distance
    size = 1.609 if unit in words.miles else 0.001 if unit in words.metres else 1.0
    plain = number.casefold().replace(",", "")
    try:
        return size * float(_IN_WORDS.get(plain, plain))
    except ValueError:
        return None


@cache
def _pattern() -> re.Pattern[str]:
    words = place_words().distance
    units = "|".join(
        sorted((*words.kilometres, *words.miles, *words.metres), key=len, reverse=True)
    )
    spoken = "|".join(sorted(_IN_WORDS, key=len, reverse=True))
    others = "|".join(sorted(words.other_bearings, key=len, reverse=True))
    way = (
        r"(?:north|south)?[\s-]?(?:east|west|north|south)(?:ern)?"
        rf"|(?:nord|sud|norte|nor|sur|sul)[\s-](?:est|este|leste|ouest|oeste)|(?:{others})"
    )
    return re.compile(
        rf"(?:(?P<number>\d[\d,]*(?:\.\d+)?|\b(?:{spoken}))[\s-]?(?P<unit>{units})\b[^.;]{{0,25}}?)?"
        rf"(?:\b(?:to the |au |à l['\u2019]|al |a |ao )?\b(?P<way>{way})\b"
        r"(?:[\s-](?:of|de|du|del|da|do|d['\u2019]))?"
        r"|\b(?:from|outside|away from|off|of|de))"
        r"(?: (?:the|city|town|village|capital|provincial|district|state|of|la|le|el))*\s*$",
        re.IGNORECASE,
    )
