"""Sides: a run opened for comparison, with each of its repeats scored now.

A side is a run folder, a file of predictions, or a folder of repeats: run folders of one
configuration that are called `repeat-1`, `repeat-2` and so on.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.cells import Cell, CellKind
from eval.comparing.metrics import Metric, table_of
from eval.gold import GoldSet
from eval.predictions import open_predictions
from eval.provenance import Provenance, provenance_of
from eval.ratios import Floats
from eval.scores.summary import attempts_of
from eval.scoring.article import score_set
from extractor.errors import UsageError
from extractor.store import MANIFEST, open_run

_REPEAT = re.compile(r"repeat-([1-9][0-9]{0,2})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of two runs that are compared: every repeat of it, scored."""

    name: str
    provenance: tuple[Provenance, ...]
    """What each repeat was computed from; empty where only cells were given."""
    repeats: tuple[tuple[Cell, ...], ...]
    """The cells of each repeat; each has a cell for every article."""

    @property
    def troubles(self) -> tuple[str, ...]:
        """Why it cannot be compared: articles that were never answered for."""
        told = (attempts_of(cells).reason for cells in self.repeats)
        return tuple(f"{self.name}: {reason}" for reason in told if reason)

    def table(self, metric: Metric, stories: Sequence[str]) -> Floats:
        """What each story adds to a metric, on average over the repeats."""
        tables = [table_of(metric, cells, stories) for cells in self.repeats]
        return np.mean(tables, axis=0)


def open_side(
    path: Path | Sequence[Path], gold: GoldSet, split: str | None, *, problems: int = 0
) -> Side:
    """Open a run and score it against gold, every repeat of it; repeats may be named one by one.

    Raises:
        StoreError: there is no run, and no file, of that name.
        RecordError: a line is not in the schema.
        GoldError: articles were read from another text than was labelled.
        UsageError: a repeat is missing in a folder of repeats.
    """
    found = (repeats_in(path) or (path,)) if isinstance(path, Path) else tuple(path)
    named = path if isinstance(path, Path) else found[0].parent
    return Side(
        name=named.resolve().name.encode("utf-8", "backslashreplace").decode(),
        provenance=tuple(provenance_of(gold, split, one, problems=problems) for one in found),
        repeats=tuple(score_set(gold, open_predictions(one)).cells for one in found),
    )


def repeats_in(path: Path) -> tuple[Path, ...]:
    """The repeats in a folder, in their order; none if it is a run itself.

    Raises:
        UsageError: one is missing between two others.
    """
    if not path.is_dir() or (path / MANIFEST).is_file():
        return ()
    numbered = {
        int(told[1]): one for one in path.iterdir() if (told := _REPEAT.fullmatch(one.name))
    }
    if missing := sorted(set(range(1, max(numbered, default=0) + 1)) - set(numbered)):
        raise UsageError(f"{path}: repeat-{missing[0]} is missing; run it again or number anew")
    return tuple(numbered[at] for at in sorted(numbered))


def split_told(paths: Iterable[Path]) -> str | None:
    """The split that runs were read from, as they say themselves; none if they do not agree."""
    told: set[str | None] = set()
    for path in paths:
        for one in repeats_in(path) or (path,):
            arguments = open_run(one).manifest.arguments if (one / MANIFEST).is_file() else {}
            told.add(arguments.get("split"))
    return told.pop() if len(told) == 1 else None


def stories_of(*sides: Side) -> tuple[str, ...]:
    """The stories of all articles, in the order of their ids."""
    articles = (
        cell
        for side in sides
        for cells in side.repeats
        for cell in cells
        if cell.kind is CellKind.ARTICLE
    )
    return tuple(sorted({cell.story_id for cell in articles}))
