"""Reads news articles about armed violence into a ledger of claims, each tied to its words."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.article import Article
    from extractor.pipeline import read_article
    from extractor.readers import open_reader
    from extractor.records import Failure, Reading, Rejected
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

_HOMES = {
    "Article": "article",
    "Failure": "records",
    "Reading": "records",
    "Rejected": "records",
    "Run": "store",
    "open_reader": "readers",
    "open_run": "store",
    "read_article": "pipeline",
}


def __getattr__(name: str) -> object:
    """What is offered, imported by whoever asks for it: the command is to begin at once."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
