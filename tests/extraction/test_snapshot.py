"""How far a job is, as one value: rates and forecasts from snapshots, without a clock."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from calling import make_call
from replying import turned_down
from virtual import now, run_virtually

from extractor.codes import InputOutcome
from extractor.jobs.breaker import Breaker
from extractor.jobs.buckets import Bucket
from extractor.jobs.caps import Limits
from extractor.jobs.cost import Cost
from extractor.jobs.exchange import JobExchange
from extractor.jobs.gate import Gate
from extractor.jobs.journal import Journal
from extractor.jobs.snapshot import RATE_SECONDS, Hindrance, Sight, Snapshot
from extractor.jobs.totals import Totals
from extractor.settings import EndpointSettings

READ, LOST = InputOutcome.READ, InputOutcome.INFRA_ERROR


def make_exchange(totals: Totals | None = None) -> JobExchange:
    """An exchange by the clock of the running loop, with the journal of a run before it."""
    exchange = JobExchange(EndpointSettings(at_once=4))
    tell(exchange, totals or Totals())
    exchange.gate = Gate(4, clock=now)
    exchange.breaker = Breaker("host", give_up_seconds=300, clock=now, draw=lambda: 1.0)
    exchange.requests = Bucket(None, unit="requests", clock=now)
    exchange.tokens = Bucket(None, unit="tokens", clock=now)
    return exchange


def tell(exchange: JobExchange, totals: Totals) -> None:
    journal = SimpleNamespace(totals=totals, counted=Cost)
    exchange.begin(cast("Journal", journal))


def take(
    sight: Sight, at: float, read: int, *, known: int = 0, expected: int | None = None
) -> Snapshot:
    return sight.take(at, tally={READ: read}, known=known, expected=expected)


def test_outcomes_of_every_kind_sum_to_the_inputs_that_are_done() -> None:
    sight = Sight(started=100.0, exchange=None)
    seen = sight.take(110.0, tally={READ: 3, LOST: 2}, known=1, expected=9)
    assert list(seen.outcomes) == list(InputOutcome)
    assert sum(seen.outcomes.values()) == seen.inputs_done == 5
    assert (seen.inputs_known, seen.articles_read, seen.inputs_left) == (1, 4, 4)
    assert (seen.seconds, seen.calls, seen.calls_at_once) == (10.0, None, None)


def test_the_rate_is_that_of_articles_read_lately_and_not_of_those_known_from_before() -> None:
    sight = Sight(started=0.0, exchange=None)
    assert take(sight, 0.0, 0).articles_a_minute is None
    assert take(sight, 10.0, 1010, known=1000).articles_a_minute == 60.0
    slower = [take(sight, float(at), 1010, known=1000).articles_a_minute for at in range(20, 90)]
    assert slower[0] == 30.0
    assert slower[-1] == 0.0
    assert take(sight, 10.0 + 2 * RATE_SECONDS, 1010, known=1000).articles_a_minute == 0.0


@pytest.mark.parametrize(
    ("read", "expected", "left", "seconds_left"),
    [
        pytest.param(10, 40, 30, 30.0, id="a third is done"),
        pytest.param(10, None, None, None, id="their number is unknown"),
        pytest.param(10, 10, 0, 0.0, id="all are done"),
        pytest.param(10, 8, 0, 0.0, id="the inputs have grown since"),
        pytest.param(0, 40, 40, None, id="none is read yet"),
    ],
)
def test_time_left_is_told_only_where_it_can_be(
    read: int, expected: int | None, left: int | None, seconds_left: float | None
) -> None:
    seen = take(Sight(started=0.0, exchange=None), 10.0, read, expected=expected)
    assert (seen.inputs_left, seen.seconds_left) == (left, seconds_left)


@pytest.mark.parametrize(
    ("after", "read", "expected", "projected"),
    [
        pytest.param(Totals(answered=30, usd=3.0), 10, 40, 9.0, id="what is left costs as much"),
        pytest.param(Totals(answered=30, usd=3.0), 10, None, None, id="inputs unknown"),
        pytest.param(Totals(answered=30, usd=3.0), 10, 10, 3.0, id="nothing is left"),
        pytest.param(Totals(answered=20, usd=1.0), 0, 40, None, id="nothing is read yet"),
        pytest.param(Totals(answered=30, usd=3.0, unpriced=1), 10, 40, None, id="a price missing"),
    ],
)
def test_money_is_projected_from_what_articles_cost_this_time(
    after: Totals, read: int, expected: int | None, projected: float | None
) -> None:
    exchange = JobExchange(EndpointSettings())
    tell(exchange, Totals(answered=20, usd=1.0))
    sight = Sight(started=0.0, exchange=exchange)
    tell(exchange, after)
    assert take(sight, 10.0, read, expected=expected).usd_projected == projected


def test_nothing_is_held_up_while_calls_pass() -> None:
    async def watching() -> Snapshot:
        exchange = make_exchange(Totals(calls=7, answered=4, failed=1, cut_off=1))
        return take(Sight(started=0.0, exchange=exchange), now(), 4)

    seen = run_virtually(watching())
    assert seen.held_up == ()
    assert seen.calls
    assert (seen.calls.under_way, seen.calls_at_once, seen.calls_at_once_most) == (1, 4, 4)


def test_a_cap_that_is_near_holds_calls_up() -> None:
    async def watching() -> Snapshot:
        exchange = JobExchange(EndpointSettings(), limits=Limits(tokens=3000))
        tell(exchange, Totals())
        assert exchange.caps
        call = make_call()
        call = replace(call, body={**call.body, "max_tokens": 1000})
        await exchange.caps.reserve(call)
        waiting = asyncio.create_task(exchange.caps.reserve(call))
        await asyncio.sleep(0)
        seen = take(Sight(started=0.0, exchange=exchange), now(), 0)
        waiting.cancel()
        return seen

    (held,) = run_virtually(watching()).held_up
    assert (held.by, held.seconds, held.waiting) == (Hindrance.CAP, None, 1)


def test_an_endpoint_that_is_down_holds_calls_up() -> None:
    async def watching() -> Snapshot:
        exchange = make_exchange()
        for _ in range(7):
            exchange.breaker.feel(turned_down(500))
        waiting = asyncio.create_task(exchange.breaker.wait())
        await asyncio.sleep(0)
        seen = take(Sight(started=0.0, exchange=exchange), now(), 0)
        waiting.cancel()
        return seen

    (held,) = run_virtually(watching()).held_up
    assert (held.by, held.seconds, held.waiting) == (Hindrance.ENDPOINT_DOWN, 1.0, 1)


def test_an_endpoint_that_asks_to_wait_holds_calls_up() -> None:
    async def watching() -> Snapshot:
        exchange = make_exchange()
        for _ in range(20):
            exchange.gate.feel(turned_down(429, asked_wait=30.0))
        return take(Sight(started=0.0, exchange=exchange), now(), 0)

    (held,) = run_virtually(watching()).held_up
    assert (held.by, held.seconds) == (Hindrance.ASKED_TO_WAIT, 30.0)


@pytest.mark.parametrize(
    ("unit", "granted", "by", "seconds"),
    [
        pytest.param("requests", False, Hindrance.REQUESTS_PER_MINUTE, 10.0, id="our calls"),
        pytest.param("tokens", False, Hindrance.TOKENS_PER_MINUTE, 10.0, id="our tokens"),
        pytest.param("requests", True, Hindrance.REQUESTS_GRANTED, 30.0, id="their calls"),
        pytest.param("tokens", True, Hindrance.TOKENS_GRANTED, 30.0, id="their tokens"),
    ],
)
def test_a_rate_holds_calls_up(unit: str, granted: bool, by: Hindrance, seconds: float) -> None:
    async def watching() -> Snapshot:
        exchange = make_exchange()
        bucket = Bucket(6.0, unit="requests" if unit == "requests" else "tokens", clock=now)
        setattr(exchange, unit, bucket)
        await bucket.take(1)
        if granted:
            name = "x-ratelimit-{}-" + unit
            bucket.refill_from({name.format("remaining"): "0", name.format("reset"): "30s"})
        waiting = [asyncio.create_task(bucket.take(1)) for _ in range(2)]
        await asyncio.sleep(0)
        seen = take(Sight(started=0.0, exchange=exchange), now(), 0)
        for one in waiting:
            one.cancel()
        return seen

    (held,) = run_virtually(watching()).held_up
    assert (held.by, held.seconds, held.waiting) == (by, seconds, 2)
