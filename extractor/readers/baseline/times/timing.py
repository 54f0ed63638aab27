"""Timing: which of an article's time expressions dates an incident, and how firmly."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from extractor.codes import DatePrecision
from extractor.readers.baseline.times.finding import find_times
from extractor.readers.baseline.times.vocabulary import time_words
from extractor.resolve.dates import Interval, resolve_date

Span = tuple[int, int]
# How many sentences later casualties still belong to an event whose time was told without them.
LEAD = 1
FIRST_LEAD = 3  # before anything else has been told, what an article opens with is its event


class Hold(IntEnum):
    """How firmly a time holds on to an event; the firmer one is kept."""

    TITLE = 1
    LOOSE = 2
    """Told with the casualties, but perhaps of a speech, an arrest or a later death."""
    BESIDE = 3
    """Told in a sentence about the event that names no casualty."""
    HAPPENED = 4
    """Told by the words that the event happened then."""
    OWN = 5
    """Told with the casualties, as the time of what was done to them."""


@dataclass(frozen=True, kw_only=True)
class Timing:
    """A time expression, the days it stands for, and how firmly it dates the event."""

    expression: str
    days: Interval | None
    """`None` where nothing tells which day a bare "Sunday" was."""
    hold: Hold

    @property
    def day(self) -> date | None:
        """The day to count "the next day" from; of a night, the day on which it began."""
        return self.days.start if self.days else None


def time_told(
    words: str,
    verbs: Sequence[int],
    *,
    times: Iterable[Span] | None = None,
    published: date | None,
    anchor: date | None = None,
) -> Timing | None:
    """The time of the casualties that a sentence tells; `None` if it gives none.

    Args:
        words: the sentence.
        verbs: where its casualty verbs stand.
        times: what `find_times` found in it, if that is known.
        published: the day of publication.
        anchor: the day of the incident told last, for "the next day".
    """
    told = _readable(words, times, published, anchor)
    if not told:
        return None
    verb = verbs[0] if verbs else 0
    span, cost = _nearest(words, told, verb, verbs)
    hold = Hold.LOOSE if cost >= _LOOSE else Hold.OWN
    return Timing(expression=words[slice(*span)], days=told[span], hold=hold)


def time_beside(
    words: str,
    *,
    times: Iterable[Span] | None = None,
    published: date | None,
    anchor: date | None = None,
    violent: bool = False,
) -> Timing | None:
    """The time of an event in a sentence that tells no casualty: "it happened at noon on Friday".

    Args:
        words: the sentence.
        times: what `find_times` found in it, if that is known.
        published: the day of publication.
        anchor: the day of the incident told last.
        violent: whether the sentence tells of an attack, as "gunmen stormed the post on Friday".
    """
    told = _readable(words, times, published, anchor)
    if not told:
        return None
    heard = time_words()
    found = heard.happened.search(words)
    if found or any(heard.dated_deed.match(words, end) for _, end in told):
        hold = Hold.HAPPENED
    elif (found := heard.called.search(words) or heard.deed.search(words)) or violent:
        hold = Hold.BESIDE
    else:
        return None
    verb = found.end() if found else 0
    span, cost = _nearest(words, told, verb, (verb,))
    if cost >= _LOOSE:
        return None
    return Timing(expression=words[slice(*span)], days=told[span], hold=hold)


def time_of_entry(words: str, *, published: date | None) -> Timing | None:
    """The day that heads an entry of a log or bulletin, as "B. Qaisar, Faryab, 27 October" does.

    It dates what stands under it, up to the next such heading. The day of publication heads no
    entry: it is the page's own.
    """
    if len(words) > _HEADING:
        return None
    told = _readable(words, None, published, None)
    if len(told) != 1:
        return None
    ((span, days),) = told.items()
    rest = _NAMES.sub("", words[: span[0]] + words[span[1] :])
    is_page = days is not None and days.end == published and span[0] == 0
    if rest or (is_page and _WEEKDAY.fullmatch(words[slice(*span)]) is None):
        return None
    return Timing(expression=words[slice(*span)], days=days, hold=Hold.BESIDE)


_HEADING = 70  # characters; a longer line is a sentence
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
# What may stand in a heading beside the day: names, and what kind of places they are.
_NAMES = re.compile(
    r"\b(?:[A-Z][\w'\u2019-]*|province|district|governorate|region|city|town|village|of|the|and|near|in"
    r"|on|at|morning|afternoon|evening|night)(?!\w)|[\s.,:;()\u2013\u2014-]"
)


def time_in_title(title: str, *, published: date | None) -> Timing | None:
    """The time that a title gives the event; a title with several gives none."""
    told = _readable(title, None, published, None)
    if len(told) != 1:
        return None
    ((span, days),) = told.items()
    return Timing(expression=title[slice(*span)], days=days, hold=Hold.TITLE)


def firmer(known: Timing | None, new: Timing | None) -> Timing | None:
    """What dates an incident after one more sentence: the firmer time, or the finer of the two."""
    if known is None or new is None:
        return known or new
    if _narrows(known.days, new.days) and new.hold > Hold.LOOSE:
        return new
    if known.hold <= Hold.LOOSE < new.hold:
        return new
    if known.hold is Hold.BESIDE and new.hold is Hold.OWN:
        return new  # "A delegation came today." "The six were killed on Monday."
    return known


def may_be_same_time(known: Timing | None, new: Timing | None) -> bool:
    """Whether two times can be of one event; a loose one contradicts nothing."""
    if known is None or new is None or Hold.LOOSE in (known.hold, new.hold):
        return True
    one, other = known.days, new.days
    if one is None or other is None:
        return True
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    return one.start <= other.end and other.start <= one.end


# ---- What a time costs: how far it stands from the deed ---------------------------------------

_LOOSE = 300  # of something else, as far as can be seen
_WIDE = 60  # characters that a week, a month or a year stands further off than a day
_CLAUSE = 45  # characters that each clause in between adds
_FIRST = 6  # characters; a time that opens a sentence dates all of it
_OPENED = 30  # characters that such a time stands from any verb
_NEAR_VERB = 12  # characters; the aftermath is the deed itself: "detained"

_CUT = re.compile(
    r"[;:]|, (?:and|but|while|when|as|who|which|where)\b|\b(?:while|whereas|although|when|who|which"
    r"|that|after|before|because|since|as)\b",
    re.IGNORECASE,
)
_PRECISE = frozenset({DatePrecision.DAY, DatePrecision.PART_OF_DAY, DatePrecision.DAYS})


def _readable(
    words: str, times: Iterable[Span] | None, published: date | None, anchor: date | None
) -> dict[Span, Interval | None]:
    """The times of a sentence that are told from publication, or from an incident before."""
    spans = find_times(words) if times is None else times
    read: dict[Span, Interval | None] = {}
    for span in spans:
        expression = words[slice(*span)]
        days = resolve_date(expression, published, anchor=anchor)
        if days is not None or (published is None and _needs_publication(expression)):
            read[span] = days
    return read


def _needs_publication(expression: str) -> bool:
    return resolve_date(expression, _SOME_DAY) is not None


_SOME_DAY = date(9990, 12, 30)


def _nearest(
    words: str, told: dict[Span, Interval | None], verb: int, verbs: Sequence[int]
) -> tuple[Span, int]:
    """The time nearest to the deed, and how far it stands from it."""
    costs = {span: _cost(words, span, days, verb, verbs) for span, days in told.items()}
    span = min(costs, key=lambda span: (costs[span], span))
    return span, costs[span]


def _cost(words: str, span: Span, days: Interval | None, verb: int, verbs: Sequence[int]) -> int:
    """How far a time stands from the deed; from `_LOOSE` on it seems to be another's."""
    start, end = span
    cost = 0 if days is None or days.precision in _PRECISE else _WIDE
    if time_words().dated_deed.match(words, end):
        return cost + min(abs(start - verb), _CLAUSE)
    if _is_of_other(words, span, verbs):
        cost += _LOOSE
    if start <= _FIRST:
        return cost + _OPENED + (_LOOSE if _opens_speech(words, end) else 0)
    low, high = (end, verb) if end <= verb else (verb, start)
    cuts = len(_CUT.findall(words, low, high)) if low < high else 0
    return cost + max(high - low, 0) + _CLAUSE * cuts


def _opens_speech(words: str, end: int) -> bool:
    """Whether a time in front is of a saying: "On Sunday, police said two men were killed"."""
    said = time_words().saying.search(words, end, end + _SUBJECT)
    return said is not None and not time_words().deed_between.search(words, end, said.start())


_SUBJECT = 90  # characters; "On Sunday, the spokesman of the Interior Ministry, Name, said"


def _is_of_other(words: str, span: Span, verbs: Sequence[int]) -> bool:
    """Whether a time is of an arrest, a trial or a later death that is not the deed told."""
    start, end = span
    first, last = _clause(words, span)
    heard = time_words()
    before = [m.start() for m in heard.aftermath.finditer(words, first, start)]
    behind = [] if before else [m.start() for m in heard.aftermath.finditer(words, end, last)]
    told_here = any(first - 1 <= verb < last for verb in verbs)
    near = before[-1:] or ([] if told_here else behind[:1])
    if near and not any(_is_deed(verb, near[0], start) for verb in verbs):
        return True
    died = heard.later_death.search(words, first, start)
    if died is None:
        return False
    return died[0].lower() in _PRONOUNCED or _OF_WOUNDS.search(words) is not None


def _is_deed(verb: int, aftermath: int, time: int) -> bool:
    """Whether a casualty verb is the aftermath itself, or stands between it and the time."""
    return abs(verb - aftermath) <= _NEAR_VERB or aftermath < verb < time


def _clause(words: str, span: Span) -> Span:
    """The clause that a time stands in, as far as the words around it tell."""
    start, end = span
    front, back = max(start - _REACH, 0), min(end + _REACH, len(words))
    first = max((m.end() for m in _CUT.finditer(words, front, start)), default=front)
    cut = _CUT.search(words, end, back)
    return first, cut.start() if cut else back


_REACH = 70  # characters; a verb further off has its own time
_PRONOUNCED = frozenset({"pronounced", "declared dead"})
# "Died Tuesday of his wounds", "succumbed": the attack was before.
_OF_WOUNDS = re.compile(
    r"\b(?:wounds?|injur(?:y|ies)|hospital|succumbed|infirmary|clinic|medical cent(?:er|re)|surgery"
    r"|life support|has died|later died|died later)\b",
    re.IGNORECASE,
)


def _narrows(known: Interval | None, new: Interval | None) -> bool:
    """Whether new days lie within the known ones, and are fewer."""
    if known is None or new is None:
        return known is None and new is not None
    if known.start is None or known.end is None or new.start is None or new.end is None:
        return False
    if known.precision is DatePrecision.PART_OF_DAY is not new.precision:
        return False  # "overnight" is no more exactly told by "Sunday", but by "3 a.m. Sunday"
    inside = known.start <= new.start and new.end <= known.end
    return inside and (new.end - new.start) < (known.end - known.start)
