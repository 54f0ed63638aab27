"""`tollbook eval run`, `aa` and `offline`: gold read by any reader, noise, and no key needed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commanding import Ran, tollbook_here
from loopback import EMPTY_ANSWER, ScriptedEndpoint, fails, says
from perturbing import GOLD_FOLDER

Scripted = Callable[..., ScriptedEndpoint]
KEYED = {"TOLLBOOK_API_KEY": "k-1", "TOLLBOOK_MAX_WAIT_SECONDS": "0.01"}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A copy of the small gold set, to put things into."""
    shutil.copytree(GOLD_FOLDER, tmp_path / "gold")
    return tmp_path / "gold"


def command(cwd: Path, verb: str, *asked: str | Path, **env: str) -> Ran:
    return tollbook_here("eval", verb, *asked, "--gold", "gold", cwd=cwd, env=env)


def outcomes(folder: Path) -> list[str]:
    lines = (folder / "outcomes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["outcome"] for line in lines]


def test_gold_is_read_and_can_be_graded_and_compared(gold: Path) -> None:
    cwd = gold.parent
    ran = command(cwd, "run", "--out", "run")
    assert ran.code == 0, ran.err
    assert len(outcomes(cwd / "run")) == 14
    assert "tollbook eval compare EARLIER_RUN run" in ran.out
    assert command(cwd, "score", "run", "--no-intervals").code == 0
    compared = command(cwd, "compare", "run", "run", "--draws", "99")
    assert compared.code == 0, compared.err


def test_a_split_alone_is_read(gold: Path) -> None:
    ran = command(gold.parent, "run", "--out", "run", "--split", "dev")
    assert ran.code == 0, ran.err
    assert 0 < len(outcomes(gold.parent / "run")) < 14


def test_each_repeat_has_a_seed_and_a_folder_of_its_own(gold: Path) -> None:
    cwd = gold.parent
    ran = command(cwd, "run", "--out", "run", "--reader", "stochastic:5", "--repeats", "3")
    assert ran.code == 0, ran.err
    folders = sorted((cwd / "run").iterdir())
    assert [one.name for one in folders] == ["repeat-1", "repeat-2", "repeat-3"]
    readers = [json.loads((one / "run.json").read_text())["reader"] for one in folders]
    assert readers == ["stochastic:5", "stochastic:6", "stochastic:7"]
    noise = command(cwd, "aa", "run", "--json", "--out", "noise.json")
    assert noise.code == 0, noise.err
    told = json.loads(noise.out)
    assert (told["runs"], told["pairs"], told["articles"]) == (3, 3, 14)
    assert json.loads((cwd / "noise.json").read_text("utf-8")) == told


def test_a_reader_that_never_differs_is_not_repeated(gold: Path) -> None:
    ran = command(gold.parent, "run", "--out", "run", "--repeats", "2")
    assert ran.code == 2
    assert "answers the same every time" in ran.err


def test_a_stopped_run_goes_on(gold: Path, scripted: Scripted) -> None:
    cwd = gold.parent
    endpoint = scripted(*[says(EMPTY_ANSWER)] * 5, fails(401), says(EMPTY_ANSWER))
    asked = ("--out", "run", "--reader", "openai/m", "--base-url", endpoint.url, "--at-once", "1")
    first = command(cwd, "run", *asked, **KEYED)
    assert first.code == 3
    assert "repeat the command to go on" in first.err
    second = command(cwd, "run", *asked, **KEYED)
    assert second.code == 0, second.err
    assert len(endpoint.calls) == 14 + 1


def test_noise_of_one_run_or_of_two_readers_is_refused(gold: Path) -> None:
    cwd = gold.parent
    command(cwd, "run", "--out", "one")
    assert "name two or more" in command(cwd, "aa", "one").err
    command(cwd, "run", "--out", "two", "--reader", "stochastic:1")
    ran = command(cwd, "aa", "one", "two")
    assert ran.code == 2
    assert "different readers" in ran.err


def blessed(cwd: Path, run: str, into: str) -> None:
    ran = command(
        cwd, "bless", run, "--reason", "first", "--into", into, "--split", "gate", "--no-commit"
    )
    assert ran.code == 0, ran.err


def test_the_built_in_reader_is_gated_offline(gold: Path) -> None:
    cwd = gold.parent
    command(cwd, "run", "--out", "run")
    blessed(cwd, "run", "gold/blessed")
    ran = command(cwd, "offline")
    assert ran.code == 5, ran.err  # so few articles can neither pass nor fail
    assert "INCONCLUSIVE" in ran.out
    assert "No recording is in the folder" in ran.out
    canaries = cwd / "gold" / "blessed" / "canaries.toml"
    told = (
        '[[canary]]\narticle_id = "teacher-in-jos"\nkind = "count"\nincident = "i1"\nclaim = "x"\n'
    )
    canaries.write_text(told, "utf-8")
    shutil.rmtree(cwd / "runs")
    failing = command(cwd, "offline", "--format", "markdown")
    assert failing.code == 1
    assert "# Gate: FAIL" in failing.out


def test_without_a_blessed_run_the_next_step_is_told(gold: Path) -> None:
    ran = command(gold.parent, "offline")
    assert ran.code == 2
    assert "tollbook eval bless RUN" in ran.err


def test_fresh_recordings_are_gated_and_stale_ones_named(gold: Path, scripted: Scripted) -> None:
    cwd = gold.parent
    command(cwd, "run", "--out", "run")
    blessed(cwd, "run", "gold/blessed")
    (gold / "recordings").mkdir()
    endpoint = scripted(says(EMPTY_ANSWER))
    for name, split in (("fresh", "gate"), ("old", "dev")):
        ran = command(
            cwd,
            "run",
            *("--out", f"runs/{name}", "--reader", "openai/m", "--base-url", endpoint.url),
            *("--split", split, "--record", f"gold/recordings/{name}.jsonl"),
            **KEYED,
        )
        assert ran.code == 0, ran.err
    (gold / "recordings" / "broken.jsonl").write_text("{\n", "utf-8")
    calls = len(endpoint.calls)
    first = command(cwd, "offline")
    assert "fresh: fresh, but there is no blessed run of it" in first.out.replace("\n", " ")
    assert "old: stale, so left out: it answers" in first.out.replace("\n", " ")
    assert "broken: stale" in first.out
    blessed(cwd, "runs/fresh", "gold/recordings/fresh")
    shutil.rmtree(cwd / "runs" / "offline")
    second = command(cwd, "offline")
    (folder,) = (cwd / "runs" / "offline").iterdir()
    assert sorted(one.name for one in folder.iterdir()) == ["baseline", "fresh"]
    assert outcomes(folder / "fresh")
    assert "fresh ─" in second.out
    assert len(endpoint.calls) == calls  # nothing is asked again
