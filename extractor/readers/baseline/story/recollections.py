"""Recollections: a deed that the article only recalls, where it tells of nothing newer (R11).

"The judge is investigating the murder of six priests": an inquiry is no event of its own, and the
murder is what the article is about. Beside an incident told for its own sake such a deed is
context, and so is one of people without number or name, or one that is protested or mourned.
"""

import re
from collections.abc import Sequence

from extractor.codes import Outcome, Qualifier
from extractor.mentions import Mention
from extractor.readers.baseline.story.desk import RECALLED, Desk
from extractor.readers.baseline.story.links import is_recalled
from extractor.readers.baseline.story.periods import period_of
from extractor.readers.baseline.story.scenes import Scene
from extractor.readers.baseline.story.telling import tellings_of

_DONE_TO_THEM = frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.ABDUCTED})
_ANSWERED = re.compile(
    r"\b(?:protest|aveng|revenge|retaliat|anniversar|memor|commemorat|mourn|tribute|vigil)",
    re.IGNORECASE,
)


def tell_recollections(desk: Desk, scenes: Sequence[Scene]) -> None:
    """Make incidents of the deeds that an article without any other recalls."""
    if desk.drafts:
        return
    for n, scene in enumerate(scenes):
        recalled = tuple(one for one in scene.mentions if _is_recollection(scene, one))
        for telling in tellings_of(scene, recalled):
            draft = desk.story.tell(n, telling, forced=True)
            if draft is not None:
                draft.last_told = n
                _take_back(desk, scene, telling.mentions)


def _is_recollection(scene: Scene, mention: Mention) -> bool:
    if mention.outcome not in _DONE_TO_THEM or scene.link.long_ago:
        return False
    if mention.number.qualifier is not Qualifier.EXACT:
        return False
    if period_of(scene.words, mention.start, mention.end) is not None:
        return False
    if _ANSWERED.search(scene.words, 0, mention.start):
        return False
    return mention.rule == RECALLED or is_recalled(
        scene.words, mention.verb_at, mention.people.start
    )


def _take_back(desk: Desk, scene: Scene, mentions: tuple[Mention, ...]) -> None:
    """Strike people who are told of after all from those that no claim is made of."""
    begin = scene.sentence.start
    spans = {(begin + one.start, begin + one.end) for one in mentions}
    desk.left = [one for one in desk.left if (one.start, one.end) not in spans]
