"""Claims paired: which predicted count stands for which gold one, blind to the numbers.

Those that agree on outcome, group and speakers come first; among them, and then among the rest,
the words, the quotes and the place in the whole decide, in one assignment. A number decides only
between pairings that are alike in everything else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eval.assignment import assign
from eval.figures import endpoint_log_error, is_correct, state_of
from eval.gold import GoldArticle
from eval.mistakes import Compared
from eval.names import Names
from eval.scoring.likeness import Ledger, is_same_key, key_parts, likeness, shares
from extractor.codes import Scope
from extractor.numerals import Number
from extractor.records import CountClaim, Incident

ENOUGH = 60  # claims less alike than this are two claims, not one told wrongly

_FIRST = 1e6  # agreeing on the whole key outweighs everything else together
_REQUIRED = 1e3  # … then what must be told, before what may be
_SECOND_READING = 5.0  # between equals, the first reading is meant
_BY_NUMBER = 1e-5  # smaller than any difference of identity


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What stands around the claims that are paired: parts may have their wholes there."""

    gold: Sequence[CountClaim] = ()
    predicted: Sequence[CountClaim] = ()
    partners: Mapping[str, CountClaim] = field(default_factory=dict[str, CountClaim])
    """By id of a gold claim there: the predicted one that was paired with it."""


NOWHERE = Elsewhere()


def pair_claims(
    gold: Sequence[CountClaim],
    predicted: Sequence[CountClaim],
    labels: GoldArticle,
    names: Names,
    *,
    is_optional: bool = False,
    elsewhere: Elsewhere = NOWHERE,
) -> list[Compared]:
    """Every claim of both sides, paired or alone, in an order that the lists do not decide.

    Args:
        gold: the gold claims of one incident, or the cumulative ones.
        predicted: the predicted claims of the incident paired with it.
        labels: tells which gold claims are optional and which have other readings.
        names: which names mean the same.
        is_optional: whether all of it neither rewards nor punishes.
        elsewhere: further claims of both sides, of which these may be parts.
    """
    ours = Ledger.of(gold, names, elsewhere.gold)
    theirs = Ledger.of(predicted, names, elsewhere.predicted)
    readings = [_readings(claim, labels) for claim in ours.claims]
    optional = [is_optional or labels.is_optional(claim.id) for claim in ours.claims]
    rows = [[_match(some, claim, ours, theirs) for claim in theirs.claims] for some in readings]
    for column in range(len(theirs.claims)):
        for row in _preferred([cells[column] for cells in rows], optional):
            rows[row][column] = rows[row][column].preferred()
    chosen = assign(
        [[cell.worth for cell in row] for row in rows],
        threshold=ENOUGH,
        bonus=[[cell.bonus for cell in row] for row in rows],
        with_margin=False,
    )
    partners = dict(chosen.pairs)
    told = {ours.claims[row].id: theirs.claims[column] for row, column in chosen.pairs}
    wholes = _Wholes(
        ours=ours, theirs=theirs, partners={**elsewhere.partners, **told}, labels=labels
    )
    compared: list[Compared] = []
    for row, some in enumerate(readings):
        if row in partners:
            one = _judged(some, theirs.claims[partners[row]], wholes)
        else:
            one = Compared(gold=some[0], predicted=None)
        compared.append(_excused_if(one, optional[row]))
    taken = set(partners.values())
    for column, claim in enumerate(theirs.claims):
        if column not in taken:
            repeated = [
                row
                for row, cells in enumerate(rows)
                if cells[column].is_same_key and _is_repeat(readings[row], claim)
            ]
            # Of an optional claim only its own figure is excused, not any figure of its key.
            excused = is_optional or any(optional[row] for row in repeated)
            one = Compared(gold=None, predicted=claim, is_repeat=bool(repeated))
            compared.append(_excused_if(one, excused))
    return compared


def cumulative_among(
    incidents: Iterable[Incident], cumulative: Iterable[CountClaim]
) -> list[CountClaim]:
    """The cumulative claims of one side, and those that stand among an incident's own."""
    astray = [
        claim for one in incidents for claim in one.counts if claim.scope is not Scope.INCIDENT
    ]
    return [*cumulative, *astray]


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
    is_right: bool
    """Whether the number is right, too, in a reading with this key."""

    def preferred(self) -> "_Match":
        """The same, before others that have the key."""
        return replace(self, worth=None if self.worth is None else self.worth + _REQUIRED)


def _preferred(cells: Sequence[_Match], optional: Sequence[bool]) -> list[int]:
    """The gold claims of a predicted claim's key that it stands for first.

    That are those which must be told, so that a figure of theirs, or an invented one, is not
    excused; a figure that only an optional claim has stands for that one.
    """
    alike = [row for row, cell in enumerate(cells) if cell.is_same_key]
    required = [row for row in alike if not optional[row]]
    right = [row for row in alike if cells[row].is_right]
    is_only_optional = bool(right) and all(optional[row] for row in right)
    return right if is_only_optional else required


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
    number = predicted.number
    return _Match(
        worth=max(possible, default=None),
        bonus=_BY_NUMBER * max(near for _, near, same in worths if same is same_key),
        is_same_key=same_key,
        is_right=any(
            same and is_correct(one.number, number)
            for one, (_, _, same) in zip(readings, worths, strict=True)
        ),
    )


def _closeness(gold: Number, predicted: Number) -> float:
    """How near two figures are; a right one outweighs two that are merely near."""
    if state_of(gold) is not state_of(predicted):
        return 0.0
    error = endpoint_log_error(gold, predicted)
    near = 0.25 if error is None else 0.5 / (1 + error)
    return near + is_correct(gold, predicted)


@dataclass(frozen=True, kw_only=True)
class _Wholes:
    """Both sides with their wholes, and which stand for each other."""

    ours: Ledger
    theirs: Ledger
    partners: Mapping[str, CountClaim]
    """By id of a gold claim: the predicted one that was paired with it."""
    labels: GoldArticle

    def is_left_open(self, gold: CountClaim, predicted: CountClaim) -> bool:
        """Whether the whole of a gold part need not be told, and no other was told of the part.

        Telling the whole beside a part that hangs on none must not cost what silence would not.
        """
        whole = self.ours.whole_of(gold)
        if whole is None or not self.labels.is_optional(whole.id):
            return False
        return whole.id not in self.partners or predicted.part_of is None

    def are_same(self, gold: CountClaim, predicted: CountClaim) -> bool:
        """Whether the predicted part hangs on what stands for the gold whole, or might as well.

        Wholes that say the same can stand for each other, whichever was paired with which.
        """
        whole, other = self.ours.whole_of(gold), self.theirs.whole_of(predicted)
        if whole is None or other is None:
            return False
        equal = [one for one in self.ours.by_id.values() if self._say_the_same(whole, one)]
        standing = [self.partners[one.id] for one in equal if one.id in self.partners]
        return any(self._say_the_same(one, other) for one in [whole, *standing])

    def _say_the_same(self, one: CountClaim, other: CountClaim) -> bool:
        names = self.ours.names
        same_words = names.same(one.group.text, other.group.text)
        return same_words and is_told_in(other, [one], names)


def _judged(readings: Sequence[CountClaim], predicted: CountClaim, wholes: _Wholes) -> Compared:
    """Two paired claims, in the reading of gold that suits the prediction best."""
    judged = [
        Compared(gold=reading, predicted=predicted, parts=_parts(reading, predicted, wholes))
        for reading in readings
    ]
    return max(judged, key=lambda one: (one.is_right, sum(one.parts.values())))


def _parts(gold: CountClaim, predicted: CountClaim, wholes: _Wholes) -> dict[str, bool]:
    parts = {
        "number": is_correct(gold.number, predicted.number),
        **key_parts(gold, predicted, wholes.ours.names),
    }
    if gold.scope is Scope.INCIDENT is predicted.scope:
        del parts["scope"]  # it cannot be wrong there
    is_part = gold.part_of is not None or predicted.part_of is not None
    if is_part and not wholes.is_left_open(gold, predicted):
        parts["parent"] = wholes.are_same(gold, predicted)
    return parts


def _is_repeat(readings: Sequence[CountClaim], predicted: CountClaim) -> bool:
    return any(
        is_correct(reading.number, predicted.number)
        and (reading.part_of is None) == (predicted.part_of is None)
        for reading in readings
    )


def _excused_if(compared: Compared, is_excused: bool) -> Compared:
    return replace(compared, is_excused=True) if is_excused else compared
