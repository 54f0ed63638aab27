"""Place names: what kind of place the words themselves name. Coordinates are not resolved here."""

import re

from extractor.codes import PlaceLevel

_LEVELS = tuple(
    (re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE), level)
    for nouns, level in (
        (r"neighbou?rhoods?|quarters?|suburbs?|boroughs?", PlaceLevel.NEIGHBOURHOOD),
        (
            r"streets?|roads?|avenue|highway|square|market|bazaar|school|hospital|mosque|church"
            r"|checkpoint|camp|station|bridge|airport|base|prison|university|barracks|roundabout",
            PlaceLevel.STREET_OR_LANDMARK,
        ),
        (r"villages?|towns?|hamlets?|settlements?", PlaceLevel.TOWN_OR_VILLAGE),
        (
            r"(?:eastern|western|northern|southern|central) (?:side|part|half)",
            PlaceLevel.NEIGHBOURHOOD,
        ),
        (r"cit(?:y|ies)|capital", PlaceLevel.CITY),
        (r"sub-?districts?", PlaceLevel.ADMIN3),
        (r"districts?|count(?:y|ies)|mandal|tehsil", PlaceLevel.ADMIN2),
        (r"provinces?|governorates?|states?|oblasts?|departments?", PlaceLevel.ADMIN1),
        (r"regions?|countryside|valley|mountains?|desert", PlaceLevel.REGION),
        (r"sea|gulf|lake|river|coast", PlaceLevel.WATERS),
    )
)


def place_level(name_text: str) -> PlaceLevel:
    """The level that a place name states by its own noun ("… neighborhood"); else `unknown`.

    "District" is taken as an administrative area only where the name does not place it inside a
    city, which needs a gazetteer; until then it stays `admin2`.
    """
    return next((level for noun, level in _LEVELS if noun.search(name_text)), PlaceLevel.UNKNOWN)
