"""A run: a stream of inputs is read, one after another, and every input gets its outcome."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb

from extractor.article import Article
from extractor.codes import InputOutcome
from extractor.errors import EndpointError, RecordingError, TollbookError
from extractor.intake import Taken
from extractor.pipeline import read_article
from extractor.prompt import Prompt
from extractor.readers.answer import Reader
from extractor.readers.model import CallRefused
from extractor.records import Attempt, Failure, Reading, Rejected
from extractor.resolve.tables import Tables
from extractor.store import RunWriter, key_of, sha256_of_input

READ = frozenset({InputOutcome.READ, InputOutcome.READ_WITH_FLAGS})

_PACKAGE = Path(__file__).parents[1]


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
    tables: Tables | None = None,
    writer: RunWriter,
) -> AsyncIterator[Done]:
    """Read every input that the run holds no final outcome for, and write each outcome at once.

    An input that ended in `infra_error` before is tried again; every other outcome is final. A
    defect of this code that one article brings to light ends in `infra_error` for that article.

    Raises:
        EndpointError: the endpoint refuses every call; what was read is stored, and the article
            that met it as an `infra_error`.
        RecordingError: a recording holds no answer for an article, which is stored likewise.
        PromptError: the reader needs a prompt and there is none.
        StoreError: an outcome cannot be written, or the disk was so full that the one before took
            the reserve.
    """
    for entry in inputs:
        await asyncio.sleep(0)  # an interruption takes effect here, if the reader never waits
        writer.reserve.check()
        settled = _unless_changed(entry, writer)
        known = _known(settled, writer)
        if known is not None:
            yield known
        elif isinstance(settled, Rejected):
            writer.append(settled)
            yield _done(settled)
        else:
            yield await _read(settled, reader=reader, prompt=prompt, tables=tables, writer=writer)


async def _read(
    taken: Taken,
    *,
    reader: Reader,
    prompt: Prompt | None,
    tables: Tables | None,
    writer: RunWriter,
) -> Done:
    """Read one article and write its outcome."""
    asked = prompt.id if prompt and reader.needs_prompt else None
    try:
        outcome = await read_article(
            taken.article,
            reader=reader,
            prompt=prompt,
            tables=tables,
            source=taken.source,
            notices=taken.notices,
        )
        writer.append(outcome)
    except (EndpointError, RecordingError) as error:
        attempts = error.attempts if isinstance(error, CallRefused) else ()
        writer.append(_lost(taken, str(error), reader.name, asked, attempts))
        raise
    except TollbookError:  # raised on purpose, and about more than this article
        raise
    # The border of an article: what nobody foresaw in one must not cost all that come after it.
    except Exception as error:
        outcome = _lost(taken, _defect(error), reader.name, asked)
        writer.append(outcome)
    return _done(outcome)


def _unless_changed(entry: Taken | Rejected, writer: RunWriter) -> Taken | Rejected:
    """The entry, rejected if the run has read an article of its id that a reader sees otherwise."""
    if isinstance(entry, Rejected):
        return entry
    stored = writer.stored.get(("article", entry.article.id))
    if stored is None or stored.outcome is InputOutcome.INFRA_ERROR:
        return entry
    if stored.sha256 == sha256_of_input(entry.article):
        return entry
    earlier = writer.recall(stored)
    changed = () if isinstance(earlier, Rejected) else _changes(earlier.article, entry.article)
    return Rejected(
        source=entry.source,
        article_id=entry.article.id,
        raw_sha256=entry.article.raw_sha256,
        reason=(
            f"this run has read an article {entry.article.id!r} with another "
            f"{' and another '.join(changed)}; "
            "give the changed article another id, or start another run"
        ),
    )


def _changes(one: Article, other: Article) -> tuple[str, ...]:
    pairs = {
        "text": (one.text, other.text),
        "title": (one.title, other.title),
        "publication date": (one.published_at, other.published_at),
    }
    return tuple(name for name, (before, after) in pairs.items() if before != after)


def _known(entry: Taken | Rejected, writer: RunWriter) -> Done | None:
    """How an input ended before, if that is final; a rejection that it contradicts is dropped."""
    if isinstance(entry, Rejected):
        stored = writer.stored.get(key_of(entry))
        if stored is None or stored.sha256 != sha256_of_input(entry):
            return None
        if writer.contradicts(entry.source, None):
            writer.append(entry)
        return _done(entry, stored=True)
    stored = writer.stored.get(("article", entry.article.id))
    if stored is None or stored.outcome is InputOutcome.INFRA_ERROR:
        return None
    if writer.contradicts(entry.source, entry.article):
        met = {"source": entry.source, "article": entry.article, "notices": entry.notices}
        writer.append(writer.recall(stored).model_copy(update=met))
    return Done(outcome=stored.outcome, label=entry.article.id, stored=True)


def _defect(error: Exception) -> str:
    """What is told of a defect; its message is not, since that may hold words of the article."""
    places = [
        f"{_PACKAGE.name}/{Path(file).relative_to(_PACKAGE).as_posix()}:{line}"
        for frame, line in walk_tb(error.__traceback__)
        if Path(file := frame.f_code.co_filename).is_relative_to(_PACKAGE)
    ]
    return (
        f"a defect of tollbook, not of the article: {type(error).__name__} in "
        f"{places[-1] if places else _PACKAGE.name}; the run goes on; please report it"
    )


def _lost(
    entry: Taken,
    reason: str,
    reader: str,
    prompt: str | None,
    attempts: tuple[Attempt, ...] = (),
) -> Failure:
    """The outcome of an article that brought no answer through no fault of its own."""
    return Failure(
        outcome=InputOutcome.INFRA_ERROR,
        source=entry.source,
        article=entry.article,
        reader=reader,
        prompt=prompt,
        reason=reason,
        notices=entry.notices,
        attempts=attempts,
    )


def _done(outcome: Reading | Failure | Rejected, *, stored: bool = False) -> Done:
    if isinstance(outcome, Rejected):
        line = f":{outcome.source.line}" if outcome.source.line else ""
        label = f"{outcome.source.path}{line}"
    else:
        label = outcome.article.id
    reason = None if isinstance(outcome, Reading) else outcome.reason
    return Done(outcome=outcome.outcome, label=label, reason=reason, stored=stored)
