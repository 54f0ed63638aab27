"""The report for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
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
    ring_grid,
    section_grid,
    strata_grid,
)
from eval.report.words import NOTHING, claim_of, judged, printable, quoted
from eval.scores.slices import Slice
from eval.scores.summary import Summary

_WORST = 10
_STATES = "count.states"


def print_report(console: Console, summary: Summary, slices: Sequence[Slice] = ()) -> None:
    """Print a summary; `slices` are those to be shown besides."""
    style = "bold" if summary.is_valid else "bold red"
    console.print(Text(summary.attempts.verdict, style=style), Text(attempts_line(summary)))
    if summary.provenance:
        console.print(Text(printable(summary.provenance.line)))
    if summary.attempts.reason:
        console.print(Text(printable(summary.attempts.reason), style="red"))
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
        style = "red" if cell.mistake else "dim"
        where = f"{cell.article_id}: " if with_article else ""
        console.print(Text(printable(where + claim_of(cell))), Text(judged(cell), style=style))
        for side, value, quotes in (
            ("gold", cell.gold, cell.gold_quotes),
            ("predicted", cell.predicted, cell.predicted_quotes),
        ):
            told = Text(f"    {side:<10}").append(printable(value or NOTHING))
            if quotes:
                told.append(f"  {printable(quoted(quotes))}", style="dim")
            console.print(told, soft_wrap=True)


def print_grid(console: Console, grid: Grid) -> None:
    """Print a table; nothing in it is markup, whatever an article says."""
    if not grid.rows:
        return
    table = Table(
        title=Text(printable(grid.title), style="bold"),
        title_justify="left",
        caption=Text(printable(grid.note), style="dim") if grid.note else None,
        caption_justify="left",
        header_style="dim",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for at, column in enumerate(grid.columns):
        number = at in grid.numbers
        justify = "right" if number else "left"
        # Figures and what they are of stay whole; only words of articles are broken into lines.
        table.add_column(Text(printable(column)), justify=justify, no_wrap=number or at == 0)
    for row in grid.rows:
        table.add_row(*(Text(printable(words)) for words in row))
    console.print()
    console.print(table)


def _grids(summary: Summary, slices: Sequence[Slice]) -> Iterator[Grid]:
    headline = headline_grid(summary.headline)
    # Nine columns are more than most terminals hold; the files of a report have all of them.
    yield _without(headline, "Mean by article", "Mean by incidents")
    if strata := strata_grid(summary.headline):
        yield strata
    yield _without(harm_grid(summary.harms), "Means")
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
        yield _without(
            slice_grid(slices), "Articles", "Tolls", "Cumulative figures", "Attack types"
        )
    yield mistake_grid(summary.mistakes)


def _without(grid: Grid, *columns: str) -> Grid:
    kept = [at for at, column in enumerate(grid.columns) if column not in columns]
    return Grid(
        title=grid.title,
        columns=tuple(grid.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in grid.rows),
        note=grid.note,
        numbers=frozenset(to for to, at in enumerate(kept) if at in grid.numbers),
    )
