"""What intake is asked for and what it hands on: an article taken, or an input rejected."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, NamedTuple, TypeVar

from extractor.article import Article, sha256_of
from extractor.errors import TollbookError
from extractor.records import Rejected, Source

MAX_CHARS = 1_000_000
"""Most characters an article may have: a hundred times a long report, so more is a wrong file."""

STDIN = "-"
"""The name that stands for standard input."""

Form = Literal["auto", "text", "json", "jsonl", "html"]
"""How an input is read; `auto` goes by the suffix of the file."""

_SHOWN_CHARS = 60  # enough to recognise a value by, too little to spill a text into a report

_Value = TypeVar("_Value")


@dataclass(frozen=True, kw_only=True)
class Fields:
    """The field of a JSON record for each part of an article, where the user named one."""

    id: str | None = None
    """Else `id`, and an id made from the file's name where the record has none."""
    text: str | None = None
    """Else `text`."""
    title: str | None = None
    """Else `title`."""
    date: str | None = None
    """Else `published_at`."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the user said about all inputs of a run."""

    fields: Fields
    published: date | None
    max_chars: int


@dataclass(frozen=True, kw_only=True)
class Taken:
    """An article, where it came from, and what there is to say about it."""

    article: Article
    source: Source
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an input states about its article, before that is known to be one."""

    id: str
    text: str
    title: str | None = None
    published_at: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    retrieved_at: str | None = None


class Noted(NamedTuple, Generic[_Value]):
    """A value, and what there is to say about how it came to be."""

    value: _Value
    notices: tuple[str, ...] = ()


class UnfitInputError(TollbookError):
    """An input is no readable article: what is wrong and what to do next.

    It never leaves intake, which turns it into a `Rejected`.
    """

    def __init__(self, reason: str, *, article_id: str | None = None) -> None:
        super().__init__(reason)
        self.article_id = article_id


def accept(
    draft: Draft, *, source: Source, raw_sha256: str, terms: Terms, notices: tuple[str, ...]
) -> Taken:
    """Make the article of a draft, its text unchanged.

    Raises:
        UnfitInputError: its text is blank, too long or no Unicode text.
    """
    for name in ("id", "text", "title", "publisher", "url", "language", "retrieved_at"):
        stated: str | None = getattr(draft, name)
        if stated is not None and not is_unicode(stated):
            raise UnfitInputError(
                f"the {name} has half a surrogate pair, which is no character; "
                "write the record again from its source",
                article_id=draft.id if name != "id" else None,
            )
    if not draft.text.strip():
        raise UnfitInputError(
            "the text is empty or white space; leave it out or supply its text",
            article_id=draft.id,
        )
    if len(draft.text) > terms.max_chars:
        raise UnfitInputError(
            f"the text has {len(draft.text):,} characters, the limit is {terms.max_chars:,}; "
            "split it into its articles or raise --max-chars",
            article_id=draft.id,
        )
    article = Article(
        id=draft.id,
        text=draft.text,
        title=draft.title,
        published_at=draft.published_at,
        publisher=draft.publisher,
        url=draft.url,
        language=draft.language,
        retrieved_at=draft.retrieved_at,
        raw_sha256=raw_sha256,
        text_sha256=sha256_of(draft.text),
    )
    return Taken(article=article, source=source, notices=notices)


def reject(
    source: Source, error: UnfitInputError, *, raw_sha256: str | None = None, unit: str = "line"
) -> Rejected:
    """State where an input came from and why it is no article; `unit` is what is counted there."""
    return Rejected(
        source=source,
        article_id=error.article_id,
        raw_sha256=raw_sha256,
        reason=f"{place_of(source, unit=unit)}: {error}",
    )


def note_made_id(made_id: str, why: str = "no id is stated") -> str:
    """Tell that an id was made, and of what."""
    return f"{why}: {made_id!r} was made from the name of the input"


def place_of(source: Source, *, unit: str = "line") -> str:
    """Name the place an input came from, for a message."""
    name = "standard input" if source.path == STDIN else repr(source.path)
    return name if source.line is None else f"{name} {unit} {source.line}"


def shorten(stated: object) -> str:
    """Show a value in a message, cut off where it is long."""
    shown = repr(stated) if isinstance(stated, str | int | float) else type(stated).__name__
    return shown if len(shown) <= _SHOWN_CHARS else f"{shown[:_SHOWN_CHARS]}…"


def is_unicode(words: str) -> bool:
    """Whether every character of a text can be written as UTF-8."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True
