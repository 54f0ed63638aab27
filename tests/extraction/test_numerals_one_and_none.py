"""Figures: nobody, one of several, padded and repeated numbers in running text."""

import pytest

from extractor.codes import Qualifier, Unit
from extractor.numerals import find_numbers, read_number

NOBODY: list[tuple[str, str]] = [
    ("No casualties were reported at the depot.", "No casualties"),
    ("No deaths or injuries have been confirmed.", "No deaths or injuries"),
    ("No one was hurt.", "No one"),
    ("The army said no soldiers were lost.", "no soldiers"),
    ("They lost no fighters.", "no fighters"),
    ("It was defused without casualties.", "without casualties"),
    ("It sank without loss of life.", "without loss of life"),
    ("They won without losing a man.", "without losing a man"),
    ("There were no reports of casualties.", "no reports of casualties"),
    ("Not one of the passengers was hurt.", "Not one"),
    ("Casualties: nil.", "nil"),
    ("Fatalities: 0.", "0"),
]


@pytest.mark.parametrize(("text", "words"), NOBODY, ids=[row[0] for row in NOBODY])
def test_that_nobody_was_harmed_is_a_figure(text: str, words: str) -> None:
    (found,) = find_numbers(text)
    assert (found.number.text, found.number.qualifier) == (words, Qualifier.NONE)


@pytest.mark.parametrize(
    "text",
    [
        "Police made no arrests.",
        "There was no claim of responsibility.",
        "No one has claimed responsibility.",
        "No further details were given.",
        "He is no longer a soldier.",
        "There is no doubt and no evidence.",
        "No casualty figures were released.",
        "No sources mentioned injuries.",
        "The village was without power and wounded the man.",
        "No suspects are in custody.",
        "They have zero tolerance at Ground Zero.",
        "None of the bombs went off.",
        "Hostile fire: none.",
        "They escaped without injury.",
    ],
)
def test_other_things_that_are_not_there_are_no_figure(text: str) -> None:
    assert find_numbers(text) == ()


PARTS: list[tuple[str, list[str]]] = [
    ("One of the two wounded had died.", ["One", "two"]),
    ("One of the hostages fled, another of the injured died.", ["One", "another"]),
    ("Two of them were minors.", ["Two"]),
    ("Two men were shot and a third was stabbed.", ["Two", "a third"]),
    ("Troops shot two men and captured a third.", ["two", "a third"]),
    ("Two bombs went off and a third was defused.", []),
    ("One of the worst attackers, one of the region's biggest dams", []),
    ("He was one of the founders.", []),
    ("Another of the boats sank.", []),
    ("Tanks, 3 of which caused casualties", []),
]


@pytest.mark.parametrize(("text", "expected"), PARTS, ids=[row[0] for row in PARTS])
def test_a_counted_part_is_a_figure_and_an_idiom_is_none(text: str, expected: list[str]) -> None:
    assert [found.number.text for found in find_numbers(text)] == expected


WRITTEN: list[tuple[str, list[str]]] = [
    ("Troops killed 07 bandits and 01 guard fled.", ["07", "01"]),
    ("They arrested two (2) suspects.", ["two (2)"]),
    ("Thirteen (13) persons were abducted.", ["Thirteen (13)"]),
    ("Two (three) men fled.", ["Two", "three"]),
    ("A 7.62mm rifle, 5.56 mm rounds, two 9mm pistols and a 12.7 gun", []),
    ("On 02 March, 02 AK-47 rifles and 06 magazines", []),
    ("Two speedboats, 40 head of cattle, three pick-ups, two .303 rifles", []),
    ("Houses destroyed: 320; in week 14; suspect number three; at Base 4.", []),
    ("One family of 4 fled when the Cessna 172 hit trees.", ["4"]),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_reports_write_numbers_in_their_own_ways(text: str, expected: list[str]) -> None:
    assert [found.number.text for found in find_numbers(text)] == expected


@pytest.mark.parametrize(("words", "count"), [("02 personnel", 2), ("thirteen (13)", 13)])
def test_such_numbers_are_read_alone_too(words: str, count: int) -> None:
    number = read_number(words)
    assert number is not None
    assert (number.lower, number.upper) == (count, count)


def test_the_bodies_of_people_are_bodies() -> None:
    (found,) = find_numbers("They found the remains of three hikers.")
    assert found.number.unit is Unit.BODIES


@pytest.mark.parametrize(
    ("sentence", "lower", "upper"),
    [
        ("No fewer than fifteen volunteers died.", 15, None),
        ("No less than twelve people were killed.", 12, None),
        ("No more than five people were hurt.", None, 5),
        ("Not fewer than ten farmers were killed.", 10, None),
    ],
)
def test_a_bound_that_begins_with_no_is_no_zero(
    sentence: str, lower: int | None, upper: int | None
) -> None:
    (found,) = find_numbers(sentence)
    assert (found.number.lower, found.number.upper) == (lower, upper)
