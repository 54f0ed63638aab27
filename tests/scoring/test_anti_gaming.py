"""Nothing is won by tricks: what a careless or cunning system does costs it the score it is for."""

import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from perturbing import GOLD, everything, predicted, with_count

from eval.cells import Cell, CellKind, CellState, Harm
from eval.gold import Labelled
from eval.predictions import Prediction
from eval.scores.summary import Summary, summarise
from eval.scoring.article import score_set
from extractor.codes import InputOutcome, Qualifier
from extractor.records import CountClaim

ROOT = Path(__file__).resolve().parents[2]


def _trivial() -> ModuleType:
    path = ROOT / "benchmarks" / "scoring" / "trivial.py"
    spec = importlib.util.spec_from_file_location("trivial_systems", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TRICKS: dict[str, Any] = dict(_trivial().TRICKS)


def cells_of(predictions: Iterable[Prediction]) -> tuple[Cell, ...]:
    return score_set(GOLD, predictions).cells


def summary_of(predictions: Iterable[Prediction]) -> Summary:
    return summarise(cells_of(predictions), seed=0, intervals=False)


def tricked(name: str) -> Summary:
    told = (TRICKS[name].predict(one) for one in GOLD.labelled.values())
    return summary_of(one for one in told if one is not None)


def f1(summary: Summary, kind: CellKind) -> float:
    value = summary.score(f"{kind.value}.f1").value
    assert value is not None
    return value


def gated(summary: Summary) -> dict[str, float]:
    """The figures that a gate may rest on: the share of all that is told or due that is right."""
    return {row.kind.value: row.accuracy.value or 0.0 for row in summary.headline}


@pytest.mark.parametrize(
    ("trick", "kind", "at_most"),
    [
        *(
            pytest.param("empty", kind, 0.0, id=f"empty {kind.value}")
            for kind in CellKind
            if kind.value
            in ("incident", "count", "toll", "cumulative", "blame", "place", "date", "attack")
        ),
        pytest.param("headline only", CellKind.COUNT, 0.1, id="headline only, counts"),
        pytest.param("headline only", CellKind.BLAME, 0.0, id="headline only, blames"),
        pytest.param("headline only", CellKind.INCIDENT, 0.5, id="headline only, incidents"),
        pytest.param("incident per sentence", CellKind.INCIDENT, 0.35, id="a sentence each"),
        pytest.param("incident per sentence", CellKind.COUNT, 0.5, id="a sentence each, counts"),
        pytest.param("everything twice", CellKind.INCIDENT, 2 / 3, id="twice, incidents"),
        pytest.param("everything twice", CellKind.COUNT, 2 / 3, id="twice, counts"),
        pytest.param("everything twice", CellKind.TOLL, 2 / 3, id="twice, tolls"),
        pytest.param("everything twice", CellKind.BLAME, 2 / 3, id="twice, blames"),
        pytest.param("everything twice", CellKind.CUMULATIVE, 2 / 3, id="twice, cumulative"),
        pytest.param("wide ranges", CellKind.COUNT, 0.0, id="0 to 1000"),
        pytest.param("wide ranges", CellKind.TOLL, 0.0, id="0 to 1000, tolls"),
        pytest.param("unknown perpetrator", CellKind.BLAME, 0.15, id="always unknown"),
        pytest.param("country only", CellKind.PLACE, 0.0, id="country only"),
        pytest.param("publication date", CellKind.DATE, 0.1, id="publication date"),
        pytest.param("one incident for all", CellKind.INCIDENT, 0.97, id="one for all"),
        pytest.param("empty fields", CellKind.COUNT, 0.0, id="empty fields, counts"),
        pytest.param("empty fields", CellKind.DATE, 0.0, id="empty fields, dates"),
        pytest.param("whole text quoted", CellKind.INCIDENT, 0.0, id="whole text quoted"),
    ],
)
def test_a_trick_fails_at_what_it_is_for(trick: str, kind: CellKind, at_most: float) -> None:
    assert f1(tricked(trick), kind) <= at_most + 1e-12


def test_every_trick_is_tried_and_says_why_it_fails() -> None:
    assert set(TRICKS) == {
        "gold itself",
        "empty",
        "headline only",
        "incident per sentence",
        "everything twice",
        "wide ranges",
        "unknown perpetrator",
        "country only",
        "publication date",
        "one incident for all",
        "empty fields",
        "whole text quoted",
    }
    for trick in TRICKS.values():
        assert trick.does
        assert trick.fails


def test_silence_does_no_harm_and_its_recall_says_so() -> None:
    for one in tricked("empty").harms:
        told = one.harm in (Harm.ZERO_LOST,)  # saying nothing loses a zero that was told
        assert bool(one.rate.counts["right"]) is told
        if one.recall.value is not None:
            assert one.recall.value == 0.0


def ten_times(claim: CountClaim) -> CountClaim:
    number = claim.number
    if number.qualifier is not Qualifier.EXACT or number.lower is None:
        return claim
    n = number.lower * 10 + 7
    return claim.model_copy(update={"number": number.model_copy(update={"lower": n, "upper": n})})


def misread(one: Labelled) -> Prediction:
    """Every exact figure of an article wrong."""
    told = predicted(one)
    for incident in one.gold.incidents:
        for claim in incident.counts:
            told = with_count(told, claim.id, ten_times)
    return told


HARD = [name for name, one in GOLD.labelled.items() if one.gold.incidents]


@pytest.mark.parametrize("name", HARD)
def test_dropping_the_hardest_incident_raises_no_gated_figure(name: str) -> None:
    one = GOLD.labelled[name]
    others = [told for told in everything() if told.article_id != name]
    whole = misread(one)
    before = gated(summary_of([*others, whole]))
    for n in range(len(whole.incidents)):
        less = [told for at, told in enumerate(whole.incidents) if at != n]
        after = gated(summary_of([*others, predicted(one, less, whole.cumulative)]))
        assert all(after[kind] <= before[kind] + 1e-12 for kind in before)


@pytest.mark.parametrize("name", HARD)
def test_abstaining_on_a_hard_article_raises_no_gated_figure(name: str) -> None:
    one = GOLD.labelled[name]
    others = [told for told in everything() if told.article_id != name]
    before = gated(summary_of([*others, misread(one)]))
    silent = gated(summary_of([*others, predicted(one, [], [])]))
    absent = gated(summary_of(others))
    assert all(silent[kind] <= before[kind] + 1e-12 for kind in before)
    assert absent == silent


def test_a_right_incident_that_is_added_lowers_no_figure() -> None:
    for name in HARD:
        one = GOLD.labelled[name]
        others = [told for told in everything() if told.article_id != name]
        last = summary_of([*others, predicted(one, one.gold.incidents[:-1])])
        whole = summary_of(everything())
        for was, now in zip(last.headline, whole.headline, strict=True):
            assert (now.f1.value or 0) >= (was.f1.value or 0)
            assert (now.accuracy.value or 0) >= (was.accuracy.value or 0)


def test_an_article_that_fails_stays_in_every_denominator() -> None:
    *most, last = everything()
    failed = Prediction(
        article_id=last.article_id,
        text_sha256=last.text_sha256,
        outcome=InputOutcome.INFRA_ERROR,
    )
    invalid, absent, whole = summary_of([*most, failed]), summary_of(most), summary_of(everything())
    assert not invalid.is_valid
    assert not absent.is_valid
    assert whole.is_valid
    for one, other, full in zip(invalid.headline, absent.headline, whole.headline, strict=True):
        assert one.recall.counts == other.recall.counts
        assert one.recall.counts["of"] == full.recall.counts["of"]


def test_a_refusal_is_a_prediction_of_nothing_and_the_run_is_still_valid() -> None:
    *most, last = everything()
    refused = Prediction(
        article_id=last.article_id, text_sha256=last.text_sha256, outcome=InputOutcome.REFUSED
    )
    summary = summary_of([*most, refused])
    assert summary.is_valid
    assert summary.attempts.outcomes["refused"] == 1
    assert gated(summary) == gated(summary_of(most))


def test_no_cell_is_right_by_being_empty_on_both_sides() -> None:
    for cell in cells_of(everything()):
        if cell.state is CellState.CORRECT and cell.kind is not CellKind.ARTICLE:
            assert cell.gold is not None
            assert cell.predicted is not None
