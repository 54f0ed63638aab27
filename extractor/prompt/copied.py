"""Words that a prompt shares with an article of a gold set: what is graded may not be taught."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from extractor.prompt.pack import PromptExample
from extractor.prompt.showing import INVENTED

_RUN = 8
"""Words in a row that two texts share by copying, hardly by chance."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The first run of words that a part of a prompt shares with a gold article."""

    part: str
    article: str
    words: str


def find_copies(parts: Mapping[str, Sequence[str]], gold: Path) -> Iterator[Copy]:
    """For each part of a prompt and each gold article, the first run of words they share.

    Args:
        parts: the texts of each part of the prompt, by what it is called.
        gold: a gold folder, with an article a file in `articles/`; what is no JSON is passed over.
    """
    runs: dict[tuple[str, ...], list[str]] = {}
    for part, texts in parts.items():
        for run in dict.fromkeys(_runs_of_all(text.replace(INVENTED, "") for text in texts)):
            runs.setdefault(run, []).append(part)
    for path in sorted((gold / "articles").rglob("*.json")):
        told: set[str] = set()
        for run in _runs_of_all(_article(path)):
            for part in runs.get(run, ()):
                if part not in told:
                    told.add(part)
                    yield Copy(part=part, article=path.stem, words=" ".join(run))


def texts_of(example: PromptExample) -> tuple[str, ...]:
    """Everything an example says in words: its title, its text, and the strings of its answer."""
    return tuple(_strings(example.model_dump(mode="json")))


def _article(path: Path) -> Iterator[str]:
    try:
        yield from _strings(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from _strings(list(cast("dict[str, Any]", node).values()))
    elif isinstance(node, list):
        for part in cast("list[Any]", node):
            yield from _strings(part)


def _runs_of_all(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        for start in range(len(words) - _RUN + 1):
            yield tuple(words[start : start + _RUN])
