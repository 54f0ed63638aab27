"""Standoff gold: labels of texts that may not be handed on, to be joined to a copy of one's own.

A detached label names its article by address and by the SHA-256 of its text, and says where its
quotes stand without their words. Attaching finds the text by that hash alone, so labels are never
put on words they were not made for. The short words that labels consist of (figures, names of
places and speakers, expressions of time) and the title stay in, as they do in any catalogue.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.gold.faults import faults_of
from eval.gold.folder import GoldError, Labelled
from eval.gold.labels import GoldArticle
from extractor.article import Article, sha256_of

STANDOFF = "standoff"
"""The folder of detached labels, one file for each article."""


class Detached(BaseModel):
    """The label of one article without its text."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    article: dict[str, Any]
    """The article's id, title, day of publication, publisher, url and language."""
    text_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the UTF-8 bytes of the text."""
    characters: int
    """Code points of the text, to see at once how far another copy is off."""
    label: dict[str, Any]
    """The label; its quotes have field, start and end, and no words."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A text that a user has: where it is, and what it may be known by."""

    name: str
    text: str
    keys: frozenset[str]
    """Its id and its address, as far as it states them."""


@dataclass(frozen=True, kw_only=True)
class CopyIndex:
    """Copies by the hash of every usual spelling of their texts, and by what they are known by."""

    by_hash: Mapping[str, Copy]
    by_key: Mapping[str, Copy]

    def text_of(self, text_sha256: str) -> str | None:
        """The text with that hash, in the spelling that has it; None if no copy has it."""
        copy = self.by_hash.get(text_sha256)
        if copy is None:
            return None
        return next(one for one in _spellings(copy.text) if sha256_of(one) == text_sha256)


def index_of(copies: Iterable[Copy]) -> CopyIndex:
    """Hash every spelling of every copy once; where two copies are alike, the first stands."""
    by_hash: dict[str, Copy] = {}
    by_key: dict[str, Copy] = {}
    for copy in copies:
        for text in _spellings(copy.text):
            by_hash.setdefault(sha256_of(text), copy)
        for key in copy.keys:
            by_key.setdefault(key, copy)
    return CopyIndex(by_hash=by_hash, by_key=by_key)


def file_name_of(article_id: str) -> str:
    """The name of the file that an article or its label is written to.

    Raises:
        GoldError: the id is no plain file name, here or on another system, or is too long for one.
    """
    plain = PurePosixPath(article_id).name == article_id == PureWindowsPath(article_id).name
    if not plain or article_id in (".", "..") or not article_id.isprintable():
        raise GoldError(f"{article_id!r} is no name for a file; give the article another id")
    if len(article_id.encode()) > _LONGEST_NAME:
        told = f"{article_id[:40]!r}… is too long for the name of a file"
        raise GoldError(f"{told}; give the article an id of at most {_LONGEST_NAME} bytes")
    return f"{article_id}.json"


def detach(labelled: Labelled) -> Detached:
    """The label of an article without the article's text."""
    article: dict[str, Any] = labelled.article.model_dump(mode="json", exclude_none=True)
    label: dict[str, Any] = labelled.gold.model_dump(mode="json", exclude_defaults=True)
    return Detached(
        article={name: article[name] for name in _KEPT if name in article},
        text_sha256=labelled.article.text_sha256,
        characters=len(labelled.article.text),
        label=_without_words(label),
    )


def attach(detached: Detached, index: CopyIndex) -> Labelled:
    """Join a detached label to the one copy that is the text it was made for.

    Raises:
        GoldError: no copy has the hash, or the label does not fit the text.
    """
    text = index.text_of(detached.text_sha256)
    if text is not None:
        return _joined(detached, text)
    name = detached.article.get("id")
    known = [str(detached.article[key]) for key in ("id", "url") if key in detached.article]
    copy = next((index.by_key[key] for key in known if key in index.by_key), None)
    if copy is None:
        wanted = detached.article.get("url") or "it"
        raise GoldError(f"{name}: no copy of it is there; fetch {wanted} and name it {name!r}")
    told = f"{len(copy.text)} characters, {sha256_of(copy.text)[:12]}…"
    labelled = f"{detached.characters} characters, {detached.text_sha256[:12]}…"
    raise GoldError(
        f"{name}: {copy.name} is another text than was labelled ({told}; labelled: {labelled});"
        " take the text as it was published then"
    )


def read_copies(path: Path, unread: list[str]) -> tuple[Copy, ...]:
    """The texts of a JSON Lines file, or of a folder of `.json`, `.txt` and `.jsonl` files.

    Args:
        path: the file or folder.
        unread: told of every file, and every line of one, that cannot be read; the others are.

    Raises:
        GoldError: no text is there at all.
    """
    files = sorted(path.glob("*")) if path.is_dir() else [path]
    copies: list[Copy] = []
    for file in files:
        try:
            copies.extend(_copies_in(file, unread))
        except UnicodeDecodeError as error:
            unread.append(f"{file}: it is not in UTF-8 ({error}); save it as UTF-8")
        except (OSError, ValueError, RecursionError) as error:
            unread.append(f"{file}: it cannot be read ({error}); mend it or take it out")
    if not copies:
        told = f"no text is in {path}; it needs .json, .txt or .jsonl files"
        raise GoldError("\n".join([*unread, told]))
    return tuple(copies)


def read_detached(folder: Path) -> tuple[Detached, ...]:
    """The detached labels of a standoff set, in the order of their files.

    Raises:
        GoldError: with every file that cannot be read, and every two that are of one article.
    """
    files = sorted((folder / STANDOFF).glob("*.json"))
    if not files:
        raise GoldError(f"{folder} is no standoff set: it has no {STANDOFF}/*.json")
    found: list[Detached] = []
    troubles: list[str] = []
    first: dict[str, Path] = {}
    for file in files:
        try:
            one = Detached.model_validate_json(file.read_bytes())
        except ValidationError as error:
            troubles += [f"{file}: {fault.field}: {fault.message}" for fault in faults_of(error)]
            continue
        except OSError as error:
            troubles.append(f"{file}: it cannot be read ({error.strerror}); mend it or take it out")
            continue
        found.append(one)
        name = one.article.get("id")
        if isinstance(name, str) and (other := first.setdefault(name, file)) != file:
            troubles.append(f"{file}: {name!r} is labelled in {other.name} too; take one out")
    if troubles:
        raise GoldError("\n".join(troubles))
    return tuple(found)


def detached_json(detached: Detached) -> str:
    """A detached label as `standoff/` holds it."""
    return json.dumps(detached.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


_KEPT = ("id", "title", "published_at", "publisher", "url", "language")
_LONGEST_NAME = 200  # file systems take 255 bytes; the ending and a user's own need some
_PLACE = frozenset({"field", "start", "end"})


def _without_words(told: Any) -> Any:
    if isinstance(told, dict):
        table = cast("dict[str, Any]", told)
        return {
            name: _without_words(one)
            for name, one in table.items()
            if not (name == "text" and table.keys() >= _PLACE)
        }
    if isinstance(told, list):
        return [_without_words(one) for one in cast("list[Any]", told)]
    return told


def _with_words(told: Any, article: Article) -> Any:
    if isinstance(told, dict):
        table = cast("dict[str, Any]", told)
        filled = {name: _with_words(one, article) for name, one in table.items()}
        if table.keys() >= _PLACE:
            field = article.field(table["field"])
            filled["text"] = field[int(table["start"]) : int(table["end"])]
        return filled
    if isinstance(told, list):
        return [_with_words(one, article) for one in cast("list[Any]", told)]
    return told


def _spellings(text: str) -> Iterator[str]:
    """A text as it stands, and as it would be had its file been kept in another usual way."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    ended = (lines, lines.removesuffix("\n"), lines.strip(), f"{lines.rstrip()}\n")
    formed = (
        form
        for one in dict.fromkeys(ended)
        for form in (one, unicodedata.normalize("NFC", one), unicodedata.normalize("NFD", one))
    )
    broken = (form.replace("\n", end) for form in formed for end in _LINE_ENDS)
    marked = (f"{mark}{one}" for one in broken for mark in ("", "\ufeff"))
    yield from dict.fromkeys((text, *marked))


_LINE_ENDS = ("\n", "\r\n", "\r")


def _joined(detached: Detached, text: str) -> Labelled:
    hashed = sha256_of(text)
    told = {**detached.article, "text": text, "raw_sha256": hashed, "text_sha256": hashed}
    try:
        article = Article.model_validate(told)
        gold = GoldArticle.model_validate(_with_words(detached.label, article))
    except ValidationError as error:
        faults = "; ".join(f"{one.field}: {one.message}" for one in faults_of(error))
        raise GoldError(f"{detached.article.get('id')}: its label is broken: {faults}") from error
    except (KeyError, TypeError, ValueError) as error:
        told = f"{detached.article.get('id')}: its label is broken: a quote has no place ({error})"
        raise GoldError(told) from error
    file_name_of(article.id)
    return Labelled(article=article, gold=gold)


def _copies_in(file: Path, unread: list[str]) -> Iterator[Copy]:
    if file.suffix == ".txt":
        text = file.read_bytes().decode("utf-8")
        yield Copy(name=file.name, text=text, keys=frozenset({file.stem}))
    elif file.suffix == ".json":
        yield _copy(json.loads(file.read_bytes()), file.name, file.stem)
    elif file.suffix == ".jsonl":
        for n, line in enumerate(file.read_bytes().decode("utf-8").split("\n"), 1):
            try:
                if line.strip():
                    yield _copy(json.loads(line), f"{file.name}:{n}")
            except (ValueError, RecursionError) as error:
                unread.append(f"{file}: line {n} cannot be read ({error}); mend it or take it out")


def _copy(told: Any, name: str, *keys: str) -> Copy:
    row: Mapping[str, Any] = cast("dict[str, Any]", told) if isinstance(told, dict) else {}
    text = row.get("text")
    if not isinstance(text, str):
        raise ValueError("it has no text")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError(f"the text of {name} holds half a surrogate pair")
    stated = {str(row[key]) for key in ("id", "url") if row.get(key)}
    return Copy(name=name, text=text, keys=frozenset({*keys, *stated}))
