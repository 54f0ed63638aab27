"""Cross tables: what gold says against what was predicted, and what is read off paired cells."""

from collections import Counter
from collections.abc import Callable, Iterable

from eval.cells import Cell
from eval.scores.score import Table


def cross(
    name: str,
    title: str,
    words: Iterable[str],
    pairs: Iterable[tuple[str, str]],
    *,
    drop: bool = False,
) -> Table:
    """How often each gold word met each predicted one.

    Words outside `words` are added at the end; with `drop`, words that never occur are left out.
    """
    met = Counter(pairs)
    known = tuple(words)
    there = {word for pair in met for word in pair}
    listed = (*known, *sorted(there - set(known)))
    kept = tuple(word for word in listed if word in there or not drop)
    counts = tuple(tuple(met[gold, predicted] for predicted in kept) for gold in kept)
    return Table(name=name, title=title, rows=kept, columns=kept, counts=counts)


def part(name: str) -> Callable[[Cell], bool]:
    """Whether a part of a paired value is right."""
    return lambda cell: cell.parts.get(name, False)


def measured(cells: Iterable[Cell], name: str) -> list[tuple[Cell, float]]:
    """Cells with one of their measures; those without it are left out."""
    return [(cell, cell.measures[name]) for cell in cells if name in cell.measures]
