"""The feed: inputs are taken in order, a few ahead, and a slow source holds up nobody."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from extractor.jobs.feed import Feed


async def drained(feed: Feed[int]) -> list[int]:
    taken: list[int] = []
    while (entry := await feed.take()) is not None:
        taken.append(entry)
    return taken


def test_entries_come_in_order_and_then_none() -> None:
    async def work() -> None:
        feed = Feed(range(1, 1_000), ahead=7)
        assert await drained(feed) == list(range(1, 1_000))
        assert await feed.take() is None

    asyncio.run(work())


def test_many_takers_share_the_entries() -> None:
    async def work() -> None:
        feed = Feed(range(1, 500), ahead=3)
        shares = await asyncio.gather(*(drained(feed) for _ in range(20)))
        assert sorted(entry for share in shares for entry in share) == list(range(1, 500))

    asyncio.run(work())


def test_no_more_is_taken_than_a_few_ahead() -> None:
    made: list[int] = []

    def entries() -> Iterator[int]:
        for n in range(1, 100):
            made.append(n)
            yield n

    async def work() -> None:
        feed = Feed(entries(), ahead=5)
        for taken in range(1, 50):
            assert await feed.take() == taken
            assert len(made) <= taken + 5 + 1  # one more waits for room
        feed.close()

    asyncio.run(work())


def test_what_the_source_raises_comes_after_all_before_it() -> None:
    def entries() -> Iterator[int]:
        yield 1
        yield 2
        raise OSError("the disk is gone")

    async def work() -> None:
        feed = Feed(entries())
        assert [await feed.take(), await feed.take()] == [1, 2]
        with pytest.raises(OSError, match="the disk is gone"):
            await feed.take()

    asyncio.run(work())


def test_a_source_that_says_nothing_blocks_neither_the_loop_nor_the_end() -> None:
    released = threading.Event()

    def entries() -> Iterator[int]:
        yield 1
        released.wait(10)
        yield 2

    async def work() -> None:
        feed = Feed(entries())
        assert await feed.take() == 1
        waiting = asyncio.create_task(feed.take())
        await asyncio.sleep(0)
        assert not waiting.done()
        feed.close()
        assert await waiting is None

    asyncio.run(work())
    released.set()


def test_a_feed_can_be_closed_in_the_middle_of_a_take() -> None:
    async def work() -> None:
        silent = threading.Event()
        feed = Feed(_never(silent))
        loop = asyncio.get_running_loop()
        create = loop.create_future

        def create_as_a_signal_comes() -> "asyncio.Future[None]":
            loop.create_future = create  # type: ignore[method-assign]
            feed.close_soon()
            return create()

        loop.create_future = create_as_a_signal_comes  # type: ignore[method-assign]
        assert await asyncio.wait_for(feed.take(), timeout=10) is None
        silent.set()

    asyncio.run(work())


def _never(silent: threading.Event) -> Iterator[int]:
    silent.wait()
    yield 1
