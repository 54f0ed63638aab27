"""A deed that is only recalled: news where the article tells of nothing newer, else context."""

import asyncio
from datetime import date

import pytest

from extractor import Article, Reading, open_reader, read_article
from extractor.dateline import dateline_end
from extractor.records import Incident

FRIDAY = date(2024, 3, 15)


def incidents(text: str) -> tuple[Incident, ...]:
    article = Article.of(text, id="invented", published_at=FRIDAY)
    outcome = asyncio.run(read_article(article, reader=open_reader("baseline")))
    assert isinstance(outcome, Reading)
    return outcome.incidents


def test_what_a_note_names_people_for_is_the_incident_of_its_article() -> None:
    (one,) = incidents(
        "The note names four officers implicated in the murder of six teachers in "
        "Port Selim. It was read in June."
    )
    assert [(count.number.lower, count.outcome.value) for count in one.counts] == [(6, "killed")]


def test_beside_news_it_is_none() -> None:
    (one,) = incidents(
        "Gunmen killed two guards in Tel Wared on Monday. One of them was wanted in connection "
        "with the murder of six teachers."
    )
    assert [count.number.lower for count in one.counts] == [2]


def test_a_policy_recalled_is_none() -> None:
    assert incidents("The note names officers implicated in the murder of teachers.") == ()


def test_the_day_of_a_speech_does_not_date_the_deed_it_is_about() -> None:
    (one,) = incidents("The front today denounced the murder of six teachers in Port Selim.")
    assert one.when.expression is None


@pytest.mark.parametrize(
    "text",
    [
        "QUITO (ECUADOR), 2 MAY 88 (DOMESTIC SERVICE) -- [TEXT] A BOMB",
        "LA PAZ, 20 SEP 87 (RADIO OF THE\nANDES NETWORK) -- [REPORT] [ANA PAZ] [TEXT] A BOMB",
    ],
    ids=["source and tag", "over two lines"],
)
def test_a_dateline_ends_behind_its_source_and_tags(text: str) -> None:
    assert text[dateline_end(text) :] == "A BOMB"
