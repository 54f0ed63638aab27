"""Asking a scripted endpoint: the requests, settings and readings that its tests share."""

import asyncio
from typing import Any

from loopback import EMPTY_ANSWER, ScriptedEndpoint, says

from extractor.article import Article
from extractor.readers.answer import Answer, NoAnswer
from extractor.readers.model import open_model_reader
from extractor.request import Message, Request
from extractor.settings import EndpointSettings, load_settings

KEY = "sk-test-0123456789abcdef"
ARTICLE = "Gunmen killed Amina Haddad and two neighbours in Basra on Friday, police said."
GOOD = says(EMPTY_ANSWER)


def request(text: str = ARTICLE) -> Request:
    return Request(
        article=Article.of(text, id="a1"),
        messages=(
            Message(role="system", content="Read the article."),
            Message(role="user", content=f"<article-7f>\n{text}\n</article-7f>"),
        ),
    )


def settings(endpoint: ScriptedEndpoint | str, **changed: Any) -> EndpointSettings:
    flags: dict[str, Any] = {
        "base_url": endpoint if isinstance(endpoint, str) else endpoint.url,
        "api_key": KEY,
        "max_calls": 3,
        "max_wait_seconds": 0.01,
    }
    return load_settings(**{**flags, **changed})


def read(
    endpoint: ScriptedEndpoint | str, text: str = ARTICLE, *, times: int = 1, **changed: Any
) -> Answer | NoAnswer:
    """Read an article, as often as asked, with one reader; give back the last reading."""

    async def reading() -> Answer | NoAnswer:
        reader = open_model_reader("openai/org/model-1", settings(endpoint, **changed))
        try:
            for _ in range(times - 1):
                await reader.read(request(text))
            return await reader.read(request(text))
        finally:
            await reader.close()

    return asyncio.run(reading())


def statuses(reading: Answer | NoAnswer) -> list[str]:
    return [attempt.status for attempt in reading.attempts]


def incident_answer(**changed: object) -> dict[str, Any]:
    """An answer with one figure, some of whose fields are changed."""
    number: dict[str, object] = {
        "text": "two",
        "lower": 2,
        "upper": 2,
        "qualifier": "exact",
        "term": None,
        "enumerated": False,
        "unit": "persons",
    }
    count: dict[str, Any] = {
        "id": "c1",
        "outcome": "killed",
        "number": number,
        "group": {
            "text": "neighbours",
            "standing": "unspecified",
            "roles": [],
            "demographics": [],
            "party_text": None,
        },
        "part_of": None,
        "place_text": None,
        "scope": "period",
        "period_text": None,
        "speakers": [],
        "hedge": "none",
        "supersedes": None,
        "includes_attackers": "unstated",
        "quotes": ["killed Amina Haddad and two neighbours"],
    }
    for name, value in changed.items():
        (number if name in number else count)[name] = value
    return {"incidents": [], "cumulative": [count]}
