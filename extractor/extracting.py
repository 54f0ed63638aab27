"""The verb `extract`: articles are read into the ledger of a run."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from extractor.beginning import beginning, ignore_interrupts
from extractor.ending import DRAINING, exit_code, tell_stop, tell_summary
from extractor.errors import UsageError
from extractor.intake import (
    MAX_CHARS,
    STDIN,
    Fields,
    count_inputs,
    is_unicode,
    shown,
    take,
)
from extractor.jobs import (
    Limits,
    Past,
    Share,
    listening,
    open_job,
    read_shard,
    run_job,
)
from extractor.look import ActorsOption, PlacesOption, read_day
from extractor.manifest import describe_run
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
    InputsArgument,
    LaneName,
    LaneOption,
    MaxCharsOption,
    MaxTokensOption,
    MaxTokensPerArticleOption,
    MaxUsdOption,
    MaxUsdPerArticleOption,
    PollOption,
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
from extractor.resolve.tables import open_tables
from extractor.settings import load_settings
from extractor.terminal import note, say
from extractor.watching import ProgressName, ProgressOption, watching


def extract(
    inputs: InputsArgument,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="RUN", help="Run folder.")],
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
    lane: LaneOption = LaneName.LIVE,
    poll: PollOption = None,
    give_up_batches: Annotated[
        bool,
        typer.Option(
            "--give-up-batches",
            help="Cancel the run's batches that are under way, and wait for them no more.",
        ),
    ] = False,
    at_once: AtOnceOption = None,
    rpm: RpmOption = None,
    tpm: TpmOption = None,
    max_usd: MaxUsdOption = None,
    max_tokens: MaxTokensOption = None,
    max_usd_per_article: MaxUsdPerArticleOption = None,
    max_tokens_per_article: MaxTokensPerArticleOption = None,
    prices: PricesOption = None,
    shard: Annotated[
        str | None,
        typer.Option(
            metavar="I/N",
            help="Read one of N shares of the inputs, from 1/N; `run merge` joins them. Rates and "
            "caps are each process's own: divide them by N.",
        ),
    ] = None,
    places: PlacesOption = None,
    actors: ActorsOption = None,
    record: Annotated[
        Path | None, typer.Option(help="Also keep the model's answers in this recording.")
    ] = None,
    progress: ProgressOption = ProgressName.AUTO,
) -> None:
    """Read articles into the ledger of a run; repeat the command to go on with a stopped run."""
    with beginning():
        settings = load_settings(
            config=config,
            reader=reader,
            base_url=base_url,
            api_key=api_key,
            seed=seed,
            at_once=at_once,
            requests_per_minute=rpm,
            tokens_per_minute=tpm,
            poll_seconds=poll,
        )
        stored = (settings.reader, settings.base_url, id_field, text_field, title_field, date_field)
        _check_words(*(words for words in stored if words is not None))
        _check_apart(inputs, out)
        part = read_shard(shard) if shard is not None else None
        day = read_day(published, "--published")
        fields = Fields(id=id_field, text=text_field, title=title_field, date=date_field)
        tables = open_tables(places or (), actors or ())
        if settings.reader is None:
            note("no model is configured: reading with the built-in rules (--reader baseline)")
        job = open_job(
            settings,
            prompt=prompt,
            prompts=prompts,
            tables=tables,
            record=record,
            prices=prices,
            limits=Limits(
                usd=max_usd,
                tokens=max_tokens,
                usd_per_article=max_usd_per_article,
                tokens_per_article=max_tokens_per_article,
            ),
            lane=lane.value,
            gives_up=give_up_batches,
        )
        intake: dict[str, Any] = {
            "id_field": id_field,
            "text_field": text_field,
            "title_field": title_field,
            "date_field": date_field,
            "published": published,
            "form": form.value,
            "max_chars": max_chars,
        }
        manifest = describe_run(
            reader=job.reader.name,
            reader_fingerprint=job.reader.fingerprint,
            prompt=job.prompt.id if job.prompt else None,
            prompt_sha256=job.prompt.fingerprint if job.prompt else None,
            own_tables=tables.own,
            intake=intake,
            shard=str(part) if part else None,
            arguments={
                "inputs": [shown(name) for name in inputs],
                "out": shown(out),
                "endpoint": settings.describe(),
                "places": [shown(path) for path in places or ()],
                "actors": [shown(path) for path in actors or ()],
                "prompts": shown(prompts) if prompts else None,
            },
            seed=settings.seed,
        )
    asked_form = FORMS[form]
    ignore_interrupts()  # once the run is over; until then it is listened to
    with (
        watching(
            progress, lambda: None if part else count_inputs(inputs, form=asked_form)
        ) as watch,
        listening(lambda: watch.note(DRAINING)) as interrupt,
    ):
        past = Past()
        taken = take(
            inputs,
            fields=fields,
            published=day,
            form=asked_form,
            max_chars=max_chars,
            tell=watch.note,
            known=past,
        )
        share = Share(inputs=taken, shard=part) if part else None
        ended = run_job(
            share or taken,
            job,
            out,
            manifest,
            tell=watch.tell,
            torn=_tell_of_torn_line,
            interrupt=interrupt,
            watcher=watch,
            say=watch.note,
            past=past,
        )
        tell_summary(ended, out)
        say(f"run {out}; look at it with: tollbook show {out}")
        if share and not ended.stopped and not ended.interrupted:
            note(f"shard {part}: {share.taken} of {share.taken + share.passed_over} inputs")
        tell_stop(ended)
        # With few inputs and many shards, some have none; then all that was asked is done.
        raise typer.Exit(exit_code(ended, is_empty=share is not None and share.is_empty))


def _tell_of_torn_line() -> None:
    note("the run was stopped in the middle of a line; that article is read again")


def _check_words(*stored: str) -> None:
    for words in stored:
        if not is_unicode(words):
            raise UsageError(
                f"{shown(words)!r} holds bytes that are not UTF-8, and would be stored with the "
                "run; write it in UTF-8, or give the file another name"
            )


def _check_apart(inputs: list[str], out: Path) -> None:
    folder = os.path.realpath(out)  # unlike Path.resolve, it bears links that lead in a circle
    for name in inputs:
        if name != STDIN and Path(os.path.realpath(name)).is_relative_to(folder):
            raise UsageError(
                f"the input {shown(name)!r} lies in the run folder {shown(out)!r}, and would grow "
                "while it is read; name another input, or another folder with --out"
            )
