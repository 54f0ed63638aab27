"""Linting a prompt pack: every problem at once, each with its file, its line and the next step."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packs import ID, NOTICE, SYSTEM, change, make_example, write_examples, write_pack

from extractor.assets import find_asset_folder
from extractor.errors import PromptError
from extractor.prompt import PromptProblem, known_prompts, lint_prompt, load_prompt
from extractor.prompt.wording import answer_words

PROMPTS = find_asset_folder("prompts")


def lint(root: Path, *, gold: Path | None = None) -> list[str]:
    """What is wrong with the pack, with the file's name in place of its path."""
    found = lint_prompt(ID, root=root, gold=gold)
    return [str(problem).replace(f"{root / ID}/", "").replace(f"{root}/", "") for problem in found]


@pytest.mark.parametrize("prompt_id", known_prompts(PROMPTS))
def test_the_prompts_of_the_project_have_no_problem(prompt_id: str) -> None:
    assert lint_prompt(prompt_id, root=PROMPTS, gold=find_asset_folder("gold")) == ()


def test_a_small_sound_pack_has_no_problem_and_loads(tmp_path: Path) -> None:
    write_pack(tmp_path)
    assert lint(tmp_path) == []
    assert len(load_prompt(ID, root=tmp_path).examples) == 1


def test_a_problem_is_told_in_one_line_with_its_file_line_and_next_step() -> None:
    at = PromptProblem(path=Path("a/b.toml"), line=3, message="it is odd", step="make it even")
    assert str(at) == "a/b.toml:3: it is odd; make it even"
    whole = PromptProblem(path=Path("a/b.toml"), message="it is odd", step="make it even")
    assert str(whole) == "a/b.toml: it is odd; make it even"


def test_the_first_problem_of_a_file_is_what_loading_it_says(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, system="\n{{ place }}\n{{ time }}\n")
    with pytest.raises(PromptError) as refused:
        load_prompt(ID, root=tmp_path)
    first, second = lint_prompt(ID, root=tmp_path)
    assert str(refused.value) == str(first)
    assert (first.path, first.line, second.line) == (folder / "system.md.j2", 2, 3)


# --- prompt.toml --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("released = false", "released = ", "prompt.toml:3: it is no prompt description: Invalid"),
        ("false\n", "false\nby = 1\n", "prompt.toml:4: it is no prompt description: 'by': Extra"),
        ("purpose", "# why", "prompt.toml: it is no prompt description: 'purpose': Field required"),
        ("= false", '= "soon"', "prompt.toml:3: it is no prompt description: 'released': Input"),
        ('"toll/v1"', '"toll/v2"', "prompt.toml:1: it says it is 'toll/v2', not 'toll/v1'"),
        ("Counts the dead.", " ", "prompt.toml: 'purpose' is empty"),
    ],
    ids=["toml", "extra", "missing", "type", "other-id", "purpose"],
)
def test_what_is_wrong_with_the_description_is_told_by_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    change(write_pack(tmp_path) / "prompt.toml", old, new)
    (found,) = lint(tmp_path)
    assert found.startswith(told)
    assert "; " in found


# --- system.md.j2 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("one\n{{ place }}", ["2: the template cannot be rendered: 'place' is undefined"]),
        (
            "{{ a }}\n{{ codes.Outcom }}\n{{ codes['Unity'] }}",
            ["1: the template cannot be rendered: 'a' is undefined", "2: ", "3: "],
        ),
        ("one\n\n{% if %}", ["3: the template cannot be rendered: Expected an expression"]),
        ("one\n{{ 1 / 0 }}", ["2: the template cannot be rendered: ZeroDivisionError"]),
        ("{% include 'x' %}", ["1: the template cannot be rendered: TypeError"]),
        (
            "{% for n in ['Outcom'] %}\n{{ codes[n] }}{% endfor %}",
            ["2: the template cannot be rendered: "],
        ),
        ("{{ range(1) }}\n{{ x }}", ["2: the template cannot be rendered: 'x' is undefined"]),
        ("{{ codes.__class__ }}", ["1: the template cannot be rendered: "]),
        ("{# nothing #}", ["it says nothing"]),
    ],
    ids=[
        "name",
        "all-names",
        "syntax",
        "arithmetic",
        "include",
        "in-a-loop",
        "built-in",
        "python",
        "empty",
    ],
)
def test_what_keeps_a_template_from_being_rendered_is_told_by_line(
    tmp_path: Path, template: str, told: list[str]
) -> None:
    write_pack(tmp_path, system=template)
    found = lint(tmp_path)
    assert len(found) == len(told)
    for one, begin in zip(found, told, strict=True):
        assert begin in one
        assert one.startswith("system.md.j2:")


def test_an_unknown_enumeration_is_told_with_those_there_are(tmp_path: Path) -> None:
    write_pack(tmp_path, system="{{ codes.Outcom }}")
    (found,) = lint(tmp_path)
    assert "codes has no 'Outcom'; there is " in found
    assert " Outcome," in found


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("at_leats", "did you mean `at_least`?"),
        ("killd", "did you mean `killed`?"),
        ("number.txt", "did you mean `number.text`?"),
        ("by_hearsay", "`tollbook schema wire` has all"),
    ],
)
def test_a_word_in_backticks_that_no_answer_knows_is_told_by_line(
    tmp_path: Path, words: str, step: str
) -> None:
    write_pack(tmp_path, system=f"One.\n\nTwo,\nand `{words}`.\n")
    assert lint(tmp_path) == [
        f"system.md.j2:4: `{words}` is no fixed word and no field of an answer; {step}"
    ]


@pytest.mark.parametrize(
    "template",
    [
        "`at_least` `number.text` `null` `i1` `Qualifier` `two words` `why` `12`",
        'at_leats, "at_leats" and ``at_leats``',
        "{# `at_leats` #}one{{ '' if true else '`at_leats`' }}",
    ],
    ids=["words-of-its-own", "no-backticks", "never-shown"],
)
def test_other_words_of_a_template_are_left_alone(tmp_path: Path, template: str) -> None:
    write_pack(tmp_path, system=template)
    assert lint(tmp_path) == []


def test_every_word_and_field_of_an_answer_is_known() -> None:
    assert {"at_least", "killed", "self_claimed", "number", "part_of", "cumulative"} <= (
        answer_words()
    )
    assert answer_words().isdisjoint({"read_with_flags", "uncovered_mention"})


# --- examples.jsonl -----------------------------------------------------------------------------


Spoil = Callable[[dict[str, Any]], None]


def sets(**fields: object) -> Spoil:
    return lambda example: example.update(fields)


def without_figure(example: dict[str, Any]) -> None:
    example["answer"]["incidents"][0]["counts"][0]["number"]["text"] = "three or more"


def without_quote(example: dict[str, Any]) -> None:
    example["answer"]["incidents"][0]["counts"][0]["quotes"] = ["killed three people"]


def to_nobody(example: dict[str, Any]) -> None:
    example["answer"]["incidents"][0]["counts"][0]["part_of"] = "c9"


def of_another_day(example: dict[str, Any]) -> None:
    example["answer"]["incidents"][0]["when"].update(start="2020-01-01", end=None)


def of_unknown_word(example: dict[str, Any]) -> None:
    example["answer"]["incidents"][0]["counts"][0]["outcome"] = "gone"


def without_notice(example: dict[str, Any]) -> None:
    example["text"] = example["text"].replace(NOTICE, "")


def with_more_casualties(example: dict[str, Any]) -> None:
    example["text"] = f"Two nurses were shot dead in a ward.\n{example['text']}"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without_figure, "the answer of 'second' does not hold for its own text: i1/c1: "),
        (without_quote, "not in the article: 'killed three people'; copy the words exactly"),
        (to_nobody, "'c9'"),
        (of_another_day, "i1/when: "),
        (of_unknown_word, "it is no example: answer.incidents.0.counts.0.outcome: Input should be"),
        (without_notice, "the text of 'second' does not end by saying that it is invented"),
        (with_more_casualties, "tells of casualties that no claim covers: 'Two nurses were shot"),
        (sets(id="kiosk"), "the id 'kiosk' stands on line 1 too"),
        (sets(published_at="soon"), "it is no example: published_at: "),
        (sets(published_at="2020-02-31"), "it is no example: published_at: "),
        (sets(text=""), "it is no example: text: "),
        (sets(extra=1), "it is no example: extra: "),
    ],
)
def test_what_is_wrong_with_an_example_is_told_by_line(
    tmp_path: Path, spoil: Spoil, told: str
) -> None:
    second = json.loads(json.dumps(make_example("second")))
    spoil(second)
    write_pack(tmp_path, make_example(), second)
    found = [problem for problem in lint(tmp_path) if told in problem]
    assert found
    assert all(problem.startswith("examples.jsonl:2: ") for problem in lint(tmp_path))


def test_a_line_that_is_no_json_is_told_without_hiding_the_others(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    path = folder / "examples.jsonl"
    path.write_text('{"id"\n' + path.read_text("utf-8") + "\nnull\n", "utf-8")
    broken, empty = lint(tmp_path)
    assert broken.startswith("examples.jsonl:1: it is no example: Invalid JSON: ")
    assert "at line" not in broken
    assert broken.endswith("write each example as one JSON object, on a line of its own")
    assert empty.startswith("examples.jsonl:4: it is no example: Input should be an object")


def test_an_example_in_another_script_holds_like_any_other(tmp_path: Path) -> None:
    words = "قُتل ثلاثة أشخاص في كشك، قالت الشرطة"
    example = make_example("kushk", title="قنبلة في كشك", text=f"{words}.\n\n{NOTICE}\n")
    incident = example["answer"]["incidents"][0]
    incident["when"].update(
        expression=None, quote=None, start=None, end="2020-02-02", precision="on_or_before"
    )
    (count,) = incident["counts"]
    count["number"].update(text="ثلاثة", lower=3, upper=3, qualifier="exact")
    count["group"]["text"] = "أشخاص"
    count["speakers"][0]["name_text"] = "الشرطة"
    incident["evidence"] = count["quotes"] = [words]
    folder = write_pack(tmp_path, example)
    assert [one for one in lint(tmp_path) if "not in the article" in one] == []
    count["quotes"] = [words.replace("قُتل", "قتل")]
    write_examples(folder, example)
    assert any("examples.jsonl:1: " in one and "قتل ثلاثة" in one for one in lint(tmp_path))


# --- what is graded -----------------------------------------------------------------------------


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold folder with one article."""
    folder = tmp_path / "gold"
    (folder / "articles").mkdir(parents=True)
    text = "Before dawn the long bridge over the slow brown river was blown up by raiders."
    told = {"id": "bridge", "title": "A title of nine words that nobody should copy", "text": text}
    (folder / "articles" / "bridge.json").write_text(json.dumps(told), "utf-8")
    (folder / "articles" / "broken.json").write_text("{", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("system", "changed", "told"),
    [
        (
            "Say: the LONG bridge over\nthe slow, brown river was gone.",
            {},
            "system.md.j2: 'the long bridge over the slow brown river' stands in the gold article "
            "'bridge' too; ",
        ),
        (
            SYSTEM,
            {"title": "A title of nine words that nobody should copy"},
            "examples.jsonl:1: 'a title of nine words that nobody should' stands in the gold",
        ),
        (
            SYSTEM,
            {"text": f"The long bridge over the slow brown river was blown up.\n{NOTICE}\n"},
            "examples.jsonl:1: 'the long bridge over the slow brown river' stands in the gold",
        ),
    ],
    ids=["system", "title", "text"],
)
def test_words_copied_from_a_gold_article_are_told_once(
    tmp_path: Path, gold: Path, system: str, changed: dict[str, Any], told: str
) -> None:
    root = tmp_path / "prompts"
    write_pack(root, make_example(**changed), system=system)
    (found,) = [one for one in lint(root, gold=gold) if "gold article" in one]
    assert found.startswith(told)
    assert not [one for one in lint(root) if "gold article" in one]


def test_seven_words_in_a_row_and_the_notice_are_no_copy(tmp_path: Path, gold: Path) -> None:
    (gold / "articles" / "notice.json").write_text(json.dumps({"text": NOTICE}), "utf-8")
    write_pack(tmp_path / "prompts", system="The long bridge over the slow brown canal.")
    assert lint(tmp_path / "prompts", gold=gold) == []


# --- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["prompt.toml", "system.md.j2", "examples.jsonl"])
def test_a_missing_file_is_told_and_the_others_are_linted(tmp_path: Path, name: str) -> None:
    folder = write_pack(tmp_path, make_example(text="Nothing.\n"), system="{{ x }}")
    change(folder / "prompt.toml", "toll/v1", "toll/v2")
    (folder / name).unlink()
    found = lint(tmp_path)
    assert f"{ID}: the prompt lacks {name}; write it, or copy it from another version" in found
    told = {one.partition(":")[0] for one in found}
    assert told == {ID, "prompt.toml", "system.md.j2", "examples.jsonl"} - {name}


@pytest.mark.parametrize("name", ["prompt.toml", "system.md.j2", "examples.jsonl"])
def test_a_file_that_is_not_utf_8_is_told_by_name(tmp_path: Path, name: str) -> None:
    (write_pack(tmp_path) / name).write_bytes(b"a\xff")
    assert lint(tmp_path) == [f"{name}: it cannot be read (no UTF-8 at byte 1); save it in UTF-8"]


def test_a_file_that_may_not_be_read_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pack(tmp_path) / "system.md.j2"
    path.chmod(stat.S_IWUSR)
    opened = Path.read_text

    def refused(self: Path, *args: Any, **named: Any) -> str:
        if self == path:  # whoever runs the tests may be allowed to read everything
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **named)

    monkeypatch.setattr(Path, "read_text", refused)
    (found,) = lint(tmp_path)
    assert found.startswith("system.md.j2: it cannot be read (Permission denied); ")


# --- releases -----------------------------------------------------------------------------------


def test_every_changed_file_of_a_released_pack_is_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    change(folder / "prompt.toml", "false", "true")
    (tmp_path / "released.toml").write_text(f'["{ID}"]\n"prompt.toml" = "0"\n', "utf-8")
    found = lint(tmp_path)
    assert [one.partition(":")[0] for one in found] == [
        "examples.jsonl",
        "prompt.toml",
        "system.md.j2",
    ]
    assert all("differs from the hash in released.toml; a released" in one for one in found)


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("[x", "released.toml: the list of released prompts cannot be read: "),
        (f'"{ID}" = 3\n', "released.toml: the list of released prompts cannot be read: a table"),
        ("", "prompt.toml: prompt 'toll/v1' is marked as released, but released.toml does not"),
        (None, "released.toml: it cannot be read"),
    ],
    ids=["toml", "no-table", "not-listed", "no-list"],
)
def test_a_list_that_does_not_hold_a_released_pack_is_told(
    tmp_path: Path, listed: str | None, told: str
) -> None:
    change(write_pack(tmp_path) / "prompt.toml", "false", "true")
    if listed is not None:
        (tmp_path / "released.toml").write_text(listed, "utf-8")
    (found,) = lint(tmp_path)
    assert found.startswith(told)


def test_a_pack_that_is_not_there_is_no_problem_but_an_error(tmp_path: Path) -> None:
    write_pack(tmp_path)
    with pytest.raises(PromptError, match=r"no prompt 'toll/v2' in .*; there is toll/v1$"):
        lint_prompt("toll/v2", root=tmp_path)
