"""The headline: its figures count where the body has none of that kind (R14)."""

from collections.abc import Iterator

from extractor.codes import Outcome, Qualifier
from extractor.mentions import Mention
from extractor.readers.baseline.story.desk import Desk
from extractor.readers.baseline.story.drafts import Draft
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.telling import Telling

# What a body's figures leave nothing to say on: of the dead, on casualties too; of people shot, not
# on who of them died.
_GOVERNS = {
    Outcome.KILLED: {Outcome.DIED_OF_WOUNDS, Outcome.KILLED_OR_INJURED},
    Outcome.DIED_OF_WOUNDS: {Outcome.KILLED, Outcome.KILLED_OR_INJURED},
    Outcome.KILLED_OR_INJURED: {Outcome.INJURED},
    Outcome.INJURED: {Outcome.KILLED_OR_INJURED},
    Outcome.DETAINED: {Outcome.ABDUCTED},
    Outcome.ABDUCTED: {Outcome.DETAINED},
}


def hear_headline(desk: Desk, title: Scene) -> None:
    """Give the headline's figures that the body does not have to the incident that it tells of.

    The incident is the first one that is news. Without any, the headline is left to be read alone.
    """
    news = next((draft for draft in desk.drafts if not draft.background), None)
    if news is None or not title.mentions:
        return
    governed = governed_outcomes(desk)
    kept = _whole(title, tuple(m for m in title.mentions if m.outcome not in governed))
    desk.leave(title, (one for one in title.mentions if one not in kept), "headline")
    if not kept:
        return
    desk.voices.hear(title)
    news.tellings.append(Telling(scene=title, mentions=kept))


def _whole(title: Scene, kept: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Parts stay only beside the whole that they are parts of."""
    return tuple(
        mention
        for mention in kept
        if mention.part_of is None or title.mentions[mention.part_of] in kept
    )


def _told(drafts: list[Draft]) -> Iterator[Mention]:
    """Every figure of the body's incidents."""
    for draft in drafts:
        for telling in draft.tellings:
            yield from telling.mentions


def governed_outcomes(desk: Desk) -> frozenset[Outcome]:
    """Outcomes of which the body gives a figure; "the victims" is none."""
    mentions = (*_told(desk.drafts), *(one.mention for one in desk.summed))
    told = frozenset(
        mention.outcome
        for mention in mentions
        if mention.number.qualifier is not Qualifier.UNKNOWN_NUMBER
    )
    return told.union(*(_GOVERNS.get(outcome, ()) for outcome in told))
