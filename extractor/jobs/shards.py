"""A shard: the share of all inputs that one of several processes reads.

Which share an input falls to is decided by its key alone, so that processes on several machines,
each given all inputs, read every input exactly once and need not know of each other.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.errors import UsageError
from extractor.intake import Recognised, Taken
from extractor.records import Rejected
from extractor.store import key_of

_WRITTEN = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


@dataclass(frozen=True, kw_only=True)
class Shard:
    """One of so many shares."""

    number: int
    """From 1."""
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def holds(self, entry: Taken | Rejected) -> bool:
        """Whether an input falls to this share: an article by its id, a rejection by its place."""
        return shard_of(entry, self.of) == self


def shard_of(entry: Taken | Rejected, of: int) -> Shard:
    """Which of so many shards an input falls to."""
    name = key_of(entry)[1] if isinstance(entry, Rejected) else entry.article.id
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return Shard(number=int.from_bytes(digest) % of + 1, of=of)


@dataclass(kw_only=True)
class Share:
    """The inputs that fall to a shard, and how many were passed over."""

    inputs: Iterable[Taken | Rejected | Recognised]
    shard: Shard
    taken: int = 0
    passed_over: int = 0
    """Inputs that fall to another shard."""

    @property
    def is_empty(self) -> bool:
        """Whether there were inputs, and all fell to other shards."""
        return not self.taken and self.passed_over > 0

    def __iter__(self) -> Iterator[Taken | Rejected | Recognised]:
        for entry in self.inputs:
            if isinstance(entry, Recognised):  # the run is this shard's, and knows no others
                self.taken += len(entry.articles)
                yield entry
            elif self.shard.holds(entry):
                self.taken += 1
                yield entry
            else:
                self.passed_over += 1


def read_shard(words: str, option: str = "--shard") -> Shard:
    """The shard that somebody named as `2/8`.

    Args:
        words: as written.
        option: where they stood.

    Raises:
        UsageError: there is no such shard.
    """
    written = _WRITTEN.fullmatch(words.strip())
    number, of = (int(part) for part in written.groups()) if written else (0, 0)
    if not 1 <= number <= of:
        raise UsageError(
            f"{option} {words!r} is no shard; write which of how many, from 1: 2/8 is the second "
            "of eight"
        )
    return Shard(number=number, of=of)
