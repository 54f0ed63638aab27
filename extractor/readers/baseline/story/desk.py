"""The desk of one reading: where the story, its speakers and its blames come together."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from extractor.codes import Outcome, Qualifier, Scope, SpeakerType
from extractor.mentions import Mention
from extractor.people import Reference
from extractor.readers.baseline.blames.finding import BlameMention
from extractor.readers.baseline.story.campaigns import campaign_of
from extractor.readers.baseline.story.drafts import Draft
from extractor.readers.baseline.story.figures_alone import ALONE, figure_alone
from extractor.readers.baseline.story.incidents import Story
from extractor.readers.baseline.story.joining import (
    goes_with,
    is_mere_arrest,
    may_wait,
    meant_before,
    meant_in_sentence,
    others_meant,
    wait_is_over,
)
from extractor.readers.baseline.story.links import is_recalled
from extractor.readers.baseline.story.openings import Unplaced, open_by_blames
from extractor.readers.baseline.story.partitions import PARTITION, partition_of
from extractor.readers.baseline.story.periods import Period, is_summed_up, period_of
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.sums import is_of_another, is_sum_of, is_uprooted
from extractor.readers.baseline.story.targets import named_target
from extractor.readers.baseline.story.telling import Telling, tellings_of
from extractor.readers.baseline.story.violence import Harmless, own_reason, reason_to_leave
from extractor.readers.baseline.story.voices import Voices
from extractor.records import Left

_FORCE_REACH = 6  # sentences; "Gunmen opened fire on a bar." is still what the dead died of
RECALLED = "recalled"  # the rule of mentions that tell what somebody is wanted for
_SEVERAL = 2  # incidents; a figure of nobody's own may sum them up
_WAIT = 2  # sentences that a blame waits for the toll of its event
_BLAMED = 12  # incidents among which the one that a blame means is looked for


@dataclass(frozen=True, kw_only=True)
class Summed:
    """A figure that covers more than one incident (R9)."""

    scene: Scene
    mention: Mention
    period: Period


@dataclass(kw_only=True)
class Desk:
    """What is known while an article is read, sentence after sentence."""

    published: date | None
    sides: frozenset[SpeakerType]
    summed: list[Summed] = field(default_factory=list[Summed])
    left: list[Left] = field(default_factory=list[Left])
    recalled: list[tuple[int, Telling]] = field(default_factory=list[tuple[int, Telling]])
    """Deeds that somebody is held, sought or tried for, and the numbers of their sentences."""
    _last_told: int = -2
    _forced: int = -100
    """The last sentence with a word of force."""
    _other_event: int = -2
    """The last sentence that speaks of an attack without a figure."""
    _harmless: Harmless | None = None
    _waiting: list[tuple[int, Scene, BlameMention]] = field(
        default_factory=list[tuple[int, Scene, BlameMention]]
    )
    """Blames of the sentences before that no toll was told of yet."""
    _unplaced: list[Unplaced] = field(default_factory=list[Unplaced])
    """Blames for whose event no toll was told near by."""
    _before: Scene | None = None
    """The sentence that was read before."""
    _parted: tuple[Mention, ...] = ()
    """The people counted in the sentence before, of whom the next may tell who they were."""
    _looked_back: int = -2
    """The last sentence that recalls an older event without counting anybody."""

    def __post_init__(self) -> None:
        self.story = Story(published=self.published)
        self.voices = Voices(sides=self.sides)

    @property
    def drafts(self) -> list[Draft]:
        """The incidents told so far."""
        return self.story.drafts

    def tell(self, n: int, scene: Scene) -> None:
        """Take in what sentence number `n` tells of an event, and of who did it."""
        if not scene.mentions and self._before is not None and not scene.cues:
            known = partition_of(scene.words, self._parted)
            scene = replace(scene, mentions=known or figure_alone(scene.words, self._parted))
        self._take_in(n, scene)
        self._before = scene
        if not any(one.rule in (PARTITION, ALONE) for one in scene.mentions):
            self._parted = scene.mentions

    def _take_in(self, n: int, scene: Scene) -> None:
        self.voices.hear(scene)
        self.story.whereabouts.hear(n, scene.places)
        self.story.open_entry(scene)
        reason = self._harm_by_nobody(n, scene)
        if reason is not None:
            self.leave(scene, scene.mentions, reason)
            return
        if scene.cues or scene.is_deed:
            self._forced = n
        if not scene.mentions and scene.link.long_ago and scene.cues:
            self._looked_back = n
        if self._goes_on_recalling(n, scene):
            self.leave(scene, scene.mentions, "recalled")
            return
        self.story.hear_prelude(n, scene)
        told = self._tell_casualties(n, scene)
        draft = told[0][1] if told else None
        follows = n == self._last_told + 1
        if draft is None and self.drafts and follows and scene.link.back and scene.happened:
            draft = self.story.tell_more(n, scene)
        if draft is not None:
            self._last_told = draft.last_told = n
        else:
            self.story.tell_time(scene, follows=follows)
        if draft is None and self._is_elsewhere(scene):
            self._other_event = n
        self._tell_blames(n, scene, draft, told)

    def _is_elsewhere(self, scene: Scene) -> bool:
        """Whether a sentence without a figure tells of an attack that is none of those told."""
        if not scene.cues or not (scene.places or scene.times) or scene.link.back:
            return False
        return not any(goes_with(one, scene, self.published) for one in self.drafts[-1:])

    def _is_of_another(self, n: int) -> bool:
        """Whether another attack was spoken of since the last incident was told."""
        if not self.drafts or self._other_event >= n:
            return False
        return all(draft.last_told < self._other_event for draft in reversed(self.drafts))

    def _wait(self, n: int, at: int, scene: Scene, mention: BlameMention) -> None:
        """Let a blame of sentence `at` wait for the toll of its event, if it has not for long."""
        if n - at < _WAIT:
            self._waiting.append((at, scene, mention))
        else:
            self._unplaced.append(Unplaced(n=at, scene=scene, mention=mention, waited=True))

    def _tell_blames(
        self, n: int, scene: Scene, draft: Draft | None, told: list[tuple[Telling, Draft]]
    ) -> None:
        """Put the blames of a sentence to the incident that each is about."""
        waiting, self._waiting = self._waiting, []
        if draft is not None:
            for at, before, mention in waiting:
                if wait_is_over(draft, before, mention, self.published):
                    draft.blames.append((before, mention))
                else:
                    self._wait(n, at, before, mention)
        else:
            for at, before, mention in waiting:
                self._wait(n, at, before, mention)
        for mention in scene.blames:
            arrest = draft is not None and is_mere_arrest(draft, mention)
            drafts = self.drafts[-_BLAMED:]
            meant = (
                meant_in_sentence(mention, told)
                or (None if arrest else draft)
                or meant_before(
                    n,
                    scene,
                    mention,
                    [one for one in drafts if one is not draft or not arrest],
                    self._other_event,
                    self.published,
                )
                or draft
            )
            if meant is not None:
                meant.blames.append((scene, mention))
                for other in others_meant(scene, mention, meant, self.drafts):
                    other.blames.append((scene, mention))
            elif not self._is_of_another(n) and may_wait(scene, mention):
                self._waiting.append((n, scene, mention))
            else:
                self._unplaced.append(Unplaced(n=n, scene=scene, mention=mention))

    def settle_blames(self) -> None:
        """Give the one incident of an article the blames that can mean no other."""
        self._unplaced += [
            Unplaced(n=at, scene=scene, mention=mention, waited=True)
            for at, scene, mention in self._waiting
        ]
        begun = [draft.first_told for draft in self.drafts]
        left: list[Unplaced] = []
        for one in self._unplaced:
            at = bisect_right(begun, one.n)  # a blame names those who were hit near by
            near = self.drafts[max(0, at - _BLAMED) : at + _BLAMED]
            target = named_target(near, one.scene, one.mention)
            if target is None:
                left.append(one)
            else:
                target.blames.append((one.scene, one.mention))
        self._unplaced = left
        news = [draft for draft in self.drafts if not draft.background]
        if len(news) != 1:
            return
        for one in [one for one in self._unplaced if one.waited]:
            if wait_is_over(news[0], one.scene, one.mention, self.published):
                news[0].blames.append((one.scene, one.mention))
                self._unplaced.remove(one)

    def open_incidents(self) -> None:
        """Make incidents of the blames that belong to none told of, at the end of the article."""
        self.story.drafts = open_by_blames(
            self._unplaced, self.drafts, self.story.whereabouts, self.published
        )

    def leave(self, scene: Scene, mentions: Iterable[Mention], reason: str) -> None:
        """Note people of a sentence that no claim is made of, and why."""
        begin = 0 if scene.of_title else scene.sentence.start
        for mention in mentions:
            self.left.append(
                Left(
                    start=begin + mention.start,
                    end=begin + mention.end,
                    field="title" if scene.of_title else "text",
                    reason=reason,
                )
            )

    def _harm_by_nobody(self, n: int, scene: Scene) -> str | None:
        """Why a sentence tells of no armed violence; its words count for the next ones, too."""
        attacks = tuple(kind for _, kind in scene.cues)
        reason = reason_to_leave(scene.words, attacks, n, self._harmless)
        if reason is None:
            if attacks and self._harmless and self._harmless.reason != "pretended":
                self._harmless = None
            return None
        again = scene.link.back or all(map(_is_again, scene.mentions))
        if self.drafts and scene.mentions and again and reason not in ("animal", "pretended"):
            return None  # "the man collapsed and died": no house did
        if own_reason(scene.words):
            self._harmless = Harmless(reason=reason, at=n)
            self._take_back(n, scene, reason)
        return reason

    def _take_back(self, n: int, scene: Scene, reason: str) -> None:
        """Take back an incident told just before which turns out to be no violence.

        "Twelve people died on Monday. Their boat had capsized off Brod."
        """
        for draft in self.drafts[-1:]:
            near = n - draft.last_told <= _FORCE_REACH and not scene.link.apart
            if near and not draft.violent and draft.entry == scene.entry:
                self.drafts.remove(draft)
                for telling in draft.tellings:
                    self.leave(telling.scene, telling.mentions, reason)

    def _goes_on_recalling(self, n: int, scene: Scene) -> bool:
        """Whether a sentence counts people of the older event that the one before it recalled.

        "In June, rebels attacked the post twice. They killed 12 soldiers."
        """
        new = scene.times or scene.opens or not scene.mentions or not self.drafts
        return n == self._looked_back + 1 and not new

    def _tell_casualties(self, n: int, scene: Scene) -> list[tuple[Telling, Draft]]:
        """What a sentence's figures tell, each with the incident that it belongs to."""
        told: list[tuple[Telling, Draft]] = []
        forced = n - self._forced <= _FORCE_REACH
        for telling in tellings_of(scene, self._of_one_event(n, scene)):
            draft = self.story.tell(n, telling, forced=forced)
            if draft is None:
                self.leave(scene, telling.mentions, "recalled")
            else:
                draft.last_told = n
                told.append((telling, draft))
        return told

    def _of_one_event(self, n: int, scene: Scene) -> tuple[Mention, ...]:
        """The mentions of a sentence that tell of one event; the others are put elsewhere."""
        kept: list[Mention] = []
        recalled: list[Mention] = []
        for mention in scene.mentions:
            period = self._period(scene, mention) or self._goes_on_summing(scene, mention)
            if period is not None:
                self.summed.append(Summed(scene=scene, mention=mention, period=period))
            elif mention.rule == RECALLED or is_recalled(
                scene.words, mention.verb_at, mention.people.start
            ):
                self.leave(scene, (mention,), "recalled")
                recalled.append(mention)
            elif _is_vague_aside(scene, mention):
                self.leave(scene, (mention,), "told")
            elif is_of_another(scene, mention):
                self.leave(scene, (mention,), "other_attack")
            else:
                kept.append(mention)
        if recalled:
            self.recalled.append((n, Telling(scene=scene, mentions=tuple(recalled))))
        return tuple(kept)

    def _goes_on_summing(self, scene: Scene, mention: Mention) -> Period | None:
        """What the figure covered of which people are a part: "of these, 160 died by fire"."""
        last = self.summed[-1] if self.summed else None
        if last is None:
            return None
        if last.scene is scene and mention.part_of is not None:
            whole = scene.mentions[mention.part_of]
            return next((one.period for one in self.summed if one.mention is whole), None)
        if mention.rule in (PARTITION, ALONE):
            told = any(one is last.mention for one in self._parted)
            return last.period if told else None
        if last.scene is not self._before:
            return None
        if mention.people.reference is Reference.MORE and scene.is_bare:
            return last.period  # "Some 700 people were killed last year. Another 900 were hurt."
        if not _OF_THESE.match(scene.words):
            return None
        least = last.mention.number.lower
        fits = least is None or (mention.number.lower or 0) <= least
        return last.period if fits else None

    def _period(self, scene: Scene, mention: Mention) -> Period | None:
        """What a mention covers beside one event."""
        if mention.number.qualifier is Qualifier.NONE:
            return None
        if mention.number.lower == 1 and _A_PERSON.match(mention.number.text or ""):
            return None  # "a fugitive since 1992 was arrested": one deed
        period = period_of(scene.words, mention.start, mention.end)
        period = period or campaign_of(scene, mention)
        if period is not None:
            return period
        if is_uprooted(scene, mention):
            return Period(words=None, scope=Scope.CONFLICT)
        if is_sum_of(scene, mention, self.drafts) or self._exceeds_all(scene, mention):
            return Period(words=None, scope=Scope.SEVERAL_INCIDENTS)
        return None

    def _exceeds_all(self, scene: Scene, mention: Mention) -> bool:
        """Whether a sentence of no event sums up, and counts more than each of several did."""
        if not _is_new(mention) or not scene.is_bare or not is_summed_up(scene.words):
            return False
        news = [draft for draft in self.drafts if not draft.background]
        most = mention.number.lower or 0
        return len(news) >= _SEVERAL and all(most > one.most_of(mention.outcome) for one in news)


# At the start of a sentence: it parts the people whom the one before it counted.
_OF_THESE = re.compile(
    r"[\"\u201c]?(?:(?:and|but) )?(?:(?:some|about|at least|more than|nearly|over|almost|another)"
    r" )?(?:[\w,]+ )?(?:out )?of (?:these|them|those|the latter|whom|this number|that number"
    r"|the total)\b",
    re.IGNORECASE,
)
_A_PERSON = re.compile(r"an? (?!total\b|further\b|record\b|\d)[a-z]", re.IGNORECASE)
# "accusing them of holding civilians there hostage": a charge without figure, day or place.
_CHARGE = re.compile(r"\baccus(?:e|es|ed|ing)\b[^.;]{1,60}\bof(?: \w+){0,3} ?$", re.IGNORECASE)
_CHARGE_REACH = 100  # characters


def _is_vague_aside(scene: Scene, mention: Mention) -> bool:
    """Whether people without a number are only spoken of: known ones moved on, or a charge."""
    if mention.number.qualifier is not Qualifier.UNKNOWN_NUMBER:
        return False
    if mention.outcome is Outcome.DISPLACED and mention.people.reference is Reference.PRONOUN:
        return True
    before = scene.words[max(0, mention.start - _CHARGE_REACH) : mention.start]
    return mention.outcome is Outcome.ABDUCTED and _CHARGE.search(before) is not None


def _is_again(mention: Mention) -> bool:
    return mention.people.reference in (Reference.DEFINITE, Reference.PRONOUN)


def _is_new(mention: Mention) -> bool:
    return mention.people.reference is Reference.NEW
