"""What the words say of the people, and which words are no people at all."""

import pytest

from extractor.codes import Demographic, Role, Standing, Unit
from extractor.people import find_people
from extractor.people.words import people_words

COMBATANT, SECURITY = Standing.COMBATANT, Standing.POLICE_OR_SECURITY
CIVILIAN, UNSPECIFIED = Standing.CIVILIAN, Standing.UNSPECIFIED
CHILDREN, WOMEN, MEN = Demographic.CHILDREN, Demographic.WOMEN, Demographic.MEN
ELDERLY, FAMILY = Demographic.ELDERLY, Demographic.FAMILY


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("12 civilians", CIVILIAN),
        ("two passers-by", CIVILIAN),
        ("a bystander", CIVILIAN),
        ("12 farmers", UNSPECIFIED),
        ("two protesters", UNSPECIFIED),
        ("six miners", UNSPECIFIED),
        ("three paratroopers", COMBATANT),
        ("a Maoist cadre", COMBATANT),
        ("two army officers", COMBATANT),
        ("an army driver", COMBATANT),
        ("eight gang members", COMBATANT),
        ("three terrorists", COMBATANT),
        ("two police officers", SECURITY),
        ("a head constable", SECURITY),
        ("two border guards", SECURITY),
        ("four gendarmes", SECURITY),
        ("a police recruit", COMBATANT),
        ("two security personnel", SECURITY),
        ("four peacekeepers", UNSPECIFIED),
        ("a tribal elder", UNSPECIFIED),
    ],
)
def test_standing_is_what_the_noun_states(words: str, standing: Standing) -> None:
    (people,) = find_people(f"They shot {words}.")[1:]
    assert people.kind.standing is standing


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("two medics", Role.MEDIC),
        ("a health worker", Role.MEDIC),
        ("a photographer", Role.JOURNALIST),
        ("a deputy mayor", Role.OFFICIAL),
        ("a sarpanch", Role.OFFICIAL),
        ("two aid workers", Role.AID_WORKER),
        ("a bishop", Role.RELIGIOUS_LEADER),
        ("nine hostages", Role.DETAINEE),
        ("a suicide bomber", Role.ATTACKER),
        ("three assailants", Role.ATTACKER),
        ("a peacekeeper", Role.PEACEKEEPER),
    ],
)
def test_a_role_is_told_by_the_noun(words: str, role: Role) -> None:
    (people,) = find_people(f"They shot {words}.")[1:]
    assert people.kind.roles == (role,)


@pytest.mark.parametrize(
    ("words", "demographics"),
    [
        ("two girls", (CHILDREN,)),
        ("a teenager", ()),
        ("three students", ()),
        ("a 16-year-old student", (CHILDREN,)),
        ("a 19-year-old student", ()),
        ("a six-month-old baby", (CHILDREN,)),
        ("a 70-year-old man", (MEN, ELDERLY)),
        ("an elderly woman", (WOMEN, ELDERLY)),
        ("a youth", ()),
        ("her brother", (MEN,)),
        ("two brothers", (MEN, FAMILY)),
        ("three women constables", (WOMEN,)),
        ("two child soldiers", (CHILDREN,)),
        ("six members of the same family", (FAMILY,)),
        ("Omar Dalgo, 9,", (CHILDREN,)),
    ],
)
def test_age_sex_and_kinship_are_told_by_the_words(
    words: str, demographics: tuple[Demographic, ...]
) -> None:
    (people,) = find_people(f"They shot {words}.")[1:]
    assert people.kind.demographics == demographics


@pytest.mark.parametrize(
    ("words", "unit"),
    [("two bodies", Unit.BODIES), ("40 families", Unit.FAMILIES), ("two men", Unit.PERSONS)],
)
def test_what_is_counted_is_told_by_the_noun(words: str, unit: Unit) -> None:
    (people,) = find_people(f"Rescuers found {words}.")[1:]
    assert people.number.unit is unit


@pytest.mark.parametrize(
    "sentence",
    [
        "It destroyed a rocket launcher and two containers.",
        "The 12 Division and the 5th Battalion moved.",
        "Three attacks hit a number of weapons.",
        "A police station and a rebel base were hit.",
        "It struck a militant hideout.",
        "Boko Haram attacked Kasempa.",
        "Human Rights Watch was founded there.",
        "Baghdad was hit.",
        "The Islamic State was defeated.",
        "On Tuesday the river rose in Yemen.",
        "No soldiers were killed.",
        "It came without civilians in it.",
        "None of the men died.",
        "One in five residents was killed.",
        "Residents of the town said so.",
        "Most of the men died.",
        "She-goats and 12 cows died.",
        "It cost 300 dollars and 20 years.",
        "Only a specimen was taken.",
        "The police were blamed.",
    ],
)
def test_what_is_no_group_of_people_is_not_found(sentence: str) -> None:
    assert find_people(sentence) == ()


def test_a_deed_before_the_noun_is_no_part_of_the_group() -> None:
    sentence = "The security force encountered enemy fighters."
    (people,) = find_people(sentence)
    assert sentence[people.start : people.end] == "enemy fighters"


def test_capital_letters_throughout_hide_no_people() -> None:
    sentence = "AN ARMY LIEUTENANT WAS KILLED AND TWO SOLDIERS WERE WOUNDED."
    found = [sentence[one.start : one.end] for one in find_people(sentence)]
    assert found == ["AN ARMY LIEUTENANT", "TWO SOLDIERS"]


def test_every_noun_of_the_data_file_has_a_form() -> None:
    words = people_words()
    assert all(noun in words.forms or noun in words.long_nouns for noun in words.kinds)
    assert words.forms["person"] == {"one"}
    assert words.form_of("tradesmen") == {"many"}
    assert words.form_of("specimen") == frozenset()
