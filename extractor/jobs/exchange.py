"""The exchange of a job: calls wait for their turn, keep to limits and caps, and are kept."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from extractor.errors import StoreError
from extractor.jobs.breaker import Breaker
from extractor.jobs.buckets import Bucket
from extractor.jobs.caps import Caps, Limits
from extractor.jobs.cost import Cost
from extractor.jobs.gate import Gate
from extractor.jobs.journal import Journal
from extractor.jobs.price import Lane
from extractor.jobs.prices import Prices, open_prices
from extractor.jobs.telemetry import SILENCE, Telemetry
from extractor.readers.exchange import Call, Reply, Send
from extractor.readers.troubles import Trouble
from extractor.settings import EndpointSettings

_log = logging.getLogger("tollbook.jobs")  # ids and fixed words only: no text, name or key

_TOKENS_PER_CHARACTER = 0.35  # of a request and its answer, until calls have shown it


class Further(Protocol):
    """What others have written down of the same job, to be looked into."""

    def kept(self, call: Call) -> Reply | None:
        """The answer to this very request, if one is stored."""
        ...

    def counted(self, article_id: str | None = None) -> Cost:
        """What counts for the limits of this job, or of one article."""
        ...


class JobExchange:
    """What stands between the readings of a job and the endpoint."""

    lane: Lane = "live"

    def __init__(
        self,
        settings: EndpointSettings,
        *,
        prices: Prices | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        telemetry: Telemetry = SILENCE,
    ) -> None:
        """Stand ready; calls can be made once `begin` was told where to write them down.

        Args:
            settings: how many calls at once and a minute, and how long the endpoint may be down.
            prices: what calls cost; those of known hosts by default.
            limits: what the run and each of its articles may come to.
            telemetry: told of calls.
        """
        self.telemetry = telemetry
        self.prices = prices or open_prices()
        self.limits = limits
        self.gate = Gate(settings.at_once)
        self.breaker = Breaker(settings.host, give_up_seconds=settings.give_up_seconds)
        self.requests = Bucket(settings.requests_per_minute, unit="requests")
        self.tokens = Bucket(settings.tokens_per_minute, unit="tokens")
        self.answers_kept = 0
        """Calls that were not made, since the journal held the answer to the very request."""
        self._url = settings.url
        self._begun: Begun | None = None
        self._expected = _Expected()
        self._equal: dict[str, _Turns] = {}

    @property
    def journal(self) -> Journal | None:
        """Where calls are written down; empty until `begin`."""
        return self._begun.journal if self._begun else None

    @property
    def caps(self) -> Caps | None:
        """What keeps the calls to their limits; empty until `begin`."""
        return self._begun.caps if self._begun else None

    def begin(self, journal: Journal, further: Further | None = None) -> None:
        """Let calls be made, once the run folder is open and locked.

        Args:
            journal: where they are written down; what it holds already counts for the limits.
            further: what others have written down before; it is looked into and counts, too.
        """
        counted = [journal.counted, *([further.counted] if further else ())]
        caps = Caps(
            self.limits,
            prices=self.prices,
            base_url=self._url,
            counted=sum((count() for count in counted), Cost()),
            counted_on=lambda article_id: sum((count(article_id) for count in counted), Cost()),
        )
        self._begun = Begun(journal=journal, further=further, caps=caps)

    def check(self, model: str) -> None:
        """See that the limits can be kept, before anything is sent.

        Raises:
            UsageError: a limit is in money, and no price of the model is known.
        """
        Caps(self.limits, prices=self.prices, base_url=self._url).check(model, lane=self.lane)

    def priced_by(self, model: str) -> str | None:
        """Who says what calls of a model cost; empty if nobody does."""
        price = self.prices.find(model, self._url, lane=self.lane)
        return price.source if price else None

    async def __call__(self, call: Call, send: Send) -> Reply:
        """The kept answer to this very request, or else the reply to a call that is made now.

        Raises:
            EndpointError: the endpoint has been down for too long.
            ArticleCapError: a cap of the article is reached, and the call is not made.
            CapError: a cap of the run is reached, and no further call is made.
            StoreError: the call cannot be written down, so it is not made.
        """
        begun = self._begun
        if begun is None:
            raise StoreError("no run folder is open for the calls of this job; report it")
        async with self._alone(call):
            kept = begun.journal.kept(call)
            if kept is None and begun.further:
                kept = begun.further.kept(call)
            if kept:
                self.answers_kept += 1
                self.telemetry.keep(call)
                _log.debug("call %d of article %s: answer kept", call.n, call.article_id)
                return kept
            return await self._make(call, send, begun)

    def forget(self, article_id: str) -> None:
        """Let go of an article that has its outcome."""
        if self._begun:
            self._begun.caps.forget(article_id)

    async def _make(self, call: Call, send: Send, begun: "Begun") -> Reply:
        """Make a call when it is allowed and its turn has come."""
        reservation = await begun.caps.reserve(call)
        try:
            async with self._turn(call) as way:
                row = await begun.journal.begin(call, most=reservation.most)
                try:
                    with self.telemetry.calling(call) as told:
                        sent = await send()
                        usd = self.prices.of(call.model, self._url, sent.usage)
                        reply = replace(sent, usd=usd)
                        told.end(reply)
                except BaseException:
                    begun.journal.cut_off(row, reservation.most)
                    begun.caps.forfeit(reservation)
                    reservation = None
                    raise
                self._feel(call, reply, way)
            counted, reservation = begun.caps.settle(reservation, reply), None
        finally:
            if reservation:
                begun.caps.release(reservation)
        await begun.journal.end(row, call, reply, counted)
        status = reply.called.status if isinstance(reply.called, Trouble) else "ok"
        _log.debug("call %d of article %s: %s", call.n, call.article_id, status)
        return reply

    @asynccontextmanager
    async def _turn(self, call: Call) -> AsyncGenerator["_Way"]:
        """Wait until a call may be made.

        What it has taken is given back if it is not made after all. The breaker is asked last:
        what waits at the gate is held back if it opens meanwhile.
        """
        expected = self._expected.of(call)
        taken: list[tuple[Bucket, float]] = []
        try:
            for bucket, amount in ((self.requests, 1.0), (self.tokens, expected)):
                await bucket.take(amount)
                taken.append((bucket, amount))
            async with self.gate.turn():
                await self.breaker.wait()
                way = _Way(
                    tokens=expected,
                    sent=tuple((bucket, bucket.set_off(amount)) for bucket, amount in taken),
                )
                try:
                    yield way
                except BaseException:
                    self.breaker.withdraw()
                    for bucket, amount in taken:
                        bucket.settle(amount, 0)
                    taken.clear()
                    raise
        except BaseException:
            for bucket, amount in taken:
                bucket.give_back(amount)
            raise

    def _feel(self, call: Call, reply: Reply, way: "_Way") -> None:
        """Learn from a reply, before anybody else sets off."""
        used = reply.usage.tokens
        self.tokens.settle(way.tokens, way.tokens if used is None else used)
        self._expected.learn(call, used)
        for bucket, sent in way.sent:
            bucket.refill_from(reply.headers, sent=sent)
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


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What a job has once its run folder is open."""

    journal: Journal
    further: Further | None
    caps: Caps


@dataclass(frozen=True, kw_only=True)
class _Way:
    """A call that has set off."""

    tokens: float
    """That it was expected to use."""
    sent: tuple[tuple[Bucket, float], ...]
    """What had set off by then, of each bucket."""


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
