"""SATP timelines: dead, injured, arrested, abducted, surrendered; district, point, initiator."""

from dataclasses import replace
from functools import partial

from eval.corpora.baselines import keyword_name
from eval.corpora.bounds import has_word
from eval.corpora.corpus import Document
from eval.corpora.grades import (
    Point,
    grade_names,
    grade_point,
    show_matched,
    show_names,
)
from eval.corpora.labelled import LabelledCorpus
from eval.corpora.marking import Answer, Question
from eval.corpora.profile import Profile
from eval.corpora.questions import ask_number
from eval.corpora.reported import (
    first_places,
    place_names,
    told_incidents,
)
from eval.corpora.rows import Row, article_of
from extractor.codes import Side
from extractor.gazetteer import name_key
from extractor.records import Incident, Reading

_TOTALS = {
    "deaths": ("deaths", "total_fatalities"),
    "injuries": ("injuries", "total_injuries"),
    "arrests": ("arrests", "total_arrests"),
    "abductions": ("abductions", "total_abducted"),
    "surrenders": ("surrenders", "total_surrenders"),
}


def _read_row(row: Row) -> Document:
    labels: dict[str, object] = {}
    for field, (group, total) in _TOTALS.items():
        parts = row.part(f"labels.{group}")
        if parts is None:
            labels[field] = labels[f"{field}_sum"] = None
            continue
        labels[field] = row.number(f"labels.{group}.{total}")
        others = [row.number(f"labels.{group}.{name}") for name in parts if name != total]
        labels[f"{field}_sum"] = sum(others) if others else None
    labels["district"] = row.optional_text("labels.location.district")
    labels["point"] = row.optional_point("labels.location.lat_fixed", "labels.location.lon_fixed")
    labels["initiator"] = row.optional_text("labels.perpetrator")
    return Document(
        id=row.text("id"),
        cluster=row.text("id"),
        article=article_of(row),  # the date of the file is the incident's, not the publication's
        labels=labels,
    )


def _ask(profile: Profile) -> tuple[Question, ...]:
    districts = profile.spellings("districts")
    return (
        *(_figure(field, profile) for field in _TOTALS),
        Question(
            field="district",
            gold=partial(_gold_district, districts),
            told=partial(_told_district, districts, profile),
            grade=grade_names,
            show=show_names,
            show_told=show_matched,
            keyword=lambda document: _one(keyword_name(document.article.text, districts)),
        ),
        Question(
            field="point",
            gold=_gold_point,
            told=lambda _, reading: _told_point(reading, profile),
            grade=grade_point,
        ),
        Question(
            field="initiator",
            gold=lambda document: document.labels["initiator"],
            told=lambda _, reading: Answer(value=_told_initiator(reading, profile)),
            grade=lambda gold, told: grade_names(
                frozenset({gold}), frozenset({told}) if told else None
            ),
            keyword=lambda document: _keyword_initiator(document, profile),
        ),
    )


def _figure(field: str, profile: Profile) -> Question:
    asked = ask_number(field, profile)
    return replace(asked, disputed=partial(_disputed, field=field))


def _disputed(document: Document, field: str) -> str | None:
    total, parts = document.labels[field], document.labels[f"{field}_sum"]
    if total is None or parts is None or total == parts:
        return None
    return f"disputed: the total is {total}, its parts add up to {parts}"


def _gold_district(districts: dict[str, str], document: Document) -> frozenset[str] | None:
    named = document.labels["district"]
    key = name_key((named or "").partition("(")[0])
    return frozenset({districts.get(key, key)}) if key else None


def _told_district(
    districts: dict[str, str], profile: Profile, _: Document, reading: Reading
) -> Answer | None:
    """All names of the first place: what the text says it lies in and what the gazetteer says."""
    for place in first_places(reading, profile):
        if names := place_names(place):
            return Answer(value=frozenset(districts.get(name, name) for name in names))
    return None


def _gold_point(document: Document) -> Point | None:
    point = document.labels["point"]
    return Point(lat=point[0], lon=point[1]) if point else None


def _told_point(reading: Reading, profile: Profile) -> Answer | None:
    for place in first_places(reading, profile):
        if place.lat is not None and place.lon is not None:
            return Answer(value=Point(lat=place.lat, lon=place.lon))
    return None


def _told_initiator(reading: Reading, profile: Profile) -> str:
    """Who acted, by the records of the first incident: blamed, else a side, else by what was done.

    An arrest is an act of the forces; a surrender is counted as the rebels' own.
    """
    for incident in told_incidents(reading, profile):
        for name in _actors(incident):
            for kind in ("Maoist", "Security"):
                if has_word(name, profile.kinds[kind]):
                    return kind
        outcomes = {claim.outcome.value for claim in incident.counts}
        for kind in ("Maoist", "Security"):
            if outcomes & set(profile.kinds[f"{kind} outcomes"]):
                return kind
    return "Unknown"


def _actors(incident: Incident) -> list[str]:
    blamed = [actor.name_text for blame in incident.blames for actor in blame.accused]
    first = [party.name_text for party in incident.parties if party.side is Side.A]
    return [*blamed, *first]


def _keyword_initiator(document: Document, profile: Profile) -> str:
    text = document.article.text
    if has_word(text, profile.kinds["Security keywords"]):
        return "Security"
    return "Maoist" if has_word(text, profile.kinds["Maoist"]) else "Unknown"


def _one(name: str | None) -> frozenset[str] | None:
    return frozenset({name}) if name else None


SATP = LabelledCorpus(name="satp", read_row=_read_row, ask=_ask)
"""The SATP timelines of left-wing extremism in India."""
