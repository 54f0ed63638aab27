"""A mention read as a name: exactly, without the words that describe it, or by rule of a state."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.resolve.actors.composed import Organ, organ_of
from extractor.resolve.actors.context import Context, Unresolved
from extractor.resolve.actors.mentions import fit_letters, read_tail, top_ranked
from extractor.resolve.actors.names import Word, key_of, words_of
from extractor.resolve.actors.phrases import (
    ARTICLES,
    DESCRIBING,
    MEMBERS,
    SENT,
    SUSPECTED,
    TIED,
    TRAILING,
)
from extractor.resolve.actors.table import Naming


@dataclass(frozen=True, kw_only=True)
class Named:
    """An actor that a mention names: one of the table, or an organ of a state."""

    id: str
    organ: Organ | None = None
    """The organ, where the actor is composed by rule."""


def read_name(name_text: str, context: Context) -> Named | Unresolved | None:
    """The actor that a mention names by itself; `None` if it is no name."""
    words = words_of(name_text)
    found = _read_whole(words, context)
    if found is not None:
        return found
    both = _BRACKETS.fullmatch(name_text)
    if both:
        return _read_both(both[1], both[2], context)
    return (
        _read_described(words, context)
        or _read_members(words, context)
        or _read_bracketed(name_text, context)
    )


def _read_bracketed(name_text: str, context: Context) -> Named | Unresolved | None:
    """A name with its acronym in brackets and nouns behind: "the Coast Army (CA) guerrillas"."""
    parts = _INNER_BRACKETS.fullmatch(name_text)
    if not parts:
        return None
    short = read_name(parts[2], context)
    if not isinstance(short, Named):
        return None
    full = read_name(f"{parts[1]} {parts[3]}", context)
    return full if isinstance(full, Named) and full.id == short.id else None


_INNER_BRACKETS = re.compile(r"\s*([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]\s+([^()\[\]]+)")
_BRACKETS = re.compile(r"\s*(.*?\w.*?)\s*[(\[]([^()\[\]]+)[)\]]\s*[.,]?\s*")


def _read_whole(
    words: Sequence[Word], context: Context, *, within: str | None = None
) -> Named | Unresolved | None:
    """A name of the table as it stands, or an organ of a state."""
    words = words[1:] if words and words[0].key == "the" else words
    named = _read_table(words, context, within=within)
    if within or (isinstance(named, Named) and named.id[2:3] != "."):
        return named
    composed = _read_state_actor(words, context)
    if isinstance(composed, Named) and (named is None or named == replace(composed, organ=None)):
        return composed  # "Government of Syria" needs no line of the table
    if named is None and composed is None and len(words) > 1 and words[0].key in ARTICLES:
        return _read_whole(words[1:], context, within=within)
    return named or composed


def _read_table(
    words: Sequence[Word], context: Context, *, within: str | None
) -> Named | Unresolved | None:
    namings = fit_letters(words, context.table.actor_names.get(key_of(words), ()))
    if not namings:
        return None
    ids = tuple(dict.fromkeys(n.target for n in top_ranked(namings, context.table)))
    chosen = context.choose_actor(ids, words, within=within)
    return chosen if isinstance(chosen, Unresolved) else Named(id=chosen)


def _read_state_actor(words: Sequence[Word], context: Context) -> Named | Unresolved | None:
    """An organ of a state: its name and nouns, or nouns "of" it; the bare state's government."""
    words = _without_doubt(words)
    for end in range(min(len(words), _LONGEST_STATE), 0, -1):
        for form, namings in _states(words[:end], context):
            if end == len(words):
                if form != "adjective":
                    return _compose(namings, Organ.GOVERNMENT, words, context)
                continue
            organ, stop = read_tail(words, 0, end, form)
            if organ and stop == len(words):
                return _compose(namings, organ, words, context)
    return _read_organ_of(words, context)


_LONGEST_STATE = 9  # words: the longest full name of a state has eight


_ARTICLES = ("the", "a", "an")


def _without_doubt(words: Sequence[Word]) -> Sequence[Word]:
    while words and (words[0].key in _ARTICLES or words[0].key in SUSPECTED):
        words = words[1:]
    return words


def _states(words: Sequence[Word], context: Context) -> list[tuple[str, tuple[Naming, ...]]]:
    """The states that words name, by the form in which they do: names first."""
    namings = fit_letters(words, context.table.state_names.get(key_of(words), ()))
    namings = tuple(naming for naming in namings if naming.form not in ("other", "part"))
    forms = dict.fromkeys(naming.form for naming in namings)
    return [(form, tuple(n for n in namings if n.form == form)) for form in forms]


def _read_organ_of(words: Sequence[Word], context: Context) -> Named | Unresolved | None:
    """The government of Syria, the armed forces of the Syrian state, troops from Chad."""
    places = [n for n, word in enumerate(words) if word.key in ("of", "from")]
    for place in places:
        organ = organ_of([word.key for word in words[:place]])
        rest = words[place + 1 :]
        rest = rest[1:] if rest and rest[0].key == "the" else rest
        sent = words[place].key == "of" or words[place - 1].key in SENT
        for form, namings in _states(rest, context) if organ and sent else ():
            if form == "name" and organ:
                return _compose(namings, organ, words, context)
    return None


def _compose(
    namings: Sequence[Naming], organ: Organ, words: Sequence[Word], context: Context
) -> Named | Unresolved | None:
    shown = " ".join(word.text for word in words)
    code = context.choose_state([naming.target for naming in namings], shown)
    return code if isinstance(code, Unresolved) else organ_of_state(code, organ, context)


def organ_of_state(code: str, organ: Organ, context: Context) -> Named | Unresolved:
    """The organ of a state, if the state has such a one."""
    state = context.table.states[code]
    actor_id = f"{code}.{organ}"
    if organ.needs not in state.has and actor_id not in context.table.actors:
        told = f"the table knows no {organ.heading.lower()} of {state.name}"
        return Unresolved(reason=told, candidates=(code,))
    return Named(id=actor_id, organ=organ)


def _read_both(outer: str, inner: str, context: Context) -> Named | Unresolved | None:
    """A name with another in brackets: both must mean the same actor, if both are known."""
    one, other = read_name(outer, context), read_name(inner, context)
    if isinstance(one, Named) and isinstance(other, Named) and one.id != other.id:
        told = f"{outer!r} is {context.name_of(one.id)}, {inner!r} is {context.name_of(other.id)}"
        return Unresolved(reason=told, candidates=(one.id, other.id))
    if isinstance(one, Named) or one is not None:
        return one
    plain = all(word.key not in _NOT_PLAIN for word in words_of(outer))
    return other if plain and isinstance(other, Named) else None


_NOT_PLAIN = frozenset({"anti", "pro", "former", "ex", "non", "and", "or"}) | TIED


def _read_described(words: Sequence[Word], context: Context) -> Named | Unresolved | None:
    """A name with words around it that leave it the same actor: suspected Boko Haram militants."""
    within: str | None = None
    tied = False
    first = 0
    while first < len(words):
        rest = words[first:]
        if first:
            found = _read_inner(rest, context, within, tied)
            if found is not None:
                return found
        else:
            found = _read_cut(rest, context, within=None)
            if found is not None:
                return found
        step, state = _step(words, first, context)
        if not step or (state and within and state != within):
            return None
        tied = tied or _is_backed(words, first, first + step, context)
        within, first = state or within, first + step
    return None


def _read_inner(
    rest: Sequence[Word], context: Context, within: str | None, tied: bool
) -> Named | Unresolved | None:
    """What is left of a mention once the words before it are taken off."""
    found = _read_whole(rest, context, within=within) if not within else None
    if isinstance(found, Named) and found.organ:
        # Of all descriptions only "Russian-backed" leaves an army or government what it is.
        kept = tied and not _BODIES.isdisjoint(word.key for word in rest)
        return found if kept else None
    return found or _read_table(rest, context, within=within) or _read_cut(rest, context, within)


def _read_cut(
    words: Sequence[Word], context: Context, within: str | None
) -> Named | Unresolved | None:
    """A name of the table followed by nouns that leave it the same actor."""
    words = words[1:] if words and words[0].key == "the" else words
    end = len(words)
    while end > 1 and words[end - 1].key in TRAILING and words[end - 1].joined:
        end -= 1
        found = _read_table(words[:end], context, within=within)
        if isinstance(found, Named) and found.id[2:] == f".{Organ.GOVERNMENT}":
            # "Assad regime forces" are the regime's army.
            organ = organ_of([word.key for word in words[end:]]) or Organ.GOVERNMENT
            return organ_of_state(found.id[:2], organ, context)
        if found is not None:
            return found
    return None


def _step(words: Sequence[Word], first: int, context: Context) -> tuple[int, str | None]:
    """How many words before a name describe it, and the state that they name."""
    for end in range(first + 1, min(first + _LONGEST_TIE, len(words))):
        if words[end].key in TIED and words[end].joined:
            return end + 1 - first, None
    if words[first].key in DESCRIBING or words[first].key.isdigit():
        return 1, None  # "150 Shining Path members"
    if words[first].key in ("pro", "anti") and first + 2 < len(words):
        return 2, None
    for end in range(min(first + _LONGEST_STATE, len(words) - 1), first, -1):
        for form, namings in _states(words[first:end], context):
            owns = form == "adjective" or words[end - 1].owns
            if owns and len(namings) == 1:
                return end - first, namings[0].target
    return 0, None


_LONGEST_TIE = 4  # words: "Islamic State-linked", "United Arab Emirates-backed"


_BODIES = frozenset({"government", "army", "military", "regime", "navy", "police"})
_BACKERS = frozenset({"un", "western", "internationally", "nato", "foreign"})


def _is_backed(words: Sequence[Word], first: int, end: int, context: Context) -> bool:
    """Whether the words say that a state, or the world, backs what follows."""
    if words[end - 1].key not in TIED:
        return False
    backer = [word for word in words[first : end - 1] if word.key not in _ARTICLES]
    return bool(backer) and (backer[0].key in _BACKERS or bool(_states(backer, context)))


def _read_members(words: Sequence[Word], context: Context) -> Named | Unresolved | None:
    """Members, fighters or troops of an actor that is named after them."""
    words = _without_doubt(words)
    for place, word in enumerate(words[:_LONGEST_TIE]):
        if place and word.key in ("of", "from"):
            keys = [each.key for each in words[:place]]
            if all(key in MEMBERS or key in DESCRIBING for key in keys) and keys[-1] in MEMBERS:
                rest = words[place + 1 :]
                found = _read_whole(rest, context) or _read_cut(rest, context, within=None)
                if isinstance(found, Named) and found.organ is Organ.GOVERNMENT:
                    # "Forces of the Syrian regime" are its army, not its cabinet.
                    organ = organ_of(keys) or Organ.GOVERNMENT
                    return organ_of_state(found.id[:2], organ, context)
                return found
    return None
