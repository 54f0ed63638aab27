"""A prompt pack: what its files hold, and the messages it makes of an article.

A pack is `prompts/<name>/<version>/` with `prompt.toml`, `system.md.j2` and `examples.jsonl`. The
static part comes first; the article comes last, fenced as data, with no character changed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from extractor.article import Article
from extractor.prompt.showing import show_article
from extractor.request import Message, Request
from extractor.wire import WireAnswer, strict_schema

PACK_FILES = ("prompt.toml", "system.md.j2", "examples.jsonl")


class PromptInfo(BaseModel):
    """What `prompt.toml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    purpose: str
    released: bool


class PromptExample(BaseModel):
    """One worked example: an invented article and the answer to give."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1)]
    published_at: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    title: str | None
    text: Annotated[str, Field(min_length=1)]
    answer: WireAnswer

    @property
    def article(self) -> Article:
        """The example's article."""
        return Article.model_validate(
            Article.of(self.text, id=self.id, title=self.title).model_dump()
            | {"published_at": self.published_at}
        )


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A loaded prompt pack."""

    id: str
    system: str
    examples: tuple[PromptExample, ...]

    @property
    def example_texts(self) -> tuple[str, ...]:
        """Texts and titles of the examples, to recognise a quote that leaked from them."""
        both = ((example.text, example.title) for example in self.examples)
        return tuple(words for pair in both for words in pair if words)

    @cached_property
    def static_messages(self) -> tuple[Message, ...]:
        """Everything before the article: the same bytes for every article."""
        return (Message(role="system", content=self.system), *self._shown_examples())

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that a model sees beside the article: messages and schema."""
        seen = [[m.role, m.content] for m in self.static_messages]
        canonical = json.dumps([seen, strict_schema()], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def render(self, article: Article) -> Request:
        """The request for one article."""
        asked = Message(role="user", content=show_article(article))
        return Request(article=article, messages=(*self.static_messages, asked))

    def _shown_examples(self) -> Iterator[Message]:
        for example in self.examples:
            yield Message(role="user", content=show_article(example.article))
            yield Message(role="assistant", content=example.answer.model_dump_json())
