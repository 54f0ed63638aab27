"""Merging: folders that were read apart become one run, and nothing of them is lost."""

import asyncio
import json
import random
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from disks import read_only
from filelock import FileLock
from making import EMPTY, make_article, make_manifest, make_reader, make_rejected, make_taken

from extractor.article import Article
from extractor.codes import InputOutcome
from extractor.errors import RecordError, StoreError, UsageError
from extractor.intake import Recognised, Taken
from extractor.jobs import Job, Shard, Share, read_inputs, read_shard
from extractor.jobs import merging as merging_module
from extractor.jobs.calls_file import JOURNAL
from extractor.jobs.journal import Journal
from extractor.jobs.merging import find_unread, merge_runs
from extractor.records import Attempt, Failure, Reading, Rejected, Source
from extractor.store import article_id_of, key_of, open_run, write_run

Outcome = Reading | Failure | Rejected


def reading(id_: str, text: str = "Two died.", **changed: object) -> Reading:
    told = Reading(
        outcome=InputOutcome.READ, article=make_article(text, id=id_), reader="s", answer=EMPTY
    )
    return told.model_copy(update=changed)


def failure(id_: str, outcome: InputOutcome = InputOutcome.INFRA_ERROR) -> Failure:
    return Failure.model_validate(
        {"outcome": outcome, "article": make_article(id=id_), "reader": "s", "reason": "no reply"}
    )


def rejected(path: str, line: int | None = None, reason: str = "it is empty") -> Rejected:
    return make_rejected(source=Source(path=path, line=line), reason=reason)


def write(folder: Path, *outcomes: Outcome, shard: str | None = None) -> Path:
    with write_run(folder, make_manifest(shard=shard)) as writer:
        for outcome in outcomes:
            writer.append(outcome)
    return folder


def merged(folder: Path, *runs: Sequence[Outcome]) -> list[Outcome]:
    folders = [write(folder / f"s{n}", *outcomes) for n, outcomes in enumerate(runs)]
    return list(merge_runs(folder / "all", folders).run.outcomes())


def lines(folder: Path) -> list[str]:
    told = (folder / "outcomes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line).get("article", {}).get("id", "rejected") for line in told]


def test_what_several_folders_hold_stands_in_one(tmp_path: Path) -> None:
    first, second = [reading("a1"), rejected("in", 3)], [reading("a2"), failure("a3")]
    assert sorted(map(key_of, merged(tmp_path, first, second))) == [
        ("article", "a1"),
        ("article", "a2"),
        ("article", "a3"),
        ("rejected", "in:3"),
    ]


def test_lines_are_copied_as_they_are(tmp_path: Path) -> None:
    merged(tmp_path, [reading("a1")], [reading("a2")])
    whole = (tmp_path / "all" / "outcomes.jsonl").read_bytes()
    parts = [(tmp_path / name / "outcomes.jsonl").read_bytes() for name in ("s0", "s1")]
    assert whole == b"".join(parts)


ATTEMPT = Attempt(n=1, status="ok", request_sha256="0" * 64, usd=0.25)


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        (reading("a1"), reading("a1"), 0),
        (reading("a1"), reading("a1", attempts=(ATTEMPT,)), 0),
        (reading("a1"), reading("a1", source=Source(path="b", line=9)), 0),
        (failure("a1"), reading("a1"), 1),
        (reading("a1"), failure("a1"), 0),
        (failure("a1"), failure("a1", InputOutcome.REFUSED), 1),
        (failure("a1"), failure("a1"), 1),
        (rejected("in", 1), rejected("in", 1), 0),
    ],
    ids=[
        "equal",
        "equal but for its calls",
        "equal but for its place",
        "lost and read",
        "read and lost",
        "lost and refused",
        "lost twice",
        "rejected twice",
    ],
)
def test_an_input_that_two_folders_hold_has_one_outcome(
    tmp_path: Path, one: Outcome, other: Outcome, kept: int
) -> None:
    assert merged(tmp_path, [one], [other]) == [(one, other)[kept]]
    assert len(lines(tmp_path / "all")) == 2  # the other is kept, too, as replaced


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            reading("a1"),
            reading("a1", "Another text."),
            r"the article 'a1' has different outcomes, read in '.*s0' and read in '.*s1'",
        ),
        (reading("a1"), failure("a1", InputOutcome.REFUSED), "read in .* and refused in "),
        (rejected("in", 1), rejected("in", 1, "another"), "the input 'in:1' has different"),
    ],
    ids=["of two texts", "read and refused", "rejected otherwise"],
)
def test_outcomes_that_contradict_each_other_are_not_merged(
    tmp_path: Path, one: Outcome, other: Outcome, told: str
) -> None:
    with pytest.raises(StoreError, match=f"{told}.*leave one of the folders out"):
        merged(tmp_path, [one, reading("a7")], [reading("a8"), other])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s0", "s1"]


def test_of_many_contradictions_three_are_named(tmp_path: Path) -> None:
    first = [reading(f"a{n}") for n in range(5)]
    second = [reading(f"a{n}", "Another text.") for n in range(5)]
    with pytest.raises(StoreError, match=r"'a0'.*'a1'.*'a2'.*; and 2 more: nothing tells"):
        merged(tmp_path, first, second)


def test_earlier_outcomes_of_an_article_are_kept(tmp_path: Path) -> None:
    first = [failure("a1"), reading("a1"), reading("a2", "The old text."), reading("a2")]
    now = merged(tmp_path, first, [reading("a3")])
    assert [article_id_of(one) for one in now] == ["a1", "a2", "a3"]
    assert lines(tmp_path / "all") == ["a1", "a2", "a1", "a2", "a3"]
    (old,) = open_run(tmp_path / "all").replaced("a2")
    assert isinstance(old, Reading)
    assert old.article.text == "The old text."


def test_a_rejection_of_a_file_outlasts_those_of_its_lines(tmp_path: Path) -> None:
    places = [("in/b.jsonl", None), ("in/b.jsonl", 2), ("in", None), ("in/b.jsonl", 3)]
    parts = [[rejected(path, line)] for path, line in places]
    articles = [reading("a1", source=Source(path="in/b.jsonl", line=1))]
    found = merged(tmp_path, *parts, articles)
    assert [(one.source.path, one.source.line) for one in found if one.source] == [
        ("in/b.jsonl", 1),
        ("in/b.jsonl", 2),
        ("in/b.jsonl", 3),
        ("in/b.jsonl", None),
        ("in", None),
    ]


def made_inputs(seed: int) -> list[Taken | Rejected]:
    """One pass over some files: articles, rejected lines, and files that broke off."""
    draw = random.Random(seed)
    inputs: list[Taken | Rejected] = []
    for file in range(draw.randint(1, 4)):
        path = f"{draw.choice(['in', 'in/deep'])}/{file}.jsonl"
        for line in range(1, draw.randint(1, 12)):
            if draw.random() < 0.3:
                inputs.append(rejected(path, line))
            else:
                article = make_article(id=f"a{file}-{line}")
                inputs.append(Taken(article=article, source=Source(path=path, line=line)))
        if draw.random() < 0.4:
            inputs.append(rejected(path, None, "it broke off"))
    return inputs


def read(
    folder: Path, inputs: Iterable[Taken | Rejected | Recognised], shard: Shard | None = None
) -> Path:
    async def reading() -> None:
        with write_run(folder, make_manifest(shard=str(shard) if shard else None)) as writer:
            async for _ in read_inputs(inputs, Job(reader=make_reader()), writer):
                pass

    asyncio.run(reading())
    return folder


@pytest.mark.parametrize("seed", range(12))
def test_shards_merged_in_any_order_hold_what_one_process_writes(tmp_path: Path, seed: int) -> None:
    inputs, of = made_inputs(seed), seed % 4 + 2
    whole = open_run(read(tmp_path / "whole", inputs))
    shards = [Shard(number=number, of=of) for number in range(1, of + 1)]
    folders = [
        read(tmp_path / f"s{shard.number}", Share(inputs=inputs, shard=shard), shard)
        for shard in shards
    ]
    random.Random(seed).shuffle(folders)

    now = merge_runs(tmp_path / "all", folders)

    told = {key_of(one): one for one in now.run.outcomes()}
    assert told == {key_of(one): one for one in whole.outcomes()}
    assert len(told) == len(inputs)
    assert now.tally == whole.tally()
    assert not now.run.manifest.differences(whole.manifest)
    assert list(find_unread(now.run, inputs)) == []


def test_missing_shards_are_told_and_the_rest_can_be_read_after(tmp_path: Path) -> None:
    inputs = [make_taken(make_article(id=f"a{n}"), n) for n in range(30)]
    shards = [read_shard(f"{number}/4") for number in (2, 4)]
    folders = [
        read(tmp_path / f"s{shard.number}", Share(inputs=inputs, shard=shard), shard)
        for shard in shards
    ]
    now = merge_runs(tmp_path / "all", folders)
    assert now.missing == (read_shard("1/4"), read_shard("3/4"))
    unread = list(find_unread(now.run, inputs))
    assert unread == [one for one in inputs if not any(shard.holds(one) for shard in shards)]
    third = read_shard("3/4")
    later = read(tmp_path / "s3", Share(inputs=inputs, shard=third), third)
    again = merge_runs(tmp_path / "more", [tmp_path / "all", later])
    assert again.missing == (read_shard("1/4"),)
    read(tmp_path / "more", inputs)
    assert len(list(open_run(tmp_path / "more").outcomes())) == 30


def test_whole_runs_have_no_missing_shards(tmp_path: Path) -> None:
    folders = [
        write(tmp_path / "s0", reading("a1")),
        write(tmp_path / "s1", reading("a2"), shard="1/3"),
    ]
    assert merge_runs(tmp_path / "all", folders).missing == ()


def test_a_merged_run_says_what_it_was_made_of(tmp_path: Path) -> None:
    folders = [
        write(tmp_path / "s1", reading("a1"), shard="1/2"),
        write(tmp_path / "s2", reading("a2"), shard="2/2"),
    ]
    manifest = merge_runs(tmp_path / "all", folders).run.manifest
    assert manifest.shard is None
    assert manifest.arguments["shards"] == ["1/2", "2/2"]
    assert manifest.arguments["merged"] == [str(folder) for folder in folders]


def test_an_unfinished_line_is_no_outcome_and_told(tmp_path: Path) -> None:
    folders = [write(tmp_path / "s0", reading("a1")), write(tmp_path / "s1", reading("a2"))]
    with (folders[0] / "outcomes.jsonl").open("ab") as file:
        file.write(b'{"outcome": "re')
    now = merge_runs(tmp_path / "all", folders)
    assert now.unfinished == (folders[0],)
    assert lines(tmp_path / "all") == ["a1", "a2"]


def test_a_damaged_line_is_named_and_nothing_is_merged(tmp_path: Path) -> None:
    folders = [write(tmp_path / "s0", reading("a1")), write(tmp_path / "s1", reading("a2"))]
    path = folders[1] / "outcomes.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Two", b"Ten"))
    (folders[1] / "index.sqlite").unlink()
    with pytest.raises(RecordError, match=r"s1/outcomes\.jsonl', line 1, at byte 0: .*checksum"):
        merge_runs(tmp_path / "all", folders)
    assert not (tmp_path / "all").exists()


def test_runs_of_another_configuration_are_not_merged(tmp_path: Path) -> None:
    write(tmp_path / "s0", reading("a1"))
    with write_run(tmp_path / "s1", make_manifest(seed=7)):
        pass
    with pytest.raises(StoreError, match=r"not of one run \(seed was None and is 7\)"):
        merge_runs(tmp_path / "all", [tmp_path / "s0", tmp_path / "s1"])


@pytest.mark.parametrize(
    ("out", "folders", "told"),
    [
        ("all", ["s0", "s0"], "is named twice"),
        ("all", ["s0", "s1/../s0"], "is named twice"),
        ("s0", ["s0", "s1"], "is to be merged and to hold what comes of it"),
    ],
    ids=["twice", "twice by two names", "into itself"],
)
def test_a_folder_has_one_part_in_a_merge(
    tmp_path: Path, out: str, folders: list[str], told: str
) -> None:
    write(tmp_path / "s0", reading("a1"))
    write(tmp_path / "s1", reading("a2"))
    with pytest.raises(UsageError, match=told):
        merge_runs(tmp_path / out, [tmp_path / folder for folder in folders])


def test_what_stands_there_already_is_left_alone(tmp_path: Path) -> None:
    folders = [write(tmp_path / "s0", reading("a1"))]
    write(tmp_path / "all", reading("a9"))
    with pytest.raises(StoreError, match=r"there is something at .*all' already"):
        merge_runs(tmp_path / "all", folders)
    assert lines(tmp_path / "all") == ["a9"]
    (tmp_path / "empty").mkdir()
    assert merge_runs(tmp_path / "empty", folders).tally.outcomes.total() == 1


def test_a_folder_that_is_written_to_is_not_merged(tmp_path: Path) -> None:
    write(tmp_path / "s0", reading("a1"))
    with (
        FileLock(tmp_path / "s0" / "run.lock"),
        pytest.raises(StoreError, match=r"another process is writing to .*s0'; wait for it"),
    ):
        merge_runs(tmp_path / "all", [tmp_path / "s0"])


def test_a_folder_with_a_retry_under_way_is_finished_first(tmp_path: Path) -> None:
    write(tmp_path / "s0", reading("a1"))
    Journal(tmp_path / "s0" / JOURNAL).close()
    with closing(sqlite3.connect(tmp_path / "s0" / JOURNAL)) as database:
        database.execute("INSERT INTO retries VALUES ('a1', 'x', '--only refused')")
        database.commit()
    told = r"s0' has a retry that was stopped, with 1 articles left; `tollbook run status .*s0`"
    with pytest.raises(StoreError, match=told):
        merge_runs(tmp_path / "all", [tmp_path / "s0"])
    assert not (tmp_path / "all").exists()


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize("number", [1, 20, 21, 40], ids=["replaced", "", "counts", "last"])
def test_a_damaged_line_is_named_with_its_folder_and_nothing_is_put_in_place(
    tmp_path: Path, number: int, is_indexed: bool
) -> None:
    outcomes = [
        failure("a1"),
        *(reading(f"a{n}", f"{n}. {'It rained. ' * 999}") for n in range(1, 40)),
    ]
    folders = [write(tmp_path / "s0", reading("b1")), write(tmp_path / "s1", *outcomes)]
    path = tmp_path / "s1" / "outcomes.jsonl"
    told = path.read_bytes().splitlines(keepends=True)
    at = len(b"".join(told[: number - 1]))
    told[number - 1] = told[number - 1].replace(b'"a', b'"e', 1)
    path.write_bytes(b"".join(told))
    if not is_indexed:
        (tmp_path / "s1" / "index.sqlite").unlink()
    with pytest.raises(
        RecordError, match=rf"s1/outcomes.jsonl', line {number}, at byte {at}: .*resto"
    ):
        merge_runs(tmp_path / "all", folders)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s0", "s1"]


def test_two_do_not_merge_into_one_folder(tmp_path: Path) -> None:
    write(tmp_path / "s0", reading("a1"))
    (tmp_path / ".all.merging").mkdir()
    with (
        FileLock(tmp_path / ".all.merging" / "run.lock"),
        pytest.raises(StoreError, match="another process is merging into"),
    ):
        merge_runs(tmp_path / "all", [tmp_path / "s0"])


def test_whoever_was_stopped_merges_again(tmp_path: Path) -> None:
    folders = [write(tmp_path / "s0", reading("a1")), write(tmp_path / "s1", reading("a2"))]
    left = tmp_path / ".all.merging"
    left.mkdir()
    (left / "outcomes.jsonl").write_bytes(b"half of a merge")
    (left / "calls.sqlite").write_bytes(b"and of a journal")
    merge_runs(tmp_path / "all", folders)
    assert lines(tmp_path / "all") == ["a1", "a2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all", "s0", "s1"]


def test_a_merge_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [write(tmp_path / "s0", reading("a1"))]
    before = {path: path.read_bytes() for path in folders[0].iterdir()}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(merging_module, "join_journals", fail)
    with pytest.raises(StoreError, match="No space left on device; free some space"):
        merge_runs(tmp_path / "all", folders)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s0"]
    assert {path: path.read_bytes() for path in folders[0].iterdir()} == before


def test_an_article_is_equal_by_what_a_reader_sees_of_it(tmp_path: Path) -> None:
    here = reading("a1")
    other: Article = make_article("Two died.", id="a1", url="https://example.org/b")
    assert merged(tmp_path, [here], [reading("a1", article=other)]) == [here]


def test_folders_that_nobody_may_write_to_are_merged(tmp_path: Path) -> None:
    folders = [write(tmp_path / "s0", reading("a1")), write(tmp_path / "s1", reading("a2"))]
    with read_only(folders[0]), read_only(folders[1]):
        assert merge_runs(tmp_path / "all", folders).tally.outcomes.total() == 2
