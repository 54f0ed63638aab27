"""The checkpoint of a spread job: a folder that all its workers see, with a journal of each.

A worker holds the lock of its own folder as long as it lives, whatever ends it, and writes its
calls down there. Once the lock is free, its journal is sealed: turned into one plain file that
nobody writes to any more. Whoever reads the rows that a dead worker had in hand looks into all
sealed journals first, so that an answer that one of them holds is not asked for again.

Quotas are divided by places: there are as many as workers, each worker holds one, and takes over
what those before it at the same place have used.
"""

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Collection, Generator, Iterable, Iterator
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from extractor.errors import StoreError
from extractor.jobs.calls_file import JOURNAL, unusable
from extractor.jobs.cost import Cost
from extractor.jobs.journal import Journal
from extractor.jobs.journals import Archive, join_journals
from extractor.jobs.spread.station import Station
from extractor.jobs.totals import Totals, read_totals
from extractor.manifest import Manifest
from extractor.store import (
    LOCK,
    MANIFEST,
    Reserve,
    is_being_written,
    make_folder,
    open_run,
    unwritable,
    write_manifest,
)

PATIENCE = 60.0
"""Seconds in which a worker whose job was killed is surely gone, too."""

_POLL = 0.2  # seconds between two looks at a lock
_JOB = ".job.lock"
_LOOKING = ".looking.lock"
_PLACE = ".place-{}.lock"
_WORKER = "worker-"
_KEPT = "kept-"


class Checkpoint:
    """A folder that all workers of a job see, on a file system whose locks hold between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def held(self, manifest: Manifest, *, patience: float = PATIENCE) -> Generator[None]:
        """Hold the checkpoint for a job that begins, or goes on.

        What workers of earlier times have left is gathered in one journal; it waits for those that
        are not dead yet.

        Args:
            manifest: what the job is.
            patience: seconds to wait.

        Raises:
            StoreError: the folder cannot be written, or is another job's, or another process works
                with it.
        """
        make_folder(self.folder)
        lock = FileLock(self.folder / _JOB, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            told = f"another job works with {str(self.folder)!r}; wait for it, or name another"
            raise StoreError(told) from error
        except OSError as error:
            raise unwritable(self.folder, error) from error
        try:
            self._check_same(manifest)
            self.gather(patience=patience)
            yield
        finally:
            lock.release()

    def gather(self, *, patience: float = PATIENCE) -> None:
        """Put the journals of all workers into one, once all of them are dead.

        Raises:
            StoreError: one of them lives on, or a journal cannot be read or written.
        """
        until = time.monotonic() + patience
        dead = self.seal_dead()
        while left := sorted(set(self._folders()) - set(dead)):
            if time.monotonic() > until:
                raise StoreError(
                    f"a worker still writes to {str(left[0])!r}; end it, or wait until it has ended"
                )
            time.sleep(_POLL)
            dead = self.seal_dead()
        if len(dead) < 2:
            return
        draft = self.folder / f".{_KEPT}draft"
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            join_journals(draft, dead)
            _seal(draft / JOURNAL)
            draft.rename(self.folder / f"{_KEPT}{uuid4().hex[:12]}")
            _remove(dead)
        except OSError as error:
            raise unwritable(self.folder, error) from error

    def counted(self) -> Cost:
        """What the calls of all times count for, once they are gathered."""
        cost = Cost()
        for folder in self._folders():
            if (folder / JOURNAL).exists():
                with contextlib.closing(Archive(folder / JOURNAL)) as archive:
                    cost += archive.counted()
        return cost

    def totals(self) -> Totals | None:
        """What the calls of all times came to, once they are gathered; empty if there were none."""
        found = [read_totals(folder) for folder in self.journals()]
        return next((totals for totals in found if totals), None)

    def journals(self) -> list[Path]:
        """The folders of all journals."""
        return sorted(self._folders())

    def enter(self, job: str, places: int, *, patience: float = PATIENCE) -> Station:
        """Take a place that is free, and begin a journal there.

        Args:
            job: the name of the job that the worker is one of.
            places: how many there are.
            patience: seconds to wait until a worker before it is gone.

        Raises:
            StoreError: no place is free, or the folder cannot be written.
        """
        locks = contextlib.ExitStack()
        try:
            place = self._take_place(locks, places, patience)
            before = f"{_WORKER}{job}-{place}-"
            self._wait_for_dead(before, patience)
            with self._looking():
                folder = self.folder / f"{before}{uuid4().hex[:12]}"
                folder.mkdir()
                owner = FileLock(folder / LOCK, thread_local=False)
                owner.acquire(timeout=PATIENCE)  # somebody may be looking at it
                locks.callback(owner.release)
            reserve = Reserve.make(folder)
            locks.callback(reserve.close)
            journal = Journal(folder / JOURNAL, reserve)
        except OSError as error:
            locks.close()
            raise unwritable(self.folder, error) from error
        except BaseException:
            locks.close()
            raise
        station = Station(
            folder=folder,
            place=place,
            journal=journal,
            _seal_dead=self.seal_dead,
            _before=before,
            _locks=locks,
        )
        station.look()
        return station

    def seal_dead(self, but: Collection[Path] = ()) -> list[Path]:
        """Seal the journals whose worker is dead, and say which those are; some are passed over.

        Raises:
            StoreError: a journal cannot be sealed.
        """
        folders = sorted(set(self._folders()) - set(but))
        if all(is_being_written(folder) for folder in folders):
            return []
        with self._looking():
            return [folder for folder in folders if self._is_sealed(folder)]

    def _is_sealed(self, folder: Path) -> bool:
        """Whether its worker is dead, so that the journal is sealed now."""
        if folder.name.startswith(_KEPT):
            return True
        if is_being_written(folder):
            return False
        owner = FileLock(folder / LOCK, thread_local=False)
        try:
            owner.acquire(timeout=1.0)  # others may be looking, which takes a moment
        except Timeout:
            return False
        try:
            _seal(folder / JOURNAL)
        finally:
            owner.release()
        return True

    def _wait_for_dead(self, before: str, patience: float) -> None:
        """Wait until those before at a place are gone: what they used must be known."""
        until = time.monotonic() + patience
        while any(
            is_being_written(folder) for folder in self._folders() if folder.name.startswith(before)
        ):
            if time.monotonic() > until:
                raise StoreError(f"a worker still writes to {before!r}… in {str(self.folder)!r}")
            time.sleep(_POLL)

    def _take_place(self, locks: contextlib.ExitStack, places: int, patience: float) -> int:
        until = time.monotonic() + patience
        while True:
            for place in range(places):
                lock = FileLock(self.folder / _PLACE.format(place), thread_local=False)
                with contextlib.suppress(Timeout):
                    lock.acquire(timeout=0)
                    locks.callback(lock.release)
                    return place
            if time.monotonic() > until:
                raise StoreError(
                    f"all {places} places of {str(self.folder)!r} are held by workers that live; "
                    "there are more of them than the quotas were divided by"
                )
            time.sleep(_POLL)

    @contextlib.contextmanager
    def _looking(self) -> Generator[None]:
        """One worker at a time looks for the dead, so that it takes nobody who looks for alive."""
        lock = FileLock(self.folder / _LOOKING, thread_local=False)
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout as error:
            raise StoreError(
                f"a worker holds {str(self.folder / _LOOKING)!r} and does not go on; end it"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _folders(self) -> Iterator[Path]:
        return (
            path
            for path in self.folder.iterdir()
            if path.name.startswith((_WORKER, _KEPT)) and path.is_dir()
        )

    def _check_same(self, manifest: Manifest) -> None:
        if not (self.folder / MANIFEST).exists():
            write_manifest(self.folder, manifest)
            return
        differences = open_run(self.folder).manifest.differences(manifest)
        if differences:
            raise StoreError(
                f"{str(self.folder)!r} holds another job ({'; '.join(differences)}); name another "
                "folder, or repeat the job's own command to go on with it"
            )


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder)


def _seal(path: Path) -> None:
    """Turn a journal into one plain file: whoever reads it needs no notes beside it."""
    if not path.exists():
        return
    Journal(path).close()  # what it was waiting for was cut off
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
                database.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            # A process that ends lets go of its files one after another, of the lock first.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise unusable(path, error) from error
            time.sleep(_POLL)
        except sqlite3.Error as error:
            raise unusable(path, error) from error
        else:
            return
