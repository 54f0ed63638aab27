"""What differs between two prompts: the system message, and the examples by their ids."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, cast

from extractor.prompt.pack import Prompt, PromptExample


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field of an example that is not the same: `None` where it was not there, or is not."""

    field: str
    """Where it stands, as in `answer.incidents.i1.counts.c2.number.lower`."""
    before: str | None
    """The value before, as JSON."""
    after: str | None
    """The value after, as JSON."""


@dataclass(frozen=True, kw_only=True)
class ExampleChange:
    """An example that both prompts have, and the fields of it that differ."""

    id: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, kw_only=True)
class PromptDifference:
    """How one prompt differs from another; the schema of the answer is the same for both."""

    system: tuple[str, ...]
    """Lines of a unified diff of the rendered system messages, without line ends."""
    added: tuple[str, ...]
    """Ids of examples that only the second has."""
    removed: tuple[str, ...]
    """Ids of examples that only the first has."""
    changed: tuple[ExampleChange, ...]
    moved: bool
    """Whether the examples of both stand in another order."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs but the id."""
        return not (self.system or self.added or self.removed or self.changed or self.moved)


def compare_prompts(before: Prompt, after: Prompt) -> PromptDifference:
    """What differs between two prompts, whatever their ids are."""
    old = {_key(n, before): example for n, example in enumerate(before.examples)}
    new = {_key(n, after): example for n, example in enumerate(after.examples)}
    both = [key for key in old if key in new]
    return PromptDifference(
        system=tuple(
            unified_diff(
                before.system.split("\n"),
                after.system.split("\n"),
                f"{before.id}/system",
                f"{after.id}/system",
                lineterm="",
            )
        ),
        added=tuple(key for key in new if key not in old),
        removed=tuple(key for key in old if key not in new),
        changed=tuple(
            ExampleChange(id=key, fields=fields)
            for key in both
            if (fields := tuple(_changes(old[key], new[key])))
        ),
        moved=both != [key for key in new if key in old],
    )


def _key(n: int, prompt: Prompt) -> str:
    """The id of an example, numbered from its second time on."""
    own = prompt.examples[n].id
    times = sum(example.id == own for example in prompt.examples[:n])
    return f"{own} ({times + 1})" if times else own


def _changes(before: PromptExample, after: PromptExample) -> Iterator[FieldChange]:
    old, new = (dict(_leaves(one.model_dump(mode="json"))) for one in (before, after))
    for field in dict.fromkeys((*old, *new)):
        if old.get(field) != new.get(field):
            yield FieldChange(field=field, before=old.get(field), after=new.get(field))


def _leaves(node: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every value with where it stands; a part that has an id goes by it, another by its number."""
    parts: dict[str, Any] = {}
    if isinstance(node, dict):
        parts = cast("dict[str, Any]", node)
    elif isinstance(node, list):
        parts = _named(cast("list[Any]", node))
    if not parts:
        yield at, json.dumps(node, ensure_ascii=False)
    for name, part in parts.items():
        yield from _leaves(part, f"{at}.{name}" if at else name)


def _named(parts: list[Any]) -> dict[str, Any]:
    ids = [str(cast("dict[str, Any]", p).get("id", "")) for p in parts if isinstance(p, dict)]
    if len(ids) == len(parts) and all(ids) and len(set(ids)) == len(ids):
        return dict(zip(ids, parts, strict=True))
    return {str(n): part for n, part in enumerate(parts)}
