"""The cost of calls: tokens, and US dollars where they are known."""

import math
from dataclasses import dataclass

_DIGITS = 3  # of an amount below a dollar, so that a thousandth of a cent is not shown as nothing


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What calls came to, or can come to."""

    tokens: int = 0
    """Of prompts and answers."""
    usd: float | None = None
    """Empty where no price is known, which is not 0; of several calls, that of those with one."""

    def __add__(self, other: "Cost") -> "Cost":
        known = [usd for usd in (self.usd, other.usd) if usd is not None]
        return Cost(tokens=self.tokens + other.tokens, usd=sum(known) if known else None)


def dollars(usd: float) -> str:
    """An amount of money for people to read."""
    if not 0 < usd < 1:
        return f"${usd:,.2f}"
    places = max(2, _DIGITS - 1 - math.floor(math.log10(usd)))
    whole, _, fraction = f"{usd:.{places}f}".partition(".")
    return f"${whole}.{fraction.rstrip('0').ljust(2, '0')}"
