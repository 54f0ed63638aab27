"""Sums: figures of one sentence that count what several events did together (R9)."""

import re
from collections.abc import Sequence

from extractor.codes import Outcome, Qualifier
from extractor.mentions import Mention
from extractor.readers.baseline.story.drafts import Draft
from extractor.readers.baseline.story.periods import is_summed_up
from extractor.readers.baseline.story.scenes import Scene

_FEWEST = 2  # incidents that a sum counts together
_OF_A_WAR = 100_000  # people; no single attack uproots as many
_TOGETHER = re.compile(
    r"\b(?:in total|in all|altogether|together|combined|a total of|both|overall"
    r"|the (?:two|three|four|five|six) (?:\w+ )?(?:attacks|bombings|blasts|explosions|strikes"
    r"|incidents|shootings|raids|ambushes|killings)"
    r"|the (?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:deaths|killings"
    r"|dead|victims|fatalities))\b",
    re.IGNORECASE,
)

# "from the first blast", "in the other attack": one of several that a sentence tells apart.
_ONE_OF = re.compile(
    r"\bthe (?P<which>first|second|third|fourth|other|latter|former|earlier|later)\b", re.IGNORECASE
)
_HALF = re.compile(r"; |, (?:and|but|while|whereas)\b| but\b| while\b", re.IGNORECASE)


def is_sum_of(scene: Scene, mention: Mention, drafts: Sequence[Draft]) -> bool:
    """Whether a figure is no new one but what the incidents told so far make together.

    "A mine killed three in Brod. Gunmen killed four in Selim. In total, seven people died."
    """
    number = mention.number
    if len(drafts) < _FEWEST or scene.times or number.lower is None or number.lower != number.upper:
        return False
    if _TOGETHER.search(scene.words) is None:  # asked first: it does not go through all incidents
        return False
    news = (draft for draft in drafts if not draft.background)
    tolls = [most for draft in news if (most := draft.most_of(mention.outcome))]
    return len(tolls) >= _FEWEST and sum(tolls) == number.lower


def is_uprooted(scene: Scene, mention: Mention) -> bool:
    """Whether people are displaced by all of a war, in a sentence that tells of no event.

    "More than 200,000 people have fled." "At least 3,000 people have been displaced."
    """
    if mention.outcome is not Outcome.DISPLACED or scene.cues or scene.times or scene.link.back:
        return False
    return (mention.number.lower or 0) >= _OF_A_WAR or is_summed_up(scene.words)


def is_of_another(scene: Scene, mention: Mention) -> bool:
    """Whether a zero is that of another attack than the one whose victims its sentence counts.

    "Nobody was hurt in the first blast; the second killed three."
    """
    if mention.number.qualifier is not Qualifier.NONE or len(scene.mentions) < _FEWEST:
        return False
    words = scene.words
    cuts = [0, *(cut.start() for cut in _HALF.finditer(words)), len(words)]
    start = max(cut for cut in cuts[:-1] if cut <= mention.people.start)
    end = min(cut for cut in cuts if cut > start)
    own, others = set[str](), set[str]()
    for found in _ONE_OF.finditer(words):
        (own if start <= found.start() < end else others).add(found["which"].lower())
    elsewhere = any(
        not start <= one.people.start < end and one.number.qualifier is not Qualifier.NONE
        for one in scene.mentions
    )
    return elsewhere and (bool(own - others) or bool(others - own))
