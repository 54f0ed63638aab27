"""Shootings: people told to be shot, then dead or wounded, are counted once."""

import asyncio

import pytest

from extractor.article import Article
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading


def told(text: str, title: str | None = None) -> list[tuple[str, int | None]]:
    """Outcome and lower end of every claim of every incident."""
    article = Article.of(text, title=title)
    reading = asyncio.run(read_article(article, reader=open_reader("baseline")))
    assert isinstance(reading, Reading)
    return [
        (claim.outcome.value, claim.number.lower)
        for incident in reading.incidents
        for claim in incident.counts
    ]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("A man was shot in Brod on Monday. He died at the scene.", [("killed", 1)]),
        ("A girl was shot in Brod on Monday. She was taken to a hospital.", [("injured", 1)]),
        (
            "A 4-year-old girl is dead in Brod. Police said 4-year-old Ana Mund was shot.",
            [("killed", 1)],
        ),
        (
            "A boy was shot dead in Brod. The boy was shot in the chest, police said.",
            [("killed", 1)],
        ),
    ],
)
def test_who_was_shot_and_then_died_or_lived_is_one_claim(
    text: str, claims: list[tuple[str, int | None]]
) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Four people were shot in Brod, one fatally.", ("killed", 1)),
        ("Officers found two men with gunshot wounds in Brod.", ("injured", 2)),
        ("Gunmen attacked a bar in Brod, wounding four men and killing another.", ("killed", 1)),
        ("A stray bullet hit a girl in Brod on Monday.", ("killed_or_injured", 1)),
        ("Three men were shot in Brod. The three are expected to survive.", ("injured", 3)),
    ],
)
def test_words_of_crime_news_tell_who_was_hit(text: str, claim: tuple[str, int | None]) -> None:
    assert claim in told(text)


def test_wounded_told_one_by_one_are_no_more_than_their_total() -> None:
    text = "Gunmen wounded five others in Brod. Two men were in stable condition."
    article = Article.of(text)
    reading = asyncio.run(read_article(article, reader=open_reader("baseline")))
    assert isinstance(reading, Reading)
    whole, part = reading.incidents[0].counts
    assert part.part_of == whole.id


def test_a_headline_tells_who_died_of_those_whom_the_body_has_shot() -> None:
    assert ("killed", 1) in told("Four people were shot in Brod.", title="4 shot, 1 killed in Brod")


def test_no_one_else_is_not_the_people_told_before() -> None:
    text = "Gunmen shot a man in Brod. Two women were at home, but no one else was injured."
    assert ("injured", 2) not in told(text)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("A mob beat two men to death in Brod.", [("killed", 2)]),
        ("A court in Brod sentenced three bombers to death.", []),
    ],
)
def test_to_death_tells_of_a_killing_and_not_of_a_verdict(
    text: str, claims: list[tuple[str, int | None]]
) -> None:
    assert told(text) == claims
