"""Cumulative figures: those of more than one incident, told as such or leaked into an incident.

Each such figure of gold, and each one that gold names only as no toll, is one cell; a leak is told
there, so that leaks are counted against the figures that could have leaked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.figures import (
    is_correct,
    is_end_of,
    is_exact,
    is_figure_of,
    is_same_figure,
    is_small,
    shown,
    state_of,
    told_number,
)
from eval.gold import Distractor, DistractorKind
from eval.mistakes import (
    Compared,
    count_mistake,
    is_taken_from,
    share_words,
)
from eval.scoring.case import Case
from eval.scoring.claims import cumulative_among
from eval.scoring.counts import (
    CountPair,
    codes_of,
    count_pairs,
    cumulative_pairs,
    key_of,
    measures_of,
    parts_of_pair,
    quotes_of,
    state_of_pair,
)
from eval.scoring.likeness import content_of
from eval.slips import number_mistake
from extractor.codes import Scope
from extractor.numerals import Number
from extractor.records import CountClaim, Quote


def cumulative_cells(case: Case) -> list[Cell]:
    """One cell for each cumulative figure of either side, and each that gold names as no toll."""
    leaks = _leaks(case)
    cells = [_cell(case, _settled(one, case), leaks) for one in cumulative_pairs(case)]
    return cells + [_of_distractor(case, one, leaks) for one in _distractors(case)]


@dataclass(frozen=True, kw_only=True)
class _Source:
    """A gold figure of more than one incident."""

    key: str
    number: Number
    quotes: Sequence[Quote]


_Leaks = Mapping[str, Sequence[CountClaim]]
"""By key of a source: the predicted claims of incidents that it leaked into."""


def _leaks(case: Case) -> _Leaks:
    claims = cumulative_among(case.gold.incidents, case.gold.cumulative)
    sources = [_Source(key=one.id, number=one.number, quotes=one.quotes) for one in claims]
    sources += [_of(one) for one in _distractors(case)]
    leaks: dict[str, list[CountClaim]] = {}
    for pair in count_pairs(case):
        for source in _leaked(pair, sources, case):
            if pair.compared.predicted:
                leaks.setdefault(source.key, []).append(pair.compared.predicted)
    return leaks


def _of(distractor: Distractor) -> _Source:
    key = distractor.model_dump_json()
    return _Source(key=key, number=distractor.number, quotes=[distractor.quote])


def _leaked(pair: CountPair, sources: Sequence[_Source], case: Case) -> list[_Source]:
    """The cumulative figures that a wrong or invented toll carries, whatever else is wrong in it.

    A figure that is small, or that may as well come from somewhere else, has leaked only if it
    stands in the words of the cumulative one.
    """
    gold, claim = pair.compared.gold, pair.compared.predicted
    state = state_of_pair(pair.compared)
    if claim is None or state not in (CellState.WRONG, CellState.SPURIOUS):
        return []
    is_own = gold is not None and is_figure_of(gold.number, claim.number)
    if is_own or pair.compared.parts.get("number", False) or pair.mistake is Mistake.DUPLICATE:
        return []
    carried = [one for one in sources if is_figure_of(one.number, claim.number)]
    in_words = [one for one in carried if share_words(claim.quotes, one.quotes)]
    if in_words:
        return [] if _stands_here(claim, pair) else in_words
    if pair.mistake is not Mistake.CUMULATIVE_LEAK:
        if _may_come_from_elsewhere(claim, pair, case):
            return []
        carried = [one for one in carried if _names_the_same(one.number, claim.number)]
    return [one for one in carried if not is_small(one.number)]


def _stands_here(claim: CountClaim, pair: CountPair) -> bool:
    """Whether the incident has the figure, too, in the same words."""
    tolls = pair.scene.gold.counts if pair.scene.gold else ()
    return any(
        one.scope is Scope.INCIDENT
        and is_same_figure(one.number, claim.number)
        and share_words(claim.quotes, one.quotes)
        for one in tolls
    )


def _may_come_from_elsewhere(claim: CountClaim, pair: CountPair, case: Case) -> bool:
    gold = pair.compared.gold
    slip = number_mistake(gold.number, claim.number) if gold else None
    return slip in (Mistake.ROUNDING, Mistake.RANGE_COLLAPSED) or any(
        one.scope is Scope.INCIDENT and is_same_figure(one.number, claim.number)
        for incident in case.gold.incidents
        for one in incident.counts
    )


def _names_the_same(gold: Number, predicted: Number) -> bool:
    """Whether both figures are in so many words one, not only near each other."""
    told = told_number(gold)
    is_same_number = told is not None and told == told_number(predicted)
    return is_same_number or is_exact(gold, predicted) or is_end_of(gold, predicted)


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


def _cell(case: Case, compared: Compared, leaks: _Leaks) -> Cell:
    gold, predicted = compared.gold, compared.predicted
    either = gold or predicted
    numbers = (gold.number if gold else None, predicted.number if predicted else None)
    could_leak = gold is not None and not compared.is_excused
    leaked = gold is not None and gold.id in leaks
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


def _of_distractor(case: Case, distractor: Distractor, leaks: _Leaks) -> Cell:
    """Rightly left out, or leaked into an incident."""
    first = min(leaks.get(_of(distractor).key, ()), key=content_of, default=None)
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
