"""The arithmetic of 1992: by hand, and against the counts of all 34 official reports."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.corpora.muc4.convention import load_convention
from eval.corpora.muc4.tally import Tally, printed_f, printed_percent, total

SHARED = Path(os.environ.get("TOLLBOOK_SHARED", Path(__file__).resolve().parents[3] / "shared"))
REPORTS = SHARED / "corpora" / "muc4_official_1992_scores.csv"
HEADLINE = "OFFICIAL_F_P&R(all templates)"
COUNTS = st.integers(min_value=0, max_value=400)


@pytest.mark.parametrize(
    ("told", "recall", "precision", "f1"),
    [
        (Tally(correct=1), 1.0, 1.0, 1.0),
        (Tally(partial=1), 0.5, 0.5, 0.5),
        (Tally(incorrect=1), 0.0, 0.0, 0.0),
        (Tally(correct=1, missing=1), 0.5, 1.0, 2 / 3),
        (Tally(correct=1, spurious=1), 1.0, 0.5, 2 / 3),
        (Tally(missing=3), 0.0, None, 0.0),
        (Tally(spurious=3), None, 0.0, 0.0),
        (Tally(), None, None, None),
        (Tally(correct=94, partial=60, incorrect=5, spurious=61, missing=36), 0.636, 0.564, 0.598),
    ],
    ids=["right", "half", "wrong", "missing", "spurious", "silent", "invented", "empty", "GE"],
)
def test_a_half_right_fill_is_worth_half_and_blanks_cost_what_they_should(
    told: Tally, recall: float | None, precision: float | None, f1: float | None
) -> None:
    assert (told.recall, told.precision, told.f1) == (
        pytest.approx(recall, abs=5e-4),
        pytest.approx(precision, abs=5e-4),
        pytest.approx(f1, abs=5e-4),
    )


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_f1_is_the_harmonic_mean_of_recall_and_precision(
    correct: int, partial: int, incorrect: int, spurious: int, missing: int
) -> None:
    told = Tally(
        correct=correct, partial=partial, incorrect=incorrect, spurious=spurious, missing=missing
    )
    recall, precision = told.recall, told.precision
    if recall and precision:
        assert told.f1 == pytest.approx(2 * recall * precision / (recall + precision))
    else:
        assert not told.f1


@pytest.mark.parametrize(
    ("credit", "of", "printed"),
    [(59, 104, 57), (2, 7, 28), (61.5, 232, 26), (3, 2, 150), (1, 2, 50), (0, 3, 0), (5, 0, None)],
    ids=["up", "half to even", "half to even too", "over", "even", "zero", "nothing"],
)
def test_percentages_are_printed_as_in_1992(credit: float, of: int, printed: int | None) -> None:
    assert printed_percent(credit, of) == printed


def test_the_headline_f_is_computed_from_the_printed_percentages() -> None:
    assert printed_f(30, 44) == pytest.approx(35.68, abs=0.005)
    assert printed_f(0, 0) == 0


@pytest.fixture(scope="module")
def reports() -> list[dict[str, str]]:
    """Every row of the official reports."""
    if not REPORTS.is_file():
        pytest.skip(f"the official reports of 1992 are not at {REPORTS}")
    with REPORTS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_of_every_official_report_follows_from_its_own_counts(
    reports: list[dict[str, str]],
) -> None:
    rows = [row for row in reports if row["slot"] != HEADLINE]
    assert len(rows) == 1156
    for row in rows:
        told = tally_of(row)
        where = (row["testset"], row["system"], row["slot"])
        assert (told.possible, told.actual) == (int(row["possible"]), int(row["actual"])), where
        printed = [printed_percent(told.credit, of) for of in (told.possible, told.actual)]
        assert printed == [percent(row["recall"]), percent(row["precision"])], where
        if row["F1"]:
            assert told.f1 is not None, where
            assert 100 * told.f1 == pytest.approx(float(row["F1"]), abs=0.051), where


def test_every_official_headline_follows_from_its_row_of_all_templates(
    reports: list[dict[str, str]],
) -> None:
    rows = {(row["testset"], row["system"], row["slot"]): row for row in reports}
    headlines = {where: row for where, row in rows.items() if where[2] == HEADLINE}
    assert len(headlines) == 34
    for (testset, system, _), headline in headlines.items():
        row = rows[testset, system, "ALL TEMPLATES"]
        f = printed_f(int(row["recall"]), int(row["precision"]))
        assert f == pytest.approx(float(headline["F1"]), abs=0.0051), (testset, system)


def test_the_rows_of_a_report_add_up_to_its_row_of_all_templates(
    reports: list[dict[str, str]],
) -> None:
    groups = ("inc-total", "perp-total", "phys-tgt-total", "hum-tgt-total")
    for testset, system in {(row["testset"], row["system"]) for row in reports}:
        rows = {
            row["slot"]: row
            for row in reports
            if (row["testset"], row["system"]) == (testset, system)
        }
        assert total(tally_of(rows[name]) for name in groups) == tally_of(rows["ALL TEMPLATES"])


def test_no_paired_template_of_any_report_has_a_wrong_type(reports: list[dict[str, str]]) -> None:
    types = total(tally_of(row) for row in reports if row["slot"] == "inc-type")
    assert (types.correct + types.partial, types.incorrect) == (1852, 0)


def test_the_published_figures_are_the_best_of_the_pooled_reports(
    reports: list[dict[str, str]],
) -> None:
    published = load_convention().published
    for best in published:
        f1, system = best_of(reports, {best.row})
        assert (round(f1, 3), system) == (best.f1, best.by), best.slot
    overall = load_convention().published_overall
    assert round(best_of(reports, {best.row for best in published})[0], 3) == overall.same_slots
    assert round(best_of(reports, {"template-id"})[0], 3) == overall.templates
    headlines = [float(row["F1"]) for row in reports if row["slot"] == HEADLINE]
    assert max(headlines) == pytest.approx(100 * overall.all_templates, abs=0.051)


def best_of(reports: list[dict[str, str]], slots: set[str]) -> tuple[float, str]:
    pooled: dict[str, Tally] = {}
    testsets: dict[str, set[str]] = {}
    for row in reports:
        if row["slot"] in slots:
            system = row["system"]
            pooled[system] = pooled.get(system, Tally()) + tally_of(row)
            testsets.setdefault(system, set()).add(row["testset"])
    both = [(told.f1 or 0.0, name) for name, told in pooled.items() if len(testsets[name]) == 2]
    return max(both)


def tally_of(row: dict[str, str]) -> Tally:
    return Tally(
        correct=int(row["correct"]),
        partial=int(row["partial"]),
        incorrect=int(row["incorrect"]),
        spurious=int(row["spurious"]),
        missing=int(row["missing"]),
    )


def percent(printed: str) -> int | None:
    return None if printed == "*" else int(printed)
