"""Words for people, for what befell them, and for the bodies and families counted like them."""

from collections.abc import Sequence

from extractor.codes import Unit
from extractor.numerals.cardinal import SMALL, TENS
from extractor.numerals.tokens import Token, token_at
from extractor.numerals.words import PEOPLE, word_set

DETERMINERS = word_set("a an the his her their its our my another one this that")
"""Words that open a noun phrase."""
POSTMODIFIERS = word_set(
    "of from in at on near who whose which that with by aged age during after before inside outside"
    " for to wearing carrying working riding travelling traveling belonging was were is had"
)
"""Words that end the noun and begin what is said about it."""
_BEHIND_NOUN = POSTMODIFIERS - {"of"}
PARTICIPLES = word_set(
    "dead killed wounded injured hurt missing died killing wounding injuring arrested detained"
    " captured abducted kidnapped trapped displaced reported feared shot slain executed beheaded"
)
"""Words of what befell the people counted."""
STOPS = DETERMINERS | POSTMODIFIERS | word_set("and or but when where while as because so")
"""Words across which a number does not reach its noun."""
_NUMBERED_ANEW = STOPS | SMALL.keys() | TENS.keys() | {"left", "leaving"}
VALUED = {
    **{"couple": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3, "triplets": 3},
    **{"quartet": 4, "quadruplets": 4},
}
"""Nouns that say how many people they name."""
_ONE_FAMILY = word_set("a an one same her his")
UNITS = {
    **dict.fromkeys(("body", "bodies", "corpse", "corpses", "cadaver", "cadavers"), Unit.BODIES),
    **dict.fromkeys(("family", "families", "household", "households", "hh", "hhs"), Unit.FAMILIES),
}
"""Nouns that are counted instead of persons."""


def is_plural(word: str) -> bool:
    """Whether the word names several persons."""
    if (
        word in PEOPLE.plurals
        or word in PEOPLE.nationals
        or (word.endswith("men") and len(word) > 4)
    ):
        return True
    return (word.endswith("s") and word[:-1] in PEOPLE.persons) or (
        word.endswith("ies") and word[:-3] + "y" in PEOPLE.persons
    )


def is_singular(word: str) -> bool:
    """Whether the word names one person."""
    return word in PEOPLE.persons or (
        word.endswith(("man", "woman")) and word not in PEOPLE.no_persons
    )


def people_follow(tokens: Sequence[Token], i: int, *, reach: int = 3, one: bool = False) -> bool:
    """Whether a noun for people comes next, adjectives allowed; `one`: for a single person too."""
    for k in range(i, i + reach):
        word = token_at(tokens, k).word
        if is_plural(word) or (one and is_singular(word)):
            return True
        if not word[:1].isalpha() or word in _NUMBERED_ANEW:
            return False
    return False


def unit_after(tokens: Sequence[Token], i: int) -> Unit:
    """What the figure that ends before token i counts."""
    if token_at(tokens, i).word == "of":  # "one of the 14 bodies"
        k = i + 1
        while token_at(tokens, k).word in DETERMINERS or token_at(tokens, k).raw.isdecimal():
            k += 1
        i = k if k > i + 2 else i
    for k in range(i, i + 3):
        word = token_at(tokens, k).word
        if not word[:1].isalpha() or word in _BEHIND_NOUN:
            break
        if word == "of" and token_at(tokens, k + 1).word in _ONE_FAMILY:  # "four of a family"
            break
        after = token_at(tokens, k + 1).word
        if word in UNITS and (
            after in PARTICIPLES or not people_follow(tokens, k + 1, reach=1, one=True)
        ):
            return UNITS[word]
    return Unit.PERSONS
