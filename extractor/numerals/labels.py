"""Labels and ages: numbers that tell of one thing or person which it is."""

from collections.abc import Sequence

from extractor.codes import Qualifier
from extractor.numerals.cardinal import read_cardinal
from extractor.numerals.figure import Figure, is_digits
from extractor.numerals.people import PARTICIPLES, STOPS, is_plural, is_singular, people_follow
from extractor.numerals.tokens import Token, token_at
from extractor.numerals.words import CALENDAR, LABELS, NOBODY, THINGS, word_set

_EMERGENCY_CALL = "911"
_OLDEST = 120  # years of age
_LONGEST_NAME = 6  # words; a run of capitals may be longer
_LONGEST_LIST = 100
_OF_AGE = 21  # years: "were under 18" tells an age, "were under 50" need not
_GROUPS = word_set("family household crew gang group team band")
_PARENTS = word_set(
    "father mother parent parents grandfather grandmother grandparents dad mum mom widow widower"
)
_AGED = word_set(
    "boy girl child baby toddler man woman youth teenager lad boys girls children babies teenagers"
)
_AGES = word_set("aged age ages")
_OF_AN_AGE = word_set("between from , and to or - about around under over")
_AFTER_A_COUNT = PARTICIPLES | word_set("were was have had are others")
_BEFORE_DAYS = word_set("on by of since until")  # "on day 12"
_PERIODS = word_set("week day month year phase stage round grade class level quarter")
_PREPOSITIONS = word_set("in on at of by from near inside during for since until to")
_BEFORE_COUNTS = NOBODY.harm | NOBODY.harmed | PARTICIPLES | LABELS.no_names
_PLACE_PREPOSITIONS = word_set("in at near outside around across")


def is_label(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the word before the number names the thing it numbers: "Flight 17", "No. 4"."""
    if figure.first != figure.core or figure.lower is None:
        return False
    label = token_at(tokens, figure.core - 1)
    if label.word == ".":
        label = token_at(tokens, figure.core - 2)
        if label.word not in LABELS.short:
            return False
    here = tokens[figure.core]
    numbered = here.raw[0].isdecimal() or here.raw[0].isupper()
    proper = label.word in LABELS.capitalised and label.raw[0].isupper()
    counted_day = label.word == "day" and token_at(tokens, figure.core - 2).word in _BEFORE_DAYS
    numbered = numbered or label.word == "number"  # "suspect number three"
    named = is_digits(tokens, figure) and _is_name_of_a_thing(tokens, figure)
    if not numbered or not (label.word in LABELS.always or proper or counted_day or named):
        return False
    shouted = proper and label.raw.isupper() and len(label.raw) > 1
    if shouted and token_at(tokens, figure.end).word in _AFTER_A_COUNT:  # "IN THE CAMP 12 DIED"
        return False
    return not people_follow(tokens, figure.end)


def _is_name_of_a_thing(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a name or a thing in front is told from others by the number: "the Cessna 172"."""
    label, before = token_at(tokens, figure.first - 1), token_at(tokens, figure.first - 2)
    after = token_at(tokens, figure.end).word
    if label.word in _PERIODS and before.word in _PREPOSITIONS:  # "in week 14"
        return True
    goes_on = after[:1].isalnum() and after not in STOPS and after not in THINGS.verbs
    if goes_on or after in ("of", "were", "was", "had") or after in PARTICIPLES:
        return False
    if before.word in _PREPOSITIONS and THINGS.plurals & {label.word + "s", label.word + "es"}:
        return True
    proper = label.raw[:1].isupper() and label.raw[1:].islower()
    counted = label.word in _BEFORE_COUNTS
    people = is_plural(label.word) or is_singular(label.word) or label.word in CALENDAR.months
    starts = before.word in ("", ".", "\n", ":", ";") or not before.word[0].isalnum()
    return proper and not counted and not people and not starts


def is_list_number(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number opens a line and only numbers it: "1. Two men …", "(3) A girl …"."""
    before, after = token_at(tokens, figure.first - 1), token_at(tokens, figure.end)
    first = tokens[figure.first]
    if not is_digits(tokens, figure) or after.start != tokens[figure.end - 1].end:
        return False
    opener = before if before.word == "(" and before.end == first.start else first
    opens = opener.preceded_by in ("", "\n") and after.word in (".", ")")
    return opens and (figure.upper or 0) < _LONGEST_LIST


def is_of_a_description(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number only describes a noun: "a father of three", "members of one family"."""
    link, after = token_at(tokens, figure.first - 1).word, token_at(tokens, figure.end).word
    group = after in _GROUPS and token_at(tokens, figure.end + 1).word == "of"
    if group and figure.upper == 1 and read_cardinal(tokens, figure.end + 2):  # "one family of 4"
        return True
    if after in ("family", "household") and figure.upper == 1:
        return link in ("of", "from", "to")
    if link != "of":
        return False
    return token_at(tokens, figure.first - 2).word in _PARENTS and after != "of"


def is_age(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number tells how old somebody is."""
    before, at = figure.first - 1, figure.core
    if _says_age(tokens, before) or (at - 1 != before and _says_age(tokens, at - 1)):
        return True
    if _is_told_age(tokens, figure):
        return True
    if token_at(tokens, before).word == "both" or _are_two_ages(tokens, figure):
        return True
    if figure.lower is None and figure.upper is None:
        return False
    bounded = token_at(tokens, figure.first).word in ("under", "over", "below", "above")
    if bounded and is_plural(token_at(tokens, before).word):  # "children under 12"
        return not people_follow(tokens, figure.end)
    young = token_at(tokens, figure.first).word in ("under", "below")
    if young and token_at(tokens, before).word in ("is", "are", "was", "were"):
        return figure.upper is not None and figure.upper <= _OF_AGE
    return _is_age_of_a_name(tokens, figure)


def ages_end(tokens: Sequence[Token], i: int) -> int | None:
    """Where the ages end that start at token i; `None` where none start."""
    bracket = tokens[i].word == "("
    if not (bracket or tokens[i].word in _AGES):
        return None
    before = token_at(tokens, i - 1).word
    if bracket and not (is_plural(before) or is_singular(before)):
        return None
    k, last = i + 1, i
    while k < len(tokens):
        if (number := read_cardinal(tokens, k)) and not people_follow(tokens, number.end):
            k = last = number.end
        elif tokens[k].word in _OF_AN_AGE:
            k += 1
        else:
            break
    if bracket:
        return last + 1 if last > i and token_at(tokens, last).word == ")" else None
    return last if last > i else None


def is_in_brackets(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number stands alone in brackets after a name, of a person or of a place."""
    opening, name = token_at(tokens, figure.first - 1), token_at(tokens, figure.first - 2)
    closing = token_at(tokens, figure.end)
    return (opening.word, closing.word) == ("(", ")") and not is_singular(name.word)


def _are_two_ages(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether two ages stand behind a noun: "two brothers, 19 and 22, …"."""
    if not is_digits(tokens, figure) or (figure.upper or 0) > _OLDEST:
        return False
    second = token_at(tokens, figure.end + 1).raw
    closed = token_at(tokens, figure.end + 2).word in (",", ".", ";", ")")
    joined = token_at(tokens, figure.end).word == "and" and second.isdecimal()
    if token_at(tokens, figure.end).word == ",":  # "one of the suspects, 19, …"
        joined = closed = not people_follow(tokens, figure.end + 1)
    named = is_plural(token_at(tokens, figure.first - 2).word)
    return joined and closed and named and token_at(tokens, figure.first - 1).word in (",", "(")


def _is_told_age(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a sentence says the age: "he was 61", "a boy of nine"."""
    link, who = token_at(tokens, figure.first - 1).word, token_at(tokens, figure.first - 2).word
    if figure.upper is None or figure.upper > _OLDEST or people_follow(tokens, figure.end):
        return False
    if link == "of":
        alone = not token_at(tokens, figure.end).word[:1].isalpha() or figure.upper > 1
        return alone and who in _AGED and token_at(tokens, figure.end).word != "of"
    return link in ("is", "was", "turned") and who in ("he", "she", "who")


def _is_age_of_a_name(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether it is the age in "Jane Roe, 34, …" or "Jane Roe (34)"; a place has no age."""
    at = figure.first - 1
    if token_at(tokens, at).word in ("possibly", "approximately", "reportedly"):
        at -= 1
    mark, name, after = token_at(tokens, at), token_at(tokens, at - 1), token_at(tokens, figure.end)
    named = name.raw[:1].isupper() or is_singular(name.word)
    closes = after.word in (",", ".", ";", "") if mark.word == "," else after.word == ")"
    digits = is_digits(tokens, figure) or figure.qualifier is Qualifier.RANGE
    guessed = figure.qualifier in (Qualifier.APPROXIMATELY, Qualifier.NEARLY)
    age = (digits or (guessed and mark.word == "(")) and (figure.upper or 0) <= _OLDEST
    if not (age and named and closes and mark.word in (",", "(")):
        return False
    if (is_plural(name.word) and not is_singular(name.word)) or name.word in CALENDAR.months:
        return False
    first = at - 1
    while token_at(tokens, first - 1).raw[:1].isupper() and figure.first - first < _LONGEST_NAME:
        first -= 1
    return token_at(tokens, first - 1).word not in _PLACE_PREPOSITIONS


def is_number_of_a_name(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number belongs to a telephone, an address or a formation: "46 Battalion"."""
    if figure.first != figure.core:
        return False
    if token_at(tokens, figure.end).word in LABELS.formations and figure.upper != 1:
        return True
    if not is_digits(tokens, figure) and figure.qualifier is not Qualifier.RANGE:
        return False
    if _is_formation(tokens, figure.end):
        return True
    digits = [token.raw for token in tokens[figure.core : figure.end] if token.raw.isdecimal()]
    if digits == [_EMERGENCY_CALL]:
        return not people_follow(tokens, figure.end, reach=2)
    if [len(group) for group in digits] == [3, 4]:
        return True
    for k in range(figure.end, figure.end + 4):
        raw = token_at(tokens, k).raw
        if raw != "." and not (raw[:1].isupper() and (raw[1:].islower() or len(raw) <= 2)):
            return False
        if raw.lower() in LABELS.streets:
            return k > figure.end
    return False


def _is_formation(tokens: Sequence[Token], i: int) -> bool:
    """Whether a formation of several names starts at token i: "21 Special Armoured Brigade"."""
    for k in range(i, i + 4):
        token = token_at(tokens, k)
        if not token.raw[:1].isupper():
            return False
        if token.word in LABELS.formations:
            return True
    return False


def _says_age(tokens: Sequence[Token], i: int) -> bool:
    word = token_at(tokens, i).word
    before = token_at(tokens, i - 1).word
    if word in ("is", "was"):
        return before in ("youngest", "oldest", "eldest")
    ages = ("age", "ages", "aged")
    return word in ages or (word in ("of", "from") and before in ages)
