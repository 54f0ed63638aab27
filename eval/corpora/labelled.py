"""The corpora of labelled figures: rows with labels, questions about them, a profile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.corpora.corpus import CorpusScore, Document
from eval.corpora.marking import Question, mark_labels, mark_readings
from eval.corpora.profile import Profile, load_profile
from eval.corpora.rows import Row, load_documents
from eval.corpora.table import score_marks
from extractor.records import Reading


@dataclass(frozen=True, kw_only=True)
class LabelledCorpus:
    """A corpus whose labels are one answer per document and question."""

    name: str
    read_row: Callable[[Row], Document]
    """Makes a document of a line, and checks its labels."""
    ask: Callable[[Profile], tuple[Question, ...]]
    """The questions, by the corpus's profile."""

    @property
    def profile(self) -> Profile:
        """Its convention."""
        return load_profile(self.name)

    def load(self, path: Path) -> Sequence[Document]:
        """Read a file of it.

        Raises:
            CorpusError: with line and field, if the file is not of this corpus.
        """
        return load_documents(path, self.read_row)

    def score(
        self, documents: Sequence[Document], readings: Mapping[str, Reading | None]
    ) -> CorpusScore:
        """Score readings by document id; a document without one is wrong in every figure."""
        profile = self.profile
        return score_marks(mark_readings(documents, readings, self.ask(profile)), profile)

    def score_labels(self, documents: Sequence[Document]) -> CorpusScore:
        """Score the labels against themselves: every figure is full, or the scorer is wrong."""
        profile = self.profile
        return score_marks(mark_labels(documents, self.ask(profile)), profile)
