"""The files of a run folder, and how they are made to last."""

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from extractor.errors import StoreError

MANIFEST = "run.json"
OUTCOMES = "outcomes.jsonl"
TORN = "torn.jsonl"
INDEX = "index.sqlite"
LOCK = "run.lock"
PASS = "pass.json"

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_NO_SPACE_OF_SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)


def make_folder(path: Path) -> None:
    """Make a run folder, if there is none.

    Raises:
        StoreError: it cannot be written, or holds other files and no run.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        strange = sorted(p.name for p in path.iterdir() if not p.name.startswith("."))
    except OSError as error:
        raise unwritable(path, error) from error
    if strange and MANIFEST not in strange and strange != [LOCK]:
        raise StoreError(
            f"{str(path)!r} holds other files ({', '.join(strange[:3])}, …) and no run; "
            "give a new or empty folder with --out"
        )


def unwritable(path: Path, error: OSError) -> StoreError:
    """Why a run folder cannot be written, and what to do next."""
    if lacks_space(error):
        then = "free some space and run the same command again"
    else:
        then = "give a folder you may write to with --out"
    return StoreError(
        f"cannot write to the run folder {str(path)!r}: {error.strerror or error}; {then}"
    )


def lacks_space(error: OSError | sqlite3.Error) -> bool:
    """Whether a write failed because the disk, or the user's share of it, is full."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _NO_SPACE_OF_SQLITE
    return error.errno in _NO_SPACE


def sync_names(folder: Path) -> None:
    """Make the names of new files last a power cut; their content is synced apart."""
    with suppress(OSError):  # some systems neither open nor sync a folder, and need it not
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def put_file(folder: Path, name: str, content: bytes) -> None:
    """Put a file in its place in one step: after a kill there is the old one or the new one.

    Raises:
        OSError: it cannot be written.
    """
    draft = folder / f".{name}.draft"
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / name)
    sync_names(folder)


def write_whole(descriptor: int, line: bytes) -> None:
    """Write all of a line, however many calls that takes.

    Raises:
        OSError: a part of it may stand there.
    """
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def move_tail(folder: Path, start: int) -> None:
    """Move what stands in the outcomes from some byte on to `torn.jsonl`.

    Raises:
        OSError: it cannot be moved; it stands where it stood then.
    """
    with (folder / OUTCOMES).open("rb+") as file, (folder / TORN).open("ab") as torn:
        file.seek(start)
        while piece := file.read(1 << 20):
            torn.write(piece)
        torn.write(b"\n")
        torn.flush()
        os.fsync(torn.fileno())
        file.truncate(start)
        os.fsync(file.fileno())


def torn_length(path: Path) -> int:
    """Length of a last line without its end."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        at, tail = end, b""
        while at and b"\n" not in tail:
            step = min(65536, at)
            at -= step
            file.seek(at)
            tail = file.read(step) + tail
    return len(tail) - (tail.rfind(b"\n") + 1)
