"""The station of a worker: its own journal, and those of the workers that died before it."""

import contextlib
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.jobs.calls_file import JOURNAL
from extractor.jobs.cost import Cost
from extractor.jobs.journal import Journal
from extractor.jobs.journals import Archive
from extractor.readers.exchange import Call, Reply


@dataclass(kw_only=True)
class Station:
    """Where one worker writes its calls down, and finds those of the workers before it."""

    folder: Path
    place: int
    """From 0: whose share of the quotas it has."""
    journal: Journal
    _seal_dead: Callable[[Collection[Path]], Sequence[Path]]
    """Says whose journals are sealed, some passed over."""
    _before: str
    """What the folders of those before it at this place begin with."""
    _locks: contextlib.ExitStack
    _known: frozenset[Path] = frozenset()
    _archives: tuple[Archive, ...] = ()
    _look: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> None:
        """Open the journals of those that have died since the last look.

        It may be called from any thread.

        Raises:
            StoreError: one of them cannot be read.
        """
        with self._look:
            dead = self._seal_dead({self.folder, *self._known})
            found = (Archive(path) for folder in dead if (path := folder / JOURNAL).exists())
            self._archives = (*found, *self._archives)  # the latest first
            self._known |= set(dead)

    def kept(self, call: Call) -> Reply | None:
        """The answer to this very request, if a worker that is dead has stored one."""
        for archive in self._archives:
            if reply := archive.kept(call):
                return reply
        return None

    def counted(self, article_id: str | None = None) -> Cost:
        """What counts at this place: the calls of those before it; of an article, all calls."""
        return sum(
            (
                archive.counted(article_id)
                for archive in self._archives
                if article_id or archive.path.parent.name.startswith(self._before)
            ),
            Cost(),
        )

    def close(self) -> None:
        """Let go of everything; others may look into the journal from now on."""
        for archive in self._archives:
            archive.close()
        self.journal.close()
        self._locks.close()
