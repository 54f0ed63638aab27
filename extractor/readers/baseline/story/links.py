"""Links: how a sentence hangs together with the story so far, as its own words tell."""

from dataclasses import dataclass

from extractor.readers.baseline.story.vocabulary import story_words
from extractor.vocabulary import small

_LEAD = 90  # characters before a casualty in which words still say that it is recalled


@dataclass(frozen=True, kw_only=True)
class Link:
    """How a sentence hangs together with those before it."""

    apart: bool
    """It opens with words for another incident: "elsewhere", "in a separate attack"."""
    back: bool
    """It opens with words for the incident told before: "the blast", "he", "two of them"."""
    several: str | None
    """Words that sum up several incidents: "three separate attacks"."""
    long_ago: bool
    """It has words of a time before the news: "last year", "in 2006"."""


def link_of(words: str) -> Link:
    """How a sentence hangs together with those before it."""
    told = story_words()
    in_small = small(words)
    several = told.several.search(words, in_small)
    apart = told.apart.match(words) is not None or told.another.search(words, in_small) is not None
    return Link(
        apart=apart,
        back=not apart and told.back.match(words) is not None,
        several=several[0] if several else None,
        long_ago=told.long_ago.search(words, in_small) is not None,
    )


def is_recalled(words: str, at: int, people: int | None = None) -> bool:
    """Whether what stands at `at` is told as context: "wanted for the murder of two guards".

    `people` is where those begin of whom it is told; before such words they are no context: "a man
    wanted for murder was seized".
    """
    begin = max(0, at - _LEAD)
    lead = words[begin:at]
    found = [
        match.end()
        for match in story_words().recalled.finditer(lead)
        if people is None or people >= begin + match.start()
    ]
    return bool(found) and not any(mark in lead[found[-1] :] for mark in ";:")
