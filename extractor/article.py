"""The article: text that is never rewritten, its hashes and its metadata, and spans of it."""

import hashlib
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ArticleField = Literal["title", "text"]


def sha256_of(content: str | bytes) -> str:
    """SHA-256 of bytes, or of a text's UTF-8 bytes: 64 hexadecimal digits."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


class Span(BaseModel):
    """A stretch of an article's title or text: `[start, end)` in Unicode code points."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: ArticleField
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"span ends at {self.end}, before its start {self.start}")
        return self


class Article(BaseModel):
    """One news article as it was received.

    Offsets into `title` and `text` count Unicode code points. A text is never rewritten: white
    space, line ends and page furniture stay as they came.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    id: Annotated[str, Field(min_length=1)]
    """Identifier, unique within a run."""
    text: Annotated[str, Field(min_length=1)]
    """The body."""
    title: str | None = None
    """The headline, kept apart from the body; empty if there is none."""
    published_at: date | None = None
    """Day of publication; empty if unknown, never guessed."""
    publisher: str | None = None
    """Who published it."""
    url: str | None = None
    """Where it was published."""
    language: str | None = None
    """Language code as the source states it."""
    retrieved_at: str | None = None
    """When it was retrieved, as the source states it."""
    raw_sha256: str
    """SHA-256 of the bytes received: the file, or the line of a JSONL file."""
    text_sha256: str
    """SHA-256 of the body's UTF-8 bytes."""

    @model_validator(mode="after")
    def _hash_fits(self) -> Self:
        if self.text_sha256 != sha256_of(self.text):
            raise ValueError(f"text_sha256 of article {self.id!r} does not fit its text")
        return self

    @classmethod
    def of(
        cls,
        text: str,
        *,
        id: str = "article",  # noqa: A002 - the field's name
        title: str | None = None,
        published_at: date | None = None,
        raw: bytes | None = None,
        publisher: str | None = None,
        url: str | None = None,
        language: str | None = None,
        retrieved_at: str | None = None,
    ) -> Self:
        """Make an article of a text; `raw` are the bytes it came in, if not the text's own."""
        text_sha256 = sha256_of(text)
        return cls(
            id=id,
            text=text,
            title=title,
            published_at=published_at,
            publisher=publisher,
            url=url,
            language=language,
            retrieved_at=retrieved_at,
            raw_sha256=text_sha256 if raw is None else sha256_of(raw),
            text_sha256=text_sha256,
        )

    def field(self, name: ArticleField) -> str:
        """The title or the text; an absent title is empty."""
        return self.text if name == "text" else self.title or ""

    def slice(self, span: Span) -> str:
        """The words that a span covers."""
        return self.field(span.field)[span.start : span.end]
