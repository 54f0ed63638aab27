"""The linting of a gold folder: every file, every label, and how they stand to each other."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from eval.canonical import article_json, label_json
from eval.gold import (
    RECORDS,
    GoldArticle,
    GoldFiles,
    GoldSet,
    Problem,
    labelled_of,
    misfits,
    read_files,
)
from eval.lint.claims import (
    check_alternatives,
    check_numbers,
    check_parts,
    check_references,
    check_scopes,
)
from eval.lint.finding import Finding
from eval.lint.places import check_places
from eval.lint.quotas import quota_problems
from eval.lint.setting import check_dates, check_incidents, relative_dates
from eval.lint.shown import implied_phenomena, unfounded_phenomena
from eval.lint.splits import split_problems
from eval.lint.texts import Text, likenesses
from eval.lint.weekdays import wrong_weekdays
from eval.lint.words import check_names, check_quotes, check_speakers
from extractor.article import Article


def lint_gold(folder: Path) -> tuple[Problem, ...]:
    """Everything that has to be mended in a gold folder, sorted by file and field.

    Raises:
        GoldError: it is no gold folder at all.
    """
    files = read_files(folder)
    found = {
        *files.problems,
        *misfits(files),
        *_label_problems(files),
        *_file_problems(files),
        *split_problems(files),
        *_text_problems(files),
        *_weekday_problems(files),
        *quota_problems(files, labelled_of(files)),
        *_publication_problems(files),
        *_emptiness(files),
    }
    return _in_order(found)


def lint_set(gold: GoldSet) -> tuple[Problem, ...]:
    """What a score cannot rest on: labels that do not fit their own texts or themselves.

    Only what each label shows beside its text is looked at, so that a grader can ask every time:
    quotes, names, figures, parts and their sums, references, days.
    """
    found = {
        Problem(file=gold.folder / RECORDS / f"{name}.json", field=field, message=message)
        for name, one in gold.labelled.items()
        for check in _QUICK_CHECKS
        for field, message in check(one.gold, one.article)
    }
    return _in_order(found)


def lint_label(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Everything that has to be mended in one label."""
    for check in _CHECKS:
        yield from check(gold, article)


def tidy_gold(folder: Path) -> tuple[Path, ...]:
    """Write the files that have the right shape in the usual form; which of them changed.

    Raises:
        GoldError: it is no gold folder at all.
    """
    changed: list[Path] = []
    for path, usual in _usual_forms(read_files(folder)):
        if path.read_bytes() != usual.encode():
            path.write_bytes(usual.encode())
            changed.append(path)
    return tuple(changed)


def _phenomena(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    del article  # every check is asked the same way
    for one in sorted(implied_phenomena(gold) - set(gold.phenomena)):
        yield Finding("phenomena", f"the claims show {one.value!r}; list it or mend the claims")
    for one in unfounded_phenomena(gold):
        yield Finding("phenomena", f"no claim shows {one.value!r}; take it out or mend the claims")
    if len(set(gold.phenomena)) < len(gold.phenomena):
        yield Finding("phenomena", "list each phenomenon once")


def _strata(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    told = gold.strata.get("language")
    if told is not None and article.language is not None and told != article.language:
        yield Finding("strata.language", f"the article says {article.language!r}")


def _aliases(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    del article  # every check is asked the same way
    for n, names in enumerate(gold.aliases):
        if len(set(names)) < len(names) or len(names) < _FEWEST_ALIASES:
            yield Finding(f"aliases.{n}", "list at least two different names that mean the same")


_FEWEST_ALIASES = 2
_Check = Callable[[GoldArticle, Article], Iterator[Finding]]
_QUICK_CHECKS: tuple[_Check, ...] = (
    check_quotes,
    check_names,
    check_speakers,
    check_numbers,
    check_parts,
    check_references,
    check_scopes,
    check_alternatives,
    check_dates,
)
_CHECKS: tuple[_Check, ...] = (
    *_QUICK_CHECKS,
    check_incidents,
    check_places,
    _phenomena,
    _strata,
    _aliases,
)


def _label_problems(files: GoldFiles) -> Iterator[Problem]:
    articles = {one.id: one for one in files.articles.values()}
    for path, gold in files.labels.items():
        article = articles.get(gold.article_id)
        if article is None or article.text_sha256 != gold.text_sha256:
            continue  # a misfit: quotes of another text would all be wrong
        for field, message in lint_label(gold, article):
            yield Problem(file=path, field=field, message=message)


def _file_problems(files: GoldFiles) -> Iterator[Problem]:
    named = ((path, one.id, "id") for path, one in files.articles.items())
    labels = ((path, one.article_id, "article_id") for path, one in files.labels.items())
    for path, article_id, field in (*named, *labels):
        if path.stem != article_id:
            told = f"the file of {article_id!r} must be called {article_id}.json"
            yield Problem(file=path, field=field, message=told)
    for path, usual in _usual_forms(files):
        if path.read_bytes() != usual.encode():
            mend = f"tollbook eval gold lint --fix {files.folder}"
            told = f"it is not written in the usual form; `{mend}` does so"
            yield Problem(file=path, field="file", message=told)
    labelled = {one.article_id for one in files.labels.values()} | files.unread_labels
    for path, article in files.articles.items():
        if article.id not in labelled:
            told = f"{article.id!r} has no labels; label it or take it out"
            yield Problem(file=path, field="id", message=told)


def _usual_forms(files: GoldFiles) -> Iterator[tuple[Path, str]]:
    for path, article in files.articles.items():
        yield path, article_json(article)
    for path, gold in files.labels.items():
        yield path, label_json(gold)


def _text_problems(files: GoldFiles) -> Iterator[Problem]:
    splits = dict(files.splits)
    stories = {one.article_id: one.story_id for one in files.labels.values()}
    paths = {str(path): path for path in files.articles}
    texts = {
        str(path): Text(
            article=article, story_id=stories.get(article.id), split=splits.get(article.id)
        )
        for path, article in files.articles.items()
    }
    for name, message in likenesses(texts):
        yield Problem(file=paths[name], field="text", message=message)


def _weekday_problems(files: GoldFiles) -> Iterator[Problem]:
    for path, article in files.articles.items():
        for field, message in wrong_weekdays(article):
            yield Problem(file=path, field=field, message=message)


def _publication_problems(files: GoldFiles) -> Iterator[Problem]:
    """Articles without a day of publication, which "Wednesday" and "last month" rest on."""
    labels = {one.article_id: one for one in files.labels.values()}
    for path, article in files.articles.items():
        if article.published_at is not None:
            continue
        gold = labels.get(article.id)
        resting = relative_dates(gold) if gold else ()
        told = "it states no day of publication"
        if resting:
            told = f"{told}, which the date {resting[0]!r} of its labels rests on; add it"
        else:
            told = f"{told}; add it if it is known"
        yield Problem(file=path, field="published_at", message=told, is_warning=not resting)


def _emptiness(files: GoldFiles) -> Iterator[Problem]:
    if not files.labels and not files.unread_labels:
        told = "no labelled article is there; label one, docs/gold.md says how"
        yield Problem(file=files.folder / RECORDS, field="folder", message=told)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (str(one.file), one.field, one.message)))
