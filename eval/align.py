"""Alignment: which predicted incident stands for which gold one, by identity evidence alone."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from eval.assignment import assign
from eval.similarity import shared_words, similarities
from extractor.article import Article
from extractor.gazetteer import name_key
from extractor.records import Incident

LeftoverKind = Literal["missed", "merged", "spurious", "duplicate", "split"]

AMBIGUOUS = 0.02  # a second-best assignment this close could as well be the right one
_DUE = 0.03  # what is due goes before what is optional, above all that decides between equals
_OF_IT = 0.5  # with less of its words in an optional incident, what is told beside it is no part


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two incidents taken to be one: their places in the two lists, and how alike they are."""

    gold: int
    predicted: int
    similarity: float


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """An incident without a partner; `of` is the place, on the other side, of its likeness."""

    index: int
    kind: LeftoverKind
    of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """How the incidents of one article stand to each other, and how sure that is."""

    pairs: tuple[Pair, ...] = ()
    missed: tuple[Leftover, ...] = ()
    """Gold incidents without a partner: `missed` or `merged`."""
    extra: tuple[Leftover, ...] = ()
    """Predicted incidents without a partner: `spurious`, `duplicate` or `split`."""
    similarities: tuple[tuple[float | None, ...], ...] = ()
    """One row a gold incident, one column a predicted one; empty where they cannot be one."""
    margin: float | None = None
    """How much worse the second-best assignment is; empty if there is no other."""

    @property
    def is_ambiguous(self) -> bool:
        """Whether another assignment is nearly as good."""
        return self.margin is not None and self.margin < AMBIGUOUS


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On what terms incidents are aligned."""

    threshold: float = 0.50
    """The least similarity of a pair."""
    agreement_weight: float = 1e-5
    """What equal figures and accused add to a pair: by default so little that they only decide
    between assignments of equal evidence. Negative: what differing ones add."""


FAVOURABLE = Terms(agreement_weight=+AMBIGUOUS)
"""Doubtful pairs go where the claims agree."""
ADVERSARIAL = Terms(agreement_weight=-AMBIGUOUS)
"""Doubtful pairs go where the claims differ."""
COUNT_AWARE = Terms(agreement_weight=0.5)
"""What is scored decides, too: scores rise by chance, which a report shows beside the others."""


def align(
    gold: Sequence[Incident],
    predicted: Sequence[Incident],
    article: Article,
    *,
    optional: Collection[int] = (),
    terms: Terms | None = None,
) -> Alignment:
    """Pair gold and predicted incidents one to one, and tell why the others stay alone.

    `optional` are the places of the gold incidents that need not be told. What is nearly as like
    one that is due is paired with that. An incident without a partner is only said to be merged,
    a duplicate or split where it shares a sentence with its likeness, and to be a part of an
    optional one where it shares most of the words: what is invented is not excused by its place.

    The order of incidents and claims and their ids do not matter: incidents are put into the order
    of their content before they are paired.
    """
    terms = terms or Terms()
    rows, columns = _by_content(gold), _by_content(predicted)
    likeness = _likeness([gold[n] for n in rows], [predicted[n] for n in columns], article)
    bonus = _bonus([gold[n] for n in rows], [predicted[n] for n in columns], terms)
    may_be_left = {row for row, n in enumerate(rows) if n in optional}
    bonus = _with_due(bonus, likeness, may_be_left, terms.threshold)
    chosen = assign(likeness, threshold=terms.threshold, bonus=bonus)
    partners = {rows[row]: columns[column] for row, column in chosen.pairs}
    likely = {
        (row, column): one
        for row, likenesses in zip(rows, likeness, strict=True)
        for column, one in zip(columns, likenesses, strict=True)
        if one is not None and one >= terms.threshold
    }
    shared = {
        (row, column): words
        for row, column in likely
        if (row in partners) != (column in partners.values())
        and (words := shared_words(gold[row], predicted[column], article)) is not None
    }
    told = {pair: likely[pair] for pair in shared}
    return Alignment(
        pairs=tuple(
            Pair(gold=row, predicted=column, similarity=likely[row, column])
            for row, column in sorted(partners.items())
        ),
        missed=tuple(_missed(gold, partners, told)),
        extra=tuple(
            left
            if left.of not in optional or _is_of(left, shared)
            else Leftover(index=left.index, kind="spurious")
            for left in _extra(gold, predicted, partners, told)
        ),
        similarities=_in_given_order(likeness, rows, columns),
        margin=None if chosen.margin is None else round(chosen.margin, _DIGITS_OF_MARGIN),
    )


_DIGITS = 3  # finer differences of similarity are noise: equal claims decide before them
_DIGITS_OF_MARGIN = 4  # what the ties are decided by is no margin
_BY_PLACE = 1e-8  # decides last, between assignments that are equal in all else

_Likeness = tuple[tuple[float | None, ...], ...]
_Likely = dict[tuple[int, int], float]
"""Similarities of the pairs that reach the threshold, by place in the two lists.

They stand in the order of content, so that the first of several equal ones is always the same.
"""


def _likeness(
    gold: Sequence[Incident], predicted: Sequence[Incident], article: Article
) -> _Likeness:
    exact = similarities(gold, predicted, article)
    return tuple(tuple(one if one is None else round(one, _DIGITS) for one in row) for row in exact)


def _in_given_order(likeness: _Likeness, rows: Sequence[int], columns: Sequence[int]) -> _Likeness:
    by_row = dict(zip(rows, likeness, strict=True))
    places = sorted(range(len(columns)), key=columns.__getitem__)
    return tuple(tuple(by_row[row][place] for place in places) for row in range(len(rows)))


def _bonus(
    gold: Sequence[Incident], predicted: Sequence[Incident], terms: Terms
) -> list[list[float]]:
    """What equal claims add to pairs, and then their places in the order of content."""
    weight, is_favourable = abs(terms.agreement_weight), terms.agreement_weight >= 0
    size = max(1, len(gold) * len(predicted))
    theirs = [_plain_claims(one) for one in predicted]
    table: list[list[float]] = []
    for n, one in enumerate(gold, 1):
        mine = _plain_claims(one)
        shares = [_agreement(mine, other) for other in theirs]
        sought = shares if is_favourable else [1.0 - share for share in shares]
        # Products of places prefer pairs that stand alike in both orders.
        table.append(
            [weight * share + _BY_PLACE * n * m / size for m, share in enumerate(sought, 1)]
        )
    return table


def _with_due(
    bonus: Sequence[Sequence[float]], likeness: _Likeness, optional: Collection[int], least: float
) -> list[list[float]]:
    """More for incidents that are due, where an optional one might take what is like them."""
    contested = {
        column
        for row in optional
        for column, one in enumerate(likeness[row])
        if one is not None and one >= least
    }
    return [
        [
            more + (_DUE if column in contested and row not in optional else 0.0)
            for column, more in enumerate(mores)
        ]
        for row, mores in enumerate(bonus)
    ]


def _plain_claims(incident: Incident) -> Counter[tuple[object, ...]]:
    """Outcomes with their bounds, and who is accused: all that may decide between equal pairs."""
    counts = [
        (claim.outcome, claim.number.lower, claim.number.upper, claim.number.term)
        for claim in incident.counts
    ]
    accused = [(name_key(actor.name_text),) for blame in incident.blames for actor in blame.accused]
    return Counter[tuple[object, ...]]([*counts, *accused])


def _agreement(one: Counter[tuple[object, ...]], other: Counter[tuple[object, ...]]) -> float:
    either = (one | other).total()
    return (one & other).total() / either if either else 0.0


def _missed(
    gold: Sequence[Incident], partners: dict[int, int], likely: _Likely
) -> Iterator[Leftover]:
    for index in range(len(gold)):
        if index not in partners:
            like = {column: one for (row, column), one in likely.items() if row == index}
            of = max(like, key=like.__getitem__, default=None)
            yield Leftover(index=index, kind="missed" if of is None else "merged", of=of)


def _extra(
    gold: Sequence[Incident],
    predicted: Sequence[Incident],
    partners: dict[int, int],
    likely: _Likely,
) -> Iterator[Leftover]:
    for index, alone in enumerate(predicted):
        if index in partners.values():
            continue
        like = {row: one for (row, column), one in likely.items() if column == index}
        if not like:
            yield Leftover(index=index, kind="spurious")
            continue
        of = max(like, key=like.__getitem__)
        told = _whole_claims(alone)
        # It is paired, or this one would have been.
        is_told = told <= _whole_claims(predicted[partners[of]])
        is_duplicate = is_told or told == _whole_claims(gold[of])
        yield Leftover(index=index, kind="duplicate" if is_duplicate else "split", of=of)


def _is_of(left: Leftover, shared: _Likely) -> bool:
    """Whether what is told beside an incident is that again, or most of its words are of it."""
    return left.kind == "duplicate" or (
        left.of is not None and shared[left.of, left.index] >= _OF_IT
    )


def _whole_claims(incident: Incident) -> set[tuple[object, ...]]:
    """Figures and blames with all that must agree for one incident to tell another again."""
    counts = [
        (
            claim.outcome,
            claim.number.model_copy(update={"text": ""}),
            claim.group.standing,
            frozenset(claim.group.roles),
            frozenset(claim.group.demographics),
            claim.part_of is None,
            frozenset(one.type for one in claim.speakers),
        )
        for claim in incident.counts
    ]
    blames = [
        (
            claim.stance,
            frozenset(name_key(actor.name_text) for actor in claim.accused),
            frozenset(one.type for one in claim.speakers),
        )
        for claim in incident.blames
    ]
    return {*counts, *blames}


def _by_content(incidents: Sequence[Incident]) -> list[int]:
    """Places of the incidents in the order of what they say, whatever their ids."""
    if len(incidents) < 2:
        return list(range(len(incidents)))
    content = [_content(one.model_dump(mode="json")) for one in incidents]
    return sorted(range(len(incidents)), key=content.__getitem__)


_NAMES_OF_CLAIMS = frozenset({"id", "part_of", "supersedes", "applies_to", "answers"})
_RANKED = frozenset({"places", "attack_types", "within_text", "parents"})


def _content(told: Any, field: str = "") -> str:
    """Canonical JSON without ids, lists sorted unless their order means something."""
    if isinstance(told, dict):
        fields = sorted(cast("dict[str, Any]", told).items())
        kept = (
            f"{json.dumps(name)}:{_content(one, name)}"
            for name, one in fields
            if name not in _NAMES_OF_CLAIMS
        )
        return f"{{{','.join(kept)}}}"
    if isinstance(told, list):
        parts = [_content(one) for one in cast("list[Any]", told)]
        return f"[{','.join(parts if field in _RANKED else sorted(parts))}]"
    return json.dumps(told, ensure_ascii=False)
