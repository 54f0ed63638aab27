"""A row of what comes of a spread job: one for every input, whatever became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from extractor.intake import Taken
from extractor.records import Failure, Reading, Rejected


@dataclass(frozen=True, kw_only=True)
class Row:
    """What became of one input."""

    id: str | None
    """Of the article; empty for a rejected input that states none."""
    outcome: str | None
    """Empty for an input that was not read, since the job was to stop before."""
    reason: str | None = None
    """What happened, for an input without a reading."""
    reader: str | None = None
    prompt: str | None = None
    path: str | None = None
    """Where the input came from."""
    line: int | None = None
    prompt_tokens: int | None = None
    """Of all calls for the article, as far as the endpoint states them."""
    completion_tokens: int | None = None
    usd: float | None = None
    """What they cost, as far as a price is known."""
    record: str | None = None
    """The whole outcome as JSON, as a line of a run holds it."""


def row_of(outcome: Reading | Failure | Rejected, record: str) -> Row:
    """The row of an outcome.

    Args:
        outcome: what became of the input.
        record: the same as JSON.
    """
    place = outcome.source
    if isinstance(outcome, Rejected):
        return Row(
            id=outcome.article_id,
            outcome=outcome.outcome.value,
            reason=outcome.reason,
            path=outcome.source.path,
            line=outcome.source.line,
            record=record,
        )
    calls = outcome.attempts
    priced = [call.usd for call in calls if call.usd is not None]
    return Row(
        id=outcome.article.id,
        outcome=outcome.outcome.value,
        reason=None if isinstance(outcome, Reading) else outcome.reason,
        reader=outcome.reader,
        prompt=outcome.prompt,
        path=place.path if place else None,
        line=place.line if place else None,
        prompt_tokens=_sum(call.prompt_tokens for call in calls),
        completion_tokens=_sum(call.completion_tokens for call in calls),
        usd=sum(priced) if priced else None,
        record=record,
    )


def row_of_unread(taken: Taken, reason: str) -> Row:
    """The row of an article that was not read; it has no outcome yet."""
    source = taken.source
    return Row(id=taken.article.id, outcome=None, reason=reason, path=source.path, line=source.line)


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of those that are stated; empty if none is."""
    stated = [number for number in numbers if number is not None]
    return sum(stated) if stated else None
