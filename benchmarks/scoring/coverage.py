"""How often an interval of 95 % holds the truth: by method, score and number of clusters.

python benchmarks/scoring/coverage.py [--samples 3000] [--speed]

Every sample is a gold set drawn anew: clusters of cells with a difficulty of their own, read by a
reader whose true score is known. Marked cells (*) leave .93 to .97.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from eval.intervals import bootstrap_interval, f1_interval, proportion_interval, values_interval

Floats = NDArray[np.float64]
Figure = Literal["share", "F1"]
Bounds = tuple[Floats, Floats]

SCORES = (0.5, 0.78, 0.95, 0.99)
CLUSTERS = (20, 40, 100, 200)
LOW, HIGH = 0.93, 0.97
SEED = 20_240_501
DRAWS = 999  # of the bootstraps compared with: enough for a share of samples
NORMAL = 1.959963984540054
COST = 1.4  # values that a bad cell spoils, on average: wrong (40 %) two, missed or spurious one


@dataclass(frozen=True, kw_only=True)
class Population:
    """What gold sets are drawn from."""

    name: str
    mean_size: float
    """Cells in a cluster, one more than a Poisson number."""
    correlation: float
    """Between the cells of a cluster."""
    tail: Literal["beta", "logit"] = "beta"
    """How difficulty is spread; `logit` is normal on the scale of the logit."""


POPULATIONS = (
    Population(name="incidents", mean_size=1.8, correlation=0.3),
    Population(name="claims", mean_size=5, correlation=0.3),
    Population(name="claims, tightly clustered", mean_size=5, correlation=0.5),
    Population(name="claims, loosely clustered", mean_size=5, correlation=0.1),
    Population(name="claims, difficulty normal", mean_size=5, correlation=0.3, tail="logit"),
)


@dataclass(frozen=True, kw_only=True)
class Samples:
    """Cells by state, one row a sample, one column a cluster."""

    figure: Figure
    correct: Floats
    wrong: Floats
    missed: Floats
    spurious: Floats

    @property
    def parts(self) -> Floats:
        """What the score counts as right."""
        return 2 * self.correct if self.figure == "F1" else self.correct

    @property
    def wholes(self) -> Floats:
        """What it is a share of."""
        if self.figure == "F1":
            return 2 * self.correct + 2 * self.wrong + self.missed + self.spurious
        return self.correct + self.missed


def draw(population: Population, figure: Figure, score: float, clusters: int, n: int) -> Samples:
    """Samples of a reader whose true score is `score`."""
    rng = np.random.default_rng([SEED, clusters, round(1000 * score)])
    right = score if figure == "share" else COST * score / (2 - (2 - COST) * score)
    sizes = 1 + rng.poisson(population.mean_size - 1, (n, clusters))
    if population.tail == "beta":
        weight = 1 / population.correlation - 1
        chances = rng.beta(right * weight, (1 - right) * weight, sizes.shape)
    else:
        centre, spread = _logit_normal(right)
        chances = _chance(centre + spread * rng.normal(size=sizes.shape))
    correct = rng.binomial(sizes, chances)
    bad = sizes - correct
    if figure == "share":
        nothing = np.zeros(sizes.shape)
        return Samples(
            figure=figure,
            correct=correct.astype(float),
            wrong=nothing,
            missed=bad.astype(float),
            spurious=nothing,
        )
    wrong = rng.binomial(bad, COST - 1)
    missed = rng.binomial(bad - wrong, 0.5)
    return Samples(
        figure=figure,
        correct=correct.astype(float),
        wrong=wrong.astype(float),
        missed=missed.astype(float),
        spurious=(bad - wrong - missed).astype(float),
    )


def _chance(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-logit))


def _logit_normal(mean: float) -> tuple[float, float]:
    """Centre and spread of a normal logit whose chances average `mean`."""
    spread = 1.8
    points, weights = np.polynomial.hermite_e.hermegauss(99)
    low, high = -20.0, 20.0
    for _ in range(80):
        centre = (low + high) / 2
        told = float(weights @ _chance(centre + spread * points)) / float(weights.sum())
        low, high = (centre, high) if told < mean else (low, centre)
    return low, spread


def tollbook(samples: Samples) -> Bounds:
    """The intervals of `eval/intervals.py`."""
    bounds: list[tuple[float, float]] = []
    rows = zip(samples.correct, samples.wrong, samples.missed, samples.spurious, strict=True)
    for correct, wrong, missed, spurious in rows:
        if samples.figure == "F1":
            told = f1_interval(correct=correct, wrong=wrong, missed=missed, spurious=spurious)
        else:
            told = proportion_interval(correct, correct + missed)
        assert told is not None
        bounds.append((told.low, told.high))
    low, high = np.array(bounds).T
    return low, high


def unclustered(samples: Samples) -> Bounds:
    """Wilson as if cells were independent."""
    total = samples.wholes.sum(1) / (2 if samples.figure == "F1" else 1)
    share = samples.parts.sum(1) / samples.wholes.sum(1)
    squared = NORMAL**2 / total
    middle = (share + squared / 2) / (1 + squared)
    spread = np.sqrt(share * (1 - share) / total + squared / (4 * total))
    half = NORMAL / (1 + squared) * spread
    return middle - half, middle + half


def student(samples: Samples) -> Bounds:
    """The share, more or less Student's t times the error between clusters."""
    clusters = samples.parts.shape[1]
    total = samples.wholes.sum(1)
    share = samples.parts.sum(1) / total
    residuals = samples.parts - share[:, None] * samples.wholes
    error = np.sqrt(clusters / (clusters - 1) * (residuals**2).sum(1)) / total
    half = float(special.stdtrit(float(clusters - 1), 0.975)) * error
    return share - half, share + half


def percentile(samples: Samples) -> Bounds:
    """The middle 95 % of samples of clusters."""
    low, high = np.quantile(_drawn(samples), [0.025, 0.975], axis=0)
    return low, high


def _normal(shares: Floats) -> Floats:
    return np.asarray(special.ndtri(shares), np.float64)


def bca(samples: Samples) -> Bounds:
    """The same, corrected for bias and skew; no interval where nothing differs."""
    parts, wholes = samples.parts, samples.wholes
    drawn = np.sort(_drawn(samples), axis=0)
    share = parts.sum(1) / wholes.sum(1)
    below = (drawn < share).mean(0) / 2 + (drawn <= share).mean(0) / 2
    left = (parts.sum(1, keepdims=True) - parts) / (wholes.sum(1, keepdims=True) - wholes)
    skewed = left.mean(1, keepdims=True) - left
    with np.errstate(all="ignore"):
        bias = _normal(below)
        skew = (skewed**3).sum(1) / (6 * (skewed**2).sum(1) ** 1.5)
        bounds: list[Floats] = []
        for tail in (-NORMAL, NORMAL):
            shifted = bias + tail
            turned: Floats = bias + shifted / (1 - skew * shifted)
            rank = np.asarray(special.ndtr(turned), np.float64) * (len(drawn) - 1)
            place = np.nan_to_num(rank).round().astype(int)
            chosen = np.take_along_axis(drawn, place[None, :], axis=0)[0]
            bounds.append(np.where(np.isnan(rank), np.nan, chosen))
    return bounds[0], bounds[1]


def _drawn(samples: Samples) -> Floats:
    """The score of each draw (row) of each sample (column)."""
    clusters = samples.parts.shape[1]
    rng = np.random.default_rng([SEED, clusters])
    times = rng.multinomial(clusters, np.full(clusters, 1 / clusters), DRAWS).astype(float)
    return (times @ samples.parts.T) / (times @ samples.wholes.T)


METHODS: dict[str, Callable[[Samples], Bounds]] = {
    "tollbook": tollbook,
    "Wilson, cells": unclustered,
    "Student's t": student,
    "percentile": percentile,
    "BCa": bca,
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """How often each method holds the truth, in one setting."""

    population: str
    figure: str
    score: float
    clusters: int
    perfect: float
    coverage: dict[str, float]


def rows(n: int) -> Iterator[Row]:
    """Every setting in turn."""
    for population in POPULATIONS:
        for figure in ("share", "F1"):
            for score in SCORES:
                for clusters in CLUSTERS:
                    samples = draw(population, figure, score, clusters, n)
                    held = {name: _held(method(samples), score) for name, method in METHODS.items()}
                    perfect = float((samples.parts == samples.wholes).all(1).mean())
                    yield Row(
                        population=population.name,
                        figure=figure,
                        score=score,
                        clusters=clusters,
                        perfect=perfect,
                        coverage=held,
                    )


def medians(n: int) -> Iterator[Row]:
    """The same for the median of values: kilometres off, with a long tail."""
    for clusters in CLUSTERS:
        rng = np.random.default_rng([SEED, clusters])
        held = 0
        for _ in range(n):
            sizes = 1 + rng.poisson(1.8, clusters)
            logs = [0.8 * rng.normal() + rng.normal(size=int(size)) for size in sizes]
            told = values_interval([_exp(one) for one in logs])
            held += told is not None and told.low <= 1.0 <= told.high
        yield Row(
            population="kilometres",
            figure="median",
            score=1.0,
            clusters=clusters,
            perfect=0.0,
            coverage={"tollbook": held / n},
        )


def _exp(logs: Floats) -> list[float]:
    return [float(one) for one in np.exp(logs)]


def _held(bounds: Bounds, score: float) -> float:
    low, high = bounds
    return float(((low <= score + 1e-12) & (high >= score - 1e-12)).mean())


def table(told: list[Row]) -> str:
    """The rows as a Markdown table, cells outside the promise marked, and their number."""
    names = list(METHODS)
    heads = ["population", "figure", "score", "clusters", "all right", *names]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for row in told:
        fields = [row.population, row.figure, f"{row.score:g}", str(row.clusters)]
        fields.append(f"{row.perfect:.2f}")
        fields += [_marked(row.coverage[name]) if name in row.coverage else "" for name in names]
        lines.append("| " + " | ".join(fields) + " |")
    for name in names:
        seen = [row.coverage[name] for row in told if name in row.coverage]
        short = sum(one < LOW for one in seen)
        over = sum(one > HIGH for one in seen)
        lines.append(
            f"\n{name}: {len(seen)} settings, {short} below {LOW:g}, {over} above {HIGH:g}, "
            f"from {min(seen):.3f} to {max(seen):.3f}"
        )
    return "\n".join(lines) + "\n"


def _marked(coverage: float) -> str:
    return f"{coverage:.3f}" + ("" if LOW <= coverage <= HIGH else "*")


def speed() -> str:
    """Seconds for 40 bootstraps of 9,999 draws over 240 clusters, and for 40 shares."""
    rng = np.random.default_rng(SEED)
    cells = np.column_stack([rng.poisson(mean, 240) for mean in (5, 1, 1)]).astype(float)

    def f1(sums: Floats) -> Floats:
        return 2 * sums[..., 0] / (2 * sums[..., 0] + sums[..., 1] + sums[..., 2])

    start = time.perf_counter()
    for seed in range(40):
        bootstrap_interval(cells, f1, seed=seed)
    drawn = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(40):
        proportion_interval(cells[:, 0], cells.sum(axis=1))
    return f"40 bootstraps: {drawn:.2f} s; 40 shares: {time.perf_counter() - start:.4f} s\n"


def main() -> int:
    """Print the table, or the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=3000)
    parser.add_argument("--speed", action="store_true")
    told = parser.parse_args()
    if told.speed:
        sys.stdout.write(speed())
        return 0
    sys.stdout.write(table([*rows(told.samples), *medians(told.samples // 2)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
