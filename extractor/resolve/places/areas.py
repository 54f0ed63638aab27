"""Areas: what a place is said to lie in, and which entries of the gazetteer that may be."""

from collections.abc import Iterable
from dataclasses import replace

from extractor.codes import PlaceLevel
from extractor.gazetteer import Entry, Gazetteer, name_key, usual_radius_km
from extractor.gazetteer.keys import sound_key
from extractor.resolve.places.choice import Evidence, choose
from extractor.resolve.places.forms import Form, forms_of
from extractor.resolve.places.surroundings import Surroundings
from extractor.states import country_words

SEATED = frozenset({PlaceLevel.ADMIN3, PlaceLevel.ADMIN2, PlaceLevel.ADMIN1, PlaceLevel.REGION})
"""Kinds of areas that mostly bear the name of a town in them."""


def areas_named(words: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places that words like "Idlib province" may mean; empty if they name none."""
    for form in forms_of(words):
        meant = _headed(_of_kind(_entries(form, gazetteer), form.kind), form, gazetteer)
        if meant:
            return meant
    return ()


def area_meant(
    words: str,
    wider: tuple[str, ...],
    *,
    gazetteer: Gazetteer,
    surroundings: Surroundings,
    holds_settlements: bool,
) -> Entry | None:
    """The one place that words like "Idlib province" mean here.

    Args:
        words: as the article has them.
        wider: what that is said to lie in, nearest first.
        gazetteer: what names are looked up in.
        surroundings: what the article says.
        holds_settlements: whether a settlement lies in it, so that it is hardly one itself.
    """
    areas = tuple(areas_named(other, gazetteer) for other in wider)
    for form in forms_of(words):
        entries = _headed(_entries(form, gazetteer), form, gazetteer)
        for kind in dict.fromkeys((form.kind, None)):
            evidence = Evidence(
                kind=kind,
                within=areas,
                surroundings=surroundings,
                name=form.name,
                prefers="area" if holds_settlements else "seat",
            )
            entry = choose(entries, evidence, gazetteer).entry
            if entry and form.kind and form.kind in SEATED and not entry.is_area:
                radius = max(entry.radius_km, usual_radius_km(form.kind))  # a valley is no town
                return replace(entry, radius_km=radius)
            if entry:
                return entry
    return None


def area_headed(seat: Entry, form: Form, gazetteer: Gazetteer) -> Entry | None:
    """The area that a settlement is the seat of, if it is called alike: Hasakah, of Al Ḥasakah."""
    code = {PlaceLevel.ADMIN1: seat.admin1, PlaceLevel.ADMIN2: seat.admin2}.get(
        form.kind or PlaceLevel.UNKNOWN
    )
    area = gazetteer.area(code) if code else None
    return area if area and sound_key(area.name) == sound_key(form.name) else None


def _entries(form: Form, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Places of a name, and the states that it may mean beside those that the gazetteer has so."""
    found = gazetteer.find(form.name)
    state = country_words().get(name_key(form.name))
    if state is None or not state.is_noun:
        return found
    known = {
        code for entry in found for code in entry.countries if entry.level is PlaceLevel.COUNTRY
    }
    more = (gazetteer.area(code) for code in state.codes if code not in known)
    return (*found, *(one for one in more if one))


def _of_kind(entries: Iterable[Entry], kind: PlaceLevel | None) -> tuple[Entry, ...]:
    """The entries of a kind, or all of them if none is."""
    every = tuple(entries)
    return tuple(entry for entry in every if entry.level is kind) or every


def _headed(entries: tuple[Entry, ...], form: Form, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The areas that words like "Hasakah province" mean where only their seats have this name."""
    kind = form.kind
    if kind is None or kind not in SEATED or any(entry.is_area for entry in entries):
        return entries
    radius = usual_radius_km(kind)
    return tuple(
        area_headed(entry, form, gazetteer)
        or replace(entry, level=kind, radius_km=max(entry.radius_km, radius))
        for entry in entries
    )
