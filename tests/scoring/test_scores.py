import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorecells import article, cell, figure, told_incident

from eval.cells import Cell, CellKind, CellState, Mistake
from eval.scores.gauge import Gauge
from eval.scores.summary import Summary, summarise
from eval.scores.worst import worst_of
from extractor.codes import InputOutcome, Qualifier

CORRECT, WRONG, MISSED, SPURIOUS = (
    CellState.CORRECT,
    CellState.WRONG,
    CellState.MISSED,
    CellState.SPURIOUS,
)


def score(cells: list[Cell], **options: Any) -> Summary:
    return summarise(cells, intervals=options.pop("intervals", False), **options)


def values(cells: list[Cell], *names: str) -> list[float | None]:
    told = score(cells)
    return [told.score(name).value for name in names]


PRF = ("precision", "recall", "f1")


def prf(cells: list[Cell], kind: str) -> list[float | None]:
    return values(cells, *(f"{kind}.{name}" for name in PRF))


def many(articles: int, state: CellState = CORRECT) -> list[Cell]:
    return [
        one
        for n in range(articles)
        for one in (article(f"a{n:03}"), *told_incident(f"a{n:03}", state))
    ]


def test_an_incident_left_out_costs_the_recall_of_its_counts() -> None:
    cells = [article(), *told_incident("a", CORRECT), *told_incident("a", MISSED, 2)]
    assert prf(cells, "incident") == [1.0, 0.5, pytest.approx(2 / 3)]
    assert prf(cells, "count") == [1.0, 0.5, pytest.approx(2 / 3)]
    assert values(cells, "count.conditional") == [1.0]


def test_every_incident_told_twice_halves_the_precision() -> None:
    cells = [article(), *told_incident("a", CORRECT)]
    cells += told_incident("a", SPURIOUS, 2, mistake=Mistake.DUPLICATE)
    assert prf(cells, "incident") == [0.5, 1.0, pytest.approx(2 / 3)]
    assert prf(cells, "count") == [0.5, 1.0, pytest.approx(2 / 3)]
    assert values(cells, "incident.relaxed_f1") == [1.0]


def test_a_wrong_value_costs_precision_and_recall() -> None:
    cells = [article(), *told_incident("a", CORRECT), cell(CellKind.COUNT, WRONG)]
    assert prf(cells, "count") == [0.5, 0.5, 0.5]
    assert score(cells).score("count.f1").counts == {"tp": 1, "fp": 1, "fn": 1}


def test_a_prediction_of_nothing_earns_nothing() -> None:
    cells = [article(), *told_incident("a", MISSED)]
    cells += [cell(CellKind.BLAME, CellState.ABSTAINED), cell(CellKind.DATE, CellState.EXCUSED)]
    assert prf(cells, "count") == [None, 0.0, 0.0]
    assert values(cells, "blame.f1", "date.f1") == [None, None]


@pytest.mark.parametrize("state", [CellState.ABSTAINED, CellState.EXCUSED])
def test_what_counts_nowhere_moves_no_score(state: CellState) -> None:
    cells = [article(), *told_incident("a", CORRECT), *told_incident("a", MISSED, 2)]
    more = [cell(kind, state) for kind in CellKind if kind is not CellKind.ARTICLE]
    kept = ("count.f1", "incident.f1", "blame.f1", "count.by_article", "count.conditional")
    assert values(cells, *kept) == values(cells + more, *kept)


def test_a_ratio_over_nothing_is_empty() -> None:
    told = score([])
    assert {one.value for one in told.scores()} == {None}
    assert not told.is_valid


def test_an_article_that_was_never_answered_for_changes_no_denominator() -> None:
    read = [article("a"), article("b"), *told_incident("a", CORRECT), *told_incident("b", MISSED)]
    lost = [article("b", outcome=InputOutcome.INFRA_ERROR) if c == read[1] else c for c in read]
    for name in ("count.recall", "count.f1", "incident.f1"):
        assert score(read).score(name).counts == score(lost).score(name).counts
    assert (score(read).is_valid, score(lost).is_valid) == (True, False)


@pytest.mark.parametrize("outcome", ["absent", InputOutcome.INFRA_ERROR])
def test_an_article_without_an_answer_makes_the_grading_invalid(outcome: str) -> None:
    attempts = score([article("a"), article("b", outcome=outcome)]).attempts
    assert (attempts.verdict, attempts.articles) == ("INVALID", 2)
    assert attempts.outcomes == {"read": 1, str(outcome): 1}
    assert "1 of 2" in (attempts.reason or "")


@pytest.mark.parametrize(
    "outcome", [InputOutcome.REFUSED, InputOutcome.INVALID, InputOutcome.TRUNCATED]
)
def test_a_model_failure_is_scored_and_valid(outcome: InputOutcome) -> None:
    cells = [article("a", outcome=outcome), *told_incident("a", MISSED)]
    assert score(cells).is_valid
    assert prf(cells, "count") == [None, 0.0, 0.0]


def test_the_mean_by_article_leaves_out_articles_without_an_incident() -> None:
    cells = [article("a"), article("b"), article("c"), article("d")]
    cells += told_incident("a", CORRECT) + told_incident("b", MISSED)
    cells += told_incident("c", SPURIOUS)
    assert values(cells, "count.by_article", "count.f1") == [0.5, 0.5]
    quiet = score(cells).score("incident.quiet")
    assert (quiet.value, quiet.counts) == (0.5, {"right": 1, "of": 2})


def test_the_mean_by_article_over_no_article_is_empty() -> None:
    assert values([article("a"), *told_incident("a", SPURIOUS)], "count.by_article") == [None]


def test_easy_articles_cannot_hide_the_others_in_the_mean_by_stratum() -> None:
    cells = [one for n in range(9) for one in (article(f"{n}"), *told_incident(f"{n}", CORRECT))]
    cells += [article("x"), *told_incident("x", MISSED, 1), *told_incident("x", MISSED, 2)]
    name = "count.by_stratum.incidents"
    assert values(cells, "count.recall", name) == [pytest.approx(9 / 11), 0.5]


def test_strata_of_the_gold_set_are_groups_of_their_own() -> None:
    cells = [article("a"), *told_incident("a", CORRECT, strata={"language": "ar"})]
    cells += [article("b"), *told_incident("b", MISSED, strata={"language": "en"})]
    assert values(cells, "count.by_stratum.language") == [0.5]


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        pytest.param(figure(12), figure(12), (True, True, True), id="equal"),
        pytest.param(figure(12), figure(13), (False, True, False), id="within a tenth"),
        pytest.param(figure(12), figure(24), (False, False, False), id="far"),
        pytest.param(
            figure(12, Qualifier.AT_LEAST), figure(12), (False, False, True), id="openness lost"
        ),
    ],
)
def test_figures_are_counted_exact_near_and_inside(
    gold: Any, predicted: Any, right: tuple[bool, bool, bool]
) -> None:
    one = cell(CellKind.COUNT, WRONG, gold_number=gold, predicted_number=predicted)
    told = values([article(), one], "count.exact", "count.near", "count.within")
    assert told == [float(each) for each in right]


def test_the_state_table_tells_nobody_from_not_told() -> None:
    nobody = figure(0, Qualifier.NONE)
    cells = [
        article(),
        cell(CellKind.COUNT, MISSED, gold_number=nobody),
        cell(CellKind.COUNT, WRONG, gold_number=figure(3), predicted_number=nobody),
    ]
    table = score(cells).section("counts").tables[0]
    met = {
        (gold, predicted): table.counts[row][column]
        for row, gold in enumerate(table.rows)
        for column, predicted in enumerate(table.columns)
        if table.counts[row][column]
    }
    assert met == {("nobody", "not told"): 1, ("a figure", "nobody"): 1}
    assert (len(table.rows), table.total) == (5, 2)


def test_medians_are_of_values_that_occur() -> None:
    errors = [0.1, 0.2, 0.3, 5.0]
    cells = [cell(CellKind.COUNT, WRONG, measures={"log_error": one}) for one in errors]
    names = ("count.log_error.median", "count.log_error.p90")
    assert values([article(), *cells], *names) == [0.2, 5.0]


def test_a_rare_stance_weighs_as_much_as_a_common_one() -> None:
    told = [("accused", "accused")] * 8 + [("denied", "accused")] * 2
    cells = [
        cell(
            CellKind.BLAME,
            CORRECT if gold == predicted else WRONG,
            parts={"accused": True, "stance": gold == predicted},
            codes={"gold_stance": gold, "predicted_stance": predicted},
        )
        for gold, predicted in told
    ]
    expected = [0.8, pytest.approx(8 / 9 / 2)]
    assert values([article(), *cells], "blame.stance", "blame.stance_f1") == expected


def test_the_accused_are_scored_apart_from_the_stance() -> None:
    cells = [article(), cell(CellKind.BLAME, WRONG, parts={"accused": True})]
    cells += [cell(CellKind.BLAME, WRONG, parts={"accused": False})]
    assert values(cells, "blame.f1", "blame.accused_f1") == [0.0, 0.5]


def test_a_blame_that_accuses_nobody_is_of_no_class_of_accused() -> None:
    kept = ("state", "none")
    cells = [article(), *(cell(CellKind.BLAME, CORRECT, slice=name) for name in kept * 10)]
    told = score(cells)
    names = {one.name for one in told.scores()}
    assert "blame.class.state.f1" in names
    assert not [one for one in names if ".none." in one]
    assert told.score("blame.f1").counts["tp"] == 20
    assert told.score("blame.class.gap").value is None


def test_rightly_blaming_nobody_is_counted_once_an_incident() -> None:
    cells = [
        article(),
        cell(CellKind.BLAME, CellState.ABSTAINED),
        cell(CellKind.BLAME, SPURIOUS, gold_incident="i2", predicted_incident="p2"),
        cell(CellKind.BLAME, SPURIOUS, gold_incident="i2", predicted_incident="p2", key="another"),
        cell(CellKind.BLAME, CORRECT, gold_incident="i3", predicted_incident="p3"),
    ]
    assert score(cells).score("blame.specificity").counts == {"right": 1, "of": 2}


PLACES = {
    "homs": {"gold_lat": 34.73, "gold_lon": 36.71},
    "idlib": {"gold_lat": 35.93, "gold_lon": 36.63},
}


def place(name: str, state: CellState, n: int, **measures: float) -> Cell:
    told = {"measures": {**PLACES[name], **measures}, "codes": {"gold_place": name}}
    return cell(CellKind.PLACE, state, f"a{n}", **told)


def test_the_baseline_of_places_always_answers_the_commonest() -> None:
    cells = [place("homs", CORRECT, 1, distance_km=0.0), place("homs", MISSED, 2)]
    cells += [place("idlib", WRONG, 3, distance_km=12.0)]
    told = values(
        [article(), *cells],
        "place.baseline",
        "place.within_25",
        "place.within_25.conditional",
        "place.within_10",
        "place.within_161.baseline",
    )
    assert told == [pytest.approx(2 / 3), pytest.approx(2 / 3), 1.0, pytest.approx(1 / 3), 1.0]


def test_under_twenty_stories_there_is_no_interval() -> None:
    few, enough = (summarise(many(n)) for n in (19, 20))
    assert few.has_few_clusters
    assert {one.interval for one in few.scores()} == {None}
    assert not enough.has_few_clusters
    interval = enough.score("count.f1").interval
    assert interval is not None
    assert 0.8 < interval.low < interval.high == 1.0


def test_articles_of_one_story_are_one_cluster() -> None:
    cells = [one.model_copy(update={"story_id": "same"}) for one in many(40)]
    assert summarise(cells).score("count.f1").interval is None
    assert summarise(cells).score("count.f1").articles == 40


def test_twice_the_same_story_makes_no_interval_shorter() -> None:
    once = [*many(30), *many(60, MISSED)[90:]]
    twice = [
        one.model_copy(update={"article_id": f"{one.article_id} {copy}"})
        for one in once
        for copy in ("", "again")
    ]
    widths: list[float] = []
    for cells in (once, twice):
        interval = summarise(cells).score("count.recall").interval
        assert interval is not None
        widths.append(interval.high - interval.low)
    assert widths[1] >= widths[0] * 0.999


def test_the_same_seed_gives_the_same_summary() -> None:
    cells = [*many(25), *told_incident("a001", MISSED, 2), *told_incident("a002", SPURIOUS, 3)]
    shuffled = list(cells)
    random.Random(4).shuffle(shuffled)
    assert summarise(cells, seed=1).to_json() == summarise(shuffled, seed=1).to_json()


def test_the_summary_is_json_without_numbers_that_json_lacks() -> None:
    text = summarise(many(21)).to_json()
    told = json.loads(text, parse_constant=lambda word: pytest.fail(word))
    assert list(told) == sorted(told)
    assert Summary.model_validate(told).to_json() == text


def test_the_worst_errors_are_of_many_kinds_and_stories() -> None:
    made = [
        cell(kind, WRONG, name, mistake=mistake, measures={"log_error": far - n}, key=f"{n}")
        for kind, mistake, far, articles in (
            (CellKind.COUNT, Mistake.SWAP, 9.0, "aaabcd"),
            (CellKind.COUNT, Mistake.ROUNDING, 8.5, "abe"),
            (CellKind.PLACE, Mistake.WRONG_PLACE, 1.5, "f"),
        )
        for n, name in enumerate(articles)
    ]
    worst = worst_of(made)
    assert sorted(worst, key=Cell.model_dump_json) == sorted(made, key=Cell.model_dump_json)
    assert [(one.article_id, one.mistake) for one in worst[:7]] == [
        ("a", Mistake.SWAP),
        ("b", Mistake.ROUNDING),
        ("e", Mistake.ROUNDING),
        ("c", Mistake.SWAP),
        ("f", Mistake.WRONG_PLACE),
        ("a", Mistake.ROUNDING),
        ("b", Mistake.SWAP),
    ]
    assert worst_of(made, 2) == worst[:2]
    assert worst_of(made[::-1]) == worst


def test_the_errors_of_one_story_stand_by_their_severity() -> None:
    made = [cell(CellKind.COUNT, WRONG, measures={"log_error": float(n)}) for n in range(5)]
    assert [one.measures["log_error"] for one in worst_of(made)] == [4.0, 3.0, 2.0, 1.0, 0.0]


KINDS = (CellKind.INCIDENT, CellKind.COUNT, CellKind.BLAME, CellKind.PLACE)
STATES = (CORRECT, WRONG, MISSED, SPURIOUS, CellState.EXCUSED, CellState.ABSTAINED)
CELLS = st.lists(
    st.builds(
        cell, st.sampled_from(KINDS), st.sampled_from(STATES), st.sampled_from(("a0", "a1", "a2"))
    ),
    max_size=12,
)


@given(CELLS, st.sampled_from(KINDS))
def test_a_right_claim_more_lowers_no_headline(cells: list[Cell], kind: CellKind) -> None:
    gauge = Gauge(intervals=False)
    of_kind = [one for one in cells if one.kind is kind]
    before = gauge.f1("", "", of_kind).value
    after = gauge.f1("", "", [*of_kind, cell(kind, CORRECT)]).value
    assert after is not None
    assert after >= (before or 0.0)


@given(CELLS, st.randoms(use_true_random=False))
def test_no_score_hangs_on_the_order_of_cells(cells: list[Cell], chance: random.Random) -> None:
    shuffled = list(cells)
    chance.shuffle(shuffled)
    assert score(cells) == score(shuffled)


@given(CELLS)
def test_every_share_is_one_of_its_counts(cells: list[Cell]) -> None:
    for one in score(cells).scores():
        if "right" in one.counts and one.name not in ("count.kind_f1", "blame.stance_f1"):
            of = one.counts["of"]
            assert one.value == (one.counts["right"] / of if of else None)
