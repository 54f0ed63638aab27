"""ISAF press releases: smallest number killed and captured, province, date, target group."""

import re
from datetime import date
from functools import partial

from eval.corpora.baselines import keyword_day, keyword_name
from eval.corpora.bounds import has_word
from eval.corpora.corpus import Document
from eval.corpora.grades import (
    grade_day,
    grade_names,
    grade_set,
    show_names,
)
from eval.corpora.labelled import LabelledCorpus
from eval.corpora.marking import Answer, Question
from eval.corpora.profile import Profile
from eval.corpora.questions import ask_number
from eval.corpora.reported import (
    first_day,
    first_places,
    place_names,
    told_incidents,
)
from eval.corpora.rows import Row, article_of
from extractor.gazetteer import name_key
from extractor.records import Reading

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEADER = re.compile(r"([A-Za-z]{3})[a-z]*\.? +(\d{1,2})(?:, *(\d{4}))?$")
_RELEASE = re.compile(r"\b2?(0\d\d)-(\d{1,2})-[A-Z]{1,2}-\d+")  # some lost the first digit
_HALF_YEAR = 6  # months: a release number farther from the header is of the year before or after
_NO_PROVINCE = frozenset({"", "??", "southern afghanistan"})
_DATELINE = re.compile(r"\bKABUL, Afghanistan\b", re.IGNORECASE)


def _read_row(row: Row) -> Document:
    labels = {
        "killed": row.number("labels.min_killed"),
        "captured": row.number("labels.min_captured"),
        "province": row.names("labels.province"),
        "date": row.day("labels.start_date"),
        "target_group": row.names("labels.target_group"),
    }
    published = _header_day(row)
    return Document(
        id=row.text("id"),
        cluster=row.text("release"),
        article=article_of(row, published_at=published),
        labels=labels,
    )


def _header_day(row: Row) -> date | None:
    """The day of the header; its year, where it has none, from the number of the release."""
    header = _HEADER.match((row.optional_text("date") or "").strip())
    if header is None:
        return None
    name, day, year = header.groups()
    if name.lower() not in _MONTHS:
        raise row.error("date", f"is {header[0]!r}, which names no month")
    month = _MONTHS.index(name.lower()) + 1
    told = int(year) if year else _release_year(row, month)
    try:
        return None if told is None else date(told, month, int(day))
    except ValueError as error:
        raise row.error("date", f"is {header[0]!r}, no day of {told}") from error


def _release_year(row: Row, month: int) -> int | None:
    found = _RELEASE.search(f"{row.text('release')}\n{row.text('text')}")
    if found is None:
        return None
    gap = month - int(found[2])
    turn = (gap < -_HALF_YEAR) - (gap > _HALF_YEAR)
    return 2000 + int(found[1]) + turn


def _ask(profile: Profile) -> tuple[Question, ...]:
    provinces, groups = profile.spellings("provinces"), profile.spellings("groups")
    return (
        *(ask_number(field, profile) for field in ("killed", "captured")),
        Question(
            field="province",
            gold=partial(_gold_province, provinces),
            told=partial(_told_province, provinces, profile),
            grade=grade_names,
            show=show_names,
            keyword=lambda document: _one(
                keyword_name(_DATELINE.sub(" ", document.article.text), provinces)
            ),
        ),
        Question(
            field="date",
            gold=lambda document: document.labels["date"],
            told=lambda _, reading: _answer(first_day(reading, profile)),
            grade=grade_day,
            tags=_dated,
            keyword=lambda document: keyword_day(
                document.article.text, document.article.published_at
            ),
        ),
        Question(
            field="target_group",
            gold=_gold_groups,
            told=lambda _, reading: _told_groups(groups, reading, profile),
            grade=grade_set,
            show=show_names,
            keyword=lambda document: _one(keyword_name(document.article.text, groups)),
        ),
    )


def _dated(document: Document) -> frozenset[str]:
    return frozenset({"dated"} if document.article.published_at else ())


def _gold_province(provinces: dict[str, str], document: Document) -> frozenset[str] | None:
    listed: tuple[str, ...] = document.labels["province"]
    named = [name for name in listed if name not in _NO_PROVINCE]
    return frozenset(provinces.get(name_key(name), name) for name in named) or None


def _told_province(
    provinces: dict[str, str], profile: Profile, _: Document, reading: Reading
) -> Answer | None:
    """The province of the first incident that has one: as the text has it, else the gazetteer."""
    for place in first_places(reading, profile):
        for name in place_names(place):
            if province := provinces.get(name):
                return Answer(value=frozenset({province}))
    return None


def _gold_groups(document: Document) -> frozenset[str] | None:
    listed: tuple[str, ...] = document.labels["target_group"]
    named = {part for name in listed for part in name.split(";")}
    return frozenset(named - {""}) or None


def _told_groups(groups: dict[str, str], reading: Reading, profile: Profile) -> Answer | None:
    """The groups that the records of the incidents name: people counted, sides, the accused."""
    words: list[str | None] = []
    for incident in told_incidents(reading, profile):
        words += [party.name_text for party in incident.parties]
        words += [actor.name_text for blame in incident.blames for actor in blame.accused]
        for claim in incident.counts:
            words += [claim.group.text, claim.group.party]
        words.append(incident.summary)
    told = " | ".join(word for word in words if word)
    found = frozenset(name for key, name in groups.items() if has_word(told, (key,)))
    return Answer(value=found) if found else None


def _answer(value: object) -> Answer | None:
    return None if value is None else Answer(value=value)


def _one(name: str | None) -> frozenset[str] | None:
    return frozenset({name}) if name else None


ISAF = LabelledCorpus(name="isaf", read_row=_read_row, ask=_ask)
"""The ISAF press releases."""
