"""Alignment: which answered template stands for which template of the key, and all their fills."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.assignment import assign
from eval.corpora.muc4.convention import Scoring
from eval.corpora.muc4.keys import Fill, Slot, Template
from eval.corpora.muc4.slots import Graded, fill_credit, grade_slot

_HALF_RIGHT = 0.5
_ASKED_FOR = 0.001  # between a template that is asked for and an optional one, the first is meant


@dataclass(frozen=True, kw_only=True)
class GradedTemplate:
    """A template of the key and the answer that stands for it, or one of them alone."""

    key: Template | None
    answer: Template | None
    fills: tuple[Graded, ...]
    """Every fill of either once."""

    @property
    def is_paired(self) -> bool:
        """Whether it was found."""
        return self.key is not None and self.answer is not None

    @property
    def is_excused(self) -> bool:
        """Whether the key makes the whole template optional."""
        return self.key is not None and self.key.optional


def grade_templates(
    keys: Sequence[Template], answers: Sequence[Template], scoring: Scoring
) -> tuple[GradedTemplate, ...]:
    """Pair templates so that their fills are worth most together, and grade every fill.

    The order of the answers does not matter. Only templates that are `may_pair` are paired.
    """
    ordered = sorted(answers, key=_canonical)
    graded = [
        [
            _pair(key, answer, scoring) if may_pair(key, answer, scoring) else None
            for answer in ordered
        ]
        for key in keys
    ]
    pairs = _best_pairs(keys, graded)
    paired_keys, paired_answers = {k for k, _ in pairs}, {a for _, a in pairs}
    found = [pair for k, a in pairs if (pair := graded[k][a]) is not None]
    missing = [_alone(key=key) for k, key in enumerate(keys) if k not in paired_keys]
    spurious = [_alone(answer=one) for a, one in enumerate(ordered) if a not in paired_answers]
    return (*found, *missing, *spurious)


def may_pair(key: Template, answer: Template, scoring: Scoring) -> bool:
    """Whether an answer may stand for a key at all.

    The type must be at least half right, and one of the slots that tell who was hit or who did it.
    Where no such slot is filled on both sides, place and date must not contradict each other.
    """
    if not _agrees(Slot.TYPE, key, answer, scoring):
        return False
    shared = [slot for slot in scoring.content_slots if key.of(slot) and answer.of(slot)]
    if shared:
        return any(_agrees(slot, key, answer, scoring) for slot in shared)
    told = [slot for slot in (Slot.DATE, Slot.LOCATION) if key.of(slot) and answer.of(slot)]
    return bool(told) and all(_agrees(slot, key, answer, scoring) for slot in told)


def _agrees(slot: Slot, key: Template, answer: Template, scoring: Scoring) -> bool:
    return any(
        fill_credit(slot, mine, theirs, scoring) >= _HALF_RIGHT
        for mine in key.of(slot)
        for theirs in answer.of(slot)
    )


def _best_pairs(
    keys: Sequence[Template], graded: Sequence[Sequence[GradedTemplate | None]]
) -> tuple[tuple[int, int], ...]:
    worth = [
        [None if pair is None else sum(fill.credit for fill in pair.fills) for pair in row]
        for row in graded
    ]
    bonus = [
        [0.0 if key.optional else _ASKED_FOR] * len(row)
        for key, row in zip(keys, worth, strict=True)
    ]
    return assign(worth, threshold=0.0, bonus=bonus, with_margin=False).pairs


def _pair(key: Template, answer: Template, scoring: Scoring) -> GradedTemplate:
    fills = [
        graded
        for slot in Slot
        if key.of(slot) or answer.of(slot)
        for graded in grade_slot(slot, key.of(slot), answer.of(slot), scoring)
    ]
    return GradedTemplate(key=key, answer=answer, fills=tuple(fills))


def _alone(*, key: Template | None = None, answer: Template | None = None) -> GradedTemplate:
    mine = [Graded(slot=slot, key=fill, answer=None) for slot, fill in _fills(key)]
    theirs = [Graded(slot=slot, key=None, answer=fill) for slot, fill in _fills(answer)]
    return GradedTemplate(key=key, answer=answer, fills=(*mine, *theirs))


def _fills(template: Template | None) -> list[tuple[Slot, Fill]]:
    return [(slot, fill) for slot in Slot for fill in (template.of(slot) if template else ())]


def _canonical(template: Template) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What a template says, whatever it is called; fills that differ only in order are the same."""
    return sorted((slot.value, fill.values, fill.refs) for slot, fill in _fills(template))
