"""A full disk, a place that cannot be written: told at once, with room for what is in hand."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from disks import fill, read_only, small_disk
from making import EMPTY, make_article, make_manifest

from extractor.codes import InputOutcome
from extractor.errors import StoreError
from extractor.records import Reading
from extractor.store import Reserve, article_id_of, open_run, write_run

MANIFEST = make_manifest()
SIZE = 4 << 20


def reading(id_: str = "a1", text: str = "Two died.") -> Reading:
    return Reading(
        outcome=InputOutcome.READ,
        article=make_article(text, id=id_),
        reader="scripted",
        answer=EMPTY,
    )


def taken_bytes(path: Path) -> int:
    return path.stat().st_blocks * 512


@pytest.mark.parametrize("can_allocate", [True, False], ids=["allocated", "written"])
def test_a_reserve_takes_its_space_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_allocate: bool
) -> None:
    if not can_allocate:
        monkeypatch.delattr(os, "posix_fallocate")
    Reserve.make(tmp_path)
    assert taken_bytes(tmp_path / ".reserve") >= SIZE


def test_a_reserve_that_a_killed_run_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".reserve").write_bytes(bytes(3 * SIZE))
    Reserve.make(tmp_path).release()
    assert list(tmp_path.iterdir()) == []


def test_a_reserve_is_given_up_once_whoever_asks(tmp_path: Path) -> None:
    reserve = Reserve.make(tmp_path)
    reserve.check()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(reserve.release) for _ in range(8)]
    assert sorted(one.result() for one in asked) == [False] * 7 + [True]
    assert reserve.is_spent
    with pytest.raises(StoreError, match="is full; what was in hand is stored: free some space"):
        reserve.check()


def test_a_reserve_that_was_not_needed_is_taken_away(tmp_path: Path) -> None:
    reserve = Reserve.make(tmp_path)
    reserve.close()
    assert list(tmp_path.iterdir()) == []
    reserve.check()


def test_what_a_reserve_held_can_be_written_once_it_is_given_up(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        reserve = Reserve.make(disk)
        fill(disk)
        with pytest.raises(OSError, match=r"No space left"):
            (disk / "more").write_bytes(bytes(8192))
        assert reserve.release()
        (disk / "more").write_bytes(bytes(SIZE - 8192))


def test_a_disk_without_room_for_a_reserve_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        with pytest.raises(StoreError, match=r"no room for the 4 MiB .* free some space"):
            Reserve.make(disk)
        assert list(disk.iterdir()) == []


def test_outcomes_in_hand_are_stored_when_the_disk_fills_up_and_the_run_goes_on_later(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        run = disk / "run"
        with write_run(run, MANIFEST) as writer:
            writer.append(reading("a1"))
            filler = fill(disk)
            writer.append(reading("a2", "x" * 100_000))
            writer.append(reading("a3", "x" * 100_000))
            with pytest.raises(StoreError, match="is full"):
                writer.reserve.check()
            with pytest.raises(StoreError, match=r"No space left .* every outcome written before"):
                writer.append(reading("a4", "x" * SIZE))
            writer.append(reading("a5"))
        with pytest.raises(StoreError, match=r"no room for the 4 MiB"):
            write_run(run, MANIFEST).__enter__()
        filler.unlink()
        with write_run(run, MANIFEST) as writer:
            writer.reserve.check()
            writer.append(reading("a4"))
        ids = [article_id_of(outcome) for outcome in open_run(run).outcomes()]
        assert ids == ["a1", "a2", "a3", "a5", "a4"]


def test_a_new_run_on_a_full_disk_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        fill(disk)
        with pytest.raises(StoreError, match="free some space"):
            write_run(disk / "run", MANIFEST).__enter__()


def test_a_reserve_is_there_only_while_a_run_is_written(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST):
        assert (tmp_path / ".reserve").exists()
    assert not (tmp_path / ".reserve").exists()


def test_a_folder_on_a_read_only_disk_can_be_read_and_not_written(tmp_path: Path) -> None:
    with write_run(tmp_path / "run", MANIFEST) as writer:
        writer.append(reading())
    with read_only(tmp_path / "run") as run:
        for folder in (run, run / "new"):
            with pytest.raises(StoreError, match=r"cannot write to the run folder .*Read-only"):
                write_run(folder, MANIFEST).__enter__()
        assert list(open_run(run).outcomes()) == [reading()]


def test_a_file_of_outcomes_that_is_read_only_is_told(tmp_path: Path) -> None:
    with write_run(tmp_path, MANIFEST) as writer:
        writer.append(reading())
    with (
        read_only(tmp_path / "outcomes.jsonl"),
        pytest.raises(StoreError, match=r"cannot write to the run folder .*Read-only"),
    ):
        write_run(tmp_path, MANIFEST).__enter__()
    assert not (tmp_path / ".reserve").exists()


@pytest.mark.parametrize("more", [True, False], ids=["at the next outcome", "at the end"])
def test_a_folder_that_is_deleted_under_the_run_is_told(tmp_path: Path, more: bool) -> None:
    with (  # noqa: PT012 - the end of the run may be what raises
        pytest.raises(StoreError, match="was deleted while the run wrote to it"),
        write_run(tmp_path / "run", MANIFEST) as writer,
    ):
        writer.append(reading("a1"))
        shutil.rmtree(tmp_path / "run")
        if more:
            writer.append(reading("a2"))
            pytest.fail("nothing was raised")
