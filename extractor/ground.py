"""Grounding: a quote is found in the article by exact rules, or it is not found at all (R13).

White-space runs, typographic quotes and dashes, and canonical Unicode form (NFC) may differ. A
letter, its case, a digit or a word may not; a quote never ends inside a word or a number.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.article import Article, ArticleField
from extractor.records import Match, Quote

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u02bc\u2032"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys(_DASHES, "-"),
    }
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_MAGNITUDES = "hundred|thousand|million|billion|lakh|crore|dozen|score"
_WORD = f"(?:{_UNITS}|{_TEENS}|{_TENS}|{_MAGNITUDES})"
_SMALLER = rf"(?:{_UNITS}|{_TEENS}|{_TENS})\b"
_FRACTIONS = "thirds|fourths|quarters|fifths|sixths|tenths"
_HAN_NUMBER = "〇零一二三四五六七八九十百千万億亿萬兩两"
_DASH = "[-\u2010-\u2015\u2212]"
_GAP = rf"(?:{_DASH}|\s+)"
_PARTS = (
    # what a number is made of: must not be cut between the first and the last of these
    (r"\d", r"[.,:/'\u2019\u00b7\u066b\u066c]", r"\d"),
    (r"\d", _DASH, r"\d"),
    (r"\d", r"\s*", r"(?:%|per\s?cent\b)"),
    (r"(?<!\d)\d{1,3}", r"[ \u00a0\u202f\u2009]", r"\d{3}(?!\d)"),
    (rf"(?:\b{_WORD}|\d)", _GAP, rf"(?:{_MAGNITUDES})s?\b"),
    (rf"\b(?:{_TENS})", _GAP, rf"(?:{_UNITS})\b"),
    (rf"\b(?:{_MAGNITUDES})", r"\s+", rf"(?:and\s+)?{_SMALLER}"),
    (rf"\b(?:{_MAGNITUDES})\s+and", r"\s+", _SMALLER),
    (rf"\b{_WORD}", _GAP, rf"(?:{_FRACTIONS})\b"),
    (r"\bone", _GAP, r"(?:half|third|quarter|fifth|tenth)\b"),
    (rf"[\d{_HAN_NUMBER}]", "", rf"[\d{_HAN_NUMBER}]"),
)
_CUTS = tuple(
    (re.compile(before + r"\Z", re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for left, joint, right in _PARTS
    for before, after in ((left, joint + right), (left + joint, right))
)
_NUMERIC = re.compile(rf"[\d{_HAN_NUMBER}]|\b{_WORD}\b", re.IGNORECASE)
# A prefix turns the sense of a word, and so does the end of "can't".
_PREFIX = re.compile(rf"\b(?:non|anti|pro|ex|counter){_DASH}\Z", re.IGNORECASE)
_NOT = re.compile(r"['\u2019]t\b", re.IGNORECASE)
_REACH = 24  # characters either side that can belong to one number
_JOINERS = "\u00ad\u200c\u200d\u2060"  # within a word these are no end of it
# Scripts that put no space between words: where one ends cannot be told from the characters.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, kw_only=True)
class _Normal:
    """A text in normal form, and where each of its characters stands in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True)
class Searchable:
    """An article in which quotes can be looked up."""

    article: Article

    @cached_property
    def _normal_text(self) -> _Normal:
        return _normalise(self.article.text)

    @cached_property
    def _normal_title(self) -> _Normal:
        return _normalise(self.article.title or "")

    def find(self, quote: str) -> tuple[Quote, ...]:
        """Every place where a quote stands, in the body first, then in the title; empty if nowhere.

        Exact places are all that is returned if there are any; else those that differ only as R13
        allows.
        """
        if quote not in self._found:  # an answer asks for the same words again and again
            fields: tuple[ArticleField, ...] = ("text", "title")
            self._found[quote] = tuple(p for name in fields for p in self._find_in(name, quote))
        return self._found[quote]

    @cached_property
    def _found(self) -> dict[str, tuple[Quote, ...]]:
        return {}

    def _find_in(self, field: ArticleField, quote: str) -> Iterator[Quote]:
        text, wanted = self.article.field(field), quote.strip()
        if not any(map(str.isalnum, wanted)):
            return
        found = False
        for start in _positions(wanted, text):
            if is_whole(text, start, start + len(wanted)):
                found = True
                yield _quote(field, text, start, start + len(wanted), Match.EXACT)
        if found:
            return
        normal = self._normal_text if field == "text" else self._normal_title
        folded = _normalise(wanted).text
        for position in _positions(folded, normal.text):
            start, end = normal.starts[position], normal.ends[position + len(folded) - 1]
            if is_whole(text, start, end) and is_whole(
                normal.text, position, position + len(folded)
            ):
                yield _quote(field, text, start, end, _difference(wanted, text[start:end]))


def find_quote(quote: str, text: str) -> Quote | None:
    """The first place where a quote stands in a bare text, or `None`."""
    return next(iter(Searchable(Article.of(text)).find(quote)), None) if text else None


def choose_nearest(places: Sequence[Quote], anchors: Iterable[Quote]) -> Quote | None:
    """The place nearest to any anchor of its field; the first place if there is no anchor."""

    def distance(place: Quote) -> tuple[int, int]:
        gaps = [
            max(anchor.start - place.end, place.start - anchor.end, 0)
            for anchor in anchored
            if anchor.field == place.field
        ]
        return (min(gaps, default=_FAR), place.start if place.field == "text" else _FAR)

    anchored = tuple(anchors)
    return min(places, key=distance, default=None)


_FAR = 10**9  # farther than any two characters of one article


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` cuts no word and no number in two at either end."""
    return not _cuts(text, start) and not _cuts(text, end)


def _cuts(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at].rstrip(_JOINERS)
    after = text[at : at + _REACH].lstrip(_JOINERS)
    if not before or not after:
        return False
    if _is_mark(after[0]) or _is_inside_word(before[-1], after[0]):
        return True
    if after[0].isalnum() and _PREFIX.search(before):
        return True
    if before[-1].isalpha() and _NOT.match(after):
        return True
    if not _NUMERIC.search(before):
        return False
    return any(left.search(before) and right.match(after) for left, right in _CUTS)


def _is_inside_word(before: str, after: str) -> bool:
    if not (before.isalnum() or _is_mark(before)) or not after.isalnum():
        return False
    return not (_UNSPACED.match(before) or _UNSPACED.match(after))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _positions(part: str, text: str) -> Iterator[int]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _quote(field: ArticleField, text: str, start: int, end: int, match: Match) -> Quote:
    return Quote(field=field, start=start, end=end, text=text[start:end], match=match)


def _difference(wanted: str, found: str) -> Match:
    if " ".join(wanted.split()) == " ".join(found.split()):
        return Match.WHITESPACE
    plain = (_fold_typography(" ".join(words.split())) for words in (wanted, found))
    return Match.TYPOGRAPHY if len(set(plain)) == 1 else Match.UNICODE


def _fold_typography(text: str) -> str:
    return re.sub(r"-{2,3}", "-", text.translate(_TYPOGRAPHY))


def _normalise(text: str) -> _Normal:
    """Fold white space, typography and Unicode form, keeping the way back to the original."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        folded = unicodedata.normalize("NFC", text[start:end]).translate(_TYPOGRAPHY)
        for character in " " if folded.isspace() else folded:
            previous = characters[-1] if characters else ""
            dashes = character == "-" == previous and ends[-1] == start
            if (character == " " == previous) or dashes:
                ends[-1] = end
                continue
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return _Normal(text="".join(characters), starts=starts, ends=ends)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that canonical composition can change only within: a character and its marks."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]):
            yield start, at
            start = at


def _joins(character: str) -> bool:
    if character < "\u0300":
        return False
    # Marks, and the vowels and finals of a Hangul syllable, compose with what stands before them.
    return _is_mark(character) or "\u1160" <= character <= "\u11ff"
