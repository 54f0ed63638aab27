"""The comparison for a terminal: the figures, and the claims a person should look at first."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from eval.comparing.comparison import Comparison
from eval.comparing.items import Change, Item
from eval.report.compared.grids import (
    chance_line,
    gated_grid,
    other_grid,
    quotes_of,
    side_of,
    sides_line,
    slice_grid,
    tally_line,
)
from eval.report.terminal import print_grid
from eval.report.words import NOTHING, claim_of, isolated, plain

_SHOWN = {Change.BROKEN: 10, Change.UNSTABLE: 5, Change.FIXED: 5}


def print_comparison(console: Console, told: Comparison, *, details: bool = False) -> None:
    """Print a comparison; with `details` the figures that no verdict rests on, too."""
    console.print(Text(told.verdict, style="bold" if told.is_valid else "bold red"))
    console.print(Text(isolated(sides_line(told))))
    if told.reason:
        console.print(Text(isolated(told.reason), style="red"))
    console.print(Text(chance_line(told), style="dim"))
    print_grid(console, gated_grid(told))
    if details:
        print_grid(console, other_grid(told))
        print_grid(console, slice_grid(told.slices))
    console.print()
    console.print(Text("Claims: ", style="bold").append(tally_line(told)))
    for change, shown in _SHOWN.items():
        found = [one for one in told.items if one.change is change]
        if found:
            console.print()
            console.print(Text(f"{plain(change.value).capitalize()}, the worst", style="bold"))
            _print_items(console, found[:shown])


def _print_items(console: Console, items: Iterable[Item]) -> None:
    for one in items:
        told = Text(isolated((one.article_id, ": ", *claim_of(one.worse))))
        told.append(f"  right in {one.right_before}, then {one.right_after}", style="dim")
        console.print(told, soft_wrap=True)
        for side, value in (
            ("gold", one.worse.gold or NOTHING),
            ("before", side_of(one.before)),
            ("after", side_of(one.after)),
        ):
            line = Text(f"    {side:<8}").append(isolated(value))
            if side == "gold":
                line.append(f"  {isolated(quotes_of(one))}", style="dim")
            console.print(line, soft_wrap=True)
