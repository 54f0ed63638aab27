"""Scenes: what one sentence tells of an event, before it is known which incident that is."""

import re
from dataclasses import dataclass
from datetime import date

from extractor.codes import AttackType, Scope
from extractor.mentions import Mention, find_mentions
from extractor.readers.baseline.blames import (
    Agent,
    BlameMention,
    find_blames,
    find_unidentified,
)
from extractor.readers.baseline.places import PlacePhrase, find_places
from extractor.readers.baseline.sentences import Sentence
from extractor.readers.baseline.speakers import SpeakerMention, find_speakers, is_reported
from extractor.readers.baseline.times import find_times
from extractor.readers.baseline.whereabouts import place_told
from extractor.readers.baseline.words import attack_cues
from extractor.resolve.dates import Interval, resolve_date
from extractor.vocabulary import casualty_words

_APART = re.compile(
    r"^(?:meanwhile|elsewhere|separately|in (?:a|another) (?:separate|different|second"
    r"|third|other|similar)"
    r"|in another|in a related|also on|(?:a|another) (?:second|third|separate|similar"
    r"|different)|another|in addition"
    r"|a (?:few )?(?:day|week|month)s? (?:earlier|before|later)|earlier(?! reports)|on the"
    r" same day)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^(?:it|this|that|they|those|these|he|she|the (?:\w+ ){0,2}?(?:attack|attacks|strike"
    r"|strikes|air ?strikes?|shelling"
    r"|bombing|blast|explosion|bomb|raid|shooting|assault|ambush|incident|massacre|killings?|clash(?:es)?"
    r"|attackers?|gunm[ae]n|bombers?|victims?|dead|wounded|injured|toll|death toll|bodies))\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:struck|hit|targeted|bombed|shelled|took place|occurred|happened|exploded|went off|landed"
    r"|attacked|came|unfolded|began|detonated)\b",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(
    r"\b(?P<words>since(?! then\b| the (?:attack|blast|strike|shooting)\b)"
    r"(?: (?!killing|said|when|and|which|but|according|after|with|as)[\w'\u2019-]+){1,7}"
    r"|(?:the |this |a )?(?:\w+ )?(?:conflict|war|insurgency|uprising|rebellion)(?= (?:has"
    r"|have|had) (?:also )?"
    r"(?:killed|claimed|left|cost|taken))"
    r"|so far this (?:year|month|week)|this year|(?:in|over|during|for) the (?:past|last|previous)"
    r" (?:\w+ )?(?:years?|months?|weeks?|days?|decades?|24 hours|48 hours)"
    r"|(?:in|during|over) (?:the |its )?(?:\w+[- ])?(?:\w+ )?(?:civil war|war|conflict"
    r"|insurgency|uprising|campaign))",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|slain|shot|executed|massacred|arrest(?:ed|ing)|detain(?:ed|ing)"
    r"|captur(?:ed|ing)|apprehended|abducted|kidnapped|wounded)\b",
    re.IGNORECASE,
)
_CONFLICT = re.compile(r"\b(?:war|conflict|insurgency|uprising|revolt|rebellion)\b", re.IGNORECASE)
_CAMPAIGN = re.compile(r"\b(?:campaign|offensive|operation)\b", re.IGNORECASE)
_PERFECT_DEED = re.compile(
    r"\b(?:has|have) (?:\w+ly )?(?:killed|wounded|injured|captured|arrested|detained|lost)\b", re.I
)
_PAST_SPAN = re.compile(r"(?:in|over|during) the (?:past|last|previous)\b|so far\b", re.IGNORECASE)
_CUMULATIVE_VERB = re.compile(r"\b(?:have|has|had) (?:been |also )?\w+", re.IGNORECASE)


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
    apart: bool
    points_back: bool
    happened: bool
    period: str | None
    no_violence: bool
    reported: bool
    """Whether somebody is said to say so, be they found or not."""

    @property
    def words(self) -> str:
        """The sentence."""
        return self.sentence.words

    @property
    def verb_at(self) -> int:
        """Where the first casualty is told; the start if none is."""
        return self.mentions[0].verb_at if self.mentions else 0

    @property
    def is_deed(self) -> bool:
        """Whether somebody is said to have done it to them: killed, seized; not merely died."""
        return any(mention.voice in ("active", "passive") for mention in self.mentions) and (
            _DEED.search(self.words) is not None
        )

    @property
    def scope(self) -> Scope:
        """What a cumulative figure of the sentence covers."""
        if _CONFLICT.search(self.words):
            return Scope.CONFLICT
        if self.period is None:
            return Scope.SEVERAL_INCIDENTS
        return Scope.CAMPAIGN if _CAMPAIGN.search(self.period or "") else Scope.PERIOD

    @property
    def sums_up(self) -> bool:
        """Whether a figure in the perfect tense is tied to no attack, day or place of its own."""
        bare = not (self.cues or self.times or self.places)
        return bare and _PERFECT_DEED.search(self.words) is not None

    def time(self) -> str | None:
        """The expression that dates the event: the one nearest to the casualty's verb."""
        spans = sorted(self.times, key=lambda span: (abs(span[0] - self.verb_at), span))
        return self.words[slice(*spans[0])] if spans else None

    def days(self, published: date | None) -> Interval | None:
        """The days the event is dated to."""
        expression = self.time()
        return resolve_date(expression, published) if expression else None

    def place(self) -> PlacePhrase | None:
        """The place phrase nearest to the casualty's verb."""
        at = self.verb_at if self.mentions or not self.cues else self.cues[0][0]
        return place_told(self.places, verb_at=at, sentence=self.words)

    def attacks(self) -> tuple[AttackType, ...]:
        """How the violence was done: the way told nearest to the casualty, if a definite one is."""
        near = sorted(self.cues, key=lambda cue: (abs(cue[0] - self.verb_at), cue[0]))
        kinds = tuple(dict.fromkeys(kind for _, kind in near))
        definite = tuple(k for k in kinds if k not in _WIDE)
        return (definite or kinds)[:1]


_WIDE = frozenset({AttackType.OTHER, AttackType.AIR_OR_ARTILLERY_UNSPECIFIED})


def view(sentence: Sentence) -> Scene:
    """Everything the rules see in one sentence."""
    words = sentence.words
    mentions = find_mentions(words)
    points_back = _BACK.match(words) is not None
    happened = _HAPPENED.search(words) is not None
    cues = attack_cues(words)
    speakers = find_speakers(words)
    places = find_places(words, subjects=happened)
    return Scene(
        sentence=sentence,
        mentions=mentions,
        cues=cues,
        times=find_times(words),
        places=tuple(place for place in places if not any(_covers(s, place.at) for s in speakers)),
        speakers=speakers,
        blames=find_blames(words),
        agents=find_unidentified(words),
        apart=_APART.match(words) is not None,
        points_back=points_back,
        happened=happened,
        period=_period(words),
        no_violence=casualty_words().no_violence.search(words) is not None,
        reported=is_reported(words),
    )


def _period(words: str) -> str | None:
    """The words that give a figure of the sentence a wider scope than one event."""
    found = _CUMULATIVE.search(words)
    if found and (_CUMULATIVE_VERB.search(words) or _PAST_SPAN.match(found["words"])):
        return found["words"].strip()
    return None


def _covers(speaker: SpeakerMention, at: int) -> bool:
    """Whether a place belongs to a speaker's description: "activists in Brod said"."""
    return speaker.who is not None and speaker.who[0] < at < speaker.who[1]
