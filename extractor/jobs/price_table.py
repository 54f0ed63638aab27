"""The price table that comes with genai-prices: what well-known hosts ask for their models.

It is read as it was installed and never fetched anew. It takes long to load, so it is loaded when
a price is first asked for.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from extractor.jobs.price import Lane, Price, Rates, Tariff

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, ModelPrice, Provider, TieredPrices

_DISTRIBUTION = "genai-prices"

# Only hosts that bill every account by one public list, by the model's own name. A gateway, a
# cloud where customers name their deployments, a region with a surcharge or a server of one's own
# may offer a model of the same name at any price.
_HOSTS: Mapping[str, str] = {
    "api.openai.com": "openai",
    "api.anthropic.com": "anthropic",
    "api.cerebras.ai": "cerebras",
    "api.cohere.ai": "cohere",
    "api.cohere.com": "cohere",
    "api.deepseek.com": "deepseek",
    "api.fireworks.ai": "fireworks",
    "api.groq.com": "groq",
    "api.mistral.ai": "mistral",
    "api.moonshot.ai": "moonshotai",
    "api.novita.ai": "novita",
    "api.together.xyz": "together",
    "api.x.ai": "x-ai",
    "api.z.ai": "zai",
    "generativelanguage.googleapis.com": "google",
    "openrouter.ai": "openrouter",
}
_TOKENS = ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok")
# What other uses of a model cost: pictures, sound, searches, and caches kept on demand.
_OTHER_USES = ("image", "audio", "video", "document", "search", "_1h_")
_BATCH = {"processing": "batch"}

BATCH_HALF = 0.5
"""What OpenAI asks in its Batch API, of the price of the same call made at once."""


def find_provider(base_url: str) -> str | None:
    """Who bills the calls to an address by a public list; empty if that is not known."""
    parts = urlsplit(base_url)
    try:
        usual = parts.port in (None, 443)
    except ValueError:
        return None
    host = parts.hostname if parts.scheme == "https" and usual else None
    return _HOSTS.get(host or "")


def find_listed(model: str, base_url: str, *, lane: Lane) -> Tariff | None:
    """What the host of an address asks for a model, if the table knows both."""
    name = find_provider(base_url)
    provider = _provider(name) if name else None
    # Not the models of others that a host may offer, too: their names are the only link.
    found = provider.find_model(model) if provider else None
    if provider is None or found is None:
        return None
    batch = lane == "batch"
    variants = [one for one in found.price_variants or () if one.when == _BATCH] if batch else []
    halved = batch and not variants
    if halved and provider.id != "openai":
        return None
    source = f"{_DISTRIBUTION} {version(_DISTRIBUTION)}, {provider.name} {found.id}"
    told = f"{source}, half of it in a batch" if halved else f"{source}, in a batch"
    source = told if batch else source
    changes = isinstance(found.prices, list) or any(one.constraint for one in variants)

    if any(_price(stated, source) is None for stated in _all_prices(found)):
        return None

    def at(moment: datetime) -> Price:
        stated = found.get_prices(moment, _BATCH if batch else None)
        price = _price(stated, source)
        assert price is not None  # what the variant for a batch leaves out, the usual price has
        return price.at(BATCH_HALF, source) if halved else price

    if changes:
        return Tariff(at=at, changes=True)
    only = at(datetime.now(UTC))
    return Tariff(at=lambda moment: only, changes=False)


@cache
def _provider(name: str) -> "Provider | None":
    from genai_prices.data_snapshot import get_snapshot

    return next((one for one in get_snapshot().providers if one.id == name), None)


def _all_prices(model: "ModelInfo") -> "list[ModelPrice]":
    if isinstance(model.prices, list):
        return [one.prices for one in model.prices]
    return [model.prices]


def _price(stated: "ModelPrice", source: str) -> Price | None:
    """The price of text, unless the host counts something else than tokens of text for it."""
    prices = {name: value for name, value in vars(stated).items() if value is not None}
    text = {name: value for name, value in prices.items() if name in _TOKENS}
    others = prices.keys() - text.keys()
    if "input_mtok" not in text or "output_mtok" not in text:
        return None
    if not all(any(use in name for use in _OTHER_USES) for name in others):
        return None
    starts = {tier.start for one in text.values() for tier in getattr(one, "tiers", ())}
    return Price(
        source=source,
        rates=_rates(text, None),
        steps=tuple((start, _rates(text, start)) for start in sorted(starts)),
    )


def _rates(stated: "Mapping[str, Decimal | TieredPrices]", start: int | None) -> Rates:
    """The rates of the step that begins there; without a start, those below all steps."""

    def rate(name: str) -> float | None:
        value = stated.get(name)
        if value is None or isinstance(value, Decimal):
            return None if value is None else float(value)
        reached = [tier.price for tier in value.tiers if start is not None and tier.start <= start]
        return float(reached[-1] if reached else value.base)

    return Rates(
        input=rate("input_mtok") or 0.0,
        output=rate("output_mtok") or 0.0,
        cached=rate("cache_read_mtok"),
        written=rate("cache_write_mtok"),
    )
