"""A mention of an armed actor, a government or a monitor becomes one actor, or stays unknown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from extractor.codes import ActorType
from extractor.resolve.actors.antecedents import follow
from extractor.resolve.actors.composed import Organ
from extractor.resolve.actors.context import Context, Unresolved
from extractor.resolve.actors.fits import Followed
from extractor.resolve.actors.names import name_key, words_of
from extractor.resolve.actors.naming import Named, read_name
from extractor.resolve.actors.phrases import tied_after, turned_before
from extractor.resolve.actors.table import ActorTable


class ActorMethod(StrEnum):
    """How a mention was tied to its actor."""

    NAME = "name"
    """By a name of the table."""
    COMPOSED = "composed"
    """By rule, from a state's name and a noun."""
    COREFERENCE = "coreference"
    """By an actor that the article names elsewhere."""
    COUNTRY = "country"
    """By the event's country, or the only one that the article names."""


@dataclass(frozen=True, kw_only=True)
class ResolvedActor:
    """The one actor that a mention stands for."""

    id: str
    name: str
    type: str
    """A word of `ActorType`, or `monitor` or `peacekeepers`."""
    country: str | None
    """Code of the state that it belongs to, or of the main one where it is based."""
    parent: str | None
    """Id of the actor above it."""
    method: ActorMethod
    via: str | None = None
    """The antecedent's words, verbatim, for a co-reference."""


def resolve_actor(
    name_text: str,
    *,
    table: ActorTable,
    article: str,
    at: int | None = None,
    countries: Sequence[str] = (),
    likely: Sequence[str] = (),
    published: date | None = None,
) -> ResolvedActor | Unresolved:
    """Tie a mention to one actor; what is not certain stays unresolved, and says why.

    `at` is the mention's offset in the article (its first occurrence if not given), `countries`
    the codes of the event's places, `likely` those of countries that the article's other places lie
    in, which only help to choose, and `published` decides among actors of one name by the years
    in which they existed.
    """
    context = Context(
        table=table,
        article=article,
        countries=frozenset(countries),
        likely=frozenset(likely),
        published=published,
    )
    if len(name_text) > _LONGEST:
        return Unresolved(reason="these words are too long for a name")
    at = _find(name_text, article, at)
    if at is not None and _is_anothers(name_text, article, at):
        told = f"the words beside {name_text!r} in the article make it another's"
        return Unresolved(reason=told)
    named = read_name(name_text, context)
    if isinstance(named, Named):
        return _resolved(named, context, _method(named))
    if named is None:
        named = follow(name_text, at, context)
    if isinstance(named, Followed):
        method = ActorMethod.COREFERENCE if named.via else ActorMethod.COUNTRY
        return _resolved(named.named, context, method, via=named.via)
    if named is not None:
        return named
    return Unresolved(
        reason=f"no actor of the table is called {name_text!r}",
        candidates=table.near_spellings(name_key(name_text)),
    )


_LONGEST = 200  # characters; longer words are a passage


def _find(name_text: str, article: str, at: int | None) -> int | None:
    """Where the mention stands: as told, else where the words around it leave it itself."""
    if at is not None:
        return at
    if not name_text.strip():
        return None
    whole = re.compile(rf"(?<!\w){re.escape(name_text)}(?!\w)")
    found = [match.start() for match in whole.finditer(article)]
    own = (place for place in found if not _is_anothers(name_text, article, place))
    return next(own, found[0] if found else None)


_AROUND = 80  # characters: a few words to either side


def _is_anothers(name_text: str, article: str, at: int) -> bool:
    """Whether the article's words beside the mention make it another's: anti-, former, -backed."""
    start, end = max(0, at - _AROUND), at + len(name_text)
    around = article[start : end + _AROUND]
    words = words_of(around)
    inside = [
        n for n, word in enumerate(words) if at < start + word.end and start + word.start < end
    ]
    if not inside:
        return False
    first, last = inside[0], inside[-1] + 1
    return turned_before(words, first, around) or tied_after(words, last, around, held=True)


def _method(named: Named) -> ActorMethod:
    return ActorMethod.COMPOSED if named.organ else ActorMethod.NAME


def _resolved(
    named: Named, context: Context, method: ActorMethod, via: str | None = None
) -> ResolvedActor:
    known = context.table.actors.get(named.id)
    code, _, organ = named.id.partition(".")
    if known:
        name, kind, bases = known.name, known.type, known.countries
    else:
        state = context.table.states[code]
        name, bases = state.organ_name(Organ(organ)), (code,)
        kind = str(ActorType.POLICE if Organ(organ) is Organ.POLICE else ActorType.STATE_FORCES)
    abroad = bool(context.countries and bases) and bases[0] not in context.countries
    if kind == ActorType.STATE_FORCES.value and abroad:
        kind = str(ActorType.FOREIGN_STATE_FORCES)
    return ResolvedActor(
        id=named.id,
        name=name,
        type=kind,
        country=bases[0] if bases else None,
        parent=context.table.parent_of(named.id),
        method=method,
        via=via,
    )
