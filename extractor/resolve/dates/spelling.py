"""Spelling: the words, numbers, clock times and marks of a text, each with its place."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_MARKS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {
    **dict.fromkeys("\u2019\u02bc\u2018`", "'"),
    "\u060c": ",",
    "\u00ba": "o",
}
# What `str.isspace` calls a blank, and the grave accent, which is written for an apostrophe.
_BLANKS = dict.fromkeys(map(ord, "\t\x0b\x0c\r\x1c\x1d\x1e\x1f"), " ") | {ord("`"): "'"}
_LINE_END = re.compile(r"(?<!\n)\n(?! *\n)")  # two in a row end a paragraph
_ZONE = r"(?:gmt|utc|hours|hrs|hr|h|z)\b"
_TOKEN = re.compile(
    # No other token begins with a letter, and most do.
    r"(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670])*)"
    r"|(?P<iso>(?<![\d-])\d{4}-\d\d-\d\d(?![\d-]))"
    r"(?:t(?P<isoclock>\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?)(?!\w))?"
    r"|(?P<year_first>(?<![\d./])(?P<yf>[./])?\d{4}(?:/\d\d?/\d\d?|\.\d\d?\.\d\d?)(?![\w/]))"
    r"|(?P<figures>(?<![\d./])\d{1,2}(?P<by>[./-])\d{1,2}(?P=by)(?:\d{4}|\d\d)(?![\w/]|\.\d|-\d(?!\d?[./])))"
    r"|(?P<clock>(?<![\d.:,])(?:"
    r"(?P<h1>\d{1,2})[:.](?P<m1>\d\d)(?::\d\d)? ?(?P<half1>[ap])\.? ?m\b\.?"
    r"|(?P<h2>\d{1,2}) ?(?P<half2>[ap])\.? ?m\b\.?"
    rf"|(?P<h3>\d{{1,2}}):(?P<m3>\d\d)(?::\d\d)?(?: ?{_ZONE})?"
    r"|(?P<h4>\d{1,2})h(?P<m4>\d\d)?(?!\w)"
    rf"|(?P<h5>\d\d)\.?(?P<m5>\d\d) ?{_ZONE}"
    r"|(?P<h6>\d{1,2}) ?o'? ?clock\b"
    r"|(?<=at )(?P<h7>\d\d?)\.(?P<m7>\d\d)(?![\d.])"
    r")(?![\d:]))"
    r"|(?P<day_month>(?<![\d./])\d{1,2}/\d{1,2}(?![\w/]|\.\d))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|er|o|-?(?:\u0433\u043e|\u0435|\u0438))(?!\w))"
    r"|(?P<short_year>(?<!\w)'\d\d(?!\w))"
    r"|(?P<number>(?<![\w.,])\d{1,4}(?!\w|[.,]\d))"
    r"|(?P<paragraph>\n)"
    r"|(?P<possessive>(?<=\w)'s\b|(?<=s)'(?!\w))"
    r"|(?P<mark>[-/,().'])"
    r"|(?P<other>\w+|\S)"
)


class Written(NamedTuple):
    """A word of a text in plain spelling, and where it stands; a tuple, as there are so many."""

    word: str
    start: int
    end: int
    is_plain: bool = True
    """Whether it is a word or a mark: numbers and dates never stand in the tables."""
    is_ascii: bool = True


def fold(text: str) -> str:
    """A text without capitals and accents and with plain digits and dashes, of the same length."""
    if text.isascii():
        return text.lower().translate(_BLANKS)
    return "".join(map(_fold_letter, text))


def spell(text: str) -> tuple[Written, ...]:
    """The words of a text in order; a possessive ending is none.

    Numbers stand as digits, an ordinal as "3th", a clock time as "clock", "amclock" or "pmclock",
    a date in figures with a "#" in front.
    """
    return spell_folded(text, fold(text))


def spell_folded(text: str, folded: str) -> tuple[Written, ...]:
    """The words of a text that is folded already."""
    folded = _LINE_END.sub(" ", folded)
    written: list[Written] = []
    all_ascii = text.isascii()
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        if all_ascii and match.lastgroup == "word":
            written.append(Written(match[0], start, end))
            continue
        if match.lastgroup == "word":
            is_ascii = text[start:end].isascii()
            written.append(Written(word=_bare(match[0]), start=start, end=end, is_ascii=is_ascii))
            continue
        is_plain = match.lastgroup == "mark"
        for word in _words(match):
            written.append(Written(word=word, start=start, end=end, is_plain=is_plain))
    return tuple(written)


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if letter in _MARKS:
        return _MARKS[letter]
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter.isspace():
        return "\n" if letter in "\n\u2029" else " "
    base = unicodedata.normalize("NFKD", letter.lower())
    bare = "".join(part for part in base if not unicodedata.combining(part))
    return bare if len(bare) == 1 else letter


_CLOCKS = (
    *(("h1", "m1"), ("h2", ""), ("h3", "m3"), ("h4", "m4")),
    *(("h5", "m5"), ("h6", ""), ("h7", "m7")),
)


def _words(match: re.Match[str]) -> tuple[str, ...]:
    """The words that a match stands for."""
    text = " ".join(match[0].split())
    if match["iso"]:
        return (f"#{match['iso']}", "clock") if match["isoclock"] else (f"#{match['iso']}",)
    if match["clock"]:
        return (_clock(match),)
    if match["year_first"] or match["figures"] or match["day_month"]:
        return (f"#{text}",)
    if match["ordinal"]:
        return (f"{int(re.sub(r'[^0-9].*', '', text))}th",)
    if match["short_year"]:
        return (f"yy{text[1:]}",)
    if match["possessive"]:
        return ()
    return (text,)


def _clock(match: re.Match[str]) -> str:
    for hour, minute in _CLOCKS:
        if match[hour]:
            too_late = int(match[hour]) > 24 or (minute and int(match[minute] or 0) > 59)
            half = match["half1"] or match["half2"]
            return "noclock" if too_late else {"a": "amclock", "p": "pmclock"}.get(half, "clock")
    return "clock"


def _bare(word: str) -> str:
    if word.isascii():
        return word
    return "".join(letter for letter in word if not unicodedata.combining(letter)).replace("ـ", "")
