"""The folder: the files of a gold set, read whole, with everything that is wrong told at once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from eval.gold.faults import faults_of
from eval.gold.labels import GoldArticle
from eval.gold.problem import Problem
from eval.gold.splits import Splits, read_splits
from extractor.article import Article, sha256_of
from extractor.errors import TollbookError

ARTICLES, RECORDS, SPLITS = "articles", "records", "splits.toml"


class GoldError(TollbookError):
    """A gold folder cannot be used: it says which file, which field and what to do."""


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A gold article: its text, its labels and the split it belongs to."""

    article: Article
    gold: GoldArticle
    split: str | None = None


@dataclass(frozen=True, kw_only=True)
class GoldSet:
    """A gold folder, read: its labelled articles by id, in the order of their ids."""

    folder: Path
    labelled: Mapping[str, Labelled]

    def of_split(self, split: str | None) -> "GoldSet":
        """The articles of one split; all of them if none is named.

        Raises:
            GoldError: no article is in that split.
        """
        if split is None:
            return self
        kept = {name: one for name, one in self.labelled.items() if one.split == split}
        if not kept:
            known = sorted({one.split for one in self.labelled.values() if one.split})
            told = ", ".join(known) or "none"
            raise GoldError(f"no article of split {split!r} in {self.folder}; splits: {told}")
        return GoldSet(folder=self.folder, labelled=kept)


@dataclass(frozen=True, kw_only=True)
class GoldFiles:
    """The files of a gold folder that have the right shape, and what is wrong with the others."""

    folder: Path
    articles: Mapping[Path, Article]
    labels: Mapping[Path, GoldArticle]
    splits: tuple[tuple[str, str], ...]
    """Pairs of article id and split, as `splits.toml` lists them."""
    frozen: tuple[tuple[str, str], ...]
    """Pairs of split and the hash of its articles, as `splits.toml` states them."""
    is_divided: bool
    """Whether there is a `splits.toml`, and all of it can be read."""
    problems: tuple[Problem, ...]
    """Why files have no shape that can be read."""
    unread_articles: frozenset[str] = frozenset()
    """Ids of articles whose files are there and have no such shape."""
    unread_labels: frozenset[str] = frozenset()
    """Ids of articles whose labels are there and have no such shape."""


def open_gold(folder: Path) -> GoldSet:
    """Read a gold folder whole.

    Raises:
        GoldError: with every file that cannot be used, each with its field.
    """
    found, problems = read_gold(folder)
    if problems:
        raise GoldError("\n".join(map(str, problems)))
    if not found:
        raise GoldError(f"no labelled article in {folder / RECORDS}; label one, see docs/gold.md")
    return GoldSet(folder=folder, labelled=found)


def read_gold(folder: Path) -> tuple[dict[str, Labelled], tuple[Problem, ...]]:
    """What can be used of a gold folder, and everything that stands against using the rest.

    Raises:
        GoldError: it is no gold folder at all.
    """
    files = read_files(folder)
    return labelled_of(files), (*files.problems, *misfits(files))


def labelled_of(files: GoldFiles) -> dict[str, Labelled]:
    """The articles whose labels are of their text, in the order of their ids."""
    articles = {one.id: one for one in files.articles.values()}
    splits = dict(files.splits)
    labelled = {
        gold.article_id: Labelled(article=article, gold=gold, split=splits.get(gold.article_id))
        for gold in files.labels.values()
        if (article := articles.get(gold.article_id)) and article.text_sha256 == gold.text_sha256
    }
    return dict(sorted(labelled.items()))


def read_files(folder: Path) -> GoldFiles:
    """Read the files of a gold folder one by one, whether they fit together or not.

    Raises:
        GoldError: it is no gold folder at all.
    """
    _check_folder(folder)
    problems: list[Problem] = []
    articles = {path: _article(path, problems) for path in _files(folder / ARTICLES)}
    labels = {path: _label(path, problems) for path in _files(folder / RECORDS)}
    splits, known = folder / SPLITS, len(problems)
    divided = read_splits(splits, problems) if splits.exists() else Splits()
    return GoldFiles(
        folder=folder,
        articles={path: one for path, one in articles.items() if one},
        labels={path: one for path, one in labels.items() if one},
        splits=divided.pairs,
        frozen=divided.frozen,
        is_divided=splits.exists() and len(problems) == known,
        problems=tuple(problems),
        unread_articles=frozenset(path.stem for path, one in articles.items() if one is None),
        unread_labels=frozenset(path.stem for path, one in labels.items() if one is None),
    )


def read_article(path: Path) -> Article:
    """Read one article of a gold folder.

    Raises:
        GoldError: it has not the shape of an article.
    """
    problems: list[Problem] = []
    article = _article(path, problems)
    if article is None:
        raise GoldError("\n".join(map(str, problems)))
    return article


def read_labels(folder: Path) -> dict[str, GoldArticle]:
    """Read the labels of a folder that holds nothing else, such as those of a second labeller.

    Raises:
        GoldError: there is none, or with every file that cannot be used.
    """
    problems: list[Problem] = []
    found = [_label(path, problems) for path in _files(folder)]
    labels = {one.article_id: one for one in found if one}
    if not problems and len(labels) < len(found):
        told = "two files label the same article; take one out"
        problems.append(Problem(file=folder, field="article_id", message=told))
    if problems:
        raise GoldError("\n".join(map(str, problems)))
    if not labels:
        told = f"no label is in {folder}; name a folder with a JSON file for each article"
        raise GoldError(f"{told}, of a gold folder its {RECORDS}/")
    return labels


def misfits(files: GoldFiles) -> Iterator[Problem]:
    """Where articles, labels and splits do not fit together."""
    yield from _used_twice(files)
    texts = {one.id: one.text_sha256 for one in files.articles.values()}
    for path, gold in files.labels.items():
        if gold.article_id in files.unread_articles:
            continue
        if gold.article_id not in texts:
            told = f"no article {gold.article_id!r} in {ARTICLES}/; add it or take the labels out"
            yield Problem(file=path, field="article_id", message=told)
        elif texts[gold.article_id] != gold.text_sha256:
            told = f"the labels are of another text; the article's is {texts[gold.article_id]}"
            yield Problem(file=path, field="text_sha256", message=told)
    labelled = {one.article_id for one in files.labels.values()} | files.unread_labels
    seen: dict[str, str] = {}
    for article_id, name in files.splits:
        if article_id not in labelled:
            told = f"article {article_id!r} has no labels; label it or take it out"
            yield Problem(file=files.folder / SPLITS, field=f"splits.{name}", message=told)
        if article_id in seen:
            told = f"article {article_id!r} is in {seen[article_id]!r} too; leave it in one"
            yield Problem(file=files.folder / SPLITS, field=f"splits.{name}", message=told)
        seen[article_id] = name


def _check_folder(folder: Path) -> None:
    which = "name yours (`--gold FOLDER` where a run is graded); docs/gold.md tells its form"
    if not folder.is_dir():
        raise GoldError(f"there is no gold folder {str(folder)!r}; {which}")
    for name in (ARTICLES, RECORDS):
        if not (folder / name).is_dir():
            raise GoldError(f"{folder} is no gold folder: it has no folder {name!r}; {which}")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _used_twice(files: GoldFiles) -> Iterator[Problem]:
    articles = ((path, one.id, "id") for path, one in files.articles.items())
    labels = ((path, one.article_id, "article_id") for path, one in files.labels.items())
    for told in (articles, labels):
        first: dict[str, Path] = {}
        for path, article_id, field in told:
            if article_id in first:
                message = f"{article_id!r} is used by {first[article_id].name} too; rename one"
                yield Problem(file=path, field=field, message=message)
            first.setdefault(article_id, path)


def _article(path: Path, problems: list[Problem]) -> Article | None:
    told = _json(path, problems)
    if told is None:
        return None
    text = told.get("text")
    if not isinstance(text, str) or not _is_unicode(text):
        problems.append(Problem(file=path, field="text", message="it must be a text"))
        return None
    hashes = {"raw_sha256": sha256_of(path.read_bytes()), "text_sha256": sha256_of(text)}
    try:
        return Article.model_validate({"id": path.stem, **told, **hashes})
    except ValidationError as error:
        problems.extend(_fields(path, error))
        return None


def _label(path: Path, problems: list[Problem]) -> GoldArticle | None:
    told = _json(path, problems)
    if told is None:
        return None
    try:
        return GoldArticle.model_validate(told)
    except ValidationError as error:
        problems.extend(_fields(path, error))
        return None


def _json(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        told: Any = json.loads(path.read_bytes(), object_pairs_hook=_once)
    except (OSError, ValueError, RecursionError) as error:
        told = f"it is no JSON ({error}); write it again"
        problems.append(Problem(file=path, field="file", message=told))
        return None
    if not isinstance(told, dict):
        problems.append(Problem(file=path, field="file", message="it must hold one object"))
        return None
    return cast("dict[str, Any]", told)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, each key of it once."""
    names = [name for name, _ in pairs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"keys told twice: {', '.join(map(repr, twice))}")
    return dict(pairs)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return True


def _fields(path: Path, error: ValidationError) -> Iterator[Problem]:
    for fault in faults_of(error):
        yield Problem(file=path, field=fault.field, message=fault.message)
