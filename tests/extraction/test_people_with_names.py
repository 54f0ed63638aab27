"""People told with their names, aliases and ranks are counted once, and all of them."""

import pytest

from extractor.codes import Outcome
from extractor.mentions import find_mentions


def told(sentence: str) -> dict[Outcome, int]:
    """How many a sentence counts by outcome, parts left out."""
    sums: dict[Outcome, int] = {}
    for mention in find_mentions(sentence):
        if mention.part_of is None and mention.rule != "recalled":
            sums[mention.outcome] = sums.get(mention.outcome, 0) + (mention.number.lower or 0)
    return sums


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Two rebels, Hari Dal alias Moti alias Bablu and Karan Sen, were killed.", 2),
        ("Two rebels, identified as Hari Dal alias 'Doc' Moti, and Karan Sen, were killed.", 2),
        ("Three farmers, Hari Dal, K. Sen and Om Rai, were killed in Brod.", 3),
        ("Two guards - Hari Dal (30) and Karan Sen (41) - were killed in Brod.", 2),
        ("Hari Dal, husband of the council head Mira Dal, was killed by gunmen.", 1),
        ("Police constable (PC) Hari Dal, posted at Brod, was killed by gunmen.", 1),
        ("Gunmen killed Hari Dal, a former mayor, and his son Om on Monday.", 2),
        ("Gunmen killed former District Congress leader, Hari Dal, in Brod.", 1),
        ("Gunmen killed a police personnel near Brod.", 1),
        ("A group of seven gunmen allegedly killed a trader in Brod.", 1),
        ("Area commander, identified as Moti, was killed in a clash.", 1),
    ],
)
def test_names_neither_add_nor_hide_the_dead(sentence: str, expected: int) -> None:
    assert told(sentence) == {Outcome.KILLED: expected}


@pytest.mark.parametrize(
    ("sentence", "outcome", "expected"),
    [
        ("A rebel was killed and another injured in Brod.", Outcome.INJURED, 1),
        ("Two guards were killed and another sustained injuries.", Outcome.INJURED, 1),
        ("Rebels killed a trader and injure two others.", Outcome.INJURED, 2),
        ("Rebels took three labourers hostage near Brod.", Outcome.ABDUCTED, 3),
        ("Police arrested Hari Dal and Karan Sen in Brod.", Outcome.DETAINED, 2),
        ("Five 'action team' rebels were arrested in Brod.", Outcome.DETAINED, 5),
        ("Six members of the armed wing of the group surrendered in Brod.", Outcome.SURRENDERED, 6),
    ],
)
def test_further_people_are_counted(sentence: str, outcome: Outcome, expected: int) -> None:
    assert told(sentence)[outcome] == expected


def test_seized_arms_are_nobody_abducted() -> None:
    assert told("Two rebels were arrested and a cache of arms was seized.") == {Outcome.DETAINED: 2}


def test_a_town_that_was_taken_is_no_person() -> None:
    assert not find_mentions("El Wared, a town on the northern road, was captured on Monday.")


def test_a_blast_behind_an_arrest_is_recalled() -> None:
    sentence = (
        "Two rebels were arrested in connection with the blast near the old market of Brod in the"
        " north of the district in which four people were killed."
    )
    assert told(sentence) == {Outcome.DETAINED: 2}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hari Dal, a trader, was arrested in Brod along with two guards.", {Outcome.DETAINED: 3}),
        ("Rebels killed four Brod Workers League (BWL) activists.", {Outcome.KILLED: 4}),
        (
            "Two guards, head constable H. Dal and constable Om Rai were killed.",
            {Outcome.KILLED: 2},
        ),
        ("A man was axed to death in Brod.", {Outcome.KILLED: 1}),
        ("Rebels slit the throat of a trader in Brod.", {Outcome.KILLED: 1}),
        (
            "A guard is killed and another sustains injuries.",
            {Outcome.KILLED: 1, Outcome.INJURED: 1},
        ),
        ("The rebel was involved in five murders.", {}),
        ("Police held the mastermind behind the 2008 killing of four nurses.", {}),
        (
            "Two rebels suspected to have been involved in a raid were arrested.",
            {Outcome.DETAINED: 2},
        ),
    ],
)
def test_company_short_forms_and_ranks(sentence: str, expected: dict[Outcome, int]) -> None:
    assert told(sentence) == expected


def test_another_behind_the_verb_is_one_more() -> None:
    sentence = "The blast left two dead, killing two guards and injuring another at the gate."
    assert told(sentence)[Outcome.INJURED] == 1
