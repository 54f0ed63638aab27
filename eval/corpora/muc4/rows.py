"""Rows of a report: which fills each of them counts, and how each fill stands."""

from collections.abc import Iterable, Iterator

from eval.corpora.muc4.alignment import GradedTemplate
from eval.corpora.muc4.keys import Slot
from eval.corpora.muc4.slots import Graded
from eval.corpora.muc4.tally import Tally
from extractor.codes import Code


class Row(Code):
    """Which templates a row counts."""

    ALL = "all templates", "Templates not found cost recall, invented ones precision."
    MATCHED_MISSING = "matched and missing", "Invented templates cost nothing."
    MATCHED_SPURIOUS = "matched and spurious", "Templates not found cost nothing."
    MATCHED = "matched templates only", "Only templates that were found."


class Standing(Code):
    """How a fill stands to the key."""

    CORRECT = "correct", "Right."
    PARTIAL = "partial", "Half right."
    INCORRECT = "incorrect", "Wrong."
    SPURIOUS = "spurious", "The key has nothing that it stands for."
    MISSING = "missing", "The key has it, the answer has not."
    EXCUSED = "excused", "Optional in the key."


OFFICIAL_SLOTS = tuple(slot for slot in Slot if slot is not Slot.VICTIM)
"""Slots that are rows of the reports of 1992, where victims' names and descriptions were two."""


def tally_row(
    templates: Iterable[GradedTemplate],
    slots: Iterable[Slot] = OFFICIAL_SLOTS,
    *,
    row: Row = Row.ALL,
    counts_optional: bool = False,
) -> Tally:
    """Count the fills of some slots.

    Args:
        templates: graded templates, of any number of documents.
        slots: whose fills to count.
        row: which templates to count.
        counts_optional: count optional fills and templates where they are answered, as in 1992.
    """
    wanted = frozenset(slots)
    counts = dict.fromkeys(Standing, 0)
    for template in _counted(templates, row):
        for fill in template.fills:
            if fill.slot in wanted:
                counts[standing_of(fill, template, counts_optional=counts_optional)] += 1
    return _tally(counts)


def tally_templates(templates: Iterable[GradedTemplate], *, counts_optional: bool = False) -> Tally:
    """Count templates found, missing and invented, whatever their slots hold."""
    counts = dict.fromkeys(Standing, 0)
    for template in templates:
        if template.is_excused and not (counts_optional and template.is_paired):
            continue
        if template.is_paired:
            counts[Standing.CORRECT] += 1
        else:
            counts[Standing.MISSING if template.key else Standing.SPURIOUS] += 1
    return _tally(counts)


def standing_of(
    fill: Graded, template: GradedTemplate, *, counts_optional: bool = False
) -> Standing:
    """How a fill of a template stands."""
    if template.is_excused and not (counts_optional and template.is_paired):
        return Standing.EXCUSED
    if fill.is_excused and not (counts_optional and fill.answer is not None):
        return Standing.EXCUSED
    if fill.answer is None:
        return Standing.MISSING
    if fill.key is None:
        return Standing.SPURIOUS
    if fill.credit == 1:
        return Standing.CORRECT
    return Standing.PARTIAL if fill.credit else Standing.INCORRECT


def _counted(templates: Iterable[GradedTemplate], row: Row) -> Iterator[GradedTemplate]:
    has_missing = row in (Row.ALL, Row.MATCHED_MISSING)
    has_spurious = row in (Row.ALL, Row.MATCHED_SPURIOUS)
    for template in templates:
        is_wanted = has_missing if template.answer is None else has_spurious
        if template.is_paired or is_wanted:
            yield template


def _tally(counts: dict[Standing, int]) -> Tally:
    return Tally(
        correct=counts[Standing.CORRECT],
        partial=counts[Standing.PARTIAL],
        incorrect=counts[Standing.INCORRECT],
        spurious=counts[Standing.SPURIOUS],
        missing=counts[Standing.MISSING],
    )
