"""`tollbook run retry` reads again what ended without a reading, and pays nothing twice."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import ARTICLE, GOOD, KEY
from commanding import Ran, outcomes, stop_midway, sum_of, tollbook_here, write_articles
from loopback import ScriptedEndpoint, fails, late, says

Scripted = Callable[..., ScriptedEndpoint]

SETTINGS = {
    "TOLLBOOK_API_KEY": KEY,
    "TOLLBOOK_MAX_WAIT_SECONDS": "0.01",
    "TOLLBOOK_MAX_CALLS": "1",
    "TOLLBOOK_AT_ONCE": "1",
}
REFUSAL = says(None, refusal="I cannot help.")
PROSE = says("prose")


def at(endpoint: ScriptedEndpoint) -> dict[str, str]:
    """The settings for an endpoint."""
    return {**SETTINGS, "TOLLBOOK_BASE_URL": endpoint.url}


def begin(folder: Path, endpoint: ScriptedEndpoint, *names: str) -> Ran:
    """Read articles of these names with the model."""
    write_articles(folder / "in.jsonl", **{name: f"{ARTICLE} ({name})" for name in names})
    return tollbook_here(
        "extract", "in.jsonl", "--out", "run", "--reader", "openai/m", cwd=folder, env=at(endpoint)
    )


def retry(folder: Path, endpoint: ScriptedEndpoint, *options: str, **env: str) -> Ran:
    settings = {**at(endpoint), **env}
    return tollbook_here("run", "retry", "run", *options, cwd=folder, env=settings)


def now(folder: Path) -> dict[str, str]:
    """How each article of the run ended, by its latest outcome."""
    found: dict[str, str] = {}
    for one in outcomes(folder / "run"):
        found[one["article"]["id"]] = one["outcome"]
    return found


def status(folder: Path) -> dict[str, Any]:
    return json.loads(tollbook_here("run", "status", "run", "--json", cwd=folder).out)


def test_only_what_ended_so_is_read_again_and_asked_for_anew(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD, REFUSAL, PROSE, PROSE, fails(500), GOOD)
    begin(tmp_path, endpoint, "a1", "a2", "a3", "a4")
    first = (tmp_path / "run" / "outcomes.jsonl").read_bytes()

    ran = retry(tmp_path, endpoint, "--only", "refused")

    assert (ran.code, sum_of(ran)) == (0, {"read_with_flags": 1})
    assert [call.messages[-1]["content"].count("(a2)") for call in endpoint.calls[5:]] == [1]
    assert (tmp_path / "run" / "outcomes.jsonl").read_bytes().startswith(first)
    assert now(tmp_path) == {
        "a1": "read_with_flags",
        "a2": "read_with_flags",
        "a3": "invalid",
        "a4": "infra_error",
    }
    found = status(tmp_path)
    assert (found["lines"]["replaced"], found["calls"]["answers_void"]) == (1, 1)
    assert tollbook_here("verify", "run", cwd=tmp_path).code == 0

    ran = retry(tmp_path, endpoint, "--only", "invalid,infra_error")

    assert (ran.code, sum_of(ran)) == (0, {"read_with_flags": 2})
    assert len(endpoint.calls) == 8
    assert set(now(tmp_path).values()) == {"read_with_flags"}
    assert retry(tmp_path, endpoint, "--only", "refused,invalid,truncated,infra_error").out == (
        "nothing to retry: no article ended in refused, invalid, truncated, infra_error\n"
    )


def test_an_article_with_its_source_and_notices_comes_from_the_run_and_not_from_the_inputs(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(REFUSAL, GOOD)
    begin(tmp_path, endpoint, "a1")
    (tmp_path / "in.jsonl").unlink()
    assert retry(tmp_path, endpoint, "--only", "refused").code == 0
    before, after = outcomes(tmp_path / "run")
    for member in ("article", "source", "notices", "reader", "prompt"):
        assert before[member] == after[member]


def test_answers_that_came_before_the_endpoint_failed_are_used(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(PROSE, fails(500), GOOD)
    begin(tmp_path, endpoint, "a1")
    assert now(tmp_path) == {"a1": "infra_error"}
    ran = retry(tmp_path, endpoint, "--only", "infra_error")
    assert ran.code == 0
    assert len(endpoint.calls) == 3
    (_, after) = outcomes(tmp_path / "run")
    assert [attempt["status"] for attempt in after["attempts"]] == ["invalid", "ok"]
    assert "1 answers were kept and not asked for again" in ran.out


def test_single_articles_are_read_again_by_their_ids(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(REFUSAL, REFUSAL, REFUSAL, GOOD)
    begin(tmp_path, endpoint, "a1", "a2", "a3")
    assert retry(tmp_path, endpoint, "a2").code == 0
    assert now(tmp_path) == {"a1": "refused", "a2": "read_with_flags", "a3": "refused"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param([], "say what to read again: --only with some of refused", id="nothing"),
        pytest.param(["--only", "bad"], "'bad' is no outcome to retry; there is", id="unknown"),
        pytest.param(["--only", "read"], "'read' is no outcome to retry", id="read"),
        pytest.param(
            ["--only", "refused,rejected_input"],
            "a rejected input holds no article that could be read again; mend it",
            id="rejected",
        ),
        pytest.param(["a9"], "the run has no outcome of an article 'a9'", id="no such id"),
        pytest.param(["a1"], "the article 'a1' was read; there is nothing", id="was read"),
        pytest.param(
            ["a2", "--only", "invalid"],
            "the article 'a2' ended in refused, which --only leaves out",
            id="left out",
        ),
    ],
)
def test_what_cannot_be_retried_is_named(
    scripted: Scripted, tmp_path: Path, options: list[str], told: str
) -> None:
    endpoint = scripted(GOOD, REFUSAL)
    begin(tmp_path, endpoint, "a1", "a2")
    ran = retry(tmp_path, endpoint, *options)
    assert (ran.code, len(endpoint.calls)) == (2, 2)
    assert told in ran.err


def test_an_article_that_no_answer_comes_for_keeps_the_outcome_that_says_more(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(REFUSAL, fails(500), GOOD)
    begin(tmp_path, endpoint, "a1")
    ran = retry(tmp_path, endpoint, "--only", "refused")
    assert (ran.code, sum_of(ran)) == (4, {"infra_error": 1})
    assert now(tmp_path) == {"a1": "refused"}
    assert retry(tmp_path, endpoint, "--only", "refused").code == 0
    assert now(tmp_path) == {"a1": "read_with_flags"}


def test_an_endpoint_that_refuses_every_call_stops_a_retry_which_then_goes_on(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(REFUSAL, REFUSAL, fails(401), REFUSAL, GOOD)
    begin(tmp_path, endpoint, "a1", "a2")
    ran = retry(tmp_path, endpoint, "--only", "refused")
    assert ran.code == 4
    assert status(tmp_path)["calls"]["retry"]["left"] == ["a1", "a2"]
    assert now(tmp_path) == {"a1": "refused", "a2": "refused"}
    again = retry(tmp_path, endpoint, "--only", "refused")
    assert "an earlier retry was stopped with 2 articles left" in again.err
    assert sum_of(again) == {"refused": 1, "read_with_flags": 1}
    assert status(tmp_path)["calls"]["retry"] is None


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_a_retry_that_was_stopped_goes_on_with_what_is_left(
    scripted: Scripted, tmp_path: Path, by: signal.Signals
) -> None:
    """The first article is refused once more: it must not be asked about again."""
    waiting = late(GOOD, 20 if by is signal.SIGKILL else 0.5)
    endpoint = scripted(REFUSAL, REFUSAL, REFUSAL, REFUSAL, waiting, GOOD)
    begin(tmp_path, endpoint, "a1", "a2", "a3")
    command = ("run", "retry", "run", "--only", "refused")
    stop_midway(
        *command, cwd=tmp_path, is_midway=lambda: len(endpoint.calls) == 5, by=by, env=at(endpoint)
    )
    left = ["a2", "a3"] if by is signal.SIGKILL else ["a3"]
    found = status(tmp_path)
    assert found["calls"]["retry"] == {"options": "--only refused", "left": left}
    assert "finish it with: tollbook run retry run --only refused" in found["next"][0]

    other = retry(tmp_path, endpoint, "--only", "invalid")
    assert other.code == 2
    assert "a retry of '--only refused' was stopped before its end" in other.err

    ran = retry(tmp_path, endpoint, "--only", "refused")

    assert sum_of(ran) == {"read_with_flags": len(left)}
    asked = [call.messages[-1]["content"] for call in endpoint.calls[3:]]
    assert [sum(f"({name})" in words for words in asked) for name in ("a1", "a2", "a3")] == [
        1,
        2 if by is signal.SIGKILL else 1,
        1,
    ]
    assert now(tmp_path) == {"a1": "refused", "a2": "read_with_flags", "a3": "read_with_flags"}


def test_what_a_stopped_retry_has_left_can_be_dropped(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(REFUSAL, PROSE, PROSE, fails(401), GOOD)
    begin(tmp_path, endpoint, "a1", "a2")
    retry(tmp_path, endpoint, "--only", "refused")
    assert retry(tmp_path, endpoint, "--only", "invalid", "--anew").code == 0
    assert now(tmp_path) == {"a1": "refused", "a2": "read_with_flags"}


@pytest.mark.parametrize(
    "env", [{"TOLLBOOK_SEED": "7"}, {"TOLLBOOK_TEMPERATURE": "1"}], ids=["seed", "temperature"]
)
def test_what_decides_an_answer_is_the_runs_own(
    scripted: Scripted, tmp_path: Path, env: dict[str, str]
) -> None:
    endpoint = scripted(REFUSAL, GOOD)
    begin(tmp_path, endpoint, "a1")
    ran = retry(tmp_path, endpoint, "--only", "refused", **env)
    assert ran.code == 0
    assert endpoint.calls[1].body == endpoint.calls[0].body


def test_a_run_of_other_code_is_not_gone_back_to(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(REFUSAL)
    begin(tmp_path, endpoint, "a1")
    path = tmp_path / "run" / "run.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, "code_sha256": "0" * 64}), "utf-8")
    ran = retry(tmp_path, endpoint, "--only", "refused")
    assert (ran.code, len(endpoint.calls)) == (2, 1)
    assert "something has changed since: code_sha256 was '000" in ran.err
    assert "tollbook run reparse run" in ran.err


def test_a_key_is_not_sent_where_only_the_folder_says(scripted: Scripted, tmp_path: Path) -> None:
    endpoint, other = scripted(REFUSAL, GOOD), scripted(GOOD)
    begin(tmp_path, endpoint, "a1")
    ran = retry(tmp_path, other, "--only", "refused")
    assert (ran.code, len(endpoint.calls), len(other.calls)) == (2, 1, 0)
    assert f"--base-url {endpoint.url}" in ran.err
    assert retry(tmp_path, other, "--only", "refused", "--base-url", endpoint.url).code == 0


def test_without_a_key_the_runs_own_endpoint_is_asked(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(REFUSAL, GOOD)
    begin(tmp_path, endpoint, "a1")
    env = {name: value for name, value in SETTINGS.items() if name != "TOLLBOOK_API_KEY"}
    command = ("run", "retry", "run", "--only", "refused")
    assert tollbook_here(*command, cwd=tmp_path, env=env).code == 0


def test_a_run_of_the_built_in_rules_is_retried_without_a_journal(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE)
    tollbook_here("extract", "in.jsonl", "--out", "run", cwd=tmp_path)
    ran = tollbook_here("run", "retry", "run", "--only", "infra_error", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "nothing to retry: no article ended in infra_error\n")
    assert not (tmp_path / "run" / "calls.sqlite").exists()
