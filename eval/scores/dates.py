"""Dates: how far off, how exactly told, and when the day of publication stands in for them."""

from collections.abc import Callable, Sequence

from eval.cells import Cell, CellKind, Mistake
from eval.scores.gauge import Gauge, is_right
from eval.scores.headline import is_matched
from eval.scores.score import Score, Section
from eval.scores.tables import cross, measured, part
from extractor.codes import DatePrecision

_DAY = (DatePrecision.DAY.value, DatePrecision.PART_OF_DAY.value)
_WORDS = {"yes": "told by a relative expression", "no": "told by a calendar date"}


def date_section(cells: Sequence[Cell], gauge: Gauge) -> Section:
    """How right the dates of incidents are."""
    dates = [one for one in cells if one.kind is CellKind.DATE]
    gold = [one for one in dates if one.has_gold]
    daily = [one for one in gold if one.codes.get("gold_precision") in _DAY]
    matched = [one for one in dates if is_matched(one)]
    off = measured(matched, "days_off")
    precisions = [
        (one.codes.get("gold_precision", "-"), one.codes.get("predicted_precision", "-"))
        for one in matched
    ]
    scores: list[Score] = [
        gauge.share("date.exact", "Day right where gold has a day", daily, part("exact")),
        gauge.share("date.overlap", "Overlaps gold's days", gold, part("overlap")),
    ]
    for days, words in ((1, "one day"), (7, "seven days")):
        scores += [
            gauge.share(f"date.within_{days}", f"Within {words}, end to end", gold, _within(days)),
            gauge.share(
                f"date.within_{days}.conditional",
                f"Within {words}, where both tell it",
                [one for one, _ in off],
                _within(days),
            ),
        ]
    scores += [
        gauge.quantile("date.days.median", "Days off, median", "days", off, 0.5),
        gauge.quantile("date.days.p90", "Days off, P90", "days", off, 0.9),
        gauge.share("date.precision_match", "As exact as gold", matched, part("precision")),
        *(
            gauge.share(
                f"date.relative.{word}",
                f"Right, {words}",
                [one for one in gold if one.codes.get("relative") == word],
                is_right,
            )
            for word, words in _WORDS.items()
        ),
        gauge.share(
            "date.publication",
            "Predicted dates that are wrongly the day of publication",
            [one for one in dates if one.has_predicted],
            lambda one: one.mistake is Mistake.PUBLICATION_DATE,
        ),
    ]
    words = [one.value for one in DatePrecision]
    table = cross("date.precisions", "How exactly the date is told", words, precisions, drop=True)
    return Section(name="dates", title="Dates", scores=tuple(scores), tables=(table,))


def _within(days: int) -> Callable[[Cell], bool]:
    return lambda cell: cell.measures.get("days_off", float("inf")) <= days
