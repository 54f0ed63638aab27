"""Endings: where a sentence ends, and where a point only belongs to an abbreviation."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).resolve().parents[1] / "data" / "sentence_words.toml"
_END = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u201d\u2019)\]]*+(?=\s)"
    r"|(?<=[a-z]{2})[.!?][\"\u201d)]?(?=[A-Z](?:[a-z]| [a-z]))"
)
_BEFORE = re.compile(r"[^\s(\[\"\u201c\u2014]*$")
_NEXT = re.compile(r"[\s\"'\u201c\u2018(\[]*([^\W_][\w'\u2019-]*)?")
_ARTICLE_NAME = re.compile(r"(?:al|el|ash|as|ar|an|at|ad)-[A-Z]")
_ADDRESS = re.compile(r"[/@]|\bwww\b|\w\.\w")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?)?[A-Z]|(?:[A-Z]\.){2,}[A-Z]")
_REACH = 24  # characters before a point: no abbreviation is longer


class _Lists(BaseModel):
    """The lists of the data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before_names: frozenset[str]
    before_numbers: frozenset[str]
    anywhere: frozenset[str]
    day_times: frozenset[str]
    after_day_times: frozenset[str]
    openers: frozenset[str]
    go_on: frozenset[str]
    furniture_lines: tuple[str, ...]
    furniture_cuts: tuple[str, ...]


class SentenceWords(BaseModel):
    """The words by which sentences are told apart, ready to be matched."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    lists: _Lists
    furniture_line: re.Pattern[str]
    furniture_cut: re.Pattern[str]

    @property
    def go_on(self) -> frozenset[str]:
        """Words that end no sentence."""
        return self.lists.go_on


@cache
def sentence_words() -> SentenceWords:
    """The words of the data file."""
    lists = _Lists.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
    return SentenceWords(
        lists=lists,
        furniture_line=re.compile(rf"(?![a-z])(?i:{'|'.join(lists.furniture_lines)})"),
        furniture_cut=re.compile(rf"(?<![\w(-])\(?(?:{'|'.join(lists.furniture_cuts)})"),
    )


def find_endings(text: str, start: int, end: int) -> Iterator[int]:
    """Where the sentences of a block end, but for its last one."""
    last = start
    for match in _END.finditer(text, start, end):
        if _is_end(text, last, match):
            last = match.end() - _opens_quote(text, last, match)
            yield last


def _opens_quote(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the quote mark behind a point opens the next sentence: 'He left."I saw it."'."""
    glued = match[0].endswith('"') and not text[match.end()].isspace()
    return glued and text.count('"', start, match.start()) % 2 == 0


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end(), match.end() + 40)
    word = (following[1] if following else None) or ""
    if word[:1].islower() and not _ARTICLE_NAME.match(word):
        return False
    if match[0] != ".":
        return True
    found = _BEFORE.search(text, max(start, match.start() - _REACH), match.start())
    before = found[0] if found else ""
    if not text[match.end()].isspace() and _ADDRESS.search(before):
        return False
    return not _is_abbreviation(before, word)


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether a point behind one word and before another belongs to an abbreviation."""
    lists = sentence_words().lists
    low, opens = before.lower(), following.lower() in lists.openers
    written = before[:1].isupper() or "." in before
    if low in lists.day_times:
        return following.lower() in lists.after_day_times or following[:1].isdigit()
    if low in lists.before_numbers and following[:1].isdigit() and written:
        return True
    if low in lists.before_names and (written or low not in lists.anywhere):
        return not (opens and low in lists.anywhere)
    if written and low in lists.anywhere:
        return not opens and bool(following)
    return _INITIALS.fullmatch(before) is not None and before != "I" and not opens
