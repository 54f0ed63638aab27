"""Attacks: the words of a sentence that tell of armed violence, how it was done, and of harm."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from extractor.codes import AttackType
from extractor.cues import CuedWords, cued_words
from extractor.vocabulary import has_any, small, whole_words

_FILE = Path(__file__).resolve().parent / "data" / "attack_words.toml"


def attack_cues(sentence: str) -> tuple[tuple[int, AttackType], ...]:
    """Where a sentence tells how violence was done, and how; a narrower word hides a wider one."""
    first = _any_word().search(sentence)
    if first is None:
        return ()
    taken: list[tuple[int, int]] = []
    cues: list[tuple[int, AttackType]] = []
    in_small = small(sentence)
    for kind, words in _words().items():
        if not has_any(in_small, words.cues):
            continue
        for match in words.pattern.finditer(sentence, first.start()):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                cues.append((match.start(), kind))
    return tuple(sorted(cues))


def tells_of_harm(sentence: str) -> bool:
    """Whether a sentence has a word of harm to people, and none by which it only supposes it."""
    harm, supposed = _harm()
    return harm.search(sentence) is not None and supposed.search(sentence) is None


def is_other_attack(sentence: str) -> bool:
    """Whether a sentence tells of a way of attack that has no type of its own: arson, ramming."""
    return _other().search(sentence) is not None


@cache
def _other() -> re.Pattern[str]:
    return whole_words(_raw()["no_type"]["words"])


@cache
def _words() -> dict[AttackType, CuedWords]:
    """The words of each attack type, in the order of the data file."""
    raw = _raw()
    return {AttackType(kind): cued_words(words) for kind, words in raw["attacks"].items()}


@cache
def _any_word() -> re.Pattern[str]:
    """Any word of any attack type: most sentences have none, and one look shows it."""
    return whole_words(word for words in _raw()["attacks"].values() for word in words)


@cache
def _harm() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _raw()["harm"]
    return whole_words(words["cues"]), whole_words(words["supposed"])


def _raw() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
