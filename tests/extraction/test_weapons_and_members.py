"""A weapon accuses nobody by itself, and who is named after a toll is one of its people."""

import pytest

from extractor.article import Article
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireIncident


def _only(text: str) -> WireIncident:
    (incident,) = read_text(Article.of(text)).answer.incidents
    return incident


@pytest.mark.parametrize(
    "text",
    [
        "An aircraft bombed their home in Zarun, killing three.",
        "The warplanes killed three people in Zarun on Monday.",
        "US-led air strikes killed nine civilians in Zarun, activists said.",
        "A tank fired at a house in Zarun and killed four people.",
    ],
)
def test_a_weapon_of_nobody_blames_nobody(text: str) -> None:
    assert _only(text).blames == []


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Kelvaran warplanes killed three people in Zarun.", "Kelvaran warplanes"),
        ("Government helicopters killed four people in Zarun.", "Government helicopters"),
    ],
)
def test_a_weapon_is_whose_it_is_said_to_be(text: str, accused: str) -> None:
    (blame,) = _only(text).blames
    assert [actor.name_text for actor in blame.accused] == [accused]


def test_who_is_named_after_a_toll_is_one_of_its_people() -> None:
    whole, one = _only(
        "At least ten members of a family were killed when shells hit their home in Zarun."
        " Omar Hadi Sadi, 56, was killed beside his stove."
    ).counts
    assert (whole.number.lower, one.number.lower, one.part_of) == (10, 1, whole.id)


def test_two_of_a_nation_are_the_two_civilians_told_before() -> None:
    incident = _only(
        "Two civilians were killed in a drone strike in Zarun. Two Palestinians were killed there."
    )
    assert [count.number.lower for count in incident.counts] == [2]


def test_an_incident_takes_no_place_from_the_sentence_of_another() -> None:
    first, second = read_text(
        Article.of(
            "Shells killed 14 civilians in the Sabun district of Marawa on Tuesday. A car bomb"
            " on Wednesday killed nine people and wounded 20 others in the central market."
        )
    ).answer.incidents
    assert [place.name_text for place in first.places] == ["Sabun district"]
    assert second.places == []
