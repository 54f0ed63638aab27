"""The comparison as Markdown: for a pull request, or to be kept beside a blessed run."""

from collections.abc import Iterator

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
from eval.report.markdown import escaped, grid_markdown


def comparison_markdown(told: Comparison, *, details: bool = True, quotes: bool = True) -> str:
    """A comparison as Markdown; without `details` it is short enough for a pull request.

    Without `quotes` it holds no word of an article.
    """
    return "\n\n".join(_parts(told, details=details, quotes=quotes)) + "\n"


def _parts(told: Comparison, *, details: bool, quotes: bool) -> Iterator[str]:
    yield "# Two runs compared"
    yield f"**{told.verdict}** {escaped(sides_line(told))}"
    if told.reason:
        yield escaped(told.reason)
    yield chance_line(told)
    yield from grid_markdown(gated_grid(told))
    if details:
        yield from grid_markdown(other_grid(told))
        yield from grid_markdown(slice_grid(told.slices))
    yield "## Claims"
    yield escaped(tally_line(told))
    for change in (*SHOWN,) if details else (Change.BROKEN, Change.UNSTABLE):
        grid = item_grid(
            told.items, change, SHOWN[change] if details else SHOWN[change] // 2, quotes=quotes
        )
        yield from grid_markdown(grid, level=3)
