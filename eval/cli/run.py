"""The command `tollbook eval run`: the gold articles, read by any reader with any prompt."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from eval.gold import open_gold
from eval.run.gold import check_repeats, read_gold, repeats_of
from extractor.codes import InputOutcome
from extractor.errors import EndpointError, RecordingError
from extractor.prompting import PromptsOption
from extractor.settings import load_settings
from extractor.terminal import complain, note, say

_READ = (InputOutcome.READ, InputOutcome.READ_WITH_FLAGS)
_DONE, _PARTIAL, _NOTHING = 0, 3, 4


def run(
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="RUN", help="Run folder.")],
    reader: Annotated[
        str | None,
        typer.Option(
            help="baseline (the default), openai/<model>, recorded:PATH or stochastic:SEED."
        ),
    ] = None,
    prompt: Annotated[str, typer.Option(help="Prompt pack, for a model.")] = "incident/v1",
    prompts: PromptsOption = None,
    gold: Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Gold folder.")] = Path(
        "gold"
    ),
    split: Annotated[str | None, typer.Option(help="Only the articles of this split.")] = None,
    repeats: Annotated[
        int, typer.Option(min=1, max=100, help="How often every article is read.")
    ] = 1,
    at_once: Annotated[
        int, typer.Option(min=1, max=64, help="Articles a model is asked about at a time.")
    ] = 4,
    config: Annotated[
        Path | None, typer.Option(help="TOML file with the endpoint's settings.")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="Address of the model endpoint.")] = None,
    api_key: Annotated[
        str | None,
        typer.Option(help="Its key; better set TOLLBOOK_API_KEY, which no process list shows."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Sampling seed of the first repeat; it grows by one.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Also keep the model's answers in this recording.")
    ] = None,
) -> None:
    """Read the gold articles, so that a reader or a prompt can be graded; repeat it to go on.

    Exit codes: 0 done, 2 usage, 3 some articles have no reading, 4 none has.
    """
    settings = load_settings(
        config=config, reader=reader, base_url=base_url, api_key=api_key, seed=seed
    )
    check_repeats(settings, repeats)
    if repeats > 1 and settings.seed is None and (settings.reader or "").startswith("openai/"):
        note("no --seed: an endpoint that answers alike every time shows no noise")
    labelled = open_gold(gold).of_split(split)
    total: Counter[InputOutcome] = Counter()
    stopped: str | None = None
    for one in repeats_of(settings, out, repeats):
        try:
            tally = read_gold(
                labelled,
                one,
                prompt=prompt,
                prompts=prompts,
                at_once=at_once,
                record=record,
                split=split,
                tell=lambda done: total.update([done.outcome]),
            )
        except (EndpointError, RecordingError) as error:
            stopped = str(error)
            break
        ended = ", ".join(f"{name.value} {n}" for name, n in sorted(tally.items()))
        note(f"{one.folder}: {tally.total()} articles: {ended or 'none'}")
    with_split = f" --split {split}" if split else ""
    first = repeats_of(settings, out, repeats)[0].folder
    if stopped:
        complain(f"{stopped}; what was read is stored: repeat the command to go on")
    read = sum(total[outcome] for outcome in _READ)
    if read:
        say(f"run {out}; grade it with: tollbook eval score {first}{with_split}")
        say(f"or compare it: tollbook eval compare EARLIER_RUN {out}{with_split}")
    lost = total.total() - read
    raise typer.Exit(_NOTHING if not read else _PARTIAL if lost or stopped else _DONE)
