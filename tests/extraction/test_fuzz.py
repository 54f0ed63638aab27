"""The fuzzer of the benchmark, for a short while: nothing raises, and it sees what does."""

import warnings
from typing import Any

import pytest
from hypothesis.errors import NonInteractiveExampleWarning
from scripts import script

fuzzing = script("benchmarks/reading/fuzz.py")
TEXTS = ("Gunmen killed 12 villagers near Kano on Tuesday, police said. Two died later.\n" * 9,)


def test_a_few_seconds_of_made_up_texts_break_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        tally = fuzzing.fuzz(seconds=5, seed=7, texts=TEXTS)
    assert tally.failures == []
    assert tally.texts > 20


def test_what_raises_is_told_with_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(fuzzing, "read_article", broken)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        tally = fuzzing.fuzz(seconds=0.3, seed=7, texts=TEXTS)
    assert tally.failures
    assert all(reason == "RecursionError: too deep" for reason, _ in tally.failures)
    assert all(text for _, text in tally.failures)


@pytest.mark.parametrize(
    ("seconds", "steps", "failures"),
    [
        pytest.param({20_000: 1.0, 40_000: 2.0, 80_000: 4.0}, [], [], id="a line"),
        pytest.param(
            {20_000: 1.0, 40_000: 3.8, 80_000: 7.6},
            [("at twice the length 3.8 and then 2.0 times the time", "no")],
            [],
            id="a step",
        ),
        pytest.param({20_000: 0.1, 40_000: 0.4, 80_000: 1.6}, [], [], id="too quick to tell"),
        pytest.param(
            {20_000: 1.0, 40_000: 4.0, 80_000: 16.0},
            [],
            [("at twice the length 4.0 and then 4.0 times the time", "no")],
            id="a square",
        ),
    ],
)
def test_only_time_that_keeps_growing_faster_than_the_text_is_a_failure(
    seconds: dict[int, float],
    steps: list[tuple[str, str]],
    failures: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def timed(text: str, _: Any) -> float:
        return seconds[len(text)]

    monkeypatch.setattr(fuzzing, "_try", timed)
    tally = fuzzing.Tally()
    fuzzing._try_grown("no", tally)
    assert (tally.steps, tally.failures) == (steps, failures)
