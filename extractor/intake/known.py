"""What a run knows of its inputs: one whose place and bytes are known is not parsed again.

A run is gone on with by the same code and the same options of intake, so the same bytes in the
same place give the same article.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from extractor.codes import InputOutcome
from extractor.records import Source

PAGE = 256
"""Lines that are looked up at a time."""


class KnownArticle(NamedTuple):
    """An article with a final outcome, recognised by its place and its bytes."""

    id: str
    outcome: InputOutcome
    mark: int
    """Its number in the run; small, and its own."""
    path: str
    line: int | None
    raw_sha256: str

    @property
    def source(self) -> Source:
        """Where it stands."""
        return Source(path=self.path, line=self.line)


@dataclass(frozen=True)
class Recognised:
    """Some articles that followed one another, each recognised."""

    articles: tuple[KnownArticle, ...]


class FirstMet(NamedTuple):
    """Where an id stood first, and with what text."""

    source: Source
    text_sha256: str


class Known(Protocol):
    """What a run knows of its inputs."""

    def articles_at(
        self, path: str, first: int, last: int
    ) -> Mapping[tuple[int, str], KnownArticle]:
        """The articles with final outcomes that stood in some lines, by line and hash of bytes.

        A whole file is line 0. An article is left out where parsing it would change the run.
        """
        ...

    def mark_of(self, article_id: str) -> int | None:
        """The mark of an article of the run; `None` if there is none of that id."""
        ...

    def first_met(self, mark: int) -> FirstMet:
        """Where the article with a mark stood."""
        ...


class KnownFile:
    """What is known of one file, looked up a page at a time."""

    def __init__(self, known: Known | None, path: str) -> None:
        """Look at a file; nothing of it is known if nothing is."""
        self._known = known
        self._path = path
        self._page: Mapping[tuple[int, str], KnownArticle] = {}
        self._end = 0

    def find(self, line: int, raw_sha256: str) -> KnownArticle | None:
        """The article of a line, if it is known; lines are asked for in order."""
        if self._known is None:
            return None
        if line >= self._end:
            self._end = line + PAGE
            self._page = self._known.articles_at(self._path, line, self._end - 1)
        return self._page.get((line, raw_sha256))

    def find_whole(self, raw_sha256: str) -> KnownArticle | None:
        """The article that the whole file is, if it is known."""
        if self._known is None:
            return None
        return self._known.articles_at(self._path, 0, 0).get((0, raw_sha256))
