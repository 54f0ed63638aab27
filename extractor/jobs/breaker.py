"""The breaker: while an endpoint is down, no call is made but one at a time, to see if it is back.

It opens after several failures in a row, tries one call after a pause that doubles (with full
jitter: a random share of it, so that many runs do not come back all at once), and closes with the
first success. Being asked to come later (429) is no failure: who says so is not down.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

from extractor.errors import EndpointError
from extractor.readers.exchange import Reply
from extractor.readers.troubles import Trouble

OPENS_AFTER = 6
"""Failures in a row; at one failure in five, that many come together once in 15,000 calls."""

SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0

_UNHEARD_SECONDS = 60.0  # a call let through to try, of which nothing is heard for so long, is lost


class Breaker:
    """Holds calls back while the endpoint is down, and ends the run if it stays down.

    As long as the endpoint was never reached, a connection that cannot be made counts for nothing
    here: the address may be wrong, and the reader says so after a few tries.
    """

    def __init__(
        self,
        host: str,
        *,
        give_up_seconds: float,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], datetime] = lambda: datetime.now(UTC),
        draw: Callable[[], float] = random.random,
    ) -> None:
        """Start closed: calls pass.

        Args:
            host: of the endpoint, to name it in an error.
            give_up_seconds: how long it may be down before the run ends.
            clock: of the event loop, in seconds.
            today: tells the time of day.
            draw: draws a share between 0 and 1.
        """
        self._host = host
        self._give_up_seconds = give_up_seconds
        self._clock = clock
        self._today = today
        self._draw = draw
        self._reached = False
        self._failed = 0
        self._down_at = 0.0
        self._down_since: datetime | None = None
        self._last_status = ""
        self._pauses: int | None = None
        """How often a pause has begun since it opened; `None` while it is closed."""
        self._pause_ends = 0.0
        self._trying_since: float | None = None
        self._error: str | None = None
        self._changed = asyncio.Event()
        self._waiting = 0

    @property
    def is_open(self) -> bool:
        """Whether calls are held back."""
        return self._pauses is not None

    @property
    def is_trying(self) -> bool:
        """Whether one call is on its way to see if the endpoint is back."""
        return self._trying_since is not None

    @property
    def failed(self) -> int:
        """Calls that failed since the last success."""
        return self._failed

    @property
    def down_seconds(self) -> float:
        """How long calls have failed, without a success between; 0 if the last one did not."""
        return self._clock() - self._down_at if self._failed else 0.0

    @property
    def seconds_left(self) -> float:
        """How long until the next call is tried; 0 while calls pass."""
        return max(self._pause_ends - self._clock(), 0.0) if self.is_open else 0.0

    @property
    def waiting(self) -> int:
        """How many calls are held back."""
        return self._waiting

    async def wait(self) -> None:
        """Wait until a call may be made.

        While the endpoint is down that is one call at a time, whose reply must be felt; if it is
        not made after all, `withdraw` lets another one try.

        Raises:
            EndpointError: the endpoint has been down for too long.
        """
        self._waiting += 1
        try:
            while (seconds := self._seconds_until_next()) > 0:
                changed = self._changed
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await changed.wait()
        finally:
            self._waiting -= 1
        if self.is_open:
            self._trying_since = self._clock()

    def feel(self, reply: Reply) -> None:
        """Learn from a reply whether the endpoint is up."""
        if reply.stored:
            return
        trouble = reply.called if isinstance(reply.called, Trouble) else None
        if trouble and not self._reached and trouble.unreachable:
            return
        self._reached = True
        if trouble and is_failure(trouble):
            self._count(trouble)
        elif self.is_open or not (trouble and trouble.is_throttling):
            # A 429 shows that an endpoint is back, but not that one failing in between is well.
            self._close()

    def withdraw(self) -> None:
        """Let another call try: the one that was let through is not made."""
        if self._trying_since is not None:
            self._trying_since = None
            self._wake()

    def _count(self, trouble: Trouble) -> None:
        now = self._clock()
        if not self._failed:
            self._down_at, self._down_since = now, self._today()
        self._failed += 1
        self._last_status = trouble.status
        if now - self._down_at >= self._give_up_seconds and self._failed >= OPENS_AFTER:
            self._give_up(now)
        elif self._pauses is None and self._failed >= OPENS_AFTER:
            self._pause(0)
        elif self._pauses is not None and self._trying_since is not None:
            self._pause(self._pauses + 1)

    def _seconds_until_next(self) -> float:
        """How long until the next call may be made, as far as is known."""
        if self._error:
            raise EndpointError(self._error)
        if not self.is_open:
            return 0.0
        now = self._clock()
        if self._trying_since is not None:
            return max(self._trying_since + _UNHEARD_SECONDS - now, 0.0)
        return max(self._pause_ends - now, 0.0)

    def _pause(self, pauses: int) -> None:
        now = self._clock()
        longest = min(SHORTEST_PAUSE_SECONDS * 2 ** min(pauses, 16), LONGEST_PAUSE_SECONDS)
        # The last try is made when it is time to give up, not long after.
        left = max(self._down_at + self._give_up_seconds - now, 0.0)
        self._pauses = pauses
        self._pause_ends = now + min(self._draw() * longest, left)
        self._trying_since = None
        self._wake()

    def _close(self) -> None:
        self._failed = 0
        self._trying_since = None
        self._error = None
        if self._pauses is not None:
            self._pauses = None
            self._wake()

    def _give_up(self, now: float) -> None:
        since = f"{self._down_since:%H:%M:%S} UTC" if self._down_since else "the start"
        self._pauses = self._pauses or 0
        self._error = (
            f"endpoint {self._host!r} has been down since {since}: {self._failed} calls in a row "
            f"failed within {now - self._down_at:.0f} seconds, the last with {self._last_status}; "
            "what was read is stored: repeat the command when the endpoint is back, and it goes on"
        )
        self._wake()

    def _wake(self) -> None:
        """Have everybody who waits look again."""
        self._changed.set()
        self._changed = asyncio.Event()


def is_failure(trouble: Trouble) -> bool:
    """Whether a trouble is a sign that the endpoint is down: no usable reply, or a 5xx."""
    return trouble.http_status is None or trouble.http_status >= 500
