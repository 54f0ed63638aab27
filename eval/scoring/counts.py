"""Counts: every figure as one speaker put it, in gold, in the prediction, or in both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.figures import (
    FigureState,
    endpoint_log_error,
    iou,
    is_exact,
    is_hardened,
    is_near,
    is_soft,
    log_bias,
    relative_error,
    shown,
    state_of,
    within_gold_range,
)
from eval.mistakes import Compared, count_mistake
from eval.scoring.case import Case, Scene
from eval.scoring.claims import is_told_in, pair_claims
from eval.scoring.subsets import subset_violations
from extractor.codes import Scope
from extractor.numerals import Number
from extractor.records import CountClaim, Group, Incident, Speaker

TOTAL, SUBSET = "total", "subset"


@dataclass(frozen=True, kw_only=True)
class CountPair:
    """A gold count and a predicted one, or one of them, where they stand and what is wrong."""

    scene: Scene
    compared: Compared
    mistake: Mistake | None


def count_cells(case: Case) -> list[Cell]:
    """One cell for each count claim of an incident, or for two that were paired."""
    return [_cell(case, pair) for pair in count_pairs(case)]


def count_pairs(case: Case) -> Iterator[CountPair]:
    """Every count claim of every incident, with its partner if it has one."""
    for scene in case.scenes():
        compared = pair_claims(
            _of_incident(scene.gold),
            _of_incident(scene.predicted),
            case.gold,
            case.names,
            is_optional=scene.is_optional,
        )
        for one in compared:
            told = _told_before(one, scene, case)
            mistake = count_mistake(told, scene.gold, case.gold, case.names)
            yield CountPair(scene=scene, compared=told, mistake=mistake)


def state_of_pair(compared: Compared) -> CellState:
    """How a predicted claim stands to a gold one."""
    if compared.is_excused:
        return CellState.EXCUSED
    if compared.gold is None:
        return CellState.SPURIOUS
    if compared.predicted is None:
        return CellState.MISSED
    return CellState.CORRECT if compared.is_right else CellState.WRONG


def parts_of_pair(compared: Compared) -> dict[str, bool]:
    """Which parts are right; for two numbers also whether they are exact, near and within."""
    gold, predicted = compared.gold, compared.predicted
    if compared.is_excused or gold is None or predicted is None:
        return {}
    parts = dict(compared.parts)
    if (within := within_gold_range(gold.number, predicted.number)) is not None:
        parts["exact"] = is_exact(gold.number, predicted.number)
        parts["near"] = is_near(gold.number, predicted.number)
        parts["within"] = within
    return parts


def measures_of(gold: Number | None, predicted: Number | None) -> dict[str, float]:
    """How far off a figure is, by each measure that applies."""
    if gold is None or predicted is None:
        return {}
    told = {name: measure(gold, predicted) for name, measure in _MEASURES.items()}
    return {name: value for name, value in told.items() if value is not None}


_MEASURES: dict[str, Callable[[Number, Number], float | None]] = {
    "log_error": endpoint_log_error,
    "log_bias": log_bias,
    "relative_error": relative_error,
    "iou": iou,
}


def codes_of(gold: CountClaim | None, predicted: CountClaim | None) -> dict[str, str]:
    """The fixed words of both claims that are worth a cross table."""
    either = gold or predicted
    codes = {
        "outcome": either.outcome.value if either else "",
        "gold_state": state_of(gold.number if gold else None).value,
        "predicted_state": state_of(predicted.number if predicted else None).value,
    }
    for side, claim in (("gold", gold), ("predicted", predicted)):
        if claim is not None:
            codes[f"{side}_qualifier"] = claim.number.qualifier.value
            codes[f"{side}_outcome"] = claim.outcome.value
            codes[f"{side}_hedge"] = claim.hedge.value
            types = {one.type.value for one in claim.speakers}
            codes[f"{side}_speaker_type"] = "+".join(sorted(types))
    return codes


def key_of(claim: CountClaim) -> str:
    """What a claim is about, for a person: "killed · civilians · the Observatory"."""
    speakers = sorted(_speaker_words(one) for one in claim.speakers)
    part = ["part"] if claim.part_of else []
    words = [_words(claim.outcome.value), *part, _group_words(claim.group), ", ".join(speakers)]
    return " · ".join(word for word in words if word)


def quotes_of(claim: CountClaim | None) -> tuple[str, ...]:
    """The words that prove a claim."""
    return tuple(one.text for one in claim.quotes) if claim else ()


def _of_incident(incident: Incident | None) -> list[CountClaim]:
    return [claim for claim in incident.counts if claim.scope is Scope.INCIDENT] if incident else []


def _told_before(compared: Compared, scene: Scene, case: Case) -> Compared:
    """The same claim marked a repeat if its whole incident tells another one again."""
    if scene.gold is not None or scene.leftover not in ("duplicate", "split"):
        return compared
    told = (claim for one in case.gold.incidents for claim in one.counts)
    claim = compared.predicted
    repeats = claim is not None and is_told_in(claim, told, case.names)
    return replace(compared, is_repeat=repeats)


def _cell(case: Case, pair: CountPair) -> Cell:
    gold, predicted = pair.compared.gold, pair.compared.predicted
    either = gold or predicted
    numbers = (gold.number if gold else None, predicted.number if predicted else None)
    harms = {} if pair.compared.is_excused else _harms(pair)
    return case.cell(
        CellKind.COUNT,
        pair.scene,
        state=state_of_pair(pair.compared),
        mistake=pair.mistake,
        gold_id=gold.id if gold else None,
        predicted_id=predicted.id if predicted else None,
        key=key_of(either) if either else "",
        gold=shown(gold.number) if gold else None,
        predicted=shown(predicted.number) if predicted else None,
        gold_number=numbers[0],
        predicted_number=numbers[1],
        slice=SUBSET if either and either.part_of else TOTAL,
        parts=parts_of_pair(pair.compared),
        measures={} if pair.compared.is_excused else measures_of(*numbers),
        codes=codes_of(gold, predicted),
        opportunities=tuple(harms),
        harms=tuple(harm for harm, done in harms.items() if done),
        gold_quotes=quotes_of(gold),
        predicted_quotes=quotes_of(predicted),
    )


def _harms(pair: CountPair) -> dict[Harm, bool]:
    """The harms that a cell could do, and whether it does them."""
    gold, predicted = pair.compared.gold, pair.compared.predicted
    ours = state_of(gold.number if gold else None)
    theirs = state_of(predicted.number if predicted else None)
    # Telling twice is another error: gold does have a claim for it.
    repeats = pair.mistake is Mistake.DUPLICATE
    harms: dict[Harm, bool] = {}
    if theirs is FigureState.NUM:
        nowhere = ours is FigureState.ABSENT and not repeats
        harms[Harm.HALLUCINATED_COUNT] = nowhere or ours is FigureState.UNKNOWN_NUMBER
    if gold and predicted and is_soft(gold.number):
        harms[Harm.HARDENED] = is_hardened(gold.number, predicted.number)
    if ours in (FigureState.VAGUE, FigureState.UNKNOWN_NUMBER):
        harms[Harm.UNKNOWN_AS_NUMBER] = theirs is FigureState.NUM
    if theirs is FigureState.NONE:
        harms[Harm.FALSE_NONE] = ours is not FigureState.NONE and not repeats
    if ours is FigureState.NONE:
        harms[Harm.ZERO_LOST] = theirs is not FigureState.NONE
    if predicted and predicted.part_of and pair.scene.predicted:
        broken = {one for found in subset_violations(pair.scene.predicted) for one in found.parts}
        harms[Harm.SUBSET_VIOLATION] = predicted.id in broken
    return harms


def _words(code: str) -> str:
    return code.replace("_", " ")


def _group_words(group: Group) -> str:
    if group.text:
        return group.text
    codes = [*group.demographics, *group.roles, group.standing]
    return ", ".join(_words(code.value) for code in codes)


def _speaker_words(speaker: Speaker) -> str:
    return speaker.name_text or _words(speaker.type.value)
