"""The one protocol of model, recording and rules: what a reader is, and what it gives back."""

from dataclasses import dataclass
from typing import Literal, Protocol

from extractor.codes import InputOutcome
from extractor.records import Attempt, Doubt, Left
from extractor.request import Request
from extractor.wire import WireAnswer


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A usable answer, with every call that was made for it."""

    answer: WireAnswer
    attempts: tuple[Attempt, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """How sure its claims are, by their ids in the answer; empty where the reader cannot tell."""
    left: tuple[Left, ...] = ()
    """What was seen and not claimed, with the reason."""


@dataclass(frozen=True, kw_only=True)
class NoAnswer:
    """No usable answer: how it ended, and what the reader did say."""

    outcome: Literal[
        InputOutcome.REFUSED,
        InputOutcome.INVALID,
        InputOutcome.TRUNCATED,
        InputOutcome.INFRA_ERROR,
    ]
    reason: str
    raw_answer: str | None = None
    attempts: tuple[Attempt, ...] = ()


class Reader(Protocol):
    """Whoever answers: a model, a recording, or the built-in rules."""

    @property
    def name(self) -> str:
        """How the reader is asked for: `baseline`, `openai/<model>`, `recorded:PATH`."""
        ...

    @property
    def needs_prompt(self) -> bool:
        """Whether requests to it carry messages."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hash of what decides its answers beside the request; equal means interchangeable."""
        ...

    async def read(self, request: Request) -> Answer | NoAnswer:
        """Answer one request.

        Raises:
            EndpointError: the endpoint refuses every call; the run should stop.
            RecordingError: a recording has no answer to the request.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
