"""A sentence in which every actor is one sign, so that patterns see past long descriptions."""

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.codes import ActorType
from extractor.readers.baseline.actors.finding import ActorPhrase, find_actors

# Private-use characters: actors of a known kind, doers that are not identified, and other names.
_KNOWN, _UNIDENTIFIED, _NAME, _END = 0xE000, 0xE400, 0xE800, 0xEC00
KNOWN = "[\ue000-\ue3ff]"
UNIDENTIFIED = "[\ue400-\ue7ff]"
DOER = "[\ue000-\ue7ff]"
NAMED = "[\ue000-\ue3ff\ue800-\uebff]"
ANYBODY = "[\ue000-\uebff]"
_SIGN = re.compile(ANYBODY)


def listed(sign: str) -> str:
    """A pattern for one or several actors: "rebels", "rebels or bandits"."""
    more = rf"(?:, {sign}){{0,3}}"
    return rf"(?:either |both )?{sign}(?:{more},? (?:and|or|and/or) (?:by |either )?{sign})?"


@dataclass(frozen=True, kw_only=True, eq=False)
class MaskedSentence:
    """A sentence with signs for its actors, and the way back to its words."""

    words: str
    text: str
    actors: tuple[ActorPhrase, ...]
    starts: tuple[int, ...]
    """Where the sign of each actor stands in `text`."""

    def origin(self, at: int) -> int:
        """The place in the sentence of a place in the masked text."""
        shift = 0
        for start, actor in zip(self.starts, self.actors, strict=True):
            if start >= at:
                break
            shift = actor.end - start - 1
        return at + shift

    def among(self, start: int, end: int) -> tuple[ActorPhrase, ...]:
        """The actors whose signs stand in a stretch of the masked text."""
        pairs = zip(self.starts, self.actors, strict=True)
        return tuple(actor for at, actor in pairs if start <= at < end)


@lru_cache(maxsize=16)
def mask(sentence: str) -> MaskedSentence:
    """The sentence with one sign for each of its actors."""
    actors = find_actors(_SIGN.sub(" ", sentence))
    pieces: list[str] = []
    starts: list[int] = []
    length = end = 0
    for n, actor in enumerate(actors):
        piece = sentence[end : actor.start]
        pieces.append(piece)
        length += len(piece)
        starts.append(length)
        pieces.append(chr(_base(actor) + n % 0x400))
        length += 1
        end = actor.end
    pieces.append(sentence[end:])
    return MaskedSentence(words=sentence, text="".join(pieces), actors=actors, starts=tuple(starts))


def _base(actor: ActorPhrase) -> int:
    if actor.kind is None:
        return _NAME
    return _UNIDENTIFIED if actor.kind is ActorType.UNIDENTIFIED else _KNOWN
