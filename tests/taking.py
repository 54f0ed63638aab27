"""Taking inputs in tests: files written, streams read, outcomes told apart."""

import io
import json
from datetime import date
from pathlib import Path
from typing import BinaryIO

from extractor.intake import MAX_CHARS, Fields, Form, Taken, take
from extractor.records import Rejected

NO_DATE = "no publication date: weekdays cannot be dated; give --published YYYY-MM-DD"
DAY = date(2016, 12, 1)


def taken(outcome: Taken | Rejected) -> Taken:
    assert isinstance(outcome, Taken), outcome.reason
    return outcome


def rejected(outcome: Taken | Rejected) -> Rejected:
    assert isinstance(outcome, Rejected), outcome
    return outcome


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def take_all(
    *inputs: str,
    fields: Fields | None = None,
    published: date | None = None,
    form: Form = "auto",
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
) -> list[Taken | Rejected]:
    return list(
        take(
            inputs,
            fields=fields or Fields(),
            published=published,
            form=form,
            max_chars=max_chars,
            stdin=stdin,
        )
    )


def take_record(
    folder: Path,
    record: object,
    *,
    fields: Fields | None = None,
    published: date | None = None,
    max_chars: int = MAX_CHARS,
) -> Taken | Rejected:
    path = write(folder, "records.jsonl", json.dumps(record) + "\n")
    (outcome,) = take_all(path, fields=fields, published=published, max_chars=max_chars)
    return outcome


def take_stdin(content: str | bytes, form: Form = "auto") -> list[Taken | Rejected]:
    raw = content.encode() if isinstance(content, str) else content
    return take_all("-", form=form, stdin=io.BytesIO(raw))
