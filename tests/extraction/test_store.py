"""The run folder: what is written stays, whatever kills, fills or shares it."""

import json
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from making import EMPTY, make_article, make_manifest, make_rejected, make_source
from storing import WRITER, run_python

from extractor.article import sha256_of
from extractor.codes import InputOutcome
from extractor.errors import RecordError, StoreError
from extractor.records import Failure, Reading
from extractor.store import (
    Lines,
    article_id_of,
    open_run,
    seal,
    unseal,
    write_run,
)
from extractor.store.line import parse

MANIFEST = make_manifest()


def reading(id_: str = "a1", line: int = 1) -> Reading:
    return Reading(
        outcome=InputOutcome.READ,
        source=make_source(line),
        article=make_article(id=id_),
        reader="scripted",
        answer=EMPTY,
    )


def failure(id_: str = "a1") -> Failure:
    return Failure(
        outcome=InputOutcome.INFRA_ERROR,
        article=make_article(id=id_),
        reader="scripted",
        reason="no reply",
    )


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    outcomes = [reading(), failure("a2"), make_rejected(3)]
    with write_run(tmp_path / "new" / "run", MANIFEST) as writer:
        for outcome in outcomes:
            writer.append(outcome)
    run = open_run(tmp_path / "new" / "run")
    assert list(run.outcomes()) == outcomes
    assert run.manifest == MANIFEST
    assert run.find("a2") == outcomes[1]
    assert run.find("a9") is None
    assert [article_id_of(outcome) for outcome in outcomes] == ["a1", "a2", None]


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST) as writer:
        writer.append(reading("a1"))
    later = MANIFEST.model_copy(update={"created_at": "later", "arguments": {"inputs": 2}})
    with write_run(tmp_path, later) as writer:
        assert set(writer.stored) == {("article", "a1")}
        writer.append(reading("a2"))
    assert [article_id_of(o) for o in open_run(tmp_path).outcomes()] == ["a1", "a2"]
    assert open_run(tmp_path).manifest == MANIFEST


def test_a_run_without_an_outcome_is_a_run(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST):
        pass
    assert list(open_run(tmp_path).outcomes()) == []
    for name in ("outcomes.jsonl", "index.sqlite"):  # it was stopped before it made them
        (tmp_path / name).unlink()
    assert list(open_run(tmp_path).outcomes()) == []


def test_a_later_outcome_replaces_the_earlier_one_of_its_input(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST) as writer:
        writer.append(failure())
        writer.append(reading())
        assert len(writer.stored) == 1
    assert [outcome.outcome for outcome in open_run(tmp_path).outcomes()] == ["read"]


def test_an_article_read_later_replaces_the_rejection_of_its_place(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST) as writer:
        writer.append(make_rejected(1))
        writer.append(reading(line=1))
        known = dict(writer.stored)
    with write_run(tmp_path, MANIFEST) as writer:
        assert writer.stored == known
    assert [outcome.outcome for outcome in open_run(tmp_path).outcomes()] == ["read"]


def test_each_text_that_came_through_standard_input_has_a_rejection_of_its_own(
    tmp_path: Path,
) -> None:
    source = make_source(None, "-")
    one, other = (make_rejected(source=source, raw_sha256=digit * 64) for digit in "12")
    with write_run(tmp_path, MANIFEST) as writer:
        for outcome in (one, other, one):
            writer.append(outcome)
    assert list(open_run(tmp_path).outcomes()) == [other, one]


@pytest.mark.parametrize(
    ("path", "line", "left"),
    [
        ("d/in.jsonl", 2, ["d/in.jsonl:1", "e"]),
        ("d/in.jsonl", None, ["d/in.jsonl:1", "e"]),
        ("d/other.txt", None, ["d/in.jsonl", "d/in.jsonl:1", "e"]),
        ("in.jsonl", 1, ["d", "d/in.jsonl", "d/in.jsonl:1", "e"]),
        ("-", 1, ["d", "d/in.jsonl", "d/in.jsonl:1", "e"]),
    ],
    ids=["line", "whole file", "file in a folder", "elsewhere", "standard input"],
)
def test_an_outcome_drops_the_rejections_of_its_file_and_its_folders(
    tmp_path: Path, path: str, line: int | None, left: list[str]
) -> None:
    places = [("d", None), ("d/in.jsonl", None), ("e", None), ("d/in.jsonl", 1)]
    # Places from the inner to the outer, as a rejection drops those of its file and its folders.
    rejections = [make_rejected(source=make_source(at, name)) for name, at in reversed(places)]
    read = reading().model_copy(update={"source": make_source(line, path)})
    with write_run(tmp_path, MANIFEST) as writer:
        for outcome in rejections:
            writer.append(outcome)
        assert len(writer.stored) == 4
        assert writer.contradicts(make_source(line, path), read.article) == (len(left) < 4)
        writer.append(read)
        kept = [key[1].removesuffix(":0") for key in writer.stored if key[0] == "rejected"]
    assert sorted(kept) == left


def test_the_names_of_new_files_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, seen = os.fsync, list[set[str]]()

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            seen.append({path.name for path in tmp_path.iterdir()})
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with write_run(tmp_path, MANIFEST):
        pass
    first, second = seen
    assert second - first == {"outcomes.jsonl"}
    assert "run.json" in first


@pytest.mark.parametrize("left", [1, 40, -2], ids=["one byte", "a part", "all but its end"])
def test_a_line_that_a_kill_cut_off_is_moved_away(tmp_path: Path, left: int) -> None:
    with write_run(tmp_path, MANIFEST) as writer:
        writer.append(reading("a1"))
        writer.append(reading("a2"))
    path = tmp_path / "outcomes.jsonl"
    first, second, _ = path.read_bytes().split(b"\n")
    torn = (second + b"\n")[: left - 1 if left < 0 else left]
    path.write_bytes(first + b"\n" + torn)
    assert open_run(tmp_path).unfinished_bytes() == len(torn)
    assert [article_id_of(o) for o in open_run(tmp_path).outcomes()] == ["a1"]
    with write_run(tmp_path, MANIFEST) as writer:
        assert writer.torn_bytes == len(torn)
        writer.append(reading("a3"))
    assert (tmp_path / "torn.jsonl").read_bytes() == torn + b"\n"
    assert [article_id_of(o) for o in open_run(tmp_path).outcomes()] == ["a1", "a3"]
    assert open_run(tmp_path).unfinished_bytes() == 0


def test_a_killed_process_loses_no_line_that_it_had_written(tmp_path: Path) -> None:
    code = f"""{WRITER}
with write_run(sys.argv[1], make_manifest()) as writer:
    for n in range(20):
        writer.append(reading(f"a{{n}}"))
    os.write(writer._descriptor, b'{{"torn": ')
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = run_python(code, tmp_path / "run")
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with write_run(tmp_path / "run", open_run(tmp_path / "run").manifest) as writer:
        assert len(writer.stored) == 20
        assert writer.torn_bytes == 9


def test_a_full_disk_is_told_and_leaves_earlier_lines_whole(tmp_path: Path) -> None:
    code = f"""{WRITER}
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with write_run(sys.argv[1], make_manifest()) as writer:
    writer.append(reading("a1"))
    size = (Path(sys.argv[1]) / "outcomes.jsonl").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, resource.RLIM_INFINITY))
    try:
        writer.append(reading("a2", "x" * 10_000))
    except StoreError as error:
        print(error)
    assert set(writer.stored) == {{("article", "a1")}}
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    writer.append(reading("a3"))
"""
    ended = run_python(code, tmp_path / "run")
    assert ended.returncode == 0, ended.stderr
    assert "every outcome written before is safe" in ended.stdout
    assert [article_id_of(o) for o in open_run(tmp_path / "run").outcomes()] == ["a1", "a3"]


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST):
        with pytest.raises(StoreError, match="another process is writing"):
            write_run(tmp_path, MANIFEST).__enter__()
        ended = run_python(
            f"{WRITER}\ntry:\n    write_run(sys.argv[1], make_manifest()).__enter__()"
            "\nexcept StoreError as error:\n    print(error)",
            tmp_path,
        )
        assert "another process is writing" in ended.stdout, ended.stderr
    with write_run(tmp_path, MANIFEST) as writer:
        assert writer.stored == {}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reader": "openai/x"}, "reader was 'scripted' and is 'openai/x'"),
        ({"prompt": "incident/v2"}, "prompt was None and is 'incident/v2'"),
        ({"intake": {"form": "html"}}, "intake was {} and is {'form': 'html'}"),
        ({"seed": 7}, "seed was None and is 7"),
    ],
    ids=["reader", "prompt", "intake", "seed"],
)
def test_the_folder_of_another_run_is_refused_with_what_differs(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    with write_run(tmp_path, MANIFEST):
        pass
    with pytest.raises(StoreError) as caught:
        write_run(tmp_path, make_manifest(**changed)).__enter__()
    assert told in str(caught.value)


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"holds other files \(notes.txt"):
        write_run(tmp_path, MANIFEST).__enter__()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_run_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(StoreError, match="cannot write to the run folder"):
            write_run(folder, MANIFEST).__enter__()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot write to the run folder"):
        write_run(tmp_path, MANIFEST).__enter__()


def test_an_error_of_the_reading_is_not_told_as_one_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="elsewhere"), write_run(tmp_path, MANIFEST):
        raise FileNotFoundError("elsewhere")
    with write_run(tmp_path, MANIFEST) as writer:
        assert writer.stored == {}


@pytest.mark.parametrize(
    "content",
    [None, "", "[]", '{"format": "tollbook-run/9"}', "\udcff"],
    ids=["none", "empty", "a list", "another format", "no text"],
)
def test_a_folder_without_a_readable_manifest_is_no_run(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "run.json").write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(StoreError, match=r"no run at|cannot read the manifest"):
        open_run(tmp_path)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"schema_version": 2}, "schema_version"),
        ({"outcome": "perfect"}, "outcome"),
        ({"surprise": 1}, "surprise"),
    ],
    ids=["unknown version", "unknown outcome", "unknown field"],
)
def test_a_line_of_another_shape_is_told_with_its_place(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    with write_run(tmp_path, MANIFEST) as writer:
        writer.append(reading("a1"))
        writer.append(reading("a2"))
    path = tmp_path / "outcomes.jsonl"
    first, second, _ = path.read_bytes().split(b"\n")
    tampered = json.dumps(json.loads(unseal(second).record) | changed).encode()
    path.write_bytes(first + b"\n" + seal(tampered))
    with pytest.raises(RecordError, match=f"line 2, at byte {len(first) + 1}: .*{told}"):
        list(open_run(tmp_path).outcomes())


def two_lines(folder: Path) -> list[bytes]:
    with write_run(folder, MANIFEST) as writer:
        writer.append(reading("a1"))
        writer.append(reading("a2"))
    return (folder / "outcomes.jsonl").read_bytes().splitlines(keepends=True)


def test_the_checksum_of_a_line_is_over_all_but_itself(tmp_path: Path) -> None:
    for line, id_ in zip(two_lines(tmp_path), ["a1", "a2"], strict=True):
        assert json.loads(line)["sha256"] == sha256_of(reading(id_).model_dump_json())
        assert unseal(line) == (reading(id_).model_dump_json().encode(), True)


def test_no_byte_of_a_line_can_change_unseen(tmp_path: Path) -> None:
    line, _ = two_lines(tmp_path)
    for at in range(len(line) - 1):
        for bit in (1, 32):
            changed = line[:at] + bytes([line[at] ^ bit]) + line[at + 1 :]
            with pytest.raises(RecordError):
                parse(changed)
    assert parse(line) == reading("a1")


def with_another_word(line: bytes) -> bytes:
    return line.replace(b"Basra", b"Busra", 1)


def without_its_beginning(line: bytes) -> bytes:
    return line[200:]


def written_anew(line: bytes) -> bytes:
    return json.dumps(json.loads(line)).encode() + b"\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (with_another_word, "its checksum does not hold; restore the file from a copy"),
        (without_its_beginning, "its checksum does not hold"),
        (written_anew, "its checksum stands there no more"),
    ],
    ids=["another word", "a part", "written anew"],
)
def test_a_changed_line_is_named_and_no_outcome(
    tmp_path: Path, change: Callable[[bytes], bytes], told: str
) -> None:
    first, second = two_lines(tmp_path)
    (tmp_path / "outcomes.jsonl").write_bytes(first + change(second))
    told = rf"outcomes.jsonl', line 2, at byte {len(first)}: .*{told}"
    with pytest.raises(RecordError, match=told):
        list(open_run(tmp_path).outcomes())
    ((line, offset, _),) = open_run(tmp_path).check_lines().faults
    assert (line, offset) == (2, len(first))


def test_lines_without_a_checksum_are_read_and_counted(tmp_path: Path) -> None:
    first, second = two_lines(tmp_path)
    (tmp_path / "outcomes.jsonl").write_bytes(unseal(first).record + b"\n" + second)
    run = open_run(tmp_path)
    assert list(run.outcomes()) == [reading("a1"), reading("a2")]
    assert run.check_lines() == Lines(count=2, unsealed=1, faults=())
