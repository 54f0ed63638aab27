"""The index of a run: the last outcome of every input, without the outcomes themselves."""

from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from extractor.codes import InputOutcome
from extractor.records import Failure, Reading, Rejected
from extractor.store.inputs import InputKey, contradicted, key_of, sha256_of_input
from extractor.store.line import parse_at


class Stored(NamedTuple):
    """What is known of a stored outcome without holding it in memory."""

    outcome: InputOutcome
    sha256: str
    """Of the input: see `sha256_of_input`."""
    offset: int


def index_of(path: Path, leaving_out: Container[int] = ()) -> dict[InputKey, Stored]:
    """The last outcome of every input; lines at the offsets told are left out."""
    index: dict[InputKey, Stored] = {}
    offset = 0
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n") and offset not in leaving_out:
                keep(index, parse_at(line, path, offset), offset)
            offset += len(line)
    return index


def keep(index: dict[InputKey, Stored], outcome: Reading | Failure | Rejected, offset: int) -> None:
    """Note the latest outcome of an input, and drop the rejections that it contradicts."""
    article = None if isinstance(outcome, Rejected) else outcome.article
    if outcome.source is not None:
        for key in contradicted(outcome.source, article):
            index.pop(key, None)
    entry = outcome if isinstance(outcome, Rejected) else outcome.article
    index[key_of(outcome)] = Stored(outcome.outcome, sha256_of_input(entry), offset)
