"""Distance and direction: "20 km north of" moves a point, and "near" makes it less certain."""

import re
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

from extractor.codes import PlaceRelation
from extractor.numerals import read_number
from extractor.resolve.places.words import place_words

_KM_OF_A_DEGREE = 111.19
_NEAR_KM = 10.0  # how far "near" and a bare direction reach, beyond the place itself
_EDGE_KM = 3.0  # how far outskirts reach beyond the built-up area
_DIRECTION_SLACK = 0.35  # of the distance: a direction of eight, and a distance as the road goes
_BEFORE = 80  # characters in front of a name that may tell a distance


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
    bearing = bearing_degrees(match["way"]) if match["way"] else None
    if not match["unit"]:
        return None, bearing
    front = match.string[: match.start()]
    if _unit_pattern().search(front):  # "10 km west and 5 km north": no single distance
        return None, None
    return _kilometres(front, match["unit"]), bearing


def _kilometres(front: str, unit: str) -> float | None:
    """The distance whose number ends a text; `None` if that is no single number."""
    number = _number(front)
    if number is None:
        return None
    words, unit = place_words().distance, unit.casefold()
    return number * (1.609 if unit in words.miles else 0.001 if unit in words.metres else 1.0)


def _number(front: str) -> float | None:
    decimal = _DECIMAL.search(front)
    if decimal:
        return float(decimal[1].replace(",", "."))
    words = front.split()
    # The longest words that read as one number are the number: "a hundred and twenty".
    for count in range(min(_LONGEST_NUMBER, len(words)), 0, -1):
        told = " ".join(words[-count:])
        number = read_number("one" if told.casefold() in ("a", "an") else told)
        if number and number.lower is not None and number.lower == number.upper:
            rest = words[-count - 1].casefold() if len(words) > count else ""
            return None if rest in _GO_ON else float(number.lower)
    return None


_DECIMAL = re.compile(r"(?:^|[^\d.,])(\d{1,4}[.,]\d{1,2})[\s-]?$")
_LONGEST_NUMBER = 5  # words
_GO_ON = frozenset({"to", "and", "or", "half", "-", "\u2013"})  # a number that goes on before


def _units() -> str:
    words = place_words().distance
    every = (*words.kilometres, *words.miles, *words.metres)
    return "|".join(map(re.escape, sorted(every, key=len, reverse=True)))


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"\d[\s-]?(?:{_units()})\b", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    words = place_words().distance
    others = "|".join(sorted(words.other_bearings, key=len, reverse=True))
    way = (
        r"(?:north|south)?[\s-]?(?:east|west|north|south)(?:ern)?"
        rf"|(?:nord|sud|norte|nor|sur|sul)[\s-](?:est|este|leste|ouest|oeste)|(?:{others})"
    )
    return re.compile(
        rf"(?:(?<=[\s\d-])(?P<unit>{_units()})\b(?:[^.;\d(]|\([^)]*\)){{0,25}}?)?"
        rf"(?:\b(?:to the |au |à l['\u2019]|al |a |ao )?\b(?P<way>{way})\b"
        r"(?:[\s-](?:of|de|du|del|da|do|d['\u2019]))?"
        r"|\b(?:from|outside|away from|off|of|de))"
        r"(?: (?:the|city|town|village|capital|provincial|district|state|of|la|le|el))*\s*$",
        re.IGNORECASE,
    )
