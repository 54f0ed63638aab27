"""Reliability: confidences held against what is right."""

import pytest

from eval.calibration import Observation, cross_validated, tallies
from eval.reliability import Forecast, reliability_of
from extractor.readers.baseline.confidence import Way

PASSIVE = Way(kind="counts", rule="passive", trait="one")


def forecasts(confidence: float, right: int, of: int) -> list[Forecast]:
    return [Forecast(story=f"s{n}", confidence=confidence, right=n < right) for n in range(of)]


@pytest.mark.parametrize(
    ("confidence", "right", "of", "error"),
    [(0.75, 75, 100, 0.0), (0.95, 50, 100, 0.45), (0.25, 50, 100, 0.25), (1.0, 10, 10, 0.0)],
)
def test_the_error_is_the_gap_between_what_is_thought_and_what_is_right(
    confidence: float, right: int, of: int, error: float
) -> None:
    found = reliability_of(forecasts(confidence, right, of))
    assert found is not None
    assert found.error == pytest.approx(error)
    assert (found.claims, found.right, found.stories) == (of, right, of)


def test_gaps_in_both_directions_do_not_cancel_out() -> None:
    found = reliability_of([*forecasts(0.95, 50, 100), *forecasts(0.05, 50, 100)])
    assert found is not None
    assert found.error == pytest.approx(0.45)
    assert [one.claims for one in found.bins] == [100, 100]


def test_of_no_claim_there_is_no_reliability() -> None:
    assert reliability_of([]) is None


def test_few_stories_have_no_interval_and_many_have_one_around_the_error() -> None:
    few, many = reliability_of(forecasts(0.9, 3, 5)), reliability_of(forecasts(0.9, 50, 100))
    assert few is not None
    assert few.error_interval is None
    assert many is not None
    assert many.error_interval is not None
    assert many.error_interval.low <= many.error <= many.error_interval.high


def observed(story: str, right: bool) -> Observation:
    return Observation(source="gold", story=story, way=PASSIVE, right=right)


def test_a_claim_is_forecast_without_its_own_story() -> None:
    # Story s0 alone is right: without it nothing speaks for the rule, with it half would.
    claims = [observed("s0", True) for _ in range(50)] + [observed("s1", False) for _ in range(50)]
    own = {one.right: one.confidence for one in cross_validated(claims, {})}
    assert own[True] < 0.1
    assert own[False] > 0.9


def test_claims_are_tallied_by_the_way_they_were_come_by() -> None:
    (tally,) = tallies([observed("a", True), observed("b", False), observed("c", True)]).values()
    assert (tally.right, tally.of) == (2, 3)
