"""Victims of MUC-4 templates: who counts as one, by what name, how many, of what kind."""

from typing import Any

import pytest
from grading import actor, blame, count, figure, group
from muc4_answering import CONVENTION, answer, read, told, values

from eval.corpora.muc4.answer import (
    answer_templates,
)
from eval.corpora.muc4.keys import Slot
from eval.corpora.muc4.victims import write_number
from extractor.codes import (
    Hedge,
    Outcome,
    Role,
    Standing,
    Unit,
)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (figure(6), "6"),
        (figure("at least 6"), "6-"),
        (figure("more than 20"), "20-"),
        (figure("up to 6"), "-6"),
        (figure("fewer than 6"), "-6"),
        (figure("about 100"), "~100"),
        (figure("nearly 100"), "~100"),
        (figure((6, 8)), "6-8"),
        (figure("several"), "PLURAL"),
        (figure("unknown"), "PLURAL"),
        (figure(6, unit=Unit.FAMILIES), "PLURAL"),
    ],
)
def test_a_number_is_written_with_its_kind(number: Any, written: str) -> None:
    assert write_number(number) == written


PEASANTS = group("PEASANTS")


@pytest.mark.parametrize(
    ("counts", "numbers", "effects"),
    [
        ([count("c1", 6, group=PEASANTS), count("c2", 7, group=PEASANTS)], ["6"], ["DEATH"]),
        (
            [count("c1", 6, group=PEASANTS), count("c2", 7, group=PEASANTS, supersedes="c1")],
            ["7"],
            ["DEATH"],
        ),
        (
            [count("c1", 6, group=PEASANTS), count("c2", 2, Outcome.INJURED, group=PEASANTS)],
            ["6", "2"],
            ["DEATH", "INJURY"],
        ),
        (
            [
                count("c1", figure(8, enumerated=True), group=group("PRIESTS AND WOMEN")),
                count("c2", 6, group=group("PRIESTS"), part_of="c1"),
                count("c3", 2, group=group("WOMEN"), part_of="c1"),
            ],
            ["6", "2"],
            ["DEATH", "DEATH"],
        ),
        ([count("c1", "none", Outcome.INJURED)], [], ["NO INJURY OR DEATH"]),
        ([count("c1", 3, Outcome.ABDUCTED, group=PEASANTS)], ["3"], []),
        ([], [], []),
    ],
    ids=[
        *("two voices", "revised", "two outcomes", "a list", "nobody", "abducted", "none"),
    ],
)
def test_victims_are_those_whom_the_claims_count(
    counts: list[Any], numbers: list[str], effects: list[str]
) -> None:
    one = answer(counts=tuple(counts))
    assert values(one, Slot.NUMBER) == numbers
    assert values(one, Slot.EFFECT) == effects


@pytest.mark.parametrize(
    "claim",
    [
        count("c1", 3, group=group("TERRORISTS")),
        count("c1", 3, group=group("MEN", roles=(Role.ATTACKER,))),
        count("c1", 3, hedge=Hedge.WITHDRAWN),
        count("c1", 3, Outcome.DETAINED),
    ],
    ids=["terrorists", "attackers", "withdrawn", "detained"],
)
def test_an_incident_that_counts_no_target_is_told_only_with_a_blame(claim: Any) -> None:
    assert answer_templates(read(told(counts=(claim,))), CONVENTION) == ()
    one = answer(counts=(claim,), blames=(blame(accused=[actor("NORTHERN FRONT")]),))
    assert one.of(Slot.NUMBER) == ()


def named(id: str, words: str, who: str | None, outcome: Outcome = Outcome.KILLED) -> Any:  # noqa: A002
    """A claim that counts one person by name or by a word for it."""
    one = count(id, 1, outcome, group=group(who))
    return one.model_copy(update={"number": one.number.model_copy(update={"text": words})})


@pytest.mark.parametrize(
    ("counts", "victims", "effects"),
    [
        ([named("c1", "ANA RUIZ", "MAYOR")], [("ANA RUIZ", "MAYOR")], ["DEATH"]),
        ([named("c1", "ANA RUIZ", None)], [("ANA RUIZ",)], ["DEATH"]),
        ([named("c1", "THE MAYOR", "MAYOR")], [("MAYOR",)], ["DEATH"]),
        (
            [named("c1", "ANA RUIZ", "MAYOR", Outcome.INJURED), named("c2", "RUIZ", None)],
            [("ANA RUIZ", "MAYOR", "RUIZ")],
            ["INJURY", "DEATH"],
        ),
        (
            [named("c1", "ANA RUIZ", "JUDGE"), named("c2", "EVA SOTO", "JUDGE")],
            [("ANA RUIZ", "JUDGE"), ("EVA SOTO", "JUDGE")],
            ["DEATH", "DEATH"],
        ),
        (
            [named("c1", "ANA RUIZ", "MAYOR", Outcome.INJURED), named("c2", "SHE", None)],
            [("ANA RUIZ", "MAYOR")],
            ["INJURY", "DEATH"],
        ),
    ],
    ids=["described", "name alone", "nameless", "surname", "two judges", "pronoun"],
)
def test_a_person_is_called_by_name_and_description_and_told_once(
    counts: list[Any], victims: list[tuple[str, ...]], effects: list[str]
) -> None:
    one = answer(counts=tuple(counts))
    assert [fill.values for fill in one.of(Slot.VICTIM)] == victims
    assert [fill.refs for fill in one.of(Slot.NUMBER)] == victims
    assert values(one, Slot.EFFECT) == effects


def test_persons_stand_for_a_group_of_as_many_and_nameless_figures_only_alone() -> None:
    judges = count("c1", 2, group=group("JUDGES"))
    persons = (named("c2", "ANA RUIZ", None), named("c3", "EVA SOTO", None))
    nameless = count("c4", 30, Outcome.INJURED, group=group(None))
    assert values(answer(counts=(judges, *persons, nameless)), Slot.NUMBER) == ["1", "1"]
    assert values(answer(counts=(judges, persons[0])), Slot.NUMBER) == ["2", "1"]
    assert values(answer(counts=(nameless,)), Slot.NUMBER) == ["30"]


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        (group("PEASANTS"), "CIVILIAN"),
        (group("POLICEMEN"), "LAW ENFORCEMENT"),
        (group("TWO JUDGES"), "LEGAL OR JUDICIAL"),
        (group("MEN", standing=Standing.COMBATANT), "ACTIVE MILITARY"),
    ],
)
def test_the_kind_of_victim_follows_from_its_words_then_its_standing(who: Any, kind: str) -> None:
    assert values(answer(counts=(count(group=who),)), Slot.VICTIM_TYPE) == [kind]
