"""The group, the rebels, the coalition: actors of the table that the article names elsewhere."""

from collections.abc import Iterable, Sequence

from extractor.codes import ActorType
from extractor.resolve.actors.context import Context, Unresolved
from extractor.resolve.actors.fits import Fit, Followed, choose_fit
from extractor.resolve.actors.names import Word, word_set
from extractor.resolve.actors.naming import Named
from extractor.resolve.actors.phrases import DESCRIBING
from extractor.resolve.actors.table import MONITOR


def group_noun(keys: Sequence[str]) -> str | None:
    """The noun of "the Islamist rebel group", if nothing but description stands before it."""
    plain = all(key in DESCRIBING for key in keys[:-1])
    return keys[-1] if plain and keys[-1] in _GROUP_NOUNS else None


def follow_group(
    name_text: str, noun: str, here: int, context: Context
) -> Followed | Unresolved | None:
    """A group that the article names, if nobody without a name could be meant."""
    fits = list(_fits(noun, context))
    chosen = choose_fit(name_text, fits, here, context)
    if chosen is None:
        return Unresolved(reason=f"the article names no actor that {name_text!r} could be")
    if isinstance(chosen, Unresolved):
        return chosen
    start = context.index.paragraph_start(here)
    near = start <= chosen.at < here
    region = (start, here) if near else (0, len(context.article))
    unnamed = _unnamed(noun, region, here, context)
    if unnamed:
        told = f"{name_text!r} may be {context.name_of(chosen.named.id)} or the {unnamed!r}"
        return Unresolved(reason=f"{told} that nobody names", candidates=(chosen.named.id,))
    actor = context.table.actors[chosen.named.id]
    if actor.type == MONITOR:
        told = f"{name_text!r} may be {context.name_of(actor.id)}, which bears no arms"
        return Unresolved(reason=told, candidates=(actor.id,))
    return Followed(named=chosen.named, via=chosen.words)


def bare_group_noun(keys: Sequence[str], context: Context) -> str | None:
    """The noun of "guerrillas", "urban guerrillas", "Salvadoran rebels": people of some group."""
    noun = keys[-1]
    owned = keys[:-1] and any(form == "adjective" for form in _forms(keys[0], context))
    plain = all(key in DESCRIBING or key in _STANCES for key in keys[1 if owned else 0 : -1])
    return noun if noun in _FOLK and plain else None


def _forms(key: str, context: Context) -> Iterable[str | None]:
    return (naming.form for naming in context.table.state_names.get(key, ()))


def follow_bare(
    name_text: str, noun: str, here: int, context: Context
) -> Followed | Unresolved | None:
    """Rebels without an article: of the one rebel group that the article names, if it is at home.

    "The River Front attacked the town ... Guerrillas also burned a bus."
    """
    fits = [fit for fit in _fits(noun, context) if _is_rebel(fit, context)]
    ids = tuple(dict.fromkeys(fit.named.id for fit in fits))
    if len(ids) != 1:
        return None
    homes = context.table.actors[ids[0]].countries
    where = context.countries or context.likely or context.index.named_states
    if where.isdisjoint(homes):
        return None
    earlier = [fit for fit in fits if fit.at < here]
    antecedent = earlier[-1] if earlier else fits[0]
    return Followed(named=antecedent.named, via=antecedent.words)


def _is_rebel(fit: Fit, context: Context) -> bool:
    return context.table.actors[fit.named.id].type == ActorType.REBEL_GROUP.value


_FOLK = word_set("guerrillas rebels insurgents")
_STANCES = word_set("urban rural alleged several some many about leftist marxist maoist pro")


def _fits(noun: str, context: Context) -> Iterable[Fit]:
    meant: dict[tuple[str, ...], tuple[str, ...]] = {}
    for mention in context.index.mentions:
        if not mention.actors:
            continue
        if mention.actors not in meant:
            chosen = context.choose_actor(mention.actors, context.words(mention))
            ids = chosen.candidates if isinstance(chosen, Unresolved) else (chosen,)
            meant[mention.actors] = ids
        for actor_id in meant[mention.actors]:
            if noun in context.table.actors[actor_id].called:
                shown = context.article[mention.start : mention.end]
                yield Fit(at=mention.start, named=Named(id=actor_id), words=shown)


def _unnamed(noun: str, region: tuple[int, int], here: int, context: Context) -> str | None:
    """Words that speak of such a group without a name: Syrian rebels, an armed group."""
    index = context.index
    covered = {n for m in index.mentions if m.actors for n in range(m.first_word, m.end_word)}
    starts = {m.first_word for m in index.mentions if m.actors}
    adjectives = {m.first_word for m in index.mentions if m.form == "adjective"}
    for n, word in enumerate(index.words):
        if word.key != noun or not region[0] <= word.start < region[1] or word.start == here:
            continue
        if n in covered or n + 1 in starts or (word.start > here and region[0] != 0):
            continue
        before, reach = n - 1, n
        while before >= 0 and _describes(index.words[before], index.words[before + 1]):
            reach, before = before, before - 1
        determined = before >= 0 and index.words[before].key in _DETERMINED
        spoken_of = determined and index.words[before + 1].joined and reach not in adjectives
        if before >= 0 and before in adjectives and index.words[before + 1].joined:
            spoken_of, reach = False, before
        if not spoken_of and (noun not in _SINGULAR or _is_indefinite(index.words, reach)):
            return context.article[index.words[reach].start : word.end]
    return None


_DETERMINED = word_set("the this that these those its their")
_SINGULAR = word_set("group movement organization militia cartel gang coalition alliance faction")


def _describes(word: Word, after: Word) -> bool:
    return after.joined and word.key in DESCRIBING and word.key not in ("the", "a", "an")


def _is_indefinite(words: Sequence[Word], reach: int) -> bool:
    return reach > 0 and words[reach - 1].key in ("a", "an", "another", "one", "some")


# Gunmen and attackers are nobody's; terrorists and extremists are whoever the speaker fights.
_GROUP_NOUNS = word_set(
    "group movement organization rebels militants insurgents jihadists guerrillas militia"
    " militiamen cartel gang coalition alliance separatists mercenaries paramilitaries faction"
)
