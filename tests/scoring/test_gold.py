import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.canonical import article_json, label_json
from eval.gold import GoldArticle, GoldError, open_gold, read_gold
from extractor.article import sha256_of

FIXTURES = Path(__file__).parent / "gold"
TEXT = "Shells hit Basra. Two people died, a doctor said."


def write_set(folder: Path, *names: str, **changed: Any) -> Path:
    """A gold set of articles without incidents; `changed` goes into every label."""
    for kind in ("articles", "records"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for name in names:
        article = {"id": name, "title": "Basra", "published_at": "2016-12-01", "text": TEXT}
        label = {
            "article_id": name,
            "text_sha256": sha256_of(TEXT),
            "story_id": name,
            "labeller": "a test",
            **changed,
        }
        (folder / "articles" / f"{name}.json").write_text(json.dumps(article), "utf-8")
        (folder / "records" / f"{name}.json").write_text(json.dumps(label), "utf-8")
    return folder


def test_articles_come_in_the_order_of_their_ids_with_text_labels_and_split(
    tmp_path: Path,
) -> None:
    folder = write_set(tmp_path, "b", "a", "c")
    (folder / "splits.toml").write_text('[splits]\ndev = ["c", "a"]\ngate = ["b"]\n', "utf-8")
    gold = open_gold(folder)
    assert [(name, one.split) for name, one in gold.labelled.items()] == [
        ("a", "dev"),
        ("b", "gate"),
        ("c", "dev"),
    ]
    assert gold.labelled["a"].article.text == TEXT
    assert gold.labelled["a"].article.id == gold.labelled["a"].gold.article_id == "a"


def test_a_split_is_the_articles_of_that_split(tmp_path: Path) -> None:
    folder = write_set(tmp_path, "a", "b")
    (folder / "splits.toml").write_text('[splits]\ndev = ["a"]\ngate = ["b"]\n', "utf-8")
    gold = open_gold(folder)
    assert list(gold.of_split("gate").labelled) == ["b"]
    assert gold.of_split(None) is gold


def test_an_unknown_split_is_an_error_that_names_those_there_are(tmp_path: Path) -> None:
    folder = write_set(tmp_path, "a", "b")
    (folder / "splits.toml").write_text('[splits]\ndev = ["a"]\ngate = ["b"]\n', "utf-8")
    with pytest.raises(GoldError, match=r"no article of split 'canary'.*splits: dev, gate"):
        open_gold(folder).of_split("canary")


def test_a_set_without_splits_is_read_whole(tmp_path: Path) -> None:
    (one,) = open_gold(write_set(tmp_path, "a")).labelled.values()
    assert one.split is None


def test_an_article_without_an_id_of_its_own_has_the_name_of_its_file(tmp_path: Path) -> None:
    folder = write_set(tmp_path, "a")
    (folder / "articles" / "a.json").write_text(json.dumps({"text": TEXT}), "utf-8")
    assert list(open_gold(folder).labelled) == ["a"]


def test_an_article_without_labels_is_no_trouble(tmp_path: Path) -> None:
    folder = write_set(tmp_path, "a", "b")
    (folder / "records" / "b.json").unlink()
    assert list(open_gold(folder).labelled) == ["a"]


def _broken(folder: Path) -> Iterator[tuple[str, str]]:
    (folder / "records" / "a.json").write_text("{", "utf-8")
    yield "a.json", "file"
    write_set(folder, "b", text_sha256="0" * 64)
    yield "b.json", "text_sha256"
    (folder / "articles" / "c.json").unlink()
    yield "c.json", "article_id"
    write_set(folder, "d", story_id="", labeller="")
    yield "d.json", "story_id"
    yield "d.json", "labeller"
    shutil.copy(folder / "records" / "e.json", folder / "records" / "f.json")
    yield "f.json", "article_id"
    (folder / "splits.toml").write_text('[splits]\ndev = ["e"]\ngate = ["e", "g"]\n', "utf-8")
    yield "splits.toml", "splits.gate"


def test_every_trouble_of_a_set_is_told_at_once(tmp_path: Path) -> None:
    folder = write_set(tmp_path, "a", "b", "c", "d", "e", "f")
    broken = set(_broken(folder))
    found, problems = read_gold(folder)
    assert list(found) == ["e"]
    assert {(one.file.name, one.field) for one in problems} == broken
    with pytest.raises(GoldError) as raised:
        open_gold(folder)
    assert str(raised.value).split("\n") == [str(one) for one in problems]
    assert len(problems) == len(broken) + 1  # both articles of `gate` are wrong


@pytest.mark.parametrize(
    "told",
    ['dev = ["a"]', "splits = 3", "[splits]\ndev = [1]", "[splits", '[splits]\ndev = "a"'],
    ids=["no-table", "no-lists", "no-ids", "no-toml", "no-list"],
)
def test_splits_of_another_form_are_told(tmp_path: Path, told: str) -> None:
    folder = write_set(tmp_path, "a")
    (folder / "splits.toml").write_text(told, "utf-8")
    with pytest.raises(GoldError, match="article ids"):
        open_gold(folder)


@pytest.mark.parametrize("missing", ["articles", "records"])
def test_a_folder_without_articles_or_labels_is_no_gold_folder(
    tmp_path: Path, missing: str
) -> None:
    folder = write_set(tmp_path / "gold", "a")
    shutil.rmtree(folder / missing)
    with pytest.raises(GoldError, match=f"is no gold folder: it has no folder '{missing}'"):
        open_gold(folder)


def test_a_folder_that_is_not_there_is_told_with_the_way_to_name_another(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"there is no gold folder '.*none'.*--gold FOLDER"):
        open_gold(tmp_path / "none")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"part_of": "c9"}, "incidents.0.counts.0.part_of", "no count claim 'c9'"),
        ({"part_of": "b1"}, "incidents.0.counts.0.part_of", "no count claim 'b1'"),
        ({"supersedes": "c{9}"}, "incidents.0.counts.0.supersedes", "no count claim 'c{9}'"),
        ({"answers": "b9"}, "incidents.0.blames.0.answers", "no blame 'b9'"),
        ({"applies_to": ["c1", "c9"]}, "incidents.0.blames.0.applies_to.1", "no count claim 'c9'"),
    ],
    ids=["part of nothing", "part of a blame", "revises nothing", "answers nothing", "applies"],
)
def test_a_reference_to_no_claim_is_refused_with_its_field(
    tmp_path: Path, change: dict[str, Any], field: str, words: str
) -> None:
    shutil.copytree(FIXTURES, tmp_path / "gold")
    path = tmp_path / "gold" / "records" / "bus-near-douentza.json"
    told = json.loads(path.read_text("utf-8"))
    kind = "counts" if {"part_of", "supersedes"} & set(change) else "blames"
    told["incidents"][0][kind][0].update(change)
    path.write_text(json.dumps(told), "utf-8")
    _, (problem,) = read_gold(tmp_path / "gold")
    assert (problem.file, problem.field) == (path, field)
    assert words in problem.message


def test_every_reference_to_no_claim_is_told_at_once(tmp_path: Path) -> None:
    folder = write_set(tmp_path, "a", optional=["c1"], disputed=["c2", "c3"])
    _, problems = read_gold(folder)
    assert [one.field for one in problems] == ["optional.0", "disputed.0", "disputed.1"]


def test_a_gold_folder_without_a_labelled_article_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no labelled article"):
        open_gold(write_set(tmp_path))


def test_what_is_optional_is_named_disputed_or_background() -> None:
    when = {"expression": None, "start": None, "end": None, "precision": "unknown"}
    gold = GoldArticle.model_validate(
        {
            "article_id": "a",
            "text_sha256": "0" * 64,
            "story_id": "a",
            "labeller": "a test",
            "incidents": [
                {"id": "i1", "summary": "One.", "when": when},
                {"id": "i2", "summary": "Two.", "when": when, "background": True},
                {"id": "i3", "summary": "Three.", "when": when},
                {"id": "i4", "summary": "Four.", "when": when},
            ],
            "optional": ["i3"],
            "disputed": ["i4"],
        }
    )
    told = {one.id: gold.is_optional(one.id) for one in gold.incidents}
    assert told == {"i1": False, "i2": True, "i3": True, "i4": True}


@pytest.mark.parametrize(
    "path", sorted((FIXTURES / "records").glob("*.json")), ids=lambda p: p.stem
)
def test_labels_come_back_from_their_file_as_they_were(path: Path) -> None:
    gold = GoldArticle.model_validate_json(path.read_bytes())
    again = GoldArticle.model_validate_json(label_json(gold))
    assert again == gold
    assert label_json(again).encode() == path.read_bytes()


def test_articles_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    for one in open_gold(FIXTURES).labelled.values():
        path = FIXTURES / "articles" / f"{one.article.id}.json"
        assert article_json(one.article).encode() == path.read_bytes()


def test_what_a_label_leaves_out_is_not_written(tmp_path: Path) -> None:
    (one,) = open_gold(write_set(tmp_path, "a")).labelled.values()
    assert list(json.loads(label_json(one.gold))) == [
        "schema_version",
        "article_id",
        "text_sha256",
        "story_id",
        "labeller",
    ]
