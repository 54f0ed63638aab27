"""A run folder that outcomes are appended to: a kill at any moment loses no line."""

import os
import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock

from filelock import FileLock, Timeout

from extractor.article import Article
from extractor.errors import RecordError, StoreError
from extractor.manifest import Manifest
from extractor.records import Failure, Reading, Rejected, Source
from extractor.store.covering import Opened, catch_up, commit, leave, open_index, unkept
from extractor.store.folder import (
    INDEX,
    LOCK,
    MANIFEST,
    OUTCOMES,
    lacks_space,
    make_folder,
    move_tail,
    sync_names,
    torn_length,
    unwritable,
    write_whole,
)
from extractor.store.head import head_of
from extractor.store.index import Placed, Stored
from extractor.store.inputs import InputKey, sha256_of_input
from extractor.store.line import parse, placed, seal
from extractor.store.manifests import write_manifest
from extractor.store.reserve import Reserve
from extractor.store.run import open_run


class RunWriter:
    """A run folder that outcomes are appended to, from one thread at a time."""

    def __init__(
        self, folder: Path, opened: Opened, *, torn_bytes: int, reserve: Reserve, descriptor: int
    ) -> None:
        """Take over what was opened; `close` lets go of it."""
        self.folder = folder
        self.torn_bytes = torn_bytes
        """Length of unfinished lines that a killed run had left; moved to `torn.jsonl`."""
        self.reserve = reserve
        """Space for what is in hand when the disk is full; nothing is begun once it is spent."""
        self._index = opened.index
        self._descriptor = descriptor
        self._keeping, self._syncing = RLock(), Lock()
        self._is_closed = False

    @property
    def stored(self) -> Mapping[InputKey, Stored]:
        """What the run holds already; nothing of it is in memory."""
        return self._index

    def recall(self, stored: Stored) -> Reading | Failure | Rejected:
        """Read a stored outcome back.

        Raises:
            RecordError: its line does not hold.
            StoreError: the index says otherwise than the line.
        """
        line = os.pread(self._descriptor, stored.length, stored.offset)
        try:
            outcome = parse(line)
        except RecordError as error:
            raise placed(error, self.folder / OUTCOMES, stored.offset) from error
        if head_of(outcome).sha256 != stored.sha256:
            raise StoreError(
                f"{str(self.folder / INDEX)!r} does not fit the outcomes beside it; delete it and "
                "run the same command again, which makes it anew"
            )
        return outcome

    def line(self, n: int) -> Stored:
        """What the line of a number holds, replaced or not.

        Raises:
            KeyError: there is no such line.
        """
        return self._index.line(n)

    def articles_at(self, path: str, first: int, last: int) -> list[Placed]:
        """The articles that came from some lines of a file, but for those where a rejection is."""
        return self._index.articles_at(path, first, last)

    def find_other_version(self, article: Article) -> Stored | None:
        """The last outcome of an article that a reader saw otherwise; `None` if there is none."""
        return self._index.find_other_version(article.id, sha256_of_input(article))

    def contradicts(self, source: Source, article: Article | None) -> bool:
        """Whether an outcome from there would drop a rejection: an article's, or a rejection."""
        return self._index.contradicts(source, article.raw_sha256 if article else None)

    def append(self, outcome: Reading | Failure | Rejected) -> None:
        """Write one outcome, whole or not at all; it lasts a power cut once `sync` was called.

        It lasts the end of the process at once, however that ends. What an outcome was made of,
        the answer of a model, is to be kept beforehand, so that even a power cut costs no call.
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
        self._keep(lambda: self._note(outcome, offset, len(line)))

    def sync(self) -> None:
        """Make all that was appended last a power cut; it may be called in another thread.

        Raises:
            StoreError: it cannot be written, or was deleted.
        """
        with self._syncing:
            if self._is_closed:
                return
            if self._size() == self._index.committed.size:
                return
            try:
                os.fsync(self._descriptor)
            except OSError as error:
                raise self._unwritten(error) from error
            self._keep(lambda: commit(self._index, self._descriptor))

    def close(self) -> None:
        """Let go of the files; nothing can be appended after."""
        with self._syncing:
            self._is_closed = True
            with suppress(sqlite3.Error, OSError):  # then all lines are checked the next time
                leave(self._index, self._descriptor)
            self._index.close()
            os.close(self._descriptor)
            self.reserve.close()

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
        except OSError:
            os.ftruncate(self._descriptor, offset)
            raise

    def _note(self, outcome: Reading | Failure | Rejected, offset: int, length: int) -> None:
        if self._index.end == offset:  # else it was caught up meanwhile
            self._index.note(head_of(outcome), length)

    def _keep(self, write: Callable[[], None]) -> None:
        """Write to the index; if that fails, catch it up with the lines, which are what counts."""
        with self._keeping:
            try:
                write()
            except sqlite3.Error as error:
                if lacks_space(error):
                    self.reserve.release()
                self._catch_up()

    def _catch_up(self) -> None:
        try:
            self._index.reload()
            catch_up(self._index, self.folder / OUTCOMES)
            commit(self._index, self._descriptor)
        except sqlite3.Error as error:
            raise unkept(self.folder, error) from error

    def _unwritten(self, error: OSError) -> StoreError:
        return StoreError(
            f"cannot write to {str(self.folder / OUTCOMES)!r}: {error.strerror}; every outcome "
            "written before is safe: mend that and run the same command again to go on"
        )


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
            writer.sync()
        except BaseException:
            with suppress(StoreError):  # what went wrong first is what is told
                writer.sync()
            raise
        finally:
            writer.close()
    finally:
        lock.release()


def _open_writer(path: Path, manifest: Manifest) -> RunWriter:
    known = (path / MANIFEST).exists()
    if known:
        _check_same(path, manifest)
    with ExitStack() as held:
        reserve = Reserve.make(path)
        held.callback(reserve.close)
        try:
            if not known:
                write_manifest(path, manifest)
            descriptor = os.open(path / OUTCOMES, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            held.callback(os.close, descriptor)
            sync_names(path)
            torn = torn_length(path / OUTCOMES)
            if torn:
                move_tail(path, os.fstat(descriptor).st_size - torn)
            opened = open_index(path, descriptor)
            held.callback(opened.index.close)
            if opened.torn_at is not None:
                torn += os.fstat(descriptor).st_size - opened.torn_at
                move_tail(path, opened.torn_at)
        except OSError as error:
            raise unwritable(path, error) from error
        held.pop_all()
    return RunWriter(path, opened, torn_bytes=torn, reserve=reserve, descriptor=descriptor)


def _check_same(path: Path, manifest: Manifest) -> None:
    differences = open_run(path).manifest.differences(manifest)
    if differences:
        raise StoreError(
            f"{str(path)!r} holds another run ({'; '.join(differences)}); "
            "give another --out, or repeat the run's own command to go on with it"
        )
