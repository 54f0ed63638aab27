"""Rows: the lines of a corpus file, each field looked up with a word on where it should stand."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from eval.corpora.corpus import CorpusError, Document
from extractor.article import Article

_MISSING = object()
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a corpus file."""

    path: Path
    line: int
    fields: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A field that holds words.

        Raises:
            CorpusError: it is missing, empty, or no text.
        """
        words = self.optional_text(name)
        if not words or not words.strip():
            raise self.error(name, "is empty")
        return words

    def optional_text(self, name: str) -> str | None:
        """A field that holds words or nothing.

        Raises:
            CorpusError: it is missing, or something else.
        """
        found = self._typed(name, str, "text")
        if found is not None and not _is_unicode(found):
            raise self.error(name, "holds half of a character")
        return found

    def number(self, name: str) -> int:
        """A field that holds a whole number of people.

        Raises:
            CorpusError: it is missing, or something else.
        """
        found = self.optional_number(name)
        if found is None:
            raise self.error(name, "is empty; a whole number belongs there")
        return found

    def optional_number(self, name: str) -> int | None:
        """A field that holds a whole number of people or nothing.

        Raises:
            CorpusError: it is missing, or something else.
        """
        found = self._typed(name, int, "a whole number")
        if found is not None and found < 0:
            raise self.error(name, f"is {found}, below zero")
        return found

    def optional_point(self, lat: str, lon: str) -> tuple[float, float] | None:
        """Two fields that hold a latitude and a longitude, or nothing; both may be left out.

        Raises:
            CorpusError: one of them is no such number.
        """
        found = [self._degrees(lat, 90), self._degrees(lon, 180)]
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def names(self, name: str) -> tuple[str, ...]:
        """A field that holds a list of words.

        Raises:
            CorpusError: it is missing, or something else.
        """
        listed = cast("list[object]", self._typed(name, list, "a list") or [])
        if not all(isinstance(one, str) for one in listed):
            raise self.error(name, "holds something else than words")
        return tuple(one for one in listed if isinstance(one, str))

    def day(self, name: str) -> date:
        """A field that holds a day, YYYY-MM-DD.

        Raises:
            CorpusError: it is missing, or something else.
        """
        words = self.text(name)
        try:
            return date.fromisoformat(words)
        except ValueError as error:
            raise self.error(name, f"is {words[:40]!r}, no day YYYY-MM-DD") from error

    def part(self, name: str) -> Mapping[str, Any] | None:
        """A field that holds further fields, or nothing.

        Raises:
            CorpusError: it is missing, or something else.
        """
        return cast("Mapping[str, Any] | None", self._typed(name, dict, "an object"))

    def error(self, name: str, trouble: str) -> CorpusError:
        """An error about a field of this line."""
        return CorpusError(f"{self.path}, line {self.line}: the field {name!r} {trouble}")

    def _degrees(self, name: str, most: int) -> float | None:
        found = self._find(name)
        if found is _MISSING or found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or not abs(found) <= most:
            raise self.error(name, f"is no number from -{most} to {most}")
        return float(found)

    def _typed(self, name: str, kind: type[_T], called: str) -> _T | None:
        found = self._find(name)
        if found is _MISSING:
            told = ", ".join(sorted(str(key) for key in self._beside(name))) or "nothing"
            raise self.error(
                name,
                f"is missing; beside it there is {told}: is it a file of another corpus?",
            )
        if found is None:
            return None
        if not isinstance(found, kind) or isinstance(found, bool):
            raise self.error(name, f"is {type(found).__name__}; {called} belongs there")
        return found

    def _find(self, name: str) -> object:
        found: object = self.fields
        for key in name.split("."):
            if not isinstance(found, dict) or key not in found:
                return _MISSING
            found = cast("dict[str, object]", found)[key]
        return found

    def _beside(self, name: str) -> Mapping[str, Any]:
        parent = self._find(name.rpartition(".")[0]) if "." in name else self.fields
        return cast("Mapping[str, Any]", parent) if isinstance(parent, dict) else {}


def load_documents(path: Path, read: Callable[[Row], Document]) -> Sequence[Document]:
    """The documents of a corpus file, one JSON object a line.

    Raises:
        CorpusError: the file cannot be read, is empty, or a line of it is no document; it says
            which line and which field.
    """
    documents: dict[str, Document] = {}
    for row in _rows(path):
        document = read(row)
        if document.id in documents:
            raise row.error("id", f"is {document.id!r}, as on a line before")
        documents[document.id] = document
    if not documents:
        raise CorpusError(f"{path} holds no document; name a file with one JSON object a line")
    return tuple(documents.values())


def article_of(row: Row, *, title: str | None = None, published_at: date | None = None) -> Article:
    """What a reader gets of a row: its id and text, and what else the corpus states.

    Raises:
        CorpusError: there is no id or text.
    """
    words = row.text("text")
    try:
        return Article.of(words, id=row.text("id"), title=title, published_at=published_at)
    except ValidationError as error:
        raise row.error("text", "is no article") from error


def _rows(path: Path) -> Iterator[Row]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path} cannot be read ({error.strerror}); name a JSONL file") from error
    for line, raw in enumerate(content.split(b"\n"), 1):  # a text may hold other line ends
        if not raw.strip():
            continue
        try:
            fields: object = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            told = str(error).partition(":")[0]  # what follows may be words of the text
            raise CorpusError(f"{path}, line {line}: no JSON object ({told})") from error
        if not isinstance(fields, dict):
            raise CorpusError(f"{path}, line {line}: no JSON object but {type(fields).__name__}")
        yield Row(path=path, line=line, fields=cast("dict[str, Any]", fields))


def _is_unicode(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True
