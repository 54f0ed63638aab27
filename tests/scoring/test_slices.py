from typing import Any

import pytest
from scorecells import article, cell, figure, told_incident

from eval.cells import Cell, CellKind, CellState
from eval.scores.sensitivity import Sensitivity
from eval.scores.slices import GATEABLE, Slice, pick_slices
from eval.scores.summary import summarise
from extractor.codes import Qualifier
from extractor.errors import UsageError

CORRECT, MISSED = CellState.CORRECT, CellState.MISSED


def slices(cells: list[Cell]) -> dict[str, Slice]:
    return {one.path: one for one in summarise(cells).slices}


def f1s(one: Slice) -> dict[str, float | None]:
    return {each.score.name: each.score.value for each in one.scores}


def set_of(articles: int, state: CellState = CORRECT, start: int = 0) -> list[Cell]:
    more: dict[str, Any] = {
        "phenomena": ("at_least",),
        "split": "gate",
        "strata": {"language": "en"},
    }
    return [
        one
        for n in range(start, start + articles)
        for one in (article(f"a{n:03}", **more), *told_incident(f"a{n:03}", state, **more))
    ]


def test_a_slice_is_the_headline_of_its_own_cells() -> None:
    other = [article("b"), *told_incident("b", MISSED, phenomena=("vague",), split="dev")]
    told = slices([*set_of(2), *other])
    assert f1s(told["phenomenon=at_least"]) == {"incident.f1": 1.0, "count.f1": 1.0}
    assert f1s(told["phenomenon=vague"]) == {"incident.f1": 0.0, "count.f1": 0.0}
    assert {"split=gate", "split=dev", "language=en", "incidents=1"} <= set(told)


def test_an_article_is_in_the_slice_of_its_number_of_incidents() -> None:
    cells = [article("a"), article("b"), article("c")]
    cells += [one for n in range(4) for one in told_incident("a", CORRECT, n)]
    cells += told_incident("b", CORRECT, 1)
    told = slices(cells)
    articles = {name: told[f"incidents={name}"].articles for name in ("0", "1", "3+")}
    assert articles == {"0": 1, "1": 1, "3+": 1}


def test_the_slices_of_golds_qualifier_have_recall_alone() -> None:
    lower = figure(5, Qualifier.AT_LEAST)
    cells = [article(), cell(CellKind.COUNT, MISSED, gold_number=lower)]
    cells += [cell(CellKind.COUNT, CORRECT, gold_number=lower)]
    cells += [cell(CellKind.COUNT, CellState.SPURIOUS, predicted_number=lower)]
    assert f1s(slices(cells)["qualifier=at_least"]) == {"count.recall": 0.5}


def test_a_small_slice_has_neither_interval_nor_detectable_change() -> None:
    for each in slices(set_of(19))["phenomenon=at_least"].scores:
        assert (each.score.interval, each.detectable, each.is_gateable) == (None, None, False)


@pytest.mark.parametrize(("articles", "gateable"), [(21, False), (60, True)])
def test_a_slice_guards_only_where_a_fall_of_fifteen_points_is_seen(
    articles: int, gateable: bool
) -> None:
    each = slices(set_of(articles))["phenomenon=at_least"].scores[1]
    assert each.detectable is not None
    assert (each.detectable <= GATEABLE) is each.is_gateable is gateable


def test_slices_can_be_asked_for_by_dimension_or_in_full() -> None:
    told = summarise(set_of(2)).slices
    assert [one.path for one in pick_slices(told, ["split"])] == ["split=gate"]
    assert [one.path for one in pick_slices(told, ["language=en"])] == ["language=en"]
    assert pick_slices(told, []) == told


@pytest.mark.parametrize("name", ["phenomenom", "phenomenon=atleast", "split="])
def test_a_slice_that_is_not_there_is_an_error_that_names_those_that_are(name: str) -> None:
    with pytest.raises(UsageError, match=r"phenomenon=at_least") as caught:
        pick_slices(summarise(set_of(2)).slices, [name])
    assert repr(name) in str(caught.value)


def test_the_name_of_a_part_alone_is_answered_with_its_slice() -> None:
    with pytest.raises(UsageError, match=r"is it 'phenomenon=at_least'\?") as caught:
        pick_slices(summarise(set_of(2)).slices, ["at_least"])
    assert "qualifier=exact" in str(caught.value)


def sensitivity(variants: dict[str, list[Cell]]) -> Sensitivity | None:
    first = next(iter(variants.values()))
    return summarise(first, variants=variants).sensitivity


def test_one_alignment_alone_says_nothing_of_sensitivity() -> None:
    assert sensitivity({"0.5": set_of(2)}) is None


def test_an_alignment_may_move_a_figure_by_more_than_five_points() -> None:
    first = set_of(30)
    near = [*first, *told_incident("a000", MISSED, 2)]
    far = [*set_of(26), *set_of(4, MISSED, start=26)]
    told = sensitivity({"0.5": first, "near": near, "far": far})
    assert told is not None
    assert [one.kind.value for one in told.moved] == ["incident", "count"]
    assert told.figures[1].values == {"0.5": 1.0, "near": 60 / 61, "far": 52 / 56}
    assert told.figures[1].moved == pytest.approx(1 - 52 / 56)


def test_an_alignment_that_hardly_moves_a_figure_does_not_move_it_far() -> None:
    first = set_of(60)
    told = sensitivity({"0.5": first, "0.4": [*first, *told_incident("a000", MISSED, 2)]})
    assert told is not None
    assert told.moved == ()
