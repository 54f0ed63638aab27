"""Incidents that only a blame tells of, and those that it does not open."""

from datetime import date

import pytest

from extractor.article import Article
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireIncident


def _incidents(text: str) -> list[WireIncident]:
    article = Article.of(text, id="invented", published_at=date(2026, 3, 6), title=None)
    return read_text(article).answer.incidents


@pytest.mark.parametrize(
    ("text", "accused", "place"),
    [
        ("Rebels bombed two power lines in Brod on Monday.", "Rebels", "Brod"),
        ("On Monday the army set fire to a market in Selim.", "the army", "Selim"),
    ],
)
def test_a_deed_with_a_place_or_time_opens_an_incident(text: str, accused: str, place: str) -> None:
    (one,) = _incidents(text)
    assert one.counts == []
    assert [[actor.name_text for actor in blame.accused] for blame in one.blames] == [[accused]]
    assert [told.name_text for told in one.places] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels bombed two power lines.",
        "Police shot a dog in Brod on Monday.",
        "Last year rebels bombed two power lines in Brod.",
        "Rebels have bombed 40 power lines in Brod since January.",
        "Rebels clashed with the army in Brod on Monday.",
    ],
    ids=["no place or time", "police", "long ago", "a period", "a battle"],
)
def test_what_tells_of_no_attack_of_its_own_opens_none(text: str) -> None:
    assert _incidents(text) == []


def test_a_deed_that_can_be_the_incident_told_is_not_told_twice() -> None:
    text = "A bomb killed four people in Brod on Monday. Police came. Rebels bombed a bus in Brod."
    assert len(_incidents(text)) == 1


def test_accounts_of_one_deed_open_one_incident() -> None:
    text = "Rebels bombed a bank in Brod on Monday. The army said rebels bombed a bank in Brod."
    (one,) = _incidents(text)
    assert len(one.blames) == 2
