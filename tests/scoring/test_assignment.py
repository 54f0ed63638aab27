"""Who goes with whom: the threshold inside the assignment, and what the second-best one costs."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.assignment import assign

Matrix = list[list[float | None]]


def test_a_forbidden_pair_does_not_cost_a_good_one() -> None:
    # Largest sum first and the threshold afterwards takes .65 + .65 and loses both.
    found = assign([[0.9, 0.65], [0.65, 0.0]], threshold=0.7)
    assert found.pairs == ((0, 0),)


def test_two_pairs_that_barely_reach_the_threshold_do_not_break_a_certain_one() -> None:
    found = assign([[0.95, 0.50], [0.50, None]], threshold=0.5)
    assert found.pairs == ((0, 0),)
    assert found.surplus == pytest.approx(0.46)
    assert found.margin == pytest.approx(0.44)


@pytest.mark.parametrize(
    ("similarities", "pairs"),
    [
        pytest.param(list[list[float]](), (), id="no rows"),
        pytest.param([list[float](), list[float]()], (), id="no columns"),
        pytest.param([[None, None]], (), id="none that may be"),
        pytest.param([[0.49]], (), id="under the threshold"),
        pytest.param([[0.5]], ((0, 0),), id="on the threshold"),
        pytest.param([[0.8, 0.9, 0.7]], ((0, 1),), id="more columns than rows"),
        pytest.param([[0.8], [0.9], [0.7]], ((1, 0),), id="more rows than columns"),
        pytest.param([[0.9, 0.8], [0.8, None]], ((0, 1), (1, 0)), id="two good pairs beat one"),
    ],
)
def test_pairs_are_the_best_of_those_that_may_be(
    similarities: Matrix, pairs: tuple[tuple[int, int], ...]
) -> None:
    assert assign(similarities, threshold=0.5).pairs == pairs


@pytest.mark.parametrize(
    ("similarities", "margin"),
    [
        pytest.param(list[list[float]](), None, id="nothing to assign"),
        pytest.param([[0.3]], None, id="no pair may be"),
        pytest.param([[0.6]], 0.11, id="the other is to stay alone"),
        pytest.param([[0.9, 0.9]], 0.0, id="two columns alike"),
        pytest.param([[0.9, 0.8], [0.8, 0.9]], 0.2, id="crosswise"),
    ],
)
def test_the_margin_is_what_the_best_other_assignment_lacks(
    similarities: Matrix, margin: float | None
) -> None:
    found = assign(similarities, threshold=0.5).margin
    assert found == (None if margin is None else pytest.approx(margin))
    assert assign(similarities, threshold=0.5, with_margin=False).margin is None


def test_a_bonus_decides_between_equals_and_lifts_nobody_over_the_threshold() -> None:
    assert assign([[0.7, 0.7]], threshold=0.5, bonus=[[0.0, 0.1]]).pairs == ((0, 1),)
    assert assign([[0.4]], threshold=0.5, bonus=[[0.9]]).pairs == ()


likeness = st.none() | st.integers(0, 100).map(lambda n: n / 100)
matrices = st.tuples(st.integers(0, 4), st.integers(0, 4)).flatmap(
    lambda size: st.lists(
        st.lists(likeness, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def _best_of_all(similarities: Matrix) -> float:
    columns = len(similarities[0]) if similarities else 0
    places = [*range(columns), *([-1] * len(similarities))]
    totals = [0.0]
    for chosen in permutations(places, len(similarities)):
        told = [
            row[column] for row, column in zip(similarities, chosen, strict=True) if column >= 0
        ]
        totals.append(sum(one - 0.5 + 0.01 for one in told if one is not None and one >= 0.5))
    return max(totals)


@given(matrices)
@settings(max_examples=60, deadline=None)
def test_no_assignment_is_better_and_nobody_is_assigned_twice(similarities: Matrix) -> None:
    found = assign(similarities, threshold=0.5)
    rows, columns = [row for row, _ in found.pairs], [column for _, column in found.pairs]
    assert len(set(rows)) == len(rows)
    assert len(set(columns)) == len(columns)
    assert all((similarities[row][column] or 0) >= 0.5 for row, column in found.pairs)
    best = _best_of_all(similarities)
    assert found.surplus == pytest.approx(best)


@given(matrices, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_and_columns_changes_neither_surplus_nor_margin(
    similarities: Matrix, shuffle: Random
) -> None:
    order = list(range(len(similarities)))
    across = list(range(len(similarities[0]) if similarities else 0))
    for places in (order, across):
        shuffle.shuffle(places)
    shuffled = [[similarities[row][column] for column in across] for row in order]
    one, other = assign(similarities, threshold=0.5), assign(shuffled, threshold=0.5)
    assert one.surplus == pytest.approx(other.surplus)
    assert (one.margin is None) == (other.margin is None)
    assert abs((one.margin or 0) - (other.margin or 0)) < 1e-9


def test_a_long_article_is_assigned_at_once() -> None:
    rows: Matrix = [
        [(7 * row + 13 * column) % 101 / 101 for column in range(10)] for row in range(60)
    ]
    found = assign(rows, threshold=0.5)
    assert len(found.pairs) == 10
    assert found.margin is not None
