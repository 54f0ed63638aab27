"""What tells the inputs of a run apart, and which rejections an outcome does away with."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import Protocol

from extractor.article import sha256_of
from extractor.records import Failure, Reading, Rejected, Source

_STDIN = "-"  # as a source names standard input, which is another place each time

InputKey = tuple[str, str]
"""What tells inputs apart: an article by its id, a rejected input by its file and line.

What came through standard input is told apart by its bytes as well.
"""


def article_id_of(outcome: Reading | Failure | Rejected) -> str | None:
    """The article id of an outcome; `None` for a rejected input that states none."""
    return outcome.article_id if isinstance(outcome, Rejected) else outcome.article.id


def key_of(outcome: Reading | Failure | Rejected) -> InputKey:
    """What tells this input from all others of its run."""
    if isinstance(outcome, Rejected):
        return place_key(outcome.source, outcome.raw_sha256)
    return ("article", outcome.article.id)


class Seen(Protocol):
    """What a reader is shown of an article."""

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the body."""
        ...

    @property
    def title(self) -> str | None:
        """The headline."""
        ...

    @property
    def published_at(self) -> date | None:
        """Day of publication."""
        ...


def sha256_of_input(entry: Seen | Rejected) -> str:
    """Hash of what a reader is shown of an article, or of all that is said of a rejected input."""
    if isinstance(entry, Rejected):
        return sha256_of(entry.model_dump_json())
    return sha256_of(json.dumps([entry.text_sha256, entry.title, str(entry.published_at)]))


def place_key(source: Source, raw_sha256: str | None) -> InputKey:
    """The key of a rejection of this place."""
    place = f"{source.path}:{source.line or 0}"
    return ("rejected", f"{place}:{raw_sha256}" if source.path == _STDIN else place)


def contradicted(source: Source, raw_sha256: str | None) -> Iterator[InputKey]:
    """The keys of rejections that an outcome from here drops: of its place, file and folders.

    The hash is that of an article's bytes; a rejection has none, as it drops none of its own place.
    """
    if raw_sha256 is not None:
        yield place_key(source, raw_sha256)
    if source.path == _STDIN:
        return
    if source.line is not None:
        yield place_key(Source(path=source.path), None)
    for folder in PurePath(source.path).parents:
        yield place_key(Source(path=str(folder)), None)
