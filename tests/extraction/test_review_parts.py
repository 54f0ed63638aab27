"""Parts and wholes: whose part the people of an apposition, a clause or a later day are."""

import asyncio

import pytest

from extractor.article import Article
from extractor.codes import Outcome
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import CountClaim, Reading

KILLED, INJURED, ABDUCTED = Outcome.KILLED, Outcome.INJURED, Outcome.ABDUCTED


def _read(text: str) -> Reading:
    reading = asyncio.run(read_article(Article.of(text), reader=open_reader()))
    assert isinstance(reading, Reading)
    return reading


def _told(claims: tuple[CountClaim, ...]) -> list[tuple[Outcome, int | None, int | None]]:
    """Each claim: its outcome, its figure, and the figure that it is a part of."""
    figures = {claim.id: claim.number.lower for claim in claims}
    return [
        (claim.outcome, claim.number.lower, figures.get(claim.part_of or "")) for claim in claims
    ]


def _counts(text: str) -> list[tuple[Outcome, int | None, int | None]]:
    (incident,) = _read(text).incidents
    return _told(tuple(incident.counts))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Seven people were killed, two of them nurses, and 14 injured by a bomb in Brod.",
            [(KILLED, 7, None), (INJURED, 14, None), (KILLED, 2, 7)],
        ),
        (
            "Gunmen raided Brod. Six died, four of them women, and three were abducted.",
            [(KILLED, 6, None), (ABDUCTED, 3, None), (KILLED, 4, 6)],
        ),
        (
            "Eight men, three of them guards, and a girl were killed by a bomb in Brod.",
            [(KILLED, 8, None), (KILLED, 1, None), (KILLED, 3, 8)],
        ),
    ],
)
def test_who_stands_between_commas_is_of_the_people_before(
    text: str, told: list[tuple[Outcome, int | None, int | None]]
) -> None:
    assert sorted(_counts(text), key=str) == sorted(told, key=str)


@pytest.mark.parametrize(
    "text",
    [
        "Relatives of the four men killed on Monday in Brod said that they did not trust the army.",
        "Friends of the four students shot dead on Monday in Brod said that they were shocked.",
    ],
)
def test_a_participle_is_of_the_people_it_stands_behind(text: str) -> None:
    assert _counts(text) == [(KILLED, 4, None)]


def test_a_verb_is_of_those_whose_relatives_or_friends_they_are() -> None:
    text = "Relatives of the four men were abducted by gunmen in Brod on Monday."
    assert _counts(text) == [(ABDUCTED, None, None)]


@pytest.mark.parametrize(
    "later",
    [
        "The wounded were taken to Selim, where two of them died.",
        "Two of the wounded died overnight.",
    ],
)
def test_the_wounded_who_die_are_a_part_of_the_wounded(later: str) -> None:
    told = _counts(f"A bomb killed five soldiers and wounded seven others in Brod. {later}")
    assert told == [(KILLED, 5, None), (INJURED, 7, None), (Outcome.DIED_OF_WOUNDS, 2, 7)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ben Rao was shot dead in Brod on Friday. His wife was wounded. She died on Monday.",
            [(KILLED, 1, None), (INJURED, 1, None), (Outcome.DIED_OF_WOUNDS, 1, 1)],
        ),
        (
            "A bomb killed a boy in Brod on Friday. A second boy died on Sunday.",
            [(KILLED, 1, None), (KILLED, 1, None)],
        ),
        (
            "Gunmen killed three men in Brod on Friday. A fourth man, Ben Rao, died in hospital"
            " the next day.",
            [(KILLED, 3, None), (KILLED, 1, None)],
        ),
    ],
)
def test_who_dies_on_a_later_day_dies_of_the_event_told(
    text: str, told: list[tuple[Outcome, int | None, int | None]]
) -> None:
    assert _counts(text) == told


def test_another_killed_elsewhere_on_another_day_is_of_another_event() -> None:
    text = "Gunmen killed three men in Brod on Friday. A fourth man was killed in Selim on Sunday."
    assert len(_read(text).incidents) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Four of the nine dead in Monday's blast in Brod were students.",
        "Police said four of the 9 people killed by a bomb in Brod on Monday were students.",
    ],
)
def test_some_of_the_dead_are_told_with_all_of_the_dead(text: str) -> None:
    assert _counts(text) == [(KILLED, 9, None), (KILLED, 4, 9)]


@pytest.mark.parametrize(
    "text", ["Four of the nine hostages were killed in Brod.", "A bomb left four of the nine dead."]
)
def test_a_verb_is_of_those_told_and_not_of_all_of_whom_they_are(text: str) -> None:
    assert _counts(text) == [(KILLED, 4, None)]


def test_a_shouted_headline_and_its_body_count_the_same_dead() -> None:
    text = "SIX DEAD IN BROD BLAST\nA CAR BOMB KILLED SIX GUARDS IN BROD ON MONDAY, POLICE SAID."
    assert _counts(text) == [(KILLED, 6, None)]


def test_a_list_of_the_dead_goes_on_behind_an_age_and_a_semicolon() -> None:
    text = "A shell hit Brod on Monday. Ana, 7; Ben, 9; and Eva, 12, were killed."
    assert [figure for _, figure, _ in _counts(text)].count(1) == 3


def test_a_couple_of_one_surname_are_two_people() -> None:
    text = "Gunmen attacked Brod on Monday. Mr. Rao was killed. Mrs. Rao was killed."
    assert _counts(text) == [(KILLED, 1, None), (KILLED, 1, None)]


def test_who_is_told_by_his_full_name_and_by_title_is_one_person() -> None:
    text = "Ben Rao was shot dead in Brod on Monday. Mr. Rao was killed by gunmen."
    assert _counts(text) == [(KILLED, 1, None)]


@pytest.mark.parametrize("who", ["Rao, a father of four,", "He"])
def test_who_is_one_of_the_dead_is_a_part_of_them(who: str) -> None:
    text = f"Ben Rao was killed by a bomb in Brod on Monday. {who} was one of three guards killed."
    assert _counts(text) == [(KILLED, 1, 3), (KILLED, 3, None)]
