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
    return next(
        (kind for kind, words in speaker_words().items() if words.search(description)),
        SpeakerType.HOSPITAL_OR_MEDIC if _DOCTOR.match(description) else SpeakerType.OTHER,
    )


# Of a doctor of whom nothing else is told, news of violence tells as of a medic.
_DOCTOR = re.compile(r"Dr\.? [A-Z]")
