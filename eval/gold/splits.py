"""Splits: which articles are kept for what, and the hash that freezes such a choice."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from eval.gold.problem import Problem


@dataclass(frozen=True, kw_only=True)
class Splits:
    """What a `splits.toml` says."""

    pairs: tuple[tuple[str, str], ...] = ()
    """Article id and split."""
    frozen: tuple[tuple[str, str], ...] = ()
    """Split and the hash of its articles."""


def frozen_hash(texts: Iterable[tuple[str, str]]) -> str:
    """The hash of a split: SHA-256 of a line "ID TEXT_SHA256" for each article, sorted.

    Labels may be mended under it; no article comes in, goes out or is rewritten.

    Args:
        texts: id and text hash of each article of the split.
    """
    lines = sorted(f"{name} {text}\n" for name, text in texts)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def splits_toml(splits: Splits, heading: str = "Articles of one story stand in one split.") -> str:
    """A `splits.toml`: each split with its articles in order, and the hashes of the frozen ones."""
    lines = [f"# {heading}", "", "[splits]"]
    for name in dict.fromkeys(split for _, split in splits.pairs):
        ids = sorted(article_id for article_id, split in splits.pairs if split == name)
        lines += [f"{name} = [", *(f"  {json.dumps(one)}," for one in ids), "]"]
    if splits.frozen:
        lines += ["", "[frozen]", *(f"{name} = {json.dumps(one)}" for name, one in splits.frozen)]
    return "\n".join([*lines, ""])


def read_splits(path: Path, problems: list[Problem]) -> Splits:
    """Read a `splits.toml`; what is wrong in it is added to the problems."""
    needs = "it needs a table [splits] with a list of article ids for each split"
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"it is no TOML ({error}); {needs}"
        problems.append(Problem(file=path, field="file", message=message))
        return Splits()
    divided, frozen = told.get("splits"), told.get("frozen", {})
    if not isinstance(divided, dict):
        problems.append(Problem(file=path, field="splits", message=needs))
        return Splits()
    pairs: list[tuple[str, str]] = []
    for name, listed in cast("dict[str, Any]", divided).items():
        ids = cast("list[Any]", listed) if isinstance(listed, list) else [None]
        named = [one for one in ids if isinstance(one, str)]
        pairs += [(one, name) for one in named]
        if len(named) < len(ids):
            field, message = f"splits.{name}", "it must be a list of article ids in quotes"
            problems.append(Problem(file=path, field=field, message=message))
    return Splits(pairs=tuple(pairs), frozen=_frozen(frozen, path, problems))


def _frozen(told: Any, path: Path, problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    """The table [frozen], with a hash for each split."""
    hashes = cast("dict[str, Any]", told) if isinstance(told, dict) else {"": told}
    if all(isinstance(one, str) for one in hashes.values()):
        return tuple(hashes.items())
    message = 'it must be a table of hashes in quotes: gate = "…"'
    problems.append(Problem(file=path, field="frozen", message=message))
    return ()
