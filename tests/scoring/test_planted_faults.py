"""The faults that a gold set must never hold: each is planted, and lint calls it by its name."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.cli.gold import app
from eval.gold import frozen_hash, open_gold
from eval.lint import tidy_gold

FIXTURES = Path(__file__).parent / "gold"
Told = dict[str, Any]
Plant = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the clean gold set, with quotas and a frozen gate of its own."""
    gold = tmp_path / "gold"
    shutil.copytree(FIXTURES, gold, ignore=shutil.ignore_patterns("labels"))
    (gold / "quotas.toml").write_text('longest_shared = 9\nexamples = ["../prompts"]\n', "utf-8")
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "examples.jsonl").write_text('{"id": "e", "text": "Nothing."}\n')
    gate = open_gold(gold).of_split("gate").labelled
    stated = frozen_hash(one.article for one in gate.values())
    splits = gold / "splits.toml"
    splits.write_text(f'{splits.read_text("utf-8")}\n[frozen]\ngate = "{stated}"\n', "utf-8")
    return gold


def label(name: str, change: Callable[[Told], object]) -> Plant:
    return lambda folder: _change(folder / "records" / f"{name}.json", change)


def text(name: str, change: Callable[[str], str], *, of: str | None = None) -> Plant:
    """Rewrite a text, as someone would who forgets that labels hold its hash, or remembers."""

    def plant(folder: Path) -> None:
        source = folder / "articles" / f"{of or name}.json"
        words = change(json.loads(source.read_text("utf-8"))["text"])
        _change(folder / "articles" / f"{name}.json", lambda told: told.update(text=words))

    return plant


def _change(path: Path, change: Callable[[Told], object]) -> None:
    told = json.loads(path.read_text("utf-8"))
    change(told)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _count(told: Told, n: int) -> Told:
    return told["incidents"][0]["counts"][n]


def _added_up(told: Told) -> None:
    """A whole and its part added up, as a hurried labeller does with "26, among them seven"."""
    _count(told, 0)["number"].update(text="at least 19", lower=19)


def _move_to_gate(folder: Path) -> None:
    splits = folder / "splits.toml"
    told = splits.read_text("utf-8").replace('  "two-towns",\n', "")
    splits.write_text(told.replace("gate = [", 'gate = [\n  "two-towns",'), "utf-8")


def _part_a_story(folder: Path) -> None:
    splits = folder / "splits.toml"
    told = splits.read_text("utf-8").replace('  "wedding-hall-tuesday",\n', "")
    splits.write_text(told.replace("gate = [", 'gate = [\n  "wedding-hall-tuesday",'), "utf-8")


def _into_an_example(folder: Path) -> None:
    words = json.loads((folder / "articles" / "two-towns.json").read_text("utf-8"))["text"]
    examples = folder.parent / "prompts" / "examples.jsonl"
    examples.write_text(json.dumps({"id": "taken", "text": words[:150]}) + "\n", "utf-8")


def _ask_too_much(folder: Path) -> None:
    with (folder / "quotas.toml").open("a", encoding="utf-8") as file:
        file.write("second_tier = 4\n")


def _wrong_date(words: str) -> str:
    return f"{words}\n\nThis page was printed on Monday, 7 March 2017."


FAULTS: dict[str, tuple[Plant, str]] = {
    "wrong offset": (
        label("two-towns", lambda told: _count(told, 0)["quotes"][0].update(start=4, end=33)),
        "two-towns.json: incidents.0.counts.0.quotes.0: text 4-33 reads",
    ),
    "26 + 7": (
        label("two-towns", _added_up),
        "incidents.0.counts.0.number.text: the figure 'at least 19' stands in none of its quotes",
    ),
    "weekday off by one": (
        label(
            "two-towns",
            lambda told: told["incidents"][0]["when"].update(start="2017-03-07", end="2017-03-07"),
        ),
        "incidents.0.when.start: 2017-03-07 is a Tuesday",
    ),
    "weekday of a date in the text": (
        text("two-towns", _wrong_date),
        "two-towns.json: text: 2017-03-07 was a Tuesday, not as in 'Monday, 7 March 2017'",
    ),
    "text twice": (
        text("talks-in-taiz", str, of="two-towns"),
        "it is the text of 'talks-in-taiz' once more",
    ),
    "text shared across splits": (
        text(
            "talks-in-taiz", lambda words: words.replace("nine others", "ten more"), of="two-towns"
        ),
        "of 'talks-in-taiz' too, which is in another split",
    ),
    "passage shared by two stories": (
        text("talks-in-taiz", lambda words: words[40:160], of="two-towns"),
        "of another story too; write it anew",
    ),
    "passage of a prompt example": (
        _into_an_example,
        "examples.jsonl:taken' too; take one out",
    ),
    "text changed after labelling": (
        text("two-towns", lambda words: words.replace("14", "15")),
        "text_sha256: the labels are of another text",
    ),
    "article moved into a frozen split": (_move_to_gate, "frozen.gate: its articles are not those"),
    "story in two splits": (_part_a_story, "'zliten-wedding-hall' is in"),
    "point in another country": (
        label("two-towns", lambda told: told["incidents"][0]["places"][0].update(lat=-33.9)),
        "incidents.0.places.0.lat: (-33.9,",
    ),
    "part above its whole": (
        label("wedding-hall-thursday", lambda told: _count(told, 1).update(part_of="c1")),
        "incidents.0.counts.1.number: the part, 31, is above its whole 'c1'",
    ),
    "answer to a blame that is not there": (
        label(
            "bus-near-douentza",
            lambda told: told["incidents"][0]["blames"][1].update(answers="b9"),
        ),
        "no blame 'b9' in this article",
    ),
    "phenomenon that no claim shows": (
        label("two-towns", lambda told: told["phenomena"].append("died_later")),
        "no claim shows 'died_later'",
    ),
    "quota that is not met": (_ask_too_much, "quotas.toml: relay_chain: asked: at least 4"),
}


def lint(folder: Path) -> tuple[int, str]:
    tidy_gold(folder)
    done = CliRunner().invoke(app, ["lint", str(folder)])
    return done.exit_code, done.stdout


def test_without_a_fault_lint_ends_with_0(folder: Path) -> None:
    code, told = lint(folder)
    assert code == 0, told


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_called_by_its_name(name: str, folder: Path) -> None:
    plant, called = FAULTS[name]
    plant(folder)
    code, told = lint(folder)
    assert code == 1
    assert called in told


def test_all_faults_are_told_at_once(folder: Path) -> None:
    planted = ("wrong offset", "26 + 7", "weekday off by one", "quota that is not met")
    for name in planted:
        FAULTS[name][0](folder)
    _, told = lint(folder)
    assert [name for name in planted if FAULTS[name][1] not in told] == []
