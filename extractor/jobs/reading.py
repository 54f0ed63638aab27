"""One input of a run: it is read, unless its outcome is known, and its outcome is written."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import walk_tb

from extractor.article import Article
from extractor.codes import InputOutcome
from extractor.errors import ArticleCapError, CapError, EndpointError, RecordingError, TollbookError
from extractor.intake import KnownArticle, Taken
from extractor.jobs.telemetry import SILENCE, Telemetry
from extractor.pipeline import read_article
from extractor.prompt import Prompt
from extractor.readers.answer import Reader
from extractor.readers.model import CallRefused
from extractor.records import Attempt, Failure, Reading, Rejected
from extractor.resolve.tables import Tables
from extractor.store import RunWriter, key_of, sha256_of_input

ASKED_ANEW = (InputOutcome.REFUSED, InputOutcome.INVALID)
"""Outcomes that the same question, put once more, may improve; a truncated answer it will not."""

READ = frozenset({InputOutcome.READ, InputOutcome.READ_WITH_FLAGS})

_log = logging.getLogger("tollbook.jobs")  # ids and fixed words only: no reason, text or name

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, kw_only=True)
class Done:
    """One input and how it ended; `stored` if the run held its outcome already."""

    outcome: InputOutcome
    label: str
    reason: str | None = None
    stored: bool = False
    stops: TollbookError | None = None
    """What it met, if that concerns all further inputs as well."""


async def settle(
    entry: Taken | Rejected,
    *,
    reader: Reader,
    prompt: Prompt | None,
    tables: Tables | None = None,
    writer: RunWriter,
    again: bool = False,
    telemetry: Telemetry = SILENCE,
) -> Done:
    """Read an input that the run holds no final outcome for, and write its outcome.

    An input that ended in `infra_error` before is tried again; every other outcome is final. An
    article that has changed since is read anew, and its notices say so. A defect of this code that
    one article brings to light ends in `infra_error` for that article.

    Where the endpoint refuses every call or is down, a cap of the run is reached, or a recording
    holds no answer, the article ends in `infra_error` and the outcome says that the job stops.

    Args:
        entry: the input.
        reader: who answers.
        prompt: for a reader that needs one.
        tables: what places and actors are looked up in; the packaged tables by default.
        writer: the run.
        again: whether it is read whatever the run holds of it; then no `infra_error` replaces an
            outcome that says more.
        telemetry: told of articles that are read.

    Raises:
        PromptError: the reader needs a prompt and there is none.
        StoreError: an outcome cannot be written, or the disk was so full that the one before took
            the reserve.
    """
    writer.reserve.check()
    known = None if again else _known(entry, writer)
    if known is not None:
        return known
    if isinstance(entry, Rejected):
        writer.append(entry)
        return _done(entry)
    taken = entry if again else _told_of_change(entry, writer)
    outcome, stops = await read_taken(
        taken,
        reader=reader,
        prompt=prompt,
        tables=tables,
        write=lambda outcome: _write(outcome, writer, again=again),
        telemetry=telemetry,
    )
    return replace(_done(outcome), stops=stops)


def done_before(article: KnownArticle) -> Done:
    """How an article ended that intake has recognised."""
    return Done(outcome=article.outcome, label=article.id, stored=True)


async def read_taken(
    taken: Taken,
    *,
    reader: Reader,
    prompt: Prompt | None,
    tables: Tables | None,
    write: Callable[[Reading | Failure], None],
    telemetry: Telemetry,
) -> tuple[Reading | Failure, TollbookError | None]:
    """Read one article and write its outcome.

    Args:
        taken: the article.
        reader: who answers.
        prompt: for a reader that needs one.
        tables: what places and actors are looked up in.
        write: writes the outcome; if it cannot be written, another one is.
        telemetry: told of the reading.

    Returns:
        The outcome, and what it met if that concerns all further inputs as well.

    Raises:
        PromptError: the reader needs a prompt and there is none.
        StoreError: a call or an outcome cannot be written.
    """
    with telemetry.reading(taken.article.id) as told:
        outcome, stops = await _read(
            taken, reader=reader, prompt=prompt, tables=tables, write=write
        )
        told.end(outcome)
    if stops:
        _log.warning("article %s: %s, and the job stops", taken.article.id, type(stops).__name__)
    else:
        _log.info("article %s: %s", taken.article.id, outcome.outcome.value)
    return outcome, stops


async def _read(
    taken: Taken,
    *,
    reader: Reader,
    prompt: Prompt | None,
    tables: Tables | None,
    write: Callable[[Reading | Failure], None],
) -> tuple[Reading | Failure, TollbookError | None]:
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
        write(outcome)
    except ArticleCapError as error:
        outcome = _lost(taken, str(error), reader.name, asked)
        write(outcome)
    except (EndpointError, CapError, RecordingError) as error:
        attempts = error.attempts if isinstance(error, CallRefused) else ()
        outcome = _lost(taken, str(error), reader.name, asked, attempts)
        write(outcome)
        return outcome, error
    except TollbookError:  # raised on purpose, and about more than this article
        raise
    # The border of an article: what nobody foresaw in one must not cost all that come after it.
    except Exception as error:
        outcome = _lost(taken, _defect(error), reader.name, asked)
        write(outcome)
    return outcome, None


def _write(outcome: Reading | Failure, writer: RunWriter, *, again: bool) -> None:
    """Write the outcome of an article, unless it is read again and its earlier one says more."""
    if again and outcome.outcome is InputOutcome.INFRA_ERROR:
        earlier = writer.stored.get(key_of(outcome))
        if earlier and earlier.outcome is not InputOutcome.INFRA_ERROR:
            return
    writer.append(outcome)


def _told_of_change(taken: Taken, writer: RunWriter) -> Taken:
    """The article, with a notice if the run has read one of its id that looked otherwise."""
    stored = writer.find_other_version(taken.article)
    if stored is None:
        return taken
    earlier = writer.recall(stored)
    changed = () if isinstance(earlier, Rejected) else _changes(earlier.article, taken.article)
    told = (
        "this run read an earlier version of the article, with another "
        f"{' and another '.join(changed)}; its outcome is kept, and replaced by this one"
    )
    return replace(taken, notices=(*taken.notices, told))


def _changes(one: Article, other: Article) -> tuple[str, ...]:
    pairs = {
        "text": (one.text, other.text),
        "title": (one.title, other.title),
        "publication date": (one.published_at, other.published_at),
    }
    return tuple(name for name, (before, after) in pairs.items() if before != after)


def _known(entry: Taken | Rejected, writer: RunWriter) -> Done | None:
    """How an input ended before, if that is final; a rejection that it contradicts is dropped.

    An article that a reader sees otherwise than before is not known: it is read anew.
    """
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
    if stored.sha256 != sha256_of_input(entry.article):
        return None
    if writer.contradicts(entry.source, entry.article):
        notices = _told_of_change(entry, writer).notices
        met = {"source": entry.source, "article": entry.article, "notices": notices}
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
