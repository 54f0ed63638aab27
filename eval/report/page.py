"""The report as one HTML page: nothing is loaded, nothing runs, words of an article are words."""

from collections.abc import Sequence

from markupsafe import Markup

from eval.cells import Cell
from eval.report.charts import Dot, bar_chart, dot_chart, heat_of, scatter
from eval.report.details import mistake_grid, sensitivity_grid, slice_grid
from eval.report.grids import (
    attempts_line,
    harm_grid,
    headline_grid,
    interval_line,
    means_grid,
    ring_grid,
    section_grid,
)
from eval.report.html import render
from eval.report.words import error_of, key_of, plain
from eval.scores.score import Table
from eval.scores.slices import PHENOMENON, Slice
from eval.scores.summary import Summary

_TEMPLATE = "page.html.j2"


def page(summary: Summary, cells: Sequence[Cell], *, title: str = "Scores") -> str:
    """A graded run as one page."""
    told = summary.sensitivity
    return render(
        _TEMPLATE,
        title=title,
        summary=summary,
        heat=heat_of,
        most=_most,
        error=error_of,
        key=key_of,
        attempts=attempts_line(summary),
        intervals=interval_line(summary),
        with_intervals=summary.with_intervals and not summary.has_few_clusters,
        headline=headline_grid(summary.headline),
        headline_chart=dot_chart(
            "ends",
            "F1 end to end",
            [Dot(label=one.label, score=one.f1) for one in summary.headline],
        ),
        means=means_grid(summary),
        harms=harm_grid(summary.harms),
        sections=[(one, section_grid(one), ring_grid(one)) for one in summary.sections],
        scatter=scatter("tolls", "Tolls, gold against predicted", cells),
        bars=bar_chart("kinds", "Kinds of error", summary.mistakes),
        mistakes=mistake_grid(summary.mistakes),
        slices=slice_grid(summary.slices),
        phenomena=_phenomena(summary.slices),
        sensitivity=sensitivity_grid(told) if told else None,
    )


def _most(table: Table) -> int:
    return max((n for row in table.counts for n in row), default=0)


def _phenomena(slices: Sequence[Slice]) -> Markup | None:
    dots = [
        Dot(label=plain(one.name), score=each.score)
        for one in slices
        if one.dimension == PHENOMENON
        for each in one.scores
        if each.score.name == "count.f1" and each.score.value is not None
    ]
    dots.sort(key=lambda dot: (dot.score.value or 0.0, dot.label))
    return dot_chart("phenomena", "Count claims by phenomenon", dots) if dots else None
