"""Manners: how the violence of an incident was done, where the sentences of its toll do not say so.

"A mine hit a bus near Brod. Four people were killed, the mayor said." The sentence before tells it.
"""

from collections.abc import Iterable, Sequence

from extractor.attacks import is_other_attack
from extractor.codes import AttackType
from extractor.readers.baseline.story.drafts import Draft
from extractor.readers.baseline.story.scenes import Scene

_BACK, _ON = 3, 2  # sentences before the first toll, and after it, that may tell how it was done
_VAGUE = frozenset({AttackType.OTHER, AttackType.UNKNOWN})


def settle_manners(drafts: Sequence[Draft], scenes: Sequence[Scene], title: Scene | None) -> None:
    """Give incidents that tell no way of their own the one told right beside them."""
    told_at = sorted({scene.at for draft in drafts for scene in _own(draft)})
    places = {scene.at: n for n, scene in enumerate(scenes)}
    for draft in drafts:
        if set(draft.kinds) - _VAGUE:
            continue
        first = min((places[s.at] for s in draft.scenes if s.at in places), default=None)
        if first is None:
            continue
        near = [*_before(scenes, first, told_at), *_after(scenes, first, told_at)]
        near = [*draft.extra, *near]
        if title is not None and len(drafts) == 1:
            near.append(title)
        kind = _told(near)
        if kind is not None:
            draft.kinds = {kind: None}
            continue
        words = [scene.words for scene in (*_own(draft), *near)]
        draft.kinds = {AttackType.OTHER: None} if any(map(is_other_attack, words)) else {}


def _own(draft: Draft) -> list[Scene]:
    return [*draft.scenes, *draft.extra]


def _told(scenes: Iterable[Scene]) -> AttackType | None:
    """The first definite way that is told."""
    for scene in scenes:
        for kind in scene.attacks(0):
            if kind not in _VAGUE:
                return kind
    return None


def _before(scenes: Sequence[Scene], first: int, told_at: Sequence[int]) -> Iterable[Scene]:
    """The sentences before a toll, the nearest first, as far as no other toll is told."""
    for n in range(first - 1, max(-1, first - 1 - _BACK), -1):
        if scenes[n].at in told_at or scenes[n].entry != scenes[first].entry:
            return
        yield scenes[n]


def _after(scenes: Sequence[Scene], first: int, told_at: Sequence[int]) -> Iterable[Scene]:
    """The sentences behind a toll, as far as no other toll is told."""
    for scene in scenes[first + 1 : first + 1 + _ON]:
        if scene.at in told_at or scene.entry != scenes[first].entry:
            return
        yield scene
