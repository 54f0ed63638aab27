"""A disk that fills up in the middle of a job, and a folder that nobody may write to.

    python benchmarks/jobs/disk.py [--articles 600] [--size 9m]

A small file system is mounted (tmpfs, which needs root), a job is run on it until it is full, once
more while it is as small as before, then with room, and at last with the file system read-only. Run
folder, journal and the endpoint's own counts are held against each other; 1 if they do not fit.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from serving import Served, serve
from texts import read_texts, write_jsonl

from extractor.records import Reading
from extractor.store import open_run

_AT_ONCE = 64
_ROOM = "400m"  # of the same file system, once there is space again
_OTHERS = ("TOLLBOOK_", "OPENAI_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_KEY = "sk-0123456789abcdef"


@dataclass(frozen=True, kw_only=True)
class Found:
    """How things stand after the command was run."""

    when: str
    code: int
    said: str
    """The last line on standard error."""
    outcomes: int
    most_of_one: int
    """Outcomes of the article that has most of them."""
    stored: int
    """Answers in the journal."""
    answered: int
    """Completions that the endpoint has sent."""


def main() -> int:
    """Fill the disk, make room, go on; print what was found each time."""
    parser = argparse.ArgumentParser(description="A job on a disk that fills up.")
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--size", default="9m", help="of the disk, as mount takes it")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as made,
        serve(read_texts().prepared(), "--delay", "20") as served,
        _small_disk(Path(made) / "disk", asked.size) as disk,
    ):
        inputs = write_jsonl(read_texts().take(asked.articles), Path(made) / "articles.jsonl")
        out = disk / "run"
        found: list[Found] = []
        sys.stdout.write(
            "| the disk is | exit code | outcomes | of one article, at most | answers stored | "
            "answers sent |\n|---|--:|--:|--:|--:|--:|\n"
        )
        for when, size in (("filling up", None), ("as small as before", None), ("larger", _ROOM)):
            if size:
                _mount("-o", f"remount,size={size}", str(disk))
            found.append(_run(when, inputs, out, served))
            _tell(found[-1])
        _mount("-o", "remount,ro", str(disk))
        found.append(_run("read-only", inputs, out, served))
        _tell(found[-1])
        for one in found:
            sys.stdout.write(f"\n{one.when}: {one.said.replace(made, '…')}\n")
    problems = list(_problems(found, asked.articles))
    sys.stdout.write("\n" + ("\n".join(problems) if problems else "all of it fits") + "\n")
    return 1 if problems else 0


def _problems(found: Sequence[Found], articles: int) -> Generator[str]:
    full, again, roomy, shut = found
    if not (full.code and again.code and shut.code) or roomy.code:
        yield "a command that cannot store anything ended well, or one that can did not"
    if (roomy.outcomes, roomy.most_of_one) != (articles, 1):
        yield "not every article has one outcome"
    for one in found:
        if one.stored != one.answered:
            yield f"{one.when}: {one.answered - one.stored} answers were sent and not stored"
    if roomy.answered != articles:
        yield f"{roomy.answered} answers were sent for {articles} articles"


def _tell(one: Found) -> None:
    sys.stdout.write(
        f"| {one.when} | {one.code} | {one.outcomes} | {one.most_of_one} | {one.stored} | "
        f"{one.answered} |\n"
    )
    sys.stdout.flush()


def _run(when: str, inputs: Path, out: Path, served: Served) -> Found:
    command = [
        *(sys.executable, "-m", "extractor.cli", "extract", str(inputs), "--out", str(out)),
        *("--reader", "openai/m", "--base-url", served.url, "--at-once", str(_AT_ONCE)),
        *("--progress", "none"),
    ]
    kept = {name: told for name, told in os.environ.items() if not name.startswith(_OTHERS)}
    cache = {name: told for name, told in os.environ.items() if name == "TOLLBOOK_CACHE"}
    ran = subprocess.run(
        command,
        env={**kept, **cache, "TOLLBOOK_API_KEY": _KEY},
        capture_output=True,
        text=True,
        check=False,
    )
    ids = Counter(one.article.id for one in open_run(out).outcomes() if isinstance(one, Reading))
    with closing(sqlite3.connect(f"{(out / 'calls.sqlite').as_uri()}?mode=ro", uri=True)) as calls:
        ((stored,),) = calls.execute("SELECT count(*) FROM answers").fetchall()
    return Found(
        when=when,
        code=ran.returncode,
        said=(ran.stderr.strip().splitlines() or ["(nothing was said)"])[-1],
        outcomes=ids.total(),
        most_of_one=max(ids.values(), default=0),
        stored=stored,
        answered=served.count()["completions"],
    )


@contextmanager
def _small_disk(place: Path, size: str) -> Generator[Path]:
    place.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"nothing can be mounted here ({done.stderr.strip()}); run this as root")


if __name__ == "__main__":
    sys.exit(main())
