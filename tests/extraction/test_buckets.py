import asyncio

import pytest
from virtual import now, run_virtually

from extractor.jobs.buckets import LONGEST_PAUSE_SECONDS, Bucket


def _left(left: object, reset: str, limit: object = 100) -> dict[str, str]:
    return {
        "x-ratelimit-limit-requests": str(limit),
        "x-ratelimit-remaining-requests": str(left),
        "x-ratelimit-reset-requests": reset,
    }


async def _times(bucket: Bucket, amounts: list[float]) -> list[float]:
    """When each of the takes, all asked for at once, came about."""
    started = now()
    times: list[float] = []

    async def take(amount: float) -> None:
        await bucket.take(amount)
        times.append(round(now() - started, 6))

    await asyncio.gather(*map(take, amounts))
    return times


@pytest.mark.parametrize(
    ("per_minute", "amounts", "times"),
    [
        pytest.param(None, [5.0, 1e9], [0, 0], id="no limit"),
        pytest.param(60, [1, 1, 1], [0, 1, 2], id="one a second"),
        pytest.param(180, [1, 1, 1, 1, 1], [0, 0, 0, 0.333333, 0.666667], id="a second's worth"),
        pytest.param(6, [1, 1], [0, 10], id="less than one a second"),
        pytest.param(60, [10, 1, 1], [0, 10, 11], id="a debt is waited for by the next"),
        pytest.param(60, [1, 10, 1], [0, 1, 11], id="a large take waits for a full bucket"),
        pytest.param(60, [0, 0, 1, 0], [0, 0, 0, 0], id="nothing costs nothing"),
    ],
)
def test_takes_are_spread_over_the_minute(
    per_minute: float | None, amounts: list[float], times: list[float]
) -> None:
    async def taking() -> list[float]:
        return await _times(Bucket(per_minute, unit="requests", clock=now), amounts)

    assert run_virtually(taking()) == times


def test_an_hour_of_takes_keeps_to_the_limit() -> None:
    async def taking() -> float:
        bucket = Bucket(100, unit="requests", clock=now)
        return (await _times(bucket, [1] * 6001))[-1]

    assert 3598 <= run_virtually(taking()) <= 3602


def test_an_idle_bucket_saves_up_no_more_than_its_burst() -> None:
    async def taking() -> list[float]:
        bucket = Bucket(120, unit="requests", clock=now)
        await asyncio.sleep(3600)
        return await _times(bucket, [1] * 4)

    assert run_virtually(taking()) == [0, 0, 0.5, 1.0]


def test_who_asks_first_goes_first_however_much_he_takes() -> None:
    async def taking() -> list[str]:
        bucket = Bucket(60, unit="tokens", clock=now)
        order: list[str] = []

        async def take(name: str, amount: float) -> None:
            await bucket.take(amount)
            order.append(name)

        await asyncio.gather(take("a", 1), take("large", 50), take("b", 1), take("c", 0))
        return order

    assert run_virtually(taking()) == ["a", "large", "b", "c"]


def test_who_is_cancelled_gives_his_place_to_the_next() -> None:
    async def taking() -> tuple[float, int]:
        bucket = Bucket(60, unit="requests", clock=now)
        await bucket.take(1)
        started = now()
        first = asyncio.create_task(bucket.take(1))
        second = asyncio.create_task(bucket.take(1))
        await asyncio.sleep(0.5)
        assert bucket.waiting == 2
        first.cancel()
        await second
        assert bucket.waiting == 0
        return round(now() - started, 6), bucket.waiting

    assert run_virtually(taking()) == (1, 0)


@pytest.mark.parametrize(
    ("estimated", "actual", "next_at"),
    [
        pytest.param(10, 10, 10, id="as estimated"),
        pytest.param(10, 4, 4, id="given back"),
        pytest.param(10, 0, 0, id="not made"),
        pytest.param(10, 16, 16, id="charged afterwards"),
        pytest.param(10, float("nan"), 10, id="no number"),
        pytest.param(10, 1e12, LONGEST_PAUSE_SECONDS + 1, id="a lie is not paid for in full"),
    ],
)
def test_what_was_used_is_settled_afterwards(
    estimated: float, actual: float, next_at: float
) -> None:
    async def taking() -> float:
        bucket = Bucket(60, unit="tokens", clock=now)
        started = now()
        await bucket.take(estimated)
        waiter = asyncio.create_task(bucket.take(1))
        await asyncio.sleep(0)  # it waits already when the answer comes
        bucket.settle(estimated, actual)
        await waiter
        return round(now() - started, 6)

    assert run_virtually(taking()) == next_at


def test_the_limit_counts_what_is_used_and_not_what_was_estimated() -> None:
    """Six calls of 1000 tokens a minute fit, though each is estimated at 7000 and lasts 30 s."""

    async def calling() -> int:
        bucket = Bucket(6000, unit="tokens", clock=now)
        ended = now() + 7200
        done = 0

        async def call() -> None:
            nonlocal done
            while now() < ended:
                await bucket.take(7000)
                await asyncio.sleep(30)
                bucket.settle(7000, 1000)
                done += 1

        await asyncio.gather(*(call() for _ in range(16)))
        return done

    assert 0.9 * 720 <= run_virtually(calling()) <= 1.1 * 720


@pytest.mark.parametrize(
    ("reset", "wait"),
    [
        pytest.param("1s", 1, id="seconds"),
        pytest.param("120ms", 0.12, id="milliseconds"),
        pytest.param("1m30.5s", 90.5, id="minutes"),
        pytest.param("6m0s", LONGEST_PAUSE_SECONDS, id="longer than the longest pause"),
        pytest.param("23h59m59.9s", LONGEST_PAUSE_SECONDS, id="a day"),
        pytest.param("500µs", 0.0005, id="microseconds"),
        pytest.param("7", 7, id="a plain number"),
        pytest.param("0.25", 0.25, id="a fraction"),
        pytest.param(" 2s ", 2, id="spaces"),
        pytest.param("0s", 0, id="at once"),
        pytest.param("", 0, id="empty"),
        pytest.param("soon", 0, id="a word"),
        pytest.param("-5", 0, id="negative"),
        pytest.param("-5s", 0, id="negative duration"),
        pytest.param("nan", 0, id="not a number"),
        pytest.param("inf", 0, id="infinite"),
        pytest.param("1e300", 0, id="huge"),
        pytest.param("9" * 400, 0, id="endless"),
        pytest.param("9" * 39 + "h", LONGEST_PAUSE_SECONDS, id="endless hours"),
        pytest.param("1s" * 5000, 0, id="too long to be a duration"),
        pytest.param("5s please", 0, id="more than a duration"),
        pytest.param("1763894400", 0, id="a date"),
    ],
)
def test_an_empty_account_pauses_until_its_reset(reset: str, wait: float) -> None:
    async def taking() -> float:
        bucket = Bucket(None, unit="requests", clock=now)
        bucket.refill_from(_left(0, reset))
        assert bucket.is_paused is (wait > 0)
        assert round(bucket.seconds_left, 6) == wait
        return (await _times(bucket, [1]))[0]

    assert run_virtually(taking()) == wait


@pytest.mark.parametrize(
    ("headers", "times"),
    [
        pytest.param(_left(2, "9s"), [0, 0, 9], id="what is left passes"),
        pytest.param(_left(0, "9s", limit=0), [0, 0, 0], id="a limit of 0 is none"),
        pytest.param(_left(-1, "9s"), [0, 0, 0], id="negative"),
        pytest.param(_left("nan", "9s"), [0, 0, 0], id="not a number"),
        pytest.param(_left("inf", "9s"), [0, 0, 0], id="infinite"),
        pytest.param(_left("lots", "9s"), [0, 0, 0], id="a word"),
        pytest.param({"x-ratelimit-remaining-requests": "0"}, [0, 0, 0], id="no reset"),
        pytest.param({"x-ratelimit-reset-requests": "9s"}, [0, 0, 0], id="only a reset"),
        pytest.param(
            {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s"},
            [0, 0, 0],
            id="another unit",
        ),
        pytest.param({}, [0, 0, 0], id="none"),
    ],
)
def test_headers_are_heeded_where_they_make_sense(
    headers: dict[str, str], times: list[float]
) -> None:
    async def taking() -> list[float]:
        bucket = Bucket(None, unit="requests", clock=now)
        bucket.refill_from(headers)
        return await _times(bucket, [1, 1, 1])

    assert run_virtually(taking()) == times


@pytest.mark.parametrize(
    ("amount", "limit", "wait"),
    [
        pytest.param(400, 1000, 0, id="fits"),
        pytest.param(600, 1000, 30, id="is more than is left"),
        pytest.param(2000, 400, 0, id="is more than can ever be left"),
    ],
)
def test_a_call_waits_if_less_is_left_than_it_needs(
    amount: float, limit: float, wait: float
) -> None:
    async def taking() -> float:
        bucket = Bucket(None, unit="tokens", clock=now)
        bucket.refill_from(
            {
                "x-ratelimit-limit-tokens": str(limit),
                "x-ratelimit-remaining-tokens": "500",
                "x-ratelimit-reset-tokens": "30s",
            }
        )
        return (await _times(bucket, [amount]))[0]

    assert run_virtually(taking()) == wait


def test_calls_that_set_off_after_the_one_replied_to_are_not_in_what_its_reply_says() -> None:
    async def taking() -> list[float]:
        bucket = Bucket(None, unit="requests", clock=now)
        await bucket.take(1)
        first = bucket.set_off(1)
        for _ in range(3):
            await bucket.take(1)
            bucket.set_off(1)
        await bucket.take(1)  # it waits for its turn elsewhere, and counts, too
        bucket.refill_from(_left(6, "9s"), sent=first)
        return await _times(bucket, [1, 1, 1])

    assert run_virtually(taking()) == [0, 0, 9]


def test_a_call_that_never_set_off_leaves_what_it_took_to_others() -> None:
    async def taking() -> list[float]:
        bucket = Bucket(60, unit="requests", clock=now)
        sent = bucket.set_off(0)
        bucket.refill_from(_left(1, "9s"), sent=sent)
        await bucket.take(1)
        bucket.give_back(1)
        return await _times(bucket, [1, 1])

    assert run_virtually(taking()) == [0, 9]


def test_a_newer_reply_ends_a_pause() -> None:
    async def taking() -> float:
        bucket = Bucket(None, unit="requests", clock=now)
        bucket.refill_from(_left(0, "60s"))
        started = now()
        waiter = asyncio.create_task(bucket.take(1))
        await asyncio.sleep(5)
        bucket.refill_from(_left(10, "54s"))
        await waiter
        return now() - started

    assert run_virtually(taking()) == 5


def test_an_endpoint_that_says_nothing_is_left_for_ever_stalls_nobody() -> None:
    async def taking() -> float:
        bucket = Bucket(None, unit="requests", clock=now)
        bucket.refill_from(_left(0, "60s"))
        started = now()
        waiter = asyncio.create_task(bucket.take(1))
        while not waiter.done():
            await asyncio.sleep(1)
            bucket.refill_from(_left(0, "60s"))
        return now() - started

    assert run_virtually(taking()) <= LONGEST_PAUSE_SECONDS + 1
