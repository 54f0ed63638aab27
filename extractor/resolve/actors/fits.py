"""What a noun may stand for: the article's mentions that fit it, and the choice among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.resolve.actors.context import Context, Unresolved
from extractor.resolve.actors.naming import Named


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A mention that a noun may stand for."""

    at: int
    named: Named
    words: str
    """Verbatim."""


@dataclass(frozen=True, kw_only=True)
class Followed:
    """The actor that a noun stands for, and how that is known."""

    named: Named
    via: str | None
    """The antecedent's words; `None` if only the country is named."""


def choose_fit(
    name_text: str, fits: Sequence[Fit], here: int, context: Context
) -> Fit | Unresolved | None:
    """The nearest mention of the one actor that fits, an earlier one first; rivals decide nothing.

    Mentions in the same paragraph before the noun count alone; if there are none, all of the
    article's count.
    """
    start = context.index.paragraph_start(here)
    counted = [fit for fit in fits if start <= fit.at < here] or fits
    ids = tuple(dict.fromkeys(fit.named.id for fit in counted))
    if len(ids) > 1:
        told = f"{name_text!r} may be {context.list_names(ids[:_SHOWN])}"
        return Unresolved(reason=told, candidates=ids)
    earlier = [fit for fit in counted if fit.at < here]
    nearest = earlier[-1:] or counted[:1]
    return nearest[0] if nearest else None


_SHOWN = 5  # rivals in a message
