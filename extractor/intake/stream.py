"""The stream of inputs: every one named becomes articles or rejections, none is passed over."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from extractor.intake.content import KnownForm, take_content
from extractor.intake.folder import shown, unreadable, walk
from extractor.intake.standard_input import take_stdin
from extractor.intake.taken import (
    MAX_CHARS,
    STDIN,
    Fields,
    Form,
    Taken,
    Terms,
    UnfitInputError,
    place_of,
    reject,
)
from extractor.records import Rejected, Source

_SUFFIXES: dict[str, KnownForm] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
}


def take(
    inputs: Sequence[str],
    *,
    fields: Fields = Fields(),  # noqa: B008 - frozen
    published: date | None = None,
    form: Form = "auto",
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> Iterator[Taken | Rejected]:
    """Take the articles of all inputs, in order; a bad one is rejected and the rest goes on.

    An input is a file, a folder, or `-` for standard input. A folder is read with its subfolders,
    sorted; hidden files and folders in it, whose names begin with a dot, are no inputs, and
    neither are folders that hold a run and the blank lines of JSONL. A file that is named twice,
    or beside its folder, is one input and is taken once, which is told. An id is taken once: the
    first article that has it.
    """
    terms = Terms(fields=fields, published=published, max_chars=max_chars)
    firsts: dict[str, _First] = {}
    taken: set[str] = set()
    for name in inputs:
        for entry in _entries(name):
            path = entry.source.path if isinstance(entry, Rejected) else entry.name
            if path in taken:
                tell(f"{shown(path)!r} is named twice and taken once")
                continue
            taken.add(path)
            if isinstance(entry, Rejected):
                yield entry
                continue
            for outcome in _outcomes(entry, form, terms, stdin):
                yield _unless_repeated(outcome, firsts) if isinstance(outcome, Taken) else outcome


@dataclass(frozen=True, kw_only=True)
class _First:
    source: Source
    text_sha256: str


def _unless_repeated(taken: Taken, firsts: dict[str, _First]) -> Taken | Rejected:
    article = taken.article
    first = firsts.get(article.id)
    if first is None:
        firsts[article.id] = _First(source=taken.source, text_sha256=article.text_sha256)
        return taken
    same = first.text_sha256 == article.text_sha256
    how = (
        "with the same text; leave one of them out"
        if same
        else "with another text; give one of them another id, or its file another name"
    )
    error = UnfitInputError(
        f"the id {article.id!r} stood before, in {place_of(first.source)}, {how}",
        article_id=article.id,
    )
    return reject(taken.source, error, raw_sha256=article.raw_sha256)


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A file as it was named or found, or `-`."""

    name: str
    found: bool
    """Whether a folder was named, and this found in it: then its suffix must tell its form."""


def _entries(name: str) -> Iterator[_Entry | Rejected]:
    if name == STDIN or not os.path.isdir(name):
        yield _Entry(name=name, found=False)
        return
    empty = True
    for entry in walk(Path(name)):
        empty = False
        yield entry if isinstance(entry, Rejected) else _Entry(name=str(entry), found=True)
    if empty:
        error = UnfitInputError("no article in folder; name a folder with files to read")
        yield reject(Source(path=shown(Path(name))), error)


def _outcomes(
    entry: _Entry, form: Form, terms: Terms, stdin: BinaryIO | None
) -> Iterator[Taken | Rejected]:
    if entry.name == STDIN:
        yield from take_stdin(stdin or sys.stdin.buffer, form, terms)
        return
    suffix = Path(entry.name).suffix
    known = _SUFFIXES.get(suffix.lower()) if form == "auto" else form
    if known is not None or not entry.found:
        yield from _take_file(entry.name, known or "text", terms)
    else:
        yield reject(Source(path=shown(entry.name)), _unknown_suffix(suffix))


def _unknown_suffix(suffix: str) -> UnfitInputError:
    return UnfitInputError(
        f"not an article format: {suffix!r} is none of {' '.join(_SUFFIXES)}; "
        "name the file itself to read it as text, or say what it is by --form"
    )


def _take_file(name: str, form: KnownForm, terms: Terms) -> Iterator[Taken | Rejected]:
    source = Source(path=shown(name))
    try:
        with open(name, "rb") as stream:
            stem = Path(source.path).stem
            yield from take_content(stream, form, source=source, stem=stem, terms=terms)
    except OSError as error:
        yield reject(source, unreadable(error))
