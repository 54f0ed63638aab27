"""Quotas: a set that asks something of itself is held to it, text by text and as a whole."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from eval.coverage import coverage_of
from eval.gold import GoldError, GoldFiles, GoldSet, Labelled, Problem
from eval.lint.phrases import Passage, runs_in_examples, shared_runs
from eval.quotas import QUOTAS, Quotas, quotas_of, read_quotas
from extractor.article import Article


def quota_problems(files: GoldFiles, labelled: Mapping[str, Labelled]) -> Iterator[Problem]:
    """What a gold folder lacks of its own quotas."""
    path = files.folder / QUOTAS
    try:
        quotas = read_quotas(files.folder)
    except GoldError as error:
        for line in str(error).split("\n"):
            field, _, message = line.removeprefix(f"{path}: ").partition(": ")
            yield Problem(file=path, field=field, message=message)
        return
    if quotas is None:
        return
    yield from _shortfalls(quotas, GoldSet(folder=files.folder, labelled=labelled))
    for file, article in files.articles.items():
        for field, message in _of_article(quotas, article):
            yield Problem(file=file, field=field, message=message)
    yield from _phrases(quotas, files)


def _shortfalls(quotas: Quotas, gold: GoldSet) -> Iterator[Problem]:
    for one in quotas_of(quotas, coverage_of(gold)):
        if not one.is_met:
            told = f"asked: {one.asked}; there: {one.reached}"
            yield Problem(file=gold.folder / QUOTAS, field=one.name, message=told)


def _of_article(quotas: Quotas, article: Article) -> Iterator[tuple[str, str]]:
    told = article.text
    if quotas.notices:
        notice = quotas.notices.get(article.language or "")
        if notice is None:
            yield "language", f"no notice is written for {article.language!r}; add it to {QUOTAS}"
        elif not article.text.endswith(f"\n\n{notice}"):
            yield "text", f"its last paragraph must be: {notice}"
        told = article.text.removesuffix(notice or "")
    if quotas.words is not None:
        number, (fewest, most) = len(told.split()), quotas.words
        if not fewest <= number <= most:
            yield "text", f"{number} words, asked: {fewest} to {most}"
    if quotas.published is not None:
        day, (first, last) = article.published_at, quotas.published
        if day is None or not first <= day <= last:
            yield "published_at", f"asked: a day from {first} to {last}"


def _phrases(quotas: Quotas, files: GoldFiles) -> Iterator[Problem]:
    if not quotas.longest_shared:
        return
    stories = {one.article_id: one.story_id for one in files.labels.values()}
    paths = {one.id: path for path, one in files.articles.items()}
    passages = [
        Passage(
            name=one.id,
            story_id=stories.get(one.id, one.id),
            text=one.text.removesuffix(quotas.notices.get(one.language or "", "")),
        )
        for one in files.articles.values()
    ]
    length = quotas.longest_shared + 1
    for name, other, words in shared_runs(passages, length=length):
        told = f"{words!r} stands in {other!r} of another story too; write it anew"
        yield Problem(file=paths[name], field="text", message=told)
    examples: dict[str, str] = {}
    for name in quotas.examples:
        found = _texts(files.folder / name)
        if not found:
            told = f"no example is in {name}; name a file or folder that has some"
            yield Problem(file=files.folder / QUOTAS, field="examples", message=told)
        examples |= found
    for name, other, words in runs_in_examples(passages, examples, length=length):
        told = f"{words!r} stands in the prompt's example {other!r} too; take one out"
        yield Problem(file=paths[name], field="text", message=told)


def _texts(path: Path) -> dict[str, str]:
    """The texts of examples by id, in a JSON Lines file or all those of a folder."""
    files = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
    told: dict[str, str] = {}
    for file in files:
        if not file.is_file():
            continue
        for n, line in enumerate(file.read_text("utf-8").split("\n"), 1):
            row: Any = json.loads(line) if line.strip() else None
            if isinstance(row, dict):
                example = cast("dict[str, Any]", row)
                told[f"{file.name}:{example.get('id', n)}"] = str(example.get("text", ""))
    return told
