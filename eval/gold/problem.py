"""Problems: what has to be mended in a gold folder, and where."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something in a gold folder that has to be mended."""

    file: Path
    """Where."""
    field: str
    """In which field of it: "incidents.0.counts.1.number"."""
    message: str
    """What is wrong, and what to do."""
    is_warning: bool = False
    """Whether the folder can be used all the same."""

    def __str__(self) -> str:
        warned = "warning: " if self.is_warning else ""
        return f"{self.file}: {self.field}: {warned}{self.message}"
