"""The gauge: turns cells into scores, with intervals over stories where there are enough."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from eval.cells import Cell, CellState
from eval.intervals import (
    Floats,
    Interval,
    bootstrap_interval,
    design_effect,
    detectable_effect,
    f1_interval,
    proportion_interval,
    values_interval,
)
from eval.scores.score import Score, Unit

Slots: TypeAlias = tuple[int, int, int]
"""What a cell adds to the true positives, false positives and false negatives."""


def slots_of(cell: Cell) -> Slots:
    """What a cell adds to an F1: a wrong value costs both precision and recall."""
    right = cell.state is CellState.CORRECT
    return int(right), int(cell.has_predicted and not right), int(cell.has_gold and not right)


def f1_of(right: float, false: float, lost: float) -> float | None:
    """F1 from its counts; empty over nothing."""
    of = 2 * right + false + lost
    return 2 * right / of if of else None


def is_right(cell: Cell) -> bool:
    """Whether a cell is right in every part."""
    return cell.state is CellState.CORRECT


def is_scored(cell: Cell) -> bool:
    """Whether a cell stands in a denominator at all."""
    return cell.has_gold or cell.has_predicted


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """How scores are made: with which seed, and whether with intervals."""

    seed: int = 0
    intervals: bool = True

    def share(
        self, name: str, label: str, cells: Iterable[Cell], right: Callable[[Cell], bool]
    ) -> Score:
        """The share of cells that are right."""
        kept = tuple(cells)
        hits = [right(cell) for cell in kept]
        n, of = sum(hits), len(kept)
        interval = None
        if self.intervals and kept:
            rows = _by_cluster(_stories(kept), [(float(hit), 1.0) for hit in hits])
            interval = proportion_interval(rows[:, 0].tolist(), rows[:, 1].tolist())
        return _score(name, label, "share", n / of if of else None, kept, interval, right=n, of=of)

    def precision(self, name: str, label: str, cells: Iterable[Cell]) -> Score:
        """The share of predicted values that are right."""
        return self.share(name, label, (one for one in cells if one.has_predicted), is_right)

    def recall(self, name: str, label: str, cells: Iterable[Cell]) -> Score:
        """The share of gold values that are found and right."""
        return self.share(name, label, (one for one in cells if one.has_gold), is_right)

    def f1(
        self,
        name: str,
        label: str,
        cells: Iterable[Cell],
        slots: Callable[[Cell], Slots] = slots_of,
    ) -> Score:
        """F1 over all cells of all articles (micro)."""
        kept = tuple(one for one in cells if is_scored(one))
        told = [slots(cell) for cell in kept]
        tp, fp, fn = _sum(told)
        value = f1_of(tp, fp, fn)
        interval = None
        if value is not None and self.intervals:
            states = _by_cluster(_stories(kept), [_states(*one) for one in told]).T.tolist()
            correct, wrong, missed, spurious = states
            interval = f1_interval(correct=correct, wrong=wrong, missed=missed, spurious=spurious)
        return _score(name, label, "share", value, kept, interval, tp=tp, fp=fp, fn=fn)

    def macro(self, name: str, label: str, groups: Mapping[str, Sequence[Cell]]) -> Score:
        """The mean of the F1 of each group, over the groups that have one."""
        scored = {group: tuple(filter(is_scored, groups[group])) for group in sorted(groups)}
        scored = {group: cells for group, cells in scored.items() if cells}
        sums = {group: _sum(map(slots_of, cells)) for group, cells in scored.items()}
        each = {group: f1_of(*told) or 0.0 for group, told in sums.items()}
        kept = [cell for cells in scored.values() for cell in cells]
        interval = None
        if each and self.intervals:
            stories = {group: {cell.story_id for cell in cells} for group, cells in scored.items()}
            if all(len(one) == 1 for one in stories.values()):
                rows = _by_cluster(
                    [min(one) for one in stories.values()], [(one, 1.0) for one in each.values()]
                )
                interval = self._bootstrap(rows, _ratio)
            else:
                interval = self._bootstrap(_side_by_side(tuple(scored.values())), _mean_f1)
        mean = sum(sorted(each.values())) / len(each) if each else None
        return _score(name, label, "share", mean, kept, interval, groups=len(each))

    def words_f1(
        self, name: str, label: str, cells: Sequence[Cell], pairs: Sequence[tuple[str, str]]
    ) -> Score:
        """The mean F1 of the words that gold uses: a rare word weighs as much as a common one.

        `pairs` holds the gold and the predicted word of each cell.
        """
        words = {word: at for at, word in enumerate(sorted({gold for gold, _ in pairs}))}
        rows = np.zeros((len(cells), 3 * len(words)))
        for row, (gold, predicted) in zip(rows, pairs, strict=True):
            if gold == predicted:
                row[3 * words[gold]] = 1.0
                continue
            row[3 * words[gold] + 2] = 1.0
            if predicted in words:
                row[3 * words[predicted] + 1] = 1.0
        value = float(_mean_f1(rows.sum(axis=0))) if pairs else None
        interval = None
        if pairs and self.intervals:
            interval = self._bootstrap(_by_cluster(_stories(cells), rows), _mean_f1)
        right = sum(gold == predicted for gold, predicted in pairs)
        return _score(name, label, "share", value, cells, interval, right=right, of=len(pairs))

    def mean(
        self, name: str, label: str, unit: Unit, valued: Sequence[tuple[Cell, float]]
    ) -> Score:
        """The mean of a value over cells."""
        kept = [cell for cell, _ in valued]
        value = sum(sorted(one for _, one in valued)) / len(valued) if valued else None
        interval = None
        if valued and self.intervals:
            rows = _by_cluster(_stories(kept), [(one, 1.0) for _, one in valued])
            interval = self._bootstrap(rows, _ratio)
        return _score(name, label, unit, value, kept, interval, of=len(kept))

    def quantile(
        self, name: str, label: str, unit: Unit, valued: Sequence[tuple[Cell, float]], at: float
    ) -> Score:
        """The smallest value that at least a share `at` of the cells do not exceed."""
        kept = [cell for cell, _ in valued]
        value, interval = None, None
        if valued:
            values = [one for _, one in valued]
            value = float(np.quantile(values, at, method="inverted_cdf"))
            lists: dict[str, list[float]] = defaultdict(list)
            for cell, one in valued:
                lists[cell.story_id].append(one)
            if self.intervals:
                by_story = [sorted(lists[story]) for story in sorted(lists)]
                interval = values_interval(by_story, share=at)
        return _score(name, label, unit, value, kept, interval, of=len(kept))

    def gap(self, name: str, label: str, one: Sequence[Cell], other: Sequence[Cell]) -> Score:
        """The F1 of one group less that of another, in the same articles or others."""
        groups = (tuple(filter(is_scored, one)), tuple(filter(is_scored, other)))
        first, second = (f1_of(*_sum(map(slots_of, group))) for group in groups)
        value = None if first is None or second is None else first - second
        interval = None
        if value is not None and self.intervals:
            interval = self._bootstrap(_side_by_side(groups), _f1_gap)
        kept = [*groups[0], *groups[1]]
        return _score(
            name, label, "points", value, kept, interval, one=len(groups[0]), other=len(groups[1])
        )

    def detectable(self, cells: Iterable[Cell]) -> float | None:
        """The smallest change of the share right that a comparison of two runs would find."""
        kept = tuple(filter(is_scored, cells))
        if not kept:
            return None
        rows = _by_cluster(_stories(kept), [(float(is_right(cell)), 1.0) for cell in kept])
        totals = rows[:, 1].tolist()
        return detectable_effect(totals, design_effect(rows[:, 0].tolist(), totals))

    def _bootstrap(self, rows: Floats, statistic: Callable[[Floats], Floats]) -> Interval | None:
        return bootstrap_interval(rows, statistic, seed=self.seed)


def _score(
    name: str,
    label: str,
    unit: Unit,
    value: float | None,
    cells: Sequence[Cell],
    interval: Interval | None,
    **counts: int,
) -> Score:
    return Score(
        name=name,
        label=label,
        unit=unit,
        value=value,
        counts=counts,
        interval=interval,
        articles=len({cell.article_id for cell in cells}),
        clusters=len({cell.story_id for cell in cells}),
        cells=len(cells),
    )


def _stories(cells: Iterable[Cell]) -> list[str]:
    return [cell.story_id for cell in cells]


def _sum(told: Iterable[Slots]) -> Slots:
    tp, fp, fn = 0, 0, 0
    for one in told:
        tp, fp, fn = tp + one[0], fp + one[1], fn + one[2]
    return tp, fp, fn


def _by_cluster(stories: Sequence[str], rows: Sequence[Sequence[float]] | Floats) -> Floats:
    """The rows summed by story, in the order of the stories' ids."""
    places = {story: at for at, story in enumerate(sorted(set(stories)))}
    told = np.asarray(rows, dtype=np.float64)
    summed = np.zeros((len(places), told.shape[1]))
    np.add.at(summed, [places[story] for story in stories], told)
    return summed


def _side_by_side(groups: Sequence[Sequence[Cell]]) -> Floats:
    """The slots of several groups by story: three columns for each group."""
    stories = {
        story: at for at, story in enumerate(sorted({s for g in groups for s in _stories(g)}))
    }
    summed = np.zeros((len(stories), 3 * len(groups)))
    for at, group in enumerate(groups):
        for cell in group:
            summed[stories[cell.story_id], 3 * at : 3 * at + 3] += slots_of(cell)
    return summed


def _divide(above: Floats, below: Floats) -> Floats:
    """A ratio; NaN over nothing, which only a resampled set can meet."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def _states(right: int, false: int, lost: int) -> tuple[int, int, int, int]:
    """One cell's slots as correct, wrong, missed, spurious: a wrong one is both false and lost."""
    wrong = min(false, lost)
    return right, wrong, lost - wrong, false - wrong


def _f1(sums: Floats) -> Floats:
    right, false, lost = sums[..., 0], sums[..., 1], sums[..., 2]
    return _divide(2 * right, 2 * right + false + lost)


def _ratio(sums: Floats) -> Floats:
    return _divide(sums[..., 0], sums[..., 1])


def _mean_f1(sums: Floats) -> Floats:
    groups = _f1(sums.reshape((*sums.shape[:-1], -1, 3)))
    there = ~np.isnan(groups)
    return _divide(np.where(there, groups, 0.0).sum(axis=-1), there.sum(axis=-1).astype(np.float64))


def _f1_gap(sums: Floats) -> Floats:
    return _f1(sums[..., :3]) - _f1(sums[..., 3:])
