"""Items: the claims that one run has right and the other wrong, the worst first.

An item is one gold value, or one predicted value that stands for none, followed through every
repeat of both runs. This is what somebody reads who changed a prompt.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.cells import Cell, CellKind, CellState
from eval.scores.score import Told
from eval.scores.worst import severity
from extractor.codes import Code

Key = tuple[str, ...]


class Change(Code):
    """What became of a claim between two runs."""

    BROKEN = "broken", "Right before, wrong now; or invented now and not before."
    UNSTABLE = "unstable", "Not the same in every repeat of one of the runs."
    FIXED = "fixed", "Wrong before, right now; or invented before and no longer."
    STILL_WRONG = "still_wrong", "Wrong in both runs."


class Item(Told):
    """A claim, as each of two runs has it."""

    article_id: str
    story_id: str
    kind: CellKind
    change: Change
    before: Cell | None
    """Its cell in the first run, in the first repeat that is wrong; empty if nothing is told."""
    after: Cell | None
    """Its cell in the second run."""
    right_before: str
    """In how many repeats it is right: "2 of 3"."""
    right_after: str

    @property
    def is_invented(self) -> bool:
        """Whether gold has nothing of the kind: wrong is to tell it, right to be silent."""
        return self.worse.state is CellState.SPURIOUS

    @property
    def worse(self) -> Cell:
        """The side with the error, the second if both have one."""
        told = [one for one in (self.after, self.before) if one is not None]
        return min(told, key=lambda one: one.state is CellState.CORRECT)


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A claim in the repeats of one run: the cells it has there."""

    cells: tuple[Cell | None, ...]

    @property
    def right(self) -> int:
        """Repeats without an error in it; where nothing is invented, nothing is wrong."""
        return sum(one is None or not _is_error(one) for one in self.cells)

    @property
    def is_right(self) -> bool:
        return self.right == len(self.cells)

    @property
    def is_stable(self) -> bool:
        return self.right in (0, len(self.cells))

    @property
    def shown(self) -> Cell | None:
        wrong = [one for one in self.cells if one is not None and _is_error(one)]
        return next(iter(wrong), self.cells[0])

    @property
    def tally(self) -> str:
        return f"{self.right} of {len(self.cells)}"


def items_of(before: Sequence[Sequence[Cell]], after: Sequence[Sequence[Cell]]) -> tuple[Item, ...]:
    """Every claim that is wrong in a repeat of either run: broken, unstable, fixed, still wrong.

    Args:
        before: the cells of each repeat of the first run.
        after: those of the second run.
    """
    old, new = [_keyed(one) for one in before], [_keyed(one) for one in after]
    keys = {key for side in (old, new) for one in side for key in one}
    found = (
        _item(
            _Seen(cells=tuple(one.get(key) for one in old)),
            _Seen(cells=tuple(one.get(key) for one in new)),
        )
        for key in sorted(keys)
    )
    items = [one for one in found if one is not None]
    order = list(Change)
    return tuple(
        sorted(
            items,
            key=lambda one: (order.index(one.change), one.is_invented, severity(one.worse)),
        )
    )


def tally_of(items: Iterable[Item]) -> Mapping[Change, int]:
    """How many items there are of each change."""
    counted = Counter(one.change for one in items)
    return {change: counted[change] for change in Change}


def mistakes_in(items: Iterable[Item], change: Change) -> Mapping[str, int]:
    """What kinds of error the items of one change have, the commonest first."""
    made = Counter(
        (one.worse.mistake or one.worse.state).value for one in items if one.change is change
    )
    return dict(sorted(made.items(), key=lambda one: (-one[1], one[0])))


def _item(before: _Seen, after: _Seen) -> Item | None:
    if before.is_right and after.is_right:
        return None
    some = before.shown or after.shown
    if some is None:
        return None
    return Item(
        article_id=some.article_id,
        story_id=some.story_id,
        kind=some.kind,
        change=_change(before, after),
        before=before.shown,
        after=after.shown,
        right_before=before.tally,
        right_after=after.tally,
    )


def _change(before: _Seen, after: _Seen) -> Change:
    if not (before.is_stable and after.is_stable):
        return Change.UNSTABLE
    if before.is_right:
        return Change.BROKEN
    return Change.FIXED if after.is_right else Change.STILL_WRONG


def _is_error(cell: Cell) -> bool:
    return cell.state in (CellState.WRONG, CellState.MISSED, CellState.SPURIOUS)


def _keyed(cells: Iterable[Cell]) -> dict[Key, Cell]:
    """The cells of one repeat by what they are of; the toll view repeats what others say."""
    groups: dict[Key, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.kind is not CellKind.TOLL:
            groups[_key(cell)].append(cell)
    return dict(_numbered(groups))


def _numbered(groups: Mapping[Key, list[Cell]]) -> Iterator[tuple[Key, Cell]]:
    """Cells that nothing tells apart are numbered, those in error first."""
    for key, cells in groups.items():
        ordered = sorted(cells, key=lambda one: (not _is_error(one), one.model_dump_json()))
        for at, cell in enumerate(ordered):
            yield (*key, str(at)), cell


def _key(cell: Cell) -> Key:
    """What a cell is of: its gold value; or, for an invented one, what it says."""
    of = (cell.article_id, cell.kind.value)
    if cell.state is CellState.SPURIOUS:
        # By its words, not by its speaker or group: if those alone changed, it is the same one.
        words = " / ".join(cell.predicted_quotes) or cell.key
        return (*of, "invented", cell.gold_incident or "", cell.predicted or "", words)
    return (*of, "gold", cell.gold_incident or "", cell.gold_id or "", _empty_key(cell))


def _empty_key(cell: Cell) -> str:
    """What tells cells without a gold id apart."""
    return "" if cell.gold_id else cell.key
