"""Reads news articles about armed violence into a ledger of claims, each tied to its words."""

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
