import pytest
from scorecells import article, cell, told_incident

from eval.cells import Cell, CellKind, CellState, Harm
from eval.scores.harms import HarmScore
from eval.scores.summary import summarise

LEAK = Harm.CUMULATIVE_LEAK


def harms(cells: list[Cell], *, intervals: bool = True) -> dict[Harm, HarmScore]:
    return {one.harm: one for one in summarise(cells, intervals=intervals).harms}


def claims(articles: int, each: int, *, harmful: int = 0, harm: Harm = LEAK) -> list[Cell]:
    """Count claims, so many in each article, the first of which do harm."""
    return [
        cell(
            CellKind.COUNT,
            CellState.WRONG if n < harmful else CellState.CORRECT,
            f"a{n // each:03}",
            opportunities=(harm,),
            harms=(harm,) if n < harmful else (),
        )
        for n in range(articles * each)
    ]


def test_a_harm_is_counted_against_its_opportunities_and_beside_its_recall() -> None:
    told = harms([article(), *claims(30, 2, harmful=3), *told_incident("a000", CellState.MISSED)])
    assert told[LEAK].rate.counts == {"right": 3, "of": 60}
    assert told[LEAK].rate.value == 0.05
    assert told[LEAK].recall.counts == {"right": 57, "of": 61}


def test_a_harm_without_an_opportunity_has_no_rate() -> None:
    told = harms([article(), *told_incident("a", CellState.CORRECT)])
    assert {(one.rate.value, one.upper, one.verdict) for one in told.values()} == {
        (None, None, "not certifiable")
    }
    assert list(told) == list(Harm)


def test_saying_nothing_does_no_harm_and_shows_no_recall() -> None:
    silent = [
        one.model_copy(update={"state": CellState.MISSED, "harms": ()})
        for one in claims(30, 2, harmful=3)
    ]
    told = harms([article(), *silent])[LEAK]
    assert (told.rate.value, told.recall.value) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("articles", "each", "harmful", "verdict"),
    [
        pytest.param(30, 5, 0, "not certifiable", id="150 opportunities"),
        pytest.param(298, 1, 0, "not certifiable", id="298 opportunities"),
        pytest.param(600, 1, 0, "certified", id="600 opportunities, no harm"),
        pytest.param(400, 1, 4, "not certified", id="400 opportunities, four harms"),
        pytest.param(10, 60, 0, "not certifiable", id="600 opportunities in ten stories"),
    ],
)
def test_a_harm_is_certified_only_with_enough_opportunities(
    articles: int, each: int, harmful: int, verdict: str
) -> None:
    assert harms(claims(articles, each, harmful=harmful))[LEAK].verdict == verdict


def test_nothing_is_certified_without_an_interval() -> None:
    assert harms(claims(600, 1), intervals=False)[LEAK].verdict == "not certifiable"


def test_no_harm_seen_is_bounded_by_the_number_of_opportunities() -> None:
    told = harms(claims(100, 1))[LEAK]
    assert told.rate.value == 0.0
    assert told.upper == pytest.approx(0.037, abs=0.004)  # three over a hundred, a little wider


def test_the_toll_view_counts_no_harm_twice() -> None:
    cells = claims(30, 1, harmful=2)
    tolls = [one.model_copy(update={"kind": CellKind.TOLL}) for one in cells]
    assert harms(cells)[LEAK].rate == harms([*cells, *tolls])[LEAK].rate


@pytest.mark.parametrize(
    ("harm", "name"),
    [(Harm.OVER_ASSERTION, "blame"), (Harm.DATE_INVENTED, "date"), (Harm.FALSE_NONE, "count")],
)
def test_each_harm_stands_beside_the_recall_of_its_own_kind(harm: Harm, name: str) -> None:
    assert harms([article()])[harm].recall.name == f"{name}.recall"
