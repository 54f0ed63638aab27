"""Findings: what a comparison gives the gate to decide on, each with the figure it rests on."""

from collections.abc import Iterable, Iterator, Sequence

from eval.comparing.comparison import Comparison, Difference
from eval.comparing.paired import holm
from eval.gate.terms import Terms
from eval.scores.score import Told
from extractor.codes import Code

FAILED = "article.failed"
"""The figure of articles that were refused, cut off or answered outside the schema."""

_MANY = 3  # harms where there was no opportunity before: fewer are an accident
_HALF = 0.5  # a mean over repeats that is higher by less is one repeat's accident


class Rule(Code):
    """The rule by which something was found."""

    SURE_FALL = "sure_fall", "A quality fell, and that is hardly chance."
    CATASTROPHE = "catastrophe", "A quality fell so far that no test is needed."
    HARM_ROSE = "harm_rose", "A harm rose, and that is hardly chance."
    MISSING = "missing", "A figure or slice that the blessed run has is gone."
    PARTS_EXCEED = "parts_exceed", "Parts larger than their whole are told, and were not before."
    CANARY = "canary", "A claim that must be right is wrong in every repeat."
    DRIFT = "drift", "A quality fell against the release, and that is hardly chance."
    UNSURE = "unsure", "A quality may have fallen, or a harm risen, by more than the margin."


class Finding(Told):
    """One thing that stands against a run."""

    rule: Rule
    name: str
    """The figure, slice or claim it is about."""
    words: str
    """What was found, with its figures."""

    @property
    def fails(self) -> bool:
        """Whether it fails the run; being unsure does not."""
        return self.rule is not Rule.UNSURE


def findings_of(
    told: Comparison, terms: Terms, alpha: float, *, expected: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """What stands against the second run of a comparison.

    Args:
        told: the blessed run and the one that may replace it.
        terms: by how much a figure may fall.
        alpha: one-sided, over the whole family.
        expected: slices that must be there: `language=en`.
    """
    adjusted = worse_by_chance(told.gated)
    found: list[Finding] = []
    for one, p in zip(told.gated, adjusted, strict=True):
        found += _of_figure(one, p, terms, alpha)
    found += _parts_exceed(told)
    for one in told.guards:
        found += _of_guard(one, terms)
    slices = set(told.slice_names)
    found += [
        Finding(rule=Rule.MISSING, name=name, words=f"no article of the slice {name} was graded")
        for name in expected
        if name not in slices
    ]
    return tuple(found)


def drift_of(told: Comparison, terms: Terms) -> tuple[Finding, ...]:
    """What stands against a run beside the one that was blessed at the last release."""
    if not told.is_valid:
        words = f"the release cannot be compared: {told.reason}; bless a new one with --release"
        return (Finding(rule=Rule.UNSURE, name="release", words=words),)
    found: list[Finding] = []
    for one, p in zip(told.gated, worse_by_chance(told.gated), strict=True):
        if one.role != "primary" or one.gain is None:
            continue
        tolerated = terms.anchor.tolerated_fall * terms.quality.part_of(one.before or 0.0)
        if p < terms.anchor.alpha and one.gain < -tolerated:
            words = f"{_fell(one)} since the release (p {p:.4f})"
            found.append(Finding(rule=Rule.DRIFT, name=one.name, words=words))
    return tuple(found)


def worse_by_chance(gated: Sequence[Difference]) -> list[float]:
    """One-sided p values of getting worse, adjusted over the family (Holm)."""
    return holm([one.p_worse for one in gated])


def _of_figure(one: Difference, p: float, terms: Terms, alpha: float) -> Iterator[Finding]:
    if one.role == "safety":
        yield from _of_harm(one, p, terms, alpha)
        return
    if one.before is not None and one.after is None:
        yield Finding(rule=Rule.MISSING, name=one.name, words=f"{one.label}: there is no figure")
    if one.gain is None:
        return
    quality = terms.quality.at(one.before or 0.0)
    if p < alpha and one.gain < -quality.tolerated_fall:
        yield Finding(rule=Rule.SURE_FALL, name=one.name, words=f"{_fell(one)} (p {p:.4f})")
    elif one.gain < -quality.catastrophe:
        words = f"{_fell(one)}: more than {_points(quality.catastrophe)}"
        yield Finding(rule=Rule.CATASTROPHE, name=one.name, words=words)
    elif one.least_gain is None or one.least_gain < -quality.margin:
        least = "there are too few stories to say by how much"
        if one.least_gain is not None:
            least = f"it may be down by {_points(-one.least_gain)}"
        words = f"{one.label}: {least}, and the margin is {_points(quality.margin)}"
        yield Finding(rule=Rule.UNSURE, name=one.name, words=words)


def _of_harm(one: Difference, p: float, terms: Terms, alpha: float) -> Iterator[Finding]:
    """A harm fails if it surely rose; if it may have, by itself and by much, nobody can tell."""
    rise = -(one.gain or 0.0)
    rose = f"{one.label} rose by {_points(rise)} to {_share(one)}"
    if one.name == FAILED and one.p_worse < alpha and rise > terms.harm.failed_articles:
        words = f"{rose} (p {one.p_worse:.4f}): over {_points(terms.harm.failed_articles)}"
        yield Finding(rule=Rule.HARM_ROSE, name=one.name, words=words)
    elif p < alpha and rise > terms.harm.tolerated_rise:
        yield Finding(rule=Rule.HARM_ROSE, name=one.name, words=f"{rose} (p {p:.4f})")
    elif one.p_worse < alpha and rise > terms.harm.margin:
        words = f"{rose}: hardly chance by itself (p {one.p_worse:.4f}), but one figure of many"
        yield Finding(rule=Rule.UNSURE, name=one.name, words=words)
    elif one.before is None and one.after is not None and one.counts_after[0] >= _MANY:
        words = f"{one.label} is {_share(one)}, and the blessed run had no opportunity for it"
        yield Finding(rule=Rule.UNSURE, name=one.name, words=words)


def _of_guard(one: Difference, terms: Terms) -> Iterator[Finding]:
    """A recall fails only if it falls far: who keeps silent wins nothing."""
    fall = terms.quality.at(one.before or 0.0).catastrophe
    if one.gain is not None and one.gain < -fall:
        words = f"{_fell(one)}: more than {_points(fall)}"
        yield Finding(rule=Rule.CATASTROPHE, name=one.name, words=words)


def _parts_exceed(told: Comparison) -> Iterator[Finding]:
    one = told.of("harm.subset_violation")
    if one.counts_after[0] > one.counts_before[0] + _HALF:
        many = f"{one.counts_after[0]:g} after {one.counts_before[0]:g}"
        words = f"parts larger than their whole: {many}"
        yield Finding(rule=Rule.PARTS_EXCEED, name=one.name, words=words)


def _fell(one: Difference) -> str:
    return f"{one.label} fell by {_points(-(one.gain or 0.0))} to {_share(one)}"


def _points(share: float) -> str:
    return f"{100 * share:.1f} points"


def _share(one: Difference) -> str:
    above, below = one.counts_after
    counts = " of ".join(f"{n:.1f}".removesuffix(".0") for n in (above, below))
    return f"{100 * (one.after or 0.0):.1f} % ({counts})"
