"""Ids that stand twice: which article has an id first, known to all who take pieces of the inputs.

Before anything is read, every article's id is looked at once, without its text. An id that stands
in two places is then rejected in the later one, whoever takes it, as in a single process.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import NamedTuple

from extractor.errors import StoreError
from extractor.intake import Taken, reject_repeated
from extractor.records import Rejected, Source

_ID_BYTES = 16  # of a hash: no two ids of a billion have the same
_CACHE = -16000  # KiB, so that memory stays flat
_SEEN = "CREATE TABLE seen (id BLOB, piece INTEGER, at INTEGER, text TEXT, path TEXT, line INTEGER)"
_FIRST = """
SELECT id, piece, at, text, path, line FROM seen WHERE id IN
  (SELECT id FROM seen GROUP BY id HAVING count(*) > 1) ORDER BY id, piece, at
"""


class Standing(NamedTuple):
    """Where an id stands."""

    id: bytes
    """Hash of it."""
    piece: int
    at: int
    """Which article of its piece, from 0."""
    text: str
    """Hash of the article's text."""
    path: str
    line: int | None


Repeats = Mapping[bytes, Standing]
"""Where each id that stands more than once stands first."""


def standing_of(taken: Taken, piece: int, at: int) -> Standing:
    """Where an article stands.

    Args:
        taken: the article.
        piece: number of the piece that it is in.
        at: which article of the piece it is.
    """
    article, source = taken.article, taken.source
    return Standing(_hash(article.id), piece, at, article.text_sha256, source.path, source.line)


def find_repeats(standings: Iterable[Standing]) -> dict[bytes, Standing]:
    """The first place of each id that stands more than once.

    Raises:
        StoreError: there is no room for the ids in a temporary file.
    """
    firsts: dict[bytes, Standing] = {}
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as database:
            database.execute(f"PRAGMA cache_size = {_CACHE}")
            database.execute(_SEEN)
            database.execute("BEGIN")
            database.executemany("INSERT INTO seen VALUES (?, ?, ?, ?, ?, ?)", standings)
            database.execute("CREATE INDEX ids ON seen (id, piece, at)")
            for row in database.execute(_FIRST):
                standing = Standing(*row)
                firsts.setdefault(standing.id, standing)
    except sqlite3.Error as error:
        raise StoreError(
            f"cannot keep the ids of the inputs in a temporary file ({error}); free some space, or "
            "name another folder for such files in SQLITE_TMPDIR"
        ) from error
    return firsts


def unless_repeated(taken: Taken, piece: int, at: int, repeats: Repeats) -> Taken | Rejected:
    """The article, or its rejection if its id stands before it."""
    first = repeats.get(_hash(taken.article.id))
    if first is None or (first.piece, first.at) == (piece, at):
        return taken
    return reject_repeated(
        taken.article.id,
        taken.source,
        taken.article.raw_sha256,
        Source(path=first.path, line=first.line),
        same_text=first.text == taken.article.text_sha256,
    )


def _hash(article_id: str) -> bytes:
    return hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).digest()[:_ID_BYTES]
