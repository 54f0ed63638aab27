"""Doers whose words name a group: in numbers, in clauses of their own, as crime rings."""

import pytest

from extractor.readers.baseline.blames.finding import find_blames


@pytest.mark.parametrize(
    ("sentence", "accused", "stance"),
    [
        (
            "Nine people died in attacks by about 150 River Front members on two towns.",
            "150 River Front members",
            "stated_as_fact",
        ),
        (
            "The River Front guerrilla movement, which kidnapped a baker in June, wants a ransom.",
            "The River Front guerrilla movement",
            "stated_as_fact",
        ),
        (
            "Alleged members of the River Front kidnapped today two bakers near Brod.",
            "members of the River Front",
            "suspected",
        ),
        (
            "In another action attributed to the drug mafias, a guard was wounded.",
            "the drug mafias",
            "accused",
        ),
        (
            "The killing of two bakers carried out by the 9th military detachment shocked Brod.",
            "the 9th military detachment",
            "stated_as_fact",
        ),
        (
            'The "River Front," a group of farmers, has claimed responsibility for the attack.',
            "River Front",
            "self_claimed",
        ),
        (
            "Two bakers have been held hostage by the River Front since June.",
            "the River Front",
            "stated_as_fact",
        ),
        (
            "He believes that the River Front is guilty of the murders.",
            "the River Front",
            "suspected",
        ),
    ],
)
def test_the_words_of_a_doer_name_its_group(sentence: str, accused: str, stance: str) -> None:
    (blame,) = find_blames(sentence)
    assert [sentence[slice(*span)] for span in blame.accused] == [accused]
    assert blame.stance.value == stance


def test_a_deed_of_today_without_an_object_is_none() -> None:
    assert not find_blames("The River Front bombed today.")
