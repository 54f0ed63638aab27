"""The command `tollbook eval gold agree`: how far two labellings of the same articles agree."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.cli.output import write
from eval.consistency import Agreement, as_predictions, consistency_of, strictly
from eval.gold import GoldArticle, GoldError, GoldSet, Labelled, open_gold, read_labels
from eval.intervals import Interval
from eval.scores.headline import Row
from eval.scores.summary import summarise
from eval.scoring.article import score_set

_USAGE = 2
_Labels = Annotated[Path, typer.Argument(help="Folder of labels, a JSON file for each article.")]


def agree(
    first: _Labels,
    second: _Labels,
    *,
    gold: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Gold folder with the articles.")
    ] = Path("gold"),
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals drawn at random.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say how far two labellings of the same articles agree.

    The scorer takes one as gold and the other as a prediction, both ways round, without second
    readings; then each field of what both have is compared, with Krippendorff's alpha.
    Exit codes: 0 done, 2 the labels are not of the same articles.
    """
    try:
        labels = read_labels(first), read_labels(second)
        sets = _both(open_gold(gold), *labels)
        fields = consistency_of(sets[0], labels[1], seed=seed)
        rows = _headline(sets[0], labels[1], seed), _headline(sets[1], labels[0], seed)
    except GoldError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_USAGE) from error
    articles = sets[0].labelled.values()
    stories = len({one.gold.story_id for one in articles})
    if as_json:
        told = _told(fields, rows, articles=len(articles), stories=stories, seed=seed)
        write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    lines = [
        f"{len(articles)} articles of {stories} stories, labelled twice. Seed {seed}.",
        "",
        *_scorer_table(*rows),
        "",
        *_field_table(fields),
    ]
    write("\n".join(lines) + "\n")


def _both(
    gold: GoldSet, first: dict[str, GoldArticle], second: dict[str, GoldArticle]
) -> tuple[GoldSet, GoldSet]:
    """The articles with each labelling in place of their gold."""
    if once := sorted(set(first) ^ set(second)):
        told = ", ".join(map(repr, once[:5]))
        rest = f" and {len(once) - 5} more" if len(once) > 5 else ""
        raise GoldError(f"labelled only once: {told}{rest}; compare labels of the same articles")
    if unknown := sorted(set(first) - set(gold.labelled)):
        raise GoldError(f"no article {unknown[0]!r} in {gold.folder}; name its folder by --gold")
    sets: list[GoldSet] = []
    for which, labels in (("first", first), ("second", second)):
        labelled: dict[str, Labelled] = {}
        for name, label in sorted(labels.items()):
            article = gold.labelled[name].article
            if label.text_sha256 != article.text_sha256:
                told = (
                    f"{name!r} in the {which} labelling is of another text than {gold.folder} has"
                )
                raise GoldError(f"{told}; label that text, or name the folder of its own by --gold")
            # Clusters are the same whichever labels are looked at.
            story = {"story_id": gold.labelled[name].gold.story_id}
            labelled[name] = Labelled(article=article, gold=label.model_copy(update=story))
        sets.append(strictly(GoldSet(folder=gold.folder, labelled=labelled)))
    return sets[0], sets[1]


def _headline(gold: GoldSet, other: dict[str, GoldArticle], seed: int) -> tuple[Row, ...]:
    cells = score_set(gold, as_predictions(other.values())).cells
    return summarise(cells, seed=seed, intervals=True).headline


def _scorer_table(rows: Sequence[Row], reverse: Sequence[Row]) -> list[str]:
    lines = [
        "| by the scorer | F1 | 95 % | cells | F1 the other way round | right of all |",
        "|---|---:|---|---|---:|---:|",
    ]
    for row, back in zip(rows, reverse, strict=True):
        tally = row.f1.tally
        lines.append(
            f"| {row.label} | {_percent(row.f1.value)} | {_ends(row.f1.interval, 100)} | {tally} |"
            f" {_percent(back.f1.value)} | {_percent(row.accuracy.value)} |"
        )
    return lines


def _field_table(fields: Sequence[Agreement]) -> list[str]:
    lines = [
        "| of | field | pairs | articles | same | alpha | 95 % |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for one in fields:
        alpha = "-" if one.alpha is None else f"{one.alpha:.3f}"
        share = f"{one.same} ({_percent(one.same / one.pairs)} %)"
        lines.append(
            f"| {one.group} | {one.field} | {one.pairs} | {one.articles} | {share} |"
            f" {alpha} | {_ends(one.interval, 1)} |"
        )
    return lines


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def _ends(interval: Interval | None, times: int) -> str:
    if interval is None:
        return "-"
    digits = 1 if times > 1 else 3
    return f"{interval.low * times:.{digits}f} to {interval.high * times:.{digits}f}"


def _told(
    fields: Sequence[Agreement],
    rows: tuple[tuple[Row, ...], tuple[Row, ...]],
    **counts: int,
) -> dict[str, Any]:
    return {
        **counts,
        "first_as_gold": [one.model_dump(mode="json") for one in rows[0]],
        "second_as_gold": [one.model_dump(mode="json") for one in rows[1]],
        "fields": [
            {
                "of": one.group,
                "field": one.field,
                "pairs": one.pairs,
                "articles": one.articles,
                "same": one.same,
                "alpha": one.alpha,
                "interval": None if one.interval is None else [one.interval.low, one.interval.high],
            }
            for one in fields
        ],
    }
