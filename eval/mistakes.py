"""Mistakes with figures: what kind of error a wrong count is, found from the rest of the gold.

The first kind that fits, in the order of `Mistake`. A figure that equals another gold figure was
taken from there; figures up to three are equal by chance, so they must come from the same words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from eval.cells import Mistake
from eval.figures import FigureState, is_correct, is_same_unit, state_of, told_number
from eval.gold import DistractorKind, GoldArticle
from eval.names import Names
from eval.slips import digit_mistake, number_mistake
from extractor.codes import Hedge, Qualifier, Scope
from extractor.numerals import Number
from extractor.records import CountClaim, Incident, Quote

SMALL = 3  # figures up to this are equal by chance
MOST_SUMMED = 12  # of more figures than this only pairs and the sum of all are tried


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A gold claim and the predicted one that was paired with it, or one of them alone."""

    gold: CountClaim | None
    """The gold claim, in the reading that it is judged by."""
    predicted: CountClaim | None
    parts: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """For two that are paired: which parts are right."""
    is_repeat: bool = False
    """For a predicted claim alone: whether the same was told already."""
    is_excused: bool = False
    """Whether it is optional in gold: then it neither rewards nor punishes."""

    @property
    def is_right(self) -> bool:
        """Whether both are there and every part is right."""
        return bool(self.parts) and all(self.parts.values())


def count_mistake(
    compared: Compared, incident: Incident | None, labels: GoldArticle, names: Names
) -> Mistake | None:
    """What kind of error a count is; `None` if it is none.

    Args:
        compared: the gold and the predicted claim.
        incident: the gold incident they stand in; empty for an invented one and a cumulative claim.
        labels: the labels of the article.
        names: which names mean the same in it.
    """
    gold, predicted = compared.gold, compared.predicted
    if compared.is_excused or compared.is_right:
        return None
    if predicted is None:
        return Mistake.MISSED
    if compared.is_repeat:
        return Mistake.DUPLICATE
    if gold is None:
        return _alone(predicted, incident, labels, names)
    if compared.parts.get("number", False):
        return _part_mistake(compared, gold)
    return (
        number_mistake(gold.number, predicted.number)
        or _taken_from(gold, predicted, incident, labels, names)
        or digit_mistake(gold.number, predicted.number)
        or _of_other_group(gold, predicted, incident)
        or Mistake.OTHER
    )


def is_taken_from(predicted: CountClaim, number: Number, quotes: Sequence[Quote]) -> bool:
    """Whether a predicted claim carries this figure, which stands in these words.

    An "at least" lost on the way does not matter. Small figures and vague words must come from the
    same words; that of nobody or an unknown number tells nothing of where it comes from.
    """
    if not _same_figure(number, predicted.number):
        return False
    told = told_number(number) or number.upper or 0
    return told > SMALL or _share_words(predicted.quotes, quotes)


def _same_figure(gold: Number, predicted: Number) -> bool:
    if state_of(gold) in (FigureState.NONE, FigureState.UNKNOWN_NUMBER):
        return False
    if is_correct(gold, predicted):
        return True
    told = told_number(gold)
    return told is not None and told == told_number(predicted) and is_same_unit(gold, predicted)


def _share_words(one: Iterable[Quote], other: Sequence[Quote]) -> bool:
    return any(
        a.field == b.field and a.start < b.end and b.start < a.end for a in one for b in other
    )


def _part_mistake(compared: Compared, gold: CountClaim) -> Mistake:
    """The number is right and something else is not."""
    wrong = {name for name, right in compared.parts.items() if not right}
    if "parent" in wrong:
        return Mistake.MISFILED if gold.part_of else Mistake.TOTAL_AS_SUBSET
    for name, mistake in _PARTS:
        if name in wrong:
            return mistake
    return Mistake.OTHER


_PARTS = (
    ("outcome", Mistake.WRONG_OUTCOME),
    ("group", Mistake.WRONG_GROUP),
    ("speakers", Mistake.WRONG_SPEAKER),
)


def _alone(
    predicted: CountClaim, incident: Incident | None, labels: GoldArticle, names: Names
) -> Mistake:
    if predicted.number.qualifier is Qualifier.NONE:
        return Mistake.FALSE_NONE
    return (
        _taken_from(None, predicted, incident, labels, names)
        or _of_other_group(None, predicted, incident)
        or Mistake.HALLUCINATED
    )


@dataclass(frozen=True, kw_only=True)
class _Elsewhere:
    """Where else in the article's gold a predicted figure stands."""

    near: tuple[CountClaim, ...]
    """Other claims of the incident that carry it."""
    far: tuple[CountClaim, ...]
    """Claims of other incidents that do."""
    cumulative: tuple[CountClaim, ...]
    """Other cumulative claims that do."""
    distractors: frozenset[DistractorKind]
    """Kinds of the figures that are no toll and do."""


def _elsewhere(
    gold: CountClaim | None,
    predicted: CountClaim,
    incident: Incident | None,
    labels: GoldArticle,
) -> _Elsewhere:
    def carried(claims: Iterable[CountClaim]) -> tuple[CountClaim, ...]:
        others = (one for one in claims if gold is None or one.id != gold.id)
        return tuple(one for one in others if is_taken_from(predicted, one.number, one.quotes))

    others = [one for one in labels.incidents if incident is None or one.id != incident.id]
    return _Elsewhere(
        near=carried(incident.counts if incident else ()),
        far=carried(claim for one in others for claim in one.counts),
        cumulative=carried(labels.cumulative),
        distractors=frozenset(
            one.kind
            for one in labels.distractors
            if is_taken_from(predicted, one.number, [one.quote])
        ),
    )


def _taken_from(
    gold: CountClaim | None,
    predicted: CountClaim,
    incident: Incident | None,
    labels: GoldArticle,
    names: Names,
) -> Mistake | None:
    """From where in the article a wrong figure was taken."""
    found = _elsewhere(gold, predicted, incident, labels)
    alike = [one for one in found.near if one.outcome is predicted.outcome]
    is_part, replaced = predicted.part_of is not None, replaced_claims(labels)
    ways = (
        (Mistake.SWAP, len(alike) < len(found.near)),
        (Mistake.SUBSET_AS_TOTAL, not is_part and any(one.part_of for one in alike)),
        (Mistake.TOTAL_AS_SUBSET, is_part and not all(one.part_of for one in alike)),
        (
            Mistake.OTHER_SPEAKER,
            any(not names.same_speakers(one.speakers, predicted.speakers) for one in alike),
        ),
        (
            Mistake.SUPERSEDED,
            any(one.id in replaced for one in alike)
            or DistractorKind.SUPERSEDED in found.distractors,
        ),
        (Mistake.OTHER_INCIDENT, not alike and bool(found.far)),
        (
            Mistake.CUMULATIVE_LEAK,
            not alike
            and predicted.scope is Scope.INCIDENT
            and (bool(found.cumulative) or DistractorKind.CUMULATIVE in found.distractors),
        ),
        (Mistake.DISTRACTOR, not alike and bool(found.distractors)),
        (
            Mistake.SUM_ERROR,
            not (alike or found.cumulative) and _is_sum(predicted.number, incident, labels),
        ),
    )
    return next((mistake for mistake, fits in ways if fits), None)


def replaced_claims(labels: GoldArticle) -> frozenset[str]:
    """Ids of the gold claims that were revised by another or withdrawn."""
    claims = [claim for one in labels.incidents for claim in one.counts] + [*labels.cumulative]
    revised = {claim.supersedes for claim in claims if claim.supersedes}
    withdrawn = {claim.id for claim in claims if claim.hedge is Hedge.WITHDRAWN}
    return frozenset(revised | withdrawn)


def _of_other_group(
    gold: CountClaim | None, predicted: CountClaim, incident: Incident | None
) -> Mistake | None:
    others = (
        [one for one in incident.counts if gold is None or one.id != gold.id] if incident else []
    )
    fits = any(
        one.outcome is predicted.outcome and is_taken_from(predicted, one.number, one.quotes)
        for one in others
    )
    return Mistake.WRONG_GROUP if fits else None


def _is_sum(predicted: Number, incident: Incident | None, labels: GoldArticle) -> bool:
    """Whether a figure is a sum or difference of gold figures that one might add up."""
    total = told_number(predicted)
    if total is None or total <= SMALL:
        return False
    here = _told(incident.counts) if incident else []
    minus = any(abs(a - b) == total for a, b in combinations(here, 2))
    if minus or total in _sums(here):
        return True
    tops = [claim for one in labels.incidents for claim in one.counts if claim.part_of is None]
    outcomes = {claim.outcome for claim in tops}
    return any(
        total in _sums(_told(claim for claim in tops if claim.outcome is outcome))
        for outcome in outcomes
    )


def _told(claims: Iterable[CountClaim]) -> list[int]:
    told = (told_number(claim.number) for claim in claims)
    return [n for n in told if n]


def _sums(figures: Sequence[int]) -> set[int]:
    """Sums of two or three figures, and of all of them."""
    sizes = (2, 3) if len(figures) <= MOST_SUMMED else (2,)
    parts = {sum(some) for size in sizes for some in combinations(figures, size)}
    return parts | ({sum(figures)} if len(figures) > 1 else set())
