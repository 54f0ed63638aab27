"""Templates, keys and rows of MUC-4, written for tests in the corpus's own form."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.corpora.muc4.keys import Fill, Slot, Template

TEXT = (
    "   SAN SALVADOR, 4 FEB 90 (ACAN-EFE) -- [TEXT] GUERRILLAS OF THE NORTHERN FRONT TODAY KILLED\n"
    "SIX PEASANTS IN CHINAMECA, THE ARMY SAID."
)

RAW: dict[str, list[str]] = {
    "MESSAGE: TEMPLATE": ["1"],
    "INCIDENT: DATE": ["04 FEB 90"],
    "INCIDENT: LOCATION": ["EL SALVADOR: CHINAMECA (TOWN)"],
    "INCIDENT: TYPE": ["ATTACK"],
    "INCIDENT: STAGE OF EXECUTION": ["ACCOMPLISHED"],
    "PERP: INDIVIDUAL ID": ['"GUERRILLAS"'],
    "PERP: ORGANIZATION ID": ['"NORTHERN FRONT" / "NF"'],
    "PERP: ORGANIZATION CONFIDENCE": [
        'SUSPECTED OR ACCUSED BY AUTHORITIES: "NORTHERN FRONT" / "NF"'
    ],
    "HUM TGT: NAME": ["-"],
    "HUM TGT: DESCRIPTION": ['"PEASANTS"'],
    "HUM TGT: TYPE": ['CIVILIAN: "PEASANTS"'],
    "HUM TGT: NUMBER": ['6: "PEASANTS"'],
    "HUM TGT: EFFECT OF INCIDENT": ['DEATH: "PEASANTS"'],
}


def raw(**changed: Sequence[str]) -> dict[str, list[str]]:
    """Slots of a key; `TYPE=[…]` changes the one whose name ends so."""
    found = {name: list(lines) for name, lines in RAW.items()}
    for end, lines in changed.items():
        fitting = [name for name in found if name.replace(":", "").endswith(end.replace("_", " "))]
        found[fitting[-1]] = list(lines)
    return found


def labels(*templates: Mapping[str, list[str]], relevant: bool = True) -> dict[str, Any]:
    """Labels of a document with these templates."""
    return {"relevant": relevant, "templates": [{"raw_slots": dict(one)} for one in templates]}


def row(id: str = "d1", *templates: Mapping[str, list[str]], **changed: Any) -> dict[str, Any]:  # noqa: A002
    """A line of a file: one template unless told otherwise."""
    told = labels(*(templates or (raw(),)))
    return {"id": id, "text": TEXT, "date": "4 FEB 90", "labels": told, **changed}


def write_file(path: Path, *rows: object) -> Path:
    """A file of these rows."""
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def fill(*values: str, refs: Sequence[str] = (), optional: bool = False) -> Fill:
    """A fill of these alternatives."""
    return Fill(values=values, refs=tuple(refs), optional=optional)


def template(id: str = "1", *, optional: bool = False, **fills: Fill | Sequence[Fill]) -> Template:  # noqa: A002
    """A template; a slot is called by its name in lower case: `organisation=fill("NF")`.

    It is an attack on peasants unless told otherwise.
    """
    told = {"type": fill("ATTACK"), "victim": fill("PEASANTS"), **fills}
    whole = {name: (one,) if isinstance(one, Fill) else tuple(one) for name, one in told.items()}
    return Template(
        id=id,
        optional=optional,
        fills={Slot[name.upper()]: fills for name, fills in whole.items() if fills},
    )
