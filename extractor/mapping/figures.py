"""Figures: the number of a claim is what its words say, and its words stand in its quotes."""

from dataclasses import dataclass

from pydantic import ValidationError

from extractor.article import Span
from extractor.codes import FlagCode, Qualifier, Unit
from extractor.ground import Searchable
from extractor.numerals import FoundNumber, Number, find_numbers, read_number
from extractor.records import Quote
from extractor.wire import WireNumber

_REACH = 60  # characters either side of a figure that can belong to it


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number read from an answer; `number` is `None` where it could not be proved."""

    number: Number | None
    flags: tuple[tuple[FlagCode, str], ...] = ()


def read_figure(wire: WireNumber, quotes: tuple[Quote, ...], searchable: Searchable) -> Figure:
    """Read a claim's figure from the words that stand in its quotes.

    The parser decides what the words say; the reader's own bounds are taken, flagged, only where
    it cannot read them. Where the reader cut a longer figure short, the whole figure is taken,
    flagged unless the reader's bounds are those of the whole figure.
    """
    if wire.text is None or not wire.text.strip():
        return _without_words(wire)
    place = next((p for q in quotes for p in searchable.find(wire.text) if _inside(p, q)), None)
    if place is None:
        told = f"the figure {wire.text!r} does not stand in the claim's quotes"
        return Figure(number=None, flags=((FlagCode.NUMBER_NOT_IN_QUOTE, told),))
    read = read_number(place.text)
    whole = _whole_figure(place, searchable)
    if whole is not None and whole.text != place.text and _differs(whole, read):
        flagged = ((FlagCode.FIGURE_COMPLETED, f"{place.text!r} is cut from {whole.text!r}"),)
        agreed = _same_bounds(whole, _own(wire, whole.text))
        return Figure(number=_with_unit(whole, wire), flags=() if agreed else flagged)
    if read is not None:
        return Figure(number=_with_unit(read.model_copy(update={"text": place.text}), wire))
    own = _own(wire, place.text)
    if own is None:
        told = f"{place.text!r} cannot be read, and the bounds given contradict their qualifier"
        return Figure(number=None, flags=((FlagCode.NUMBER_UNVERIFIED, told),))
    return Figure(number=own, flags=((FlagCode.NUMBER_UNVERIFIED, f"cannot read {place.text!r}"),))


def _without_words(wire: WireNumber) -> Figure:
    """People counted without a number, or from a list whose parts stand apart."""
    own = _own(wire, None)
    if own is not None and own.qualifier is Qualifier.UNKNOWN_NUMBER:
        return Figure(number=own)
    if own is not None and own.enumerated:
        told = "counted from a list whose parts stand apart"
        return Figure(number=own, flags=((FlagCode.NUMBER_UNVERIFIED, told),))
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


def _inside(place: Span, quote: Span) -> bool:
    return place.field == quote.field and quote.start <= place.start and place.end <= quote.end


def _whole_figure(place: Quote, searchable: Searchable) -> Number | None:
    """The figure of the article that covers the words given, which may be a part of it."""
    text = searchable.article.field(place.field)
    begin = max(0, place.start - _REACH)
    around = text[begin : place.end + _REACH]
    for found in find_numbers(around):
        if _overlap(found, place.start - begin, place.end - begin):
            return found.number
    return None


def _overlap(found: FoundNumber, start: int, end: int) -> bool:
    """Whether a figure reaches beyond the words given, and has a number in common with them."""
    return found.start < end and start < found.end and (found.start < start or end < found.end)


def _differs(whole: Number, read: Number | None) -> bool:
    return read is None or not _same_bounds(whole, read)


def _same_bounds(one: Number, other: Number | None) -> bool:
    return other is not None and (one.lower, one.upper, one.qualifier) == (
        other.lower,
        other.upper,
        other.qualifier,
    )
