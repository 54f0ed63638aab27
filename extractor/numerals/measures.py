"""Measures: numbers of money, time, length and weight, of things, and parts of longer signs."""

import re
from collections.abc import Sequence

from extractor.numerals.cardinal import AND_A_HALF, DECIMAL, SMALL, TENS, read_cardinal
from extractor.numerals.dates import is_month
from extractor.numerals.figure import Figure
from extractor.numerals.people import (
    DETERMINERS,
    PARTICIPLES,
    STOPS,
    UNITS,
    is_plural,
    is_singular,
    people_follow,
)
from extractor.numerals.tokens import Token, is_hyphen, is_spoken, token_at
from extractor.numerals.words import FOREIGN, MEASURES, THINGS, word_set

_MEASURED = MEASURES.coins | MEASURES.units
_PEOPLE_COMPOUNDS = word_set("member members man men woman women person people strong soldier")
_SHIFTS = word_set("day night")  # of people at work: "12 day labourers"
_REACH = 7  # words from a number to its noun
_DESIGNATION = re.compile(r"\d+s|\d+[a-z]+", re.IGNORECASE)  # "F-16s", "155mm shells"
_NO_MODIFIERS = (
    STOPS
    | (PARTICIPLES - word_set("captured reported displaced trapped"))
    | THINGS.verbs
    | word_set("were are has have may might could would will can must cannot did does do been not")
)
_PROPORTIONS = word_set("half most majority third thirds quarter quarters part bulk fraction")
_LONGEST_TOLD = 4  # digits of a count after a slash: "wounded/1200 killed"
_OF_PEOPLE = PARTICIPLES - word_set("reported feared captured displaced trapped hurt shot")
_LONGEST_LINE = 4  # words of a line of a form
_LIKE_PEOPLE = ("ers", "ors", "ists", "ians", "ants", "ents", "ees", "eers", "ards", "ites")
_SHORTEST_PLURAL = 3  # letters; "was" and "us" are no plurals
_BEFORE_A_MINUS = word_set("to of at below reached from")
_BEFORE_VOTES = word_set("a of to by - with against was were for and , nearly unanimously")
_VOTES = word_set("vote votes voted voting ballots")
_WHOLES = (10, 100, 1000)  # "9 in 10"; of "1 in 5" the whole may be any number up to these


def is_measure(tokens: Sequence[Token], i: int) -> bool:
    """Whether a measure starts at token i, after a number: "20 km", "three days"."""
    after, second = token_at(tokens, i), token_at(tokens, i + 1)
    if after.word == "-" and is_hyphen(tokens, i):
        people = second.word in _PEOPLE_COMPOUNDS or is_singular(second.word)
        return not people and second.word[0].isalnum()
    if after.word == "-" and after.start == token_at(tokens, i - 1).end:  # "1- and 2-year-old"
        return second.word in ("and", "or", "to")
    if after.word in ("a", "p") and second.word == "." and token_at(tokens, i + 2).word == "m":
        return True
    if after.word == "per" and second.word == "cent":
        return True
    if after.word in _SHIFTS and people_follow(tokens, i + 1, reach=1):
        return False
    if after.word in _MEASURED or is_spoken(tokens, i, AND_A_HALF):
        return True
    nationality = after.word[:1].isalpha() and after.word not in STOPS  # "20 Colombian pesos"
    return (after.word in MEASURES.adjectives and second.word in _MEASURED) or (
        nationality and second.word in MEASURES.coins
    )


def is_first_of_two_measures(tokens: Sequence[Token], i: int) -> bool:
    """Whether the second number of "3 and 4 February", "five and ten years" tells of no people."""
    if token_at(tokens, i).word not in ("and", "or", "to"):
        return False
    second = read_cardinal(tokens, i + 1)
    return second is not None and (is_measure(tokens, second.end) or is_month(tokens, second.end))


def is_foreign_magnitude(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i multiplies the number before it in another language: "12 mil"."""
    if token_at(tokens, i).word not in FOREIGN.magnitudes:
        return False
    before = token_at(tokens, i - 1).word
    return before[:1].isdecimal() or before in SMALL or before in TENS


def ratio_end(tokens: Sequence[Token], figure: Figure) -> int | None:
    """Where "1 in 5", "one in every five", "9 in 10" ends; `None` where it is no ratio."""
    at = figure.end + (1 if token_at(tokens, figure.end).word == "out" else 0)
    if token_at(tokens, at).word not in ("in", "of"):
        return None
    every = token_at(tokens, at + 1).word == "every"
    whole = read_cardinal(tokens, at + (2 if every else 1))
    if whole is None or figure.upper is None or figure.upper >= whole.value:
        return None
    if every:
        return whole.end
    after = token_at(tokens, whole.end).word
    # "killed one in two strikes" counts; so does "12 in 10 villages".
    ends = (
        not after[:1].isalpha()
        or after in STOPS
        or people_follow(tokens, whole.end)
        or after in UNITS
    )
    known = whole.value in _WHOLES or (figure.upper == 1 and whole.value < max(_WHOLES))
    spoken = token_at(tokens, at).word == "in" or (at > figure.end and whole.value in _WHOLES)
    return whole.end if spoken and ends and known else None


def is_money(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a currency stands before the number: "$5 million", "Rs. 500"."""
    before = token_at(tokens, figure.core - 1).word
    if before == ".":
        return token_at(tokens, figure.core - 2).word in ("rs", "re")
    return before in MEASURES.currencies


def is_glued(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether marks without a space make the number a part of something: AK-47, 10:30, 9/11."""
    here, mark = tokens[figure.core], token_at(tokens, figure.core - 1)
    before = token_at(tokens, figure.core - 2)
    if mark.word in ("to", "or", "-") and DECIMAL.fullmatch(before.raw):  # "1.5 to 2 million"
        return True
    if mark.end == here.start and mark.word in ("-", ":", "/", ".", "+", "#", "'"):
        leads = before.end != mark.start
        if mark.word in ("-", "'") and not leads:
            return before.word[0].isalnum() and before.word not in PARTICIPLES  # "Killed-26"
        if mark.word == "-":
            return before.word in _BEFORE_A_MINUS
        if mark.word in (":", "/"):
            in_a_path = mark.word == "/" and token_at(tokens, figure.end).word in ("/", "-")
            return before.word[:1].isdecimal() or in_a_path or len(here.raw) > _LONGEST_TOLD
        return mark.word in ("+", "#") or (mark.word == "." and leads)
    last, mark, after = (
        tokens[figure.end - 1],
        *(token_at(tokens, figure.end + k) for k in range(2)),
    )
    glued = mark.start == last.end and after.start == mark.end
    if glued and mark.word == "'" and after.word == "s":  # "Channel 6's reporter"
        return True
    return glued and mark.word in (":", "/") and after.word[:1].isdecimal()


def is_of_things(tokens: Sequence[Token], figure: Figure, *, strict: bool = False) -> bool:
    """Whether the noun after the number names things: "20 houses", "dozens of rocket attacks".

    An unknown plural may name people, but hardly does so (`strict`) unless it ends like "smelters".
    """
    before, after = token_at(tokens, figure.first - 1).word, token_at(tokens, figure.end).word
    told = after in PARTICIPLES or people_follow(tokens, figure.end)
    if before == ":" and not told and _is_form_of_things(tokens, figure.first - 2):
        return True
    one = figure.lower == figure.upper == 1 or _is_proportion(figure.term)
    i = figure.end
    if token_at(tokens, i).word == "of":
        i += 1
        if token_at(tokens, i).word == "which":
            return True
    while token_at(tokens, i).word in DETERMINERS:
        i += 1
    for k in range(i, i + _REACH):
        word = token_at(tokens, k).word
        if word in ("head", "heads"):
            warhead = token_at(tokens, k - 1).raw.isupper() and token_at(tokens, k).raw.islower()
            cattle = k == i and (word == "head" or token_at(tokens, k + 1).word == "of")
            return warhead or cattle
        if _is_made(tokens, k) or _is_calibre(tokens, k):
            continue
        if _DESIGNATION.fullmatch(word) and k > i:
            if word[-1] == "s":
                return True
        elif is_plural(word) or (one and is_singular(word)):
            after = token_at(tokens, k + 1).word
            if after in PARTICIPLES or not is_thing(after, one=one):  # "police stations"
                return False
        elif is_thing(word, one=one) or _is_joined_thing(tokens, k, one=one):
            after = token_at(tokens, k + 1)
            owner = after.word == "'" and after.start == token_at(tokens, k).end
            people = is_plural(after.word) or (one and is_singular(after.word))  # "arms dealers"
            if not people:
                unknown = (
                    word in THINGS.plurals and not word.endswith("s") and _may_be_plural(after.word)
                )
                return not owner and not unknown  # "cattle rustlers"
        elif word in _NO_MODIFIERS or not (word[:1].isalnum() or is_hyphen(tokens, k)):
            return False
        elif _may_be_plural(word) and not _is_acronym(tokens, k):
            return strict and not _befell(tokens, figure, k) and _is_unlikely_of_people(tokens, k)
    return False


def is_thing(word: str, *, one: bool) -> bool:
    """Whether the word names things, or one thing with `one`."""
    if word in THINGS.plurals:
        return True
    if not one or word in STOPS:  # "to" is no toe
        return False
    plurals = (word + "s", word + "es", word[:-1] + "ies" if word.endswith("y") else "")
    return any(plural in THINGS.plurals for plural in plurals)


def is_of_votes(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts votes: "voted 120 to 45", "by a vote of 15 to none"."""
    if people_follow(tokens, figure.end, one=True):
        return False
    for k in range(figure.first - 1, figure.first - 5, -1):
        word = token_at(tokens, k).word
        if word in _VOTES:
            return True
        if not (word[:1].isdecimal() or word in _BEFORE_VOTES):
            return False
    return False


def _is_form_of_things(tokens: Sequence[Token], i: int) -> bool:
    """Whether a line of a form ends at token i that names things: "Houses destroyed: 320"."""
    for k in range(i, i - _LONGEST_LINE, -1):
        word = token_at(tokens, k).word
        if word in THINGS.plurals:
            return True
        if not word[:1].isalpha() or word in STOPS or (word in PARTICIPLES and k < i):
            return False
    return False


def _is_made(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i is the "made" of "locally made", "country-made"."""
    before = token_at(tokens, i - 1).word
    return tokens[i : i + 1] != [] and tokens[i].word == "made" and before.endswith(("ly", "-"))


def _is_calibre(tokens: Sequence[Token], i: int) -> bool:
    """Whether token i is the full stop of ".303"."""
    dot, digits = token_at(tokens, i), token_at(tokens, i + 1)
    apart = dot.start > token_at(tokens, i - 1).end
    return dot.word == "." and apart and dot.end == digits.start and digits.raw.isdecimal()


def _is_unlikely_of_people(tokens: Sequence[Token], i: int) -> bool:
    """Whether an unknown plural names things rather than people."""
    token, after = tokens[i], token_at(tokens, i + 1).word
    if not token.raw.islower() or "'" in token.word or token.word.endswith(_LIKE_PEOPLE):
        return False
    if (
        token.word in THINGS.no_plurals
        or token.word in UNITS
        or is_plural(after)
        or is_singular(after)
    ):
        return False
    return not is_hyphen(tokens, i + 1)


def _befell(tokens: Sequence[Token], figure: Figure, noun: int) -> bool:
    """Whether words beside number and noun tell what befalls people: "wounded two privates"."""
    k = noun + 1
    while token_at(tokens, k).word in ("was", "were", "been", "being", "are", "have", "had"):
        k += 1
    beside = {token_at(tokens, figure.first - 1).word, token_at(tokens, k).word}
    return not beside.isdisjoint(_OF_PEOPLE)


def _is_joined_thing(tokens: Sequence[Token], i: int, *, one: bool) -> bool:
    """Whether "pick-ups" starts at token i."""
    if not is_hyphen(tokens, i + 1):
        return False
    return is_thing(f"{tokens[i].word}-{token_at(tokens, i + 2).word}", one=one)


def _is_acronym(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is in capitals and the next is not: "one INSAS rifle"."""
    return tokens[i].raw.isupper() and not token_at(tokens, i + 1).raw.isupper()


def _may_be_plural(word: str) -> bool:
    known = word in THINGS.plurals or word in _NO_MODIFIERS or word.endswith(("ss", "us", "is"))
    return word.endswith("s") and len(word) > _SHORTEST_PLURAL and not known


def _is_proportion(term: str | None) -> bool:
    return term is not None and not _PROPORTIONS.isdisjoint(term.replace("-", " ").split())
