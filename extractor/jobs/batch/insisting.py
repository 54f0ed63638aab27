"""Insisting: a step at the endpoint is tried again as long as that may help."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

from extractor.errors import EndpointError
from extractor.jobs.interrupt import Interrupt
from extractor.readers.calls import wait_seconds
from extractor.readers.troubles import Trouble, Verdict
from extractor.settings import EndpointSettings

_NO_BATCHES = "the endpoint may have no Batch API: check base_url, or read with --lane live"
_JITTER = 0.1  # share of a wait, so that many runs do not all look at once

_Got = TypeVar("_Got")


class InterruptedWaitError(Exception):
    """The run was asked to stop while it waited for a batch."""


class Insistence:
    """Tries the steps of one run, and waits between them unless it is asked to stop."""

    def __init__(self, settings: EndpointSettings, interrupt: Interrupt | None) -> None:
        self._settings = settings
        self._random = random.Random(settings.seed or 0)
        self._stopping = asyncio.Event()
        if interrupt:
            loop = asyncio.get_running_loop()

            def stop() -> None:
                loop.call_soon_threadsafe(self._stopping.set)

            interrupt.then(stop)

    async def get(
        self,
        what: str,
        send: Callable[[], Awaitable[_Got | Trouble]],
        *,
        passing: Collection[int] = (),
        missing: str = _NO_BATCHES,
    ) -> _Got:
        """What a step brings in the end.

        Args:
            what: the step, in words.
            send: tries it once.
            passing: statuses of HTTP that pass here, though they usually do not.
            missing: what to do if the endpoint knows nothing of what is asked for.

        Raises:
            EndpointError: it is refused, or has failed for as long as an endpoint may be down.
            InterruptedWaitError: the run was asked to stop.
        """
        loop = asyncio.get_running_loop()
        began, tries = loop.time(), 0
        while isinstance(got := await send(), Trouble):
            if got.verdict is not Verdict.RETRY and got.http_status not in passing:
                raise EndpointError(f"{self._told(what, got)}; {_next_step(got, missing)}")
            tries += 1
            wait = wait_seconds(
                tries,
                asked=got.asked_wait,
                cap=self._settings.max_wait_seconds,
                draw=self._random.random(),
            )
            if loop.time() - began + wait > self._settings.give_up_seconds:
                then = "what is under way there goes on: repeat the command later"
                if got.http_status in passing:
                    then = f"repeat the command later; {missing}"
                raise EndpointError(f"{self._told(what, got)} {tries} times; {then}")
            await self.pause(wait)
        return got

    async def pause(self, seconds: float) -> None:
        """Wait for about so long.

        Raises:
            InterruptedWaitError: the run was asked to stop.
        """
        draw = self._random.uniform(1 - _JITTER, 1 + _JITTER)
        try:
            async with asyncio.timeout(seconds * draw):
                await self._stopping.wait()
        except TimeoutError:
            return
        raise InterruptedWaitError

    def check(self) -> None:
        """See that the run was not asked to stop.

        Raises:
            InterruptedWaitError: it was.
        """
        if self._stopping.is_set():
            raise InterruptedWaitError

    def _told(self, what: str, trouble: Trouble) -> str:
        said = f": {trouble.message}" if trouble.message else ""
        return f"{what} failed at {self._settings.url!r} ({trouble.status}{said})"


def _next_step(trouble: Trouble, missing: str) -> str:
    if trouble.http_status in (401, 403):
        return "set OPENAI_API_KEY or TOLLBOOK_API_KEY to a key that may make batches"
    if trouble.http_status in (404, 405, 501) or trouble.http_status is None:
        return missing
    if trouble.http_status in (402, 429):
        return "the account has no credit left: add some, and repeat the command"
    return "mend that and repeat the command, or read with --lane live"
