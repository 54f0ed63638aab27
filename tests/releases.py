"""What a release of a few sentences tells: how many were killed and captured, and where."""

import asyncio

from extractor.article import Article
from extractor.codes import Outcome
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading


def check_release(text: str, *, killed: int, captured: int, provinces: str) -> None:
    """Read a release, and assert its whole figures and that its places name the provinces."""
    reading = asyncio.run(read_article(Article.of(text), reader=open_reader()))
    assert isinstance(reading, Reading)

    def told(*outcomes: Outcome) -> int:
        return sum(
            claim.number.lower or 0
            for incident in reading.incidents
            for claim in incident.counts
            if claim.outcome in outcomes and claim.part_of is None
        )

    names = " ".join(
        name
        for incident in reading.incidents
        for place in incident.places
        for name in (place.name_text, *place.within_text)
    ).lower()
    assert told(Outcome.KILLED, Outcome.DIED_OF_WOUNDS) == killed
    assert told(Outcome.DETAINED, Outcome.SURRENDERED) == captured
    assert all(province in names for province in provinces.split())
