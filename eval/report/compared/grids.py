"""Grids of a comparison: the figures, the slices, the claims; once for every format."""

from collections.abc import Iterable, Sequence

from eval.cells import Cell
from eval.comparing.comparison import Comparison, Difference, SliceDifference
from eval.comparing.items import Change, Item, mistakes_in, tally_of
from eval.intervals import MIN_CLUSTERS
from eval.report.grids import Grid
from eval.report.words import (
    NOTHING,
    TURNS_INTO,
    Words,
    amount,
    between,
    error_of,
    key_of,
    percent,
    plain,
    quoted,
)

SHOWN: dict[Change, int] = {
    Change.BROKEN: 20,
    Change.UNSTABLE: 10,
    Change.FIXED: 10,
    Change.STILL_WRONG: 5,
}
"""How many claims of each change a page or Markdown shows; the JSON has all."""

_SURE = 0.05


def sides_line(told: Comparison) -> str:
    """Which run is compared with which, on what."""
    repeats = max(told.repeats_before, told.repeats_after)
    many = f", {told.repeats_before} and {told.repeats_after} repeats" if repeats > 1 else ""
    return (
        f"{told.before}{TURNS_INTO}{told.after}: {told.articles} articles in {told.clusters}"
        f" stories{many}, both scored now by one scorer."
    )


def chance_line(told: Comparison) -> str:
    """What the intervals and p values are."""
    few = told.clusters < MIN_CLUSTERS
    least = f"; {told.clusters} stories are too few for intervals" if few else ""
    return (
        f"Intervals draw stories, p values swap the two runs story by story ({told.draws} times,"
        f" seed {told.seed}){least}."
    )


def tally_line(told: Comparison) -> str:
    """How many claims changed, and how."""
    return ", ".join(f"{plain(change.value)} {n}" for change, n in tally_of(told.items).items())


def gated_grid(told: Comparison) -> Grid:
    """The figures that a gate rests on."""
    return Grid(
        title="Figures that are gated",
        columns=(*_COLUMNS, "p, Holm"),
        rows=tuple((*_row(one), _p(one.p_holm)) for one in told.gated),
        note=(
            "A quality is the share right of all that gold holds or that was told; a harm is a"
            f" rate, and it is better low. {_FAMILY}"
        ),
        numbers=frozenset(range(1, len(_COLUMNS) + 1)),
    )


def other_grid(told: Comparison) -> Grid:
    """The figures that are shown beside them."""
    rows = (one for one in told.differences if one.role == "secondary")
    return Grid(
        title="Other figures",
        columns=_COLUMNS,
        rows=tuple(_row(one) for one in rows if one.before is not None or one.after is not None),
        note="No verdict rests on these; their p values stand alone.",
        numbers=frozenset(range(1, len(_COLUMNS))),
    )


def slice_grid(slices: Iterable[SliceDifference]) -> Grid:
    """The parts of the articles in which a figure moved, the surest first."""
    moved = sorted(
        (one for one in slices if one.delta),
        key=lambda one: (one.q_value is None, one.q_value or 0.0, -abs(one.delta or 0), one.slice),
    )
    return Grid(
        title="Slices that moved",
        columns=("Slice", "Figure", "Before", "After", "Difference", "q", "Stories", "Can guard?"),
        rows=tuple(
            (
                plain(one.slice),
                one.label,
                percent(one.before),
                percent(one.after),
                amount(one.delta, "points"),
                _p(one.q_value),
                str(one.clusters),
                "yes" if one.is_gateable else "no",
            )
            for one in moved[:_SLICES]
        ),
        note=(
            "A hint where to look: q is the p value adjusted over all slices (Benjamini and"
            f" Hochberg), for those of at least {MIN_CLUSTERS} stories."
            f" {len(moved)} moved; all are in the JSON."
        ),
        numbers=frozenset({2, 3, 4, 5, 6}),
        labels=2,
    )


def mistakes_line(items: Sequence[Item], change: Change) -> str:
    """What kinds of error the claims of one change have: "wrong speaker 61, missed 24"."""
    told = mistakes_in(items, change)
    return ", ".join(f"{plain(name)} {n}" for name, n in told.items())


def right_of(item: Item) -> str:
    """In how many repeats it is right; of what gold has not, to tell it at all is the error."""
    told = f"{item.right_before}{TURNS_INTO}{item.right_after}"
    return f"rightly silent {told}" if item.is_invented else told


def item_grid(items: Sequence[Item], change: Change, shown: int, *, quotes: bool = True) -> Grid:
    """The claims of one change, the worst first; without `quotes` no word of an article."""
    found = [one for one in items if one.change is change]
    row = _item_row if quotes else _bare_row
    return Grid(
        title=f"{plain(change.value).capitalize()}: {len(found)}",
        columns=_ITEM_COLUMNS if quotes else _BARE_COLUMNS,
        rows=tuple(row(one) for one in found[:shown]),
        note=_item_note(items, change, len(found), shown),
    )


def claim_id(item: Item) -> str:
    """Which claim it is, without its words: "count i1/c2"."""
    cell = item.worse
    where = "/".join(one for one in (cell.gold_incident, cell.gold_id or cell.predicted_id) if one)
    return f"{plain(item.kind.value)} {where}".strip()


def _item_row(one: Item) -> tuple[Words, ...]:
    return (
        one.article_id,
        _claim(one.worse),
        _gold(one),
        side_of(one.before),
        side_of(one.after),
        right_of(one),
        quotes_of(one),
    )


def _bare_row(one: Item) -> tuple[Words, ...]:
    return one.article_id, claim_id(one), error_of(one.worse), right_of(one)


def _item_note(items: Sequence[Item], change: Change, many: int, shown: int) -> str:
    more = f" The {shown} worst of {many} are shown." if many > shown else ""
    return f"{change.definition} By error: {mistakes_line(items, change)}.{more}" if many else ""


def side_of(cell: Cell | None) -> str:
    """What one run has there, and its error."""
    if cell is None:
        return NOTHING
    told = cell.predicted or NOTHING
    return told if cell.mistake is None else f"{told} ({error_of(cell)})"


def quotes_of(item: Item) -> str:
    """The words of the claim: those of gold, or of what was invented."""
    return quoted(item.worse.gold_quotes or item.worse.predicted_quotes)


def _gold(item: Item) -> str:
    return item.worse.gold or NOTHING


def _claim(cell: Cell) -> Words:
    key = key_of(cell)
    return (plain(cell.kind.value), *((": ", *key) if key else ()))


_SLICES = 20
_ITEM_COLUMNS = (
    "Article",
    "Claim",
    "Gold",
    "Before",
    "After",
    "Right",
    "Words of gold, or its own",
)
_BARE_COLUMNS = ("Article", "Claim", "Error", "Right")
_COLUMNS = (
    "Figure",
    "Before",
    "After",
    "Difference",
    "95 % interval",
    "Would be seen",
    "Stories that differ",
    "p",
)
_FAMILY = (
    "Would be seen is the true difference that four of five such comparisons show."
    f" Over all of these p is adjusted together (Holm): below {_SURE} a difference is hardly"
    " chance."
)


def _row(one: Difference) -> tuple[str, ...]:
    return (
        one.label,
        f"{percent(one.before)} ({_counts(one.counts_before)})",
        f"{percent(one.after)} ({_counts(one.counts_after)})",
        amount(one.delta, "points"),
        between(one.interval, "points"),
        amount(one.detectable, "points").lstrip("+") if one.detectable else NOTHING,
        f"{one.changed} of {one.clusters}",
        _p(one.p_value),
    )


def _counts(counts: tuple[float, float]) -> str:
    return " of ".join(f"{one:.1f}".removesuffix(".0") for one in counts)


def _p(value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{value:.4f}" if value < 0.01 else f"{value:.2f}"
