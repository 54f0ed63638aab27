"""Cumulative figures: those of more than one incident, told as such or leaked into an incident.

Each such figure of gold, and each one that gold names only as no toll, is one cell; a leak is told
there, so that leaks are counted against the figures that could have leaked.
"""

from dataclasses import replace

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.figures import is_correct, shown, state_of
from eval.gold import Distractor, DistractorKind
from eval.mistakes import Compared, count_mistake, is_taken_from
from eval.scoring.case import Case
from eval.scoring.claims import pair_claims
from eval.scoring.counts import (
    codes_of,
    count_pairs,
    key_of,
    measures_of,
    parts_of_pair,
    quotes_of,
    state_of_pair,
)
from extractor.codes import Scope
from extractor.records import CountClaim, Incident


def cumulative_cells(case: Case) -> list[Cell]:
    """One cell for each cumulative figure of either side, and each that gold names as no toll."""
    leaks = _leaks(case)
    compared = pair_claims(_gold(case), _predicted(case), case.gold, case.names)
    cells = [_cell(case, _settled(one, case), leaks) for one in compared]
    return cells + [_of_distractor(case, one, leaks) for one in _distractors(case)]


def _leaks(case: Case) -> list[CountClaim]:
    """Predicted claims of an incident that carry a cumulative figure."""
    return [
        pair.compared.predicted
        for pair in count_pairs(case)
        if pair.mistake is Mistake.CUMULATIVE_LEAK and pair.compared.predicted
    ]


def _gold(case: Case) -> list[CountClaim]:
    return [*case.gold.cumulative, *_astray(case.gold.incidents)]


def _predicted(case: Case) -> list[CountClaim]:
    told = case.prediction.cumulative if case.prediction else ()
    return [*told, *_astray(case.predicted_incidents)]


def _astray(incidents: tuple[Incident, ...]) -> list[CountClaim]:
    """Cumulative claims that stand among an incident's own."""
    return [claim for one in incidents for claim in one.counts if claim.scope is not Scope.INCIDENT]


def _distractors(case: Case) -> list[Distractor]:
    kept = [one for one in case.gold.distractors if one.kind is DistractorKind.CUMULATIVE]
    return sorted(kept, key=lambda one: one.model_dump_json())


def _settled(compared: Compared, case: Case) -> Compared:
    """What neither rewards nor punishes: a claim of an optional incident, a figure named no toll.

    The latter was told as cumulative, which is what gold says of it.
    """
    claim, gold = compared.predicted, compared.gold
    if gold is not None:
        optional = any(
            one.id == gold.id
            for incident in case.gold.incidents
            if case.gold.is_optional(incident.id)
            for one in incident.counts
        )
        return replace(compared, is_excused=compared.is_excused or optional)
    if claim is None:
        return compared
    is_named = any(
        is_correct(one.number, claim.number) and is_taken_from(claim, one.number, [one.quote])
        for one in _distractors(case)
    )
    return replace(compared, is_excused=compared.is_excused or is_named)


def _cell(case: Case, compared: Compared, leaks: list[CountClaim]) -> Cell:
    gold, predicted = compared.gold, compared.predicted
    either = gold or predicted
    numbers = (gold.number if gold else None, predicted.number if predicted else None)
    could_leak = gold is not None and not compared.is_excused
    leaked = gold is not None and any(
        is_taken_from(claim, gold.number, gold.quotes) for claim in leaks
    )
    return case.cell(
        CellKind.CUMULATIVE,
        None,
        state=state_of_pair(compared),
        mistake=count_mistake(compared, None, case.gold, case.names),
        gold_id=gold.id if gold else None,
        predicted_id=predicted.id if predicted else None,
        key=_key(either) if either else "",
        gold=shown(gold.number) if gold else None,
        predicted=shown(predicted.number) if predicted else None,
        gold_number=numbers[0],
        predicted_number=numbers[1],
        slice=either.scope.value if either else "",
        parts=parts_of_pair(compared),
        measures={} if compared.is_excused else measures_of(*numbers),
        codes=codes_of(gold, predicted),
        opportunities=(Harm.CUMULATIVE_LEAK,) if could_leak else (),
        harms=(Harm.CUMULATIVE_LEAK,) if could_leak and leaked else (),
        gold_quotes=quotes_of(gold),
        predicted_quotes=quotes_of(predicted),
    )


def _key(claim: CountClaim) -> str:
    return f"{key_of(claim)} · {claim.scope.value.replace('_', ' ')}"


def _of_distractor(case: Case, distractor: Distractor, leaks: list[CountClaim]) -> Cell:
    """Rightly left out, or leaked into an incident."""
    leaked = [
        claim for claim in leaks if is_taken_from(claim, distractor.number, [distractor.quote])
    ]
    first = min(leaked, key=lambda one: one.model_dump_json()) if leaked else None
    return case.cell(
        CellKind.CUMULATIVE,
        None,
        state=CellState.SPURIOUS if first else CellState.ABSTAINED,
        mistake=Mistake.CUMULATIVE_LEAK if first else None,
        predicted_id=first.id if first else None,
        key=f"{shown(distractor.number)} · {distractor.kind.value}",
        predicted=shown(first.number) if first else None,
        predicted_number=first.number if first else None,
        slice=distractor.kind.value,
        codes={"distractor": distractor.kind.value, "gold_state": state_of(None).value},
        opportunities=(Harm.CUMULATIVE_LEAK,),
        harms=(Harm.CUMULATIVE_LEAK,) if first else (),
        gold_quotes=(distractor.quote.text,),
        predicted_quotes=quotes_of(first),
    )
