"""The comparison for a terminal: the figures, and the claims a person should look at first."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from eval.comparing.comparison import Comparison
from eval.comparing.items import Change, Item
from eval.report.compared.grids import (
    chance_line,
    gated_grid,
    mistakes_line,
    other_grid,
    right_of,
    side_of,
    sides_line,
    slice_grid,
    tally_line,
)
from eval.report.terminal import print_grid
from eval.report.words import NOTHING, claim_of, isolated, plain, quoted

_SHOWN = {Change.BROKEN: 10, Change.UNSTABLE: 5, Change.FIXED: 5}


def print_comparison(console: Console, told: Comparison, *, details: bool = False) -> None:
    """Print a comparison; with `details` the figures that no verdict rests on, too."""
    console.print(Text(told.verdict, style="bold" if told.is_valid else "bold red"))
    console.print(Text(isolated(sides_line(told))))
    for one in (*told.provenance_before[:1], *told.provenance_after[:1]):
        console.print(Text(isolated(one.line), style="dim"))
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
            most = min(shown, len(found))
            title = f"{plain(change.value).capitalize()}, the worst {most} of {len(found)}"
            console.print(Text(title, style="bold"))
            console.print(Text(f"by error: {mistakes_line(told.items, change)}", style="dim"))
            _print_items(console, found[:shown])


def _print_items(console: Console, items: Iterable[Item]) -> None:
    for one in items:
        told = Text(isolated((one.article_id, ": ", *claim_of(one.worse))))
        told.append(f"  right in {right_of(one)}", style="dim")
        console.print(told, soft_wrap=True)
        for side, value, quotes in (
            ("gold", one.worse.gold or NOTHING, one.worse.gold_quotes),
            ("before", side_of(one.before), one.before.predicted_quotes if one.before else ()),
            ("after", side_of(one.after), one.after.predicted_quotes if one.after else ()),
        ):
            line = Text(f"    {side:<8}").append(isolated(value))
            if quotes:
                line.append(f"  {isolated(quoted(quotes))}", style="dim")
            console.print(line, soft_wrap=True)
