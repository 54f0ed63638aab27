"""The files of a report: what a graded run leaves in a folder."""

from collections.abc import Mapping
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.cells import to_jsonl
from eval.report.explain import alignment_rows
from eval.report.junit import junit
from eval.report.markdown import markdown
from eval.report.page import page
from eval.scores.summary import Summary
from eval.scoring.article import ScoredSet
from extractor.errors import UsageError

CELLS, SUMMARY, ALIGNMENT = "cells.jsonl", "summary.json", "alignment.jsonl"
MARKDOWN, PAGE, JUNIT = "report.md", "report.html", "junit.xml"


def write_report(folder: Path, summary: Summary, scored: ScoredSet, *, title: str) -> None:
    """Write every file of a report; those of an earlier one are replaced, or else left whole.

    Raises:
        UsageError: the folder cannot be written.
    """
    cells = scored.cells
    texts = {
        CELLS: to_jsonl(cells),
        SUMMARY: summary.to_json(),
        ALIGNMENT: alignment_rows(scored.articles),
        MARKDOWN: markdown(summary),
        PAGE: page(summary, cells, title=title),
        JUNIT: junit(summary, cells),
    }
    write_files(folder, texts)


def write_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files to a folder, made if need be; those there are replaced, or else left whole.

    Raises:
        UsageError: the folder cannot be written.
    """
    encoded = {name: text.encode("utf-8") for name, text in texts.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder, encoded)
    except OSError as error:
        raise UsageError(
            f"the report cannot be written to {str(folder)!r} ({error.strerror});"
            " name a folder with --out that can be written"
        ) from error


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files beside those they replace, and only then put each in its place."""
    for name in files:
        if (folder / name).is_dir():
            raise IsADirectoryError(EISDIR, f"{name!r} in it is a folder")
    with TemporaryDirectory(dir=folder, prefix=".report-") as made:
        for name, told in files.items():
            (Path(made) / name).write_bytes(told)
        for name in files:
            (Path(made) / name).replace(folder / name)
