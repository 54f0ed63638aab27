"""The journal of calls: a call is written down before it is made, and its answer when it came.

`calls.sqlite` in the run folder holds a row for every call and the body of every completion, as
JSON. A row is committed before its call is made, so that whatever kills the process, no call is
unknown; an answer that is stored is never asked for again. Rows are written by a thread of their
own, many in one commit, each commit synced: an answer that was paid for outlasts a power cut.
"""

import asyncio
import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, cast

from extractor.errors import StoreError
from extractor.jobs.cost import Cost
from extractor.readers.exchange import Call, Reply, Usage
from extractor.readers.troubles import Trouble
from extractor.store import Reserve, lacks_space

JOURNAL = "calls.sqlite"
"""Its name in the run folder."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_VERSION = 1  # of the tables
_IN_ONE_COMMIT = 256  # rows; more would only delay the first of them
_SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
  id INTEGER PRIMARY KEY,
  article TEXT NOT NULL,
  model TEXT NOT NULL,
  request TEXT NOT NULL,
  n INTEGER NOT NULL,
  lane TEXT NOT NULL,
  state TEXT NOT NULL,
  begun_at REAL NOT NULL,
  most_tokens INTEGER NOT NULL,
  most_usd REAL,
  counted_tokens INTEGER,
  counted_usd REAL,
  status TEXT,
  milliseconds REAL,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cached_tokens INTEGER,
  reasoning_tokens INTEGER,
  usd REAL,
  request_id TEXT,
  batch INTEGER
);
CREATE INDEX IF NOT EXISTS calls_of_article ON calls (article);
CREATE TABLE IF NOT EXISTS answers (
  call INTEGER PRIMARY KEY REFERENCES calls (id),
  request TEXT NOT NULL,
  void INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_of_request ON answers (request) WHERE void = 0;
CREATE INDEX IF NOT EXISTS calls_of_batch ON calls (batch, request) WHERE batch IS NOT NULL;
CREATE INDEX IF NOT EXISTS calls_in_batches ON calls (request)
  WHERE lane = 'batch' AND state = 'sent';
CREATE TABLE IF NOT EXISTS batches (
  part INTEGER PRIMARY KEY,
  run TEXT NOT NULL,
  state TEXT NOT NULL,
  requests INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  written_at REAL NOT NULL,
  file TEXT,
  batch TEXT,
  status TEXT,
  output TEXT,
  errors TEXT
);
CREATE TABLE IF NOT EXISTS troubles (
  call INTEGER PRIMARY KEY REFERENCES calls (id),
  request TEXT NOT NULL,
  told INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL,
  verdict TEXT NOT NULL,
  message TEXT NOT NULL,
  http_status INTEGER
);
CREATE INDEX IF NOT EXISTS troubles_of_request ON troubles (request) WHERE told = 0;
CREATE TABLE IF NOT EXISTS retries (
  article TEXT PRIMARY KEY,
  earlier TEXT NOT NULL,
  command TEXT NOT NULL
);
"""
_TOTALS = """
SELECT state, count(*), total(prompt_tokens), total(completion_tokens), total(usd),
  sum(usd IS NULL), sum(prompt_tokens IS NULL), total(most_tokens), total(most_usd)
FROM calls GROUP BY state
"""
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


Statement = tuple[str, Sequence[Any]]
"""SQL that writes, and its values."""


class _Row(NamedTuple):
    """A statement to be written, and who waits for it."""

    statements: Sequence[Statement]
    done: "asyncio.Future[None] | None"


class Journal:
    """The calls of a run, for one process at a time: the run folder's lock sees to that."""

    def __init__(self, path: Path, reserve: Reserve | None = None) -> None:
        """Open the journal, or begin one; what an earlier process left open was cut off.

        Args:
            path: of the file.
            reserve: given up if the disk is full, so that answers on their way can be stored.

        Raises:
            StoreError: it cannot be written, or is no journal that this version reads.
        """
        self.path = path
        self._reserve = reserve
        try:
            self._writing = _connect(path)
            _prepare(self._writing, path)
            self._reading = _connect(path)
            self.totals = totals_of(self._reading)
            (last,) = self._reading.execute("SELECT coalesce(max(id), 0) FROM calls").fetchone()
        except sqlite3.Error as error:
            raise unusable(path, error) from error
        self._next = cast("int", last) + 1
        self._rows: SimpleQueue[_Row | None] = SimpleQueue()
        self._failure: StoreError | None = None
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

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
        if self._failure:
            raise self._failure
        if self._reserve:
            self._reserve.check()
        row, self._next = self._next, self._next + 1
        told = (row, call.article_id, call.model, call.request_sha256, call.n, lane, batch)
        await self._put(
            "INSERT INTO calls (id, article, model, request, n, lane, batch, state,"
            " begun_at, most_tokens, most_usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*told, CallState.SENT.value, time.time(), most.tokens, most.usd),
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
        self._rows.put(_Row([(sql, (CallState.CUT_OFF.value, row))], None))
        self.totals = replace(
            self.totals,
            cut_off=self.totals.cut_off + 1,
            cut_off_most_tokens=self.totals.cut_off_most_tokens + most.tokens,
            cut_off_most_usd=self.totals.cut_off_most_usd + (most.usd or 0.0),
        )

    def kept(self, call: Call) -> Reply | None:
        """The answer to this very request, if one is stored.

        What another article's call was paid for costs this one nothing.

        Raises:
            StoreError: the journal cannot be read.
        """
        try:
            return kept_in(self._reading, call)
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def counted(self, article_id: str | None = None) -> Cost:
        """What the calls of the run, or of one article, count for.

        A call whose end is not known counts with the most that it can have come to.

        Raises:
            StoreError: the journal cannot be read.
        """
        try:
            return counted_in(self._reading, article_id)
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a query finds.

        Raises:
            StoreError: the journal cannot be read.
        """
        try:
            return self._reading.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def recount(self) -> None:
        """Sum up anew what all calls came to, after rows were written from outside."""
        self.totals = totals_of(self._reading)

    def close(self) -> None:
        """Write what is still to be written, and let go of the file."""
        self._rows.put(None)
        self._thread.join()
        self._reading.close()
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

    async def _put(self, sql: str, values: Sequence[Any]) -> None:
        await self.write((sql, values))

    async def write(self, *statements: Statement) -> None:
        """Have statements written in one commit; they are even if whoever waits is cancelled.

        Raises:
            StoreError: they cannot be written.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rows.put(_Row(statements, done))
        await done

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
                return unusable(self.path, error)
            self._reserve.release()
        else:
            return None
        try:
            self._commit_once(batch)
        except Exception as error:
            return unusable(self.path, error)
        return None

    def _commit_once(self, batch: Sequence[_Row]) -> None:
        try:
            self._writing.execute("BEGIN IMMEDIATE")
            for row in batch:
                for sql, values in row.statements:
                    self._writing.execute(sql, values)
            self._writing.execute("COMMIT")
        except Exception:
            with contextlib.suppress(sqlite3.Error):  # some failures have rolled back already
                self._writing.execute("ROLLBACK")
            raise


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


@contextlib.contextmanager
def reading_journal(folder: Path) -> Generator[sqlite3.Connection | None]:
    """The journal of a run folder, to look at while another process may write to it.

    It is empty if no call is written down. What other code reads in it is its own affair; an
    error of the database becomes one that names the file.

    Raises:
        StoreError: the journal cannot be read.
    """
    path = folder / JOURNAL
    if not path.exists():
        yield None
        return
    # Without a write-ahead log nobody has it open; then it is read as it is, and no file is made.
    settled = not path.with_name(f"{JOURNAL}-wal").exists()
    how = "mode=ro&immutable=1" if settled else "mode=ro"
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN")  # all that is read is of one moment
            yield connection
    except sqlite3.Error as error:
        raise unusable(path, error) from error


def kept_in(database: sqlite3.Connection, call: Call) -> Reply | None:
    """The answer to a request that a journal holds; see `Journal.kept`."""
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


def counted_in(database: sqlite3.Connection, article_id: str | None) -> Cost:
    """What the calls in a journal count for; see `Journal.counted`."""
    where, values = ("WHERE article = ?", (article_id,)) if article_id else ("", ())
    tokens, usd = database.execute(f"{_COUNTED} {where}", values).fetchone()
    return Cost(tokens=tokens or 0, usd=usd)


def check_version(database: sqlite3.Connection, path: Path, *, schema: str = "main") -> None:
    """See that the tables of a journal are those that this version reads, or none yet.

    Raises:
        StoreError: they are of another version.
    """
    (version,) = database.execute(f"PRAGMA {schema}.user_version").fetchone()
    if version not in (0, _VERSION):
        raise StoreError(
            f"{str(path)!r} was written by another version of tollbook (tables {version}, not "
            f"{_VERSION}); go on with that version, or start another run"
        )


def read_totals(folder: Path) -> Totals | None:
    """What the calls of a run came to; `None` if it made none that are written down.

    Raises:
        StoreError: the journal cannot be read.
    """
    with reading_journal(folder) as connection:
        return None if connection is None else totals_of(connection)


def _connect(path: Path) -> sqlite3.Connection:
    # One connection writes, in one thread; the other reads, in the loop's.
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    check_version(connection, path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(_SCHEMA)
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute(
        "UPDATE calls SET state = ? WHERE state = ? AND lane = 'live'",
        (CallState.CUT_OFF.value, CallState.SENT.value),
    )


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


def unusable(path: Path, error: Exception) -> StoreError:
    """Why a journal cannot be used, and what to do next."""
    if getattr(error, "sqlite_errorcode", None) in _DAMAGED:
        return StoreError(
            f"the journal of calls {str(path)!r} is damaged ({error}): put a copy of it in its "
            "place; without one move it away, and the run goes on, but answers that only it held "
            "are asked for, and paid for, anew"
        )
    return StoreError(
        f"the journal of calls {str(path)!r} cannot be used ({error}); every answer in it is "
        "safe: mend that and run the same command again to go on"
    )
