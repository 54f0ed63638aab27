"""The setting of an incident: when, and which armed sides, from words of the article."""

from collections.abc import Iterable, Sequence
from datetime import date

from extractor.codes import DatePrecision, FlagCode
from extractor.mapping.earlier import told_before
from extractor.mapping.identity import identify
from extractor.mapping.notebook import Notebook
from extractor.records import Actor, Party, Quote, When
from extractor.resolve.dates import Interval, resolve_date, undated
from extractor.wire import WireParty, WireWhen


def map_when(wire: WireWhen, *, where: str, anchors: Iterable[Quote], notebook: Notebook) -> When:
    """When: the article's words decide the days; no words, and it is on or before publication."""
    near = tuple(anchors)
    published = notebook.searchable.article.published_at
    expression = notebook.verbatim(where, wire.expression)
    if expression is None:
        if (wire.expression or "").strip():
            notebook.put_aside(where, "when", wire, FlagCode.QUOTE_NOT_FOUND)
        return _when(None, undated(published), spans_days=False, quote=None)
    quote = notebook.quote(where, wire.quote, near) if wire.quote else None
    place = quote or notebook.searchable.find_nearest(expression, near)
    days = _days(expression, wire, where, place, notebook)
    return _when(expression, days, spans_days=wire.spans_days, quote=place)


def _when(expression: str | None, days: Interval, *, spans_days: bool, quote: Quote | None) -> When:
    return When(
        expression=expression,
        start=days.start,
        end=days.end,
        precision=days.precision,
        spans_days=spans_days,
        quote=quote,
    )


def _days(
    expression: str, wire: WireWhen, where: str, place: Quote | None, notebook: Notebook
) -> Interval:
    own = _own_days(wire)
    published = notebook.searchable.article.published_at
    days = resolve_date(expression, published) or _anchored(expression, where, place, notebook)
    if days is None:
        told = f"cannot read {expression!r}" + ("" if published else " without a publication date")
        told += "; the reader's own days are kept" if own else ""
        notebook.flag(FlagCode.DATE_UNVERIFIED, where, told)
        return own or Interval(start=None, end=None, precision=DatePrecision.UNKNOWN)
    if days.year_assumed:
        told = f"the year of {expression!r} is taken from the publication date"
        notebook.flag(FlagCode.DATE_UNVERIFIED, where, told)
    if days.day_first_assumed:
        told = f"{expression!r} is read with the day first; it may be the month"
        notebook.flag(FlagCode.DATE_UNVERIFIED, where, told)
    if own and _apart(own, days):
        told = f"{expression!r} is {days.start} to {days.end}; the reader gave {own.start}"
        notebook.flag(FlagCode.DATE_CONFLICT, where, told)
    return days


def _anchored(
    expression: str, where: str, place: Quote | None, notebook: Notebook
) -> Interval | None:
    """Days that are told from another day of the article ("the previous day"): the last before."""
    article = notebook.searchable.article
    if place is None or place.field != "text":
        return None
    for words in told_before(article.text, place.start):
        anchor = resolve_date(words, article.published_at)
        if anchor is None or anchor.start is None or anchor.start != anchor.end:
            continue
        days = resolve_date(expression, article.published_at, anchor=anchor.start)
        if days:
            told = f"{expression!r} is counted from {words!r}"
            notebook.flag(FlagCode.DATE_UNVERIFIED, where, told)
        return days
    return None


def _own_days(wire: WireWhen) -> Interval | None:
    """The reader's own days, if they are dates in order."""
    start, end = _iso(wire.start), _iso(wire.end)
    first, last = start or end, end or start
    if first is None or last is None or last < first:
        return None
    return Interval(start=start, end=last, precision=wire.precision)


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _apart(one: Interval, other: Interval) -> bool:
    one_first, other_first = one.start or date.min, other.start or date.min
    one_last, other_last = one.end or date.max, other.end or date.max
    return one_last < other_first or other_last < one_first


def map_parties(
    wires: Iterable[WireParty],
    *,
    where: str,
    anchors: Iterable[Quote],
    countries: Sequence[str],
    notebook: Notebook,
) -> tuple[Party, ...]:
    """Armed sides as narrated; one that the article does not name is set aside."""
    near = tuple(anchors)
    parties: list[Party] = []
    for n, wire in enumerate(wires, 1):
        at = f"{where}/party{n}"
        name = notebook.verbatim(at, wire.name_text)
        if name is None:
            notebook.put_aside(at, "party", wire, FlagCode.QUOTE_NOT_FOUND)
            continue
        stands = notebook.searchable.find_nearest(name, near)
        actor = identify(
            Actor(name_text=name, type=wire.type),
            at=stands.start if stands and stands.field == "text" else None,
            countries=countries,
            notebook=notebook,
        )
        parties.append(Party(name_text=name, actor=actor, side=wire.side))
    return tuple(parties)
