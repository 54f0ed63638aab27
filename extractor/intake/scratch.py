"""What one pass over the inputs must remember of each: in a file that vanishes, not in memory."""

import sqlite3

from extractor.errors import StoreError

_CACHE = -2000  # KiB


class Scratch:
    """Keys and what was first kept under each; it may be used from any one thread at a time."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._database: sqlite3.Connection | None = None

    def keep(self, key: str, value: str = "") -> str | None:
        """Keep a value, or find the one that was kept under its key before.

        Raises:
            StoreError: there is no room for it.
        """
        raw = key.encode("utf-8", "surrogateescape")  # as names of files may hold any bytes
        try:
            database = self._database = self._database or _open()
            if database.execute("INSERT OR IGNORE INTO kept VALUES (?, ?)", (raw, value)).rowcount:
                return None
            return self.find(key)
        except sqlite3.Error as error:
            raise _no_room(error) from error

    def find(self, key: str) -> str | None:
        """What was kept under a key; `None` if nothing was.

        Raises:
            StoreError: it cannot be read back.
        """
        if self._database is None:
            return None
        raw = key.encode("utf-8", "surrogateescape")
        try:
            found = self._database.execute("SELECT value FROM kept WHERE key = ?", (raw,))
            row: tuple[str] | None = found.fetchone()
        except sqlite3.Error as error:
            raise _no_room(error) from error
        return row[0] if row else None


def _open() -> sqlite3.Connection:
    # An empty name stands for a file without one, which takes no memory but a small cache.
    database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    database.execute(f"PRAGMA cache_size = {_CACHE}")
    database.execute("CREATE TABLE kept (key BLOB PRIMARY KEY, value TEXT) WITHOUT ROWID")
    database.execute("BEGIN")  # never committed: nothing of it is to last
    return database


def _no_room(error: sqlite3.Error) -> StoreError:
    return StoreError(
        f"cannot keep the ids of the inputs in a temporary file ({error}); free some space, or "
        "name another folder for such files in SQLITE_TMPDIR"
    )
