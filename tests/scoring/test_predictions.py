"""What a run predicts: a model's failure is a prediction of nothing, a lost article is none."""

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from commanding import tollbook_here
from making import (
    EMPTY,
    make_answer,
    make_article,
    make_count,
    make_manifest,
    make_reader,
    make_rejected,
)
from perturbing import GOLD, everything

from eval.predictions import count_attempts, open_predictions, read_predictions
from extractor.article import Article
from extractor.codes import InputOutcome, Scope
from extractor.errors import RecordError, StoreError
from extractor.pipeline import read_article
from extractor.readers.answer import NoAnswer
from extractor.records import Failure, Reading, Rejected
from extractor.store import Run, open_run, seal, write_run

CLAIMS = make_answer(cumulative=[make_count("c9", scope=Scope.PERIOD)])
REFUSED = NoAnswer(outcome=InputOutcome.REFUSED, reason="declined")
INVALID = NoAnswer(outcome=InputOutcome.INVALID, reason="no JSON", raw_answer="{")
TRUNCATED = NoAnswer(outcome=InputOutcome.TRUNCATED, reason="cut off", raw_answer="{")
LOST = NoAnswer(outcome=InputOutcome.INFRA_ERROR, reason="no reply")
REJECTED = "rejected"

Said = object
"""A reader's answer, or that the input never reached a reader."""


def stored(folder: Path, *said: Said) -> Run:
    """A run over as many inputs, each with this answer: articles n1, n2, …"""
    with write_run(folder, make_manifest()) as writer:
        for number, one in enumerate(said, start=1):
            writer.append(_outcome(f"n{number}", number, one))
    return open_run(folder)


def _outcome(name: str, line: int, said: Said) -> Reading | Failure | Rejected:
    if said is REJECTED:
        return make_rejected(line, article_id=name)
    reader = make_reader()
    reader.answers[name] = said  # type: ignore[assignment]
    return asyncio.run(read_article(_article(name), reader=reader))


def _article(name: str) -> Article:
    return make_article(id=name)


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(REFUSED, id="refused"),
        pytest.param(INVALID, id="invalid"),
        pytest.param(TRUNCATED, id="truncated"),
    ],
)
def test_a_failure_of_the_model_is_a_prediction_of_nothing(
    tmp_path: Path, failure: NoAnswer
) -> None:
    run = stored(tmp_path, CLAIMS, failure)

    first, second = read_predictions(run)

    assert (first.article_id, second.article_id) == ("n1", "n2")
    assert [len(incident.counts) for incident in first.incidents] == [2]
    assert [claim.id for claim in first.cumulative] == ["c3"]
    assert second.outcome is failure.outcome
    assert (second.incidents, second.cumulative) == ((), ())
    assert second.text_sha256 == _article("n2").text_sha256
    assert count_attempts(run.outcomes()).is_gradable


def test_an_article_without_incidents_is_a_prediction_too(tmp_path: Path) -> None:
    (only,) = read_predictions(stored(tmp_path, EMPTY))
    assert only.incidents == ()
    assert only.outcome in (InputOutcome.READ, InputOutcome.READ_WITH_FLAGS)


def test_lost_articles_and_rejected_inputs_are_no_predictions(tmp_path: Path) -> None:
    run = stored(tmp_path, LOST, REJECTED, EMPTY)
    assert [prediction.article_id for prediction in read_predictions(run)] == ["n3"]


@pytest.mark.parametrize(
    ("said", "gradable", "told"),
    [
        pytest.param([CLAIMS], True, "", id="read"),
        pytest.param([REFUSED], True, "", id="only a refusal"),
        pytest.param([CLAIMS, REJECTED], True, "", id="a rejected input"),
        pytest.param([CLAIMS, INVALID, TRUNCATED], True, "", id="failures"),
        pytest.param([CLAIMS, LOST], False, "articles without a prediction: 1", id="one lost"),
        pytest.param([LOST, LOST], False, "articles without a prediction: 2", id="all lost"),
        pytest.param([REJECTED], False, "no article in it", id="only rejected inputs"),
        pytest.param([], False, "no article in it", id="nothing"),
    ],
)
def test_a_run_is_gradable_if_every_article_has_a_prediction(
    tmp_path: Path, said: Sequence[Said], gradable: bool, told: str
) -> None:
    run = stored(tmp_path, *said)

    assert count_attempts(run.outcomes()).is_gradable == gradable
    ran = tollbook_here("eval", "attempts", tmp_path, cwd=tmp_path)
    assert ran.code == (0 if gradable else 4)
    assert told in ran.err
    assert (ran.err == "") == gradable


def test_counts_sum_to_the_inputs(tmp_path: Path) -> None:
    said = [CLAIMS, EMPTY, REFUSED, INVALID, TRUNCATED, LOST, REJECTED, REJECTED]
    run = stored(tmp_path, *said)

    counted = count_attempts(run.outcomes())

    assert counted.inputs == len(said) == counted.counts.total()
    assert (counted.read, counted.model_failures) == (2, 3)
    left = counted.counts[InputOutcome.INFRA_ERROR] + counted.counts[InputOutcome.REJECTED_INPUT]
    assert counted.read + counted.model_failures + left == counted.inputs
    assert len(list(read_predictions(run))) == counted.read + counted.model_failures


def test_the_counts_shown_are_those_of_the_run(tmp_path: Path) -> None:
    stored(tmp_path, CLAIMS, REFUSED, LOST, REJECTED)

    ran = tollbook_here("eval", "attempts", tmp_path, cwd=tmp_path)

    shown = {name: int(number) for name, number in _table(ran.out)}
    assert shown.pop("inputs") == 4
    assert shown.pop("count claims") == 2
    assert list(shown) == [outcome.value for outcome in InputOutcome]
    assert sum(shown.values()) == 4
    assert (shown["refused"], shown["infra_error"], shown["rejected_input"]) == (1, 1, 1)


def _table(shown: str) -> list[list[str]]:
    return [line.rsplit(maxsplit=1) for line in shown.splitlines()]


def test_an_article_read_on_a_second_try_is_no_longer_lost(tmp_path: Path) -> None:
    stored(tmp_path, LOST)
    run = stored(tmp_path, CLAIMS)

    assert count_attempts(run.outcomes()).is_gradable
    assert len(list(read_predictions(run))) == 1


DOUBLE = {
    "id": "c1",
    "outcome": "killed",
    "number": {"text": "26", "lower": 26, "upper": 26, "qualifier": "exact"},
    "group": {"text": "people"},
    "speakers": [{"name_text": None, "type": "article_voice"}],
    "quotes": [{"field": "text", "start": 0, "end": 2, "text": "26", "match": "exact"}],
}


def told(**changed: Any) -> str:
    line: dict[str, Any] = {"article_id": "n1", "text_sha256": "0" * 64, "incidents": []}
    return json.dumps({**line, **changed})


SEALED = seal(told(outcome="read").encode()).decode()


def test_predictions_come_from_any_file_of_lines_in_the_record_schema(tmp_path: Path) -> None:
    run = stored(tmp_path / "run", CLAIMS, REFUSED, LOST, REJECTED)
    lines = (run.folder / "outcomes.jsonl").read_text("utf-8")
    path = tmp_path / "lines.jsonl"
    path.write_text(f"{lines}\n{told(article_id='n9')}\n", "utf-8")
    from_run, from_lines = open_predictions(run.folder), open_predictions(path)
    assert from_lines[:-1] == from_run
    assert [one.outcome for one in from_run] == [
        InputOutcome.READ,
        InputOutcome.REFUSED,
        InputOutcome.INFRA_ERROR,
    ]
    assert from_lines[-1].article_id == "n9"
    assert from_lines[-1].outcome is InputOutcome.READ


@pytest.mark.parametrize(
    ("lines", "told_of"),
    [
        pytest.param("{", "line 1: it is no JSON", id="no JSON"),
        pytest.param("\n[]", "line 2: line: ", id="no object"),
        pytest.param(told(text_sha256="0"), "line 1: text_sha256: ", id="no hash"),
        pytest.param(told(incidents=[{"id": "i1"}]), "incidents.0.", id="no incident"),
        pytest.param(told(extra=1), "line 1: extra: ", id="unknown field"),
        pytest.param(SEALED.replace("n1", "n2"), "line 1: the line was changed", id="changed"),
        pytest.param(f"{told()}\n{told()}", "predicted more than once: 'n1'", id="twice"),
        pytest.param(
            told(cumulative=[DOUBLE, DOUBLE]), "line 1: ids used twice: 'c1'", id="one id twice"
        ),
        pytest.param('{"outcome": "read"}', "line 1: read.article", id="half an outcome"),
        pytest.param("\ufeff{}", "line 1: article_id: ", id="byte order mark"),
        pytest.param("[" * 100_000, "line 1: it is no JSON", id="nested without end"),
    ],
)
def test_a_line_that_is_no_prediction_is_named(tmp_path: Path, lines: str, told_of: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(lines, "utf-8")
    with pytest.raises(RecordError, match=re.escape(told_of)):
        open_predictions(path)


def test_labels_are_predictions_so_that_two_labellers_can_be_compared(tmp_path: Path) -> None:
    path = tmp_path / "second-pass.jsonl"
    rows = [one.gold.model_dump_json() for one in GOLD.labelled.values()]
    path.write_text("\n".join(rows), "utf-8")
    assert open_predictions(path) == everything()


def test_a_name_that_is_no_run_and_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing"):
        open_predictions(tmp_path / "nothing")
