"""Incidents: scenes are put together where place, time and kind of attack allow it (R1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from extractor.codes import AttackType, PlaceLevel
from extractor.readers.baseline.places import PlacePhrase, base_name, nested
from extractor.readers.baseline.scenes import Scene
from extractor.readers.baseline.timing import (
    FIRST_LEAD,
    LEAD,
    Timing,
    firmer,
    may_be_same_time,
    time_in_title,
    time_of_entry,
)
from extractor.resolve.dates import Interval
from extractor.resolve.places import place_level

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
_NARROW_FIRST = (
    PlaceLevel.EXACT_POINT,
    PlaceLevel.STREET_OR_LANDMARK,
    PlaceLevel.NEIGHBOURHOOD,
    PlaceLevel.TOWN_OR_VILLAGE,
    PlaceLevel.CITY,
    PlaceLevel.UNKNOWN,
    PlaceLevel.ADMIN3,
    PlaceLevel.ADMIN2,
    PlaceLevel.ADMIN1,
    PlaceLevel.REGION,
    PlaceLevel.COUNTRY,
    PlaceLevel.WATERS,
)


_RECENT = 12  # incidents; an article does not come back to one told longer ago without naming it


@dataclass(kw_only=True)
class Draft:
    """An incident in the making."""

    scenes: list[Scene] = field(default_factory=list[Scene])
    kinds: dict[AttackType, None] = field(default_factory=dict[AttackType, None])
    """How the violence was done, as the sentences tell it one after another."""
    place: PlacePhrase | None = None
    timing: Timing | None = None
    extra: list[Scene] = field(default_factory=list[Scene])
    """Sentences without a figure that tell more of it: its place, or a blame."""

    @property
    def expression(self) -> str | None:
        """The words that date it."""
        return self.timing.expression if self.timing else None

    @property
    def days(self) -> Interval | None:
        """The days it is dated to."""
        return self.timing.days if self.timing else None

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
    city: str | None = None
    """The last city named, which "the city" means."""
    _lead: Timing | None = None
    """When an event was that a sentence before told without its casualties."""
    _lead_age: int = 0
    _entry: Timing | None = None
    """The day that heads the entry of a log which the sentence stands in."""
    _entry_begins: bool = False

    def tell(self, scene: Scene, *, follows: bool) -> Draft | None:
        """Take in the next sentence; the incident it tells of, if it does.

        `follows` is true if the sentence before it did.
        """
        self._remember_city(scene)
        if scene.mentions and (scene.period or (self.drafts and scene.sums_up)):
            self.cumulative.append(scene)
            return None
        if scene.mentions:
            return self._tell_casualties(scene)
        if self.drafts and follows and scene.points_back and scene.happened:
            return self._tell_more(self.drafts[-1], scene)
        self._tell_time(scene, follows=follows)
        return None

    def date_by_title(self, title: str | None) -> None:
        """Date the only incident by the title, if no sentence does."""
        if title and len(self.drafts) == 1 and self.drafts[0].timing is None:
            self.drafts[0].timing = time_in_title(title, published=self.published)

    def _tell_time(self, scene: Scene, *, follows: bool) -> None:
        if scene.times and (entry := time_of_entry(scene.words, published=self.published)):
            self._entry, self._entry_begins, self._lead = entry, True, None
            return
        timing = self._time(scene)
        if (
            self.drafts
            and not (scene.apart or self._entry_begins)
            and (follows or len(self.drafts) == 1)
        ):
            self.drafts[-1].timing = firmer(self.drafts[-1].timing, timing)
        self._lead_age += 1
        if timing or self._lead_age > (LEAD if self.drafts else FIRST_LEAD):
            self._lead, self._lead_age = timing, 0

    def _time(self, scene: Scene) -> Timing | None:
        anchor = next((d.timing.day for d in reversed(self.drafts) if d.timing), None)
        return scene.time(self.published, anchor)

    def _tell_casualties(self, scene: Scene) -> Draft:
        place = self._whole_place(scene.place())
        timing = self._time(scene)
        draft = self._match(scene, place, timing)
        if draft is None:
            draft = Draft(timing=self._entry if scene.apart else self._lead or self._entry)
            self.drafts.append(draft)
        self._entry_begins = False
        draft.scenes.append(scene)
        draft.kinds |= dict.fromkeys(scene.attacks())
        draft.timing = firmer(draft.timing, timing)
        draft.place = _narrower(draft.place, place)
        self._lead = None
        return draft

    def _tell_more(self, draft: Draft, scene: Scene) -> Draft:
        draft.extra.append(scene)
        draft.place = _narrower(draft.place, self._whole_place(scene.place()))
        draft.timing = firmer(draft.timing, self._time(scene))
        self._lead = None
        return draft

    def _match(
        self, scene: Scene, place: PlacePhrase | None, timing: Timing | None
    ) -> Draft | None:
        """The incident that a sentence goes on with; `None` if it tells of another one."""
        if scene.apart or self._entry_begins:
            return None
        for draft in reversed(self.drafts[-_RECENT:]):
            if (
                may_be_same_time(draft.timing, timing)
                and may_be_same_place(draft.place, place)
                and may_be_same_attack(draft.attacks, scene.attacks())
                and not _contradicts(draft, scene)
            ):
                return draft
        return None

    def _whole_place(self, place: PlacePhrase | None) -> PlacePhrase | None:
        """A place with what it points back to filled in."""
        if place is None:
            return None
        if place.same:
            last = next((d.place for d in reversed(self.drafts) if d.place), None)
            return replace(last, at=place.at) if last else None
        if place.of_the_city and self.city and self.city not in place.within:
            return replace(place, within=(*place.within, self.city))
        return place

    def _remember_city(self, scene: Scene) -> None:
        for place in scene.places:
            narrow = place_level(place.name) in _NARROW_FIRST[:3]
            if not place.same and not place.of_the_city and not narrow:
                self.city = place.city or base_name(place.name) or self.city


def _narrower(known: PlacePhrase | None, new: PlacePhrase | None) -> PlacePhrase | None:
    if known is None or new is None:
        return known or new
    narrow = _NARROW_FIRST.index(place_level(new.name)) < _NARROW_FIRST.index(
        place_level(known.name)
    )
    if narrow and new.name not in known.within:
        return nested(new, known)
    return known


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
