"""Fates: the words around a name that tell what befell somebody, so that it is a person's."""

import re
from functools import cache

from extractor.people.words import people_words


@cache
def harmed() -> re.Pattern[str]:
    """What follows a name of somebody harmed: "was shot", ", who died"."""
    fates = people_words().fates
    return re.compile(
        r"\s*,?\s*(?:(?:(?:who|also|later|allegedly|reportedly|both|all) ){0,2}"
        r"(?:was|were|is|are|has been|have been|had been|being|got)"
        rf"(?: \w+ly| also| later| then| all| both| being){{0,2}} {fates['befallen']}\b"
        rf"|(?:who |also |later |reportedly ){{0,2}}{fates['own']}\b)"
    )


@cache
def harming() -> re.Pattern[str]:
    """What stands before a name of somebody harmed: "killed", "the death of"."""
    return re.compile(rf"\b{people_words().fates['harming']} (?:one )?$", re.IGNORECASE)


@cache
def cued() -> re.Pattern[str]:
    """What stands before a name to tell who somebody is: "identified as"."""
    naming = people_words().fates["naming"]
    return re.compile(rf"\b{naming}(?: one)?[:\s]\s*(?:the )?$", re.IGNORECASE)


@cache
def fate_behind() -> re.Pattern[str]:
    """The fate of a name, behind words set between: ", posted in Brod, was shot"."""
    own = people_words().fates["personal"]
    return re.compile(
        rf"(?:(?P<apposed>, [^;:.]{{3,90}}?,)|,? and (?:an?|his|her|another|two|three|four|\d+)"
        r"\b [^;:,.]{2,50}?) "
        rf"(?:(?:also |later |reportedly |allegedly )?(?:was|were|is|are|has been|have been) "
        rf"(?:\w+ly |also |later )?)?{own}\b"
    )
