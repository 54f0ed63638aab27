"""The cache: tables made ready for look-up once, and kept in the user's cache folder."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

from extractor.gazetteer.compiled import FORMAT, Compiled


def open_cached(name: str, make: Callable[[Path], object]) -> Compiled | None:
    """The table kept under a name, made and kept if it is not there or not whole.

    The cache is the user's cache folder, or TOLLBOOK_CACHE. `None` if it cannot hold the table: no
    home, no rights or no room.

    Args:
        name: of the table; it must change whenever its content does.
        make: writes the table into a new file.
    """
    try:
        path = _folder() / f"{name}-{FORMAT}.sqlite"
        known = _open(path)
        if known is None and _keep(path, make):
            known = _open(path)
    except (OSError, RuntimeError, sqlite3.OperationalError):  # RuntimeError: a user without a home
        return None
    return known


def _folder() -> Path:
    chosen = os.environ.get("TOLLBOOK_CACHE")
    return Path(chosen) if chosen else user_cache_path("tollbook", appauthor=False)


def _open(path: Path) -> Compiled | None:
    """The table in a file, if it is there and whole."""
    if not path.is_file():
        return None
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    if _is_whole(database, path):
        return Compiled(database)
    database.close()
    return None


def _is_whole(database: sqlite3.Connection, path: Path) -> bool:
    try:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        size = database.execute("PRAGMA page_size").fetchone()[0]
        database.execute("SELECT 1 FROM areas LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(pages * size == path.stat().st_size)


def _keep(path: Path, make: Callable[[Path], object]) -> bool:
    """Write the table in one step, so that no half of it is ever found; whether it worked."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            half = Path(folder) / path.name
            make(half)
            os.replace(half, path)
    except (OSError, sqlite3.OperationalError):
        return False
    return True
