"""How long going on with a finished run takes, and what memory it needs.

    python benchmarks/jobs/resume.py [--articles 1000 100000] [--folder FOLDER] [--quick]

A finished run of so many articles is made: JSONL of gold's `dev` articles, each with a marker of
its own, and the built-in reader's readings of them. Then the command is given again in a process
of its own, whose time and peak memory are taken: as the run is, without its index, and by name
from another folder, where no place is recognised and every line is parsed. Last, as many articles
are read anew by a reader that finds nothing at once, for the memory of that.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from texts import Texts, read_texts

from extractor.article import Article
from extractor.intake import Taken, take
from extractor.jobs import Job, run_job
from extractor.manifest import code_sha256
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.readers.answer import Answer
from extractor.records import Reading
from extractor.request import Request
from extractor.store import open_run, write_run
from extractor.wire import WireAnswer

GOAL_SECONDS, GOAL_RATIO = 5.0, 1.2
# The system counts what the parent of a process held as the process's own: so it tells itself.
_TOLD = "VmHWM:"
_PYTHON = f"""
import atexit, runpy, sys
def tell():
    with open("/proc/self/status") as status:
        sys.stderr.write("".join(line for line in status if line.startswith({_TOLD!r})))
atexit.register(tell)
sys.argv.pop(0)
if sys.argv[0].endswith(".py"):
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
_COMMAND = ("extractor.cli", "extract")
_INPUT, _RUN, _ANEW = "in.jsonl", "run", "anew"
_MEGA, _KIBI = 1e6, 1024


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one process took."""

    seconds: float
    cpu_seconds: float
    peak_mib: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s | {self.cpu_seconds:.1f} s | {self.peak_mib:.0f} MiB"


def main() -> int:
    """Measure, and print a table; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description="Going on with a finished run.")
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where the runs are made, and kept")
    parser.add_argument("--quick", action="store_true", help="read nothing anew, which is slow")
    parser.add_argument("--read-anew", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read_anew:
        _read_anew(asked.read_anew)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        return _report(sorted(asked.articles), asked.folder or Path(temporary), asked.quick)


def _report(sizes: Sequence[int], folder: Path, quick: bool) -> int:
    texts = read_texts()
    _say("| articles | input | outcomes | what is done | time | CPU | peak memory |")
    _say("| ---: | ---: | ---: | --- | ---: | ---: | ---: |")
    measured: dict[tuple[int, str], Measured] = {}
    for size in sizes:
        place = folder / str(size)
        made = _make_run(place, texts, size)
        for what, one in _measure(place, size, quick):
            measured[size, what] = one
            _say(f"| {size:,} | {made} | {what} | {one} |")
    least, most = sizes[0], sizes[-1]
    _say()
    ratios: dict[str, float] = {}
    for what in dict.fromkeys(what for _, what in measured):
        few, many = measured[least, what], measured[most, what]
        ratios[what] = many.peak_mib / few.peak_mib
        _say(f"Peak memory of {what!r}, {most:,} to {least:,} articles: {ratios[what]:.2f}.")
    last = measured[most, _GOING_ON]
    met = last.seconds <= GOAL_SECONDS and max(ratios.values()) <= GOAL_RATIO
    _say(f"Goals: {GOAL_SECONDS:.0f} s, ratio {GOAL_RATIO}: {'met' if met else 'MISSED'}.")
    return not met


_GOING_ON, _NO_INDEX, _ELSEWHERE, _READING = (
    "going on",
    "going on, the index deleted",
    "going on, the input moved",
    "reading anew",
)


def _measure(place: Path, size: int, quick: bool) -> Iterator[tuple[str, Measured]]:
    command = (*_COMMAND, _INPUT, "--out", _RUN)
    (place / _INPUT).read_bytes()  # both sizes are measured with the input in the system's cache
    yield _GOING_ON, _run(command, place, size)
    (place / _RUN / "index.sqlite").unlink()
    yield _NO_INDEX, _run(command, place, size)
    moved = (*_COMMAND, f"./{_INPUT}", "--out", _RUN)
    yield _ELSEWHERE, _run(moved, place, size)
    if quick:
        return
    shutil.rmtree(place / _ANEW, ignore_errors=True)
    yield _READING, _run((__file__, "--read-anew", str(place)), place, size)


def _run(command: Sequence[str], place: Path, size: int) -> Measured:
    """Run a module or script in a process of its own."""
    root, here = Path(__file__).resolve().parents[2], Path(__file__).resolve().parent
    start, before = perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-c", _PYTHON, *command],
        cwd=place,
        env=os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{here}"},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds, after = perf_counter() - start, os.times()
    if done.returncode or not done.stdout.startswith(f"{size} inputs"):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    cpu = sum(after[2:4]) - sum(before[2:4])
    (peak,) = (line.split()[1] for line in done.stderr.splitlines() if line.startswith(_TOLD))
    return Measured(seconds=seconds, cpu_seconds=cpu, peak_mib=int(peak) / _KIBI)


def _make_run(place: Path, texts: Texts, size: int) -> str:
    """Make a finished run, unless it is there; how large its input and its outcomes are."""
    inputs, run = place / _INPUT, place / _RUN
    if run.exists() and open_run(run).manifest.code_sha256 != code_sha256():
        shutil.rmtree(run)
    if not run.exists():
        place.mkdir(parents=True, exist_ok=True)
        _write_input(inputs, texts, 1)
        command = (*_COMMAND, _INPUT, "--out", _RUN)
        _run(command, place, 1)  # which writes the manifest
        _write_input(inputs, texts, size)
        with write_run(run, open_run(run).manifest) as writer:
            for reading in _readings(inputs, texts):
                writer.append(reading)
    outcomes = run / "outcomes.jsonl"
    sizes = (path.stat().st_size / _MEGA for path in (inputs, outcomes))
    return " | ".join(f"{megabytes:,.1f} MB" for megabytes in sizes)


def _write_input(path: Path, texts: Texts, size: int) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for article in texts.take(size):
            lines.write(json.dumps(_record_of(article), ensure_ascii=False) + "\n")


def _record_of(article: Article) -> dict[str, str | None]:
    return {
        "id": article.id,
        "title": article.title,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "text": article.text,
    }


def _readings(inputs: Path, texts: Texts) -> Iterator[Reading]:
    """Readings of the articles of a file, each made of that of the article without its marker."""
    reader = open_reader()
    made: list[Reading] = []
    for article in texts.articles:
        read = asyncio.run(read_article(article, reader=reader))
        assert isinstance(read, Reading)
        made.append(read)
    here = os.path.relpath(inputs, inputs.parent)
    for n, taken in enumerate(take([str(inputs)])):
        assert isinstance(taken, Taken)
        met = {
            "article": taken.article,
            "source": taken.source.model_copy(update={"path": here}),
            "notices": taken.notices,
        }
        yield made[n % len(made)].model_copy(update=met)


class _Nothing:
    """A reader that finds nothing, at once."""

    name = "nothing"
    fingerprint = "nothing"
    needs_prompt = False

    async def read(self, request: Request) -> Answer:
        """An empty answer."""
        return Answer(answer=WireAnswer(incidents=[], cumulative=[]))

    async def close(self) -> None:
        """Let go of nothing."""


def _read_anew(place: Path) -> None:
    """Read all articles into a new run, in this process."""
    manifest = open_run(place / _RUN).manifest
    ended = run_job(take([str(place / _INPUT)]), Job(reader=_Nothing()), place / _ANEW, manifest)
    _say(f"{ended.tally.total()} inputs")


def _say(words: str = "") -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
