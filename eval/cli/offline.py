"""The command `tollbook eval offline`: what can be gated without a key and without a network."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.cli.gate import BLESSED
from eval.cli.output import printing, write
from eval.gate.blessed import is_blessed, open_blessed
from eval.gate.judging import Case, judge
from eval.gate.terms import SHIPPED, load_terms
from eval.gate.verdict import EXIT_CODES, Gated
from eval.gold import GoldError, GoldSet, open_gold
from eval.report.gated import gated_markdown, print_gated
from eval.report.markdown import escaped
from eval.report.words import printable
from eval.run.documents import open_prompt
from eval.run.gold import Repeat, read_gold
from eval.run.recordings import Recording, find_recordings
from extractor.manifest import code_sha256
from extractor.prompting import PromptsOption
from extractor.settings import EndpointSettings

_WORST = ("FAIL", "INVALID", "INCONCLUSIVE", "PASS")


class OfflineFormat(StrEnum):
    """How the verdicts are printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"


def offline(
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="Folder of the runs.")
    ] = Path("runs/offline"),
    gold: Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")] = Path(
        "gold"
    ),
    prompt: Annotated[
        str, typer.Option(help="Prompt pack that recordings were made with.")
    ] = "incident/v1",
    prompts: PromptsOption = None,
    terms: Annotated[
        Path,
        typer.Option(metavar="FILE", help="By how much a figure may fall.", show_default=False),
    ] = SHIPPED,
    expect: Annotated[
        list[str] | None,
        typer.Option(metavar="SLICE", help="A slice that must be there: language=en; repeat it."),
    ] = None,
    form: Annotated[
        OfflineFormat, typer.Option("--format", help="What is printed.")
    ] = OfflineFormat.TERMINAL,
) -> None:
    """Gate the built-in reader, and every fresh recording in GOLD/recordings, offline.

    Stale recordings are named and left out. Exit codes: as `eval gate`, of the worst verdict.
    """
    whole = open_gold(gold)
    loaded = load_terms(terms)
    told: list[tuple[str, Gated]] = []

    def gated(name: str, reader: str, baseline: Path, of: GoldSet) -> None:
        folder = out / code_sha256()[:12] / name  # other code, other answers: another run
        repeat = Repeat(number=1, folder=folder, settings=EndpointSettings(reader=reader))
        read_gold(of, repeat, prompt=prompt, prompts=prompts)
        case = Case(
            run=folder,
            baseline=baseline,
            gold=whole,
            terms=loaded,
            expected=tuple(expect or ()),
        )
        told.append((name, judge(case)))

    try:
        gated("baseline", "baseline", gold / BLESSED, whole)
        notes: list[str] = []
        first = whole.of_split(open_blessed(gold / BLESSED).about.split)
        for one in find_recordings(first, open_prompt(prompt, prompts)):
            if why := _left_out(one):
                notes.append(f"{one.name}: {why}")
            else:
                asked = whole.of_split(open_blessed(one.blessed).about.split)
                gated(one.name, f"recorded:{one.path}", one.blessed, asked)
    except GoldError as error:
        typer.echo(printable(f"INVALID: {error}"), err=True)
        raise typer.Exit(EXIT_CODES["INVALID"]) from error
    _tell(told, notes, form)
    worst = min((one for _, one in told), key=lambda one: _WORST.index(one.verdict))
    raise typer.Exit(worst.exit_code)


def _left_out(one: Recording) -> str | None:
    if one.stale:
        return f"stale, so left out: {one.stale}"
    if not is_blessed(one.blessed):
        return (
            "fresh, but there is no blessed run of it to compare with, so left out; bless one:"
            f" tollbook eval bless RUN --into {one.blessed}"
        )
    return None


def _tell(told: list[tuple[str, Gated]], notes: list[str], form: OfflineFormat) -> None:
    left = notes or ["No recording is in the folder: the verdict rests on the built-in reader."]
    if form is OfflineFormat.MARKDOWN:
        parts = [f"## {escaped(name)}\n\n{gated_markdown(one)}" for name, one in told]
        lines = "\n".join(f"- {escaped(note)}" for note in left)
        write("\n".join([*parts, f"## Recordings\n\n{lines}\n"]))
        return
    with printing() as console:
        for name, one in told:
            console.rule(printable(name), align="left")
            print_gated(console, one)
        console.rule("Recordings", align="left")
        for note in left:
            console.print(printable(note), markup=False, highlight=False)
