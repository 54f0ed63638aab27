"""Batches outlast the process that made them: killed at any step, a run goes on and pays once."""

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from batch_running import Desk, Told, custom_ids, desk, once
from batching import Fate
from commanding import tollbook_here

from extractor.errors import StoreError
from extractor.jobs import Interrupt, Limits
from extractor.jobs.batch.collecting import Collector
from extractor.jobs.batch.part import Draft

__all__ = ["desk"]

TEXTS = {"a1": "One.", "a2": "Two.", "a3": "[prose once]", "a4": "[broken once]"}


@contextmanager
def killed(desk: Desk, step: str) -> Generator[None]:
    """Kill a process when the endpoint has taken a step of it, and the process does not know."""
    with desk.endpoint.holding(step) as held:
        process = desk.start_reading()
        assert held.reached.wait(30)
        process.kill()
        process.join()
    assert process.exitcode == -signal.SIGKILL
    yield


@pytest.mark.parametrize(
    ("step", "uploads"),
    [("upload", 3), ("create", 2), ("look", 2), ("fetch", 2)],
    ids=["uploading", "making the batch", "waiting", "fetching"],
)
def test_killed_at_any_step_a_run_goes_on_and_pays_once(
    desk: Desk, step: str, uploads: int
) -> None:
    desk.put(**TEXTS)
    with killed(desk, step):
        ran = desk.read()
    assert ran.sums == {"read": 4}
    assert len(desk.outcomes()) == 4
    assert once(desk.endpoint)
    assert (len(desk.endpoint.uploads), len(desk.endpoint.batches)) == (uploads, 2)
    assert desk.left() == []


class Killed(BaseException):
    """What stands for a kill where the endpoint sees nothing of it."""


@pytest.mark.parametrize("stored", [0, 1, 3])
def test_killed_while_results_are_stored_a_run_goes_on_with_the_rest(
    desk: Desk, stored: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(**TEXTS)
    end, ended = Collector._end, list[object]()  # pyright: ignore[reportPrivateUsage]

    async def end_or_die(*told: object, **more: object) -> None:
        if len(ended) == stored:
            raise Killed
        ended.append(told)
        await end(*told, **more)  # pyright: ignore[reportArgumentType]

    with monkeypatch.context() as patched:
        patched.setattr(Collector, "_end", end_or_die)
        with pytest.raises(Killed):
            desk.read()
    assert "part-00001.output.jsonl" in desk.left()
    fetched = desk.endpoint.steps.count("fetch")
    assert desk.read().sums == {"read": 4}
    assert desk.endpoint.steps.count("fetch") == fetched + 1  # of the second batch
    assert once(desk.endpoint)
    assert desk.query("SELECT status, count(*) FROM calls GROUP BY 1") == [
        ("http_500", 1),
        ("ok", 5),
    ]


@pytest.mark.parametrize("noted", [0, 2])
def test_stopped_while_a_part_is_written_a_run_forgets_that_part(
    desk: Desk, noted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(**TEXTS)
    add = Draft.add

    def add_or_fail(draft: Draft, line: bytes) -> None:
        if draft.requests == noted:
            raise StoreError("the disk is full")
        add(draft, line)

    with monkeypatch.context() as patched:
        patched.setattr(Draft, "add", add_or_fail)
        assert desk.read().stopped == "the disk is full"
    left = desk.folder / "run" / "batches"
    left.mkdir(exist_ok=True)
    (left / ".part-00001.jsonl.draft").write_text("of a process that was killed", "utf-8")
    assert len(desk.query("SELECT * FROM calls")) == noted
    assert desk.read().sums == {"read": 4}
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [4, 2]
    assert len(desk.query("SELECT * FROM calls")) == 6
    assert desk.left() == []


def test_a_part_that_was_sealed_and_never_sent_is_sent_as_it_is(desk: Desk) -> None:
    desk.put(**TEXTS)
    desk.endpoint.faults["upload"] = [(401, {})]
    desk.read()
    written = (desk.folder / "run" / "batches" / "part-00001.jsonl").read_bytes()
    assert desk.read().sums == {"read": 4}
    assert desk.endpoint.uploads[0] == written
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [4, 2]


def test_interrupted_while_it_waits_a_run_leaves_its_batches_alone(desk: Desk) -> None:
    desk.put(**TEXTS)
    ran = _interrupted(desk)
    assert (ran.sums, ran.ended.interrupted) == ({}, True)
    assert (ran.ended.waiting.articles, ran.ended.waiting.batches) == (4, 1)
    assert desk.endpoint.cancelled == []
    status = tollbook_here("run", "status", "run", cwd=desk.folder)
    assert "batches: 1 posted with 4 requests; --lane batch goes on with them" in status.out
    desk.endpoint.batches[0].fate = Fate()
    assert desk.read().sums == {"read": 4}
    assert len(desk.endpoint.batches) == 2
    assert once(desk.endpoint)


def test_the_command_says_how_to_go_on_with_a_batch(desk: Desk) -> None:
    desk.put(**TEXTS)
    desk.endpoint.fates.append(Fate(looks=1000))
    process = desk.start(poll_seconds="60")
    desk.endpoint.wait_for("look")
    assert process.pid is not None
    os.kill(process.pid, signal.SIGINT)
    process.join()
    said = (desk.folder / "err.txt").read_text("utf-8")
    assert process.exitcode == 130
    assert "part 1 (batch_1): 4 requests are with the endpoint" in said
    assert "1 batches go on at the endpoint meanwhile: repeat the command to collect" in said
    assert "waiting for a batch: 4 inputs" in (desk.folder / "out.txt").read_text("utf-8")
    desk.endpoint.batches[0].fate = Fate()
    ran = desk.command()
    assert (ran.code, ran.out.splitlines()[0]) == (0, "4 inputs: read 4")


def _interrupted(desk: Desk) -> Told:
    """A run that is stopped while its batch is under way."""
    interrupt = Interrupt()
    desk.endpoint.fates.append(Fate(looks=1000))

    def say(words: str) -> None:
        if "in_progress" in words:
            interrupt.ask()

    return desk.read(interrupt=interrupt, say=say, poll_seconds=60.0)


def test_the_live_lane_pays_for_nothing_that_a_batch_is_to_bring(desk: Desk) -> None:
    desk.put(**TEXTS)
    _interrupted(desk)
    ran = desk.read(lane="live")
    assert (ran.sums, desk.endpoint.live) == ({}, 0)
    assert "4 requests of" in ran.stopped
    assert "are in batches of the endpoint (part 1 (batch_1))" in ran.stopped
    assert "--lane batch to collect them, or give them up with --give-up-batches" in ran.stopped
    desk.endpoint.batches[0].fate = Fate()
    assert desk.read().sums == {"read": 4}
    desk.put(**TEXTS, a5="Five.")
    assert desk.read(lane="live").sums == {"read": 5}
    assert (desk.endpoint.live, once(desk.endpoint)) == (1, True)


@pytest.mark.parametrize("lane", ["live", "batch"])
def test_batches_that_are_given_up_are_cancelled_and_may_have_been_paid(
    desk: Desk, lane: str
) -> None:
    desk.put(**TEXTS)
    _interrupted(desk)
    ran = desk.read(lane="live" if lane == "live" else "batch", gives_up=True)
    assert ran.sums == {"read": 4}
    assert desk.endpoint.cancelled == ["batch_1"]
    assert "part 1 (batch_1): 4 requests given up (cancelling)" in ran.said
    totals = ran.ended.totals
    assert totals is not None
    assert (totals.answered, totals.cut_off) == (5, 4)
    assert totals.cut_off_most_tokens > 0
    assert desk.left() == []


def test_a_batch_that_was_made_unknown_to_the_run_is_given_up_too(desk: Desk) -> None:
    desk.put(**TEXTS)
    with killed(desk, "create"):
        ran = desk.read(lane="live", gives_up=True)
    assert (ran.sums, desk.endpoint.cancelled) == ({"read": 4}, ["batch_1"])


def test_a_batch_that_the_endpoint_does_not_know_can_be_given_up(desk: Desk) -> None:
    desk.put(**TEXTS)
    _interrupted(desk)
    desk.endpoint.faults["look"] = [(404, {})]
    assert "give it up with --give-up-batches" in desk.read().stopped
    desk.endpoint.faults["cancel"] = [(404, {})]
    ran = desk.read(gives_up=True)
    assert ran.sums == {"read": 4}
    assert "part 1 (batch_1): 4 requests given up (not cancelled: http_404)" in ran.said


def test_files_that_never_come_stop_the_run_and_can_be_given_up(desk: Desk) -> None:
    desk.put(**TEXTS)
    desk.endpoint.faults["fetch"] = [(404, {})] * 50
    ran = desk.read(give_up_seconds=0.02)
    assert ran.sums == {}
    assert "fetching the results of part 1 (batch_1) failed" in ran.stopped
    assert "give it up with --give-up-batches" in ran.stopped
    desk.endpoint.faults.clear()
    assert desk.read().sums == {"read": 4}
    assert once(desk.endpoint)


def test_what_was_never_sent_hinders_no_live_run(desk: Desk) -> None:
    desk.put(**TEXTS)
    desk.endpoint.faults["upload"] = [(401, {})]
    desk.read()
    assert desk.left() == ["part-00001.jsonl"]
    assert desk.read(lane="live").sums == {"read": 4}
    assert (desk.endpoint.batches, desk.left()) == ([], [])
    assert desk.read().sums == {"read": 4}
    assert desk.endpoint.batches == []


def test_a_run_that_is_gone_on_with_counts_what_is_under_way_for_its_caps(desk: Desk) -> None:
    desk.put(a1="One.")
    _interrupted(desk)
    ((most,),) = desk.query("SELECT most_tokens FROM calls")
    desk.put(a1="One.", a2="Two.")
    desk.endpoint.batches[0].fate = Fate(looks=5)
    ran = desk.read(limits=Limits(tokens=most + 1000))
    assert ran.sums == {"read": 2}
    assert [len(ids) for ids in custom_ids(desk.endpoint)] == [1, 1]
