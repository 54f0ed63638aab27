"""For tests of your own: `assert_no_regression` as a function and as a pytest fixture.

Installed with the package, pytest finds it by itself:

    def test_my_prompt(assert_no_regression):
        assert_no_regression("runs/new", "gold/blessed", gold="gold")
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from eval.gate.verdict import Gated

Check: TypeAlias = Callable[..., "Gated"]


def assert_no_regression(
    run: str | Path,
    baseline: str | Path,
    *,
    gold: str | Path = "gold",
    split: str | None = None,
    terms: str | Path | None = None,
    accept: str | None = None,
) -> "Gated":
    """Assert that the gate lets a run pass beside a baseline.

    Args:
        run: a run folder, a folder of its repeats, or a file of predictions.
        baseline: the folder of a blessed run, or any run.
        gold: the gold folder both are graded against.
        split: the articles looked at; those of the blessed run if none is named.
        terms: a file of the gate's terms; the shipped ones if none is named.
        accept: why an inconclusive verdict is let through; without it, it fails too.

    Returns:
        The verdict, with every figure it rests on.

    Raises:
        AssertionError: it fails, is invalid, or is inconclusive and not accepted; with the reasons.
        TollbookError: a run, the gold or the terms cannot be read.
    """
    # Only whoever calls it pays for the import: pytest loads this module in every session.
    from eval.gate.judging import Case, judge
    from eval.gate.terms import SHIPPED, load_terms
    from eval.gold import GoldError, open_gold

    case = Case(
        run=Path(run),
        baseline=Path(baseline),
        gold=open_gold(Path(gold)),
        terms=load_terms(Path(terms) if terms else SHIPPED),
        split=split,
        accepted=accept,
    )
    try:
        judged = judge(case)
    except GoldError as error:
        raise AssertionError(f"INVALID: {error}") from error
    if judged.exit_code:
        found = "".join(f"\n  {one.rule.value}: {one.words}" for one in judged.findings)
        raise AssertionError(f"{judged.verdict}: {judged.reason}{found}")
    return judged


@pytest.fixture(name="assert_no_regression")
def _assert_no_regression() -> Check:
    """The function of that name."""
    return assert_no_regression
