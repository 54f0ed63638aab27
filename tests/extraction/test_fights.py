"""The sides of a clash are parties: nobody says who hit whom."""

import pytest

from extractor.codes import Side
from extractor.readers.baseline.blames.fights import find_fighters
from extractor.readers.baseline.blames.finding import find_blames


@pytest.mark.parametrize(
    ("sentence", "sides"),
    [
        (
            "A reporter died in heavy fighting between the rebels and the army near Brod.",
            [("the rebels", Side.A), ("the army", Side.B)],
        ),
        (
            "Clashes broke out on Monday between RLF rebels and troops of the 9th brigade.",
            [("RLF rebels", Side.A), ("troops of the 9th brigade", Side.B)],
        ),
        (
            "Guerrillas clashed for two hours with an army patrol.",
            [("Guerrillas", Side.A), ("an army patrol", Side.B)],
        ),
        ("Five soldiers died in a clash with rebels.", [("rebels", Side.B)]),
        ("He died in the crossfire.", []),
        ("The rebels attacked the army post.", []),
    ],
)
def test_those_who_fight_each_other_are_told_with_their_sides(
    sentence: str, sides: list[tuple[str, Side]]
) -> None:
    found = [(sentence[slice(*one.span)], one.side) for one in find_fighters(sentence)]
    assert found == sides


def test_taking_part_in_a_clash_is_no_blame() -> None:
    assert find_blames("Two men died in clashes between the rebels and the army.") == ()
