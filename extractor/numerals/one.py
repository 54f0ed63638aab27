"""One and zero: where these words count people, and where they only fill a phrase."""

from collections.abc import Sequence

from extractor.codes import Qualifier
from extractor.numerals.cardinal import SMALL, TENS, is_padded, read_cardinal
from extractor.numerals.figure import Figure
from extractor.numerals.measures import is_thing
from extractor.numerals.people import (
    DETERMINERS,
    PARTICIPLES,
    STOPS,
    UNITS,
    is_plural,
    is_singular,
    people_follow,
)
from extractor.numerals.tokens import Token, token_at
from extractor.numerals.words import LISTS, NOBODY, ONE_OF, word_set


def is_pronoun(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "one" stands for a thing named before, or for one of several things."""
    alone = figure.first == figure.core == figure.end - 1
    if not alone or tokens[figure.core].word != "one" or figure.lower != 1:
        return False
    before, after = token_at(tokens, figure.first - 1).word, token_at(tokens, figure.end).word
    if before == "not" or (before == "even" and token_at(tokens, figure.first - 2).word == "not"):
        return True
    if after == "of":
        return before in ONE_OF.being or not _is_part_of_people(tokens, figure.end + 1)
    if after in _AFTER_PRONOUN or (
        before == "by" and token_at(tokens, figure.first - 2).word == "one"
    ):
        return True
    pointed = before in _NOT_ONES or before.endswith("est")
    return pointed and not people_follow(tokens, figure.end, one=True)


def is_another_thing(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether no people are spoken of: "another of the bombs", "none of the credit"."""
    another = tokens[figure.core].word in ("another", "none") and figure.end == figure.core + 1
    if token_at(tokens, figure.end).word != "of":
        return False
    k = figure.end + (2 if token_at(tokens, figure.end + 1).word in DETERMINERS else 1)
    return (
        another and not read_cardinal(tokens, k) and not _is_part_of_people(tokens, figure.end + 1)
    )


def is_idle_zero(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a zero counts nobody: "zero tolerance", "Ground Zero"."""
    word = tokens[figure.core].word
    if word == "none" and token_at(tokens, figure.first - 1).word != ":":
        return False
    if figure.qualifier is not Qualifier.NONE or word not in ("0", "zero", "none"):
        return False
    after = token_at(tokens, figure.end).word
    if after in PARTICIPLES or people_follow(tokens, figure.end, one=True):
        return False
    told = {token_at(tokens, k).word for k in range(figure.first - 4, figure.first)}
    form = token_at(tokens, figure.first - 1).word in (":", "=", "-", "at", "is", "was")
    return not (form and not told.isdisjoint(NOBODY.harm | NOBODY.harmed))


def is_idle_padding(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a number such as "02" counts nobody: it does before people and their fates."""
    raw = tokens[figure.core].raw
    if not (raw.isdecimal() and is_padded(raw)) or len(tokens) == 1:
        return False
    k = figure.end
    while token_at(tokens, k).word in _AUXILIARIES:
        k += 1
    units = any(token_at(tokens, j).word in UNITS for j in range(k, k + 2))
    people = people_follow(tokens, figure.end, reach=_PADDED_REACH, one=True)
    if units or people or token_at(tokens, k).word in PARTICIPLES:
        return False
    before = token_at(tokens, figure.core - 1).word
    return before not in PARTICIPLES and before not in NOBODY.losing


def read_ordinal(tokens: Sequence[Token], i: int) -> Figure | None:
    """Read the "a third" of "a third was wounded" as one more person."""
    if token_at(tokens, i).word not in ("a", "the"):
        return None
    if token_at(tokens, i + 1).word not in ONE_OF.ordinals:
        return None
    before, after = token_at(tokens, i - 1).word, token_at(tokens, i + 2).word
    caught = before in PARTICIPLES or before in ONE_OF.personal  # "captured a third"
    if caught and after != "of" and (not after[:1].isalnum() or after in STOPS):
        return Figure(i, i, i + 2, Qualifier.EXACT, lower=1, upper=1)
    for k in range(i + 2, i + 2 + _ORDINAL_REACH):
        word = token_at(tokens, k).word
        if word in PARTICIPLES or word in LISTS.own_deeds or word in ONE_OF.personal:
            return Figure(i, i, i + 2, Qualifier.EXACT, lower=1, upper=1)
        if word not in _AUXILIARIES and not word.endswith("ly") and word not in _ADVERBS:
            return None
    return None


_MODALS = word_set("would must can cannot should might could")
_NOT_ONES = word_set(
    "this that the each every any which another either neither such number for as whichever loved"
    " first second third last previous next latest new old big small good bad same other no"
)
_AFTER_NOT_ONES = word_set("another such side point way thing reason hand example by")
_AFTER_PRONOUN = _MODALS | _AFTER_NOT_ONES
_AUXILIARIES = word_set("was were is are has had have been being later also")
_ADVERBS = word_set("later also still then reported in critical serious found pulled")
_ORDINAL_REACH = 5  # words from "a third" to what befell him
_PADDED_REACH = 5  # words from "02" to its noun
_PART_REACH = 9  # words from "one of" to its noun
_PRONOUNS = word_set("them whom us you those ours")
_BEFALLEN = word_set(
    "wounded injured dead killed missing arrested detained slain deceased captured"
)


def _is_part_of_people(tokens: Sequence[Token], i: int) -> bool:
    """Whether people are named from token i on, after "one of", and no idiom is."""
    if token_at(tokens, i).word in _PRONOUNS:
        return not is_thing(token_at(tokens, i + 1).word, one=False)
    k = i
    while token_at(tokens, k).word in DETERMINERS or token_at(tokens, k).word in _THESE:
        k += 1
    for j in range(k, i + _PART_REACH):
        token = token_at(tokens, j)
        word = token.word
        if word in ONE_OF.idioms or (word.endswith("est") and len(word) > len("guest")):
            return False
        agents = word.endswith(_AGENTS) and not is_thing(word, one=False)
        bare = k == i and is_singular(word)  # "one of arrested rebel"
        if (
            agents
            or bare
            or is_plural(word)
            or word in _BEFALLEN
            or (word in UNITS and word.endswith("s"))
        ):
            after = token_at(tokens, j + 1).word
            if is_plural(after) or is_singular(after):
                continue
            return not is_thing(after, one=False) and word not in LISTS.events
        number = word in SMALL or word in TENS or word[:1].isdecimal()
        if not number and (not (word[:1].isalpha() or word == "-") or word in STOPS):
            return False
        if is_thing(word, one=False):
            return False
    return False


_AGENTS = ("ers", "ors", "ists", "ians", "ees")  # unknown nouns for people
_THESE = word_set("these those all")
