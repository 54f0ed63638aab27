"""An account: what a run or an article came to, what is set aside in it, and its caps."""

import math
from dataclasses import dataclass, field

from extractor.jobs.cost import Cost, dollars
from extractor.jobs.price import Lane

_HAIR = 1e-9  # US dollars: sums of floats are not exact


@dataclass(frozen=True, kw_only=True, eq=False)
class Reservation:
    """What is set aside for one call."""

    article_id: str
    model: str
    lane: Lane
    most: Cost


@dataclass(kw_only=True)
class Account:
    """A run, or an article of it."""

    article_id: str | None = None
    """Empty for the run."""
    usd: float | None
    """The cap in US dollars; empty if there is none."""
    tokens: int | None
    counted: Cost = field(default_factory=Cost)
    """What it came to; calls whose cost is not known count with the most it can be."""
    held: set[Reservation] = field(default_factory=set[Reservation])
    """What is set aside for calls under way."""

    def obstacle(self, most: Cost) -> str | None:
        """Which cap one more call may break, what is counted, and what to do; empty if none."""
        used = self.counted.tokens + sum(one.most.tokens for one in self.held)
        if self.tokens is not None and used + most.tokens > self.tokens:
            return self._tell(
                f"{self.tokens:,} tokens",
                f"{self.counted.tokens:,} are counted, and the next call may take {most.tokens:,}",
                option="--max-tokens",
            )
        spent = [self.counted.usd, *(one.most.usd for one in self.held), most.usd]
        if self.usd is not None and math.fsum(usd or 0.0 for usd in spent) > self.usd + _HAIR:
            return self._tell(
                dollars(self.usd),
                f"{dollars(self.counted.usd or 0.0)} is counted, and the next call may cost "
                f"{dollars(most.usd or 0.0)}",
                option="--max-usd",
            )
        return None

    def _tell(self, cap: str, why: str, *, option: str) -> str:
        if self.article_id is None:
            end = f"raise {option} and run the same command again to go on"
            return f"the cap of {cap} for the run is reached: {why}; {end}"
        end = f"raise {option}-per-article and run the same command again to read it"
        return f"the cap of {cap} for one article is reached: {why}; {end}"
