"""Outcomes of several run folders, joined in one file: every input has one outcome in it.

The lines are copied as they are. Those that were replaced come first, then articles, then
rejections, the narrowest places first: so no line does away with one that counts.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from extractor.codes import InputOutcome
from extractor.errors import RecordError, StoreError
from extractor.records import Failure, Reading, Rejected
from extractor.store.covering import read_index
from extractor.store.folder import OUTCOMES
from extractor.store.index import Live
from extractor.store.inputs import InputKey, sha256_of_input
from extractor.store.line import parse, placed, unseal
from extractor.store.run import Run

_CACHE = -4000  # KiB, so that memory stays flat
_SCHEMA = """
CREATE TABLE live (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  folder INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  rank INTEGER NOT NULL,
  PRIMARY KEY (name, kind, folder)
) WITHOUT ROWID;
CREATE INDEX lines ON live (folder, offset);
"""
_DEEPEST = 1_000_000  # more folders than a path has, around a file
_TOLD = 3  # inputs named in an error


class _Entry(NamedTuple):
    """The outcome of an input in one of the folders."""

    folder: int
    offset: int
    length: int
    outcome: InputOutcome


class _Span(NamedTuple):
    """Where a line stands."""

    folder: int
    offset: int
    length: int


def join_outcomes(runs: Sequence[Run], file: BinaryIO) -> None:
    """Write the outcomes of several runs to one file.

    What several runs hold is written once if they read the same. Of an article that one of them
    holds a final outcome of and another none but `infra_error`, the final one counts; the other
    line is kept as replaced. Every line is checked as it is written.

    Args:
        runs: to be joined; nobody may be writing to them.
        file: where to.

    Raises:
        StoreError: an input has different outcomes in two of them, or there is no room for an
            index.
        RecordError: a line does not hold.
        OSError: a file cannot be read or written.
    """
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as database:
            database.execute(f"PRAGMA cache_size = {_CACHE}")
            database.executescript(_SCHEMA)
            database.execute("BEGIN")
            for number, run in enumerate(runs):
                _take_in(database, number, run)
            _settle(database, runs)
            _write_replaced(database, runs, file)
            _write_live(database, runs, file)
    except sqlite3.Error as error:
        raise StoreError(
            f"cannot keep an index of the folders in a temporary file ({error}); free some space, "
            "or name another folder for such files in SQLITE_TMPDIR"
        ) from error


def _take_in(database: sqlite3.Connection, number: int, run: Run) -> None:
    if not (run.folder / OUTCOMES).exists():
        return
    with read_index(run.folder) as index:
        database.executemany(
            "INSERT INTO live VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (*one.key, number, one.offset, one.length, one.outcome.value, _rank(one))
                for one in index.live()
            ),
        )


def _rank(live: Live) -> int:
    """Where a line comes: a rejection drops those of the file and the folders around its place."""
    if live.key[0] == "article" or live.path is None:
        return 0
    return 1 if live.place else _DEEPEST - len(PurePath(live.path).parents)


def _settle(database: sqlite3.Connection, runs: Sequence[Run]) -> None:
    """Leave one outcome of every input that several runs hold."""
    refused: list[str] = []
    several = database.execute(
        "SELECT kind, name FROM live GROUP BY name, kind HAVING count(*) > 1"
    ).fetchall()
    for key in several:
        entries = _entries(database, key)
        final = [one for one in entries if one.outcome is not InputOutcome.INFRA_ERROR]
        kept = final[0] if final else entries[-1]
        if other := _find_different(final, runs):
            refused.append(_tell(key, kept, other, runs))
            continue
        database.execute(
            "DELETE FROM live WHERE kind = ? AND name = ? AND folder != ?", (*key, kept.folder)
        )
    if refused:
        more = f"; and {len(refused) - _TOLD} more" if len(refused) > _TOLD else ""
        raise StoreError(
            f"{'; '.join(refused[:_TOLD])}{more}: nothing tells which one counts; leave one of the "
            "folders out, or take the line that does not count out of its file"
        )


def _entries(database: sqlite3.Connection, key: InputKey) -> list[_Entry]:
    rows = database.execute(
        "SELECT folder, offset, length, outcome FROM live WHERE kind = ? AND name = ? "
        "ORDER BY folder",
        key,
    )
    return [_Entry(row[0], row[1], row[2], InputOutcome(row[3])) for row in rows]


def _find_different(entries: Sequence[_Entry], runs: Sequence[Run]) -> _Entry | None:
    """The first of some outcomes that is another one than that before all of them."""
    if len(entries) < 2:
        return None
    first, *others = entries
    read = _read_of(_recall(first, runs))
    return next((one for one in others if _read_of(_recall(one, runs)) != read), None)


def _read_of(outcome: Reading | Failure | Rejected) -> object:
    """What was read, without how often it was asked for and where the article was met."""
    if isinstance(outcome, Rejected):
        return outcome
    told = outcome.model_dump(exclude={"article", "source", "notices", "attempts"})
    return sha256_of_input(outcome.article), told


def _recall(entry: _Entry, runs: Sequence[Run]) -> Reading | Failure | Rejected:
    path = runs[entry.folder].folder / OUTCOMES
    with path.open("rb") as lines:
        lines.seek(entry.offset)
        line = lines.read(entry.length)
    try:
        return parse(line)
    except RecordError as error:
        raise placed(error, path, entry.offset) from error


def _tell(key: InputKey, one: _Entry, other: _Entry, runs: Sequence[Run]) -> str:
    kind, name = key
    what = "article" if kind == "article" else "input"
    here, there = (
        f"{entry.outcome.value} in {str(runs[entry.folder].folder)!r}" for entry in (one, other)
    )
    return f"the {what} {name!r} has different outcomes, {here} and {there}"


def _write_replaced(database: sqlite3.Connection, runs: Sequence[Run], file: BinaryIO) -> None:
    """Write the lines that do not count, in their order: they are kept as in any run."""
    for number, run in enumerate(runs):
        path = run.folder / OUTCOMES
        if not path.exists():
            continue
        rows = database.execute(
            "SELECT offset FROM live WHERE folder = ? ORDER BY offset", (number,)
        )
        live = (offset for (offset,) in rows)
        following, at = next(live, None), 0
        with path.open("rb") as lines:
            for line in lines:
                if at == following:
                    following = next(live, None)
                elif line.endswith(b"\n"):
                    file.write(_checked(line, path, at))
                at += len(line)


def _write_live(database: sqlite3.Connection, runs: Sequence[Run], file: BinaryIO) -> None:
    rows = database.execute("SELECT folder, offset, length FROM live ORDER BY rank, folder, offset")
    spans = (_Span(*row) for row in rows)
    for number, here in groupby(spans, key=lambda span: span.folder):
        path = runs[number].folder / OUTCOMES
        with path.open("rb") as lines:
            for span in here:
                lines.seek(span.offset)
                file.write(_checked(lines.read(span.length), path, span.offset))


def _checked(line: bytes, path: Path, offset: int) -> bytes:
    """A line that holds; one without a checksum is read whole to see that."""
    try:
        if not unseal(line).has_seal:
            parse(line)
    except RecordError as error:
        raise placed(error, path, offset) from error
    return line
