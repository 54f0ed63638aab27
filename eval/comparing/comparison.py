"""The comparison: what changed between two runs on the same articles, and what may be chance."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from scipy.stats import false_discovery_control

from eval.cells import Cell, CellKind
from eval.comparing.items import Item, items_of
from eval.comparing.metrics import Metric, Role, metrics
from eval.comparing.paired import Paired, compare_paired, holm
from eval.comparing.sides import Side, stories_of
from eval.intervals import DRAWS, MIN_CLUSTERS, Interval
from eval.provenance import Provenance
from eval.ratios import Floats
from eval.scores.score import Told
from eval.scores.slices import GATEABLE, cells_by_slice

VERSION = 1
"""Version of the comparison's format."""


class Difference(Told):
    """One figure of both runs, and their difference."""

    name: str
    """Its name for a program: `count.accuracy`."""
    label: str
    role: Role
    is_better_high: bool
    before: float | None
    """Unrounded; empty over nothing."""
    after: float | None
    counts_before: tuple[float, float]
    """Above and below the line of the ratio; means over the repeats."""
    counts_after: tuple[float, float]
    delta: float | None
    """After less before; empty if either is."""
    interval: Interval | None
    """Of the difference; empty for fewer than 20 stories."""
    floor: float | None
    """One-sided: with 95 % certainty the difference is above it."""
    ceiling: float | None
    """One-sided: with 95 % certainty the difference is below it."""
    error: float | None
    """Standard error of the difference."""
    detectable: float | None
    """The true difference that would show in four of five such comparisons."""
    p_value: float
    """Two-sided, by swapping the runs story by story."""
    p_worse: float
    """One-sided: how often chance makes the second run so much worse."""
    p_holm: float | None
    """Two-sided, adjusted over all gated figures; empty for the others."""
    clusters: int
    changed: int
    """Stories in which the runs differ."""

    @property
    def gain(self) -> float | None:
        """The difference, positive if the second run is better."""
        if self.delta is None:
            return None
        return self.delta if self.is_better_high else -self.delta

    @property
    def least_gain(self) -> float | None:
        """With 95 % certainty, one-sided, the gain is no smaller."""
        if self.is_better_high:
            return self.floor
        return None if self.ceiling is None else -self.ceiling


class SliceDifference(Told):
    """One figure of both runs over a part of the articles: a hint where to look, no verdict."""

    slice: str
    """`phenomenon=at_least`."""
    name: str
    label: str
    before: float | None
    after: float | None
    delta: float | None
    p_value: float
    q_value: float | None
    """Adjusted over all slices (Benjamini & Hochberg 1995); empty below 20 stories."""
    detectable: float | None
    articles: int
    clusters: int
    is_gateable: bool
    """Whether a fall of 15 points would be seen."""


class Comparison(Told):
    """Two runs, figure by figure and claim by claim."""

    schema_version: Literal[1] = VERSION
    before: str
    """Name of the first run."""
    after: str
    provenance_before: tuple[Provenance, ...] = ()
    """Of each repeat."""
    provenance_after: tuple[Provenance, ...] = ()
    seed: int
    draws: int
    repeats_before: int
    repeats_after: int
    articles: int
    clusters: int
    gold_claims: int
    """Gold values that are scored; the toll view, which repeats them, apart."""
    verdict: Literal["VALID", "INVALID"]
    """Invalid where the two were not asked the same: no figure of it means anything."""
    reason: str | None = None
    differences: tuple[Difference, ...]
    slices: tuple[SliceDifference, ...]
    slice_names: tuple[str, ...] = ()
    """Every slice that has a cell, `language=en`, whether a figure of it was compared or not."""
    items: tuple[Item, ...]

    @property
    def is_valid(self) -> bool:
        """Whether both runs answered for every article."""
        return self.verdict == "VALID"

    @property
    def gated(self) -> tuple[Difference, ...]:
        """The figures that a gate tests, as one family."""
        return tuple(one for one in self.differences if one.role in ("primary", "safety"))

    @property
    def guards(self) -> tuple[Difference, ...]:
        """The figures that may not fall far, without a test."""
        return tuple(one for one in self.differences if one.role == "guard")

    def of(self, name: str) -> Difference:
        """The difference of that name.

        Raises:
            KeyError: there is none.
        """
        return {one.name: one for one in self.differences}[name]

    def to_json(self) -> str:
        """As JSON: keys sorted, the same bytes for the same cells."""
        told = self.model_dump(mode="json")
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
        return f"{text}\n"


def compare_sides(
    before: Side, after: Side, *, seed: int = 0, draws: int = DRAWS, slices: bool = True
) -> Comparison:
    """Compare two runs that were scored against the same gold.

    Args:
        before: the first run.
        after: the second run.
        seed: of the intervals and p values.
        draws: of each of them.
        slices: whether the parts of the articles are compared too.
    """
    stories = stories_of(before, after)
    reason = _invalid(before, after)
    told = metrics()
    tables = [
        {metric.name: side.table(metric, stories) for metric in told} for side in (before, after)
    ]
    return Comparison(
        before=before.name,
        after=after.name,
        provenance_before=before.provenance,
        provenance_after=after.provenance,
        seed=seed,
        draws=draws,
        repeats_before=len(before.repeats),
        repeats_after=len(after.repeats),
        articles=len(_articles(before.repeats[0])),
        clusters=len(stories),
        gold_claims=sum(map(_is_claim, before.repeats[0])),
        verdict="INVALID" if reason else "VALID",
        reason=reason,
        differences=differences_of(told, *tables, seed=seed, draws=draws),
        slices=_slices(before, after, seed=seed, draws=draws) if slices else (),
        slice_names=tuple(sorted("=".join(one) for one in cells_by_slice(after.repeats[0]))),
        items=items_of(before.repeats, after.repeats),
    )


def differences_of(
    of: Sequence[Metric],
    before: Mapping[str, Floats],
    after: Mapping[str, Floats],
    *,
    seed: int = 0,
    draws: int = DRAWS,
) -> tuple[Difference, ...]:
    """The difference in every metric, the p values of the gated ones adjusted together.

    Args:
        of: the metrics.
        before: what each story adds to each of them in the first run: above and below the line.
        after: the same of the second run, its rows the same stories.
        seed: of the intervals and p values.
        draws: of each of them.
    """
    paired = [
        compare_paired(before[one.name], after[one.name], seed=seed, draws=draws) for one in of
    ]
    gated = [at for at, metric in enumerate(of) if metric.is_tested]
    adjusted = dict(zip(gated, holm([paired[at].p_value for at in gated]), strict=True))
    return tuple(
        _difference(
            metric,
            before[metric.name],
            after[metric.name],
            paired[at],
            p_holm=adjusted.get(at),
        )
        for at, metric in enumerate(of)
    )


def _invalid(before: Side, after: Side) -> str | None:
    asked = [_articles(cells) for side in (before, after) for cells in side.repeats]
    if any(one != asked[0] for one in asked):
        return "the two runs were not scored on the same articles; score both on one gold set"
    troubles = (*before.troubles, *after.troubles)
    return "; ".join(dict.fromkeys(troubles)) or None


def _articles(cells: Iterable[Cell]) -> frozenset[str]:
    return frozenset(cell.article_id for cell in cells if cell.kind is CellKind.ARTICLE)


def _is_claim(cell: Cell) -> bool:
    return cell.has_gold and cell.kind not in (CellKind.TOLL, CellKind.ARTICLE)


def _difference(
    metric: Metric, old: Floats, new: Floats, paired: Paired, *, p_holm: float | None
) -> Difference:
    above_old, below_old = (float(one) for one in old.sum(axis=0))
    above_new, below_new = (float(one) for one in new.sum(axis=0))
    return Difference(
        name=metric.name,
        label=metric.label,
        role=metric.role,
        is_better_high=metric.is_better_high,
        before=paired.before,
        after=paired.after,
        counts_before=(above_old, below_old),
        counts_after=(above_new, below_new),
        delta=paired.delta,
        interval=paired.interval,
        floor=paired.floor,
        ceiling=paired.ceiling,
        error=paired.error,
        detectable=paired.detectable,
        p_value=paired.p_value,
        p_worse=paired.p_lower if metric.is_better_high else paired.p_higher,
        p_holm=p_holm,
        clusters=paired.clusters,
        changed=paired.changed,
    )


def _slices(before: Side, after: Side, *, seed: int, draws: int) -> tuple[SliceDifference, ...]:
    """The gated qualities over every part of the articles."""
    old = [cells_by_slice(cells) for cells in before.repeats]
    new = [cells_by_slice(cells) for cells in after.repeats]
    found: list[SliceDifference] = []
    for part in sorted({key for one in (*old, *new) for key in one}):
        sides = [
            Side(
                name=side.name,
                provenance=(),
                repeats=tuple(tuple(cells.get(part, ())) for cells in told),
            )
            for side, told in ((before, old), (after, new))
        ]
        found += _of_slice("=".join(part), *sides, seed=seed, draws=draws)
    tested = [at for at, one in enumerate(found) if one.clusters >= MIN_CLUSTERS]
    if not tested:
        return tuple(found)
    p_values = [found[at].p_value for at in tested]
    q_values = dict(zip(tested, map(float, false_discovery_control(p_values)), strict=True))
    return tuple(
        one.model_copy(update={"q_value": q_values.get(at)}) for at, one in enumerate(found)
    )


def _of_slice(
    name: str, before: Side, after: Side, *, seed: int, draws: int
) -> list[SliceDifference]:
    cells = [cell for side in (before, after) for one in side.repeats for cell in one]
    stories = sorted({cell.story_id for cell in cells})
    found: list[SliceDifference] = []
    for metric in (one for one in metrics() if one.role == "primary"):
        old, new = before.table(metric, stories), after.table(metric, stories)
        paired = compare_paired(old, new, seed=seed, draws=draws, with_interval=False)
        if paired.before is None and paired.after is None:
            continue
        detectable = paired.detectable if paired.clusters >= MIN_CLUSTERS else None
        found.append(
            SliceDifference(
                slice=name,
                name=metric.name,
                label=metric.label,
                before=paired.before,
                after=paired.after,
                delta=paired.delta,
                p_value=paired.p_value,
                q_value=None,
                detectable=detectable,
                articles=len({cell.article_id for cell in cells}),
                clusters=paired.clusters,
                is_gateable=detectable is not None and detectable <= GATEABLE,
            )
        )
    return found
