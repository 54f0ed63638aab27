"""Two runs of one figure: the difference, its interval, and what chance could make of it."""

import itertools
import math

import numpy as np
import pytest
from comparing import table

from eval.comparing.paired import compare_paired, detectable_of, error_of, holm
from eval.ratios import Floats


def drawn(seed: int, stories: int = 60, *, fall: float = 0.0) -> tuple[Floats, Floats]:
    """Two runs with some 0.7 right; in the second a share `fall` of those right is lost."""
    draw = np.random.default_rng(seed)
    below = draw.integers(1, 8, stories).astype(float)
    old = draw.binomial(below.astype(int), 0.7).astype(float)
    new = draw.binomial(old.astype(int), 1 - fall).astype(float)
    return table(old, below), table(new, below)


def test_identical_runs_differ_by_nothing_and_p_is_one() -> None:
    old, _ = drawn(1)
    told = compare_paired(old, old.copy(), seed=0)
    assert told.delta == 0
    assert (told.p_value, told.p_lower, told.p_higher) == (1, 1, 1)
    assert told.interval is not None
    assert (told.interval.low, told.interval.high) == (0, 0)
    assert told.changed == 0


@pytest.mark.parametrize("seed", range(4))
def test_swapped_runs_give_the_negated_difference_and_the_same_p(seed: int) -> None:
    old, new = drawn(seed, fall=0.1)
    there, back = compare_paired(old, new, seed=0), compare_paired(new, old, seed=0)
    assert there.delta is not None
    assert back.delta == -there.delta
    assert back.p_value == there.p_value
    assert (back.p_lower, back.p_higher) == (there.p_higher, there.p_lower)
    assert there.interval is not None
    assert back.interval is not None
    assert (back.interval.low, back.interval.high) == (-there.interval.high, -there.interval.low)


def test_with_few_stories_every_swap_is_tried() -> None:
    old, new = table([1, 1, 1, 0, 1], [1, 1, 1, 1, 1]), table([0, 0, 0, 0, 1], [1, 1, 1, 1, 1])
    told = compare_paired(old, new, seed=0)
    # Three stories fell: one of the eight ways to swap them is as low.
    assert told.p_lower == pytest.approx(1 / 8)
    assert told.p_higher == 1
    assert told.p_value == pytest.approx(2 / 8)


def test_drawn_swaps_come_near_those_that_are_all_tried() -> None:
    old, new = drawn(3, stories=14, fall=0.3)
    differs = np.flatnonzero((old != new).any(axis=1))
    assert 3 < len(differs) < 13
    told = compare_paired(old, new, seed=0)
    ways: list[float] = []
    for swaps in itertools.product((False, True), repeat=len(differs)):
        one, other = old.copy(), new.copy()
        at = differs[np.array(swaps)]
        one[at], other[at] = new[at], old[at]
        ways.append(other[:, 0].sum() / other[:, 1].sum() - one[:, 0].sum() / one[:, 1].sum())
    assert told.delta is not None
    assert told.p_lower == pytest.approx(np.mean(np.array(ways) <= told.delta + 1e-12))
    few = compare_paired(old, new, seed=0, draws=len(ways) - 1)
    assert few.p_lower == pytest.approx(told.p_lower, abs=0.1)


def test_a_true_fall_is_seen_and_chance_is_not() -> None:
    fallen = compare_paired(*drawn(5, stories=180, fall=0.1), seed=0)
    assert fallen.delta is not None
    assert fallen.delta < 0
    assert fallen.p_lower < 0.001
    assert fallen.interval is not None
    assert fallen.interval.high < 0
    old, _ = drawn(6, stories=180)
    draw = np.random.default_rng(7)
    moved = old.copy()
    moved[:, 0] = np.clip(moved[:, 0] + draw.integers(-1, 2, 180) * (draw.random(180) < 0.1), 0, 7)
    moved[:, 0] = np.minimum(moved[:, 0], moved[:, 1])
    assert compare_paired(old, moved, seed=0).p_value > 0.05


def test_p_is_uniform_where_nothing_but_chance_differs() -> None:
    """Of many comparisons of one thing with itself, one in twenty has p below .05."""
    draw = np.random.default_rng(11)
    low = 0
    for _ in range(400):
        below = draw.integers(1, 5, 40).astype(float)
        one, other = (draw.binomial(below.astype(int), 0.6).astype(float) for _ in range(2))
        told = compare_paired(
            table(one, below), table(other, below), seed=0, draws=199, with_interval=False
        )
        low += told.p_lower <= 0.05
    assert 8 <= low <= 34  # 20 expected; a binomial is outside once in a thousand times


def test_the_standard_error_is_that_of_drawn_stories() -> None:
    old, new = drawn(9, stories=150, fall=0.15)
    error = error_of(old, new)
    assert error is not None
    draw = np.random.default_rng(0)
    deltas: list[float] = []
    for _ in range(4000):
        at = draw.integers(0, 150, 150)
        a, b = old[at].sum(axis=0), new[at].sum(axis=0)
        deltas.append(b[0] / b[1] - a[0] / a[1])
    assert error == pytest.approx(float(np.std(deltas)), rel=0.05)


def test_the_detectable_difference_is_two_and_a_half_standard_errors() -> None:
    assert detectable_of(0.02) == pytest.approx(0.02 * 2.4865, rel=1e-3)


def test_a_figure_over_nothing_has_no_difference() -> None:
    nothing = table([0, 0], [0, 0])
    told = compare_paired(nothing, nothing, seed=0)
    assert (told.before, told.after, told.delta, told.interval) == (None, None, None, None)
    assert told.p_value == 1
    gained = compare_paired(nothing, table([1, 1], [1, 1]), seed=0)
    assert (gained.before, gained.after, gained.delta) == (None, 1, None)


def test_under_twenty_stories_there_is_no_interval() -> None:
    old, new = drawn(2, stories=19, fall=0.3)
    told = compare_paired(old, new, seed=0)
    assert told.delta is not None
    assert told.interval is None
    assert told.floor is None


def test_the_bound_of_one_side_lies_within_the_interval() -> None:
    told = compare_paired(*drawn(8, fall=0.2), seed=0)
    assert told.interval is not None
    assert told.floor is not None
    assert told.ceiling is not None
    assert told.interval.low < told.floor < told.ceiling < told.interval.high


def test_tables_of_other_stories_are_refused() -> None:
    with pytest.raises(ValueError, match="same stories"):
        compare_paired(table([1], [1]), table([1, 1], [1, 1]), seed=0)


def test_holm_is_the_step_down_of_its_paper() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


def test_the_order_of_stories_does_not_show() -> None:
    old, new = drawn(4, fall=0.1)
    at = np.random.default_rng(0).permutation(len(old))
    one, other = compare_paired(old, new, seed=0), compare_paired(old[at], new[at], seed=0)
    assert one.delta == pytest.approx(other.delta)
    assert one.interval is not None
    assert other.interval is not None
    assert math.isclose(one.interval.low, other.interval.low, abs_tol=1e-3)


def test_a_difference_that_every_story_has_alike_has_no_spread() -> None:
    old, new = table([0] * 30, [1] * 30), table([1] * 30, [1] * 30)
    told = compare_paired(old, new, seed=0)
    assert told.interval is not None
    assert (told.delta, told.interval.low, told.interval.high) == (1, 1, 1)
    assert told.interval.method == "no spread"
