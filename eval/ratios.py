"""Ratios: shares of sums over clusters, and what the error of a share rests on.

A share is successes over totals; F1 is the share of gold and predicted values that stand in a
correct cell. Clusters in which nothing was scored say nothing and are left out.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]

FEW_CLUSTERS = 4
"""With errors (or successes) in fewer clusters than this, how they clump cannot be estimated: one
error alone always looks unclustered. Clustering is then taken to be no less than `ASSUMED`."""

ASSUMED = 0.3
"""Correlation within a cluster where it cannot be estimated. With less, intervals that rest on few
errors come out too short; `benchmarks/scoring/coverage.py` has the figures."""

NO_CLUSTERING = 1.0
"""The design effect of independent cells."""


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """A share of sums over clusters."""

    value: float
    """The share; zero if there is nothing to share."""
    clusters: int
    """The clusters that have a cell."""
    cells: float
    """The cells in them."""
    between: float
    """Variance of the share, from how far the clusters stand from it."""
    independent: float
    """Variance of the share if cells were independent; zero at a perfect or a zero score."""
    company: float
    """How many cells share a cluster with a cell, itself included, on average over cells."""
    few: int
    """In how many clusters the rarer of success and error occurs."""

    @classmethod
    def of_share(cls, successes: ArrayLike, totals: ArrayLike) -> Self:
        """The share of successes; one entry per cluster.

        Raises:
            ValueError: the lists do not fit each other, or a number cannot be one of cells.
        """
        parts, wholes = _table(successes, totals)
        if (parts > wholes + 1e-9).any():
            raise ValueError("a cluster has more successes than its total")
        total = wholes.sum()
        value = parts.sum() / total if total else 0.0
        independent = value * (1 - value) / total if total else 0.0
        return cls._of(parts, wholes, independent=independent, sizes=wholes)

    @classmethod
    def of_f1(
        cls, *, correct: ArrayLike, wrong: ArrayLike, missed: ArrayLike, spurious: ArrayLike
    ) -> Self:
        """F1 from the cells of each state; one entry per cluster.

        A wrong cell spoils two values, the gold and the predicted one; a missed or spurious one a
        single value.

        Raises:
            ValueError: the lists do not fit each other, or a number cannot be one of cells.
        """
        table = _table(correct, wrong, missed, spurious)
        right, both, gold_alone, predicted_alone = table
        parts, wholes = 2 * right, 2 * right + 2 * both + gold_alone + predicted_alone
        total = wholes.sum()
        value = parts.sum() / total if total else 0.0
        squares = (
            right.sum() * (2 - 2 * value) ** 2
            + both.sum() * (2 * value) ** 2
            + (gold_alone.sum() + predicted_alone.sum()) * value**2
        )
        independent = squares / total**2 if total else 0.0
        return cls._of(parts, wholes, independent=independent, sizes=table.sum(axis=0))

    @classmethod
    def _of(cls, parts: Floats, wholes: Floats, *, independent: float, sizes: Floats) -> Self:
        clusters, total, cells = wholes.size, float(wholes.sum()), float(sizes.sum())
        value = float(parts.sum()) / total if total else 0.0
        residuals = parts - value * wholes
        unbiased = clusters / (clusters - 1) if clusters > 1 else 1.0
        return cls(
            value=value,
            clusters=clusters,
            cells=cells,
            between=unbiased * float(residuals @ residuals) / total**2 if total else 0.0,
            independent=float(independent) if 0 < value < 1 else 0.0,
            company=float(sizes @ sizes) / cells if cells else 0.0,
            few=min(int((parts > 0).sum()), int((parts < wholes).sum())),
        )

    @property
    def design_effect(self) -> float:
        """How many clustered cells tell no more than one independent cell; never below one."""
        return max(self._estimated, self._least)

    @property
    def is_assumed(self) -> bool:
        """Whether the clustering is assumed, for want of clusters that show it."""
        return self.few < FEW_CLUSTERS and self._estimated <= self._least

    @property
    def effective(self) -> float:
        """How many independent cells would tell as much."""
        flat = self.independent <= 0
        trials = self.cells if flat else self.value * (1 - self.value) / self.independent
        return trials / self.design_effect

    def quantile(self, level: float) -> float:
        """Of Student's t where the error was estimated from clusters, of the normal where not."""
        tail = (1 + level) / 2
        if self._estimated > self._least:
            return float(special.stdtrit(self.clusters - 1, tail))
        return float(special.ndtri(tail))

    @property
    def _estimated(self) -> float:
        return self.between / self.independent if self.independent > 0 else NO_CLUSTERING

    @property
    def _least(self) -> float:
        if self.few >= FEW_CLUSTERS:
            return NO_CLUSTERING
        return NO_CLUSTERING + ASSUMED * max(self.company - 1, 0)


def _table(*rows: ArrayLike) -> Floats:
    """Rows of one length, without the clusters that have no cell, in an order of their own."""
    told = [np.asarray(row, np.float64) for row in rows]
    if len({row.shape for row in told}) > 1 or told[0].ndim != 1:
        raise ValueError("every list needs one entry per cluster")
    table = np.stack(told)
    if (table < 0).any() or not np.isfinite(table).all():
        raise ValueError("a number of cells is negative, or no number")
    kept = table[:, table.any(axis=0)]
    # Sums of fractions depend on the order of the clusters, which must not show.
    return kept[:, np.lexsort(kept)]
