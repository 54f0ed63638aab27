"""Splits: every article in one, no story in two, and those that are frozen as they were."""

from collections.abc import Iterator

from eval.gold import SPLITS, GoldFiles, Problem, frozen_hash


def split_problems(files: GoldFiles) -> Iterator[Problem]:
    """What is wrong with the splits of a gold folder, if it is divided."""
    if files.is_divided:
        yield from _membership(files)
        yield from _thaw(files)


def _membership(files: GoldFiles) -> Iterator[Problem]:
    splits, stories = dict(files.splits), dict[str, str]()
    for label, gold in files.labels.items():
        split = splits.get(gold.article_id)
        if split is None:
            told = f"article {gold.article_id!r} is in no split; put it into one"
            yield Problem(file=files.folder / SPLITS, field="splits", message=told)
        elif (first := stories.setdefault(gold.story_id, split)) != split:
            told = f"story {gold.story_id!r} is in {first!r} and in {split!r}; keep it in one split"
            yield Problem(file=label, field="story_id", message=told)


def _thaw(files: GoldFiles) -> Iterator[Problem]:
    """Frozen splits whose articles are not those that they were frozen with."""
    path, splits = files.folder / SPLITS, dict(files.splits)
    for name, stated in files.frozen:
        if name not in splits.values():
            told = "there is no such split; take the hash out"
            yield Problem(file=path, field=f"frozen.{name}", message=told)
            continue
        if any(splits.get(unread) == name for unread in files.unread_articles):
            continue  # told already: until it can be read, nobody knows whether it changed
        articles = (one for one in files.articles.values() if splits.get(one.id) == name)
        if (found := frozen_hash(articles)) != stated:
            told = (
                f"its articles are not those it was frozen with: their hash is {found};"
                " put them back as they were, or freeze it anew and say so in the change log"
            )
            yield Problem(file=path, field=f"frozen.{name}", message=told)
