"""Counting what is distinct among any number of things, in little memory."""

import hashlib
import sqlite3

_PAGES_KIB = 8_192  # kept in memory; the rest goes to a temporary file of the system's


class Distinct:
    """Remembers the hashes of texts: not the texts, and not in memory once they are many."""

    def __init__(self) -> None:
        self._seen = sqlite3.connect("", isolation_level=None)  # a file that nobody else sees
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("PRAGMA synchronous = OFF")
        self._seen.execute(f"PRAGMA cache_size = -{_PAGES_KIB}")
        self._seen.execute("CREATE TABLE seen (hash BLOB PRIMARY KEY) WITHOUT ROWID")
        self._seen.execute("BEGIN")

    def is_new(self, text: str) -> bool:
        """Whether a text is met for the first time."""
        told = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        return self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (told,)).rowcount == 1

    def close(self) -> None:
        """Forget everything."""
        self._seen.close()
