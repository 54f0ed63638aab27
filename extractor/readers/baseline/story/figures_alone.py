"""Figures alone: a number that counts whom the sentences before it counted (R8).

"The police said 12 people were killed. The hospital put it at 14." "The union says 15." The number
stands by itself, and what befell the people is told before.
"""

import re
from collections.abc import Sequence

from extractor.codes import Qualifier
from extractor.mentions import Mention
from extractor.numerals import find_separate_numbers
from extractor.people import People
from extractor.vocabulary import PeopleKind

ALONE = "figure_alone"  # the rule of such mentions
_GIVES = re.compile(
    r"(?:\b(?:says?|said|reckons?|reckoned|counts?|counted|gave|gives|acknowledge[sd]?"
    r"|admit(?:s|ted)?(?: to)?|confirm(?:s|ed)?|speaks? of|spoke of|talks? of|insist(?:s|ed)? on"
    r"|settled on|claim(?:s|ed)?|(?:put|puts) (?:it|that|this|the figure|the number) at"
    r"|(?:thinks?|believes?|says?|said) (?:that )?(?:there|it) (?:are|were|is|was)"
    r"|(?:count|figure|tally|number|total) (?:had been|has been|was|is|stands at|stood at)"
    r"|(?:it|the same source|the other) has|^it (?:is|was))"
    r" (?:now |only |just |still |always )?(?:the same (?:number|figure), )?)(?=\S)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?: names| in all| so far| of them| people| dead)?(?=[.,;:\u2014)]|$| and not )"
)
_REACH = 30  # characters of a figure


def figure_alone(words: str, before: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mention of a sentence that gives another number for those counted before, if it does."""
    totals = [one for one in before if one.part_of is None]
    if len({one.outcome for one in totals}) != 1 or totals[-1].number.lower is None:
        return ()
    found = _GIVES.search(words)
    if found is None:
        return ()
    figures = find_separate_numbers(words[found.end() : found.end() + _REACH].rstrip("."))
    if not figures or figures[0].start != 0 or figures[0].number.qualifier is Qualifier.NONE:
        return ()
    end = found.end() + figures[0].end
    if (
        not _ENDS.match(words, end)
        or (figures[0].number.lower or figures[0].number.upper or 0) < _TWO
    ):
        return ()
    people = People(
        start=found.end(), end=end, number=figures[0].number, group=None, kind=PeopleKind()
    )
    return (
        Mention(
            outcome=totals[-1].outcome,
            number=people.number,
            people=people,
            start=found.start(),
            end=end,
            verb_at=found.start(),
            voice="toll",
            rule=ALONE,
        ),
    )


_TWO = 2
