"""`tollbook eval gate` and `bless`: what they ask, print, keep and commit."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commanding import Ran, tollbook_here
from perturbing import GOLD_FOLDER, everything
from predicting import write_predictions

from eval.predictions import Prediction


def test_a_run_is_blessed_and_later_runs_are_judged_beside_it(tmp_path: Path) -> None:
    told = everything()
    write_predictions(tmp_path / "run.jsonl", told)
    blessed = gold_command(
        tmp_path, "bless", "run.jsonl", "--reason", "the first one", "--into", "kept", "--split", ""
    )
    assert blessed.code == 2  # an empty split is none
    blessed = gold_command(
        tmp_path, "bless", "run.jsonl", "--reason", "first", "--into", "kept", "--split", "gate"
    )
    assert blessed.code == 0, blessed.err
    assert json.loads((tmp_path / "kept" / "blessed.json").read_text())["reason"] == "first"
    same = gold_command(tmp_path, "gate", "run.jsonl", "--baseline", "kept", "--format", "json")
    assert json.loads(same.out)["verdict"] in ("PASS", "INCONCLUSIVE")
    nothing = write_predictions(tmp_path / "empty.jsonl", _emptied(told))
    worse = gold_command(tmp_path, "gate", nothing, "--baseline", "kept")
    assert worse.code == 1, worse.err
    assert worse.out.startswith("FAIL")
    assert "canary" in worse.out


def test_the_verdict_shows_no_word_of_an_article(tmp_path: Path) -> None:
    told = everything()
    write_predictions(tmp_path / "run.jsonl", told)
    gold_command(tmp_path, "bless", "run.jsonl", "--reason", "x", "--into", "kept")
    write_predictions(tmp_path / "empty.jsonl", _emptied(told))
    words = {word for one in told for word in _words(one) if " " in word}
    assert len(words) > 50
    for form in ("terminal", "markdown", "json"):
        ran = gold_command(tmp_path, "gate", "empty.jsonl", "--baseline", "kept", "--format", form)
        assert not [one for one in words if one in ran.out]


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        (("--expect", "langage=en"), 2, "a slice is DIMENSION=NAME"),
        (("--expect", "split=dev"), 1, "no article of the slice split=dev"),
        (("--terms", "nowhere.toml"), 2, "cannot be read from nowhere.toml"),
        (("--noise", "nowhere.json"), 2, "no measured noise"),
        (("--accept", " "), 2, "say why it is accepted"),
        (("--split", "nowhere"), 2, "nowhere"),
        (("--accept", "a small set"), 0, "accepted by a person: a small set"),
    ],
)
def test_what_is_asked_of_the_gate_counts(
    tmp_path: Path, more: tuple[str, ...], code: int, message: str
) -> None:
    write_predictions(tmp_path / "run.jsonl", everything())
    gold_command(tmp_path, "bless", "run.jsonl", "--reason", "x", "--into", "kept", "--release")
    assert (tmp_path / "kept" / "release.jsonl").exists()
    ran = gold_command(tmp_path, "gate", "run.jsonl", "--baseline", "kept", *more)
    assert ran.code == code, ran.out + ran.err
    assert message in " ".join((ran.out + ran.err).split())


def test_repeats_are_blessed_together(tmp_path: Path) -> None:
    told = everything()
    (tmp_path / "many").mkdir()
    for n in (1, 2):
        write_predictions(tmp_path / "many" / f"repeat-{n}", told)
    ran = gold_command(tmp_path, "bless", "many", "--reason", "x", "--into", "kept")
    assert ran.code == 0, ran.err
    assert (tmp_path / "kept" / "predictions-2.jsonl").exists()
    same = gold_command(tmp_path, "gate", "many", "--baseline", "kept", "--format", "json")
    assert json.loads(same.out)["looks"][0]["comparison"]["repeats_before"] == 2
    again = gold_command(tmp_path, "bless", "many/repeat-1", "--reason", "y", "--into", "kept")
    assert again.code == 0, again.err
    assert sorted(one.name for one in (tmp_path / "kept").glob("predictions*")) == [
        "predictions.jsonl"
    ]


def test_a_blessing_is_a_commit_of_its_own(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    git("init", "--quiet")
    git("config", "user.name", "A")
    git("config", "user.email", "a@example.org")
    (tmp_path / "code.py").write_text("pass\n")
    git("add", "code.py")
    write_predictions(tmp_path / "run.jsonl", everything())
    ran = gold_command(
        tmp_path, "bless", "run.jsonl", "--reason", "more places", "--into", "kept", commit=True
    )
    assert ran.code == 0, ran.err
    assert git("log", "--format=%s").strip() == "bless: more places"
    changed = git("show", "--format=", "--name-only", "HEAD").split()
    assert changed
    assert all(name.startswith("kept/") for name in changed)
    assert "A  code.py" in git("status", "--porcelain")


def test_the_comparison_with_the_one_before_is_attached(tmp_path: Path) -> None:
    told = everything()
    write_predictions(tmp_path / "run.jsonl", told)
    write_predictions(tmp_path / "less.jsonl", _emptied(told[:1]) + told[1:])
    for run, reason in (("run.jsonl", "first"), ("less.jsonl", "one article less")):
        gold_command(tmp_path, "bless", run, "--reason", reason, "--into", "kept")
    attached = (tmp_path / "kept" / "comparison.md").read_text("utf-8")
    assert attached.startswith("one article less")
    assert "| Incidents found, right of all |" in attached


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gate", "run.jsonl"), "no blessed run in"),
        (("gate", "nowhere", "--baseline", "run.jsonl"), "nowhere"),
        (("bless", "run.jsonl", "--reason", " "), "say why"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    write_predictions(tmp_path / "run.jsonl", everything())
    ran = gold_command(tmp_path, *arguments)
    assert ran.code == 2
    assert message in ran.err


def gold_command(cwd: Path, verb: str, *asked: str | Path, commit: bool = False) -> Ran:
    more: tuple[str | Path, ...] = ("--gold", GOLD_FOLDER)
    more += ("--draws", "999") if verb == "gate" else () if commit else ("--no-commit",)
    return tollbook_here("eval", verb, *asked, *more, cwd=cwd)


def _emptied(told: list[Any]) -> list[Any]:
    from dataclasses import replace

    return [replace(one, incidents=(), cumulative=()) for one in told]


def _words(told: Prediction) -> Iterator[str]:
    """Every word that a prediction copied from its article."""
    for one in told.incidents:
        yield from (place.name_text for place in one.places)
        yield from (quote.text for quote in one.evidence)
        for claim in (*one.counts, *one.blames):
            yield from (quote.text for quote in claim.quotes)
            yield from (speaker.name_text or "" for speaker in claim.speakers)
        yield from (claim.group.text or "" for claim in one.counts)
        yield from (actor.name_text for claim in one.blames for actor in claim.accused)
