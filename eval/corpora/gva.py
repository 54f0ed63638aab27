"""GVA long tail: killed, injured, date, city and state, on archived pages of American news."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from eval.corpora.baselines import keyword_day, keyword_name
from eval.corpora.corpus import Document
from eval.corpora.grades import (
    grade_day,
    grade_names,
    show_matched,
    show_names,
)
from eval.corpora.labelled import LabelledCorpus
from eval.corpora.marking import Answer, Question
from eval.corpora.profile import Profile
from eval.corpora.questions import ask_number
from eval.corpora.reported import first_day, first_places, place_names
from eval.corpora.rows import Row, article_of
from extractor.gazetteer import name_key
from extractor.records import Reading

_DAY = "%B %d, %Y"
_LATE_DAYS = 7  # a page published later tells of an arrest, a trial, an anniversary


def _read_row(row: Row) -> Document:
    labels = {
        "killed": row.number("labels.killed"),
        "injured": row.number("labels.injured"),
        "date": _incident_day(row),
        "city": row.optional_text("labels.city_or_county"),
        "state": row.optional_text("labels.state"),
    }
    return Document(
        id=row.text("id"),
        cluster=row.text("incident_id"),
        article=article_of(row, title=row.optional_text("title"), published_at=row.day("date")),
        labels=labels,
    )


def _incident_day(row: Row) -> date:
    told = row.text("labels.incident_date")
    try:
        return datetime.strptime(told, _DAY).date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise row.error(
            "labels.incident_date", f"is {told[:40]!r}, no day like January 27, 2014"
        ) from error


def _ask(profile: Profile) -> tuple[Question, ...]:
    full_names = profile.spellings("states")
    states = {**profile.spellings("short_states"), **full_names}
    return (
        *(_figure(field, profile) for field in ("killed", "injured")),
        Question(
            field="date",
            gold=lambda document: document.labels["date"],
            told=lambda _, reading: _answer(first_day(reading, profile)),
            grade=grade_day,
            tags=_told_when,
            keyword=lambda document: keyword_day(
                document.article.text, document.article.published_at
            ),
        ),
        Question(
            field="city",
            gold=_gold_city,
            told=lambda _, reading: _told_city(reading, profile),
            grade=grade_names,
            show=show_names,
            show_told=show_matched,
        ),
        Question(
            field="state",
            gold=partial(_gold_state, states),
            told=partial(_told_state, states, profile),
            grade=grade_names,
            show=show_names,
            keyword=lambda document: _one(keyword_name(document.article.text, full_names)),
        ),
    )


def _figure(field: str, profile: Profile) -> Question:
    return replace(ask_number(field, profile, text=_whole), tags=_told_when)


def _whole(document: Document) -> str:
    return f"{document.article.title or ''}\n{document.article.text}"


def _told_when(document: Document) -> frozenset[str]:
    """Whether the page is of the same day, of the week after, or later."""
    published = document.article.published_at
    if published is None:
        return frozenset()
    days = (published - document.labels["date"]).days
    if days <= 0:
        return frozenset({"same day"})
    return frozenset({"week after" if days <= _LATE_DAYS else "later"})


def _gold_city(document: Document) -> frozenset[str] | None:
    """The city; "Homestead (Florida City)" is either, "Clark (county)" is Clark County."""
    named = document.labels["city"] or ""
    outer, _, inner = named.rstrip(") ").partition("(")
    if inner == "county":
        return frozenset({name_key(outer), name_key(f"{outer} county")})
    return frozenset({name_key(outer), name_key(inner)} - {""}) or None


def _told_city(reading: Reading, profile: Profile) -> Answer | None:
    """All names of the first place: a school in a city lies in the city."""
    for place in first_places(reading, profile):
        if names := place_names(place):
            return Answer(value=frozenset(names))
    return None


def _gold_state(states: dict[str, str], document: Document) -> frozenset[str] | None:
    key = name_key(document.labels["state"] or "")
    return frozenset({states.get(key, key)}) if key else None


def _told_state(
    states: dict[str, str], profile: Profile, _: Document, reading: Reading
) -> Answer | None:
    for place in first_places(reading, profile):
        for name in place_names(place):
            if state := states.get(name):
                return Answer(value=frozenset({state}))
    return None


def _answer(value: object) -> Answer | None:
    return None if value is None else Answer(value=value)


def _one(name: str | None) -> frozenset[str] | None:
    return frozenset({name}) if name else None


GVA = LabelledCorpus(name="gva", read_row=_read_row, ask=_ask, joins_repeats=True)
"""The long tail of the Gun Violence Archive."""
