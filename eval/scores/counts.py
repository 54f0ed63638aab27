"""Counts: how near the figures are, and how their kinds are told apart."""

from collections.abc import Callable, Sequence

from eval.cells import Cell, CellKind
from eval.figures import FigureState, is_exact, is_near, state_of, within_gold_range
from eval.scores.gauge import Gauge, is_right
from eval.scores.headline import is_matched
from eval.scores.score import Score, Section
from eval.scores.tables import cross, measured, part
from extractor.codes import Qualifier
from extractor.numerals import Number


def count_section(cells: Sequence[Cell], gauge: Gauge) -> Section:
    """How right the figures of incidents are."""
    counts = [one for one in cells if one.kind is CellKind.COUNT]
    scored = [one for one in counts if one.has_gold or one.has_predicted]
    matched = [one for one in scored if is_matched(one)]
    figures = [
        one for one in matched if _is_figure(one.gold_number) and _is_figure(one.predicted_number)
    ]
    told = [one for one in scored if one.has_gold and _is_figure(one.gold_number)]
    given = [one for one in scored if one.has_predicted and _is_figure(one.predicted_number)]
    log_error, log_bias = (measured(figures, name) for name in ("log_error", "log_bias"))
    kinds = [(_qualifier(one.gold_number), _qualifier(one.predicted_number)) for one in matched]
    scores = (
        gauge.share(
            "count.number", "Number right, whatever else is wrong", matched, part("number")
        ),
        gauge.share("count.exact", "Figures with the same bounds", figures, _compare(is_exact)),
        gauge.share("count.near", "Figures within a tenth", figures, _compare(is_near)),
        gauge.share(
            "count.within", "Figures inside gold's bounds", figures, _compare(within_gold_range)
        ),
        gauge.quantile(
            "count.log_error.median", "Error of the bounds, median", "log", log_error, 0.5
        ),
        gauge.quantile("count.log_error.p90", "Error of the bounds, P90", "log", log_error, 0.9),
        gauge.mean("count.log_bias", "Too high (+) or too low (-), mean", "log", log_bias),
        *_of_slice(scored, "total", "Whole tolls", gauge),
        *_of_slice(scored, "subset", "Parts of a toll", gauge),
        gauge.share(
            "count.missed",
            "Gold figures not given as a figure",
            told,
            lambda one: not (one.has_predicted and _is_figure(one.predicted_number)),
        ),
        gauge.share(
            "count.unfounded",
            "Predicted figures where gold has none",
            given,
            lambda one: not (one.has_gold and _is_figure(one.gold_number)),
        ),
        gauge.share(
            "count.kind",
            "Kind of figure right: exact, at least, about, …",
            matched,
            lambda one: _qualifier(one.gold_number) == _qualifier(one.predicted_number),
        ),
        gauge.words_f1("count.kind_f1", "Kind of figure, mean F1", matched, kinds),
        gauge.share("count.group", "Group right", matched, part("group")),
        gauge.share("count.speakers", "Speakers right", matched, part("speakers")),
        gauge.share("count.outcome", "Outcome right", matched, part("outcome")),
    )
    words = [one.value for one in Qualifier]
    states = [
        (
            _told(one.gold_number if one.has_gold else None),
            _told(one.predicted_number if one.has_predicted else None),
        )
        for one in scored
    ]
    tables = (
        cross(
            "count.states",
            "What the counts are, gold by predicted",
            [_WORDS[one] for one in FigureState],
            states,
        ),
        cross("count.kinds", "Kinds of figure where both tell one", words, kinds, drop=True),
    )
    return Section(name="counts", title="Counts", scores=scores, tables=tables)


def _of_slice(cells: Sequence[Cell], slice_: str, label: str, gauge: Gauge) -> tuple[Score, ...]:
    kept = [one for one in cells if one.slice == slice_]
    matched = filter(is_matched, kept)
    return (
        gauge.f1(f"count.{slice_}.f1", f"{label}, F1", kept),
        gauge.share(
            f"count.{slice_}.conditional", f"{label}, right where both tell it", matched, is_right
        ),
    )


def _qualifier(number: Number | None) -> str:
    return number.qualifier.value if number else "-"


_WORDS = {
    FigureState.NUM: "a figure",
    FigureState.NONE: "nobody",
    FigureState.VAGUE: "a vague word",
    FigureState.UNKNOWN_NUMBER: "no number",
    FigureState.ABSENT: "not told",
}


def _told(number: Number | None) -> str:
    return _WORDS[state_of(number)]


def _is_figure(number: Number | None) -> bool:
    return state_of(number) is FigureState.NUM


def _compare(same: Callable[[Number, Number], bool | None]) -> Callable[[Cell], bool]:
    """A comparison of the two figures of a cell."""
    return lambda cell: bool(
        cell.gold_number and cell.predicted_number and same(cell.gold_number, cell.predicted_number)
    )
