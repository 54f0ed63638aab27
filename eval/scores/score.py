"""The score: one figure, the counts it comes from, and how far it may be off."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.intervals import Interval

Unit = Literal["share", "km", "days", "log", "ratio", "points"]


class Told(BaseModel):
    """A part of a summary."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Score(Told):
    """One figure with its counts."""

    name: str
    """Its name for a program: `count.f1`."""
    label: str
    """Its name for a person."""
    unit: Unit = "share"
    """`share` and `ratio` are of 1; `log` is the natural logarithm of a ratio."""
    value: float | None
    """Unrounded; empty over nothing."""
    counts: dict[str, int]
    """What it was computed from: `right` and `of`; or `tp`, `fp` and `fn`; or `of`."""
    interval: Interval | None = None
    """Over clusters; empty where they are too few for one, or none was asked for."""
    articles: int = 0
    """Articles that have one of its cells."""
    clusters: int = 0
    """Stories that have one."""
    cells: int = 0
    """Cells it rests on."""

    @property
    def tally(self) -> str:
        """Its counts for a person: "41 of 48", "41 right, 4 false, 3 lost"."""
        counts = self.counts
        if "right" in counts:
            return f"{counts['right']} of {counts['of']}"
        if "tp" in counts:
            return f"{counts['tp']} right, {counts['fp']} false, {counts['fn']} lost"
        if "one" in counts:
            return f"{counts['one']} and {counts['other']} cells"
        if "groups" in counts:
            return f"over {counts['groups']} groups"
        return f"over {counts['of']}"


class Table(Told):
    """A table of counts: rows are gold, columns are what was predicted."""

    name: str
    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        """The sum of all counts."""
        return sum(map(sum, self.counts))


class Section(Told):
    """Scores that belong together, and the tables beside them."""

    name: str
    title: str
    scores: tuple[Score, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader of these figures must know."""
