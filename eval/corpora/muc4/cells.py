"""Cells of MUC-4: one row for each template and each fill, for slices and lists of errors."""

import re
from collections.abc import Iterable, Iterator, Sequence

from eval.cells import CellState
from eval.corpora.corpus import CorpusCell
from eval.corpora.muc4.alignment import GradedTemplate
from eval.corpora.muc4.days import read_days
from eval.corpora.muc4.graded import GradedDocument
from eval.corpora.muc4.keys import Fill, Slot, Template
from eval.corpora.muc4.rows import Standing, standing_of
from eval.corpora.muc4.slots import Graded

TEMPLATE_FIELD = "template"
OTHER_WORDS = "(in other words)"
"""Stands for what is neither a code, a day nor a number: no row holds words of a text."""

_NUMBER = re.compile(r"[-~\d ]*\d[-~\d ]*")
_STATES = {
    Standing.CORRECT: CellState.CORRECT,
    Standing.PARTIAL: CellState.WRONG,
    Standing.INCORRECT: CellState.WRONG,
    Standing.SPURIOUS: CellState.SPURIOUS,
    Standing.MISSING: CellState.MISSED,
    Standing.EXCUSED: CellState.EXCUSED,
}


def corpus_cells(
    documents: Iterable[GradedDocument], codes: frozenset[str]
) -> tuple[CorpusCell, ...]:
    """Every template and every fill of every document, in their order.

    Args:
        documents: graded documents.
        codes: words of the corpus's own lists, which are shown as they are.
    """
    return tuple(cell for document in documents for cell in _document_cells(document, codes))


def _document_cells(document: GradedDocument, codes: frozenset[str]) -> Iterator[CorpusCell]:
    for template in document.templates:
        note = _note(template, is_read=document.is_read)
        yield CorpusCell(
            document_id=document.id,
            cluster=document.cluster,
            field=TEMPLATE_FIELD,
            state=_template_state(template),
            credit=1.0 if template.is_paired and not template.is_excused else 0.0,
            gold=_type_of(template.key, codes) if template.key else None,
            predicted=_type_of(template.answer, codes) if template.answer else None,
            note=note,
        )
        for fill in template.fills:
            state = _STATES[standing_of(fill, template)]
            yield CorpusCell(
                document_id=document.id,
                cluster=document.cluster,
                field=fill.slot.value,
                state=state,
                credit=0.0 if state is CellState.EXCUSED else fill.credit,
                gold=_shown(fill, fill.key, codes),
                predicted=_shown(fill, fill.answer, codes),
                note=note,
            )


def _note(template: GradedTemplate, *, is_read: bool) -> str:
    optional = ", optional" if template.is_excused else ""
    key = f"key {template.key.id}{optional}" if template.key else "in no key"
    if template.answer:
        return f"{key}; answer {template.answer.id}"
    return f"{key}; {'not found' if is_read else 'not read'}"


def _template_state(template: GradedTemplate) -> CellState:
    if template.is_excused:
        return CellState.EXCUSED
    if template.is_paired:
        return CellState.CORRECT
    return CellState.MISSED if template.key else CellState.SPURIOUS


def _type_of(template: Template, codes: frozenset[str]) -> str:
    types = template.of(Slot.TYPE)
    return _told(types[0], codes) if types else "-"


def _shown(graded: Graded, fill: Fill | None, codes: frozenset[str]) -> str | None:
    """A fill for those who do not read the article: codes, days and numbers; of words, how many."""
    if fill is None:
        return None
    match graded.slot:
        case Slot.VICTIM:
            return _counted(fill.values, "name" if fill.is_named else "description")
        case Slot.PERPETRATOR | Slot.ORGANISATION:
            return _counted(fill.values, "name")
        case Slot.LOCATION:
            return _counted(fill.values, "place")
        case Slot.DATE:
            return " / ".join(_day(value) for value in fill.values)
        case Slot.STATUS if fill.refs:
            return f"{_told(fill, codes)}: {_counted(fill.refs, 'name')}"
        case _:
            return _told(fill, codes)


def _told(fill: Fill, codes: frozenset[str]) -> str:
    """The values of a slot that is filled from a list, or with a number."""
    is_plain = (value in codes or _NUMBER.fullmatch(value) for value in fill.values)
    pairs = zip(fill.values, is_plain, strict=True)
    return " / ".join(value if plain else OTHER_WORDS for value, plain in pairs)


def _day(value: str) -> str:
    return value if read_days(value) is not None else OTHER_WORDS


def _counted(words: Sequence[str], what: str) -> str:
    return f"{len(words)} {what}{'' if len(words) == 1 else 's'}"
