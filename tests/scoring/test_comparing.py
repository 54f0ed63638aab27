"""Two runs compared: every figure, and every claim that one has right and the other wrong."""

import json
from typing import Any

import pytest
from comparing import cells, side
from scorecells import article, cell

from eval.cells import Cell, CellKind, CellState, Harm, Mistake
from eval.comparing.comparison import compare_sides
from eval.comparing.items import Change, items_of, mistakes_in, tally_of
from eval.comparing.metrics import metric_of, metrics, table_of
from eval.comparing.sides import Side
from eval.scores.gauge import Gauge
from eval.scores.harms import harms_of
from eval.scores.headline import headline_of
from extractor.codes import InputOutcome

RIGHT, WRONG, MISSED = CellState.CORRECT, CellState.WRONG, CellState.MISSED
INVENTED = CellState.SPURIOUS
MIXED = [RIGHT, WRONG, MISSED, INVENTED] * 6


def test_identical_runs_do_not_differ() -> None:
    told = compare_sides(side(MIXED), side(MIXED), draws=199)
    assert told.is_valid
    assert all(one.delta in (0, None) and one.p_value == 1 for one in told.differences)
    assert tally_of(told.items)[Change.BROKEN] == tally_of(told.items)[Change.FIXED] == 0
    assert tally_of(told.items)[Change.STILL_WRONG] > 0


def test_swapped_runs_give_negated_differences_and_the_same_p() -> None:
    one, other = side(MIXED), side([RIGHT, RIGHT, MISSED, INVENTED] * 6)
    there, back = compare_sides(one, other, draws=199), compare_sides(other, one, draws=199)
    for a, b in zip(there.differences, back.differences, strict=True):
        assert (a.delta is None) == (b.delta is None)
        assert a.delta is None or a.delta == -(b.delta or 0)
        assert (a.p_value, a.p_holm) == (b.p_value, b.p_holm)
    old, new = tally_of(there.items), tally_of(back.items)
    assert old[Change.FIXED] == new[Change.BROKEN] > 0
    assert old[Change.STILL_WRONG] == new[Change.STILL_WRONG]


def test_every_figure_is_that_of_the_report_of_one_run() -> None:
    """A comparison counts cells its own way; no figure may differ from the one people know."""
    told = cells(MIXED)
    stories = sorted({one.story_id for one in told})
    gauge = Gauge(intervals=False)
    known = {one.accuracy.name: one.accuracy.value for one in headline_of(told, gauge)}
    known |= {one.f1.name: one.f1.value for one in headline_of(told, gauge)}
    known |= {one.recall.name: one.recall.value for one in headline_of(told, gauge)}
    known |= {one.rate.name: one.rate.value for one in harms_of(told, gauge)}
    compared = [one for one in metrics() if one.name in known]
    assert len(compared) == len(metrics()) - 1  # all but the failed articles
    for metric in compared:
        above, below = table_of(metric, told, stories).sum(axis=0)
        assert (above / below if below else None) == pytest.approx(known[metric.name])


def test_qualities_and_harms_are_one_family() -> None:
    told = compare_sides(side(MIXED), side(MIXED[1:] + MIXED[:1]), draws=199)
    gated = [one for one in told.differences if one.p_holm is not None]
    assert gated == list(told.gated)
    assert {one.role for one in gated} == {"primary", "safety"}
    assert {one.name for one in gated} >= {
        "incident.accuracy",
        "count.accuracy",
        "place.accuracy",
        "blame.accuracy",
        "harm.over_assertion",
        "harm.invented_perpetrator",
        "harm.hallucinated_count",
        "article.failed",
    }
    assert all(one.p_holm is not None and one.p_holm >= one.p_value for one in gated)


def test_a_harm_that_rises_is_a_loss() -> None:
    opportunity = {"opportunities": (Harm.FALSE_NONE,)}
    clean = [
        one
        for n in range(30)
        for one in (article(f"a{n}"), cell(CellKind.COUNT, WRONG, f"a{n}", **opportunity))
    ]
    harmed = [
        one.model_copy(update={"harms": (Harm.FALSE_NONE,)}) if one.opportunities else one
        for one in clean
    ]
    told = compare_sides(_of(clean), _of(harmed), draws=199).of("harm.false_none")
    assert (told.before, told.after, told.delta, told.gain) == (0, 1, 1, -1)
    assert told.p_worse < 0.05
    assert told.least_gain is not None
    assert told.least_gain <= -1


def test_failed_articles_are_counted() -> None:
    failed = [article(f"a{n}", outcome=InputOutcome.INVALID) for n in range(3)]
    read = [article(f"a{n}") for n in range(3)]
    told = compare_sides(_of(read), _of(failed), draws=199).of("article.failed")
    assert (told.counts_before, told.counts_after) == ((0, 3), (3, 3))


@pytest.mark.parametrize("outcome", ["absent", InputOutcome.INFRA_ERROR])
def test_an_article_without_an_answer_makes_the_comparison_invalid(outcome: str) -> None:
    told = compare_sides(
        side(MIXED), _of([*cells(MIXED[1:]), article("a23", outcome=outcome)]), draws=199
    )
    assert not told.is_valid
    assert "never answered" in (told.reason or "")


def test_other_articles_make_the_comparison_invalid() -> None:
    told = compare_sides(side(MIXED), side(MIXED[:-1]), draws=199)
    assert not told.is_valid
    assert "same articles" in (told.reason or "")


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ([RIGHT], [WRONG], Change.BROKEN),
        ([RIGHT], [MISSED], Change.BROKEN),
        ([WRONG], [RIGHT], Change.FIXED),
        ([MISSED], [WRONG], Change.STILL_WRONG),
        ([RIGHT, WRONG], [RIGHT, RIGHT], Change.UNSTABLE),
        ([RIGHT, RIGHT], [RIGHT, MISSED], Change.UNSTABLE),
        ([RIGHT, RIGHT], [WRONG, MISSED], Change.BROKEN),
    ],
)
def test_a_claim_is_followed_through_both_runs(
    before: list[CellState], after: list[CellState], change: Change
) -> None:
    (one,) = items_of([_claim(one) for one in before], [_claim(one) for one in after])
    assert one.change is change
    right = sum(one is RIGHT for one in before), len(before)
    assert one.right_before == f"{right[0]} of {right[1]}"


def test_what_is_right_in_both_runs_is_no_item() -> None:
    assert items_of([_claim(RIGHT)], [_claim(RIGHT)]) == ()


def test_an_invented_claim_is_broken_where_it_comes_and_fixed_where_it_goes() -> None:
    invented = [_invented("12")]
    (new,) = items_of([[]], [invented])
    assert (new.change, new.before, new.after) == (Change.BROKEN, None, invented[0])
    (gone,) = items_of([invented], [[]])
    assert gone.change is Change.FIXED
    both = items_of([invented], [[_invented("13")]])
    assert [one.change for one in both] == [Change.BROKEN, Change.FIXED]


def test_an_invented_claim_whose_speaker_changed_is_the_same_one() -> None:
    was = _invented("12", predicted_quotes=("killed 12",))
    now = was.model_copy(update={"key": "killed · police"})
    (one,) = items_of([[was]], [[now]])
    assert one.change is Change.STILL_WRONG


def test_lost_claims_come_before_invented_ones_and_errors_are_counted() -> None:
    wrong = cell(CellKind.COUNT, WRONG, gold_id="c1", mistake=Mistake.WRONG_SPEAKER)
    right = wrong.model_copy(update={"state": RIGHT, "mistake": None})
    invented = _invented("900", article="0")
    found = items_of([[right]], [[wrong, invented]])
    assert [one.is_invented for one in found] == [False, True]
    assert mistakes_in(found, Change.BROKEN) == {"spurious": 1, "wrong_speaker": 1}


def test_two_like_claims_are_two_items() -> None:
    twice = [_invented("12"), _invented("12", predicted_id="c9")]
    found = items_of([[]], [twice])
    assert [one.change for one in found] == [Change.BROKEN, Change.BROKEN]


def test_the_toll_view_repeats_no_item() -> None:
    toll = cell(CellKind.TOLL, WRONG, gold_id="c1")
    assert items_of([[]], [[toll]]) == ()


def test_harm_comes_first() -> None:
    harmless = cell(CellKind.COUNT, WRONG, "b", gold_id="c1")
    harmful = cell(
        CellKind.BLAME,
        WRONG,
        "z",
        gold_id="b1",
        opportunities=(Harm.OVER_ASSERTION,),
        harms=(Harm.OVER_ASSERTION,),
    )
    right = [one.model_copy(update={"state": RIGHT, "harms": ()}) for one in (harmless, harmful)]
    found = items_of([right], [[harmless, harmful]])
    assert [one.article_id for one in found] == ["z", "b"]


def test_slices_are_adjusted_together_and_say_what_they_could_show() -> None:
    told = compare_sides(side(MIXED), side(MIXED[::-1]), draws=199)
    assert {one.slice for one in told.slices} >= {"incidents=0", "incidents=1"}
    large = [one for one in told.slices if one.clusters >= 20]
    assert all(one.q_value is None for one in told.slices if one not in large)
    assert all(one.q_value is not None and one.q_value >= one.p_value - 1e-12 for one in large)


def test_repeats_are_averaged() -> None:
    told = compare_sides(side([RIGHT] * 20), side([RIGHT] * 20, [MISSED] * 20), draws=199)
    one = told.of("incident.accuracy")
    assert (one.before, one.after) == (1, 0.5)
    assert one.counts_after == (10, 20)
    assert told.repeats_after == 2


def test_the_json_is_the_same_for_cells_in_another_order() -> None:
    one = side(MIXED)
    turned = Side(name=one.name, provenance=(), repeats=(one.repeats[0][::-1],))
    other = side(MIXED[::-1])
    told, again = (compare_sides(a, other, draws=199).to_json() for a in (one, turned))
    assert told == again
    assert json.loads(told)["schema_version"] == 1


def test_the_metric_of_a_name_is_found() -> None:
    assert metric_of("count.accuracy").role == "primary"
    assert metric_of("harm.false_none").sign == -1


def _of(found: list[Cell]) -> Side:
    return Side(name="run", provenance=(), repeats=(tuple(found),))


def _claim(state: CellState) -> list[Cell]:
    return [cell(CellKind.COUNT, state, gold_id="c1")]


def _invented(told: str, article: str = "a", **fields: Any) -> Cell:
    return cell(CellKind.COUNT, INVENTED, article, key="killed", predicted=told, **fields)
