"""Counts: every figure as one speaker put it, in gold, in the prediction, or in both."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.figures import (
    FigureState,
    endpoint_log_error,
    iou,
    is_exact,
    is_hardened,
    is_near,
    is_same_figure,
    is_soft,
    log_bias,
    relative_error,
    says_nobody,
    shown,
    state_of,
    within_gold_range,
)
from eval.mistakes import Compared, count_mistake, share_words
from eval.scoring.case import Case, Scene
from eval.scoring.claims import Elsewhere, cumulative_among, is_told_in, pair_claims
from eval.scoring.subsets import subset_violations
from extractor.codes import Scope, Standing
from extractor.numerals import Number
from extractor.records import CountClaim, Group, Incident, Quote, Speaker

TOTAL, SUBSET = "total", "subset"


@dataclass(frozen=True, kw_only=True)
class CountPair:
    """A gold count and a predicted one, or one of them, where they stand and what is wrong."""

    scene: Scene
    compared: Compared
    mistake: Mistake | None
    is_impossible: bool = False
    """Whether the predicted claim is a part that cannot be one."""


def count_cells(case: Case) -> list[Cell]:
    """One cell for each count claim of an incident, or for two that were paired."""
    return [_cell(case, pair) for pair in count_pairs(case)]


def count_pairs(case: Case) -> Iterator[CountPair]:
    """Every count claim of every incident, with its partner if it has one."""
    elsewhere = _elsewhere(case)
    told: dict[str, list[CountClaim]] = {}
    for scene in case.scenes():  # those that are paired come first
        compared = pair_claims(
            _of_incident(scene.gold),
            _of_incident(scene.predicted),
            case.gold,
            case.names,
            is_optional=scene.is_optional,
            elsewhere=elsewhere,
        )
        if scene.gold:
            told[scene.gold.id] = [one.gold for one in compared if one.gold and one.predicted]
        impossible = _impossible(scene.predicted, elsewhere.predicted)
        for one in compared:
            known = _told_before(one, told.get(scene.of.id, ()) if scene.of else (), case)
            yield CountPair(
                scene=scene,
                compared=known,
                mistake=count_mistake(known, scene.gold, case.gold, case.names),
                is_impossible=one.predicted is not None and one.predicted.id in impossible,
            )


def cumulative_pairs(case: Case) -> list[Compared]:
    """Every cumulative claim of the article, with its partner if it has one."""
    incidents, predicted = case.gold.incidents, case.predicted_incidents
    told = case.prediction.cumulative if case.prediction else ()
    return pair_claims(
        cumulative_among(incidents, case.gold.cumulative),
        cumulative_among(predicted, told),
        case.gold,
        case.names,
        elsewhere=Elsewhere(
            gold=[claim for one in incidents for claim in one.counts],
            predicted=[claim for one in predicted for claim in one.counts],
        ),
    )


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
    """Which parts are right; and what does not count: how near two numbers are, and the hedge."""
    gold, predicted = compared.gold, compared.predicted
    if compared.is_excused or gold is None or predicted is None:
        return {}
    parts = dict(compared.parts)
    if (within := within_gold_range(gold.number, predicted.number)) is not None:
        parts["exact"] = is_exact(gold.number, predicted.number)
        parts["near"] = is_near(gold.number, predicted.number)
        parts["within"] = within
    parts["hedge"] = gold.hedge is predicted.hedge
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
    if gold and predicted and key_of(predicted) != key_of(gold):
        codes["predicted_key"] = key_of(predicted)
    return codes


def key_of(claim: CountClaim) -> str:
    """What a claim is about, for a person: "killed · civilians · the Observatory"."""
    speakers = sorted(_speaker_words(one) for one in claim.speakers)
    part = ["part"] if claim.part_of else []
    words = [_words(claim.outcome.value), *part, _group_words(claim.group), ", ".join(speakers)]
    return " · ".join(word for word in words if word)


def quotes_of(claim: CountClaim | None) -> tuple[str, ...]:
    """The words that prove a claim, in the order of the article."""
    quotes = sorted(claim.quotes, key=_place) if claim else ()
    return tuple(one.text for one in quotes)


def _of_incident(incident: Incident | None) -> list[CountClaim]:
    return [claim for claim in incident.counts if claim.scope is Scope.INCIDENT] if incident else []


def _elsewhere(case: Case) -> Elsewhere:
    """All claims of the article, and which of the cumulative ones stand for each other."""
    incidents, predicted = case.gold.incidents, case.predicted_incidents
    told = case.prediction.cumulative if case.prediction else ()
    pairs = cumulative_pairs(case)
    return Elsewhere(
        gold=[*case.gold.cumulative, *(claim for one in incidents for claim in one.counts)],
        predicted=[*told, *(claim for one in predicted for claim in one.counts)],
        partners={one.gold.id: one.predicted for one in pairs if one.gold and one.predicted},
    )


def _impossible(incident: Incident | None, others: Sequence[CountClaim]) -> frozenset[str]:
    """Ids of the parts of an incident that cannot be parts."""
    violations = subset_violations(incident, others) if incident else ()
    return frozenset(one for found in violations for one in found.parts)


def _told_before(compared: Compared, told: Sequence[CountClaim], case: Case) -> Compared:
    """The same claim marked a repeat if its incident is like one of which this was told already."""
    claim = compared.predicted
    repeats = claim is not None and is_told_in(claim, told, case.names)
    return replace(compared, is_repeat=compared.is_repeat or repeats)


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
    # Telling twice is another error. It is no opportunity either, or repeats would dilute a rate.
    is_new = pair.mistake is not Mistake.DUPLICATE
    harms: dict[Harm, bool] = {}
    if theirs is FigureState.NUM and is_new and not _is_told_otherwise(pair):
        harms[Harm.HALLUCINATED_COUNT] = ours in (FigureState.ABSENT, FigureState.UNKNOWN_NUMBER)
    if gold and _is_labelled_soft(pair):
        harms[Harm.HARDENED] = predicted is not None and is_hardened(gold.number, predicted.number)
    if ours in (FigureState.VAGUE, FigureState.UNKNOWN_NUMBER):
        harms[Harm.UNKNOWN_AS_NUMBER] = theirs is FigureState.NUM
    is_nobody = gold is not None and says_nobody(gold.number)
    told_nobody = predicted is not None and says_nobody(predicted.number)
    if told_nobody and is_new:
        harms[Harm.FALSE_NONE] = not is_nobody
    if is_nobody:
        harms[Harm.ZERO_LOST] = not told_nobody
    # An invented part is one only if it does the harm: possible ones would dilute the rate.
    if predicted and predicted.part_of and is_new and (gold or pair.is_impossible):
        harms[Harm.SUBSET_VIOLATION] = pair.is_impossible
    return harms


def _is_labelled_soft(pair: CountPair) -> bool:
    """Whether the gold figure is soft in its first reading: no prediction may choose which."""
    gold, incident = pair.compared.gold, pair.scene.gold
    return gold is not None and any(
        claim.id == gold.id and is_soft(claim.number) for claim in _of_incident(incident)
    )


def _is_told_otherwise(pair: CountPair) -> bool:
    """Whether a claim alone has a figure that gold has here, of another speaker or group."""
    predicted, incident = pair.compared.predicted, pair.scene.gold
    if pair.mistake not in (Mistake.OTHER_SPEAKER, Mistake.WRONG_GROUP):
        return False
    if pair.compared.gold or predicted is None or incident is None:
        return False
    return any(
        claim.outcome is predicted.outcome
        and is_same_figure(claim.number, predicted.number)
        and share_words(predicted.quotes, claim.quotes)
        for claim in _of_incident(incident)
    )


def _place(quote: Quote) -> tuple[str, int, int, str]:
    return quote.field, quote.start, quote.end, quote.text


def _words(code: str) -> str:
    return code.replace("_", " ")


def _group_words(group: Group) -> str:
    """The group's words and, in brackets, what they were taken to mean beyond them."""
    codes = [code.value for code in (*group.demographics, *group.roles)]
    if group.standing is not Standing.UNSPECIFIED or not (codes or group.text):
        codes.append(group.standing.value)
    told = group.text or ""
    meant = ", ".join(_words(code) for code in codes if code not in told.casefold())
    return f"{told} [{meant}]" if told and meant else told or meant


def _speaker_words(speaker: Speaker) -> str:
    return speaker.name_text or _words(speaker.type.value)
