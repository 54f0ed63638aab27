"""The file of calls: its tables, how it is opened, and why it cannot be used."""

import contextlib
import json
import sqlite3
from collections.abc import Generator
from pathlib import Path

from extractor.errors import StoreError

JOURNAL = "calls.sqlite"
"""Its name in the run folder."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_VERSION = 1  # of the tables
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


def connect(path: Path, how: str = "rwc") -> sqlite3.Connection:
    """Open the file, for any thread; by default it is made if there is none.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    return sqlite3.connect(
        address_of(path, how), uri=True, isolation_level=None, check_same_thread=False, timeout=10
    )


def address_of(path: Path, how: str) -> str:
    """What SQLite is told to open: the file, and the mode to open it in."""
    return f"{path.resolve().as_uri()}?mode={how}"


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables that are not there yet, and have every commit synced.

    Raises:
        StoreError: the tables are of another version.
        sqlite3.Error: the file cannot be written.
    """
    check_version(connection, path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(_SCHEMA)
    connection.execute(f"PRAGMA user_version = {_VERSION}")


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
    how = "ro&immutable=1" if settled else "ro"
    try:
        with contextlib.closing(
            sqlite3.connect(address_of(path, how), uri=True, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN")  # all that is read is of one moment
            yield connection
    except sqlite3.Error as error:
        raise unusable(path, error) from error


def _is_damage(error: Exception) -> bool:
    """Whether what was written is gone, or is no longer what was written."""
    # A file without its tables has lost the log beside it that held them.
    gone = isinstance(error, sqlite3.OperationalError) and "no such table" in str(error)
    no_json = isinstance(error, json.JSONDecodeError)  # an answer is read; what is written never is
    return gone or no_json or getattr(error, "sqlite_errorcode", None) in _DAMAGED


def unusable(path: Path, error: Exception) -> StoreError:
    """Why a journal cannot be used, and what to do next."""
    if _is_damage(error):
        return StoreError(
            f"the journal of calls {str(path)!r} is damaged ({error}): put a copy of it in its "
            "place; without one move it away, and the run goes on, but answers that only it held "
            "are asked for, and paid for, anew"
        )
    return StoreError(
        f"the journal of calls {str(path)!r} cannot be used ({error}); every answer in it is "
        "safe: mend that and run the same command again to go on"
    )
