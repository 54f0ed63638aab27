"""The packaged gazetteer: one compressed file, unpacked once into the user's cache."""

import hashlib
import lzma
import sqlite3
from functools import cache
from pathlib import Path

from extractor.errors import AssetError
from extractor.gazetteer.cached import open_cached
from extractor.gazetteer.compiled import Compiled

PACKED = Path(__file__).resolve().parents[1] / "data" / "gazetteer.sqlite.xz"
CREDIT = "Contains data from GeoNames (CC BY 4.0), https://www.geonames.org"


@cache
def packed_sha256() -> str:
    """Hash of the packaged gazetteer, as it was written when the gazetteer was built.

    Raises:
        AssetError: it is missing.
    """
    return _read(PACKED.with_suffix(".sha256")).decode().strip()


@cache
def open_packed() -> Compiled:
    """The packaged gazetteer, unpacked into the cache if it is not there yet.

    Where the cache cannot hold it, it is unpacked into memory, each time anew.

    Raises:
        AssetError: the packaged file is missing or damaged.
    """
    cached = open_cached(
        f"gazetteer-{packed_sha256()[:16]}", lambda path: path.write_bytes(_unpacked())
    )
    if cached is not None:
        return cached
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.deserialize(_unpacked())
    return Compiled(database)


def _unpacked() -> bytes:
    packed = _read(PACKED)
    if hashlib.sha256(packed).hexdigest() != packed_sha256():
        raise AssetError(f"the gazetteer {str(PACKED)!r} is damaged; install tollbook again")
    return lzma.decompress(packed)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AssetError(
            f"the gazetteer {str(path)!r} cannot be read ({error.strerror}); install tollbook again"
        ) from error
