"""Revisions: which figure of an incident replaces an older one (R10)."""

from dataclasses import dataclass

from extractor.codes import Hedge, Outcome, Qualifier, SpeakerType
from extractor.readers.baseline.story.sameness import Who, clash
from extractor.readers.baseline.story.vocabulary import story_words
from extractor.wire import WireCount

_REACH = 60  # characters beside a figure in which words say that it is the newer or older one
_LOOK_BACK = 12  # figures of an incident among which an older one is looked for
_NOBODY_NAMED = (SpeakerType.ARTICLE_VOICE, SpeakerType.UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A claim of an incident, and the words around its figure."""

    claim: WireCount
    who: Who
    words: str
    at: int

    @property
    def lead(self) -> str:
        """The words shortly before the figure."""
        return self.words[max(0, self.at - _REACH) : self.at]

    @property
    def is_newer(self) -> bool:
        """Whether words say that it replaces another: "the toll has risen to 14"."""
        around = self.words[max(0, self.at - _REACH) : self.at + 20]
        return story_words().newer.search(around) is not None

    @property
    def is_older(self) -> bool:
        """Whether words say that it was replaced: "police first said 14 people died"."""
        told = story_words().older.search(self.lead) is not None
        return told or self.claim.hedge is Hedge.WITHDRAWN


def older_of(figures: list[Figure]) -> dict[str, str]:
    """For each claim that replaces an older one, the id of that one; the figures are in order."""
    older: dict[str, str] = {}
    for n, figure in enumerate(figures):
        recent = [one for one in figures[max(0, n - _LOOK_BACK) : n] if _can_differ(one, figure)]
        if not recent:
            continue
        if figure.is_older:  # told after the newer one
            newer = next((one for one in reversed(recent) if not one.is_older), None)
            if newer is not None and newer.claim.id not in older:
                older[newer.claim.id] = figure.claim.id
            continue
        known = next((one for one in reversed(recent) if figure.is_newer or one.is_older), None)
        if known is not None and known.claim.id not in older.values():
            older[figure.claim.id] = known.claim.id
    return older


def _can_differ(one: Figure, other: Figure) -> bool:
    """Whether two figures are tolls of the same outcome and source line, and not equal."""
    first, second = one.claim, other.claim
    lowers = (first.number.lower, second.number.lower)
    return (
        first.part_of is None
        and second.part_of is None
        and _toll_of(first) is _toll_of(second)
        and Qualifier.NONE not in (first.number.qualifier, second.number.qualifier)
        and None not in lowers
        and lowers[0] != lowers[1]
        and (one.who.sentence != other.who.sentence or one.is_newer or other.is_newer)
        and not clash(one.who, other.who)
        and _one_line(first, second)
    )


def _toll_of(claim: WireCount) -> Outcome:
    return Outcome.KILLED if claim.outcome is Outcome.DIED_OF_WOUNDS else claim.outcome


def _one_line(first: WireCount, second: WireCount) -> bool:
    """Whether two claims come from one source line: one speaker, or one who is not named."""
    speakers = (first.speakers[0], second.speakers[0])
    names = {speaker.name_text for speaker in speakers}
    return len(names) == 1 or any(speaker.type in _NOBODY_NAMED for speaker in speakers)
