"""Harms: what each predicate of a tagged sentence tells of which people, by named rules.

passive      "12 people were killed", "two men, who were shot, ..."
coordinated  "two men were ambushed and killed": the subject of the verb before
reduced      "12 people killed in the blast", "a strike left 12 dead"
active       "gunmen killed 12 people", "killing two", "a bomb kills 12", "claimed 12 lives"
split        "shot two men dead": told by the word behind the people
own          "12 people died", "two rebels laid down their arms"
noun_of      "the killing of two nurses"
toll         "the death toll rose to 12"
counted      "12 deaths"
body_found   "two bodies were found", "the body of a man was recovered"
inverted     "in the raid were killed two guards"
among        "among the dead were two nurses", "two of the wounded"
hospital     "the shooting sent four people to hospital"
company      "was killed along with two guards"
recalled     "wanted for killing two": an older deed, or one that somebody is accused of
"""

from collections.abc import Callable

from extractor.mentions.company import in_company
from extractor.mentions.harm import Harm, Reading
from extractor.mentions.nouns import (
    among,
    body,
    counted,
    driven_out,
    fatally,
    noun,
    put_in_hospital,
    struck,
    toll,
)
from extractor.mentions.predicates import (
    GERUND,
    HAPPENED,
    HAPPENING,
    HAPPENS,
    NOUN,
    PAST,
    PRESENT,
    STATE,
    TAKES,
    TOLL,
    UNDERGONE,
)
from extractor.mentions.tags import Line
from extractor.mentions.unreal import is_denied
from extractor.mentions.verbs import (
    gerund,
    happened,
    happening,
    participle,
    present,
    shared_objects,
    state,
)


def find_harms(sentence: str, line: Line) -> tuple[Harm, ...]:
    """Everything that the predicates of a sentence tell as having happened, or recall."""
    reading = Reading(sentence=sentence, line=line, told={})
    for at, tag in enumerate(line.tags):
        rule = _RULES.get(tag)
        harm = rule(reading, at) if rule else None
        if harm is not None:
            reading.told[at] = harm
    shared = tuple(shared_objects(reading))
    beside = (
        *counted(reading),
        *fatally(reading),
        *driven_out(reading),
        *put_in_hospital(reading),
        *struck(reading),
        *in_company(reading),
    )
    harms = (*reading.told.values(), *shared, *beside)
    return tuple(harm for harm in harms if not is_denied(line, harm.people[0]))


_RULES: dict[str, Callable[[Reading, int], Harm | None]] = {
    PAST: participle,
    UNDERGONE: participle,
    STATE: state,
    TAKES: gerund,
    GERUND: gerund,
    PRESENT: present,
    HAPPENED: happened,
    HAPPENS: happening,
    HAPPENING: happening,
    NOUN: noun,
    TOLL: toll,
    "y": body,
    "Q": among,
}
