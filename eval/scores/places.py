"""Places: how far off they are, and what always answering the commonest place would get."""

from collections import Counter
from collections.abc import Callable, Sequence

from eval.cells import Cell, CellKind
from eval.scores.gauge import Gauge
from eval.scores.headline import is_matched
from eval.scores.score import Score, Section
from eval.scores.tables import measured, part
from eval.scoring.places import WITHIN_KM
from extractor.gazetteer import distance_km

_BASELINE = "always the commonest place of this set"


def place_section(cells: Sequence[Cell], gauge: Gauge) -> Section:
    """How near the places of incidents are."""
    places = [one for one in cells if one.kind is CellKind.PLACE]
    gold = [one for one in places if one.has_gold]
    pointed = [one for one in gold if "gold_lat" in one.measures]
    matched = [one for one in places if is_matched(one)]
    far = measured(matched, "distance_km")
    near = [one for one, _ in far]
    answer = commonest_place(gold)
    scores: list[Score] = [
        gauge.share(
            "place.baseline", f"Right, {_BASELINE}", gold, lambda one: _holds(answer, one, None)
        )
    ]
    for km in WITHIN_KM:
        scores += [
            gauge.share(f"place.within_{km}", f"Within {km} km, end to end", pointed, _within(km)),
            gauge.share(
                f"place.within_{km}.conditional", f"Within {km} km, placed", near, _within(km)
            ),
            gauge.share(
                f"place.within_{km}.baseline",
                f"Within {km} km, {_BASELINE}",
                pointed,
                lambda one, km=km: _holds(answer, one, km),
            ),
        ]
    scores += [
        gauge.quantile("place.km.median", "Distance, median", "km", far, 0.5),
        gauge.quantile("place.km.p90", "Distance, P90", "km", far, 0.9),
        gauge.share(
            "place.country",
            "Country right, end to end",
            [one for one in gold if one.codes.get("gold_country")],
            part("country"),
        ),
        gauge.share(
            "place.unresolved",
            "Predicted places that could not be put on a map",
            [one for one in places if one.has_predicted],
            lambda one: one.codes.get("resolved") == "no",
        ),
    ]
    notes = (
        (f"The commonest place of this set is {answer.codes.get('gold_name', '?')!r}.",)
        if answer
        else ()
    )
    return Section(name="places", title="Places", scores=tuple(scores), notes=notes)


def commonest_place(gold: Sequence[Cell]) -> Cell | None:
    """A cell of the place that gold names most often; of equals the first by id."""
    named = Counter(one.codes["gold_place"] for one in gold if one.codes.get("gold_place"))
    if not named:
        return None
    commonest = min(named, key=lambda place: (-named[place], place))
    cells = [one for one in gold if one.codes.get("gold_place") == commonest]
    return min(
        cells, key=lambda one: ("gold_lat" not in one.measures, one.codes.get("gold_name", ""))
    )


def _within(km: int) -> Callable[[Cell], bool]:
    return lambda cell: cell.measures.get("distance_km", float("inf")) <= km


def _holds(answer: Cell | None, cell: Cell, km: int | None) -> bool:
    """Whether the constant answer is right for a gold place, or within some kilometres of it."""
    if answer is None:
        return False
    if answer.codes["gold_place"] == cell.codes.get("gold_place"):
        return True
    if "gold_lat" not in cell.measures or "gold_lat" not in answer.measures:
        return False
    apart = distance_km(_point(answer), _point(cell)) - cell.measures.get("gold_radius_km", 0.0)
    return apart <= (km or 0)


def _point(cell: Cell) -> tuple[float, float]:
    return cell.measures["gold_lat"], cell.measures["gold_lon"]
