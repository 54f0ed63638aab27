"""How far the built-in reader is from its goals on corpora that others labelled: one table.

    python benchmarks/reading/corpora.py FOLDER [--out TABLE.md]

FOLDER holds the corpora's files as they come (`isaf_dev.jsonl`, `satp_dev.jsonl`, …); a file that
is not there is left out. Each document is read once and scored three times: in all, in the third
that is kept unread (`1/3`), and in the rest that rules are worked out on (`2-3/3`).
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.corpora.corpus import Corpus, Document, Figure
from eval.corpora.known import find_corpus
from eval.corpora.part import read_part
from eval.run import open_asked, read_documents
from extractor.records import Reading
from extractor.settings import load_settings

_PARTS = ("unread third (1/3)", "1/3"), ("read two thirds (2-3/3)", "2-3/3")


@dataclass(frozen=True, kw_only=True)
class _Goal:
    """A figure to reach, in percent, and the file it is read from."""

    file: str
    corpus: str
    figure: str
    name: str
    reach: float


_GOALS = tuple(
    _Goal(file=file, corpus=corpus, figure=figure, name=name, reach=reach)
    for file, corpus, figure, name, reach in (
        ("isaf_dev", "isaf", "killed.exact.all", "killed, exact", 95.3),
        ("isaf_dev", "isaf", "killed.exact.positive", "killed, exact where above 0", 92.0),
        ("isaf_dev", "isaf", "captured.exact.all", "captured, exact", 92.0),
        ("isaf_dev", "isaf", "province.right.all", "province", 95.0),
        ("isaf_dev", "isaf", "date.exact.dated", "date, of dated releases", 80.0),
        ("satp_dev", "satp", "killed.exact.all", "deaths, exact", 95.1),
        ("satp_dev", "satp", "killed.exact.positive", "deaths, exact where above 0", 90.0),
        ("satp_dev", "satp", "injured.exact.all", "injuries, exact", 93.8),
        ("satp_dev", "satp", "injured.exact.positive", "injuries, exact where above 0", 80.0),
        ("muc4_dev", "muc4", "muc4.victim_number.f1.all_templates", "victim number, F1", 58.0),
        ("muc4_dev", "muc4", "muc4.location.f1.all_templates", "location, F1", 60.0),
        ("muc4_dev", "muc4", "muc4.date.f1.all_templates", "date, F1", 59.0),
        (
            "muc4_dev",
            "muc4",
            "muc4.perpetrator_organisation.f1.all_templates",
            "organisation, F1",
            55.0,
        ),
        ("muc4_dev", "muc4", "muc4.attribution_status.f1.all_templates", "status, F1", 40.0),
        ("gva_longtail_dev", "gva", "killed.exact.all", "killed, exact", 85.0),
        ("gva_longtail_dev", "gva", "injured.exact.all", "injured, exact", 78.0),
    )
)


def main() -> int:
    """Read the files that are there, and print the table."""
    parser = argparse.ArgumentParser(description="The built-in reader beside its goals.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help="also write the table here")
    asked = parser.parse_args()
    files = [file for file in dict.fromkeys(goal.file for goal in _GOALS)]
    found = [file for file in files if (asked.folder / f"{file}.jsonl").is_file()]
    if not found:
        parser.error(f"{str(asked.folder)!r} holds none of {', '.join(files)} (.jsonl)")
    table = "\n".join(_table(asked.folder, found)) + "\n"
    sys.stdout.write(table)
    if asked.out:
        asked.out.write_text(table, encoding="utf-8")
    return 0


def _table(folder: Path, files: Sequence[str]) -> Iterator[str]:
    headings = ("corpus", "figure", "goal", "all", *(name for name, _ in _PARTS))
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for file in files:
        goals = [goal for goal in _GOALS if goal.file == file]
        corpus = find_corpus(goals[0].corpus)
        documents = tuple(corpus.load(folder / f"{file}.jsonl"))
        readings = _readings(documents)
        whole = _figures(corpus, documents, readings)
        parts = [
            _figures(corpus, read_part(part).of_documents(documents), readings)
            for _, part in _PARTS
        ]
        for goal in goals:
            cells = [_shown(figures[goal.figure]) for figures in (whole, *parts)]
            yield f"| {file} | {goal.name} | {goal.reach:.1f} | {' | '.join(cells)} |"


def _readings(documents: Sequence[Document]) -> Mapping[str, Reading | None]:
    settings = load_settings(reader="baseline")
    asked = open_asked(settings, prompt="incident/v1", at_once=1)
    outcomes = asyncio.run(read_documents(documents, asked))
    return {key: one if isinstance(one, Reading) else None for key, one in outcomes.items()}


def _figures(
    corpus: Corpus, documents: Sequence[Document], readings: Mapping[str, Reading | None]
) -> Mapping[str, Figure]:
    told = {one.id: readings[one.id] for one in documents}
    return {figure.id: figure for figure in corpus.score(documents, told).figures}


def _shown(figure: Figure) -> str:
    """A value in percent with its interval and counts."""
    if figure.value is None:
        return "-"
    ends = figure.interval
    between = f" [{100 * ends[0]:.1f}-{100 * ends[1]:.1f}]" if ends else ""
    counts = figure.counts
    of = f"{counts['right']:g}/{counts['of']:g}" if "right" in counts else _slots(counts)
    return f"{100 * figure.value:.1f}{between} ({of})"


def _slots(counts: Mapping[str, float]) -> str:
    """What an F1 over slots was computed from."""
    right = f"{counts['correct']:g}+{counts['partial']:g}/2"
    return f"{right} of {counts['actual']:g} told, {counts['possible']:g} there"


if __name__ == "__main__":
    sys.exit(main())
