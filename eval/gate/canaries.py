"""Canaries: a few claims that must be right, whatever the sums say.

A sum over hundreds of claims hides an error in a few; a canary does not. Each was right in the run
that was blessed, and is wrong in a later one only if something broke there.
"""

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.cells import Cell, CellKind, CellState
from eval.comparing.sides import Side
from eval.gate.findings import Finding, Rule
from extractor.errors import UsageError

_KINDS = (CellKind.COUNT, CellKind.BLAME, CellKind.PLACE, CellKind.DATE, CellKind.INCIDENT)
_TURNS = (  # every second one is a figure
    CellKind.COUNT,
    CellKind.BLAME,
    CellKind.COUNT,
    CellKind.PLACE,
    CellKind.COUNT,
    CellKind.DATE,
    CellKind.COUNT,
    CellKind.INCIDENT,
)
_HEADER = """\
# Claims that must be right, or the gate fails: chosen from what the blessed run has right by
# `tollbook eval bless`, one a story, over the kinds in turn. Strike one out if gold was wrong.
"""


class Canary(BaseModel):
    """A gold value that must be right."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    article_id: Annotated[str, Field(min_length=1)]
    kind: CellKind
    incident: str = ""
    """The gold incident; empty for a figure that covers more than one."""
    claim: str = ""
    """The gold claim; empty for the place or date of an incident."""

    @property
    def name(self) -> str:
        """What it is, in one word: `two-towns/i1/c2`."""
        told = (self.article_id, self.incident, self.claim or self.kind.value)
        return "/".join(one for one in told if one)


def pick_canaries(side: Side, many: int, *, seed: int = 0) -> tuple[Canary, ...]:
    """Claims that are right in every repeat, from as many stories, over the kinds in turn."""
    right = _right_everywhere(side)
    draw = random.Random(seed)
    by_kind: dict[CellKind, list[Cell]] = defaultdict(list)
    for one in sorted(right.values(), key=Cell.model_dump_json):
        by_kind[one.kind].append(one)
    for cells in by_kind.values():
        draw.shuffle(cells)
    picked, stories = list[Cell](), set[str]()
    while len(picked) < many and any(by_kind.values()):
        for kind in _TURNS:
            fresh = next((one for one in by_kind[kind] if one.story_id not in stories), None)
            if fresh is None:
                by_kind[kind] = []
            elif len(picked) < many:
                by_kind[kind].remove(fresh)
                stories.add(fresh.story_id)
                picked.append(fresh)
    return tuple(sorted(map(_canary, picked), key=lambda one: one.name))


def dead_canaries(side: Side, canaries: Iterable[Canary]) -> tuple[Finding, ...]:
    """The canaries that are wrong in every repeat of a run, or that gold has no more."""
    found: list[Finding] = []
    repeats = [{_canary(one): one for one in cells if _can_sing(one)} for cells in side.repeats]
    for canary in canaries:
        told = [one.get(canary) for one in repeats]
        if not any(told):
            words = f"{canary.name}: gold holds no such {canary.kind.value}; strike it out"
            found.append(Finding(rule=Rule.MISSING, name=canary.name, words=words))
        elif not any(one and one.state is CellState.CORRECT for one in told):
            cell = next(one for one in told if one)
            error = (cell.mistake or cell.state).value.replace("_", " ")
            got = f"{cell.predicted or 'not told'} ({error})"
            words = f"canary {canary.name}: gold has {cell.gold or 'it'}, the run {got}"
            found.append(Finding(rule=Rule.CANARY, name=canary.name, words=words))
    return tuple(found)


def write_canaries(canaries: Sequence[Canary]) -> str:
    """Canaries as the file that `read_canaries` reads."""
    blocks = (
        "\n[[canary]]\n"
        + "".join(
            f'{name} = "{value}"\n' for name, value in one.model_dump(mode="json").items() if value
        )
        for one in canaries
    )
    return _HEADER + "".join(blocks)


def read_canaries(path: Path) -> tuple[Canary, ...]:
    """The canaries of a file.

    Raises:
        UsageError: it is no such file.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        return tuple(Canary.model_validate(one) for one in told.get("canary", []))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise UsageError(f"{path}: the canaries cannot be read ({error})") from error


def _right_everywhere(side: Side) -> dict[Canary, Cell]:
    sung = [
        {_canary(one): one for one in cells if _can_sing(one) and one.state is CellState.CORRECT}
        for cells in side.repeats
    ]
    return {name: cell for name, cell in sung[0].items() if all(name in one for one in sung)}


def _can_sing(cell: Cell) -> bool:
    return cell.kind in _KINDS and cell.has_gold


def _canary(cell: Cell) -> Canary:
    return Canary(
        article_id=cell.article_id,
        kind=cell.kind,
        incident=cell.gold_incident or "",
        claim=cell.gold_id or "",
    )
