"""The calls of a run so far, as its journal tells them to whoever looks at the run."""

import sqlite3
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.jobs.calls_file import reading_journal
from extractor.jobs.totals import Totals, totals_of

_STATUSES = """
SELECT CASE WHEN :settled AND state = 'sent' AND lane = 'live' THEN 'cut_off'
  ELSE coalesce(status, state) END AS told, count(*)
FROM calls GROUP BY told ORDER BY count(*) DESC, told
"""
_CUT_OFF = """
SELECT count(*), total(most_tokens), total(most_usd) FROM calls
WHERE state = 'sent' AND lane = 'live'
"""


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """A retry that was begun and not finished."""

    command: str
    """What it was asked for, in the words of the command's options."""
    articles: tuple[str, ...]
    """Ids of those that are left."""


@dataclass(frozen=True, kw_only=True)
class PastCalls:
    """The calls of a run so far."""

    totals: Totals
    statuses: Mapping[str, int]
    """How many calls there are of each status: `ok`, `http_429`, …, and of each state without."""
    lanes: Mapping[str, int]
    """How many calls were made in each lane."""
    batches: Mapping[str, tuple[int, int]]
    """Batches whose results are not stored, by how far they are: their number, their requests."""
    answers: int
    """Answers that are kept, and given instead of a call for the same request."""
    void: int
    """Answers that are stored and not given any more: a retry asks anew."""
    without_outcome: tuple[str, ...]
    """Articles of which a call was made, and no outcome is stored."""
    retry: Unfinished | None
    """A retry that was stopped; empty if there is none."""


def read_past_calls(
    folder: Path, *, known: Container[str], is_being_written: bool
) -> PastCalls | None:
    """Read the journal of a run; empty if it made no calls. Nothing in the folder is changed.

    Args:
        folder: of the run.
        known: ids of the articles that have an outcome.
        is_being_written: whether a process is at it; if none is, no live call is under way.

    Raises:
        StoreError: the journal cannot be read.
    """
    with reading_journal(folder) as connection:
        if connection is None:
            return None
        kept = dict(connection.execute("SELECT void, count(*) FROM answers GROUP BY void"))
        articles = connection.execute("SELECT article FROM calls GROUP BY article ORDER BY min(id)")
        return PastCalls(
            totals=totals_of(connection) if is_being_written else _settled(connection),
            statuses=dict(connection.execute(_STATUSES, {"settled": not is_being_written})),
            lanes=dict(connection.execute("SELECT lane, count(*) FROM calls GROUP BY lane")),
            batches=_batches(connection),
            answers=kept.get(0, 0),
            void=kept.get(1, 0),
            without_outcome=tuple(article for (article,) in articles if article not in known),
            retry=_unfinished(connection),
        )


def _settled(connection: sqlite3.Connection) -> Totals:
    """The totals where nobody makes calls any more: those without an end were cut off."""
    totals = totals_of(connection)
    calls, tokens, usd = connection.execute(_CUT_OFF).fetchone()
    return replace(
        totals,
        cut_off=totals.cut_off + calls,
        cut_off_most_tokens=totals.cut_off_most_tokens + int(tokens),
        cut_off_most_usd=totals.cut_off_most_usd + usd,
    )


def _batches(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'batches'").fetchone():
        return {}  # written by a version without batches
    return {
        state: (batches, requests)
        for state, batches, requests in connection.execute(
            "SELECT state, count(*), sum(requests) FROM batches"
            " WHERE state NOT IN ('collected', 'given_up') GROUP BY state ORDER BY state"
        )
    }


def _unfinished(connection: sqlite3.Connection) -> Unfinished | None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'retries'").fetchone():
        return None  # written by a version without retries
    rows = connection.execute("SELECT article, command FROM retries ORDER BY rowid").fetchall()
    if not rows:
        return None
    return Unfinished(command=rows[0][1], articles=tuple(article for article, _ in rows))
