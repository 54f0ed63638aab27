"""How many articles a second are read with a model, beside others who call one, and at what cost.

    python benchmarks/jobs/speed.py [--langextract PYTHON] [--repeats 3] [--out speed.md]

Every contestant runs in a process of its own against the same endpoint, with the same articles and
answers; they take turns, and a ratio is that of one turn. PYTHON is one that langextract is
installed in: `python -m venv lx && lx/bin/pip install "langextract[openai]"`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contestants import CONTESTANTS, WARM, Measured
from serving import Served, serve
from texts import Texts, read_texts, write_jsonl

_HERE = Path(__file__).parent
_AT_ONCE = (16, 64, 256)
_DELAYS = (50, 1000)  # milliseconds
_JOB, _INSTRUCTOR, _LANGEXTRACT = "job", "instructor", "langextract"
_BARS = {_INSTRUCTOR: 0.85, _LANGEXTRACT: 3.0}
_NAMES = {
    "openai": "openai, the answer validated by pydantic",
    _INSTRUCTOR: "instructor in a plain loop",
    _LANGEXTRACT: "langextract, an article a chunk",
    _JOB: "**tollbook**: grounded, checked, in ledger and store",
}
Row = tuple[int, int]
"""A delay in milliseconds, and calls at once."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What each contestant took in one turn; who is not installed is missing."""

    row: Row
    took: Mapping[str, Measured]

    def ratio(self, other: str) -> float | None:
        """How many times as fast the job was."""
        if other not in self.took:
            return None
        return _rate(self.took[_JOB]) / _rate(self.took[other])


def main() -> int:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description="Reading with a model, beside others.")
    parser.add_argument("--at-once", type=int, nargs="+", default=_AT_ONCE)
    parser.add_argument("--delays", type=int, nargs="+", default=_DELAYS, help="milliseconds")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--calls", type=int, default=600, help="of a turn, at least")
    parser.add_argument("--langextract", type=Path, help="a Python that has it")
    parser.add_argument("--out", type=Path, help="also write the tables here")
    asked = parser.parse_args()
    texts = read_texts()
    rows = [(delay, at_once) for delay in asked.delays for at_once in asked.at_once]
    turns: list[Turn] = []
    with serve(texts.prepared()) as served:
        for n in range(asked.repeats):
            for row in rows:
                turns.append(_turn(row, n, asked.calls, served, texts, asked.langextract))
                sys.stderr.write(f"{n + 1}/{asked.repeats} {_progress(turns[-1])}\n")
    lines = list(_report(turns, rows))
    sys.stdout.write("\n".join(lines) + "\n")
    if asked.out:
        asked.out.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def _turn(
    row: Row, n: int, least: int, served: Served, texts: Texts, langextract: Path | None
) -> Turn:
    delay, at_once = row
    calls = max(least, 6 * at_once if delay < 1000 else 8 * at_once)
    calls = min(calls, 12_000 * at_once // delay)  # about ten seconds where the delay is the limit
    order = [*CONTESTANTS, *([_LANGEXTRACT] if langextract else [])]
    order = order[n % len(order) :] + order[: n % len(order)]
    took: dict[str, Measured] = {}
    for name in order:
        if name == _LANGEXTRACT and langextract:
            took[name] = _measure_langextract(langextract, row, calls, served, texts)
        else:
            url = served.url_of("tollbook", delay)
            command = [sys.executable, str(_HERE / "contestants.py"), name, "--url", url]
            took[name] = _ran([*command, "--at-once", str(at_once), "--calls", str(calls)])
    return Turn(row=row, took=took)


def _measure_langextract(
    python: Path, row: Row, calls: int, served: Served, texts: Texts
) -> Measured:
    delay, at_once = row
    with tempfile.TemporaryDirectory() as folder:
        articles = write_jsonl(texts.take(WARM + calls), Path(folder) / "articles.jsonl")
        url = served.url_of("langextract", delay)
        command = [str(python), str(_HERE / "langextract_calls.py"), str(articles), "--url", url]
        return _ran([*command, "--at-once", str(at_once), "--warm", str(WARM)])


def _ran(command: Sequence[str]) -> Measured:
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
    return Measured(**json.loads(ran.stdout))


def _environment() -> dict[str, str]:
    others = ("TOLLBOOK_", "OPENAI_")
    kept = {name: told for name, told in os.environ.items() if not name.startswith(others)}
    return {
        **kept,
        **{name: os.environ[name] for name in ("TOLLBOOK_CACHE",) if name in os.environ},
    }


def _rate(took: Measured) -> float:
    return took.calls / took.seconds


def _cpu(took: Measured) -> float:
    return 1000 * took.cpu / took.calls


def _progress(turn: Turn) -> str:
    told = (f"{name} {_rate(one):.0f}/s {_cpu(one):.1f} ms" for name, one in turn.took.items())
    return f"{turn.row[0]} ms, {turn.row[1]} at once: {', '.join(told)}"


def _report(turns: Sequence[Turn], rows: Sequence[Row]) -> Iterator[str]:
    order = [name for name in _NAMES if any(name in turn.took for turn in turns)]
    yield "| calls a second (ms of the processor for each) | " + " | ".join(map(_head, rows)) + " |"
    yield "|---|" + "--:|" * len(rows)
    for name in order:
        cells = (_cell([turn.took[name] for turn in _of(turns, row)]) for row in rows)
        yield f"| {_NAMES[name]} | {' | '.join(cells)} |"
    for other in (name for name in order if name != _JOB):
        cells = (_ratio(_of(turns, row), other) for row in rows)
        yield f"| tollbook / {other} | {' | '.join(cells)} |"
    yield ""
    yield f"Medians of {max(len(_of(turns, row)) for row in rows)} turns, ratios within each"
    yield "turn (least to most)."
    if _LANGEXTRACT not in order:
        yield "langextract was left out: name a Python that has it with --langextract."
    for turn in turns:
        for name, took in turn.took.items():
            if name != _LANGEXTRACT and took.answers != took.calls:
                yield f"{name}: {took.answers} answers to {took.calls} calls"


def _of(turns: Iterable[Turn], row: Row) -> list[Turn]:
    return [turn for turn in turns if turn.row == row]


def _head(row: Row) -> str:
    delay, at_once = row
    return f"{delay / 1000:g} s, {at_once} at once"


def _cell(took: Sequence[Measured]) -> str:
    rate, cpu = statistics.median(map(_rate, took)), statistics.median(map(_cpu, took))
    return f"{rate:.0f} ({cpu:.1f})"


def _ratio(turns: Sequence[Turn], other: str) -> str:
    found = [ratio for turn in turns if (ratio := turn.ratio(other)) is not None]
    told = f"{statistics.median(found):.2f} ({min(found):.2f}–{max(found):.2f})"  # noqa: RUF001
    bar = _BARS.get(other)
    if bar is None:
        return told
    return f"{told} {'met' if statistics.median(found) >= bar else '**not met**'}"


if __name__ == "__main__":
    sys.exit(main())
