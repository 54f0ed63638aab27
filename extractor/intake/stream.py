"""The stream of inputs: every one named becomes articles or rejections, none is passed over."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, overload

from extractor.intake.content import KnownForm, take_content
from extractor.intake.entries import FORMS, Entry, find_entries
from extractor.intake.firsts import Firsts
from extractor.intake.folder import shown, unreadable
from extractor.intake.known import PAGE, Known, KnownArticle, KnownFile, Recognised
from extractor.intake.standard_input import open_stdin, take_stdin
from extractor.intake.taken import (
    MAX_CHARS,
    STDIN,
    Fields,
    Form,
    Taken,
    Terms,
    UnfitInputError,
    reject,
)
from extractor.records import Rejected, Source


@overload
def take(
    inputs: Sequence[str],
    *,
    fields: Fields = ...,
    published: date | None = ...,
    form: Form = ...,
    max_chars: int = ...,
    stdin: BinaryIO | None = ...,
    tell: Callable[[str], None] = ...,
) -> Iterator[Taken | Rejected]: ...


@overload
def take(
    inputs: Sequence[str],
    *,
    fields: Fields = ...,
    published: date | None = ...,
    form: Form = ...,
    max_chars: int = ...,
    stdin: BinaryIO | None = ...,
    tell: Callable[[str], None] = ...,
    known: Known,
) -> Iterator[Taken | Rejected | Recognised]: ...


def take(
    inputs: Sequence[str],
    *,
    fields: Fields = Fields(),  # noqa: B008 - frozen
    published: date | None = None,
    form: Form = "auto",
    max_chars: int = MAX_CHARS,
    stdin: BinaryIO | None = None,
    tell: Callable[[str], None] = lambda words: None,
    known: Known | None = None,
) -> Iterator[Taken | Rejected | Recognised]:
    """Take the articles of all inputs, in order; a bad one is rejected and the rest goes on.

    An input is a file, a folder, or `-` for standard input. A folder is read with its subfolders,
    sorted; hidden files and folders in it, whose names begin with a dot, are no inputs, and
    neither are folders that hold a run and the blank lines of JSONL. A file that is named twice,
    or beside its folder, is one input and is taken once, which is told. An id is taken once: the
    first article that has it.

    Args:
        inputs: what to read.
        fields: where JSON records state the parts of an article.
        published: publication date of articles that state none.
        form: how to read inputs.
        max_chars: longest article to accept.
        stdin: standard input.
        tell: called with words about what is passed over.
        known: what the run that is gone on with knows of them; such articles are not parsed.

    Raises:
        StoreError: there is no room to remember the ids.
    """
    terms = Terms(fields=fields, published=published, max_chars=max_chars)
    firsts = Firsts(known)
    recognised: list[KnownArticle] = []
    for entry in find_entries(inputs, tell=tell):
        for outcome in take_entry(entry, form, terms, stdin, known):
            settled = _settled(outcome, firsts)
            if isinstance(settled, KnownArticle):
                recognised.append(settled)
                if len(recognised) < PAGE:
                    continue
            if recognised:
                yield Recognised(tuple(recognised))
                recognised.clear()
            if not isinstance(settled, KnownArticle):
                yield settled
    if recognised:
        yield Recognised(tuple(recognised))


def _settled(
    outcome: Taken | Rejected | KnownArticle, firsts: Firsts
) -> Taken | Rejected | KnownArticle:
    match outcome:
        case KnownArticle():
            return firsts.settle_known(outcome)
        case Taken():
            return firsts.settle(outcome)
        case Rejected():
            return outcome


def take_entry(
    entry: Entry | Rejected,
    form: Form,
    terms: Terms,
    stdin: BinaryIO | None = None,
    known: Known | None = None,
) -> Iterator[Taken | Rejected | KnownArticle]:
    """Take the articles of one file; an id may stand twice in what comes of it.

    Args:
        entry: the file, or standard input.
        form: how it is read.
        terms: what the user said.
        stdin: standard input.
        known: what the run that is gone on with knows.
    """
    if isinstance(entry, Rejected):
        yield entry
        return
    if entry.name == STDIN:
        yield from take_stdin(stdin or open_stdin(), form, terms, KnownFile(known, STDIN))
        return
    known_form = entry.form(form)
    if known_form is not None:
        yield from _take_file(entry.name, known_form, terms, known)
    else:
        error = _unknown_suffix(Path(entry.name).suffix)
        yield reject(Source(path=shown(entry.name)), error)


def _unknown_suffix(suffix: str) -> UnfitInputError:
    return UnfitInputError(
        f"not an article format: {suffix!r} is none of {' '.join(FORMS)}; "
        "name the file itself to read it as text, or say what it is by --form"
    )


def _take_file(
    name: str, form: KnownForm, terms: Terms, known: Known | None
) -> Iterator[Taken | Rejected | KnownArticle]:
    source = Source(path=shown(name))
    try:
        with open(name, "rb") as stream:
            stem = Path(source.path).stem
            file = KnownFile(known, source.path)
            yield from take_content(stream, form, source=source, stem=stem, terms=terms, known=file)
    except OSError as error:
        yield reject(source, unreadable(error))
