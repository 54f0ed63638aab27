"""People told of again: beside a leader, as both men, in a headline that stands in the text."""

import asyncio

import pytest

from extractor.article import Article
from extractor.codes import Outcome
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading


def seized(text: str) -> list[tuple[int | None, bool]]:
    """Who was detained by the news: each figure, and whether it is a part of another."""
    reading = asyncio.run(read_article(Article.of(text), reader=open_reader()))
    assert isinstance(reading, Reading)
    return [
        (claim.number.lower, claim.part_of is not None)
        for incident in reading.incidents
        if not incident.background
        for claim in incident.counts
        if claim.outcome is Outcome.DETAINED
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Troops detained a rebel commander and two suspected rebels in Brod on Monday. "
            "They arrested the commander and two additional suspects after a search.",
            [(3, False)],
        ),
        (
            "Troops detained two rebels in Brod on Monday, including a commander. "
            "They arrested the commander and one additional suspected rebel after a search.",
            [(2, False), (1, True), (1, True)],
        ),
        (
            "Police arrested a gunman in Brod on Monday. A second man sat in his car. "
            "Both men were detained after a search.",
            [(1, True), (2, False)],
        ),
        (
            "Police arrested a planner and detained one suspected rebel in Brod on Monday. "
            "The planners and suspected rebels were detained after a search.",
            [(1, False), (1, False)],
        ),
        (
            "Rebels Detained in Sahl Operation\n"
            "Troops detained four rebels in Brod on Monday after a search.",
            [(4, False)],
        ),
        (
            "Troops detained four rebels in Brod on 8 May 2012. Their leader knows a commander who "
            "was detained by the army on 4 May 2012.",
            [(4, False)],
        ),
    ],
)
def test_people_told_again_are_counted_once(
    text: str, figures: list[tuple[int | None, bool]]
) -> None:
    assert seized(text) == figures
