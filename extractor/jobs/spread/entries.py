"""Inputs as they travel between processes: an article taken, or a rejection, as JSON."""

from pydantic import TypeAdapter

from extractor.intake import Taken
from extractor.records import Rejected

_ENTRY: TypeAdapter[Taken | Rejected] = TypeAdapter(Taken | Rejected)


def write_entry(entry: Taken | Rejected) -> str:
    """An input as JSON."""
    return _ENTRY.dump_json(entry).decode()


def read_entry(written: str) -> Taken | Rejected:
    """An input again."""
    return _ENTRY.validate_json(written)
