"""`tollbook eval compare`: what it prints and writes, and how it ends."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from commanding import Ran, tollbook_here
from perturbing import GOLD_FOLDER, everything, with_count
from predicting import write_predictions

from extractor.numerals import Number
from extractor.records import CountClaim

TOLD = everything()
FEW = ("--draws", "99", "--gold", GOLD_FOLDER)


def off_by_one(claim: CountClaim) -> CountClaim:
    number = claim.number.model_dump()
    more = {name: number[name] + 1 for name in ("lower", "upper") if number[name] is not None}
    return claim.model_copy(update={"number": Number.model_validate({**number, **more})})


CHANGED = [
    with_count(one, one.incidents[0].counts[0].id, off_by_one)
    if one.article_id == "two-towns"
    else one
    for one in TOLD
]


def compared(cwd: Path, *asked: str | Path) -> Ran:
    return tollbook_here("eval", "compare", *asked, *FEW, cwd=cwd)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A folder with the gold as predictions, and with one figure of it changed."""
    write_predictions(tmp_path / "old.jsonl", TOLD)
    write_predictions(tmp_path / "new.jsonl", CHANGED)
    return tmp_path


def test_the_claim_that_broke_is_shown_with_its_words(runs: Path) -> None:
    ran = compared(runs, "old.jsonl", "new.jsonl")
    assert ran.code == 0, ran.err
    assert "VALID" in ran.out
    assert "old.jsonl → new.jsonl: 14 articles" in ran.out
    assert "broken 1, unstable 0, fixed 0, still wrong 0" in ran.out
    assert "two-towns: count" in ran.out
    assert "Figures that are gated" in ran.out
    assert "too few for intervals" in ran.out


def test_a_run_compared_with_itself_does_not_differ(runs: Path) -> None:
    ran = compared(runs, "old.jsonl", "old.jsonl", "--format", "json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert all(one["delta"] in (0, None) for one in told["differences"])
    assert all(one["p_value"] == 1 for one in told["differences"])
    assert told["items"] == []


def test_the_files_hold_the_comparison(runs: Path) -> None:
    ran = compared(runs, "old.jsonl", "new.jsonl", "--out", "told")
    assert ran.code == 0, ran.err
    assert sorted(one.name for one in (runs / "told").iterdir()) == [
        "comparison.html",
        "comparison.json",
        "comparison.md",
    ]
    page = (runs / "told" / "comparison.html").read_text("utf-8")
    assert "<script" not in page
    assert "Broken: 1" in page
    assert "| Count claims, right of all |" in (runs / "told" / "comparison.md").read_text("utf-8")


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_the_formats_are_printed_alone(runs: Path, form: str) -> None:
    ran = compared(runs, "old.jsonl", "new.jsonl", "--format", form)
    assert ran.code == 0
    assert ran.out.startswith({"markdown": "# Two", "html": "<!doctype", "json": "{"}[form])


def test_an_article_without_an_answer_is_invalid(runs: Path) -> None:
    write_predictions(runs / "short.jsonl", TOLD[1:])
    ran = compared(runs, "old.jsonl", "short.jsonl")
    assert ran.code == 4
    assert "INVALID" in ran.out
    assert "short.jsonl: 1 of 14 articles was never answered for" in ran.out


def test_a_text_that_is_another_is_invalid(runs: Path) -> None:
    write_predictions(runs / "other.jsonl", [replace(TOLD[0], text_sha256="0" * 64), *TOLD[1:]])
    ran = compared(runs, "old.jsonl", "other.jsonl")
    assert ran.code == 4
    assert "read from another text" in ran.err


def test_repeats_are_one_run(runs: Path) -> None:
    for n, told in enumerate((TOLD, CHANGED), start=1):
        write_predictions(runs / f"many-{n}.jsonl", told)
    (runs / "many").mkdir()
    for n in (1, 2):
        (runs / f"many-{n}.jsonl").rename(runs / "many" / f"repeat-{n}")
    ran = compared(runs, "old.jsonl", "many")
    assert ran.code == 0, ran.err
    assert "1 and 2 repeats" in ran.out
    assert "unstable 1" in ran.out


def test_a_repeat_that_is_missing_is_named(runs: Path) -> None:
    (runs / "many" / "repeat-2").mkdir(parents=True)
    ran = compared(runs, "old.jsonl", "many")
    assert ran.code == 2
    assert "repeat-1 is missing" in ran.err


def test_a_run_that_is_not_there_is_named(runs: Path) -> None:
    ran = compared(runs, "old.jsonl", "nothing")
    assert ran.code == 2
    assert "nothing" in ran.err
