"""Progress in words and as JSON: numbers and fixed words, and nothing that is unknown."""

import asyncio
import io
import json
from dataclasses import fields
from pathlib import Path

import pytest
from commanding import tollbook_here, write_articles
from rich.console import Console
from virtual import run_virtually

from extractor.codes import InputOutcome
from extractor.jobs import Done
from extractor.jobs.progress import FORMAT, duration, json_of, lines_of
from extractor.jobs.snapshot import HeldUp, Hindrance, Snapshot
from extractor.jobs.totals import Totals
from extractor.jobs.watching import watched
from extractor.watching import MOST_LINES, JsonWatch, LiveWatch, Watch

MIDWAY = Snapshot(
    seconds=75.04,
    inputs_done=1234,
    inputs_known=400,
    inputs_expected=10_000,
    outcomes={InputOutcome.READ: 1200, InputOutcome.REFUSED: 4, InputOutcome.INFRA_ERROR: 30},
    articles_a_minute=667.2,
    calls=Totals(
        calls=1300,
        answered=1240,
        failed=40,
        cut_off=4,
        prompt_tokens=1_234_567,
        completion_tokens=240_000,
        usd=1.23456789,
        unpriced=12,
    ),
    answers_kept=3,
    calls_at_once=24,
    calls_at_once_most=64,
    usd_projected=10.2,
    seconds_left=788.4,
    held_up=(HeldUp(by=Hindrance.ENDPOINT_DOWN, seconds=12.34, waiting=24),),
    stopping=True,
)
START = Snapshot(seconds=0.0)


def test_a_job_midway_is_told_in_a_few_lines() -> None:
    assert lines_of(MIDWAY) == [
        "1,234 of 10,000 inputs (12%), 400 known from before, 1 min 15 s, "
        "667 articles a minute, about 13 min 8 s left",
        "read 1,200, refused 4, infra_error 30",
        "1,300 calls, 16 under way of 24 at once (at most 64), 40 failed, 4 cut off, "
        "3 kept answers used",
        "1,234,567 tokens of prompts, 240,000 of answers; "
        "$1.23 spent and 12 calls without a price; about $10.20 in all",
        "held up: the endpoint is down: 24 calls wait, 12 s to go",
        "stopping: what is being read is finished",
    ]


def test_what_is_unknown_is_left_out_of_the_words() -> None:
    assert lines_of(START) == ["0 inputs, 0 s", "no outcome yet"]


def test_money_without_any_price_is_no_zero() -> None:
    free = Snapshot(seconds=1.0, calls=Totals(calls=2, answered=2, unpriced=2))
    assert lines_of(free)[-1] == "0 tokens of prompts, 0 of answers; no price known"
    assert json.loads(json_of(free))["usd"] is None


def test_a_line_of_json_holds_every_member_always() -> None:
    told = json.loads(json_of(MIDWAY))
    assert told == {
        "format": FORMAT,
        "seconds": 75.0,
        "inputs_done": 1234,
        "inputs_known": 400,
        "inputs_expected": 10_000,
        "outcomes": {"read": 1200, "refused": 4, "infra_error": 30},
        "articles_a_minute": 667.2,
        "seconds_left": 788.0,
        "calls": 1300,
        "calls_answered": 1240,
        "calls_failed": 40,
        "calls_cut_off": 4,
        "calls_under_way": 16,
        "calls_at_once": 24,
        "calls_at_once_most": 64,
        "answers_kept": 3,
        "prompt_tokens": 1_234_567,
        "completion_tokens": 240_000,
        "usd": 1.234568,
        "usd_projected": 10.2,
        "calls_unpriced": 12,
        "held_up": [{"by": "endpoint_down", "seconds": 12.3, "waiting": 24}],
        "stopping": True,
    }
    assert json.loads(json_of(START)).keys() == told.keys()
    assert {field.name for field in fields(Snapshot)} <= told.keys()


def test_the_members_are_those_that_the_documentation_lists() -> None:
    page = (Path(__file__).parents[2] / "docs" / "jobs.md").read_text("utf-8")
    for name in (*json.loads(json_of(MIDWAY)), *(one.value for one in Hindrance)):
        assert f"`{name}`" in page, name
    assert f'"{FORMAT}"' in page


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.4, "0 s"),
        (59.6, "1 min"),
        (61, "1 min 1 s"),
        (3600, "1 h"),
        (3725, "1 h 2 min"),
        (86_400, "1 d"),
        (100_000, "1 d 3 h"),
    ],
)
def test_a_duration_is_told_in_its_two_largest_units(seconds: float, told: str) -> None:
    assert duration(seconds) == told


class Noting(Watch):
    """Keeps what it is shown."""

    def __init__(self, first: float, every: float) -> None:
        super().__init__()
        self.first_seconds, self.every_seconds = first, every
        self.seen: list[Snapshot] = []

    def show(self, snapshot: Snapshot) -> None:
        self.seen.append(snapshot)

    def end(self, snapshot: Snapshot) -> None:
        self.seen.append(snapshot)


@pytest.mark.parametrize(
    ("lasts", "times"),
    [(3.0, [3.0]), (6.0, [5.0, 6.0]), (16.0, [5.0, 10.0, 15.0, 16.0])],
)
def test_a_job_is_looked_at_every_few_seconds_and_at_its_end(
    lasts: float, times: list[float]
) -> None:
    watch = Noting(5.0, 5.0)

    async def working() -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        async with watched(watch, lambda: Snapshot(seconds=loop.time() - started)):
            await asyncio.sleep(lasts)

    run_virtually(working())
    assert [round(one.seconds, 3) for one in watch.seen] == times


def test_a_job_goes_on_when_nobody_reads_its_progress_any_more() -> None:
    class Gone(Noting):
        def show(self, snapshot: Snapshot) -> None:
            super().show(snapshot)
            raise BrokenPipeError

    watch = Gone(1.0, 1.0)

    async def working() -> str:
        async with watched(watch, lambda: START):
            await asyncio.sleep(10)
            return "done"

    assert run_virtually(working()) == "done"
    assert len(watch.seen) == 2


def lost(name: str, *, stored: bool = False) -> Done:
    return Done(outcome=InputOutcome.INFRA_ERROR, label=name, reason="no reply", stored=stored)


def test_only_the_first_of_many_failures_are_told_one_by_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watch = Watch()
    watch.tell(Done(outcome=InputOutcome.READ, label="good"))
    for n in range(MOST_LINES + 1234):
        watch.tell(lost(f"a{n}", stored=n == 1))
    watch.see_last(START)
    told = capsys.readouterr().err.splitlines()
    assert told[:2] == ["a0: infra_error: no reply", "a1: infra_error (as before): no reply"]
    assert len(told) == MOST_LINES + 1
    assert told[-1].startswith("and 1,234 more without a reading")


def test_lines_of_json_end_with_one_only_if_there_were_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    short, long = JsonWatch(), JsonWatch()
    short.see_last(MIDWAY)
    assert capsys.readouterr().err == ""
    long.see(START)
    long.see_last(MIDWAY)
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["inputs_done"] for line in lines] == [0, 1234]


def terminal() -> tuple[io.StringIO, Console]:
    shown = io.StringIO()
    return shown, Console(file=shown, force_terminal=True, width=70, color_system=None)


def test_notes_scroll_by_above_the_display_and_nothing_of_it_is_left() -> None:
    shown, console = terminal()
    watch = LiveWatch(console)
    watch.see(MIDWAY)
    watch.tell(lost("a1"))
    watch.see(MIDWAY)
    watch.see_last(MIDWAY)
    screen = on_screen(shown.getvalue())
    assert [line.rstrip() for line in screen if line.strip()] == ["a1: infra_error: no reply"]


def test_the_display_fits_into_a_narrow_terminal() -> None:
    shown, console = terminal()
    watch = LiveWatch(console)
    watch.see(MIDWAY)
    lines = [line.rstrip() for line in on_screen(shown.getvalue())]
    watch.close()
    assert len([line for line in lines if line]) == len(lines_of(MIDWAY))
    assert max(map(len, lines)) <= 70
    assert lines[0].startswith("1,234 of 10,000 inputs (12%)")


def on_screen(written: str) -> list[str]:
    """What a terminal shows after the control sequences that a display writes."""
    lines, row, at = [""], 0, 0
    while at < len(written):
        if written.startswith("\x1b[", at):
            end = next(i for i in range(at + 2, len(written)) if written[i].isalpha())
            number, kind = written[at + 2 : end], written[end]
            if kind == "A":
                row -= int(number or 1)
            elif kind == "K":
                lines[row] = ""
            at = end + 1
            continue
        if written[at] == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif written[at] == "\r":
            pass  # what follows clears the line, or it is empty
        else:
            lines[row] += written[at]
        at += 1
    return lines


def test_a_short_run_shows_no_progress_however_it_is_asked_for(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a1="It rained.", a2="It snowed.")
    for name in ("auto", "json", "none"):
        command = ["extract", "in.jsonl", "--out", name, "--published", "2024-03-15"]
        ran = tollbook_here(*command, "--progress", name, cwd=tmp_path)
        assert (ran.code, FORMAT in ran.err) == (0, False)
