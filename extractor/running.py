"""The verb `run`: what comes before and after reading many articles."""

import json
from dataclasses import asdict
from typing import Annotated, Any, cast

import typer

from extractor.errors import UsageError
from extractor.exits import ExitCode
from extractor.intake import MAX_CHARS, Fields, take
from extractor.jobs.plan_telling import tell_plan
from extractor.jobs.planning import SAMPLE, plan_job
from extractor.jobs.prices import open_prices
from extractor.look import read_day
from extractor.merging import merge
from extractor.options import (
    FORMS,
    AtOnceOption,
    BaseUrlOption,
    ConfigOption,
    DateFieldOption,
    FormName,
    FormOption,
    IdFieldOption,
    InputsArgument,
    LaneName,
    MaxCharsOption,
    PricesOption,
    PromptOption,
    PublishedOption,
    RpmOption,
    TextFieldOption,
    TitleFieldOption,
    TpmOption,
)
from extractor.prompt import load_prompt
from extractor.prompting import PromptsOption
from extractor.readers.model import PROVIDER
from extractor.remapping import reparse
from extractor.revising import retry
from extractor.settings import load_settings
from extractor.spreading import ray
from extractor.standing import status
from extractor.terminal import note, say, write_json

_PLACES = 6  # of a dollar, a second or a token

app = typer.Typer(no_args_is_help=True, help="Plan runs, and look after them.")

app.command()(status)
app.command()(merge)
app.command()(retry)
app.command()(reparse)
app.command()(ray)


@app.command()
def plan(
    inputs: InputsArgument,
    *,
    reader: Annotated[
        str | None, typer.Option(help="openai/<model>: who would read the articles.")
    ] = None,
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
    at_once: AtOnceOption = None,
    rpm: RpmOption = None,
    tpm: TpmOption = None,
    prices: PricesOption = None,
    lane: Annotated[LaneName, typer.Option(help="How the model would be asked.")] = LaneName.LIVE,
    sample: Annotated[
        int,
        typer.Option(
            min=1, help="Articles that the built-in rules read, to estimate a model's answers."
        ),
    ] = SAMPLE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Estimate tokens, money and time before anything is spent; nothing is asked of a model."""
    settings = load_settings(
        config=config,
        reader=reader,
        base_url=base_url,
        at_once=at_once,
        requests_per_minute=rpm,
        tokens_per_minute=tpm,
    )
    model = (settings.reader or "").removeprefix(PROVIDER)
    if not model or model == settings.reader:
        raise UsageError(
            f"a plan is for a model, and {settings.reader or 'baseline'!r} is none that is paid; "
            f"name one with --reader {PROVIDER}<model>"
        )
    planned = plan_job(
        take(
            inputs,
            fields=Fields(id=id_field, text=text_field, title=title_field, date=date_field),
            published=read_day(published, "--published"),
            form=FORMS[form],
            max_chars=max_chars,
            tell=note,
        ),
        model=model,
        settings=settings,
        prompt=load_prompt(prompt, root=prompts),
        prices=open_prices(prices),
        sample=sample,
    )
    if as_json:
        write_json(json.dumps(_rounded(asdict(planned)), indent=2, ensure_ascii=False))
    else:
        for line in tell_plan(planned, lane=lane.value):
            say(line)
    raise typer.Exit(ExitCode.DONE if planned.articles else ExitCode.NOTHING)


def _rounded(told: Any) -> Any:
    """The same without the digits that floating point adds."""
    if isinstance(told, dict):
        return {name: _rounded(value) for name, value in cast("dict[str, Any]", told).items()}
    return round(told, _PLACES) if isinstance(told, float) else told
