"""Harms: how often an error that does harm is made, and what silence would buy it with."""

from collections.abc import Mapping, Sequence
from typing import Literal

from eval.cells import Cell, CellKind, Harm
from eval.intervals import CERTIFIED_RATE, certifiable
from eval.scores.gauge import Gauge
from eval.scores.headline import HEADLINE
from eval.scores.score import Score, Told

Verdict = Literal["certified", "not certified", "not certifiable"]

_SILENCE: Mapping[Harm, CellKind] = {
    Harm.OVER_ASSERTION: CellKind.BLAME,
    Harm.SELF_CLAIM_AS_FACT: CellKind.BLAME,
    Harm.INVENTED_PERPETRATOR: CellKind.BLAME,
    Harm.WRONG_PERPETRATOR: CellKind.BLAME,
    Harm.FLIPPED_BLAME: CellKind.BLAME,
    Harm.PROPAGATED_BLAME: CellKind.BLAME,
    Harm.DATE_INVENTED: CellKind.DATE,
}


class HarmScore(Told):
    """One harm: its rate, and the recall beside which alone it means anything."""

    harm: Harm
    rate: Score
    """Cells that do the harm, of those that could have."""
    recall: Score
    """What a reader that says nothing would give up to bring the rate to zero."""
    upper: float | None
    """The upper end of the rate's interval; empty without one."""
    verdict: Verdict
    """Whether the rate is at most 1 %: some 300 opportunities are needed to say so."""


def harms_of(cells: Sequence[Cell], gauge: Gauge) -> tuple[HarmScore, ...]:
    """Every harm, in the order of their definition."""
    # The toll view repeats the count claims; each error is counted once.
    kept = [one for one in cells if one.kind is not CellKind.TOLL]
    recalls = {
        kind: gauge.recall(
            f"{kind.value}.recall",
            f"{HEADLINE[kind]}, recall",
            (one for one in kept if one.kind is kind),
        )
        for kind in (CellKind.COUNT, CellKind.BLAME, CellKind.DATE)
    }
    return tuple(
        _harm(harm, kept, recalls[_SILENCE.get(harm, CellKind.COUNT)], gauge) for harm in Harm
    )


def _harm(harm: Harm, cells: Sequence[Cell], recall: Score, gauge: Gauge) -> HarmScore:
    could = [one for one in cells if harm in one.opportunities]
    label = harm.value.replace("_", " ").capitalize()
    rate = gauge.share(f"harm.{harm.value}", label, could, lambda one: harm in one.harms)
    upper = rate.interval.high if rate.interval else None
    verdict: Verdict = "not certifiable"
    if certifiable(len(could)) and upper is not None:
        verdict = "certified" if upper <= CERTIFIED_RATE else "not certified"
    return HarmScore(harm=harm, rate=rate, recall=recall, upper=upper, verdict=verdict)
