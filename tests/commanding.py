"""Running the command `tollbook` as a user would, with nothing of the machine's own settings."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from conftest import CACHE, OUTER_SETTINGS

from extractor.cli import main
from extractor.store import unseal

MODULE = [sys.executable, "-m", "extractor.cli"]
PATIENCE = 30.0  # seconds; only a command that hangs takes so long
_OTHERS = ("PYTHON", "COLUMNS", "LC_", "LANG", "FORCE_COLOR", "SOURCE_DATE_EPOCH")


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def bare_environment(**added: str) -> dict[str, str]:
    """The environment without settings, keys and proxies of the machine."""
    outer = (*OUTER_SETTINGS, *_OTHERS)
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(outer)}
    # A test that limits the size of files would leave cut-off bytecode in the checkout.
    own = {"PYTHONDONTWRITEBYTECODE": "1", "TOLLBOOK_CACHE": str(CACHE)}
    return {**kept, **own, **added}


def tollbook(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    before: Callable[[], None] | None = None,
) -> Ran:
    """Run the command in a process of its own; `before` is called in it first, to limit it."""
    done = subprocess.run(
        [*MODULE, *map(str, arguments)],
        cwd=cwd,
        env=bare_environment(**(env or {})),
        input=stdin,
        capture_output=True,
        timeout=PATIENCE,
        preexec_fn=before,
        check=False,
    )
    return Ran(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def tollbook_here(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run the command in this process, which is much faster."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: object = None
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.dict(os.environ, bare_environment(**(env or {})), clear=True),
        mock.patch.object(sys, "argv", ["tollbook", *map(str, arguments)]),
    ):
        heeded = signal.getsignal(signal.SIGINT)
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        finally:
            signal.signal(signal.SIGINT, heeded)  # this process goes on
    assert isinstance(code, int)
    return Ran(code=int(code), out=_written(out), err=_written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def stop_midway(
    *arguments: str | Path,
    cwd: Path,
    is_midway: Callable[[], bool],
    by: signal.Signals,
    env: Mapping[str, str] | None = None,
    times: int = 1,
    stdin: int = subprocess.DEVNULL,
) -> Ran:
    """Start the command and send it a signal, or several, once it is midway."""
    with subprocess.Popen(
        [*MODULE, *map(str, arguments)],
        cwd=cwd,
        env=bare_environment(**(env or {})),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + PATIENCE
        while not is_midway():
            assert process.poll() is None, "the command ended before it was midway"
            assert time.monotonic() < deadline, "the command never came midway"
            time.sleep(0.005)
        for _ in range(times):
            process.send_signal(by)
            time.sleep(0.2)  # two signals at the same instant are one
        out, err = process.communicate(timeout=PATIENCE)
    return Ran(code=process.returncode, out=out.decode(), err=err.decode())


def outcomes(run: Path) -> list[dict[str, Any]]:
    """Every line of a run, as it was written, without its checksum."""
    path = run / "outcomes.jsonl"
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    return [json.loads(unseal(line).record) for line in lines if line]


def by_id(run: Path) -> dict[str, dict[str, Any]]:
    """The outcome of each article; no article may have two."""
    found = [one for one in outcomes(run) if "article" in one]
    named = {one["article"]["id"]: one for one in found}
    assert len(named) == len(found)
    return named


def sum_of(ran: Ran) -> dict[str, int]:
    """What the first line of the sum says: the inputs, and how many ended in each outcome."""
    total, _, parts = ran.out.splitlines()[0].partition(" inputs: ")
    counted = {name: int(number) for name, number in (p.split() for p in parts.split(", "))}
    assert sum(counted.values()) == int(total)
    return counted


def write_articles(path: Path, **texts: str) -> Path:
    """A JSONL file with an article a line."""
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
