"""The words by which an event's setting is told, loaded from data files that anybody can edit."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractor.codes import AttackType, SpeakerType
from extractor.vocabulary import whole_words

_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class SettingWords:
    """Everything the data file says, ready to be matched; the order is the file's."""

    attacks: dict[AttackType, re.Pattern[str]]
    generic_places: str
    settlements: str


def load_words(name: str) -> dict[str, Any]:
    """What one of the data files beside this module says."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@cache
def setting_words() -> SettingWords:
    """The words of an event's setting."""
    raw = load_words("setting_words.toml")
    return SettingWords(
        attacks={AttackType(k): whole_words(v) for k, v in raw["attacks"].items()},
        generic_places="|".join(raw["places"]["generic"]),
        settlements="|".join(raw["places"]["settlement"]),
    )


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


def speaker_type(description: str) -> SpeakerType:
    """The kind of speaker that a description names; `other` if it names none."""
    return next(
        (kind for kind, words in speaker_words().items() if words.search(description)),
        SpeakerType.OTHER,
    )


def attack_cues(sentence: str) -> tuple[tuple[int, AttackType], ...]:
    """Where a sentence tells how violence was done, and how; a narrower word hides a wider one."""
    taken: list[tuple[int, int]] = []
    cues: list[tuple[int, AttackType]] = []
    for kind, words in setting_words().attacks.items():
        for match in words.finditer(sentence):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                cues.append((match.start(), kind))
    return tuple(sorted(cues))
