"""Paired differences: one figure of two runs on the same stories, and what chance could make.

Stories stand or fall together, so chance is taken over stories: the interval draws stories, the
p value swaps the two runs story by story (approximate randomisation, Noreen 1989; by cluster,
Yeh 2000 and Riezler & Maxwell 2005). Swapped runs give the negated difference and the same p.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special
from scipy.stats import permutation_test

from eval.intervals import DRAWS, MIN_CLUSTERS, Interval, bootstrap_interval
from eval.ratios import Floats

ALPHA = 0.05
POWER = 0.80

_TOLERANCE = 1e-12  # rounding must not make equal differences unequal
_BATCH = 500
_NOTHING = np.zeros((1, 2))  # a story without a cell: the test wants two stories at least


@dataclass(frozen=True, kw_only=True)
class Paired:
    """How a figure of the second run differs from that of the first."""

    before: float | None
    """The figure of the first run; empty over nothing."""
    after: float | None
    delta: float | None
    """After less before; empty if either is."""
    interval: Interval | None
    """Of the difference, 95 %; empty for fewer than 20 stories."""
    floor: float | None
    """The difference is above it with 95 % certainty, one-sided; empty as the interval is."""
    ceiling: float | None
    """The difference is below it with 95 % certainty, one-sided."""
    error: float | None
    """Standard error of the difference, over stories; empty below two of them."""
    p_lower: float
    """How often chance makes a difference as low or lower."""
    p_higher: float
    """How often chance makes a difference as high or higher."""
    clusters: int
    """Stories that count in the figure on either side."""
    changed: int
    """Stories in which the two runs differ."""

    @property
    def p_value(self) -> float:
        """Two-sided."""
        return min(1.0, 2 * min(self.p_lower, self.p_higher))

    @property
    def detectable(self) -> float | None:
        """The true difference that would show in four of five such comparisons, one-sided 5 %.

        Of the spread seen here: `(z(.95) + z(.80))` standard errors.
        """
        return None if self.error is None else detectable_of(self.error)


def detectable_of(error: float, alpha: float = ALPHA, power: float = POWER) -> float:
    """The true difference seen in a share `power` of comparisons with that standard error."""
    return float(special.ndtri(1 - alpha) + special.ndtri(power)) * error


def compare_paired(
    before: Floats,
    after: Floats,
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = 0.95,
    with_interval: bool = True,
) -> Paired:
    """Compare a ratio of two runs.

    Args:
        before: Above and below the line of the first run, by story: two columns.
        after: The same of the second run; its rows are the same stories.
        seed: Of the draws: the same seed gives the same figures.
        draws: Of the interval and of the p value, each.
        level: Of the interval.
        with_interval: Whether there is to be one, and one-sided bounds.

    Raises:
        ValueError: the two tables do not fit each other.
    """
    if before.shape != after.shape or before.ndim != 2 or before.shape[1] != 2:
        raise ValueError("two tables of the same stories are compared, with two columns each")
    counted = (before[:, 1] > 0) | (after[:, 1] > 0)
    before, after = before[counted], after[counted]
    old, new = _ratio(before.sum(axis=0)), _ratio(after.sum(axis=0))
    delta = None if math.isnan(old) or math.isnan(new) else float(new - old)
    p_lower, p_higher = _p_values(before, after, delta, seed=seed, draws=draws)
    changed = int((before != after).any(axis=1).sum())
    interval = one_sided = None
    if delta is not None and with_interval:
        interval = _interval(before, after, delta, changed, seed=seed, draws=draws, level=level)
        one_sided = _interval(
            before, after, delta, changed, seed=seed, draws=draws, level=1 - 2 * ALPHA
        )
    error = None if delta is None else error_of(before, after)
    floor, ceiling = _bounds(delta, one_sided, error, len(before))
    return Paired(
        before=None if math.isnan(old) else float(old),
        after=None if math.isnan(new) else float(new),
        delta=delta,
        interval=interval,
        floor=floor,
        ceiling=ceiling,
        error=error,
        p_lower=p_lower,
        p_higher=p_higher,
        clusters=len(before),
        changed=changed,
    )


def error_of(before: Floats, after: Floats) -> float | None:
    """The standard error of the difference of two ratios, from the spread over stories.

    Each story's share in the difference is linearised (Taylor), so that no draws are needed. None
    below two stories or over nothing.
    """
    clusters = len(before)
    if clusters < 2 or not before[:, 1].sum() or not after[:, 1].sum():
        return None
    shares = _influence(after) - _influence(before)
    return float(np.sqrt(clusters / (clusters - 1) * (shares @ shares)))


def holm(p_values: Sequence[float]) -> list[float]:
    """P values adjusted so that the family errs as seldom as one test (Holm 1979)."""
    adjusted, most = [1.0] * len(p_values), 0.0
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    for rank, at in enumerate(order):
        most = max(most, min(1.0, (len(p_values) - rank) * p_values[at]))
        adjusted[at] = most
    return adjusted


def _bounds(
    delta: float | None, interval: Interval | None, error: float | None, clusters: int
) -> tuple[float | None, float | None]:
    """One-sided bounds: those of the bootstrap, or of Student's t where they are wider.

    From few stories that differ the bootstrap comes out too sure of itself.
    """
    if delta is None or interval is None or error is None:
        return None, None
    reach = float(special.stdtrit(clusters - 1, 1 - ALPHA)) * error
    return min(interval.low, delta - reach), max(interval.high, delta + reach)


def _influence(table: Floats) -> Floats:
    above, below = table[:, 0], table[:, 1]
    total = below.sum()
    return (above - above.sum() / total * below) / total


def _interval(
    before: Floats,
    after: Floats,
    delta: float,
    changed: int,
    *,
    seed: int,
    draws: int,
    level: float,
) -> Interval | None:
    clusters = len(before)
    if not changed and clusters >= MIN_CLUSTERS:
        # Nothing differs, so no draw can: the difference is zero, not unknown.
        return Interval(low=0.0, high=0.0, level=level, method="no difference", clusters=clusters)
    rows = np.concatenate([before, after], axis=1)
    # Drawn the same way round whichever run comes first, so that swapping them negates the bounds.
    is_turned = bytes(before.tobytes()) > bytes(after.tobytes())
    if is_turned:
        rows = rows[:, [2, 3, 0, 1]]
    turned = -delta if is_turned else delta
    alike = Interval(low=turned, high=turned, level=level, method="no spread", clusters=clusters)
    told = bootstrap_interval(
        rows, _difference, seed=seed, draws=draws, level=level, fallback=alike
    )
    if told is None or not is_turned:
        return told
    return Interval(
        low=-told.high,
        high=-told.low,
        level=told.level,
        method=told.method,
        clusters=told.clusters,
    )


def _p_values(
    before: Floats, after: Floats, delta: float | None, *, seed: int, draws: int
) -> tuple[float, float]:
    """How often swapping the runs, story by story, makes a difference as low, and as high."""
    differs = (before != after).any(axis=1)
    if delta is None or not differs.any():
        return 1.0, 1.0
    old, new = (np.vstack([one[differs], _NOTHING]) for one in (before, after))
    rows = np.concatenate([old, new])
    left = before[~differs].sum(axis=0)
    stories = len(old)

    def difference(one: NDArray[np.int64], other: NDArray[np.int64], axis: int = -1) -> Floats:
        # Stories stand on the axis; the two columns are put behind it.
        first = rows[np.moveaxis(one, axis, -1)].sum(axis=-2) + left
        second = rows[np.moveaxis(other, axis, -1)].sum(axis=-2) + left
        return _ratio(second) - _ratio(first)

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        told = permutation_test(
            (np.arange(stories), np.arange(stories, 2 * stories)),
            difference,
            permutation_type="samples",
            vectorized=True,
            n_resamples=draws,
            batch=_BATCH,
            rng=np.random.default_rng(seed),
        )
    drawn = np.asarray(told.null_distribution, np.float64).ravel()
    drawn = np.where(np.isnan(drawn), delta, drawn)  # undefined is no evidence either way
    # With few stories every swap is tried; else the runs as they are count as one more draw.
    more = 0 if drawn.size < draws else 1
    low = (int((drawn <= delta + _TOLERANCE).sum()) + more) / (drawn.size + more)
    high = (int((drawn >= delta - _TOLERANCE).sum()) + more) / (drawn.size + more)
    return low, high


def _ratio(sums: Floats) -> Floats:
    below = sums[..., 1]
    return np.divide(sums[..., 0], below, out=np.full_like(below, np.nan), where=below > 0)


def _difference(sums: Floats) -> Floats:
    return _ratio(sums[..., 2:]) - _ratio(sums[..., :2])
