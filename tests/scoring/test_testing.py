"""`assert_no_regression`: the gate in the tests of somebody's own repository."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from commanding import PATIENCE, bare_environment
from perturbing import GOLD_FOLDER, everything
from predicting import write_predictions

from eval.testing import assert_no_regression

TOLD = everything()


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A run, and one that reads nothing."""
    write_predictions(tmp_path / "old.jsonl", TOLD)
    empty = [replace(one, incidents=(), cumulative=()) for one in TOLD]
    write_predictions(tmp_path / "new.jsonl", empty)
    return tmp_path


def test_a_regression_fails_with_its_reasons(runs: Path) -> None:
    with pytest.raises(AssertionError, match=r"FAIL: Incidents found.*\n  sure_fall"):
        assert_no_regression(runs / "new.jsonl", runs / "old.jsonl", gold=GOLD_FOLDER)


def test_what_cannot_be_told_fails_unless_somebody_accepts_it(runs: Path) -> None:
    old = runs / "old.jsonl"
    with pytest.raises(AssertionError, match="INCONCLUSIVE"):  # fourteen articles are too few
        assert_no_regression(old, old, gold=GOLD_FOLDER)
    told = assert_no_regression(old, old, gold=GOLD_FOLDER, accept="a small set")
    assert told.verdict == "INCONCLUSIVE"


def test_a_run_of_other_texts_is_invalid(runs: Path) -> None:
    other = write_predictions(
        runs / "other.jsonl", [replace(TOLD[0], text_sha256="0" * 64), *TOLD[1:]]
    )
    with pytest.raises(AssertionError, match="INVALID: read from another text"):
        assert_no_regression(other, runs / "old.jsonl", gold=GOLD_FOLDER)


def test_pytest_finds_the_fixture_by_itself(runs: Path) -> None:
    (runs / "test_mine.py").write_text(
        f"""
def test_it(assert_no_regression):
    assert_no_regression({str(runs / "new.jsonl")!r}, {str(runs / "old.jsonl")!r},
                         gold={str(GOLD_FOLDER)!r})
"""
    )
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_mine.py"],
        cwd=runs,
        env=bare_environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "AssertionError: FAIL: Incidents found" in ran.stdout
