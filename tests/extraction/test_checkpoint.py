"""The checkpoint of a spread job: what a dead worker has stored is found by the living."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from calling import make_body, make_call, make_reply
from making import make_manifest
from storing import HERE

from extractor.errors import StoreError
from extractor.jobs.calls_file import JOURNAL
from extractor.jobs.cost import Cost
from extractor.jobs.spread.checkpoint import Checkpoint, Station
from extractor.readers.exchange import Reply

MANIFEST = make_manifest()


@pytest.fixture
def checkpoint(tmp_path: Path) -> Checkpoint:
    begun = Checkpoint(tmp_path)
    with begun.held(MANIFEST):
        return begun


def answer(station: Station, *articles: str) -> None:
    """Have calls about articles answered, for 110 tokens and 0.25 dollars each."""

    async def calling() -> None:
        for article in articles:
            call = make_call(article)
            row = await station.journal.begin(call, most=Cost(tokens=500))
            reply = make_reply(make_body(f'"{article}"'), usd=0.25)
            await station.journal.end(row, call, reply, Cost(tokens=110, usd=0.25))

    asyncio.run(calling())


def leave(checkpoint: Checkpoint, *articles: str, job: str = "j", places: int = 1) -> Station:
    """A worker that has come, had some answers, and gone."""
    station = checkpoint.enter(job, places, patience=0)
    answer(station, *articles)
    station.close()
    return station


def told(reply: Reply | None) -> object:
    return reply and reply.called


@contextmanager
def living(folder: Path, *articles: str, place_of: int = 2) -> Generator["subprocess.Popen[str]"]:
    """A worker in a process of its own, which has had some answers and a call under way."""
    code = f"""
import sys; sys.path.insert(0, {str(HERE)!r})
import asyncio
from pathlib import Path
from calling import make_body, make_call, make_reply
from extractor.jobs.cost import Cost
from extractor.jobs.spread.checkpoint import Checkpoint
station = Checkpoint(Path({str(folder)!r})).enter("j", {place_of}, patience=0)
async def calling():
    for article in {articles!r}:
        call = make_call(article)
        row = await station.journal.begin(call, most=Cost(tokens=500))
        reply = make_reply(make_body('"' + article + '"'), usd=0.25)
        await station.journal.end(row, call, reply, Cost(tokens=110, usd=0.25))
    await station.journal.begin(make_call("under way"), most=Cost(tokens=500))
asyncio.run(calling())
print("ready", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_a_killed_worker_leaves_its_answers_to_those_who_live(
    checkpoint: Checkpoint, tmp_path: Path
) -> None:
    with closing(checkpoint.enter("j", 2, patience=0)) as station:
        with living(tmp_path, "a1", "a2") as process:
            station.look()
            assert station.kept(make_call("a1")) is None
            process.send_signal(signal.SIGKILL)
            process.wait()
        station.look()
        assert told(station.kept(make_call("a1"))) == make_body('"a1"')
        assert told(station.kept(make_call("a2"))) == make_body('"a2"')
        assert station.kept(make_call("under way")) is None
        assert station.counted("a1") == Cost(tokens=110, usd=0.25)


def test_whoever_comes_later_finds_what_all_before_have_left(checkpoint: Checkpoint) -> None:
    for article in ("a1", "a2", "a3"):
        leave(checkpoint, article)
    with closing(checkpoint.enter("k", 1, patience=0)) as station:
        assert all(station.kept(make_call(article)) for article in ("a1", "a2", "a3"))
        assert station.kept(make_call("a4")) is None


def test_a_journal_that_was_left_is_one_plain_file(checkpoint: Checkpoint) -> None:
    folder = leave(checkpoint, "a1").folder
    with closing(checkpoint.enter("j", 1, patience=0)):
        left = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
        assert [name for name in left if name != "run.lock"] == [JOURNAL]


def test_workers_have_places_of_their_own_and_no_more_than_there_are(
    checkpoint: Checkpoint,
) -> None:
    with (
        closing(checkpoint.enter("j", 2, patience=0)) as one,
        closing(checkpoint.enter("j", 2, patience=0)) as other,
    ):
        assert {one.place, other.place} == {0, 1}
        with pytest.raises(StoreError, match=r"all 2 places of .* are held by workers that live"):
            checkpoint.enter("j", 2, patience=0)
    with closing(checkpoint.enter("j", 2, patience=0)) as third:
        assert third.place == 0


def test_a_place_takes_over_what_was_used_there_in_the_same_job(checkpoint: Checkpoint) -> None:
    with closing(checkpoint.enter("j", 2, patience=0)) as other:
        leave(checkpoint, "a1", "a2", places=2)  # at the other place
        with closing(checkpoint.enter("j", 2, patience=0)) as station:
            assert (other.place, station.place) == (0, 1)
            assert station.counted() == Cost(tokens=220, usd=0.5)
        other.look()
        assert other.counted() == Cost()
    with closing(checkpoint.enter("later", 2, patience=0)) as station:
        assert station.counted() == Cost()


def test_a_job_gathers_what_was_left_in_one_journal(checkpoint: Checkpoint) -> None:
    for article in ("a1", "a2", "a1"):
        leave(checkpoint, article)
    with checkpoint.held(MANIFEST):
        (folder,) = checkpoint.journals()
        assert folder.name.startswith("kept-")
        assert checkpoint.counted() == Cost(tokens=330, usd=0.75)
        totals = checkpoint.totals()
        assert totals is not None
        assert (totals.calls, totals.answered) == (3, 3)
        with closing(checkpoint.enter("k", 1, patience=0)) as station:
            assert told(station.kept(make_call("a2"))) == make_body('"a2"')
    leave(checkpoint, "a3")
    with checkpoint.held(MANIFEST):
        assert len(checkpoint.journals()) == 1
        assert checkpoint.counted() == Cost(tokens=440, usd=1.0)


def test_a_gathering_that_was_stopped_counts_nothing_twice(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for article in ("a1", "a2"):
        leave(checkpoint, article)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr("extractor.jobs.spread.checkpoint._remove", stop)
        with pytest.raises(KeyboardInterrupt):
            checkpoint.gather()
    assert len(checkpoint.journals()) == 3
    with checkpoint.held(MANIFEST):
        assert checkpoint.counted() == Cost(tokens=220, usd=0.5)


def test_a_job_waits_for_workers_of_an_earlier_one_and_names_them(
    checkpoint: Checkpoint, tmp_path: Path
) -> None:
    with living(tmp_path, "a1") as process:
        with (
            pytest.raises(StoreError, match=r"a worker still writes to '.*worker-j-0-.*'"),
            checkpoint.held(MANIFEST, patience=0),
        ):
            pass
        process.kill()
        process.wait()
    with checkpoint.held(MANIFEST, patience=5):
        assert checkpoint.counted().tokens == 610


def test_a_checkpoint_belongs_to_one_job_at_a_time(checkpoint: Checkpoint) -> None:
    with (
        checkpoint.held(MANIFEST),
        pytest.raises(StoreError, match="another job works with"),
        Checkpoint(checkpoint.folder).held(MANIFEST),
    ):
        pass


def test_a_checkpoint_belongs_to_one_configuration(checkpoint: Checkpoint) -> None:
    with checkpoint.held(MANIFEST):
        pass
    with (
        pytest.raises(StoreError, match=r"holds another job \(seed was None and is 7\)"),
        checkpoint.held(make_manifest(seed=7)),
    ):
        pass


def test_a_worker_without_calls_leaves_nothing_that_hinders(checkpoint: Checkpoint) -> None:
    leave(checkpoint)
    leave(checkpoint)
    with checkpoint.held(MANIFEST):
        assert checkpoint.counted() == Cost()
        totals = checkpoint.totals()
        assert totals is not None
        assert totals.calls == 0
