"""Reliability: how often claims of a stated confidence are right.

Claims are put into bins by their confidence. The expected calibration error (ECE) is the gap
between mean confidence and share right in a bin, weighed by the claims in it; it is 0 for a reader
that knows how often it errs, and says nothing of how much it reads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.intervals import DRAWS, MIN_CLUSTERS, PERCENTILE, Floats, Interval

BINS = 10
_SEED = 0


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """A claim with the confidence it was given, and whether it is right."""

    story: str
    confidence: float
    right: bool


@dataclass(frozen=True, kw_only=True)
class Bin:
    """The claims whose confidence lies between two bounds."""

    low: float
    high: float
    claims: int
    confidence: float
    """Their mean confidence."""
    right: int


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """How confidence and truth lie to each other."""

    bins: tuple[Bin, ...]
    """Those with a claim in them, from low to high."""
    claims: int
    right: int
    stories: int
    error: float
    """Expected calibration error."""
    error_interval: Interval | None
    """Over stories; none for too few of them."""
    brier: float
    """Mean squared gap between confidence and truth."""
    brier_of_mean: float
    """The same for one confidence for all claims: the share that is right."""


def reliability_of(forecasts: Iterable[Forecast]) -> Reliability | None:
    """The bins and errors of forecasts; `None` of none."""
    told = tuple(forecasts)
    if not told:
        return None
    confidences = np.array([one.confidence for one in told], dtype=np.float64)
    right = np.array([one.right for one in told], dtype=np.float64)
    share = float(right.mean())
    sums = _by_story(told)
    return Reliability(
        bins=tuple(_bins(told)),
        claims=len(told),
        right=int(right.sum()),
        stories=len(sums),
        error=float(_error(sums.sum(axis=0))),
        error_interval=_interval(sums),
        brier=float(((confidences - right) ** 2).mean()),
        brier_of_mean=share * (1 - share),
    )


def _interval(sums: Floats) -> Interval | None:
    """The error of drawn stories, by plain quantiles.

    An error that cannot be negative comes out too large in a draw; a bias-corrected interval makes
    too much of that, so this one is left too wide.
    """
    stories = len(sums)
    if stories < MIN_CLUSTERS:
        return None
    drawn = np.random.default_rng(_SEED).integers(stories, size=(DRAWS, stories))
    errors = np.array([_error(sums[one].sum(axis=0)) for one in drawn], dtype=np.float64)
    low, high = (float(bound) for bound in np.quantile(errors, [0.025, 0.975]))
    low = min(low, float(_error(sums.sum(axis=0))))
    return Interval(low=low, high=high, level=0.95, method=PERCENTILE, clusters=stories)


def _bin_of(confidence: float) -> int:
    return min(int(confidence * BINS), BINS - 1)


def _bins(forecasts: Sequence[Forecast]) -> Iterable[Bin]:
    for n in range(BINS):
        within = [one for one in forecasts if _bin_of(one.confidence) == n]
        if within:
            yield Bin(
                low=n / BINS,
                high=(n + 1) / BINS,
                claims=len(within),
                confidence=sum(one.confidence for one in within) / len(within),
                right=sum(one.right for one in within),
            )


def _by_story(forecasts: Iterable[Forecast]) -> Floats:
    """For each story and bin: claims, the sum of their confidences, and how many are right."""
    rows: dict[str, Floats] = {}
    for one in forecasts:
        row = rows.setdefault(one.story, np.zeros(3 * BINS, dtype=np.float64))
        at = 3 * _bin_of(one.confidence)
        row[at : at + 3] += (1.0, one.confidence, float(one.right))
    return np.stack([rows[story] for story in sorted(rows)])


def _error(sums: Floats) -> Floats:
    """The calibration error of sums that stand on the last axis."""
    bins = sums.reshape(*sums.shape[:-1], BINS, 3)
    gaps = np.abs(bins[..., 1] - bins[..., 2]).sum(axis=-1)
    return np.asarray(gaps / bins[..., 0].sum(axis=-1), dtype=np.float64)
