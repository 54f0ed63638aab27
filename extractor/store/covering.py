"""An index is opened with the lines that it is of: caught up with them, or made anew from them."""

import hashlib
import os
import sqlite3
from collections.abc import Container, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import RecordError, StoreError
from extractor.store.folder import INDEX, OUTCOMES, lacks_space
from extractor.store.head import parse_head
from extractor.store.index import Index
from extractor.store.line import has_seal, placed, unseal
from extractor.store.stamp import await_stamp, stamp_of

_BLOCKS = 32  # of a sample, spread over the file: a few reads, whatever the file's size
_BLOCK_BYTES = 4096
_READ_BYTES = 1 << 20  # at a time, where every line is gone through
_BEGUN = "begun"  # stamp of an index that is being made of lines that may all be synced


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An index, and what was found while it was caught up."""

    index: Index
    torn_at: int | None
    """Where damaged lines begin that were never synced: a power cut left them; else `None`."""


def open_index(folder: Path, descriptor: int) -> Opened:
    """Open the index of a run to write to it; its lines are in the open file.

    If the file is not exactly as the last writer left it, the checksum of every line is checked.

    Raises:
        StoreError: it cannot be written.
        RecordError: a line does not hold.
        OSError: the lines cannot be read.
    """
    path, lines = folder / INDEX, folder / OUTCOMES
    try:
        index = _find_fitting(path, lines, descriptor)
        if index is None:
            _remove(folder)
            return Opened(index=_make_anew(path, lines, descriptor), torn_at=None)
        with _closed_if_refused(index):  # what it does not cover was not synced
            return Opened(index=index, torn_at=catch_up(index, lines, may_be_torn=True))
    except sqlite3.Error as error:
        raise unkept(folder, error) from error


@contextmanager
def read_index(folder: Path, leaving_out: Container[int] = ()) -> Generator[Index]:
    """An index of a run for one reader, in a file of its own that vanishes with it.

    Nothing is written to the run folder, which may be read-only or in use. Lines at the offsets
    told are left out.

    Raises:
        StoreError: there is no room for it.
        RecordError: a line does not hold.
        OSError: the lines cannot be read.
    """
    try:
        index = None if leaving_out else _copy_fitting(folder)
        with closing(index or private_index()) as opened:
            if (folder / OUTCOMES).exists():  # a run may be stopped before it is made
                catch_up(opened, folder / OUTCOMES, leaving_out=leaving_out)
            yield opened
    except sqlite3.Error as error:
        raise StoreError(
            f"cannot keep an index of {str(folder)!r} in a temporary file ({error}); free some "
            "space, or name another folder for such files in SQLITE_TMPDIR"
        ) from error


def private_index() -> Index:
    """An empty index in a file of its own, which vanishes with it.

    Raises:
        sqlite3.Error: there is no room for it.
    """
    return Index(_private())


def catch_up(
    index: Index,
    path: Path,
    *,
    leaving_out: Container[int] = (),
    may_be_torn: bool = False,
) -> int | None:
    """Take in the lines after those that an index covers; where damaged ones begin, if they may.

    Raises:
        RecordError: a line does not hold.
        OSError: the lines cannot be read.
        sqlite3.Error: the index cannot be written.
    """
    if not path.exists():  # the run was stopped before its first line
        return None
    with path.open("rb") as lines:
        lines.seek(index.end)
        for line in lines:
            if not line.endswith(b"\n"):
                break
            if index.end in leaving_out:
                index.skip(len(line))
                continue
            if may_be_torn and not has_seal(line):
                return index.end
            try:
                index.note(parse_head(line), len(line))
            except RecordError as error:
                raise placed(error, path, index.end) from error
    return None


def commit(index: Index, descriptor: int) -> None:
    """Keep what an index took in of the lines in an open file.

    Raises:
        sqlite3.Error: it cannot be written.
    """
    index.commit(_sample_of(descriptor, index.end))


def leave(index: Index, descriptor: int) -> None:
    """Note how the lines in an open file are left, which shows later whether they were changed.

    Raises:
        sqlite3.Error: it cannot be written.
        OSError: the file cannot be looked at.
    """
    covered = index.committed
    if covered.stamp or not index.end == covered.size == os.fstat(descriptor).st_size:
        return  # nothing was written, or not all of it is synced
    if stamp := await_stamp(descriptor):
        index.commit(covered.sample, stamp)


def unkept(folder: Path, error: sqlite3.Error | OSError) -> StoreError:
    """Why the index of a run cannot be kept, and what to do next."""
    path = str(folder / INDEX)
    told = error.strerror if isinstance(error, OSError) else error
    if lacks_space(error):
        told, then = "the disk is full", "free some space and run the same command again"
    else:
        then = f"run the same command again where {path!r} can be written; it may be deleted"
    return StoreError(f"cannot write to {path!r}: {told}; every outcome is safe: {then}")


def _find_fitting(path: Path, lines: Path, descriptor: int) -> Index | None:
    if not path.exists():
        return None
    try:
        index = _connect(path)
    except sqlite3.DatabaseError:  # damaged, or of another version
        return None
    with _closed_if_refused(index):
        stamp = stamp_of(descriptor)  # before the lines are looked at, not after
        if _fits(index, descriptor):
            if stamp and stamp == index.committed.stamp:
                return index
            if _holds(index, lines):
                index.commit(index.committed.sample, stamp)
                return index
    index.close()
    return None


def _make_anew(path: Path, lines: Path, descriptor: int) -> Index:
    index = _connect(path)
    with _closed_if_refused(index):
        stamp = stamp_of(descriptor)
        if os.fstat(descriptor).st_size:
            index.commit(b"", _BEGUN)
            catch_up(index, lines)
            os.fsync(descriptor)
            index.commit(_sample_of(descriptor, index.end), stamp)
    return index


@contextmanager
def _closed_if_refused(index: Index) -> Generator[None]:
    try:
        yield
    except BaseException:
        index.close()
        raise


def _holds(index: Index, path: Path) -> bool:
    """Whether the lines that an index covers are those in a file, each with its checksum.

    Raises:
        RecordError: a checksum does not hold.
        OSError: the lines cannot be read.
    """
    if not index.end:
        return True
    at = 0
    with path.open("rb", buffering=_READ_BYTES) as lines:
        for line, known in zip(lines, index.all_lines(), strict=False):
            try:
                is_sealed = unseal(line).has_seal
            except RecordError as error:
                raise placed(error, path, at) from error
            if not is_sealed or (known.offset, known.length) != (at, len(line)):
                return False  # whatever that is, it shows when the index is made anew
            at += len(line)
    return at == index.end


def _copy_fitting(folder: Path) -> Index | None:
    path = folder / INDEX
    if not path.exists():
        return None
    private = _private()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as kept:
            kept.backup(private)
        index = Index(private)
        with (folder / OUTCOMES).open("rb") as lines:
            if _fits(index, lines.fileno()):
                return index
    except sqlite3.DatabaseError:  # damaged, of another version, or not to be opened here
        pass
    private.close()
    return None


def _fits(index: Index, descriptor: int) -> bool:
    covered = index.committed
    if covered.stamp == _BEGUN or os.fstat(descriptor).st_size < covered.size:
        return False
    return not covered.size or _sample_of(descriptor, covered.size) == covered.sample


def _sample_of(descriptor: int, size: int) -> bytes:
    """A hash of blocks of the first bytes of a file, which shows later whether they are the same.

    A change of a few bytes may escape it: each line has a checksum of its own for that.
    """
    whole = hashlib.sha256(str(size).encode())
    last = max(size - _BLOCK_BYTES, 0)
    for at in sorted({last * block // (_BLOCKS - 1) for block in range(_BLOCKS)}):
        whole.update(os.pread(descriptor, min(_BLOCK_BYTES, size), at))
    return whole.digest()


def _connect(path: Path) -> Index:
    database = sqlite3.connect(path, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        return Index(database)
    except BaseException:
        database.close()
        raise


def _private() -> sqlite3.Connection:
    return sqlite3.connect("", check_same_thread=False)


def _remove(folder: Path) -> None:
    path = folder / INDEX
    try:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise unkept(folder, error) from error
