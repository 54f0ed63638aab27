"""The first article of each id in one pass over the inputs; a later one is rejected."""

from extractor.intake.known import FirstMet, Known, KnownArticle
from extractor.intake.scratch import Scratch
from extractor.intake.taken import Taken, UnfitInputError, place_of, reject
from extractor.records import Rejected, Source


class Firsts:
    """Every id that was met, in little memory however many there are.

    Of an article that the run knows, a single bit says that it was met; where it stood is asked of
    the run, should its id come again.
    """

    def __init__(self, known: Known | None) -> None:
        """Begin a pass; `known` is what recognises articles in it."""
        self._known = known
        self._parsed = Scratch()
        self._has_parsed = self._has_known = False
        self._met = bytearray()

    def settle(self, taken: Taken) -> Taken | Rejected:
        """The article, or a rejection if its id stood before.

        Raises:
            StoreError: there is no room to remember the id.
        """
        article, source = taken.article, taken.source
        first = self._find_known(article.id)
        if first is None:
            self._has_parsed = True
            line = "" if source.line is None else source.line
            before = self._parsed.keep(article.id, f"{article.text_sha256}:{line}:{source.path}")
            if before is None:
                return taken
            first = _read(before)
        same = first.text_sha256 == article.text_sha256
        return reject_repeated(article.id, source, article.raw_sha256, first.source, same_text=same)

    def settle_known(self, article: KnownArticle) -> KnownArticle | Rejected:
        """The recognised article, or a rejection if its id stood before.

        Raises:
            StoreError: what was remembered cannot be read back.
        """
        before = self._parsed.find(article.id) if self._has_parsed else None
        if before is not None and self._known is not None:
            first, own = _read(before), self._known.first_met(article.mark)
            same = first.text_sha256 == own.text_sha256
            source, raw_sha256 = article.source, article.raw_sha256
            return reject_repeated(article.id, source, raw_sha256, first.source, same_text=same)
        byte, bit = divmod(article.mark, 8)
        if byte >= len(self._met):
            self._met.extend(bytes(byte + 1024 - len(self._met)))
        self._met[byte] |= 1 << bit
        self._has_known = True
        return article

    def _find_known(self, article_id: str) -> FirstMet | None:
        if self._known is None or not self._has_known:
            return None
        mark = self._known.mark_of(article_id)
        if mark is None:
            return None
        byte, bit = divmod(mark, 8)
        is_met = byte < len(self._met) and self._met[byte] & 1 << bit
        return self._known.first_met(mark) if is_met else None


def _read(place: str) -> FirstMet:
    text_sha256, line, path = place.split(":", 2)
    return FirstMet(Source(path=path, line=int(line) if line else None), text_sha256)


def reject_repeated(
    article_id: str, source: Source, raw_sha256: str, first: Source, *, same_text: bool
) -> Rejected:
    """Reject an article whose id stood before.

    Args:
        article_id: its id.
        source: where it stands.
        raw_sha256: hash of its bytes.
        first: where the id stood first.
        same_text: whether the article there has the same text.
    """
    how = (
        "with the same text; leave one of them out"
        if same_text
        else "with another text; give one of them another id, or its file another name"
    )
    error = UnfitInputError(
        f"the id {article_id!r} stood before, in {place_of(first)}, {how}", article_id=article_id
    )
    return reject(source, error, raw_sha256=raw_sha256)
