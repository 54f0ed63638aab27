"""Cells of places: where each incident happened, the main place only.

A place is right if it is gold's own one: of its id, or of its name and, where both have a point,
no further from gold's than 25 km or twice gold's radius, whichever is more. A gazetteer's point of
one town differs by a few kilometres, that of its namesake by many.

Where gold's place is a settlement or a part of one, any point within its radius is right too that
is no wider: a neighbourhood of the city as well as the next village, since the radius says how
exactly the place is known. Where gold names an area, from a subdistrict up, what is known to lie
in it is right, and shown to be narrower than gold (`depth`): its circle holds towns of its
neighbours, so that the radius of a small area is believed of bare coordinates only, and that of a
large one of nothing. A country for a town is wrong.
"""

import re
from collections.abc import Sequence

from eval.cells import Cell, CellKind, CellState, Mistake
from eval.names import Names, own_id, place_key
from eval.scoring.case import Case, Scene
from eval.scoring.incidents import mistake_alone
from extractor.codes import PlaceLevel, PlaceMethod, PlaceRelation
from extractor.gazetteer import distance_km
from extractor.records import Incident, Place

WITHIN_KM = (1, 2, 5, 10, 25, 161)
"""The distances at which a place is nearly right; 161 km is the 100 miles of the literature."""

_ORDER = {level: width for width, level in enumerate(PlaceLevel)}
# A town and a city differ in size; neither lies in the other.
_WIDTH = {**_ORDER, PlaceLevel.CITY: _ORDER[PlaceLevel.TOWN_OR_VILLAGE]}
_POINTS = tuple(PlaceLevel)[: _WIDTH[PlaceLevel.ADMIN1]]  # a distance means something up to here
_SETTLEMENTS = tuple(PlaceLevel)[: _ORDER[PlaceLevel.ADMIN3]]  # and all that lies in them
_NAMESAKE_KM = 25.0
_NAMESAKE_RADII = 2.0
_UNCLEAR = (PlaceLevel.WATERS, PlaceLevel.UNKNOWN)  # neither wider nor narrower than another
_AREA_WORDS = re.compile(r"\b(?:province|governorate|region|state|district|county) ?(?:of )?", re.I)


def place_cells(case: Case) -> list[Cell]:
    """One cell for each incident for which one of the sides names a main place."""
    cells = (_place_cell(case, scene) for scene in case.scenes())
    return [cell for cell in cells if cell is not None]


def is_right_place(names: Names, gold: Place, predicted: Place) -> bool:
    """Whether a predicted place may stand for gold's."""
    if _is_own(names, gold, predicted):
        return True
    if gold.level in _SETTLEMENTS:
        return _is_within_radius(gold, predicted)
    if predicted.level is PlaceLevel.EXACT_POINT and gold.level in _POINTS:
        return _is_within_radius(gold, predicted)
    return gold.level is not PlaceLevel.UNKNOWN and _lies_in(names, predicted, gold)


def _place_cell(case: Case, scene: Scene) -> Cell | None:
    readings, predicted = _readings(case, scene.gold), _main_place(scene.predicted)
    own = _main_place(scene.gold)
    gold = _nearest(case.names, readings, predicted)
    shown = own or predicted
    if shown is None:
        return None  # a place that only a second reading has need not be told
    state, mistake = _state(case.names, scene, gold, predicted)
    if own is None and state is CellState.SPURIOUS:
        gold = None
    return case.cell(
        CellKind.PLACE,
        scene,
        state=state,
        mistake=mistake,
        key="place",
        gold=_told(gold),
        predicted=_told(predicted),
        slice=shown.level.value,
        parts=_parts(case.names, gold, predicted),
        measures=_measures(gold, predicted),
        codes=_codes(case.names, gold, predicted),
        gold_quotes=_quotes(gold),
        predicted_quotes=_quotes(predicted),
    )


def _main_place(incident: Incident | None) -> Place | None:
    return incident.places[0] if incident and incident.places else None


def _readings(case: Case, gold: Incident | None) -> list[Place]:
    """What gold holds right, the first reading first."""
    if gold is None:
        return []
    others = (one.place for one in case.gold.alternatives_of(gold.id))
    return [place for place in (_main_place(gold), *others) if place]


def _nearest(names: Names, readings: Sequence[Place], predicted: Place | None) -> Place | None:
    """The reading that the prediction is judged by; the first if nothing tells."""
    if not readings or predicted is None:
        return next(iter(readings), None)

    def misfit(gold: Place) -> tuple[bool, bool, float]:
        apart = _apart(gold, predicted)
        return (
            not is_right_place(names, gold, predicted),
            _is_elsewhere(gold, predicted),
            float("inf") if apart is None else apart,
        )

    return min(readings, key=misfit)


def _state(
    names: Names, scene: Scene, gold: Place | None, predicted: Place | None
) -> tuple[CellState, Mistake | None]:
    if scene.is_optional:
        return CellState.EXCUSED, None
    if scene.gold is None:
        return CellState.SPURIOUS, mistake_alone(scene)
    if predicted is None:
        return CellState.MISSED, Mistake.MISSED
    if gold and is_right_place(names, gold, predicted):
        return CellState.CORRECT, None
    if gold is None or not scene.gold.places:
        return CellState.SPURIOUS, Mistake.SPURIOUS
    return CellState.WRONG, _mistake(names, gold, predicted)


def _mistake(names: Names, gold: Place, predicted: Place) -> Mistake:
    if _is_wider(predicted, gold) and _holds(names, predicted, gold):
        return Mistake.TOO_WIDE
    if _is_elsewhere(gold, predicted):
        return Mistake.COUNTRY_WRONG
    if not _is_resolved(predicted):
        return Mistake.UNRESOLVED
    if _lies_in(names, predicted, gold):
        return Mistake.TOO_NARROW
    return Mistake.WRONG_PLACE


def _is_own(names: Names, gold: Place, predicted: Place) -> bool:
    """Whether both are one place: by id where both have one, else by name, not in two countries."""
    if not names.same_place(gold, predicted):
        return False
    if own_id(gold) is not None and own_id(gold) == own_id(predicted):
        return True
    return not _is_elsewhere(gold, predicted) and not _is_namesake(gold, predicted)


def _is_namesake(gold: Place, predicted: Place) -> bool:
    """Whether a place of the same name lies too far away to be the same."""
    apart = _apart(gold, predicted)
    if apart is None or gold.level not in _POINTS:
        return False
    if PlaceMethod.PARENT in (gold.method, predicted.method):
        return False  # the point says where the parent lies
    return apart > max(_NAMESAKE_KM, _NAMESAKE_RADII * (gold.radius_km or 0.0))


def _is_within_radius(gold: Place, predicted: Place) -> bool:
    apart = _apart(gold, predicted)
    if PlaceMethod.PARENT in (gold.method, predicted.method):
        return False  # the point is that of what it lies in, and all places there would have it
    if apart is None or gold.radius_km is None or apart > gold.radius_km:
        return False
    return not _is_wider(predicted, gold) and not _is_elsewhere(gold, predicted)


def _lies_in(names: Names, inner: Place, outer: Place) -> bool:
    """Whether a place is known, or said, to lie in another one."""
    if _is_elsewhere(inner, outer):
        return False
    if outer.level is PlaceLevel.COUNTRY and set(inner.countries) & set(outer.countries):
        return True
    area = _plain(outer.name_text)
    around = (*inner.parents, *inner.within_text)
    return any(
        _is_same_name(names, name, outer.name_text) or _is_same_name(names, _plain(name), area)
        for name in around
    )


def _is_same_name(names: Names, one: str, other: str) -> bool:
    return names.same_place(Place(name_text=one), Place(name_text=other))


def _plain(name: str) -> str:
    """The name of an area without the kind of area: "Aleppo" for "the province of Aleppo"."""
    return _AREA_WORDS.sub("", name)


def _holds(names: Names, outer: Place, inner: Place) -> bool:
    """Whether a wide place holds another one, by what is known of either."""
    if _lies_in(names, inner, outer):
        return True
    apart = _apart(inner, outer)
    if apart is None or outer.radius_km is None or outer.level in _UNCLEAR:
        return False
    return apart <= outer.radius_km and not _is_elsewhere(inner, outer)


def _is_wider(one: Place, other: Place) -> bool:
    """Whether a place is wider than another; one of no known level may be."""
    return one.level in _UNCLEAR or _WIDTH[one.level] > _WIDTH[other.level]


def _is_elsewhere(one: Place, other: Place) -> bool:
    """Whether both lie in known countries, and in no common one."""
    countries = set(one.countries), set(other.countries)
    return all(countries) and not countries[0] & countries[1]


def _is_resolved(place: Place) -> bool:
    return _point(place) is not None or place.gazetteer_id is not None


def _point(place: Place) -> tuple[float, float] | None:
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


def _apart(one: Place, other: Place) -> float | None:
    """Kilometres between two points; empty if one of them is not known."""
    points = _point(one), _point(other)
    return distance_km(points[0], points[1]) if points[0] and points[1] else None


def _distance(gold: Place, predicted: Place) -> float | None:
    """Kilometres out of gold's radius; empty where a distance means nothing or is not known."""
    apart = _apart(gold, predicted)
    if apart is None or gold.level not in _POINTS:
        return None
    if own_id(gold) and own_id(gold) == own_id(predicted):
        return 0.0
    return max(0.0, apart - (gold.radius_km or 0.0))


def _parts(names: Names, gold: Place | None, predicted: Place | None) -> dict[str, bool]:
    if gold is None or predicted is None:
        return {}
    right = is_right_place(names, gold, predicted)
    parts = {"own": right, "place": right, "resolved": _is_resolved(predicted)}
    parts["relation"] = gold.relation is predicted.relation  # for information only
    if gold.countries:
        parts["country"] = bool(set(gold.countries) & set(predicted.countries))
    if gold.level in _POINTS and _point(gold):
        far = _distance(gold, predicted)
        parts |= {f"within_{km}": far is not None and far <= km for km in WITHIN_KM}
    return parts


def _measures(gold: Place | None, predicted: Place | None) -> dict[str, float]:
    if gold is None or gold.level not in _POINTS or gold.lat is None or gold.lon is None:
        return {}
    measures = {"gold_lat": gold.lat, "gold_lon": gold.lon}
    measures["gold_radius_km"] = gold.radius_km or 0.0
    far = _distance(gold, predicted) if predicted else None
    return measures if far is None else {**measures, "distance_km": far}


def _codes(names: Names, gold: Place | None, predicted: Place | None) -> dict[str, str]:
    codes: dict[str, str] = {}
    for side, one in (("gold", gold), ("predicted", predicted)):
        if one:
            codes[f"{side}_place"] = own_id(one) or place_key(one.name_text)
            codes[f"{side}_name"] = one.name_text
            codes[f"{side}_level"] = one.level.value
            codes[f"{side}_relation"] = one.relation.value
            codes[f"{side}_country"] = "+".join(sorted(one.countries))
    if predicted:
        codes["resolved"] = "yes" if _is_resolved(predicted) else "no"
    if gold and predicted and (depth := _depth(names, gold, predicted)):
        codes["depth"] = depth
    return codes


def _depth(names: Names, gold: Place, predicted: Place) -> str | None:
    """How wide the predicted place is beside gold's; empty where that is not clear."""
    if _is_own(names, gold, predicted) or gold.level is predicted.level:
        return "same"
    if gold.level in _UNCLEAR or predicted.level in _UNCLEAR:
        return None
    return "too_wide" if _is_wider(predicted, gold) else "too_narrow"


def _told(place: Place | None) -> str | None:
    """A place for a person: "near Basra", "Jub al-Quba, eastern Aleppo"."""
    if place is None:
        return None
    plain = (PlaceRelation.IN, PlaceRelation.UNSPECIFIED)
    relation = "" if place.relation in plain else f"{place.relation.value.replace('_', ' ')} "
    return relation + ", ".join((place.name_text, *place.within_text))


def _quotes(place: Place | None) -> tuple[str, ...]:
    return (place.quote.text,) if place and place.quote else ()
