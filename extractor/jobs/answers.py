"""Answers of a model, their length estimated by what the built-in rules answer to a sample."""

import asyncio
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean, stdev

from extractor.article import Article
from extractor.jobs.between import Between
from extractor.jobs.tokens import JSON_CHARACTER
from extractor.language import find_language
from extractor.readers.baseline import BaselineReader
from extractor.request import Request

MODEL_SHARE = Between(low=1.0, high=2.1)
"""Times the length of a built-in answer.

The built-in rules leave things out that a model may find: of the 264 English gold articles they
state 1,127 counts and blames where the labels have 2,345 (`benchmarks/tokens`).
"""

_GOLD_CHARACTERS = 2.3  # of a built-in answer, for a character of an English gold article
_EMPTY = 32  # characters of an answer without incidents
_SIGMAS = 1.645  # either side of a mean, for an interval that holds it nine times in ten


@dataclass(kw_only=True)
class Sample:
    """So many articles of a stream, each as likely to be among them as every other."""

    size: int
    seed: int
    met: int = 0
    articles: list[Article] = field(default_factory=list[Article])

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def offer(self, article: Article) -> None:
        """Take an article in, perhaps, and another one out."""
        self.met += 1
        if len(self.articles) < self.size:
            self.articles.append(article)
        elif (place := self._random.randrange(self.met)) < self.size:
            self.articles[place] = article


@dataclass(frozen=True, kw_only=True)
class AnswerLength:
    """Tokens of an answer, on the average, and what that rests on."""

    tokens: Between
    sampled: int
    """Articles that the built-in rules read for it."""
    unread: int
    """Articles of the sample in another language than English, which the rules do not read."""


def estimate_answers(sample: Sample) -> AnswerLength | None:
    """The average length of the answers to all articles that the sample is of.

    Articles in other languages are taken to be answered at the same length as the English ones; if
    there are none of these, at a length for their own like that of the gold articles.
    """
    if not sample.articles:
        return None
    read = [one for one in sample.articles if find_language(one) is None]
    lengths = asyncio.run(_answer(read)) if read else []
    if lengths:
        characters = _interval(lengths, of=sample.met)
    else:
        text = mean(len(one.text) for one in sample.articles)
        characters = Between(low=_EMPTY, high=_EMPTY + _GOLD_CHARACTERS * text)
    return AnswerLength(
        tokens=Between(
            low=characters.low * MODEL_SHARE.low * JSON_CHARACTER.low,
            high=characters.high * MODEL_SHARE.high * JSON_CHARACTER.high,
        ),
        sampled=len(lengths),
        unread=len(sample.articles) - len(lengths),
    )


async def _answer(articles: Sequence[Article]) -> list[int]:
    """How long the answers of the built-in rules are, as JSON."""
    reader = BaselineReader()
    answers = [await reader.read(Request(article=one)) for one in articles]
    return [len(one.answer.model_dump_json()) for one in answers]


def _interval(lengths: Sequence[int], *, of: int) -> Between:
    """Between what the mean of so many lies, most likely, when some of them are known."""
    middle = mean(lengths)
    if len(lengths) < 2:
        far = 0.0 if of == len(lengths) else middle
    else:
        unknown = 1 - len(lengths) / of
        far = _SIGMAS * stdev(lengths) * math.sqrt(unknown / len(lengths))
    return Between(low=max(middle - far, _EMPTY), high=max(middle + far, _EMPTY))
