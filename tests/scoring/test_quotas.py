import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli.gold import app
from eval.coverage import coverage_of
from eval.gold import GoldError, frozen_hash, open_gold
from eval.lint import lint_gold
from eval.lint.phrases import Passage, runs_in_examples, shared_runs
from eval.lint.weekdays import wrong_weekdays
from eval.phenomena import Phenomenon
from eval.quotas import QUOTAS, Quotas, quotas_of, read_quotas
from extractor.article import Article, sha256_of

FIXTURES = Path(__file__).parent / "gold"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the clean gold set, to ask things of."""
    shutil.copytree(FIXTURES, tmp_path / "gold", ignore=shutil.ignore_patterns("labels"))
    return tmp_path / "gold"


def ask(folder: Path, told: str) -> dict[tuple[str, str], str]:
    """The problems by file and field once the set asks this of itself."""
    (folder / QUOTAS).write_text(told, "utf-8")
    return {(one.file.name, one.field): one.message for one in lint_gold(folder)}


def article(text: str, *, published: date | None = date(2016, 12, 1)) -> Article:
    hashed = sha256_of(text)
    return Article(id="a", text=text, published_at=published, raw_sha256=hashed, text_sha256=hashed)


def test_a_set_that_asks_nothing_of_itself_is_held_to_nothing(folder: Path) -> None:
    assert read_quotas(folder) is None
    assert ask(folder, "") == {}


def test_every_quota_that_is_not_met_is_told_with_what_is_there(folder: Path) -> None:
    found = ask(
        folder,
        "articles = 15\nfirst_tier = 1\nsecond_tier = 15\nother_languages = 2\nadjudicated = 1\n"
        "without_incidents = [0.2, 0.3]\n[splits]\ngate = 6\ndev = 9\nspare = 1\n"
        "[languages]\nfr = 1\nar = 1\n",
    )
    assert found["quotas.toml", "articles"] == "asked: at least 15; there: 14"
    assert found["quotas.toml", "split dev"] == "asked: at least 9; there: 8"
    assert found["quotas.toml", "split spare"] == "asked: at least 1; there: 0"
    assert found["quotas.toml", "language ar"] == "asked: at least 1; there: 0"
    assert found["quotas.toml", "other languages"] == "asked: at least 2; there: 1"
    assert found["quotas.toml", "adjudicated"] == "asked: at least 1; there: 0"
    assert found["quotas.toml", "without incidents"] == "asked: 20% to 30%; there: 14.3%"
    assert ("quotas.toml", "split gate") not in found
    assert ("quotas.toml", "language fr") not in found
    second = [one.value for one in Phenomenon if ("quotas.toml", one.value) in found]
    assert "no_incident" in second
    assert "denial" not in second  # of the first tier, of which one article was asked


def test_a_quota_of_its_own_raises_that_of_its_tier() -> None:
    quotas = Quotas(first_tier=1, denials=20, second_tier=2, instructs_model=1)
    asked = {one.name: one.least for one in quotas_of(quotas, coverage_of(open_gold(FIXTURES)))}
    assert asked["denial"] == 20
    assert asked["agentless"] == 1
    assert asked["instructs_model"] == 2


@pytest.mark.parametrize(
    ("told", "field", "message"),
    [
        ("articles = -1", "articles", "greater than or equal to 0"),
        ("artikles = 3", "artikles", "Extra inputs"),
        ("articles = ", "file", "it is no TOML"),
    ],
)
def test_quotas_that_cannot_be_read_are_told(
    folder: Path, told: str, field: str, message: str
) -> None:
    assert message in ask(folder, told)["quotas.toml", field]
    with pytest.raises(GoldError, match=r"quotas\.toml"):
        read_quotas(folder)


def test_texts_have_their_length_day_and_notice(folder: Path) -> None:
    found = ask(
        folder,
        "words = [81, 200]\npublished = [2016-01-01, 2025-12-31]\n"
        '[notices]\nen = "Everything in this story is made up; software is tested with it."\n',
    )
    short = found["talks-in-taiz.json", "text"]
    assert short.endswith("words, asked: 81 to 200")
    assert int(short.split()[0]) == 78  # the notice is not counted
    assert "its last paragraph must be" in found["two-towns.json", "text"]
    assert "no notice is written for 'fr'" in found["diffa-nuit.json", "language"]
    outside = [name for (name, field) in found if field == "published_at"]
    days = {one.article.id: one.article.published_at for one in open_gold(folder).labelled.values()}
    assert outside == sorted(
        f"{name}.json" for name, day in days.items() if day and day.year < 2016
    )


def test_a_run_of_words_in_two_stories_is_told_and_in_one_story_is_not() -> None:
    def passage(name: str, story: str, text: str) -> Passage:
        return Passage(name=name, story_id=story, text=text)

    same = "the bridge was closed to all traffic until noon"
    passages = [
        passage("a", "one", f"On Monday {same}."),
        passage("b", "one", f"It says that {same}!"),
        passage("c", "two", f"So, THE BRIDGE was closed “to all” traffic until noon; then {same}"),
    ]
    assert list(shared_runs(passages, length=9)) == [("c", "a", same)]
    assert list(shared_runs(passages, length=10)) == []
    assert list(runs_in_examples(passages[:1], {"x": f"{same} again"}, length=9)) == [
        ("a", "x", same)
    ]


def test_words_of_a_prompt_example_in_a_text_are_told(folder: Path) -> None:
    taken = open_gold(folder).labelled["two-towns"].article.text[:200]
    examples = folder.parent / "prompts" / "v1"
    examples.mkdir(parents=True)
    (examples / "examples.jsonl").write_text(json.dumps({"id": "shot", "text": taken}) + "\n")
    found = ask(folder, 'longest_shared = 8\nexamples = ["../prompts"]')
    assert "stands in the prompt's example 'examples.jsonl:shot'" in found["two-towns.json", "text"]
    assert [name for name, _ in found] == ["two-towns.json"]
    assert (
        "no example is in"
        in ask(folder, 'longest_shared = 8\nexamples = ["../none"]')["quotas.toml", "examples"]
    )


@pytest.mark.parametrize(
    "words",
    [
        "on Tuesday, 29 November 2016",
        "on Tuesday, November 29, 2016",
        "on Tuesday 29 November",
        "on TUESDAY the 29th of November",
        "on Saturday, 31 December",  # of the year before
        "on Thursday (4 March 2010)",
    ],
)
def test_right_weekdays_are_left_alone(words: str) -> None:
    published = date(2017, 1, 3) if "December" in words else date(2016, 12, 1)
    assert list(wrong_weekdays(article(f"It fell {words}.", published=published))) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("on Wednesday, 29 November 2016", "2016-11-29 was a Tuesday"),
        ("on Wednesday, November 29", "2016-11-29 was a Tuesday"),
        ("on Friday, 31 November", "there is no such day"),
    ],
)
def test_wrong_weekdays_are_told(words: str, told: str) -> None:
    (found,) = wrong_weekdays(article(f"It fell {words}."))
    assert found.field == "text"
    assert told in found.message


def test_a_frozen_split_notices_an_article_that_moves(folder: Path) -> None:
    gate = open_gold(folder).of_split("gate").labelled
    stated = frozen_hash((name, one.article.text_sha256) for name, one in gate.items())
    splits = folder / "splits.toml"
    whole = splits.read_text("utf-8")
    splits.write_text(f'{whole}\n[frozen]\ngate = "{stated}"\n', "utf-8")
    assert lint_gold(folder) == ()

    moved = splits.read_text("utf-8").replace('"diffa-nuit",', "")
    splits.write_text(moved.replace("dev = [", 'dev = ["diffa-nuit",'), "utf-8")
    (problem,) = lint_gold(folder)
    assert problem.field == "frozen.gate"
    assert "not those it was frozen with" in problem.message


def test_a_hash_of_no_split_and_one_that_is_no_word_are_told(folder: Path) -> None:
    splits = folder / "splits.toml"
    whole = splits.read_text("utf-8")
    splits.write_text(f'{whole}\n[frozen]\nspare = "00"\n', "utf-8")
    assert [one.field for one in lint_gold(folder)] == ["frozen.spare"]
    splits.write_text(f"{whole}\n[frozen]\ngate = 3\n", "utf-8")
    assert "frozen" in [one.field for one in lint_gold(folder)]


def test_the_table_of_a_set_says_which_quotas_are_met(folder: Path) -> None:
    (folder / QUOTAS).write_text("articles = 14\nfirst_tier = 0\nadjudicated = 3\n", "utf-8")
    shown = CliRunner().invoke(app, ["stats", str(folder)])
    assert shown.exit_code == 0
    assert "quotas: 1 of 2 met" in shown.stdout
    rows = [line.split() for line in shown.stdout.split("\n")]
    assert ["articles", "at", "least", "14", "14", "met"] in rows
    assert ["adjudicated", "at", "least", "3", "0", "NOT", "MET"] in rows
