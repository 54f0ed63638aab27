"""Intake: a date under another name is neither taken nor overruled in silence."""

import json
from datetime import date
from pathlib import Path

from extractor.intake import Fields, Taken, take


def _take(folder: Path, record: dict[str, str], fields: Fields) -> Taken:
    path = folder / "one.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    (taken,) = take([str(path)], fields=fields, published=date(2024, 3, 15))
    assert isinstance(taken, Taken)
    return taken


def test_a_date_field_that_nobody_named_is_said_and_not_overruled(tmp_path: Path) -> None:
    record = {"id": "a", "text": "Shelling on Monday.", "date": "2014-01-05"}
    taken = _take(tmp_path, record, Fields())
    assert taken.article.published_at is None
    assert any("--date-field date" in notice for notice in taken.notices)


def test_a_date_field_is_taken_once_it_is_named(tmp_path: Path) -> None:
    record = {"id": "a", "text": "Shelling on Monday.", "date": "2014-01-05"}
    assert _take(tmp_path, record, Fields(date="date")).article.published_at == date(2014, 1, 5)


def test_the_field_of_the_default_name_is_enough(tmp_path: Path) -> None:
    record = {"id": "a", "text": "Shelling.", "published_at": "2014-01-05", "date": "2013-12-30"}
    taken = _take(tmp_path, record, Fields())
    assert taken.article.published_at == date(2014, 1, 5)
    assert not any("--date-field" in notice for notice in taken.notices)
