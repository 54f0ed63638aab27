"""The journal of calls: a call is written down before it is made, and its answer when it came.

`calls.sqlite` in the run folder holds a row for every call and the body of every completion, as
JSON. A row is committed before its call is made, so that whatever kills the process, no call is
unknown; an answer that is stored is never asked for again. Rows are written by a thread of their
own, many in one commit, each commit synced: an answer that was paid for outlasts a power cut.
"""

import contextlib
import json
import sqlite3
import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from extractor.jobs.calls import Calls
from extractor.jobs.calls_file import JOURNAL, connect, prepare, unusable
from extractor.jobs.committing import Committer, Statement
from extractor.jobs.cost import Cost
from extractor.jobs.totals import CallState, totals_of
from extractor.readers.exchange import Call, Reply, Usage
from extractor.readers.troubles import Trouble
from extractor.store import Reserve


class Journal(Calls):
    """The calls of a run, for one process at a time: the run folder's lock sees to that."""

    def __init__(self, path: Path, reserve: Reserve | None = None) -> None:
        """Open the journal, or begin one; what an earlier process left open was cut off.

        Args:
            path: of the file.
            reserve: given up if the disk is full, so that answers on their way can be stored.

        Raises:
            StoreError: it cannot be written, or is no journal that this version reads.
        """
        try:
            # One connection writes, in one thread; the other reads, in the loop's.
            self._writing = connect(path)
            prepare(self._writing, path)
            cut_off_open_calls(self._writing)
            super().__init__(path, connect(path))
            self.totals = totals_of(self._reading)
        except sqlite3.Error as error:
            raise unusable(path, error) from error
        ((last,),) = self.ask("SELECT coalesce(max(id), 0) FROM calls")
        self._next: int = last + 1
        self._committer = Committer(self._writing, path, reserve)

    async def begin(
        self,
        call: Call,
        *,
        most: Cost = Cost(),  # noqa: B008 - frozen
        lane: str = "live",
        batch: int | None = None,
    ) -> int:
        """Write a call down before it is made; its number in the journal.

        Args:
            call: what is about to be sent.
            most: what it can come to.
            lane: `live` or `batch`.
            batch: the part of the run that it is a request of, if it goes into one.

        Raises:
            StoreError: it cannot be written, so the call must not be made.
        """
        self._committer.check()
        row, self._next = self._next, self._next + 1
        told = (row, call.article_id, call.model, call.request_sha256, call.n, lane, batch)
        await self.write(
            (
                "INSERT INTO calls (id, article, model, request, n, lane, batch, state,"
                " begun_at, most_tokens, most_usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*told, CallState.SENT.value, time.time(), most.tokens, most.usd),
            )
        )
        self.totals = replace(self.totals, calls=self.totals.calls + 1)
        return row

    async def end(
        self, row: int, call: Call, reply: Reply, counted: Cost, *also: Statement
    ) -> None:
        """Write down what a call brought, and keep its answer.

        Args:
            row: the number that `begin` gave.
            call: what was sent.
            reply: what came.
            counted: what it counts for: the most that it can have come to, if that is not known.
            also: what is written in the same commit.

        Raises:
            StoreError: it cannot be written.
        """
        trouble = reply.called if isinstance(reply.called, Trouble) else None
        state = CallState.FAILED if trouble else CallState.ANSWERED
        usage = reply.usage
        statements: list[Statement] = [
            *also,
            (
                "UPDATE calls SET state = ?, status = ?, milliseconds = ?, prompt_tokens = ?,"
                " completion_tokens = ?, cached_tokens = ?, reasoning_tokens = ?, usd = ?,"
                " request_id = ?, counted_tokens = ?, counted_usd = ? WHERE id = ?",
                (
                    state.value,
                    trouble.status if trouble else "ok",
                    reply.milliseconds,
                    usage.prompt_tokens,
                    usage.completion_tokens,
                    usage.cached_tokens,
                    usage.reasoning_tokens,
                    reply.usd,
                    reply.request_id,
                    counted.tokens,
                    counted.usd,
                    row,
                ),
            ),
        ]
        if not trouble:
            body = json.dumps(reply.called, ensure_ascii=False)
            told = body.encode("utf-8", "backslashreplace").decode()
            statements.append(
                (
                    "INSERT INTO answers (call, request, body) VALUES (?, ?, ?)",
                    (row, call.request_sha256, told),
                )
            )
        self._count(usage, reply, failed=trouble is not None)
        await self.write(*statements)

    def cut_off(self, row: int, most: Cost) -> None:
        """Note that nobody waits for a call any longer, without waiting for the note."""
        sql = "UPDATE calls SET state = ? WHERE id = ?"
        self._committer.note((sql, (CallState.CUT_OFF.value, row)))
        self.totals = replace(
            self.totals,
            cut_off=self.totals.cut_off + 1,
            cut_off_most_tokens=self.totals.cut_off_most_tokens + most.tokens,
            cut_off_most_usd=self.totals.cut_off_most_usd + (most.usd or 0.0),
        )

    async def write(self, *statements: Statement) -> None:
        """Have statements written in one commit; they are even if whoever waits is cancelled.

        Raises:
            StoreError: they cannot be written.
        """
        await self._committer.write(*statements)

    def recount(self) -> None:
        """Sum up anew what all calls came to, after rows were written from outside."""
        self.totals = totals_of(self._reading)

    def close(self) -> None:
        """Write what is still to be written, and let go of the file."""
        self._committer.end()
        super().close()
        self._writing.close()

    def _count(self, usage: Usage, reply: Reply, *, failed: bool) -> None:
        known = self.totals
        self.totals = replace(
            known,
            answered=known.answered + (not failed),
            failed=known.failed + failed,
            prompt_tokens=known.prompt_tokens + (usage.prompt_tokens or 0),
            completion_tokens=known.completion_tokens + (usage.completion_tokens or 0),
            usd=known.usd + (reply.usd or 0.0),
            unpriced=known.unpriced + (not failed and reply.usd is None),
            uncounted=known.uncounted + (not failed and usage.prompt_tokens is None),
        )


@contextlib.contextmanager
def open_journal(folder: Path, reserve: Reserve | None = None) -> Generator[Journal]:
    """The journal of a run folder that this process holds the lock of.

    Args:
        folder: of the run.
        reserve: given up if the disk is full, so that answers on their way can be stored.

    Raises:
        StoreError: it cannot be written, or is no journal that this version reads.
    """
    journal = Journal(folder / JOURNAL, reserve)
    try:
        yield journal
    finally:
        journal.close()


def cut_off_open_calls(connection: sqlite3.Connection) -> None:
    """Note of live calls without an end that nobody waits for their replies any more.

    Raises:
        sqlite3.Error: it cannot be written.
    """
    connection.execute(
        "UPDATE calls SET state = ? WHERE state = ? AND lane = 'live'",
        (CallState.CUT_OFF.value, CallState.SENT.value),
    )
