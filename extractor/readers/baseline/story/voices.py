"""Voices: who says what a sentence says, and how far a voice reaches (R8)."""

import re
from dataclasses import dataclass, field

from extractor.codes import SpeakerType
from extractor.readers.baseline.speakers import SpeakerMention
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.voicing import ARTICLE_VOICE, UNNAMED, may_speak, wire_speaker
from extractor.wire import WireSpeaker

# Where another speaker may take over within a sentence.
_CLAUSE = re.compile(r",? (?:while|whereas|although|but)\b|; ", re.IGNORECASE)
# "The source", "this official": somebody told of before; "Dr Brod", "Mr Brod" as well.
_AGAIN = re.compile(r"(?:the|this|that) [a-z]+$", re.IGNORECASE)
_SURNAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Captain|Colonel|General|Major|Father|Sister)\.? )?[A-Z][\w-]+$"
)
# "The police in Brod inform the public:" what follows is their statement.
_ISSUES = re.compile(
    r"^(?P<who>(?:[Tt]he|[Oo]ur|[Tt]his|We,) [^.;:\"\u201c\u201d]{2,60}?),?"
    r" (?:hereby )?(?:informs? the (?:public|population|press)|makes? (?:it )?known"
    r"|brings? to the (?:knowledge|attention) of)\b"
)
_LOOK_BACK = 12  # speakers; nobody means one of so many before


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Who says what a sentence says, and the words that name them if the sentence does."""

    speaker: WireSpeaker
    words: str | None = None


@dataclass(kw_only=True)
class Voices:
    """Who speaks in the sentences of an article, one after another."""

    sides: frozenset[SpeakerType]
    _heard: dict[int, list[tuple[int, Voice]]] = field(
        default_factory=dict[int, list[tuple[int, Voice]]]
    )
    """Who speaks where in a sentence, by where the sentence starts."""
    _silent: dict[int, Voice] = field(default_factory=dict[int, Voice])
    """Who speaks where no speaker was found."""
    _last_speaker: WireSpeaker | None = None
    _issuer: WireSpeaker | None = None
    """Who issues the statement that the article is."""
    _issuer_words: str | None = None
    _named: list[WireSpeaker] = field(default_factory=list[WireSpeaker])
    """Everybody who spoke, in order."""

    def hear(self, scene: Scene) -> None:
        """Note who speaks in the next sentence."""
        heard = [(mention.at, self._voice(scene, mention)) for mention in scene.speakers]
        self._open_statement(scene)
        if not (scene.mentions or scene.blames):
            return  # nothing is said that somebody must answer for
        silent = UNNAMED if scene.reported or heard else self._issuer or ARTICLE_VOICE
        self._heard[scene.at] = [(at, voice) for at, voice in heard if voice is not None]
        issued = silent is self._issuer
        self._silent[scene.at] = Voice(speaker=silent, words=self._issuer_words if issued else None)

    def at(self, scene: Scene, at: int) -> Voice:
        """Who says what stands at a place of a sentence: the nearest speaker of its clause."""
        cuts = [0, *(match.end() for match in _CLAUSE.finditer(scene.words)), len(scene.words)]
        first = max(cut for cut in cuts if cut <= at)
        last = min((cut for cut in cuts if cut > at), default=len(scene.words))

        def distance(heard: tuple[int, Voice]) -> tuple[bool, int, int]:
            place = heard[0]
            return not first <= place <= last, abs(place - at), place

        nearest = min(self._heard[scene.at], key=distance, default=None)
        return nearest[1] if nearest else self._silent[scene.at]

    def _open_statement(self, scene: Scene) -> None:
        """Note who issues a statement: he speaks for the whole of it (R8)."""
        match = _ISSUES.search(scene.words) if self._issuer is None else None
        name = match["who"].strip() if match else ""
        if name and may_speak(name) and not scene.of_title:
            self._issuer = wire_speaker(name, sides=self.sides)
            self._issuer_words = name

    def _known(self, name: str) -> WireSpeaker | None:
        """Who spoke before and is meant again: "the source", "Dr Brod" (R8)."""
        words = name.lower().split()
        again = _AGAIN.match(name)
        surname = _SURNAME.match(name)
        if not (again or surname):
            return None
        last = words[-1]
        for speaker in reversed(self._named[-_LOOK_BACK:]):
            told = (speaker.name_text or "").lower().replace(",", " ").split()
            if last in told and len(told) > len(words) and (told[-1] == last or again):
                return speaker
        return None

    def _voice(self, scene: Scene, mention: SpeakerMention) -> Voice | None:
        if mention.who is None:
            return Voice(speaker=self._last_speaker or UNNAMED)
        name = scene.words[slice(*mention.who)].strip()
        if not may_speak(name):
            return None  # neither a known kind of speaker nor a name: a piece of the news itself
        via = scene.words[slice(*mention.via)] if mention.via else None
        known = self._known(name)
        if known is not None:
            self._last_speaker = known
            return Voice(speaker=known, words=name)
        speaker = wire_speaker(name, sides=self.sides, via=via)
        self._last_speaker = speaker
        self._named.append(speaker)
        return Voice(speaker=speaker, words=name)
