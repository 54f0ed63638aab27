"""The pass of a run over its inputs: whether the last one that was begun went to their end."""

import json
from pathlib import Path
from typing import Any, cast

from extractor.store.folder import PASS, put_file, unwritable

_ENDED = "ended"


def note_pass(folder: Path, *, ended: bool) -> None:
    """Note that a pass begins, or that it went to the end of its inputs.

    Args:
        folder: of the run.
        ended: whether every input was taken.

    Raises:
        StoreError: it cannot be written.
    """
    try:
        put_file(folder, PASS, json.dumps({_ENDED: ended}).encode() + b"\n")
    except OSError as error:
        raise unwritable(folder, error) from error


def has_passed(folder: Path) -> bool | None:
    """Whether the last pass went to the end of its inputs; empty if nobody noted that.

    Earlier versions noted nothing.
    """
    try:
        noted: object = json.loads((folder / PASS).read_bytes())
    except (OSError, ValueError):
        return None
    ended = cast("dict[str, Any]", noted).get(_ENDED) if isinstance(noted, dict) else None
    return ended if isinstance(ended, bool) else None
