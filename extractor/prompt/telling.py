"""What differs between two prompts, as lines of text or of Markdown."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from extractor.prompt.differing import PromptDifference
from extractor.prompt.pack import Prompt

DIGITS = 12
"""How much of a fingerprint is shown where it is only to be recognised."""

_LONG = 100  # characters of a value that is shown whole
_AROUND = 40  # characters shown beside what differs in a longer one


def tell_difference(
    old: Prompt, new: Prompt, found: PromptDifference, *, markdown: bool = False
) -> Iterator[str]:
    """Lines that say what differs between two prompts.

    Args:
        old: the one before.
        new: the one after.
        found: what `compare_prompts` found between them.
        markdown: headings, lists and fenced blocks, for a page or a review.
    """
    same = old.fingerprint == new.fingerprint
    fingerprints = f"{old.fingerprint[:DIGITS]} {'=' if same else '->'} "
    yield f"{'# ' if markdown else ''}{old.id} -> {new.id}"
    yield from [""] * markdown
    bullet = "- " if markdown else ""
    yield f"{bullet}fingerprint: {fingerprints}{new.fingerprint[:DIGITS]}"
    yield f"{bullet}schema of the answer: the same"
    yield f"{bullet}system message: {'differs' if found.system else 'the same'}"
    yield f"{bullet}examples: {_counted(found)}"
    for title, lines in (("System message", found.system), ("Examples", _examples(found))):
        if body := tuple(lines):
            yield ""
            yield from _fenced(title, body) if markdown else body


def _counted(found: PromptDifference) -> str:
    parts = [
        f"{len(ids)} {word}"
        for word, ids in (
            ("added", found.added),
            ("removed", found.removed),
            ("changed", found.changed),
        )
        if ids
    ] + ["in another order"] * found.moved
    return ", ".join(parts) or "the same"


def _examples(found: PromptDifference) -> Iterator[str]:
    yield from (f"+ example {name}" for name in found.added)
    yield from (f"- example {name}" for name in found.removed)
    for change in found.changed:
        yield f"  example {change.id}"
        for field in change.fields:
            yield f"    {field.field}"
            before, after = _shortened(field.before, field.after)
            yield from (f"{sign}     {one}" for sign, one in (("-", before), ("+", after)) if one)


def _fenced(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = tuple(lines)
    fence = "```"
    while any(fence in line for line in body):
        fence += "`"
    yield from (f"## {title}", "", f"{fence}diff", *body, fence)


def _shortened(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Two long values without most of what they share at their beginnings and ends."""
    if before is None or after is None or max(len(before), len(after)) <= _LONG:
        return before, after
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])

    def part(words: str) -> str:
        head, tail = max(0, start - _AROUND), len(words) - max(0, end - _AROUND)
        return f"{'…' * (head > 0)}{words[head:tail]}{'…' * (tail < len(words))}"

    return part(before), part(after)


def _shared(one: str, other: str) -> int:
    """How many characters two texts share at their beginnings."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
