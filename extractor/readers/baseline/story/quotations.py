"""Quotations: direct speech that goes on over several sentences, and who speaks it (R8).

"They came at night," said Odo. "The army did this.": Odo says the second sentence, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.readers.baseline.story.scenes import Scene
from extractor.wire import WireSpeaker

_MARKS = '"\u201c\u201d'
_OPENING = ('"', "\u201c")
_LONGEST = 8  # sentences; a mark that nobody closes is a misprint


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Who says what a sentence says, and the words that name them if the sentence does."""

    speaker: WireSpeaker
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quoting:
    """Who speaks the quotation of a sentence, if that is told beside it."""

    speaker: WireSpeaker | None = None
    before: tuple[int, ...] = ()
    """Where the sentences start that he began it with: "They came. They shot us," said Odo."""


@dataclass(kw_only=True)
class Quotations:
    """Which quotation is open as an article is read, and who spoke last in one."""

    _open: bool = False
    _begun: list[int] = field(default_factory=list[int])
    """Where the sentences start whose quotation still waits for its speaker."""
    _speaker: WireSpeaker | None = None

    def follow(self, scene: Scene, heard: Sequence[Voice | None]) -> Quoting:
        """Take the next sentence; `heard` are the speakers that it names itself."""
        goes_on, words = self._open, scene.words
        if not goes_on and not any(mark in words for mark in _MARKS):
            self._speaker = None
            return Quoting()
        self._open = _is_open_behind(words, goes_on)
        begins = words.startswith(_OPENING)
        if heard:
            voice = heard[0 if goes_on else -1]
            before = tuple(self._begun) if goes_on else ()
            self._begun = []
            self._speaker = voice.speaker if voice is not None else None
            return Quoting(speaker=self._speaker, before=before)
        if not (begins or goes_on):
            self._speaker = None  # 'a "massacre"': words that nobody says as a sentence
            self._begun, self._open = [], False
            return Quoting()
        if not goes_on:
            self._begun = []
        if self._open:
            self._begun.append(scene.at)
            if len(self._begun) > _LONGEST:
                self._begun, self._open, self._speaker = [], False, None
        return Quoting(speaker=self._speaker)


def _is_open_behind(words: str, inside: bool) -> bool:
    """Whether a quotation is open at a sentence's end; one that goes on may open it anew."""
    start = 1 if inside and words.startswith(_OPENING) else 0
    for letter in words[start:]:
        if letter == '"':
            inside = not inside
        elif letter in _MARKS:
            inside = letter == "\u201c"
    return inside
