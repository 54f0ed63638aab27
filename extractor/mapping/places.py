"""Places: names that stand in the article, with the points that they are resolved to."""

from collections.abc import Iterable

from extractor.codes import FlagCode, PlaceRelation
from extractor.dateline import dateline_end
from extractor.mapping.notebook import Notebook
from extractor.records import Place, PlaceCandidate, Quote
from extractor.resolve.places import (
    PlaceMention,
    ResolvedPlace,
    resolve_place,
    tells_distance,
)
from extractor.wire import WirePlace

_READ_BEHIND = 100  # characters in front of a name that may tell a distance


def map_places(
    wires: Iterable[WirePlace], *, where: str, anchors: Iterable[Quote], notebook: Notebook
) -> tuple[Place, ...]:
    """Where: names that stand in the article; a name that does not is set aside.

    So is one that stands in the dateline alone (R12). A place that stays unresolved keeps its words
    and is flagged.
    """
    near = tuple(anchors)
    mapped = (_place(wire, f"{where}/p{n}", near, notebook) for n, wire in enumerate(wires, 1))
    return tuple(place for place in mapped if place)


def _place(
    wire: WirePlace, where: str, near: tuple[Quote, ...], notebook: Notebook
) -> Place | None:
    name = notebook.verbatim(where, wire.name_text)
    if name is None:
        notebook.put_aside(where, "place", wire, FlagCode.QUOTE_NOT_FOUND)
        return None
    if _stands_in_dateline_only(name, notebook):
        told = f"{name!r} stands in the dateline only, which is no evidence of place"
        notebook.flag(FlagCode.DATELINE_PLACE_SUSPECT, where, told)
        notebook.put_aside(where, "place", wire, FlagCode.DATELINE_PLACE_SUSPECT)
        return None
    within = (notebook.verbatim(f"{where}/within", words) for words in wire.within_text)
    quote = notebook.quote(where, wire.quote, near) if wire.quote else None
    quote = quote or notebook.searchable.find_nearest(name, near)
    place = Place(
        name_text=name,
        within_text=tuple(words for words in within if words),
        relation=wire.relation,
        controlled_by_text=notebook.verbatim(f"{where}/control", wire.controlled_by_text),
        quote=quote,
    )
    return _resolved(place, where, notebook)


def _stands_in_dateline_only(name: str, notebook: Notebook) -> bool:
    article = notebook.searchable.article
    end = dateline_end(article.text)
    # It does stand in the article.
    return end > 0 and all(
        one.field == "text" and one.end <= end for one in notebook.searchable.each(name)
    )


def _resolved(place: Place, where: str, notebook: Notebook) -> Place:
    found = resolve_place(
        PlaceMention(
            name_text=place.name_text,
            within_text=place.within_text,
            relation=place.relation,
            before=_before(place, notebook),
        ),
        gazetteer=notebook.tables.gazetteer,
        surroundings=notebook.surroundings,
    )
    candidates = tuple(
        PlaceCandidate(gazetteer_id=one.id, name=one.name, reason=one.reason)
        for one in found.candidates
    )
    if not isinstance(found, ResolvedPlace):
        notebook.flag(FlagCode.PLACE_UNRESOLVED, where, f"{place.name_text!r}: {found.reason}")
        return place.model_copy(update={"level": found.level, "candidates": candidates})
    return place.model_copy(
        update={
            "level": found.level,
            "countries": found.countries,
            "lat": found.lat,
            "lon": found.lon,
            "radius_km": found.radius_km,
            "gazetteer_id": found.id,
            "parents": found.parents,
            "method": found.method,
            "candidates": candidates,
        }
    )


def _before(place: Place, notebook: Notebook) -> str:
    """The text in front of the name, where it tells a distance, or else where it is quoted."""
    text = notebook.searchable.article.text
    if place.relation is PlaceRelation.DIRECTION_DISTANCE:
        found = (one for one in notebook.searchable.each(place.name_text) if one.field == "text")
        told = (text[max(0, one.start - _READ_BEHIND) : one.start] for one in found)
        return next(filter(tells_distance, told), "")
    if place.quote is None or place.quote.field != "text":
        return ""
    at = text.find(place.name_text, place.quote.start, place.quote.end)
    start = at if at >= 0 else place.quote.start
    return text[max(0, start - _READ_BEHIND) : start]
