"""Recalling: older deeds that the news is about, where it tells of nobody harmed now (R0).

"A man was charged on Monday with killing two neighbours in Brod in May": the charge is this week's
news, and the deed that it is about is told as its context, with a place or a day of its own.
"""

import re
from collections.abc import Sequence

from extractor.codes import Outcome
from extractor.readers.baseline.places.finding import PlacePhrase
from extractor.readers.baseline.story.desk import Desk
from extractor.readers.baseline.story.drafts import Draft, may_be_same_place
from extractor.readers.baseline.story.headline import governed_outcomes
from extractor.readers.baseline.story.telling import Telling
from extractor.readers.baseline.times.timing import Timing, firmer, may_be_same_time

HARM = frozenset(
    {Outcome.KILLED, Outcome.INJURED, Outcome.DIED_OF_WOUNDS, Outcome.KILLED_OR_INJURED}
)

# What somebody is held or tried for may be the news itself; what is protested or avenged is not.
_TRIED = re.compile(
    r"\b(?:accus|charge[ds]?\b|convict|indict|sentenc|tri(?:al|ed)\b|guilty|suspect|arraign|alleg"
    r"|prosecut|arrest)",
    re.IGNORECASE,
)


def tell_recalled(desk: Desk) -> None:
    """Tell the deeds that somebody is held or tried for, where nothing else tells of such harm.

    They belong to the one incident of the news that may be the same, or else are context of it.
    """
    recalled = [one for one in desk.recalled if _TRIED.search(one[1].scene.words)]
    if not recalled:
        return
    harmed = [one for one in desk.drafts if any(one.counts(outcome) for outcome in HARM)]
    if not harmed:
        _open(desk, recalled)
    elif len(harmed) == 1 and not harmed[0].background:
        _add(desk, recalled, harmed[0])


def _add(desk: Desk, recalled: Sequence[tuple[int, Telling]], draft: Draft) -> None:
    """Give the incident of the news the figures of other kinds that are told as recalled."""
    governed = governed_outcomes(desk)
    for n, telling in recalled:
        mentions = tuple(
            one
            for one in telling.mentions
            if one.outcome in HARM and one.outcome not in governed and one.part_of is None
        )
        place = desk.story.whereabouts.meant(telling.place, n)
        if mentions and may_be_same_place(draft.place, place):
            kept = Telling(scene=telling.scene, mentions=mentions)
            draft.tellings.append(kept)
            _take_back(desk, kept)


def _open(desk: Desk, recalled: Sequence[tuple[int, Telling]]) -> None:
    """Make incidents of deeds that have a place or day, as context of an arrest or trial.

    Of a deed that is all that the article tells of, neither need be said.
    """
    opened: list[Draft] = []
    for n, telling in recalled:
        place = desk.story.whereabouts.meant(telling.place, n)
        timing = telling.time(desk.published, None)
        draft = next((one for one in opened if _may_be(one, place, timing)), None)
        if draft is None:
            draft = Draft(background=True, violent=True, first_told=n)
            opened.append(draft)
        draft.tellings.append(telling)
        draft.told_in.append(n)
        draft.last_told = n
        draft.kinds |= dict.fromkeys(telling.attacks)
        draft.timing = firmer(draft.timing, timing)
        draft.place = draft.place or place
    for draft in opened:
        if draft.place is None and draft.timing is None and desk.drafts:
            continue
        desk.drafts.append(draft)
        for telling in draft.tellings:
            _take_back(desk, telling)


def _may_be(draft: Draft, place: PlacePhrase | None, timing: Timing | None) -> bool:
    return may_be_same_place(draft.place, place) and may_be_same_time(draft.timing, timing)


def _take_back(desk: Desk, telling: Telling) -> None:
    """Forget that people were left who are told of after all."""
    begin = 0 if telling.scene.of_title else telling.scene.sentence.start
    name = "title" if telling.scene.of_title else "text"
    told = {(name, begin + one.start, begin + one.end) for one in telling.mentions}
    desk.left = [one for one in desk.left if (one.field, one.start, one.end) not in told]
