"""The report for a terminal: no figure is cut, however narrow it is."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.table import Table
from rich.text import Text

from eval.cells import Cell
from eval.report.details import mistake_grid, sensitivity_grid, slice_grid
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
from eval.report.words import (
    ISOLATE,
    ISOLATE_END,
    NOTHING,
    claim_of,
    isolated,
    judged,
    quoted,
)
from eval.scores.slices import Slice
from eval.scores.summary import Summary

_WORST = 10
_STATES = "count.states"
_GAP = 2
_WORDS, _LABEL = 12, 24  # characters that a line of words has at least, and one of a long label


def print_report(console: Console, summary: Summary, slices: Sequence[Slice] = ()) -> None:
    """Print a summary; `slices` are those to be shown besides."""
    style = "bold" if summary.is_valid else "bold red"
    console.print(Text(summary.attempts.verdict, style=style), Text(attempts_line(summary)))
    if summary.provenance:
        console.print(Text(isolated(summary.provenance.line)))
    if summary.attempts.reason:
        console.print(Text(isolated(summary.attempts.reason), style="red"))
    console.print(Text(interval_line(summary), style="dim"))
    for grid in _grids(summary, slices):
        print_grid(console, grid)
    if worst := summary.worst[:_WORST]:
        console.print()
        console.print(Text("Worst errors", style="bold"))
        print_cells(console, worst, with_article=True)


def print_cells(console: Console, cells: Iterable[Cell], *, with_article: bool = False) -> None:
    """Print cells, gold and prediction one above the other, each with its words."""
    for cell in cells:
        where = (cell.article_id, ": ") if with_article else ()
        told = Text(isolated((*where, *claim_of(cell))) + " ")
        told.append(judged(cell), style="red" if cell.mistake else "dim")
        console.print(told, soft_wrap=True)
        for side, value, quotes in (
            ("gold", cell.gold, cell.gold_quotes),
            ("predicted", cell.predicted, cell.predicted_quotes),
        ):
            told = Text(f"    {side:<10}").append(isolated(value or NOTHING))
            if quotes:
                told.append(f"  {isolated(quoted(quotes))}", style="dim")
            console.print(told, soft_wrap=True)


def print_grid(console: Console, grid: Grid) -> None:
    """Print a table; nothing in it is markup, whatever an article says.

    One that is too wide is printed as several, each with the labels of the rows.
    """
    if not grid.rows:
        return
    console.print()
    console.print(Text(isolated(grid.title), style="bold"))
    for at, part in enumerate(stacked(grid, console.width)):
        if at:
            console.print()
        console.print(_table(part, console.width))
    if grid.note:
        console.print(Text(isolated(grid.note), style="dim"))


def stacked(grid: Grid, width: int) -> Iterator[Grid]:
    """A grid in parts that each fit a width, with the columns that say what a row is of."""
    labels = tuple(range(grid.labels))
    room = width - sum(_least(grid, at) for at in labels)
    columns: list[int] = []
    left = room
    for at in range(grid.labels, len(grid.columns)):
        needed = _GAP + _least(grid, at)
        if columns and needed > left:
            yield _with(grid, (*labels, *columns))
            columns, left = [], room
        columns.append(at)
        left -= needed
    yield _with(grid, (*labels, *columns))


def _table(grid: Grid, width: int) -> Table:
    least = [_least(grid, at) for at in range(len(grid.columns))]
    widest = [
        max(map(cell_len, (grid.columns[at], *_column(grid, at)))) for at in range(len(least))
    ]
    is_wide = sum(widest) + _GAP * (len(widest) - 1) <= width
    fits = sum(least) + _GAP * (len(least) - 1) <= width
    table = Table(header_style="dim", box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for at, column in enumerate(grid.columns):
        number = at in grid.numbers
        lines = [column] if is_wide or not number else _folded(column, least[at])
        table.add_column(
            _Sided("\n".join(map(isolated, lines))),
            justify="right" if number else "left",
            overflow="fold",
            # Figures stay whole; words are broken into lines.
            no_wrap=number and fits,
        )
    for row in grid.rows:
        table.add_row(*(_Sided(isolated(words)) for words in row))
    return table


class _Sided(Text):
    """Text whose lines each end what runs its own way, so that the next column is not drawn in."""

    def wrap(self, *given: Any, **named: Any) -> Lines:
        lines, ended, still_open = super().wrap(*given, **named), Lines(), 0
        for line in lines:
            opened = still_open + line.plain.count(ISOLATE) - line.plain.count(ISOLATE_END)
            whole = line.blank_copy(ISOLATE * still_open)
            ended.append(whole.append_text(line).append(ISOLATE_END * opened))
            still_open = opened
        return ended


def _folded(header: str, width: int) -> list[str]:
    return textwrap.wrap(header, width, break_long_words=False, break_on_hyphens=False)


def _least(grid: Grid, at: int) -> int:
    """The fewest characters a line of a column must have: a figure is whole, words are broken."""
    header = max(map(cell_len, grid.columns[at].split()), default=0)
    longest = max(map(cell_len, _column(grid, at)), default=0)
    if at in grid.numbers:
        return max(header, longest)
    is_long_label = at == 0 and longest > _LABEL
    return max(header, min(longest, _LABEL if is_long_label else _WORDS))


def _column(grid: Grid, at: int) -> list[str]:
    return [isolated(row[at]) for row in grid.rows]


def _grids(summary: Summary, slices: Sequence[Slice]) -> Iterator[Grid]:
    yield headline_grid(summary.headline)
    yield means_grid(summary)
    harms = harm_grid(summary.harms)
    # What each harm means stands in the files of a report.
    yield _with(harms, [at for at, name in enumerate(harms.columns) if name != "Means"])
    for section in summary.sections:
        yield section_grid(section)
        if rings := ring_grid(section):
            yield rings
        for table in section.tables:
            if table.name == _STATES and table.total:
                yield cross_grid(table)
    if summary.sensitivity:
        yield sensitivity_grid(summary.sensitivity)
    if slices:
        yield slice_grid(slices)
    yield mistake_grid(summary.mistakes)


def _with(grid: Grid, columns: Sequence[int]) -> Grid:
    """A grid of some of its columns."""
    return replace(
        grid,
        columns=tuple(grid.columns[at] for at in columns),
        rows=tuple(tuple(row[at] for at in columns) for row in grid.rows),
        numbers=frozenset(to for to, at in enumerate(columns) if at in grid.numbers),
    )
