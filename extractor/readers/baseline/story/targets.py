"""Targets: which incident a blame is about, by the people whom it names as hit.

"Mayor Ana Ruiz was shot on Monday. ... On Friday a radio station reported that the front had killed
Ruiz.": whatever day and place the second sentence has, it is about the first.
"""

import re
from collections.abc import Iterator, Sequence

from extractor.codes import Standing
from extractor.readers.baseline.blames.finding import BlameMention
from extractor.readers.baseline.story.drafts import RECENT, Draft
from extractor.readers.baseline.story.sameness import is_plain, who_is
from extractor.readers.baseline.story.scenes import Scene

_AROUND = 90  # characters beside a blame in which it names those who were hit
_SHORTEST = 4  # letters of a surname that is no initial and no article
_FIGHTERS = frozenset({Standing.COMBATANT, Standing.POLICE_OR_SECURITY})
_SEVERAL = frozenset({"other", "people", "victim", "body", "member", "official", "civilian"})


def named_target(drafts: Sequence[Draft], scene: Scene, mention: BlameMention) -> Draft | None:
    """The incident told last whose dead or hurt a blame names; none if it names nobody told of."""
    words = scene.words[max(0, mention.start - _AROUND) : mention.end + _AROUND]
    low = words.lower()
    hit = [
        draft
        for draft in drafts
        if not draft.wide
        and (
            any(name in words for name in _surnames(draft))
            or any(_speaks_of(noun, low) for noun in _nouns(draft))
        )
    ]
    return max(hit, key=lambda draft: (not draft.background, draft.last_told), default=None)


def _surnames(draft: Draft) -> Iterator[str]:
    for telling in draft.tellings[:RECENT]:
        for mention in telling.mentions:
            if mention.people.name:
                last = telling.scene.words[slice(*mention.people.name)].split()[-1].strip(".,")
                if len(last) >= _SHORTEST and last[:1].isupper():
                    yield last


def _nouns(draft: Draft) -> Iterator[str]:
    """What those who were hit are called, where that tells them from anybody: "priest"."""
    for telling in draft.tellings[:RECENT]:
        for mention in telling.mentions:
            who = who_is(telling.scene.words, mention, sentence=telling.scene.at)
            if who.kind.standing not in _FIGHTERS:
                yield from (
                    noun for noun in who.nouns if not is_plain(noun) and noun not in _SEVERAL
                )


def _speaks_of(noun: str, low: str) -> bool:
    """Whether people are spoken of as known: "the priests", "the six Jesuit priests"."""
    if noun not in low:
        return False
    return (
        re.search(
            rf"\b(?:the|these|those|both) (?:[\w-]+ ){{0,2}}{re.escape(noun)}(?:s|es)?\b", low
        )
        is not None
    )
