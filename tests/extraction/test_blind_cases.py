"""The blind cases: no change makes the resolvers worse on them than they were when measured."""

import importlib.util
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

CASES = Path(__file__).resolve().parents[2] / "benchmarks" / "resolving"

# Fewest right and most wrong answers of each file; what is neither stays open or is coarse.
HELD = [
    ("places", "places.jsonl", 167, 11),
    ("places", "places_after.jsonl", 87, 4),
    ("decoys", "decoys.jsonl", 598, 2),
    ("dates", "dates_before.jsonl", 60, 0),
    ("dates", "dates_after.jsonl", 58, 0),
    ("numbers", "numbers_before.jsonl", 60, 0),
    ("numbers", "numbers_after.jsonl", 60, 0),
    ("numbers", "numbers_last.jsonl", 58, 2),
    ("numbers", "numbers_fourth.jsonl", 58, 1),
    ("actors", "actors.jsonl", 85, 1),
]


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("blind_score", CASES / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("kind", "file", "right", "wrong"), HELD, ids=[file for _, file, _, _ in HELD]
)
def test_blind_cases_come_out_as_well_as_before(
    kind: str, file: str, right: int, wrong: int
) -> None:
    score = scorer().SCORERS[kind][1]
    tables = scorer().open_tables()
    verdicts = Counter(
        score(case, tables).verdict.split(":")[0].split(",")[0]
        for case in scorer().read(CASES / file)
    )
    assert verdicts["right"] >= right, verdicts
    assert verdicts["wrong"] <= wrong, verdicts
