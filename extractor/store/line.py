"""One line of `outcomes.jsonl`: the outcome of one input, sealed with its checksum.

The last member of a line is `"sha256"`, over the bytes of the line without that member. It has a
fixed length, so that it is checked and taken off before the line is parsed. Lines that earlier
versions wrote have none.
"""

from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from extractor.article import sha256_of
from extractor.errors import RecordError
from extractor.records import Failure, Reading, Rejected, StoredOutcome

_OUTCOME: TypeAdapter[Reading | Failure | Rejected] = TypeAdapter(StoredOutcome)

_MEMBER = b',"sha256":"'
_END = b'"}'
_SEAL_BYTES = len(_MEMBER) + 64 + len(_END)
_MENDING = "restore the file from a copy, or take the line out, and its input is read again"


class Unsealed(NamedTuple):
    """The record in a line."""

    record: bytes
    has_seal: bool
    """Whether it came with a checksum, which then holds."""


def seal(record: bytes) -> bytes:
    """The line of a record, which is a JSON object that is not empty."""
    return b"%b%b%b%b\n" % (record[:-1], _MEMBER, sha256_of(record).encode(), _END)


def unseal(line: bytes) -> Unsealed:
    """Check a line and take its checksum off.

    Raises:
        RecordError: the checksum does not hold.
    """
    whole = line.removesuffix(b"\n")
    body, tail = whole[:-_SEAL_BYTES], whole[-_SEAL_BYTES:]
    if not (tail.startswith(_MEMBER) and tail.endswith(_END)):
        return Unsealed(whole, False)
    record = body + b"}"
    if sha256_of(record).encode() != tail[len(_MEMBER) : -len(_END)]:
        told = f"the line was changed or damaged, as its checksum does not hold; {_MENDING}"
        raise RecordError(told)
    return Unsealed(record, True)


def has_seal(line: bytes) -> bool:
    """Whether a line has a checksum that holds."""
    try:
        return unseal(line).has_seal
    except RecordError:
        return False


def parse(line: bytes) -> Reading | Failure | Rejected:
    """Read the outcome in a line.

    Raises:
        RecordError: its checksum does not hold, or it is not an outcome of a schema version that
            this code reads.
    """
    try:
        return _OUTCOME.validate_json(unseal(line).record)
    except ValidationError as error:
        raise RecordError(describe(error)) from error


def describe(error: ValidationError) -> str:
    """What keeps a line from being an outcome."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    if first["loc"][-1:] == ("sha256",):
        return f"the line was written anew, and its checksum stands there no more; {_MENDING}"
    return f"not an outcome that this version reads: {place or 'line'}: {first['msg']}"


def placed(error: RecordError, path: Path, offset: int) -> RecordError:
    """An error with the place of the line that it is about."""
    number = 1
    with path.open("rb") as lines:
        while (at := lines.tell()) < offset and (piece := lines.read(min(1 << 20, offset - at))):
            number += piece.count(b"\n")
    return RecordError(f"{str(path)!r}, line {number}, at byte {offset}: {error}")
