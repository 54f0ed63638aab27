"""The end of a job: how many inputs ended how, and why it ended there."""

from collections import Counter
from dataclasses import dataclass, field

from extractor.codes import InputOutcome
from extractor.errors import TollbookError
from extractor.jobs.batch import Waiting
from extractor.jobs.reading import READ
from extractor.jobs.totals import Totals


@dataclass(kw_only=True)
class Ended:
    """How a job ended."""

    tally: Counter[InputOutcome] = field(default_factory=Counter[InputOutcome])
    """How many inputs ended how, those known from before included."""
    stored: int = 0
    """How many of them were known from before."""
    stopped: TollbookError | None = None
    """Why it ended before its inputs did; empty if it did not."""
    interrupted: bool = False
    """Whether it was asked to stop."""
    totals: Totals | None = None
    """What the calls of the run came to, those of earlier times included."""
    answers_kept: int = 0
    """Answers that were taken from the run instead of being asked for."""
    waiting: Waiting = field(default_factory=Waiting)
    """What batches are still to bring."""
    priced_by: str | None = None
    """Who says what calls cost; empty if nobody does."""
    expected: int | None = None
    """How many inputs there are; empty where that is unknown."""

    @property
    def read(self) -> int:
        """How many inputs have a reading."""
        return sum(self.tally[outcome] for outcome in READ)
