"""Tolls: the figures of whole groups by outcome, whoever said them and whoever they count.

Many readers want no more than "how many dead". A toll is a figure of an incident that is no part,
was not withdrawn and not revised; two speakers with one figure for one group make one toll. A
predicted toll may stand for any gold one of its outcome, whoever is said to be counted.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from eval.assignment import assign
from eval.cells import Cell, CellKind, CellState, Mistake
from eval.figures import (
    endpoint_log_error,
    is_correct,
    is_exact,
    is_near,
    shown,
    state_of,
    vague_term,
    within_gold_range,
)
from eval.gold import GoldArticle
from eval.scoring.case import Case, Scene
from eval.scoring.counts import count_pairs, measures_of, quotes_of
from eval.scoring.likeness import content_of
from eval.slips import digit_mistake, number_mistake
from extractor.codes import Hedge, Outcome, Qualifier, Scope, Standing, Unit
from extractor.gazetteer import name_key
from extractor.numerals import Number
from extractor.records import CountClaim, Incident

_RIGHT = 1e4  # one right figure outweighs every nearer miss
_SAME_PEOPLE = 1e-6  # decides only between pairings that are equal in all else
_FIRST_READING = 10.0  # what gold asks for, before other readings and what is optional


@dataclass(frozen=True, kw_only=True)
class _Toll:
    """One figure for one outcome, and the claims that give it."""

    outcome: Outcome
    number: Number
    figure: tuple[object, ...]
    """What must be equal for two claims to give it, the words for the group aside."""
    claims: tuple[CountClaim, ...]
    readings: tuple[tuple[Outcome, Number], ...] = field(default=())
    """What it may be read as, the first reading first."""
    is_optional: bool = False


def toll_cells(case: Case) -> list[Cell]:
    """One cell for each toll of each incident, or for two that were paired."""
    parts, old = _loose_parts(case), _told_as_old(case)
    return [cell for scene in case.scenes() for cell in _of_scene(case, scene, parts, old)]


def _of_scene(
    case: Case, scene: Scene, parts: Collection[str], old: Collection[str]
) -> Iterator[Cell]:
    gold = [_read(toll, case.gold, scene.is_optional) for toll in _tolls(scene.gold)]
    # An old figure, rightly told, is a toll only if another speaker stands by it.
    predicted = [
        toll
        for toll in _tolls(scene.predicted, parts)
        if all(claim.id not in old for claim in toll.claims)
        or any(_fits(ours, toll) for ours in gold)
    ]
    chosen = assign(
        [[_worth(ours, theirs) for theirs in predicted] for ours in gold],
        threshold=0.0,
        with_margin=False,
    )
    partners = dict(chosen.pairs)
    for row, ours in enumerate(gold):
        theirs = predicted[partners[row]] if row in partners else None
        yield _cell(case, scene, ours, theirs, is_excused=ours.is_optional)
    told = {predicted[column].figure for column in partners.values()}
    for column, theirs in enumerate(predicted):
        # Whether "people" and "villagers" are two tolls is for gold to say.
        is_old = any(claim.id in old for claim in theirs.claims)
        if column not in partners.values() and theirs.figure not in told and not is_old:
            excused = scene.is_optional or any(of.is_optional and _fits(of, theirs) for of in gold)
            yield _cell(case, scene, None, theirs, is_excused=excused)


def _loose_parts(case: Case) -> frozenset[str]:
    """Ids of predicted claims that stand for a part whose whole need not be told.

    Those that hang on nothing are no tolls all the same.
    """
    parts = (one for incident in case.gold.incidents for one in incident.counts)
    if not any(one.part_of and case.gold.is_optional(one.part_of) for one in parts):
        return frozenset()
    return frozenset(
        predicted.id
        for pair in count_pairs(case)
        if (gold := pair.compared.gold) and (predicted := pair.compared.predicted)
        if gold.part_of is not None and "parent" not in pair.compared.parts
    )


def _told_as_old(case: Case) -> frozenset[str]:
    """Ids of predicted claims that rightly tell a gold figure that was revised or withdrawn."""
    old = frozenset(
        claim.id
        for one in case.gold.incidents
        for claim in one.counts
        if claim.hedge is Hedge.WITHDRAWN or claim.id in _revised(one.counts)
    )
    return frozenset(
        predicted.id
        for pair in (count_pairs(case) if old else ())
        if (gold := pair.compared.gold) and (predicted := pair.compared.predicted)
        if gold.id in old and pair.compared.is_right
    )


def _revised(claims: Iterable[CountClaim]) -> frozenset[str | None]:
    """Ids of the claims that others of these replace."""
    return frozenset(claim.supersedes for claim in claims if claim.supersedes != claim.id)


def _tolls(incident: Incident | None, parts: Collection[str] = ()) -> list[_Toll]:
    """The distinct tolls of an incident, in an order of their own."""
    counts = [claim for claim in incident.counts if claim.id not in parts] if incident else []
    tops = [claim for claim in counts if claim.part_of is None and claim.scope is Scope.INCIDENT]
    revised = _revised(tops)
    standing = [
        claim for claim in tops if claim.id not in revised and claim.hedge is not Hedge.WITHDRAWN
    ]
    groups: dict[tuple[object, ...], list[CountClaim]] = {}
    for claim in sorted(standing, key=_order):
        groups.setdefault(_figure(claim), []).append(claim)
    return [
        _Toll(
            outcome=claims[0].outcome, number=claims[0].number, figure=figure, claims=tuple(claims)
        )
        for figure, alike in groups.items()
        for claims in _by_words(alike)
    ]


def _figure(claim: CountClaim) -> tuple[object, ...]:
    """What makes two figures one: "at least 26" is "more than 25", and bodies are persons."""
    number, group = claim.number, claim.group
    state = state_of(number)
    term = vague_term(number) if number.qualifier is Qualifier.VAGUE else ""
    is_family = number.unit is Unit.FAMILIES
    people = group.standing, frozenset(group.roles), frozenset(group.demographics)
    return claim.outcome, state, number.lower, number.upper, term, is_family, *people


def _by_words(claims: Sequence[CountClaim]) -> Iterator[list[CountClaim]]:
    """Claims with one figure by the words for their group, if nothing else says who it is."""
    group = claims[0].group
    is_open = group.standing is Standing.UNSPECIFIED and not group.roles and not group.demographics
    words = sorted({name_key(one.group.text) for one in claims if one.group.text})
    if not is_open or len(words) < 2:
        yield list(claims)
        return
    for place, word in enumerate(words):
        # One without words may be any of them; it is told with the first.
        yield [
            one
            for one in claims
            if (name_key(one.group.text) == word if one.group.text else place == 0)
        ]


def _order(claim: CountClaim) -> tuple[str, bool, str, str]:
    """Exact figures before approximate ones of the same size, so that the stricter one stands."""
    number = claim.number
    is_rough = number.qualifier in (Qualifier.APPROXIMATELY, Qualifier.NEARLY)
    return claim.outcome.value, is_rough, content_of(claim), claim.id


def _read(toll: _Toll, labels: GoldArticle, is_optional: bool) -> _Toll:
    """A gold toll with its other readings; optional if every claim that gives it is."""
    others = [
        (other.outcome or claim.outcome, other.number or claim.number)
        for claim in toll.claims
        for other in labels.alternatives_of(claim.id)
    ]
    optional = is_optional or all(labels.is_optional(claim.id) for claim in toll.claims)
    return _Toll(
        outcome=toll.outcome,
        number=toll.number,
        figure=toll.figure,
        claims=toll.claims,
        readings=((toll.outcome, toll.number), *others),
        is_optional=optional,
    )


def _fits(gold: _Toll, predicted: _Toll) -> bool:
    """Whether a predicted toll is right in some reading of the gold one."""
    return any(
        outcome is predicted.outcome and is_correct(number, predicted.number)
        for outcome, number in gold.readings
    )


def _worth(gold: _Toll, predicted: _Toll) -> float | None:
    """Right figures first, then as many pairs of one outcome as there are, the nearest first."""
    worths: list[float] = []
    for place, (outcome, number) in enumerate(gold.readings):
        if outcome is not predicted.outcome:
            continue
        error = endpoint_log_error(number, predicted.number)
        near = 0.0 if error is None else 1 / (1 + error)
        right = _RIGHT if is_correct(number, predicted.number) else 0.0
        first = 0.0 if place or gold.is_optional else _FIRST_READING
        people = _SAME_PEOPLE if gold.figure == predicted.figure else 0.0
        worths.append(right + first + near + people)
    return max(worths, default=None)


def _cell(
    case: Case, scene: Scene, gold: _Toll | None, predicted: _Toll | None, *, is_excused: bool
) -> Cell:
    number, outcome = _reading(gold, predicted)
    told = predicted.number if predicted else None
    is_right = gold is not None and predicted is not None and _fits(gold, predicted)
    state = _state(gold, predicted, is_right=is_right, is_excused=is_excused)
    paired = number is not None and told is not None and not is_excused
    return case.cell(
        CellKind.TOLL,
        scene,
        state=state,
        mistake=_mistake(state, number, told),
        gold_id=min(claim.id for claim in gold.claims) if gold else None,
        predicted_id=min(claim.id for claim in predicted.claims) if predicted else None,
        key=outcome.value.replace("_", " "),
        gold=shown(number) if number else None,
        predicted=shown(told) if told else None,
        gold_number=number,
        predicted_number=told,
        slice=outcome.value,
        parts=_parts(number, told, is_right=is_right) if paired else {},
        measures=measures_of(number, told) if paired else {},
        codes={
            "outcome": outcome.value,
            "gold_state": state_of(number).value,
            "predicted_state": state_of(told).value,
        },
        gold_quotes=_quotes(gold),
        predicted_quotes=_quotes(predicted),
    )


def _reading(gold: _Toll | None, predicted: _Toll | None) -> tuple[Number | None, Outcome]:
    """The gold figure in the reading that the prediction fits, if it fits one, and its outcome."""
    if gold is None:
        return None, predicted.outcome if predicted else Outcome.OTHER
    for outcome, number in gold.readings:
        same = predicted is not None and outcome is predicted.outcome
        if predicted and same and is_correct(number, predicted.number):
            return number, outcome
    return gold.number, gold.outcome


def _state(
    gold: _Toll | None, predicted: _Toll | None, *, is_right: bool, is_excused: bool
) -> CellState:
    if is_excused:
        return CellState.EXCUSED
    if gold is None:
        return CellState.SPURIOUS
    if predicted is None:
        return CellState.MISSED
    return CellState.CORRECT if is_right else CellState.WRONG


def _mistake(state: CellState, gold: Number | None, predicted: Number | None) -> Mistake | None:
    if state is CellState.MISSED:
        return Mistake.MISSED
    if state is CellState.SPURIOUS:
        return Mistake.SPURIOUS
    if state is not CellState.WRONG or gold is None or predicted is None:
        return None
    return number_mistake(gold, predicted) or digit_mistake(gold, predicted) or Mistake.OTHER


def _parts(gold: Number | None, predicted: Number | None, *, is_right: bool) -> dict[str, bool]:
    if gold is None or predicted is None:
        return {}
    parts = {"number": is_right}
    if (within := within_gold_range(gold, predicted)) is not None:
        parts |= {
            "exact": is_exact(gold, predicted),
            "near": is_near(gold, predicted),
            "within": within,
        }
    return parts


def _quotes(toll: _Toll | None) -> tuple[str, ...]:
    claims: Iterable[CountClaim] = toll.claims if toll else ()
    return tuple(dict.fromkeys(one for claim in claims for one in quotes_of(claim)))
