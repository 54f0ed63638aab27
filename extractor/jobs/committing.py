"""The committer: a thread of its own that writes rows into a journal, many in one commit."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from extractor.errors import StoreError
from extractor.jobs.calls_file import unusable
from extractor.store import Reserve, lacks_space

_IN_ONE_COMMIT = 256  # rows; more would only delay the first of them

Statement = tuple[str, Sequence[Any]]
"""SQL that writes, and its values."""


class _Row(NamedTuple):
    """Statements to be written in one commit, and who waits for them."""

    statements: Sequence[Statement]
    done: "asyncio.Future[None] | None"


class Committer:
    """Writes what it is given, in the order in which it is given."""

    def __init__(self, connection: sqlite3.Connection, path: Path, reserve: Reserve | None) -> None:
        """Begin the thread.

        Args:
            connection: what it writes to, and nobody else.
            path: of the file, to name it in errors.
            reserve: given up if the disk is full, so that answers on their way can be stored.
        """
        self._connection = connection
        self._path = path
        self._reserve = reserve
        self._rows: SimpleQueue[_Row | None] = SimpleQueue()
        self._failure: StoreError | None = None
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """See that nothing has failed and the disk has room, before a call is written down.

        Raises:
            StoreError: the call must not be made.
        """
        if self._failure:
            raise self._failure
        if self._reserve:
            self._reserve.check()

    async def write(self, *statements: Statement) -> None:
        """Have statements written in one commit; they are even if whoever waits is cancelled.

        Raises:
            StoreError: they cannot be written.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rows.put(_Row(statements, done))
        await done

    def note(self, *statements: Statement) -> None:
        """Have statements written in one commit, without waiting for it."""
        self._rows.put(_Row(statements, None))

    def end(self) -> None:
        """Write what is still to be written, and end the thread."""
        self._rows.put(None)
        self._thread.join()

    def _write(self) -> None:
        """Write rows until told to end: the one thread that does."""
        while (first := self._rows.get()) is not None:
            batch, ended = _drained(first, self._rows)
            failure = self._commit(batch)
            self._failure = self._failure or failure
            _tell(batch, failure)
            if ended:
                return

    def _commit(self, batch: Sequence[_Row]) -> StoreError | None:
        """Write rows, and say why that failed: whatever it is, those who wait must hear of it."""
        try:
            self._commit_once(batch)
        except Exception as error:
            full = isinstance(error, sqlite3.Error) and lacks_space(error)
            if self._reserve is None or not full:
                return unusable(self._path, error)
            self._reserve.release()
        else:
            return None
        try:
            self._commit_once(batch)
        except Exception as error:
            return unusable(self._path, error)
        return None

    def _commit_once(self, batch: Sequence[_Row]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for row in batch:
                for sql, values in row.statements:
                    self._connection.execute(sql, values)
            self._connection.execute("COMMIT")
        except Exception:
            with contextlib.suppress(sqlite3.Error):  # some failures have rolled back already
                self._connection.execute("ROLLBACK")
            raise


def _drained(first: _Row, rows: "SimpleQueue[_Row | None]") -> tuple[list[_Row], bool]:
    batch = [first]
    while len(batch) < _IN_ONE_COMMIT:
        try:
            row = rows.get_nowait()
        except Empty:
            break
        if row is None:
            return batch, True
        batch.append(row)
    return batch, False


def _tell(batch: Sequence[_Row], failure: StoreError | None) -> None:
    """Tell those who wait, in their own thread and at one go."""
    waiting = [row.done for row in batch if row.done is not None]
    if not waiting:
        return

    def settle() -> None:
        for done in waiting:
            if done.done():
                continue
            if failure:
                done.set_exception(failure)
            else:
                done.set_result(None)

    with contextlib.suppress(RuntimeError):  # the loop is closed, so nobody waits any more
        waiting[0].get_loop().call_soon_threadsafe(settle)
