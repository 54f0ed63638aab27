"""Resolving: a place name in its article becomes a point, with all that speaks for and against."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.codes import PlaceLevel, PlaceMethod, PlaceRelation
from extractor.gazetteer import Entry, Gazetteer, distance_km, name_key, usual_radius_km
from extractor.resolve.places.areas import SEATED, area_headed, area_meant, areas_named
from extractor.resolve.places.choice import Choice, Evidence, Loser, choose
from extractor.resolve.places.distance import Circle, moved
from extractor.resolve.places.forms import Form, forms_of, kind_in_front, place_level
from extractor.resolve.places.lying import is_one_place
from extractor.resolve.places.placed import (
    Candidate,
    PlaceMention,
    ResolvedPlace,
    UnresolvedPlace,
)
from extractor.resolve.places.relations import told_apart
from extractor.resolve.places.surroundings import NOWHERE, Surroundings

MOST_CANDIDATES = 8  # that are told of; the likeliest come first
_COUNTRIES_TO_LISTEN_IN = 3  # whose names are compared by sound
_SHORTEST_SOUND = 5  # letters; shorter names sound alike by chance
_KNOWN_BY_SOUND = 15_000  # inhabitants; a smaller place is not the first that a name calls up
_BESIDE_TOWNS_KM = 150.0  # towns of one event lie nearer to each other
_BESIDE_KM = 5.0  # camps and airports lie outside the town whose name they bear


def resolve_place(
    mention: PlaceMention, *, gazetteer: Gazetteer, surroundings: Surroundings = NOWHERE
) -> ResolvedPlace | UnresolvedPlace:
    """Find the place that a name means in its article.

    An exact name (see `name_key`) is taken if what is known of the place leaves one. A name that
    only sounds like one is taken if that leaves one in a country that the article names. Else the
    nearest thing that the place is said to lie in stands for it, which `method` says.
    """
    mention = told_apart(mention)
    if mention.relation is PlaceRelation.BETWEEN:
        middle = _between(mention, gazetteer, surroundings)
        if middle:
            return middle
    return _Search(mention, gazetteer, surroundings).place()


class _Search:
    """The search for one mention."""

    def __init__(
        self, mention: PlaceMention, gazetteer: Gazetteer, surroundings: Surroundings
    ) -> None:
        self._mention = mention
        self._gazetteer = gazetteer
        self._forms = forms_of(mention.name_text)
        # A name is no evidence for itself.
        self._surroundings = surroundings.apart_from({name_key(form.name) for form in self._forms})
        inner = (form.within for form in self._forms if form.within)
        self._within_text = tuple(dict.fromkeys((*inner, *mention.within_text)))
        self._within = tuple(areas_named(words, gazetteer) for words in self._within_text)
        self._own = frozenset(
            entry.id for form in self._forms for entry in gazetteer.find(form.name)
        )
        self._told_kind = kind_in_front(mention.before)
        kind = place_level(mention.name_text)
        self._kind = (self._told_kind or kind) if kind is PlaceLevel.UNKNOWN else kind
        self._losers: list[Loser] = []
        self._open = False
        self._reason = "the gazetteer knows no place of this name"

    def place(self) -> ResolvedPlace | UnresolvedPlace:
        return self._named() or self._surrounded() or self._unresolved()

    def _named(self) -> ResolvedPlace | None:
        """The place itself, or the town that it bears the name of."""
        for form in self._forms:
            entry = self._of_exact_kind(form)
            if entry:
                return self._found(entry, form, PlaceMethod.NAME)
        for form in self._forms:
            kinds = dict.fromkeys((form.kind or self._told_kind, form.kind))
            for kind in kinds:
                entry = self._chosen(form, kind)
                if entry:
                    return self._found(entry, form, PlaceMethod.NAME)
            if form.named_after or form.kind in SEATED:
                seat = self._chosen(form, None)
                if seat:
                    return self._seated(seat, form)
        for form in self._forms if not self._open else ():
            entry = self._sounding(form)
            if entry:
                return self._found(entry, form, PlaceMethod.SOUND)
        return None

    def _surrounded(self) -> ResolvedPlace | None:
        """What the place is said to lie in, the nearest that is known."""
        for n, words in enumerate(self._within_text):
            around = area_meant(
                words,
                self._within_text[n + 1 :],
                gazetteer=self._gazetteer,
                surroundings=self._surroundings,
                holds_settlements=self._kind in (*SEATED, PlaceLevel.TOWN_OR_VILLAGE),
            )
            if around:
                # A "district of Manila" is a part of the city, as the "Old City of Jerusalem" is.
                in_city = self._kind in (*SEATED, PlaceLevel.CITY) and not around.is_area
                return self._parent(around, PlaceLevel.NEIGHBOURHOOD if in_city else self._kind)
        return None

    def _unresolved(self) -> UnresolvedPlace:
        return UnresolvedPlace(
            level=place_level(self._mention.name_text),
            reason=self._reason,
            candidates=self._candidates(),
        )

    def _of_exact_kind(self, form: Form) -> Entry | None:
        """The place that is just what its words say, so that no lesser fit is looked for."""
        # The whole name may hold its kind: "Red Sea" is no state of Sudan, but waters.
        kind = form.kind or (self._kind if form is self._forms[0] else None)
        if kind not in _DISTINCT:
            return None
        entries = tuple(one for one in self._gazetteer.find(form.name) if one.level is kind)
        evidence = self._evidence(form, kind)
        return choose(entries, evidence, self._gazetteer).entry if entries else None

    def _chosen(self, form: Form, kind: PlaceLevel | None) -> Entry | None:
        entries = self._gazetteer.find(form.name)
        if not entries:
            return None
        choice = choose(entries, self._evidence(form, kind), self._gazetteer)
        self._note(choice)
        return choice.entry

    def _evidence(self, form: Form, kind: PlaceLevel | None) -> Evidence:
        return Evidence(
            kind=kind,
            within=self._within,
            surroundings=self._surroundings,
            own=self._own,
            name=form.name,
            prefers=None if form.is_part else "seat",
        )

    def _note(self, choice: Choice) -> None:
        self._losers += choice.losers
        if choice.entry is None:
            self._reason, self._open = choice.reason, self._open or choice.is_open

    def _sounding(self, form: Form) -> Entry | None:
        """The only place of a country that sounds like the name."""
        if form.is_bent or len(form.name) < _SHORTEST_SOUND:
            return None
        said = [area for areas in self._within for area in areas[:1] if areas]
        countries = [code for area in said for code in area.countries]
        for code in tuple(dict.fromkeys(countries or self._surroundings.leading))[
            :_COUNTRIES_TO_LISTEN_IN
        ]:
            entries = self._gazetteer.sounding(form.name, code)
            if not entries:
                continue
            choice = choose(entries, self._evidence(form, form.kind), self._gazetteer)
            self._losers += choice.losers
            entry = choice.entry
            alone = entry and all(is_one_place(entry, loser.entry) for loser in choice.losers)
            if entry and alone and self._is_backed(entry, said):
                return entry
            if entry:
                told = "only sounds alike" if alone else "sounds alike, as others do"
                self._losers.append(Loser(entry=entry, reason=told))
        return None

    def _is_backed(self, entry: Entry, said: list[Entry]) -> bool:
        """Whether more than a country named somewhere speaks for a name that only sounds alike."""
        if said or entry.population >= _KNOWN_BY_SOUND or entry.is_area:
            return True
        if self._surroundings.areas & {entry.admin1, entry.admin2}:
            return True
        here = (entry.lat, entry.lon)
        others = self._surroundings.settlements
        return any(distance_km(here, (one.lat, one.lon)) <= _BESIDE_TOWNS_KM for one in others)

    def _found(self, entry: Entry, form: Form, method: PlaceMethod) -> ResolvedPlace:
        if form.is_part:
            part = PlaceLevel.REGION if entry.is_area else PlaceLevel.NEIGHBOURHOOD
            if form.kind is PlaceLevel.REGION:  # "rural Damascus" lies around it
                around = max(entry.radius_km, usual_radius_km(PlaceLevel.REGION))
                return self._parent(replace(entry, radius_km=around), PlaceLevel.REGION)
            return self._parent(entry, part)
        both_settlements = form.kind in _TOWNS and entry.level in _TOWNS
        level = form.kind if form.kind and both_settlements else entry.level
        return self._at(entry, level, method)

    def _seated(self, seat: Entry, form: Form) -> ResolvedPlace:
        """An area by its seat, or what bears the name of a town and lies beside it."""
        area = area_headed(seat, form, self._gazetteer)
        if area and not form.is_part:
            return self._at(area, area.level, PlaceMethod.SOUND)
        if form.named_after:
            seat = replace(seat, radius_km=max(seat.radius_km, _BESIDE_KM))
        return self._parent(seat, form.kind)

    def _parent(self, entry: Entry, kind: PlaceLevel | None) -> ResolvedPlace:
        """The place stands for one that lies in it, and whose own point is not known."""
        level = kind or PlaceLevel.UNKNOWN
        if level is PlaceLevel.UNKNOWN and not entry.is_area:
            level = PlaceLevel.NEIGHBOURHOOD
        return self._at(entry, level, PlaceMethod.PARENT)

    def _at(self, entry: Entry, level: PlaceLevel, method: PlaceMethod) -> ResolvedPlace:
        radius = entry.radius_km
        if method is PlaceMethod.PARENT and level in SEATED and not entry.is_area:
            radius = max(radius, usual_radius_km(level))
        circle, has_moved = moved(
            Circle(lat=entry.lat, lon=entry.lon, radius_km=radius),
            self._mention.relation,
            self._mention.before if self._mention.relation in _MOVING else "",
        )
        own = (entry.name,) if method is PlaceMethod.PARENT else ()
        return ResolvedPlace(
            id=entry.id,
            name=entry.name,
            level=level,
            lat=circle.lat,
            lon=circle.lon,
            radius_km=circle.radius_km,
            countries=entry.countries,
            parents=tuple(dict.fromkeys((*own, *self._gazetteer.parents(entry)))),
            method=PlaceMethod.OFFSET if has_moved else method,
            candidates=self._candidates(entry.id),
        )

    def _candidates(self, chosen: str | None = None) -> tuple[Candidate, ...]:
        told = {loser.entry.id: loser for loser in reversed(self._losers)}
        kept = [loser for one, loser in told.items() if one != chosen]
        kept.sort(key=lambda loser: (-loser.entry.population, loser.entry.id))
        return tuple(
            Candidate(id=loser.entry.id, name=loser.entry.name, reason=loser.reason)
            for loser in kept[:MOST_CANDIDATES]
        )


_TOWNS = frozenset({PlaceLevel.TOWN_OR_VILLAGE, PlaceLevel.CITY})
_DISTINCT = frozenset({PlaceLevel.ADMIN1, PlaceLevel.ADMIN2, PlaceLevel.WATERS})
_MOVING = frozenset(
    {PlaceRelation.NEAR, PlaceRelation.OUTSKIRTS_OF, PlaceRelation.DIRECTION_DISTANCE}
)


_AND = re.compile(r"\s+(?:and|et|y|e|\u0438|\u0442\u0430|\u0456|\u0648)\s+")


def _between(
    mention: PlaceMention, gazetteer: Gazetteer, surroundings: Surroundings
) -> ResolvedPlace | None:
    """The middle between two places, as wide as half their distance."""
    ends = _AND.split(mention.name_text)
    if len(ends) != 2:
        return None
    found = [*_resolved(ends, mention.within_text, gazetteer, surroundings)]
    if len(found) != 2:
        return None
    one, two = found
    gap = distance_km((one.lat, one.lon), (two.lat, two.lon))
    return ResolvedPlace(
        id=one.id,
        name=f"{one.name} – {two.name}",  # noqa: RUF001 - a range of places
        level=PlaceLevel.REGION,
        lat=round((one.lat + two.lat) / 2, 4),
        lon=round((one.lon + two.lon) / 2, 4),
        radius_km=round(gap / 2 + 1, 1),
        countries=tuple(dict.fromkeys((*one.countries, *two.countries))),
        parents=tuple(name for name in one.parents if name in two.parents),
        method=PlaceMethod.BETWEEN,
        candidates=(*one.candidates, *two.candidates)[:MOST_CANDIDATES],
    )


def _resolved(
    names: Iterable[str],
    within_text: tuple[str, ...],
    gazetteer: Gazetteer,
    surroundings: Surroundings,
) -> Iterator[ResolvedPlace]:
    for name in names:
        mention = PlaceMention(name_text=name, within_text=within_text)
        place = _Search(mention, gazetteer, surroundings).place()
        if isinstance(place, ResolvedPlace):
            yield place
