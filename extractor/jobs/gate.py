"""The gate: lets so many calls be under way at once as the endpoint takes, in the order they came.

How many that is, `climbing` finds out from the replies. Where most calls are pushed back and the
endpoint says when to come again, nobody goes before that.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from extractor.jobs.climbing import Climb
from extractor.readers.exchange import Reply
from extractor.readers.troubles import Trouble

LONGEST_PAUSE_SECONDS = 120.0
"""Longest pause that an endpoint can bring about."""

WORTH_A_PAUSE_SECONDS = 1.0
"""Shortest wait that, where an endpoint asks for it, others keep as well as the call itself."""

HIGH_SHARE = 0.6
"""Share of the latest replies that must be pushed back before others keep to that wait as well."""

_LATEST = 32  # replies; at one call in five pushed back, so high a share of them never comes
_FEWEST = 10  # replies, until there are so many


class Gate:
    """Keeps the calls under way to the number that achieves most."""

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Open it.

        Args:
            most: calls under way, at most.
            clock: of the event loop, in seconds.
        """
        self._climb = Climb(most)
        self._clock = clock
        self._in_flight = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._paused_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._latest: deque[bool] = deque()

    @property
    def most(self) -> int:
        """Calls under way, at most."""
        return self._climb.most

    @property
    def limit(self) -> int:
        """Calls that may be under way now."""
        return self._climb.limit

    @property
    def in_flight(self) -> int:
        """Calls under way."""
        return self._in_flight

    @property
    def waiting(self) -> int:
        """Calls that wait for their turn."""
        return sum(not waiter.done() for waiter in self._queue)

    @property
    def seconds_left(self) -> float:
        """How long no new call is made, as the endpoint asks; 0 if there is no pause."""
        return max(self._paused_until - self._clock(), 0.0)

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Wait for a turn, and keep it for as long as the call takes."""
        await self._enter()
        try:
            yield
        finally:
            self._leave()

    def feel(self, reply: Reply) -> None:
        """Learn from a reply how many calls the endpoint takes; call it once for every call."""
        if reply.stored:
            return
        trouble = reply.called if isinstance(reply.called, Trouble) else None
        bad = trouble is not None and is_pushed_back(trouble)
        others = max(self._in_flight - 1, 0)
        self._climb.feel(bad=bad, milliseconds=reply.milliseconds, under_way=others)
        self._consider_pause(trouble if bad else None)
        self._admit()

    def _consider_pause(self, trouble: Trouble | None) -> None:
        asked = (trouble.asked_wait if trouble else None) or 0.0
        if self.seconds_left > 0:
            if asked:
                self._pause(asked)
            return
        self._latest.append(trouble is not None)
        while len(self._latest) > max(_LATEST, self.limit):
            self._latest.popleft()
        many = len(self._latest) >= _FEWEST and sum(self._latest) >= HIGH_SHARE * len(self._latest)
        if many and asked >= WORTH_A_PAUSE_SECONDS:
            self._latest.clear()
            self._pause(asked)

    def _pause(self, seconds: float) -> None:
        until = self._clock() + min(seconds, LONGEST_PAUSE_SECONDS)
        self._climb.pause(
            max(until - max(self._paused_until, self._clock()), 0.0), max(self._in_flight - 1, 0)
        )
        self._paused_until = max(self._paused_until, until)

    async def _enter(self) -> None:
        if not self._queue and self._may_pass():
            self._in_flight += 1
            return
        waiter = asyncio.get_running_loop().create_future()
        self._queue.append(waiter)
        self._admit()
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._leave()  # the turn had come just before
            else:
                waiter.cancel()
                self._admit()  # drops it, if it was the first
            raise

    def _leave(self) -> None:
        self._in_flight -= 1
        self._admit()

    def _may_pass(self) -> bool:
        return self._in_flight < self.limit and self.seconds_left <= 0

    def _admit(self) -> None:
        """Give their turn to those who waited longest."""
        while self._queue and (self._queue[0].done() or self._may_pass()):
            waiter = self._queue.popleft()
            if not waiter.done():
                self._in_flight += 1
                waiter.set_result(None)
        if self._queue and self.seconds_left > 0 and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self.seconds_left, self._end_pause)

    def _end_pause(self) -> None:
        self._timer = None
        self._admit()


def is_pushed_back(trouble: Trouble) -> bool:
    """Whether an endpoint would not or could not take a call: a 429, a 5xx, or no usable reply."""
    return trouble.is_throttling or trouble.http_status is None or trouble.http_status >= 500
