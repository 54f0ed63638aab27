"""Runs of many inputs: each gets its outcome, once, however often the run is stopped."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from making import (
    ScriptedReader,
    make_answer,
    make_article,
    make_manifest,
    make_reader,
    make_rejected,
    make_source,
    make_taken,
)

from extractor.codes import InputOutcome
from extractor.errors import EndpointError, PromptError, RecordingError, StoreError
from extractor.intake import Taken
from extractor.jobs import Done, Job, read_inputs
from extractor.jobs.feed import AHEAD
from extractor.readers.answer import NoAnswer
from extractor.readers.model import CallRefused
from extractor.records import Attempt, Failure, Reading, Rejected
from extractor.store import open_run, write_run

NO_REPLY = NoAnswer(outcome=InputOutcome.INFRA_ERROR, reason="no reply")


def article(id_: str, line: int = 1, text: str | None = None) -> Taken:
    return make_taken(make_article(text, id=id_) if text else make_article(id=id_), line)


def run(
    folder: Path, inputs: Iterable[Taken | Rejected], reader: ScriptedReader | None = None
) -> list[Done]:
    """Read inputs into a folder; what was done stands in the list even where an error ends it."""
    done: list[Done] = []

    async def read() -> None:
        with write_run(folder, make_manifest()) as writer:
            async for one in read_inputs(inputs, Job(reader=reader or make_reader()), writer):
                done.append(one)

    asyncio.run(read())
    return done


def stored(folder: Path) -> list[str]:
    return [outcome.outcome.value for outcome in open_run(folder).outcomes()]


def test_every_input_has_one_outcome_and_they_sum_to_the_inputs(tmp_path: Path) -> None:
    inputs = [article("a1", 1), make_rejected(2), article("a3", 3), article("a4", 4)]
    reader = make_reader(a3=NO_REPLY, a4=make_answer())
    done = run(tmp_path, inputs, reader)
    assert Counter(one.outcome for one in done) == {
        "read": 2,
        "rejected_input": 1,
        "infra_error": 1,
    }
    assert [one.label for one in done] == ["a1", "articles.jsonl:2", "a3", "a4"]
    assert [one.reason for one in done] == [None, "it is empty", "no reply", None]
    assert stored(tmp_path) == ["read", "rejected_input", "infra_error", "read"]


def test_going_on_asks_only_for_what_has_no_final_outcome(tmp_path: Path) -> None:
    refused = NoAnswer(outcome=InputOutcome.REFUSED, reason="no")
    inputs = [article("a1", 1), make_rejected(2), article("a3", 3), article("a4", 4)]
    run(tmp_path, inputs, make_reader(a3=NO_REPLY, a4=refused))
    reader = make_reader(a3=make_answer())
    done = run(tmp_path, [*inputs, article("a5", 5)], reader)
    assert reader.asked == ["a3", "a5"]
    assert [one.stored for one in done] == [True, True, False, True, False]
    assert Counter(one.outcome for one in done) == {"read": 3, "rejected_input": 1, "refused": 1}
    assert sorted(stored(tmp_path)) == ["read", "read", "read", "refused", "rejected_input"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text": "Another text."}, "another text;"),
        ({"title": "Shells"}, "another title;"),
        ({"published_at": None}, "another publication date;"),
        (
            {"title": "Shells", "published_at": date(2020, 1, 1)},
            "another title and another publication date;",
        ),
    ],
    ids=["text", "title", "date", "both"],
)
def test_an_article_that_changed_is_read_anew_and_says_so(
    tmp_path: Path, changed: dict[str, Any], told: str
) -> None:
    run(tmp_path, [article("a1")])
    first = (tmp_path / "outcomes.jsonl").read_bytes()
    inputs = [make_taken(make_article(**{"id": "a1", **changed}))]
    reader = make_reader()
    (done,) = run(tmp_path, inputs, reader)
    assert (done.stored, reader.asked) == (False, ["a1"])
    kept = open_run(tmp_path).find("a1")
    assert isinstance(kept, Reading)
    assert kept.article == inputs[0].article
    (notice,) = kept.notices
    assert f"read an earlier version of the article, with {told} its outcome is kept" in notice
    both = (tmp_path / "outcomes.jsonl").read_bytes()
    assert both.startswith(first)
    assert both.count(b"\n") == 2
    assert stored(tmp_path) == [done.outcome]
    (again,) = run(tmp_path, inputs)
    assert (again.outcome, again.stored) == (done.outcome, True)
    assert (tmp_path / "outcomes.jsonl").read_bytes() == both


@pytest.mark.parametrize("changed", [{"url": "https://example.org/b"}, {"publisher": "B"}])
def test_what_no_reader_sees_is_no_change(tmp_path: Path, changed: dict[str, str]) -> None:
    run(tmp_path, [article("a1")])
    reader = make_reader()
    (done,) = run(tmp_path, [make_taken(make_article(id="a1", **changed))], reader)
    assert (done.stored, reader.asked) == (True, [])


def test_an_article_that_was_lost_may_come_back_with_another_text(tmp_path: Path) -> None:
    run(tmp_path, [article("a1")], make_reader(a1=NO_REPLY))
    (done,) = run(tmp_path, [article("a1", text="Another text.")])
    assert done.outcome == "read"
    assert stored(tmp_path) == ["read"]


def test_a_text_that_is_restored_is_read_as_it_is_now(tmp_path: Path) -> None:
    run(tmp_path, [article("a1"), article("a2", 2)])
    run(tmp_path, [article("a1", text="Another text."), article("a2", 2)])
    done = run(tmp_path, [article("a1"), article("a2", 2)])
    assert [one.stored for one in done] == [False, True]
    assert stored(tmp_path) == ["read", "read"]
    kept = open_run(tmp_path).find("a1")
    assert isinstance(kept, Reading)
    assert (kept.article, len(kept.notices)) == (article("a1").article, 1)
    settled = (tmp_path / "outcomes.jsonl").read_bytes()
    run(tmp_path, [article("a1"), article("a2", 2)])
    assert (tmp_path / "outcomes.jsonl").read_bytes() == settled


def test_a_known_article_at_a_new_line_drops_the_rejection_that_stood_there(
    tmp_path: Path,
) -> None:
    run(tmp_path, [article("a1", 1), make_rejected(2), article("a3", 3)])
    run(tmp_path, [article("a1", 1), article("a3", 2)])
    assert stored(tmp_path) == ["read", "read"]
    kept = open_run(tmp_path).find("a3")
    assert kept is not None
    assert kept.source == make_source(2)


@pytest.mark.parametrize(
    "error",
    [KeyError("Amina"), RecursionError(), ValueError("killed Amina Haddad")],
    ids=lambda error: type(error).__name__,
)
def test_a_defect_that_one_article_brings_to_light_costs_that_article_only(
    tmp_path: Path, error: Exception
) -> None:
    inputs = [article("a1", 1), article("a2", 2), article("a3", 3)]
    done = run(tmp_path, inputs, make_reader(a2=error))
    assert [one.outcome for one in done] == ["read", "infra_error", "read"]
    assert stored(tmp_path) == ["read", "infra_error", "read"]
    kept = open_run(tmp_path).find("a2")
    assert isinstance(kept, Failure)
    assert re.fullmatch(
        rf"a defect of tollbook, not of the article: {type(error).__name__} in "
        r"extractor/pipeline\.py:\d+; the run goes on; please report it",
        kept.reason,
    )
    assert kept.source == inputs[1].source
    assert [one.stored for one in run(tmp_path, inputs)] == [True, False, True]


def test_an_answer_that_cannot_be_written_costs_its_article_only(tmp_path: Path) -> None:
    unfit = make_answer(summary="half a pair: \ud800")
    done = run(tmp_path, [article("a1"), article("a2")], make_reader(a1=unfit))
    assert [one.outcome for one in done] == ["infra_error", "read"]
    assert stored(tmp_path) == ["infra_error", "read"]


@pytest.mark.parametrize(
    "error", [PromptError("none"), StoreError("full")], ids=["prompt", "store"]
)
def test_an_error_about_more_than_one_article_stops_the_run(
    tmp_path: Path, error: Exception
) -> None:
    with pytest.raises(type(error)):
        run(tmp_path, [article("a1"), article("a2")], make_reader(a1=error))
    assert stored(tmp_path) == []


def test_the_same_article_twice_in_one_run_is_read_once(tmp_path: Path) -> None:
    reader = make_reader()
    done = run(tmp_path, [article("a1", 1), article("a1", 2)], reader)
    assert ([one.stored for one in done], reader.asked) == ([False, True], ["a1"])


def test_an_endpoint_that_refuses_every_call_ends_the_run_after_one_infra_error(
    tmp_path: Path,
) -> None:
    attempt = Attempt(n=1, status="http_401", request_sha256="0" * 64)
    refused = CallRefused("the key is wrong; set another", (attempt,))
    reader = make_reader(a2=refused)
    inputs = [article("a1", 1), article("a2", 2), article("a3", 3)]
    with pytest.raises(CallRefused, match="the key is wrong"):
        run(tmp_path, inputs, reader)
    assert (reader.asked, stored(tmp_path)) == (["a1", "a2"], ["read", "infra_error"])
    kept = open_run(tmp_path).find("a2")
    assert isinstance(kept, Failure)
    assert kept.reason == "the key is wrong; set another"
    assert kept.attempts == (attempt,)
    assert kept.source == inputs[1].source
    done = run(tmp_path, inputs, make_reader())
    assert [one.stored for one in done] == [True, False, False]
    assert stored(tmp_path) == ["read", "read", "read"]


def test_an_endpoint_error_without_attempts_leaves_an_infra_error_too(tmp_path: Path) -> None:
    with pytest.raises(EndpointError):
        run(tmp_path, [article("a1")], make_reader(a1=EndpointError("no such address")))
    assert stored(tmp_path) == ["infra_error"]


def test_a_miss_of_a_recording_ends_the_run_and_is_stored_as_no_answer(tmp_path: Path) -> None:
    with pytest.raises(RecordingError):
        run(tmp_path, [article("a1"), article("a2")], make_reader(a2=RecordingError("no answer")))
    assert stored(tmp_path) == ["read", "infra_error"]


def test_inputs_are_taken_only_a_few_ahead_and_outcomes_written_at_once(tmp_path: Path) -> None:
    ahead: list[int] = []

    def inputs() -> Iterable[Taken]:
        for n in range(3 * AHEAD):
            ahead.append(n - len(stored(tmp_path)) if n % 16 == 0 else 0)
            yield article(f"a{n}", n + 1)

    run(tmp_path, inputs())
    assert len(stored(tmp_path)) == 3 * AHEAD
    assert max(ahead) <= AHEAD + 3
