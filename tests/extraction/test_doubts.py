"""Doubts: the rule and the confidence of a claim, from the reader's answer to the ledger."""

import asyncio
import io
import json
from collections.abc import Mapping

import pytest
from making import make_answer, make_article, make_blame, make_count
from rich.console import Console

from extractor.ledger import draw
from extractor.mapping import given_doubts, settle_doubts
from extractor.pipeline import read_article, reading_of
from extractor.readers.answer import Answer
from extractor.readers.baseline import BaselineReader
from extractor.readers.baseline.confidence import (
    WEIGHT,
    Tally,
    Way,
    confidence,
    levelled,
    measured,
)
from extractor.records import Doubt, Reading

TEXT = (
    "Gunmen killed 12 people in Zaran on Friday. Six people died in a bus crash near the market."
    " A bomb exploded in Zaran on Friday and wounded four soldiers."
)


def read(text: str = TEXT) -> Reading:
    reading = asyncio.run(read_article(make_article(text), reader=BaselineReader()))
    assert isinstance(reading, Reading)
    return reading


def drawn(reading: Reading) -> str:
    file = io.StringIO()
    Console(file=file, width=300).print(draw(reading))
    return file.getvalue()


def test_every_claim_of_the_built_in_reader_has_a_rule_and_a_confidence() -> None:
    reading = read()
    claims = [c.id for i in reading.incidents for c in (*i.counts, *i.blames)]
    assert claims
    assert sorted(doubt.claim for doubt in reading.doubts) == sorted(claims)
    assert all(doubt.rule and 0 < (doubt.confidence or 0) < 1 for doubt in reading.doubts)


def test_what_was_seen_and_not_claimed_has_its_reason() -> None:
    reading = read()
    (left,) = reading.left
    assert (left.reason, reading.article.slice(left)) == (
        "accident",
        "Six people died",
    )


def test_the_ledger_shows_both() -> None:
    reading = read()
    told = drawn(reading)
    assert f"rule: {reading.doubts[0].rule}, confidence 0." in told
    assert "accident: “Six people died”" in told


def test_a_reader_that_does_not_tell_has_no_doubts_and_shows_none() -> None:
    article = make_article()
    reading = reading_of(
        Answer(answer=make_answer()), article, reader="x", prompt=None, examples=()
    )
    assert (reading.doubts, reading.left) == ((), ())
    assert "rule:" not in drawn(reading)


def test_a_reading_stored_before_there_were_doubts_still_loads() -> None:
    line = json.loads(read().model_dump_json())
    del line["doubts"], line["left"]
    loaded = Reading.model_validate(line)
    assert (loaded.doubts, loaded.left) == ((), ())


def test_doubts_follow_their_claims_to_the_final_ids_and_back() -> None:
    answer = make_answer(counts=[make_count(id="x")], blames=[make_blame(id="y")])
    given = (Doubt(claim="x", rule="passive", confidence=0.5), Doubt(claim="y", rule="said"))
    settled = settle_doubts(given, answer, {"c1", "b1"})
    assert [doubt.claim for doubt in settled] == ["c1", "b1"]
    assert given_doubts(settled, answer) == given


def test_the_doubt_of_a_claim_that_is_set_aside_goes_with_it() -> None:
    answer = make_answer(counts=[make_count(id="x")], blames=[])
    assert settle_doubts((Doubt(claim="x", rule="passive"),), answer, {"c2"}) == ()


def test_a_stored_reading_is_mapped_again_with_the_same_doubts() -> None:
    reading = read()
    stored = Answer(
        answer=reading.answer,
        doubts=given_doubts(reading.doubts, reading.answer),
        left=reading.left,
    )
    again = reading_of(stored, reading.article, reader="baseline", prompt=None, examples=())
    assert again == reading


def tallies(**told: tuple[int, int]) -> Mapping[Way, Tally]:
    return {
        Way(kind="counts", rule=name, trait="one"): Tally(right=right, of=of)
        for name, (right, of) in told.items()
    }


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("sure", "above"), ("weak", "below"), ("new", "at")],
)
def test_a_rule_that_was_right_more_often_is_surer(rule: str, expected: str) -> None:
    known = tallies(sure=(90, 100), weak=(10, 100))
    share = confidence(Way(kind="counts", rule=rule, trait="one"), known)
    assert {"above": share > 0.8, "below": share < 0.2, "at": abs(share - 0.5) < 0.01}[expected]


def test_a_single_right_claim_proves_little() -> None:
    way = Way(kind="counts", rule="rare", trait="one")
    known = tallies(rare=(1, 1), usual=(50, 100))
    every = (51 + 1) / (101 + 2)
    of_rule = (1 + WEIGHT * every) / (1 + WEIGHT)
    assert confidence(way, known) == pytest.approx((1 + WEIGHT * of_rule) / (1 + WEIGHT))


def test_corpora_tell_rules_apart_and_leave_the_level_to_the_articles() -> None:
    known = levelled(tallies(a=(10, 20), b=(10, 20)), tallies(a=(95, 100), b=(75, 100)))
    a, b = (confidence(Way(kind="counts", rule=rule, trait="one"), known) for rule in "ab")
    assert a > b
    assert 0.4 < b < 0.5 < a < 0.6


def test_nothing_measured_is_even_odds() -> None:
    assert confidence(Way(kind="blames", rule="x", trait="speaker"), {}) == 0.5


def test_the_table_is_read_and_holds_only_shares() -> None:
    assert measured()
    assert all(0 <= tally.right <= tally.of for tally in measured().values())
