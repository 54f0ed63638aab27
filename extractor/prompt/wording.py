"""Words in backticks that look like a fixed word or a field of an answer, and are none."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, cast

from extractor.prompt.problem import PromptProblem
from extractor.prompt.template import read_plain_parts
from extractor.wire import strict_schema

_QUOTED = re.compile(r"(?<!`)`([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)`(?!`)")
_JSON = frozenset({"true", "false", "null"})
_ALIKE = 0.8  # at_leats is like at_least; "near", a word of another field, is like no other


def find_unknown_words(path: Path, text: str) -> Iterator[PromptProblem]:
    """Each word in backticks of a template that an answer neither may hold nor has as a field.

    An unknown word counts if it is written as those are, with an underscore or a dot, or looks
    much like one of them; any other may be a word of the prompt's own.
    """
    for line, part in read_plain_parts(text):
        for found in _QUOTED.finditer(part):
            words = found[1]
            if all(word in answer_words() for word in words.split(".")):
                continue
            alike = _alike(words)
            if alike or "_" in words or "." in words:
                yield PromptProblem(
                    path=path,
                    line=line + part.count("\n", 0, found.start()),
                    message=f"`{words}` is no fixed word and no field of an answer",
                    step=f"did you mean `{alike}`?" if alike else "`tollbook schema wire` has all",
                )


@cache
def answer_words() -> frozenset[str]:
    """The words that an answer may hold, the names of its fields, and those of JSON."""
    return frozenset(_words(strict_schema())) | _JSON


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        parts = cast("dict[str, Any]", node)
        yield from parts.get("enum", ())
        properties = parts.get("properties", {})
        yield from properties
        for name, part in parts.items():
            yield from _words(list(properties.values()) if name == "properties" else part)
    elif isinstance(node, list):
        for part in cast("list[Any]", node):
            yield from _words(part)


def _alike(words: str) -> str | None:
    parts = [
        part
        if part in answer_words()
        else next(iter(get_close_matches(part, sorted(answer_words()), n=1, cutoff=_ALIKE)), None)
        for part in words.split(".")
    ]
    return None if None in parts else ".".join(part for part in parts if part)
