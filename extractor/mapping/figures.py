"""Figures: the number of a claim is what its words say, and its words stand in its quotes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pydantic import ValidationError

from extractor.article import Article
from extractor.codes import FlagCode, Qualifier, Unit
from extractor.ground import Searchable
from extractor.numerals import (
    FoundNumber,
    Number,
    find_separate_numbers,
    may_count_people,
    read_number,
)
from extractor.records import Quote
from extractor.wire import WireNumber

_REACH = 60  # characters either side of a figure that can belong to it


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number read from an answer; `number` is `None` where it could not be proved."""

    number: Number | None
    quotes: tuple[Quote, ...] = ()
    """The claim's quotes; one that cut the figure short is widened to hold it whole."""
    flags: tuple[tuple[FlagCode, str], ...] = ()


def read_figure(wire: WireNumber, quotes: tuple[Quote, ...], searchable: Searchable) -> Figure:
    """Read a claim's figure from the words that stand in its quotes.

    A number that counts no people where it stands, as an age or a year, is no figure. The parser
    decides what the words say, and bounds that contradict them are told; the reader's own bounds
    are taken, flagged, only where it cannot read them. Where the reader cut a longer figure short,
    the whole figure is taken, flagged unless the reader's bounds are those of the whole figure.
    """
    if wire.text is None or not wire.text.strip():
        return _without_words(wire, quotes)
    places = list(_places(wire.text, quotes))
    if not places:
        told = f"the figure {wire.text!r} does not stand in the claim's quotes"
        return Figure(number=None, flags=((FlagCode.NUMBER_NOT_IN_QUOTE, told),))
    quote, place = next((one for one in places if _may_count(one[1], searchable)), (None, None))
    if quote is None or place is None:
        told = f"{wire.text!r} counts no people where it stands"
        return Figure(number=None, flags=((FlagCode.NUMBER_UNVERIFIED, told),))
    read = read_number(place.text)
    whole = _whole_figure(place, searchable)
    if whole is not None and _differs(whole.number, read):
        words = whole.number.text
        flagged = ((FlagCode.FIGURE_COMPLETED, f"{place.text!r} is cut from {words!r}"),)
        agreed = _same_figure(whole.number, _own(wire, words))
        wide = _widen(quote, whole, searchable.article)
        return Figure(
            number=_with_unit(whole.number, wire),
            quotes=tuple(wide if one is quote else one for one in quotes),
            flags=() if agreed else flagged,
        )
    own = _own(wire, place.text)
    if read is not None:
        number = _with_unit(read.model_copy(update={"text": place.text}), wire)
        return Figure(number=number, quotes=quotes, flags=_contradiction(read, own, place.text))
    if own is None:
        told = f"{place.text!r} cannot be read, and the bounds given contradict their qualifier"
        return Figure(number=None, flags=((FlagCode.NUMBER_UNVERIFIED, told),))
    told = f"cannot read {place.text!r}"
    return Figure(number=own, quotes=quotes, flags=((FlagCode.NUMBER_UNVERIFIED, told),))


def _without_words(wire: WireNumber, quotes: tuple[Quote, ...]) -> Figure:
    """People counted without a number, or from a list whose parts stand apart."""
    own = _own(wire, None)
    if own is not None and own.qualifier is Qualifier.UNKNOWN_NUMBER:
        return Figure(number=own, quotes=quotes)
    if own is not None and own.enumerated:
        told = "counted from a list whose parts stand apart"
        return Figure(number=own, quotes=quotes, flags=((FlagCode.NUMBER_UNVERIFIED, told),))
    told = "the figure comes without the words that state it"
    return Figure(number=None, flags=((FlagCode.NUMBER_NOT_IN_QUOTE, told),))


def _own(wire: WireNumber, text: str | None) -> Number | None:
    """The reader's own bounds, if they fit their qualifier."""
    try:
        return Number.model_validate({**wire.model_dump(), "text": text})
    except ValidationError:
        return None


def _with_unit(number: Number, wire: WireNumber) -> Number:
    """The figure with the unit its words name, or else the one the reader gave."""
    return number.model_copy(update={"unit": wire.unit}) if number.unit is Unit.PERSONS else number


def _places(words: str, quotes: tuple[Quote, ...]) -> Iterator[tuple[Quote, Quote]]:
    """Every place where words stand in a quote, with that quote."""
    for quote in quotes:
        for place in Searchable(_article(quote.text)).find(words):
            start, end = quote.start + place.start, quote.start + place.end
            moved = {"field": quote.field, "start": start, "end": end}
            yield quote, place.model_copy(update=moved)


@lru_cache(maxsize=16)  # the claims of an article often share a quote
def _article(text: str) -> Article:
    return Article.of(text)


def _widen(quote: Quote, whole: FoundNumber, article: Article) -> Quote:
    start, end = min(quote.start, whole.start), max(quote.end, whole.end)
    text = article.field(quote.field)[start:end]
    return quote.model_copy(update={"start": start, "end": end, "text": text})


def _may_count(place: Quote, searchable: Searchable) -> bool:
    around, begin = _surroundings(place, searchable)
    return may_count_people(around, place.start - begin, place.end - begin)


def _surroundings(place: Quote, searchable: Searchable) -> tuple[str, int]:
    """The text around a place, no word cut at either end, and where in the article it begins."""
    text = searchable.article.field(place.field)
    begin, end = max(0, place.start - _REACH), min(len(text), place.end + _REACH)
    first, last = max(0, begin - _REACH), min(len(text), end + _REACH)  # no word is longer
    while begin > first and not text[begin - 1].isspace():
        begin -= 1
    while end < last and not text[end].isspace():
        end += 1
    return text[begin:end], begin


def _contradiction(
    read: Number, own: Number | None, words: str
) -> tuple[tuple[FlagCode, str], ...]:
    """The flag of bounds that are not those of the words; the words are kept."""
    if own is None or _bounds(read) == _bounds(own):
        return ()
    told = f"{words!r} reads as {_spoken(read)}; the reader gave {_spoken(own)}"
    return ((FlagCode.NUMBER_UNVERIFIED, told),)


def _bounds(number: Number) -> tuple[int | None, int | None, Qualifier]:
    return number.lower, number.upper, number.qualifier


def _spoken(number: Number) -> str:
    """A figure in words that tell every two qualifiers apart."""
    lower, upper = number.lower or 0, number.upper or 0
    match number.qualifier:
        case Qualifier.EXACT:
            return str(lower) if lower == upper else f"exactly {lower} to {upper}"
        case Qualifier.AT_LEAST:
            return f"{lower} or more"
        case Qualifier.MORE_THAN:
            return f"more than {lower - 1}"
        case Qualifier.AT_MOST:
            return f"{upper} or fewer"
        case Qualifier.FEWER_THAN:
            return f"fewer than {upper + 1}"
        case Qualifier.APPROXIMATELY:
            return f"about {lower}" if lower == upper else f"about {lower} to {upper}"
        case Qualifier.NEARLY:
            return f"nearly {lower}" if lower == upper else f"nearly {lower} to {upper}"
        case Qualifier.RANGE:
            return f"{lower} to {upper}"
        case Qualifier.VAGUE:
            return "a vague number"
        case Qualifier.UNKNOWN_NUMBER:
            return "people without a number"
        case Qualifier.NONE:
            return "nobody"


def _whole_figure(place: Quote, searchable: Searchable) -> FoundNumber | None:
    """The figure of the article that covers the words given, which may be a part of it."""
    around, begin = _surroundings(place, searchable)
    for found in find_separate_numbers(around):
        if _overlap(found, place.start - begin, place.end - begin):
            return replace(found, start=begin + found.start, end=begin + found.end)
    return None


def _overlap(found: FoundNumber, start: int, end: int) -> bool:
    """Whether a figure reaches beyond the words given, and has a number in common with them."""
    return found.start < end and start < found.end and (found.start < start or end < found.end)


def _differs(whole: Number, read: Number | None) -> bool:
    return read is None or not _same_figure(whole, read)


def _same_figure(one: Number, other: Number | None) -> bool:
    return other is not None and (one.lower, one.upper, one.qualifier, one.term) == (
        other.lower,
        other.upper,
        other.qualifier,
        other.term,
    )
