"""Provenance: two gradings can be compared only if their hashes say so."""

import json
import shutil
from pathlib import Path

from commanding import tollbook_here
from perturbing import GOLD, GOLD_FOLDER

from eval.gold import GoldSet, Labelled
from eval.provenance import gold_sha256, provenance_of, scorer_sha256


def changed(**labels: object) -> GoldSet:
    name, one = next(iter(GOLD.labelled.items()))
    other = Labelled(article=one.article, gold=one.gold.model_copy(update=labels), split=one.split)
    return GoldSet(folder=GOLD.folder, labelled={**GOLD.labelled, name: other})


def test_a_label_that_changes_changes_the_hash_of_gold() -> None:
    assert gold_sha256(changed(story_id="another")) != gold_sha256(GOLD)
    assert gold_sha256(changed()) == gold_sha256(GOLD)
    assert gold_sha256(GOLD.of_split("dev")) != gold_sha256(GOLD)


def test_a_file_of_predictions_is_known_by_its_name_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("", "utf-8")
    told = provenance_of(GOLD, "dev", path)
    assert (told.predictions.name, told.predictions.reader) == ("mine.jsonl", None)
    assert told.gold.split == "dev"
    assert told.scorer_sha256 == scorer_sha256()
    assert str(tmp_path) not in told.model_dump_json()


def test_a_report_says_what_was_graded(tmp_path: Path) -> None:
    articles = str(GOLD_FOLDER / "articles")
    tollbook_here("extract", articles, "--out", "run", cwd=tmp_path)
    asked = ("eval", "score", "run", "--gold", str(GOLD_FOLDER), "--no-intervals", "--out", "told")
    done = tollbook_here(*asked, cwd=tmp_path)
    assert done.code == 0, done.err
    summary = json.loads((tmp_path / "told" / "summary.json").read_bytes())
    told = summary["provenance"]
    assert told["gold"] == {
        "name": "gold",
        "split": None,
        "articles": 14,
        "sha256": gold_sha256(GOLD),
        "problems": 0,
    }
    assert told["predictions"]["reader"] == "baseline"
    line = f"run ({told['predictions']['sha256'][:12]}, read by baseline) against gold"
    assert line in done.out
    assert line in (tmp_path / "told" / "report.html").read_text("utf-8")
    words = (tmp_path / "told" / "report.md").read_text("utf-8")
    assert told["gold"]["sha256"][:12] in words


def test_flawed_labels_are_graded_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    shutil.copytree(GOLD_FOLDER, folder)
    path = folder / "records" / "two-towns.json"
    label = json.loads(path.read_bytes())
    label["incidents"][0]["counts"][0]["quotes"][0]["start"] += 3
    path.write_text(json.dumps(label), "utf-8")
    (tmp_path / "none.jsonl").write_text("", "utf-8")
    asked = ("eval", "score", "none.jsonl", "--gold", "gold", "--no-intervals", "--format", "json")
    done = tollbook_here(*asked, cwd=tmp_path)
    assert "problems in the labels of gold: 1, so the figures may be wrong; the first:" in done.err
    assert "two-towns.json" in done.err
    assert json.loads(done.out)["provenance"]["gold"]["problems"] == 1
