"""Parts: claims that are of the people of another claim, told by another word."""

import asyncio

from extractor.article import Article
from extractor.codes import Outcome, Role
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import CountClaim, Reading


def _counts(text: str) -> list[CountClaim]:
    record = asyncio.run(read_article(Article.of(text), reader=open_reader()))
    assert isinstance(record, Reading)
    return [claim for incident in record.incidents for claim in incident.counts]


def test_who_is_set_free_is_a_part_of_those_taken() -> None:
    taken, freed = _counts("Gunmen abducted nine men near Brod on Monday. Four were released.")
    assert (taken.outcome, freed.outcome) == (Outcome.ABDUCTED, Outcome.RELEASED)
    assert freed.part_of == taken.id


def test_a_part_without_words_of_its_own_is_what_the_whole_is() -> None:
    whole, part = _counts("Nine inmates were killed, four of them beheaded, in a riot at Brod.")
    assert part.part_of == whole.id
    assert whole.group.roles == part.group.roles == (Role.DETAINEE,)


def test_who_issues_a_statement_speaks_for_the_whole_of_it() -> None:
    (claim,) = _counts(
        "The police in Brod inform the public of a search on Monday. Nine suspects were arrested."
    )
    assert claim.speakers[0].name_text == "The police in Brod"
