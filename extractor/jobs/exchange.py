"""The exchange of a job: calls wait for their turn, keep to limits and caps, and are kept."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from extractor.errors import StoreError
from extractor.jobs.breaker import Breaker
from extractor.jobs.buckets import Bucket
from extractor.jobs.gate import Gate
from extractor.jobs.journal import Journal
from extractor.readers.exchange import Call, Reply, Send
from extractor.settings import EndpointSettings

_TOKENS_PER_CHARACTER = 0.35  # of a request and its answer, until calls have shown it


class JobExchange:
    """What stands between the readings of a job and the endpoint."""

    def __init__(self, settings: EndpointSettings) -> None:
        """Stand ready; calls can be made once `journal` is set.

        Args:
            settings: how many calls at once and a minute, and how long the endpoint may be down.
        """
        self.journal: Journal | None = None
        """Set once the run folder is open and locked."""
        self.gate = Gate(settings.at_once)
        self.breaker = Breaker(settings.host, give_up_seconds=settings.give_up_seconds)
        self.requests = Bucket(settings.requests_per_minute, unit="requests")
        self.tokens = Bucket(settings.tokens_per_minute, unit="tokens")
        self.answers_kept = 0
        """Calls that were not made, since the journal held the answer to the very request."""
        self._expected = _Expected()
        self._equal: dict[str, _Turns] = {}

    async def __call__(self, call: Call, send: Send) -> Reply:
        """The kept answer to this very request, or else the reply to a call that is made now.

        Raises:
            EndpointError: the endpoint has been down for too long.
            StoreError: the call cannot be written down, so it is not made.
        """
        journal = self.journal
        if journal is None:
            raise StoreError("no run folder is open for the calls of this job; report it")
        async with self._alone(call):
            kept = journal.kept(call)
            self.answers_kept += kept is not None
            return kept or await self._make(call, send, journal)

    async def _make(self, call: Call, send: Send, journal: Journal) -> Reply:
        """Make a call when its turn has come."""
        tokens = self._expected.of(call)
        await self.requests.take(1)
        await self.tokens.take(tokens)
        async with self.gate.turn():
            await self.breaker.wait()
            try:
                row = await journal.begin(call)
                try:
                    reply = await send()
                except BaseException:
                    journal.cut_off(row)
                    raise
            except BaseException:
                self.breaker.withdraw()
                raise
            self._feel(call, tokens, reply)
        await journal.end(row, call, reply)
        return reply

    def _feel(self, call: Call, tokens: float, reply: Reply) -> None:
        """Learn from a reply, before anybody else sets off."""
        used = reply.usage.tokens
        self._expected.learn(call, used)
        self.tokens.settle(tokens, tokens if used is None else used)
        for bucket in (self.requests, self.tokens):
            bucket.refill_from(reply.headers)
        self.gate.feel(reply)
        self.breaker.feel(reply)

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


@dataclass(kw_only=True)
class _Expected:
    """How many tokens calls use for the characters that they send, as far as they have shown."""

    characters: int = 0
    tokens: int = 0

    def of(self, call: Call) -> float:
        """Tokens that a call will use, most likely."""
        share = self.tokens / self.characters if self.characters else _TOKENS_PER_CHARACTER
        return share * _characters(call.body)

    def learn(self, call: Call, tokens: int | None) -> None:
        """Take in what a call has used, if the endpoint says so."""
        if tokens:
            self.characters += _characters(call.body)
            self.tokens += tokens


def _characters(body: Mapping[str, Any]) -> int:
    return sum(len(message["content"]) for message in body["messages"])
