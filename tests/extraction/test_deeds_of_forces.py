"""Sentences of a force's own report: who is taken, and what is no person at all."""

import pytest

from extractor.mentions import find_mentions


def told(sentence: str) -> list[tuple[str, int | None]]:
    return [(one.outcome.value, one.number.lower) for one in find_mentions(sentence)]


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("The force arrested an attack planner in Brod on Monday.", [("detained", 1)]),
        ("Police arrested a suspected IED maker near Brod.", [("detained", 1)]),
        ("Troops detained a senior Front of Sahl (FOS) leader in Brod.", [("detained", 1)]),
        ("The raid resulted in nine militant deaths.", [("killed", 9)]),
        ("The three wounded were detained by the army.", [("injured", 3), ("detained", 3)]),
        ("They met fighters who resisted and were later killed.", [("killed", None)]),
        (
            "Soldiers conducting a sweep killed two rebels and detained four men.",
            [("killed", 2), ("detained", 4)],
        ),
        (
            "During the raid several rebels posed a threat to the patrol and were killed.",
            [("killed", None)],
        ),
        ("An immediate Jirga was held in Brod.", []),
        ("We mourn with Mayor Holt for the families of those who fell or were injured.", []),
    ],
)
def test_a_force_tells_of_those_it_took(
    sentence: str, counts: list[tuple[str, int | None]]
) -> None:
    assert told(sentence) == counts
