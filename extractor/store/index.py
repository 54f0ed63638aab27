"""The index of a run: which line holds the outcome of each input, in a database on disk.

It is derived from the lines, and never trusted over them: what it says of an input may be looked up
in the line itself, and an index that does not fit the lines is made anew.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from threading import RLock
from typing import NamedTuple

from extractor.codes import InputOutcome
from extractor.records import Source
from extractor.store.head import Head
from extractor.store.inputs import InputKey, contradicted

VERSION = 2
"""Of the table, and of what an input's key and hash are made of."""

_CACHE = -2000  # KiB: enough for the pages in use, and memory stays flat
_SCHEMA = """
CREATE TABLE lines (
  n INTEGER PRIMARY KEY,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  outcome TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  path TEXT,
  place INTEGER,
  raw TEXT,
  states TEXT,
  live INTEGER NOT NULL
);
CREATE INDEX names ON lines (name, kind);
CREATE INDEX places ON lines (path, place) WHERE live;
CREATE TABLE covering (
  bytes INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  sample BLOB NOT NULL,
  stamp TEXT NOT NULL
);
INSERT INTO covering VALUES (0, 0, x'', '');
"""
_REJECTED = InputOutcome.REJECTED_INPUT.value
_STORED = "SELECT outcome, sha256, n, offset, length FROM lines"


class Stored(NamedTuple):
    """What is known of a stored outcome without holding it in memory."""

    outcome: InputOutcome
    sha256: str
    """Of the input: see `sha256_of_input`."""
    n: int
    """Number of its line, from 1."""
    offset: int
    length: int


class Placed(NamedTuple):
    """An article's latest outcome, as it is found by the place that the article came from."""

    n: int
    """Number of its line, from 1."""
    place: int
    """Line of the input; 0 where that is no file of lines."""
    raw_sha256: str
    name: str
    outcome: str


class Covering(NamedTuple):
    """How much of the lines an index covers, and what shows whether it fits them."""

    size: int
    """In bytes."""
    lines: int
    sample: bytes
    stamp: str
    """Of the file as it was left; empty while it is written to."""


class Line(NamedTuple):
    """Where a line stands."""

    n: int
    offset: int
    length: int


class Live(NamedTuple):
    """The outcome of an input, and where its line stands."""

    key: InputKey
    outcome: InputOutcome
    offset: int
    length: int
    path: str | None
    """Where the input came from; empty if that is not known."""
    place: int | None
    """Its line there; 0 for the whole file."""


class Index(Mapping[InputKey, Stored]):
    """The latest outcome of every input by its key; every other line is known as replaced.

    It may be used from several threads. Whatever its database meets, such as a full disk, is
    raised as an error of SQLite, for its owner to deal with.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take over a database, which must allow use from several threads.

        Raises:
            sqlite3.Error: it cannot be read, or holds something else.
        """
        self._database = database
        self._lock = RLock()
        database.isolation_level = None  # transactions are begun and committed here
        database.execute(f"PRAGMA cache_size = {_CACHE}")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if not version:
            database.executescript(f"{_SCHEMA} PRAGMA user_version = {VERSION};")
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"version {version} of the index, not {VERSION}")
        self.reload()

    def reload(self) -> None:
        """Go back to what was committed last."""
        with self._lock:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            row = self._database.execute("SELECT * FROM covering").fetchone()
            self.committed = Covering(*row)
            self.end, self.lines = self.committed.size, self.committed.lines
            counts = self._database.execute(
                "SELECT kind, count(*) FROM lines WHERE live GROUP BY kind"
            )
            self._live: Counter[str] = Counter(dict(counts.fetchall()))

    def note(self, head: Head, length: int) -> None:
        """Take in the next line, which replaces what it must; it is kept by the next commit."""
        with self._lock:
            self._begin()
            if head.source and self._live["rejected"]:
                raw_sha256 = head.raw_sha256 if head.is_article else None
                for key in contradicted(head.source, raw_sha256):
                    self._replace(key)
            self._replace(head.key)
            self.lines += 1
            self._database.execute(
                "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (
                    self.lines,
                    self.end,
                    length,
                    *head.key,
                    head.outcome.value,
                    bytes.fromhex(head.sha256),
                    head.source.path if head.source else None,
                    (head.source.line or 0) if head.source else None,
                    head.raw_sha256,
                    head.states,
                ),
            )
            self.end += length
            self._live[head.key[0]] += 1

    def skip(self, length: int) -> None:
        """Pass over a line that does not hold."""
        self.lines += 1
        self.end += length

    def commit(self, sample: bytes, stamp: str = "") -> None:
        """Keep what was taken in, with what shows later whether the index fits the lines."""
        with self._lock:
            self._begin()
            self.committed = Covering(self.end, self.lines, sample, stamp)
            self._database.execute(
                "UPDATE covering SET bytes = ?, lines = ?, sample = ?, stamp = ?", self.committed
            )
            self._database.execute("COMMIT")

    def close(self) -> None:
        """Let go of the database; what was not committed is given up."""
        with self._lock, closing(self._database), suppress(sqlite3.Error):
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            # In this mode the file can be read where nothing can be written.
            self._database.execute("PRAGMA journal_mode = DELETE")

    def __getitem__(self, key: InputKey) -> Stored:
        found = self._find(f"{_STORED} WHERE name = ? AND kind = ? AND live", (key[1], key[0]))
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[InputKey]:
        last = 0
        while rows := self._page(last):
            yield from ((kind, name) for _, kind, name in rows)
            last = rows[-1][0]

    def _page(self, after: int) -> list[tuple[int, str, str]]:
        with self._lock:
            return self._database.execute(
                "SELECT n, kind, name FROM lines WHERE live AND n > ? ORDER BY n LIMIT 1000",
                (after,),
            ).fetchall()

    def __len__(self) -> int:
        return self._live.total()

    def contradicts(self, source: Source, raw_sha256: str | None) -> bool:
        """Whether an outcome from there drops a rejection; the hash is that of an article."""
        if not self._live["rejected"]:
            return False
        return any(key in self for key in contradicted(source, raw_sha256))

    def line(self, n: int) -> Stored:
        """What a line of a number holds, replaced or not.

        Raises:
            KeyError: there is no such line.
        """
        found = self._find(f"{_STORED} WHERE n = ?", (n,))
        if found is None:
            raise KeyError(n)
        return found

    def articles_at(self, path: str, first: int, last: int) -> list[Placed]:
        """The articles that came from some lines of a file, but for those where a rejection is."""
        with self._lock:
            rows = self._database.execute(
                "SELECT n, place, raw, name, outcome FROM lines "
                "WHERE path = ? AND place BETWEEN ? AND ? AND live",
                (path, first, last),
            ).fetchall()
        placed = [Placed(*row) for row in rows]
        rejected = {row.place for row in placed if row.outcome == _REJECTED}
        return [row for row in placed if row.place not in rejected]

    def find_other_version(self, article_id: str, sha256: str) -> Stored | None:
        """The last outcome of an article that was not lost and of which a reader saw another."""
        return self._find(
            f"{_STORED} WHERE name = ? AND kind = 'article' AND outcome != ? AND sha256 != ? "
            "ORDER BY n DESC LIMIT 1",
            (article_id, InputOutcome.INFRA_ERROR.value, bytes.fromhex(sha256)),
        )

    def all_lines(self) -> Iterator[Line]:
        """Every line, in order; replaced ones as well."""
        return self._lines("true")

    def live_lines(self, article_id: str | None = None) -> Iterator[Line]:
        """The lines that none replaces, in order; those of one article, or rejected as it."""
        if article_id is None:
            return self._lines("live")
        return self._lines("live AND ((name = ?1 AND kind = 'article') OR states = ?1)", article_id)

    def live(self) -> Iterator[Live]:
        """The outcome of every input, in order."""
        rows = self._database.execute(
            "SELECT kind, name, outcome, offset, length, path, place FROM lines WHERE live "
            "ORDER BY n"
        )
        return (Live((row[0], row[1]), InputOutcome(row[2]), *row[3:]) for row in rows)

    def replaced_lines(self, article_id: str) -> Iterator[Line]:
        """The lines of an article that a later one replaces, in order."""
        return self._lines("name = ? AND kind = 'article' AND NOT live", article_id)

    def tally(self) -> Counter[InputOutcome]:
        """How many inputs ended how."""
        with self._lock:
            rows = self._database.execute(
                "SELECT outcome, count(*) FROM lines WHERE live GROUP BY outcome"
            ).fetchall()
        return Counter({InputOutcome(outcome): count for outcome, count in rows})

    @property
    def replaced(self) -> int:
        """How many lines count no more."""
        with self._lock:
            rows = self._database.execute("SELECT count(*) FROM lines WHERE NOT live").fetchone()
        return rows[0]

    def _lines(self, which: str, *names: str) -> Iterator[Line]:
        rows = self._database.execute(
            f"SELECT n, offset, length FROM lines WHERE {which} ORDER BY n", names
        )
        return (Line(*row) for row in rows)

    def _find(self, query: str, names: tuple[str | bytes | int, ...]) -> Stored | None:
        with self._lock:
            row = self._database.execute(query, names).fetchone()
        if row is None:
            return None
        outcome, sha256, *where = row
        return Stored(InputOutcome(outcome), sha256.hex(), *where)

    def _begin(self) -> None:
        if not self._database.in_transaction:
            self._database.execute("BEGIN IMMEDIATE")

    def _replace(self, key: InputKey) -> None:
        kind, name = key
        if self._live[kind]:
            done = self._database.execute(
                "UPDATE lines SET live = 0 WHERE name = ? AND kind = ? AND live", (name, kind)
            )
            self._live[kind] -= done.rowcount
