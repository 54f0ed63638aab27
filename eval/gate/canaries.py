"""Canaries: a few claims that must be right, whatever the sums say.

A sum over hundreds of claims hides an error in a few; a canary does not. Each was right in the run
that was blessed, and is wrong in a later one only if something broke there.
"""

import json
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
# `tollbook eval bless`, one a story, over the kinds in turn; they stay as long as they are right.
# Where gold was wrong, put the name of the canary, as the gate prints it, into `struck`.
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


def pick_canaries(
    side: Side,
    many: int,
    *,
    seed: int = 0,
    kept: Sequence[Canary] = (),
    struck: Iterable[str] = (),
) -> tuple[Canary, ...]:
    """Claims that are right in every repeat, from as many stories, over the kinds in turn.

    Args:
        side: the run that is blessed.
        many: how many, those that are kept included.
        seed: of the choice.
        kept: earlier canaries, which stay as long as they are right.
        struck: names of those that a person struck out.
    """
    out = set(struck)
    right = {one: cell for one, cell in _right_everywhere(side).items() if one.name not in out}
    old = [one for one in kept if one in right][:many]
    draw = random.Random(seed)
    by_kind: dict[CellKind, list[Cell]] = defaultdict(list)
    for one in sorted(right.values(), key=Cell.model_dump_json):
        by_kind[one.kind].append(one)
    for cells in by_kind.values():
        draw.shuffle(cells)
    picked, stories = list[Cell](), {right[one].story_id for one in old}
    while len(picked) + len(old) < many and any(by_kind.values()):
        for kind in _TURNS:
            fresh = next((one for one in by_kind[kind] if one.story_id not in stories), None)
            if fresh is None:
                by_kind[kind] = []
            elif len(picked) + len(old) < many:
                by_kind[kind].remove(fresh)
                stories.add(fresh.story_id)
                picked.append(fresh)
    return tuple(sorted([*old, *map(_canary, picked)], key=lambda one: one.name))


def dead_canaries(
    side: Side, canaries: Iterable[Canary], *, is_sure: bool = True
) -> tuple[Finding, ...]:
    """The canaries that are wrong in every repeat of a run, or that gold has no more.

    One repeat of a reader that answers differently each time is not sure: a canary that is wrong
    there leaves the verdict open.
    """
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
            words = f"canary {canary.name}: {canary.kind.value} is not right ({error})"
            rule = Rule.CANARY if is_sure else Rule.UNSURE
            found.append(Finding(rule=rule, name=canary.name, words=words))
    return tuple(found)


def write_canaries(canaries: Sequence[Canary], struck: Sequence[str] = ()) -> str:
    """Canaries as the file that `read_canaries` reads."""
    names = ", ".join(json.dumps(one, ensure_ascii=False) for one in struck)
    blocks = (
        "\n[[canary]]\n"
        + "".join(
            f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
            for name, value in one.model_dump(mode="json").items()
            if value
        )
        for one in canaries
    )
    return f"{_HEADER}struck = [{names}]\n" + "".join(blocks)


def read_canaries(path: Path) -> tuple[Canary, ...]:
    """The canaries of a file.

    Raises:
        UsageError: it is no such file.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        struck = set(told.get("struck", []))
        found = (Canary.model_validate(one) for one in told.get("canary", []))
        return tuple(one for one in found if one.name not in struck)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise UsageError(f"{path}: the canaries cannot be read ({error})") from error


def read_struck(path: Path) -> tuple[str, ...]:
    """The names that a person struck out of a file of canaries.

    Raises:
        UsageError: it is no such file.
    """
    try:
        return tuple(map(str, tomllib.loads(path.read_text("utf-8")).get("struck", [])))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
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
