"""Openings: incidents that only a blame tells of, without a word of casualties (R0).

"Guerrillas dynamited a bank in Brod last night." tells of an event, its doers, its place and its
time, although it counts nobody. A deed without either place or time, of long ago, or over a period
is no incident; nor is one that can be an incident told of already.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.attacks import attack_cues
from extractor.codes import ActorType, AttackType, Stance
from extractor.readers.baseline.blames.finding import BlameMention
from extractor.readers.baseline.places.whereabouts import Whereabouts
from extractor.readers.baseline.story.drafts import Draft
from extractor.readers.baseline.story.joining import goes_with, tells_deed
from extractor.readers.baseline.story.links import is_recalled
from extractor.readers.baseline.story.periods import period_of
from extractor.readers.baseline.story.scenes import Scene

_NEAR = 6  # sentences between two that may tell of one event
# Deeds that are told by no way of attacking: "rebels destroyed the town hall".
_HARM = re.compile(
    r"\b(?:destroy|burn|torch|damag|sabotag|murder|massacr|assassinat|kidnap|abduct"
    r"|set .{1,30}fire)",
    re.IGNORECASE,
)
_STANCES = frozenset({Stance.STATED_AS_FACT, Stance.SUSPECTED, Stance.ACCUSED})
# A side that fights a war tells of battles every day; one is an incident if it hurts people.
_FIGHTS = frozenset({AttackType.ARMED_CLASH, AttackType.SIEGE_OR_DENIAL})
# What the police fire at without hurting anybody is no attack: "police shot a dog".
_NO_ATTACKERS = frozenset({ActorType.POLICE})


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A blame that was put to no incident, and the number of its sentence."""

    n: int
    scene: Scene
    mention: BlameMention
    waited: bool = False
    """Whether it could belong to a toll that was told later."""


def open_by_blames(
    unplaced: Iterable[Unplaced],
    drafts: Sequence[Draft],
    whereabouts: Whereabouts,
    published: date | None,
) -> list[Draft]:
    """The incidents of an article and those that only its blames tell of, in their order."""
    opened: list[Draft] = []
    for one in unplaced:
        if not _tells_event(one):
            continue
        same = next((draft for draft in reversed(opened) if _is_same(draft, one, published)), None)
        if same is None and any(_is_same(draft, one, published) for draft in drafts):
            continue
        if same is None:
            same = Draft(first_told=one.n, last_told=one.n, violent=True)
            same.place = whereabouts.meant(one.scene.place(one.mention.start), one.n)
            same.timing = one.scene.time(published)
            opened.append(same)
        same.kinds |= dict.fromkeys(one.scene.attacks(one.mention.start))
        same.extra.append(one.scene)
        same.blames.append((one.scene, one.mention))
        same.last_told = one.n
    return sorted([*drafts, *opened], key=lambda draft: draft.first_told)


def _tells_event(one: Unplaced) -> bool:
    """Whether a blame tells of one event of its own: what was done, where or when."""
    scene, mention = one.scene, one.mention
    if not tells_deed(mention) or mention.stance not in _STANCES or not mention.accused:
        return False
    if set(mention.kinds) <= _NO_ATTACKERS:
        return False
    if scene.link.long_ago or scene.link.back or not (scene.times or scene.places):
        return False
    if is_recalled(scene.words, mention.start):
        return False
    if period_of(scene.words, mention.start, mention.end) is not None:
        return False
    told = scene.words[mention.start : mention.end]
    kinds = {kind for _, kind in attack_cues(told)} or {kind for _, kind in scene.cues}
    return bool(kinds - _FIGHTS) or (not kinds and _HARM.search(told) is not None)


def _is_same(draft: Draft, one: Unplaced, published: date | None) -> bool:
    near = -_NEAR <= one.n - draft.last_told <= _NEAR
    return near and goes_with(draft, one.scene, published)
