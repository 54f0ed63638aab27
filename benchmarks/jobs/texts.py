"""The articles that jobs are measured on, and the answers that a model is to give to them.

They are gold's `dev` articles, each as often as needed with a marker of its own; the answers are
those of the built-in reader.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from endpoint import MARKER

from eval.gold import open_gold
from extractor.article import Article
from extractor.readers.answer import Answer
from extractor.readers.baseline import BaselineReader
from extractor.request import Request
from extractor.wire import WireAnswer, WireBlame, WireCount

GOLD = Path(__file__).resolve().parents[2] / "gold"
_DIFFERENT = 50  # articles; more would only make the start slower


@dataclass(frozen=True, kw_only=True)
class Texts:
    """Some articles and the answers to them, in the same order."""

    articles: Sequence[Article]
    answers: Sequence[WireAnswer]

    def take(self, times: int, *, first: int = 0) -> Iterator[Article]:
        """So many articles, each with the marker of its number."""
        for n in range(first, first + times):
            one = self.articles[n % len(self.articles)]
            text = f"{one.text.rstrip()}\n\n{MARKER.format(n)}\n"
            yield Article.of(
                text,
                id=f"a{n:06d}",
                title=one.title,
                published_at=one.published_at,
                language=one.language,
            )

    def prepared(self) -> dict[str, list[str]]:
        """The answers, for this project and for langextract."""
        return {
            "tollbook": [one.model_dump_json() for one in self.answers],
            "langextract": [_for_langextract(one) for one in self.answers],
        }


def read_texts(gold: Path = GOLD, different: int = _DIFFERENT) -> Texts:
    """The first articles of gold's `dev`, as the built-in reader reads them."""
    labelled = sorted(open_gold(gold).of_split("dev").labelled.items())
    articles = [one.article for _, one in labelled[:different]]
    reader = BaselineReader()

    async def read(article: Article) -> WireAnswer:
        answered = await reader.read(Request(article=article))
        assert isinstance(answered, Answer)
        return answered.answer

    return Texts(articles=articles, answers=[asyncio.run(read(one)) for one in articles])


def write_jsonl(articles: Iterator[Article], path: Path) -> Path:
    """The articles in a file, as `tollbook extract` takes them."""
    with path.open("w", encoding="utf-8") as lines:
        for one in articles:
            published = one.published_at.isoformat() if one.published_at else None
            told = {"id": one.id, "title": one.title, "text": one.text, "published_at": published}
            lines.write(json.dumps({k: v for k, v in told.items() if v}) + "\n")
    return path


def _for_langextract(answer: WireAnswer) -> str:
    """The same claims as langextract writes them: a quote each, and what it says as attributes."""
    told: list[dict[str, Any]] = []
    for incident in answer.incidents:
        told += [{"event": quote} for quote in incident.evidence]
        told += [{"place": place.name_text} for place in incident.places if place.name_text]
        told += [{"party": party.name_text} for party in incident.parties if party.name_text]
        told += [{"date": incident.when.expression}] if incident.when.expression else []
        told += [_count(one) for one in incident.counts]
        told += [_blame(one) for one in incident.blames]
    told += [_count(one) for one in answer.cumulative]
    return json.dumps({"extractions": told}, ensure_ascii=False)


def _count(claim: WireCount) -> dict[str, Any]:
    attributes = {
        "outcome": claim.outcome.value,
        "number": claim.number.text or "",
        "lower": str(claim.number.lower),
        "upper": str(claim.number.upper),
        "qualifier": claim.number.qualifier.value,
        "group": claim.group.text or "",
        "speakers": [one.name_text or "" for one in claim.speakers],
    }
    return {"count": claim.quotes[0] if claim.quotes else "", "count_attributes": attributes}


def _blame(claim: WireBlame) -> dict[str, Any]:
    attributes = {
        "accused": [one.name_text or "" for one in claim.accused],
        "stance": claim.stance.value,
        "speakers": [one.name_text or "" for one in claim.speakers],
    }
    return {"blame": claim.quotes[0] if claim.quotes else "", "blame_attributes": attributes}
