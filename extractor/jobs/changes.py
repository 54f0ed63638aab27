"""The changes between an outcome as it is stored and as it is mapped now, by their parts."""

from collections.abc import Iterator

from extractor.records import BlameClaim, CountClaim, Failure, Incident, Reading

PARTS = ("outcome", "incidents", "counts", "blames", "flags", "other")
"""What an outcome can differ in; a change of one part may bring others with it."""


def changes_of(before: Reading | Failure, after: Reading | Failure) -> frozenset[str]:
    """The parts in which two outcomes of one article differ; empty if they are equal."""
    if before == after:
        return frozenset()
    found = {"outcome"} if before.outcome is not after.outcome else set[str]()
    if isinstance(before, Reading) and isinstance(after, Reading):
        found |= set(_changed_parts(before, after))
    return frozenset(found or {"other"})


def _changed_parts(before: Reading, after: Reading) -> Iterator[str]:
    if _bare(before) != _bare(after):
        yield "incidents"
    if _counts(before) != _counts(after):
        yield "counts"
    if _blames(before) != _blames(after):
        yield "blames"
    if before.flags != after.flags:
        yield "flags"


def _bare(reading: Reading) -> list[Incident]:
    """The incidents without their claims."""
    return [one.model_copy(update={"counts": (), "blames": ()}) for one in reading.incidents]


def _counts(reading: Reading) -> list[tuple[CountClaim, ...]]:
    return [*(one.counts for one in reading.incidents), reading.cumulative]


def _blames(reading: Reading) -> list[tuple[BlameClaim, ...]]:
    return [one.blames for one in reading.incidents]
