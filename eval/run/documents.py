"""Documents: those of a corpus go through any reader, and become readings by their ids."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.corpora.corpus import Document
from extractor.codes import InputOutcome
from extractor.errors import TollbookError
from extractor.pipeline import read_article
from extractor.prompt import Prompt, load_prompt
from extractor.readers import Reader, open_reader, record_to
from extractor.records import Failure, Reading
from extractor.resolve.tables import Tables, open_tables
from extractor.settings import EndpointSettings


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is read with."""

    reader: Reader
    prompt: Prompt | None = None
    tables: Tables | None = None
    at_once: int = 1
    """How many documents are read at a time; more than one helps only where a model is waited
    for."""


def open_asked(
    settings: EndpointSettings,
    *,
    prompt: str,
    prompts: Path | None = None,
    at_once: int,
    places: Sequence[Path] = (),
    actors: Sequence[Path] = (),
    record: Path | None = None,
) -> Asked:
    """Open what is read with: the reader of the settings, or the built-in rules.

    Args:
        settings: name the reader, and say how a model is reached.
        prompt: the prompt pack, for a reader that needs one.
        prompts: folder of packs that it lies in; the project's own by default.
        at_once: documents a model is asked about at a time; the rules read one.
        places: a user's own tables of places.
        actors: a user's own tables of actors.
        record: where a model's answers are kept too.

    Raises:
        UsageError: there is no such reader, or it cannot be recorded.
        SettingsError: the endpoint's settings are not enough to call it.
        RecordingError: a recording cannot be read.
        PromptError: there is no such prompt pack.
        TableError: a table cannot be read.
    """
    opened = open_reader(settings.reader or "baseline", settings)
    if record:
        opened = record_to(opened, record)
    return Asked(
        reader=opened,
        prompt=load_prompt(prompt, root=prompts) if opened.needs_prompt else None,
        tables=open_tables(places, actors),
        at_once=at_once if opened.needs_prompt else 1,
    )


def open_prompt(prompt: str, prompts: Path | None = None) -> Prompt:
    """Open a prompt pack, of a folder of packs if one is named.

    Raises:
        PromptError: there is none of that name, or it is broken.
    """
    return load_prompt(prompt, root=prompts)


async def read_documents(
    documents: Sequence[Document],
    asked: Asked,
    *,
    tell: Callable[[Reading | Failure], None] = lambda _: None,
) -> Mapping[str, Reading | Failure]:
    """Read every document, begun in their order; the outcomes by document id, in that order too.

    What nobody foresaw in one document ends in `infra_error` for it; the others go on.

    Args:
        documents: what to read.
        asked: who reads, how, and how many at a time.
        tell: called with every outcome as it comes.

    Raises:
        EndpointError: the endpoint refuses every call; nothing further is asked.
        RecordingError: a recording holds no answer for a document.
        PromptError: the reader needs a prompt and there is none.
    """
    waiting = list(reversed(documents))
    found: dict[str, Reading | Failure] = {}

    async def work() -> None:
        while waiting:
            document = waiting.pop()
            outcome = await _read(document, asked)
            found[document.id] = outcome
            tell(outcome)
            await asyncio.sleep(0)  # an interruption takes effect here, if the reader never waits

    workers = [asyncio.create_task(work()) for _ in range(max(1, asked.at_once))]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return {document.id: found[document.id] for document in documents}


async def _read(document: Document, asked: Asked) -> Reading | Failure:
    try:
        return await read_article(
            document.article, reader=asked.reader, prompt=asked.prompt, tables=asked.tables
        )
    except TollbookError:  # raised on purpose, and about more than this document
        raise
    # The border of a document: what nobody foresaw in one must not cost all that come after it.
    except Exception as error:
        return Failure(
            outcome=InputOutcome.INFRA_ERROR,
            article=document.article,
            reader=asked.reader.name,
            prompt=asked.prompt.id if asked.prompt and asked.reader.needs_prompt else None,
            # Its message is not told: it may hold words of the text.
            reason=f"a defect of tollbook: {type(error).__name__}; please report it",
        )
