"""The codebook: its examples make valid records, its rules are whole, its fields are up to date."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from scripts import script

from eval.gold import GoldArticle
from eval.gold.labels import DistractorKind
from eval.lint import lint_label
from eval.phenomena import Phenomenon
from extractor import codes
from extractor.article import Article
from extractor.codes import Code
from extractor.resolve.tables import Tables, open_tables

ROOT = Path(__file__).resolve().parents[2]
CODEBOOK = ROOT / "gold" / "CODEBOOK.md"
TEXT = CODEBOOK.read_text("utf-8")
PUBLISHED = date(2023, 3, 8)
RULES = [f"R{n}" for n in range(17)]
LINES_OF_A_PAGE = 60  # what a printed page holds
WITHOUT_HARD_CASES = ("R6", "R13")  # loaded words and quotes: their own steps decide all
# Words of a run, not of a label.
NOT_IN_A_LABEL = (codes.InputOutcome, codes.FlagCode)
CODES = [
    *(
        one
        for one in vars(codes).values()
        if isinstance(one, type) and issubclass(one, Code) and one not in (Code, *NOT_IN_A_LABEL)
    ),
    Phenomenon,
    DistractorKind,
]

_HEADLINE = "HEADLINE: "
_LABELLED = re.compile(r"(?P<quoted>(?:^>[^\n]*\n)+)\n*```toml\n(?P<label>.*?)^```$", re.M | re.S)


@dataclass(frozen=True, kw_only=True)
class Example:
    """A labelled text of the codebook."""

    name: str
    article: Article
    label: str
    whole: bool


def _examples() -> list[Example]:
    return [_example(n, match) for n, match in enumerate(_LABELLED.finditer(TEXT), 1)]


def _example(number: int, match: re.Match[str]) -> Example:
    lines = [line.removeprefix(">").strip() for line in match["quoted"].splitlines()]
    headed = lines[0].startswith(_HEADLINE)
    title = lines[0].removeprefix(_HEADLINE) if headed else None
    text = "\n".join(lines[1:] if headed else lines)
    heading = TEXT[: match.start()].rsplit("\n##", 1)[1].split("\n")[0].strip(" #")
    return Example(
        name=f"{number}-{heading[:30]}",
        article=Article.of(text, id=f"example-{number}", title=title, published_at=PUBLISHED),
        label=match["label"],
        whole="labeller = " in match["label"],
    )


EXAMPLES = _examples()
FORM_TEXT = (
    "Shells hit the market on Monday morning: Kyawama market, Solwezi. At least 26 people were "
    "killed, the Copperbelt Monitor said. There were gunmen. The governor accused the River Front. "
    "In all, more than 200 people have been killed since January. The market draws 5,000 shoppers, "
    "the monitor said."
)
"""A text that has the words of the form."""


def _told(example: Example) -> dict[str, Any]:
    """The label; one cut to what its rule is about gets the lines that it leaves out."""
    if example.whole:
        return tomllib.loads(example.label)
    outside = re.match(r"\[\[|distractor|cumulative", example.label)
    head = "" if outside else '[[incident]]\nsummary = "An event."\n'
    return {"labeller": "an example", **tomllib.loads(head + example.label)}


def _section(heading: str) -> str:
    """What stands under a heading, up to the next one that is no deeper."""
    found = re.search(rf"^(?P<marks>#+) {heading}\b[^\n]*\n", TEXT, re.M)
    assert found, f"the codebook has no section {heading!r}"
    below = TEXT[found.end() :]
    level = len(found["marks"])
    after = re.search(rf"^#{{1,{level}}} ", below, re.M)
    return below[: after.start()] if after else below


def _hard_cases() -> list[str]:
    """The rows of the hard cases, without heads and rules of their tables."""
    rows = re.findall(r"^\|.*$", _section("Hard cases, decided"), re.M)
    return [row for row in rows if row not in ("| case | label |", "|---|---|")]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.removeprefix("|").removesuffix("|").split("|")]


def _hard_case_headings() -> list[str]:
    return re.findall(r"^#### (.+)$", _section("Hard cases, decided"), re.M)


def _rules_of(heading: str) -> set[int]:
    """The rules that a heading of hard cases names: `R2 to R4, R9` is 2, 3, 4 and 9."""
    spans = re.findall(r"R(\d+)(?: to R(\d+))?", heading)
    return {n for first, last in spans for n in range(int(first), int(last or first) + 1)}


def _slug(heading: str) -> str:
    """The anchor that a page gives to a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return open_tables()


@pytest.fixture(scope="module")
def label() -> ModuleType:
    return script("tools/label.py")


@pytest.fixture(scope="module")
def codebook() -> ModuleType:
    return script("tools/codebook.py")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_steps_two_examples_and_a_tempting_mistake(rule: str) -> None:
    section = _section(rule)
    steps = section.split("**Example.**")[0]
    assert re.search(r"^1\. ", steps, re.M)
    assert "→" in steps
    assert len(re.findall(r"^\*\*Example\.\*\*", section, re.M)) >= 2
    assert len(re.findall(r"^\*\*Tempting mistake\.\*\*", section, re.M)) == 1


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_two_labelled_texts(rule: str) -> None:
    assert len(_LABELLED.findall(_section(rule))) >= 2


@pytest.mark.parametrize("row", _hard_cases())
def test_a_hard_case_is_a_case_and_its_label(row: str) -> None:
    cells = _cells(row)
    assert len(cells) == 2
    assert all(cells)


def test_no_hard_case_stands_twice() -> None:
    cases = Counter(
        case.strip().casefold() for row in _hard_cases() for case in _cells(row)[0].split(";")
    )
    assert [case for case, times in cases.items() if times > 1] == []


def test_hard_cases_stand_only_under_the_heading_of_their_rules() -> None:
    headings = _hard_case_headings()
    assert all(
        _section(re.escape(heading.split(" (")[0])).count("\n| ") > 2 for heading in headings
    )
    before, *_ = _section("Hard cases, decided").split("\n#### ")
    assert "|" not in before


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_with_hard_cases_says_where_they_stand(rule: str) -> None:
    slugs = {_slug(one) for one in _hard_case_headings() if int(rule[1:]) in _rules_of(one)}
    linked = re.findall(r"^Hard cases: see \[[^\]]+\]\(#([^)]+)\)\.$", _section(rule), re.M)
    assert linked == sorted(slugs)
    assert len(linked) == (rule not in WITHOUT_HARD_CASES)


def test_a_link_within_the_book_leads_to_a_heading() -> None:
    headings = {_slug(heading) for heading in re.findall(r"^#+ (.+)$", TEXT, re.M)}
    linked = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert linked <= headings


def test_the_book_on_one_page_has_every_rule_and_fits_on_a_page() -> None:
    card = _section("The book on one page")
    assert re.findall(r"^- \*\*(R\d+) ", card, re.M) == RULES
    assert card.count("\n") <= LINES_OF_A_PAGE


def test_a_zero_for_the_others_has_the_word_that_says_so() -> None:
    (example,) = (one for one in EXAMPLES if one.whole)
    counts = [one for incident in _told(example)["incident"] for one in incident.get("count", ())]
    assert [one["group"] for one in counts if one.get("killed_or_injured") == "No one"] == ["else"]


def test_the_form_makes_a_label_of_a_text_that_has_its_words(
    label: ModuleType, tables: Tables
) -> None:
    form = re.search(r"```text\n(.*?)```", _section("The form of a label"), re.S)
    assert form
    article = Article.of(FORM_TEXT, published_at=PUBLISHED)
    made: GoldArticle = label.make_record(tomllib.loads(form[1]), article, tables).gold
    assert made.alternatives
    assert made.distractors
    assert [one.scope for one in made.cumulative] == [codes.Scope.PERIOD]


def test_every_label_of_the_book_stands_under_its_text() -> None:
    assert len(EXAMPLES) == TEXT.count("```toml")


def test_the_book_shows_one_whole_label_and_it_has_no_fault(
    label: ModuleType, tables: Tables
) -> None:
    (example,) = (one for one in EXAMPLES if one.whole)
    made: GoldArticle = label.make_record(_told(example), example.article, tables).gold
    assert list(lint_label(made, example.article)) == []


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.__name__)
def test_every_fixed_word_stands_in_the_fields_with_its_definition(code: type[Code]) -> None:
    fields = " ".join(_section("Every field and value").split())
    assert f"**{code.__name__}.**" in fields
    for word in code:
        assert f"`{word.value}`: {word.definition}" in fields


@pytest.mark.parametrize("heading", ["The other lines of an incident", "Phenomena"])
def test_a_table_of_the_book_has_every_word_once(heading: str) -> None:
    code = Phenomenon if heading == "Phenomena" else codes.AttackType
    rows = re.findall(r"^\| `(\w+)` \|", _section(heading), re.M)
    assert sorted(rows) == sorted(word.value for word in code)


def test_the_book_states_its_version_and_logs_it() -> None:
    (version,) = re.findall(r"^Version (\d+)$", TEXT, re.M)
    assert f"**Version {version}**" in _section("Changes")


def test_the_fields_of_the_book_are_those_of_the_schema(codebook: ModuleType) -> None:
    assert codebook.with_fields(TEXT) == TEXT, "run `python tools/codebook.py`"


def test_a_drifted_book_is_told_and_then_mended(
    codebook: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = tmp_path / "CODEBOOK.md"
    book.write_text(TEXT.replace("`killed`: Died in the event.", "`killed`: Dead."), "utf-8")
    monkeypatch.setattr("sys.argv", ["codebook.py", "--check", "--book", str(book)])
    with pytest.raises(SystemExit) as ended:
        codebook.main()
    assert ended.value.code == 1
    assert "run `python tools/codebook.py`" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["codebook.py", "--book", str(book)])
    codebook.main()
    assert book.read_text("utf-8") == TEXT


def test_a_book_without_markers_is_refused(codebook: ModuleType) -> None:
    with pytest.raises(codebook.CodebookError, match="needs '<!-- fields"):
        codebook.with_fields(TEXT.replace(codebook.END, ""))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_an_example_becomes_a_valid_record(
    example: Example, label: ModuleType, tables: Tables
) -> None:
    made: GoldArticle = label.make_record(_told(example), example.article, tables).gold
    assert made.incidents or made.cumulative or made.distractors
