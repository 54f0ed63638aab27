"""A run: a stream of inputs is read, one after another, and every input gets its outcome."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from extractor.codes import InputOutcome
from extractor.errors import EndpointError, RecordingError
from extractor.intake import Taken
from extractor.pipeline import read_article
from extractor.prompt import Prompt
from extractor.readers.answer import Reader
from extractor.readers.model import CallRefused
from extractor.records import Failure, Reading, Rejected
from extractor.store import RunWriter, Stored, key_of, sha256_of_input

READ = frozenset({InputOutcome.READ, InputOutcome.READ_WITH_FLAGS})


@dataclass(frozen=True, kw_only=True)
class Done:
    """One input and how it ended; `stored` if the run held its outcome already."""

    outcome: InputOutcome
    label: str
    reason: str | None = None
    stored: bool = False


async def read_inputs(
    inputs: Iterable[Taken | Rejected],
    *,
    reader: Reader,
    prompt: Prompt | None,
    writer: RunWriter,
) -> AsyncIterator[Done]:
    """Read every input that the run holds no final outcome for, and write each outcome at once.

    An input that ended in `infra_error` before is tried again; every other outcome is final.

    Raises:
        EndpointError: the endpoint refuses every call; what was read is stored, and the article
            that met it as an `infra_error`.
        RecordingError: a recording holds no answer for an article, which is stored likewise.
        StoreError: an outcome cannot be written.
    """
    for entry in inputs:
        await asyncio.sleep(0)  # an interruption takes effect here, if the reader never waits
        known = _known(entry, writer)
        if known is not None:
            yield known
            continue
        try:
            outcome = await _outcome(entry, reader=reader, prompt=prompt, writer=writer)
        except (EndpointError, RecordingError) as error:
            if isinstance(entry, Taken):
                writer.append(_refused(entry, error, reader=reader, prompt=prompt))
            raise
        writer.append(outcome)
        yield _done(outcome)


def _known(entry: Taken | Rejected, writer: RunWriter) -> Done | None:
    if isinstance(entry, Rejected):
        stored = writer.stored.get(key_of(entry))
        same = stored is not None and stored.sha256 == sha256_of_input(entry)
        return _done(entry, stored=True) if same else None
    stored = writer.stored.get(("article", entry.article.id))
    if stored is None or stored.outcome is InputOutcome.INFRA_ERROR:
        return None
    if stored.sha256 != entry.article.text_sha256:
        return None
    return Done(outcome=stored.outcome, label=entry.article.id, stored=True)


async def _outcome(
    entry: Taken | Rejected, *, reader: Reader, prompt: Prompt | None, writer: RunWriter
) -> Reading | Failure | Rejected:
    if isinstance(entry, Rejected):
        return entry
    stored: Stored | None = writer.stored.get(("article", entry.article.id))
    if stored is not None and stored.sha256 != entry.article.text_sha256:
        return Rejected(
            source=entry.source,
            article_id=entry.article.id,
            raw_sha256=entry.article.raw_sha256,
            reason=(
                f"this run has read an article {entry.article.id!r} with another text; "
                "give the new text another id, or start another run"
            ),
        )
    return await read_article(
        entry.article, reader=reader, prompt=prompt, source=entry.source, notices=entry.notices
    )


def _refused(
    entry: Taken, error: EndpointError | RecordingError, *, reader: Reader, prompt: Prompt | None
) -> Failure:
    """The outcome of the article at which the reader turned out to answer nothing more."""
    return Failure(
        outcome=InputOutcome.INFRA_ERROR,
        source=entry.source,
        article=entry.article,
        reader=reader.name,
        prompt=prompt.id if prompt and reader.needs_prompt else None,
        reason=str(error),
        notices=entry.notices,
        attempts=error.attempts if isinstance(error, CallRefused) else (),
    )


def _done(outcome: Reading | Failure | Rejected, *, stored: bool = False) -> Done:
    if isinstance(outcome, Rejected):
        line = f":{outcome.source.line}" if outcome.source.line else ""
        label = f"{outcome.source.path}{line}"
    else:
        label = outcome.article.id
    reason = None if isinstance(outcome, Reading) else outcome.reason
    return Done(outcome=outcome.outcome, label=label, reason=reason, stored=stored)
