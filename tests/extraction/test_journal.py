"""The journal: no call is made that is not written down, and no answer is lost or bought twice."""

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from calling import BUSY, make_body, make_call, make_reply

from extractor.errors import StoreError
from extractor.jobs.calls_file import JOURNAL, unusable
from extractor.jobs.cost import Cost
from extractor.jobs.journal import Journal, open_journal
from extractor.jobs.totals import Totals, read_totals
from extractor.readers.exchange import Reply


def with_journal(folder: Path, work: Callable[[Journal], Awaitable[object]]) -> Totals:
    async def working() -> Totals:
        with open_journal(folder) as journal:
            await work(journal)
            return journal.totals

    return asyncio.run(working())


async def made(journal: Journal, article: str, reply: Reply, asked: str | None = None) -> None:
    call = make_call(article, asked=asked)
    await journal.end(await journal.begin(call), call, reply, Cost(tokens=110, usd=reply.usd))


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / JOURNAL)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_call_is_written_down_before_it_is_made(tmp_path: Path) -> None:
    async def work(journal: Journal) -> None:
        await journal.begin(make_call("a1"), most=Cost(tokens=500))
        assert rows(tmp_path, "SELECT article, state, most_tokens FROM calls") == [
            ("a1", "sent", 500)
        ]

    with_journal(tmp_path, work)


def test_an_answer_is_kept_as_it_came(tmp_path: Path) -> None:
    body = make_body('{"incidents": "\u0642\u062a\u0644 \U0001f600 \ud800"}')

    async def work(journal: Journal) -> None:
        await made(journal, "a1", make_reply(body, usd=0.25))
        kept = journal.kept(make_call("a1"))
        assert kept is not None
        assert (kept.called, kept.stored, kept.usd) == (body, True, 0.25)
        assert (kept.milliseconds, kept.request_id) == (50.0, "req-1")
        assert journal.kept(make_call("a2")) is None

    totals = with_journal(tmp_path, work)
    assert (totals.calls, totals.answered, totals.tokens, totals.usd) == (1, 1, 110, 0.25)
    with_journal(tmp_path, lambda journal: _kept_again(journal, body))


async def _kept_again(journal: Journal, body: object) -> None:
    kept = journal.kept(make_call("a1"))
    assert kept is not None
    assert kept.called == body


def test_what_another_article_was_answered_costs_nothing(tmp_path: Path) -> None:
    async def work(journal: Journal) -> None:
        await made(journal, "a1", make_reply(usd=0.25), asked="the same")
        kept = journal.kept(make_call("a2", asked="the same"))
        assert kept is not None
        assert kept.usd == 0.0

    with_journal(tmp_path, work)


def test_trouble_is_no_answer(tmp_path: Path) -> None:
    async def work(journal: Journal) -> None:
        await made(journal, "a1", make_reply(BUSY))
        assert journal.kept(make_call("a1")) is None

    totals = with_journal(tmp_path, work)
    assert (totals.calls, totals.answered, totals.failed) == (1, 0, 1)
    assert rows(tmp_path, "SELECT state, status, usd FROM calls") == [("failed", "http_429", None)]


def test_totals_of_a_reopened_journal_are_those_it_was_closed_with(tmp_path: Path) -> None:
    async def work(journal: Journal) -> None:
        await made(journal, "a1", make_reply(usd=0.5))
        await made(journal, "a2", make_reply(make_body(prompt=None)))
        await made(journal, "a3", make_reply(BUSY))
        most = Cost(tokens=900, usd=0.75)
        journal.cut_off(await journal.begin(make_call("a4"), most=most), most)

    totals = with_journal(tmp_path, work)
    expected = Totals(
        calls=4,
        answered=2,
        failed=1,
        cut_off=1,
        prompt_tokens=100,
        completion_tokens=10,
        usd=0.5,
        unpriced=1,
        uncounted=1,
        cut_off_most_tokens=900,
        cut_off_most_usd=0.75,
    )
    assert read_totals(tmp_path) == expected
    assert (totals.calls, totals.answered, totals.unpriced, totals.uncounted) == (4, 2, 1, 1)


def test_a_run_without_calls_has_no_totals(tmp_path: Path) -> None:
    assert read_totals(tmp_path) is None


def test_a_hundred_calls_at_once_are_all_kept(tmp_path: Path) -> None:
    async def work(journal: Journal) -> None:
        await asyncio.gather(*(made(journal, f"a{n}", make_reply()) for n in range(100)))

    assert with_journal(tmp_path, work).answered == 100
    assert rows(tmp_path, "SELECT count(DISTINCT request) FROM answers") == [(100,)]


def test_who_is_cancelled_while_an_answer_is_stored_loses_nothing(tmp_path: Path) -> None:
    async def work(journal: Journal) -> None:
        call = make_call("a1")
        row = await journal.begin(call)
        ending = asyncio.create_task(journal.end(row, call, make_reply(), Cost(tokens=110)))
        await asyncio.sleep(0)
        ending.cancel()
        await asyncio.gather(ending, return_exceptions=True)

    with_journal(tmp_path, work)
    assert rows(tmp_path, "SELECT state FROM calls") == [("answered",)]


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from calling import make_call, make_reply
from extractor.jobs.cost import Cost
from extractor.jobs.journal import Journal

async def work():
    journal = Journal(Path(sys.argv[1]) / "calls.sqlite")
    call = make_call("answered")
    await journal.end(await journal.begin(call), call, make_reply(), Cost())
    await journal.begin(make_call("on its way"))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(work())
"""


def test_what_was_on_its_way_when_the_process_was_killed_is_cut_off(tmp_path: Path) -> None:
    here = Path(__file__).parents[1]
    paths = f"{here}:{here.parent}"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], env={"PYTHONPATH": paths}, check=False
    )
    assert killed.returncode == -9

    async def work(journal: Journal) -> None:
        assert journal.kept(make_call("answered")) is not None
        assert journal.kept(make_call("on its way")) is None
        assert (journal.totals.answered, journal.totals.cut_off) == (1, 1)

    with_journal(tmp_path, work)


def test_tables_of_another_version_are_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / JOURNAL)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="another version of tollbook"):
        Journal(tmp_path / JOURNAL)


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_bytes(b"not a database, but long enough to look like one" * 40)
    with pytest.raises(StoreError, match=r"calls\.sqlite.*not a database"):
        Journal(tmp_path / JOURNAL)


@pytest.mark.parametrize(
    "unfit",
    [
        pytest.param(Cost(tokens=10**30), id="a number that is too large"),
        pytest.param("\ud800", id="half a surrogate pair"),
    ],
)
def test_a_row_that_cannot_be_written_is_told_and_nobody_waits_for_ever(
    tmp_path: Path, unfit: Cost | str
) -> None:
    async def work(journal: Journal) -> None:
        call = make_call(unfit) if isinstance(unfit, str) else make_call("a1")
        most = unfit if isinstance(unfit, Cost) else Cost()
        with pytest.raises(StoreError, match=r"calls\.sqlite"):
            await asyncio.wait_for(journal.begin(call, most=most), timeout=10)

    with_journal(tmp_path, work)
    assert rows(tmp_path, "SELECT count(*) FROM calls") == [(0,)]


def _something_else(whole: bytes) -> bytes:
    return b"no journal " * 100


def _cut_off(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_something_else, id="something else"),
        pytest.param(_cut_off, id="cut off"),
    ],
)
def test_a_damaged_journal_is_not_called_safe(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    async def work(journal: Journal) -> None:
        for n in range(50):
            await made(journal, f"a{n}", make_reply(make_body("{}" + " " * 2000)))

    with_journal(tmp_path, work)
    path = tmp_path / JOURNAL
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreError, match=r"is damaged .* put a copy of it in its place"):
        with_journal(tmp_path, work)


def test_an_answer_that_is_no_json_any_more_is_called_damage(tmp_path: Path) -> None:
    async def work(journal: Journal) -> None:
        await made(journal, "a1", make_reply(make_body("{}")))

    async def again(journal: Journal) -> None:
        journal.kept(make_call("a1"))

    with_journal(tmp_path, work)
    with contextlib.closing(sqlite3.connect(tmp_path / JOURNAL)) as database:
        database.execute("UPDATE answers SET body = substr(body, 2)")
        database.commit()
    with pytest.raises(StoreError, match=r"is damaged .* put a copy of it in its place"):
        with_journal(tmp_path, again)


def test_what_cannot_be_written_is_no_damage_of_what_was() -> None:
    error = UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
    assert "every answer in it is safe" in str(unusable(Path(JOURNAL), error))
