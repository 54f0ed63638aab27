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
from eval.quotas import QUOTAS, Quota, Quotas, quotas_of, read_quotas
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
        ("articles = true", "articles", "valid integer"),
        ('articles = "12"', "articles", "valid integer"),
        ("[splits]\ngate = 6.0", "splits.gate", "valid integer"),
        ("several_incidents = [false, true]", "several_incidents.0", "valid number"),
        ("several_incidents = [0.5, 0.35]", "several_incidents", "0.5 is above 0.35"),
        ("words = [200, 60]", "words", "200 is above 60"),
        ("published = [2026-01-01, 2011-01-01]", "published", "2026-01-01 is above 2011-01-01"),
        ('published = ["2011-01-01", 2026-01-01]', "published.0", "valid date"),
    ],
)
def test_quotas_that_cannot_be_read_are_told(
    folder: Path, told: str, field: str, message: str
) -> None:
    assert message in ask(folder, told)["quotas.toml", field]
    with pytest.raises(GoldError, match=r"quotas\.toml"):
        read_quotas(folder)


def test_every_fault_of_the_quotas_is_told_once(folder: Path) -> None:
    found = ask(folder, "articles = -1\nartikles = 3\n")
    assert list(found) == [(QUOTAS, "articles"), (QUOTAS, "artikles")]
    with pytest.raises(GoldError) as told:
        read_quotas(folder)
    assert [line.split(": ")[1] for line in str(told.value).split("\n")] == ["articles", "artikles"]


def test_a_folder_in_the_place_of_the_quotas_is_told(folder: Path) -> None:
    (folder / QUOTAS).mkdir()
    with pytest.raises(GoldError, match="it cannot be read as a file"):
        read_quotas(folder)
    (problem,) = lint_gold(folder)
    assert (problem.file.name, problem.field) == (QUOTAS, "file")


@pytest.mark.parametrize(
    ("least", "most", "asked"),
    [
        (0.1, 0.125, "10% to 12.5%"),
        (0.0, 0.0, "0% to 0%"),
        (0.35, None, "35% to 100%"),
    ],
    ids=["a decimal where it is needed", "none at all", "no upper end"],
)
def test_asked_shares_are_shown_as_they_are(least: float, most: float | None, asked: str) -> None:
    quota = Quota(name="several incidents", there=0.2, least=least, most=most, is_share=True)
    assert quota.asked == asked


@pytest.mark.parametrize(
    ("number", "is_met"),
    [(6, False), (7, True), (10, True), (11, False)],
    ids=["below", "the lower end", "the upper end", "above"],
)
@pytest.mark.parametrize("name", ["several_incidents", "several_sources", "without_incidents"])
def test_both_ends_of_a_share_count_as_met(name: str, number: int, is_met: bool) -> None:
    counted = coverage_of(open_gold(FIXTURES)).model_copy(update={"articles": 20, name: number})
    quotas = Quotas.model_validate({name: (0.35, 0.5)})
    (quota,) = quotas_of(quotas, counted)
    assert quota.is_met is is_met


def test_an_article_without_a_language_is_of_no_other_language(folder: Path) -> None:
    drop_language(folder, "diffa-nuit")
    found = ask(folder, 'other_languages = 1\n[notices]\nen = "Made up."\n')
    assert found[QUOTAS, "other languages"] == "asked: at least 1; there: 0"
    assert found["diffa-nuit.json", "language"] == "it states no language; add it"


def drop_language(folder: Path, name: str) -> None:
    """Write an article of the folder without its language."""
    path = folder / "articles" / f"{name}.json"
    told = json.loads(path.read_text("utf-8"))
    del told["language"]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")


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
    assert (
        "stands in the prompt's example '../prompts/v1/examples.jsonl:shot'"
        in found["two-towns.json", "text"]
    )
    assert [name for name, _ in found] == ["two-towns.json"]
    assert (
        "no example is in"
        in ask(folder, 'longest_shared = 8\nexamples = ["../none"]')["quotas.toml", "examples"]
    )


def test_examples_of_two_files_with_one_name_and_id_are_both_read(folder: Path) -> None:
    taken = open_gold(folder).labelled["two-towns"].article.text[:200]
    for version, text in (("v1", taken), ("v2", "Nothing of the kind.")):
        write_example(folder, version, {"id": "shot", "text": text})
    found = ask(folder, 'longest_shared = 8\nexamples = ["../prompts"]')
    assert "'../prompts/v1/examples.jsonl:shot'" in found["two-towns.json", "text"]


def test_two_examples_of_one_file_with_one_id_are_both_read(folder: Path) -> None:
    taken = open_gold(folder).labelled["two-towns"].article.text[:200]
    rows = [{"id": "shot", "text": taken}, {"id": "shot", "text": "Nothing of the kind."}]
    write_example(folder, "v1", *rows)
    assert ("two-towns.json", "text") in ask(
        folder, 'longest_shared = 8\nexamples = ["../prompts"]'
    )


def write_example(folder: Path, version: str, *rows: object) -> None:
    """Write a file of prompt examples beside the gold folder."""
    path = folder.parent / "prompts" / version / "examples.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{bad", "it is no JSON in UTF-8"),
        (b'{"text": "caf\xe9"}', "it is no JSON in UTF-8"),
        (b'{"id": "shot"}', 'an example needs a "text"'),
        (b'{"id": "shot", "text": 3}', 'an example needs a "text"'),
        (b'{"id": "shot", "text": " "}', 'an example needs a "text"'),
        (b'["shot"]', 'an example needs a "text"'),
    ],
    ids=["no JSON", "no UTF-8", "no text", "a number", "a blank", "a list"],
)
def test_an_example_that_cannot_be_read_is_told_by_file_and_line(
    folder: Path, line: bytes, message: str
) -> None:
    write_example(folder, "v1", {"id": "fine", "text": "Nothing of the kind."})
    path = folder.parent / "prompts" / "v1" / "examples.jsonl"
    path.write_bytes(path.read_bytes() + b"\n" + line + b"\n")
    found = ask(folder, 'longest_shared = 8\nexamples = ["../prompts", "../prompts/v1"]')
    assert list(found) == [(QUOTAS, "examples")]
    told = found[QUOTAS, "examples"]
    assert told.startswith(f"../prompts/v1/examples.jsonl, line 3: {message}")


_TITLE = "Four dead as lorry and ferry guards trade shots at dawn in Kalemie"


def test_a_title_that_stands_in_an_example_is_told(folder: Path) -> None:
    title_article(folder, "two-towns", _TITLE)
    write_example(folder, "v1", {"id": "ferry", "title": _TITLE, "text": "Nothing of the kind."})
    found = ask(folder, 'longest_shared = 8\nexamples = ["../prompts"]')
    assert "examples.jsonl:ferry" in found["two-towns.json", "text"]


def test_a_title_that_two_stories_share_is_told(folder: Path) -> None:
    for name in ("two-towns", "van-near-ataq"):
        title_article(folder, name, _TITLE)
    found = ask(folder, "longest_shared = 8")
    assert "stands in 'two-towns' of another story" in found["van-near-ataq.json", "text"]


def title_article(folder: Path, name: str, title: str) -> None:
    """Give an article of the folder another title."""
    path = folder / "articles" / f"{name}.json"
    told = json.loads(path.read_text("utf-8")) | {"title": title}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")


def test_two_stories_that_share_only_their_notice_are_not_told(folder: Path) -> None:
    notice = "This text was invented to test software and nothing in it is true of anybody."
    for name in ("two-towns", "van-near-ataq"):
        path = folder / "articles" / f"{name}.json"
        told = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(told | {"text": f"{told['text']}\n\n{notice}"}), "utf-8")

    def shared() -> list[str]:
        return [message for message in lint_texts(folder) if "of another story" in message]

    (folder / QUOTAS).write_text("longest_shared = 8\n", "utf-8")
    assert len(shared()) == 1
    (folder / QUOTAS).write_text(f'longest_shared = 8\n[notices]\nen = "{notice}"\n', "utf-8")
    assert shared() == []


def lint_texts(folder: Path) -> list[str]:
    """What is told of the texts of the folder."""
    return [one.message for one in lint_gold(folder) if one.field == "text"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("П\u2019ять людей", ("п'ять", "людей")),
        ("They don't 'know'", ("they", "don't", "know")),
        ("قُتِلَ خَمْسَةٌ", ("قُتِلَ", "خَمْسَةٌ")),
        ("पाँच लोग", ("पाँच", "लोग")),
        ("1,200 — so_it ❤️ is", ("1", "200", "so", "it", "is")),
    ],
    ids=["Ukrainian", "English", "vowelled Arabic", "Hindi", "what stands between"],
)
def test_a_word_keeps_its_marks_and_inner_apostrophes(text: str, words: tuple[str, ...]) -> None:
    assert Passage(name="a", story_id="a", text=text).words == words


RIGHT_WEEKDAYS = [
    "on Tuesday, 29 November 2016",
    "on Tuesday, November 29, 2016",
    "on Tuesday 29 November",
    "on TUESDAY the 29th of November",
    "on Thursday (4 March 2010)",
    "on Tuesday, 29 November 1500 people fled",  # 1500 is no year
    "on Tuesday, 29 November 2000 people fled",
    "on Tuesday, 29 November 2000 Somalis fled",
    "on Tuesday 29 November 0610: shots",
    "on Tuesday 29 November 2010: shots",
    "on Tuesday morning, 29 November",
    "on Tue 29 Nov 2016",
    "on Tues. 29 Nov. 2016",
    "where the court on Wednesday 12 may have sat",
    "said the Sun, 29 November 2016",  # a newspaper
    "mercredi 29 novembre 2016",
]


@pytest.mark.parametrize("words", RIGHT_WEEKDAYS)
def test_right_weekdays_are_left_alone(words: str) -> None:
    assert list(wrong_weekdays(article(f"It fell {words}."))) == []


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("on Saturday, 31 December", date(2017, 1, 3)),
        ("on Sunday, 15 January", date(2016, 12, 20)),
        ("on Saturday, 29 February", date(2019, 12, 20)),
    ],
    ids=["the year before", "the next year", "a leap day to come"],
)
def test_a_date_without_a_year_may_lie_beyond_the_turn_of_it(words: str, published: date) -> None:
    assert list(wrong_weekdays(article(f"It fell {words}.", published=published))) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("on Wednesday, 29 November 2016", "2016-11-29 was a Tuesday"),
        ("on Wednesday, November 29", "2016-11-29 was a Tuesday"),
        ("on Friday, 31 November", "there is no such day"),
        ("on Wednesday, November 29, 2016 at dawn", "2016-11-29 was a Tuesday"),
        ("on Friday 29 November 1500 people fled", "2016-11-29 was a Tuesday"),
        ("on Thursday morning, 29 November", "2016-11-29 was a Tuesday"),
        ("on Mon 7 March 2017", "2017-03-07 was a Tuesday"),
        ("on Mon. 7 Mar. 2017", "2017-03-07 was a Tuesday"),
        ("on Monday, 7 Mar 2017", "2017-03-07 was a Tuesday"),
        ("on Monday, Mar 7, 2017", "2017-03-07 was a Tuesday"),
    ],
)
def test_wrong_weekdays_are_told(words: str, told: str) -> None:
    (found,) = wrong_weekdays(article(f"It fell {words}."))
    assert found.field == "text"
    assert told in found.message


def test_a_frozen_split_notices_an_article_that_moves(folder: Path) -> None:
    gate = open_gold(folder).of_split("gate").labelled
    stated = frozen_hash(one.article for one in gate.values())
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
