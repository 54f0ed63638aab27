"""Marks: how each label of each document was answered, and by whom; no figure is computed here."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cells import CellState
from eval.corpora.corpus import CorpusCell, Document
from extractor.records import Reading

RIGHT = "right"
"""The mark of an answer that is right by the corpus's first measure."""


@dataclass(frozen=True, kw_only=True)
class Grade:
    """How an answer stands to a label."""

    marks: frozenset[str]
    """The measures by which it is right; `right` is the first."""
    how: str
    """In a word: right, too_low, too_high, wrong, nothing."""
    gap_km: float | None = None
    """For a point: how far off."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is answered, for people, and how it came about."""

    value: Any
    """As the question grades it; never empty."""
    note: str | None = None
    """Of what it was made."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One label of a corpus: how it is found in a document, in a reading, and how it is graded."""

    field: str
    """Name of the label."""
    gold: Callable[[Document], Any]
    """The label; empty where the corpus says nothing, and then nothing is scored."""
    told: Callable[[Document, Reading], Answer | None]
    """What a reading answers; empty if it says nothing of it."""
    grade: Callable[[Any, Any], Grade]
    """Grades an answer against the label; the answer may be empty."""
    show: Callable[[Any], str] = str
    """A value for people."""
    show_told: Callable[[Any, Any], str] | None = None
    """An answer for people, beside its label, where it may be in words of the text."""
    is_positive: Callable[[Any], bool] | None = None
    """For a figure: whether a label is more than zero."""
    tags: Callable[[Document], frozenset[str]] = lambda _: frozenset()
    """Slices that a document falls in for this label."""
    disputed: Callable[[Document], str | None] = lambda _: None
    """Why a label contradicts itself; it is then shown but not scored."""
    keyword: Callable[[Document], Any] | None = None
    """The answer of a small rule that reads nothing."""
    constants: tuple[tuple[str, Any], ...] = ()
    """Names and values of answers that are the same for every document."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One label of one document, answered by a reader and by the trivial systems."""

    cell: CorpusCell
    tags: frozenset[str]
    grade: Grade
    trivial: Mapping[str, Grade]

    @property
    def is_scored(self) -> bool:
        """Whether it counts."""
        return self.cell.state is not CellState.EXCUSED


NOT_READ = Grade(marks=frozenset(), how="not_read")
_NOTHING = "nothing"


def mark_readings(
    documents: Sequence[Document],
    readings: Mapping[str, Reading | None],
    questions: Sequence[Question],
) -> tuple[Mark, ...]:
    """Mark what readings answer; a document without one is wrong in everything, zeros included."""

    def told(question: Question, document: Document) -> Answer | None:
        reading = readings.get(document.id)
        return None if reading is None else question.told(document, reading)

    read = frozenset(one.id for one in documents if readings.get(one.id) is not None)
    return _mark_all(documents, questions, told, read)


def mark_labels(documents: Sequence[Document], questions: Sequence[Question]) -> tuple[Mark, ...]:
    """Mark the labels as if they were answers."""

    def told(question: Question, document: Document) -> Answer | None:
        gold = question.gold(document)
        return None if gold is None else Answer(value=gold)

    return _mark_all(documents, questions, told, frozenset(one.id for one in documents))


def _mark_all(
    documents: Sequence[Document],
    questions: Sequence[Question],
    told: Callable[[Question, Document], Answer | None],
    read: frozenset[str],
) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for question in questions:
        labelled = [one for one in documents if question.gold(one) is not None]
        commonest = _commonest(
            [question.gold(one) for one in labelled if question.disputed(one) is None]
        )
        for document in labelled:
            answer = told(question, document) if document.id in read else None
            trivial = {"majority": commonest, **dict(question.constants)}
            if question.keyword:
                trivial["keyword"] = question.keyword(document)
            marks.append(_mark(question, document, answer, document.id in read, trivial))
    return tuple(marks)


def _mark(
    question: Question,
    document: Document,
    answer: Answer | None,
    was_read: bool,
    trivial: Mapping[str, Any],
) -> Mark:
    gold = question.gold(document)
    value = answer.value if answer else None
    grade = question.grade(gold, value) if was_read else NOT_READ
    why = question.disputed(document)
    positive = question.is_positive(gold) if question.is_positive else None
    slices = {"all"} if positive is None else {"all", "positive" if positive else "zero"}
    note = why or (answer.note if answer else None) or (None if was_read else "not read")
    if grade.gap_km is not None and why is None:
        note = f"{grade.gap_km:.1f} km" if note is None else f"{grade.gap_km:.1f} km; {note}"
    cell = CorpusCell(
        document_id=document.id,
        cluster=document.cluster,
        field=question.field,
        state=CellState.EXCUSED if why else _state(grade, value),
        gold=question.show(gold),
        predicted=None if value is None else _told(question, gold, value),
        credit=0.0 if why else _credit(grade),
        gold_is_positive=positive,
        note=note,
    )
    return Mark(
        cell=cell,
        tags=frozenset(slices | question.tags(document)),
        grade=grade,
        trivial={name: question.grade(gold, one) for name, one in trivial.items()},
    )


def _told(question: Question, gold: Any, value: Any) -> str:
    return question.show_told(gold, value) if question.show_told else question.show(value)


def _state(grade: Grade, value: Any) -> CellState:
    if RIGHT in grade.marks:
        return CellState.CORRECT
    return CellState.MISSED if value is None else CellState.WRONG


def _credit(grade: Grade) -> float:
    if RIGHT in grade.marks:
        return 1.0
    return 0.5 if "overlap" in grade.marks else 0.0


def _commonest(values: Sequence[Any]) -> Any:
    """The commonest label; of several, the one that sorts first as text, in whatever order."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], str(value))) if counted else None


def nothing_or(how: str, value: Any) -> str:
    """How an answer that is not right stands: nothing was answered, or what the caller says."""
    return _NOTHING if value is None else how
