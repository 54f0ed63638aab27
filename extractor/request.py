"""What a reader is asked: the article, and for a model the messages."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

from extractor.article import Article

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message of a conversation with a model."""

    role: Role
    content: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """One article put to a reader.

    `messages` is empty for a reader that needs no prompt. The last message holds the article,
    fenced as data, with no character changed.
    """

    article: Article
    messages: tuple[Message, ...] = ()

    def key(self, *, wire_schema: dict[str, Any], model: str, parameters: dict[str, Any]) -> str:
        """Name of this request in a recording: a hash of all that can change the answer."""
        asked = {
            "messages": [[message.role, message.content] for message in self.messages],
            "wire_schema": wire_schema,
            "model": model,
            "parameters": parameters,
        }
        canonical = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
