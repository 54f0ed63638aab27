"""Tails: what a named place is said to lie in, and the others of its list."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property

from extractor.readers.baseline.places.names import (
    OF_A_FAMILY,
    NamedPlace,
    is_no_place,
    read_name,
)
from extractor.readers.baseline.places.spelling import NAME
from extractor.readers.baseline.places.vocabulary import Width, place_words, width_of_noun
from extractor.readers.baseline.places.widths import first_known, width_of_tail


def read_place(sentence: str, at: int, *, tails: bool = True) -> NamedPlace | None:
    """The place that is named from a spot on, with all that it is said to lie in."""
    found = read_name(sentence, at)
    if found is None:
        return None
    if found.points_back is None and not found.part_of_city:
        found = _listed(sentence, found)
    return _tailed(sentence, found) if tails else found


class _Patterns:
    """The patterns of tails, each made when it is first asked for."""

    @cached_property
    def inner(self) -> re.Pattern[str]:
        return re.compile(
            r",? (?:(?:located|situated|lying|which is|also|all|both|somewhere) )?"
            r"(?P<word>in|within|under|inside|of|on|at|falling under|falling in|in the limits of"
            r"|within the limits of|under the limits of|belonging to|along)(?: the)? "
        )

    @cached_property
    def comma(self) -> re.Pattern[str]:
        return re.compile(r", |/|,? \(")

    @cached_property
    def apposed(self) -> re.Pattern[str]:
        return re.compile(
            r", (?:a|an|the|which is a) (?:[\w'\u2019-]+[ ,]{1,2}){0,4}"
            rf"(?:{place_words().kind}) (?:in|of|on|within) (?:the )?"
        )

    @cached_property
    def listing(self) -> re.Pattern[str]:
        kind = place_words().kind
        noun = rf"(?:[ -](?P<noun>(?i:{kind})(?: (?i:{kind}))?)(?![\w'\u2019]|-\w))?"
        return re.compile(
            rf"(?P<more>(?:, (?:the )?{NAME}{noun.replace('<noun>', '<first>')}){{0,6}}),?"
            rf" (?:and|&) (?:also )?(?:in |at )?(?:the )?(?P<last>{NAME}){noun}"
        )


@cache
def _patterns() -> _Patterns:
    return _Patterns()


_LISTS = (",", " and ", " & ")  # one of them stands behind the first name of a list


def _listed(sentence: str, first: NamedPlace) -> NamedPlace:
    """The place with others of its list: "Brod, Tal and Sahl provinces", "Brod and Tal"."""
    if first.width is Width.SPOT or not sentence.startswith(_LISTS, first.end):
        return first
    match = _patterns().listing.match(sentence, first.end)
    if match is None or OF_A_FAMILY.match(sentence, match.end("last")):
        return first
    noun = match["noun"]
    if (
        _NO_LIST.match(sentence, match.end())
        or is_no_place(match["last"])
        or (first.has_noun and not noun and width_of_tail(match["last"]) is None)
    ):
        return first
    width = width_of_noun(noun) if noun else first.width
    others = tuple(
        NamedPlace(start=start, end=end, name=sentence[start:end], width=width, has_noun=bool(noun))
        for start, end in _members(sentence, match)
    )
    last = replace(others[-1], end=match.end())
    return replace(
        first,
        width=first_known(first.width, width),
        has_noun=bool(noun) or first.has_noun,
        end=match.end(),
        others=(*others[:-1], last),
    )


_NO_LIST = re.compile(
    r"(?:['\u2019]s?)? (?:was|were|is|said|says|told|who|has|had|have|did|died|will|are)\b|, \d"
    r"|['\u2019]s\b"
)


def _members(sentence: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    for one in re.finditer(NAME, sentence[match.start("more") : match.end("more")]):
        start = match.start("more") + one.start()
        yield start, start + len(one[0])
    yield match.start("last"), match.end("last")


_TAILS = 5
_ASIDE = re.compile(r" \([a-z][^()]{1,40}\)")  # "Ipur mandal (administrative division) of Guntur"


def _tailed(sentence: str, place: NamedPlace) -> NamedPlace:
    """The place with what it is said to lie in, nearest first."""
    within: list[str] = []
    end, current = place.end, place
    for _ in range(_TAILS):
        found = _tail(sentence, end, current)
        if found is None:
            break
        within += [name for name in (found.name, found.owner) if name]
        end, current = found.end, found
    if place.owner and place.owner not in within:
        within = [place.owner, *within]
    return replace(place, end=end, within=tuple(dict.fromkeys(within)))


def _tail(sentence: str, end: int, current: NamedPlace) -> NamedPlace | None:
    patterns = _patterns()
    aside = _ASIDE.match(sentence, end)
    if aside:
        end = aside.end()
    comma_behind = sentence.startswith(", ", end)
    apposed = patterns.apposed.match(sentence, end) if comma_behind else None
    if apposed:
        return _proper(read_name(sentence, apposed.end()))
    inner = patterns.inner.match(sentence, end)
    if inner:
        return _inner(sentence, inner, current)
    comma = patterns.comma.match(sentence, end)
    if comma is None:
        return None
    found = _proper(read_name(sentence, comma.end()))
    if found is None or found.at_edge or _narrows(found, current):
        return None
    if _SPEAKS.match(sentence, found.end):
        return None
    if found.has_noun or found.width is not None:
        return found
    if comma[0].endswith("("):
        return None
    return found if _FOLLOWS.match(sentence, found.end) and _is_place_like(found) else None


def _inner(sentence: str, inner: re.Match[str], current: NamedPlace) -> NamedPlace | None:
    """What a place is said to lie in: "in the Ipur mandal", "of Garwah District"."""
    word = inner["word"]
    found = _proper(read_name(sentence, inner.end()))
    if found is None or found.at_edge:
        return None
    if word == "of" and not current.has_noun:
        return None
    if word in ("on", "at", "along"):
        if word == "on" and found.width is Width.AROUND:
            return found  # "at Ntoro, on Lake Alba"
        street = found.width is Width.SPOT and current.width in (Width.SPOT, None)
        return found if street and not inner[0].startswith(",") else None
    if word == "under":
        return found if found.has_noun else None
    if word == "of":
        return found
    return None if _narrows(found, current) else found


def _proper(found: NamedPlace | None) -> NamedPlace | None:
    return None if found is None or found.points_back is not None or found.part_of_city else found


def _narrows(found: NamedPlace, current: NamedPlace) -> bool:
    """Whether the one behind is the narrower: "in Sahl province in Brod village"."""
    if found.width is None or current.width is None:
        return found.width is None and (current.width or 0) >= Width.PROVINCE
    if found.width is Width.SPOT and current.width > Width.SPOT:
        return True
    clear = found.width > Width.PART and current.width is not Width.AROUND
    return found.width < current.width and clear


_SPEAKS = re.compile(r" (?:said|says|told|was|were|who|had|has|added|reported)\b|, \d\d?,")
_FOLLOWS = re.compile(
    r"[.;:)!]|$|, (?!(?:\d|who|whose|a |an |age))"
    r"|,?(?: late| early)? (?:on|in|at|yesterday|today|last|this|when|where|after|during|as|while"
    r"|and|by|killing|that|before|since|for|overnight"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def _is_place_like(found: NamedPlace) -> bool:
    """Whether a bare name behind a comma may be what a place lies in, and not a person."""
    return len(found.name.split(" ")) <= _SHORT_NAME


_SHORT_NAME = 3  # words
