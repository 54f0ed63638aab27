"""The worst errors: which wrong cells a person should look at first, and what kinds there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log1p

from eval.cells import Cell, CellKind, CellState, Mistake
from eval.scores.score import Told

SHOWN = 60  # worst errors in a summary; all of them are in the file of cells
EXAMPLES = 3
_ALIKE = 2  # errors of one kind before another kind gets its turn

_ERRORS = (CellState.WRONG, CellState.MISSED, CellState.SPURIOUS)


class MistakeCount(Told):
    """One kind of error: how often it was made, and where it was worst."""

    kind: CellKind
    mistake: Mistake
    cells: int
    articles: int
    examples: tuple[Cell, ...]


def worst_of(cells: Iterable[Cell], shown: int = SHOWN) -> tuple[Cell, ...]:
    """The errors by severity: harms first, then tolls of the dead, then by how far they are off.

    One error of a story and two of a kind come before a further one of either.
    """
    left, worst = sorted(errors_of(cells), key=severity), list[Cell]()
    while left and len(worst) < shown:
        taken, left = _round(left)
        worst += taken
    return tuple(worst[:shown])


def errors_of(cells: Iterable[Cell]) -> list[Cell]:
    """The cells with an error; the toll view and the articles repeat what others say."""
    repeats = (CellKind.TOLL, CellKind.ARTICLE)
    return [one for one in cells if one.state in _ERRORS and one.kind not in repeats]


def mistakes_of(cells: Iterable[Cell]) -> tuple[MistakeCount, ...]:
    """The kinds of error of each kind of cell, the commonest first."""
    made: dict[tuple[CellKind, Mistake], list[Cell]] = defaultdict(list)
    for one in errors_of(cells):
        made[one.kind, one.mistake or Mistake.OTHER].append(one)
    counted = (_counted(kind, mistake, found) for (kind, mistake), found in made.items())
    return tuple(sorted(counted, key=lambda one: (_KINDS[one.kind], -one.cells, one.mistake.value)))


def _round(cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The first cells of each story, at most two of a kind of error; and those that are left."""
    taken, left = list[Cell](), list[Cell]()
    stories, kinds = set[str](), Counter[tuple[CellKind, Mistake | None]]()
    for one in cells:
        kind = (one.kind, one.mistake)
        if one.story_id in stories or kinds[kind] >= _ALIKE:
            left.append(one)
            continue
        taken.append(one)
        stories.add(one.story_id)
        kinds[kind] += 1
    return taken, left


def _counted(kind: CellKind, mistake: Mistake, found: Sequence[Cell]) -> MistakeCount:
    return MistakeCount(
        kind=kind,
        mistake=mistake,
        cells=len(found),
        articles=len({one.article_id for one in found}),
        examples=worst_of(found, EXAMPLES),
    )


_KINDS = {kind: at for at, kind in enumerate(CellKind)}


def severity(cell: Cell) -> tuple[object, ...]:
    """What sorts worse errors first; all else equal, by what the cell is, never by input order."""
    deaths = cell.kind is CellKind.COUNT and cell.slice != "subset" and _is_of_the_dead(cell)
    rest = (cell.article_id, _KINDS[cell.kind], cell.key, cell.gold or "", cell.predicted or "")
    ids = (cell.gold_id or "", cell.predicted_id or "")
    return (-len(cell.harms), not deaths, -_how_far(cell), *rest, *ids)


def _is_of_the_dead(cell: Cell) -> bool:
    return "killed" in (cell.codes.get("outcome"), cell.key.split(" ", 1)[0])


def _how_far(cell: Cell) -> float:
    """The log error; for a figure that only one side has, its distance from nothing."""
    if "log_error" in cell.measures:
        return cell.measures["log_error"]
    alone = cell.gold_number if cell.state is CellState.MISSED else cell.predicted_number
    bounds = [one for one in (alone.lower, alone.upper) if one is not None] if alone else []
    return log1p(max(bounds)) if bounds else 0.0
