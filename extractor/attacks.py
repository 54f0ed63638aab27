"""Attacks: the words of a sentence that tell of armed violence, and how it was done."""

import re
import tomllib
from functools import cache
from pathlib import Path

from extractor.codes import AttackType
from extractor.vocabulary import whole_words

_FILE = Path(__file__).resolve().parent / "data" / "attack_words.toml"


def attack_cues(sentence: str) -> tuple[tuple[int, AttackType], ...]:
    """Where a sentence tells how violence was done, and how; a narrower word hides a wider one."""
    taken: list[tuple[int, int]] = []
    cues: list[tuple[int, AttackType]] = []
    for kind, words in _words().items():
        for match in words.finditer(sentence):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                cues.append((match.start(), kind))
    return tuple(sorted(cues))


@cache
def _words() -> dict[AttackType, re.Pattern[str]]:
    """The words of each attack type, in the order of the data file."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {AttackType(kind): whole_words(words) for kind, words in raw["attacks"].items()}
