"""An attack told without its casualties: the figures of the next sentences are of it (R1, R11)."""

import asyncio
from datetime import date

import pytest

from extractor.article import Article
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Incident, Reading

PUBLISHED = date(2024, 7, 18)  # a Thursday


def _incidents(text: str) -> tuple[Incident, ...]:
    article = Article.of(text, published_at=PUBLISHED)
    outcome = asyncio.run(read_article(article, reader=open_reader()))
    assert isinstance(outcome, Reading)
    return outcome.incidents


def _places(text: str) -> list[list[str]]:
    return [[place.name_text for place in one.places] for one in _incidents(text)]


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday a car bomb went off at a market in Brod. Six people were killed.",
        "On Tuesday gunmen ambushed a patrol near Brod. Two soldiers were killed.",
        "A rocket hit a block of flats in Brod on Tuesday evening. Five people died.",
    ],
)
def test_figures_after_an_attack_have_its_place_and_day(text: str) -> None:
    (incident,) = _incidents(text)
    assert [place.name_text for place in incident.places] == ["Brod"]
    assert incident.when.start == date(2024, 7, 16)


def test_an_attack_told_in_between_takes_the_figures_behind_it() -> None:
    text = (
        "A bomb killed nine people in Brod on Monday. On Tuesday a shell hit a bus station in"
        " Selim. Four people died."
    )
    assert _places(text) == [["Brod"], ["Selim"]]


def test_people_known_before_stay_with_their_own_attack() -> None:
    text = (
        "A bomb hurt a baker in Brod on Monday. On Tuesday a shell hit a bus station in Selim."
        " The baker died."
    )
    assert ["Selim"] not in _places(text)


@pytest.mark.parametrize(
    "opening",
    ["Hours later", "Half an hour later", "A few hours later,", "A minute later"],
)
def test_hours_later_is_the_day_of_the_incident_before(opening: str) -> None:
    text = f"A bomb killed nine people in Brod on Monday. {opening} a bomb killed two in Selim."
    assert [one.when.start for one in _incidents(text)] == [date(2024, 7, 15)] * 2


def test_a_strike_of_workers_is_no_attack() -> None:
    assert _incidents("A strike of the court clerks ended on Monday in Brod.") == ()


def test_where_a_suspect_is_thought_to_be_is_not_the_place() -> None:
    text = "A bomb killed nine people in Brod on Monday. A man thought to be in Selim is sought."
    assert _places(text) == [["Brod"]]
