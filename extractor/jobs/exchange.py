"""The exchange of a job: calls wait for their turn, keep to limits and caps, and are kept."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from extractor.errors import StoreError
from extractor.jobs.journal import Journal
from extractor.readers.exchange import Call, Reply, Send


@dataclass(kw_only=True)
class JobExchange:
    """What stands between the readings of a job and the endpoint."""

    journal: Journal | None = None
    """Set once the run folder is open and locked."""
    lane: str = "live"
    _equal: dict[str, "_Turns"] = field(default_factory=dict[str, "_Turns"], repr=False)

    async def __call__(self, call: Call, send: Send) -> Reply:
        """The kept answer to this very request, or else the reply to a call that is made now.

        Raises:
            StoreError: the call cannot be written down, so it is not made.
        """
        journal = self.journal
        if journal is None:
            raise StoreError("no run folder is open for the calls of this job; report it")
        async with self._alone(call):
            return journal.kept(call) or await self._make(call, send, journal)

    async def _make(self, call: Call, send: Send, journal: Journal) -> Reply:
        row = await journal.begin(call, lane=self.lane)
        try:
            reply = await send()
        except BaseException:
            journal.cut_off(row)
            raise
        await journal.end(row, call, reply)
        return reply

    @asynccontextmanager
    async def _alone(self, call: Call) -> AsyncGenerator[None]:
        """Equal requests wait for the first of them: its answer is theirs."""
        turns = self._equal.setdefault(call.request_sha256, _Turns())
        turns.wanted += 1
        try:
            async with turns.lock:
                yield
        finally:
            turns.wanted -= 1
            if not turns.wanted:
                del self._equal[call.request_sha256]


@dataclass(kw_only=True)
class _Turns:
    """Those who want to send one and the same request."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted: int = 0
