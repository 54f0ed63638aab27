"""The price of a model: US dollars per million tokens, and what a call comes to at them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from extractor.readers.exchange import Usage

Lane = Literal["live", "batch"]
"""How calls are made: one by one at once, or as a file that is worked off within a day."""

_MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Rates:
    """US dollars for a million tokens of each kind."""

    input: float
    output: float
    cached: float | None = None
    """For input read from the host's cache; empty if that is no cheaper."""
    written: float | None = None
    """For input written to that cache; empty if that is no dearer."""

    def times(self, factor: float) -> "Rates":
        """The same rates at a discount."""
        return Rates(
            input=self.input * factor,
            output=self.output * factor,
            cached=None if self.cached is None else self.cached * factor,
            written=None if self.written is None else self.written * factor,
        )


@dataclass(frozen=True, kw_only=True)
class Price:
    """What a model costs, and who says so."""

    source: str
    rates: Rates
    steps: tuple[tuple[int, Rates], ...] = ()
    """Other rates for a whole call whose prompt has more than so many tokens, in rising order."""

    def of(self, usage: Usage) -> float | None:
        """US dollars for a call; empty if its tokens are not known."""
        prompt, output = usage.prompt_tokens, usage.output_tokens
        if prompt is None or output is None:
            return None
        rates = self._rates(prompt)
        cached = min(usage.cached_tokens or 0, prompt)
        written = min(usage.written_tokens or 0, prompt - cached)
        paid = (
            (prompt - cached - written) * rates.input
            + cached * (rates.input if rates.cached is None else rates.cached)
            + written * (rates.input if rates.written is None else rates.written)
            + output * rates.output
        )
        return paid / _MILLION

    def most(self, *, prompt: int, output: int) -> float:
        """US dollars that a call can come to at most, with no more tokens than these."""
        reached = [self.rates, *(rates for start, rates in self.steps if prompt > start)]
        return (
            max(
                prompt * max(rates.input, rates.written or 0.0, rates.cached or 0.0)
                + output * rates.output
                for rates in reached
            )
            / _MILLION
        )

    def at(self, factor: float, source: str) -> "Price":
        """The same price at a discount, and who says that it is given."""
        steps = tuple((start, rates.times(factor)) for start, rates in self.steps)
        return replace(self, source=source, rates=self.rates.times(factor), steps=steps)

    def _rates(self, prompt: int) -> Rates:
        reached = [rates for start, rates in self.steps if prompt > start]
        return reached[-1] if reached else self.rates


@dataclass(frozen=True, kw_only=True)
class Tariff:
    """The price of a model over time: some hosts are cheaper by night, or announce new prices."""

    at: Callable[[datetime], Price]
    changes: bool
    """Whether the price is not the same at all times."""
