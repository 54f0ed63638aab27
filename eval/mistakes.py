"""Mistakes with figures: what kind of error a wrong count is, found from the rest of the gold.

The first kind that fits, mostly in the order of `Mistake`. A figure that equals another gold figure
was taken from there; figures up to three are equal by chance, so they must come from the same
words, and of several sources of one figure those in whose words it stands are meant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from eval.cells import Mistake
from eval.figures import (
    SMALL,
    is_exact,
    is_figure_of,
    is_same_figure,
    is_small,
    says_nobody,
    told_number,
)
from eval.gold import DistractorKind, GoldArticle
from eval.names import Names
from eval.slips import digit_mistake, number_mistake, sums_of
from extractor.codes import Hedge, Scope
from extractor.numerals import Number
from extractor.records import CountClaim, Incident, Quote


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
    found = _elsewhere(gold, predicted, incident, labels)
    if found.is_leak and not is_figure_of(gold.number, predicted.number):
        return Mistake.CUMULATIVE_LEAK
    slip = number_mistake(gold.number, predicted.number)
    if slip is Mistake.ROUNDING and _is_swapped(predicted, found):
        return Mistake.SWAP
    return (
        slip
        or _taken_from(predicted, found, incident, labels, names)
        or digit_mistake(gold.number, predicted.number)
        or _of_other_group(predicted, found)
        or Mistake.OTHER
    )


def is_taken_from(predicted: CountClaim, number: Number, quotes: Sequence[Quote]) -> bool:
    """Whether a predicted claim carries this figure, which stands in these words.

    An "at least" lost on the way does not matter. Small figures and vague words must come from the
    same words; that of nobody or an unknown number tells nothing of where it comes from.
    """
    if not is_same_figure(number, predicted.number):
        return False
    return not is_small(number) or share_words(predicted.quotes, quotes)


def share_words(one: Iterable[Quote], other: Sequence[Quote]) -> bool:
    """Whether two claims are proved by some of the same letters."""
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
    if says_nobody(predicted.number):
        return Mistake.FALSE_NONE
    found = _elsewhere(None, predicted, incident, labels)
    if found.is_leak:
        return Mistake.CUMULATIVE_LEAK
    return (
        _taken_from(predicted, found, incident, labels, names)
        or _of_other_group(predicted, found)
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
    is_in_words: bool
    """Whether these are only the sources in whose words it stands: if there are any, they are."""
    is_toll: bool
    """Whether the predicted claim is given as a toll of its incident."""

    @property
    def can_leak(self) -> bool:
        """Whether a cumulative figure is given as a toll."""
        is_cumulative = bool(self.cumulative) or DistractorKind.CUMULATIVE in self.distractors
        return self.is_toll and is_cumulative

    @property
    def is_leak(self) -> bool:
        """Whether it stands in the words of a cumulative figure, and of no other one here."""
        return self.can_leak and self.is_in_words and not self.near


@dataclass(frozen=True, kw_only=True)
class _Source:
    """A gold figure that a predicted one equals."""

    kind: DistractorKind | str
    claim: CountClaim | None
    is_in_words: bool


def _elsewhere(
    gold: CountClaim | None,
    predicted: CountClaim,
    incident: Incident | None,
    labels: GoldArticle,
) -> _Elsewhere:
    found = list(_sources(gold, predicted, incident, labels))
    in_words = [one for one in found if one.is_in_words]

    kept = in_words or found

    def claims(kind: str) -> tuple[CountClaim, ...]:
        return tuple(one.claim for one in kept if one.kind == kind and one.claim)

    return _Elsewhere(
        near=claims("near"),
        far=claims("far"),
        cumulative=claims("cumulative"),
        distractors=frozenset(one.kind for one in kept if isinstance(one.kind, DistractorKind)),
        is_in_words=bool(in_words),
        is_toll=predicted.scope is Scope.INCIDENT,
    )


def _sources(
    gold: CountClaim | None,
    predicted: CountClaim,
    incident: Incident | None,
    labels: GoldArticle,
) -> Iterator[_Source]:
    def source(
        kind: DistractorKind | str, number: Number, quotes: Sequence[Quote], of: CountClaim | None
    ) -> Iterator[_Source]:
        covers_more = kind in ("cumulative", DistractorKind.CUMULATIVE)
        fits = is_figure_of if covers_more else is_same_figure
        shared = share_words(predicted.quotes, quotes)
        if fits(number, predicted.number) and (shared or not is_small(number)):
            yield _Source(kind=kind, claim=of, is_in_words=shared)

    claims = [(one.id, claim) for one in labels.incidents for claim in one.counts]
    for where, claim in [*claims, *((None, claim) for claim in labels.cumulative)]:
        if gold is None or claim.id != gold.id:
            kind = "near" if incident is not None and where == incident.id else "far"
            is_toll = where is not None and claim.scope is Scope.INCIDENT
            yield from source(kind if is_toll else "cumulative", claim.number, claim.quotes, claim)
    for one in labels.distractors:
        yield from source(one.kind, one.number, [one.quote], None)


def _taken_from(
    predicted: CountClaim,
    found: _Elsewhere,
    incident: Incident | None,
    labels: GoldArticle,
    names: Names,
) -> Mistake | None:
    """From where in the article a wrong figure was taken."""
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
        (Mistake.CUMULATIVE_LEAK, not alike and found.can_leak),
        (Mistake.DISTRACTOR, not alike and bool(found.distractors)),
        (
            Mistake.SUM_ERROR,
            not (alike or found.cumulative) and _is_sum(predicted.number, incident, labels),
        ),
    )
    return next((mistake for mistake, fits in ways if fits), None)


def _is_swapped(predicted: CountClaim, found: _Elsewhere) -> bool:
    """Whether it is the very figure of another outcome, and of none of its own."""
    very = [one for one in found.near if is_exact(one.number, predicted.number)]
    return bool(very) and all(one.outcome is not predicted.outcome for one in very)


def replaced_claims(labels: GoldArticle) -> frozenset[str]:
    """Ids of the gold claims that were revised by another or withdrawn."""
    claims = [claim for one in labels.incidents for claim in one.counts] + [*labels.cumulative]
    revised = {claim.supersedes for claim in claims if claim.supersedes}
    withdrawn = {claim.id for claim in claims if claim.hedge is Hedge.WITHDRAWN}
    return frozenset(revised | withdrawn)


def _of_other_group(predicted: CountClaim, found: _Elsewhere) -> Mistake | None:
    is_here = any(one.outcome is predicted.outcome for one in found.near)
    return Mistake.WRONG_GROUP if is_here else None


def _is_sum(predicted: Number, incident: Incident | None, labels: GoldArticle) -> bool:
    """Whether a figure is a sum or difference of gold figures that one might add up."""
    total = told_number(predicted)
    if total is None or total <= SMALL:
        return False
    here = _told(incident.counts) if incident else []
    minus = any(abs(a - b) == total for a, b in combinations(here, 2))
    if minus or total in sums_of(here):
        return True
    tops = [claim for one in labels.incidents for claim in one.counts if claim.part_of is None]
    outcomes = {claim.outcome for claim in tops}
    return any(
        total in sums_of(_told(claim for claim in tops if claim.outcome is outcome))
        for outcome in outcomes
    )


def _told(claims: Iterable[CountClaim]) -> list[int]:
    told = (told_number(claim.number) for claim in claims)
    return [n for n in told if n]
