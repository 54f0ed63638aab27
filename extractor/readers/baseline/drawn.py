"""Drawn: an answer with the rule behind each of its claims, and what was seen and left."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.records import Left
from extractor.wire import WireAnswer


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What the rules make of an article.

    Reasons to leave people out are fixed words: `accident`, `animal`, `pretended` (no armed
    violence, R0), `recalled` (context without a place or time of its own), `told` (said of people
    counted already), `headline` (the body governs, R14), `other_language`.
    """

    answer: WireAnswer
    rules: Mapping[str, str] = field(default_factory=dict[str, str])
    """For each claim of the answer, by its id, the rule that found it."""
    left: tuple[Left, ...] = ()
    """What was seen and not claimed, with the reason."""
