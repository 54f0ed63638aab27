"""Denials of casualties: words that say nobody was harmed, told from words that give no figure."""

import re
from dataclasses import dataclass

from extractor.codes import Outcome

_DIED = (
    r"kill(?:ed|s|ing)?|die[ds]?|dying|dead|deaths?|fatalit(?:y|ies)"
    r"|lost (?:his|her|their) li(?:fe|ves)"
)
_HURT = r"injur(?:ed|y|ies|ing)|wound(?:ed|s|ing)?|hurt|harmed"
_EITHER = rf"{_DIED}|{_HURT}|casualt(?:y|ies)|victims?"
_DENIED_WORDS = {
    Outcome.KILLED: rf"{_DIED}|casualt(?:y|ies)",
    Outcome.DIED_OF_WOUNDS: _DIED,
    Outcome.INJURED: rf"{_HURT}|casualt(?:y|ies)",
}
_NOBODY = (
    r"\b(?:no[- ]one|nobody|none|no (?!fewer|less|more|longer|doubt|later|immediate|information"
    r"|figures?|word|details?|breakdown)|without|neither)\b"
)
_NOT = r"\b(?:not|never|n['\u2019]t)\b(?! only| just| less| fewer| more| immediately| clear| known)"

_NONE_CLAUSES = tuple(
    (re.compile(pattern, re.IGNORECASE), outcome)
    for pattern, outcome in (
        (
            r"\b(?P<n>no one|no-one|nobody|none)(?: else)? (?:was|were|has been|had been|is)"
            r" (?:\w+ly )?(?:hurt|harmed|(?:killed|injured|wounded|hurt) (?:or|and) \w+)\b",
            Outcome.KILLED_OR_INJURED,
        ),
        (
            r"\b(?P<n>no one|no-one|nobody|none)(?: else)?"
            r" (?:was|were|has been|had been) (?:\w+ly )?(?:killed)\b(?! (?:or|and)"
            r" (?:injured|wounded|hurt))",
            Outcome.KILLED,
        ),
        (r"\b(?P<n>no one|no-one|nobody|none)(?: else)? (?:had )?died\b", Outcome.KILLED),
        (
            r"\b(?P<n>no one|no-one|nobody|none)(?: else)?"
            r" (?:was|were|has been|had been) (?:\w+ly )?(?:injured|wounded)\b",
            Outcome.INJURED,
        ),
        (
            r"\b(?P<n>no)(?: reports? of)?(?: any)?(?: \w+){0,2}? casualties\b",
            Outcome.KILLED_OR_INJURED,
        ),
        (
            r"\b(?P<n>no)(?: reports? of)?(?: any)?(?: \w+){0,2}? (?:deaths"
            r"|fatalities)\b(?! or injur)",
            Outcome.KILLED,
        ),
        (r"\b(?P<n>no)(?: reports? of)?(?: any)?(?: \w+){0,2}? injuries\b", Outcome.INJURED),
        (
            r"\b(?P<n>without)(?: any)? (?:casualties|loss of life)\b",
            Outcome.KILLED_OR_INJURED,
        ),
    )
)
_NO_FIGURE = re.compile(
    r"\bno (?:immediate |further |official )?(?:word|information|details?|figures?"
    r"|breakdown|confirmation"
    r"|indication|claim)\b|\bnot (?:known|clear)\b",
    re.IGNORECASE,
)
# That nobody claims a deed denies no harm.
_UNCLAIMED = re.compile(
    r"\b(?:no[- ]one|nobody|none|no (?:\w+ ){0,2}?(?:group|side|organi[sz]ation|party|faction))\b"
    r"(?: \w+){0,3}? (?:claim\w*|said|admitted|taken|took|accepted)\b",
    re.IGNORECASE,
)
_BY_US = re.compile(r"^ (?:caused |inflicted )?by (?:us|our)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Zero:
    """A statement that nobody was harmed; all spans are in the sentence."""

    outcome: Outcome
    nobody: tuple[int, int]
    """The word for nobody: "no one", "no"."""
    clause: tuple[int, int]
    """The words that state it."""
    civilian: tuple[int, int] | None
    """The word that limits it to civilians, if one does."""


def find_zero(sentence: str) -> Zero | None:
    """The statement of a sentence that nobody was harmed, if it makes one.

    "Gave no figure" makes no statement, and neither does "no civilian was killed by us": that is a
    denial of blame (R4).
    """
    if _NO_FIGURE.search(sentence):
        return None
    for pattern, outcome in _NONE_CLAUSES:
        found = pattern.search(sentence)
        if found and not _BY_US.match(sentence[found.end() :]):
            civilian = re.compile(r"civilians?", re.IGNORECASE).search(sentence, *found.span())
            return Zero(
                outcome=outcome,
                nobody=found.span("n"),
                clause=found.span(),
                civilian=civilian.span() if civilian else None,
            )
    return None


def says_nobody_was_harmed(words: str, outcome: Outcome) -> bool:
    """Whether words deny an outcome: "no one was killed", "without casualties", "did not kill".

    Only a denial in the same clause as the word for the outcome counts.
    """
    told = _DENIED_WORDS.get(outcome, _EITHER)
    nobody = rf"{_NOBODY}[^.;,:]{{0,40}}?\b(?:{told})\b"
    not_so = rf"{_NOT}[^.;,:]{{0,40}}?\b(?:{told})\b|\ball but\b[^.;,:]{{0,40}}?\b(?:{told})\b"
    claimed_by_somebody = _UNCLAIMED.sub("", words)
    return re.search(rf"{nobody}|{not_so}", claimed_by_somebody, re.IGNORECASE) is not None
