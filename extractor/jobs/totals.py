"""The totals of a journal: what the calls of a run came to."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from extractor.jobs.calls_file import reading_journal

_TOTALS = """
SELECT state, count(*), total(prompt_tokens), total(completion_tokens), total(usd),
  sum(usd IS NULL), sum(prompt_tokens IS NULL), total(most_tokens), total(most_usd)
FROM calls GROUP BY state
"""


class CallState(StrEnum):
    """How far a call has come."""

    SENT = "sent"
    """Written down, and made or about to be made."""
    ANSWERED = "answered"
    """A completion came, and is stored."""
    FAILED = "failed"
    """Trouble came instead."""
    CUT_OFF = "cut_off"
    """The run was stopped before any reply was stored; it may have been paid for."""


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What all calls of a run came to; money and tokens are those of calls that state them."""

    calls: int = 0
    answered: int = 0
    failed: int = 0
    cut_off: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0
    unpriced: int = 0
    """Answered calls without a price, so that `usd` is too low."""
    uncounted: int = 0
    """Answered calls whose endpoint stated no tokens."""
    cut_off_most_tokens: int = 0
    """What the calls that were cut off may have used at most."""
    cut_off_most_usd: float = 0.0

    @property
    def tokens(self) -> int:
        """Tokens of prompts and answers."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def under_way(self) -> int:
        """Calls whose reply has not come yet."""
        return self.calls - self.answered - self.failed - self.cut_off

    @property
    def spent_usd(self) -> float | None:
        """What answered calls cost; empty if there are some and none of them has a price."""
        return None if self.answered and self.unpriced == self.answered else self.usd


def read_totals(folder: Path) -> Totals | None:
    """What the calls of a run came to; `None` if it made none that are written down.

    Raises:
        StoreError: the journal cannot be read.
    """
    with reading_journal(folder) as connection:
        return None if connection is None else totals_of(connection)


def totals_of(connection: sqlite3.Connection) -> Totals:
    """What the calls in an open journal came to.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    rows = {state: rest for state, *rest in connection.execute(_TOTALS)}
    calls, prompt, completion, usd = (sum(row[at] for row in rows.values()) for at in range(4))
    answered = rows.get(CallState.ANSWERED.value, [0] * 8)
    cut_off = rows.get(CallState.CUT_OFF.value, [0] * 8)
    return Totals(
        calls=calls,
        answered=answered[0],
        failed=rows.get(CallState.FAILED.value, [0])[0],
        cut_off=cut_off[0],
        prompt_tokens=int(prompt),
        completion_tokens=int(completion),
        usd=usd,
        unpriced=answered[4],
        uncounted=answered[5],
        cut_off_most_tokens=int(cut_off[6]),
        cut_off_most_usd=cut_off[7],
    )
