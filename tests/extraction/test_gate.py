import asyncio

import pytest
from replying import answered, turned_down
from virtual import now, run_virtually

from extractor.jobs.climbing import START
from extractor.jobs.gate import LONGEST_PAUSE_SECONDS, Gate
from extractor.readers.exchange import Reply


async def _crowd(gate: Gate, names: str, order: list[str], *, seconds: float = 1.0) -> None:
    """Everybody wants a turn, one after another."""

    async def one(name: str) -> None:
        async with gate.turn():
            order.append(name)
            await asyncio.sleep(seconds)

    await asyncio.gather(*map(one, names))


def test_turns_come_in_the_order_they_were_asked_for() -> None:
    async def calling() -> tuple[str, float]:
        gate, order, started = Gate(2, clock=now), list[str](), now()
        await _crowd(gate, "abcdefg", order)
        assert gate.in_flight == 0
        return "".join(order), now() - started

    assert run_virtually(calling()) == ("abcdefg", 4)


def test_no_more_calls_than_the_limit_are_under_way() -> None:
    async def calling() -> int:
        gate = Gate(256, clock=now)
        waiting = asyncio.create_task(_crowd(gate, "x" * 50, []))
        await asyncio.sleep(0.5)
        assert gate.waiting == 50 - START
        under_way = gate.in_flight
        waiting.cancel()
        return under_way

    assert run_virtually(calling()) == START


@pytest.mark.parametrize("when", ["before its turn", "as its turn comes"])
def test_who_is_cancelled_gives_his_place_to_the_next(when: str) -> None:
    async def calling() -> tuple[int, int, float]:
        gate, started = Gate(1, clock=now), now()
        leave = asyncio.Event()

        async def hold() -> None:
            async with gate.turn():
                await leave.wait()

        held = asyncio.create_task(hold())
        await asyncio.sleep(1)
        first, second = (asyncio.create_task(_crowd(gate, "a", [])) for _ in range(2))
        await asyncio.sleep(1)
        if when == "before its turn":
            first.cancel()
            await asyncio.sleep(0)
        leave.set()
        await held  # gives the turn to the first in line, who has not run since
        first.cancel()
        await second
        return gate.in_flight, gate.waiting, now() - started

    assert run_virtually(calling()) == (0, 0, 3)


def test_a_call_that_fails_gives_its_turn_back() -> None:
    async def calling() -> int:
        gate = Gate(1, clock=now)
        with pytest.raises(ValueError, match="unforeseen"):
            async with gate.turn():
                raise ValueError("unforeseen")
        return gate.in_flight

    assert run_virtually(calling()) == 0


def test_without_trouble_the_limit_doubles_in_a_round_trip_until_it_is_at_its_most() -> None:
    async def calling() -> list[int]:
        gate = Gate(100, clock=now)
        limits = [gate.limit]
        for _ in range(5):
            for _ in range(gate.limit):
                gate.feel(answered())
            limits.append(gate.limit)
        return limits

    assert run_virtually(calling()) == [8, 16, 32, 64, 100, 100]


def test_an_answer_that_was_stored_says_nothing_of_the_endpoint() -> None:
    async def calling() -> int:
        gate = Gate(100, clock=now)
        gate.feel(Reply(called={"choices": []}, stored=True))
        return gate.limit

    assert run_virtually(calling()) == START


@pytest.mark.parametrize(
    ("replies", "pause"),
    [
        pytest.param([turned_down(429, asked_wait=20)] * 20, 20, id="all asked to wait"),
        pytest.param([turned_down(503, asked_wait=20)] * 20, 20, id="503 as well"),
        pytest.param([*[answered()] * 40, turned_down(429, asked_wait=20)], 0, id="a lone 429"),
        pytest.param(
            [*[answered()] * 4, turned_down(429, asked_wait=20)] * 40, 0, id="one call in five"
        ),
        pytest.param([turned_down(429, asked_wait=0.5)] * 20, 0, id="a short wait"),
        pytest.param([turned_down(429)] * 20, 0, id="no wait is asked for"),
        pytest.param(
            [turned_down(429, asked_wait=1e9)] * 20, LONGEST_PAUSE_SECONDS, id="a huge wait"
        ),
        pytest.param(
            [turned_down(429, asked_wait=float("inf"))] * 20, LONGEST_PAUSE_SECONDS, id="for ever"
        ),
        pytest.param([turned_down(429, asked_wait=20)] * 5, 0, id="too few to tell"),
    ],
)
def test_new_calls_wait_where_most_are_asked_to(replies: list[Reply], pause: float) -> None:
    async def calling() -> tuple[float, float]:
        gate = Gate(64, clock=now)
        for reply in replies:
            gate.feel(reply)
        started, left = now(), gate.seconds_left
        await _crowd(gate, "abc", [], seconds=0)
        return round(now() - started, 6), round(left, 6)

    assert run_virtually(calling()) == (pause, pause)


def test_a_pause_is_over_once_it_is_over() -> None:
    async def calling() -> float:
        gate = Gate(64, clock=now)
        for _ in range(20):
            gate.feel(turned_down(429, asked_wait=20))
        await asyncio.sleep(20)
        gate.feel(turned_down(429, asked_wait=20))
        return gate.seconds_left

    assert run_virtually(calling()) == 0
