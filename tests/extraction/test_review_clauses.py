"""Sentences and neighbouring sentences that tell of more than one event, taken apart."""

from datetime import date

import pytest

from extractor.article import Article
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireAnswer, WireIncident


def _read(text: str) -> WireAnswer:
    article = Article.of(text, id="invented", published_at=date(2026, 3, 6), title=None)
    return read_text(article).answer


def _told(one: WireIncident) -> tuple[str | None, list[int | None]]:
    place = one.places[0].name_text if one.places else None
    return place, [count.number.lower for count in one.counts]


def _accused(one: WireIncident) -> list[str | None]:
    return [actor.name_text for blame in one.blames for actor in blame.accused]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Air raids killed 14 in Brod and artillery fire killed six in Selim.",
            [("Brod", [14]), ("Selim", [6])],
        ),
        (
            "A mine killed two men and a woman in Brod and left nine hurt.",
            [("Brod", [3, 9])],
        ),
    ],
)
def test_a_clause_with_its_own_harm_and_place_tells_its_own_incident(
    text: str, told: list[tuple[str | None, list[int | None]]]
) -> None:
    assert [_told(one) for one in _read(text).incidents] == told


@pytest.mark.parametrize("joint", [" and", ", and", ", while"])
def test_each_clause_keeps_its_own_blame(joint: str) -> None:
    text = (
        f"Army shelling killed eight in Brod on Monday{joint} rebel mortars killed four in Selim."
    )
    one, two = _read(text).incidents
    assert (_accused(one), _accused(two)) == (["Army"], ["rebel"])


def test_an_older_event_in_a_clause_is_context_beside_the_news() -> None:
    text = "Three years after the massacre of 26 pupils in Brod, gunmen killed two teachers there."
    old, news = _read(text).incidents
    assert (_told(old), old.background) == (("Brod", [26]), True)
    assert (_told(news), news.background) == (("Brod", [2]), False)


def test_the_attack_of_the_day_before_is_an_incident_of_its_own() -> None:
    text = "A mine killed six in Brod on Monday, a day after an attack in Selim killed eleven."
    old, news = _read(text).incidents
    assert (_told(old), _told(news)) == (("Selim", [11]), ("Brod", [6]))


def test_the_wounded_of_a_day_before_die_of_one_attack() -> None:
    text = "Two men died in Brod on Monday, a day after an attack that wounded nine."
    (one,) = _read(text).incidents
    assert _told(one) == ("Brod", [2, 9])


@pytest.mark.parametrize(
    "claim",
    [
        "The Taliban claimed the Selim attack.",
        "The Taliban took responsibility for the Selim raid.",
    ],
)
def test_a_claim_that_names_the_place_is_of_the_incident_there(claim: str) -> None:
    text = f"Gunmen killed 11 in Selim on Sunday. On Monday a mine killed six in Brod. {claim}"
    selim, brod = _read(text).incidents
    assert (_accused(selim), _accused(brod)) == (["The Taliban"], [])


@pytest.mark.parametrize(
    "text",
    [
        "The bombings in Selim and Drava left 83 dead. On Monday a nurse was shot dead in Brod.",
        "The militia has killed hundreds. On Monday it shot dead a nurse in Brod.",
        "The number of people killed in January rose to 412. A bomb killed a nurse in Brod.",
        "At least 2.5 million people have been displaced. A bomb killed a nurse in Brod.",
    ],
    ids=["several attacks", "what a side did in all", "a month", "displacement"],
)
def test_what_sums_up_is_no_figure_of_the_next_incident(text: str) -> None:
    answer = _read(text)
    (one,) = answer.incidents
    assert _told(one) == ("Brod", [1])
    assert len(answer.cumulative) == 1


def test_the_dead_of_a_battle_are_none_of_mondays() -> None:
    text = "The battle of Brod left 700 dead. On Monday two women were killed there by a mine."
    battle, news = _read(text).incidents
    assert (_told(battle), battle.background) == (("Brod", [700]), True)
    assert [count.number.lower for count in news.counts] == [2]


@pytest.mark.parametrize(
    ("last", "sums"),
    [
        ("In all, 12 people died in the two attacks.", 1),
        ("The 12 deaths came during a truce.", 1),
    ],
)
def test_the_sum_of_two_incidents_is_none_of_a_third(last: str, sums: int) -> None:
    two = "Gunmen killed eight people in Selim on Sunday. On Monday a mine killed four in Brod."
    text = f"{two} {last}"
    answer = _read(text)
    assert [_told(one) for one in answer.incidents] == [("Selim", [8]), ("Brod", [4])]
    assert len(answer.cumulative) == sums


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was hurt in the first explosion; the second, on Monday, killed six in Brod.",
        "The first bomb killed six people in Brod, but the other caused no casualties.",
    ],
)
def test_the_zero_of_one_attack_is_none_of_the_other(text: str) -> None:
    (one,) = _read(text).incidents
    assert [count.number.lower for count in one.counts] == [6]


def test_an_attack_and_the_one_that_it_answered_are_two() -> None:
    text = (
        "The army's shelling of Brod, in which 20 people died, was a response to rebel fire "
        "that killed five people in Selim."
    )
    one, two = _read(text).incidents
    assert (_told(one), _accused(one)) == (("Brod", [20]), ["The army"])
    assert (_told(two), _accused(two)) == (("Selim", [5]), ["rebel"])


def test_the_dead_elsewhere_a_day_before_are_told_apart() -> None:
    text = "A mine killed six in Brod on Monday, two days after 11 people were shot dead in Selim."
    assert _told(_read(text).incidents[-1]) == ("Brod", [6])


def test_a_lead_in_the_perfect_tense_about_nameless_doers_tells_the_news() -> None:
    text = "Gunmen have killed four people, police say. On Monday they shot dead four men in Brod."
    answer = _read(text)
    assert len(answer.incidents) == 1
    assert answer.cumulative == []
