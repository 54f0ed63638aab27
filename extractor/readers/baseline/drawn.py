"""Drawn: an answer with the rule behind each of its claims, and what was seen and left."""

from collections.abc import Mapping
from dataclasses import dataclass

from extractor.records import Left
from extractor.wire import WireAnswer


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What the rules make of an article."""

    answer: WireAnswer
    rules: Mapping[str, str]
    """For each claim of the answer, by its id, the rule that found it."""
    left: tuple[Left, ...]
    """What was seen and not claimed, with the reason."""
