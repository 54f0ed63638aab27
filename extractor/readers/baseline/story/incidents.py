"""Incidents: scenes are put together where place, time and kind of attack allow it (R1)."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from extractor.codes import DatePrecision, Outcome
from extractor.people import Reference
from extractor.readers.baseline.places.finding import PlacePhrase
from extractor.readers.baseline.places.whereabouts import Whereabouts, narrower
from extractor.readers.baseline.story.drafts import (
    RECENT,
    Draft,
    may_be_same_attack,
    may_be_same_place,
)
from extractor.readers.baseline.story.entries import Heading, heading_of
from extractor.readers.baseline.story.preludes import Prelude, prelude_of
from extractor.readers.baseline.story.sameness import clash, who_is
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.telling import Aside, Telling
from extractor.readers.baseline.times.timing import (
    FIRST_LEAD,
    LEAD,
    Hold,
    Timing,
    firmer,
    may_be_same_time,
    time_beside,
    time_in_title,
)
from extractor.resolve.dates import Interval, resolve_date

_LEAD = 2  # sentences of the first incident that may sum up several: a heading and the lead
_OF_A_DAY = frozenset({DatePrecision.DAY, DatePrecision.PART_OF_DAY})
_OLD_NEWS = timedelta(days=10)  # so long before the news an event is told as context


@dataclass(kw_only=True)
class Story:
    """The incidents of an article as its sentences tell them, one after another."""

    published: date | None
    drafts: list[Draft] = field(default_factory=list[Draft])
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    _lead: Timing | None = None
    """When an event was that a sentence before told without its casualties."""
    _lead_age: int = 0
    _opening: Timing | None = None
    """The first day that the article names before it tells of anybody hurt."""
    _prelude: Prelude | None = None
    """The attack told last without its casualties."""
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

    def tell(self, n: int, telling: Telling, *, forced: bool) -> Draft | None:
        """Take in what sentence number `n` tells of an incident; the incident, if it is one.

        `forced` is true if a word of force stands in it or shortly before. Context without a place
        or time of its own is no incident (R0).
        """
        if telling.aside:
            return self._tell_aside(n, telling, telling.aside)
        scene = telling.scene
        place = self.whereabouts.meant(telling.place, n)
        timing = telling.time(self.published, self._anchor)
        draft = self._match(telling, place, timing)
        prelude = None if telling.is_again else self._prelude_of(n, telling, place)
        if prelude and draft and draft.last_told < prelude.n and not prelude.may_be(draft):
            draft = None  # the figures are of the attack told in between
        if draft is None and prelude is not None:
            draft = self._new_draft(n, scene, recalled=False)
            draft.place, draft.timing = prelude.place, firmer(draft.timing, prelude.timing)
            draft.extra.append(prelude.scene)
            draft.kinds |= dict.fromkeys(prelude.kinds)
            self.drafts.append(draft)
        if draft is None:
            recalled = self._is_recalled(telling, timing)
            if recalled and place is None and timing is None:
                return None
            draft = self._new_draft(n, scene, recalled=recalled)
            self.drafts.append(draft)
        self._lead = None
        goes_on = scene.link.back and bool(draft.tellings)
        if draft is self.drafts[0] and len(draft.tellings) < _LEAD and not goes_on:
            draft.several = draft.several or scene.link.several
        draft.tellings.append(telling)
        draft.told_in.append(n)
        draft.kinds |= dict.fromkeys(telling.attacks)
        draft.violent |= forced
        draft.timing = firmer(draft.timing, timing)
        draft.place = narrower(draft.place, place)
        return draft

    def hear_prelude(self, n: int, scene: Scene) -> None:
        """Note an attack that a sentence tells of without its casualties."""
        prelude = prelude_of(n, scene, self.whereabouts, self.published, self._anchor)
        if prelude is not None:
            self._prelude = prelude

    def _prelude_of(self, n: int, telling: Telling, place: PlacePhrase | None) -> Prelude | None:
        prelude = self._prelude
        return prelude if prelude and prelude.is_of(n, telling, place) else None

    def _tell_aside(self, n: int, telling: Telling, aside: Aside) -> Draft | None:
        """Take in an older event told in a clause of the news, which is told before it."""
        place = self.whereabouts.meant(telling.place, n)
        if place is None:
            return None
        draft = next(
            (
                one
                for one in reversed(self.drafts[-RECENT:])
                if one.place is not None
                and may_be_same_place(one.place, place)
                and _counts_the_same(one, telling)
            ),
            None,
        )
        if draft is None:
            draft = Draft(background=aside.far, aside=True, entry=telling.scene.entry, first_told=n)
            draft.place, draft.violent = place, True
            self.drafts.insert(max(0, len(self.drafts) - 1), draft)
        draft.tellings.append(telling)
        draft.kinds |= dict.fromkeys(telling.attacks)
        return draft

    def tell_more(self, n: int, scene: Scene) -> Draft:
        """Take in a sentence without a figure that goes on with the incident told last."""
        draft = self.drafts[-1]
        draft.extra.append(scene)
        draft.place = narrower(draft.place, self.whereabouts.meant(scene.place(), n))
        draft.timing = firmer(draft.timing, scene.time(self.published, self._anchor))
        self._lead = None
        return draft

    def tell_time(self, scene: Scene, *, follows: bool) -> None:
        """Take in when an event was of which a sentence counts nobody.

        It dates the incident told last, if the sentence goes on with it or the article tells of no
        other, and one that the next sentences tell.
        """
        timing = scene.time(self.published, self._anchor) if not scene.mentions else None
        if self.drafts and not scene.link.apart and (follows or len(self.drafts) == 1):
            self.drafts[-1].timing = firmer(self.drafts[-1].timing, timing)
        if not self.drafts and self._opening is None and scene.times and not scene.of_title:
            self._opening = self._opening_time(scene)
        self._lead_age += 1
        if timing or self._lead_age > (LEAD if self.drafts else FIRST_LEAD):
            self._lead, self._lead_age = timing, 0

    def _opening_time(self, scene: Scene) -> Timing | None:
        """What a sentence at the start of an article tells of the time, be it of no attack."""
        if scene.link.long_ago:
            return None
        beside = time_beside(scene.words, times=scene.times, published=self.published, violent=True)
        day = beside.days if beside else None
        near = day is not None and day.precision in _OF_A_DAY and self._is_news(day)
        return replace(beside, hold=Hold.LOOSE) if beside and near else None

    def _is_news(self, days: Interval) -> bool:
        """Whether days lie shortly before publication, and are not the page's own."""
        if self.published is None or days.end is None:
            return self.published is None
        return timedelta(0) < self.published - days.end <= _OLD_NEWS

    def settle(self, title: str | None) -> None:
        """Give every incident the place and time that the whole article gives it."""
        alone = len(self.drafts) == 1
        told = {n for draft in self.drafts for n in draft.told_in}
        for draft in self.drafts:
            draft.place = self.whereabouts.settled(
                draft.place,
                first=draft.first_told,
                last=draft.last_told,
                alone=alone,
                others=told.difference(draft.told_in),
            )
        if title and alone and self.drafts[0].timing is None:
            self.drafts[0].timing = time_in_title(title, published=self.published)
        if alone and self.drafts[0].timing is None:
            self.drafts[0].timing = self._opening

    @property
    def _anchor(self) -> date | None:
        """The day of the incident told last, from which "the next day" is counted."""
        return next((d.timing.day for d in reversed(self.drafts[-RECENT:]) if d.timing), None)

    def _new_draft(self, n: int, scene: Scene, *, recalled: bool) -> Draft:
        draft = Draft(background=recalled, entry=scene.entry, first_told=n)
        heading = self._heading
        if scene.entry and heading is not None and not recalled:
            draft.place = heading.place
            if heading.time and not scene.times:
                days = resolve_date(heading.time, self.published)
                draft.timing = Timing(expression=heading.time, days=days, hold=Hold.BESIDE)
        elif not (recalled or scene.link.apart):
            draft.timing = self._lead
        return draft

    def _is_recalled(self, telling: Telling, timing: Timing | None) -> bool:
        """Whether a new incident lies well before the news, or is told aside of it (R0)."""
        if not self.drafts:
            return False
        if telling.scene.link.long_ago:
            return True
        news = next((d.days.start for d in self.drafts if d.days and d.days.start), None)
        end = timing.days.end if timing and timing.days else None
        if news is None or end is None:
            return False
        return news - end > _OLD_NEWS or (telling.is_aside and end < news)

    def _match(
        self, telling: Telling, place: PlacePhrase | None, timing: Timing | None
    ) -> Draft | None:
        """The incident that a sentence goes on with; `None` if it tells of another one."""
        scene = telling.scene
        goes_on = telling.is_again or telling.is_more or scene.link.back
        known = next(
            (one for one in reversed(self.drafts[-RECENT:]) if _names_again(one, telling)), None
        )
        if (
            self.drafts
            and _is_aftermath(telling)
            and may_be_same_place(self.drafts[-1].place, telling.place)
        ):
            return self.drafts[-1]
        if scene.link.apart and not telling.is_again:
            return None
        bare = place is None and timing is None
        for draft in reversed(self.drafts[-RECENT:]):
            if scene.entry and draft.entry != scene.entry:
                continue
            back = goes_on and draft is self.drafts[-1] and known in (None, draft)
            if draft.background and not back and bare:
                continue  # the story comes back from what it recalled
            if draft.wide and timing is not None and not _counts_the_same(draft, telling):
                continue  # "the war has killed 900. On Monday it killed six in Brod."
            if draft.aside and (place is None or timing is not None):
                continue
            if not may_be_same_time(draft.timing, timing) or not may_be_same_attack(
                draft.attacks, telling.attacks
            ):
                continue
            if telling.is_again or known is draft:
                return draft
            if scene.link.long_ago and not goes_on and not draft.background:
                continue  # "last month a girl was killed" beside the news of a boy
            if draft.several and (place is not None or _is_less(draft, telling)) and not goes_on:
                continue  # one of the incidents that the lead summed up
            if may_be_same_place(draft.place, place) and not _contradicts(draft, telling):
                return draft
        return None


def _is_less(draft: Draft, telling: Telling) -> bool:
    """Whether a sentence counts people anew, and fewer than a lead that sums up."""
    return bool(telling.mentions) and all(
        mention.people.reference is Reference.NEW
        and mention.number.lower is not None
        and draft.counts(mention.outcome)
        and 0 < mention.number.lower < (draft.most_of(mention.outcome) or _MANY)
        for mention in telling.mentions
    )


def _counts_the_same(draft: Draft, telling: Telling) -> bool:
    """Whether an incident has a figure of a sentence already."""
    told = {(one.outcome, one.number.lower) for two in draft.tellings for one in two.mentions}
    return any((one.outcome, one.number.lower) in told for one in telling.mentions)


def _names_again(draft: Draft, telling: Telling) -> bool:
    """Whether a sentence tells the same of somebody told of: "the leader" who was detained."""
    again = [
        (mention.outcome, who_is(telling.scene.words, mention, sentence=telling.scene.at))
        for mention in telling.mentions
        if mention.people.reference is Reference.DEFINITE and mention.people.group is not None
    ]
    return any(
        outcome is mention.outcome
        and (told := who_is(one.scene.words, mention, sentence=one.scene.at)).nouns
        and not clash(who, told)
        and (who.nouns == told.nouns or (who.is_one and told.is_one))
        for outcome, who in again
        for one in draft.tellings[-RECENT:]
        for mention in one.mentions
    )


def _is_aftermath(telling: Telling) -> bool:
    """Whether a sentence tells only that people of an event died later: "a second man died".

    It has no attack of its own, be it told with a day of its own: "She died on Monday."
    """
    if telling.scene.cues or not telling.mentions:
        return False
    return all(
        mention.rule == "own"
        and mention.outcome in (Outcome.KILLED, Outcome.DIED_OF_WOUNDS)
        and mention.people.reference in (Reference.PRONOUN, Reference.MORE)
        for mention in telling.mentions
    )


_MANY = 1_000_000  # "several attacks killed dozens" may sum up any figure


def _contradicts(draft: Draft, telling: Telling) -> bool:
    """Whether a sentence gives another total of the same outcome and points to no event before."""
    scene = telling.scene
    if scene.link.back or telling.is_more:
        return False
    begins = scene.opens and (telling.place is not None or bool(scene.times))
    if not begins and (scene.speakers or not telling.attacks):
        return False
    totals = {
        mention.outcome: mention.number.lower
        for told in draft.tellings[-RECENT:]
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
