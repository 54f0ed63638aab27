"""Figures: lists of people in running text, each of them one figure."""

import pytest

from extractor.codes import Qualifier, Unit
from extractor.numerals import find_numbers, find_separate_numbers

ONE_FIGURE: list[tuple[str, str, int]] = [
    ("A father and his three sons were shot dead.", "A father and his three sons", 4),
    ("A woman and her two children drowned.", "A woman and her two children", 3),
    (
        "A 34-year-old shopkeeper and two customers were hurt.",
        "A 34-year-old shopkeeper and two customers",
        3,
    ),
    (
        "Three soldiers, a policeman and two civilians died.",
        "Three soldiers, a policeman and two civilians",
        6,
    ),
    ("A couple and their baby were found.", "A couple and their baby", 3),
    (
        "It killed a man, his wife and their three children.",
        "a man, his wife and their three children",
        5,
    ),
    ("3 militants, 1 soldier killed in clash", "3 militants, 1 soldier", 4),
    ("A man, 34, and a woman, 29, were found dead.", "A man, 34, and a woman, 29", 2),
    ("A couple in their 60s and their maid fled.", "A couple in their 60s and their maid", 3),
    (
        "A clerk, Jane Roe, and two guards were shot.",
        "A clerk, Jane Roe, and two guards",
        3,
    ),
    ("The army lost two drivers, a cook and five lorries.", "two drivers, a cook", 3),
    ("It killed two farmers and a boy, a witness said.", "two farmers and a boy", 3),
    ("Two soldiers along with their guide were held.", "Two soldiers along with their guide", 3),
    ("A mother and daughter were trapped.", "A mother and daughter", 2),
    ("A crew of five and 34 passengers landed.", "A crew of five and 34 passengers", 39),
    ("1 ASI and 2 constables were hurt.", "1 ASI and 2 constables", 3),
    ("A toll collector and a Guinean died.", "A toll collector and a Guinean", 2),
]


@pytest.mark.parametrize(("text", "words", "count"), ONE_FIGURE, ids=[r[0] for r in ONE_FIGURE])
def test_a_list_without_a_total_is_one_figure(text: str, words: str, count: int) -> None:
    (found,) = find_numbers(text)
    assert text[found.start : found.end] == found.number.text == words
    assert (found.number.lower, found.number.upper) == (count, count)
    assert found.number.enumerated


SEVERAL: list[tuple[str, list[str]]] = [
    ("Two soldiers were killed and three civilians wounded.", ["Two", "three"]),
    ("The blast killed two men and three boys were hurt.", ["two", "three"]),
    ("It killed 2 soldiers and 3 civilians injured.", ["2", "3"]),
    (
        "Five people, including a woman and two children, died.",
        ["Five", "a woman and two children"],
    ),
    ("Six men - four Afghans and two Kurds - fled.", ["Six", "four Afghans and two Kurds"]),
    ("Two brothers, a baker and a cook, died.", ["Two", "a baker and a cook"]),
    ("Five people, two women and three men, died.", ["Five", "two women and three men"]),
    ("20 dead and 40 wounded", ["20", "40"]),
    ("two wounded soldiers and three dead civilians", ["two", "three"]),
    ("two men, a boy and several women fled", ["two", "several"]),
    ("70% of the 300 guests and all 5 cooks left.", ["300", "5"]),
    ("Five of the 12 loggers and a ranger fled.", ["Five", "12"]),
    ("two people, one of whom died, and a dog", ["two", "one"]),
    ("Killed two, a doctor said.", ["two"]),
    ("He was a teacher and an activist.", []),
    ("A spokesman and a doctor said so.", []),
    ("Jane Roe, a nurse and an activist, spoke.", []),
    ("A quarrel between a man and his neighbour ended.", []),
    ("According to the mayor, a driver fled.", []),
    ("The president and the minister met.", []),
    ("A soldier died.", []),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=[row[0] for row in SEVERAL])
def test_a_list_ends_where_another_thing_is_told(text: str, expected: list[str]) -> None:
    assert [found.number.text for found in find_numbers(text)] == expected


def test_a_list_with_a_bound_is_no_full_enumeration() -> None:
    (found,) = find_numbers("At least four soldiers and a nurse died.")
    assert (found.number.lower, found.number.qualifier) == (4, Qualifier.AT_LEAST)


def test_a_list_of_bodies_counts_bodies() -> None:
    (found,) = find_numbers("The bodies of a man and his two sons were found.")
    assert (found.number.lower, found.number.unit) == (3, Unit.BODIES)


def test_the_figures_of_a_list_can_be_had_one_by_one() -> None:
    found = find_separate_numbers("Three soldiers and two civilians died without casualties.")
    assert [one.number.text for one in found] == ["Three", "two"]
