"""A run folder that outcomes are appended to: a kill at any moment loses no line."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from extractor.article import Article
from extractor.errors import RecordError, StoreError
from extractor.manifest import Manifest
from extractor.records import Failure, Reading, Rejected, Source
from extractor.store.folder import (
    LOCK,
    MANIFEST,
    OUTCOMES,
    lacks_space,
    make_folder,
    move_torn_line,
    sync_names,
    unwritable,
    write_whole,
)
from extractor.store.index import Stored, index_of, keep
from extractor.store.inputs import InputKey, contradicted
from extractor.store.line import parse_at, seal
from extractor.store.reserve import Reserve
from extractor.store.run import open_run


@dataclass(kw_only=True)
class RunWriter:
    """A run folder that outcomes are appended to."""

    folder: Path
    stored: dict[InputKey, Stored]
    """What the run holds already."""
    torn_bytes: int
    """Length of an unfinished last line that a killed run had left; moved to `torn.jsonl`."""
    reserve: Reserve
    """Space for what is in hand when the disk is full; nothing new is begun once it is spent."""
    _descriptor: int = field(repr=False)

    def recall(self, stored: Stored) -> Reading | Failure | Rejected:
        """Read a stored outcome back."""
        path = self.folder / OUTCOMES
        with path.open("rb") as lines:
            lines.seek(stored.offset)
            return parse_at(lines.readline(), path, stored.offset)

    def contradicts(self, source: Source, article: Article | None) -> bool:
        """Whether an outcome from there would drop a rejection: an article's, or a rejection."""
        return any(key in self.stored for key in contradicted(source, article))

    def append(self, outcome: Reading | Failure | Rejected) -> None:
        """Write one outcome, whole or not at all.

        On a full disk the reserve is given up for it: `reserve.check()` tells so before the next.

        Raises:
            StoreError: not even that helps, or the folder cannot be written or was deleted;
                earlier lines are safe.
        """
        line = seal(outcome.model_dump_json().encode())
        offset = self._size()
        try:
            self._write(line, offset)
        except OSError as error:
            if not lacks_space(error):
                raise self._unwritten(error) from error
            self.reserve.release()
            try:
                self._write(line, offset)
            except OSError as again:
                raise self._unwritten(again) from again
        keep(self.stored, outcome, offset)

    def _size(self) -> int:
        state = os.fstat(self._descriptor)
        if not state.st_nlink:
            raise StoreError(
                f"{str(self.folder / OUTCOMES)!r} was deleted while the run wrote to it, and what "
                "was in it is lost; run the same command again to begin anew"
            )
        return state.st_size

    def _write(self, line: bytes, offset: int) -> None:
        try:
            write_whole(self._descriptor, line)
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, offset)
            raise

    def _unwritten(self, error: OSError) -> StoreError:
        return StoreError(
            f"cannot write to {str(self.folder / OUTCOMES)!r}: {error.strerror}; every outcome "
            "written before is safe: mend that and run the same command again to go on"
        )

    def close(self) -> None:
        """Let go of the files; nothing can be appended after."""
        os.close(self._descriptor)
        self.reserve.close()


@contextmanager
def write_run(folder: str | Path, manifest: Manifest) -> Generator[RunWriter]:
    """Open a run folder for writing: a new one, or the same run to go on with.

    Raises:
        StoreError: the folder cannot be written, holds another run or other files, or another
            process is writing to it.
    """
    path = Path(folder)
    make_folder(path)
    lock = FileLock(path / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        told = f"another process is writing to {str(path)!r}; wait for it or give another --out"
        raise StoreError(told) from error
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        writer = _open_writer(path, manifest)
        try:
            yield writer
        finally:
            writer.close()
    finally:
        lock.release()


def _open_writer(path: Path, manifest: Manifest) -> RunWriter:
    known = (path / MANIFEST).exists()
    if known:
        _check_same(path, manifest)
    reserve = Reserve.make(path)
    try:
        if not known:
            _begin(path, manifest)
        torn = move_torn_line(path)
        descriptor = os.open(path / OUTCOMES, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        sync_names(path)
    except OSError as error:
        reserve.close()
        raise unwritable(path, error) from error
    writer = RunWriter(
        folder=path, stored={}, torn_bytes=torn, reserve=reserve, _descriptor=descriptor
    )
    try:
        writer.stored.update(index_of(path / OUTCOMES))
    except (OSError, RecordError):
        writer.close()
        raise
    return writer


def _check_same(path: Path, manifest: Manifest) -> None:
    differences = open_run(path).manifest.differences(manifest)
    if differences:
        raise StoreError(
            f"{str(path)!r} holds another run ({'; '.join(differences)}); "
            "give another --out, or repeat the run's own command to go on with it"
        )


def _begin(path: Path, manifest: Manifest) -> None:
    draft = path / f".{MANIFEST}.draft"
    with draft.open("wb") as file:
        file.write(manifest.model_dump_json(indent=2).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path / MANIFEST)
    sync_names(path)
