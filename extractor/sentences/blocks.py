"""Blocks: the paragraphs, headings, list items and bits of page furniture that a text is made of.

A line break inside a paragraph that was wrapped by hand ends no block; one behind a heading does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractor.sentences.endings import sentence_words

_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+")
_BLANK_LINE = re.compile(rf"(?:\r\n|[{_BREAKS}]).*?(?:\r\n|[{_BREAKS}])", re.DOTALL)
_FIRST_WORD = re.compile(r"\s*(\S+)")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_BULLET = re.compile(
    r"\s*(?:[-*\u2022\u2023\u25aa\u25cf\u25ba\u00b7\u2013\u2014]\s+"
    r"|\(?(?:\d{1,2}|[a-h])[.)]\s+(?=[A-Z\"\u201c]))"
)
_TAGS = re.compile(r"\s*(?:\[[^\][]{1,80}\]\s*)+(?=[A-Z\"\u201c])")
_DAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
    r"(?:\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6},? \d{4}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2},? \d{4}"
    r"|\d{1,2}[-./]\d{1,2}[-./]\d{4})"
)
_CLOCK = r"(?:,? \d{1,2}:\d{2}(?: ?[APap]\.?[Mm]\.?)?(?: [A-Z]{2,4}\b)?+)?+"
# The day of publication in front of the text: "Tue 05 Jul 2016 Shells hit ..."
_STAMP = re.compile(
    rf"\s*(?:(?:[Pp]ublished|[Uu]pdated|[Pp]osted|Date of publication)(?: on)?:? )?{_DAY}{_CLOCK}"
    rf"[.,:;\s-]*+(?=[A-Z\"\u201c]|\d+ [a-z])"
)
# "... of the city AFP Friday 28 Oct 2016 Shells hit ..."
_AGENCY_STAMP = re.compile(
    rf"\b(?:AFP|AP|Reuters|Xinhua|DPA|EFE|ANSA|SANA|Agencies)[ ,|-]{{1,3}}{_DAY}{_CLOCK}(?= [A-Z])"
)
_LONGEST_WORD = 12  # letters, of those that end no sentence
_FULL_LINE = 100  # characters; longer lines are paragraphs, not lines wrapped by hand
_NARROWEST = 50  # characters; lines of less are rather headings than a wrapped paragraph
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")  # "a U.S." with "nun" on the next line
_FULL = 0.9  # of the longest line that a line and the next word must exceed to be wrapped there


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    """Without the white space around them."""


def find_blocks(text: str, begin: int = 0, *, shouted: bool = False) -> Iterator[tuple[int, int]]:
    """The blocks of a text from a place on, as `[start, end)`.

    In a text that was `shouted` and put into small letters, the first word of a line does not tell
    whether its first line is a heading.
    """
    lines = [_line(match) for match in _LINE.finditer(text, begin)]
    lines = [line for line in lines if line.words]
    if not lines:
        return
    width = max(line.end - line.start for line in lines)
    start = lines[0].start
    for line, following in pairwise(lines):
        headed = shouted and not begin and line is lines[0]
        if not _goes_on(text, line, following, width, headed=headed):
            yield from _pieces(text, start, line.end)
            start = following.start
    yield from _pieces(text, start, lines[-1].end)


def _line(match: re.Match[str]) -> _Line:
    return _Line(match.start(), match.end(), match[0].strip())


def _goes_on(text: str, line: _Line, following: _Line, width: int, *, headed: bool) -> bool:
    """Whether the break between two lines is a mere line wrap."""
    if following.start - line.end > 1 and _BLANK_LINE.match(text, line.end, following.start):
        return False
    words = sentence_words()
    if words.furniture_line.match(line.words) or words.furniture_line.match(following.words):
        return False
    if _BULLET.match(following.words):
        return False
    first = _FIRST_WORD.match(following.words)
    last = _LAST_WORD.search(line.words[-_LONGEST_WORD:])
    if line.words[-1] == "," or (last and last[0].lower() in words.go_on):
        return True
    by_hand = _NARROWEST <= width <= _FULL_LINE
    reach = line.end - line.start + 1 + (len(first[1]) if first else 0)
    if by_hand and reach > _FULL * width:
        return True
    if headed or not following.words[0].islower():
        return False
    return line.words[-1] not in '.!?:"\u201d' or _INITIALS.search(line.words[-8:]) is not None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block, cut at page furniture inside it, without its bullet or tags in brackets."""
    cuts = {match.start() for match in sentence_words().furniture_cut.finditer(text, start, end)}
    stamp = _STAMP.match(text, start, end)
    stamps = [*([stamp] if stamp else []), *_AGENCY_STAMP.finditer(text, start, end)]
    cuts |= {cut for stamp in stamps for cut in stamp.span()}
    for left, right in pairwise([start, *sorted(cut for cut in cuts if start < cut < end), end]):
        bullet = _BULLET.match(text, left, right)
        left = bullet.end() if bullet else left
        tags = _TAGS.match(text, left, right)
        if tags:
            yield left, tags.end()
            left = tags.end()
        yield left, right
