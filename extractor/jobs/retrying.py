"""Retrying: articles of a run that ended without a reading are read once more.

The articles come from the stored outcomes, so the inputs are not needed. A kept answer that led to
no reading is set void first, so that the model is asked anew; where a call never got an answer
(`infra_error`), those that did come are used. The list of what is to be read is kept in the journal
until each outcome is stored, so that a retry that was killed asks nothing twice.
"""

import asyncio
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor.article import sha256_of
from extractor.codes import InputOutcome
from extractor.errors import UsageError
from extractor.intake import Taken
from extractor.jobs.journal import Journal
from extractor.jobs.retries import Retries, Retry
from extractor.records import Failure
from extractor.store import RunWriter, Stored

RETRIABLE = (
    InputOutcome.REFUSED,
    InputOutcome.INVALID,
    InputOutcome.TRUNCATED,
    InputOutcome.INFRA_ERROR,
)
"""Outcomes that hold an article and no reading of it."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is to be read again."""

    kinds: tuple[InputOutcome, ...]
    """Those that ended so."""
    ids: tuple[str, ...] = ()
    """Only these articles; all by default."""

    @property
    def command(self) -> str:
        """The options and arguments that ask for it."""
        only = ",".join(kind.value for kind in RETRIABLE if kind in self.kinds)
        return shlex.join(("--only", only, *self.ids))


def read_kinds(words: str | None) -> tuple[InputOutcome, ...]:
    """The outcomes named in a list with commas; without one, all that can be retried.

    Raises:
        UsageError: one of them is none, or nothing can be read again there.
    """
    known = {kind.value: kind for kind in RETRIABLE}
    found: list[InputOutcome] = []
    for word in (words or ",".join(known)).split(","):
        name = word.strip()
        if name == InputOutcome.REJECTED_INPUT.value:
            raise UsageError(
                "a rejected input holds no article that could be read again; mend it, and repeat "
                "the run's own command"
            )
        if name not in known:
            told = ", ".join(known)
            raise UsageError(f"--only {name!r} is no outcome to retry; there is {told}")
        found.append(known[name])
    return tuple(kind for kind in RETRIABLE if kind in found)


@dataclass(kw_only=True)
class RetryErrand:
    """Has a job read a selection of a run's articles again."""

    selection: Selection
    anew: bool = False
    """Whether the list of a retry that was stopped is dropped."""
    chosen: int | None = None
    """How many articles are to be read; empty until that is known."""
    left_before: int = 0
    """How many of them an earlier retry had left."""
    _retries: Retries | None = field(default=None, init=False)
    _writer: RunWriter | None = field(default=None, init=False)

    async def begin(self, writer: RunWriter, journal: Journal | None) -> Iterable[Taken]:
        """Choose the articles: those that a stopped retry has left, or else a new selection.

        Raises:
            UsageError: a retry for something else was stopped and has articles left, or an article
                that is named has no outcome to retry.
            StoreError: the list cannot be written.
        """
        self._retries, self._writer = Retries(journal) if journal else None, writer
        # Without calls there is nothing to pay twice, and no list is kept.
        left = await self._left(self._retries, writer) if self._retries and not self.anew else []
        retries = left or self._select(writer)
        if self._retries and not left:
            await self._retries.begin(
                retries, self.selection.command, void=_requests_to_void(retries, writer)
            )
        self.left_before, self.chosen = len(left), len(retries)
        return _taken(retries, writer)

    async def is_done(self, article_id: str) -> None:
        """Take an article off the list.

        Raises:
            StoreError: it cannot be written.
        """
        if self._retries and self._writer:
            # What is taken off must not be lost to a power cut; one sync serves many at a time.
            await asyncio.to_thread(self._writer.sync)
            await self._retries.take_off(article_id)

    async def _left(self, retries: Retries, writer: RunWriter) -> list[Retry]:
        """What a stopped retry has left; what was stored at the last moment is taken off."""
        command = retries.command()
        if command is None:
            return []
        if command != self.selection.command:
            raise UsageError(
                f"a retry of {command!r} was stopped before its end; finish it by asking for "
                "that again, or drop what it has left with --anew"
            )
        listed = retries.left()
        done = {one.article for one in listed if not _is_waiting(one, writer)}
        await retries.take_off(*done)
        return [one for one in listed if one.article not in done]

    def _select(self, writer: RunWriter) -> list[Retry]:
        for name in self.selection.ids:
            _check_retriable(name, writer.stored.get(("article", name)), self.selection.kinds)
        ids = frozenset(self.selection.ids)
        chosen = [
            stored
            for (kind, name), stored in writer.stored.items()
            if kind == "article"
            and stored.outcome in self.selection.kinds
            and (not ids or name in ids)
        ]
        failures = (_failure(writer, stored) for stored in _in_order(chosen))
        return [Retry(one.article.id, _hash(one)) for one in failures]


def _check_retriable(name: str, stored: Stored | None, kinds: Sequence[InputOutcome]) -> None:
    if stored is None:
        raise UsageError(f"the run has no outcome of an article {name!r}; check the id")
    if stored.outcome not in RETRIABLE:
        raise UsageError(f"the article {name!r} was read; there is nothing to retry")
    if stored.outcome not in kinds:
        raise UsageError(
            f"the article {name!r} ended in {stored.outcome.value}, which --only leaves out"
        )


def _taken(retries: Sequence[Retry], writer: RunWriter) -> Iterator[Taken]:
    for one in retries:
        failure = _failure(writer, writer.stored["article", one.article])
        assert failure.source is not None  # a job writes none without
        yield Taken(article=failure.article, source=failure.source, notices=failure.notices)


def _requests_to_void(retries: Sequence[Retry], writer: RunWriter) -> Iterator[str]:
    """The requests of articles whose answers came and were of no use."""
    for one in retries:
        failure = _failure(writer, writer.stored["article", one.article])
        if failure.outcome is not InputOutcome.INFRA_ERROR:
            yield from (attempt.request_sha256 for attempt in failure.attempts)


def _is_waiting(retry: Retry, writer: RunWriter) -> bool:
    stored = writer.stored.get(("article", retry.article))
    if stored is None or stored.outcome not in RETRIABLE:
        return False
    return _hash(_failure(writer, stored)) == retry.earlier


def _failure(writer: RunWriter, stored: Stored) -> Failure:
    outcome = writer.recall(stored)
    assert isinstance(outcome, Failure)  # its kind is one of those that can be retried
    return outcome


def _hash(failure: Failure) -> str:
    return sha256_of(failure.model_dump_json())


def _in_order(stored: Iterable[Stored]) -> list[Stored]:
    return sorted(stored, key=lambda one: one.offset)
