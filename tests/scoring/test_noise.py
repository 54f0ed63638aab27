"""Noise: how far runs of one configuration differ, and what margins it leaves room for."""

from pathlib import Path

import pytest
from comparing import compared

from eval.cells import CellState
from eval.gate.noise import check_margins, noise_of, pairs_of
from eval.gate.terms import load_terms
from extractor.errors import UsageError

RIGHT, WRONG, MISSED = CellState.CORRECT, CellState.WRONG, CellState.MISSED
TERMS = load_terms()


def test_noise_is_what_runs_of_one_configuration_differ_by() -> None:
    runs = [[RIGHT] * n + [MISSED] * (40 - n) for n in (30, 31, 29)]
    pairs = [compared(runs[a], runs[b]) for a, b in pairs_of(3)]
    noise = noise_of(pairs, ["PASS", "PASS", "INCONCLUSIVE"], runs=3, split=None)
    one = noise.of("incident.accuracy")
    assert one is not None
    # Differences of 1, 1 and 2 of 40: the root of their mean square.
    assert one.deviation == pytest.approx(((1 + 1 + 4) / 3) ** 0.5 / 40)
    assert one.largest == pytest.approx(2 / 40)
    assert noise.flip_rate == pytest.approx(1 / 3)
    assert noise.flipped_claims is not None
    assert 0 < noise.flipped_claims < 0.1


def test_margins_below_the_noise_are_refused(tmp_path: Path) -> None:
    runs = [[RIGHT] * n + [MISSED] * (40 - n) for n in (30, 33)]
    noise = noise_of([compared(*runs)], ["FAIL"], runs=2, split=None)
    with pytest.raises(UsageError, match=r"incident\.accuracy.*0\.0750.*0\.1500 in a copy"):
        check_margins(TERMS, noise, tmp_path / "noise.json")
    quiet = noise_of([compared(runs[0], runs[0])], ["PASS"], runs=2, split=None)
    check_margins(TERMS, quiet, tmp_path / "noise.json")
