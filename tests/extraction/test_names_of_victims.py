"""Names behind a deed that is done to persons alone, and lists of them."""

import pytest

from extractor.mentions import find_mentions
from extractor.sentences import split_sentences


def names(sentence: str) -> list[str]:
    return [
        sentence[slice(*one.people.name)] if one.people.name else "-"
        for one in find_mentions(sentence)
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The note condemned the murder of Ortega.", ["Ortega"]),
        ("The assassination of Ortega, head of the union, shocked Lima.", ["Ortega"]),
        (
            "They mourned the murders of Ana Paz, Luis Rey, and Eva Soto.",
            ["Ana Paz", "Luis Rey", "Eva Soto"],
        ),
        ("The murder of Ortega supporters went on.", ["-"]),
        ("Ana Paz, secretary of the local union was shot and killed on Monday.", ["Ana Paz"]),
    ],
    ids=[
        "surname",
        "with its office",
        "list",
        "not a person",
        "office without comma",
    ],
)
def test_whoever_was_murdered_is_a_person(sentence: str, told: list[str]) -> None:
    assert names(sentence) == told


@pytest.mark.parametrize(
    ("shouted", "seen"),
    [
        ("THE FRONT KIDNAPPED RANCHER DIEGO MORALES NEAR THE SIERRA.", "Diego Morales"),
        ("A BOMB WENT OFF AT NO. 12 OF THE SAME STREET NEAR THE MARKET.", "at No. 12 of"),
        (
            "POLICE SAID.\nTHEY ADDED THAT SISTER ANA PAZ, A U.S.\nNUN, WAS SHOT.",
            "a U.S. nun, was shot",
        ),
    ],
    ids=["a surname that is a word", "a number", "initials at the end of a line"],
)
def test_shouted_words_are_seen_as_printed(shouted: str, seen: str) -> None:
    assert any(seen in one.words for one in split_sentences(shouted))
