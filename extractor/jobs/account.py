"""An account: what a run or an article came to, what is set aside in it, and its caps."""

from dataclasses import dataclass, field

from extractor.jobs.cost import Cost, dollars
from extractor.jobs.price import Lane

_PICO = 1e12  # of a dollar: whole ones are added up exactly, however many calls there are


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
    """What is set aside for calls under way; `hold` and `end` change it."""

    def __post_init__(self) -> None:
        self._held_tokens = self._held_picos = 0
        self._counted_picos = _picos(self.counted)

    def hold(self, reservation: Reservation) -> None:
        """Set aside what a call can come to."""
        self.held.add(reservation)
        self._held_tokens += reservation.most.tokens
        self._held_picos += _picos(reservation.most)

    def end(self, reservation: Reservation, cost: Cost) -> None:
        """Count what it did come to instead."""
        self.held.remove(reservation)
        self._held_tokens -= reservation.most.tokens
        self._held_picos -= _picos(reservation.most)
        self.counted += cost
        self._counted_picos += _picos(cost)

    def obstacle(self, most: Cost) -> str | None:
        """Which cap one more call may break, what is counted, and what to do; empty if none."""
        used = self.counted.tokens + self._held_tokens + most.tokens
        if self.tokens is not None and used > self.tokens:
            return self._tell(
                f"{self.tokens:,} tokens",
                f"{self.counted.tokens:,} are counted, and the next call may take {most.tokens:,}",
                option="--max-tokens",
            )
        spent = self._counted_picos + self._held_picos + _picos(most)
        if self.usd is not None and spent > self.usd * _PICO:
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


def _picos(cost: Cost) -> int:
    return round((cost.usd or 0.0) * _PICO)
