"""The verb `prompt`: what a developer of prompts does, from the first copy to the release."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import GOOD, KEY
from commanding import Ran, by_id, tollbook_here, write_articles
from corpus_rows import SATP_ROW, write_rows
from loopback import ScriptedEndpoint
from packs import ID, change, make_example, write_examples, write_pack

from extractor import assets
from extractor.article import Article
from extractor.prompt import load_prompt
from extractor.wire import strict_schema

Scripted = Callable[..., ScriptedEndpoint]

NEW = "incident/v2"
ESCAPE = "\x1b[31m\u202eRed"


def run(cwd: Path, *words: str | Path) -> Ran:
    return tollbook_here("prompt", *words, cwd=cwd)


def drafted(cwd: Path) -> Path:
    """A draft of the packaged prompt in `prompts/` of a folder, which says why it exists."""
    ran = run(cwd, "new", NEW, "--purpose", "Shorter.")
    assert ran.code == 0, ran.err
    return cwd / "prompts" / NEW


# --- a folder of one's own ----------------------------------------------------------------------


def test_from_a_draft_to_its_release_every_step_is_a_command(tmp_path: Path) -> None:
    assert "incident/v1  released" in run(tmp_path, "list").out

    ran = run(tmp_path, "new", NEW, "--purpose", "Shorter.")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("prompts/incident/v2 is a draft, copied from incident/v1\nnext:\n")
    for step in ("lint incident/v2", "diff incident/v1 incident/v2", "release incident/v2"):
        assert f"tollbook prompt {step}\n" in ran.out
        done = run(tmp_path, *step.split())
        assert done.code == 0, done.out + done.err
    assert "git add prompts/incident/v2 prompts/released.toml\n" in done.out
    assert "git commit -m 'Prompt incident/v2 is released'" in done.out
    assert "incident/v2  released" in run(tmp_path, "list").out


def test_a_draft_in_another_folder_is_named_in_every_next_step(tmp_path: Path) -> None:
    ran = run(tmp_path, "new", NEW, "--root", "my packs")
    assert (tmp_path / "my packs" / NEW / "prompt.toml").is_file()
    steps = [line for line in ran.out.splitlines() if line.startswith("  tollbook")]
    assert len(steps) == 4
    assert all("--prompts 'my packs'" in step for step in steps)
    assert run(tmp_path, "lint", NEW).code == 2
    assert run(tmp_path, "lint", NEW, "--prompts", "my packs").code == 0


def test_what_is_packaged_is_found_beside_a_folder_of_ones_own(tmp_path: Path) -> None:
    drafted(tmp_path)
    assert run(tmp_path, "lint", "incident/v1").code == 0
    states = [line.split()[:2] for line in run(tmp_path, "list").out.splitlines()]
    assert states == [[NEW, "draft"], ["incident/v1", "released"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", "incident/v1"], "there is a packaged prompt 'incident/v1'; choose another"),
        (["new", NEW], "there is 'prompts/incident/v2' already, and nothing is written over it"),
        (["new", "v3"], "'v3' is no name and version; write one such as 'incident/v2'"),
        (["new", "a/v1", "--from", "b/v1"], "no prompt 'b/v1' in prompts, "),
        (["lint", "incident/v9"], "there is incident/v2, incident/v1"),
        (["render", NEW, "nowhere.txt"], "no article to show the prompt with: 'nowhere.txt': "),
        (
            ["render", NEW, "in.jsonl"],
            "no article to show the prompt with: 'in.jsonl': no article in it",
        ),
        (["render", NEW, "--published", "soon"], "--published 'soon' is no date"),
        (["lint", NEW, "--prompts", "nowhere"], "--prompts 'nowhere' is no folder; `tollbook"),
        (["diff", NEW, "../v1"], "no prompt '../v1'"),
    ],
    ids=str,
)
def test_wrong_usage_is_told_with_a_next_step(tmp_path: Path, words: list[str], told: str) -> None:
    drafted(tmp_path)
    (tmp_path / "in.jsonl").write_text("\n\n", "utf-8")
    ran = run(tmp_path, *words)
    assert ran.code == 2
    assert ran.err.startswith("tollbook: ")
    assert told in ran.err
    assert ran.out == ""


# --- lint and release ---------------------------------------------------------------------------


def test_all_problems_are_printed_one_a_line_and_the_exit_code_is_1(tmp_path: Path) -> None:
    folder = drafted(tmp_path)
    change(folder / "system.md.j2", "# Your task", "# Your `at_leats` task {{ x }}")
    change(folder / "examples.jsonl", '"stance": "denied"', '"stance": "guilty"')
    for verb in ("lint", "release"):
        ran = run(tmp_path, verb, NEW)
        assert ran.code == 1
        *problems, total = ran.out.splitlines()
        assert [problem.split(": ")[0] for problem in problems] == [
            "prompts/incident/v2/examples.jsonl:1",
            "prompts/incident/v2/system.md.j2:1",
            "prompts/incident/v2/system.md.j2:1",
        ]
        assert total == "prompt incident/v2: 3 problems"
    assert not (tmp_path / "prompts" / "released.toml").exists()


def test_a_pack_that_lints_clean_is_told_with_its_fingerprint(tmp_path: Path) -> None:
    write_pack(tmp_path / "prompts")
    fingerprint = load_prompt(ID, root=tmp_path / "prompts").fingerprint
    assert run(tmp_path, "lint", ID).out == (
        f"prompt toll/v1 in prompts: no problems, 1 example, fingerprint {fingerprint[:12]}\n"
    )


def test_words_of_a_gold_article_are_found(tmp_path: Path) -> None:
    path = min((assets.find_asset_folder("gold") / "articles").glob("*.json"))
    text = json.loads(path.read_text("utf-8"))["text"]
    change(drafted(tmp_path) / "system.md.j2", "# Your task", text)
    ran = run(tmp_path, "lint", NEW)
    assert ran.code == 1
    assert f"stands in the gold article {path.stem!r} too" in ran.out


def test_without_gold_at_hand_the_rest_is_linted_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(tmp_path)
    package = tmp_path / "site" / "extractor"
    shutil.copytree(assets.find_asset_folder("prompts"), package / "bundled" / "prompts")
    monkeypatch.setattr(assets, "_PACKAGE", package)
    ran = run(tmp_path, "lint", NEW)
    assert ran.code == 0
    assert ran.err.startswith("no gold articles are at hand")


def test_a_broken_pack_is_listed_as_one_and_the_others_too(tmp_path: Path) -> None:
    (drafted(tmp_path) / "system.md.j2").unlink()
    ran = run(tmp_path, "list")
    assert ran.code == 0
    assert "incident/v2  broken    -  " in ran.out
    assert "incident/v1  released  " in ran.out
    assert "incident/v2 is broken; `tollbook prompt lint incident/v2` tells why" in ran.err


def test_what_is_released_is_refused_a_second_time(tmp_path: Path) -> None:
    drafted(tmp_path)
    assert run(tmp_path, "release", NEW).code == 0
    ran = run(tmp_path, "release", NEW)
    assert ran.code == 2
    assert "prompt 'incident/v2' is released already, says prompts/released.toml" in ran.err


# --- render and diff ----------------------------------------------------------------------------


def test_json_holds_the_very_messages_and_schema_of_a_request(tmp_path: Path) -> None:
    text = f"Two died.\r\n\t{{{{ codes }}}} {ESCAPE}\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    ran = run(tmp_path, "render", "incident/v1", "a.txt", "--format", "json")
    told = json.loads(ran.out)
    prompt = load_prompt("incident/v1")
    request = prompt.render(Article.of(text))
    assert told["prompt"] == "incident/v1"
    assert told["fingerprint"] == prompt.fingerprint
    assert told["schema"] == strict_schema()
    assert told["messages"] == [{"role": m.role, "content": m.content} for m in request.messages]


def test_the_messages_are_printed_with_their_roles_and_lengths(tmp_path: Path) -> None:
    ran = run(tmp_path, "render", "incident/v1")
    messages = load_prompt("incident/v1").static_messages
    for message in messages:
        assert f"===== {message.role}, {len(message.content)} characters =====\n" in ran.out
    assert messages[0].content in ran.out
    assert "Two shepherds were shot dead" in ran.out.split("===== user, ")[-1]
    assert ran.err.startswith(f"{len(messages) + 1} messages, ")


def test_an_article_cannot_command_the_terminal(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", first=f"{ESCAPE} [bold]x[/bold]", second="Nobody.")
    ran = run(tmp_path, "render", "incident/v1", "in.jsonl", "--published", "2020-02-03")
    assert "<U+001B>[31m<U+202E>Red [bold]x[/bold]\n" in ran.out
    assert "\x1b" not in ran.out + ran.err
    assert "Published: 2020-02-03\n" in ran.out.split("===== user, ")[-1]
    assert "'in.jsonl' holds more than one article: this is the first, 'first'" in ran.err


def test_an_example_cannot_command_the_terminal_either(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "prompts")
    shutil.copytree(folder, tmp_path / "prompts" / "toll" / "v2")
    folder = tmp_path / "prompts" / "toll" / "v2"
    change(folder / "prompt.toml", "toll/v1", "toll/v2")
    write_examples(folder, make_example(title=ESCAPE), make_example(ESCAPE))
    for words in (["lint", "toll/v2"], ["diff", ID, "toll/v2"], ["render", "toll/v2"]):
        ran = run(tmp_path, *words)
        assert ran.out
        assert not {"\x1b", "\u202e"} & {*ran.out, *ran.err}


def test_a_difference_ends_in_1_and_none_in_0(tmp_path: Path) -> None:
    folder = drafted(tmp_path)
    same = run(tmp_path, "diff", "incident/v1", NEW)
    assert (same.code, same.err) == (0, "")
    assert "system message: the same\nexamples: the same\n" in same.out
    change(folder / "system.md.j2", "# Your task", "# Your work")
    differs = run(tmp_path, "diff", "incident/v1", NEW)
    assert differs.code == 1
    assert "\n-# Your task\n+# Your work\n" in differs.out
    page = run(tmp_path, "diff", "incident/v1", NEW, "--format", "markdown")
    assert page.code == 1
    assert page.out.startswith("# incident/v1 -> incident/v2\n\n- fingerprint: ")
    assert "```diff\n--- incident/v1/system\n" in page.out


# --- reading with a draft -----------------------------------------------------------------------


def _model(endpoint: ScriptedEndpoint) -> tuple[str, ...]:
    return ("--reader", "openai/m", "--base-url", endpoint.url, "--api-key", KEY)


def test_a_run_is_read_and_verified_with_a_draft(tmp_path: Path, scripted: Scripted) -> None:
    change(drafted(tmp_path) / "system.md.j2", "# Your task", "# Your work")
    write_articles(tmp_path / "in.jsonl", a="Gunmen killed two men in Basra, police said.")
    endpoint = scripted(GOOD)
    asked = ("extract", "in.jsonl", "--out", "run", *_model(endpoint), "--prompt", NEW)

    refused = tollbook_here(*asked, cwd=tmp_path)
    assert refused.code == 2
    assert "no prompt 'incident/v2' in " in refused.err

    ran = tollbook_here(*asked, "--prompts", "prompts", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert endpoint.calls[0].messages[0]["content"].startswith("# Your work\n")
    assert by_id(tmp_path / "run")["a"]["prompt"] == NEW

    assert tollbook_here("verify", "run", "--prompts", "prompts", cwd=tmp_path).code == 0
    unknown = tollbook_here("verify", "run", cwd=tmp_path)
    assert unknown.code == 1
    assert "no prompt 'incident/v2' in " in unknown.err


def test_a_corpus_is_scored_with_a_draft(tmp_path: Path, scripted: Scripted) -> None:
    change(drafted(tmp_path) / "system.md.j2", "# Your task", "# Your work")
    endpoint = scripted(GOOD)
    write_rows(tmp_path / "satp.jsonl", SATP_ROW)
    asked = ("eval", "corpus", "satp", "satp.jsonl", *_model(endpoint), "--prompt", NEW)
    ran = tollbook_here(*asked, "--prompts", "prompts", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert endpoint.calls[0].messages[0]["content"].startswith("# Your work\n")
