"""The command `tollbook eval aa`: how far runs of one configuration differ, which is noise."""

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.output import printing, write
from eval.comparing.comparison import compare_sides
from eval.comparing.sides import Side, open_side, repeats_in, split_told
from eval.gate.noise import noise_of, pairs_of
from eval.gate.terms import SHIPPED, load_terms
from eval.gate.verdict import Verdict, decide
from eval.gold import open_gold
from eval.report.files import write_files
from eval.report.noise import print_noise
from eval.report.words import printable
from extractor.errors import UsageError

_FEW = 999  # draws: many pairs are compared, and only verdicts rest on them
_INVALID = 4


def aa(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN...", help="Two runs or more of one configuration, or a folder of repeats."
        ),
    ],
    *,
    gold: Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")] = Path(
        "gold"
    ),
    split: Annotated[str | None, typer.Option(help="Only the articles of this split.")] = None,
    terms: Annotated[
        Path, typer.Option(metavar="FILE", help="The terms of the gate.", show_default=False)
    ] = SHIPPED,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the noise here, for `eval gate --noise`."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the intervals and p values.")] = 0,
    draws: Annotated[int, typer.Option(min=999, help="Of each interval and p value.")] = _FEW,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the noise: compare runs of one configuration with each other.

    Whatever differs is chance: the noise floor of every figure, how many claims flip, and how
    often the gate's verdict would. Exit codes: 0 measured, 2 usage, 4 invalid.
    """
    paths = [one for path in runs for one in (repeats_in(path) or (path,))]
    if len(paths) < 2:
        raise UsageError("noise is between two runs: name two or more, or a folder of repeats")
    if len({one.resolve() for one in paths}) < len(paths):
        raise UsageError("a run differs from itself by nothing: name each run once")
    split = split or split_told(paths)
    loaded = load_terms(terms)
    labelled = open_gold(gold).of_split(split)
    sides = [open_side(one, labelled, split) for one in paths]
    _check_alike(sides)
    compared = [
        compare_sides(sides[one], sides[other], seed=seed, draws=draws, slices=False)
        for one, other in pairs_of(len(sides))
    ]
    for told in compared:
        if not told.is_valid:
            typer.echo(printable(f"INVALID: {told.reason}"), err=True)
            raise typer.Exit(_INVALID)
    verdicts: list[Verdict] = [decide(told, loaded, on="a pair").verdict for told in compared]
    noise = noise_of(compared, verdicts, runs=len(sides), split=split)
    if not any(one.largest for one in noise.figures):
        told = (
            "these runs do not differ at all: no noise was measured (is there a --seed for each?)"
        )
        typer.echo(told, err=True)
    if out is not None:
        write_files(out.parent, {out.name: noise.to_json()})
        typer.echo(printable(f"the noise is in {out}"), err=True)
    if as_json:
        write(noise.to_json())
    else:
        with printing() as console:
            print_noise(console, noise, loaded)


def _check_alike(sides: list[Side]) -> None:
    """Refuse runs that are known to be of two configurations."""
    known = {
        (one.prompt_sha256, (one.reader or "").split(":")[0])
        for side in sides
        for told in side.provenance
        if (one := told.predictions).reader
    }
    if len(known) > 1:
        raise UsageError(
            "these runs are of different readers or prompts, so what differs is no noise:"
            " use `tollbook eval compare`"
        )
