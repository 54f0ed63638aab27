"""Intervals: how far a figure may be off, over clusters of articles that tell of one story.

Articles of one story stand or fall together, so cells are no independent draws. Shares and F1 get
Wilson's interval on an effective number of cells, which keeps its promise down to 20 clusters and
up to a perfect score; medians get the same by way of ranks; all else is bootstrapped by cluster.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from scipy.stats import DegenerateDataWarning, bootstrap

from eval.ratios import NO_CLUSTERING, Floats, Ratio

MIN_CLUSTERS = 20
"""Below it the spread between clusters is itself a guess: raw counts are shown, no interval."""

DRAWS = 9_999
"""Draws of a bootstrap: at 95 % they leave a bound unsure by less than 1 % of the width."""

FLIP_RATE = 0.08
"""Share of cells that change between two runs when the prompt is changed and means the same: an
assumption for planning, to be replaced by the share measured between two runs of one prompt."""

CERTIFIED_RATE = 0.01
"""The rate of harm below which silence on it is worth something."""

_CONFIDENCE = 0.95  # of the rule of three, and one-sided of the detectable effect
_POWER = 0.80
_BATCH = 500  # draws at once: more than fits the processor's cache is three times slower

WILSON = "Wilson, effective n"
WILSON_ASSUMED = "Wilson, effective n, clustering assumed"
RANKS = "Woodruff, effective n"
BCA = "cluster bootstrap, BCa"
PERCENTILE = "cluster bootstrap, percentile"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An interval of confidence, and what it rests on."""

    low: float
    high: float
    level: float
    method: str
    clusters: int


def proportion_interval(
    successes: ArrayLike, totals: ArrayLike, *, level: float = 0.95
) -> Interval | None:
    """The interval of a share: precision, recall, accuracy, a harm rate; one entry per cluster.

    None if fewer than `MIN_CLUSTERS` clusters have a total.

    Raises:
        ValueError: the two are not of one length, or a cluster has more successes than its total.
    """
    return _interval(Ratio.of_share(successes, totals), level)


def f1_interval(
    *,
    correct: ArrayLike,
    wrong: ArrayLike,
    missed: ArrayLike,
    spurious: ArrayLike,
    level: float = 0.95,
) -> Interval | None:
    """The interval of F1, from the cells of each state; one entry per cluster.

    F1 is a share too: of the gold and predicted values, those in a correct cell. A wrong cell
    spoils two values at once, a missed or spurious one a single value.

    None if fewer than `MIN_CLUSTERS` clusters have a cell.

    Raises:
        ValueError: the four are not of one length, or a number is negative.
    """
    ratio = Ratio.of_f1(correct=correct, wrong=wrong, missed=missed, spurious=spurious)
    return _interval(ratio, level)


def bootstrap_interval(
    statistics: Floats,
    statistic: Callable[[Floats], Floats],
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = 0.95,
    fallback: Interval | None = None,
) -> Interval | None:
    """The interval of anything computed from sums over clusters, by drawing clusters.

    Shares and F1 fare better with their own intervals: drawn from few clusters, a high score comes
    out too sure of itself.

    Args:
        statistics: What each cluster adds to the sums: one row a cluster.
        statistic: The figure of sums that stand on the last axis; NaN where it has none.
        seed: Of the draws: the same seed gives the same interval.
        draws: How many samples of clusters are drawn.
        level: The confidence.
        fallback: What to give where every draw says the same, as for a perfect score.

    Returns:
        None if there are fewer than `MIN_CLUSTERS` clusters, or if no draw differs from another
        and there is no fallback.
    """
    clusters = len(statistics)
    if clusters < MIN_CLUSTERS:
        return None
    statistics = statistics[np.lexsort(statistics.T)]  # the order of the clusters must not show
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)
        value = float(statistic(statistics.sum(axis=0)))

        def of_drawn(drawn: NDArray[np.int64], axis: int = -1) -> Floats:
            return statistic(statistics[np.moveaxis(drawn, axis, -1)].sum(axis=-2))

        told = bootstrap(
            (np.arange(clusters),),
            of_drawn,
            n_resamples=draws,
            batch=_BATCH,
            vectorized=True,
            confidence_level=level,
            method="BCa",
            rng=np.random.default_rng(seed),
        )
    low, high = float(told.confidence_interval.low), float(told.confidence_interval.high)
    drawn = np.asarray(told.bootstrap_distribution, np.float64)
    defined = drawn[~np.isnan(drawn)]
    if not np.isfinite(value) or defined.size == 0 or np.ptp(defined) == 0:
        return fallback
    method = BCA
    if not (np.isfinite(low) and np.isfinite(high)):
        method = PERCENTILE
        tails = [(1 - level) / 2, (1 + level) / 2]
        low, high = (float(bound) for bound in np.quantile(defined, tails))
    low, high = min(low, value), max(high, value)
    return Interval(low=low, high=high, level=level, method=method, clusters=clusters)


def values_interval(
    values: Sequence[Sequence[float]], *, share: float = 0.5, level: float = 0.95
) -> Interval | None:
    """The interval of the median of all values, or of another quantile; one list per cluster.

    The share of values up to the quantile has an interval; the values at its ends are the bounds.
    It needs no draws and covers as well as a bootstrap by cluster, or better.

    None if fewer than `MIN_CLUSTERS` clusters have a value.
    """
    lists = [np.asarray(one, np.float64) for one in values if len(one)]
    if len(lists) < MIN_CLUSTERS:
        return None
    pooled = np.sort(np.concatenate(lists))
    quantile = float(np.quantile(pooled, share, method="inverted_cdf"))
    below = [float((one <= quantile).sum()) for one in lists]
    ratio = Ratio.of_share(below, [float(one.size) for one in lists])
    low, high = wilson(share, ratio.effective, quantile=ratio.quantile(level))
    # Half a place outwards: a value of rank r has between r - 1 and r of all values below it.
    first = max(int(np.floor(low * pooled.size - 0.5)), 0)
    last = min(int(np.ceil(high * pooled.size - 0.5)), pooled.size - 1)
    return Interval(
        low=float(pooled[first]),
        high=float(pooled[last]),
        level=level,
        method=RANKS,
        clusters=len(lists),
    )


def wilson(proportion: float, trials: float, *, quantile: float) -> tuple[float, float]:
    """Wilson's score interval of a share of independent trials, at a quantile of the normal."""
    squared = quantile**2 / trials
    middle = (proportion + squared / 2) / (1 + squared)
    spread = np.sqrt(proportion * (1 - proportion) / trials + squared / (4 * trials))
    half = float(quantile * spread / (1 + squared))
    # Rounding must not push a bound past the share itself, least of all past 0 or 1.
    return max(min(middle - half, proportion), 0.0), min(max(middle + half, proportion), 1.0)


def cluster_error(successes: ArrayLike, totals: ArrayLike) -> float:
    """The standard error of a share, from how far clusters stand from it; NaN below two clusters.

    It is the error of the share itself, not of one cluster nor of one draw.
    """
    ratio = Ratio.of_share(successes, totals)
    return float(np.sqrt(ratio.between)) if ratio.clusters > 1 else float("nan")


def design_effect(successes: ArrayLike, totals: ArrayLike) -> float:
    """How many clustered cells tell no more than one independent cell; never below one.

    Where few clusters have an error, or few a success, it is at least what the sizes of the
    clusters make of the assumed correlation. One if there is no cell.
    """
    ratio = Ratio.of_share(successes, totals)
    return ratio.design_effect if ratio.clusters else NO_CLUSTERING


def detectable_effect(
    totals: ArrayLike,
    design_effect: float,
    *,
    flip_rate: float = FLIP_RATE,
) -> float | None:
    """The smallest true change of a share that two runs show four times out of five.

    Compared on the same cells, one-sided at 5 %. None if there is no cell.
    """
    cells = float(np.sum(totals))
    if cells <= 0:
        return None
    # A change cannot exceed the whole, however few the cells.
    standard_errors = float(special.ndtri(_CONFIDENCE) + special.ndtri(_POWER))
    return min(1.0, standard_errors * float(np.sqrt(flip_rate * design_effect / cells)))


def rule_of_three(opportunities: float) -> float:
    """The highest rate, at 95 %, that leaves so many opportunities without a single event.

    About three over the opportunities; one if there was none.
    """
    return 1.0 - (1.0 - _CONFIDENCE) ** (1.0 / opportunities) if opportunities > 0 else 1.0


def certifiable(opportunities: float, rate: float = CERTIFIED_RATE) -> bool:
    """Whether so many opportunities could show a rate to be that low: some 300 for 1 %."""
    return rule_of_three(opportunities) <= rate


def _interval(ratio: Ratio, level: float) -> Interval | None:
    if ratio.clusters < MIN_CLUSTERS:
        return None
    low, high = wilson(ratio.value, ratio.effective, quantile=ratio.quantile(level))
    method = WILSON_ASSUMED if ratio.is_assumed else WILSON
    return Interval(low=low, high=high, level=level, method=method, clusters=ratio.clusters)
