"""Canaries: claims that were right and must stay right, whatever the sums say."""

from pathlib import Path

import pytest
from comparing import compared
from scorecells import cell

from eval.cells import CellKind, CellState
from eval.comparing.sides import Side
from eval.gate.canaries import (
    Canary,
    dead_canaries,
    pick_canaries,
    read_canaries,
    read_struck,
    write_canaries,
)
from eval.gate.findings import Rule
from eval.gate.terms import load_terms
from eval.gate.verdict import decide
from extractor.errors import UsageError

RIGHT, WRONG, MISSED = CellState.CORRECT, CellState.WRONG, CellState.MISSED
TERMS = load_terms()


def canaried(state: CellState, *more: CellState) -> Side:
    repeats = tuple(
        tuple(
            cell(CellKind.COUNT, one, f"a{n}", gold_incident="i1", gold_id="c1", gold="12")
            for n in range(5)
        )
        for one in (state, *more)
    )
    return Side(name="run", provenance=(), repeats=repeats)


def test_one_reading_of_a_reader_that_varies_kills_no_canary_for_sure() -> None:
    (canary,) = pick_canaries(canaried(RIGHT), 1)
    (one,) = dead_canaries(canaried(WRONG), [canary], is_sure=False)
    assert one.rule is Rule.UNSURE


def test_canaries_stay_and_those_struck_out_do_not_come_back(tmp_path: Path) -> None:
    first = pick_canaries(canaried(RIGHT), 3, seed=1)
    again = pick_canaries(canaried(RIGHT), 3, seed=2, kept=first)
    assert again == first
    without = pick_canaries(canaried(RIGHT), 5, kept=first, struck=[first[0].name])
    assert first[0] not in without
    assert len(without) == 4
    path = tmp_path / "canaries.toml"
    path.write_text(write_canaries(first, [first[0].name]), "utf-8")
    assert read_canaries(path) == first[1:]
    assert read_struck(path) == (first[0].name,)


def test_names_of_articles_may_hold_anything(tmp_path: Path) -> None:
    odd = Canary(article_id='a"b\\c\n\u0642', kind=CellKind.COUNT, incident="i1", claim="c1")
    path = tmp_path / "canaries.toml"
    path.write_text(write_canaries([odd]), "utf-8")
    assert read_canaries(path) == (odd,)


def test_canaries_are_claims_that_are_right_and_of_stories_of_their_own() -> None:
    picked = pick_canaries(canaried(RIGHT), 3)
    assert len(picked) == 3
    assert len({one.article_id for one in picked}) == 3
    assert picked == pick_canaries(canaried(RIGHT), 3)
    assert pick_canaries(canaried(WRONG), 3) == ()
    assert pick_canaries(canaried(RIGHT, WRONG), 3) == ()


def test_a_canary_dies_if_it_is_wrong_in_every_repeat() -> None:
    canaries = pick_canaries(canaried(RIGHT), 2)
    assert dead_canaries(canaried(RIGHT), canaries) == ()
    assert dead_canaries(canaried(WRONG, RIGHT), canaries) == ()
    dead = dead_canaries(canaried(WRONG, MISSED), canaries)
    assert [one.rule for one in dead] == [Rule.CANARY, Rule.CANARY]
    assert "count is not right (wrong)" in dead[0].words
    told = decide(compared([RIGHT] * 80, [RIGHT] * 80), TERMS, on="all", dead=dead, canaries=2)
    assert told.verdict == "FAIL"


def test_a_canary_that_gold_lost_is_named() -> None:
    gone = Canary(article_id="nowhere", kind=CellKind.COUNT, incident="i1", claim="c1")
    (one,) = dead_canaries(canaried(RIGHT), [gone])
    assert (one.rule, one.name) == (Rule.MISSING, "nowhere/i1/c1")


def test_canaries_are_written_and_read(tmp_path: Path) -> None:
    picked = pick_canaries(canaried(RIGHT), 4)
    path = tmp_path / "canaries.toml"
    path.write_text(write_canaries(picked), "utf-8")
    assert read_canaries(path) == picked
    path.write_text("[[canary]]\narticle = 1\n", "utf-8")
    with pytest.raises(UsageError, match="canaries cannot be read"):
        read_canaries(path)
