"""Problems planted in a copy of the small gold set, and what lint says of them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eval.lint import lint_gold, tidy_gold

FIXTURES = Path(__file__).parent / "scoring" / "gold"
Told = dict[str, Any]
Change = Callable[[Told], object]


def copied(target: Path) -> Path:
    """A copy of the clean gold set, to plant problems in."""
    shutil.copytree(FIXTURES, target, ignore=shutil.ignore_patterns("labels"))
    return target


def plant(folder: Path, name: str, change: Change, *, kind: str = "records") -> Path:
    """Change a file of a gold folder."""
    path = folder / kind / f"{name}.json"
    told = json.loads(path.read_text("utf-8"))
    change(told)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path


def found(folder: Path) -> dict[tuple[str, str], str]:
    """The problems by file and field, once the files are in the usual form."""
    tidy_gold(folder)
    return {(one.file.name, one.field): one.message for one in lint_gold(folder)}


def incident(told: Told, n: int = 0) -> Told:
    """An incident of a label."""
    return told["incidents"][n]


def count(told: Told, n: int, of: int = 0) -> Told:
    """A count claim of an incident."""
    return incident(told, of)["counts"][n]


def blame(told: Told, n: int = 0, of: int = 0) -> Told:
    """A blame of an incident."""
    return incident(told, of)["blames"][n]


def place(told: Told) -> Told:
    """The main place of the first incident."""
    return incident(told)["places"][0]
