"""Manners: how an attack was done may be told beside its toll; no way told is no type."""

import asyncio

import pytest

from extractor.article import Article
from extractor.codes import AttackType
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Reading


def _attacks(text: str) -> list[tuple[AttackType, ...]]:
    record = asyncio.run(read_article(Article.of(text), reader=open_reader()))
    assert isinstance(record, Reading)
    return [incident.attack_types for incident in record.incidents]


@pytest.mark.parametrize(
    ("text", "attack"),
    [
        ("A mortar round hit a bus in Brod. Four were killed.", AttackType.SHELLING),
        ("Four people were killed in Brod. The grenade was old.", AttackType.EXPLOSIVE_DEVICE),
        ("A bus went over a mine in Brod. Four people were killed.", AttackType.EXPLOSIVE_DEVICE),
        ("Four people were killed in an attack in Brod.", AttackType.UNKNOWN),
        ("A house was set on fire in Brod. Four were killed in the attack.", AttackType.OTHER),
    ],
)
def test_the_way_of_an_attack_is_told_beside_its_toll(text: str, attack: AttackType) -> None:
    assert _attacks(text) == [(attack,)]


def test_the_way_of_one_attack_is_not_given_to_another() -> None:
    told = _attacks(
        "Shells killed two in Brod on Monday.\n\nIn Lipa, three men were killed on Friday."
    )
    assert told == [(AttackType.SHELLING,), (AttackType.UNKNOWN,)]
