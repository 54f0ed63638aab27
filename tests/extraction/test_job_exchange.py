"""The exchange of a job: what is kept is not asked again, and equal requests are sent once."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from calling import BROKEN, BUSY, Sender, make_body, make_call, make_reply

from extractor.errors import StoreError
from extractor.jobs.exchange import JobExchange
from extractor.jobs.journal import open_journal
from extractor.jobs.totals import Totals
from extractor.settings import EndpointSettings


def exchanging(
    folder: Path, work: Callable[[JobExchange], Awaitable[object]], at_once: int = 8
) -> Totals:
    async def working() -> Totals:
        exchange = JobExchange(EndpointSettings(at_once=at_once))
        with open_journal(folder) as journal:
            exchange.begin(journal)
            await work(exchange)
            return journal.totals

    return asyncio.run(working())


def test_a_kept_answer_is_given_without_a_call(tmp_path: Path) -> None:
    sender = Sender()

    async def work(exchange: JobExchange) -> None:
        first = await exchange(make_call(), sender)
        again = await exchange(make_call(), sender)
        assert (first.stored, again.stored, first.called) == (False, True, again.called)

    exchanging(tmp_path, work)
    exchanging(tmp_path, work_again(sender))
    assert sender.sent == 1


def work_again(sender: Sender) -> Callable[[JobExchange], Awaitable[object]]:
    async def work(exchange: JobExchange) -> None:
        assert (await exchange(make_call(), sender)).stored

    return work


def test_equal_requests_at_once_are_sent_once(tmp_path: Path) -> None:
    sender = Sender()

    async def work(exchange: JobExchange) -> None:
        calls = [make_call(f"a{n}", asked="the same") for n in range(10)]
        replies = await asyncio.gather(*(exchange(call, sender) for call in calls))
        assert sum(reply.stored for reply in replies) == 9
        assert [reply.called for reply in replies] == [make_body()] * 10

    totals = exchanging(tmp_path, work)
    assert (sender.sent, totals.calls) == (1, 1)


def test_after_trouble_the_next_of_equal_requests_is_sent(tmp_path: Path) -> None:
    sender = Sender(replies=[make_reply(BUSY)])

    async def work(exchange: JobExchange) -> None:
        calls = [make_call(f"a{n}", asked="the same") for n in range(4)]
        replies = await asyncio.gather(*(exchange(call, sender) for call in calls))
        assert [reply.called == BUSY for reply in replies] == [True, False, False, False]

    totals = exchanging(tmp_path, work)
    assert (sender.sent, totals.failed, totals.answered) == (2, 1, 1)


def test_no_more_calls_are_on_their_way_than_asked_for(tmp_path: Path) -> None:
    sender = Sender()

    async def work(exchange: JobExchange) -> None:
        together = asyncio.Event()

        async def until_three_are_there() -> None:
            if sender.most_at_once == 3:
                together.set()
            await asyncio.wait_for(together.wait(), timeout=10)

        sender.before = until_three_are_there
        await asyncio.gather(*(exchange(make_call(f"a{n}"), sender) for n in range(40)))

    exchanging(tmp_path, work, at_once=3)
    assert (sender.sent, sender.most_at_once) == (40, 3)


def test_a_call_that_is_cancelled_on_its_way_is_cut_off(tmp_path: Path) -> None:
    async def work(exchange: JobExchange) -> None:
        on_its_way = asyncio.Event()

        async def never() -> None:
            on_its_way.set()
            await asyncio.Event().wait()

        calling = asyncio.create_task(exchange(make_call(), Sender(before=never)))
        await on_its_way.wait()
        calling.cancel()
        await asyncio.gather(calling, return_exceptions=True)
        assert (await exchange(make_call(), Sender())).stored is False

    totals = exchanging(tmp_path, work)
    assert (totals.calls, totals.answered, totals.cut_off) == (2, 1, 1)


def test_an_endpoint_that_breaks_again_and_again_is_left_alone(tmp_path: Path) -> None:
    sender = Sender(replies=[make_reply(BROKEN)] * 100)

    async def work(exchange: JobExchange) -> None:
        calling = [asyncio.create_task(exchange(make_call(f"a{n}"), sender)) for n in range(100)]
        done, waiting = await asyncio.wait(calling, timeout=0.2)
        assert exchange.breaker.is_open
        assert len(done) == sender.sent < 40
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    exchanging(tmp_path, work)


def test_without_a_run_folder_no_call_is_made() -> None:
    sender = Sender()
    with pytest.raises(StoreError, match="no run folder"):
        asyncio.run(JobExchange(EndpointSettings())(make_call(), sender))
    assert sender.sent == 0
