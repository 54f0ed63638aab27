"""The commands `tollbook eval gold detach` and `attach`: labels without texts, and back."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.canonical import article_json, label_json
from eval.gold import ARTICLES, RECORDS, SPLITS, GoldError, Labelled, Problem, open_gold
from eval.gold.splits import Splits, read_splits, splits_toml
from eval.gold.standoff import (
    STANDOFF,
    CopyIndex,
    Detached,
    attach,
    detach,
    detached_json,
    file_name_of,
    index_of,
    read_copies,
    read_detached,
)
from eval.quotas import QUOTAS, read_quotas

_DONE, _REFUSED, _USAGE = 0, 1, 2
_Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="A new folder, written to.")]


def detach_labels(
    folder: Annotated[Path, typer.Argument(help="Gold folder.")],
    *,
    out: _Out,
) -> None:
    """Write the labels of a gold folder without the texts, to be handed on alone.

    Examples of prompts that quotas name stay behind: the labels are not read where those are.
    Exit codes: 0 written, 2 it is no gold folder, or the new one cannot be written.
    """
    try:
        gold = open_gold(folder)
        _new(out)
        labels = {
            Path(STANDOFF, file_name_of(name)): detached_json(detach(labelled)).encode()
            for name, labelled in gold.labelled.items()
        }
        _write(out, (STANDOFF,), {**labels, **_tables(folder)})
    except GoldError as error:
        raise _usage(error) from error
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
        unread: list[str] = []
        detached, index = read_detached(folder), index_of(read_copies(texts, unread))
        for trouble in unread:
            typer.echo(f"not read: {trouble}", err=True)
        _new(out)
        joined = _attached(detached, index)
        refused = len(detached) - len(joined)
        tables = _splits_of(joined, folder) if refused else _tables(folder)
        _write(out, (ARTICLES, RECORDS), {**_gold_files(joined), **tables})
    except GoldError as error:
        raise _usage(error) from error
    typer.echo(f"{out}: {len(joined)} labels attached, {refused} refused")
    raise typer.Exit(_REFUSED if refused else _DONE)


def _attached(detached: Iterable[Detached], index: CopyIndex) -> tuple[Labelled, ...]:
    """What can be joined; every other label is told."""
    joined: list[Labelled] = []
    for one in detached:
        try:
            joined.append(attach(one, index))
        except GoldError as error:
            typer.echo(f"refused: {error}", err=True)
    return tuple(joined)


def _gold_files(joined: Iterable[Labelled]) -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    for one in joined:
        name = file_name_of(one.article.id)
        files[Path(ARTICLES, name)] = article_json(one.article).encode()
        files[Path(RECORDS, name)] = label_json(one.gold).encode()
    return files


def _splits_of(joined: Iterable[Labelled], source: Path) -> dict[Path, bytes]:
    """Divide what there is as the whole was; a part can neither be frozen nor meet its quotas."""
    if not (source / SPLITS).exists():
        return {}
    problems: list[Problem] = []
    pairs = read_splits(source / SPLITS, problems).pairs
    for problem in problems:
        typer.echo(str(problem), err=True)
    attached = {one.article.id for one in joined}
    kept = tuple((name, split) for name, split in pairs if name in attached)
    told = "A part of the set: what could be attached, divided as the whole is."
    return {Path(SPLITS): splits_toml(Splits(pairs=kept), told).encode()}


def _tables(source: Path) -> dict[Path, bytes]:
    """The splits as they are, and the quotas without the examples, which stay where they are."""
    tables: dict[Path, bytes] = {}
    try:
        if (source / SPLITS).exists():
            tables[Path(SPLITS)] = (source / SPLITS).read_bytes()
        if read_quotas(source) is not None:
            path = source / QUOTAS
            tables[Path(QUOTAS)] = _without_examples(path.read_bytes().decode(), path).encode()
    except OSError as error:
        told = f"{error.filename}: it cannot be read ({error.strerror}); mend it or take it out"
        raise GoldError(told) from error
    return tables


def _without_examples(text: str, path: Path) -> str:
    """A table of quotas without its `examples`, over however many lines they go."""
    told = tomllib.loads(text)
    if "examples" not in told:
        return text
    wanted = {name: one for name, one in told.items() if name != "examples"}
    lines = text.split("\n")
    starts = (n for n, line in enumerate(lines) if line.lstrip(" \t\"'").startswith("examples"))
    for start in starts:
        for end in range(start + 1, len(lines) + 1):
            rest = "\n".join([*lines[:start], *lines[end:]])
            # Parsed again, so that neither a bracket in a string nor a split of that name misleads.
            if _toml(rest) == wanted:
                return rest
    raise GoldError(f"{path}: examples: they cannot be left out; put them on lines of their own")


def _toml(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _new(folder: Path) -> None:
    try:
        is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise _unwritable(folder, error) from error
    if is_taken:
        raise GoldError(f"{folder} is there already; name a new folder with --out")


def _write(folder: Path, inner: Iterable[str], files: Mapping[Path, bytes]) -> None:
    """Write a new folder with its inner folders and its files, named from it on."""
    try:
        for name in inner:
            (folder / name).mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> GoldError:
    told = f"{error.filename or folder}: it cannot be written ({error.strerror})"
    return GoldError(f"{told}; name a new folder with --out where you may write")


def _usage(error: GoldError) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(_USAGE)
