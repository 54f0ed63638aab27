"""A figure is right by its kind, and how far off it is is told in logarithms."""

import math

import pytest
from grading import figure
from hypothesis import given
from hypothesis import strategies as st

from eval.figures import (
    FigureState,
    endpoint_log_error,
    iou,
    is_correct,
    is_end_of,
    is_exact,
    is_hardened,
    is_near,
    is_same_figure,
    log_bias,
    relative_error,
    says_nobody,
    shown,
    state_of,
    told_number,
    within_gold_range,
)
from extractor.codes import Qualifier, Unit
from extractor.numerals import Number

Told = int | str | tuple[int, int]

WORDS: tuple[Told, ...] = (
    *(0, 1, 12, 13, 26, 120, (10, 15), (5, 6), "at least 26", "more than 25", "up to 12"),
    *("fewer than 20", "about 100", "nearly 40", "several", "dozens", "none", "unknown"),
)
numbers = st.one_of(
    st.sampled_from(WORDS).map(figure),
    st.integers(0, 2000).map(figure),
    st.tuples(st.integers(0, 50), st.integers(50, 90)).map(figure),
    st.tuples(st.sampled_from(["at least", "up to", "about"]), st.integers(1, 500)).map(
        lambda pair: figure(f"{pair[0]} {pair[1]}")
    ),
)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (12, FigureState.NUM),
        (0, FigureState.NUM),
        ("at least 12", FigureState.NUM),
        ("up to 12", FigureState.NUM),
        ((1, 2), FigureState.NUM),
        ("none", FigureState.NONE),
        ("dozens", FigureState.VAGUE),
        ("unknown", FigureState.UNKNOWN_NUMBER),
    ],
    ids=str,
)
def test_a_figure_has_one_state(told: Told, state: FigureState) -> None:
    assert state_of(figure(told)) is state


def test_no_figure_is_absent_and_not_nobody_d11() -> None:
    assert state_of(None) is FigureState.ABSENT
    assert len({state_of(None), state_of(figure("none")), state_of(figure(0))}) == 3


RIGHT: list[tuple[Told, Told]] = [
    (12, 12),
    ("at least 26", "more than 25"),
    ("more than 25", "at least 26"),
    ("up to 19", "fewer than 20"),
    ((10, 15), (10, 15)),
    ("dozens", "dozens"),
    ("dozens of", "Dozens"),
    ("a handful", "handful of"),
    ("unknown", "unknown"),
    ("none", "none"),
    ("about 100", "about 100"),
    ("about 100", 110),
    ("about 100", (90, 120)),
    ("nearly 40", 38),
]
WRONG: list[tuple[Told, Told]] = [
    (12, 13),
    (12, 120),
    (12, "at least 12"),
    ("at least 12", 12),
    ("at least 12", "up to 12"),
    ((10, 15), 12),
    ((10, 15), (10, 16)),
    (12, (0, 1000)),
    ("about 100", 130),
    ("about 100", (0, 1000)),
    ("about 100", "at least 100"),
    ("about 2", 3),
    ("dozens", "scores"),
    ("dozens", 36),
    ("dozens", "unknown"),
    ("unknown", 12),
    (12, "unknown"),
    (0, "none"),
    ("none", 0),
    ("none", 5),
    (5, "none"),
    ("unknown", "none"),
]


@pytest.mark.parametrize(("gold", "predicted"), RIGHT, ids=str)
def test_a_figure_is_right_by_the_kind_of_the_gold_one(gold: Told, predicted: Told) -> None:
    assert is_correct(figure(gold), figure(predicted))


@pytest.mark.parametrize(("gold", "predicted"), WRONG, ids=str)
def test_a_figure_of_another_size_kind_or_openness_is_wrong(gold: Told, predicted: Told) -> None:
    assert not is_correct(figure(gold), figure(predicted))


def test_two_tolls_are_never_read_as_one_string_of_digits_d1() -> None:
    assert not is_correct(figure(12), figure(125))
    assert not is_correct(figure(5), figure(125))


@pytest.mark.parametrize("told", [(10, 15), "dozens"], ids=str)
def test_ranges_and_vague_words_equal_themselves_d2(told: Told) -> None:
    assert is_correct(figure(told), figure(told))


def test_the_comparison_is_no_partial_credit_d10() -> None:
    told = [(5, 10, math.log(11 / 6)), (0, 1, math.log(2)), (3, 4, math.log(5 / 4))]
    told.append((105, 100, math.log(106 / 101)))
    for gold, predicted, error in told:
        assert not is_correct(figure(gold), figure(predicted))
        assert endpoint_log_error(figure(gold), figure(predicted)) == pytest.approx(error)


@pytest.mark.parametrize(
    ("gold", "predicted", "error"),
    [
        (12, 13, 0.07),
        (12, 24, 0.65),
        (12, 120, 2.23),
        (12, (0, 1000), 3.45),
        ((10, 15), 12, 0.19),
        (0, 1, 0.69),
        ("at least 12", 12, 0.0),
        (300, 400, 0.29),
    ],
    ids=str,
)
def test_the_error_of_the_bounds_is_the_published_one(
    gold: Told, predicted: Told, error: float
) -> None:
    told = endpoint_log_error(figure(gold), figure(predicted))
    assert told is not None
    assert round(told, 2) == error


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [("at least 12", "up to 12"), ("dozens", 12), (12, "unknown"), ("none", 5), ("none", "none")],
    ids=str,
)
def test_figures_without_a_common_bound_have_no_error(gold: Told, predicted: Told) -> None:
    assert endpoint_log_error(figure(gold), figure(predicted)) is None
    assert log_bias(figure(gold), figure(predicted)) is None
    assert relative_error(figure(gold), figure(predicted)) is None


def test_the_bias_has_a_sign_and_the_relative_error_a_limit() -> None:
    assert log_bias(figure(12), figure(24)) == pytest.approx(math.log(25 / 13))
    assert log_bias(figure(24), figure(12)) == pytest.approx(-math.log(25 / 13))
    assert relative_error(figure(100), figure(150)) == pytest.approx(0.5)
    assert relative_error(figure(0), figure(3)) == pytest.approx(3.0)
    assert relative_error(figure(1), figure(5000)) == 10.0


@pytest.mark.parametrize(
    ("gold", "predicted", "near"),
    [
        (100, 108, True),
        (100, 112, False),
        (5, 6, False),
        (4, 5, False),
        ("at least 100", "at least 105", True),
        ("at least 100", 105, False),
        ("dozens", "dozens", True),
    ],
    ids=str,
)
def test_near_is_within_a_tenth_above_five(gold: Told, predicted: Told, near: bool) -> None:
    assert is_near(figure(gold), figure(predicted)) is near


def test_figures_of_hundreds_of_digits_are_measured_like_all_others() -> None:
    small, huge, other = figure(12), figure(10**400), figure((10**400, 2 * 10**400))
    assert endpoint_log_error(small, huge) == pytest.approx(400 * math.log(10) - math.log(13))
    assert log_bias(huge, small) == pytest.approx(math.log(13) - 400 * math.log(10))
    assert log_bias(huge, other) == pytest.approx(math.log(1.5))
    assert relative_error(small, huge) == 10.0
    assert relative_error(huge, small) == pytest.approx(1.0)
    assert relative_error(huge, other) == pytest.approx(0.5)
    assert iou(huge, other) == pytest.approx(0.0)
    assert within_gold_range(other, huge) is True
    assert is_near(huge, figure(10**400 + 1))
    assert not is_correct(figure(f"about {10**400}"), small)


@pytest.mark.parametrize(
    ("told", "nobody"),
    [
        *(("none", True), (0, True), ("up to 0", True), ((0, 0), True), ("fewer than 1", True)),
        *(("about 0", True), (1, False), ((0, 3), False), ("at least 0", False)),
        ("several", False),
    ],
    ids=str,
)
def test_nobody_is_said_in_more_words_than_one(told: Told, nobody: bool) -> None:
    assert says_nobody(figure(told)) is nobody


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        (26, "at least 26", True),
        ("more than 300", 300, True),
        ("dozens", "Dozens", True),
        (26, 27, False),
        ((5000, 8000), 5000, False),
        ("none", "none", False),
        ("unknown", "unknown", False),
    ],
    ids=str,
)
def test_one_figure_may_lose_its_openness_on_the_way(
    gold: Told, predicted: Told, same: bool
) -> None:
    assert is_same_figure(figure(gold), figure(predicted)) is same


def test_an_end_of_a_range_is_none_of_families_or_of_one_number() -> None:
    assert is_end_of(figure((5, 8)), figure("at least 5"))
    assert not is_end_of(figure((5, 8)), figure(6))
    assert not is_end_of(figure((5, 8)), figure(5, unit=Unit.FAMILIES))
    assert not is_end_of(figure(5), figure(5))


def test_only_the_predicted_interval_may_lie_inside_the_gold_one() -> None:
    assert within_gold_range(figure((10, 15)), figure(12)) is True
    assert within_gold_range(figure(12), figure((0, 1000))) is False
    assert within_gold_range(figure("at least 10"), figure(12)) is True
    assert within_gold_range(figure("at least 10"), figure("up to 12")) is False
    assert within_gold_range(figure("dozens"), figure(36)) is None


def test_the_overlap_of_intervals_counts_whole_numbers() -> None:
    assert iou(figure((10, 15)), figure((12, 19))) == pytest.approx(4 / 10)
    assert iou(figure(12), figure(12)) == 1.0
    assert iou(figure(12), figure(13)) == 0.0
    assert iou(figure("at least 12"), figure(12)) is None


@pytest.mark.parametrize(
    ("gold", "predicted", "hardened"),
    [
        ("at least 26", 26, True),
        ("about 100", 100, True),
        ("dozens", 36, True),
        ((10, 15), 12, True),
        ("unknown", 3, True),
        (26, 26, False),
        ("at least 26", "more than 25", False),
        ("at least 26", "about 26", False),
        ("none", 3, False),
        ("dozens", "none", False),
    ],
    ids=str,
)
def test_hardened_is_less_than_a_number_given_as_one(
    gold: Told, predicted: Told, hardened: bool
) -> None:
    assert is_hardened(figure(gold), figure(predicted)) is hardened


def test_the_unicode_form_of_a_vague_word_does_not_count() -> None:
    composed, decomposed = "dezenas de v\u00edtimas", "dezenas de vi\u0301timas"
    assert composed != decomposed
    assert is_correct(figure(composed), figure(decomposed))


def test_bodies_are_persons_and_families_are_not() -> None:
    families = figure(12, unit=Unit.FAMILIES)
    assert is_correct(figure(12), figure(12, unit=Unit.BODIES))
    assert not is_correct(figure(12), families)
    assert not is_near(figure(12), families)
    assert endpoint_log_error(figure(12), families) is None


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (26, "26"),
        ((10, 15), "10-15"),
        ("at least 26", "at least 26"),
        ("more than 25", "more than 25"),
        ("up to 12", "up to 12"),
        ("fewer than 20", "fewer than 20"),
        ("about 100", "about 100"),
        ("nearly 40", "nearly 40"),
        ("several", "several"),
        ("none", "none"),
        ("unknown", "unknown number"),
    ],
    ids=str,
)
def test_a_figure_is_shown_as_it_would_be_said(told: Told, words: str) -> None:
    assert shown(figure(told)) == words


def test_families_are_named_and_no_figure_is_a_dash() -> None:
    assert shown(figure(3, unit=Unit.FAMILIES)) == "3 families"
    assert shown(None) == "-"


@given(numbers)
def test_every_figure_is_right_against_itself(number: Number) -> None:
    assert is_correct(number, number)
    assert is_near(number, number)
    assert not is_hardened(number, number)
    assert endpoint_log_error(number, number) in (None, 0.0)


@given(numbers, numbers)
def test_a_right_figure_has_the_state_and_openness_of_gold(one: Number, other: Number) -> None:
    if is_correct(one, other):
        assert state_of(one) is state_of(other)
        assert (one.lower is None, one.upper is None) == (other.lower is None, other.upper is None)


@given(numbers, numbers)
def test_the_error_is_symmetric_and_zero_only_for_equal_bounds(one: Number, other: Number) -> None:
    error = endpoint_log_error(one, other)
    assert error == endpoint_log_error(other, one)
    if is_exact(one, other):
        assert error == 0.0
    if error == 0.0 and told_number(one) is not None:
        assert {one.lower, one.upper} & {other.lower, other.upper}


@given(st.integers(21, 5000))
def test_only_about_and_nearly_leave_room(n: int) -> None:
    for words in ("about", "nearly"):
        assert is_correct(figure(f"{words} {n}"), figure(n + 1))
    for words in ("at least", "up to"):
        assert not is_correct(figure(f"{words} {n}"), figure(f"{words} {n + 1}"))
    assert figure(f"about {n}").qualifier is Qualifier.APPROXIMATELY
