"""Likeness: how surely two count claims are one, whatever their numbers say."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.fuzz import token_sort_ratio

from eval.names import Names
from extractor.codes import Standing
from extractor.gazetteer import name_key
from extractor.records import CountClaim, Group, Quote

OUTCOME, SCOPE, GROUP, GROUP_TEXT, SPEAKERS, QUOTES, PART, PARENT = 20, 5, 15, 10, 15, 20, 10, 5
"""What each part of a claim's identity weighs, of 100."""
SAME_WORDS = 0.5  # an outcome may only be taken for another in words that are half the same


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The claims of one side, in an order of their own, and what is needed to compare them."""

    claims: tuple[CountClaim, ...]
    by_id: Mapping[str, CountClaim]
    """These claims, and those elsewhere that they may be parts of."""
    letters: Mapping[int, tuple[int, int]]
    """By the identity of the claim: its quotes as bits, of the text and of the title."""
    names: Names

    @classmethod
    def of(
        cls, claims: Iterable[CountClaim], names: Names, others: Iterable[CountClaim] = ()
    ) -> "Ledger":
        """Put the claims of one side in order; their wholes may stand among the others."""
        mine = list(claims)
        by_id = {claim.id: claim for claim in (*others, *mine)}
        known = [*mine, *(by_id[one.part_of] for one in mine if one.part_of in by_id)]
        return cls(
            claims=in_order(mine, by_id),
            by_id=by_id,
            letters={id(claim): _letters(claim.quotes) for claim in known},
            names=names,
        )

    def whole_of(self, claim: CountClaim) -> CountClaim | None:
        """The claim it is a part of, if that is known and not itself."""
        whole = self.by_id.get(claim.part_of or "")
        return None if whole is None or whole.id == claim.id else whole


def content_of(claim: CountClaim) -> str:
    """All that a claim says, without ids and whatever the order of its lists."""
    told: dict[str, Any] = claim.model_dump(mode="json", exclude={"id", "part_of", "supersedes"})
    lists = {name: sorted(map(json.dumps, told[name])) for name in ("speakers", "quotes")}
    return json.dumps({**told, **lists}, sort_keys=True)


def in_order(
    claims: Iterable[CountClaim], by_id: Mapping[str, CountClaim]
) -> tuple[CountClaim, ...]:
    """Claims by what they say, then by their wholes, parts and siblings, and only then by id.

    Two that are equal in all of that can stand for each other.
    """
    ordered = sorted(claims, key=lambda one: one.id)
    places = {claim.id: place for place, claim in enumerate(ordered)}
    wholes = [places.get(claim.part_of or "") for claim in ordered]
    ranks = _ranked([(content_of(one), _whole_elsewhere(one, places, by_id)) for one in ordered])
    while True:
        parts: dict[int | None, list[int]] = {}
        for place, whole in enumerate(wholes):
            parts.setdefault(whole, []).append(ranks[place])
        finer = _ranked(
            [
                (rank, -1 if whole is None else ranks[whole], sorted(parts.get(place, ())))
                for place, (rank, whole) in enumerate(zip(ranks, wholes, strict=True))
            ]
        )
        if len(set(finer)) == len(set(ranks)):
            order = sorted(range(len(ordered)), key=finer.__getitem__)
            return tuple(ordered[place] for place in order)
        ranks = finer


def _ranked(values: Sequence[Any]) -> list[int]:
    ranks = {repr(value): rank for rank, value in enumerate(sorted(values))}
    return [ranks[repr(value)] for value in values]


def _whole_elsewhere(
    claim: CountClaim, here: Mapping[str, int], by_id: Mapping[str, CountClaim]
) -> str:
    """What the claim's whole says if it stands elsewhere; a dash if it stands nowhere."""
    if claim.part_of is None or claim.part_of in here:
        return ""
    whole = by_id.get(claim.part_of)
    return "-" if whole is None else content_of(whole)


def _letters(quotes: Iterable[Quote]) -> tuple[int, int]:
    text = title = 0
    for one in quotes:
        bits = ((1 << (one.end - one.start)) - 1) << one.start
        text, title = (text | bits, title) if one.field == "text" else (text, title | bits)
    return text, title


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """How many letters two claims' quotes share: of the shorter, and of both together."""

    of_shorter: float
    of_both: float


def shares(one: tuple[int, int], other: tuple[int, int]) -> Overlap:
    """How many letters two claims share."""
    shared = sum((a & b).bit_count() for a, b in zip(one, other, strict=True))
    either = sum((a | b).bit_count() for a, b in zip(one, other, strict=True))
    shorter = min(sum(bits.bit_count() for bits in side) for side in (one, other))
    return Overlap(
        of_shorter=shared / shorter if shorter else 0.0, of_both=shared / either if either else 0.0
    )


def is_same_key(gold: CountClaim, predicted: CountClaim, names: Names) -> bool:
    """Whether two claims agree on outcome, group, speakers and scope."""
    return all(key_parts(gold, predicted, names).values())


def key_parts(gold: CountClaim, predicted: CountClaim, names: Names) -> dict[str, bool]:
    """Which parts of the key two claims share."""
    return {
        "outcome": gold.outcome is predicted.outcome,
        "scope": gold.scope is predicted.scope,
        "group": is_same_group(gold.group, predicted.group),
        "speakers": names.same_speakers(gold.speakers, predicted.speakers),
    }


def is_same_group(one: Group, other: Group) -> bool:
    """Whether two groups are the same by standing, roles and demographics; words do not count."""
    return (
        one.standing is other.standing
        and set(one.roles) == set(other.roles)
        and set(one.demographics) == set(other.demographics)
    )


def likeness(
    gold: CountClaim,
    predicted: CountClaim,
    overlap: Overlap,
    ours: Ledger,
    theirs: Ledger,
) -> float | None:
    """How surely two claims are one, of 100; `None` if they cannot be."""
    if gold.outcome is not predicted.outcome and overlap.of_shorter < SAME_WORDS:
        return None
    return (
        OUTCOME * (gold.outcome is predicted.outcome)
        + SCOPE * (gold.scope is predicted.scope)
        + GROUP * _group_likeness(gold.group, predicted.group)
        + GROUP_TEXT * _text_likeness(gold.group.text, predicted.group.text)
        + SPEAKERS * _speaker_likeness(gold, predicted, ours.names)
        + QUOTES * overlap.of_both
        + PART * ((gold.part_of is None) == (predicted.part_of is None))
        + PARENT * _whole_likeness(gold, predicted, ours, theirs)
    )


def _group_likeness(one: Group, other: Group) -> float:
    if is_same_group(one, other):
        return 1.0
    same_sets = set(one.roles) == set(other.roles) and set(one.demographics) == set(
        other.demographics
    )
    is_open = Standing.UNSPECIFIED in (one.standing, other.standing)
    return 0.5 if same_sets and is_open else 0.0


def _text_likeness(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return float(one is other)
    return token_sort_ratio(name_key(one), name_key(other)) / 100


def _speaker_likeness(gold: CountClaim, predicted: CountClaim, names: Names) -> float:
    if names.same_speakers(gold.speakers, predicted.speakers):
        return 1.0
    same_types = {one.type for one in gold.speakers} == {one.type for one in predicted.speakers}
    return 0.5 if same_types else 0.0


def _whole_likeness(gold: CountClaim, predicted: CountClaim, ours: Ledger, theirs: Ledger) -> float:
    """How alike the wholes are that two parts belong to; 1 for two that are no parts."""
    whole, other = ours.whole_of(gold), theirs.whole_of(predicted)
    if whole is None or other is None:
        return float(gold.part_of is None and predicted.part_of is None)
    overlap = shares(ours.letters[id(whole)], theirs.letters[id(other)])
    same = 0.25 * sum(key_parts(whole, other, ours.names).values())
    return (same + _text_likeness(whole.group.text, other.group.text) + overlap.of_both) / 3
