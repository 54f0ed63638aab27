"""Splits: which articles are kept for what, and the hash that freezes such a choice."""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from eval.gold.problem import Problem
from extractor.article import Article, sha256_of


@dataclass(frozen=True, kw_only=True)
class Splits:
    """What a `splits.toml` says."""

    pairs: tuple[tuple[str, str], ...] = ()
    """Article id and split."""
    frozen: tuple[tuple[str, str], ...] = ()
    """Split and the hash of its articles."""


def frozen_hash(articles: Iterable[Article]) -> str:
    """The hash of a split: SHA-256 of a line "ID SHA256" for each article, sorted.

    The SHA-256 of an article is that of the JSON list [id, title, published_at, language,
    text_sha256], in UTF-8 without spaces and escapes; what is not stated is null, a day is
    "2016-12-01". So labels may be mended under it; no article comes in, goes out or is changed in
    anything that labels quote or count from.
    """
    lines = sorted(f"{one.id} {_article_hash(one)}\n" for one in articles)
    return sha256_of("".join(lines))


def splits_toml(splits: Splits, heading: str = "Articles of one story stand in one split.") -> str:
    """A `splits.toml`: each split with its articles in order, and the hashes of the frozen ones."""
    lines = [f"# {heading}", "", "[splits]"]
    for name in dict.fromkeys(split for _, split in splits.pairs):
        ids = sorted(article_id for article_id, split in splits.pairs if split == name)
        lines += [f"{_key(name)} = [", *(f"  {_quoted(one)}," for one in ids), "]"]
    if splits.frozen:
        frozen = (f"{_key(name)} = {_quoted(one)}" for name, one in splits.frozen)
        lines += ["", "[frozen]", *frozen]
    return "\n".join([*lines, ""])


def read_splits(path: Path, problems: list[Problem]) -> Splits:
    """Read a `splits.toml`; what is wrong in it is added to the problems."""
    needs = "it needs a table [splits] with a list of article ids for each split"
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        message = f"it cannot be read ({error.strerror}); {needs}"
        problems.append(Problem(file=path, field="file", message=message))
        return Splits()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"it is no TOML ({error}); {needs}"
        problems.append(Problem(file=path, field="file", message=message))
        return Splits()
    divided, frozen = told.get("splits"), told.get("frozen", {})
    if not isinstance(divided, dict):
        problems.append(Problem(file=path, field="splits", message=needs))
        return Splits()
    pairs: list[tuple[str, str]] = []
    for name, listed in cast("dict[str, Any]", divided).items():
        ids = cast("list[Any]", listed) if isinstance(listed, list) else [None]
        named = [one for one in ids if isinstance(one, str)]
        pairs += [(one, name) for one in named]
        if len(named) < len(ids):
            field, message = f"splits.{name}", "it must be a list of article ids in quotes"
            problems.append(Problem(file=path, field=field, message=message))
    return Splits(pairs=tuple(pairs), frozen=_frozen(frozen, path, problems))


def _article_hash(article: Article) -> str:
    day = article.published_at and article.published_at.isoformat()
    stated = [article.id, article.title, day, article.language, article.text_sha256]
    return sha256_of(json.dumps(stated, ensure_ascii=False, separators=(",", ":")))


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def _quoted(words: str) -> str:
    """A text as TOML quotes it: as JSON does, save that TOML knows no pairs of escapes."""
    # JSON leaves the delete character as it is; TOML forbids it.
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


_BARE_KEY = re.compile("[A-Za-z0-9_-]+")  # the keys that TOML takes without quotes


def _frozen(told: Any, path: Path, problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    """The table [frozen], with a hash for each split."""
    hashes = cast("dict[str, Any]", told) if isinstance(told, dict) else {"": told}
    if all(isinstance(one, str) for one in hashes.values()):
        return tuple(hashes.items())
    message = 'it must be a table of hashes in quotes: gate = "…"'
    problems.append(Problem(file=path, field="frozen", message=message))
    return ()
