"""The noise: how far two runs of one configuration differ, and what margins it leaves room for."""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import ValidationError

from eval.comparing.comparison import Comparison
from eval.comparing.metrics import metrics
from eval.gate.terms import Terms
from eval.gate.verdict import Verdict
from eval.scores.score import Told
from extractor.errors import UsageError


class NoiseOf(Told):
    """How far one figure differs between two runs of one configuration."""

    name: str
    label: str
    value: float
    """The mean of the figure over the runs."""
    deviation: float
    """Standard deviation of the difference of two runs, about the zero that it truly is."""
    largest: float
    """The largest difference met."""
    pairs: int
    """Pairs of runs that have the figure."""


class Noise(Told):
    """What two runs of one configuration differ by, over every pair of its runs."""

    schema_version: Literal[1] = 1
    runs: int
    pairs: int
    articles: int
    split: str | None
    figures: tuple[NoiseOf, ...]
    verdicts: dict[str, int]
    """Pairs by the gate's verdict on them; every FAIL is a false alarm."""
    flip_rate: float | None
    """Share of pairs whose verdict is not the commonest one; empty without a pair."""
    flipped_claims: float | None
    """Share of gold claims that are right in one run of a pair and wrong in the other."""

    def of(self, name: str) -> NoiseOf | None:
        """The noise of a figure; nothing if it was not measured."""
        return next((one for one in self.figures if one.name == name), None)

    def to_json(self) -> str:
        """As JSON: keys sorted."""
        told = self.model_dump(mode="json")
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
        return f"{text}\n"


def pairs_of(runs: int) -> list[tuple[int, int]]:
    """Every two of so many runs, the earlier one first."""
    return list(combinations(range(runs), 2))


def noise_of(
    compared: Sequence[Comparison], verdicts: Sequence[Verdict], *, runs: int, split: str | None
) -> Noise:
    """The noise of a configuration.

    Args:
        compared: every pair of its runs.
        verdicts: what the gate says of each pair.
        runs: how many runs there are.
        split: the split they were compared on.
    """
    deltas: dict[str, list[float]] = {}
    labels: dict[str, str] = {}
    values: dict[str, list[float]] = {}
    for told in compared:
        for one in told.differences:
            labels[one.name] = one.label
            if one.delta is not None:
                deltas.setdefault(one.name, []).append(one.delta)
                values.setdefault(one.name, []).extend((one.before or 0.0, one.after or 0.0))
    counted = Counter(verdicts)
    flips = _flips(compared)
    return Noise(
        runs=runs,
        pairs=len(compared),
        articles=compared[0].articles if compared else 0,
        split=split,
        figures=tuple(
            NoiseOf(
                name=name,
                label=labels[name],
                value=float(np.mean(values[name])),
                deviation=float(np.sqrt(np.mean(np.square(found)))),
                largest=float(np.max(np.abs(found))),
                pairs=len(found),
            )
            for name, found in deltas.items()
        ),
        verdicts=dict(sorted(counted.items())),
        flip_rate=1 - max(counted.values()) / len(verdicts) if verdicts else None,
        flipped_claims=flips,
    )


def read_noise(path: Path) -> Noise:
    """The noise that was measured.

    Raises:
        UsageError: the file holds none.
    """
    try:
        return Noise.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise UsageError(
            f"{path}: no measured noise in it; make it with: tollbook eval aa RUNS --out {path}"
        ) from error


def check_margins(terms: Terms, noise: Noise, where: Path, split: str | None = None) -> None:
    """Refuse margins that noise alone would break.

    Raises:
        UsageError: a quality was not measured, or on another split; or a margin is below so many
            standard deviations as the terms ask for.
    """
    primary = {one.name for one in metrics() if one.role == "primary"}
    if not primary & {one.name for one in noise.figures}:
        raise UsageError(f"{where}: no noise of any quality was measured; measure it again")
    if split is not None and noise.split != split:
        raise UsageError(
            f"{where}: its noise is of split {noise.split or 'all'}, not {split}; measure it there"
        )
    for one in noise.figures:
        if one.name not in primary:
            continue
        least = terms.noise.times * one.deviation
        quality = terms.quality.at(one.value)
        for term, value in (("margin", quality.margin), ("catastrophe", quality.catastrophe)):
            if value < least:
                part = value / getattr(terms.quality, term)
                raise UsageError(
                    f"{one.label} ({one.name}) differs by {one.deviation:.4f} (standard deviation)"
                    f" between two runs of one configuration ({where}), and quality.{term} comes to"
                    f" {value:.4f} for it, where {least:.4f} is the least: set it to"
                    f" {least / part:.4f} in a copy of the terms (--terms), or measure the noise of"
                    " more repeats or articles"
                )


def _flips(compared: Sequence[Comparison]) -> float | None:
    """Of the claims of gold, how many are right in one run of a pair and wrong in the other."""
    changed = told = 0
    for one in compared:
        changed += sum(
            item.change.value in ("broken", "fixed") and item.worse.has_gold for item in one.items
        )
        told += one.gold_claims
    return changed / told if told else None
