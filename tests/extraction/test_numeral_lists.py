"""Figures: lists of people, what is counted, and words that hold no one figure."""

import pytest

from extractor.codes import Qualifier, Unit
from extractor.numerals import read_number

LISTS: list[tuple[str, Qualifier, int]] = [
    ("a man and his two sons", Qualifier.EXACT, 3),
    ("two women, a child and an elderly man", Qualifier.EXACT, 4),
    ("three brothers and their mother", Qualifier.EXACT, 4),
    ("10 soldiers and four civilians", Qualifier.EXACT, 14),
    ("10 soldiers, and four civilians", Qualifier.EXACT, 14),
    ("one man and one woman", Qualifier.EXACT, 2),
    ("a man, his wife and their three children", Qualifier.EXACT, 5),
    ("a man and woman", Qualifier.EXACT, 2),
    ("a woman, 34, and her son", Qualifier.EXACT, 2),
    ("a couple and their two children", Qualifier.EXACT, 4),
    ("a doctor as well as two nurses", Qualifier.EXACT, 3),
    ("two Syrian and three Iraqi soldiers", Qualifier.EXACT, 5),
    ("a mother and her four children aged 3 to 12", Qualifier.EXACT, 5),
    ("one hundred and two soldiers and a nurse", Qualifier.EXACT, 103),
    ("a man, a woman and twins", Qualifier.EXACT, 4),
    ("husband and wife", Qualifier.EXACT, 2),
    ("a woman aged 30 and her two daughters, aged 4 and 6", Qualifier.EXACT, 3),
    ("at least 10 soldiers and four civilians", Qualifier.AT_LEAST, 14),
]


@pytest.mark.parametrize(("words", "qualifier", "count"), LISTS, ids=[row[0] for row in LISTS])
def test_a_full_list_of_people_is_counted(words: str, qualifier: Qualifier, count: int) -> None:
    number = read_number(words)
    assert number is not None
    assert (number.lower, number.qualifier, number.enumerated) == (count, qualifier, True)


UNITS = [
    ("bodies", Unit.BODIES),
    ("the bodies", Unit.BODIES),
    ("12 bodies", Unit.BODIES),
    ("at least 12 charred bodies", Unit.BODIES),
    ("the bodies of 12 men", Unit.BODIES),
    ("the body of a soldier", Unit.BODIES),
    ("no bodies", Unit.BODIES),
    ("200 families", Unit.FAMILIES),
    ("some 200 displaced families", Unit.FAMILIES),
    ("a family", Unit.FAMILIES),
    ("five family members", Unit.PERSONS),
    ("a family of five", Unit.PERSONS),
    ("26 people", Unit.PERSONS),
]


@pytest.mark.parametrize(("words", "unit"), UNITS, ids=[row[0] for row in UNITS])
def test_the_noun_decides_what_is_counted(words: str, unit: Unit) -> None:
    number = read_number(words)
    assert number is not None
    assert number.unit is unit


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  \n ",
        "mindestens 26",
        "20 oder mehr",
        "12.5",
        "007",
        "9" * 5000,
        "20 km",
        "1 in 5",
        "one in five",
        "One in every five people",
        "9 in 10 of the dead",
        "12 %",
        "12%",
        "12 percent of the people",
        "12 percent civilians",
        "12 per cent civilians",
        "twelve percent",
        "12 mil",
        "12 mil civilians",
        "2 Millionen",
        "3 milliers",
        "12 mille",
        "2 millones",
        "2 milhões",
        "12 mila",
        "12 bin",
        "12 ribu",
        "2 Dutzend",
        "12 mln",
        "12 K",
        "12 tysyach",
        "12 тысяч",
        "12 ألف",
        "26 años",
        "43 years old",
        "26 people, including seven children",
        "26 dead and 40 wounded",
        "26 killed, 40 injured",
        "26 and 30",
        "at least five people, three of them children",
        "five people, two women and three children",
        "a family of five, including three children",
        "a man, not a soldier",
        "10 soldiers killed and four civilians wounded",
        "a man and his sons",
        "several men and two women",
        "two families and three soldiers",
        "not 26",
        "10 houses",
        "two rocket attacks",
        "both civilians and soldiers",
        "fewer than 0",
        "no figure",
        "no information",
        "the explosion",
        "Jane Roe",
    ],
)
def test_words_that_are_not_one_readable_figure_are_not_read(words: str) -> None:
    assert read_number(words) is None
