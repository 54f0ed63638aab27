"""The verb `run ray`: articles are read by the workers of a Ray cluster."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.exits import ExitCode
from extractor.intake import MAX_CHARS, Fields
from extractor.jobs import Limits
from extractor.jobs.ray_data import RayEnded, read_with_ray
from extractor.jobs.summary import call_lines, inputs_line
from extractor.look import ActorsOption, PlacesOption, read_day
from extractor.options import (
    FORMS,
    ApiKeyOption,
    AtOnceOption,
    BaseUrlOption,
    ConfigOption,
    DateFieldOption,
    FormName,
    FormOption,
    IdFieldOption,
    MaxCharsOption,
    MaxTokensOption,
    MaxTokensPerArticleOption,
    MaxUsdOption,
    MaxUsdPerArticleOption,
    PricesOption,
    PromptOption,
    PublishedOption,
    ReaderOption,
    RpmOption,
    SeedOption,
    TextFieldOption,
    TitleFieldOption,
    TpmOption,
)
from extractor.prompting import PromptsOption
from extractor.settings import load_settings
from extractor.terminal import complain, note, say


def ray(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT...", help="JSONL, Parquet, JSON, text or HTML files, and folders."
        ),
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="Folder that all machines see.")
    ],
    workers: Annotated[int, typer.Option(min=1, help="Actors that read, one process each.")],
    run: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Also make a run folder; new.")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(help="Of a Ray cluster; by default RAY_ADDRESS, or Ray on this machine."),
    ] = None,
    reader: ReaderOption = None,
    prompt: PromptOption = "incident/v1",
    prompts: PromptsOption = None,
    published: PublishedOption = None,
    id_field: IdFieldOption = None,
    text_field: TextFieldOption = None,
    title_field: TitleFieldOption = None,
    date_field: DateFieldOption = None,
    form: FormOption = FormName.AUTO,
    max_chars: MaxCharsOption = MAX_CHARS,
    config: ConfigOption = None,
    base_url: BaseUrlOption = None,
    api_key: ApiKeyOption = None,
    seed: SeedOption = None,
    at_once: AtOnceOption = None,
    rpm: RpmOption = None,
    tpm: TpmOption = None,
    max_usd: MaxUsdOption = None,
    max_tokens: MaxTokensOption = None,
    max_usd_per_article: MaxUsdPerArticleOption = None,
    max_tokens_per_article: MaxTokensPerArticleOption = None,
    prices: PricesOption = None,
    places: PlacesOption = None,
    actors: ActorsOption = None,
) -> None:
    """Read articles on a Ray cluster; rates and caps are those of all workers together."""
    settings = load_settings(
        config=config,
        reader=reader,
        base_url=base_url,
        api_key=api_key,
        seed=seed,
        at_once=at_once,
        requests_per_minute=rpm,
        tokens_per_minute=tpm,
    )
    try:
        ended = read_with_ray(
            inputs,
            out,
            workers=workers,
            settings=settings,
            prompt=prompt,
            prompts=prompts,
            places=places or (),
            actors=actors or (),
            prices=prices,
            limits=Limits(
                usd=max_usd,
                tokens=max_tokens,
                usd_per_article=max_usd_per_article,
                tokens_per_article=max_tokens_per_article,
            ),
            fields=Fields(id=id_field, text=text_field, title=title_field, date=date_field),
            published=read_day(published, "--published"),
            form=FORMS[form],
            max_chars=max_chars,
            run=run,
            address=address,
            tell=note,
        )
    except KeyboardInterrupt:
        note("stopped; every answer so far is safe: repeat the command to go on")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    say(inputs_line(ended.tally))
    if ended.totals and ended.totals.calls:
        for line in call_lines(ended.totals):
            say(line)
    say(f"outcomes {ended.outcomes}: Parquet, a row for every input")
    if run:
        say(f"run {run}; look at it with: tollbook show {run}")
    if ended.stopped:
        complain(f"{ended.unread} inputs have no outcome; repeat the command to go on")
        complain(ended.stopped)
    raise typer.Exit(_exit_code(ended))


def _exit_code(ended: RayEnded) -> ExitCode:
    if not ended.read:
        return ExitCode.NOTHING
    complete = not ended.unread and ended.read == ended.tally.total()
    return ExitCode.DONE if complete else ExitCode.PARTIAL
