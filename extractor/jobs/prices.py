"""Prices: what a call of a model at an endpoint costs in US dollars, and who says so.

A file of the user's outweighs the table of well-known hosts. A host that is not well known has no
price in the table, whatever its models are called: nobody here knows what it asks.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from extractor.jobs.price import Lane, Price, Tariff
from extractor.jobs.price_file import PriceFile, read_price_file
from extractor.jobs.price_table import find_listed
from extractor.readers.exchange import Usage

_LONGEST = 26  # hours that a call may be on its way, so that its price may change meanwhile


def _now() -> datetime:
    return datetime.now(UTC)


def open_prices(path: Path | None = None) -> "Prices":
    """The prices to go by: those of a file, if one is named, then those of well-known hosts.

    Raises:
        UsageError: the file cannot be read, or something in it is wrong.
    """
    return Prices(read_price_file(path) if path else None)


class Prices:
    """What calls cost; every price is looked up once."""

    def __init__(self, own: PriceFile | None = None, *, now: Callable[[], datetime] = _now) -> None:
        self._own = own
        self._now = now
        self._tariffs: dict[tuple[str, str, Lane], Tariff | None] = {}
        self._dearest: tuple[Tariff, datetime, list[Price]] | None = None

    def of(self, model: str, base_url: str, usage: Usage, *, lane: Lane = "live") -> float | None:
        """What a call cost; empty, never 0, if no price or no usage is known.

        Args:
            model: as the call names it.
            base_url: of the endpoint.
            usage: what the endpoint said it counted; cached tokens are priced as such, and
                reasoning is a part of the output.
            lane: how the call was made.
        """
        tariff = self._tariff(model, base_url, lane)
        return tariff.at(self._now()).of(usage) if tariff else None

    def most(
        self, model: str, base_url: str, *, prompt: int, output: int, lane: Lane = "live"
    ) -> float | None:
        """What a call with no more tokens than these can cost at most; empty if that is unknown.

        Where the price changes with time, that is the highest it has until a call of now is over.
        """
        tariff = self._tariff(model, base_url, lane)
        if tariff is None:
            return None
        prices = self._until_over(tariff)
        return max(price.most(prompt=prompt, output=output) for price in prices)

    def find(self, model: str, base_url: str, *, lane: Lane = "live") -> Price | None:
        """The price of now, with its source; empty if none is known."""
        tariff = self._tariff(model, base_url, lane)
        return tariff.at(self._now()) if tariff else None

    def _until_over(self, tariff: Tariff) -> list[Price]:
        """The prices that a call of now may have until it is over, worked out once an hour."""
        hour = self._now().replace(minute=0, second=0, microsecond=0)
        if self._dearest is None or self._dearest[:2] != (tariff, hour):
            ahead = range(_LONGEST + 1 if tariff.changes else 1)
            prices = [tariff.at(hour + timedelta(hours=hours)) for hours in ahead]
            self._dearest = (tariff, hour, prices)
        return self._dearest[2]

    def _tariff(self, model: str, base_url: str, lane: Lane) -> Tariff | None:
        key = (model, base_url, lane)
        if key not in self._tariffs:
            self._tariffs[key] = self._look_up(*key)
        return self._tariffs[key]

    def _look_up(self, model: str, base_url: str, lane: Lane) -> Tariff | None:
        own = self._own.find(model, base_url, lane=lane) if self._own else None
        if own is not None:
            return Tariff(at=lambda moment: own, changes=False)
        return find_listed(model, base_url, lane=lane)
