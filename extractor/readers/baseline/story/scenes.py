"""Scenes: what one sentence tells of an event, before it is known which incident that is."""

import re
from dataclasses import dataclass, replace
from datetime import date

from extractor.attacks import attack_cues
from extractor.codes import AttackType, Outcome
from extractor.mentions import Mention, find_mentions
from extractor.readers.baseline.blames.fights import Fighter, find_fighters
from extractor.readers.baseline.blames.finding import (
    Agent,
    BlameMention,
    find_blames,
    find_unidentified,
)
from extractor.readers.baseline.places.finding import PlacePhrase, find_places
from extractor.readers.baseline.places.whereabouts import place_told
from extractor.readers.baseline.speakers import SpeakerMention, find_speakers, is_reported
from extractor.readers.baseline.story.links import Link, link_of
from extractor.readers.baseline.times.finding import find_times
from extractor.readers.baseline.times.timing import Hold, Timing, time_beside, time_told
from extractor.sentences import Sentence
from extractor.vocabulary import has_any, small

_HAPPENED = re.compile(
    r"\b(?:struck|hit|targeted|bombed|shelled|took place|occurred|happened|exploded|went off|landed"
    r"|attacked|came|unfolded|began|detonated)\b",
    re.IGNORECASE,
)
_HAPPENED_CUES = (
    *("struck", "hit", "targeted", "bombed", "shelled", "took place", "occurred", "happened"),
    *("exploded", "went off", "landed", "attacked", "came", "unfolded", "began", "detonated"),
)
_DEED = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|slain|shot|executed|massacred|arrest(?:ed|ing)|detain(?:ed|ing)"
    r"|(?:joint|combing|search|military|police|security|rebel) operations?"
    r"|strangl(?:ed|ing)|axed|hacked|stoned|bludgeoned|beheaded|decapitated|lynched|assassinated"
    r"|(?:slit|slitting) the throats?|beaten to death|beat \w+ to death|gunned down|burnt alive"
    r"|burned alive|nabbed|caught|tortured|stabbed"
    r"|captur(?:ed|ing)|apprehended|abducted|kidnapped|wounded)\b",
    re.IGNORECASE,
)

_TAKEN = frozenset({Outcome.DETAINED, Outcome.ABDUCTED, Outcome.SURRENDERED})


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What one sentence tells; all offsets count from the start of the sentence."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    cues: tuple[tuple[int, AttackType], ...]
    times: tuple[tuple[int, int], ...]
    places: tuple[PlacePhrase, ...]
    speakers: tuple[SpeakerMention, ...]
    blames: tuple[BlameMention, ...]
    agents: tuple[Agent, ...]
    fighters: tuple[Fighter, ...]
    link: Link
    happened: bool
    reported: bool
    """Whether somebody is said to say so, be they found or not."""
    opens: bool = False
    """Whether a paragraph begins with it."""
    entry: int = 0
    """The entry of a log that it stands in; 0 where the text is no log."""
    of_title: bool = False
    """Whether it is the headline; its offsets then count from the headline's start."""

    @property
    def words(self) -> str:
        """The sentence."""
        return self.sentence.words

    @property
    def at(self) -> int:
        """Where it starts in the text; -1 for the headline."""
        return -1 if self.of_title else self.sentence.start

    @property
    def verb_at(self) -> int:
        """Where the first casualty is told; the start if none is."""
        return self.mentions[0].verb_at if self.mentions else 0

    @property
    def is_deed(self) -> bool:
        """Whether somebody is said to have done it to them: killed, seized; not merely died.

        Who was taken was taken by somebody, and fighters surrender to those whom they fought.
        """
        done = any(mention.voice in ("active", "passive", "nouns_of") for mention in self.mentions)
        return (done and _DEED.search(self.words) is not None) or any(
            mention.outcome in _TAKEN for mention in self.mentions
        )

    @property
    def points_back(self) -> bool:
        """Whether the sentence goes on with an incident told before."""
        return self.link.back

    @property
    def is_bare(self) -> bool:
        """Whether it tells no attack, day or place of its own."""
        return not (self.cues or self.times or self.places)

    def time(
        self,
        published: date | None,
        anchor: date | None = None,
        mentions: tuple[Mention, ...] | None = None,
    ) -> Timing | None:
        """The time of the casualties, or of the event where the sentence tells no casualty.

        Args:
            published: the day of publication.
            anchor: the day of the incident told before.
            mentions: the casualties meant, if not all of the sentence.
        """
        if not self.times:
            return None
        told = self.mentions if mentions is None else mentions
        if not told:
            return time_beside(
                self.words,
                times=self.times,
                published=published,
                anchor=anchor,
                violent=bool(self.cues),
            )
        hurt = [one.verb_at for one in told if one.outcome is not Outcome.DETAINED]
        verbs = hurt or [one.verb_at for one in told]
        timing = time_told(self.words, verbs, times=self.times, published=published, anchor=anchor)
        if timing and all(_CONDITION.match(self.words, at) for at in verbs):
            return replace(timing, hold=min(timing.hold, Hold.LOOSE))
        return timing

    def place(self, at: int | None = None) -> PlacePhrase | None:
        """The place phrase of the casualty's clause, or the nearest to its verb."""
        if at is None:
            at = self.verb_at if self.mentions or not self.cues else self.cues[0][0]
        return place_told(self.places, verb_at=at, sentence=self.words)

    def place_between(self, start: int, end: int) -> PlacePhrase | None:
        """The first place phrase in a stretch of the sentence."""
        return next((place for place in self.places if start <= place.at < end), None)

    def attacks(self, at: int | None = None) -> tuple[AttackType, ...]:
        """How the violence was done: the way told nearest to the casualty, if a definite one is."""
        verb = self.verb_at if at is None else at
        near = sorted(self.cues, key=lambda cue: (abs(cue[0] - verb), cue[0]))
        kinds = tuple(dict.fromkeys(kind for _, kind in near))
        definite = tuple(k for k in kinds if k not in _WIDE)
        return (definite or kinds)[:1]


# "She was in stable condition on Friday": that she was shot then is not said.
_CONDITION = re.compile(
    r"(?:listed |reported )?in (?:\w+ ){0,4}conditions?\b"
    r"|expected to|treated|released|hospitali[sz]ed",
    re.IGNORECASE,
)
_WIDE = frozenset({AttackType.OTHER, AttackType.AIR_OR_ARTILLERY_UNSPECIFIED})


def view(
    sentence: Sentence, *, opens: bool = False, entry: int = 0, of_title: bool = False
) -> Scene:
    """Everything the rules see in one sentence."""
    words = sentence.words
    mentions = find_mentions(words)
    happened = has_any(small(words), _HAPPENED_CUES) and _HAPPENED.search(words) is not None
    cues = attack_cues(words)
    speakers = find_speakers(words)
    places = find_places(words, subjects=happened)
    link = link_of(words)
    return Scene(
        sentence=sentence,
        mentions=mentions,
        cues=cues,
        times=find_times(words),
        places=tuple(place for place in places if not any(_covers(s, place.at) for s in speakers)),
        speakers=speakers,
        blames=find_blames(words),
        agents=find_unidentified(words),
        fighters=find_fighters(words),
        link=link,
        happened=happened,
        reported=is_reported(words),
        opens=opens,
        entry=entry,
        of_title=of_title,
    )


def _covers(speaker: SpeakerMention, at: int) -> bool:
    """Whether a place belongs to a speaker's description: "activists in Brod said"."""
    return speaker.who is not None and speaker.who[0] < at < speaker.who[1]
