"""The gate before endpoints of several kinds, played through in virtual time."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest
from replying import answered, timed_out, turned_down
from virtual import now, run_virtually

from extractor.jobs.climbing import START, Climb
from extractor.jobs.gate import Gate
from extractor.readers.calls import wait_seconds
from extractor.readers.exchange import Reply
from extractor.readers.troubles import Trouble

Endpoint = Callable[[], Awaitable[Reply]]


@dataclass(frozen=True, kw_only=True)
class Second:
    """What happened within a second."""

    limit: int
    good: int = 0
    bad: int = 0


@dataclass(kw_only=True)
class Played:
    """What happened, second by second."""

    seconds: list[Second] = field(default_factory=list[Second])

    def goodput(self, start: int, end: int) -> float:
        """Good replies a second."""
        return sum(second.good for second in self.seconds[start:end]) / (end - start)

    def bad_share(self, start: int, end: int) -> float:
        bad = sum(second.bad for second in self.seconds[start:end])
        return bad / (bad + sum(second.good for second in self.seconds[start:end]))

    def limit(self, start: int, end: int) -> float:
        return sum(second.limit for second in self.seconds[start:end]) / (end - start)


def _hard(
    rate: float, *, latency: float = 0.05, burst: float = 5, asked_wait: float | None = None
) -> Endpoint:
    """Takes so many calls a second and turns down all others."""
    draws, level, filled_at = random.Random(7), burst, now()

    async def call() -> Reply:
        nonlocal level, filled_at
        level, filled_at = min(level + (now() - filled_at) * rate, burst), now()
        taken = level >= 1
        level -= taken
        await asyncio.sleep(latency * draws.uniform(0.8, 1.2))
        return answered() if taken else turned_down(429, asked_wait=asked_wait)

    return call


def _fickle(
    share: float, *, latency: float = 0.05, asked_wait: float | None = None, broken: float = 0.0
) -> Endpoint:
    """Turns down a share of the calls, however many or few there are."""
    draws = random.Random(7)

    async def call() -> Reply:
        await asyncio.sleep(latency * draws.uniform(0.8, 1.2))
        draw = draws.random()
        if draw < share:
            return turned_down(429, asked_wait=asked_wait)
        return turned_down(500) if draw < share + broken else answered()

    return call


def _queueing(rate: float) -> Endpoint:
    """Takes every call, and one after another."""
    free_at = now()

    async def call() -> Reply:
        nonlocal free_at
        free_at = max(free_at, now()) + 1 / rate
        await asyncio.sleep(free_at - now() + 0.05)
        return answered()

    return call


def _overwhelmed(most: int, *, latency: float = 1.0, timeout: float = 5.0) -> Endpoint:
    """Gets so slow with too many calls that none of them is answered in time."""
    draws, under_way = random.Random(7), 0

    async def call() -> Reply:
        nonlocal under_way
        under_way += 1
        seconds = latency * max(under_way / most, 1) ** 1.5 * draws.uniform(0.8, 1.2)
        await asyncio.sleep(min(seconds, timeout))
        under_way -= 1
        return answered() if seconds < timeout else timed_out()

    return call


def _quota(calls: int, *, seconds: float) -> Endpoint:
    """Takes so many calls in each stretch of time, and asks to wait for the next."""
    opened_at, used = now(), 0

    async def call() -> Reply:
        nonlocal opened_at, used
        while now() - opened_at >= seconds:
            opened_at, used = opened_at + seconds, 0
        used += 1
        taken, asked_wait = used <= calls, opened_at + seconds - now()
        await asyncio.sleep(0.2)
        return answered() if taken else turned_down(429, asked_wait=asked_wait)

    return call


def _down_for_a_while(endpoint: Endpoint, start: float, end: float) -> Endpoint:
    opened_at = now()

    async def call() -> Reply:
        if not start <= now() - opened_at < end:
            return await endpoint()
        await asyncio.sleep(0.01)
        return turned_down(503)

    return call


def _changing(before: Endpoint, after: Endpoint, at: float) -> Endpoint:
    opened_at = now()

    async def call() -> Reply:
        return await (before() if now() - opened_at < at else after())

    return call


def _play(
    opened: Callable[[], Endpoint],
    *,
    most: int,
    seconds: int,
    workers: int | None = None,
    patient: bool = True,
) -> Played:
    """Have workers call an endpoint through a gate, with pauses between tries if patient."""

    async def playing() -> Played:
        endpoint, gate, draws = opened(), Gate(most, clock=now), random.Random(11)
        played = Played()
        second = Second(limit=gate.limit)

        async def work() -> None:
            nonlocal second
            tries = 0
            while True:
                async with gate.turn():
                    started = now()
                    reply = await endpoint()
                    reply = replace(reply, milliseconds=(now() - started) * 1000)
                    gate.feel(reply)
                if not isinstance(reply.called, Trouble):
                    second, tries = replace(second, good=second.good + 1), 0
                    continue
                second, tries = replace(second, bad=second.bad + 1), tries + 1
                if patient:
                    asked = reply.called.asked_wait
                    await asyncio.sleep(
                        wait_seconds(tries, asked=asked, cap=60, draw=draws.random())
                    )

        working = [asyncio.create_task(work()) for _ in range(workers or most)]
        for _ in range(seconds):
            await asyncio.sleep(1)
            played.seconds.append(replace(second, limit=gate.limit))
            second = Second(limit=gate.limit)
        for task in working:
            task.cancel()
        return played

    return run_virtually(playing())


@pytest.mark.parametrize(
    "patient", [pytest.param(True, id="patient"), pytest.param(False, id="not")]
)
@pytest.mark.parametrize(
    ("rate", "latency", "burst"),
    [
        pytest.param(100, 0.05, 5, id="100 a second, 50 ms"),
        pytest.param(100, 0.5, 20, id="100 a second, 500 ms"),
        pytest.param(100, 0.05, 100, id="100 a second, a second's burst"),
        pytest.param(20, 1.0, 20, id="20 a second, 1 s"),
    ],
)
def test_before_a_hard_rate_it_settles_near_the_knee(
    rate: float, latency: float, burst: float, patient: bool
) -> None:
    played = _play(
        lambda: _hard(rate, latency=latency, burst=burst), most=256, seconds=60, patient=patient
    )

    assert played.goodput(20, 60) >= 0.9 * rate
    assert played.bad_share(20, 60) <= 0.15
    assert played.limit(20, 60) <= 1.5 * rate * latency


@pytest.mark.parametrize("most", [16, 96])
@pytest.mark.parametrize(
    ("share", "broken"),
    [
        pytest.param(0.2, 0.0, id="one call in five turned down"),
        pytest.param(0.2, 0.05, id="and one in twenty broken"),
        pytest.param(0.05, 0.0, id="one in twenty"),
    ],
)
def test_where_calls_are_turned_down_by_chance_it_stays_near_its_most(
    share: float, broken: float, most: int
) -> None:
    played = _play(
        lambda: _fickle(share, broken=broken, latency=0.5), most=most, seconds=90, patient=False
    )

    assert played.limit(30, 90) >= 0.8 * most
    allowed = most / 0.5 * (1 - share - broken)
    assert played.goodput(30, 90) >= 0.8 * allowed


def test_turned_down_by_chance_and_asked_to_wait_it_does_not_pause_everybody() -> None:
    played = _play(
        lambda: _fickle(0.2, latency=0.25, asked_wait=2.0), most=32, workers=256, seconds=60
    )

    assert played.goodput(20, 60) >= 0.8 * 32 / 0.25 * 0.8


def test_an_endpoint_that_gets_slower_but_turns_nobody_down_is_used_to_the_full() -> None:
    played = _play(lambda: _queueing(100), most=256, seconds=30)

    assert played.limit(10, 30) == 256
    assert played.goodput(5, 30) >= 99


def test_an_endpoint_that_asks_everybody_to_wait_is_used_to_the_full_in_between() -> None:
    played = _play(lambda: _hard(500, latency=0.2, burst=50, asked_wait=2.0), most=256, seconds=40)

    assert played.goodput(20, 40) >= 0.9 * 500
    assert played.bad_share(20, 40) <= 0.15


def test_a_quota_for_each_stretch_of_time_is_used_up_without_a_storm() -> None:
    played = _play(lambda: _quota(100, seconds=10), most=64, seconds=300)

    assert played.goodput(100, 300) >= 0.85 * 10
    assert played.bad_share(100, 300) <= 0.2


def test_an_endpoint_that_answers_nobody_in_time_gets_fewer_calls() -> None:
    played = _play(lambda: _overwhelmed(20), most=256, seconds=400)

    assert played.goodput(200, 400) >= 0.75 * 20
    assert played.bad_share(200, 400) <= 0.05


@pytest.mark.parametrize(
    "patient", [pytest.param(True, id="patient"), pytest.param(False, id="not")]
)
def test_an_endpoint_that_is_back_after_an_outage_is_soon_used_to_the_full(patient: bool) -> None:
    played = _play(
        lambda: _down_for_a_while(_fickle(0.0, latency=0.25), 10, 20),
        most=64,
        seconds=60,
        patient=patient,
    )

    assert played.seconds[9].limit == 64
    assert played.limit(12, 20) <= START
    assert played.limit(35, 60) == 64
    assert played.goodput(40, 60) >= 0.95 * 64 / 0.25


@pytest.mark.parametrize(
    ("before", "after"),
    [pytest.param(200, 40, id="fewer"), pytest.param(40, 200, id="more")],
)
def test_it_follows_a_rate_that_changes(before: float, after: float) -> None:
    played = _play(
        lambda: _changing(_hard(before, latency=0.25, burst=20), _hard(after, latency=0.25), 40),
        most=256,
        seconds=110,
    )

    assert played.goodput(15, 40) >= 0.8 * before
    assert played.goodput(70, 110) >= 0.8 * after
    assert played.bad_share(70, 110) <= 0.2


def test_a_lone_failure_costs_nothing_for_long() -> None:
    climb = Climb(64)
    for n in range(5000):
        climb.feel(bad=n == 20, milliseconds=50, under_way=climb.limit - 1)
    assert climb.limit == 64


def test_one_failure_in_a_hundred_costs_nothing() -> None:
    climb = Climb(64)
    limits: list[int] = []
    for n in range(20_000):
        climb.feel(bad=n % 100 == 99, milliseconds=50, under_way=climb.limit - 1)
        limits.append(climb.limit)
    assert set(limits[10_000:]) == {64}


@pytest.mark.parametrize("most", [1, 2, 3, 8, 1000])
def test_the_limit_is_never_less_than_one_or_more_than_most(most: int) -> None:
    climb, draws = Climb(most), random.Random(5)
    for n in range(5_000):
        bad = draws.random() < (n // 500 % 3) / 2  # all well, every other call, nothing
        climb.feel(bad=bad, milliseconds=draws.choice([0.0, 50.0]), under_way=draws.randrange(9))
        assert 1 <= climb.limit <= most
