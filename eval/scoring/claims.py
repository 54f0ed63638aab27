"""Claims paired: which predicted count stands for which gold one, blind to the numbers.

Those that agree on outcome, group and speakers come first; among them, and then among the rest,
the words, the quotes and the place in the whole decide, in one assignment. A number decides only
between pairings that are alike in everything else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.assignment import assign
from eval.figures import endpoint_log_error, is_correct, state_of
from eval.gold import GoldArticle
from eval.mistakes import Compared
from eval.names import Names
from eval.scoring.likeness import Ledger, is_same_key, key_parts, likeness, shares
from extractor.codes import Scope
from extractor.numerals import Number
from extractor.records import CountClaim

ENOUGH = 60  # claims less alike than this are two claims, not one told wrongly

_FIRST = 1e5  # agreeing on the whole key outweighs everything else together
_SECOND_READING = 5.0  # between equals, the first reading is meant
_BY_NUMBER = 1e-5  # smaller than any difference of identity


def pair_claims(
    gold: Sequence[CountClaim],
    predicted: Sequence[CountClaim],
    labels: GoldArticle,
    names: Names,
    *,
    is_optional: bool = False,
) -> list[Compared]:
    """Every claim of both sides, paired or alone, in an order that the lists do not decide.

    Args:
        gold: the gold claims of one incident, or the cumulative ones.
        predicted: the predicted claims of the incident paired with it.
        labels: tells which gold claims are optional and which have other readings.
        names: which names mean the same.
        is_optional: whether all of it neither rewards nor punishes.
    """
    ours, theirs = Ledger.of(gold, names), Ledger.of(predicted, names)
    readings = [_readings(claim, labels) for claim in ours.claims]
    rows = [[_match(some, claim, ours, theirs) for claim in theirs.claims] for some in readings]
    chosen = assign(
        [[cell.worth for cell in row] for row in rows],
        threshold=ENOUGH,
        bonus=[[cell.bonus for cell in row] for row in rows],
        with_margin=False,
    )
    partners = dict(chosen.pairs)
    told = {ours.claims[row].id: theirs.claims[column] for row, column in chosen.pairs}
    optional = [is_optional or labels.is_optional(claim.id) for claim in ours.claims]
    compared: list[Compared] = []
    for row, some in enumerate(readings):
        if row in partners:
            one = _judged(some, theirs.claims[partners[row]], ours, theirs, told)
        else:
            one = Compared(gold=some[0], predicted=None)
        compared.append(_excused_if(one, optional[row]))
    taken = set(partners.values())
    for column, claim in enumerate(theirs.claims):
        if column not in taken:
            alike = [row for row, cells in enumerate(rows) if cells[column].is_same_key]
            repeats = any(_is_repeat(readings[row], claim) for row in alike)
            excused = is_optional or any(optional[row] for row in alike)
            one = Compared(gold=None, predicted=claim, is_repeat=repeats)
            compared.append(_excused_if(one, excused))
    return compared


def is_told_in(claim: CountClaim, gold: Iterable[CountClaim], names: Names) -> bool:
    """Whether a predicted claim repeats one of these gold claims, number included."""
    return any(is_same_key(one, claim, names) and _is_repeat((one,), claim) for one in gold)


def _readings(claim: CountClaim, labels: GoldArticle) -> tuple[CountClaim, ...]:
    """The claim as labelled, then every other way in which it may be read."""
    others = labels.alternatives_of(claim.id)
    fields = ("number", "outcome", "group", "speakers")
    changes = [
        {name: told for name in fields if (told := getattr(other, name)) is not None}
        for other in others
    ]
    return (claim, *(claim.model_copy(update=changed) for changed in changes if changed))


@dataclass(frozen=True, kw_only=True)
class _Match:
    """How well a gold and a predicted claim go together."""

    worth: float | None
    bonus: float
    is_same_key: bool


def _match(
    readings: Sequence[CountClaim], predicted: CountClaim, ours: Ledger, theirs: Ledger
) -> _Match:
    first = readings[0]
    overlap = shares(ours.letters[id(first)], theirs.letters[id(predicted)])
    worths: list[tuple[float | None, float, bool]] = []
    for reading in readings:
        alike = likeness(reading, predicted, overlap, ours, theirs)
        same = alike is not None and is_same_key(reading, predicted, ours.names)
        if alike is not None:
            alike += (_FIRST if same else 0.0) - (0.0 if reading is first else _SECOND_READING)
        worths.append((alike, _closeness(reading.number, predicted.number), same))
    possible = [worth for worth, _, _ in worths if worth is not None]
    same_key = any(same for _, _, same in worths)
    return _Match(
        worth=max(possible, default=None),
        bonus=_BY_NUMBER * max(near for _, near, same in worths if same is same_key),
        is_same_key=same_key,
    )


def _closeness(gold: Number, predicted: Number) -> float:
    """How near two figures are; a right one outweighs two that are merely near."""
    if state_of(gold) is not state_of(predicted):
        return 0.0
    error = endpoint_log_error(gold, predicted)
    near = 0.25 if error is None else 0.5 / (1 + error)
    return near + is_correct(gold, predicted)


def _judged(
    readings: Sequence[CountClaim],
    predicted: CountClaim,
    ours: Ledger,
    theirs: Ledger,
    told: Mapping[str, CountClaim],
) -> Compared:
    """Two paired claims, in the reading of gold that suits the prediction best."""
    judged = [
        Compared(
            gold=reading, predicted=predicted, parts=_parts(reading, predicted, ours, theirs, told)
        )
        for reading in readings
    ]
    return max(judged, key=lambda one: (one.is_right, sum(one.parts.values())))


def _parts(
    gold: CountClaim,
    predicted: CountClaim,
    ours: Ledger,
    theirs: Ledger,
    told: Mapping[str, CountClaim],
) -> dict[str, bool]:
    parts = {
        "number": is_correct(gold.number, predicted.number),
        **key_parts(gold, predicted, ours.names),
    }
    if gold.scope is Scope.INCIDENT is predicted.scope:
        del parts["scope"]  # it cannot be wrong there
    if gold.part_of is not None or predicted.part_of is not None:
        parts["parent"] = _is_same_whole(gold, predicted, ours, theirs, told)
    return parts


def _is_same_whole(
    gold: CountClaim,
    predicted: CountClaim,
    ours: Ledger,
    theirs: Ledger,
    told: Mapping[str, CountClaim],
) -> bool:
    """Whether the predicted part hangs on what stands for the gold whole, or might as well."""
    whole, other = ours.whole_of(gold), theirs.whole_of(predicted)
    if whole is None or other is None:
        return False
    if told.get(whole.id) is other:
        return True
    same_words = ours.names.same(whole.group.text, other.group.text)
    return same_words and is_told_in(other, [whole], ours.names)


def _is_repeat(readings: Sequence[CountClaim], predicted: CountClaim) -> bool:
    return any(
        is_correct(reading.number, predicted.number)
        and (reading.part_of is None) == (predicted.part_of is None)
        for reading in readings
    )


def _excused_if(compared: Compared, is_excused: bool) -> Compared:
    return replace(compared, is_excused=True) if is_excused else compared
