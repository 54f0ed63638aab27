"""Incidents: scenes are put together where place, time and kind of attack allow it (R1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from extractor.codes import AttackType, Outcome, PlaceLevel
from extractor.people import Reference
from extractor.readers.baseline.blames import BlameMention
from extractor.readers.baseline.entries import Heading, heading_of
from extractor.readers.baseline.places import PlacePhrase, base_name, nested
from extractor.readers.baseline.scenes import Scene
from extractor.readers.baseline.telling import Telling
from extractor.resolve.dates import Interval, resolve_date
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
_LEAD = 2  # sentences of the first incident that may sum up several: a heading and the lead
_OLD_NEWS = timedelta(days=10)  # so long before the news an event is told as context


@dataclass(kw_only=True)
class Draft:
    """An incident in the making."""

    tellings: list[Telling] = field(default_factory=list[Telling])
    kinds: dict[AttackType, None] = field(default_factory=dict[AttackType, None])
    """How the violence was done, as the sentences tell it one after another."""
    place: PlacePhrase | None = None
    expression: str | None = None
    days: Interval | None = None
    extra: list[Scene] = field(default_factory=list[Scene])
    """Sentences without a figure that tell more of it: its place, or a blame."""
    background: bool = False
    """Whether it is told as context of the news."""
    entry: int = 0
    """The entry of a log that tells of it; 0 where the text is no log."""
    several: str | None = None
    """Words that sum up several incidents in its figures: "three separate attacks"."""
    violent: bool = False
    """Whether a word of force stands in or shortly before its sentences."""
    blames: list[tuple[Scene, BlameMention]] = field(
        default_factory=list[tuple[Scene, BlameMention]]
    )
    last_told: int = 0
    """The number of the sentence that told of it last."""

    @property
    def scenes(self) -> list[Scene]:
        """Its sentences with a figure."""
        return [telling.scene for telling in self.tellings]

    @property
    def attacks(self) -> tuple[AttackType, ...]:
        """How the violence was done."""
        return tuple(self.kinds) or (AttackType.UNKNOWN,)

    def most_of(self, outcome: Outcome) -> int:
        """The largest figure of an outcome among those told last."""
        figures = (
            mention.number.lower or 0
            for telling in self.tellings[-_RECENT:]
            for mention in telling.mentions
            if mention.outcome is outcome
        )
        return max(figures, default=0)


@dataclass(kw_only=True)
class Story:
    """The incidents of an article as its sentences tell them, one after another."""

    published: date | None
    drafts: list[Draft] = field(default_factory=list[Draft])
    city: str | None = None
    """The last city named, which "the city" means."""
    _entry: int = 0
    _heading: Heading | None = None
    """The label of the entry that is being read."""
    _fresh: bool = False
    """Whether nothing but its label was read of the entry."""

    def open_entry(self, scene: Scene) -> None:
        """Note the label of an entry of a log: its day and place hold for what stands under it."""
        if not scene.entry:
            return
        if scene.entry != self._entry:
            self._entry, self._heading = scene.entry, None
            self._fresh = True
        heading = heading_of(scene.words) if self._fresh and not scene.mentions else None
        if heading is None:
            self._fresh = False
            return
        known = self._heading
        self._heading = Heading(
            time=(known and known.time) or heading.time,
            place=(known and known.place) or heading.place,
        )

    def tell(self, telling: Telling, *, forced: bool) -> Draft | None:
        """Take in what a sentence tells of an incident; the incident, if it is one.

        `forced` is true if a word of force stands in it or shortly before. Context without a place
        or time of its own is no incident (R0).
        """
        scene = telling.scene
        place = self._whole_place(telling.place)
        days = scene.days(self.published, telling.at)
        draft = self._match(telling, place, days)
        if draft is None:
            recalled = self._is_recalled(scene, days)
            if recalled and place is None and telling.time is None:
                return None
            draft = self._new_draft(scene, recalled=recalled)
            self.drafts.append(draft)
        if draft is self.drafts[0] and len(draft.tellings) < _LEAD and not scene.link.back:
            draft.several = draft.several or scene.link.several
        draft.tellings.append(telling)
        draft.kinds |= dict.fromkeys(telling.attacks)
        draft.violent |= forced
        if draft.expression is None and telling.time:
            draft.expression, draft.days = telling.time, days
        draft.place = _narrower(draft.place, place)
        return draft

    def tell_more(self, scene: Scene) -> Draft:
        """Take in a sentence without a figure that goes on with the incident told last."""
        draft = self.drafts[-1]
        draft.extra.append(scene)
        draft.place = _narrower(draft.place, self._whole_place(scene.place()))
        if draft.expression is None and scene.time():
            draft.expression, draft.days = scene.time(), scene.days(self.published)
        return draft

    def _new_draft(self, scene: Scene, *, recalled: bool) -> Draft:
        draft = Draft(background=recalled, entry=scene.entry)
        if scene.entry and self._heading is not None and not recalled:
            draft.place = self._heading.place
            if self._heading.time and not scene.times:
                draft.expression = self._heading.time
                draft.days = resolve_date(self._heading.time, self.published)
        return draft

    def _is_recalled(self, scene: Scene, days: Interval | None) -> bool:
        """Whether a new incident lies well before the news (R0)."""
        if not self.drafts:
            return False
        if scene.link.long_ago:
            return True
        news = next((d.days.start for d in self.drafts if d.days and d.days.start), None)
        end = days.end if days else None
        return news is not None and end is not None and news - end > _OLD_NEWS

    def _match(
        self, telling: Telling, place: PlacePhrase | None, days: Interval | None
    ) -> Draft | None:
        """The incident that a sentence goes on with; `None` if it tells of another one."""
        scene = telling.scene
        goes_on = telling.is_again or telling.is_more or scene.link.back
        if scene.link.apart and not telling.is_again:
            return None
        bare = place is None and telling.time is None
        for draft in reversed(self.drafts[-_RECENT:]):
            if scene.entry and draft.entry != scene.entry:
                continue
            if draft.background and not (goes_on and draft is self.drafts[-1]) and bare:
                continue  # the story comes back from what it recalled
            if not _may_be_same_days(draft.days, days) or not may_be_same_attack(
                draft.attacks, telling.attacks
            ):
                continue
            if telling.is_again:
                return draft
            if scene.link.long_ago and not goes_on and not draft.background:
                continue  # "last month a girl was killed" beside the news of a boy
            if draft.several and place is not None and not goes_on:
                continue  # one of the incidents that the lead summed up
            if may_be_same_place(draft.place, place) and not _contradicts(draft, telling):
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

    def remember_city(self, scene: Scene) -> None:
        """Note the last city that a sentence names."""
        for place in scene.places:
            narrow = _level(place.name) in _NARROW_FIRST[:3]
            if not place.same and not place.of_the_city and not narrow:
                self.city = place.city or base_name(place.name) or self.city


@lru_cache(maxsize=4096)
def _level(name: str) -> PlaceLevel:
    return place_level(name)


def _narrower(known: PlacePhrase | None, new: PlacePhrase | None) -> PlacePhrase | None:
    if known is None or new is None:
        return known or new
    narrow = _NARROW_FIRST.index(_level(new.name)) < _NARROW_FIRST.index(_level(known.name))
    if narrow and new.name not in known.within:
        return nested(new, known)
    return known


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


def _contradicts(draft: Draft, telling: Telling) -> bool:
    """Whether a sentence gives another total of the same outcome and points to no event before."""
    scene = telling.scene
    if scene.link.back or telling.is_more:
        return False
    begins = scene.opens and (telling.place is not None or telling.time is not None)
    if not begins and (scene.speakers or not telling.attacks):
        return False
    totals = {
        mention.outcome: mention.number.lower
        for told in draft.tellings[-_RECENT:]
        for mention in told.mentions
        if mention.part_of is None
    }
    return any(
        mention.part_of is None
        and mention.people.reference is Reference.NEW
        and mention.number.lower is not None
        and totals.get(mention.outcome) is not None
        and totals[mention.outcome] != mention.number.lower
        and mention.number.lower > 1
        for mention in telling.mentions
    )
