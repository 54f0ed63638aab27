"""A web page: its article's text as trafilatura finds it, and what the page states about itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from extractor.intake.publication import date_article
from extractor.intake.received import is_wide
from extractor.intake.taken import (
    Draft,
    Noted,
    Taken,
    Terms,
    UnfitInputError,
    accept,
    note_made_id,
)
from extractor.records import Source

PAGE_BYTES = 20_000_000
"""Most bytes of a web page: the largest that trafilatura unpacks by default."""

# Where pages state the day they were first published, the most explicit first.
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "date",
)


@dataclass(frozen=True, kw_only=True)
class _Page:
    text: str | None
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    date: str | None
    notices: tuple[str, ...]
    date_notices: tuple[str, ...]


def take_page(raw: bytes, *, source: Source, raw_sha256: str, made_id: str, terms: Terms) -> Taken:
    """Make an article of a web page.

    Raises:
        UnfitInputError: trafilatura is not installed, or finds no article in the page.
    """
    try:
        page = _find_page(raw)
    except ImportError as error:
        raise UnfitInputError(
            f"reading web pages needs trafilatura, which does not load ({error}); "
            "install the extra 'html', in a checkout with: pip install -e '.[html]'"
        ) from error
    # Pages are made by strangers: whatever one of them breaks in the parser, the rest go on.
    except Exception as error:
        raise UnfitInputError(
            f"trafilatura cannot read the page ({type(error).__name__}); "
            "save its text as a .txt file"
        ) from error
    if page is None or page.text is None:
        raise UnfitInputError("no article text found in the page; save its text as a .txt file")
    dated = date_article(page.date, where="the page's metadata", published=terms.published)
    draft = Draft(
        id=made_id,
        text=page.text,
        title=page.title,
        published_at=dated.value,
        publisher=page.publisher,
        url=page.url,
        language=page.language,
    )
    origin = page.date_notices if dated.value else ()
    notices = (note_made_id(made_id), *page.notices, *origin, *dated.notices)
    return accept(draft, source=source, raw_sha256=raw_sha256, terms=terms, notices=notices)


def _find_page(raw: bytes) -> _Page | None:
    import trafilatura

    tree: Any = trafilatura.load_html(raw)
    if tree is None:
        return None
    found: Any = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    if found is None:
        return None
    stated = _find_date(tree)
    by = f"text found in the page by trafilatura {trafilatura.__version__}; the rest is left out"
    return _Page(
        text=_words(found.text),
        title=_words(found.title),
        publisher=_words(found.sitename),
        url=_words(found.url),
        language=_words(tree.get("lang")),
        date=stated.value,
        notices=(by, *_encoding_notices(raw)),
        date_notices=stated.notices,
    )


def _find_date(tree: Any) -> Noted[str | None]:
    for name in _DATE_NAMES:
        for element in tree.iter("meta", "time"):
            for key in ("property", "name", "itemprop"):
                words = _words(element.get("content") or element.get("datetime"))
                if words is not None and (element.get(key) or "").lower() == name:
                    origin = f'<{element.tag} {key}="{name}">'
                    return Noted(words, (f"publication date taken from the page's {origin}",))
    for element in tree.iter("script"):
        if element.get("type") == "application/ld+json":
            for words in _linked_dates(element.text or ""):
                return Noted(words, ("publication date taken from the page's JSON-LD",))
    return Noted(None)


def _linked_dates(script: str) -> Iterator[str]:
    try:
        nodes = [json.loads(script)]
    except ValueError:
        return  # a page whose linked data is broken states no date there
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, list):
            nodes[:0] = cast("list[object]", node)
        elif isinstance(node, dict):
            fields = cast("dict[str, object]", node)
            words = _words(fields.get("datePublished"))
            if words is not None:
                yield words
            nodes.append(fields.get("@graph"))


def _encoding_notices(raw: bytes) -> tuple[str, ...]:
    try:
        raw.decode()
    except UnicodeDecodeError:
        how = "by its mark" if is_wide(raw) else "as it declares, or by a guess: check the text"
        return (f"the page is not UTF-8; it was decoded {how}",)
    return ()


def _words(stated: object) -> str | None:
    return stated if isinstance(stated, str) and stated.strip() else None
