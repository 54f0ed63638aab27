import json
from pathlib import Path

import pytest
from planting import FIXTURES, blame, copied, count, found, incident, plant

from eval.gold import GoldError, Problem, open_gold
from eval.lint import lint_gold, lint_set, tidy_gold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the clean gold set, to plant problems in."""
    return copied(tmp_path / "gold")


def test_a_file_in_another_form_is_told_and_mended(folder: Path) -> None:
    path = folder / "records" / "two-towns.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), sort_keys=True), "utf-8")
    article = folder / "articles" / "two-towns.json"
    article.write_text(article.read_text("utf-8").rstrip("\n"), "utf-8")
    problems = lint_gold(folder)
    assert {(one.file, one.field) for one in problems} == {(path, "file"), (article, "file")}
    assert all("--fix" in one.message for one in problems)
    assert tidy_gold(folder) == (article, path)
    assert lint_gold(folder) == ()
    assert path.read_bytes() == (FIXTURES / "records" / "two-towns.json").read_bytes()


def test_a_text_that_stands_twice_is_told(folder: Path) -> None:
    text = json.loads((folder / "articles" / "two-towns.json").read_text("utf-8"))["text"]
    plant(
        folder,
        "van-near-ataq",
        lambda told: told.update(text=text.upper().replace(" ", "  ")),
        kind="articles",
    )
    told = found(folder)
    assert told["van-near-ataq.json", "text"] == (
        "it is the text of 'two-towns' once more; take one out"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("van-near-ataq", "which is in another split; put both into one or take one out"),
        ("wedding-hall-tuesday", "give both one story_id or take one out"),
    ],
    ids=["across-splits", "across-stories"],
)
def test_a_text_that_stands_almost_twice_is_told(folder: Path, name: str, words: str) -> None:
    text = json.loads((folder / "articles" / "two-towns.json").read_text("utf-8"))["text"]
    plant(
        folder,
        name,
        lambda told: told.update(text=text.replace("vegetable market", "cattle market")),
        kind="articles",
    )
    lists = [one for one in found(folder).items() if one[0][1] == "text"]
    assert [file for (file, _), _ in lists] == [max(f"{name}.json", "two-towns.json")]
    assert words in lists[0][1]
    assert "% of it is of " in lists[0][1]


def test_articles_of_one_story_may_be_alike_but_not_copies(folder: Path) -> None:
    later = json.loads((folder / "articles" / "wedding-hall-thursday.json").read_text("utf-8"))
    both = later["text"].split("\n\n")
    plant(
        folder,
        "wedding-hall-tuesday",
        lambda told: told.update(text="\n\n".join([*both[:3], "An end of its own was written."])),
        kind="articles",
    )
    assert ("wedding-hall-tuesday.json", "text") not in found(folder)
    plant(
        folder,
        "wedding-hall-tuesday",
        lambda told: told.update(text=f"{later['text']} It ends here."),
        kind="articles",
    )
    assert "take one out" in found(folder)["wedding-hall-tuesday.json", "text"]


def test_an_article_in_no_split_and_a_story_in_two_are_told(folder: Path) -> None:
    path = folder / "splits.toml"
    told = path.read_text("utf-8").replace('  "two-towns",\n', "")
    told = told.replace('  "wedding-hall-tuesday",\n', "")
    path.write_text(told.replace("gate = [", 'gate = [\n  "wedding-hall-tuesday",'), "utf-8")
    problems = found(folder)
    assert problems == {
        ("splits.toml", "splits"): "article 'two-towns' is in no split; put it into one",
        ("wedding-hall-tuesday.json", "story_id"): (
            "story 'zliten-wedding-hall' is in 'dev' and in 'gate'; keep it in one split"
        ),
    }


def test_a_set_that_is_not_divided_needs_no_splits(folder: Path) -> None:
    (folder / "splits.toml").unlink()
    assert lint_gold(folder) == ()


def test_a_file_bears_the_name_of_its_article(folder: Path) -> None:
    for kind in ("articles", "records"):
        (folder / kind / "two-towns.json").rename(folder / kind / "three-towns.json")
    assert {(one.file.parent.name, one.field) for one in lint_gold(folder)} == {
        ("articles", "id"),
        ("records", "article_id"),
    }


def test_an_article_without_labels_is_told(folder: Path) -> None:
    (folder / "records" / "two-towns.json").unlink()
    problems = found(folder)
    assert "no labels" in problems["two-towns.json", "id"]
    assert "no labels" in problems["splits.toml", "splits.dev"]


def test_a_broken_folder_gives_every_trouble_at_once(folder: Path) -> None:
    (folder / "records" / "two-towns.json").write_text("{", "utf-8")
    (folder / "records" / "diffa-nuit.json").write_text("[]", "utf-8")
    (folder / "records" / "talks-in-taiz.json").write_bytes(b'{"a": 1, "a": 2}')
    (folder / "articles" / "clash-at-bentiu.json").write_text('{"text": 3}', "utf-8")
    (folder / "articles" / "van-near-ataq.json").write_text('{"text": "\\ud800"}', "utf-8")
    plant(folder, "teachers-taken", lambda told: count(told, 0).update(outcome="x", hedge="y"))
    plant(folder, "rockets-in-agadez", lambda told: incident(told).pop("evidence"))
    path = folder / "splits.toml"
    path.write_text(path.read_text("utf-8") + 'canary = ["nobody"]\nodd = 3\n', "utf-8")
    problems = {(one.file.name, one.field) for one in lint_gold(folder)}
    assert problems >= {
        ("two-towns.json", "file"),
        ("diffa-nuit.json", "file"),
        ("talks-in-taiz.json", "file"),
        ("clash-at-bentiu.json", "text"),
        ("van-near-ataq.json", "text"),
        ("teachers-taken.json", "incidents.0.counts.0.outcome"),
        ("teachers-taken.json", "incidents.0.counts.0.hedge"),
        ("rockets-in-agadez.json", "incidents.0.evidence"),
        ("splits.toml", "splits.canary"),
        ("splits.toml", "splits.odd"),
    }
    assert ("clash-at-bentiu.json", "article_id") not in problems  # its article is there


@pytest.mark.parametrize("kind", ["articles", "records"])
def test_a_file_that_cannot_be_read_is_told_once_and_not_as_missing(
    folder: Path, kind: str
) -> None:
    path = folder / kind / "two-towns.json"
    path.write_text("{", "utf-8")
    (problem,) = lint_gold(folder)
    assert (problem.file, problem.field) == (path, "file")


def test_a_file_of_splits_that_is_no_toml_is_told_alone(folder: Path) -> None:
    (folder / "splits.toml").write_text("[splits\ndev = 3", "utf-8")
    (problem,) = lint_gold(folder)
    assert problem.field == "file"
    assert "it is no TOML" in problem.message
    assert "line 1" in problem.message


def test_a_set_without_a_labelled_article_is_a_problem(tmp_path: Path) -> None:
    for kind in ("articles", "records"):
        (tmp_path / kind).mkdir()
    (problem,) = lint_gold(tmp_path)
    assert "no labelled article" in problem.message
    assert not problem.is_warning


def test_a_grader_is_told_of_labels_that_do_not_fit_their_texts(folder: Path) -> None:
    assert lint_set(open_gold(folder)) == ()
    path = plant(folder, "two-towns", lambda told: count(told, 0)["quotes"][0].update(start=3))
    plant(folder, "bus-near-douentza", lambda told: blame(told, 1).update(answers="b2"))
    assert [(one.file, one.field) for one in lint_set(open_gold(folder))] == [
        (folder / "records" / "bus-near-douentza.json", "incidents.0.blames.1.answers"),
        (path, "incidents.0.counts.0.quotes.0"),
    ]


def test_problems_come_in_order_and_say_where_they_are(folder: Path) -> None:
    path = plant(folder, "two-towns", lambda told: incident(told).pop("evidence"))
    (problem,) = lint_gold(folder)
    assert problem == Problem(
        file=path,
        field="incidents.0.evidence",
        message="quote the words that tell of the event",
    )
    assert str(problem) == f"{path}: incidents.0.evidence: {problem.message}"


def test_a_folder_of_something_else_is_no_gold_folder(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no folder 'articles'"):
        lint_gold(tmp_path)
