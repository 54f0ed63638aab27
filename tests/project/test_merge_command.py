"""`tollbook run merge`: shards read apart become one run, and every other verb reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import GOOD, KEY
from commanding import Ran, by_id, sum_of, tollbook_here, write_articles
from loopback import ScriptedEndpoint

from extractor.jobs import read_totals

Scripted = Callable[..., ScriptedEndpoint]


def ask(folder: Path, url: str, out: str, *options: str) -> Ran:
    return tollbook_here(
        *("extract", "in.jsonl", "--out", out, "--reader", "openai/m", "--base-url", url),
        *options,
        cwd=folder,
        env={"TOLLBOOK_API_KEY": KEY},
    )


def run(folder: Path, *arguments: str) -> Ran:
    return tollbook_here(*arguments, cwd=folder)


def articles(folder: Path, count: int = 12) -> None:
    write_articles(folder / "in.jsonl", **{f"a{n}": f"No. {n}. It rained." for n in range(count)})


def test_merged_shards_of_a_model_are_one_run_and_nothing_is_asked_again(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD)
    articles(tmp_path)
    for number in (1, 2, 3):
        assert ask(tmp_path, endpoint.url, f"s{number}", "--shard", f"{number}/3").code == 0
    assert len(endpoint.calls) == 12

    ran = run(tmp_path, "run", "merge", "all", "s1", "s2", "s3", "--inputs", "in.jsonl")

    assert (ran.code, sum_of(ran)) == (0, {"read": 12})
    assert "calls: 12 = 12 answered + 0 failed" in ran.out
    assert sorted(by_id(tmp_path / "all")) == sorted(f"a{n}" for n in range(12))
    totals = read_totals(tmp_path / "all")
    assert totals is not None
    assert totals.answered == 12
    again = ask(tmp_path, endpoint.url, "all")
    assert (again.code, len(endpoint.calls)) == (0, 12)
    assert "12 of them were known from before" in again.out
    assert run(tmp_path, "verify", "all").out.startswith("12 outcomes")
    assert run(tmp_path, "show", "all", "a7").code == 0
    assert "answered" in run(tmp_path, "run", "status", "all").out


def test_what_is_missing_is_told_with_its_shard(tmp_path: Path) -> None:
    articles(tmp_path)
    for number in (1, 3):
        run(tmp_path, "extract", "in.jsonl", "--out", f"s{number}", "--shard", f"{number}/3")

    ran = run(tmp_path, "run", "merge", "all", "s1", "s3", "--inputs", "in.jsonl")

    assert ran.code == 3
    told = [line for line in ran.err.splitlines() if "no outcome, of shard" in line]
    assert len(told) == 12 - sum_of(ran)["read"]
    assert {line.rpartition(" ")[2] for line in told} == {"2/3"}
    assert "missing of 3 shards: 2; their inputs have no outcome here" in ran.err
    assert run(tmp_path, "extract", "in.jsonl", "--out", "all").code == 0
    assert len(by_id(tmp_path / "all")) == 12


def test_many_inputs_without_an_outcome_are_counted(tmp_path: Path) -> None:
    articles(tmp_path, 60)
    run(tmp_path, "extract", "in.jsonl", "--out", "s1", "--shard", "1/4")
    ran = run(tmp_path, "run", "merge", "all", "s1", "--inputs", "in.jsonl")
    unread = 60 - sum_of(ran)["read"]
    assert f"and {unread - 20} more inputs without an outcome" in ran.err


def test_an_interrupted_shard_is_told_by_its_inputs(tmp_path: Path) -> None:
    articles(tmp_path, 4)
    run(tmp_path, "extract", "in.jsonl", "--out", "s1", "--shard", "1/1")
    articles(tmp_path, 6)
    ran = run(tmp_path, "run", "merge", "all", "s1", "--inputs", "in.jsonl")
    assert (ran.code, sum_of(ran)) == (3, {"read": 4})
    assert "a4: no outcome, of shard 1/1" in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("all", "s1", "s9"), "no run at 's9'"),
        (("s1", "s1"), "is to be merged and to hold what comes of it"),
        (("all", "s1", "s1"), "'s1' is named twice"),
        (("in.jsonl", "s1"), "there is something at 'in.jsonl' already"),
    ],
    ids=["no run", "into itself", "twice", "a file"],
)
def test_what_cannot_be_merged_is_wrong_usage(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    articles(tmp_path, 2)
    run(tmp_path, "extract", "in.jsonl", "--out", "s1")
    ran = run(tmp_path, "run", "merge", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_damaged_line_of_a_shard_is_named_and_leaves_nothing_at_out(tmp_path: Path) -> None:
    articles(tmp_path)
    for number in (1, 2):
        run(tmp_path, "extract", "in.jsonl", "--out", f"s{number}", "--shard", f"{number}/2")
    damaged = tmp_path / "s2" / "outcomes.jsonl"
    damaged.write_bytes(damaged.read_bytes().replace(b"It rained", b"It hailed", 1))

    ran = run(tmp_path, "run", "merge", "all", "s1", "s2")

    assert ran.code == 2
    assert "s2/outcomes.jsonl', line 1, at byte 0: the line was changed or damaged" in ran.err
    assert "restore the file from a copy" in ran.err
    assert not (tmp_path / "all").exists()
