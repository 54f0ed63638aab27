"""Recordings: answers of a model kept in a JSONL file, and the reader that gives them again.

The first line says what was recorded: model, parameters and wire schema. Every further line is
one answer under the key of its request. A request without an answer is an error, never a call.
"""

import os
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.article import sha256_of
from extractor.codes import InputOutcome
from extractor.errors import RecordingError
from extractor.readers.answer import Answer, NoAnswer, Reader
from extractor.readers.calls import sha256_of_json
from extractor.readers.replies import FailedOutcome
from extractor.records import Attempt
from extractor.request import Request
from extractor.wire import WireAnswer, strict_schema

PREFIX = "recorded:"
"""What the name of a recording's reader starts with; the path follows."""

_Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Line(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )


_LineT = TypeVar("_LineT", bound=_Line)


class Header(_Line):
    """The first line: what the keys of the others were made of, beside the messages."""

    recording: Literal[1]
    """Version of this file format."""
    model: str
    """The model that answered."""
    parameters: dict[str, Any]
    """What else shaped its answers."""
    wire_schema_sha256: _Hash
    """Hash of the schema that they fit."""


class Entry(_Line):
    """One answer, or how the reading ended without one."""

    key: _Hash
    """Hash of the request."""
    answer: WireAnswer | None
    """The answer; empty if there was none."""
    outcome: FailedOutcome | None = None
    """How it ended without an answer; empty if there is one."""
    reason: str | None = None
    """Why there is no answer."""
    raw_answer: str | None = None
    """What the model did say instead."""
    model: str
    """The model that answered."""
    attempts: tuple[Attempt, ...] = ()
    """The calls that were made for it, when it was recorded."""

    @model_validator(mode="after")
    def _is_either(self) -> Self:
        if (self.answer is None) == (self.outcome is None):
            raise ValueError("needs either an answer or an outcome")
        return self

    def replay(self) -> Answer | NoAnswer:
        """What the reader gave back when this was recorded."""
        if self.answer is not None:
            return Answer(answer=self.answer, attempts=self.attempts)
        return NoAnswer(
            outcome=self.outcome or InputOutcome.INVALID,
            reason=self.reason or "no reason was recorded",
            raw_answer=self.raw_answer,
            attempts=self.attempts,
        )


class RecordableReader(Reader, Protocol):
    """A reader that can say what its answers depend on."""

    @property
    def model(self) -> str:
        """The model asked."""
        ...

    @property
    def parameters(self) -> dict[str, Any]:
        """What shapes an answer beside model, messages and wire schema."""
        ...

    @property
    def wire_schema(self) -> dict[str, Any]:
        """The schema asked for."""
        ...


def open_recorded_reader(path: Path) -> "RecordedReader":
    """Open the reader `recorded:PATH`.

    Raises:
        RecordingError: the file cannot be read, has a bad line, or was made with another schema.
    """
    content = _content(path)
    header, entries = _parse(path, content)
    wire_schema = strict_schema()
    if header.wire_schema_sha256 != sha256_of_json(wire_schema):
        raise RecordingError(
            f"recording {str(path)!r} was made with another wire schema; record it again"
        )
    return RecordedReader(path, header, entries, wire_schema, sha256_of(content))


class RecordedReader:
    """Gives recorded answers again."""

    needs_prompt = True

    def __init__(
        self,
        path: Path,
        header: Header,
        entries: dict[str, Entry],
        wire_schema: dict[str, Any],
        fingerprint: str,
    ) -> None:
        self.name = f"{PREFIX}{path}"
        self.header = header
        self.fingerprint = fingerprint
        self._path = path
        self._entries = entries
        self._wire_schema = wire_schema

    def holds(self, request: Request) -> bool:
        """Whether there is an answer to this very request."""
        return self._key(request) in self._entries

    async def read(self, request: Request) -> Answer | NoAnswer:
        """Give the recorded answer.

        Raises:
            RecordingError: there is none.
        """
        key = self._key(request)
        if entry := self._entries.get(key):
            return entry.replay()
        raise RecordingError(
            f"no answer to article {request.article.id!r} in recording {str(self._path)!r} "
            f"(key {key}): the article or the prompt differs from what was recorded; read it with "
            f"the model {self.header.model!r} and --record to add it"
        )

    async def close(self) -> None:
        """Nothing to let go of."""

    def _key(self, request: Request) -> str:
        return request.key(
            wire_schema=self._wire_schema,
            model=self.header.model,
            parameters=self.header.parameters,
        )


class Recorder:
    """A model reader whose answers are also added to a recording.

    A key that the recording holds already is not added again. Readings that ended for want of an
    answer from the endpoint are not recorded, since they say nothing about the model.
    """

    needs_prompt = True

    def __init__(self, inner: RecordableReader, path: Path) -> None:
        """Begin a recording, or go on with one.

        Raises:
            RecordingError: the file cannot be written or read, or is another model's.
        """
        self.name = inner.name
        self.fingerprint = inner.fingerprint
        self._inner = inner
        self._path = path
        header = Header(
            recording=1,
            model=inner.model,
            parameters=inner.parameters,
            wire_schema_sha256=sha256_of_json(inner.wire_schema),
        )
        if not path.exists() or path.stat().st_size == 0:
            _append(path, header)
            self._keys: set[str] = set()
            return
        content = _content(path)
        found, entries = _parse(path, content)
        if found != header:
            raise RecordingError(
                f"recording {str(path)!r} was made with another model, other parameters or another "
                "wire schema; record into a new file"
            )
        if not content.endswith(b"\n"):
            raise RecordingError(
                f"{path!s}:{content.count(bytes([10])) + 1}: the last line has no end; "
                "add a line break, or delete the line if it is cut off"
            )
        self._keys = set(entries)

    async def read(self, request: Request) -> Answer | NoAnswer:
        """Let the model answer, and record what it says.

        Raises:
            EndpointError: the endpoint refuses every call.
            RecordingError: the recording cannot be written.
        """
        answered = await self._inner.read(request)
        model, schema = self._inner.model, self._inner.wire_schema
        key = request.key(wire_schema=schema, model=model, parameters=self._inner.parameters)
        entry = _entry(key, model, answered)
        if entry.outcome is not InputOutcome.INFRA_ERROR and key not in self._keys:
            self._keys.add(key)
            _append(self._path, entry)
        return answered

    async def close(self) -> None:
        """Close the model's reader."""
        await self._inner.close()


def _entry(key: str, model: str, answered: Answer | NoAnswer) -> Entry:
    if isinstance(answered, Answer):
        return Entry(key=key, answer=answered.answer, model=model, attempts=answered.attempts)
    return Entry(
        key=key,
        answer=None,
        outcome=answered.outcome,
        reason=answered.reason,
        raw_answer=answered.raw_answer,
        model=model,
        attempts=answered.attempts,
    )


def _append(path: Path, line: _Line) -> None:
    content = f"{line.model_dump_json()}\n".encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            # One write per line: with O_APPEND, two writers never get into each other's lines.
            written = os.write(handle, content)
            if written != len(content):
                os.ftruncate(handle, os.fstat(handle).st_size - written)
                raise OSError(None, "the disk is full")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise RecordingError(
            f"recording {str(path)!r} cannot be written ({error.strerror}); "
            "check its folder and the space left"
        ) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RecordingError(
            f"recording {str(path)!r} cannot be read ({error.strerror}); check the path"
        ) from error


def _parse(path: Path, content: bytes) -> tuple[Header, dict[str, Entry]]:
    first, *rest = content.removesuffix(b"\n").split(b"\n")
    header = _line(Header, first, f"{path}:1")
    entries: dict[str, Entry] = {}
    for number, raw in enumerate(rest, start=2):
        entry = _line(Entry, raw, f"{path}:{number}")
        if entry.key in entries:
            raise RecordingError(
                f"{path}:{number}: key {entry.key!r} stands there twice; delete one of the lines"
            )
        entries[entry.key] = entry
    return header, entries


def _line(kind: type[_LineT], raw: bytes, where: str) -> _LineT:
    try:
        return kind.model_validate_json(raw)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(step) for step in problem["loc"]) or "the line"
    raise RecordingError(
        f"{where}: no {kind.__name__.lower()} of a recording ({place}: {problem['msg']}); "
        "delete the line, or record the article again"
    )
