"""What memory a job needs, by the number of its articles.

    python benchmarks/jobs/memory.py [--articles 1000 100000]

Each run is `tollbook extract` in a process of its own, with short articles and an endpoint that
answers after a millisecond; memory is the most that the process ever held. The largest run takes
a quarter of an hour or more.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from endpoint import MARKER
from serving import serve
from texts import Texts, write_jsonl

from extractor.article import Article
from extractor.readers.baseline import BaselineReader
from extractor.request import Request

_TEXT = (
    "Gunmen killed three farmers and wounded a teacher near Kano on Tuesday, police said. The army "
    "blamed the rebels, who denied it."
)
_MOST_GROWTH = 1.2  # times the memory of the smallest run
_OTHERS = ("TOLLBOOK_", "OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a run needed."""

    articles: int
    megabytes: float
    seconds: float


def main() -> int:
    """Run them all, and print the table; 1 if memory grows beyond the goal."""
    parser = argparse.ArgumentParser(description="Memory of a job.")
    parser.add_argument("--articles", type=int, nargs="+", default=(1_000, 100_000))
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--keep", type=Path, help="leave the runs in this folder")
    asked = parser.parse_args()
    found: list[Measured] = []
    sys.stdout.write("| articles | peak memory, MB | seconds | articles a second |\n")
    sys.stdout.write("|--:|--:|--:|--:|\n")
    for articles in asked.articles:
        if asked.keep:
            folder = asked.keep / str(articles)
            folder.mkdir(parents=True)
            found.append(_measure(articles, asked.at_once, folder))
        else:
            with tempfile.TemporaryDirectory() as made:
                found.append(_measure(articles, asked.at_once, Path(made)))
        one = found[-1]
        sys.stdout.write(
            f"| {one.articles} | {one.megabytes:.0f} | {one.seconds:.0f} | "
            f"{one.articles / one.seconds:.0f} |\n"
        )
        sys.stdout.flush()
    growth = max(one.megabytes for one in found) / found[0].megabytes
    is_met = growth <= _MOST_GROWTH
    met = "met" if is_met else "**not met**"
    sys.stdout.write(f"\n{growth:.2f} times that of the first (goal {_MOST_GROWTH}: {met}).\n")
    return 0 if is_met else 1


def _measure(articles: int, at_once: int, folder: Path) -> Measured:
    inputs = write_jsonl(_articles(articles), folder / "articles.jsonl")
    answered = asyncio.run(BaselineReader().read(Request(article=Article.of(_TEXT))))
    answers = Texts(articles=(), answers=(answered.answer,)).prepared()
    with serve(answers, "--delay", "1") as served:
        command = [
            *(sys.executable, "-m", "extractor.cli", "extract", str(inputs)),
            *("--out", str(folder / "run"), "--reader", "openai/m", "--base-url", served.url),
            *("--at-once", str(at_once), "--progress", "none"),
        ]
        begun = time.monotonic()
        kilobytes = _peak_of(command)
    return Measured(articles=articles, megabytes=kilobytes / 1024, seconds=time.monotonic() - begun)


def _peak_of(command: Sequence[str]) -> int:
    """Run a command to its end; the most kilobytes that it held."""
    kept = {name: told for name, told in os.environ.items() if not name.startswith(_OTHERS)}
    cache = {name: told for name, told in os.environ.items() if name == "TOLLBOOK_CACHE"}
    process = subprocess.Popen(
        command,
        env={**kept, **cache, "TOLLBOOK_API_KEY": "sk-0123456789abcdef"},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"the command ended with {process.returncode}"
    return used.ru_maxrss


def _articles(times: int) -> Iterator[Article]:
    for n in range(times):
        yield Article.of(f"{_TEXT}\n\n{MARKER.format(n)}\n", id=f"a{n:06d}")


if __name__ == "__main__":
    sys.exit(main())
