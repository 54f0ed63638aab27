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
    """The nearest earlier mention of the one actor that fits; rivals decide nothing.

    Mentions in the same paragraph before the noun count alone; if there are none, all before it
    count, but none of an actor that is at home elsewhere than where the event was.
    """
    start = context.index.paragraph_start(here)
    earlier = [fit for fit in fits if fit.at < here]
    counted = [fit for fit in earlier if start <= fit.at] or earlier
    ids = tuple(dict.fromkeys(fit.named.id for fit in counted))
    if len(ids) > 1:
        told = f"{name_text!r} may be {context.list_names(ids[:_SHOWN])}"
        return Unresolved(reason=told, candidates=ids)
    if not counted:
        return None
    nearest = counted[-1]
    if nearest.at < start and _is_foreign(nearest, context):
        told = f"{name_text!r} may be {context.list_names(ids)}, which is not at home there"
        return Unresolved(reason=told, candidates=ids)
    return nearest


def _is_foreign(fit: Fit, context: Context) -> bool:
    """Whether an actor is not at home in any country of the event."""
    code = fit.named.id.partition(".")[0]
    listed = context.table.actors.get(fit.named.id)
    homes = {code} if code in context.table.states else set(listed.countries if listed else ())
    return bool(context.countries and homes) and homes.isdisjoint(context.countries)


_SHOWN = 5  # rivals in a message
