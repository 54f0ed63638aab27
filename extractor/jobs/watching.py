"""Whoever watches a job: shown a snapshot now and then, while it goes on and when it ends."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Protocol

from extractor.jobs.snapshot import Snapshot


class Watcher(Protocol):
    """Whoever is shown how far a job is."""

    @property
    def first_seconds(self) -> float:
        """How long a job lasts before it is worth a look."""
        ...

    @property
    def every_seconds(self) -> float:
        """How long between two looks."""
        ...

    @property
    def expected(self) -> int | None:
        """How many inputs there are; empty as long as that is unknown."""
        ...

    def see(self, snapshot: Snapshot) -> None:
        """Look at a job that goes on.

        Raises:
            OSError: nobody reads any more what is shown; the job goes on without.
        """
        ...

    def see_last(self, snapshot: Snapshot) -> None:
        """Look at a job that has ended, or was stopped.

        Raises:
            OSError: nobody reads any more what is shown.
        """
        ...


@contextlib.asynccontextmanager
async def watched(watcher: Watcher, take: Callable[[], Snapshot]) -> AsyncGenerator[None]:
    """Have a job watched while it goes on.

    Args:
        watcher: who looks.
        take: takes a snapshot.
    """
    looking = asyncio.create_task(_look(watcher, take))
    try:
        yield
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking
        with contextlib.suppress(OSError):
            watcher.see_last(take())


async def _look(watcher: Watcher, take: Callable[[], Snapshot]) -> None:
    await asyncio.sleep(watcher.first_seconds)
    with contextlib.suppress(OSError):
        while True:
            watcher.see(take())
            await asyncio.sleep(watcher.every_seconds)
