import asyncio
import signal
from collections.abc import Generator

import pytest

from extractor.jobs import listening

STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def as_before() -> Generator[None]:
    before = {one: signal.getsignal(one) for one in STOPS}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_the_first_asks_the_second_stops_and_further_ones_do_nothing(stop: signal.Signals) -> None:
    told: list[str] = []
    with listening(lambda: told.append("stopping")) as interrupt:
        assert not interrupt.asked
        signal.raise_signal(stop)
        assert interrupt.asked
        assert not interrupt.ending
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(stop)
        signal.raise_signal(stop)
        signal.raise_signal(signal.SIGINT)
    assert told == ["stopping"]


def test_the_second_cancels_the_task_that_reads_and_no_other() -> None:
    others: list[str] = []

    async def other() -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        others.append("ends as it would")

    with listening(lambda: None) as interrupt:

        async def read() -> None:
            task = asyncio.current_task()
            assert task is not None
            interrupt.cuts(task)
            beside = asyncio.create_task(other())
            try:
                await asyncio.Event().wait()
            finally:
                await beside

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(read())
    assert others == ["ends as it would"]


def test_a_later_one_stops_what_keeps_the_loop_from_hearing_of_the_second() -> None:
    with listening(lambda: None, patience=0) as interrupt:

        async def read() -> None:
            task = asyncio.current_task()
            assert task is not None
            interrupt.cuts(task)
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

        with pytest.raises(KeyboardInterrupt):
            asyncio.run(read())


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_run_that_is_ending_hears_nothing_more(stop: signal.Signals) -> None:
    told: list[str] = []
    with listening(lambda: told.append("stopping")) as interrupt:
        interrupt.end()
        signal.raise_signal(stop)
        signal.raise_signal(stop)
    assert not interrupt.asked
    assert not told


def test_a_hangup_that_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with listening(lambda: None) as interrupt:
        signal.raise_signal(signal.SIGHUP)
        assert not interrupt.asked
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_what_was_done_at_a_signal_before_is_done_again_afterwards(stop: signal.Signals) -> None:
    def before(*_: object) -> None: ...

    signal.signal(stop, before)
    with listening(lambda: None):
        assert signal.getsignal(stop) is not before
    assert signal.getsignal(stop) is before
