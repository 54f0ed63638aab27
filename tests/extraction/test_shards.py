"""Shards: each input falls to exactly one of them, whoever asks and wherever it runs."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from commanding import outcomes, tollbook_here, write_articles
from making import make_article, make_rejected, make_taken

from extractor.errors import UsageError
from extractor.jobs import Shard, Share, read_shard

ENTRIES = [
    *(make_taken(make_article(id=f"a{number}"), number) for number in range(400)),
    *(make_rejected(number) for number in range(400, 600)),
]


@pytest.mark.parametrize("of", [1, 2, 3, 7, 1000])
def test_every_input_falls_to_exactly_one_shard(of: int) -> None:
    shards = [Shard(number=number, of=of) for number in range(1, of + 1)]
    assert [sum(shard.holds(entry) for shard in shards) for entry in ENTRIES] == [1] * 600


def test_shards_are_of_about_the_same_size() -> None:
    sizes = [len(list(Share(inputs=ENTRIES, shard=Shard(number=n, of=4)))) for n in (1, 2, 3, 4)]
    assert sum(sizes) == 600
    assert all(120 < size < 180 for size in sizes)


def test_an_article_is_told_by_its_id_and_a_rejection_by_its_place() -> None:
    elsewhere = make_taken(make_article("Another text.", id="a1"), 77)
    other = make_rejected(400, reason="another reason")
    for number in range(1, 6):
        shard = Shard(number=number, of=5)
        assert shard.holds(elsewhere) == shard.holds(ENTRIES[1])
        assert shard.holds(other) == shard.holds(ENTRIES[400])


def test_where_an_input_falls_is_the_remainder_of_its_hash_on_every_machine() -> None:
    number = int(hashlib.sha256(b"a1").hexdigest(), 16) % 5 + 1
    assert Shard(number=number, of=5).holds(ENTRIES[1])


def test_a_share_counts_what_it_passes_over() -> None:
    share = Share(inputs=ENTRIES, shard=Shard(number=2, of=3))
    held = list(share)
    assert (share.taken, share.passed_over) == (len(held), 600 - len(held))
    assert not share.is_empty


def test_a_shard_is_written_as_which_of_how_many() -> None:
    assert read_shard("2/8") == Shard(number=2, of=8)
    assert str(read_shard(" 2/8 ")) == "2/8"


@pytest.mark.parametrize("words", ["", "0/3", "4/3", "1", "1/0", "-1/3", "1/3/5", "a/b", "²/3"])
def test_what_is_no_shard_is_told(words: str) -> None:
    with pytest.raises(UsageError, match="is no shard; write which of how many, from 1: 2/8"):
        read_shard(words)


def test_the_shards_of_a_run_read_every_input_once(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", **{f"a{n}": f"Article {n}." for n in range(9)})
    with (tmp_path / "in.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"id": "a3", "text": "Another."}\n{broken\n')
    met: Counter[str] = Counter()
    for number in (1, 2, 3):
        out = tmp_path / f"out-{number}"
        ran = tollbook_here(
            "extract", "in.jsonl", "--out", out, "--shard", f"{number}/3", cwd=tmp_path
        )
        assert ran.code in (0, 3)
        here = outcomes(out)
        assert f"shard {number}/3: {len(here)} of 11 inputs" in ran.err
        met.update(one["outcome"] for one in here)
        again = tollbook_here(
            "extract", "in.jsonl", "--out", out, "--shard", f"{number % 3 + 1}/3", cwd=tmp_path
        )
        assert again.code == 2
        assert f"shard was '{number}/3' and is '{number % 3 + 1}/3'" in again.err
    assert met == {"read": 9, "rejected_input": 2}


def test_a_shard_that_no_input_falls_to_is_done(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", a1="An article.")
    full, empty = ("1/2", "2/2") if read_shard("1/2").holds(ENTRIES[1]) else ("2/2", "1/2")
    for shard, count in ((full, 1), (empty, 0)):
        out = shard.replace("/", "of")
        ran = tollbook_here("extract", "in.jsonl", "-o", out, "--shard", shard, cwd=tmp_path)
        assert ran.code == 0
        assert ran.err.splitlines()[-1] == f"shard {shard}: {count} of 1 inputs"
