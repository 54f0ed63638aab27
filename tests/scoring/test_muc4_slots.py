"""Fills and templates of MUC-4 compared: full, half and no credit, and who stands for whom."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muc4_making import fill, template

from eval.corpora.muc4.alignment import GradedTemplate, grade_templates, may_pair
from eval.corpora.muc4.convention import load_convention
from eval.corpora.muc4.keys import Fill, Slot, Template
from eval.corpora.muc4.rows import Row, tally_row, tally_templates
from eval.corpora.muc4.slots import fill_credit, grade_slot
from eval.corpora.muc4.tally import Tally

SCORING = load_convention().scoring
ONE = (Slot.DATE,)


@pytest.mark.parametrize(
    ("slot", "key", "answer", "credit"),
    [
        (Slot.TYPE, "BOMBING", "BOMBING", 1),
        (Slot.TYPE, "BOMBING", "ATTACK", 0.5),
        (Slot.TYPE, "ATTACK", "BOMBING", 0),
        (Slot.TYPE, "KIDNAPPING", "ATTACK", 0),
        (Slot.STAGE, "ATTEMPTED", "ACCOMPLISHED", 0),
        (Slot.DATE, "04 FEB 90", "4 FEB 90", 1),
        (Slot.DATE, "- 04 FEB 90", "04 FEB 90", 0.5),
        (Slot.DATE, "- 04 FEB 90", "02 FEB 90", 0),
        (Slot.DATE, "- 04 FEB 90", "- 06 FEB 90", 0),
        (Slot.DATE, "01 FEB 90 - 04 FEB 90", "03 FEB 90", 0.5),
        (Slot.DATE, "01 FEB 90 - 04 FEB 90", "04 FEB 90 - 09 FEB 90", 0.5),
        (Slot.DATE, "01 FEB 90 - 04 FEB 90", "05 FEB 90", 0),
        (Slot.DATE, "04 FEB 90", "FEB 90", 0.5),
        (Slot.DATE, "04 MAR 90", "01 MAR 90 - 31 MAR 90", 0.5),
        (Slot.DATE, "04 MAR 90", "01 MAR 90 - 01 APR 90", 0),
        (Slot.DATE, "04 FEB 90", "01 JAN 80 - 31 DEC 91", 0),
        (Slot.DATE, "- 04 FEB 90", "01 JAN 80 - 31 DEC 91", 0),
        (Slot.DATE, "01 JAN 90 - 28 FEB 90", "01 JAN 90 - 28 APR 90", 0.5),
        (Slot.DATE, "01 JAN 90 - 28 FEB 90", "01 JAN 90 - 29 APR 90", 0),
        (Slot.DATE, "01 JAN 80 - 31 DEC 91", "04 FEB 90", 0.5),
        (Slot.DATE, "01 JAN 80 - 31 DEC 91", "01 JAN 80 - 31 DEC 91", 1),
        (Slot.DATE, "LAST SUMMER", "LAST SUMMER", 1),
        (Slot.LOCATION, "PERU: LIMA (CITY)", "PERU: LIMA (TOWN)", 1),
        (Slot.LOCATION, "PERU: LIMA (CITY)", "PERU: DOWNTOWN LIMA (AREA)", 1),
        (Slot.LOCATION, "PERU: LIMA (CITY): RIMAC (NEIGHBORHOOD)", "PERU: LIMA (CITY)", 0.5),
        (Slot.LOCATION, "PERU: JUNIN (DEPARTMENT): TARMA (CITY)", "PERU: TARMA (TOWN)", 1),
        (Slot.LOCATION, "PERU: LIMA (CITY)", "PERU", 0.5),
        (Slot.LOCATION, "PERU", "PERU: LIMA (CITY)", 0.5),
        (Slot.LOCATION, "PERU: LIMA (CITY)", "PERU: CUZCO (CITY)", 0.5),
        (Slot.LOCATION, "PERU: LIMA (CITY)", "CHILE: LIMA (CITY)", 0),
        (Slot.LOCATION, "PERU: LIMA (CITY) - CUZCO (CITY)", "PERU: CUZCO (CITY) - LIMA (CITY)", 1),
        (Slot.LOCATION, "PERU: LIMA (CITY) - CUZCO (CITY)", "PERU: LIMA (CITY)", 0.5),
        (Slot.LOCATION, "GUATAMALA: PETÉN (DEPARTMENT)", "GUATEMALA: PETEN (REGION)", 1),
        (Slot.PERPETRATOR, "GUERRILLAS", "THE GUERRILLAS", 1),
        (Slot.PERPETRATOR, "THREE HEAVILY ARMED MEN", "ARMED MEN", 1),
        (Slot.PERPETRATOR, "POLICEMEN", "A POLICEMAN", 1),
        (Slot.PERPETRATOR, "MEMBERS OF THE NORTHERN FRONT", "MEMBERS", 1),
        (Slot.PERPETRATOR, "MEMBERS OF THE NORTHERN FRONT", "THE NORTHERN FRONT", 0.5),
        (Slot.PERPETRATOR, "YOUNG MEN", "OLD MEN", 0.5),
        (Slot.PERPETRATOR, "GUERRILLAS", "SOLDIERS", 0),
        (Slot.ORGANISATION, "NORTHERN FRONT", "THE NORTHERN FRONT", 1),
        (Slot.ORGANISATION, "SALVADORAN ARMY", "ARMY", 1),
        (Slot.ORGANISATION, "NATIONAL LIBERATION ARMY", "ARMY", 0.5),
        (Slot.ORGANISATION, "NATIONAL LIBERATION ARMY", "NATIONAL LIBERATION FRONT", 0),
    ],
)
def test_a_fill_is_right_half_right_or_wrong(
    slot: Slot, key: str, answer: str, credit: float
) -> None:
    assert fill_credit(slot, fill(key), fill(answer), SCORING) == credit


@pytest.mark.parametrize(
    ("key", "answer", "credit"),
    [
        ("6", "6", 1),
        ("6-", "6", 0),
        ("7 -", "7-", 1),
        ("~100", "100", 0.5),
        ("6", "7", 0),
        ("PLURAL", "6", 0),
        ("6 - 8", "6-8", 1),
    ],
)
def test_a_number_is_right_with_its_kind(key: str, answer: str, credit: float) -> None:
    one, other = fill(key, refs=["PEASANTS"]), fill(answer, refs=["PEASANTS"])
    assert fill_credit(Slot.NUMBER, one, other, SCORING) == credit


@pytest.mark.parametrize(
    ("refs", "answered", "credit"),
    [
        (["PEASANTS"], ["SIX PEASANTS"], 1),
        (["PEASANTS", "FARMERS"], ["FARMERS"], 1),
        (["PEASANTS"], ["SOLDIERS"], 0.5),
        (["PEASANTS"], [], 0.5),
        ([], [], 1),
    ],
    ids=["described", "alternative", "others", "nobody", "no victim"],
)
def test_the_right_number_of_the_wrong_people_is_half_right(
    refs: list[str], answered: list[str], credit: float
) -> None:
    key, answer = fill("6", refs=refs), fill("6", refs=answered)
    assert fill_credit(Slot.NUMBER, key, answer, SCORING) == credit


@pytest.mark.parametrize("value", ["ATTACK", "BOMBING"])
def test_any_alternative_of_the_key_is_right(value: str) -> None:
    assert fill_credit(Slot.TYPE, fill("BOMBING", "ATTACK"), fill(value), SCORING) == 1


def tally(keys: list[Fill], answers: list[Fill], *, counts_optional: bool = False) -> Tally:
    graded = GradedTemplate(
        key=template(), answer=template(), fills=grade_slot(Slot.DATE, keys, answers, SCORING)
    )
    return tally_row([graded], ONE, counts_optional=counts_optional)


A, B, C = fill("01 FEB 90"), fill("10 FEB 90"), fill("20 FEB 90")
MAYBE = fill("01 FEB 90", optional=True)


@pytest.mark.parametrize(
    ("keys", "answers", "told"),
    [
        ([A, B], [B, A], Tally(correct=2)),
        ([A, B], [A], Tally(correct=1, missing=1)),
        ([A], [A, B], Tally(correct=1, spurious=1)),
        ([A], [A, A], Tally(correct=1, spurious=1)),
        ([A], [B], Tally(incorrect=1)),
        ([A, B], [C], Tally(incorrect=1, missing=1)),
        ([MAYBE], [], Tally()),
        ([MAYBE], [A], Tally()),
        ([MAYBE], [B], Tally(spurious=1)),
        ([MAYBE, A], [A], Tally(correct=1)),
        ([MAYBE, B], [A], Tally(missing=1)),
        ([], [], Tally()),
    ],
    ids=[
        *("any order", "missing", "spurious", "twice", "wrong", "wrong and missing"),
        *("optional blank", "optional filled", "optional wrong", "asked for first"),
        *("optional beside missing", "blank"),
    ],
)
def test_fills_pair_once_and_optional_ones_neither_reward_nor_punish(
    keys: list[Fill], answers: list[Fill], told: Tally
) -> None:
    assert tally(keys, answers) == told


def test_in_1992_an_optional_fill_counted_where_it_was_filled() -> None:
    assert tally([MAYBE], [A], counts_optional=True) == Tally(correct=1)
    assert tally([MAYBE], [], counts_optional=True) == Tally()


@pytest.mark.parametrize(
    ("key", "answer", "may"),
    [
        (template(), template(), True),
        (template(type=fill("BOMBING")), template(), True),
        (template(type=fill("KIDNAPPING")), template(), False),
        (template(), template(victim=fill("SOLDIERS")), False),
        (
            template(perpetrator=fill("GUERRILLAS")),
            template(victim=fill("SOLDIERS"), perpetrator=fill("GUERRILLAS")),
            True,
        ),
        (template(victim=[], date=A), template(date=A), True),
        (template(victim=[], date=A), template(date=B), False),
        (template(victim=[]), template(), False),
        (
            template(victim=[], date=A, location=fill("PERU")),
            template(date=A, location=fill("CHILE")),
            False,
        ),
    ],
    ids=[
        *("alike", "wider type", "other type", "other victims", "same perpetrator"),
        *("no content, same day", "no content, other day", "nothing shared", "other country"),
    ],
)
def test_a_template_is_found_by_its_type_and_by_who_was_hit_or_did_it(
    key: Template, answer: Template, may: bool
) -> None:
    assert may_pair(key, answer, SCORING) is may


def test_the_pairs_worth_most_together_are_taken() -> None:
    keys = [template("1", date=A), template("2", date=B)]
    answers = [template("x", date=B), template("y", date=A)]
    graded = grade_templates(keys, answers, SCORING)
    pairs = {(one.key.id, one.answer.id) for one in graded if one.key and one.answer}
    assert pairs == {("1", "y"), ("2", "x")}


MISSED = template("1", date=A)
FOUND = template("2", type=fill("KIDNAPPING"), date=B)
INVENTED = template("y", type=fill("ROBBERY"), date=C)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Row.ALL, Tally(correct=1, missing=1, spurious=1)),
        (Row.MATCHED_MISSING, Tally(correct=1, missing=1)),
        (Row.MATCHED_SPURIOUS, Tally(correct=1, spurious=1)),
        (Row.MATCHED, Tally(correct=1)),
    ],
)
def test_each_row_of_a_report_counts_its_own_templates(row: Row, told: Tally) -> None:
    graded = grade_templates([MISSED, FOUND], [FOUND, INVENTED], SCORING)
    assert tally_row(graded, ONE, row=row) == told
    assert tally_templates(graded) == Tally(correct=1, missing=1, spurious=1)


@pytest.mark.parametrize("answered", [True, False], ids=["answered", "not answered"])
def test_an_optional_template_costs_and_earns_nothing(answered: bool) -> None:
    key = template("1", optional=True, date=A)
    answers = [template("x", date=B, stage=fill("ATTEMPTED"))] if answered else []
    graded = grade_templates([key], answers, SCORING)
    assert tally_row(graded) == tally_templates(graded) == Tally()
    counted = tally_templates(graded, counts_optional=True)
    assert counted == (Tally(correct=1) if answered else Tally())


def test_a_template_that_is_asked_for_is_found_before_an_optional_one() -> None:
    keys = [template("1", optional=True, date=A), template("2", date=A)]
    assert tally_templates(grade_templates(keys, [template(date=A)], SCORING)) == Tally(correct=1)


@st.composite
def templates(draw: st.DrawFn) -> list[Template]:
    found: list[Template] = []
    for n in range(draw(st.integers(min_value=0, max_value=4))):
        victim = draw(st.sampled_from(["PEASANTS", "SOLDIERS", "TWO PEASANTS"]))
        found.append(
            template(
                str(n),
                type=fill(draw(st.sampled_from(["ATTACK", "BOMBING", "KIDNAPPING"]))),
                date=draw(st.sampled_from([A, B, C, MAYBE])),
                victim=fill(victim),
                number=fill("1", refs=[victim]),
            )
        )
    return found


@given(templates(), templates(), st.randoms())
def test_the_order_of_answers_never_matters(
    keys: list[Template], answers: list[Template], random: Random
) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)
    one, other = (grade_templates(keys, told, SCORING) for told in (answers, shuffled))
    for row in Row:
        assert tally_row(one, row=row) == tally_row(other, row=row)


@given(templates(), templates())
def test_every_fill_is_counted_exactly_once(keys: list[Template], answers: list[Template]) -> None:
    graded = grade_templates(keys, answers, SCORING)
    fills = [fill for one in graded for fill in one.fills]
    for told, side in ((keys, "key"), (answers, "answer")):
        wanted = sum(len(one.of(slot)) for one in told for slot in Slot)
        assert sum(getattr(fill, side) is not None for fill in fills) == wanted
