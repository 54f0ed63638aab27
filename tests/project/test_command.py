import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from commanding import (
    MODULE,
    bare_environment,
    outcomes,
    sum_of,
    tollbook,
    tollbook_here,
    write_articles,
)
from loopback import ScriptedEndpoint

from extractor.store import seal, unseal

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "Gunmen killed two teachers in Basra on Friday, police said."
OTHER = "Shelling wounded six farmers near Old Mill on Monday, a doctor said."
Scripted = Callable[..., ScriptedEndpoint]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good and bad inputs and a few runs; tests only read what is in it."""
    folder = tmp_path_factory.mktemp("desk")
    write_articles(folder / "two.jsonl", a=ARTICLE, b=OTHER)
    write_articles(folder / "some.jsonl", a=ARTICLE, b=" ")
    write_articles(folder / "none.jsonl", a=" ", b=" ")
    (folder / "filled").mkdir()
    (folder / "filled" / "notes.txt").write_text("notes")
    ran = tollbook_here(
        "extract", "two.jsonl", "--out", "run", "--published", "2024-03-15", cwd=folder
    )
    assert ran.code == 0
    _copy_of_run(
        folder, "misquoted", ('"text":"killed two teachers"', '"text":"culled two teachers"')
    )
    _copy_of_run(folder, "rewritten", ("Gunmen killed two", "Gunmen killed ten"))
    return folder


def _copy_of_run(folder: Path, name: str, change: tuple[str, str]) -> None:
    copy = folder / name
    copy.mkdir()
    (copy / "run.json").write_bytes((folder / "run" / "run.json").read_bytes())
    stored = (folder / "run" / "outcomes.jsonl").read_bytes().splitlines()
    records = [unseal(line).record.decode() for line in stored]
    changed = [record.replace(*change) for record in records]
    assert changed != records
    (copy / "outcomes.jsonl").write_bytes(b"".join(seal(one.encode()) for one in changed))


def test_a_changed_line_is_named_and_never_read(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk / "run", tmp_path / "run")
    stored = tmp_path / "run" / "outcomes.jsonl"
    first, second = stored.read_bytes().splitlines(keepends=True)
    stored.write_bytes(first + second.replace(b"six farmers", b"ten farmers"))

    verified = tollbook_here("verify", "run", cwd=tmp_path)
    assert verified.code == 1
    assert f"outcomes.jsonl line 2, at byte {len(first)}: the line was changed" in verified.err
    assert "1 outcomes, " in verified.out
    shown = tollbook_here("show", "run", cwd=tmp_path)
    assert shown.code == 2
    assert f"'run/outcomes.jsonl', line 2, at byte {len(first)}: the line was" in shown.err


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        pytest.param("extract two.jsonl --out NEW", 0, "2 inputs: ", id="all read"),
        pytest.param("show run", 0, "killed", id="show"),
        pytest.param("show run b", 0, "injured 6 farmers", id="show one"),
        pytest.param("verify run", 0, "0 problems", id="verify"),
        pytest.param("eval attempts run", 0, "inputs", id="eval attempts"),
        pytest.param("verify misquoted", 1, "'culled ", id="a quote was changed"),
        pytest.param("verify rewritten", 1, "text_sha256 of article 'a'", id="a text was changed"),
        pytest.param("", 2, "extract", id="no verb"),
        pytest.param("read two.jsonl", 2, "read", id="unknown verb"),
        pytest.param("extract two.jsonl --out NEW --bogus", 2, "--bogus", id="unknown option"),
        pytest.param("extract two.jsonl", 2, "--out", id="no run folder"),
        pytest.param("extract --out NEW", 2, "INPUT", id="no input"),
        pytest.param(
            "extract two.jsonl --out NEW --published 15.3.2024", 2, "YYYY-MM-DD", id="no date"
        ),
        pytest.param(
            "extract two.jsonl --out NEW --published 2024-02-30", 2, "'2024-02-30'", id="no day"
        ),
        pytest.param("extract two.jsonl --out NEW --form pdf", 2, "pdf", id="unknown form"),
        pytest.param("extract two.jsonl --out NEW --max-chars 0", 2, "--max-chars", id="no length"),
        pytest.param("extract two.jsonl --out NEW --reader gpt", 2, "'gpt'", id="unknown reader"),
        pytest.param(
            "extract two.jsonl --out NEW --reader openai/m", 2, "TOLLBOOK_API_KEY", id="no key"
        ),
        pytest.param(
            "extract two.jsonl --out NEW --reader recorded:x.jsonl", 2, "'x.jsonl'", id="no record"
        ),
        pytest.param(
            "extract two.jsonl --out NEW --record x.jsonl", 2, "'baseline'", id="nothing to record"
        ),
        pytest.param(
            "extract two.jsonl --out NEW --reader openai/m --base-url http://127.0.0.1:9/v1 "
            "--prompt incident/v0",
            2,
            "'incident/v0'",
            id="unknown prompt",
        ),
        pytest.param("extract two.jsonl --out NEW --config x.toml", 2, "'x.toml'", id="no config"),
        pytest.param(
            "extract two.jsonl --out run --published 2024-03-16", 2, "another run", id="other run"
        ),
        pytest.param("extract two.jsonl --out filled", 2, "notes.txt", id="folder with files"),
        pytest.param(
            "extract two.jsonl --out filled/notes.txt", 2, "filled/notes.txt", id="out is a file"
        ),
        pytest.param(
            "extract two.jsonl --out filled/notes.txt/run",
            2,
            "notes.txt/run",
            id="out under one",
        ),
        pytest.param("show nowhere", 2, "'nowhere'", id="show no run"),
        pytest.param("verify nowhere", 2, "'nowhere'", id="verify no run"),
        pytest.param("eval attempts nowhere", 2, "'nowhere'", id="grade no run"),
        pytest.param("show run nobody", 2, "'nobody'", id="show an unknown id"),
        pytest.param("schema ledger", 2, "ledger", id="unknown schema"),
        pytest.param("extract some.jsonl --out NEW", 3, "line 2", id="some rejected"),
        pytest.param("extract none.jsonl --out NEW", 4, "line 1", id="none read"),
        pytest.param("extract nowhere.txt --out NEW", 4, "'nowhere.txt'", id="missing input"),
    ],
)
def test_the_exit_code_says_how_it_went(
    desk: Path, tmp_path: Path, command: str, code: int, told: str
) -> None:
    new = tmp_path / "new"

    ran = tollbook_here(*shlex.split(command.replace("NEW", str(new))), cwd=desk)

    assert ran.code == code
    assert told in " ".join((ran.out + ran.err).split())
    assert "Traceback" not in ran.err
    assert new.exists() == (code in (0, 3, 4) and "NEW" in command)  # wrong usage leaves nothing


def test_a_wrong_run_folder_is_told_with_the_next_step(desk: Path) -> None:
    ran = tollbook_here("show", "filled", cwd=desk)

    assert ran.err == (
        "tollbook: no run at 'filled': there is no run.json in it; "
        "give the folder that was named with --out\n"
    )


def test_a_run_is_shown_verified_and_counted(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a=ARTICLE, b=OTHER, c=" ")

    extracted = tollbook_here("extract", "in.jsonl", "--out", "run", cwd=tmp_path)
    assert sum_of(extracted) == {"read_with_flags": 2, "rejected_input": 1}

    drawn = tollbook_here("show", "run", "b", cwd=tmp_path)
    assert "“wounded six farmers”" in drawn.out
    assert "teachers" not in drawn.out

    listed = tollbook_here("show", "run", "--json", cwd=tmp_path)
    lines = [json.loads(line) for line in listed.out.splitlines()]
    assert lines == outcomes(tmp_path / "run")

    verified = tollbook_here("verify", "run", cwd=tmp_path)
    assert verified.out.startswith("3 outcomes, ")
    assert verified.out.endswith(" 0 problems\n")

    counted = tollbook_here("eval", "attempts", "run", cwd=tmp_path)
    numbers = dict(line.rsplit(maxsplit=1) for line in counted.out.splitlines())
    assert numbers["inputs"] == "3"
    assert numbers["read_with_flags"] == "2"
    assert numbers["rejected_input"] == "1"
    assert numbers["count claims"] == "2"


def test_verify_finds_nothing_to_check_in_an_empty_run(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_bytes((desk / "run" / "run.json").read_bytes())
    assert tollbook_here("verify", tmp_path, cwd=desk).code == 4


def test_every_schema_is_printed(desk: Path) -> None:
    whole = tollbook_here("schema", cwd=desk)
    schemas: dict[str, dict[str, Any]] = json.loads(whole.out)

    names = ["wire", "article", "incident", "reading", "failure", "rejected", "manifest"]
    assert list(schemas) == names
    for name in names:
        assert schemas[name]["type"] == "object"
        assert schemas[name]["properties"]
        _check_references(schemas[name], schemas[name].get("$defs", {}))
    assert json.loads(tollbook_here("schema", "wire", cwd=desk).out) == schemas["wire"]


def _check_references(node: Any, definitions: dict[str, Any]) -> None:
    if isinstance(node, list):
        for part in cast("list[Any]", node):
            _check_references(part, definitions)
    elif isinstance(node, dict):
        parts = cast("dict[str, Any]", node)
        reference = parts.get("$ref")
        if isinstance(reference, str):
            assert reference.removeprefix("#/$defs/") in definitions
        for part in parts.values():
            _check_references(part, definitions)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", "1"), ("two", "2")):
        arguments = ("extract", ROOT / "samples", "--published", "2024-03-15", "--out", name)
        assert tollbook(*arguments, cwd=tmp_path, env={"PYTHONHASHSEED": seed}).code == 0

    first = (tmp_path / "one" / "outcomes.jsonl").read_bytes()
    assert first.count(b"\n") == 3
    assert first == (tmp_path / "two" / "outcomes.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--version"], "tollbook 0.", id="version"),
        pytest.param(["--help"], "extract", id="help"),
        pytest.param(["extract", "--help"], "--published", id="help of a verb"),
        pytest.param(["schema", "wire"], "incidents", id="schema"),
        pytest.param(["extract", "in.jsonl", "--out", "run"], "1 inputs: ", id="built-in reader"),
    ],
)
def test_no_client_and_no_price_of_a_model_is_loaded_where_none_is_asked(
    tmp_path: Path, arguments: list[str], told: str
) -> None:
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)
    script = (
        "import sys, atexit\n"
        "from extractor.cli import main\n"
        "slow = {'openai', 'instructor', 'genai_prices'}\n"
        "atexit.register(lambda: print('LOADED', *slow & set(sys.modules)))\n"
        f"sys.argv = {['tollbook', *arguments]!r}\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told in done.stdout
    assert done.stdout.endswith("LOADED\n")


def test_nothing_that_grades_is_loaded_by_a_verb_of_the_extractor(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)
    script = (
        "import sys, atexit\n"
        "from extractor.cli import main\n"
        "atexit.register(lambda: print('LOADED', *{'eval', 'scipy'} & set(sys.modules)))\n"
        "sys.argv = ['tollbook', 'extract', 'in.jsonl', '--out', 'run']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=bare_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("LOADED\n")
    assert "eval" in tollbook_here("--help", cwd=tmp_path).out


def test_it_is_said_in_one_line_that_no_model_is_configured(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a=ARTICLE)

    silent = tollbook("extract", "in.jsonl", "--out", "one", cwd=tmp_path)
    chosen = tollbook(
        *("extract", "in.jsonl", "--out", "two", "--reader", "baseline"), cwd=tmp_path
    )

    told = "no model is configured: reading with the built-in rules (--reader baseline)\n"
    assert silent.err == told
    assert chosen.err == ""


@pytest.mark.parametrize("arguments", [["show", "run"], ["show", "run", "--json"], ["schema"]])
def test_a_reader_of_the_output_may_leave_early(desk: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*MODULE, *arguments],
            cwd=desk,
            env=bare_environment(),
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_run_goes_on_when_nobody_reads_its_messages(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a=" ", b=ARTICLE)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*MODULE, "extract", "in.jsonl", "--out", "run"],
            cwd=tmp_path,
            env=bare_environment(),
            stdout=writing,
            stderr=writing,
            check=False,
        )
    finally:
        os.close(writing)
    assert done.returncode == 3
    assert len(outcomes(tmp_path / "run")) == 2


def test_a_terminal_without_unicode_gets_plain_signs_and_whole_json(desk: Path) -> None:
    plain = {"PYTHONIOENCODING": "ascii"}

    drawn = tollbook("show", "run", cwd=desk, env=plain)
    listed = tollbook("show", "run", "--json", cwd=desk, env=plain)
    schema = tollbook("schema", cwd=desk, env=plain)

    assert [ran.code for ran in (drawn, listed, schema)] == [0, 0, 0]
    assert "killed 2 teachers" in drawn.out
    assert "\\u201ckilled two teachers\\u201d" in drawn.out
    assert [json.loads(line) for line in listed.out.splitlines()] == outcomes(desk / "run")
    assert json.loads(schema.out)
