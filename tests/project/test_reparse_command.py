"""`tollbook run reparse` maps stored answers with the code of today; nobody is asked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from asking import ARTICLE, GOOD, KEY, incident_answer
from commanding import Ran, outcomes, tollbook_here, write_articles
from loopback import ScriptedEndpoint, fails, says
from rewriting import (
    OTHER_CODE,
    as_other_code_wrote,
    latest,
    lost,
    manifest,
    without_claims,
    without_flags,
)

from extractor.jobs import reparsing

Scripted = Callable[..., ScriptedEndpoint]

SETTINGS = {
    "TOLLBOOK_API_KEY": KEY,
    "TOLLBOOK_MAX_WAIT_SECONDS": "0.01",
    "TOLLBOOK_MAX_CALLS": "1",
    "TOLLBOOK_AT_ONCE": "1",
}
CLAIM = says(incident_answer())


def read(folder: Path, endpoint: ScriptedEndpoint | None, *names: str) -> None:
    """Read articles of these names, with the model or, without an endpoint, with the rules."""
    write_articles(folder / "in.jsonl", **{name: f"{ARTICLE} ({name})" for name in names})
    options = ("--reader", "openai/m", "--base-url", endpoint.url) if endpoint else ()
    tollbook_here("extract", "in.jsonl", "--out", "run", *options, cwd=folder, env=SETTINGS)


def reparse(folder: Path, *options: str) -> Ran:
    return tollbook_here("run", "reparse", "run", *options, cwd=folder)


def status(folder: Path) -> dict[str, Any]:
    return json.loads(tollbook_here("run", "status", "run", "--json", cwd=folder).out)


def test_readings_and_failures_become_what_todays_code_makes_of_their_answers(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(CLAIM, GOOD, CLAIM, CLAIM, says(None, refusal="No."), fails(500), GOOD)
    read(tmp_path, endpoint, "a1", "a2", "a3", "a4", "a5", "a6", "a7")
    right = latest(tmp_path)
    as_other_code_wrote(
        tmp_path,
        a1=without_claims,
        a2=without_flags,
        a3=lost("invalid", status="invalid", message="no JSON"),
        a4=lost("infra_error"),
    )
    before = (tmp_path / "run" / "outcomes.jsonl").read_bytes()
    calls = len(endpoint.calls)

    dry = reparse(tmp_path, "--dry-run")

    told = [
        "7 outcomes: 6 mapped anew, 1 kept as no answer is stored (infra_error 1)",
        "4 {}: outcome 3, counts 1, flags 1, now with a reading 2",
    ]
    assert dry.out.splitlines() == [told[0], told[1].format("would change")]
    assert (tmp_path / "run" / "outcomes.jsonl").read_bytes() == before
    assert manifest(tmp_path)["code_sha256"] == OTHER_CODE

    ran = reparse(tmp_path)

    assert (ran.code, len(endpoint.calls)) == (0, calls)
    assert ran.out.splitlines()[:3] == [
        told[0],
        told[1].format("changed"),
        "the manifest is today's; the earlier one is run/run.1.json",
    ]
    assert latest(tmp_path) == right
    assert (tmp_path / "run" / "outcomes.jsonl").read_bytes().startswith(before)
    assert manifest(tmp_path, "run.1.json")["code_sha256"] == OTHER_CODE
    assert manifest(tmp_path)["created_at"] == manifest(tmp_path, "run.1.json")["created_at"]
    assert tollbook_here("verify", "run", cwd=tmp_path).code == 0
    found = status(tmp_path)
    assert (found["reparsed"], found["reparse_unfinished"]) == (1, False)
    assert found["written_by_this_code"] is True


def test_mapping_anew_once_more_changes_nothing(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(CLAIM, says("prose"))
    read(tmp_path, endpoint, "a1", "a2")
    as_other_code_wrote(tmp_path, a1=without_claims)
    reparse(tmp_path)
    settled = {path.name: path.read_bytes() for path in (tmp_path / "run").glob("*.json*")}
    ran = reparse(tmp_path)
    assert ran.out.startswith("2 outcomes: 2 mapped anew\n0 changed\n")
    assert {path.name: path.read_bytes() for path in (tmp_path / "run").glob("*.json*")} == settled


def test_a_run_mapped_anew_can_be_gone_on_with(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(CLAIM, fails(500), GOOD)
    read(tmp_path, endpoint, "a1", "a2")
    as_other_code_wrote(tmp_path, a1=without_claims)
    reparse(tmp_path)
    read(tmp_path, endpoint, "a1", "a2")
    assert len(endpoint.calls) == 3
    assert latest(tmp_path)["a2"]["outcome"] == "read_with_flags"


def test_tokens_and_cost_of_all_calls_stay_with_a_failure_that_becomes_a_reading(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(fails(429, retry_after="0"), CLAIM)
    read(tmp_path, endpoint, "a1")
    right = latest(tmp_path)["a1"]["attempts"]
    assert [one["status"] for one in right] == ["http_429", "ok"]

    def failed(told: dict[str, Any]) -> dict[str, Any]:
        first, second = told["attempts"]
        failure = lost("invalid")(told)
        return {**failure, "attempts": [first, {**second, "status": "invalid", "message": "no"}]}

    as_other_code_wrote(tmp_path, a1=failed)
    reparse(tmp_path)
    assert latest(tmp_path)["a1"]["attempts"] == right


def test_a_question_that_was_put_afresh_has_its_second_answer_again(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(says(""), CLAIM)
    read(tmp_path, endpoint, "a1")
    right = latest(tmp_path)
    assert (
        right["a1"]["attempts"][0]["request_sha256"]
        == (right["a1"]["attempts"][1]["request_sha256"])
    )
    as_other_code_wrote(tmp_path, a1=lost("invalid", status="invalid", message="no"))
    reparse(tmp_path)
    assert latest(tmp_path) == right


def test_an_answer_shared_with_an_article_of_the_same_text_is_found(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(CLAIM)
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE, a2=ARTICLE)
    options = ("--reader", "openai/m", "--base-url", endpoint.url)
    command = ("extract", "in.jsonl", "--out", "run", *options)
    tollbook_here(*command, cwd=tmp_path, env=SETTINGS)
    right = latest(tmp_path)
    as_other_code_wrote(tmp_path, a2=lost("invalid", status="invalid", message="no"))
    assert "now with a reading 1" in reparse(tmp_path).out
    assert latest(tmp_path) == right
    assert len(endpoint.calls) == 1


def test_a_run_of_the_built_in_rules_is_mapped_from_its_stored_answers(tmp_path: Path) -> None:
    read(tmp_path, None, "a1")
    right = latest(tmp_path)
    as_other_code_wrote(tmp_path, a1=without_claims)
    assert reparse(tmp_path).code == 0
    assert latest(tmp_path) == right


class Killed(BaseException):
    """Stands for what ends a process at once."""


@pytest.mark.parametrize("when", ["before the manifest", "after the first outcome"])
def test_what_a_kill_leaves_is_told_and_finished_by_the_same_command(
    scripted: Scripted, tmp_path: Path, when: str
) -> None:
    endpoint = scripted(CLAIM, CLAIM)
    read(tmp_path, endpoint, "a1", "a2")
    right = latest(tmp_path)
    as_other_code_wrote(tmp_path, a1=without_claims, a2=without_claims)
    mapped = 0
    changes_of = reparsing.changes_of

    def killed(*_: object) -> None:
        raise Killed

    def killed_at_the_second(*told: Any) -> object:
        nonlocal mapped
        mapped += 1
        if mapped == 2:
            raise Killed
        return changes_of(*told)

    patched = (
        mock.patch.object(reparsing, "write_manifest", killed)
        if when.startswith("before")
        else mock.patch.object(reparsing, "changes_of", killed_at_the_second)
    )
    with patched, pytest.raises(Killed):
        reparse(tmp_path)

    found = status(tmp_path)
    assert (found["reparsed"], found["reparse_unfinished"]) == (0, True)
    assert found["next"][0] == (
        "mapping anew was stopped; finish it with: tollbook run reparse run"
    )
    assert manifest(tmp_path)["code_sha256"] == OTHER_CODE

    assert reparse(tmp_path).code == 0

    assert latest(tmp_path) == right
    assert len(outcomes(tmp_path / "run")) == 4
    assert not (tmp_path / "run" / "run.2.json").exists()
    assert status(tmp_path)["reparse_unfinished"] is False


def test_an_answer_that_todays_code_fails_at_keeps_its_outcome_and_is_named(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(CLAIM, CLAIM)
    read(tmp_path, endpoint, "a1", "a2")
    as_other_code_wrote(tmp_path, a1=without_claims)
    map_again = reparsing.map_again

    def fails_at_one(reading: Any, **others: Any) -> object:
        if reading.article.id == "a1":
            raise KeyError("Amina Haddad")
        return map_again(reading, **others)

    with mock.patch.object(reparsing, "map_again", fails_at_one):
        ran = reparse(tmp_path)
    assert ran.code == 3
    assert "2 outcomes: 1 mapped anew, 1 kept as the code fails at them" in ran.out
    assert "today's code fails at the answer of a1: KeyError" in ran.err
    assert "Amina" not in ran.err
    assert latest(tmp_path)["a1"]["cumulative"] == []


def test_a_prompt_that_was_changed_since_is_refused(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(CLAIM)
    read(tmp_path, endpoint, "a1")
    as_other_code_wrote(tmp_path)
    path = tmp_path / "run" / "run.json"
    path.write_text(json.dumps({**manifest(tmp_path), "prompt_sha256": "1" * 64}), "utf-8")
    ran = reparse(tmp_path)
    assert ran.code == 2
    assert "the prompt 'incident/v1' was changed since" in ran.err


def test_a_run_whose_answers_were_asked_for_by_another_schema_is_mapped_and_says_so(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(CLAIM, says("prose"))
    read(tmp_path, endpoint, "a1", "a2")
    as_other_code_wrote(tmp_path, a2=lost("truncated", status="truncated"))
    asked = {"prompt_sha256": "1" * 64, "wire_schema_sha256": "2" * 64}
    path = tmp_path / "run" / "run.json"
    path.write_text(json.dumps({**manifest(tmp_path), **asked}), "utf-8")

    ran = reparse(tmp_path)

    assert ran.code == 0
    assert "the schema of answers has changed since" in ran.err
    assert {name: manifest(tmp_path)[name] for name in asked} == asked
    assert latest(tmp_path)["a2"]["outcome"] == "invalid"
    checked = tollbook_here("verify", "run", cwd=tmp_path)
    assert checked.code == 0
    assert "its answers were mapped anew since" in checked.err


TORN = b'{"schema_version":1,'
TOLD_OF_IT = "the run was stopped in the middle of a line; what is left of it is in torn.jsonl now"


def leave_unfinished(folder: Path) -> None:
    with (folder / "run" / "outcomes.jsonl").open("ab") as lines:
        lines.write(TORN)


def test_an_unfinished_line_that_is_moved_aside_is_told(tmp_path: Path) -> None:
    read(tmp_path, None, "a1", "a2")
    leave_unfinished(tmp_path)

    assert TOLD_OF_IT not in reparse(tmp_path, "--dry-run").err  # nothing is moved
    ran = reparse(tmp_path)

    assert (ran.code, ran.err.count(TOLD_OF_IT)) == (0, 1)
    assert (tmp_path / "run" / "torn.jsonl").read_bytes() == TORN + b"\n"
    assert TOLD_OF_IT not in reparse(tmp_path).err


def test_a_retry_tells_of_an_unfinished_line_as_well(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(GOOD)
    read(tmp_path, endpoint, "a1")
    leave_unfinished(tmp_path)
    options = ("--only", "refused", "--base-url", endpoint.url)

    ran = tollbook_here("run", "retry", "run", *options, cwd=tmp_path, env=SETTINGS)

    assert (ran.code, ran.err.count(TOLD_OF_IT)) == (0, 1)
    assert (tmp_path / "run" / "torn.jsonl").read_bytes() == TORN + b"\n"
