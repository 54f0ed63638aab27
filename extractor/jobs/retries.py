"""The list of a retry: which articles are still to be read again, kept in the journal of calls."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.jobs.committing import Statement
from extractor.jobs.journal import Journal

_IN_ONE_STATEMENT = 500  # values; SQLite takes more, in some builds no more than 999


class Retry(NamedTuple):
    """An article that is to be read again."""

    article: str
    earlier: str
    """Hash of its earlier outcome: once it has another one, it was read."""


class Retries:
    """The list of a run's retry; it is empty unless one was begun and not finished."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def command(self) -> str | None:
        """What the unfinished retry was asked for; empty if there is none."""
        rows = self._journal.ask("SELECT command FROM retries LIMIT 1")
        return rows[0][0] if rows else None

    def left(self) -> list[Retry]:
        """Those that are left, in the order in which they were put on it."""
        rows = self._journal.ask("SELECT article, earlier FROM retries ORDER BY rowid")
        return [Retry(article, earlier) for article, earlier in rows]

    async def begin(self, retries: Sequence[Retry], command: str, *, void: Iterable[str]) -> None:
        """Put articles on the list and set answers void, in one commit, in place of a list before.

        Args:
            retries: the articles.
            command: what the retry was asked for.
            void: hashes of the requests whose kept answers are not to be given again.

        Raises:
            StoreError: it cannot be written; then nothing of it is.
        """
        requests = list(dict.fromkeys(void))
        statements: list[Statement] = [("DELETE FROM retries", ())]
        for at in range(0, len(requests), _IN_ONE_STATEMENT):
            some = requests[at : at + _IN_ONE_STATEMENT]
            marks = ", ".join("?" * len(some))
            statements.append((f"UPDATE answers SET void = 1 WHERE request IN ({marks})", some))
        sql = "INSERT INTO retries (article, earlier, command) VALUES (?, ?, ?)"
        statements += [(sql, (one.article, one.earlier, command)) for one in retries]
        await self._journal.write(*statements)

    async def take_off(self, *articles: str) -> None:
        """Take articles off that were read again.

        Raises:
            StoreError: it cannot be written.
        """
        sql = "DELETE FROM retries WHERE article = ?"
        if articles:
            await self._journal.write(*((sql, (article,)) for article in articles))
