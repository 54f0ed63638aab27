"""Options that several verbs share: what is read, with what, and how quickly."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.intake import Form


class FormName(StrEnum):
    """How inputs are read."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


class LaneName(StrEnum):
    """How a model is asked."""

    LIVE = "live"
    BATCH = "batch"


FORMS: dict[FormName, Form] = {
    FormName.AUTO: "auto",
    FormName.TEXT: "text",
    FormName.JSON: "json",
    FormName.JSONL: "jsonl",
    FormName.HTML: "html",
}

InputsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...", help="Text, JSONL, JSON or HTML files, folders, or - for stdin."
    ),
]
PromptOption = Annotated[str, typer.Option("--prompt", help="Prompt pack, for a model.")]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published", metavar="DATE", help="Publication date of articles that state none."
    ),
]
IdFieldOption = Annotated[str | None, typer.Option("--id-field", help="JSON field of the id.")]
TextFieldOption = Annotated[
    str | None, typer.Option("--text-field", help="JSON field of the text.")
]
TitleFieldOption = Annotated[
    str | None, typer.Option("--title-field", help="JSON field of the title.")
]
DateFieldOption = Annotated[
    str | None, typer.Option("--date-field", help="JSON field of the date.")
]
FormOption = Annotated[
    FormName, typer.Option("--form", help="How to read inputs; auto goes by their suffix.")
]
MaxCharsOption = Annotated[
    int, typer.Option("--max-chars", min=1, help="Longest article to accept, in characters.")
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="TOML file with the endpoint's settings.")
]
BaseUrlOption = Annotated[
    str | None, typer.Option("--base-url", help="Address of the model endpoint.")
]
AtOnceOption = Annotated[
    int | None,
    typer.Option("--at-once", help="Articles that a model is asked about at a time, at most."),
]
LaneOption = Annotated[
    LaneName,
    typer.Option(
        "--lane",
        help="How a model is asked: live, or batch, which is cheaper and takes up to a day.",
    ),
]
PollOption = Annotated[
    float | None, typer.Option("--poll", help="Seconds between two looks at a batch.")
]
ReaderOption = Annotated[
    str | None, typer.Option(help="baseline (the default), openai/<model> or recorded:PATH.")
]
SeedOption = Annotated[int | None, typer.Option(help="Sampling seed for the endpoint.")]
RpmOption = Annotated[float | None, typer.Option("--rpm", help="Calls a minute, at most.")]
TpmOption = Annotated[float | None, typer.Option("--tpm", help="Tokens a minute, at most.")]
PricesOption = Annotated[
    Path | None,
    typer.Option("--prices", metavar="FILE", help="TOML file with prices of your own."),
]
ApiKeyOption = Annotated[
    str | None,
    typer.Option(
        "--api-key", help="Its key; better set TOLLBOOK_API_KEY, which no process list shows."
    ),
]
MaxUsdOption = Annotated[
    float | None, typer.Option("--max-usd", min=0, help="US dollars that the run may come to.")
]
MaxTokensOption = Annotated[
    int | None, typer.Option("--max-tokens", min=0, help="Tokens that the run may come to.")
]
MaxUsdPerArticleOption = Annotated[
    float | None,
    typer.Option("--max-usd-per-article", min=0, help="US dollars that one article may come to."),
]
MaxTokensPerArticleOption = Annotated[
    int | None,
    typer.Option("--max-tokens-per-article", min=0, help="Tokens that one article may come to."),
]
