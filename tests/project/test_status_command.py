"""`tollbook run status` says how a run stands and what to do next, and changes nothing."""

import json
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import ARTICLE, GOOD, KEY
from commanding import Ran, outcomes, stop_midway, tollbook_here, write_articles
from filelock import FileLock
from loopback import ScriptedEndpoint, fails, late, says

Scripted = Callable[..., ScriptedEndpoint]

SETTINGS = {
    "TOLLBOOK_API_KEY": KEY,
    "TOLLBOOK_MAX_WAIT_SECONDS": "0.01",
    "TOLLBOOK_MAX_CALLS": "1",
    "TOLLBOOK_AT_ONCE": "1",
}
REFUSAL = says(None, refusal="I cannot help.")


def extract(url: str) -> tuple[str, ...]:
    return ("extract", "in.jsonl", "--out", "run", "--reader", "openai/m", "--base-url", url)


def status(folder: Path, *, run: str = "run") -> dict[str, Any]:
    ran = tollbook_here("run", "status", run, "--json", cwd=folder)
    assert ran.code == 0
    return json.loads(ran.out)


def told(folder: Path) -> Ran:
    return tollbook_here("run", "status", "run", cwd=folder)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_a_run_with_every_kind_of_end_is_told_and_nothing_in_it_changes(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD, REFUSAL, fails(500), says("prose"), says("prose"))
    texts = {name: f"{ARTICLE} ({name})" for name in ("a1", "a2", "a3", "a4")}
    path = write_articles(tmp_path / "in.jsonl", **texts)
    path.write_text(path.read_text("utf-8") + "no article\n", "utf-8")
    tollbook_here(*extract(endpoint.url), cwd=tmp_path, env=SETTINGS)
    before = contents(tmp_path / "run")

    ran = told(tmp_path)
    found = status(tmp_path)

    assert contents(tmp_path / "run") == before
    assert ran.out.splitlines()[1:] == [
        "its inputs: in.jsonl",
        "5 inputs: read_with_flags 1, refused 1, invalid 1, infra_error 1, rejected_input 1",
        "lines: 5",
        "calls: 5 = 4 answered + 1 failed",
        "tokens: 400 of prompts, 40 of answers",
        "cost: unknown, no price is known for the model; state one with --prices",
        "calls by status: ok 4, http_500 1",
        "answers kept: 4",
        "refused 1: a2",
        "invalid 1: a4",
        "infra_error 1: a3",
        "rejected_input 1: in.jsonl:5",
        "next: repeat the run's own command: what has no final outcome is read then",
        "next: ask anew, if you like, with: tollbook run retry run --only refused,invalid "
        "(caps and prices are to be given again)",
        "next: mend the rejected inputs, and repeat the run's own command",
    ]
    assert ran.out.startswith("run run: read by openai/m, prompt incident/v1; begun 20")
    assert found["calls"]["made"] == len(endpoint.calls) == 5
    assert found["without_reading"]["refused"] == ["a2"]
    assert sum(found["outcomes"].values()) == 5
    assert not ran.err
    for secret in (KEY, "Amina", "gunmen"):
        assert secret not in ran.out
    members = {name for part in (found, found["lines"], found["calls"]) for name in part}
    page = (Path(__file__).parents[2] / "docs" / "jobs.md").read_text("utf-8")
    assert not [name for name in members if f"`{name}`" not in page]


def test_a_finished_run_has_nothing_left_to_do(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE)
    tollbook_here("extract", "in.jsonl", "--out", "run", cwd=tmp_path)
    found = status(tmp_path)
    assert found["calls"] is None
    assert found["next"] == ["nothing is left to do; look at it with: tollbook show run"]


def test_a_run_that_was_stopped_before_the_end_of_its_inputs_is_not_done(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD, late(GOOD, 20), GOOD)
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE, a2=f"{ARTICLE} (2)", a3="It rained.")
    command = extract(endpoint.url)
    stop_midway(
        *command,
        cwd=tmp_path,
        is_midway=lambda: len(endpoint.calls) == 2,
        by=signal.SIGKILL,
        env=SETTINGS,
    )
    found = status(tmp_path)
    assert found["inputs_ended"] is False
    assert found["next"] == [
        "it was stopped before the end of its inputs: repeat the run's own command, which reads "
        "the others and whatever has no final outcome"
    ]

    tollbook_here(*command, cwd=tmp_path, env=SETTINGS)
    assert status(tmp_path)["inputs_ended"] is True


def test_a_finished_shard_is_to_be_joined_with_the_others(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE, a2="It rained.", a3="It snowed.")
    for shard in ("1/2", "2/2"):
        out = f"s{shard[0]}"
        tollbook_here("extract", "in.jsonl", "--shard", shard, "--out", out, cwd=tmp_path)
    (step,) = status(tmp_path, run="s1")["next"]
    assert step.startswith("nothing is left to do of shard 1/2; ")
    assert step.endswith("tollbook run merge OUT FOLDER...")
    tollbook_here("run", "merge", "run", "s1", "s2", cwd=tmp_path)
    found = status(tmp_path)
    assert found["inputs_ended"] is True
    assert found["next"] == ["nothing is left to do; look at it with: tollbook show run"]


def test_a_run_of_a_version_that_noted_no_end_says_nothing_of_it(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE)
    tollbook_here("extract", "in.jsonl", "--out", "run", cwd=tmp_path)
    for noted in ("", "[]", '{"ended": "yes"}'):
        (tmp_path / "run" / "pass.json").write_text(noted, "utf-8")
        assert status(tmp_path)["inputs_ended"] is None
    (tmp_path / "run" / "pass.json").unlink()
    assert status(tmp_path)["inputs_ended"] is None


def test_a_killed_run_tells_its_calls_that_may_have_been_paid_for(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD, late(GOOD, 20))
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE, a2=f"{ARTICLE} (2)", a3="It rained.")
    stop_midway(
        *extract(endpoint.url),
        cwd=tmp_path,
        is_midway=lambda: len(endpoint.calls) == 2,
        by=signal.SIGKILL,
        env=SETTINGS,
    )
    found = status(tmp_path)
    assert (found["calls"]["made"], found["calls"]["cut_off"]) == (2, 1)
    assert found["calls"]["cut_off_most_tokens"] > 1000
    assert found["calls"]["under_way"] == 0
    assert found["without_outcome"] == ["a2"]
    assert found["being_written"] is False
    assert "1 call was cut off and may have been paid for: at most " in told(tmp_path).out
    assert "repeat the run's own command" in found["next"][0]


def test_a_run_that_another_process_writes_to_says_so_and_is_not_hindered(
    tmp_path: Path,
) -> None:
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE)
    tollbook_here("extract", "in.jsonl", "--out", "run", cwd=tmp_path)
    with FileLock(tmp_path / "run" / "run.lock"):
        found = status(tmp_path)
    assert found["being_written"] is True
    assert found["next"] == [
        "another process is writing to the run: let it finish, or interrupt it"
    ]
    assert status(tmp_path)["being_written"] is False


def test_damaged_torn_and_replaced_lines_are_counted(tmp_path: Path) -> None:
    command = ("extract", "in.jsonl", "--out", "run")
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE, a2="It rained.", a3="It snowed.")
    tollbook_here(*command, cwd=tmp_path)
    write_articles(tmp_path / "in.jsonl", a1="It hailed.", a2="It rained.", a3="It snowed.")
    tollbook_here(*command, cwd=tmp_path)
    path = tmp_path / "run" / "outcomes.jsonl"
    first, second, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, second.replace(b"rained", b"poured"), *rest, b'{"sch']))
    (tmp_path / "run" / "torn.jsonl").write_bytes(b'{"half\n')

    found = status(tmp_path)

    assert found["lines"]["whole"] == 4
    assert found["lines"]["replaced"] == 1
    assert [(one["line"], one["offset"]) for one in found["lines"]["damaged"]] == [(2, len(first))]
    assert (found["lines"]["unfinished_bytes"], found["lines"]["torn_before"]) == (5, 1)
    assert sum(found["outcomes"].values()) == 2
    assert found["next"][0].startswith("mend the damaged lines")
    assert "damaged line 2: the line was changed or damaged" in told(tmp_path).out


def test_many_inputs_without_a_reading_are_named_in_part_and_in_json_whole(
    tmp_path: Path,
) -> None:
    (tmp_path / "in.jsonl").write_text("no article\n" * 50, "utf-8")
    tollbook_here("extract", "in.jsonl", "--out", "run", cwd=tmp_path)
    (line,) = (line for line in told(tmp_path).out.splitlines() if line.startswith("rejected_"))
    assert line.endswith("in.jsonl:20 and 30 more (--json names all)")
    assert len(status(tmp_path)["without_reading"]["rejected_input"]) == 50


@pytest.mark.parametrize("text", ["no article\n", ""])
def test_a_rejection_is_called_by_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / "a:b.jsonl").write_text(text, "utf-8")
    tollbook_here("extract", "a:b.jsonl", "--out", "run", cwd=tmp_path)
    (place,) = status(tmp_path)["without_reading"]["rejected_input"]
    assert place == ("a:b.jsonl:1" if text else "a:b.jsonl")


def test_the_journal_of_a_version_without_retries_is_read_as_well(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD)
    write_articles(tmp_path / "in.jsonl", a1=ARTICLE)
    tollbook_here(*extract(endpoint.url), cwd=tmp_path, env=SETTINGS)
    with sqlite3.connect(tmp_path / "run" / "calls.sqlite") as database:
        database.execute("DROP TABLE retries")
    database.close()
    assert status(tmp_path)["calls"]["retry"] is None
    assert len(outcomes(tmp_path / "run")) == 1


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    ran = tollbook_here("run", "status", "nothing", cwd=tmp_path)
    assert ran.code == 2
    assert "no run at 'nothing'" in ran.err
