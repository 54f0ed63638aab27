"""A corpus as gold: its documents, its labels, and what a scored reader got right by its rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from eval.cells import CellState
from extractor.article import Article
from extractor.errors import TollbookError
from extractor.records import Reading


class CorpusError(TollbookError):
    """A corpus file cannot be used: it says which line and which field."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One document of a corpus: what a reader gets of it, and what the corpus says is true."""

    id: str
    cluster: str
    """What it shares with other documents: a release, an incident, an event."""
    article: Article
    """What a reader gets; its day of publication only where the corpus states one."""
    labels: Mapping[str, Any]
    """As the file has them."""


class CorpusCell(BaseModel):
    """One scored label of one document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: str
    cluster: str
    field: str
    """What is scored: killed, province, victim_number, …"""
    state: CellState
    gold: str | None = None
    predicted: str | None = None
    credit: float = 0.0
    """1 right, ½ partly right by the corpus's own rule, 0 wrong."""
    gold_is_positive: bool | None = None
    """For a figure: whether gold is more than zero."""
    note: str | None = None
    """Why, where the rule is not plain; words that prove it, never a victim's name."""
    quotes: tuple[str, ...] = ()


FigureId = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
"""What is measured, how, and over what, in words that stay the same."""


class Figure(BaseModel):
    """One figure of a corpus's table, with its counts and what it is to be compared with."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    id: FigureId
    """Its name for scripts, unique in a score: "killed.exact.all"."""
    name: str
    """What is measured: "killed, exact"."""
    of: str
    """Over what: "all documents", "where gold > 0"."""
    value: float | None
    """Share, F1 or median; empty over nothing."""
    unit: str
    """`share`, `f1`, `precision`, `recall`, `km`, `days`, …"""
    counts: dict[str, int | float]
    """What it was computed from: right and of for a share; the slot counts for an F1."""
    interval: tuple[float, float] | None = None
    """95 % interval over the corpus's clusters; empty under 20 clusters."""
    clusters: int = 0
    """How many clusters it rests on."""
    baselines: dict[str, float] = {}
    """The same figure of trivial systems on the same documents: majority, keyword, …"""
    published: float | None = None
    """The best published figure, on that corpus's own test part."""
    published_by: str | None = None
    """Whose that is."""
    ceiling: float | None = None
    """What a careful person reaches by reading, the labels having errors."""


@dataclass(frozen=True, kw_only=True)
class CorpusScore:
    """What a reader got right on a corpus."""

    figures: tuple[Figure, ...]
    cells: tuple[CorpusCell, ...]
    notes: tuple[str, ...] = ()
    """What a reader of the table must know."""


class Corpus(Protocol):
    """A corpus that can be loaded from a file a user has, and scored by its own convention."""

    @property
    def name(self) -> str:
        """Its name on the command line."""
        ...

    def load(self, path: Path) -> Sequence[Document]:
        """Read a file of it.

        Raises:
            CorpusError: with line and field, if the file is not of this corpus.
        """
        ...

    def score(
        self, documents: Sequence[Document], readings: Mapping[str, Reading | None]
    ) -> CorpusScore:
        """Score readings by document id; a document without one was not read and counts so."""
        ...

    def score_labels(self, documents: Sequence[Document]) -> CorpusScore:
        """Score the labels against themselves: every figure is full, or the scorer is wrong."""
        ...
