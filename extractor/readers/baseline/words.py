"""The words by which speakers are told, and the data files of the reader that anybody can edit."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from extractor.codes import SpeakerType
from extractor.vocabulary import whole_words

_FOLDER = Path(__file__).resolve().parents[2] / "data"


def load_words(name: str) -> dict[str, Any]:
    """What one of the data files of the package says."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def spans_of(pattern: re.Pattern[str], sentence: str) -> tuple[tuple[int, int], ...]:
    """Where a pattern stands in a sentence: asked for each figure of it, but looked for once."""
    return tuple(match.span() for match in pattern.finditer(sentence))


@cache
def speaker_words() -> Mapping[SpeakerType, re.Pattern[str]]:
    """The words that tell each kind of speaker; the first kind that has one decides."""
    raw = load_words("speaker_words.toml")
    return {SpeakerType(k): whole_words(v) for k, v in raw["speakers"].items()}


@cache
def _person_words() -> re.Pattern[str]:
    return whole_words(load_words("speaker_words.toml")["persons"]["words"])


def is_described_person(description: str) -> bool:
    """Whether a description in small letters is one of a person or body that can speak."""
    return _person_words().search(description) is not None


@lru_cache(maxsize=1024)
def speaker_type(description: str) -> SpeakerType:
    """The kind of speaker that a description names; `other` if it names none."""
    if _CALLER.match(description):
        return SpeakerType.ARMED_GROUP
    return next(
        (kind for kind, words in speaker_words().items() if words.search(description)),
        SpeakerType.HOSPITAL_OR_MEDIC if _DOCTOR.match(description) else SpeakerType.OTHER,
    )


# "A man calling a radio station in the name of the front": its voice, and no radio's.
_CALLER = re.compile(
    r"an? (?:[\w-]+ )?(?:man|woman|caller|person|voice|spokes\w+)\b,? (?:who |that )?(?:\w+ ){0,2}?"
    r"(?:call|phon|speak|spoke|claim|styl|present|ring|rang|said|says)\w*\b.{0,60}?"
    r"\b(?:in the name of|for|on behalf of|as (?:the|a) (?:group|spokes))"
    r"|.{0,30}?\b(?:rebel|separatist|militia|insurgent|guerrilla|militant|jihadist|taliban"
    r"|opposition)"
    r" (?:field |area |zone |local |senior |front |military )?(?:commander|leader|officer|chief"
    r"|fighter"
    r"|spokes\w+|official|captain|colonel|major|general)\b",
    re.IGNORECASE,
)
# Of a doctor of whom nothing else is told, news of violence tells as of a medic.
_DOCTOR = re.compile(r"Dr\.? [A-Z]")
