"""Who did it and who was hurt: attackers are none of their victims, and each deed has its doer."""

import pytest

from extractor.article import Article
from extractor.codes import Role, Stance
from extractor.readers.baseline.reading import read_text
from extractor.wire import WireIncident


def _incidents(text: str) -> list[WireIncident]:
    return read_text(Article.of(text)).answer.incidents


def _only(text: str) -> WireIncident:
    (incident,) = _incidents(text)
    return incident


@pytest.mark.parametrize(
    ("text", "victims", "attackers"),
    [
        (
            "Gunmen shot dead six people in Brod on Monday. Troops later killed two of the gunmen.",
            6,
            2,
        ),
        (
            "Raiders killed eight farmers in Brod on Monday. Soldiers killed four of the raiders.",
            8,
            4,
        ),
        ("A man stabbed three nurses in Brod before being shot dead by guards.", 3, 1),
        ("A gunman wounded four shoppers in Brod before he was killed by the police.", 4, 1),
        (
            "A gunman opened fire in Brod, killing nine before he was killed by police.",
            9,
            1,
        ),
        ("A gunman killed seven people in Brod on Monday. He was shot dead by police.", 7, 1),
        ("A gunman killed seven people at a mill in Brod on Monday. The gunman also died.", 7, 1),
    ],
)
def test_attackers_who_are_hurt_are_no_part_of_their_victims(
    text: str, victims: int, attackers: int
) -> None:
    counts = {one.number.lower: one for one in _only(text).counts}
    assert set(counts) == {victims, attackers}
    assert counts[attackers].part_of is None
    assert counts[attackers].group.roles == [Role.ATTACKER]
    assert Role.ATTACKER not in counts[victims].group.roles


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot dead six people in Brod on Monday. The army later killed two of the gunmen.",
        "A man stabbed three nurses in Brod before being shot dead by soldiers.",
        "A gunman wounded four shoppers in Brod before he was killed by the army.",
    ],
)
def test_who_stops_the_attackers_is_blamed_for_them_alone(text: str) -> None:
    incident = _only(text)
    attackers = [one.id for one in incident.counts if Role.ATTACKER in one.group.roles]
    assert [blame.applies_to for blame in incident.blames] == [attackers]


def test_attackers_said_to_be_among_the_dead_stay_a_part_of_them() -> None:
    counts = _only("Twelve people were killed, four of them attackers, in Brod on Monday.").counts
    assert [(one.number.lower, one.part_of) for one in counts] == [(12, None), (4, counts[0].id)]


def test_a_victim_spoken_of_again_is_no_attacker() -> None:
    counts = _only("A gunman shot a teacher in Brod on Monday. The teacher died. He was 40.").counts
    assert [one.group.roles for one in counts] == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers shot dead a herder who had stabbed three nurses in Brod on Monday.",
        "Soldiers shot dead a herder, who earlier wounded three nurses in Brod on Monday.",
    ],
)
def test_a_deed_told_of_somebody_in_passing_makes_him_an_attacker(text: str) -> None:
    incident = _only(text)
    attackers = [one.id for one in incident.counts if Role.ATTACKER in one.group.roles]
    assert len(attackers) == 1
    assert [blame.applies_to for blame in incident.blames] == [attackers]


def test_a_wife_of_the_same_name_is_another_person() -> None:
    counts = _only("Mr. Odo was killed in Brod on Monday. Mrs. Odo was killed as well.").counts
    assert [one.number.text for one in counts] == ["Mr. Odo", "Mrs. Odo"]


def test_who_speaks_in_an_aside_is_not_heard_outside_of_it() -> None:
    text = "The army shelled Brod, in which the rebels say 30 died, in the night, the army said."
    (blame,) = _only(text).blames
    assert blame.stance is Stance.SELF_CLAIMED
    assert blame.speakers[0].name_text == "the army"


def test_nobody_accuses_his_own_side() -> None:
    assert _only("Rebel fire killed three people in Brod on Monday, the rebels said.").blames == []


@pytest.mark.parametrize(
    "text",
    [
        "Police shot dead a man in Brod on Monday. He had stabbed three nurses.",
        "Gunmen killed a baker in Brod on Monday. Police killed one of the attackers.",
        "Three people died when a gunman opened fire in Brod. The suspect was shot dead by police.",
        "A gunman wounded three people in Brod before police shot him dead.",
    ],
)
def test_a_deed_against_the_attacker_is_not_told_of_the_victims(text: str) -> None:
    incident = _only(text)
    attackers = [one for one in incident.counts if Role.ATTACKER in one.group.roles]
    assert [one.part_of for one in attackers] == [None]
    assert len(incident.counts) == 2
    assert [blame.applies_to for blame in incident.blames] == [[attackers[0].id]]


def test_he_behind_a_victim_and_a_gunman_is_left_open() -> None:
    text = "A gunman shot dead a teacher in Brod on Monday. He killed two others."
    assert not any(Role.ATTACKER in one.group.roles for one in _only(text).counts)
