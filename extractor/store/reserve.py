"""The reserve: disk space held back, so that what is in hand can be stored when the disk is full.

A file of some MiB stands beside a run while it is written to. When a write fails for want of space
the file is given up: answers that are paid for and outcomes in hand find room, and the run stops.
"""

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Self

from extractor.errors import StoreError
from extractor.store.folder import lacks_space, unwritable

RESERVE = ".reserve"
RESERVE_BYTES = 4 << 20
"""Room for the answers and outcomes of a hundred articles and more, at 10 to 20 kB each."""

_MIB = 1 << 20


class Reserve:
    """Space that stands ready in a folder until it is released; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._is_spent = False

    @classmethod
    def make(cls, folder: Path, size: int = RESERVE_BYTES) -> Self:
        """Hold space back in a folder; what a killed run left there is taken over.

        Raises:
            StoreError: there is no room for it, or the folder cannot be written.
        """
        path = folder / RESERVE
        try:
            _allocate(path, size)
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            if lacks_space(error):
                raise StoreError(
                    f"the disk of {str(folder)!r} has no room for the {size / _MIB:g} MiB that a "
                    "run holds back, to store what is in hand if it fills up; free some space and "
                    "run the same command again"
                ) from error
            raise unwritable(folder, error) from error
        return cls(path)

    @property
    def is_spent(self) -> bool:
        """Whether it had to be given up: the run takes on nothing new then."""
        return self._is_spent

    def release(self) -> bool:
        """Give the space up since a write found none; whether it was this call that did.

        Try the write once more in either case: somebody else may have given it up a moment ago.
        """
        with self._lock:
            first, self._is_spent = not self._is_spent, True
            if first:
                self._remove()
            return first

    def check(self) -> None:
        """Make sure that nothing new is taken on with a full disk.

        Raises:
            StoreError: the reserve is spent.
        """
        if self._is_spent:
            raise StoreError(
                f"the disk of {str(self._path.parent)!r} is full; what was in hand is stored: "
                "free some space and run the same command again to go on"
            )

    def close(self) -> None:
        """Take the file away at the end of the work."""
        with self._lock:
            self._remove()

    def _remove(self) -> None:
        with suppress(OSError):  # some file systems give a file's blocks back late, or need room
            os.truncate(self._path, 0)
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _allocate(path: Path, size: int) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.ftruncate(descriptor, min(os.fstat(descriptor).st_size, size))
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(descriptor, 0, size)
            return
        os.lseek(descriptor, 0, os.SEEK_SET)
        for _ in range(0, size, _MIB):  # random bytes, as zeros may be packed to nothing
            os.write(descriptor, os.urandom(_MIB))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
