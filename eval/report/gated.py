"""The verdict of the gate as a report: terminal, and Markdown for a pull request.

Words of the articles are not shown: who reads them while tuning spoils the split.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from eval.comparing.items import Change
from eval.gate.findings import Finding
from eval.gate.verdict import Gated, Look
from eval.report.compared.grids import gated_grid, item_grid, sides_line, tally_line
from eval.report.grids import Grid
from eval.report.markdown import escaped, grid_markdown
from eval.report.terminal import print_grid
from eval.report.words import isolated, plain

_STYLES = {"PASS": "bold green", "FAIL": "bold red", "INVALID": "bold red"}
_SHOWN = 20


def print_gated(console: Console, told: Gated) -> None:
    """Print a verdict and what it rests on."""
    style = _STYLES.get(told.verdict, "bold yellow")
    console.print(Text(told.verdict, style=style).append(f"  {isolated(told.reason)}"))
    for look in told.looks:
        console.print()
        console.print(Text(isolated(_look_line(look))))
        print_grid(console, gated_grid(look.comparison))
        print_grid(console, _finding_grid("Against it", look.findings))
    print_grid(console, _finding_grid("Apart from that", told.others))
    print_grid(console, _broken_grid(told))
    console.print()
    for note in _notes(told):
        console.print(Text(isolated(note), style="dim"))


def gated_markdown(told: Gated) -> str:
    """A verdict as Markdown, short enough for a pull request."""
    return "\n\n".join(_parts(told)) + "\n"


def _parts(told: Gated) -> Iterator[str]:
    yield f"# Gate: {told.verdict}"
    yield escaped(told.reason)
    for look in told.looks:
        yield escaped(_look_line(look))
        yield from grid_markdown(gated_grid(look.comparison))
        yield from grid_markdown(_finding_grid("Against it", look.findings), level=3)
    yield from grid_markdown(_finding_grid("Apart from that", told.others), level=3)
    yield from grid_markdown(_broken_grid(told), level=3)
    yield from (escaped(note) for note in _notes(told))


def _look_line(look: Look) -> str:
    return (
        f"On {look.on}, alpha {look.alpha:g}: {look.verdict}. {sides_line(look.comparison)}"
        f" Claims: {tally_line(look.comparison)}."
    )


def _notes(told: Gated) -> Iterator[str]:
    alive = told.canaries - sum(one.rule.value == "canary" for one in told.others)
    if told.canaries:
        yield f"Canaries that are right: {alive} of {told.canaries}."
    yield from told.notes


def _finding_grid(title: str, findings: Sequence[Finding]) -> Grid:
    return Grid(
        title=title,
        columns=("Rule", "What was found"),
        rows=tuple((plain(one.rule.value), one.words) for one in findings),
    )


def _broken_grid(told: Gated) -> Grid:
    """Which claims broke, without their words."""
    grid = item_grid(told.looks[-1].comparison.items, Change.BROKEN, _SHOWN, quotes=False)
    return replace(grid, note=f"{grid.note} `tollbook eval compare` shows their words.", labels=2)
