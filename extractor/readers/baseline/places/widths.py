"""Widths: how wide a place is by the words of its name, from a street to a country."""

import re

from extractor.readers.baseline.places.spelling import ROADS
from extractor.readers.baseline.places.vocabulary import Width, width_of_name, width_of_noun


def width_by_words(name: str) -> Width | None:
    """How wide a place is by the words of its name; `None` if they do not tell."""
    return width_of(name, None)


def first_known(*widths: Width | None) -> Width | None:
    """The first that is known; a spot's width is 0, so that "or" would pass it over."""
    return next((width for width in widths if width is not None), None)


def width_of(name: str, noun: str | None) -> Width | None:
    """How wide a place is by its name and the noun behind it."""
    if noun:
        return first_known(width_of_noun(noun), width_of_noun(noun.split(" ")[-1]))
    return first_known(width_of_tail(name), _width_of_head(name), width_of_name(name))


def width_of_tail(name: str) -> Width | None:
    """How wide a place is by the last words of its own name: "Gaya District"."""
    words = _DIRECTION_LAST.sub("", name).split(" ")  # "River Street West"
    for n in (2, 1):
        if len(words) > n and (width := width_of_noun(" ".join(words[-n:]))) is not None:
            return width
    return None


def _width_of_head(name: str) -> Width | None:
    return Width.SPOT if _ROAD.match(name) else None


_ROAD = re.compile(ROADS)
_DIRECTION_LAST = re.compile(r" (?:North|South|East|West|[NS]\.?[EW]\.?|[NSEW]\.?)$")
