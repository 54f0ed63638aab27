"""The corpora of labelled figures: rows with labels, questions about them, a profile."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    joins_repeats: bool = False
    """Whether clusters that share a text are one: the same page under two incidents."""

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
        joined = join_repeats(documents) if self.joins_repeats else documents
        score = score_marks(mark_readings(joined, readings, self.ask(profile)), profile)
        return self._with_repeats(score, documents)

    def score_labels(self, documents: Sequence[Document]) -> CorpusScore:
        """Score the labels against themselves: every figure is full, or the scorer is wrong."""
        profile = self.profile
        joined = join_repeats(documents) if self.joins_repeats else documents
        score = score_marks(mark_labels(joined, self.ask(profile)), profile)
        return self._with_repeats(score, documents)

    def _with_repeats(self, score: CorpusScore, documents: Sequence[Document]) -> CorpusScore:
        repeats = sum(map(len, _repeats(documents))) if self.joins_repeats else 0
        if not repeats:
            return score
        told = f"pages whose text stands under several incidents, taken as one cluster: {repeats}"
        return replace(score, notes=(*score.notes, told))


def join_repeats(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Documents whose clusters are one where they share a text, by the first of their names."""
    name = {one.cluster: one.cluster for one in documents}
    for group in _repeats(documents):
        shared = {name[one.cluster] for one in group}
        first = min(shared)
        name = {one: first if now in shared else now for one, now in name.items()}
    return tuple(replace(one, cluster=name[one.cluster]) for one in documents)


def _repeats(documents: Sequence[Document]) -> list[list[Document]]:
    """Documents with the same text, but for spaces and capitals, in more than one cluster."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for one in documents:
        groups[" ".join(one.article.text.split()).casefold()].append(one)
    return [group for group in groups.values() if len({one.cluster for one in group}) > 1]
