"""The waiting list: articles whose answers a batch is to bring, on disk, however many they are."""

import json
from collections.abc import Iterator
from pathlib import Path

from extractor.article import Article
from extractor.intake import Taken
from extractor.records import Source
from extractor.store.folder import unwritable


class WaitingList:
    """Articles that wait, in the order they came; it lasts no longer than the process."""

    def __init__(self, path: Path) -> None:
        """Begin a list.

        Raises:
            StoreError: it cannot be written.
        """
        self._path = path
        self.length = 0
        try:
            path.parent.mkdir(exist_ok=True)
            self._file = path.open("w+", encoding="utf-8", errors="surrogatepass", newline="\n")
        except OSError as error:
            raise unwritable(path.parent, error) from error

    def add(self, taken: Taken) -> None:
        """Let an article wait.

        Raises:
            StoreError: it cannot be written.
        """
        parts = (taken.article.model_dump(mode="json"), taken.source.model_dump(mode="json"))
        try:
            self._file.write(json.dumps([*parts, taken.notices]) + "\n")
        except OSError as error:
            raise unwritable(self._path.parent, error) from error
        self.length += 1

    def __iter__(self) -> Iterator[Taken]:
        """Those that wait, once all of them do."""
        self._file.seek(0)
        for line in self._file:
            article, source, notices = json.loads(line)
            yield Taken(
                article=Article.model_validate(article),
                source=Source.model_validate(source),
                notices=tuple(notices),
            )

    def close(self) -> None:
        """Let go of the list."""
        if self._file.closed:
            return
        self._file.close()
        self._path.unlink(missing_ok=True)
