"""The verb `run retry`: articles of a run are read again."""

from collections.abc import Sequence
from typing import Annotated

import typer

from extractor.beginning import beginning, ignore_interrupts
from extractor.codes import InputOutcome
from extractor.ending import DRAINING, TORN_LINE, exit_code, tell_stop, tell_summary
from extractor.errors import UsageError
from extractor.exits import ExitCode
from extractor.jobs import Limits, listening, run_job
from extractor.jobs.reopening import Terms, reopen_job
from extractor.jobs.retrying import RETRIABLE, RetryErrand, Selection, read_kinds
from extractor.look import ActorsOption, PlacesOption
from extractor.options import (
    ApiKeyOption,
    AtOnceOption,
    BaseUrlOption,
    ConfigOption,
    MaxTokensOption,
    MaxTokensPerArticleOption,
    MaxUsdOption,
    MaxUsdPerArticleOption,
    PricesOption,
    RpmOption,
    TpmOption,
)
from extractor.prompting import PromptsOption
from extractor.standing import RunArgument
from extractor.store import open_run
from extractor.terminal import note, say
from extractor.watching import ProgressName, ProgressOption, watching


def retry(
    run: RunArgument,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="These articles only.")
    ] = None,
    *,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOMES",
            help="Those that ended so: refused, invalid, truncated, infra_error, with commas.",
        ),
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Drop what a retry that was stopped has left.")
    ] = False,
    config: ConfigOption = None,
    base_url: BaseUrlOption = None,
    api_key: ApiKeyOption = None,
    at_once: AtOnceOption = None,
    rpm: RpmOption = None,
    tpm: TpmOption = None,
    max_usd: MaxUsdOption = None,
    max_tokens: MaxTokensOption = None,
    max_usd_per_article: MaxUsdPerArticleOption = None,
    max_tokens_per_article: MaxTokensPerArticleOption = None,
    prices: PricesOption = None,
    prompts: PromptsOption = None,
    places: PlacesOption = None,
    actors: ActorsOption = None,
    progress: ProgressOption = ProgressName.AUTO,
) -> None:
    """Read articles again that ended without a reading, with the run's own reader and prompt."""
    selection = Selection(kinds=_kinds(only, ids or ()), ids=tuple(ids or ()))
    with beginning():
        opened = open_run(run)
        job = reopen_job(
            opened,
            Terms(
                config=config,
                base_url=base_url,
                api_key=api_key,
                at_once=at_once,
                requests_per_minute=rpm,
                tokens_per_minute=tpm,
                prices=prices,
                limits=Limits(
                    usd=max_usd,
                    tokens=max_tokens,
                    usd_per_article=max_usd_per_article,
                    tokens_per_article=max_tokens_per_article,
                ),
                prompts=prompts,
                places=places or (),
                actors=actors or (),
            ),
        )
    errand = RetryErrand(selection=selection, anew=anew)
    ignore_interrupts()  # once the run is over; until then it is listened to
    with (
        watching(progress, lambda: errand.chosen) as watch,
        listening(lambda: watch.note(DRAINING)) as interrupt,
    ):
        ended = run_job(
            (),
            job,
            run,
            opened.manifest,
            tell=watch.tell,
            torn=lambda: watch.note(TORN_LINE),
            interrupt=interrupt,
            watcher=watch,
            errand=errand,
        )
        ended.expected = errand.chosen
        if not errand.chosen and not ended.stopped:
            told = ", ".join(kind.value for kind in selection.kinds)
            say(f"nothing to retry: no article ended in {told}")
            raise typer.Exit(ExitCode.DONE)
        if errand.left_before:
            note(f"an earlier retry was stopped with {errand.left_before:,} articles left")
        tell_summary(ended, run)
        tell_stop(ended)
        raise typer.Exit(exit_code(ended))


def _kinds(only: str | None, ids: Sequence[str]) -> tuple[InputOutcome, ...]:
    """The outcomes to retry; where articles are named, how they ended need not be."""
    if only is None and not ids:
        told = ", ".join(kind.value for kind in RETRIABLE)
        raise UsageError(f"say what to read again: --only with some of {told}, or ids of articles")
    return read_kinds(only)
