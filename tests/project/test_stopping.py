import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import GOOD, KEY
from commanding import (
    MODULE,
    PATIENCE,
    Ran,
    bare_environment,
    by_id,
    outcomes,
    stop_midway,
    tollbook,
    write_articles,
)
from loopback import ScriptedEndpoint, late

from extractor.jobs import read_totals

ARTICLE = "Gunmen killed two teachers in Basra on Friday, police said."
OTHER = "Shelling wounded six farmers near Old Mill on Monday, a doctor said."
Scripted = Callable[..., ScriptedEndpoint]

AT_AN_IMPORT = """
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
"""
AT_THE_SUMMARY = """
import extractor.extracting
tell_summary = extractor.extracting.tell_summary
def interrupted(*told):
    signal.raise_signal(signal.SIGINT)
    tell_summary(*told)
    signal.raise_signal(signal.SIGINT)
extractor.extracting.tell_summary = interrupted
"""
AT_THE_EXIT = """
import atexit
atexit.register(lambda: signal.raise_signal(signal.SIGINT))
"""


def _run(first: str, *arguments: str, cwd: Path) -> Ran:
    """Run the command in a process that does something else first."""
    script = (
        f"import signal, sys\n{first}\n"
        f"sys.argv = {['tollbook', *arguments]!r}\n"
        "from extractor.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=cwd,
        env=bare_environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ran(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


@pytest.mark.parametrize(
    "name", ["extractor.commands", "typer", "extractor.article", "extractor.jobs.interrupt"]
)
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["extract", "in.jsonl", "--out", "run"], id="extract"),
        pytest.param(["show", "run"], id="show"),
        pytest.param([], id="no verb"),
    ],
)
def test_interrupted_while_it_loads_the_command_says_so_in_a_line(
    tmp_path: Path, name: str, arguments: list[str]
) -> None:
    ran = _run(AT_AN_IMPORT.format(name=name), *arguments, cwd=tmp_path)

    assert (ran.code, ran.out) == (130, "")
    assert ran.err == "stopped before anything was begun\n"


def test_interrupted_while_the_verb_of_another_package_loads_it_says_so_too(tmp_path: Path) -> None:
    ran = _run(AT_AN_IMPORT.format(name="eval.cli"), "eval", "--help", cwd=tmp_path)

    assert (ran.code, ran.err) == (130, "stopped before anything was begun\n")


def test_interrupted_while_it_opens_what_it_reads_with_it_says_so_too(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)
    arguments = ("extract", "in.jsonl", "--out", "run", "--reader", "openai/m", "--api-key", KEY)
    ran = _run(
        AT_AN_IMPORT.format(name="openai"), *arguments, "--base-url", "http://[::1]:9", cwd=tmp_path
    )

    assert (ran.code, ran.err) == (130, "stopped before anything was begun\n")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(AT_THE_SUMMARY, id="at the summary"),
        pytest.param(AT_THE_EXIT, id="at the exit"),
    ],
)
def test_interrupted_once_it_is_done_a_run_ends_as_it_did(tmp_path: Path, first: str) -> None:
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)

    ran = _run(first, "extract", "in.jsonl", "--out", "run", "--reader", "baseline", cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 inputs: ")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGHUP], ids=lambda stop: stop.name)
def test_however_often_a_run_is_interrupted_it_says_nothing_of_its_own_insides(
    scripted: Scripted, tmp_path: Path, stop: signal.Signals
) -> None:
    endpoint = scripted(*[late(GOOD, 20)] * 4)
    arguments = _command(endpoint.url, tmp_path, at_once=4)

    with subprocess.Popen(
        [*MODULE, *arguments],
        cwd=tmp_path,
        env=bare_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        _wait(process, lambda: len(endpoint.calls) == 4)
        while process.poll() is None:  # as fast as they come, until it is gone
            process.send_signal(stop)
        out, err = process.communicate(timeout=PATIENCE)

    told = err.decode().splitlines()
    ended = (130,) if stop is signal.SIGINT else (130, -stop)  # the latter after the summary
    assert process.returncode in ended
    assert out.decode().startswith("0 inputs: ")
    assert len(told) <= 2, told


def test_a_run_whose_terminal_is_closed_finishes_what_it_has_begun(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD, late(GOOD, 1), GOOD, GOOD)
    arguments = _command(endpoint.url, tmp_path, at_once=1)
    ours, theirs = pty.openpty()

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    with subprocess.Popen(
        [*MODULE, *arguments],
        cwd=tmp_path,
        env=bare_environment(TERM="xterm"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=take_terminal,
    ) as process:
        os.close(theirs)
        _wait(process, lambda: len(endpoint.calls) == 2)
        os.close(ours)
        assert process.wait(timeout=PATIENCE) == 130

    assert list(by_id(tmp_path / "run")) == ["a", "b"]
    assert tollbook(*arguments, cwd=tmp_path).code == 0
    assert len(endpoint.calls) == 4


def test_a_run_that_is_hung_up_on_finishes_what_it_has_begun(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD, late(GOOD, 1), GOOD)
    arguments = _command(endpoint.url, tmp_path, at_once=1)

    ran = stop_midway(
        *arguments,
        cwd=tmp_path,
        is_midway=lambda: len(endpoint.calls) == 2,
        by=signal.SIGHUP,
    )

    assert ran.code == 130
    assert list(by_id(tmp_path / "run")) == ["a", "b"]
    assert "what is being read is finished" in ran.err


def _wait(process: subprocess.Popen[bytes], is_midway: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_midway():
        assert process.poll() is None, "the command ended before it was midway"
        assert time.monotonic() < deadline, "the command never came midway"
        time.sleep(0.005)


def _command(url: str, folder: Path, *, at_once: int) -> tuple[str, ...]:
    texts = {name: f"No. {name}. {ARTICLE}" for name in "abcd"}
    write_articles(folder / "in.jsonl", **texts)
    command = ["extract", "in.jsonl", "--out", "run", "--reader", "openai/m"]
    return (*command, "--at-once", str(at_once), "--base-url", url, "--api-key", KEY)


@pytest.mark.parametrize(
    ("stop", "times", "code"),
    [
        pytest.param(signal.SIGINT, 2, 130, id="interrupted twice"),
        pytest.param(signal.SIGKILL, 1, -signal.SIGKILL, id="killed"),
    ],
)
def test_a_run_stopped_during_a_call_goes_on(
    scripted: Scripted, tmp_path: Path, stop: signal.Signals, times: int, code: int
) -> None:
    endpoint = scripted(GOOD, late(GOOD, 20), GOOD)
    arguments = _three_articles(endpoint.url, tmp_path)

    ran = stop_midway(
        *arguments,
        cwd=tmp_path,
        is_midway=lambda: len(endpoint.calls) == 2,
        by=stop,
        times=times,
    )

    assert ran.code == code
    assert list(by_id(tmp_path / "run")) == ["a"]
    if stop is signal.SIGINT:
        assert "1 inputs: " in ran.out
        assert "interrupt again to stop at once" in ran.err
        assert "repeat the command to go on" in ran.err
        assert "Traceback" not in ran.err

    again = tollbook(*arguments, cwd=tmp_path)

    assert again.code == 0
    assert list(by_id(tmp_path / "run")) == ["a", "b", "c"]
    assert len(endpoint.calls) == 4
    totals = read_totals(tmp_path / "run")
    assert totals is not None
    assert (totals.calls, totals.answered, totals.cut_off) == (4, 3, 1)
    assert KEY not in ran.err + again.out + again.err
    assert KEY not in (tmp_path / "run" / "run.json").read_text("utf-8")
    assert KEY.encode() not in (tmp_path / "run" / "calls.sqlite").read_bytes()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_an_interrupted_run_finishes_what_it_has_begun(
    scripted: Scripted, tmp_path: Path, stop: signal.Signals
) -> None:
    endpoint = scripted(GOOD, late(GOOD, 1), GOOD)
    arguments = _three_articles(endpoint.url, tmp_path)

    ran = stop_midway(*arguments, cwd=tmp_path, is_midway=lambda: len(endpoint.calls) == 2, by=stop)

    assert ran.code == 130
    assert list(by_id(tmp_path / "run")) == ["a", "b"]
    assert "what is being read is finished" in ran.err
    assert tollbook(*arguments, cwd=tmp_path).code == 0
    assert list(by_id(tmp_path / "run")) == ["a", "b", "c"]
    assert len(endpoint.calls) == 3


def _three_articles(url: str, folder: Path) -> tuple[str, ...]:
    write_articles(folder / "in.jsonl", a=ARTICLE, b=OTHER, c="It rained.")
    command = ["extract", "in.jsonl", "--out", "run", "--reader", "openai/m", "--at-once", "1"]
    return (*command, "--base-url", url, "--api-key", KEY)


def test_a_run_that_waits_for_standard_input_can_be_interrupted(tmp_path: Path) -> None:
    stored = tmp_path / "run" / "outcomes.jsonl"
    end, start = os.pipe()
    os.write(start, json.dumps({"id": "a", "text": ARTICLE}).encode() + b"\n")

    ran = stop_midway(
        *("extract", "-", "--out", "run"),
        cwd=tmp_path,
        is_midway=lambda: stored.exists() and stored.stat().st_size > 0,
        by=signal.SIGINT,
        stdin=end,
    )

    os.close(start)
    os.close(end)
    assert ran.code == 130, ran.err
    assert list(by_id(tmp_path / "run")) == ["a"]


def test_the_built_in_reader_can_be_interrupted(tmp_path: Path) -> None:
    texts = {f"n{number}": f"No. {number}. {ARTICLE}" for number in range(3000)}
    write_articles(tmp_path / "in.jsonl", **texts)
    stored = tmp_path / "run" / "outcomes.jsonl"

    ran = stop_midway(
        *("extract", "in.jsonl", "--out", "run"),
        cwd=tmp_path,
        is_midway=lambda: stored.exists() and stored.stat().st_size > 0,
        by=signal.SIGINT,
    )

    assert ran.code == 130
    assert 0 < len(outcomes(tmp_path / "run")) < len(texts)
    assert f"{len(outcomes(tmp_path / 'run'))} inputs: " in ran.out
