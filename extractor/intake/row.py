"""An article stated as a row of a table: its columns are the fields of a JSON record."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from extractor.intake.record import take_record
from extractor.intake.taken import Taken, Terms, UnfitInputError, reject
from extractor.records import Rejected, Source

_NAMED = 16  # digits of the hash that a row without a place is known by


def take_row(
    row: Mapping[str, object], *, path: str, number: int | None, terms: Terms
) -> Taken | Rejected:
    """Make an article of a row, or reject it.

    Args:
        row: values by column; days and moments may be such, or words.
        path: of the table.
        number: of the row, from 1; a row without one is known by its content.
        terms: what the user said.
    """
    record = {name: _plain(value) for name, value in row.items()}
    told = json.dumps(record, sort_keys=True, ensure_ascii=False, default=str)
    raw_sha256 = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    named = raw_sha256[:_NAMED] if number is None else str(number)
    source = Source(path=path if number else f"{path}#{named}", line=number)
    try:
        return take_record(
            record,
            source=source,
            raw_sha256=raw_sha256,
            made_id=f"{Path(path).stem}-{named}",
            terms=terms,
        )
    except UnfitInputError as error:
        return reject(source, error, raw_sha256=raw_sha256, unit="row")


def _plain(value: object) -> object:
    """A day or moment as words: a record states it so."""
    return value.isoformat() if isinstance(value, date) else value
