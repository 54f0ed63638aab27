"""The bytes of an input: read up to a limit, hashed, and decoded without a change."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from extractor.intake.taken import Noted, UnfitInputError

UTF_8_BYTES = 4
"""Most bytes that one character takes in UTF-8 or UTF-16."""

_CHUNK_BYTES = 1 << 20  # one MiB: few reads, little memory
_BOM_BYTES = 4  # the longest byte order mark
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, kw_only=True)
class Received:
    """An input's bytes; `raw` is empty (None) if there are more than the limit."""

    raw: bytes | None
    size: int
    sha256: str


def text_limit(max_chars: int) -> int:
    """Most bytes that a text of so many characters can take."""
    return UTF_8_BYTES * max_chars + _BOM_BYTES


def receive(stream: BinaryIO, *, limit: int) -> Received:
    """Read a stream to its end; what goes beyond the limit is hashed but not kept."""
    digest, size, kept = hashlib.sha256(), 0, list[bytes]()
    for chunk in _chunks(stream):
        digest.update(chunk)
        size += len(chunk)
        if size <= limit:
            kept.append(chunk)
        else:
            kept.clear()
    raw = b"".join(kept) if size <= limit else None
    return Received(raw=raw, size=size, sha256=digest.hexdigest())


def is_wide(raw: bytes) -> bool:
    """Whether bytes begin with the mark of UTF-16 or UTF-32."""
    return raw.startswith((*_UTF_16_MARKS, *_UTF_32_MARKS))


def decode(raw: bytes) -> Noted[str]:
    """Decode bytes by their mark, or else as UTF-8; only the mark itself is taken off.

    Raises:
        UnfitInputError: they are in another encoding.
    """
    if raw.startswith(_UTF_32_MARKS):
        raise UnfitInputError("it is UTF-32; convert it with: iconv -f UTF-32 -t UTF-8")
    wide = raw.startswith(_UTF_16_MARKS)
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-16") if wide else body.decode()
    except UnicodeDecodeError as error:
        start = error.start + (0 if wide else len(raw) - len(body))
        line = raw.count(b"\n", 0, start) + 1
        raise UnfitInputError(_not_unicode(raw, start, f"line {line}", wide=wide)) from error
    notices = ("the file is UTF-16, not UTF-8; it was decoded by its byte order mark",)
    return Noted(text, notices if wide else ())


def not_utf_8(raw: bytes, start: int) -> str:
    """What is wrong with a line that is not UTF-8, and what to do next."""
    return _not_unicode(raw, start, "of the line", wide=False)


def _not_unicode(raw: bytes, start: int, place: str, *, wide: bool) -> str:
    encoding, other = ("UTF-16", "UTF-16") if wide else ("UTF-8", "WINDOWS-1252")
    return (
        f"it is not {encoding} at byte {start + 1} (0x{raw[start]:02X}, {place}); "
        f"convert it from its encoding, for example with: iconv -f {other} -t UTF-8"
    )


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk
