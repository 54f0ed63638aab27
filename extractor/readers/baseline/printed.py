"""Printed words: an answer read from a view in natural case gets back the letters of the text.

"San Salvador" was read where the text has "SAN SALVADOR": a quote has to have the latter.
"""

from enum import Enum
from typing import Any, cast

from extractor.article import Article
from extractor.sentences import natural_case
from extractor.wire import WireAnswer

# Fields that are no words of the article: names within the answer, and what is said of it.
_NO_QUOTE = frozenset({"id", "summary", "term", "part_of", "applies_to", "answers", "supersedes"})


def as_printed(answer: WireAnswer, article: Article) -> WireAnswer:
    """The answer with every quoted word as the article has it; most articles need no change."""
    fields = (article.text, article.title or "")
    text, view = "\n".join(fields), "\n".join(map(natural_case, fields))
    if view == text:
        return answer
    printed = _printed(answer.model_dump(), _folded(text), _folded(view))
    return WireAnswer.model_validate(printed)


def _folded(text: str) -> str:
    """The text with a blank for every white-space character, as sentences have it."""
    return "".join(" " if letter.isspace() else letter for letter in text)


def _printed(value: Any, text: str, view: str) -> Any:
    """A piece of an answer with the words of the text for those of the view."""
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return {
            name: part if name in _NO_QUOTE else _printed(part, text, view)
            for name, part in parts.items()
        }
    if isinstance(value, list):
        return [_printed(part, text, view) for part in cast("list[Any]", value)]
    if not isinstance(value, str) or isinstance(value, Enum) or value in text:
        return value
    at = view.find(value)
    return text[at : at + len(value)] if at >= 0 else value
