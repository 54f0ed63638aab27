"""The calls of a journal, to look up what was answered and what it counts for."""

import json
import sqlite3
from pathlib import Path
from typing import Any, cast

from extractor.jobs.calls_file import unusable
from extractor.jobs.cost import Cost
from extractor.readers.exchange import Call, Reply

_COUNTED = """
SELECT sum(coalesce(counted_tokens, most_tokens)),
  sum(CASE WHEN counted_tokens IS NULL THEN most_usd ELSE counted_usd END)
FROM calls
"""
_KEPT = """
SELECT calls.article, calls.milliseconds, calls.usd, calls.request_id, answers.body
FROM answers JOIN calls ON calls.id = answers.call
WHERE answers.request = ? AND answers.void = 0 ORDER BY answers.call LIMIT 1 OFFSET ?
"""


class Calls:
    """The calls in a file that is open."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Stand ready.

        Args:
            path: of the file.
            connection: to read from.
        """
        self.path = path
        self._reading = connection

    def kept(self, call: Call) -> Reply | None:
        """The answer to this very request, if one is stored.

        What another article's call was paid for costs this one nothing.

        Raises:
            StoreError: the journal cannot be read.
        """
        try:
            return kept_in(self._reading, call)
        except (sqlite3.Error, json.JSONDecodeError) as error:
            raise unusable(self.path, error) from error

    def counted(self, article_id: str | None = None) -> Cost:
        """What all the calls, or those of one article, count for.

        A call whose end is not known counts with the most that it can have come to.

        Raises:
            StoreError: the journal cannot be read.
        """
        where, values = ("WHERE article = ?", (article_id,)) if article_id else ("", ())
        ((tokens, usd),) = self.ask(f"{_COUNTED} {where}", *values)
        return Cost(tokens=tokens or 0, usd=usd)

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a query finds.

        Raises:
            StoreError: the journal cannot be read.
        """
        try:
            return self._reading.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._reading.close()


def kept_in(database: sqlite3.Connection, call: Call) -> Reply | None:
    """The answer to a request that a journal holds; see `Calls.kept`."""
    found = database.execute(_KEPT, (call.request_sha256, call.answered)).fetchone()
    if found is None:
        return None
    article, milliseconds, usd, request_id, body = cast("tuple[Any, ...]", found)
    return Reply(
        called=json.loads(body),
        request_id=request_id,
        milliseconds=milliseconds,
        usd=usd if article == call.article_id or usd is None else 0.0,
        stored=True,
    )
