"""A problem of a prompt pack: the file, the line, what is wrong, and what to do next."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class PromptProblem:
    """One thing in a pack that does not hold."""

    path: Path
    line: int | None = None
    """The line, from 1; `None` if it is about the whole file."""
    message: str
    step: str
    """What to do next."""

    def __str__(self) -> str:
        """One line: `FILE:LINE: what is wrong; what to do`."""
        at = f":{self.line}" if self.line else ""
        return f"{self.path}{at}: {self.message}; {self.step}"
