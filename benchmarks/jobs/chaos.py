"""Chaos: a job is killed again and again while its endpoint fails, and nothing may be lost.

    python benchmarks/jobs/chaos.py --articles 2000 --kills 20 --seed 1

The command is started, killed with SIGKILL when the endpoint has received so many calls and a
moment more, and started again, until it ends by itself. Of every hundred calls twenty fail, in
nine ways. Then the run folder and the endpoint's own counts are held against each other; the exit
code is 1 where they do not fit.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serving import Served, serve
from texts import read_texts, write_jsonl

from extractor.store import article_id_of, open_run
from extractor.store.line import parse

FAULTS = "throttled=3,failing=3,hang_up=2,slow=2,prose=2,half=2,truncated=2,refused=2,page=2"
_MODEL = "openai/m"
_JOURNAL = "calls.sqlite"
_SETTINGS = {
    "TOLLBOOK_API_KEY": "sk-0123456789abcdef",
    "TOLLBOOK_MAX_WAIT_SECONDS": "0.2",
    "TOLLBOOK_MAX_CALLS": "6",
}
_TIMEOUT = 2.0  # seconds that the job waits for a reply
_SLOW = 3 * _TIMEOUT  # seconds of a slow reply: nobody waits for it any more
_MOMENT = 0.15  # seconds, at most, from the call that a kill waits for to the kill
_LATEST = 0.97  # of the articles, by when the last kill has come
_MOST_ENDS = 10  # times that the job may end by itself with articles that brought no answer
_OTHERS = ("TOLLBOOK_", "OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is done."""

    articles: int
    kills: int
    seed: int
    at_once: int
    delay: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the run folder and the endpoint say in the end."""

    inputs: int
    outcomes: int
    by_outcome: Mapping[str, int]
    read_twice: int
    """Articles with a second outcome after one that was final."""
    kills: int
    starts: int
    in_flight: int
    """Calls that were written down as sent, and had no end, at the moments of the kills."""
    in_flight_most: int
    """At any one kill."""
    received: int
    """Calls that the endpoint received."""
    completions: int
    """Completions that it sent."""
    written_down: int
    """Calls that the journal holds."""
    answered: int
    """Completions that the journal holds."""
    cut_off: int
    """Calls whose end the journal does not know."""
    unknown: int
    """Calls that the endpoint received more often than the journal knows of."""
    sent_again: int
    """Calls made although the answer to the same request was stored."""
    seconds: float

    def problems(self) -> Iterator[str]:
        """What does not hold."""
        if self.inputs != self.outcomes:
            yield f"{self.inputs} inputs, but {self.outcomes} outcomes"
        if self.by_outcome.get("infra_error"):
            yield f"{self.by_outcome['infra_error']} articles brought no answer"
        if self.read_twice:
            yield f"{self.read_twice} articles were read twice"
        if self.unknown:
            yield f"{self.unknown} calls were made that the journal does not know"
        if self.sent_again:
            yield f"{self.sent_again} calls were made again though their answer was stored"
        if self.completions - self.answered > self.in_flight:
            lost = self.completions - self.answered
            yield f"{lost} completions are not stored, but {self.in_flight} calls were in flight"
        if self.cut_off != self.in_flight:
            yield f"{self.cut_off} calls are cut off, but {self.in_flight} were in flight"


def run_chaos(settings: Settings, folder: Path) -> Found:
    """Run the job to its end, through all kills, and compare what is left of it."""
    texts = read_texts(different=min(settings.articles // 5 + 1, 50))
    inputs = write_jsonl(texts.take(settings.articles), folder / "articles.jsonl")
    out = folder / "run"
    served_as = (
        *("--delay", str(settings.delay), "--faults", FAULTS, "--seed", str(settings.seed)),
        *("--slow", str(_SLOW), "--retry-after", "0.05", "--hashes"),
    )
    with serve(texts.prepared(), *served_as) as served:
        begun = time.monotonic()
        starts, in_flight = _run_and_kill(settings, inputs, out, served)
        counted = served.count()
        seconds = time.monotonic() - begun
    return _compare(settings, out, counted, starts, in_flight, seconds)


def _run_and_kill(
    settings: Settings, inputs: Path, out: Path, served: Served
) -> tuple[int, Sequence[set[int]]]:
    """Start the job until it is done; how often, and which calls each kill met in flight."""
    draw = random.Random(settings.seed)
    moments = sorted(
        (draw.uniform(0, _LATEST) * settings.articles, draw.uniform(0, _MOMENT))
        for _ in range(settings.kills)
    )
    command = [
        *(sys.executable, "-m", "extractor.cli", "extract", str(inputs), "--out", str(out)),
        *("--reader", _MODEL, "--base-url", served.url, "--at-once", str(settings.at_once)),
    ]
    starts, in_flight = 0, list[set[int]]()
    for calls, moment in moments:
        with _started(command, out) as process:
            starts += 1
            while served.calls() <= calls and process.poll() is None:
                time.sleep(0.002)
            time.sleep(moment)
            process.kill()
        in_flight.append(_sent(out).difference(*in_flight))
    for _ in range(_MOST_ENDS):
        with _started(command, out) as process:
            starts += 1
            process.wait()
        if not _lost(out):
            break
    return starts, in_flight


def _started(command: Sequence[str], out: Path) -> subprocess.Popen[bytes]:
    kept = {name: told for name, told in os.environ.items() if not name.startswith(_OTHERS)}
    cache = {name: told for name, told in os.environ.items() if name == "TOLLBOOK_CACHE"}
    own = {**_SETTINGS, "TOLLBOOK_TIMEOUT_SECONDS": str(_TIMEOUT)}
    with (out.parent / "said.txt").open("ab") as said:
        return subprocess.Popen(
            command,
            env={**kept, **cache, **own},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )


def _lost(out: Path) -> int:
    """How many articles brought no answer, so that they are asked about again."""
    return sum(one.outcome.value == "infra_error" for one in open_run(out).outcomes())


def _sent(out: Path) -> set[int]:
    """The calls of killed processes that have no end; the files are left as they are."""
    if not (out / _JOURNAL).exists():
        return set()
    with tempfile.TemporaryDirectory() as folder:
        for path in out.glob(f"{_JOURNAL}*"):
            shutil.copy(path, folder)
        with closing(sqlite3.connect(Path(folder) / _JOURNAL)) as journal:
            tables = "SELECT count(*) FROM sqlite_master WHERE name = 'calls'"
            if not journal.execute(tables).fetchone()[0]:
                return set()
            return {row for (row,) in journal.execute("SELECT id FROM calls WHERE state = 'sent'")}


def _compare(
    settings: Settings,
    out: Path,
    counted: Mapping[str, Any],
    starts: int,
    in_flight: Sequence[set[int]],
    seconds: float,
) -> Found:
    outcomes = list(open_run(out).outcomes())
    ids = set(map(article_id_of, outcomes))
    with closing(sqlite3.connect(out / _JOURNAL)) as journal:
        states = dict(journal.execute("SELECT state, count(*) FROM calls GROUP BY state"))
        known = dict(journal.execute("SELECT request, count(*) FROM calls GROUP BY request"))
        (again,) = journal.execute(
            "SELECT count(*) FROM calls WHERE EXISTS (SELECT 1 FROM answers"
            " WHERE answers.request = calls.request AND answers.void = 0"
            " AND answers.call < calls.id)"
        ).fetchone()
    received: Mapping[str, Sequence[int]] = counted["requests"]
    return Found(
        inputs=settings.articles,
        outcomes=len(ids),
        by_outcome=dict(Counter(one.outcome.value for one in outcomes)),
        read_twice=_read_twice(out),
        kills=settings.kills,
        starts=starts,
        in_flight=sum(map(len, in_flight)),
        in_flight_most=max(map(len, in_flight), default=0),
        received=counted["calls"],
        completions=counted["completions"],
        written_down=sum(states.values()),
        answered=states.get("answered", 0),
        cut_off=states.get("cut_off", 0),
        unknown=sum(max(calls - known.get(one, 0), 0) for one, (calls, _) in received.items()),
        sent_again=again,
        seconds=seconds,
    )


def _read_twice(out: Path) -> int:
    """Articles that have a line after one that was final: only a lost one is read again."""
    final, again = set[str](), set[str]()
    for line in (out / "outcomes.jsonl").read_bytes().splitlines():
        outcome = parse(line)
        name = str(article_id_of(outcome))
        if name in final:
            again.add(name)
        if outcome.outcome.value != "infra_error":
            final.add(name)
    return len(again)


def main() -> int:
    """Run it, and print what was found."""
    parser = argparse.ArgumentParser(description="A job killed again and again.")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--delay", type=int, default=50, help="milliseconds until a reply")
    parser.add_argument("--keep", type=Path, help="work in this folder, and leave it")
    asked = parser.parse_args()
    settings = Settings(
        articles=asked.articles,
        kills=asked.kills,
        seed=asked.seed,
        at_once=asked.at_once,
        delay=asked.delay,
    )
    if asked.keep:
        asked.keep.mkdir(parents=True)
        found = run_chaos(settings, asked.keep)
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = run_chaos(settings, Path(folder))
    sys.stdout.write(json.dumps(vars(found), indent=2) + "\n")
    problems = list(found.problems())
    for problem in problems:
        sys.stdout.write(f"PROBLEM: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
