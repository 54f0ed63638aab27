"""Dates become cells: right, off, copied from the publication, made up, rightly not told."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from grading import PUBLISHED, align_by_id, alternative, case, incident, when
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cells import Cell, CellState, Harm, Mistake, to_jsonl
from eval.scoring.dates import date_cells, is_relative
from extractor.codes import DatePrecision
from extractor.records import Incident, When

CORRECT, WRONG, MISSED, SPURIOUS, ABSTAINED, EXCUSED = (
    CellState.CORRECT,
    CellState.WRONG,
    CellState.MISSED,
    CellState.SPURIOUS,
    CellState.ABSTAINED,
    CellState.EXCUSED,
)
DAY = date(2016, 11, 30)  # the day before the publication
WEEK = when(date(2016, 11, 28), date(2016, 12, 4), DatePrecision.WEEK)
BEFORE = when(None, PUBLISHED, DatePrecision.ON_OR_BEFORE, expression=None)
UNKNOWN = when(None, None, DatePrecision.UNKNOWN)
TODAY = when(PUBLISHED)


def cells_of(gold: When, predicted: When, **labels: Any) -> list[Cell]:
    return date_cells(case([incident(when=gold)], [incident(when=predicted)], **labels))


@pytest.mark.parametrize(
    ("gold", "predicted", "state", "mistake", "days_off"),
    [
        pytest.param(when(DAY), when(DAY, expression="x"), CORRECT, None, 0, id="the same"),
        pytest.param(WEEK, WEEK, CORRECT, None, 0, id="the same week"),
        pytest.param(
            when(DAY), when(date(2016, 11, 28)), WRONG, Mistake.WRONG_DAY, 2, id="another day"
        ),
        pytest.param(
            when(DAY), TODAY, WRONG, Mistake.PUBLICATION_DATE, 1, id="the day of publication"
        ),
        pytest.param(WEEK, TODAY, WRONG, Mistake.PUBLICATION_DATE, 3, id="that for a week"),
        pytest.param(
            when(DAY), when(date(2015, 11, 30)), WRONG, Mistake.WRONG_YEAR, 366, id="another year"
        ),
        pytest.param(
            when(DAY), when(date(2016, 10, 30)), WRONG, Mistake.WRONG_MONTH, 31, id="another month"
        ),
        pytest.param(
            when(DAY),
            when(DAY, None, DatePrecision.PART_OF_DAY),
            CORRECT,
            None,
            0,
            id="the day as part of it",
        ),
        pytest.param(when(DAY), WEEK, WRONG, Mistake.WRONG_PRECISION, 3, id="a week for a day"),
        pytest.param(
            when(DAY),
            when(date(2016, 1, 1), date(2016, 12, 31), DatePrecision.YEAR),
            WRONG,
            Mistake.WRONG_PRECISION,
            182.5,
            id="a year around the day is far off",
        ),
        pytest.param(when(DAY), BEFORE, MISSED, Mistake.MISSED, None, id="none told"),
        pytest.param(when(DAY), UNKNOWN, MISSED, Mistake.MISSED, None, id="none understood"),
    ],
)
def test_a_stated_date_becomes_a_cell(
    gold: When,
    predicted: When,
    state: CellState,
    mistake: Mistake | None,
    days_off: float | None,
) -> None:
    [cell] = cells_of(gold, predicted)
    assert (cell.state, cell.mistake) == (state, mistake)
    assert cell.measures.get("days_off") == days_off
    assert cell.opportunities == cell.harms == ()
    assert cell.slice == gold.precision.value


@pytest.mark.parametrize("gold", [BEFORE, UNKNOWN], ids=["on or before", "unknown"])
@pytest.mark.parametrize(
    ("predicted", "state", "mistake"),
    [
        pytest.param(BEFORE, ABSTAINED, None, id="on or before"),
        pytest.param(UNKNOWN, ABSTAINED, None, id="unknown"),
        pytest.param(when(DAY), SPURIOUS, Mistake.INVENTED_DATE, id="made up"),
        pytest.param(TODAY, SPURIOUS, Mistake.PUBLICATION_DATE, id="publication"),
    ],
)
def test_where_no_date_is_stated_every_date_is_made_up(
    gold: When, predicted: When, state: CellState, mistake: Mistake | None
) -> None:
    [cell] = cells_of(gold, predicted)
    assert (cell.state, cell.mistake) == (state, mistake)
    assert cell.opportunities == (Harm.DATE_INVENTED,)
    assert cell.harms == ((Harm.DATE_INVENTED,) if state is SPURIOUS else ())


def test_always_the_day_of_publication_is_found_out() -> None:
    whens = {"i1": when(DAY), "i2": BEFORE, "i3": TODAY}
    gold = [incident(name, when=one) for name, one in whens.items()]
    copied = [incident(name, when=TODAY) for name in whens]
    cells = date_cells(case(gold, copied))
    assert [(one.state, one.mistake) for one in cells] == [
        (WRONG, Mistake.PUBLICATION_DATE),
        (SPURIOUS, Mistake.PUBLICATION_DATE),
        (CORRECT, None),
    ]
    assert [one.codes["publication_date"] for one in cells] == ["yes", "yes", "yes"]


def test_parts_tell_how_near_a_date_is() -> None:
    [cell] = cells_of(when(DAY), when(date(2016, 11, 27)))
    assert cell.parts == {
        "exact": False,
        "overlap": False,
        "precision": True,
        "within_1": False,
        "within_7": True,
    }
    [cell] = cells_of(WEEK, when(DAY))
    assert (cell.parts["overlap"], cell.parts["precision"]) == (True, False)
    [cell] = cells_of(when(DAY, precision=DatePrecision.PART_OF_DAY), when(DAY))
    assert cell.parts["precision"]


@pytest.mark.parametrize(
    ("predicted", "overlap"),
    [
        pytest.param(when(None, DAY, DatePrecision.DAYS), True, id="itself"),
        pytest.param(when(None, TODAY.end, DatePrecision.DAYS), True, id="open, too"),
        pytest.param(when(DAY), True, id="the last day of it"),
        pytest.param(when(DAY + timedelta(days=1)), False, id="the day after"),
    ],
)
def test_days_of_which_the_first_is_not_told_are_open(predicted: When, overlap: bool) -> None:
    [cell] = cells_of(when(None, DAY, DatePrecision.DAYS), predicted)
    assert cell.parts["overlap"] is overlap


@pytest.mark.parametrize(
    ("predicted", "state"),
    [
        pytest.param(when(DAY), CORRECT, id="the first reading"),
        pytest.param(WEEK, CORRECT, id="the second"),
        pytest.param(when(date(2016, 11, 29)), WRONG, id="none"),
    ],
)
def test_every_reading_of_gold_is_right(predicted: When, state: CellState) -> None:
    [cell] = cells_of(when(DAY), predicted, alternatives=[alternative("i1", when=WEEK)])
    assert cell.state is state


@pytest.mark.parametrize(
    ("predicted", "state"), [(BEFORE, ABSTAINED), (when(DAY), CORRECT), (TODAY, SPURIOUS)]
)
def test_where_a_reading_has_a_date_silence_is_right_too_and_none_is_made_up(
    predicted: When, state: CellState
) -> None:
    reading = alternative("i1", when=when(DAY))
    [cell] = cells_of(BEFORE, predicted, alternatives=[reading])
    assert (cell.state, cell.opportunities) == (state, ())


def test_where_a_reading_has_no_date_silence_is_right() -> None:
    reading = alternative("i1", when=BEFORE)
    [cell] = cells_of(when(DAY), UNKNOWN, alternatives=[reading])
    assert cell.state is ABSTAINED
    [missed] = date_cells(case([incident(when=when(DAY))], None, alternatives=[reading]))
    assert missed.state is MISSED


@pytest.mark.parametrize("predicted", [None, ()], ids=["no prediction", "an empty one"])
def test_a_missed_incident_misses_its_date_and_keeps_its_opportunity(
    predicted: tuple[Incident, ...] | None,
) -> None:
    gold = [incident("i1"), incident("i2", when=BEFORE)]
    cells = date_cells(case(gold, predicted))
    assert [(one.state, one.opportunities) for one in cells] == [
        (MISSED, ()),
        (ABSTAINED, (Harm.DATE_INVENTED,)),
    ]


def test_an_incident_too_many_has_a_date_too_many_and_is_no_opportunity() -> None:
    read = [incident("i1"), incident("i8"), incident("i9", when=BEFORE)]
    alignment = align_by_id(read[:1], read, extra="split", of=0)
    [_, cell] = date_cells(case(read[:1], read, alignment=alignment))
    assert (cell.state, cell.mistake, cell.opportunities) == (SPURIOUS, Mistake.SPLIT, ())


@pytest.mark.parametrize("gold", [when(DAY), BEFORE], ids=["stated", "not stated"])
def test_the_date_of_an_optional_incident_is_excused(gold: When) -> None:
    told = case([incident(background=True, when=gold)], [incident(when=TODAY)])
    [cell] = date_cells(told)
    assert (cell.state, cell.opportunities, cell.harms) == (EXCUSED, (), ())


@pytest.mark.parametrize(
    ("expression", "relative"),
    [
        ("Wednesday", True),
        ("two days ago", True),
        ("last March", True),
        ("on 30 November last year", True),
        ("Wednesday, 30 November", False),
        ("2016-11-30", False),
        ("30/11", False),
        (None, False),
    ],
)
def test_words_that_lean_on_another_day_are_relative(
    expression: str | None, relative: bool
) -> None:
    assert is_relative(expression) is relative


WHENS = st.one_of(
    st.sampled_from([BEFORE, UNKNOWN, WEEK, TODAY]),
    st.integers(-400, 3).map(lambda days: when(DAY + timedelta(days=days))),
)
INCIDENTS = st.lists(WHENS, max_size=3).map(
    lambda whens: [incident(f"i{n}", when=one) for n, one in enumerate(whens)]
)


@settings(max_examples=40, deadline=None)
@given(INCIDENTS, INCIDENTS, st.randoms(use_true_random=False))
def test_gold_against_itself_is_right_and_the_order_does_not_matter(
    gold: list[Incident], predicted: list[Incident], random: Random
) -> None:
    own = date_cells(case(gold, gold))
    assert all(one.state in (CORRECT, ABSTAINED) and not one.harms for one in own)
    first = to_jsonl(date_cells(case(gold, predicted)))
    gold, predicted = random.sample(gold, len(gold)), random.sample(predicted, len(predicted))
    again = to_jsonl(date_cells(case(gold, predicted)))
    assert sorted(first.splitlines()) == sorted(again.splitlines())
