"""The commands `tollbook eval gold detach` and `attach`: labels without texts, and back."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from eval.canonical import article_json, label_json
from eval.gold import ARTICLES, RECORDS, SPLITS, GoldError, Problem, open_gold
from eval.gold.splits import Splits, read_splits, splits_toml
from eval.gold.standoff import (
    STANDOFF,
    attach,
    detach,
    detached_json,
    read_copies,
    read_detached,
)
from eval.quotas import QUOTAS

_DONE, _REFUSED, _USAGE = 0, 1, 2
_Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="A new folder, written to.")]


def detach_labels(
    folder: Annotated[Path, typer.Argument(help="Gold folder.")],
    *,
    out: _Out,
) -> None:
    """Write the labels of a gold folder without the texts, to be handed on alone.

    Exit codes: 0 written, 2 it is no gold folder, or the new one is not empty.
    """
    try:
        gold = open_gold(folder)
        _new(out)
    except GoldError as error:
        raise _usage(error) from error
    (out / STANDOFF).mkdir(parents=True)
    for name, labelled in gold.labelled.items():
        (out / STANDOFF / f"{name}.json").write_text(detached_json(detach(labelled)), "utf-8")
    _copy_tables(folder, out)
    typer.echo(f"{out}: {len(gold.labelled)} labels without texts")


def attach_labels(
    folder: Annotated[Path, typer.Argument(help="Folder of labels without texts.")],
    texts: Annotated[
        Path, typer.Argument(help="Your copies: a folder of .txt or .json, or a JSON Lines file.")
    ],
    *,
    out: _Out,
) -> None:
    """Join labels without texts to copies of your own, each found by the hash of its text.

    A text with another hash is refused. What can be joined is written, and every other label is
    told. Exit codes: 0 all were joined, 1 some were not, 2 nothing could be begun.
    """
    try:
        detached, copies = read_detached(folder), read_copies(texts)
        _new(out)
    except GoldError as error:
        raise _usage(error) from error
    for name in (ARTICLES, RECORDS):
        (out / name).mkdir(parents=True)
    attached: set[str] = set()
    for one in detached:
        try:
            joined = attach(one, copies)
        except GoldError as error:
            typer.echo(f"refused: {error}", err=True)
            continue
        attached.add(joined.article.id)
        name = f"{joined.article.id}.json"
        (out / ARTICLES / name).write_text(article_json(joined.article), "utf-8")
        (out / RECORDS / name).write_text(label_json(joined.gold), "utf-8")
    refused = len(detached) - len(attached)
    if refused:
        _keep_splits_of(attached, folder, out)
    else:
        _copy_tables(folder, out)
    typer.echo(f"{out}: {len(attached)} labels attached, {refused} refused")
    raise typer.Exit(_REFUSED if refused else _DONE)


def _keep_splits_of(attached: set[str], source: Path, target: Path) -> None:
    """Divide what there is as the whole was; a part can neither be frozen nor meet its quotas."""
    if not (source / SPLITS).exists():
        return
    problems: list[Problem] = []
    pairs = read_splits(source / SPLITS, problems).pairs
    for problem in problems:
        typer.echo(str(problem), err=True)
    kept = tuple((name, split) for name, split in pairs if name in attached)
    told = "A part of the set: what could be attached, divided as the whole is."
    (target / SPLITS).write_text(splits_toml(Splits(pairs=kept), told), "utf-8")


def _new(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GoldError(f"{folder} is there already; name a new folder with --out")


def _copy_tables(source: Path, target: Path) -> None:
    for name in (SPLITS, QUOTAS):
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)


def _usage(error: GoldError) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(_USAGE)
