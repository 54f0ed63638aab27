"""The fixed words: each has a definition, and the definitions reach whoever fills them in."""

import pytest
from pydantic import TypeAdapter

from extractor import codes
from extractor.codes import Code, FlagCode, Stance

ENUMERATIONS = [
    thing
    for thing in vars(codes).values()
    if isinstance(thing, type) and issubclass(thing, Code) and thing is not Code
]


@pytest.mark.parametrize("enumeration", ENUMERATIONS, ids=lambda code: code.__name__)
def test_every_word_is_plain_and_has_a_definition_of_its_own(enumeration: type[Code]) -> None:
    words = list(enumeration)
    assert (enumeration.__doc__ or "").strip()
    assert all(word.value.isidentifier() and word.value.islower() for word in words)
    assert all(word.value == word.name.lower() for word in words)
    assert all(word.definition.strip().endswith(".") for word in words)
    assert len({word.definition for word in words}) == len(words)


@pytest.mark.parametrize("enumeration", ENUMERATIONS, ids=lambda code: code.__name__)
def test_the_schema_of_an_enumeration_tells_what_its_words_mean(enumeration: type[Code]) -> None:
    schema = TypeAdapter(enumeration).json_schema()
    assert schema["enum"] == [word.value for word in enumeration]
    for word in enumeration:
        assert f"{word.value}: {word.definition}" in schema["description"]


def test_a_word_is_its_own_text() -> None:
    assert Stance("self_claimed") is Stance.SELF_CLAIMED
    assert f"{Stance.DENIED}" == "denied"
    assert FlagCode.DATE_CONFLICT == "date_conflict"


def test_there_is_no_word_beside_those_listed() -> None:
    with pytest.raises(ValueError, match="'guilty' is not a valid Stance"):
        Stance("guilty")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "Stance",
            "stated_as_fact accused suspected self_claimed denied cleared charged convicted"
            " nobody_claimed said_unknown",
        ),
        (
            "Qualifier",
            "exact at_least more_than at_most fewer_than approximately nearly range vague"
            " unknown_number none",
        ),
        ("Standing", "civilian combatant police_or_security mixed unspecified"),
        ("Scope", "incident several_incidents period place campaign conflict"),
        (
            "InputOutcome",
            "read read_with_flags refused invalid truncated infra_error rejected_input",
        ),
        ("Actuality", "actual foiled threatened disputed discovery"),
        ("DatePrecision", "day part_of_day days week month year on_or_before unknown"),
    ],
)
def test_the_words_are_those_of_schema_version_1(name: str, words: str) -> None:
    enumeration = next(code for code in ENUMERATIONS if code.__name__ == name)
    assert [word.value for word in enumeration] == words.split()
