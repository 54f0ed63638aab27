"""Parts told in a sentence of their own, figures that stand alone, and whose counts they are."""

import asyncio
from datetime import date

import pytest

from extractor.article import Article
from extractor.mentions import find_mentions
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.readers.baseline.speakers import find_speakers
from extractor.records import CountClaim, Reading


def _counts(text: str) -> list[CountClaim]:
    article = Article.of(text, published_at=date(2023, 3, 8))
    reading = asyncio.run(read_article(article, reader=open_reader()))
    assert isinstance(reading, Reading)
    return [claim for one in reading.incidents for claim in one.counts]


@pytest.mark.parametrize(
    ("part", "group"),
    [
        ("Five of them were children.", "children"),
        ("Most of them were women.", "women"),
        ("Among them were two nurses.", "nurses"),
        ("Four were soldiers.", "soldiers"),
        ("The remaining three were traders.", "traders"),
        ("About half of them were women.", "women"),
    ],
)
def test_a_sentence_that_says_who_some_were_tells_a_part(part: str, group: str) -> None:
    whole, some = _counts(f"A bomb killed 12 people in Brod on Monday. {part}")
    assert (some.part_of, some.group.text, some.outcome) == (whole.id, group, whole.outcome)


def test_a_part_of_two_tolls_is_left_out() -> None:
    text = "A bomb killed 12 people and wounded 30 in Brod on Monday. Five of them were children."
    assert [claim.number.lower for claim in _counts(text)] == [12, 30]


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("Twelve people were killed, most of them women.", [None, "most of"]),
        ("Twelve people were killed, nearly all of them women.", [None, "nearly all of"]),
        ("Twelve people were killed, all of them women.", [None]),
    ],
)
def test_a_share_is_a_part_and_all_of_them_is_none(sentence: str, terms: list[str | None]) -> None:
    assert [mention.number.term for mention in find_mentions(sentence)] == terms


@pytest.mark.parametrize(
    "sentence",
    [
        "The hospital says 14.",
        "The union speaks of 14.",
        "The mayor thinks there are 14.",
    ],
)
def test_a_figure_alone_counts_whom_the_sentence_before_counted(sentence: str) -> None:
    told = _counts(f"A bomb killed 12 people in Brod on Monday, police said. {sentence}")
    assert [claim.number.lower for claim in told] == [12, 14]


def test_groups_with_figures_of_their_own_have_no_sum() -> None:
    told = _counts("Six soldiers and 11 rebels were killed in Brod on Monday.")
    assert [(claim.number.lower, claim.part_of) for claim in told] == [(6, None), (11, None)]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Twelve died, by the tally of the Brod monitor.", "the Brod monitor"),
        ("Fifty were hurt, by the hospital's register.", "the hospital"),
        ("Twelve people died, going by a union official.", "a union official"),
        ("Twelve people died, if the mayor is to be believed.", "the mayor"),
        ("Twelve people died, as per the police headquarters.", "the police headquarters"),
        ("Data from the ministry show that 12 people died.", "the ministry"),
    ],
)
def test_whose_count_it_is_is_heard(sentence: str, who: str) -> None:
    assert who in [sentence[slice(*one.who)] for one in find_speakers(sentence) if one.who]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("It brought to 70 the number of teachers killed.", 70),
        ("The number of homicides rose to 70.", 70),
        ("That takes the number of soldiers killed to 17.", 17),
    ],
)
def test_a_total_told_apart_from_its_people_is_read(sentence: str, figure: int) -> None:
    (mention,) = find_mentions(sentence)
    assert (mention.number.lower, mention.rule) == (figure, "toll")
