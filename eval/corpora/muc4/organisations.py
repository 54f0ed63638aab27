"""Organisations: which one the words for an actor stand for, and which one a story is about."""

import re
from dataclasses import dataclass

from eval.corpora.muc4.convention import Perpetrators
from extractor.gazetteer import name_key
from extractor.records import Actor, Reading

_MEMBERS_OF = re.compile(r"\b(\w+)\s+(?:of|from)\s+(?:the\s+)?(.+)", re.IGNORECASE)
_OWN_MEMBERS = re.compile(r"(?:\d+ |the |an? )?(.+) members?", re.IGNORECASE)
# The table tells actors of one name apart by their home: "National Liberation Army (Colombia)".
_LISTED_HOME = re.compile(r" \([^()]+\)$")


@dataclass(frozen=True, kw_only=True)
class Named:
    """What the name of an actor stands for: people, an organisation, or people of one."""

    person: str | None
    organisation: tuple[str, ...]
    """All names of the one organisation; empty if none is told."""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The armed organisations that a story names."""

    organisations: tuple[tuple[str, ...], ...]
    """Each with all its names."""

    @property
    def only(self) -> tuple[str, ...]:
        """The names of the one organisation of a story; none if there are more."""
        return self.organisations[0] if len(self.organisations) == 1 else ()


def find_cast(reading: Reading, rules: Perpetrators) -> Cast:
    """The listed rebel organisations that an article names anywhere."""
    text = f" {name_key(reading.article.text)} "
    listed = (listed_names(name, rules) for name in rules.story)
    return Cast(
        organisations=tuple(
            names for names in listed if any(f" {name_key(name)} " in text for name in names)
        )
    )


def read_actor(actor: Actor, cast: Cast, rules: Perpetrators) -> Named:
    """The people and the organisation that an actor's name stands for."""
    name = " ".join(actor.name_text.split())
    known = listed_names(actor.canonical_name, rules) if actor.canonical_name else ()
    known = known or _listed_within(name, rules)
    if known and not actor.canonical_name:
        return Named(person=name, organisation=known)
    behind = _behind(name, rules)
    if behind:
        return Named(person=name, organisation=(behind, *known))
    words = set(name_key(name).split())
    phrases = f" {name_key(name)} "
    is_organisation = any(f" {phrase} " in phrases for phrase in rules.organisation_phrases)
    is_person = actor.type in rules.person_types or bool(words & rules.person_words)
    if is_organisation or not is_person:
        return Named(person=None, organisation=tuple(dict.fromkeys((name, *known))))
    if not known and actor.type in rules.story_actors and _is_nameless(words, rules):
        return Named(person=name, organisation=cast.only)
    return Named(person=name, organisation=known or rules.forces.get(actor.type, ()))


def _is_nameless(words: set[str], rules: Perpetrators) -> bool:
    """Whether a description says no more than that they are rebels: "some 20 urban commandos"."""
    return all(word in rules.nameless_words or word.isdigit() for word in words)


def listed_names(canonical: str, rules: Perpetrators) -> tuple[str, ...]:
    """The names that a known actor has: keys give the acronym, the full name or both."""
    names = (canonical, *rules.other_names.get(canonical, ()))
    return tuple(_LISTED_HOME.sub("", name) for name in names)


def _listed_within(name: str, rules: Perpetrators) -> tuple[str, ...]:
    """The names of a listed organisation that stands among other words: "cells of the X"."""
    words = f" {name_key(name)} "
    for listed in rules.other_names:
        names = listed_names(listed, rules)
        if any(f" {name_key(one)} " in words for one in names):
            return names
    return ()


def _behind(name: str, rules: Perpetrators) -> str | None:
    """The organisation whose people a name tells: "members of the X", "X members"."""
    match = _MEMBERS_OF.search(name)
    if match and name_key(match[1]) in rules.member_words:
        return match[2]
    match = _OWN_MEMBERS.fullmatch(name)
    return match[1] if match else None
