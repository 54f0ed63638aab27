"""Journals of several folders: joined into one, every call once, or looked into for answers."""

import contextlib
import shutil
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from extractor.errors import StoreError
from extractor.jobs.calls import Calls
from extractor.jobs.calls_file import (
    JOURNAL,
    address_of,
    check_version,
    connect,
    reading_journal,
    unusable,
)
from extractor.jobs.journal import Journal, cut_off_open_calls
from extractor.jobs.totals import CallState

_SAME = " AND ".join(
    f"ours.{name} = theirs.{name}" for name in ("article", "begun_at", "request", "n", "lane")
)
"""What one and the same call has in common wherever it is written down."""


class _Table(NamedTuple):
    """A table of a journal, and its columns that hold numbers of rows: of which table."""

    name: str
    numbers: dict[str, str]


_TABLES = (
    _Table("batches", {"part": "batches"}),
    _Table("calls", {"id": "calls", "batch": "batches"}),
    _Table("answers", {"call": "calls"}),
    _Table("troubles", {"call": "calls"}),
)
_OPEN_WORK = {
    "retries": ("retries", "a retry that was stopped, with {count} articles left"),
    "batches": (
        "batches WHERE state NOT IN ('collected', 'given_up')",
        "{count} batches under way",
    ),
}
_KEYS = {"batches": "part", "calls": "id"}


class Archive(Calls):
    """A journal that nobody writes to any more, to look up what it holds."""

    def __init__(self, path: Path) -> None:
        """Open it; nothing is written to it.

        Raises:
            StoreError: it cannot be read, or is no journal that this version reads.
        """
        try:
            super().__init__(path, connect(path, "ro"))
            check_version(self._reading, path)
        except sqlite3.Error as error:
            raise unusable(path, error) from error


def join_journals(folder: Path, folders: Iterable[Path]) -> None:
    """Begin a journal in a folder, with the calls and answers of those in other folders.

    A call that stands in several of them, since one is a copy of another or was joined from it, is
    taken once, with its answer if any has it. Nobody may be writing to them.

    Args:
        folder: of the new journal.
        folders: of the others; those that hold none are passed over.

    Raises:
        StoreError: one of them cannot be read, or the new one cannot be written.
    """
    paths = [path for one in folders if (path := one / JOURNAL).exists()]
    if not paths:
        return
    Journal(folder / JOURNAL).close()
    for path in paths:
        try:
            with _readable(path, folder) as readable:
                _join(folder / JOURNAL, readable)
        except sqlite3.Error as error:
            raise unusable(path, error) from error


def find_open_work(folder: Path) -> str | None:
    """What the process that wrote a journal has begun and must finish itself, in words.

    Raises:
        StoreError: the journal cannot be read.
    """
    with reading_journal(folder) as database:
        for table, (open_rows, words) in _OPEN_WORK.items():
            if database and _columns(database, "main", table):
                (count,) = database.execute(f"SELECT count(*) FROM {open_rows}").fetchone()
                if count:
                    return words.format(count=count)
    return None


def _join(ours: Path, theirs: Path) -> None:
    with contextlib.closing(connect(ours, "rw")) as database:
        # Whoever is stopped begins anew, so nothing need be synced before the end.
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("ATTACH ? AS other", (address_of(theirs, "ro"),))
        check_version(database, theirs, schema="other")
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "DELETE FROM main.calls AS ours WHERE state != :answered AND EXISTS (SELECT 1 FROM"
            f" other.calls AS theirs WHERE {_SAME} AND theirs.state = :answered)",
            {"answered": CallState.ANSWERED.value},
        )
        for table in ("answers", "troubles"):
            database.execute(
                f"DELETE FROM main.{table} WHERE call NOT IN (SELECT id FROM main.calls)"
            )
        database.execute(
            "UPDATE main.answers SET void = 1 WHERE call IN (SELECT ours.id FROM other.answers"
            " JOIN other.calls AS theirs ON theirs.id = other.answers.call"
            f" JOIN main.calls AS ours ON {_SAME} WHERE other.answers.void)"
        )
        last = {
            name: database.execute(f"SELECT coalesce(max({key}), 0) FROM main.{name}").fetchone()[0]
            for name, key in _KEYS.items()
            if _columns(database, "main", name)
        }
        for table in _TABLES:
            _copy(database, table, last)
        cut_off_open_calls(database)
        database.execute("COMMIT")
        database.execute("DETACH other")


def _copy(database: sqlite3.Connection, table: _Table, last: dict[str, int]) -> None:
    """Take in the rows of a table, numbered on from those that are there."""
    both = _columns(database, "main", table.name)
    columns = [name for name in _columns(database, "other", table.name) if name in both]
    if not columns:  # of an earlier version, or a later one
        return
    values = [
        f"theirs.{name} + {last[table.numbers[name]]}"
        if name in table.numbers
        else f"theirs.{name}"
        for name in columns
    ]
    if table.name == "calls":
        fresh = f"NOT EXISTS (SELECT 1 FROM main.calls AS ours WHERE {_SAME})"
    elif "call" in columns:
        fresh = f"theirs.call + {last['calls']} IN (SELECT id FROM main.calls)"
    else:
        fresh = "true"
    database.execute(
        f"INSERT INTO main.{table.name} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM other.{table.name} AS theirs WHERE {fresh}"
    )


def _columns(database: sqlite3.Connection, schema: str, table: str) -> list[str]:
    rows = database.execute(f"PRAGMA {schema}.table_info({table})").fetchall()
    return [cast("tuple[Any, ...]", row)[1] for row in rows]


@contextlib.contextmanager
def _readable(path: Path, room: Path) -> Generator[Path]:
    """The journal itself, or a copy of it where its folder is read-only.

    SQLite keeps its notes on what was written last beside a database, even for a reader.
    """
    try:
        with contextlib.closing(connect(path, "ro")) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        copy = room / f".copy-of-{JOURNAL}"
    else:
        yield path
        return
    try:
        _copy_files(path, copy)
        yield copy
    finally:
        for file in _files(copy, "", "-wal", "-shm"):
            file.unlink(missing_ok=True)


def _copy_files(path: Path, copy: Path) -> None:
    try:
        for file in _files(path, "", "-wal"):
            shutil.copyfile(file, copy.with_name(file.name.replace(path.name, copy.name)))
    except OSError as error:
        raise StoreError(
            f"the journal {str(path)!r} cannot be copied to {str(copy.parent)!r} "
            f"({error.strerror}); mend that and run the same command again"
        ) from error


def _files(path: Path, *suffixes: str) -> Iterator[Path]:
    named = (path.with_name(f"{path.name}{suffix}") for suffix in suffixes)
    return (file for file in named if file.exists())
