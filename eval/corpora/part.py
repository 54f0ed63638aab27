"""Part: a share of a corpus's documents, the same in every run, so that one can be kept unread."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.corpora.corpus import Document
from extractor.errors import UsageError

_WRITTEN = re.compile(r"(?P<first>\d{1,3})(?:-(?P<last>\d{1,3}))?/(?P<of>\d{1,3})")


@dataclass(frozen=True, kw_only=True)
class Part:
    """The parts `first` to `last` of `of` parts, counted from 1.

    A document falls in the part that a hash of its cluster says, so that documents of one release
    or incident stay together, and neither the order of a file nor its length matters.
    """

    first: int
    last: int
    of: int

    def __str__(self) -> str:
        """The part as it is written on the command line."""
        numbers = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{numbers}/{self.of}"

    def of_documents(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        """The documents that fall in it, in their order."""
        return tuple(one for one in documents if self._holds(one.cluster))

    def _holds(self, cluster: str) -> bool:
        digest = hashlib.sha256(cluster.encode()).hexdigest()
        return self.first <= int(digest, 16) % self.of + 1 <= self.last


def read_part(written: str) -> Part:
    """A part as it is written: "1/3" is the first of three, "2-3/3" the other two.

    Raises:
        UsageError: it is not written so, or there is no such part.
    """
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise UsageError(f"--part {written!r} is no part; write 1/3, or 2-3/3 for two of three")
    first, of = int(found["first"]), int(found["of"])
    last = int(found["last"] or first)
    if not 1 <= first <= last <= of:
        raise UsageError(f"--part {written!r}: there are parts 1 to {of}, the smaller one first")
    return Part(first=first, last=last, of=of)
