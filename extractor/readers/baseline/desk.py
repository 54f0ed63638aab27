"""The desk of one reading: where the story, its speakers and its blames come together."""

import re
from dataclasses import dataclass, field
from datetime import date

from extractor.codes import AttackType, SpeakerType
from extractor.readers.baseline.blames import BlameMention
from extractor.readers.baseline.incidents import (
    Draft,
    Story,
    may_be_same_attack,
    may_be_same_place,
)
from extractor.readers.baseline.places import find_places
from extractor.readers.baseline.scenes import Scene
from extractor.readers.baseline.speakers import (
    ARTICLE_VOICE,
    UNNAMED,
    SpeakerMention,
    wire_speaker,
)
from extractor.readers.baseline.words import attack_cues
from extractor.wire import WireSpeaker

# Where another speaker may take over within a sentence.
_CLAUSE = re.compile(r",? (?:while|whereas|although|but)\b|; ", re.IGNORECASE)
BLAME_REACH = 3  # sentences after the event's last one in which "the attack" still means it


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Who says what a sentence says, and the words that name them if the sentence does."""

    speaker: WireSpeaker
    words: str | None = None


@dataclass(kw_only=True)
class Desk:
    """What is known while an article is read, sentence after sentence."""

    published: date | None
    sides: frozenset[SpeakerType]
    blames: list[tuple[Draft, Scene, BlameMention]] = field(
        default_factory=list[tuple[Draft, Scene, BlameMention]]
    )
    _heard: dict[int, list[tuple[int, Voice]]] = field(
        default_factory=dict[int, list[tuple[int, Voice]]]
    )
    """Who speaks where in a sentence, by where the sentence starts."""
    _silent: dict[int, Voice] = field(default_factory=dict[int, Voice])
    """Who speaks where no speaker was found."""
    _numbers: dict[int, int] = field(default_factory=dict[int, int])
    _last_speaker: WireSpeaker | None = None
    _last_told: int = -2
    _other_event: int = -2
    """The last sentence that speaks of an attack without a figure."""

    def __post_init__(self) -> None:
        self.story = Story(published=self.published)

    def hear(self, n: int, scene: Scene) -> None:
        """Note who speaks in sentence number `n`."""
        start = scene.sentence.start
        self._numbers[start] = n
        self.story.hear(n, scene)
        heard = [(mention.at, self._voice(scene, mention)) for mention in scene.speakers]
        silent = UNNAMED if scene.reported or heard else ARTICLE_VOICE
        self._heard[start] = [(at, voice) for at, voice in heard if voice is not None]
        self._silent[start] = Voice(speaker=silent)

    def _voice(self, scene: Scene, mention: SpeakerMention) -> Voice | None:
        if mention.who is None:
            return Voice(speaker=self._last_speaker or UNNAMED)
        name = scene.words[slice(*mention.who)].strip()
        speaker = wire_speaker(name, sides=self.sides)
        if speaker.type is SpeakerType.OTHER and not any(map(str.isupper, name)):
            return None  # neither a known kind of speaker nor a name: a piece of the news itself
        self._last_speaker = speaker
        return Voice(speaker=speaker, words=name)

    def voice_at(self, scene: Scene, at: int) -> Voice:
        """Who says what stands at a place of a sentence: the nearest speaker of its clause."""
        start = scene.sentence.start
        cuts = [0, *(match.end() for match in _CLAUSE.finditer(scene.words)), len(scene.words)]
        first = max(cut for cut in cuts if cut <= at)
        last = min((cut for cut in cuts if cut > at), default=len(scene.words))

        def distance(heard: tuple[int, Voice]) -> tuple[bool, int, int]:
            place = heard[0]
            return not first <= place <= last, abs(place - at), place

        nearest = min(self._heard[start], key=distance, default=None)
        return nearest[1] if nearest else self._silent[start]

    def tell(self, n: int, scene: Scene) -> None:
        """Take in what sentence number `n` tells of an event, and of who did it."""
        draft = self.story.tell(scene, follows=n == self._last_told + 1)
        if draft is not None:
            self._last_told = n
        elif scene.cues and (scene.places or scene.times) and not scene.points_back:
            self._other_event = n
        for mention in scene.blames:
            meant = draft or self._meant(n, mention)
            if meant is not None:
                self.blames.append((meant, scene, mention))

    def _meant(self, n: int, mention: BlameMention) -> Draft | None:
        """The incident told before that a blame can only mean; `None` if not sure (R7)."""
        if mention.own_event or not self.story.drafts or _OTHER_DEED.match(mention.about):
            return None
        draft = max(
            (draft for draft in self.story.drafts if _agrees(draft, mention.about)),
            key=lambda draft: draft.last.sentence.start,
            default=None,
        )
        if draft is None:
            return None
        told = self._numbers[draft.last.sentence.start]
        if told < self._other_event < n:
            return None  # another attack was spoken of in between
        return draft if n - told <= BLAME_REACH or len(self.story.drafts) == 1 else None


# "Responsibility for an attack", "for last week's attack", "for both": not the event just told.
_OTHER_DEED = re.compile(
    r"(?:for |in |of )?(?:an?|another|other|previous|earlier|past|similar|last|both|all"
    r"|these|those|two"
    r"|several|many)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:it|them|attacks?|strikes?|violence|deaths?|killings?|incidents?|massacre|murders?|assault"
    r"|this|that)\b",
    re.IGNORECASE,
)


def _agrees(draft: Draft, about: str) -> bool:
    """Whether what a blame names can be this incident: its kind of attack, and its place."""
    if not about:
        return True
    kinds = {kind for _, kind in attack_cues(about)} - {AttackType.OTHER}
    if not kinds and not _DEED.search(about) and not attack_cues(about):
        return False  # "the disappearance of a journalist"
    if kinds and not may_be_same_attack(draft.attacks, kinds):
        return False
    places = find_places(about)
    return all(may_be_same_place(draft.place, place) for place in places) and (
        draft.place is not None or not places
    )
