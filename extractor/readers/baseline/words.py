"""The words by which an event's setting is told, loaded from a data file that anybody can edit."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractor.codes import ActorType, SpeakerType
from extractor.vocabulary import whole_words

_FILE = Path(__file__).resolve().parent / "setting_words.toml"


@dataclass(frozen=True, kw_only=True)
class SettingWords:
    """Everything the data file says, ready to be matched; the order is the file's."""

    speakers: dict[SpeakerType, re.Pattern[str]]
    actors: dict[ActorType, re.Pattern[str]]
    generic_places: str
    settlements: str


@cache
def setting_words() -> SettingWords:
    """The words of the data file."""
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return SettingWords(
        speakers={SpeakerType(k): whole_words(v) for k, v in raw["speakers"].items()},
        actors={ActorType(k): _at_end(v) for k, v in raw["actors"].items()},
        generic_places="|".join(raw["places"]["generic"]),
        settlements="|".join(raw["places"]["settlement"]),
    )


def _at_end(patterns: list[str]) -> re.Pattern[str]:
    ordered = sorted(patterns, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})$", re.IGNORECASE)


def actor_type(description: str) -> ActorType | None:
    """The kind of actor that a description's last word names; `None` if it names none."""
    return next(
        (kind for kind, words in setting_words().actors.items() if words.search(description)), None
    )


def speaker_type(description: str) -> SpeakerType:
    """The kind of speaker that a description names; `other` if it names none."""
    return next(
        (kind for kind, words in setting_words().speakers.items() if words.search(description)),
        SpeakerType.OTHER,
    )
