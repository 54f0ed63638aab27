"""Fighters who give themselves up are news of the conflict, also where nobody is hurt."""

import asyncio

import pytest

from extractor.article import Article
from extractor.codes import Outcome
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading


def read(text: str) -> Reading:
    read = asyncio.run(read_article(Article.of(text), reader=open_reader()))
    assert isinstance(read, Reading)
    return read


@pytest.mark.parametrize(
    ("text", "outcome", "count"),
    [
        ("Four rebels surrendered before the police in Brod.", Outcome.SURRENDERED, 4),
        ("Four rebels laid down their arms in Brod.", Outcome.SURRENDERED, 4),
        ("Three rebels were nabbed in Brod.", Outcome.DETAINED, 3),
    ],
)
def test_who_was_taken_or_gave_up_is_counted(text: str, outcome: Outcome, count: int) -> None:
    (incident,) = read(text).incidents
    assert [(claim.outcome, claim.number.lower) for claim in incident.counts] == [(outcome, count)]


def test_the_same_people_told_as_some_of_a_body_are_counted_once() -> None:
    ambush = "Three soldiers were killed in an ambush in Brod."
    text = f"{ambush} Rebels opened fire on the soldiers, killing three of them."
    (incident,) = read(text).incidents
    assert [claim.number.lower for claim in incident.counts] == [3]
