"""An estimate between two bounds."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Between:
    """A low and a high estimate of the same thing."""

    low: float
    high: float

    def __post_init__(self) -> None:
        assert self.low <= self.high, self

    def __add__(self, other: "Between") -> "Between":
        return Between(low=self.low + other.low, high=self.high + other.high)

    def times(self, number: float) -> "Between":
        """So many of it."""
        return Between(low=self.low * number, high=self.high * number)


NOTHING = Between(low=0.0, high=0.0)
