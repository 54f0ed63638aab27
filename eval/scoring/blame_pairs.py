"""Pairs of blames: which predicted blame of an incident stands for which gold one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.assignment import assign
from eval.scoring.case import Case, Scene
from eval.scoring.suspects import readings
from extractor.records import BlameClaim, Quote


@dataclass(frozen=True, kw_only=True)
class Match:
    """A gold and a predicted blame taken for one, or one of them alone; neither is silence."""

    gold: BlameClaim | None = None
    predicted: BlameClaim | None = None
    is_excused: bool = False


def match_blames(case: Case, scene: Scene) -> tuple[Match, ...]:
    """The blames of both sides, paired on all there is to them, whole keys before all else."""
    gold = sorted(scene.gold.blames if scene.gold else (), key=rank)
    predicted = sorted(scene.predicted.blames if scene.predicted else (), key=rank)
    tier = 1.0 + min(len(gold), len(predicted))
    likeness = [[_likeness(case, one, other, tier) for other in predicted] for one in gold]
    pairs = dict(assign(likeness, threshold=0.0, with_margin=False).pairs)
    optional = [scene.is_optional or case.gold.is_optional(one.id) for one in gold]
    taken = set(pairs.values())
    return (
        *(
            Match(
                gold=one,
                predicted=predicted[pairs[at]] if at in pairs else None,
                is_excused=optional[at],
            )
            for at, one in enumerate(gold)
        ),
        *(
            Match(predicted=one, is_excused=scene.is_optional)
            for at, one in enumerate(predicted)
            if at not in taken
        ),
    )


def rank(blame: BlameClaim) -> tuple[Any, ...]:
    """What blames are ordered by, whatever order they came in."""
    return (
        blame.stance.value,
        blame.joint.value,
        sorted((one.canonical_id or "", one.name_text) for one in blame.accused),
        sorted((one.type.value, one.name_text or "") for one in blame.speakers),
        sorted((one.field, one.start, one.end) for one in blame.quotes),
        blame.id,
    )


def best_parts(case: Case, gold: BlameClaim, predicted: BlameClaim) -> dict[str, bool]:
    """Which parts are right by the reading of gold that fits best."""
    told = [_parts(case, one, predicted) for one in readings(case, gold)]
    return max(told, key=lambda parts: (is_right(parts), parts["accused"], sum(parts.values())))


def is_right(parts: Mapping[str, bool]) -> bool:
    """Whether the parts that count are right."""
    return parts["accused"] and parts["stance"] and parts["speakers"]


def is_about(case: Case, gold: BlameClaim, predicted: BlameClaim) -> bool:
    """Whether a gold blame is about the same accused, if only in one reading."""
    same = case.names.same_actors
    return any(same(one.accused, predicted.accused) for one in readings(case, gold))


def _likeness(case: Case, gold: BlameClaim, predicted: BlameClaim, tier: float) -> float | None:
    """How well two blames fit: more whole keys win, then more accused, then what else agrees.

    A tier is worth more than all that can stand under it in one incident. Empty if nothing but
    stance or speakers could agree: that does not make one blame of two. An optional blame takes
    only blames of its own accused.
    """
    parts = best_parts(case, gold, predicted)
    overlap = _overlap(gold.quotes, predicted.quotes)
    shared = any(
        case.names.same_actor(one, actor) for one in gold.accused for actor in predicted.accused
    )
    optional = case.gold.is_optional(gold.id)
    if not (parts["accused"] or shared or (overlap and not optional)):
        return None
    fine = 0.1 * shared + 0.2 * (parts["stance"] + parts["speakers"]) + 0.3 * overlap
    fine += 0.0 if optional else 0.05
    return is_right(parts) * tier * tier + parts["accused"] * tier + fine


def _parts(case: Case, gold: BlameClaim, predicted: BlameClaim) -> dict[str, bool]:
    parts = {
        "accused": case.names.same_actors(gold.accused, predicted.accused),
        "stance": gold.stance is predicted.stance,
        "speakers": case.names.same_speakers(gold.speakers, predicted.speakers),
    }
    if max(len(gold.accused), len(predicted.accused)) > 1:
        parts["joint"] = gold.joint is predicted.joint
        parts["accused"] = parts["accused"] and parts["joint"]
    return parts


def _overlap(gold: Sequence[Quote], predicted: Sequence[Quote]) -> float:
    """The share of code points that both quote, of those that either does."""
    mine, theirs = (
        {(one.field, at) for one in quotes for at in range(one.start, one.end)}
        for quotes in (gold, predicted)
    )
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
