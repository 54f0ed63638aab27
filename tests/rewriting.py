"""Runs as other code would have written them: their outcomes changed, their answers kept."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from commanding import outcomes

from extractor.store import seal

OTHER_CODE = "0" * 64
_OF_ANY_OUTCOME = ("schema_version", "source", "article", "reader", "prompt", "notices", "attempts")


def latest(folder: Path) -> dict[str, dict[str, Any]]:
    """The latest outcome of each article, without the checksum of its line."""
    found: dict[str, dict[str, Any]] = {}
    for one in outcomes(folder / "run"):
        found[one["article"]["id"]] = {k: v for k, v in one.items() if k != "sha256"}
    return found


def manifest(folder: Path, name: str = "run.json") -> dict[str, Any]:
    return json.loads((folder / "run" / name).read_text("utf-8"))


def as_other_code_wrote(
    folder: Path, **changed: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Change outcomes of a run by the ids of their articles, and have other code be its own."""
    run = folder / "run"
    lines: list[bytes] = []
    for one in outcomes(run):
        change = changed.get(one["article"]["id"], lambda told: told)
        told = {name: value for name, value in change(one).items() if name != "sha256"}
        lines.append(seal(json.dumps(told).encode()))
    (run / "outcomes.jsonl").write_bytes(b"".join(lines))
    (run / "index.sqlite").unlink(missing_ok=True)
    manifest = json.loads((run / "run.json").read_text("utf-8"))
    (run / "run.json").write_text(json.dumps({**manifest, "code_sha256": OTHER_CODE}), "utf-8")


def without_claims(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "cumulative": [], "incidents": []}


def without_flags(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "outcome": "read", "flags": []}


def lost(outcome: str, **attempt: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The change of a reading into a failure, as code would have written it that failed at it."""

    def change(told: dict[str, Any]) -> dict[str, Any]:
        kept = {name: told[name] for name in _OF_ANY_OUTCOME}
        attempts = [{**one, **attempt} for one in told["attempts"]] if attempt else []
        return {**kept, "outcome": outcome, "reason": "not understood", "attempts": attempts}

    return change
