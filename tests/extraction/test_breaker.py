import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from replying import answered, lost, timed_out, turned_down, unreachable
from virtual import now, run_virtually

from extractor.errors import EndpointError
from extractor.jobs.breaker import LONGEST_PAUSE_SECONDS, OPENS_AFTER, Breaker
from extractor.readers.exchange import Reply


def _breaker(*, give_up_seconds: float = 300.0, reached: bool = True) -> Breaker:
    """A breaker whose pauses are never cut short by chance."""
    breaker = Breaker(
        "model.example",
        give_up_seconds=give_up_seconds,
        clock=now,
        today=lambda: datetime(2026, 3, 1, 14, 3, 20, tzinfo=UTC),
        draw=lambda: 1.0,
    )
    if reached:
        breaker.feel(answered())
    return breaker


def _break(breaker: Breaker) -> None:
    for _ in range(OPENS_AFTER):
        breaker.feel(lost())


async def _wait(breaker: Breaker) -> float:
    """How long a call is held back."""
    started = now()
    await breaker.wait()
    return now() - started


@pytest.mark.parametrize(
    ("replies", "is_open"),
    [
        pytest.param([lost] * (OPENS_AFTER - 1), False, id="too few"),
        pytest.param([lost] * OPENS_AFTER, True, id="lost connections"),
        pytest.param([timed_out] * OPENS_AFTER, True, id="timeouts"),
        pytest.param([unreachable] * OPENS_AFTER, True, id="refused connections"),
        pytest.param([lambda: turned_down(503)] * OPENS_AFTER, True, id="5xx"),
        pytest.param([lambda: turned_down(429)] * 99, False, id="429 is no failure"),
        pytest.param([lambda: turned_down(401)] * 99, False, id="4xx is an answer"),
        pytest.param([*[lost] * 5, answered, *[lost] * 5], False, id="a success between"),
        pytest.param(
            [*[lost] * 5, lambda: turned_down(400), *[lost] * 5], False, id="an answer between"
        ),
        pytest.param(
            [*[lost] * 5, lambda: turned_down(429), lost], True, id="a 429 between is no success"
        ),
    ],
)
def test_it_opens_after_failures_in_a_row(
    replies: list[Callable[[], Reply]], is_open: bool
) -> None:
    async def feeling() -> tuple[bool, bool]:
        breaker = _breaker()
        for reply in replies:
            breaker.feel(reply())
        return breaker.is_open, await _wait(breaker) > 0

    assert run_virtually(feeling()) == (is_open, is_open)


def test_an_answer_that_was_stored_says_nothing_of_the_endpoint() -> None:
    async def feeling() -> bool:
        breaker = _breaker()
        for _ in range(OPENS_AFTER):
            breaker.feel(lost())
            breaker.feel(Reply(called={"choices": []}, stored=True))
        return breaker.is_open

    assert run_virtually(feeling())


def test_one_call_at_a_time_is_let_through_after_pauses_that_double() -> None:
    async def probing() -> list[float]:
        breaker = _breaker()
        _break(breaker)
        waits: list[float] = []
        for _ in range(8):
            waits.append(round(await _wait(breaker), 6))
            breaker.feel(turned_down(502))
        return waits

    waits = run_virtually(probing())
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert max(waits) == LONGEST_PAUSE_SECONDS


def test_all_others_wait_until_the_one_call_brings_an_answer() -> None:
    async def probing() -> tuple[int, int, bool]:
        breaker = _breaker()
        _break(breaker)
        passed: list[float] = []

        async def call() -> None:
            await breaker.wait()
            passed.append(now())

        calls = [asyncio.create_task(call()) for _ in range(20)]
        await asyncio.sleep(30)
        alone, waiting = len(passed), breaker.waiting
        breaker.feel(answered())
        await asyncio.gather(*calls)
        assert max(passed) == now()  # all at once
        return alone, waiting, breaker.is_open

    assert run_virtually(probing()) == (1, 19, False)


def test_late_failures_of_calls_made_before_it_opened_do_not_lengthen_the_pause() -> None:
    async def feeling() -> float:
        breaker = _breaker()
        _break(breaker)
        for _ in range(50):
            breaker.feel(lost())
        return await _wait(breaker)

    assert run_virtually(feeling()) == 1


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(answered, id="success"),
        pytest.param(lambda: turned_down(429), id="429"),
        pytest.param(lambda: turned_down(400), id="400"),
    ],
)
def test_any_answer_closes_it(reply: Callable[[], Reply]) -> None:
    async def probing() -> tuple[bool, int, float]:
        breaker = _breaker()
        _break(breaker)
        await breaker.wait()
        breaker.feel(reply())
        return breaker.is_open, breaker.failed, await _wait(breaker)

    assert run_virtually(probing()) == (False, 0, 0)


def test_a_call_that_is_not_made_after_all_lets_another_one_try() -> None:
    async def probing() -> float:
        breaker = _breaker()
        _break(breaker)
        await breaker.wait()
        breaker.withdraw()
        return await _wait(breaker)

    assert run_virtually(probing()) == 0


def test_a_call_of_which_nothing_is_heard_is_not_waited_for_for_ever() -> None:
    async def probing() -> float:
        breaker = _breaker()
        _break(breaker)
        await breaker.wait()
        return await _wait(breaker)

    assert run_virtually(probing()) == 60


def test_who_is_cancelled_while_waiting_holds_nobody_up() -> None:
    async def probing() -> tuple[float, int]:
        breaker = _breaker()
        _break(breaker)
        first = asyncio.create_task(breaker.wait())
        await asyncio.sleep(0.5)
        first.cancel()
        await asyncio.sleep(0)
        return await _wait(breaker), breaker.waiting

    assert run_virtually(probing()) == (0.5, 0)


def test_an_endpoint_that_stays_down_ends_the_run_with_all_that_one_needs_to_know() -> None:
    async def waiting() -> tuple[float, list[BaseException | None]]:
        breaker = _breaker()
        started = now()
        _break(breaker)

        async def call() -> None:
            while True:
                await breaker.wait()
                await asyncio.sleep(0.1)
                breaker.feel(turned_down(503))

        ended = await asyncio.gather(*(call() for _ in range(20)), return_exceptions=True)
        return now() - started, ended

    seconds, ended = run_virtually(waiting())
    assert all(isinstance(error, EndpointError) for error in ended)
    assert 300 <= seconds < 302
    told = str(ended[0])
    assert "'model.example'" in told
    assert "since 14:03:20 UTC" in told
    assert "16 calls in a row" in told
    assert "within 300 seconds" in told
    assert "http_503" in told
    assert "repeat the command" in told


def test_it_never_gives_up_without_having_just_tried() -> None:
    async def waiting() -> float:
        breaker = _breaker()
        _break(breaker)
        await asyncio.sleep(10_000)
        return await _wait(breaker)

    assert run_virtually(waiting()) == 0


def test_an_endpoint_never_reached_is_left_to_the_reader() -> None:
    async def feeling() -> bool:
        breaker = _breaker(reached=False)
        for _ in range(100):
            breaker.feel(unreachable())
        return breaker.is_open

    assert not run_virtually(feeling())


def test_an_endpoint_that_hangs_from_the_start_is_down() -> None:
    async def feeling() -> bool:
        breaker = _breaker(reached=False)
        for _ in range(OPENS_AFTER):
            breaker.feel(timed_out())
        return breaker.is_open

    assert run_virtually(feeling())


def test_what_a_progress_display_shows() -> None:
    async def showing() -> list[tuple[bool, bool, int, float, float]]:
        breaker = _breaker()

        def shown() -> tuple[bool, bool, int, float, float]:
            return (
                breaker.is_open,
                breaker.is_trying,
                breaker.failed,
                breaker.down_seconds,
                breaker.seconds_left,
            )

        states = [shown()]
        _break(breaker)
        await asyncio.sleep(0.25)
        states.append(shown())
        await breaker.wait()
        states.append(shown())
        breaker.feel(answered())
        return [*states, shown()]

    assert run_virtually(showing()) == [
        (False, False, 0, 0, 0),
        (True, False, 6, 0.25, 0.75),
        (True, True, 6, 1, 0),
        (False, False, 0, 0, 0),
    ]
