import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from eval.gold import Problem, frozen_hash, open_gold
from eval.gold.splits import Splits, read_splits, splits_toml
from eval.lint import lint_gold
from extractor.article import Article

FIXTURES = Path(__file__).parent / "gold"


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A copy of the clean gold set, its gate frozen."""
    folder = tmp_path / "gold"
    shutil.copytree(FIXTURES, folder, ignore=shutil.ignore_patterns("labels"))
    gate = open_gold(folder).of_split("gate").labelled.values()
    stated = frozen_hash(one.article for one in gate)
    splits = folder / "splits.toml"
    splits.write_text(f'{splits.read_text("utf-8")}\n[frozen]\ngate = "{stated}"\n', "utf-8")
    return folder


ARTICLE = Article.of(
    "Three died.", id="a", title="Été", published_at=date(2016, 12, 1), language="fr"
)


def test_the_hash_of_a_split_can_be_made_with_any_tool() -> None:
    line = f'["a","Été","2016-12-01","fr","{ARTICLE.text_sha256}"]'
    bare = Article.of("Nothing.", id="b")
    other = f'["b",null,null,null,"{bare.text_sha256}"]'
    hashed = [hashlib.sha256(one.encode()).hexdigest() for one in (line, other)]
    lines = f"a {hashed[0]}\nb {hashed[1]}\n"
    assert frozen_hash([bare, ARTICLE]) == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("id", "b"),
        ("title", "Ete"),
        ("title", None),
        ("published_at", date(2016, 12, 2)),
        ("published_at", None),
        ("language", "en"),
        ("text_sha256", "0" * 64),
    ],
)
def test_what_labels_stand_on_cannot_change_under_the_hash(field: str, changed: object) -> None:
    other = ARTICLE.model_copy(update={field: changed})
    assert frozen_hash([other]) != frozen_hash([ARTICLE])


@pytest.mark.parametrize("field", ["raw_sha256", "url", "publisher", "retrieved_at"])
def test_where_an_article_came_from_is_not_in_the_hash(field: str) -> None:
    assert frozen_hash([ARTICLE.model_copy(update={field: "new"})]) == frozen_hash([ARTICLE])


def test_a_frozen_title_that_changes_is_told(frozen: Path) -> None:
    assert lint_gold(frozen) == ()
    path = frozen / "articles" / "talks-in-taiz.json"
    told = json.loads(path.read_text("utf-8"))
    told["title"] += "!"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert "frozen.gate" in [one.field for one in lint_gold(frozen)]


@pytest.mark.parametrize(
    ("name", "is_told"), [("talks-in-taiz", False), ("two-towns", True)], ids=["inside", "outside"]
)
def test_a_frozen_split_with_an_article_that_cannot_be_read_is_not_called_changed(
    frozen: Path, name: str, is_told: bool
) -> None:
    (frozen / "articles" / f"{name}.json").write_text("{", "utf-8")
    splits = frozen / "splits.toml"
    # The gate's hash is wrong, which can be known only if the gate can be read.
    splits.write_text(splits.read_text("utf-8").replace('gate = "', 'gate = "0'), "utf-8")
    told = [(one.file.name, one.field) for one in lint_gold(frozen)]
    assert (f"{name}.json", "file") in told
    assert (("splits.toml", "frozen.gate") in told) == is_told


def test_splits_are_read_as_they_were_written(tmp_path: Path) -> None:
    splits = Splits(
        pairs=(
            ("plain", "dev-1"),
            ("bomb-\U0001f4a3", "held out"),
            ('a "quoted" \\ id\x7f', "held out"),
            ("نص", "ворота"),
            ("dotted", "v1.2"),
        ),
        frozen=(("dev-1", "0" * 64), ("held out", "1" * 64)),
    )
    path, problems = tmp_path / "splits.toml", list[Problem]()
    path.write_text(splits_toml(splits), "utf-8")
    found = read_splits(path, problems)
    assert problems == []
    assert sorted(found.pairs) == sorted(splits.pairs)
    assert found.frozen == splits.frozen


def test_a_name_that_needs_no_quotes_has_none() -> None:
    assert "\ndev = [\n" in splits_toml(Splits(pairs=(("a", "dev"),)))


def test_splits_that_are_a_folder_are_told(tmp_path: Path) -> None:
    problems: list[Problem] = []
    (tmp_path / "splits.toml").mkdir()
    assert read_splits(tmp_path / "splits.toml", problems) == Splits()
    assert "it cannot be read" in problems[0].message


def test_splits_that_are_nested_deeply_are_told(tmp_path: Path) -> None:
    problems: list[Problem] = []
    (tmp_path / "splits.toml").write_text(f"a = {'[' * 100_000}", "utf-8")
    assert read_splits(tmp_path / "splits.toml", problems) == Splits()
    assert "it is no TOML" in problems[0].message
