"""What the built-in reader draws from an article: its answer, and what it left alone and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.wire import WireAnswer


@dataclass(frozen=True, kw_only=True)
class Left:
    """People whom the article says something of that was made no claim, and the reason.

    Reasons are fixed words: `accident`, `animal`, `pretended` (no armed violence, R0), `recalled`
    (context without a place or time of its own), `told` (said of people counted already),
    `headline` (the body governs, R14).
    """

    start: int
    end: int
    field: str
    """Where the words stand: `text` or `title`."""
    reason: str


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """An answer with the rule behind each of its claims."""

    answer: WireAnswer
    rules: Mapping[str, str] = field(default_factory=dict[str, str])
    """The rule that made a count or blame, by the id of the claim."""
    left: tuple[Left, ...] = ()
