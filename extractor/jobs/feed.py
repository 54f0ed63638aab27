"""The feed: inputs are taken in a thread of their own, a few ahead of those who read them."""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

AHEAD = 64
"""Most inputs that wait to be read: enough that nobody waits for the disk."""

_Entry = TypeVar("_Entry")


class Feed(Generic[_Entry]):
    """Hands the entries of an iterable to whoever asks, in order, without blocking the loop.

    A slow source, such as standard input that somebody types, holds up no call that is under way.
    """

    def __init__(self, entries: Iterable[_Entry], *, ahead: int = AHEAD) -> None:
        self._entries = entries
        self._ahead = ahead
        self._loop = asyncio.get_running_loop()
        self._ready: deque[_Entry] = deque()
        self._room = threading.Condition()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._failure: BaseException | None = None
        self._ended = self._closed = False
        # A daemon: the end of the process must not wait for a source that says nothing.
        threading.Thread(target=self._fill, name="feed", daemon=True).start()

    async def take(self) -> _Entry | None:
        """The next entry; `None` if there is none left, or the feed is closed.

        Raises:
            Exception: what the iterable raised, once all entries before it are taken.
        """
        while True:
            with self._room:
                if self._closed:
                    return None
                if self._ready:
                    entry = self._ready.popleft()
                    self._room.notify()
                    return entry
                if self._ended:
                    if self._failure:
                        raise self._failure
                    return None
                waiting: asyncio.Future[None] = self._loop.create_future()
                self._waiting.append(waiting)
            await waiting

    def close(self) -> None:
        """Take nothing more; entries that nobody has taken are left for the next time."""
        with self._room:
            self._closed = True
            self._room.notify()
            self._wake()

    def close_soon(self) -> None:
        """Close it from a handler of signals, which may come in the middle of `take`."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self.close)

    def _fill(self) -> None:
        try:
            for entry in self._entries:
                with self._room:
                    self._room.wait_for(lambda: self._closed or len(self._ready) < self._ahead)
                    if self._closed:
                        return
                    self._ready.append(entry)
                    self._wake()
        except BaseException as error:
            self._failure = error
        finally:
            with self._room:
                self._ended = True
                self._wake()

    def _wake(self) -> None:
        """Let all who wait look again; called with the lock held, from either thread."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, deque()
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(_settle, waiting)


def _settle(waiting: Iterable["asyncio.Future[None]"]) -> None:
    for one in waiting:
        if not one.done():
            one.set_result(None)
