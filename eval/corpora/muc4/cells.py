"""Cells of MUC-4: one row for each template and each fill, for slices and lists of errors."""

from collections.abc import Iterable, Iterator

from eval.cells import CellState
from eval.corpora.corpus import CorpusCell
from eval.corpora.muc4.alignment import GradedTemplate
from eval.corpora.muc4.graded import GradedDocument
from eval.corpora.muc4.keys import Fill, Slot
from eval.corpora.muc4.rows import Standing, standing_of
from eval.corpora.muc4.slots import Graded
from extractor.gazetteer import name_key

TEMPLATE_FIELD = "template"
NAMED = "(by name)"
"""Stands for a person's name: a row is read by others than those who read the article."""

_STATES = {
    Standing.CORRECT: CellState.CORRECT,
    Standing.PARTIAL: CellState.WRONG,
    Standing.INCORRECT: CellState.WRONG,
    Standing.SPURIOUS: CellState.SPURIOUS,
    Standing.MISSING: CellState.MISSED,
    Standing.EXCUSED: CellState.EXCUSED,
}


def corpus_cells(documents: Iterable[GradedDocument]) -> tuple[CorpusCell, ...]:
    """Every template and every fill of every document, in their order."""
    documents = tuple(documents)
    known = _describing_words(documents)
    return tuple(cell for document in documents for cell in _document_cells(document, known))


def _document_cells(document: GradedDocument, known: frozenset[str]) -> Iterator[CorpusCell]:
    for template in document.templates:
        note = _note(template)
        yield CorpusCell(
            document_id=document.id,
            cluster=document.cluster,
            field=TEMPLATE_FIELD,
            state=_template_state(template),
            credit=1.0 if template.is_paired and not template.is_excused else 0.0,
            gold=_type_of(template.key.of(Slot.TYPE)) if template.key else None,
            predicted=_type_of(template.answer.of(Slot.TYPE)) if template.answer else None,
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
                gold=_shown(fill, fill.key, known),
                predicted=_shown(fill, fill.answer, known),
                note=note,
            )


def _note(template: GradedTemplate) -> str:
    optional = ", optional" if template.is_excused else ""
    key = f"key {template.key.id}{optional}" if template.key else "in no key"
    return f"{key}; {f'answer {template.answer.id}' if template.answer else 'not found'}"


def _template_state(template: GradedTemplate) -> CellState:
    if template.is_excused:
        return CellState.EXCUSED
    if template.is_paired:
        return CellState.CORRECT
    return CellState.MISSED if template.key else CellState.SPURIOUS


def _type_of(fills: tuple[Fill, ...]) -> str:
    return " / ".join(fills[0].values) if fills else "-"


def _shown(graded: Graded, fill: Fill | None, known: frozenset[str]) -> str | None:
    if fill is None:
        return None
    told = " / ".join(fill.values)
    if graded.slot is Slot.VICTIM:
        is_described = not fill.is_named and known.issuperset(name_key(told).split())
        return told if is_described else NAMED
    if graded.slot is Slot.STATUS and fill.refs:
        return f"{told}: {' / '.join(fill.refs)}"
    return told


def _describing_words(documents: Iterable[GradedDocument]) -> frozenset[str]:
    """Words in which the keys describe victims without their names."""
    return frozenset(
        word
        for document in documents
        for key in document.keys
        for fill in key.of(Slot.VICTIM)
        if not fill.is_named
        for value in fill.values
        for word in name_key(value).split()
    )
