"""The one way in which a gold folder's files are written, so that a change shows what changed."""

import json
from typing import Any

from eval.gold import GoldArticle
from extractor.article import Article

_ARTICLE_FIELDS = ("id", "title", "published_at", "publisher", "url", "language", "retrieved_at")


def article_json(article: Article) -> str:
    """An article as `articles/` holds it: what is not stated is left out, the text comes last."""
    told: dict[str, Any] = article.model_dump(mode="json")
    stated = {name: told[name] for name in _ARTICLE_FIELDS if told[name] is not None}
    return _written({**stated, "text": article.text})


def label_json(gold: GoldArticle) -> str:
    """Labels as `records/` holds them: in the order of the schema, without what is the default."""
    told: dict[str, Any] = gold.model_dump(mode="json", exclude_defaults=True)
    return _written({"schema_version": gold.schema_version, **told})


def _written(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
