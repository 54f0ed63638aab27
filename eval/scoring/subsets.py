"""Subsets: parts of a toll that cannot be parts of it, in predictions and in gold alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from eval.figures import CLOSE_RATIO, is_same_unit, shown
from extractor.codes import Demographic, Outcome, Qualifier, Standing
from extractor.records import CountClaim, Incident, Speaker

_AGES_AND_SEXES = frozenset({Demographic.CHILDREN, Demographic.WOMEN, Demographic.MEN})
_STANDINGS = frozenset({Standing.CIVILIAN, Standing.COMBATANT, Standing.POLICE_OR_SECURITY})


@dataclass(frozen=True, kw_only=True)
class SubsetViolation:
    """One thing that cannot be, and the claims that it is about."""

    kind: Literal["unknown_whole", "part_exceeds_whole", "parts_exceed_whole"]
    parts: tuple[str, ...]
    """Ids of the parts."""
    whole: str
    """Id of the whole, known or not."""
    message: str
    """One line for a person."""


def subset_violations(
    incident: Incident, others: Iterable[CountClaim] = ()
) -> tuple[SubsetViolation, ...]:
    """Every part without its whole, part larger than its whole, and parts too large together.

    Parts are added up only where they are of one speaker and one outcome and share nobody:
    children, women and men; or civilians, combatants and police. "About" leaves room.

    Args:
        incident: where the parts stand.
        others: further claims that they may be parts of, such as the cumulative ones.
    """
    wholes = {claim.id: claim for claim in (*others, *incident.counts)}
    found = [
        *_single(incident.counts, wholes),
        *_together(incident.counts, wholes),
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.whole, one.parts)))


def _single(
    claims: Iterable[CountClaim], wholes: dict[str, CountClaim]
) -> Iterator[SubsetViolation]:
    for part in claims:
        if part.part_of is None:
            continue
        whole = wholes.get(part.part_of)
        if whole is None or whole.id == part.id:
            yield SubsetViolation(
                kind="unknown_whole",
                parts=(part.id,),
                whole=part.part_of,
                message=f"{part.id!r} is a part of {part.part_of!r}, which is no other claim here",
            )
        elif _exceeds(part.number.lower, part, whole):
            yield SubsetViolation(
                kind="part_exceeds_whole",
                parts=(part.id,),
                whole=whole.id,
                message=f"{shown(part.number)!r} cannot be a part of {shown(whole.number)!r}",
            )


def _together(
    claims: Iterable[CountClaim], wholes: dict[str, CountClaim]
) -> Iterator[SubsetViolation]:
    families: dict[_Family, dict[str, list[CountClaim]]] = defaultdict(dict)
    for part in claims:
        division = _division(part)
        if division is None or part.part_of is None or part.number.lower is None:
            continue
        axis, kind = division
        siblings = families[_Family(part.part_of, part.outcome, _voice(part.speakers), axis)]
        # Two claims of one kind may overlap: only the largest surely counts.
        largest = siblings.get(kind, [])
        least = largest[0].number.lower or 0 if largest else 0
        if part.number.lower == least:
            siblings[kind] = [*largest, part]
        elif part.number.lower > least:
            siblings[kind] = [part]
    for family, siblings in families.items():
        whole = wholes.get(family.whole)
        if whole is None or len(siblings) < 2:
            continue
        total = sum(largest[0].number.lower or 0 for largest in siblings.values())
        parts = [part for largest in siblings.values() for part in largest]
        alone = any(_exceeds(part.number.lower, part, whole) for part in parts)
        if not alone and all(_exceeds(total, part, whole) for part in parts):
            yield SubsetViolation(
                kind="parts_exceed_whole",
                parts=tuple(sorted(part.id for part in parts)),
                whole=whole.id,
                message=f"parts of {total} together cannot be in {shown(whole.number)!r}",
            )


@dataclass(frozen=True)
class _Family:
    """Parts that can be added up."""

    whole: str
    outcome: Outcome
    voice: frozenset[tuple[str, str]]
    axis: str


def _voice(speakers: Iterable[Speaker]) -> frozenset[tuple[str, str]]:
    return frozenset((one.type.value, (one.name_text or "").casefold()) for one in speakers)


def _division(part: CountClaim) -> tuple[str, str] | None:
    """Along which line a part is told apart from its siblings, and which side it is on."""
    group = part.group
    if group.roles:
        return None
    if len(group.demographics) == 1 and group.demographics[0] in _AGES_AND_SEXES:
        return "age and sex", group.demographics[0].value
    if not group.demographics and group.standing in _STANDINGS:
        return "standing", group.standing.value
    return None


def _exceeds(lower: int | None, part: CountClaim, whole: CountClaim) -> bool:
    upper = whole.number.upper
    if lower is None or upper is None or not is_same_unit(part.number, whole.number):
        return False
    is_rough = whole.number.qualifier is Qualifier.APPROXIMATELY
    return lower > (floor(upper * Fraction(CLOSE_RATIO)) if is_rough else upper)
