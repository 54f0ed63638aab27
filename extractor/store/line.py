"""One line of `outcomes.jsonl`: the outcome of one input."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from extractor.errors import RecordError
from extractor.records import Failure, Reading, Rejected, StoredOutcome

_OUTCOME: TypeAdapter[Reading | Failure | Rejected] = TypeAdapter(StoredOutcome)


def parse(line: bytes, path: Path, offset: int) -> Reading | Failure | Rejected:
    """Read the outcome in a line.

    Raises:
        RecordError: it is not an outcome of a schema version that this code reads.
    """
    try:
        return _OUTCOME.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise RecordError(
            f"{str(path)!r}, at byte {offset}: not an outcome that this version reads: "
            f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}"
        ) from error
