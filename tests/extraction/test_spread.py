"""A spread job: parts of the inputs, shares of the quotas, and workers that read what they get."""

import json
import random
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from asking import GOOD, settings
from loopback import ScriptedEndpoint, fails, late
from making import make_article, make_manifest, make_rejected, make_taken

from extractor.codes import InputOutcome
from extractor.errors import PromptError, SettingsError, StoreError, UsageError
from extractor.intake import Fields, Form, Taken, Terms, cut, take, take_piece, take_row
from extractor.jobs.caps import Limits
from extractor.jobs.cost import Cost
from extractor.jobs.ray_data import read_with_ray
from extractor.jobs.spread.actors import find_own
from extractor.jobs.spread.checkpoint import Checkpoint
from extractor.jobs.spread.entries import read_entry, write_entry
from extractor.jobs.spread.plan import Plan, limits_left, limits_of_share, share_of
from extractor.jobs.spread.repeats import Standing, find_repeats
from extractor.jobs.spread.row import Row, row_of
from extractor.jobs.spread.sources import (
    entries_of_part,
    entries_of_rows,
    standings_of_part,
    standings_of_rows,
    write_part,
)
from extractor.jobs.spread.worker import Worker
from extractor.records import Attempt, Failure, Reading, Rejected
from extractor.settings import EndpointSettings

Scripted = Callable[..., ScriptedEndpoint]
TERMS = Terms(fields=Fields(), published=None, max_chars=1000)


def in_parts(inputs: list[str], *, form: Form = "auto", lines: int = 3) -> list[Taken | Rejected]:
    """The inputs as they are taken by processes that know nothing of each other."""
    parts = [
        {"number": number, "part": write_part(part)}
        for number, part in enumerate(cut(inputs, form=form, lines=lines))
    ]
    standings = (
        Standing(**row) for part in parts for row in standings_of_part(part, form=form, terms=TERMS)
    )
    repeats = find_repeats(standings)
    random.Random(1).shuffle(parts)
    found = [
        (part["number"], read_entry(row["entry"]))
        for part in parts
        for row in entries_of_part(part, form=form, terms=TERMS, repeats=lambda: repeats)
    ]
    return [entry for _, entry in sorted(found, key=lambda one: one[0])]


JSONL = [
    '{"id": "a1", "text": "It rained.", "published_at": "2024-03-15"}',
    "",
    '{"id": "a2", "text": "It snowed."',
    '{"id": "a3", "text": ""}',
    '{"text": "Nobody named it."}',
    '{"id": "a1", "text": "It rained."}',
    '{"id": "a4", "text": "No day.", "published_at": "last week"}',
    "   ",
    '{"id": "a1", "text": "Something else."}',
    '{"id": "a5", "text": "' + "long " * 400 + '"}',
    "\ufeff" + '{"id": "a6", "text": "A mark."}',
    '{"id": "a7", "text": "The last, without an end."}',
]


@pytest.mark.parametrize("lines", [1, 2, 3, 5, 100])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_parts_of_a_file_give_what_the_whole_gives(tmp_path: Path, lines: int, end: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(end.join(JSONL).encode())
    inputs = [str(path)]
    assert in_parts(inputs, lines=lines) == list(take(inputs, max_chars=1000))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("in.jsonl", b""),
        ("in.jsonl", b"\n \n\n\n"),
        ("in.jsonl", '{"id": "a1", "text": "x"}\n'.encode("utf-16")),
        ("in.jsonl", b'{"id": "a1", "text": "\xff"}\n{"id": "a2", "text": "x"}\n'),
        ("in.json", b'[{"id": "a1", "text": "x"}, {"id": "a1", "text": "y"}, 3]'),
        ("in.txt", b"A plain text."),
        ("in.html", b"<html><body><p>A page that says very little.</p></body></html>"),
        ("in.csv", b"id,text"),
    ],
    ids=["empty", "blank", "UTF-16", "no UTF-8", "a list", "a text", "a page", "unknown"],
)
def test_files_that_are_not_cut_give_what_they_give(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    assert in_parts([str(tmp_path)]) == list(take([str(tmp_path)], max_chars=1000))


def test_an_id_in_two_files_is_taken_from_the_first(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        told = [{"id": f"x{n}", "text": f"{name} {n}."} for n in range(5)]
        lines = "\n".join(map(json.dumps, told))
        (tmp_path / f"{name}.jsonl").write_text(lines, "utf-8")
    inputs = [str(tmp_path / "c.jsonl"), str(tmp_path), str(tmp_path / "nothing.jsonl")]
    whole = list(take(inputs, max_chars=1000))
    assert in_parts(inputs, lines=2) == whole
    assert sum(isinstance(one, Taken) for one in whole) == 5


def test_standard_input_cannot_be_shared() -> None:
    with pytest.raises(UsageError, match="standard input cannot be read by several processes"):
        list(cut(["-"]))


def test_a_file_that_shrinks_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(JSONL), "utf-8")
    pieces = list(cut([str(path)], lines=3))
    path.write_text("", "utf-8")
    assert not isinstance(pieces[-1], Rejected)
    with pytest.raises(UsageError, match="was changed or moved while it was read"):
        list(take_piece(pieces[-1], form="auto", terms=TERMS))


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        (date(2024, 3, 15), date(2024, 3, 15)),
        (datetime(2024, 3, 15, 23, 59, 1, 5, tzinfo=UTC), date(2024, 3, 15)),
        ("2024-03-15", date(2024, 3, 15)),
        (None, None),
        (17.5, None),
    ],
    ids=["a day", "a moment", "words", "nothing", "a number"],
)
def test_a_row_may_hold_days_as_such(stated: object, day: date | None) -> None:
    row = {"id": 7, "text": "It rained.", "published_at": stated, "title": "Rain"}
    taken = take_row(row, path="t.parquet", number=3, terms=TERMS)
    assert isinstance(taken, Taken)
    article = taken.article
    assert (article.id, article.title, article.published_at) == ("7", "Rain", day)
    assert (taken.source.path, taken.source.line) == ("t.parquet", 3)


def test_a_row_without_a_text_is_rejected_with_its_place() -> None:
    row = {"id": "a1", "text": None}
    numbered = take_row(row, path="t.parquet", number=3, terms=TERMS)
    assert isinstance(numbered, Rejected)
    assert numbered.reason.startswith("'t.parquet' row 3: ")
    other = take_row({"id": "a2", "text": ""}, path="t", number=None, terms=TERMS)
    again = take_row(row, path="t", number=None, terms=TERMS)
    assert isinstance(other, Rejected)
    assert isinstance(again, Rejected)
    assert other.source.path != again.source.path
    assert again.source.path.startswith("t#")


def test_rows_that_nobody_numbered_are_told_apart_by_their_content() -> None:
    rows = [{"id": "a1", "text": f"No. {n}."} for n in (1, 2)] + [{"id": "a2", "text": "x"}]
    repeats = find_repeats(standings_of_rows(rows, name="t", terms=TERMS))
    outcomes: list[set[str]] = []
    for order in (rows, rows[::-1]):
        written = entries_of_rows(order, name="t", terms=TERMS, repeats=repeats)
        entries = [read_entry(one) for one in written]
        assert [isinstance(one, Taken) for one in entries].count(True) == 2
        (rejected,) = (one for one in entries if isinstance(one, Rejected))
        assert "the id 'a1' stood before, in 't#" in rejected.reason
        outcomes.append(set(written))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    "entry", [make_taken(), make_rejected(article_id="a1")], ids=["article", "rejection"]
)
def test_an_input_travels_unchanged(entry: Taken | Rejected) -> None:
    assert read_entry(write_entry(entry)) == entry


def test_shares_of_the_settings_sum_to_the_whole() -> None:
    whole = EndpointSettings(at_once=16, requests_per_minute=100.0, tokens_per_minute=None)
    shares = [share_of(whole, place=place, workers=3) for place in range(3)]
    assert [share.at_once for share in shares] == [6, 5, 5]
    assert sum(share.requests_per_minute or 0 for share in shares) == pytest.approx(100)
    assert {share.tokens_per_minute for share in shares} == {None}
    with pytest.raises(UsageError, match="2 articles at a time cannot be shared by 3 workers"):
        share_of(EndpointSettings(at_once=2), place=0, workers=3)


def test_shares_of_the_limits_sum_to_the_whole_and_an_article_has_its_own() -> None:
    whole = Limits(usd=1.0, tokens=100, usd_per_article=0.1, tokens_per_article=9)
    shares = [limits_of_share(whole, place=place, workers=3) for place in range(3)]
    assert [share.tokens for share in shares] == [34, 33, 33]
    assert sum(share.usd or 0 for share in shares) == pytest.approx(1)
    assert {(share.usd_per_article, share.tokens_per_article) for share in shares} == {(0.1, 9)}
    assert limits_of_share(Limits(), place=0, workers=3) == Limits()


def test_what_was_used_before_is_taken_off_the_limits() -> None:
    left = limits_left(Limits(usd=1.0, tokens=100), Cost(tokens=40, usd=0.25))
    assert (left.usd, left.tokens) == (0.75, 60)
    spent = limits_left(Limits(usd=0.1, tokens=10), Cost(tokens=40, usd=0.25))
    assert (spent.usd, spent.tokens) == (0.0, 0)
    assert limits_left(Limits(), Cost(tokens=40)) == Limits()


def test_a_row_says_what_became_of_an_input() -> None:
    attempts = tuple(
        Attempt(n=n, status="ok", request_sha256="0" * 64, prompt_tokens=tokens, usd=usd)
        for n, tokens, usd in ((1, 100, 0.25), (2, None, None), (3, 50, 0.5))
    )
    failure = Failure(
        outcome=InputOutcome.REFUSED,
        article=make_article(id="a1"),
        source=make_taken().source,
        reader="openai/m",
        prompt="incident/v1",
        reason="it refused",
        attempts=attempts,
    )
    row = row_of(failure, failure.model_dump_json())
    assert (row.id, row.outcome, row.reason) == ("a1", "refused", "it refused")
    assert (row.reader, row.prompt) == ("openai/m", "incident/v1")
    assert (row.path, row.line) == ("articles.jsonl", 1)
    assert (row.prompt_tokens, row.completion_tokens, row.usd) == (150, None, 0.75)
    assert Failure.model_validate_json(row.record or "") == failure
    bare = row_of(make_rejected(4), "{}")
    assert (bare.id, bare.outcome, bare.line) == (None, "rejected_input", 4)
    assert (bare.reader, bare.prompt_tokens, bare.usd) == (None, None, None)


@contextmanager
def working(folder: Path, url: str | None = None, **changed: Any) -> Generator[Worker]:
    """A worker of a job that has one; it reads with the built-in rules if there is no endpoint."""
    asked = settings(url or "http://127.0.0.1:9/v1", reader="openai/m" if url else "baseline")
    plan: dict[str, Any] = {
        "settings": asked,
        "workers": 1,
        "checkpoint": folder / "checkpoint",
        "name": "j",
        "manifest": make_manifest(),
        "prompt": "incident/v1",
    }
    checkpoint = Checkpoint(folder / "checkpoint")
    with checkpoint.held(make_manifest()), closing(Worker(Plan(**{**plan, **changed}))) as worker:
        yield worker


def entries(*names: str) -> list[str]:
    return [write_entry(make_taken(make_article(f"{name}. It rained.", id=name))) for name in names]


def told(rows: list[Row]) -> list[tuple[str | None, str | None]]:
    return [(row.id, row.outcome) for row in rows]


def test_a_worker_says_what_became_of_each_input_in_order(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(late(GOOD, 0.1), fails(500), GOOD)
    given = [*entries("a1", "a2"), write_entry(make_rejected(3)), *entries("a4")]
    with working(tmp_path, endpoint.url) as worker:
        rows = worker.read(given)
    assert told(rows) == [("a1", "read"), ("a2", "read"), (None, "rejected_input"), ("a4", "read")]
    reading = Reading.model_validate_json(rows[0].record or "")
    assert (reading.article.id, reading.reader, reading.prompt) == ("a1", "openai/m", "incident/v1")
    assert rows[0].prompt_tokens == 100
    assert len(endpoint.calls) == 4


def test_what_a_worker_was_answered_is_never_asked_again(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(GOOD)
    with working(tmp_path, endpoint.url) as worker:
        first = worker.read(entries("a1", "a2"))
        assert told(worker.read(entries("a2"))) == [("a2", "read")]
    with working(tmp_path, endpoint.url, name="later") as worker:
        again = worker.read(entries("a1", "a2", "a3"))
    assert len(endpoint.calls) == 3
    assert [row.record for row in again[:2]] == [row.record for row in first]


def test_a_worker_begins_nothing_once_the_endpoint_refuses_every_call(
    scripted: Scripted, tmp_path: Path
) -> None:
    endpoint = scripted(fails(401, "wrong key"))
    with working(
        tmp_path, endpoint.url, settings=settings(endpoint, reader="openai/m", at_once=1)
    ) as worker:
        rows = worker.read(entries("a1", "a2")) + worker.read(entries("a3"))
    assert told(rows) == [("a1", "infra_error"), ("a2", None), ("a3", None)]
    assert rows[2].reason is not None
    assert rows[2].reason.startswith("not read: ")
    assert rows[2].record is None
    assert len(endpoint.calls) == 1


def test_a_worker_keeps_to_its_share_of_a_cap(scripted: Scripted, tmp_path: Path) -> None:
    endpoint = scripted(GOOD)
    with working(tmp_path, endpoint.url, limits=Limits(tokens=10)) as worker:
        rows = worker.read(entries("a1"))
    assert told(rows) == [("a1", "infra_error")]
    assert "the cap of 10 tokens for the run is reached" in (rows[0].reason or "")
    assert endpoint.calls == []


def test_the_built_in_rules_can_be_spread_too(tmp_path: Path) -> None:
    with working(tmp_path) as worker:
        rows = worker.read(entries("a1", "a2"))
    assert told(rows) == [("a1", "read"), ("a2", "read")]
    assert rows[0].reader == "baseline"
    assert rows[0].prompt_tokens is None


def test_a_worker_of_another_version_does_not_begin(tmp_path: Path) -> None:
    other = make_manifest().model_copy(update={"code_sha256": "0" * 64})
    with (
        pytest.raises(StoreError, match="a worker has another version of tollbook"),
        working(tmp_path, manifest=other),
    ):
        pass
    with working(tmp_path) as worker:  # and its place is free again
        assert told(worker.read(entries("a1"))) == [("a1", "read")]


def test_a_call_that_cannot_be_written_down_ends_the_job(
    scripted: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> int:
        raise StoreError("the disk is full")

    endpoint = scripted(GOOD)
    monkeypatch.setattr("extractor.jobs.journal.Journal.begin", fail)
    with (
        working(tmp_path, endpoint.url) as worker,
        pytest.raises(StoreError, match="the disk is full"),
    ):
        worker.read(entries("a1", "a2"))
    assert endpoint.calls == []


def test_a_row_has_a_column_for_everything() -> None:
    assert [field.name for field in fields(Row)] == [
        *("id", "outcome", "reason", "reader", "prompt", "path", "line"),
        *("prompt_tokens", "completion_tokens", "usd", "record"),
    ]


@pytest.mark.parametrize(
    ("changed", "error", "told"),
    [
        ({"settings": {"reader": "openai/m", "base_url": None}}, SettingsError, "no key for"),
        ({"settings": {"reader": "nobody"}}, UsageError, "no reader 'nobody'"),
        ({"settings": {"reader": "openai/m"}, "prompt": "no/v9"}, PromptError, "no/v9"),
        ({"settings": {"reader": "openai/m", "at_once": 2}, "workers": 3}, UsageError, "shared by"),
        ({"workers": 0}, UsageError, "0 workers cannot read anything"),
        ({"limits": Limits(tokens=9)}, UsageError, "makes no calls that cost anything"),
        ({"inputs": []}, UsageError, "there is nothing to read"),
        ({"run": Path(__file__).parent}, StoreError, "there is something at"),
    ],
    ids=["key", "reader", "prompt", "shares", "workers", "caps", "inputs", "run"],
)
def test_what_is_wrong_is_told_before_ray_is_begun(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    no_outer_settings: None,
    changed: dict[str, Any],
    error: type[Exception],
    told: str,
) -> None:
    def begin() -> None:
        raise AssertionError("Ray was begun")

    monkeypatch.setattr("extractor.jobs.ray_data.load_ray", begin)
    asked: dict[str, Any] = {"reader": "baseline", "base_url": "http://127.0.0.1:9/v1"}
    given: dict[str, Any] = {
        "inputs": ["in.jsonl"],
        "workers": 1,
        **changed,
        "settings": EndpointSettings(**{**asked, **changed.get("settings", {})}),
    }
    with pytest.raises(error, match=told):
        read_with_ray(given.pop("inputs"), tmp_path / "out", **given)
    assert not (tmp_path / "out").exists()


def test_an_error_of_ours_is_found_in_what_ray_tells() -> None:
    told = "UDF failed\n  File x, line 3\nextractor.errors.StoreError: the disk is full; free it\n"
    found = find_own(told)
    assert (type(found), str(found)) == (StoreError, "the disk is full; free it")
    assert find_own("ValueError: extractor.errors.StoreError: quoted") is None
    assert find_own("extractor.errors.Path: no error") is None


def test_without_ray_it_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_nothing(name: str) -> None:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr("extractor.jobs.spread.libraries.import_module", find_nothing)
    with pytest.raises(UsageError, match=r"install the extra 'ray', in a checkout with: "):
        read_with_ray(
            ["in.jsonl"], tmp_path / "out", workers=1, settings=EndpointSettings(reader="baseline")
        )
    assert not (tmp_path / "out").exists()
