"""Incidents: scenes are put together where place, time and kind of attack allow it (R1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from extractor.codes import AttackType
from extractor.readers.baseline.places import PlacePhrase, base_name
from extractor.readers.baseline.scenes import Scene
from extractor.readers.baseline.whereabouts import Whereabouts, narrower
from extractor.resolve.dates import Interval

_FAMILIES = (
    frozenset({AttackType.EXPLOSIVE_DEVICE, AttackType.SUICIDE_ATTACK}),
    frozenset(
        {
            AttackType.AIRSTRIKE,
            AttackType.DRONE_STRIKE,
            AttackType.AIR_OR_ARTILLERY_UNSPECIFIED,
            AttackType.MISSILE_OR_ROCKET,
        }
    ),
    frozenset(
        {
            AttackType.SHELLING,
            AttackType.AIR_OR_ARTILLERY_UNSPECIFIED,
            AttackType.MISSILE_OR_ROCKET,
        }
    ),
    frozenset(
        {
            AttackType.SHOOTING,
            AttackType.ARMED_CLASH,
            AttackType.CROWD_CONTROL_FORCE,
            AttackType.MOB_VIOLENCE,
            AttackType.EXECUTION,
            AttackType.STABBING_OR_BEATING,
            AttackType.ABDUCTION,
        }
    ),
)
_RECENT = 12  # incidents; an article does not come back to one told longer ago without naming it


@dataclass(kw_only=True)
class Draft:
    """An incident in the making."""

    scenes: list[Scene] = field(default_factory=list[Scene])
    kinds: dict[AttackType, None] = field(default_factory=dict[AttackType, None])
    """How the violence was done, as the sentences tell it one after another."""
    place: PlacePhrase | None = None
    expression: str | None = None
    days: Interval | None = None
    extra: list[Scene] = field(default_factory=list[Scene])
    """Sentences without a figure that tell more of it: its place, or a blame."""

    @property
    def attacks(self) -> tuple[AttackType, ...]:
        """How the violence was done."""
        return tuple(self.kinds) or (AttackType.UNKNOWN,)

    @property
    def last(self) -> Scene:
        """The sentence that told of it last."""
        return max((*self.scenes[-1:], *self.extra[-1:]), key=lambda s: s.sentence.start)


@dataclass(kw_only=True)
class Story:
    """The incidents of an article as its sentences tell them, one after another."""

    published: date | None
    drafts: list[Draft] = field(default_factory=list[Draft])
    cumulative: list[Scene] = field(default_factory=list[Scene])
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    _numbers: dict[int, int] = field(default_factory=dict[int, int])
    """The number of each sentence, by where it starts."""

    def hear(self, n: int, scene: Scene) -> None:
        """Note the places of sentence number `n`, whatever it tells."""
        self._numbers[scene.sentence.start] = n
        self.whereabouts.hear(n, scene.places)

    def settle(self) -> None:
        """Give every incident the place that the whole article gives it."""
        for draft in self.drafts:
            told = [self._numbers[s.sentence.start] for s in (*draft.scenes, *draft.extra)]
            draft.place = self.whereabouts.settled(
                draft.place, first=min(told), last=max(told), alone=len(self.drafts) == 1
            )

    def tell(self, scene: Scene, *, follows: bool) -> Draft | None:
        """Take in the next sentence; the incident it tells of, if it does.

        `follows` is true if the sentence before it did.
        """
        if scene.mentions and (scene.period or (self.drafts and scene.sums_up)):
            self.cumulative.append(scene)
            return None
        if scene.mentions:
            return self._tell_casualties(scene)
        if self.drafts and follows and scene.points_back and scene.happened:
            return self._tell_more(self.drafts[-1], scene)
        return None

    def _tell_casualties(self, scene: Scene) -> Draft:
        place = self._whole_place(scene)
        days = scene.days(self.published)
        draft = self._match(scene, place, days)
        if draft is None:
            draft = Draft()
            self.drafts.append(draft)
        draft.scenes.append(scene)
        draft.kinds |= dict.fromkeys(scene.attacks())
        if draft.expression is None and scene.time():
            draft.expression, draft.days = scene.time(), days
        draft.place = narrower(draft.place, place)
        return draft

    def _tell_more(self, draft: Draft, scene: Scene) -> Draft:
        draft.extra.append(scene)
        draft.place = narrower(draft.place, self._whole_place(scene))
        if draft.expression is None and scene.time():
            draft.expression, draft.days = scene.time(), scene.days(self.published)
        return draft

    def _match(
        self, scene: Scene, place: PlacePhrase | None, days: Interval | None
    ) -> Draft | None:
        """The incident that a sentence goes on with; `None` if it tells of another one."""
        if scene.apart:
            return None
        for draft in reversed(self.drafts[-_RECENT:]):
            if (
                _may_be_same_days(draft.days, days)
                and may_be_same_place(draft.place, place)
                and may_be_same_attack(draft.attacks, scene.attacks())
                and not _contradicts(draft, scene)
            ):
                return draft
        return None

    def _whole_place(self, scene: Scene) -> PlacePhrase | None:
        """The place of a scene with what it points back to filled in."""
        return self.whereabouts.meant(scene.place(), self._numbers[scene.sentence.start])


def _may_be_same_days(known: Interval | None, new: Interval | None) -> bool:
    if known is None or new is None or None in (known.start, known.end, new.start, new.end):
        return True
    return not (known.end < new.start or new.end < known.start)  # type: ignore[operator]


def may_be_same_place(known: PlacePhrase | None, new: PlacePhrase | None) -> bool:
    """Whether two place phrases share a proper name, or one of them is not told."""
    if known is None or new is None:
        return True
    return bool(_proper_names(known) & _proper_names(new))


def _proper_names(place: PlacePhrase) -> frozenset[str]:
    names = (base_name(name) for name in (place.name, *place.within))
    bare = frozenset(name.lower() for name in names if name)
    return bare or frozenset({place.name.lower()})


def may_be_same_attack(known: Iterable[AttackType], new: Iterable[AttackType]) -> bool:
    """Whether two lists of attack types can tell of one attack."""
    told, more = set(known) - _VAGUE, set(new) - _VAGUE
    if not told or not more or told & more:
        return True
    return any(told & family and more & family for family in _FAMILIES)


_VAGUE = frozenset({AttackType.UNKNOWN, AttackType.OTHER})


def _contradicts(draft: Draft, scene: Scene) -> bool:
    """Whether a sentence gives another total of the same outcome and points to no event before."""
    if scene.points_back or scene.speakers or not scene.attacks():
        return False
    totals = {
        mention.outcome: mention.number.lower
        for told in draft.scenes[-_RECENT:]
        for mention in told.mentions
        if mention.part_of is None
    }
    return any(
        mention.part_of is None
        and mention.number.lower is not None
        and totals.get(mention.outcome) is not None
        and totals[mention.outcome] != mention.number.lower
        and mention.number.lower > 1
        for mention in scene.mentions
    )
