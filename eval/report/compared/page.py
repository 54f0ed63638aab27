"""The comparison as one HTML page: nothing is loaded, nothing runs, words stay words."""

from eval.comparing.comparison import Comparison
from eval.comparing.items import Change
from eval.report.compared.grids import (
    SHOWN,
    chance_line,
    gated_grid,
    item_grid,
    other_grid,
    sides_line,
    slice_grid,
    tally_line,
)
from eval.report.html import render

_TEMPLATE = "compared.html.j2"
_MORE = 3  # times as many claims on a page as in Markdown


def comparison_page(told: Comparison, *, title: str = "Two runs compared") -> str:
    """A comparison as one page."""
    return render(
        _TEMPLATE,
        title=title,
        told=told,
        sides=sides_line(told),
        chance=chance_line(told),
        tally=tally_line(told),
        gated=gated_grid(told),
        others=other_grid(told),
        slices=slice_grid(told.slices),
        items=[
            (change, grid)
            for change in Change
            if (grid := item_grid(told.items, change, _MORE * SHOWN[change])).rows
        ],
    )
