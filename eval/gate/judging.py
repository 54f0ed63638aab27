"""Judging: a stored run put before the gate, beside the blessed run of a folder or any other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.comparing.comparison import Comparison, compare_sides
from eval.comparing.sides import Side, open_side, repeats_in, split_told
from eval.gate.blessed import Blessed, is_blessed, open_blessed
from eval.gate.canaries import Canary, dead_canaries, read_canaries
from eval.gate.terms import Terms
from eval.gate.verdict import Gated, decide
from eval.gold import GoldSet
from eval.intervals import DRAWS
from eval.predictions import open_predictions
from eval.scores.slices import cells_by_slice
from extractor.codes import InputOutcome
from extractor.errors import UsageError

_WHOLE = "the whole set"
_NO_RELEASE = "No release was blessed, so slow drift is not looked for."


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is judged, and by what."""

    run: Path
    """The run that may replace the blessed one."""
    baseline: Path
    """The folder of the blessed run, or any run."""
    gold: GoldSet
    """All of it; what is looked at first is a split."""
    terms: Terms
    split: str | None = None
    """What is looked at first; that of the blessed run if none is named."""
    expected: tuple[str, ...] = ()
    """Slices that must be there."""
    accepted: str | None = None
    """Why a person lets an inconclusive verdict through."""
    seed: int = 0
    draws: int = DRAWS


def judge(case: Case) -> Gated:
    """Judge a run.

    Raises:
        GoldError: a run was read from other texts than were labelled.
        UsageError: there is no blessed run, or its canaries cannot be read.
        StoreError: there is no run.
    """
    is_run = case.baseline.exists() and not is_blessed(case.baseline) and _is_run(case.baseline)
    blessed = None if is_run else open_blessed(case.baseline)
    told = blessed.about.split if blessed else split_told((case.baseline, case.run))
    split = case.split or told
    before = blessed.predictions if blessed else repeats_in(case.baseline) or (case.baseline,)
    name = case.baseline.resolve().name
    new = open_side(case.run, case.gold.of_split(split), split)
    _check_slices(case.expected, new)
    canaries = _canaries(blessed, case.gold, split)
    release = blessed.release if blessed else ()

    def compared(old: Sequence[Path], of: str | None, named: str) -> Comparison:
        labelled = case.gold.of_split(of)
        side = open_side(old, labelled, of)
        side = Side(name=named, provenance=side.provenance, repeats=side.repeats)
        other = new if of == split else open_side(case.run, labelled, of)
        return compare_sides(side, other, seed=case.seed, draws=case.draws)

    return decide(
        compared(before, split, name),
        case.terms,
        on=f"split {split}" if split else _WHOLE,
        more=_more(case, before, split, lambda: compared(before, None, name)),
        anchor=compared(release, split, "the release") if release else None,
        dead=dead_canaries(new, canaries, is_sure=_is_sure(new)),
        canaries=len(canaries),
        expected=case.expected,
        notes=() if release else (_NO_RELEASE,),
        signed=case.accepted,
    )


def _is_sure(side: Side) -> bool:
    """Whether another reading of the same articles would say the same, or there are several."""
    readers = {one.predictions.reader for one in side.provenance}
    return len(side.repeats) > 1 or all(
        name is None or name == "baseline" or name.startswith("recorded:") for name in readers
    )


def _check_slices(expected: Sequence[str], side: Side) -> None:
    """Refuse slices of a dimension that gold does not have: a slip of the pen is no regression.

    Raises:
        UsageError: with the dimensions that there are.
    """
    known = {dimension for dimension, _ in cells_by_slice(side.repeats[0])}
    for name in expected:
        dimension, equals, _ = name.partition("=")
        if not equals or dimension not in known:
            told = ", ".join(sorted(known))
            raise UsageError(f"--expect {name}: a slice is DIMENSION=NAME, and there is {told}")


def _is_run(path: Path) -> bool:
    return path.is_file() or (path / "run.json").is_file() or bool(repeats_in(path))


def _canaries(blessed: Blessed | None, gold: GoldSet, split: str | None) -> Sequence[Canary]:
    """The canaries of the articles that are looked at, and of those that gold has no more."""
    if blessed is None or blessed.canaries is None:
        return ()
    known, whole = gold.of_split(split).labelled, gold.labelled
    return [
        one
        for one in read_canaries(blessed.canaries)
        if one.article_id in known or one.article_id not in whole
    ]


def _more(
    case: Case, before: Sequence[Path], split: str | None, get: Callable[[], Comparison]
) -> tuple[str, Callable[[], Comparison]] | None:
    """A second look at the whole set, where both runs answered for all of it."""
    if split is None:
        return None
    every = set(case.gold.labelled)
    for one in (*before, *(repeats_in(case.run) or (case.run,))):
        told = open_predictions(one)
        answered = {
            each.article_id for each in told if each.outcome is not InputOutcome.INFRA_ERROR
        }
        if every - answered:
            return None
    return _WHOLE, get
