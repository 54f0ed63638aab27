"""Evaluation: a phrase, seen from the day of publication, becomes an interval of days."""

from dataclasses import replace
from datetime import date, timedelta

from extractor.codes import DatePrecision
from extractor.resolve.dates.interval import Interval, days_between, latest_weekday, up_to
from extractor.resolve.dates.phrase import BOUNDS, Group, Phrase
from extractor.resolve.dates.term import Grain, Term, View

_ONE_DAY = timedelta(days=1)
_ALMOST_A_YEAR = timedelta(days=364)
_OF_DAYS = frozenset({Grain.DAY, Grain.NIGHT})
_WIDE = frozenset({Grain.WEEK, Grain.MONTH, Grain.YEAR, Grain.WEEKEND})
_WIDEST_PAIR = 62  # days; "March and April" are one stretch, "March and July" are two months
_WIDEST_DAYS = 6  # of days told with "and" or "or"
_WIDEST_WEEKDAYS = 4  # days; beyond, the two may be told in the wrong order
_WIDEST_ROUND = 2  # days; the same where the first is not the latest such day


def evaluate(phrase: Phrase, view: View) -> Interval | None:
    """The days of a phrase; `None` if there are none, or none that its words are sure of."""
    try:
        found = _days(phrase, view)
    except (ValueError, OverflowError):  # no such day, or one outside the calendar
        return None
    if found is None or (found.start and found.end and found.end < found.start):
        return None
    if phrase.is_uncertain and found.spans_days is None and found.start != found.end:
        found = replace(found, spans_days=False)
    return _until_publication(phrase, found, view)


def _until_publication(phrase: Phrase, found: Interval, view: View) -> Interval | None:
    """The days up to publication, if the words allow that they go on."""
    published = view.published
    if published is None or found.end is None or found.end <= published:
        return found
    if found.start is None or found.start > published or phrase.opening in BOUNDS:
        return None
    is_wide = phrase.groups and phrase.groups[-1].terms[-1].grain in _WIDE
    return replace(found, end=published) if is_wide else None


def _days(phrase: Phrase, view: View) -> Interval | None:
    if not phrase.groups:
        return _night_up_to(view.published) if view.published else None
    if phrase.opening in BOUNDS:
        return _bounded(phrase, view)
    if phrase.opening == "into":
        found = _single(phrase.groups[0], view) if len(phrase.groups) == 1 else None
        is_day = found and phrase.is_overnight and found.start == found.end
        return _night_up_to(found.end) if found and found.end and is_day else None
    if len(phrase.groups) == 1:
        return _alone(phrase, view)
    return _linked(phrase, view)


def _night_up_to(end: date) -> Interval:
    return Interval(start=end - _ONE_DAY, end=end, precision=DatePrecision.PART_OF_DAY)


def _alone(phrase: Phrase, view: View) -> Interval | None:
    group = phrase.groups[0]
    found = _single(group, view)
    if found is None or _starts_only(group):
        return None
    if phrase.is_overnight:
        is_a_night = group.terms[0].grain is Grain.NIGHT or _is_two_days(found)
        return replace(found, precision=DatePrecision.PART_OF_DAY) if is_a_night else None
    is_list = found.spans_days is not None or group.terms[0].grain is Grain.DAYS
    return None if phrase.opening and not is_list else found


def _starts_only(group: Group) -> bool:
    return any(term.grain is Grain.START for term in group.terms)


def _is_two_days(found: Interval) -> bool:
    return found.start is not None and found.end == found.start + _ONE_DAY


def _bounded(phrase: Phrase, view: View) -> Interval | None:
    """What "since", "before", "after", "by" and "until" leave."""
    group, word = phrase.groups[0], phrase.opening
    if len(phrase.groups) > 1:
        is_span = word == "since" and len(phrase.groups) == 2
        return _linked(phrase, view) if is_span else None
    found = _single(group, view)
    if found is None or found.start is None or found.end is None or phrase.is_overnight:
        return None
    if word == "since" or word == "after":
        start = found.start if word == "since" else found.end + _ONE_DAY
        has_room = view.published and not (word == "after" and group.parts)
        open_days = days_between(start, view.published) if has_room and view.published else None
        return open_days and replace(
            open_days, spans_days=True if word == "since" else None, **_assumed(found)
        )
    if _starts_only(group) or any(term.grain is Grain.PAST for term in group.terms):
        return None
    if word == "before":
        return None if group.parts else replace(up_to(found.start - _ONE_DAY), **_assumed(found))
    is_of_days = all(term.grain in _OF_DAYS for term in group.terms[:1])
    return replace(up_to(found.end), **_assumed(found)) if is_of_days else None


def _assumed(*found: Interval) -> dict[str, bool]:
    return {
        "year_assumed": any(interval.year_assumed for interval in found),
        "day_first_assumed": any(interval.day_first_assumed for interval in found),
    }


def _single(group: Group, view: View) -> Interval | None:
    """The days of the terms of a group, if they are the same days."""
    found = _merged(group.terms, view)
    if found is None or not group.parts:
        return found
    if found.precision in (DatePrecision.DAY, DatePrecision.PART_OF_DAY):
        return replace(found, precision=DatePrecision.PART_OF_DAY)
    is_one_night = group.has_night_before and _is_two_days(found)
    return replace(found, precision=DatePrecision.PART_OF_DAY) if is_one_night else None


def _merged(terms: tuple[Term, ...], view: View) -> Interval | None:
    """One interval of terms told side by side: "Tuesday, 13 August", "Tuesday of last week"."""
    first = terms[0]
    found = first.days(view)
    for term in terms[1:]:
        if found is None:
            return None
        found, first = _both(first, found, term, view), term if first.weekday is not None else first
    return found


def _both(one: Term, found: Interval, other: Term, view: View) -> Interval | None:
    """The days of two terms that tell the same time; `None` if they disagree."""
    then = other.days(view)
    if then is None or found.start is None or then.start is None:
        return None
    for day, around, days in ((one, other, then), (other, one, found)):
        if day.weekday is not None and day.is_bare:
            return _weekday_in(day.weekday, around, days)
    if one.grain in _OF_DAYS and other.grain in _OF_DAYS:
        return found if (found.start, found.end) == (then.start, then.end) else None
    for day, inner, around, outer in ((one, found, other, then), (other, then, one, found)):
        if around.is_container and day.grain in (Grain.DAY, Grain.DAYS) and _holds(outer, inner):
            return inner
    return None


def _holds(outer: Interval, inner: Interval) -> bool:
    ends = (outer.start, inner.start, inner.end, outer.end)
    return None not in ends and list(ends) == sorted(end for end in ends if end)


def _weekday_in(weekday: int, around: Term, days: Interval) -> Interval | None:
    """The day of the week within a week or weekend, or the day itself if it is that weekday."""
    if days.start is None or days.end is None:
        return None
    day = latest_weekday(weekday, days.end)
    if day < days.start:
        return None
    is_held = around.grain is Grain.WEEK and around.is_container
    if is_held or around.grain is Grain.WEEKEND:
        return Interval(start=day, end=day, precision=DatePrecision.DAY)
    return days if around.grain in _OF_DAYS else None


def _linked(phrase: Phrase, view: View) -> Interval | None:
    """The days from the first group to the last."""
    left, right = phrase.groups[0], phrase.groups[-1]
    if any(_starts_only(group) for group in phrase.groups[1:]):
        return None
    ends = _ends(left, right, view)
    if ends is None or not _in_order(phrase, ends, view):
        return None
    first, last = ends
    if first.start is None or last.end is None or last.start is None or last.start <= first.start:
        return None
    if first.end and last.end < first.end:
        return None
    found = days_between(first.start, last.end)
    if found is None:
        return None
    found = replace(found, spans_days=_lasted(phrase), **_assumed(first, last))
    if _is_one_night(phrase, first, last):
        return replace(found, precision=DatePrecision.PART_OF_DAY, spans_days=None)
    is_single_night = phrase.is_overnight or "into" in phrase.links
    return None if is_single_night or _is_too_wide(phrase, ends, view) else found


def _lasted(phrase: Phrase) -> bool | None:
    if "or" in phrase.links:
        return False
    return True if phrase.opening in ("from", "since") else None


def _ends(left: Group, right: Group, view: View) -> tuple[Interval, Interval] | None:
    """Both ends; the one that has no year takes it from the other."""
    if all(term.is_bare for term in right.terms) and any(term.has_year for term in left.terms):
        first = _single(left, view)
        if first is None or first.start is None:
            return None
        bound = first.start + _ALMOST_A_YEAR
        upto = min(bound, view.published) if view.published else bound
        last = _single(right, replace(view, upto=upto))
        # The year is that of the first end.
        return (first, replace(last, year_assumed=False)) if last else None
    last = _single(right, view)
    if last is None or last.start is None:
        return None
    first = _single(left, replace(view, upto=last.start - _ONE_DAY))
    if first and any(term.has_year for term in right.terms):
        first = replace(first, year_assumed=False)
    return (first, last) if first else None


def _in_order(phrase: Phrase, ends: tuple[Interval, Interval], view: View) -> bool:
    """Whether the groups of a list between the first and the last follow each other."""
    here = ends[0].start
    for group in phrase.groups[1:-1]:
        found = _single(group, replace(view, upto=ends[1].start))
        if found is None or here is None or found.start is None or found.start <= here:
            return False
        here = found.start
    return True


def _is_one_night(phrase: Phrase, first: Interval, last: Interval) -> bool:
    """Whether two days in a row are told for the night between them."""
    if first.start is None or last.end is None:
        return False
    left, right, link = phrase.groups[0], phrase.groups[-1], phrase.links[0]
    if last.end - first.start != _ONE_DAY or len(phrase.groups) > 2:
        return False
    if phrase.is_overnight or link == "into" or left.terms[0].grain is Grain.NIGHT:
        return True
    if link in ("and", "or") and phrase.opening != "between" and not left.has_night_before:
        return False
    is_told_behind = right.is_night and not left.parts and link in ("-", "/")
    return left.has_night_before or is_told_behind or (left.is_late and right.is_early)


def _is_too_wide(phrase: Phrase, ends: tuple[Interval, Interval], view: View) -> bool:
    """Whether what lies between two times told with "and" is not told itself."""
    first, last = ends
    if first.start is None or last.end is None or last.start is None:
        return True
    between = (last.end - first.start).days
    terms = (phrase.groups[0].terms[0], phrase.groups[-1].terms[0])
    is_pair = phrase.opening is None and not {"to", "through", "until", "-"} & set(phrase.links)
    if all(term.grain in _OF_DAYS for term in terms):
        is_round = any(t.weekday is not None and t.is_bare for t in terms) and not _is_latest(
            phrase.groups[0], first, view
        )
        widest = _WIDEST_ROUND if is_round else _WIDEST_WEEKDAYS
        limit = widest if terms[0].weekday is not None else _WIDEST_DAYS
        return is_pair and between > limit
    years = all(term.grain is Grain.YEAR for term in terms)
    return is_pair and between > _WIDEST_PAIR and not years


def _is_latest(group: Group, found: Interval, view: View) -> bool:
    """Whether the first of two days would be the same told alone."""
    alone = _single(group, view)
    return alone is not None and alone.start == found.start
