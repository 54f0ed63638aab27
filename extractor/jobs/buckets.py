"""The bucket: so many requests or tokens a minute, by our own limit and by what replies tell.

A bucket fills evenly and holds about a second's worth, so calls are spread over the minute. Who
takes more than it holds goes when it is full and leaves a debt, which those after him wait for.
"""

import asyncio
import math
import re
import time
from collections.abc import Callable, Mapping
from typing import Literal

BURST_SECONDS = 1.0
"""How long an idle bucket goes on filling: what may be taken all at once."""

LONGEST_PAUSE_SECONDS = 120.0
"""Longest pause that headers can bring about, and longest debt that a stated usage can."""

_DURATION = re.compile(r"(\d+(?:\.\d*)?)(d|h|ms|m|s|us|µs|ns)")
_SECONDS_OF = {
    "d": 86400.0,
    "h": 3600.0,
    "m": 60.0,
    "s": 1.0,
    "ms": 1e-3,
    "us": 1e-6,
    "µs": 1e-6,
    "ns": 1e-9,
}
_LONGEST_WORDS = 40  # characters; a number or a duration has no more
_NO_DURATION = 1e8  # seconds; a plain number above it is a date
_ROUNDING = 1e-9  # share of an amount that may be missing through rounding


class Bucket:
    """Lets as much pass as fits, in the order in which it was asked for.

    Headers are an endpoint's own word and may be nonsense, so whatever they say, nobody waits for
    them longer than `LONGEST_PAUSE_SECONDS`.
    """

    def __init__(
        self,
        per_minute: float | None,
        *,
        unit: Literal["requests", "tokens"],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open a full bucket.

        Args:
            per_minute: our own limit; without one only headers hold anybody up.
            unit: what is counted, as the headers name it.
            clock: of the event loop, in seconds.
        """
        self.unit = unit
        self._rate = per_minute / 60 if per_minute else None
        self._clock = clock
        self._most = max((self._rate or 0.0) * BURST_SECONDS, 1.0)
        self._level = self._most
        self._filled_at = clock()
        self._largest = 0.0
        self._left: float | None = None
        """What the endpoint grants until `_reset_at`, by its latest headers."""
        self._limit: float | None = None
        self._reset_at = -math.inf
        self._taken = 0.0
        """All that was ever taken and not given back."""
        self._sent = 0.0
        """What calls that have set off have taken of it."""
        self._turn = asyncio.Lock()  # it is fair, and who is cancelled leaves its queue
        self._changed = asyncio.Event()
        self._wanted: float | None = None
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """How many wait for their share."""
        return self._waiting

    @property
    def seconds_left(self) -> float:
        """How long the next take has to wait; 0 if it need not."""
        wanted = 1.0 if self._wanted is None else self._wanted
        return max(self._until_filled(wanted), self._until_granted(wanted))

    @property
    def is_paused(self) -> bool:
        """Whether the endpoint's headers, and not our own limit, hold up the next take."""
        return self._until_granted(1.0 if self._wanted is None else self._wanted) > 0

    async def take(self, amount: float) -> None:
        """Wait until there is room for an amount, and use it up.

        Who is cancelled while waiting has taken nothing.
        """
        self._waiting += 1
        try:
            async with self._turn:
                self._wanted = amount
                try:
                    await self._wait_for(amount)
                finally:
                    self._wanted = None
                self._use(amount)
        finally:
            self._waiting -= 1

    def set_off(self, amount: float) -> float:
        """Count a call that sets off with what it has taken.

        Returns:
            All that had set off by then; its reply tells what is left beside that.
        """
        self._sent += amount
        return self._sent

    def give_back(self, amount: float) -> None:
        """Give back an amount that was taken for a call that never set off."""
        self._taken -= amount
        if self._left is not None:
            self._left += amount
        self.settle(amount, 0)

    def settle(self, estimated: float, actual: float) -> None:
        """Put right an amount that was taken, once it is known what was used.

        What was not used is given back, beyond what an idle bucket holds if the takes are larger:
        calls last longer than a bucket takes to fill, and the limit would else count estimates.
        """
        if self._rate is None or not math.isfinite(actual):
            return
        self._fill()
        more = actual - estimated
        if more > 0:
            deepest = min(self._level, -LONGEST_PAUSE_SECONDS * self._rate)
            self._level = max(self._level - more, deepest)
        else:
            highest = max(self._level, self._most, self._largest)
            self._level = min(self._level - more, highest)
            self._changed.set()

    def refill_from(self, headers: Mapping[str, str], *, sent: float | None = None) -> None:
        """Read from a reply what the endpoint still grants, and until when.

        Args:
            headers: of the reply.
            sent: what `set_off` told of its call. What was taken since then is not in what the
                endpoint says, and counts as well.
        """
        left = _amount(headers.get(f"x-ratelimit-remaining-{self.unit}"))
        reset = _seconds(headers.get(f"x-ratelimit-reset-{self.unit}"))
        limit = _amount(headers.get(f"x-ratelimit-limit-{self.unit}"))
        if left is None or reset is None or limit == 0:
            return
        self._limit = limit
        self._left = left - (self._taken - (self._taken if sent is None else sent))
        self._reset_at = self._clock() + min(reset, LONGEST_PAUSE_SECONDS)
        self._changed.set()

    async def _wait_for(self, amount: float) -> None:
        patience = self._clock() + LONGEST_PAUSE_SECONDS
        while True:
            granted = self._until_granted(amount) if self._clock() < patience else 0.0
            wait = max(self._until_filled(amount), granted)
            if wait <= 0:
                return
            self._changed.clear()
            try:
                async with asyncio.timeout(wait):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _use(self, amount: float) -> None:
        self._largest = max(self._largest, amount)
        self._taken += amount
        if self._rate is not None:
            self._level -= amount
        if self._left is not None:
            self._left -= amount

    def _until_filled(self, amount: float) -> float:
        if self._rate is None:
            return 0.0
        self._fill()
        missing = min(amount, self._most) - self._level
        return missing / self._rate if missing > amount * _ROUNDING else 0.0

    def _until_granted(self, amount: float) -> float:
        """How long until the endpoint grants an amount, by the latest headers."""
        wanted = amount if self._limit is None else min(amount, self._limit)
        if self._left is None or self._left >= wanted:
            return 0.0
        return max(self._reset_at - self._clock(), 0.0)

    def _fill(self) -> None:
        now = self._clock()
        if self._rate is not None and self._level < self._most:
            self._level = min(self._level + (now - self._filled_at) * self._rate, self._most)
        self._filled_at = now


def _amount(words: str | None) -> float | None:
    """Read an amount; `None` for whatever is none."""
    try:
        amount = float(words) if words and len(words) <= _LONGEST_WORDS else math.nan
    except ValueError:
        return None
    return amount if math.isfinite(amount) and amount >= 0 else None


def _seconds(words: str | None) -> float | None:
    """Read a duration such as "120ms", "6m0s" or "1.5"; `None` for whatever is none."""
    plain = _amount(words)
    if plain is not None:
        return plain if plain < _NO_DURATION else None
    told = (words or "").strip()
    parts = _DURATION.findall(told)
    if not parts or len(told) > _LONGEST_WORDS or "".join(map("".join, parts)) != told:
        return None
    seconds = sum(float(number) * _SECONDS_OF[unit] for number, unit in parts)
    return seconds if math.isfinite(seconds) else None
