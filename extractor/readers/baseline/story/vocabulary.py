"""The words by which a story is followed, loaded from a data file that anybody can edit."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractor.cues import CuedWords, cued_words
from extractor.vocabulary import either, whole_words

_FILE = Path(__file__).resolve().parents[3] / "data" / "story_words.toml"


@dataclass(frozen=True, kw_only=True)
class StoryWords:
    """Everything the data file says, ready to be matched."""

    apart: re.Pattern[str]
    another: CuedWords
    back: re.Pattern[str]
    recalled: re.Pattern[str]
    long_ago: CuedWords
    several: CuedWords
    no_violence: dict[str, re.Pattern[str]]
    """Words of harm that is no armed violence, by the reason why it is none."""
    any_harmless: CuedWords
    """Any of those words: most sentences have none, and one look shows it."""
    forceful: CuedWords
    anybody: frozenset[str]
    alike: dict[str, frozenset[int]]
    """For each noun the kinds of people, by number, that it may mean."""
    newer: re.Pattern[str]
    older: re.Pattern[str]


@cache
def story_words() -> StoryWords:
    """The words of the data file."""
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    links, none = raw["links"], dict(raw["no_violence"])
    forceful = none.pop("forceful")
    return StoryWords(
        apart=_opening(links["apart"]),
        another=cued_words(links["another"]),
        back=_opening(links["back"]),
        recalled=whole_words(links["recalled"]),
        long_ago=cued_words(links["long_ago"]),
        several=cued_words(raw["round_up"]["several"]),
        no_violence={reason: whole_words(words) for reason, words in none.items()},
        any_harmless=cued_words(word for words in none.values() for word in words),
        forceful=cued_words(forceful),
        anybody=frozenset(raw["people"]["anybody"]),
        alike=_kinds(raw["people"]["alike"]),
        newer=whole_words(raw["revision"]["newer"]),
        older=whole_words(raw["revision"]["older"]),
    )


def _opening(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for any of the patterns at the start of a sentence."""
    ordered = sorted(patterns, key=len, reverse=True)
    opening = r"[\"\u201c\u2018'(*\u2022\u2013-]{0,3} ?(?:and|but|also|then|however)?,? ?"
    return re.compile(rf"{opening}(?:{either(ordered)})(?![\w-])", re.IGNORECASE)


def _kinds(lines: list[list[str]]) -> dict[str, frozenset[int]]:
    kinds: dict[str, frozenset[int]] = {}
    for number, nouns in enumerate(lines):
        for noun in nouns:
            kinds[noun] = kinds.get(noun, frozenset()) | {number}
    return kinds
