"""The report as Markdown; words of an article cannot become links, code, HTML or columns."""

import re
from collections.abc import Iterator, Sequence

from eval.report.details import mistake_grid, sensitivity_grid, slice_grid, worst_grid
from eval.report.grids import (
    Grid,
    attempts_line,
    cross_grid,
    harm_grid,
    headline_grid,
    interval_line,
    means_grid,
    ring_grid,
    section_grid,
)
from eval.report.words import Words, isolated
from eval.scores.slices import Slice
from eval.scores.summary import Summary

_WORST = 30
# What Markdown could read as more than a letter, and what turns an address into a link by itself.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$@#]|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)


def markdown(summary: Summary, slices: Sequence[Slice] | None = None) -> str:
    """A summary as Markdown; every slice unless some are given."""
    shown = summary.slices if slices is None else slices
    return "\n\n".join(_parts(summary, shown)) + "\n"


def escaped(words: Words) -> str:
    """Words that stand for themselves and for nothing else, in one line."""
    return isolated(words, _without_markup)


def _without_markup(words: str) -> str:
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", words)


def _parts(summary: Summary, slices: Sequence[Slice]) -> Iterator[str]:
    told = summary.attempts
    yield "# Scores"
    yield f"**{told.verdict}** {escaped(attempts_line(summary))}"
    if summary.provenance:
        yield ""
        yield escaped(summary.provenance.line)
    if told.reason:
        yield escaped(told.reason)
    yield escaped(interval_line(summary))
    yield from grid_markdown(headline_grid(summary.headline))
    yield from grid_markdown(means_grid(summary))
    yield from grid_markdown(harm_grid(summary.harms))
    for section in summary.sections:
        yield from grid_markdown(section_grid(section))
        if rings := ring_grid(section):
            yield from grid_markdown(rings, level=3)
        for table in section.tables:
            if table.total:
                yield from grid_markdown(cross_grid(table), level=3)
    if summary.sensitivity:
        yield from grid_markdown(sensitivity_grid(summary.sensitivity))
    yield from grid_markdown(slice_grid(slices))
    yield from grid_markdown(mistake_grid(summary.mistakes))
    yield from grid_markdown(worst_grid(summary, _WORST))


def grid_markdown(grid: Grid, level: int = 2) -> Iterator[str]:
    """A grid as a heading, a note and a table; nothing if it has no row."""
    if not grid.rows:
        return
    yield f"{'#' * level} {escaped(grid.title)}"
    if grid.note:
        yield escaped(grid.note)
    rules = ("---:" if at in grid.numbers else "---" for at in range(len(grid.columns)))
    lines = [_row(map(escaped, grid.columns)), _row(rules)]
    lines += [_row(map(escaped, row)) for row in grid.rows]
    yield "\n".join(lines)


def _row(words: Iterator[str]) -> str:
    return f"| {' | '.join(words)} |"
