"""Its fighters, their forces: the owner is an actor named before, in the same paragraph."""

from collections.abc import Iterable, Sequence

from extractor.resolve.actors.composed import Organ, is_act, organ_of
from extractor.resolve.actors.context import Context, Unresolved
from extractor.resolve.actors.fits import Fit, Followed, choose_fit
from extractor.resolve.actors.mentions import Mention
from extractor.resolve.actors.names import word_set
from extractor.resolve.actors.naming import Named, organ_of_state
from extractor.resolve.actors.table import MONITOR


def follow_owner(
    name_text: str, keys: Sequence[str], here: int, context: Context
) -> Followed | Unresolved | None:
    """Its fighters, their forces: the owner stands earlier in the same paragraph."""
    organ = organ_of(keys)
    groups = keys[-1] in _OWNED_BY_GROUPS or keys[-1] in _OWNED_BY_ALL
    states = organ is not None and not is_act(keys)
    if not groups and not states:
        return None
    start = context.index.paragraph_start(here)
    fits: list[Fit] = []
    for mention in context.index.mentions:
        if start <= mention.start < here:
            fits.extend(_owners(mention, organ if states else None, context, groups=groups))
    chosen = choose_fit(name_text, fits, here, context)
    if chosen is None:
        return Unresolved(reason=f"the paragraph names no owner of {name_text!r} before it")
    if isinstance(chosen, Unresolved):
        return chosen
    return Followed(named=chosen.named, via=chosen.words)


def _owners(
    mention: Mention, organ: Organ | None, context: Context, *, groups: bool
) -> Iterable[Fit]:
    shown = context.article[mention.start : mention.end]
    if mention.actors:
        chosen = context.choose_actor(mention.actors, context.words(mention))
        ids = chosen.candidates if isinstance(chosen, Unresolved) else (chosen,)
        for actor_id in ids:
            code, _, own = actor_id.partition(".")
            if code in context.table.states and own in set(Organ):
                if organ:
                    yield Fit(at=mention.start, named=Named(id=f"{code}.{organ}"), words=shown)
            elif groups and context.table.actors[actor_id].type != MONITOR:
                yield Fit(at=mention.start, named=Named(id=actor_id), words=shown)
    elif organ and mention.form != "part" and not context.is_place(mention):
        code = context.choose_state(mention.states, shown)
        named = code if isinstance(code, Unresolved) else organ_of_state(code, organ, context)
        if isinstance(named, Named):
            yield Fit(at=mention.start, named=named, words=shown)


_OWNED_BY_GROUPS = word_set("fighters militants militiamen gunmen members insurgents")
_OWNED_BY_ALL = word_set(
    "forces troops soldiers strikes airstrikes warplanes jets aircraft helicopters drones missiles"
    " rockets artillery"
)
