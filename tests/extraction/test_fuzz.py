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
