"""Whereabouts: which of the place phrases of a story is where an incident happened."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from extractor.codes import PlaceRelation
from extractor.readers.baseline.places.finding import PlacePhrase, Tie, base_name, nested
from extractor.readers.baseline.places.vocabulary import Width
from extractor.readers.baseline.places.widths import width_by_words

_CLAUSE = re.compile(
    r"; |, (?:while|whereas|although|but|who|which|where|whose)\b|\bafter\b|\bwhile\b",
    re.IGNORECASE,
)
_WIDE = frozenset({Width.PROVINCE, Width.REGION, Width.COUNTRY, Width.DISTRICT})
_LOOK_BACK = 200  # places; "the village" is none that was named longer ago
_NEAR_LEAD = 4  # sentences before an incident's first in which its place may have been told
_NEAR_AFTER = 3  # sentences behind its last


def place_told(
    places: Sequence[PlacePhrase], *, verb_at: int, sentence: str = ""
) -> PlacePhrase | None:
    """The place that a sentence gives the event told at `verb_at`, with all it lies in.

    The firmest phrases are asked first, then those of the verb's own clause, then the nearest. What
    the sentence tells in two pieces is put together: "In Sahl province, two were killed in Brod".
    Agencies are left to `settled`: "Brod police" is taken only where nothing else is told.
    """
    usable = [place for place in places if place.tie is not Tie.AGENCY]
    if not usable:
        return None
    tie = min(place.tie for place in usable)
    firm = [place for place in usable if place.tie is tie]
    first, last = _clause(sentence, verb_at)

    def distance(place: PlacePhrase) -> tuple[bool, bool, int, int]:
        beside = place.relation is PlaceRelation.DIRECTION_DISTANCE
        outside = not first <= place.at < last
        at = place.at if place.listed_at is None else place.listed_at
        return outside, beside, abs(at - verb_at), place.at

    chosen = min(firm, key=distance)
    for other in sorted(firm, key=distance):
        if other is not chosen and not other.same and not chosen.same:
            chosen = _joined(chosen, other)
    return chosen if chosen.within else _beside(chosen, firm)


_RIGHT_BEHIND = 60  # characters
_BESIDE = frozenset({PlaceRelation.DIRECTION_DISTANCE, PlaceRelation.NEAR, PlaceRelation.BETWEEN})


def _beside(place: PlacePhrase, others: Sequence[PlacePhrase]) -> PlacePhrase:
    """A place with the area of the one beside it: "Khuza, east of Tal in Sahl province"."""
    for other in others:
        beside = other.relation in _BESIDE and other is not place
        if beside and 0 <= other.at - place.end <= _RIGHT_BEHIND and other.within:
            return replace(place, within=other.within)
    return place


def companions(place: PlacePhrase, places: Sequence[PlacePhrase]) -> tuple[PlacePhrase, ...]:
    """Further places of the same event: the rest of a list, and what the place is located by.

    "in Brod, Tal and Sahl provinces"; "between Brod and Tal"; "in Brod, east of Tal".
    """
    first = place.at if place.listed_at is None else place.listed_at
    return tuple(
        other
        for other in places
        if other.at != place.at
        and (
            first in (other.at, other.listed_at)
            or (
                other.relation is PlaceRelation.DIRECTION_DISTANCE
                and 0 <= other.at - place.end <= _RIGHT_BEHIND
            )
        )
    )


def _clause(sentence: str, at: int) -> tuple[int, int]:
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(sentence)), len(sentence) + 1]
    return max(cut for cut in cuts if cut <= at), min(cut for cut in cuts if cut > at)


def _joined(chosen: PlacePhrase, other: PlacePhrase) -> PlacePhrase:
    """Two places of one event: the narrower, which lies in the wider if that is an area."""
    if base_name(other.name) == base_name(chosen.name):
        return chosen
    a, b = width_of_place(chosen), width_of_place(other)
    # "east of Sahl" tells where it lies; "near" a landmark is no place of its own either.
    if other.relation in (PlaceRelation.DIRECTION_DISTANCE, PlaceRelation.BETWEEN):
        return chosen
    if a == b or chosen.of_the_city or other.of_the_city:
        return chosen
    if a < b and (b in _WIDE or a < Width.TOWN):
        return nested(chosen, other) if other.name not in chosen.within else chosen
    if b < a and a in _WIDE and chosen.relation is PlaceRelation.IN:
        return nested(other, chosen)
    return chosen


def width_of_place(place: PlacePhrase) -> int:
    """How wide a place is; a bare name is mostly that of a town."""
    return Width.TOWN if place.width is None else place.width


def narrower(known: PlacePhrase | None, new: PlacePhrase | None) -> PlacePhrase | None:
    """The place of an incident when another of its sentences names one too."""
    if known is None or new is None:
        return known or new
    if new.tie < known.tie and known.tie >= Tie.LOOSE:
        return _joined(new, known)
    if new.tie > known.tie and new.tie >= Tie.LOOSE:
        return known
    return _joined(known, new)


@dataclass(kw_only=True)
class Whereabouts:
    """The places that an article has named so far, sentence after sentence."""

    _told: list[tuple[int, PlacePhrase]] = field(default_factory=list[tuple[int, PlacePhrase]])
    _headings: list[tuple[int, PlacePhrase]] = field(default_factory=list[tuple[int, PlacePhrase]])
    title: tuple[PlacePhrase, ...] = ()
    """What the headline names."""

    def hear(self, n: int, places: Iterable[PlacePhrase]) -> None:
        """Note the places that sentence number `n` names."""
        for place in places:
            if place.tie is Tie.HEADING:
                self._headings.append((n, place))
            if not place.same and not place.of_the_city:
                self._told.append((n, place))

    def meant(self, place: PlacePhrase | None, n: int) -> PlacePhrase | None:
        """A place with what it points back to filled in: "the same village", "the city"."""
        if place is None:
            return None
        if place.same:
            last = self._last(n, place.width, at=place.at)
            return replace(last, at=place.at, end=place.end, tie=place.tie) if last else None
        if place.of_the_city:
            city = self._last(n, Width.TOWN, at=place.at)
            name = base_name(city.name) if city else None
            return replace(place, within=(*place.within, name)) if name else place
        return place

    def _last(self, n: int, width: Width | None, *, at: int) -> PlacePhrase | None:
        """The last place told of a width; a bare name may be any settlement or district."""
        for told, place in reversed(self._told[-_LOOK_BACK:]):
            if told > n or (told == n and place.at >= at) or place.tie is Tie.AGENCY:
                continue
            if width in (None, Width.AROUND, Width.SPOT, Width.PART):
                if width_of_place(place) < Width.REGION:
                    return place
            elif place.width is width or (place.width is None and width is not Width.COUNTRY):
                return place
        return None

    def settled(
        self,
        told: PlacePhrase | None,
        *,
        first: int,
        last: int,
        alone: bool,
        others: AbstractSet[int] = frozenset(),
    ) -> PlacePhrase | None:
        """Where an incident of the sentences `first` to `last` happened, all things considered.

        Args:
            told: what its own sentences say.
            first: its first sentence.
            last: its last.
            alone: whether the article tells of no other incident, so that every place is its own.
            others: sentences that tell of other incidents; these have their places to themselves.
        """
        around = self._told if alone else self._between(first - _NEAR_LEAD, last + _NEAR_AFTER)
        if told is None:
            free = [(n, place) for n, place in around if n not in others]
            told = self._heading_before(first) or self._nearest(free, first, alone=alone)
            if told is None:
                return None
        if told.width in (Width.COUNTRY, Width.REGION):
            told = self._narrowed(told, around, last)
        return self._completed(told, around, first)

    def _narrowed(
        self, wide: PlacePhrase, around: Sequence[tuple[int, PlacePhrase]], last: int
    ) -> PlacePhrase:
        """A country with the place in it that the next sentences tell, if they do."""
        for n, place in around:
            firm = place.tie is Tie.SETTING and place.relation is not PlaceRelation.BETWEEN
            if (
                firm
                and last <= n <= last + _NEAR_AFTER
                and width_of_place(place) < width_of_place(wide)
            ):
                return nested(place, wide)
        return wide

    def _heading_before(self, first: int) -> PlacePhrase | None:
        at = bisect_right(self._headings, first, key=lambda one: one[0])
        return self._headings[at - 1][1] if at else None

    def _between(self, start: int, end: int) -> list[tuple[int, PlacePhrase]]:
        """The places of the sentences `start` to `end`; sentences are heard in their order."""
        begin = bisect_left(self._told, start, key=lambda one: one[0])
        return self._told[begin : bisect_right(self._told, end, key=lambda one: one[0])]

    def _nearest(
        self, around: Sequence[tuple[int, PlacePhrase]], first: int, *, alone: bool
    ) -> PlacePhrase | None:
        """The firmest place of the sentences around, those before first; else of the headline."""
        ties = (Tie.SETTING, Tie.LOOSE) if alone else (Tie.SETTING,)
        for tie in ties:
            here = [(n, place) for n, place in around if place.tie is tie]
            if here:
                return min(here, key=lambda one: (one[0] > first, abs(one[0] - first)))[1]
        if self.title and alone:
            return replace(
                min(self.title, key=lambda place: place.tie), relation=PlaceRelation.UNSPECIFIED
            )
        agencies = [place for _, place in around if place.tie is Tie.AGENCY]
        return agencies[0] if agencies and alone else None

    def _completed(
        self, place: PlacePhrase, around: Sequence[tuple[int, PlacePhrase]], first: int
    ) -> PlacePhrase:
        """A street or quarter with the town that the sentences around name, if they do."""
        widths = [width_by_words(name) for name in place.within]
        inner = all(width is not None and width < Width.TOWN for width in widths)
        if not inner or width_of_place(place) >= Width.DISTRICT:
            return place
        if place.width not in (Width.SPOT, Width.PART):
            return self._in_district(place, around, first)
        for tie in (Tie.SETTING, Tie.LOOSE, Tie.AGENCY):
            towns = [
                (n, other)
                for n, other in around
                if other.tie is tie
                and width_of_place(other) >= Width.TOWN
                and other.name != place.name
                and other.relation is not PlaceRelation.DIRECTION_DISTANCE
            ]
            if towns:
                near = min(towns, key=lambda one: (abs(one[0] - first), one[0]))[1]
                return nested(place, near)
            if tie is Tie.SETTING and self.title:
                named = [
                    one
                    for one in self.title
                    if one.tie is tie and width_of_place(one) >= Width.TOWN
                ]
                if named:
                    return nested(place, named[0])
        return place

    def _in_district(
        self, place: PlacePhrase, around: Sequence[tuple[int, PlacePhrase]], first: int
    ) -> PlacePhrase:
        """A town with the district or province that is told beside it, or by whose police."""
        for n, other in around:
            area = other.width in _WIDE and other.relation is PlaceRelation.IN
            agency = other.tie is Tie.AGENCY and other.width is Width.DISTRICT
            same = base_name(other.name) == base_name(place.name)
            if abs(n - first) <= 1 and (agency or (area and other.tie is Tie.SETTING)) and not same:
                return nested(place, other)
        return place
