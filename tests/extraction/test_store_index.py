"""The index of a run: derived from the lines, caught up with them, never trusted over them."""

import os
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from disks import read_only
from making import EMPTY, make_article, make_manifest, make_rejected, make_source
from storing import WRITER, run_python

from extractor.codes import InputOutcome
from extractor.errors import RecordError, StoreError
from extractor.records import Failure, Reading, Rejected
from extractor.store import (
    InputKey,
    Tally,
    article_id_of,
    covering,
    key_of,
    open_run,
    sha256_of_input,
    stamp,
    write_run,
)
from extractor.store.inputs import contradicted

MANIFEST = make_manifest()
LONG_AGO = 1_700_000_000_123_456_789
Outcome = Reading | Failure | Rejected


def reading(id_: str = "a1", text: str = "Two died.", line: int = 1) -> Reading:
    return Reading(
        outcome=InputOutcome.READ,
        source=make_source(line),
        article=make_article(text, id=id_),
        reader="scripted",
        answer=EMPTY,
    )


def write(folder: Path, *outcomes: Outcome) -> None:
    with write_run(folder, MANIFEST) as writer:
        for outcome in outcomes:
            writer.append(outcome)


def ids(folder: Path) -> list[str | None]:
    return [article_id_of(outcome) for outcome in open_run(folder).outcomes()]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The lines whose heads are parsed."""
    seen: list[bytes] = []
    real = covering.parse_head

    def parse_head(line: bytes) -> object:
        seen.append(line)
        return real(line)

    monkeypatch.setattr(covering, "parse_head", parse_head)
    return seen


def test_going_on_and_reading_parse_no_line_that_the_index_covers(
    tmp_path: Path, parsed: list[bytes]
) -> None:
    write(tmp_path, reading("a1"), reading("a2", line=2), make_rejected(3))
    with write_run(tmp_path, MANIFEST) as writer:
        assert len(writer.stored) == 3
    assert ids(tmp_path) == ["a1", "a2", None]
    assert parsed == []


def test_what_was_written_since_the_last_sync_is_caught_up_after_a_kill(
    tmp_path: Path, parsed: list[bytes]
) -> None:
    code = f"""{WRITER}
with write_run(sys.argv[1], make_manifest()) as writer:
    for n in range(9):
        writer.append(reading(f"a{{n}}"))
        if n == 5:
            writer.sync()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = run_python(code, tmp_path / "run")
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert len(ids(tmp_path / "run")) == 9
    assert len(parsed) == 3
    with write_run(tmp_path / "run", open_run(tmp_path / "run").manifest) as writer:
        assert len(writer.stored) == 9
    assert len(parsed) == 6
    assert len(ids(tmp_path / "run")) == 9
    assert len(parsed) == 6


def delete(index: Path, _: Path) -> None:
    index.unlink()


def damage(index: Path, _: Path) -> None:
    index.write_bytes(b"\xff" * 20_000)


def cut(index: Path, _: Path) -> None:
    index.write_bytes(index.read_bytes()[:5000])


def put_other_tables(index: Path, _: Path) -> None:
    index.unlink()
    with sqlite3.connect(index) as database:
        database.execute("CREATE TABLE lines (n)")


def give_other_version(index: Path, _: Path) -> None:
    with sqlite3.connect(index) as database:
        database.execute("PRAGMA user_version = 99")


def rewrite_lines(_: Path, lines: Path) -> None:
    first, *rest = lines.read_bytes().splitlines(keepends=True)
    lines.write_bytes(b"".join([*rest, first]))


@pytest.mark.parametrize(
    "change", [delete, damage, cut, put_other_tables, give_other_version, rewrite_lines]
)
def test_an_index_that_does_not_fit_the_lines_is_made_anew(
    tmp_path: Path, parsed: list[bytes], change: Callable[[Path, Path], None]
) -> None:
    write(tmp_path, reading("a1"), reading("b2", "Three died.", line=2), reading("a1", line=1))
    change(tmp_path / "index.sqlite", tmp_path / "outcomes.jsonl")
    assert sorted(map(str, ids(tmp_path))) == ["a1", "b2"]
    assert len(parsed) == 3
    with write_run(tmp_path, MANIFEST) as writer:
        assert set(writer.stored) == {("article", "a1"), ("article", "b2")}
        assert writer.recall(writer.stored["article", "b2"]) == reading("b2", "Three died.", 2)
    parsed.clear()
    assert sorted(map(str, ids(tmp_path))) == ["a1", "b2"]
    assert parsed == []


def test_lines_that_were_taken_out_are_read_again(tmp_path: Path) -> None:
    write(tmp_path, reading("a1"), reading("a2", line=2))
    lines = tmp_path / "outcomes.jsonl"
    lines.write_bytes(lines.read_bytes().splitlines(keepends=True)[0])
    with write_run(tmp_path, MANIFEST) as writer:
        assert set(writer.stored) == {("article", "a1")}


def test_an_index_that_says_otherwise_than_the_line_is_not_believed(tmp_path: Path) -> None:
    write(tmp_path, reading("a1"), reading("a2", "Ten died.", line=2))
    lines = tmp_path / "outcomes.jsonl"
    with write_run(tmp_path, MANIFEST) as writer:
        first, second = lines.read_bytes().splitlines(keepends=True)
        lines.write_bytes(second + first)
        with pytest.raises(StoreError, match=r"index.sqlite' does not fit .* delete it"):
            writer.recall(writer.stored["article", "a1"])


def test_a_damaged_line_is_named_when_the_index_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path, reading("a1"), reading("a2"), reading("a3"))
    lines = tmp_path / "outcomes.jsonl"
    whole = lines.read_bytes()
    lines.write_bytes(whole.replace(b'"a2"', b'"a9"'))
    (tmp_path / "index.sqlite").unlink()
    told = f"outcomes.jsonl', line 2, at byte {len(whole.splitlines(keepends=True)[0])}: "
    with pytest.raises(RecordError, match=told):
        write_run(tmp_path, MANIFEST).__enter__()
    with pytest.raises(RecordError, match=told):
        ids(tmp_path)
    assert not (tmp_path / ".reserve").exists()


def test_a_damaged_line_is_refused_again_and_again_and_never_moved_away(tmp_path: Path) -> None:
    write(tmp_path, *(reading(f"a{n}", line=n) for n in range(1, 5)))
    lines = tmp_path / "outcomes.jsonl"
    damaged = lines.read_bytes().replace(b'"a2"', b'"a9"')
    lines.write_bytes(damaged)
    (tmp_path / "index.sqlite").unlink()
    for _ in range(3):
        with pytest.raises(RecordError, match="line 2, at byte"):
            write_run(tmp_path, MANIFEST).__enter__()
    assert lines.read_bytes() == damaged
    assert not (tmp_path / "torn.jsonl").exists()


def let_pass(folder: Path) -> None:
    """Have the lines be as if they had been written long ago."""
    os.utime(folder / "outcomes.jsonl", ns=(LONG_AGO, LONG_AGO))
    write(folder)  # which goes through all lines, and notes how they are left


def many(folder: Path) -> bytes:
    """A run large enough that a sample of its lines leaves most of them out."""
    write(folder, *(reading(f"a{n}", f"Two died. {'It rained. ' * 99}", n) for n in range(1, 301)))
    let_pass(folder)
    return (folder / "outcomes.jsonl").read_bytes()


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The lines whose checksums are checked."""
    seen: list[bytes] = []
    real = covering.unseal

    def unseal(line: bytes) -> object:
        seen.append(line)
        return real(line)

    monkeypatch.setattr(covering, "unseal", unseal)
    return seen


def test_lines_that_are_as_they_were_left_are_not_gone_through(
    tmp_path: Path, checked: list[bytes]
) -> None:
    write(tmp_path, reading("a1"), reading("a2", line=2))
    let_pass(tmp_path)
    checked.clear()
    write(tmp_path)
    assert checked == []


def test_a_large_file_is_left_so_that_it_need_not_be_gone_through(
    tmp_path: Path, checked: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "_WORTH_WAITING", 0)
    write(tmp_path, reading("a1"))
    write(tmp_path)
    assert checked == []
    write(tmp_path, reading("a2", line=2))
    checked.clear()
    write(tmp_path)
    assert checked == []


def edit_in_place(folder: Path) -> Path:
    with (folder / "outcomes.jsonl").open("rb+") as file:
        flip(file)
    return folder


def edit_and_set_the_time_back(folder: Path) -> Path:
    edit_in_place(folder)
    os.utime(folder / "outcomes.jsonl", ns=(LONG_AGO, LONG_AGO))
    return folder


def copy_with_its_times(folder: Path) -> Path:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    return edit_and_set_the_time_back(copy)


def restore(folder: Path) -> Path:
    lines, draft = folder / "outcomes.jsonl", folder / ".restored"
    shutil.copy2(lines, draft)
    draft.replace(lines)
    return edit_and_set_the_time_back(folder)


def write_on_and_be_killed(folder: Path) -> Path:
    line = (folder / "outcomes.jsonl").read_bytes().splitlines(keepends=True)[-1]
    edit_in_place(folder)
    with (folder / "outcomes.jsonl").open("ab") as file:
        file.write(line)
    return folder


def flip(file: BinaryIO) -> None:
    """Flip a bit of a line that no sample holds."""
    file.seek(0, os.SEEK_END)
    middle = file.tell() // 2 + 6000
    file.seek(middle)
    (byte,) = file.read(1)
    file.seek(middle)
    file.write(bytes([byte ^ 1]))


@pytest.mark.parametrize(
    "change",
    [
        edit_in_place,
        edit_and_set_the_time_back,
        copy_with_its_times,
        restore,
        write_on_and_be_killed,
    ],
)
def test_a_line_that_was_damaged_since_the_run_was_left_is_named(
    tmp_path: Path, parsed: list[bytes], change: Callable[[Path], Path]
) -> None:
    whole = many(tmp_path / "run")
    folder = change(tmp_path / "run")
    (fault,) = open_run(folder).check_lines().faults
    told = rf"outcomes.jsonl', line {fault.line}, at byte {fault.offset}: .* restore the file"
    for _ in range(2):
        with pytest.raises(RecordError, match=told):
            write_run(folder, MANIFEST).__enter__()
    assert not (folder / "torn.jsonl").exists()
    (folder / "outcomes.jsonl").write_bytes(whole)
    write(folder)
    assert parsed == []  # the index is kept meanwhile


def test_size_alone_never_shows_that_lines_are_as_they_were_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "_WORTH_WAITING", 0)
    monkeypatch.setattr(stamp.time, "time_ns", lambda: LONG_AGO)  # no time is told to have passed
    many(tmp_path)
    edit_in_place(tmp_path)
    with pytest.raises(RecordError, match="line 15"):
        write_run(tmp_path, MANIFEST).__enter__()


@pytest.mark.parametrize(
    ("mtime", "later", "told"),
    [
        (1_700_000_000_500_000_000, 10_000_000, False),
        (1_700_000_000_500_000_000, 30_000_000, True),
        (1_700_000_000_000_000_000, 1_900_000_000, False),
        (1_700_000_000_000_000_000, 2_600_000_000, True),
        (1_700_000_000_500_000_000, -9_000_000_000, False),
    ],
    ids=["same tick", "later", "same tick of whole seconds", "seconds later", "a clock behind"],
)
def test_a_file_that_may_change_within_the_tick_of_its_clock_has_no_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mtime: int, later: int, told: bool
) -> None:
    monkeypatch.setattr(stamp.time, "time_ns", lambda: mtime + later)
    (tmp_path / "f").write_bytes(b"1")
    os.utime(tmp_path / "f", ns=(mtime, mtime))
    with (tmp_path / "f").open("rb") as file:
        assert bool(stamp.stamp_of(file.fileno())) == told


def test_no_bit_of_a_synced_line_flips_unnoticed(tmp_path: Path) -> None:
    write(tmp_path, reading("a1"), reading("a2", line=2), reading("a3", line=3))
    lines = tmp_path / "outcomes.jsonl"
    whole = lines.read_bytes()
    first, second, _ = whole.splitlines(keepends=True)
    for at in range(len(first), len(first) + len(second), 7):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        lines.write_bytes(changed)
        for _ in range(2):
            with pytest.raises(RecordError, match="line 2, at byte"):
                write_run(tmp_path, MANIFEST).__enter__()
    lines.write_bytes(whole)
    write(tmp_path)


def test_damaged_lines_that_were_never_synced_are_moved_away(tmp_path: Path) -> None:
    write(tmp_path, reading("a1"), reading("a2"))
    lines = tmp_path / "outcomes.jsonl"
    synced = lines.read_bytes()
    # A power cut may keep the end of what was written last, and lose what came before it.
    lost = b"\0" * 500 + b"\n" + synced.splitlines(keepends=True)[0]
    lines.write_bytes(synced + lost)
    with write_run(tmp_path, MANIFEST) as writer:
        assert len(writer.stored) == 2
        assert writer.torn_bytes == len(lost)
        writer.append(reading("a3"))
    assert ids(tmp_path) == ["a1", "a2", "a3"]
    assert lines.read_bytes().startswith(synced)
    assert (tmp_path / "torn.jsonl").read_bytes() == lost + b"\n"


def test_a_run_is_read_while_it_is_written(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST) as writer:
        writer.append(reading("a1"))
        writer.sync()
        writer.append(reading("a2"))
        assert ids(tmp_path) == ["a1", "a2"]
        assert open_run(tmp_path).tally().outcomes == {"read": 2}


def test_a_killed_run_is_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    run = tmp_path / "run"
    code = f"""{WRITER}
with write_run(sys.argv[1], make_manifest()) as writer:
    writer.append(reading("a1"))
    writer.sync()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert run_python(code, run).returncode == -signal.SIGKILL
    with read_only(run):
        assert ids(run) == ["a1"]


def test_an_index_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    write(tmp_path, reading("a1"))
    with (
        read_only(tmp_path / "index.sqlite"),
        pytest.raises(StoreError, match=r"cannot write to .*index.sqlite'.* every outcome is safe"),
    ):
        write_run(tmp_path, MANIFEST).__enter__()


def test_replaced_outcomes_are_told_apart_and_counted(tmp_path: Path) -> None:
    lost = Failure(
        outcome=InputOutcome.INFRA_ERROR,
        article=make_article("Two died.", id="a1"),
        reader="scripted",
        reason="no reply",
    )
    outcomes = [lost, reading("a1"), make_rejected(2), reading("a1", "Three died."), reading("a2")]
    write(tmp_path, *outcomes, reading("a3", line=2))
    run = open_run(tmp_path)
    assert list(run.replaced("a1")) == [lost, reading("a1")]
    assert list(run.replaced("a2")) == list(run.replaced("a9")) == []
    assert run.find("a1") == reading("a1", "Three died.")
    assert run.tally() == Tally(Counter({InputOutcome.READ: 3}), 3)


def test_an_article_is_found_with_the_inputs_rejected_as_it(tmp_path: Path) -> None:
    twice = make_rejected(2, article_id="a1")
    write(tmp_path, reading("a1"), twice, make_rejected(3, article_id="a2"))
    run = open_run(tmp_path)
    assert list(run.outcomes("a1")) == [reading("a1"), twice]
    assert run.find("a2") == make_rejected(3, article_id="a2")


def some_outcome(chance: random.Random) -> Outcome:
    """An outcome of one of few inputs, so that many replace or contradict each other."""
    path = chance.choice(["d/in.jsonl", "d/e/in.txt", "-"])
    line = chance.choice([None, 1, 2])
    source = make_source(line, path)
    if chance.random() < 0.5:
        place = chance.choice([source, make_source(None, "d"), make_source(None, "d/e")])
        return make_rejected(source=place, raw_sha256=chance.choice("12") * 64)
    article = make_article(chance.choice(["Two died.", "Ten died."]), id=chance.choice("abc"))
    kind = chance.choice([InputOutcome.READ, InputOutcome.INFRA_ERROR])
    told = {"source": source, "article": article, "reader": "s"}
    if kind is InputOutcome.READ:
        return Reading.model_validate({**told, "outcome": kind, "answer": EMPTY})
    return Failure.model_validate({**told, "outcome": kind, "reason": "no reply"})


def expected(outcomes: list[Outcome]) -> dict[InputKey, Outcome]:
    """What the rules say of outcomes written one after another."""
    latest: dict[InputKey, Outcome] = {}
    for outcome in outcomes:
        raw = None if isinstance(outcome, Rejected) else outcome.article.raw_sha256
        assert outcome.source
        for key in contradicted(outcome.source, raw):
            latest.pop(key, None)
        latest.pop(key_of(outcome), None)
        latest[key_of(outcome)] = outcome
    return latest


@pytest.mark.parametrize("seed", range(12))
def test_an_index_holds_what_the_rules_say_however_it_came_about(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    outcomes = [some_outcome(chance) for _ in range(40)]
    with write_run(tmp_path / "run", MANIFEST) as writer:
        for n, outcome in enumerate(outcomes, start=1):
            key = key_of(outcome)
            contradicts = writer.contradicts(
                outcome.source or make_source(),
                None if isinstance(outcome, Rejected) else outcome.article,
            )
            known = expected(outcomes[: n - 1])
            raw = None if isinstance(outcome, Rejected) else outcome.article.raw_sha256
            assert outcome.source
            assert contradicts == any(k in known for k in contradicted(outcome.source, raw))
            writer.append(outcome)
            assert list(writer.stored) == list(expected(outcomes[:n]))
            stored = writer.stored[key]
            entry = outcome if isinstance(outcome, Rejected) else outcome.article
            assert (stored.outcome, stored.sha256) == (outcome.outcome, sha256_of_input(entry))
            assert writer.recall(stored) == outcome
            if n == chance.randrange(40):
                writer.sync()
                shutil.copytree(tmp_path / "run", tmp_path / f"copy{n}")
    for folder in tmp_path.iterdir():
        held = expected(outcomes[: len((folder / "outcomes.jsonl").read_bytes().splitlines())])
        assert list(open_run(folder).outcomes()) == list(held.values())
        (folder / "index.sqlite").unlink()
        assert list(open_run(folder).outcomes()) == list(held.values())
