"""The tables that words are looked up in: a gazetteer and a table of actors."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import TableError
from extractor.gazetteer import Gazetteer, open_gazetteer
from extractor.resolve.actors import ActorTable, load_actors


@dataclass(frozen=True, kw_only=True)
class Tables:
    """What a reading is resolved by."""

    gazetteer: Gazetteer
    actors: ActorTable
    own: tuple[tuple[str, str], ...] = ()
    """The user's own tables, as ("places" or "actors", SHA-256 of the file), the first on top."""


def open_tables(places: Sequence[Path] = (), actors: Sequence[Path] = ()) -> Tables:
    """The packaged tables with a user's own over them.

    Args:
        places: CSV tables or GeoNames country dumps.
        actors: CSV tables.

    Raises:
        AssetError: a packaged table is missing or damaged.
        TableError: a table cannot be read, or a line of it is malformed.
    """
    return Tables(
        gazetteer=open_gazetteer(*places),
        actors=load_actors(*actors),
        own=(
            *(("places", _sha256(path)) for path in places),
            *(("actors", _sha256(path)) for path in actors),
        ),
    )


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise TableError(
            f"the table {str(path)!r} cannot be read ({error.strerror}); name another file"
        ) from error
