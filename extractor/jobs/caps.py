"""Caps: how many tokens and how much money a run, and each of its articles, may come to.

Before a call is made, the most that it can come to is set aside; when its reply is there, what it
did come to is counted instead. What is counted and what is set aside never go beyond a cap, unless
an endpoint bills more than the call allows it to.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from extractor.errors import ArticleCapError, CapError, UsageError
from extractor.jobs.account import Account, Reservation
from extractor.jobs.bound import most_output_tokens, most_prompt_tokens
from extractor.jobs.cost import Cost
from extractor.jobs.price import Lane
from extractor.jobs.prices import Prices
from extractor.readers.exchange import Call, Reply
from extractor.readers.troubles import Trouble


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the user allows; empty is without limit."""

    usd: float | None = None
    tokens: int | None = None
    usd_per_article: float | None = None
    tokens_per_article: int | None = None

    @property
    def in_money(self) -> bool:
        """Whether any of them needs a price."""
        return self.usd is not None or self.usd_per_article is not None

    @property
    def by_article(self) -> bool:
        """Whether any of them is for one article."""
        return self.usd_per_article is not None or self.tokens_per_article is not None


@dataclass(frozen=True, eq=False)
class _Asked:
    """A reservation that somebody waits for."""

    reservation: Reservation
    granted: "asyncio.Future[None]"


class Caps:
    """Keeps a run and each of its articles to what the user allows."""

    def __init__(
        self,
        limits: Limits,
        *,
        prices: Prices,
        base_url: str,
        counted: Cost = Cost(),  # noqa: B008 - frozen
        counted_on: Callable[[str], Cost] = lambda article_id: Cost(),
    ) -> None:
        """Set up the caps of a run.

        Args:
            limits: what the user allows.
            prices: what calls cost.
            base_url: of the endpoint.
            counted: what the run came to before it was stopped; calls whose cost is not known, as
                those that were cut off, count with the most it can be.
            counted_on: likewise, what one article came to.
        """
        self._limits = limits
        self._prices = prices
        self._base_url = base_url
        self._run = Account(usd=limits.usd, tokens=limits.tokens, counted=counted)
        self._counted_on = counted_on
        self._articles: dict[str, Account] = {}
        self._queue: deque[_Asked] = deque()
        self._reached: str | None = None

    @property
    def counted(self) -> Cost:
        """What the run came to; calls whose cost is not known count with the most it can be."""
        return self._run.counted

    @property
    def held(self) -> Cost:
        """What is set aside for calls under way."""
        return sum((one.most for one in self._run.held), Cost())

    @property
    def waiting(self) -> int:
        """How many calls wait until others have shown what they come to."""
        return sum(not asked.granted.done() for asked in self._queue)

    @property
    def reached(self) -> str | None:
        """How the cap of the run was reached, and what to do: from then on no call is made."""
        return self._reached

    def check(self, model: str, *, lane: Lane = "live") -> None:
        """See that the caps can be kept, before anything is sent.

        Raises:
            UsageError: a cap is in money, and no price of the model is known.
        """
        if not self._limits.in_money or self._prices.find(model, self._base_url, lane=lane):
            return
        where = "" if lane == "live" else " in the batch lane"
        raise UsageError(
            f"a cap in money needs a price, and none is known for {model!r} at "
            f"{self._base_url!r}{where}; state it in a file and name that with --prices, or cap "
            "tokens with --max-tokens"
        )

    async def reserve(self, call: Call, *, lane: Lane = "live") -> Reservation:
        """Set aside the most that a call can come to, and wait for others to end if need be.

        Every reservation is ended by one of `settle`, `forfeit` and `release`.

        Raises:
            ArticleCapError: it does not fit the cap of its article; others may still be read.
            CapError: it does not fit the cap of the run; no further call is made.
            UsageError: a cap is in money, and no price of the model is known.
        """
        self.check(call.model, lane=lane)
        reservation = Reservation(
            article_id=call.article_id, model=call.model, lane=lane, most=self._most(call, lane)
        )
        asked = _Asked(reservation, asyncio.get_running_loop().create_future())
        self._queue.append(asked)
        self._decide()
        try:
            await asked.granted
        except asyncio.CancelledError:
            if reservation in self._run.held:
                self.release(reservation)
            else:
                if not asked.granted.cancelled():
                    asked.granted.exception()  # taken note of, though nobody asks any more
                self._decide()
            raise
        return reservation

    def settle(self, reservation: Reservation, reply: Reply) -> Cost:
        """Count what a call came to: with a reply that tells it, that; else the most it can be."""
        return self._end(reservation, self._cost(reservation, reply))

    def forfeit(self, reservation: Reservation) -> Cost:
        """Count the most that a call can have come to: it was made, and cut off."""
        return self._end(reservation, reservation.most)

    def release(self, reservation: Reservation) -> Cost:
        """Count nothing: the call was not made after all."""
        return self._end(reservation, Cost())

    def forget(self, article_id: str) -> None:
        """Let go of an article that has its outcome."""
        account = self._articles.get(article_id)
        if account and not account.held:
            del self._articles[article_id]

    def _most(self, call: Call, lane: Lane) -> Cost:
        prompt, output = most_prompt_tokens(call), most_output_tokens(call)
        usd = self._prices.most(call.model, self._base_url, prompt=prompt, output=output, lane=lane)
        return Cost(tokens=prompt + output, usd=usd)

    def _cost(self, reservation: Reservation, reply: Reply) -> Cost:
        most = reservation.most
        if isinstance(reply.called, Trouble):
            return most if reply.called.may_be_paid else Cost()
        usage, usd = reply.usage, reply.usd
        if usd is None:
            model, lane = reservation.model, reservation.lane
            usd = self._prices.of(model, self._base_url, usage, lane=lane)
        return Cost(
            tokens=most.tokens if usage.tokens is None else usage.tokens,
            usd=most.usd if usd is None else usd,
        )

    def _accounts(self, article_id: str) -> tuple[Account, ...]:
        """Where a call of an article is counted; the narrower account first."""
        if not self._limits.by_article:
            return (self._run,)
        if article_id not in self._articles:
            self._articles[article_id] = Account(
                article_id=article_id,
                usd=self._limits.usd_per_article,
                tokens=self._limits.tokens_per_article,
                counted=self._counted_on(article_id),
            )
        return (self._articles[article_id], self._run)

    def _end(self, reservation: Reservation, cost: Cost) -> Cost:
        for account in self._accounts(reservation.article_id):
            account.end(reservation, cost)
        self._decide()
        return cost

    def _decide(self) -> None:
        """Grant or refuse what is asked for, in the order it was, as far as that is certain."""
        undecided: list[_Asked] = []
        while self._queue:
            asked = self._queue.popleft()
            if asked.granted.done():  # whoever asked was cancelled
                continue
            hindering = self._hindering(asked)
            if hindering:
                undecided.append(asked)
            if hindering is self._run:  # smaller ones do not overtake, or it might never fit
                break
        self._queue.extendleft(reversed(undecided))

    def _hindering(self, asked: _Asked) -> Account | None:
        """Decide on one, unless an account must first see how its calls under way end."""
        reservation = asked.reservation
        if self._reached:
            asked.granted.set_exception(CapError(self._reached))
            return None
        accounts = self._accounts(reservation.article_id)
        for account in accounts:
            told = account.obstacle(reservation.most)
            if told is None:
                continue
            if account.held:
                return account
            if account is self._run:
                self._reached = told
                asked.granted.set_exception(CapError(told))
            else:
                asked.granted.set_exception(ArticleCapError(told))
            return None
        for account in accounts:
            account.hold(reservation)
        asked.granted.set_result(None)
        return None
