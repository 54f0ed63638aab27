"""Drafts of prompts: copied, compared with what they came from, and released."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from packs import ID, SYSTEM, change, make_example, write_examples, write_pack

from extractor.errors import PromptError
from extractor.prompt import (
    PACK_FILES,
    Prompt,
    PromptDifference,
    compare_prompts,
    draft_prompt,
    lint_prompt,
    load_prompt,
    pack_hashes,
    release_prompt,
    tell_difference,
)
from extractor.prompt import releasing as releasing_module

NEW = "toll/v2"


def draft(home: Path, prompt_id: str = NEW, **changed: Any) -> Path:
    asked: dict[str, Any] = {"source_id": ID, "source_root": home, "root": home} | changed
    return draft_prompt(prompt_id, **asked)


# --- a new version ------------------------------------------------------------------------------


def test_a_draft_holds_the_files_of_its_source_under_its_own_id(tmp_path: Path) -> None:
    source = write_pack(tmp_path)
    folder = draft(tmp_path, purpose='Counts "the" dead \\ twice\x7f.\n')
    assert folder == tmp_path / NEW
    for name in PACK_FILES[1:]:
        assert (folder / name).read_bytes() == (source / name).read_bytes()
    assert tomllib.loads((folder / "prompt.toml").read_text("utf-8")) == {
        "id": NEW,
        "purpose": 'Counts "the" dead \\ twice\x7f.\n',
        "released": False,
    }
    assert lint_prompt(NEW, root=tmp_path) == ()


def test_a_draft_goes_to_a_folder_of_its_own_which_is_made(tmp_path: Path) -> None:
    write_pack(tmp_path / "theirs")
    folder = draft(tmp_path / "theirs", root=tmp_path / "my" / "own")
    assert folder == tmp_path / "my" / "own" / NEW
    assert not (tmp_path / "theirs" / NEW).exists()
    assert load_prompt(NEW, root=tmp_path / "my" / "own").id == NEW


def test_nothing_is_written_over(tmp_path: Path) -> None:
    folder = draft(write_pack(tmp_path).parents[1])
    change(folder / "system.md.j2", "# Your task", "# My task")
    before = pack_hashes(folder)
    with pytest.raises(PromptError, match="already, and nothing is written over it; choose"):
        draft(tmp_path)
    assert pack_hashes(folder) == before


@pytest.mark.parametrize("prompt_id", ["v2", "", "../v2", "a/b/c", "/a/b", "a/.b", "a /b", "a/b\n"])
def test_what_is_no_name_and_version_is_refused(tmp_path: Path, prompt_id: str) -> None:
    write_pack(tmp_path)
    with pytest.raises(PromptError, match="is no name and version; write one such as"):
        draft(tmp_path, prompt_id)


def test_a_source_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    (write_pack(tmp_path) / "examples.jsonl").unlink()
    with pytest.raises(PromptError, match=r"lacks examples\.jsonl"):
        draft(tmp_path)
    assert not (tmp_path / NEW).exists()


def test_a_draft_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path)

    def refused(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refused)
    with pytest.raises(PromptError, match=r"cannot be written \(No space left on device\)"):
        draft(tmp_path)
    assert not (tmp_path / NEW).exists()


def test_a_purpose_that_is_no_unicode_is_refused(tmp_path: Path) -> None:
    write_pack(tmp_path)
    with pytest.raises(PromptError, match="is not UTF-8; write it in UTF-8"):
        draft(tmp_path, purpose="half \udce9")
    assert not (tmp_path / NEW).exists()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PromptError, match=r"cannot be written \(Not a directory\)"):
        draft(tmp_path, root=tmp_path / "file")


# --- a release ----------------------------------------------------------------------------------


def drafted(root: Path) -> Path:
    """A sound draft that says why it exists."""
    write_pack(root)
    return draft(root, purpose="Shorter.")


def test_a_release_is_marked_listed_and_held_to(tmp_path: Path) -> None:
    folder = drafted(tmp_path)
    assert release_prompt(NEW, root=tmp_path) == ()
    assert "\nreleased = true\n" in (folder / "prompt.toml").read_text("utf-8")
    assert tomllib.loads((tmp_path / "released.toml").read_text("utf-8")) == {
        NEW: pack_hashes(folder)
    }
    assert lint_prompt(NEW, root=tmp_path) == ()
    change(folder / "system.md.j2", "Your", "My")
    with pytest.raises(PromptError, match=r"is released, but system\.md\.j2"):
        load_prompt(NEW, root=tmp_path)


@pytest.mark.parametrize("end", ["\n", "", "\r\n"], ids=["end", "no-end", "windows"])
def test_comments_and_the_other_entries_stay(tmp_path: Path, end: str) -> None:
    folder = drafted(tmp_path)
    listed = tmp_path / "released.toml"
    old = f'# Mine.\n\n["a/v1"] # first\n"prompt.toml" = "00"{end}'.encode()
    listed.write_bytes(old)
    described = b'# Why\r\nid = "toll/v2"\r\n  released = false # yet\r\npurpose = "P"\r\n'
    (folder / "prompt.toml").write_bytes(described)
    assert release_prompt(NEW, root=tmp_path) == ()
    assert listed.read_bytes().startswith(old)
    assert (folder / "prompt.toml").read_bytes() == described.replace(b"false", b"true")
    assert tomllib.loads(listed.read_text("utf-8")) == {
        "a/v1": {"prompt.toml": "00"},
        NEW: pack_hashes(folder),
    }


def test_a_draft_with_problems_is_not_released_and_they_are_given_back(tmp_path: Path) -> None:
    folder = drafted(tmp_path)
    change(folder / "system.md.j2", "at_least", "at_leats")
    before = pack_hashes(folder)
    (problem,) = release_prompt(NEW, root=tmp_path)
    assert "`at_leats`" in problem.message
    assert pack_hashes(folder) == before
    assert not (tmp_path / "released.toml").exists()


def test_a_broken_list_keeps_a_draft_from_release(tmp_path: Path) -> None:
    drafted(tmp_path)
    (tmp_path / "released.toml").write_text("[", "utf-8")
    (problem,) = release_prompt(NEW, root=tmp_path)
    assert "the list of released prompts cannot be read" in problem.message
    assert (tmp_path / "released.toml").read_text("utf-8") == "["


def test_what_is_released_is_not_released_again(tmp_path: Path) -> None:
    drafted(tmp_path)
    release_prompt(NEW, root=tmp_path)
    listed = (tmp_path / "released.toml").read_bytes()
    with pytest.raises(
        PromptError, match=r"'toll/v2' is released already, says .*copy it to a new"
    ):
        release_prompt(NEW, root=tmp_path)
    assert (tmp_path / "released.toml").read_bytes() == listed


def test_a_draft_that_does_not_say_why_it_exists_is_not_released(tmp_path: Path) -> None:
    write_pack(tmp_path)
    draft(tmp_path)
    with pytest.raises(PromptError, match=r"prompt\.toml: the purpose is not said; write why"):
        release_prompt(NEW, root=tmp_path)


@pytest.mark.parametrize(
    "described",
    [
        'purpose = """\nreleased = false\n"""\n"released" = false\n',
        'purpose = "P"\n"released" = false\n',
    ],
    ids=["in-a-text", "quoted-key"],
)
def test_a_draft_whose_mark_cannot_be_told_is_not_released(tmp_path: Path, described: str) -> None:
    path = drafted(tmp_path) / "prompt.toml"
    path.write_text(f'id = "{NEW}"\n{described}', "utf-8")
    with pytest.raises(PromptError, match=r"no line of its own says released = false"):
        release_prompt(NEW, root=tmp_path)
    assert not (tmp_path / "released.toml").exists()


def test_a_release_that_cannot_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = drafted(tmp_path)
    before = pack_hashes(folder)

    def refused(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(releasing_module.tempfile, "mkstemp", refused)
    with pytest.raises(PromptError, match=r"cannot be written \(Permission denied\); make"):
        release_prompt(NEW, root=tmp_path)
    assert pack_hashes(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["toll"]


# --- what differs -------------------------------------------------------------------------------


def load(root: Path, *examples: dict[str, Any], system: str = SYSTEM) -> Prompt:
    write_pack(root, *examples, system=system)
    return load_prompt(ID, root=root)


def with_summary(summary: str, name: str = "kiosk") -> dict[str, Any]:
    example = make_example(name)
    example["answer"]["incidents"][0]["summary"] = summary
    return example


def told(before: Prompt, after: Prompt, *, markdown: bool = False) -> str:
    found = compare_prompts(before, after)
    return "\n".join(tell_difference(before, after, found, markdown=markdown))


def test_a_copy_differs_in_nothing(tmp_path: Path) -> None:
    write_pack(tmp_path)
    draft(tmp_path)
    before, after = load_prompt(ID, root=tmp_path), load_prompt(NEW, root=tmp_path)
    assert compare_prompts(before, after) == PromptDifference(
        system=(), added=(), removed=(), changed=(), moved=False
    )
    assert compare_prompts(before, after).is_empty
    assert " = " in told(before, after).splitlines()[1]


def test_the_rendered_system_messages_are_compared_line_by_line(tmp_path: Path) -> None:
    before = load(tmp_path / "a")
    after = load(tmp_path / "b", system=SYSTEM.replace("Read the", "Read this"))
    found = compare_prompts(before, after)
    assert not found.is_empty
    assert [line for line in found.system if line[:1] in "+-"] == [
        "--- toll/v1/system",
        "+++ toll/v1/system",
        "-Read the article. A bound is `at_least`.",
        "+Read this article. A bound is `at_least`.",
    ]
    assert not any("codes." in line for line in found.system)


def test_examples_are_compared_by_id_and_field(tmp_path: Path) -> None:
    before = load(tmp_path / "a", make_example("x"), make_example("y"), make_example("z"))
    after = load(tmp_path / "b", make_example("z"), with_summary("Boom.", "y"), make_example("w"))
    found = compare_prompts(before, after)
    assert (found.added, found.removed, found.moved) == (("w",), ("x",), True)
    (change_of_y,) = found.changed
    assert change_of_y.id == "y"
    (field,) = change_of_y.fields
    assert field.field == "answer.incidents.i1.summary"
    assert (field.before, field.after) == ('"A grenade went off in a kiosk."', '"Boom."')


def test_a_claim_that_is_gone_does_not_make_the_others_differ(tmp_path: Path) -> None:
    more, fewer = make_example(), make_example()
    second = {**more["answer"]["incidents"][0]["counts"][0], "id": "c0"}
    more["answer"]["incidents"][0]["counts"].insert(0, second)
    found = compare_prompts(load(tmp_path / "a", more), load(tmp_path / "b", fewer))
    (changed,) = found.changed
    assert {field.field.split(".")[4] for field in changed.fields} == {"c0"}
    assert all(field.after is None for field in changed.fields)


def test_an_example_that_stands_twice_is_compared_twice(tmp_path: Path) -> None:
    before = load(tmp_path / "a", make_example())
    after = load(tmp_path / "b", make_example(), make_example())
    assert compare_prompts(before, after).added == ("kiosk (2)",)


def test_a_difference_is_told_in_lines(tmp_path: Path) -> None:
    long = "A grenade went off in a kiosk, " + "and nobody knew why " * 9
    before = load(tmp_path / "a", with_summary(f"{long}at night. {long}"))
    after = load(tmp_path / "b", with_summary(f"{long}by day. {long}"))
    lines = told(before, after).splitlines()
    assert lines[0] == "toll/v1 -> toll/v1"
    assert lines[1] == f"fingerprint: {before.fingerprint[:12]} -> {after.fingerprint[:12]}"
    assert lines[2:5] == [
        "schema of the answer: the same",
        "system message: the same",
        "examples: 1 changed",
    ]
    assert "    answer.incidents.i1.summary" in lines
    (old,) = (line for line in lines if line.startswith("-     "))
    (new,) = (line for line in lines if line.startswith("+     "))
    assert "at night" in old
    assert "by day" in new
    assert len(old) < 120
    assert old.startswith("-     …")
    assert old.endswith("…")


def test_a_fence_of_markdown_is_longer_than_any_in_the_prompt(tmp_path: Path) -> None:
    before = load(tmp_path / "a")
    after = load(tmp_path / "b", system=f"{SYSTEM}\n````\ncode\n````\n")
    lines = told(before, after, markdown=True).splitlines()
    assert lines[0] == "# toll/v1 -> toll/v1"
    assert lines.count("`````") == 1
    assert "`````diff" in lines


def test_a_changed_example_of_a_pack_is_seen_after_it_is_written_anew(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    before = load_prompt(ID, root=tmp_path)
    write_examples(folder, with_summary("Boom."))
    assert not compare_prompts(before, load_prompt(ID, root=tmp_path)).is_empty
