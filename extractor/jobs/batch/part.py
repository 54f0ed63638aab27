"""The file of a part: the requests of a batch, a line each, written bit by bit and then sealed."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from extractor.readers.batches import PATH
from extractor.readers.exchange import Call
from extractor.store.folder import sync_names, unwritable

FOLDER = "batches"
"""In the run folder: files of parts whose results are not stored yet."""

_BYTES_PER_TOKEN = 3  # of a request; fewer than most have, so that a limit is rather kept
# Ends of lines to some who read lines, though not to JSON.
_LINE_ENDS = (
    (b"\xe2\x80\xa8", rb"\u2028"),
    (b"\xe2\x80\xa9", rb"\u2029"),
    (b"\xc2\x85", rb"\u0085"),
)


@dataclass(frozen=True, kw_only=True)
class PartLimits:
    """How much goes into one part."""

    requests: int
    bytes: int
    tokens: int | None = None
    """As far as they can be guessed; empty for no limit."""


def line_of(call: Call) -> bytes:
    """The line of a request: its body is the very one that the live lane sends."""
    body = call.sent
    for sign, escaped in _LINE_ENDS:
        body = body.replace(sign, escaped)
    name = f'"custom_id":"{call.request_sha256}","method":"POST","url":"{PATH}"'
    return b'{%s,"body":%s}\n' % (name.encode(), body)


def id_of(line: bytes) -> str:
    """The id of a request, from its line."""
    return json.loads(line)["custom_id"]


def requests_path(folder: Path, part: int) -> Path:
    """The file of a part."""
    return folder / f"part-{part:05}.jsonl"


def output_path(folder: Path, part: int) -> Path:
    """What a batch brought."""
    return folder / f"part-{part:05}.output.jsonl"


def errors_path(folder: Path, part: int) -> Path:
    """What failed in a batch."""
    return folder / f"part-{part:05}.errors.jsonl"


class Draft:
    """A part that requests are still added to."""

    def __init__(self, folder: Path, part: int) -> None:
        """Begin the file of a part.

        Raises:
            StoreError: it cannot be written.
        """
        self.part = part
        self.requests = self.size = 0
        self._path = requests_path(folder, part)
        self._draft = self._path.with_name(f".{self._path.name}.draft")
        try:
            folder.mkdir(exist_ok=True)
            self._file = self._draft.open("wb")
        except OSError as error:
            raise unwritable(folder, error) from error

    @property
    def tokens(self) -> int:
        """What its requests come to, roughly."""
        return tokens_of(self.size)

    def has_room(self, line: bytes, limits: PartLimits) -> bool:
        """Whether a line may be added; one always may, however long it is."""
        size = self.size + len(line)
        fits = self.requests < limits.requests and size <= limits.bytes
        return not self.requests or (
            fits and (limits.tokens is None or tokens_of(size) <= limits.tokens)
        )

    def add(self, line: bytes) -> None:
        """Add a request.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            self._file.write(line)
        except OSError as error:
            raise unwritable(self._path.parent, error) from error
        self.requests += 1
        self.size += len(line)

    def seal(self) -> None:
        """Put the file in its place, whole.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._draft.replace(self._path)
        except OSError as error:
            raise unwritable(self._path.parent, error) from error
        sync_names(self._path.parent)

    def drop(self) -> None:
        """Let go of the file; nothing of it was sent."""
        self._file.close()
        self._draft.unlink(missing_ok=True)


def tokens_of(size: int) -> int:
    """Tokens that requests of so many bytes have, roughly."""
    return size // _BYTES_PER_TOKEN
