"""Descriptions of actors in a sentence: where they are, what they are called, of what kind."""

import pytest

from extractor.codes import ActorType
from extractor.readers.baseline.actors.finding import find_actors


def _found(sentence: str) -> list[tuple[str, ActorType | None]]:
    return [(sentence[slice(*actor.name)], actor.kind) for actor in find_actors(sentence)]


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("the army fired", "the army", ActorType.STATE_FORCES),
        ("masked gunmen fired", "masked gunmen", ActorType.UNIDENTIFIED),
        ("the Sabun River Front fired", "the Sabun River Front", ActorType.REBEL_GROUP),
        ("Suspected Sabun Front fighters fired", "Sabun Front fighters", ActorType.REBEL_GROUP),
        ("members of the Sabun Front fired", "members of the Sabun Front", ActorType.REBEL_GROUP),
        ("gunmen from the Sabun Front fired", "gunmen from the Sabun Front", ActorType.REBEL_GROUP),
        ("the Sabun Liberation Army fired", "the Sabun Liberation Army", ActorType.REBEL_GROUP),
        (
            "the Sons of the Hill, a rebel group, fired",
            "the Sons of the Hill",
            ActorType.REBEL_GROUP,
        ),
        ("drug traffickers fired", "drug traffickers", ActorType.GANG_OR_CARTEL),
        ("alleged Sabun Front members fired", "Sabun Front members", ActorType.REBEL_GROUP),
        ("Sabun Front (SF) guerrillas fired", "Sabun Front (SF) guerrillas", ActorType.REBEL_GROUP),
        ("U.S. troops fired", "U.S. troops", ActorType.STATE_FORCES),
        ("police officers fired", "police officers", ActorType.POLICE),
    ],
)
def test_an_actor_is_found_by_its_head_or_its_name(
    sentence: str, name: str, kind: ActorType
) -> None:
    assert _found(sentence) == [(name, kind)]


def test_a_hedge_is_told_apart_from_the_name() -> None:
    (actor,) = find_actors("alleged members of the Sabun Front")
    assert actor.hedged


def test_an_acronym_in_brackets_belongs_to_the_name_before_it() -> None:
    sentence = "the Sabun River Front (SRF) fired"
    (actor,) = find_actors(sentence)
    assert sentence[actor.end :] == " fired"


@pytest.mark.parametrize(
    "sentence",
    ["a rights group counted them", "an aid group left", "the groups met", "it was a quiet day"],
)
def test_what_is_no_armed_side_is_no_actor(sentence: str) -> None:
    assert [kind for _, kind in _found(sentence) if kind] == []


def test_a_place_before_a_description_is_not_its_name() -> None:
    assert ("the army", ActorType.STATE_FORCES) in _found("In Port Selim, the army fired.")
