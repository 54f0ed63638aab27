"""Defects of other scorers, each shown not to be one of ours, with the value that is right.

The numbers are those of the list of defects that was found by running those scorers.
"""

import json
import math
import random

import numpy as np
import pytest
from grading import alternative, article, case, count, figure, gold_article, incident, place, quote
from grading import blame as blame_claim
from grading import prediction as predict
from grading import when as day
from pydantic import ValidationError

from eval.align import COUNT_AWARE, Terms, align
from eval.assignment import assign
from eval.cells import Cell, CellKind, CellState, Harm
from eval.figures import endpoint_log_error, is_correct
from eval.gold import Labelled
from eval.intervals import bootstrap_interval, cluster_error, proportion_interval
from eval.predictions import Prediction
from eval.scores.summary import Summary, summarise
from eval.scoring.article import score_article
from eval.scoring.counts import count_cells
from extractor.codes import AttackType, DatePrecision, InputOutcome, Outcome
from extractor.numerals import Number
from extractor.records import Incident

MARKET = incident(
    "i1",
    [count("c1", 12), count("c2", 5, Outcome.INJURED, quotes=(quote(at=30),))],
    [blame_claim("b1")],
    evidence=(quote(at=0),),
)
BRIDGE = incident(
    "i2",
    [count("c3", 26, quotes=(quote(at=800),))],
    places=(place("Mosul", lat=36.34, lon=43.13),),
    attack_types=(AttackType.EXPLOSIVE_DEVICE,),
    evidence=(quote(at=800),),
)


def cells_of(gold: list[Incident], predicted: list[Incident] | None) -> tuple[Cell, ...]:
    one = article()
    labelled = Labelled(article=one, gold=gold_article(*gold, of=one))
    told = None if predicted is None else predict(*predicted, of=one)
    return score_article(labelled, told).cells


def summary_of(gold: list[Incident], predicted: list[Incident] | None) -> Summary:
    return summarise(cells_of(gold, predicted), seed=0, intervals=False)


def killed(*figures: int) -> list[Incident]:
    return [incident("i1", [count(f"c{n}", told) for n, told in enumerate(figures)])]


def test_d01_digits_of_two_figures_are_never_joined() -> None:
    assert not is_correct(figure(12), figure(125))
    gold = [incident("i1", [count("c1", 12), count("c2", 5, Outcome.INJURED)])]
    told = [incident("i1", [count("c1", 125)])]
    states = [(one.state, one.gold, one.predicted) for one in count_cells(case(gold, told))]
    assert sorted(states) == [
        (CellState.MISSED, "5", None),
        (CellState.WRONG, "12", "125"),
    ]


def test_d02_a_range_and_a_vague_word_are_right_if_they_are_the_same() -> None:
    assert is_correct(figure((10, 15)), figure((10, 15)))
    assert is_correct(figure("dozens"), figure("dozens"))


@pytest.mark.parametrize("told", [True, "1", 1.0, 1.5, -1])
def test_d03_what_is_no_count_is_refused_before_anything_is_scored(told: object) -> None:
    row = {"text": "one", "lower": told, "upper": told, "qualifier": "exact"}
    with pytest.raises(ValidationError, match="lower"):
        Number.model_validate_json(json.dumps(row))


def test_d04_the_threshold_stands_inside_the_assignment() -> None:
    found = assign([[0.9, 0.65], [0.65, 0.0]], threshold=0.7)
    assert found.pairs == ((0, 0),)


def test_d05_dropping_an_incident_costs_its_figures() -> None:
    summary = summary_of([MARKET, BRIDGE], [MARKET])
    count_row = next(row for row in summary.headline if row.kind is CellKind.COUNT)
    assert count_row.recall.counts == {"right": 2, "of": 3}
    assert count_row.precision.value == 1.0
    assert count_row.f1.value == pytest.approx(0.8)
    assert count_row.conditional.value == 1.0


def test_d06_telling_everything_twice_halves_precision() -> None:
    again = [one.model_copy(update={"id": f"{one.id}-again"}) for one in (MARKET, BRIDGE)]
    summary = summary_of([MARKET, BRIDGE], [MARKET, BRIDGE, *again])
    for name in ("incident", "count", "toll", "blame", "place", "date"):
        assert summary.score(f"{name}.precision").value == 0.5, name
        assert summary.score(f"{name}.recall").value == 1.0, name


def test_d07_the_order_of_records_says_nothing() -> None:
    one, other = (
        summary_of([MARKET, BRIDGE], told) for told in ([MARKET, BRIDGE], [BRIDGE, MARKET])
    )
    assert one == other
    assert one.score("count.f1").value == 1.0


def test_d08_a_figure_ten_times_too_high_is_wrong_not_nearly_right() -> None:
    gold, told = killed(12), killed(120)
    assert summary_of(gold, told).score("count.f1").value == 0.0
    assert endpoint_log_error(figure(12), figure(120)) == pytest.approx(2.23, abs=0.005)


def test_d09_empty_fields_that_agree_earn_nothing() -> None:
    bare = incident("i1", [count("c1", 12)], places=(), attack_types=(AttackType.UNKNOWN,))
    bare = bare.model_copy(
        update={"when": day(None, precision=DatePrecision.UNKNOWN, expression=None)}
    )
    nothing = bare.model_copy(update={"counts": ()})
    summary = summary_of([bare], [nothing])
    assert summary.score("count.f1").value == 0.0
    for name in ("place", "date", "attack", "blame"):
        assert summary.score(f"{name}.f1").value is None, name


@pytest.mark.parametrize(
    ("gold", "told", "error"),
    [
        pytest.param(5, 10, math.log(11 / 6), id="5 as 10"),
        pytest.param(0, 1, math.log(2), id="0 as 1"),
        pytest.param(3, 4, math.log(5 / 4), id="3 as 4"),
        pytest.param(100, 105, math.log(106 / 101), id="100 as 105"),
    ],
)
def test_d10_how_far_off_is_a_log_error_and_earns_no_credit(
    gold: int, told: int, error: float
) -> None:
    assert endpoint_log_error(figure(gold), figure(told)) == pytest.approx(error)
    assert not is_correct(figure(gold), figure(told))


def test_d11_no_figure_on_either_side_is_no_cell_and_no_error() -> None:
    bare = incident("i1", [], [blame_claim("b1")])
    cells = cells_of([bare], [bare])
    assert [one for one in cells if one.kind is CellKind.COUNT] == []
    assert summarise(cells, seed=0, intervals=False).score("count.f1").value is None


def test_d12_pairing_is_optimal_whatever_the_order() -> None:
    draw = random.Random(12)
    for _ in range(300):
        rows = [[draw.random() for _ in range(4)] for _ in range(4)]
        best = assign(rows, threshold=0.5)
        order = draw.sample(range(4), 4)
        moved = assign([rows[n] for n in order], threshold=0.5)
        assert moved.surplus == pytest.approx(best.surplus)
        assert sorted((order[row], column) for row, column in moved.pairs) == sorted(best.pairs)


def test_d13_empty_and_repeated_claims_and_words_of_no_code_earn_nothing() -> None:
    threefold = [incident("i1", [count(f"c{n}", 12) for n in range(3)])]
    summary = summary_of(killed(12), threefold)
    assert summary.score("count.precision").value == pytest.approx(1 / 3)
    empty = summary_of(killed(12), [incident("i1", [])])
    assert empty.score("count.f1").value == 0.0
    with pytest.raises(ValidationError):
        Incident.model_validate({**MARKET.model_dump(), "attack_types": ("a",)})


def test_d14_an_error_bar_is_of_the_right_size() -> None:
    successes = np.array([1, 0] * 100, dtype=float)
    assert cluster_error(successes, np.ones(200)) == pytest.approx(math.sqrt(0.25 / 199), rel=1e-9)
    told = bootstrap_interval(
        np.column_stack([successes, np.ones(200)]),
        lambda sums: sums[..., 0] / sums[..., 1],
        seed=1,
    )
    assert told is not None
    assert told.high - told.low == pytest.approx(2 * 1.96 * math.sqrt(0.25 / 200), rel=0.05)


def test_d15_a_told_zero_and_silence_are_two_things() -> None:
    nobody = [incident("i1", [count("c1", "none", Outcome.INJURED)])]
    summary = summary_of(nobody, [incident("i1", [])])
    assert summary.score("count.recall").value == 0.0
    lost = next(one for one in summary.harms if one.harm is Harm.ZERO_LOST)
    assert (lost.rate.counts["right"], lost.rate.counts["of"]) == (1, 1)
    invented = summary_of(
        [incident("i1", [count("c1", 12)])],
        [incident("i1", [count("c1", 12), count("c2", "none", Outcome.INJURED)])],
    )
    false = next(one for one in invented.harms if one.harm is Harm.FALSE_NONE)
    assert (false.rate.counts["right"], false.rate.counts["of"]) == (1, 1)


def test_d16_two_events_at_one_place_and_day_do_not_trade_their_figures_with_the_order() -> None:
    one = incident("i1", [count("c1", 12)])
    other = incident("i2", [count("c2", 26)])
    for told in ([one, other], [other, one]):
        assert summary_of([one, other], told).score("count.f1").value == 1.0


def test_d17_random_figures_score_no_better_with_more_incidents_to_choose_from() -> None:
    draw = random.Random(17)

    def exact(n: int, terms: Terms) -> float:
        right = 0
        for _ in range(150):
            gold, told = (
                [
                    incident(
                        f"i{k}", [count(f"c{k}", draw.randrange(6))], evidence=(quote(at=90 * k),)
                    )
                    for k in range(n)
                ]
                for _ in range(2)
            )
            found = align(gold, told, article(), terms=terms)
            right += sum(
                gold[pair.gold].counts[0].number == told[pair.predicted].counts[0].number
                for pair in found.pairs
            )
        return right / (150 * n)

    assert exact(4, Terms()) == pytest.approx(1 / 6, abs=0.04)
    assert exact(4, COUNT_AWARE) > exact(4, Terms())


def test_d18_cells_of_one_article_do_not_count_as_independent() -> None:
    together = proportion_interval([4, 0] * 15, [4] * 30)
    apart = proportion_interval([2] * 30, [4] * 30)
    assert together is not None
    assert apart is not None
    assert together.high - together.low > 1.8 * (apart.high - apart.low)


def test_d19_near_perfect_and_perfect_scores_have_an_interval_that_is_no_point() -> None:
    perfect = proportion_interval([2] * 20, [2] * 20)
    assert perfect is not None
    assert perfect.high == 1.0
    assert 0.80 < perfect.low < 0.95
    rows = np.column_stack([[2.0] * 20, [2.0] * 20])
    assert bootstrap_interval(rows, lambda sums: sums[..., 0] / sums[..., 1], seed=1) is None


def test_an_alternative_never_makes_the_first_reading_wrong() -> None:
    gold = [incident("i1", [count("c1", 12)])]
    told = [incident("i1", [count("c1", 12)])]
    other = [incident("i1", [count("c1", 13)])]
    second = (alternative("c1", number=figure(13)),)
    for said in (told, other):
        cells = count_cells(case(gold, said, alternatives=second))
        assert [one.state for one in cells] == [CellState.CORRECT]


def test_a_prediction_that_failed_is_a_prediction_of_nothing() -> None:
    one = article()
    labelled = Labelled(article=one, gold=gold_article(MARKET, of=one))
    failed = Prediction(
        article_id=one.id, text_sha256=one.text_sha256, outcome=InputOutcome.TRUNCATED
    )
    states = {cell.state for cell in score_article(labelled, failed).cells}
    assert states <= {CellState.MISSED, CellState.ABSTAINED}
