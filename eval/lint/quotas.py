"""Quotas: a set that asks something of itself is held to it, text by text and as a whole."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from eval.coverage import coverage_of
from eval.gold import GoldFiles, GoldSet, Labelled, Problem
from eval.lint.phrases import Passage, runs_in_examples, shared_runs
from eval.quotas import QUOTAS, Quotas, find_quotas, quotas_of
from extractor.article import Article


def quota_problems(files: GoldFiles, labelled: Mapping[str, Labelled]) -> Iterator[Problem]:
    """What a gold folder lacks of its own quotas."""
    unread: list[Problem] = []
    quotas = find_quotas(files.folder, unread)
    yield from unread
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
        if article.language is None:
            yield "language", "it states no language; add it"
        elif notice is None:
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
            text=_titled(
                one.title, one.text.removesuffix(quotas.notices.get(one.language or "", ""))
            ),
        )
        for one in files.articles.values()
    ]
    length = quotas.longest_shared + 1
    for name, other, words in shared_runs(passages, length=length):
        told = f"{words!r} stands in {other!r} of another story too; write it anew"
        yield Problem(file=paths[name], field="text", message=told)
    problems: list[Problem] = []
    examples = _examples(quotas, files.folder, problems)
    yield from dict.fromkeys(problems)  # a file that two entries name is told once
    for name, other, words in runs_in_examples(passages, examples, length=length):
        told = f"{words!r} stands in the prompt's example {other!r} too; take one out"
        yield Problem(file=paths[name], field="text", message=told)


def _titled(title: object, text: str) -> str:
    return f"{title}\n{text}" if isinstance(title, str) else text


def _examples(quotas: Quotas, folder: Path, problems: list[Problem]) -> dict[str, str]:
    """Titles and texts of examples by file and id; what is wrong is added to the problems."""
    examples: dict[str, str] = {}
    for name in quotas.examples:
        found: dict[str, str] = {}
        faults: list[str] = []
        for file in _files(folder / name):
            found |= _read_examples(file, os.path.relpath(file, folder), faults)
        if not found and not faults:
            faults.append(f"no example is in {name}; name a file or folder that has some")
        path = folder / QUOTAS
        problems += (Problem(file=path, field="examples", message=one) for one in faults)
        examples |= found
    return examples


def _files(path: Path) -> list[Path]:
    """A JSON Lines file, or all those of a folder."""
    files = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
    return [file for file in files if file.is_file()]


def _read_examples(file: Path, name: str, faults: list[str]) -> dict[str, str]:
    """The examples of a file, which faults call by this name."""
    told: dict[str, str] = {}
    for n, line in enumerate(file.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line.decode("utf-8"))
        except ValueError as error:  # of the encoding or of JSON
            faults.append(f"{name}, line {n}: it is no JSON in UTF-8 ({error}); mend it there")
            continue
        example = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
        text = example.get("text")
        if not isinstance(text, str) or not text.strip():
            faults.append(f'{name}, line {n}: an example needs a "text" in quotes; add it')
            continue
        key = f"{name}:{example.get('id', n)}"
        unlike = key if key not in told else f"{key} (line {n})"
        told[unlike] = _titled(example.get("title"), text)
    return told
