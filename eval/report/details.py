"""Grids of what went wrong and where: kinds of error, slices, other alignments, worst cells."""

from collections.abc import Sequence

from eval.cells import Cell
from eval.intervals import MIN_CLUSTERS
from eval.report.grids import Grid
from eval.report.words import (
    NOTHING,
    Words,
    amount,
    change_of,
    error_of,
    key_of,
    percent,
    plain,
    quoted,
    value_of,
)
from eval.scores.headline import HEADLINE
from eval.scores.score import Score
from eval.scores.sensitivity import Sensitivity
from eval.scores.slices import Slice
from eval.scores.summary import Summary
from eval.scores.worst import MistakeCount


def mistake_grid(mistakes: Sequence[MistakeCount]) -> Grid:
    """The kinds of error, each with where it was worst."""
    return Grid(
        title="Kinds of error",
        columns=("Claim", "Error", "Cells", "Articles", "For example"),
        rows=tuple(
            (
                plain(one.kind.value),
                plain(one.mistake.value),
                str(one.cells),
                str(one.articles),
                _examples(one),
            )
            for one in mistakes
        ),
        numbers=frozenset({2, 3}),
        labels=2,
    )


def slice_grid(slices: Sequence[Slice]) -> Grid:
    """The headline of each slice, and the smallest fall that it would show."""
    there = {each.score.name.split(".")[0] for one in slices for each in one.scores}
    kinds = [(kind, label) for kind, label in HEADLINE.items() if kind.value in there]
    rows: list[tuple[Words, ...]] = []
    for one in slices:
        scores = {each.score.name.split(".")[0]: each for each in one.scores}
        count = scores.get("count")
        rows.append(
            (
                f"{plain(one.dimension)}: {plain(one.name)}",
                str(one.articles),
                str(one.clusters),
                *(
                    _in_slice(scores[kind.value].score) if kind.value in scores else NOTHING
                    for kind, _ in kinds
                ),
                NOTHING if count is None else amount(count.detectable, "points").lstrip("+"),
                "yes" if count and count.is_gateable else "not gateable",
            )
        )
    return Grid(
        title="Slices",
        columns=(
            "Slice",
            "Articles",
            "Stories",
            *(label for _, label in kinds),
            "Fall of counts seen",
            "Can guard?",
        ),
        rows=tuple(rows),
        note=(
            "F1; for gold's qualifier, recall. Under 20 stories there are counts only: right of "
            "gold and false ones. The fall is the smallest that a comparison of two runs finds in "
            "80 of 100 cases; a slice in which it exceeds 15 points guards nothing."
        ),
        numbers=frozenset(range(1, len(kinds) + 4)),
    )


def sensitivity_grid(told: Sensitivity) -> Grid:
    """The headline under other alignments."""
    moved = ", ".join(one.label.lower() for one in told.moved)
    return Grid(
        title="Other alignments",
        columns=("What", *told.variants, "Moves by", "Far?"),
        rows=tuple(
            (
                one.label,
                *(percent(one.values[name]) for name in told.variants),
                amount(one.moved, "points").lstrip("+"),
                NOTHING if one.moved is None and not one.is_far else _FAR[one.is_far],
            )
            for one in told.figures
        ),
        note=(
            "Far is out of the interval of the figure as scored, or by more than 5 points: "
            f"{moved or 'none moves as far'}."
        ),
        numbers=frozenset(range(1, len(told.variants) + 2)),
    )


def worst_grid(summary: Summary, shown: int) -> Grid:
    """The worst errors, gold and prediction side by side."""
    return Grid(
        title="Worst errors",
        columns=("Article", "Claim", "Error", "Gold", "Predicted", "Gold's words", "Its words"),
        rows=tuple(
            (
                one.article_id,
                _claim(one),
                error_of(one),
                one.gold or NOTHING,
                one.predicted or NOTHING,
                quoted(one.gold_quotes),
                quoted(one.predicted_quotes),
            )
            for one in summary.worst[:shown]
        ),
    )


_FAR = {True: "far", False: "no"}


def _examples(made: MistakeCount) -> Words:
    """Where a kind of error was worst, in pieces."""
    told: list[str] = []
    for one in made.examples[:2]:
        told += ["; "] if told else []
        told += [one.article_id, ": ", *change_of(one)]
    return tuple(told)


def _claim(cell: Cell) -> Words:
    key = key_of(cell)
    return (plain(cell.kind.value), *((": ", *key) if key else ()))


def _in_slice(score: Score) -> str:
    """The value where there are stories enough for an interval; its counts where not."""
    if score.clusters >= MIN_CLUSTERS:
        return value_of(score)
    counts = score.counts
    if "tp" in counts:
        return f"{counts['tp']} of {counts['tp'] + counts['fn']}, {counts['fp']} false"
    return score.tally
