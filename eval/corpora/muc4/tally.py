"""The arithmetic of the 1992 evaluation: fills counted by how they stand, and what they come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Fills of one row of a report, counted by how they stand to the key."""

    correct: int = 0
    partial: int = 0
    """Half right; each is worth half a correct one."""
    incorrect: int = 0
    spurious: int = 0
    missing: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(
            correct=self.correct + other.correct,
            partial=self.partial + other.partial,
            incorrect=self.incorrect + other.incorrect,
            spurious=self.spurious + other.spurious,
            missing=self.missing + other.missing,
        )

    @property
    def credit(self) -> float:
        """What the fills earn."""
        return self.correct + self.partial / 2

    @property
    def possible(self) -> int:
        """Fills that the key asks for."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> int:
        """Fills that were answered."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def recall(self) -> float | None:
        """Credit over what is possible; empty if nothing is."""
        return self.credit / self.possible if self.possible else None

    @property
    def precision(self) -> float | None:
        """Credit over what was answered; empty if nothing was."""
        return self.credit / self.actual if self.actual else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of recall and precision.

        No answers to a key that has fills are 0, as no credit is; nothing on both sides is empty.
        """
        both = self.possible + self.actual
        return 2 * self.credit / both if both else None

    @property
    def counts(self) -> dict[str, int]:
        """The row as the reports of 1992 print it."""
        return {
            "possible": self.possible,
            "actual": self.actual,
            "correct": self.correct,
            "partial": self.partial,
            "incorrect": self.incorrect,
            "spurious": self.spurious,
            "missing": self.missing,
        }


def total(tallies: Iterable[Tally]) -> Tally:
    """One row for several."""
    return sum(tallies, Tally())


def printed_percent(credit: float, of: int) -> int | None:
    """A percentage as the reports of 1992 print it; empty (they print `*`) over nothing.

    They cut it to tenths and round a half to the even number: 56.7 is 57, but 28.57 is 28.
    """
    if not of:
        return None
    whole, tenths = divmod(int(2 * credit) * 1000 // (2 * of), 10)
    goes_up = tenths > 5 or (tenths == 5 and whole % 2 == 1)
    return whole + 1 if goes_up else whole


def printed_f(recall: int, precision: int) -> float:
    """The headline F of a report, which is computed from its printed percentages."""
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
