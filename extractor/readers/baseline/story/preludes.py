"""Preludes: sentences that tell of an attack, its place and day, before others count its dead.

"On 16 July a patrol was ambushed near Brod. Two soldiers were killed.": the two died there, then.
"""

import re
from dataclasses import dataclass
from datetime import date

from extractor.codes import AttackType
from extractor.readers.baseline.places.finding import PlacePhrase, Tie
from extractor.readers.baseline.places.whereabouts import Whereabouts
from extractor.readers.baseline.story.drafts import (
    Draft,
    may_be_same_attack,
    may_be_same_place,
)
from extractor.readers.baseline.story.periods import period_of
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.telling import Telling
from extractor.readers.baseline.times.timing import Timing, may_be_same_time

REACH = 2  # sentences after a prelude in which the figures of its event may be told
# Only told of, feared or planned: no attack of its own.
_NO_EVENT = re.compile(
    r"\b(?:if|would|could|might|threat\w*|fear\w*|plan(?:s|ned|ning)?|warn\w*|exercise|drill|film"
    r"|anniversary|commemorat\w*|trial|law|ban|ceasefire|truce|talks|since|every|often|always)\b",
    re.IGNORECASE,
)
_WIDE = frozenset({AttackType.OTHER, AttackType.ARMED_CLASH, AttackType.SIEGE_OR_DENIAL})


@dataclass(frozen=True, kw_only=True)
class Prelude:
    """An attack told without its casualties, as far as the article has come."""

    n: int
    scene: Scene
    place: PlacePhrase | None
    timing: Timing | None
    kinds: tuple[AttackType, ...]

    def is_of(self, n: int, telling: Telling, place: PlacePhrase | None) -> bool:
        """Whether figures without a day of their own, told soon after it, are of its event."""
        return (
            0 < n - self.n <= REACH
            and not telling.scene.times
            and not telling.scene.link.apart
            and not telling.aside
            and (place is None or place.tie is not Tie.SETTING or place == self.place)
            and may_be_same_attack(self.kinds, telling.attacks)
        )

    def may_be(self, draft: Draft) -> bool:
        """Whether it goes on with an incident told before."""
        return (
            may_be_same_time(draft.timing, self.timing)
            and may_be_same_place(draft.place, self.place)
            and may_be_same_attack(draft.attacks, self.kinds)
        )


def prelude_of(
    n: int, scene: Scene, whereabouts: Whereabouts, published: date | None, anchor: date | None
) -> Prelude | None:
    """What a sentence without casualties tells of an attack with a place or a day; else nothing."""
    kinds = tuple(dict.fromkeys(kind for _, kind in scene.cues))
    if scene.mentions or scene.link.long_ago or not set(kinds) - _WIDE or scene.link.back:
        return None
    if _NO_EVENT.search(scene.words) or period_of(scene.words, 0, len(scene.words)) is not None:
        return None
    place = whereabouts.meant(scene.place(), n)
    place = place if place is not None and place.tie is Tie.SETTING else None
    timing = scene.time(published, anchor)
    if place is None or (timing is None and not scene.happened):
        return None
    return Prelude(n=n, scene=scene, place=place, timing=timing, kinds=scene.attacks())
