"""MUC-4 as a corpus: its file, its score, and its keys scored against themselves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.corpora.corpus import CorpusError, CorpusScore, Document
from eval.corpora.muc4.alignment import grade_templates
from eval.corpora.muc4.answer import answer_templates, find_dateline_country
from eval.corpora.muc4.convention import load_convention
from eval.corpora.muc4.days import read_days, read_wire_day, write_days
from eval.corpora.muc4.figures import score_documents
from eval.corpora.muc4.graded import GradedDocument
from eval.corpora.muc4.keys import Fill, Slot, Template, key_templates
from extractor.article import Article
from extractor.records import Reading


class Muc4:
    """The MUC-4 corpus, for a file that a user has: one JSON object a line."""

    name = "muc4"

    def load(self, path: Path) -> tuple[Document, ...]:
        """Read a file of it.

        Raises:
            CorpusError: with line and field, if the file is not of this corpus.
        """
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"cannot read {str(path)!r}: {error}") from error
        documents = tuple(
            _document(line, f"{path.name} line {n}")
            for n, line in enumerate(lines, start=1)
            if line.strip()
        )
        seen = Counter(document.id for document in documents)
        twice = next((one for one, times in seen.items() if times > 1), None)
        if twice is not None:
            raise CorpusError(f"{path.name}: the id {twice!r} stands twice; keep one of them")
        return documents

    def score(
        self, documents: Sequence[Document], readings: Mapping[str, Reading | None]
    ) -> CorpusScore:
        """Score readings by document id; a document without one is answered by no template."""
        convention = load_convention()
        answers = {
            one.id: answer_templates(reading, convention)
            for one in documents
            if (reading := readings.get(one.id)) is not None
        }
        return self.score_answers(documents, answers)

    def score_labels(self, documents: Sequence[Document]) -> CorpusScore:
        """Score the keys as answers to themselves, the first of each fill's alternatives."""
        return self.score_answers(
            documents, {one.id: as_answers(keys_of(one)) for one in documents}
        )

    def score_answers(
        self, documents: Sequence[Document], answers: Mapping[str, Sequence[Template]]
    ) -> CorpusScore:
        """Score templates, whoever filled them, by document id; one without was not read."""
        convention = load_convention()
        graded = [
            GradedDocument(
                id=one.id,
                cluster=one.cluster,
                is_read=one.id in answers,
                is_relevant=bool(one.labels["relevant"]),
                wired=one.article.published_at,
                dateline_country=find_dateline_country(one.article, convention.locations),
                keys=(keys := keys_of(one)),
                answers=(given := tuple(answers.get(one.id, ()))),
                templates=grade_templates(keys, given, convention.scoring),
            )
            for one in documents
        ]
        return score_documents(graded, convention)


def keys_of(document: Document) -> tuple[Template, ...]:
    """The key of a document, its dates in one form and with the wire's year if they have none."""
    wired = document.article.published_at
    keys = key_templates(document.labels, document.id)
    return tuple(_with_years(key, wired.year if wired else None) for key in keys)


def as_answers(keys: Sequence[Template]) -> tuple[Template, ...]:
    """The answers of somebody who knows the key."""
    return tuple(
        Template(
            id=key.id,
            fills={
                slot: tuple(Fill(values=fill.values[:1], refs=fill.refs) for fill in fills)
                for slot, fills in key.fills.items()
            },
        )
        for key in keys
    )


def _with_years(key: Template, year: int | None) -> Template:
    def whole(text: str) -> str:
        days = read_days(text, year)
        return write_days(days) if days else text

    dates = tuple(
        replace(fill, values=tuple(whole(value) for value in fill.values))
        for fill in key.of(Slot.DATE)
    )
    return replace(key, fills={**key.fills, Slot.DATE: dates}) if dates else key


class _Row(BaseModel):
    """A line of the file."""

    model_config = ConfigDict(strict=True)

    id: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]
    date: str | None = None
    labels: dict[str, Any]


def _document(line: str, where: str) -> Document:
    try:
        row = _Row.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise CorpusError(f"{where}: {field}: {first['msg']}; is this a MUC-4 file?") from error
    key_templates(row.labels, where)  # so that a broken key is named when the file is read
    return Document(
        id=row.id,
        cluster=row.id,
        article=Article.of(
            row.text, id=row.id, published_at=read_wire_day(row.date), raw=line.encode()
        ),
        labels=row.labels,
    )


MUC4 = Muc4()
