"""Chaos on Ray: one of two workers is killed while it reads, and nothing may be lost.

    python benchmarks/jobs/ray_chaos.py --articles 200 --workers 2 --kills 1

The articles are read by one process first, and then on a Ray cluster of this machine, where the
process of a worker is killed with SIGKILL in the middle of its calls. Then the rows, the run
folder, the journal and the endpoint's own counts are held against each other, and every record
against that of the single process; the exit code is 1 where they do not fit. With `--stop`, all
processes of the job are killed as well, and the job is begun again.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serving import Served, serve
from texts import read_texts, write_jsonl

from extractor.jobs.ray_data import read_with_ray
from extractor.jobs.spread.libraries import load_ray
from extractor.records import Failure, Reading, Rejected
from extractor.settings import load_settings
from extractor.store import article_id_of, open_run

_MODEL = "openai/m"
_SETTINGS = {"TOLLBOOK_API_KEY": "sk-0123456789abcdef"}
_JOURNAL = "calls.sqlite"
_STORE_BYTES = 150_000_000  # of Ray's shared memory: enough here, and quickly begun
_PATIENCE = 240.0  # seconds until a worker is there to be killed
_OTHERS = ("TOLLBOOK_", "OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_TIMES = {"milliseconds", "request_id"}  # of a call: no two are the same


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is done."""

    articles: int
    workers: int
    kills: int
    stop: bool
    at_once: int
    delay: int
    rows: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the folders and the endpoint say in the end."""

    inputs: int
    rows: int
    """Rows with an outcome."""
    outcomes: int
    """In the run folder made of them."""
    by_outcome: Mapping[str, int]
    kills: int
    """Workers killed."""
    starts: int
    """Of the job."""
    received: int
    """Calls that the endpoint received."""
    completions: int
    """Completions that it sent."""
    written_down: int
    """Calls that the journals hold."""
    answered: int
    """Completions that they hold."""
    cut_off: int
    """Calls whose end they do not know."""
    unknown: int
    """Calls that the endpoint received more often than the journals know of."""
    sent_again: int
    """Calls begun although the answer to the same request was stored."""
    unequal: int
    """Records other than those of a single process, but for times and the names of calls."""
    seconds: float

    def problems(self) -> Iterator[str]:
        """What does not hold."""
        if not self.inputs == self.rows == self.outcomes:
            yield f"{self.inputs} inputs, but {self.rows} rows and {self.outcomes} outcomes"
        if self.by_outcome.get("infra_error"):
            yield f"{self.by_outcome['infra_error']} articles brought no answer"
        if self.unknown:
            yield f"{self.unknown} calls were made that no journal knows"
        if self.sent_again:
            yield f"{self.sent_again} calls were made again though their answer was stored"
        if self.answered != self.inputs:
            yield f"{self.answered} answers are stored for {self.inputs} articles"
        if self.completions - self.answered > self.cut_off:
            lost = self.completions - self.answered
            yield f"{lost} completions are not stored, but {self.cut_off} calls were cut off"
        if self.unequal:
            yield f"{self.unequal} records are not those of a single process"


def run_chaos(settings: Settings, folder: Path) -> Found:
    """Read everything twice, on Ray through all kills, and compare."""
    texts = read_texts(different=min(settings.articles // 5 + 1, 50))
    inputs = write_jsonl(texts.take(settings.articles), folder / "articles.jsonl")
    served_as = ("--delay", str(settings.delay), "--hashes")
    with serve(texts.prepared(), *served_as) as served:
        _extract(inputs, folder / "single", served, settings)
    with serve(texts.prepared(), *served_as) as served:
        begun = time.monotonic()
        starts = _run_and_kill(settings, inputs, folder, served)
        counted = served.count()
        seconds = time.monotonic() - begun
    return _compare(settings, folder, counted, starts, seconds)


def _extract(inputs: Path, out: Path, served: Served, settings: Settings) -> None:
    command = [
        *(sys.executable, "-m", "extractor.cli", "extract", str(inputs), "--out", str(out)),
        *("--reader", _MODEL, "--base-url", served.url, "--at-once", str(settings.at_once)),
    ]
    subprocess.run(command, env=_environment(), check=True, capture_output=True)


def _run_and_kill(settings: Settings, inputs: Path, folder: Path, served: Served) -> int:
    """Run the job until it is done; how often it was begun."""
    draw = random.Random(settings.seed)
    moments = sorted(draw.uniform(0.2, 0.7) * settings.articles for _ in range(settings.kills))
    command = [sys.executable, __file__, "--read", str(inputs), "--url", served.url]
    command += ["--keep", str(folder), "--workers", str(settings.workers)]
    command += ["--at-once", str(settings.at_once), "--rows", str(settings.rows)]
    starts, stops = 0, int(settings.stop)
    while True:
        starts += 1
        with (folder / "said.txt").open("ab") as said, _begun(command, said) as process:
            for calls in moments:
                _wait(served, calls, process)
                os.kill(draw.choice(_workers(folder, process)), signal.SIGKILL)
            moments = []
            if starts <= stops:
                _wait(served, 0.8 * settings.articles, process)
                os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
        if starts > stops:
            if code:
                raise RuntimeError(f"the job ended with {code}; see {folder / 'said.txt'}")
            return starts


def _begun(command: Sequence[str], said: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )


def _wait(served: Served, calls: float, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while served.calls() <= calls:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the job did not come to {calls:.0f} calls")
        time.sleep(0.01)


def _workers(folder: Path, process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that have the journal of a worker open."""
    journals = {str(path) for path in (folder / "job").resolve().glob(f"*/worker-*/{_JOURNAL}")}
    found: list[int] = []
    for one in Path("/proc").glob("[0-9]*/fd"):
        try:
            opened = {os.readlink(link) for link in one.iterdir()}
        except OSError:  # it has ended meanwhile
            continue
        number = int(one.parent.name)
        if opened & journals and number != process.pid:
            found.append(number)
    return sorted(found)


def _environment() -> dict[str, str]:
    kept = {name: told for name, told in os.environ.items() if not name.startswith(_OTHERS)}
    cache = {name: told for name, told in os.environ.items() if name == "TOLLBOOK_CACHE"}
    own = {"RAY_USAGE_STATS_ENABLED": "0", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return {**kept, **cache, **_SETTINGS, **own}


def _compare(
    settings: Settings, folder: Path, counted: Mapping[str, Any], starts: int, seconds: float
) -> Found:
    whole = json.loads((folder / "ended.json").read_text("utf-8"))
    single, spread = ({_name(one): _told(one) for one in _outcomes(folder / of)} for of in _FOLDERS)
    with closing(sqlite3.connect(folder / "spread" / _JOURNAL)) as journal:
        states = dict(journal.execute("SELECT state, count(*) FROM calls GROUP BY state"))
        known = dict(journal.execute("SELECT request, count(*) FROM calls GROUP BY request"))
        (again,) = journal.execute(
            "SELECT count(*) FROM calls AS later WHERE EXISTS (SELECT 1 FROM calls AS earlier"
            " WHERE earlier.request = later.request AND earlier.state = 'answered'"
            " AND earlier.id != later.id AND earlier.begun_at < later.begun_at)"
        ).fetchone()
    received: Mapping[str, Sequence[int]] = counted["requests"]
    return Found(
        inputs=settings.articles,
        rows=sum(whole["tally"].values()),
        outcomes=len(spread),
        by_outcome=whole["tally"],
        kills=settings.kills,
        starts=starts,
        received=counted["calls"],
        completions=counted["completions"],
        written_down=sum(states.values()),
        answered=states.get("answered", 0),
        cut_off=states.get("cut_off", 0),
        unknown=sum(max(calls - known.get(one, 0), 0) for one, (calls, _) in received.items()),
        sent_again=again,
        unequal=sum(single.get(name) != spread.get(name) for name in single.keys() | spread.keys()),
        seconds=seconds,
    )


_FOLDERS = ("single", "spread")


def _outcomes(run: Path) -> Iterator[Reading | Failure | Rejected]:
    return open_run(run).outcomes()


def _name(outcome: Reading | Failure | Rejected) -> str:
    return str(article_id_of(outcome))


def _told(outcome: Reading | Failure | Rejected) -> dict[str, Any]:
    told = outcome.model_dump(mode="json")
    calls: list[dict[str, Any]] = told.get("attempts", [])
    return {**told, "attempts": [{n: v for n, v in c.items() if n not in _TIMES} for c in calls]}


def read(inputs: Path, folder: Path, url: str, *, workers: int, at_once: int, rows: int) -> None:
    """Read the articles on a Ray cluster of this machine, which ends with this process."""
    ray = load_ray()
    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=_STORE_BYTES)
    ended = read_with_ray(
        [inputs],
        folder / "job",
        workers=workers,
        settings=load_settings(reader=_MODEL, base_url=url, at_once=at_once),
        rows=rows,
        run=folder / "spread",
    )
    tally = {outcome.value: count for outcome, count in ended.tally.items()}
    (folder / "ended.json").write_text(json.dumps({"tally": tally}), "utf-8")
    ray.shutdown()


def main() -> int:
    """Run it, and print what was found."""
    parser = argparse.ArgumentParser(description="A job on Ray, some of whose workers are killed.")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=1, help="workers to kill")
    parser.add_argument("--stop", action="store_true", help="kill the whole job once, too")
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--delay", type=int, default=300, help="milliseconds until a reply")
    parser.add_argument("--rows", type=int, default=16, help="that a worker is given at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work in this folder, and leave it")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        sizes = {"workers": asked.workers, "at_once": asked.at_once, "rows": asked.rows}
        read(asked.read, asked.keep, asked.url, **sizes)
        return 0
    settings = Settings(
        articles=asked.articles,
        workers=asked.workers,
        kills=asked.kills,
        stop=asked.stop,
        at_once=asked.at_once,
        delay=asked.delay,
        rows=asked.rows,
        seed=asked.seed,
    )
    if asked.keep:
        asked.keep.mkdir(parents=True)
        found = run_chaos(settings, asked.keep.resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = run_chaos(settings, Path(folder).resolve())
    sys.stdout.write(json.dumps(vars(found), indent=2) + "\n")
    problems = list(found.problems())
    for problem in problems:
        sys.stdout.write(f"PROBLEM: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
