"""Which casualties a sentence tells of, and which it does not."""

import pytest

from extractor.codes import Outcome, Qualifier
from extractor.denials import says_nobody_was_harmed
from extractor.mentions import Mention, find_mentions

K, W = Outcome.KILLED, Outcome.INJURED


def _told(sentence: str) -> list[tuple[Outcome, int | None, int | None, str | None, int | None]]:
    return [_row(sentence, mention) for mention in find_mentions(sentence)]


def _row(
    sentence: str, mention: Mention
) -> tuple[Outcome, int | None, int | None, str | None, int | None]:
    number, group = mention.number, mention.people.group
    words = sentence[slice(*group)] if group else None
    return mention.outcome, number.lower, number.upper, words, mention.part_of


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Mortar fire killed 14 civilians.", [(K, 14, 14, "civilians", None)]),
        ("Nine people were killed in the blast.", [(K, 9, 9, "people", None)]),
        ("Nine people died overnight.", [(K, 9, 9, "people", None)]),
        ("The raid left 3 dead and 11 wounded.", [(K, 3, 3, None, None), (W, 11, 11, None, None)]),
        ("A sniper shot dead a soldier.", [(K, 1, 1, "soldier", None)]),
        ("The killing of three farmers caused anger.", [(K, 3, 3, "farmers", None)]),
        ("The killing of the three farmers caused anger.", [(K, 3, 3, "farmers", None)]),
        ("The death toll rose to 45 on Friday.", [(K, 45, 45, None, None)]),
        ("It claimed the lives of two nurses.", [(K, 2, 2, "nurses", None)]),
        (
            "The shell killed 14 civilians, including four children, at noon.",
            [(K, 14, 14, "civilians", None), (K, 4, 4, "children", 0)],
        ),
        (
            "Eight villagers, including two women, were killed on Sunday.",
            [(K, 8, 8, "villagers", None), (K, 2, 2, "women", 0)],
        ),
        (
            "Ten people died, three of them children.",
            [(K, 10, 10, "people", None), (K, 3, 3, "children", 0)],
        ),
        (
            "Five soldiers were among at least 20 people killed in the raid.",
            [(K, 20, None, "people", None), (K, 5, 5, "soldiers", 0)],
        ),
        (
            "Two women and a child were shot dead.",
            [(K, 3, 3, None, None), (K, 2, 2, "women", 0), (K, 1, 1, "child", 0)],
        ),
        (
            "Two gunmen killed 12 people and wounded five others.",
            [(K, 12, 12, "people", None), (W, 5, 5, "others", None)],
        ),
        (
            "AT LEAST SIX SOLDIERS WERE KILLED AND TWO OTHERS WERE WOUNDED.",
            [(K, 6, None, "SOLDIERS", None), (W, 2, 2, "OTHERS", None)],
        ),
        ("Dozens of people were wounded.", [(W, None, None, "people", None)]),
        ("12 of the 30 people were killed.", [(K, 12, 12, "people", None)]),
        ("Seven of the 26 hostages were killed.", [(K, 7, 7, "hostages", None)]),
        ("Twenty of the bus's 40 passengers were killed.", [(K, 20, 20, "passengers", None)]),
        ("12 people were k\u0131lled in a bombing.", [(K, 12, 12, "people", None)]),
        ("No one was killed in the attack by the rebels.", [(K, 0, 0, None, None)]),
        (
            "A 70-year-old woman and a boy of nine were killed.",
            [(K, 2, 2, None, None), (K, 1, 1, "70-year-old woman", 0), (K, 1, 1, "boy", 0)],
        ),
        (
            "They shot dead a judge, his driver and two guards.",
            [
                (K, 4, 4, None, None),
                (K, 1, 1, "judge", 0),
                (K, 1, 1, "driver", 0),
                (K, 2, 2, "guards", 0),
            ],
        ),
        (
            "It killed five people, two of them children.",
            [(K, 5, 5, "people", None), (K, 2, 2, "children", 0)],
        ),
        ("The toll was revised from 28 to 19.", [(K, 19, 19, None, None)]),
        ("Troops arrested seven suspects.", [(Outcome.DETAINED, 7, 7, "suspects", None)]),
        ("Gunmen abducted 20 pupils.", [(Outcome.ABDUCTED, 20, 20, "pupils", None)]),
        ("No one was hurt.", [(Outcome.KILLED_OR_INJURED, 0, 0, None, None)]),
        ("Nobody was killed in the attack.", [(K, 0, 0, None, None)]),
        ("There were no injuries.", [(W, 0, 0, None, None)]),
        (
            "There were no civilian casualties.",
            [(Outcome.KILLED_OR_INJURED, 0, 0, "civilian", None)],
        ),
    ],
    ids=lambda part: part[:40] if isinstance(part, str) else "",
)
def test_a_casualty_is_found_with_its_figure_and_people(
    sentence: str, told: list[tuple[Outcome, int | None, int | None, str | None, int | None]]
) -> None:
    assert _told(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "They threatened to kill 20 hostages.",
        "The bomb could have killed 300 people.",
        "He feared that being arrested would follow.",
        "The army seized 12 rifles and captured two villages.",
        "There was no immediate word on casualties.",
        "Police gave no figure.",
        "Not one soldier was killed.",
        "Not a single civilian was killed.",
        "One in five residents was killed.",
        "Police denied reports that 20 people were killed.",
        "The army could not confirm that 15 civilians were killed.",
        "He was acquitted of killing a priest.",
        "There were no casualties caused by our forces.",
        "Omar Said, Jr., 27, of Basra, died at home.",
        "Some 2,000 people fled; 17 square miles were burnt.",
        "She was 27 when the shelling of Highway 86 began.",
    ],
)
def test_what_did_not_happen_and_what_is_no_person_is_not_counted(sentence: str) -> None:
    assert find_mentions(sentence) == ()


def test_an_open_bound_and_its_qualifier_are_kept() -> None:
    (mention,) = find_mentions("More than 20 people were killed.")
    assert mention.number.qualifier is Qualifier.MORE_THAN
    assert (mention.number.lower, mention.number.upper) == (21, None)


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("no one was killed", True),
        ("the strike did not kill civilians", True),
        ("without casualties", True),
        ("no fewer than nine were killed", False),
        ("not only soldiers were killed", False),
        ("nobody claimed the attack, which killed five", False),
        ("no immediate word on how many were killed", False),
    ],
)
def test_a_denial_of_death_is_told_from_a_figure(words: str, denied: bool) -> None:
    assert says_nobody_was_harmed(words, Outcome.KILLED) is denied
