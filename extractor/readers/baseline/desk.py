"""The desk of one reading: where the story, its speakers and its blames come together."""

from dataclasses import dataclass, field
from datetime import date

from extractor.codes import SpeakerType
from extractor.readers.baseline.blames import BlameMention
from extractor.readers.baseline.incidents import Draft, Story
from extractor.readers.baseline.scenes import Scene
from extractor.readers.baseline.speakers import ARTICLE_VOICE, UNNAMED, wire_speaker
from extractor.wire import WireSpeaker

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
    voices: dict[int, Voice] = field(default_factory=dict[int, Voice])
    """By where the sentence starts."""
    blames: list[tuple[Draft, Scene, BlameMention]] = field(
        default_factory=list[tuple[Draft, Scene, BlameMention]]
    )
    _numbers: dict[int, int] = field(default_factory=dict[int, int])
    _last_speaker: WireSpeaker | None = None
    _last_told: int = -2

    def __post_init__(self) -> None:
        self.story = Story(published=self.published)

    def hear(self, n: int, scene: Scene) -> None:
        """Note who speaks in sentence number `n`."""
        start = scene.sentence.start
        self._numbers[start] = n
        self.voices[start] = Voice(speaker=ARTICLE_VOICE)
        near = sorted(scene.speakers, key=lambda s: (abs(s.at - scene.verb_at), s.at))
        if near and near[0].who is None:
            self.voices[start] = Voice(speaker=self._last_speaker or UNNAMED)
        elif near and near[0].who is not None:
            name = scene.words[slice(*near[0].who)].strip()
            speaker = wire_speaker(name, sides=self.sides)
            named = any(character.isupper() for character in name)
            if speaker.type is SpeakerType.OTHER and not named:
                return  # neither a known kind of speaker nor a name: a piece of the news itself
            self._last_speaker = speaker
            self.voices[start] = Voice(speaker=speaker, words=name)

    def tell(self, n: int, scene: Scene) -> None:
        """Take in what sentence number `n` tells of an event, and of who did it."""
        if self.story.tell(scene, follows=n == self._last_told + 1):
            self._last_told = n
        for mention in scene.blames:
            draft = self._meant(n, scene, own_event=mention.own_event)
            if draft is not None:
                self.blames.append((draft, scene, mention))

    def _meant(self, n: int, scene: Scene, *, own_event: bool) -> Draft | None:
        """The one incident that a blame can mean; `None` where that is not sure (R7)."""
        here = [draft for draft in self.story.drafts if scene in draft.scenes]
        if here or own_event or not self.story.drafts:
            return here[-1] if here else None
        draft = max(self.story.drafts, key=lambda d: d.last.sentence.start)
        near = n - self._numbers[draft.last.sentence.start] <= BLAME_REACH
        return draft if near or len(self.story.drafts) == 1 else None
