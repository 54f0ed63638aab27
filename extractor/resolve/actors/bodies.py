"""The government, the army, police: bodies of a state that is named elsewhere in the article."""

from collections.abc import Iterable, Sequence

from extractor.resolve.actors.composed import Organ, is_institution
from extractor.resolve.actors.context import Context, Unresolved
from extractor.resolve.actors.fits import Fit, Followed, choose_fit
from extractor.resolve.actors.mentions import Mention
from extractor.resolve.actors.naming import Named, organ_of_state


def follow_body(
    name_text: str, organ: Organ, keys: Sequence[str], here: int, context: Context
) -> Followed | Unresolved | None:
    """An organ of a state: the one named before, else that of the event's country."""
    chosen = choose_fit(name_text, list(_fits(organ, context)), here, context)
    if isinstance(chosen, Unresolved):
        return chosen
    if chosen and chosen.at < here:
        doubt = _doubt(name_text, chosen, organ, here, context)
        return doubt or Followed(named=chosen.named, via=chosen.words)
    if not is_institution(keys):
        return None
    return _follow_country(name_text, organ, context)


def _fits(organ: Organ, context: Context) -> Iterable[Fit]:
    for mention in context.index.mentions:
        if mention.states and mention.organ in _STANDS_FOR[organ]:
            shown = context.article[mention.start : mention.end]
            code = context.choose_state(mention.states, shown)
            named = code if isinstance(code, Unresolved) else organ_of_state(code, organ, context)
            if isinstance(named, Named):
                yield Fit(at=mention.start, named=named, words=shown)
        for actor_id in _organ_ids(mention, organ, context):
            shown = context.article[mention.start : mention.end]
            yield Fit(at=mention.start, named=Named(id=actor_id), words=shown)


_ARMED = frozenset({Organ.MILITARY, Organ.AIR_FORCE, Organ.NAVY})
_STANDS_FOR: dict[Organ, frozenset[Organ]] = {organ: frozenset({organ}) for organ in Organ} | {
    Organ.MILITARY: _ARMED,
    Organ.AIR_FORCE: frozenset({Organ.AIR_FORCE, Organ.MILITARY}),
    Organ.NAVY: frozenset({Organ.NAVY, Organ.MILITARY}),
}
"""By the organ that a noun means: the organs of which an earlier mention may have spoken."""


def _organ_ids(mention: Mention, organ: Organ, context: Context) -> Iterable[str]:
    """Organs that the mention names by a name of their own: the IDF, the Palestinian Authority."""
    for actor_id in mention.actors[:1] if len(mention.actors) == 1 else ():
        code, _, own = actor_id.partition(".")
        if code in context.table.states and own in set(Organ):
            if Organ(own) in _STANDS_FOR[organ]:
                yield f"{code}.{organ}"
        elif organ is Organ.GOVERNMENT and "government" in context.table.actors[actor_id].called:
            yield actor_id


def _doubt(
    name_text: str, fit: Fit, organ: Organ, here: int, context: Context
) -> Unresolved | None:
    """Why an antecedent of another country than the event's is rather not meant."""
    code = fit.named.id.partition(".")[0]
    own = sorted(context.countries)
    if code in own or code not in context.table.states:
        return None
    sentence = context.index.sentence_start(here)
    rivals = [
        mention.states[0]
        for mention in context.index.mentions
        if sentence <= mention.start < here and fit.at < sentence
        and len(mention.states) == 1 and mention.form != "capital"
        and (mention.organ or mention.form == "adjective") and mention.states[0] != code
    ]  # fmt: skip
    if not rivals and not own:
        return None
    others = [f"{other}.{organ}" for other in dict.fromkeys(rivals or own)]
    rivalry = (fit.named.id, *others)
    told = f"{name_text!r} may be {context.list_names(rivalry)}"
    return Unresolved(reason=told, candidates=rivalry)


def _follow_country(name_text: str, organ: Organ, context: Context) -> Followed | Unresolved | None:
    """The organ of the event's country, or of the only one that the article speaks of as a place.

    A country that only says or does something is not where the event was: "France condemned it".
    """
    named_as_places = {
        mention.states[0]
        for mention in context.index.mentions
        if len(mention.states) == 1 and context.is_place(mention)
    }
    codes = sorted(context.countries or named_as_places)
    if len(codes) != 1:
        if not codes:
            told = f"nothing named before {name_text!r} fits it, and no country is known"
            return Unresolved(reason=told)
        told = f"{name_text!r} may be that of {context.list_names(codes[:_SHOWN])}"
        return Unresolved(reason=told, candidates=tuple(f"{code}.{organ}" for code in codes))
    named = organ_of_state(codes[0], organ, context)
    return named if isinstance(named, Unresolved) else Followed(named=named, via=None)


_SHOWN = 5  # countries in a message
