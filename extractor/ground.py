"""Grounding: a quote is found in the article by exact rules, or it is not found at all (R13).

White-space runs, typographic quotes and dashes, and canonical Unicode form (NFC) may differ. A
letter, its case, a digit or a word may not; a quote never ends inside a word or a number.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.article import Article, ArticleField
from extractor.normal import Normal, fold_typography, is_mark, normal_form, normalise
from extractor.records import Match, Quote

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_MAGNITUDES = "hundred|thousand|million|billion|lakh|crore|dozen|score"
_WORD = f"(?:{_UNITS}|{_TEENS}|{_TENS}|{_MAGNITUDES})"
_SMALLER = rf"(?:{_UNITS}|{_TEENS}|{_TENS})\b"
_FRACTIONS = "thirds|fourths|quarters|fifths|sixths|tenths"
_HAN_NUMBER = "〇零一二三四五六七八九十百千万億亿萬兩两"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_DASH = f"[{_DASHES}]"
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
_RIGHT = re.compile("|".join(f"(?:{right.pattern})" for _, right in _CUTS), re.IGNORECASE)
_NUMERIC = re.compile(rf"[\d{_HAN_NUMBER}]|\b{_WORD}\b", re.IGNORECASE)
# A prefix turns the sense of a word, and so does the end of "can't".
_PREFIX = re.compile(rf"\b(?:non|anti|pro|ex|counter){_DASH}\Z", re.IGNORECASE)
_NOT = re.compile(r"['\u2019]t\b", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9]+")
_LONG = 200_000  # characters; a longer text is indexed before it is searched
_REACH = 24  # characters either side that can belong to one number
_JOINERS = "\u00ad\u200c\u200d\u2060"  # within a word these are no end of it
# Scripts that put no space between words: where one ends cannot be told from the characters.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Where some words stand in an article."""

    length: int
    """Of the words."""
    starts: "array[int]"
    """Where they stand in the body to the letter, in order."""
    others: tuple[Quote, ...]
    """Where they stand otherwise in the body, if nowhere to the letter; and those of the title."""

    def nearest_start(self, anchors: Iterable[Quote]) -> tuple[int, int]:
        """The exact place nearest to any anchor, and its distance; the first without an anchor.

        Of all exact places, only those right before and right behind an anchor can be nearest.
        """
        best = (_FAR, self.starts[0])
        for anchor in anchors:
            at = bisect_left(self.starts, anchor.start - self.length)
            for start in self.starts[max(at - 1, 0) : at + 1]:
                gap = max(anchor.start - start - self.length, start - anchor.end, 0)
                best = min(best, (gap, start))
        return best


@dataclass(frozen=True)
class Searchable:
    """An article in which quotes can be looked up."""

    article: Article

    @cached_property
    def _normal_text(self) -> Normal:
        return normalise(self.article.text)

    @cached_property
    def _normal_title(self) -> Normal:
        return normalise(self.article.title or "")

    @cached_property
    def _words(self) -> Mapping[str, Sequence[int]]:
        return _index(self.article.text)

    @cached_property
    def _found(self) -> dict[str, _Places]:
        return {}

    def find(self, quote: str) -> tuple[Quote, ...]:
        """Every place where a quote stands, in the body first, then in the title; empty if nowhere.

        Exact places are all that is returned if there are any; else those that differ only as R13
        allows.
        """
        return tuple(self.each(quote))

    def each(self, quote: str) -> Iterator[Quote]:
        """The places of `find` one by one, for whoever may not need them all."""
        places = self._places(quote)
        for start in places.starts:
            yield self._exact(places, start)
        yield from places.others

    def find_only(self, quote: str) -> Quote | None:
        """The place where a quote stands, if there is just one."""
        places = self._places(quote)
        if len(places.starts) + len(places.others) != 1:
            return None
        return places.others[0] if places.others else self._exact(places, places.starts[0])

    def find_nearest(self, quote: str, anchors: Iterable[Quote]) -> Quote | None:
        """The place nearest to any anchor of its field; the first place if there is no anchor."""
        places = self._places(quote)
        if len(places.starts) == 1 and not places.others:
            return self._exact(places, places.starts[0])
        near = tuple(anchors)
        others = choose_nearest(places.others, near)
        if not places.starts:
            return others
        gap, start = places.nearest_start([one for one in near if one.field == "text"])
        if others and _distance(others, near) < (gap, start):
            return others
        return self._exact(places, start)

    def _exact(self, places: _Places, start: int) -> Quote:
        return _quote("text", self.article.text, start, start + places.length, Match.EXACT)

    def _places(self, quote: str) -> _Places:
        if quote not in self._found:  # an answer asks for the same words again and again
            self._found[quote] = self._look_up(quote.strip())
        return self._found[quote]

    def _look_up(self, wanted: str) -> _Places:
        if not any(map(str.isalnum, wanted)):
            return _Places(length=len(wanted), starts=array("I"), others=())
        text = self.article.text
        starts = array("I")
        for start in self._positions(wanted):
            if is_whole(text, start, start + len(wanted)):
                starts.append(start)
        inexact = () if starts else self._inexact("text", wanted)
        others = (*inexact, *self._in_title(wanted))
        return _Places(length=len(wanted), starts=starts, others=others)

    def _positions(self, wanted: str) -> Iterator[int]:
        """Where words that cut none in two may stand in the body."""
        text = self.article.text
        runs = list(_RUN.finditer(wanted)) if len(text) > _LONG else []
        if not runs:
            yield from _positions(wanted, text)
            return
        rarest = min(runs, key=lambda run: len(self._words.get(run[0], ())))
        for at in self._words.get(rarest[0], ()):
            start = at - rarest.start()
            if start >= 0 and text.startswith(wanted, start):
                yield start

    def _in_title(self, wanted: str) -> Iterable[Quote]:
        title = self.article.title
        if not title:
            return ()
        found = [
            _quote("title", title, start, start + len(wanted), Match.EXACT)
            for start in _positions(wanted, title)
            if is_whole(title, start, start + len(wanted))
        ]
        return found or self._inexact("title", wanted)

    def _inexact(self, field: ArticleField, wanted: str) -> Iterator[Quote]:
        text = self.article.field(field)
        normal = self._normal_text if field == "text" else self._normal_title
        folded = normal_form(wanted)
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
    anchored = tuple(anchors)
    return min(places, key=lambda place: _distance(place, anchored), default=None)


def _distance(place: Quote, anchors: Iterable[Quote]) -> tuple[int, int]:
    """How far a place is from the nearest anchor of its field; between equals, the first wins."""
    gaps = (
        max(anchor.start - place.end, place.start - anchor.end, 0)
        for anchor in anchors
        if anchor.field == place.field
    )
    return (min(gaps, default=_FAR), place.start if place.field == "text" else _FAR)


_FAR = 10**9  # farther than any two characters of one article


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` cuts no word and no number in two at either end."""
    return not _cuts(text, start) and not _cuts(text, end)


def _cuts(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at].rstrip(_JOINERS)
    after = text[at : at + _REACH].lstrip(_JOINERS)
    if not before or not after:
        return False
    if is_mark(after[0]) or _is_inside_word(before[-1], after[0]):
        return True
    if before[-1] in _DASHES and after[0].isalnum() and _PREFIX.search(before):
        return True
    if before[-1].isalpha() and _NOT.match(after):
        return True
    if not _RIGHT.match(after) or not _NUMERIC.search(before):
        return False
    return any(right.match(after) and left.search(before) for left, right in _CUTS)


def _is_inside_word(before: str, after: str) -> bool:
    if not (before.isalnum() or is_mark(before)) or not after.isalnum():
        return False
    return not (_UNSPACED.match(before) or _UNSPACED.match(after))


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
    plain = (fold_typography(" ".join(words.split())) for words in (wanted, found))
    return Match.TYPOGRAPHY if len(set(plain)) == 1 else Match.UNICODE


def _index(text: str) -> Mapping[str, Sequence[int]]:
    """Where each run of plain letters and digits stands: a long text is not read for each quote."""
    found: dict[str, array[int]] = {}
    for run in _RUN.finditer(text):
        places = found.get(run[0])
        if places is None:
            places = found[run[0]] = array("I")
        places.append(run.start())
    return found
