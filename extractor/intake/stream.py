"""The stream of inputs: every one named becomes articles or rejections, none is passed over."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from extractor.intake.content import KnownForm, take_content
from extractor.intake.entries import FORMS, Entry, find_entries
from extractor.intake.folder import shown, unreadable
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
    for entry in find_entries(inputs, tell=tell):
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


def _outcomes(
    entry: Entry, form: Form, terms: Terms, stdin: BinaryIO | None
) -> Iterator[Taken | Rejected]:
    if entry.name == STDIN:
        yield from take_stdin(stdin or sys.stdin.buffer, form, terms)
        return
    known = entry.form(form)
    if known is not None:
        yield from _take_file(entry.name, known, terms)
    else:
        error = _unknown_suffix(Path(entry.name).suffix)
        yield reject(Source(path=shown(entry.name)), error)


def _unknown_suffix(suffix: str) -> UnfitInputError:
    return UnfitInputError(
        f"not an article format: {suffix!r} is none of {' '.join(FORMS)}; "
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
