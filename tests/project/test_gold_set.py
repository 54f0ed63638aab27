"""The gold set of this repository, beyond what `tollbook eval gold lint` asks of it."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from scripts import script
from typer.testing import CliRunner

from eval.canonical import label_json
from eval.cli.gold import app
from eval.gold import GoldSet, open_gold, read_labels
from extractor.resolve.tables import open_tables

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "gold"


@pytest.fixture(scope="module")
def gold() -> GoldSet:
    return open_gold(GOLD)


def test_every_label_says_that_it_was_made_with_ai_assistance(gold: GoldSet) -> None:
    said = {one.gold.labeller for one in gold.labelled.values()}
    assert said
    assert all("AI assistance" in one for one in said)
    told = (GOLD / "README.md").read_text("utf-8")
    assert "AI assistance" in told
    assert "not been reviewed by human coders" in " ".join(told.split())


def test_every_settled_article_keeps_both_of_its_raw_labellings(gold: GoldSet) -> None:
    settled = {name for name, one in gold.labelled.items() if one.gold.adjudicated}
    first, second = (read_labels(GOLD / "passes" / name) for name in ("first", "second"))
    assert set(first) == set(second) == settled
    for name in settled:
        text = gold.labelled[name].article.text_sha256
        assert first[name].text_sha256 == second[name].text_sha256 == text
        assert not first[name].adjudicated
        assert not second[name].adjudicated


def test_every_disagreement_that_was_settled_has_a_reason(gold: GoldSet) -> None:
    files = sorted((GOLD / "passes" / "settled").glob("*.toml"))
    settling = script("tools/settled.py")
    settled = {name for name, one in gold.labelled.items() if one.gold.adjudicated}
    assert {path.stem for path in files} == settled
    for path in files:
        told = tomllib.loads(path.read_text("utf-8"))
        assert set(told) <= {"settled"}, path.name
        for one in told.get("settled", []):
            assert set(one) == {"what", "first", "second", "gold", "cause", "reason"}, path.name
            assert one["gold"] in settling.PREVAILED, path.name
            assert one["cause"] in settling.CAUSES, path.name
            assert len(one["reason"]) > 10, path.name


def test_no_split_is_called_held_out() -> None:
    splits = tomllib.loads((GOLD / "splits.toml").read_text("utf-8"))
    assert set(splits["splits"]) == {"dev", "gate"}
    assert set(splits["frozen"]) == {"dev", "gate"}


def test_a_label_and_its_article_are_a_file_each() -> None:
    named = [
        {path.stem for path in (GOLD / folder).iterdir()}
        for folder in ("articles", "labels", "records")
    ]
    assert named[0] == named[1] == named[2]


@pytest.mark.slow
def test_the_labels_still_make_the_records() -> None:
    """After a change of the resolvers each difference is looked at: gold does not follow code."""
    label = script("tools/label.py")
    tables, differing = open_tables(), list[str]()
    for name, one in open_gold(GOLD).labelled.items():
        told = tomllib.loads((GOLD / "labels" / f"{name}.toml").read_text("utf-8"))
        made = label.make_record(told, one.article, tables).gold
        if json.loads(label_json(made)) != json.loads(label_json(one.gold)):
            differing.append(name)
    assert differing == []


@pytest.mark.slow
def test_the_consistency_table_is_what_the_command_prints() -> None:
    told = (GOLD / "passes" / "README.md").read_text("utf-8")
    shown = told.split("<!-- agree -->\n")[1].split("<!-- end of agree -->")[0]
    passes = [str(GOLD / "passes" / name) for name in ("first", "second")]
    done = CliRunner().invoke(app, ["agree", *passes, "--gold", str(GOLD)])
    assert done.exit_code == 0
    assert done.stdout == shown


def test_the_table_of_what_was_settled_is_what_the_tool_prints() -> None:
    told = (GOLD / "passes" / "README.md").read_text("utf-8")
    shown = told.split("<!-- settled -->\n")[1].split("<!-- end of settled -->")[0]
    done = count_settled(GOLD / "passes" / "settled")
    assert (done.returncode, done.stdout) == (0, shown)


def count_settled(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "settled.py"), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ('[[settled]]\ncause = "slips"\ngold = "first"\n', "settled.0.cause: 'slips' is none of"),
        ('[[settled]]\ncause = ["slip"]\ngold = "first"\n', "settled.0.cause: ['slip'] is none"),
        ('[[settled]]\ncause = "slip"\ngold = "me"\n', "settled.0.gold: 'me' is none of first"),
        ('[[settled]]\ncause = "slip"\n', "settled.0.gold: it is missing"),
        ("settled = 3\n", "settled: write each disagreement as a table [[settled]]"),
        ("settled = [3]\n", "settled: write each disagreement as a table [[settled]]"),
        ("settled\n", "is no TOML"),
    ],
    ids=["cause", "list", "prevailed", "missing", "number", "numbers", "no-toml"],
)
def test_what_cannot_be_counted_is_told_with_its_file_and_entry(
    told: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "one.toml").write_text(told, "utf-8")
    done = count_settled(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path / "one.toml") in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_settled_files_is_not_counted_as_nothing(tmp_path: Path) -> None:
    done = count_settled(tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"no TOML file is in {tmp_path / 'nowhere'}" in done.stderr


def test_no_page_waits_for_a_figure() -> None:
    pages = [GOLD / "README.md", GOLD / "CODEBOOK.md", GOLD / "passes" / "README.md"]
    assert [page.name for page in pages if "@@" in page.read_text("utf-8")] == []
