"""Organisations and their people as the doers of a deed, in the forms that wires tell them."""

import pytest

from extractor.codes import ActorType, Stance
from extractor.readers.baseline.blames.finding import find_blames


def _told(sentence: str) -> list[tuple[str, Stance]]:
    return [
        (sentence[slice(*span)], blame.stance)
        for blame in find_blames(sentence)
        for span in blame.accused
    ]


@pytest.mark.parametrize(
    ("sentence", "doer"),
    [
        (
            "A River Liberation Front (RLF) column raided the village of Selim.",
            "A River Liberation Front (RLF) column",
        ),
        ("Witnesses said RLF forces attacked the airport.", "RLF forces"),
        ("One report indicates RLF rebels blew up two pylons.", "RLF rebels"),
        ("He said that over 300 rebels attacked two towns.", "300 rebels"),
        ("The rebels shot at three ambulances near Brod.", "The rebels"),
        ("The guerrillas sabotaged several pylons.", "The guerrillas"),
        ("On Monday the air force began bombing the village of Selim.", "the air force"),
        (
            "The murder of the mayor, carried out this morning by RLF rebels, shocked Brod.",
            "RLF rebels",
        ),
        ('The blast was organised by the "River Front" on Monday.', "River Front"),
        ("Neighbours say that the attackers were soldiers.", "soldiers"),
        (
            "The mayor was killed by members of the 30th front of the River Liberation Army.",
            "members of the 30th front of the River Liberation Army",
        ),
    ],
)
def test_a_deed_names_its_doer_whatever_stands_around_it(sentence: str, doer: str) -> None:
    assert _told(sentence) == [(doer, Stance.STATED_AS_FACT)]


@pytest.mark.parametrize(
    ("sentence", "doer", "stance"),
    [
        (
            "The River Patriotic Front, RPF, has claimed responsibility for a bombing.",
            "The River Patriotic Front",
            Stance.SELF_CLAIMED,
        ),
        (
            "The army moved against the rebels, who have claimed responsibility for the attack.",
            "the rebels",
            Stance.SELF_CLAIMED,
        ),
        (
            "A judge ordered the arrest of five soldiers accused of killing the priests.",
            "five soldiers",
            Stance.ACCUSED,
        ),
        (
            "The minister implicated four soldiers in the murder of the priests.",
            "four soldiers",
            Stance.ACCUSED,
        ),
        (
            "Army officers were involved in the killing of the mayor.",
            "Army officers",
            Stance.SUSPECTED,
        ),
        ("Officials attribute the attack to the rebels.", "the rebels", Stance.ACCUSED),
    ],
)
def test_an_accusation_is_no_fact(sentence: str, doer: str, stance: Stance) -> None:
    assert _told(sentence) == [(doer, stance)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Border guards and rebels shot at each other near Selim.",
        "The men were soldiers on leave.",
        "The rebels were not involved in the attack.",
    ],
)
def test_nobody_is_blamed_without_a_deed(sentence: str) -> None:
    assert [one for one in _told(sentence) if one[1] is not Stance.DENIED] == []


def test_urban_commandos_are_no_soldiers() -> None:
    (blame,) = find_blames("Urban commandos of the rebels killed the mayor in Brod.")
    assert blame.kinds == (ActorType.REBEL_GROUP,)


@pytest.mark.parametrize(
    ("sentence", "doer"),
    [
        (
            "The villagers were threatened by the Black Guards, who murdered six priests.",
            "the Black Guards",
        ),
        (
            "The mayor was killed by members of the XXII Front of the River Liberation Army.",
            "members of the XXII Front of the River Liberation Army",
        ),
    ],
)
def test_a_relative_clause_has_its_doer_before_it(sentence: str, doer: str) -> None:
    assert (doer, Stance.STATED_AS_FACT) in _told(sentence)
