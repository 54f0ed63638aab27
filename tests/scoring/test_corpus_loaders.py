"""Corpus files: what a loader makes of a line, and what it says of a line it cannot use."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import (
    AIRWARS_ROW,
    GVA_ROW,
    ISAF_ROW,
    LEFT_OUT,
    ROWS,
    SATP_ROW,
    changed,
    write_rows,
)

from eval.corpora.corpus import CorpusError, Document
from eval.corpora.grades import Range
from eval.corpora.known import CORPORA, find_corpus


def load(tmp_path: Path, name: str, *rows: object) -> tuple[Document, ...]:
    return tuple(find_corpus(name).load(write_rows(tmp_path / "c.jsonl", *rows)))


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({}, date(2011, 1, 2)),  # the release of December, the header of January
        ({"release": "2011-01-S-310"}, date(2011, 1, 2)),
        ({"release": "2012-01-CA-3", "date": "Dec. 30"}, date(2011, 12, 30)),
        ({"release": "011-07-S-051", "date": "July 16"}, date(2011, 7, 16)),
        ({"date": "Nov. 20, 2011"}, date(2011, 11, 20)),
        ({"date": "Sept. 1", "release": "2010-09-CA-005"}, date(2010, 9, 1)),
        ({"release": "RC- EAST"}, None),
        ({"date": None}, None),
    ],
    ids=["turn", "same year", "turn back", "cut", "own year", "Sept.", "no number", "no header"],
)
def test_the_year_of_a_release_comes_from_its_header_or_its_number(
    tmp_path: Path, fields: dict[str, Any], day: date | None
) -> None:
    (document,) = load(tmp_path, "isaf", changed(ISAF_ROW, **fields))
    assert document.article.published_at == day


def test_a_reader_is_never_given_the_day_of_the_incident(tmp_path: Path) -> None:
    (entry,) = load(tmp_path, "satp", SATP_ROW)
    (assessment,) = load(tmp_path, "airwars", AIRWARS_ROW)
    (page,) = load(tmp_path, "gva", GVA_ROW)
    assert entry.article.published_at is None
    assert assessment.article.published_at is None
    assert (page.article.published_at, page.article.title) == (date(2014, 3, 4), GVA_ROW["title"])


def test_documents_are_clustered_by_what_they_share(tmp_path: Path) -> None:
    found = {name: load(tmp_path, name, row)[0].cluster for name, row in ROWS.items()}
    assert found == {"isaf": "2010-12-S-310", "satp": "satp-1", "gva": "77", "airwars": "aw-1"}


def test_the_text_is_kept_as_it_stands_line_separators_and_all(tmp_path: Path) -> None:
    words = "One.\u2028Two.\u0085Three.\r\nFour. "
    (document,) = load(tmp_path, "satp", changed(SATP_ROW, text=words))
    assert document.article.text == words


def test_unknown_is_a_label_zero_is_another_and_no_label_is_none(tmp_path: Path) -> None:
    rows = [
        changed(AIRWARS_ROW, id=str(n), labels__civilians_killed=label)
        for n, label in enumerate([{"raw": "Unknown"}, {"min": 0, "max": 0}, None])
    ]
    found = [one.labels["killed"] for one in load(tmp_path, "airwars", *rows)]
    assert found == [Range(lower=None, upper=None), Range(lower=0, upper=0), None]


def test_a_span_of_days_is_no_day(tmp_path: Path) -> None:
    (document,) = load(tmp_path, "airwars", changed(AIRWARS_ROW, date="October 9\u201310, 2023"))
    assert document.labels["date"] is None


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("isaf", {"labels__min_killed": LEFT_OUT}, "'labels.min_killed' is missing"),
        ("isaf", {"labels__min_killed": "2"}, "'labels.min_killed' is str"),
        ("isaf", {"labels__min_killed": True}, "'labels.min_killed' is bool"),
        ("isaf", {"labels__min_killed": -1}, "'labels.min_killed' is -1"),
        ("isaf", {"labels__min_killed": None}, "'labels.min_killed' is empty"),
        ("isaf", {"labels__start_date": "yesterday"}, "'labels.start_date' is 'yesterday'"),
        ("isaf", {"labels__province": "khost"}, "'labels.province' is str"),
        ("isaf", {"labels__province": [1]}, "'labels.province' holds"),
        ("isaf", {"date": "Feb. 30"}, "'date' is 'Feb. 30'"),
        ("isaf", {"date": "Foo. 3"}, "'date' is 'Foo. 3'"),
        ("isaf", {"release": ""}, "'release' is empty"),
        ("isaf", {"text": "  "}, "'text' is empty"),
        ("isaf", {"id": LEFT_OUT}, "'id' is missing"),
        ("isaf", {"labels": LEFT_OUT}, "'labels.min_killed' is missing"),
        ("isaf", {"labels": []}, "'labels.min_killed' is missing"),
        ("satp", {"labels__deaths__total_fatalities": 1.5}, "total_fatalities' is float"),
        ("satp", {"labels__deaths__maoist_fatalities": None}, "maoist_fatalities' is empty"),
        ("satp", {"labels__location__lat_fixed": 91}, "'labels.location.lat_fixed' is no number"),
        ("satp", {"labels__location__lon_fixed": "85"}, "'labels.location.lon_fixed' is no"),
        ("gva", {"labels__incident_date": "3 March 2014"}, "'labels.incident_date' is '3 March"),
        ("gva", {"date": "4 March 2014"}, "'date' is '4 March 2014'"),
        ("airwars", {"labels__civilians_killed": {"raw": "many"}}, "civilians_killed.raw' is"),
        ("airwars", {"labels__civilians_killed": {"min": 3, "max": 2}}, "runs from 3 to 2"),
        ("airwars", {"labels__civilians_killed": {"min": 3}}, "civilians_killed.max' is missing"),
        ("airwars", {"date": "2023-10-09"}, "'date' is '2023-10-09'"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, name: str, fields: dict[str, Any], told: str
) -> None:
    good = changed(ROWS[name], id="good")
    if "id" in fields:
        good["id"] = "good"
    with pytest.raises(CorpusError, match="line 2: the field") as caught:
        load(tmp_path, name, good, changed(ROWS[name], **fields))
    assert told in str(caught.value)


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.parametrize("other", sorted(ROWS))
def test_a_file_of_another_corpus_is_told_from_its_first_line(
    tmp_path: Path, name: str, other: str
) -> None:
    if name == other:
        assert load(tmp_path, name, ROWS[other])
        return
    with pytest.raises(CorpusError, match="line 1: the field 'labels"):
        load(tmp_path, name, ROWS[other])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: no JSON object"),
        ("[1]", "line 2: no JSON object but list"),
        ("[" * 100_000, "line 2: no JSON object"),
        ('{"id": "\\ud800"}', "line 2: the field"),
    ],
    ids=["cut", "list", "deep", "half a character"],
)
def test_a_line_that_is_no_document_is_named(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(CorpusError, match=told):
        load(tmp_path, "satp", SATP_ROW, line)


def test_half_a_character_in_a_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "a", "text": "x \\ud800", "labels": {}}\n', "utf-8")
    with pytest.raises(CorpusError, match="line 1"):
        find_corpus("satp").load(path)


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"\xef\xbb\xbf"], ids=["empty", "blank", "mark"]
)
def test_a_file_without_a_document_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=r"holds no document|no JSON object"):
        find_corpus("isaf").load(path)


def test_bytes_that_are_no_text_and_files_that_are_none_are_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'{"id": "\xff"}\n')
    with pytest.raises(CorpusError, match="line 1: no JSON object"):
        find_corpus("isaf").load(path)
    with pytest.raises(CorpusError, match="cannot be read"):
        find_corpus("isaf").load(tmp_path / "none.jsonl")


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="line 2: the field 'id' is 'satp-1', as on a line"):
        load(tmp_path, "satp", SATP_ROW, SATP_ROW)


def test_an_error_tells_no_words_of_a_text(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        load(tmp_path, "satp", '{"text": "Amina Haddad was killed", "id": }')
    assert "Haddad" not in str(caught.value)


def test_a_corpus_that_is_not_known_names_those_that_are() -> None:
    with pytest.raises(CorpusError, match="no corpus 'ace'; there is airwars, gva, isaf, muc4"):
        find_corpus("ace")


def test_every_corpus_goes_by_its_own_name() -> None:
    assert {name: one.name for name, one in CORPORA.items()} == {
        name: name for name in ("airwars", "gva", "isaf", "muc4", "satp")
    }
