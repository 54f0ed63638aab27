"""Reads news articles about armed violence into a ledger of claims, each tied to its words."""

from typing import TYPE_CHECKING

from extractor.article import Article
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import Failure, Reading, Rejected

if TYPE_CHECKING:
    from extractor.store import Run, open_run

__all__ = [
    "Article",
    "Failure",
    "Reading",
    "Rejected",
    "Run",
    "open_reader",
    "open_run",
    "read_article",
]


def __getattr__(name: str) -> object:
    """What writes runs, imported by whoever asks for it: reading an article needs none of it."""
    if name in ("Run", "open_run"):
        from extractor import store

        return getattr(store, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
