"""The first article of each id: where it stood, remembered in little memory."""

import hashlib
import sqlite3
from dataclasses import dataclass

from extractor.errors import StoreError
from extractor.intake.taken import Taken
from extractor.records import Source

_PAGES_KIB = 8_192  # kept in memory; the rest goes to a temporary file of the system's


@dataclass(frozen=True, kw_only=True)
class First:
    """The first article of an id."""

    source: Source
    text_sha256: str


class Firsts:
    """Remembers them: neither in memory once they are many, nor beyond the end of the process."""

    def __init__(self) -> None:
        # Whoever lets go of a stream of inputs may do so in another thread.
        self._seen = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("PRAGMA synchronous = OFF")
        self._seen.execute(f"PRAGMA cache_size = -{_PAGES_KIB}")
        self._seen.execute(
            "CREATE TABLE seen (id BLOB PRIMARY KEY, path TEXT, line INTEGER, text_sha256 TEXT) "
            "WITHOUT ROWID"
        )
        self._seen.execute("BEGIN")

    def meet(self, taken: Taken) -> First | None:
        """The first article of the id that this one has; empty if it is the first itself.

        Raises:
            StoreError: the temporary file cannot be written.
        """
        article, source = taken.article, taken.source
        told = hashlib.blake2b(article.id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        try:
            new = self._seen.execute(
                "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)",
                (told, source.path, source.line, article.text_sha256),
            )
            if new.rowcount == 1:
                return None
            path, line, text_sha256 = self._seen.execute(
                "SELECT path, line, text_sha256 FROM seen WHERE id = ?", (told,)
            ).fetchone()
        except sqlite3.Error as error:
            raise StoreError(
                f"the ids of the inputs cannot be kept in the system's temporary folder ({error}); "
                "free some space there, or name another with TMPDIR, and run the same command again"
            ) from error
        return First(source=Source(path=path, line=line), text_sha256=text_sha256)
