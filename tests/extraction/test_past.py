"""Inputs that a run knows are recognised by place and bytes: nothing is parsed, nothing changes."""

import io
import random
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from making import make_manifest, make_reader
from taking import write

from extractor.codes import InputOutcome
from extractor.errors import StoreError
from extractor.intake import Recognised, content, jsonl, scratch, take
from extractor.jobs import Done, Job, Past, run_job
from extractor.readers.answer import NoAnswer
from extractor.store import open_run

MANIFEST = make_manifest()
NO_REPLY = NoAnswer(outcome=InputOutcome.INFRA_ERROR, reason="no reply")


PAGE = (
    "<html><body><article><h1>News</h1>"
    + "<p>Three people died in the attack on the market, the mayor of the town said.</p>" * 5
    + "</article></body></html>"
)


def line(id_: str, text: str = "Two died.") -> str:
    return f'{{"id": "{id_}", "text": "{text}"}}\n'


def run(
    folder: Path,
    names: Sequence[str],
    *,
    recognising: bool = True,
    stdin: str = "",
    lost: Sequence[str] = (),
) -> tuple[list[Done], list[str]]:
    """Give the command again; what was done, and the ids that the reader was asked about."""
    reader = make_reader(**dict.fromkeys(lost, NO_REPLY))
    past, stream = Past(), io.BytesIO(stdin.encode())
    taken = take(names, known=past, stdin=stream) if recognising else take(names, stdin=stream)
    done: list[Done] = []
    run_job(taken, Job(reader=reader), folder, MANIFEST, tell=done.append, past=past)
    return done, reader.asked


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The inputs that are parsed."""
    seen: list[str] = []
    for module, name in (
        (jsonl, "take_record"),
        (content, "take_record"),
        (content, "_take_text"),
        (content, "take_page"),
    ):
        real = getattr(module, name)

        def parse(*given: object, real: object = real, **told: object) -> object:
            source = told.get("source") or given[2]
            seen.append(f"{getattr(source, 'path', '')}:{getattr(source, 'line', '')}")
            assert callable(real)
            return real(*given, **told)

        monkeypatch.setattr(module, name, parse)
    return seen


def test_a_finished_run_is_gone_on_with_without_parsing_an_input(
    tmp_path: Path, parsed: list[str]
) -> None:
    names = [
        write(tmp_path, "in.jsonl", line("a1") + "\n" + line("a2")),
        write(tmp_path, "one.json", line("a3")),
        write(tmp_path, "folder/text.txt", "Three died."),
        write(tmp_path, "folder/page.html", PAGE),
        "-",
    ]
    before, asked = run(tmp_path / "run", names, stdin=line("a4"))
    assert len(parsed) == len(asked) == 6
    lines = (tmp_path / "run" / "outcomes.jsonl").read_bytes()
    parsed.clear()
    after, asked = run(tmp_path / "run", names, stdin=line("a4"))
    assert (parsed, asked) == ([], [])
    assert [(one.outcome, one.label) for one in after] == [(d.outcome, d.label) for d in before]
    assert all(one.stored for one in after)
    assert (tmp_path / "run" / "outcomes.jsonl").read_bytes() == lines


def test_only_lines_that_are_new_changed_moved_or_lost_are_parsed(
    tmp_path: Path, parsed: list[str]
) -> None:
    lines = [line(f"a{n}") for n in range(1, 7)]
    name = write(tmp_path, "in.jsonl", "".join(lines))
    run(tmp_path / "run", [name], lost=["a2"])
    parsed.clear()
    lines = [lines[0], lines[1], line("a3", "Ten died."), lines[5], lines[4], lines[3], line("a9")]
    write(tmp_path, "in.jsonl", "".join(lines))
    done, asked = run(tmp_path / "run", [name])
    assert parsed == [f"{name}:{n}" for n in (2, 3, 4, 6, 7)]
    assert asked == ["a2", "a3", "a9"]
    assert [one.label for one in done] == ["a1", "a2", "a3", "a6", "a5", "a4", "a9"]


@pytest.mark.parametrize("known_first", [True, False], ids=["known first", "new first"])
@pytest.mark.parametrize("same", [True, False], ids=["same text", "another text"])
def test_an_id_that_comes_again_is_rejected_though_one_of_them_is_recognised(
    tmp_path: Path, known_first: bool, same: bool
) -> None:
    known = write(tmp_path, "known.jsonl", line("a0") + line("a1"))
    run(tmp_path / "run", [known])
    text = "Two died." if same else "Ten died."
    again = write(tmp_path, "again.jsonl", line("a1", text).replace("}", ' , "x": 1}'))
    names = [known, again] if known_first else [again, known]
    done, _ = run(tmp_path / "run", names)
    (rejected,) = [one for one in done if one.outcome is InputOutcome.REJECTED_INPUT]
    first = f"{known!r} line 2" if known_first else f"{again!r} line 1"
    how = "with the same text" if same else "with another text"
    assert f"the id 'a1' stood before, in {first}, {how}" in str(rejected.reason)


def test_many_known_inputs_come_some_at_a_time(tmp_path: Path) -> None:
    name = write(tmp_path, "in.jsonl", "".join(line(f"a{n}") for n in range(600)))
    run(tmp_path / "run", [name])

    done, _ = run(tmp_path / "run", [name])
    assert [one.label for one in done] == [f"a{n}" for n in range(600)]
    assert all(one.stored for one in done)


def test_nothing_is_recognised_before_a_run_is_open(tmp_path: Path) -> None:
    name = write(tmp_path, "in.jsonl", line("a1"))
    run(tmp_path / "run", [name])
    assert not any(isinstance(one, Recognised) for one in take([name], known=Past()))


def test_no_room_for_the_ids_of_a_pass_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> sqlite3.Connection:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(scratch, "_open", full)
    name = write(tmp_path, "in.jsonl", line("a1"))
    with pytest.raises(StoreError, match=r"cannot keep the ids .* SQLITE_TMPDIR"):
        list(take([name]))


def change(chance: random.Random, folder: Path) -> tuple[str, list[str]]:
    """Change some inputs; standard input and the ids that no answer comes for."""

    def some_line() -> str:
        id_ = chance.choice("abcde")
        if chance.random() < 0.15:
            return chance.choice(["{broken\n", "\n", '{"id": "x"}\n', line(id_, " ")])
        return line(id_, chance.choice(["Two died.", "Ten died."]))

    for name in ("in.jsonl", "d/other.jsonl", "d/one.json", "d/text.txt"):
        path = folder / name
        if chance.random() < 0.2:
            path.unlink(missing_ok=True)
        elif not path.exists() or chance.random() < 0.5:
            lines = path.read_text().splitlines(keepends=True) if path.exists() else []
            lines = lines or [some_line() for _ in range(4)]
            lines[chance.randrange(len(lines))] = some_line()
            if chance.random() < 0.3:
                chance.shuffle(lines)
            elif chance.random() < 0.3:
                lines.append(some_line())
            write(folder, name, "".join(lines if name.endswith("jsonl") else lines[:1]))
    return "".join(some_line() for _ in range(2)), [x for x in "abcde" if chance.random() < 0.2]


@pytest.mark.parametrize("seed", range(10, 20))
def test_a_run_is_the_same_whether_inputs_are_recognised_or_parsed(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    inputs, one, other = (tmp_path / name for name in ("inputs", "one", "other"))
    (inputs / "d").mkdir(parents=True)
    for _ in range(6):
        stdin, lost = change(chance, inputs)
        names = [str(inputs / "in.jsonl"), str(inputs / "d"), *(["-"] * chance.randrange(2))]
        recognised = run(one, names, stdin=stdin, lost=lost)
        assert recognised == run(other, names, recognising=False, stdin=stdin, lost=lost)
        lines = (one / "outcomes.jsonl").read_bytes()
        assert lines == (other / "outcomes.jsonl").read_bytes()
        if chance.random() < 0.2:
            (one / "index.sqlite").unlink()
    assert list(open_run(one).outcomes()) == list(open_run(other).outcomes())
    shutil.rmtree(inputs)
