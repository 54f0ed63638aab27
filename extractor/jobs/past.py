"""What a run that is gone on with knows of its inputs, so that intake need not parse them again."""

from collections.abc import Mapping

from extractor.codes import InputOutcome
from extractor.intake import FirstMet, KnownArticle
from extractor.records import Rejected, Source
from extractor.store import RunWriter

_OUTCOMES = {outcome.value: outcome for outcome in InputOutcome}


class Past:
    """Tells intake which articles of a run need not be parsed; nothing as long as it is closed.

    It is made before the run is opened, since intake is; whoever opens the run sets `writer`.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.writer: RunWriter | None = None

    def articles_at(
        self, path: str, first: int, last: int
    ) -> Mapping[tuple[int, str], KnownArticle]:
        """The articles with final outcomes that stood in some lines of a file.

        None of them, where a rejection of the file or of a folder around it is to be dropped, and
        none that stands where a rejection is: what parsing them changes is written then.
        """
        if self.writer is None or self.writer.contradicts(Source(path=path, line=1), None):
            return {}
        found = self.writer.articles_at(path, first, last)
        return {
            (row.place, row.raw_sha256): KnownArticle(
                row.name, _OUTCOMES[row.outcome], row.n, path, row.place or None, row.raw_sha256
            )
            for row in found
            if row.outcome != InputOutcome.INFRA_ERROR.value
        }

    def mark_of(self, article_id: str) -> int | None:
        """The number of the line with an article's outcome; `None` if the run does not have it."""
        stored = self.writer and self.writer.stored.get(("article", article_id))
        return stored.n if stored else None

    def first_met(self, mark: int) -> FirstMet:
        """Where the article stood whose outcome is in a line, and with what text.

        Raises:
            RecordError: the line does not hold.
            StoreError: the index says otherwise than the line.
        """
        assert self.writer  # nothing is recognised before the run is open
        outcome = self.writer.recall(self.writer.line(mark))
        assert not isinstance(outcome, Rejected)  # only articles are recognised,
        assert outcome.source  # and by their place
        return FirstMet(outcome.source, outcome.article.text_sha256)
