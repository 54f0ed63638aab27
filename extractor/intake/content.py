"""The content of an input whose form is known: a text, a JSON file, JSONL or a web page."""

from collections.abc import Iterator
from typing import BinaryIO, Literal, cast

from extractor.intake.jsonl import take_lines
from extractor.intake.known import KnownArticle, KnownFile
from extractor.intake.page import PAGE_BYTES, take_page
from extractor.intake.publication import date_article
from extractor.intake.received import Received, decode, receive, text_limit
from extractor.intake.record import take_record
from extractor.intake.strict_json import parse, settle
from extractor.intake.taken import (
    Draft,
    Taken,
    Terms,
    UnfitInputError,
    accept,
    note_made_id,
    reject,
)
from extractor.records import Rejected, Source

KnownForm = Literal["text", "json", "jsonl", "html"]
"""How an input is read, once that is settled."""

JSON_BYTES = 200_000_000
"""Most bytes of a JSON file, which is held in memory whole; JSONL has no such limit."""


def take_content(
    stream: BinaryIO,
    form: KnownForm,
    *,
    source: Source,
    stem: str,
    terms: Terms,
    known: KnownFile,
    notices: tuple[str, ...] = (),
) -> Iterator[Taken | Rejected | KnownArticle]:
    """Take the articles of an open stream; ids that it does not state are made from `stem`.

    Those that are known in this place with these bytes are not parsed.

    Raises:
        OSError: the stream cannot be read to its end.
    """
    if form == "jsonl":
        try:
            yield from take_lines(stream, path=source.path, stem=stem, terms=terms, known=known)
        except UnfitInputError as error:
            yield reject(source, error)
        return
    received = receive(stream, limit=_limit(form, terms))
    try:
        if received.raw is None:
            raise UnfitInputError(_too_large(received.size, form, terms))
        if met := known.find_whole(received.sha256):
            yield met
            return
        match form:
            case "text":
                yield _take_text(received, received.raw, source, stem, terms, notices)
            case "html":
                yield take_page(
                    received.raw,
                    source=source,
                    raw_sha256=received.sha256,
                    made_id=stem,
                    terms=terms,
                )
            case "json":
                yield from _take_json(received, received.raw, source, stem, terms)
    except UnfitInputError as error:
        yield reject(source, error, raw_sha256=received.sha256)


def _limit(form: KnownForm, terms: Terms) -> int:
    return {"html": PAGE_BYTES, "json": JSON_BYTES}.get(form, text_limit(terms.max_chars))


def _too_large(size: int, form: KnownForm, terms: Terms) -> str:
    match form:
        case "json":
            return f"it has {size:,} bytes, the limit is {JSON_BYTES:,}; turn it into JSONL"
        case "html":
            return (
                f"the page has {size:,} bytes, the limit is {PAGE_BYTES:,}; "
                "save its text as a .txt file"
            )
        case _:
            return (
                f"it has {size:,} bytes, more than a text of {terms.max_chars:,} characters, "
                "the limit, can take; split it into its articles or raise --max-chars"
            )


def _take_text(
    received: Received,
    raw: bytes,
    source: Source,
    stem: str,
    terms: Terms,
    notices: tuple[str, ...],
) -> Taken:
    decoded = decode(raw)
    dated = date_article(None, where="the text", published=terms.published)
    draft = Draft(id=stem, text=decoded.value, published_at=dated.value)
    said = (*notices, note_made_id(stem), *decoded.notices, *dated.notices)
    return accept(draft, source=source, raw_sha256=received.sha256, terms=terms, notices=said)


def _take_json(
    received: Received, raw: bytes, source: Source, stem: str, terms: Terms
) -> Iterator[Taken | Rejected]:
    decoded = decode(raw)
    parsed = parse(decoded.value)
    if not isinstance(parsed, list):
        yield take_record(
            settle(parsed),
            source=source,
            raw_sha256=received.sha256,
            made_id=stem,
            terms=terms,
            notices=decoded.notices,
        )
        return
    records = cast("list[object]", parsed)
    if not records:
        raise UnfitInputError("the list in it is empty; leave the file out or fill it")
    for position, record in enumerate(records, start=1):
        place = Source(path=source.path, line=position)
        try:
            yield take_record(
                settle(record),
                source=place,
                raw_sha256=received.sha256,
                made_id=f"{stem}-{position}",
                terms=terms,
                notices=decoded.notices,
            )
        except UnfitInputError as error:
            yield reject(place, error, raw_sha256=received.sha256, unit="item")
