"""The desk of one reading: where the story, its speakers and its blames come together."""

import re
from dataclasses import dataclass, field
from datetime import date

from extractor.codes import SpeakerType
from extractor.readers.baseline.blames import BlameMention
from extractor.readers.baseline.incidents import Draft, Story
from extractor.readers.baseline.joining import goes_with, may_wait, meant_before
from extractor.readers.baseline.scenes import Scene
from extractor.readers.baseline.speakers import (
    ARTICLE_VOICE,
    UNNAMED,
    SpeakerMention,
    may_speak,
    wire_speaker,
)
from extractor.wire import WireSpeaker

# Where another speaker may take over within a sentence.
_CLAUSE = re.compile(r",? (?:while|whereas|although|but)\b|; ", re.IGNORECASE)


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

    _waiting: list[tuple[int, Scene, BlameMention]] = field(
        default_factory=list[tuple[int, Scene, BlameMention]]
    )
    """Deeds of the sentence before that no toll was told of yet."""

    def __post_init__(self) -> None:
        self.story = Story(published=self.published)

    def hear(self, n: int, scene: Scene) -> None:
        """Note who speaks in sentence number `n`."""
        start = scene.sentence.start
        self._numbers[start] = n
        heard = [(mention.at, self._voice(scene, mention)) for mention in scene.speakers]
        silent = UNNAMED if scene.reported or heard else ARTICLE_VOICE
        self._heard[start] = [(at, voice) for at, voice in heard if voice is not None]
        self._silent[start] = Voice(speaker=silent)

    def _voice(self, scene: Scene, mention: SpeakerMention) -> Voice | None:
        if mention.who is None:
            return Voice(speaker=self._last_speaker or UNNAMED)
        name = scene.words[slice(*mention.who)].strip()
        if not may_speak(name):
            return None  # neither a known kind of speaker nor a name: a piece of the news itself
        via = scene.words[slice(*mention.via)] if mention.via else None
        speaker = wire_speaker(name, sides=self.sides, via=via)
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
        waiting, self._waiting = self._waiting, []
        if draft is not None:
            near = [one for one in waiting if one[0] == n - 1 and goes_with(draft, one[1])]
            self.blames += [(draft, told, mention) for _, told, mention in near]
        for mention in scene.blames:
            meant = draft or meant_before(
                n, scene, mention, self.story.drafts, self._numbers, self._other_event
            )
            if meant is not None:
                self.blames.append((meant, scene, mention))
            elif may_wait(scene, mention):
                self._waiting.append((n, scene, mention))
