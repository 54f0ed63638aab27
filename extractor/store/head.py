"""The head of an outcome: the few members that tell its input from others and how it ended."""

from datetime import date
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.codes import InputOutcome
from extractor.errors import RecordError
from extractor.records import Failure, Reading, Rejected, Source
from extractor.store.inputs import InputKey, key_of, sha256_of_input
from extractor.store.line import describe, parse, unseal


class Head(NamedTuple):
    """What an index keeps of an outcome."""

    key: InputKey
    outcome: InputOutcome
    sha256: str
    """Of the input: see `sha256_of_input`."""
    source: Source | None
    raw_sha256: str | None
    states: str | None
    """The article id that a rejected input states."""

    @property
    def is_article(self) -> bool:
        """Whether it is the outcome of an article."""
        return self.outcome is not InputOutcome.REJECTED_INPUT


def head_of(outcome: Reading | Failure | Rejected) -> Head:
    """The head of an outcome."""
    entry = outcome if isinstance(outcome, Rejected) else outcome.article
    return Head(
        key=key_of(outcome),
        outcome=outcome.outcome,
        sha256=sha256_of_input(entry),
        source=outcome.source,
        raw_sha256=entry.raw_sha256,
        states=outcome.article_id if isinstance(outcome, Rejected) else None,
    )


def parse_head(line: bytes) -> Head:
    """Read the head of the outcome in a line, several times as fast as the whole.

    That holds for lines with a checksum; others are read whole.

    Raises:
        RecordError: its checksum does not hold, it is no JSON, or a member of the head is not as
            this version reads it.
    """
    record, is_sealed = unseal(line)
    if not is_sealed:  # then nothing but the whole shows that it was not damaged
        return head_of(parse(line))
    try:
        told = _Head.model_validate_json(record)
    except ValidationError as error:
        raise RecordError(describe(error)) from error
    if told.article is None:  # a rejection, which is short, or no outcome
        return head_of(parse(record))
    return Head(
        key=("article", told.article.id),
        outcome=told.outcome,
        sha256=sha256_of_input(told.article),
        source=told.source,
        raw_sha256=told.article.raw_sha256,
        states=None,
    )


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Article(_Part):
    id: str
    title: str | None = None
    published_at: date | None = None
    raw_sha256: str
    text_sha256: str


class _Head(_Part):
    schema_version: Literal[1] = 1
    outcome: InputOutcome
    source: Source | None = None
    article: _Article | None = None
