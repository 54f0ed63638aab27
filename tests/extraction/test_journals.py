"""Journals of several folders: every call once, every answer found, whoever wrote it."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from calling import BUSY, make_body, make_call, make_reply
from disks import read_only

from extractor.errors import StoreError
from extractor.jobs.calls_file import JOURNAL
from extractor.jobs.cost import Cost
from extractor.jobs.journal import Journal, open_journal
from extractor.jobs.journals import Archive, join_journals
from extractor.jobs.totals import read_totals


def write(folder: Path, *articles: str, usd: float = 0.25, cut_off: str | None = None) -> Path:
    """A journal with an answered call about each article, and one that nobody ended."""
    folder.mkdir(exist_ok=True)

    async def calling(journal: Journal) -> None:
        for article in articles:
            call = make_call(article)
            row = await journal.begin(call, most=Cost(tokens=500))
            reply = make_reply(make_body(json.dumps({"about": article})), usd=usd)
            await journal.end(row, call, reply, Cost(tokens=110, usd=usd))
        if cut_off:
            await journal.begin(make_call(cut_off), most=Cost(tokens=500, usd=1.0))

    with open_journal(folder) as journal:
        asyncio.run(calling(journal))
    return folder


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / JOURNAL)) as database:
        return database.execute(sql).fetchall()


def execute(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / JOURNAL)) as database:
        database.execute(sql)
        database.commit()


def joined(folder: Path, *folders: Path) -> Path:
    out = folder / "joined"
    out.mkdir()
    join_journals(out, folders)
    return out


def test_calls_and_answers_of_all_stand_in_one(tmp_path: Path) -> None:
    one, other = write(tmp_path / "1", "a1", "a2"), write(tmp_path / "2", "a3", cut_off="a4")
    out = joined(tmp_path, one, other)
    totals = read_totals(out)
    assert totals is not None
    assert (totals.calls, totals.answered, totals.cut_off) == (4, 3, 1)
    assert (totals.usd, totals.tokens) == (0.75, 330)
    with open_journal(out) as journal:
        for article in ("a1", "a2", "a3"):
            kept = journal.kept(make_call(article))
            assert kept is not None
            assert kept.called == make_body(json.dumps({"about": article}))
        assert journal.kept(make_call("a4")) is None
        assert journal.counted() == Cost(tokens=830, usd=1.75)
        assert journal.counted("a4") == Cost(tokens=500, usd=1.0)


def test_a_call_that_stands_in_several_is_taken_once(tmp_path: Path) -> None:
    one, other = write(tmp_path / "1", "a1"), write(tmp_path / "2", "a2")
    out = joined(tmp_path, one, other, one, other)
    assert rows(out, "SELECT article FROM calls ORDER BY id") == [("a1",), ("a2",)]
    assert rows(out, "SELECT count(*) FROM answers") == [(2,)]


def test_of_two_copies_of_a_call_the_answered_one_counts(tmp_path: Path) -> None:
    whole = write(tmp_path / "1", "a1", "a2")
    early = write(tmp_path / "2")
    with closing(sqlite3.connect(early / JOURNAL)) as database:
        database.execute("ATTACH ? AS whole", (str(whole / JOURNAL),))
        database.execute("INSERT INTO calls SELECT * FROM whole.calls")
        database.execute("UPDATE calls SET state = 'sent'")
        database.commit()
    for number, folders in enumerate([(early, whole), (whole, early)]):
        folder = tmp_path / f"out-{number}"
        folder.mkdir()
        out = joined(folder, *folders)
        assert rows(out, "SELECT state FROM calls") == [("answered",), ("answered",)]
        assert rows(out, "SELECT count(*) FROM answers JOIN calls ON call = id") == [(2,)]


def test_an_answer_that_is_to_be_asked_for_anew_stays_so(tmp_path: Path) -> None:
    one = write(tmp_path / "1", "a1")
    out = joined(tmp_path, one)
    execute(one, "UPDATE answers SET void = 1")
    again = tmp_path / "again"
    again.mkdir()
    join_journals(again, [out, one])
    with open_journal(again) as journal:
        assert journal.kept(make_call("a1")) is None
    assert rows(again, "SELECT count(*) FROM answers") == [(1,)]


def test_a_joined_journal_is_gone_on_with(tmp_path: Path) -> None:
    out = joined(tmp_path, write(tmp_path / "1", "a1"), write(tmp_path / "2", "a2"))
    write(out, "a3")
    assert rows(out, "SELECT id, article FROM calls") == [(1, "a1"), (2, "a2"), (3, "a3")]


def test_what_a_killed_process_left_open_was_cut_off(tmp_path: Path) -> None:
    one = write(tmp_path / "1", cut_off="a1")
    assert rows(one, "SELECT state FROM calls") == [("sent",)]
    assert rows(joined(tmp_path, one), "SELECT state FROM calls") == [("cut_off",)]
    assert rows(one, "SELECT state FROM calls") == [("sent",)]


def test_folders_without_calls_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    out = joined(tmp_path, tmp_path / "none", write(tmp_path / "1", "a1"))
    assert rows(out, "SELECT article FROM calls") == [("a1",)]
    (tmp_path / "empty").mkdir()
    assert list(joined(tmp_path / "empty", tmp_path / "none").iterdir()) == []


def test_a_journal_of_another_version_is_not_joined(tmp_path: Path) -> None:
    one, other = write(tmp_path / "1", "a1"), write(tmp_path / "2", "a2")
    execute(other, "PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=r"2/calls.sqlite' was written by another version"):
        joined(tmp_path, one, other)
    with pytest.raises(StoreError, match="another version of tollbook"):
        Archive(other / JOURNAL)


def test_what_is_no_journal_is_told(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / JOURNAL).write_bytes(b"no database, whatever its name says" * 40)
    with pytest.raises(StoreError, match=r"1/calls\.sqlite' is damaged"):
        joined(tmp_path, tmp_path / "1")


def test_an_archive_gives_answers_and_changes_nothing(tmp_path: Path) -> None:
    one = write(tmp_path / "1", "a1", usd=0.5, cut_off="a2")
    before = (one / JOURNAL).read_bytes()
    archive = Archive(one / JOURNAL)
    kept = archive.kept(make_call("a1"))
    assert kept is not None
    assert (kept.stored, kept.usd) == (True, 0.5)
    assert archive.kept(make_call("a2")) is None
    assert archive.counted() == Cost(tokens=610, usd=1.5)
    assert archive.counted("a1") == Cost(tokens=110, usd=0.5)
    archive.close()
    assert (one / JOURNAL).read_bytes() == before


def test_trouble_is_no_answer(tmp_path: Path) -> None:
    async def calling(journal: Journal) -> None:
        call = make_call("a1")
        await journal.end(await journal.begin(call), call, make_reply(BUSY), Cost())

    (tmp_path / "1").mkdir()
    with open_journal(tmp_path / "1") as journal:
        asyncio.run(calling(journal))
    out = joined(tmp_path, tmp_path / "1")
    totals = read_totals(out)
    assert totals is not None
    assert (totals.calls, totals.failed) == (1, 1)


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_a_journal_that_nobody_may_write_beside_is_joined_too(tmp_path: Path, killed: bool) -> None:
    one = write(tmp_path / "1", "a1")
    if killed:  # what was written last then stands in a file beside the database
        (tmp_path / "2").mkdir()
        with closing(sqlite3.connect(one / JOURNAL)) as database:
            database.execute("PRAGMA wal_autocheckpoint = 0")
            database.execute("UPDATE calls SET article = 'a2'")
            database.commit()
            for file in one.glob("calls.sqlite*"):
                shutil.copy(file, tmp_path / "2")
        one = tmp_path / "2"
        assert (one / f"{JOURNAL}-wal").stat().st_size
        (one / f"{JOURNAL}-shm").unlink()
    with read_only(one):
        out = joined(tmp_path, one)
    assert rows(out, "SELECT article FROM calls") == [("a2" if killed else "a1",)]
    assert [path.name for path in out.iterdir()] == [JOURNAL]
