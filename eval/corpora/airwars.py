"""Airwars, Gaza: ranges of civilians killed and injured, who they were, where, by what."""

import re
from datetime import date, datetime
from functools import partial

from eval.corpora.baselines import keyword_count
from eval.corpora.corpus import Document
from eval.corpora.grades import (
    Point,
    Range,
    grade_day,
    grade_point,
    grade_range,
    grade_set,
    range_answer,
    show_names,
)
from eval.corpora.labelled import LabelledCorpus
from eval.corpora.marking import Answer, Question
from eval.corpora.profile import Profile
from eval.corpora.reported import derive_toll, first_day, first_places, told_incidents
from eval.corpora.rows import Row, article_of
from extractor.records import Reading

_DAY = "%B %d, %Y"
_SPAN = re.compile(r"[A-Z][a-z]+ \d+ ?[\u2013-] ?(?:[A-Z][a-z]+ )?\d+, \d{4}$")
_PART = re.compile(r"(\d+)(?:[\u2013-](\d+))? (children|child|women|woman|men|man)$")
_PARTS = {"children": "children", "child": "children", "women": "women", "woman": "women"}
_UNPLACED = "no class stated"


def _read_row(row: Row) -> Document:
    labels: dict[str, object] = {
        "killed": _range(row, "labels.civilians_killed"),
        "injured": _range(row, "labels.civilians_injured"),
        "date": _incident_day(row),
        "point": row.optional_point("labels.lat", "labels.lon"),
        "place_class": row.optional_text("labels.geo_accuracy") or _UNPLACED,
        "strike": row.optional_text("labels.strike_type"),
        **_parts(row),
    }
    return Document(
        id=row.text("id"),
        cluster=row.text("id"),
        article=article_of(row),  # the date of the file is the incident's: a reader never gets it
        labels=labels,
    )


def _range(row: Row, name: str) -> Range | None:
    """A labelled range; "Unknown" is a label of its own, and no label is none."""
    found = row.part(name)
    if found is None:
        return None
    if "raw" in found:
        if found["raw"] != "Unknown":
            raise row.error(f"{name}.raw", f"is {str(found['raw'])[:40]!r}, not 'Unknown'")
        return Range(lower=None, upper=None)
    lower, upper = row.number(f"{name}.min"), row.number(f"{name}.max")
    if lower > upper:
        raise row.error(name, f"runs from {lower} to {upper}")
    return Range(lower=lower, upper=upper)


def _parts(row: Row) -> dict[str, Range]:
    found: dict[str, Range] = {}
    for words in row.names("labels.killed_breakdown"):
        if part := _PART.match(words):
            low, high, who = part.groups()
            found[_PARTS.get(who, "men")] = Range(lower=int(low), upper=int(high or low))
    return found


def _incident_day(row: Row) -> date | None:
    """The day of the incident; none where the label is a span of days."""
    told = row.text("date")
    if _SPAN.match(told):
        return None
    try:
        return datetime.strptime(told, _DAY).date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise row.error("date", f"is {told[:40]!r}, no day like October 7, 2023") from error


def _ask(profile: Profile) -> tuple[Question, ...]:
    points = [(name, Point(lat=lat, lon=lon)) for name, (lat, lon) in profile.places.items()]
    return (
        *(_figure(field, profile) for field in ("killed", "injured")),
        *(_figure(field, profile) for field in ("children", "women", "men")),
        Question(
            field="point",
            gold=_gold_point,
            told=lambda _, reading: _told_point(reading, profile),
            grade=grade_point,
            tags=lambda document: frozenset({document.labels["place_class"]}),
            constants=tuple(points),
        ),
        Question(
            field="date",
            gold=lambda document: document.labels["date"],
            told=lambda _, reading: _told_day(reading, profile),
            grade=grade_day,
        ),
        Question(
            field="strike",
            gold=partial(_gold_strike, profile),
            told=lambda _, reading: _told_strike(reading, profile),
            grade=grade_set,
            show=show_names,
        ),
    )


def _figure(field: str, profile: Profile) -> Question:
    return Question(
        field=field,
        gold=lambda document: document.labels.get(field),
        told=lambda _, reading: range_answer(derive_toll(reading, profile.sums[field], profile)),
        grade=grade_range,
        tags=lambda document: _known(document.labels.get(field)),
        keyword=(lambda document: _keyword(document, field, profile))
        if field in profile.keywords
        else None,
    )


def _known(gold: Range | None) -> frozenset[str]:
    if gold is None:
        return frozenset()
    return frozenset({"unknown" if gold.lower is None else "known"})


def _keyword(document: Document, field: str, profile: Profile) -> Range | None:
    """The keyword rule; where it finds no word it says nothing, which is not zero."""
    lower, upper = keyword_count(document.article.text, field, profile)
    return Range(lower=lower, upper=upper) if upper else None


def _gold_point(document: Document) -> Point | None:
    point = document.labels["point"]
    return Point(lat=point[0], lon=point[1]) if point else None


def _told_point(reading: Reading, profile: Profile) -> Answer | None:
    for place in first_places(reading, profile):
        if place.lat is not None and place.lon is not None:
            return Answer(value=Point(lat=place.lat, lon=place.lon))
    return None


def _told_day(reading: Reading, profile: Profile) -> Answer | None:
    day = first_day(reading, profile)
    return Answer(value=day) if day else None


def _gold_strike(profile: Profile, document: Document) -> frozenset[str] | None:
    """The label's kinds of weapon, as the profile has them; kinds it does not know stay words."""
    told = document.labels["strike"]
    if not told:
        return None
    kinds = [one.strip() for one in told.split(",")]
    return frozenset(kind for one in kinds for kind in profile.kinds.get(one, (one,)))


def _told_strike(reading: Reading, profile: Profile) -> Answer | None:
    for incident in told_incidents(reading, profile):
        kinds = {kind for one in incident.attack_types for kind in profile.kinds.get(one.value, ())}
        if kinds:
            return Answer(value=frozenset(kinds))
    return None


AIRWARS = LabelledCorpus(name="airwars", read_row=_read_row, ask=_ask)
"""The Airwars assessments of Gaza."""
