"""Pointed people: one person or several with an article, and the pronouns for those told before."""

import re
from collections.abc import Iterator

from extractor.codes import Qualifier, Unit
from extractor.numerals import Number, read_number
from extractor.numerals.people import VALUED
from extractor.people.group import People, Reference
from extractor.people.nouns import Noun, is_body, kind_of, noun_from
from extractor.people.quantified import is_denied
from extractor.people.tokens import Words
from extractor.people.words import people_words
from extractor.vocabulary import PeopleKind

_ONE = frozenset({"a", "an"})
_TOLD = ("ed", "said", "says", "shows", "show", "found", "knew", "states", "indicate", "ing")
_OF_SOMEBODY = frozenset({"his", "her", "their", "our", "my", "its"})
_KNOWN = frozenset({"the", "this", "that", "these", "those", "said"})
_SECOND = frozenset({"second", "third", "fourth", "fifth", "further", "additional"})
_OTHER = frozenset({"other", "others", "remaining"})
_ALONE = {
    "both": (2, Qualifier.EXACT),
    "he": (1, Qualifier.EXACT),
    "she": (1, Qualifier.EXACT),
    "him": (1, Qualifier.EXACT),
    "they": (None, Qualifier.UNKNOWN_NUMBER),
    "them": (None, Qualifier.UNKNOWN_NUMBER),
}
_NOT_HERS = frozenset(
    {
        *(
            "in",
            "on",
            "at",
            "with",
            "while",
            "when",
            "during",
            "after",
            "before",
            "and",
            "to",
            "as",
        ),
        *("near", "by", "from", "dead", "then", "because", "for", "multiple", "several", "twice"),
    }
)
# "Most of the men": the share counts, not the whole.
_SHARE = re.compile(
    r"\b(?:most|half|many|part|majority|third|thirds|quarter|quarters|percent|cent|none|%) of $",
    re.IGNORECASE,
)
_NOT_ANY = re.compile(r"\b(?:not|neither|nor|without|no) $", re.IGNORECASE)


def find_pointed(words: Words) -> Iterator[People]:
    """Every group that an article, "some", "both" or a possessive opens."""
    for i, token in enumerate(words.tokens):
        people = None
        if token.low in _ONE or token.low == "another":
            people = _one(words, i)
        elif token.low in _OF_SOMEBODY or token.low.endswith("'s"):
            people = _of_somebody(words, i)
        elif token.low == "said" and words.at(i - 1).low != "the":
            continue  # "police said 4-year-old Ana Brod was shot"
        elif token.low == "that" and words.at(i - 1).low.endswith(_TOLD):
            continue  # "confirmed that leader Hari Rao was shot"
        elif token.low in _KNOWN:
            people = _definite(words, i) or _the_fourth(words, i)
        elif token.low in ("some", "several", "both", "all"):
            people = _all_or_some(words, i)
        if people is not None and not is_denied(words.sentence, people.start):
            yield people


def find_pronouns(words: Words) -> Iterator[People]:
    """Every pronoun for people: "he", "they", "both"; "her" only where nothing is hers."""
    for i, token in enumerate(words.tokens):
        if token.low in _ALONE:
            bounds, qualifier = _ALONE[token.low]
            if token.low == "both" and not _is_free(words, i):
                continue
            if token.low in ("them", "whom") and words.at(i - 2).low == "both":
                continue
        elif (token.low == "her" and _is_object(words, i)) or (
            token.low in ("himself", "herself") and _is_harmed(words, i)
        ):
            bounds, qualifier = 1, Qualifier.EXACT
        else:
            continue
        yield People(
            start=token.start,
            end=words.at(i + 2).end if _is_both_of_them(words, i) else token.end,
            number=Number(text=token.raw, lower=bounds, upper=bounds, qualifier=qualifier),
            group=None,
            kind=PeopleKind(),
            reference=Reference.DEFINITE if token.low == "both" else Reference.PRONOUN,
        )


def _is_harmed(words: Words, i: int) -> bool:
    """Whether somebody harms himself beside others: "killing himself", "two others and himself"."""
    last, second = words.at(i - 1).low, words.at(i - 2).low
    if last in ("killing", "shooting"):
        return second in ("before", "then", "and", "later", "fatally", "after")
    joined = last == "and" or (last == "then" and second in ("and", ","))
    return joined and _HARMS.search(words.sentence, 0, words.tokens[i].start) is not None


_HARMS = re.compile(r"\b(?:kill|shot|shoot|murder|slay|slain|execut|gunned)", re.IGNORECASE)


def _is_both_of_them(words: Words, i: int) -> bool:
    """Whether "both of them" begins at a token."""
    them = words.at(i + 2).low in ("them", "whom")
    return words.tokens[i].low == "both" and words.at(i + 1).low == "of" and them


def _is_free(words: Words, i: int) -> bool:
    """Whether "both" stands for two people: "both were killed", not "both sides"."""
    after = words.at(i + 1)
    if _is_both_of_them(words, i):
        return True
    if _HARMING.search(words.sentence, max(0, words.at(i).start - 14), words.at(i).start):
        return not after.is_word or after.low.endswith("ly") or after.low in _NOT_HERS
    return after.low in ("were", "are", "have", "had", "died", "was") or after.raw in (".", "")


def _is_object(words: Words, i: int) -> bool:
    """Whether "her" is the one to whom something was done, not the owner of what follows."""
    after = words.at(i + 1)
    return not after.is_word or after.low in _NOT_HERS


def group_of(
    words: Words, noun: Noun, *, start: int, number: Number, reference: Reference
) -> People:
    """The people of a noun phrase, from an offset on."""
    kind = kind_of(words, noun)
    if kind.unit is not Unit.PERSONS:
        number = number.model_copy(update={"unit": kind.unit})
    end = words.at(noun.head).end
    return People(
        start=start,
        end=end,
        number=number,
        group=(words.at(noun.first).start, end),
        kind=kind,
        reference=reference,
    )


def single(words: Words, noun: Noun, start: int) -> Number:
    """One person, with the words as the figure's words; two where the noun says so: "a couple"."""
    text = words.sentence[start : words.at(noun.head).end]
    if "(" in text:
        text = text.split(" ")[0]  # "a Border Force (BF) guard": the article tells that it is one
    count = VALUED.get(words.at(noun.head).low, 1)
    return Number(text=text, lower=count, upper=count, qualifier=Qualifier.EXACT)


def unknown(text: str | None = None) -> Number:
    """People whose number is not told."""
    return Number(text=text, lower=None, upper=None, qualifier=Qualifier.UNKNOWN_NUMBER)


def _one(words: Words, i: int) -> People | None:
    start, second = words.tokens[i].start, words.at(i + 1).low in _SECOND
    if _NOT_ANY.search(words.sentence, max(0, start - 9), start):
        return None
    bunch = _bunch(words, i)
    if bunch is not None:
        return bunch
    noun = noun_from(words, i + 2 if second else i + 1)
    if noun is None or (noun.many and words.at(noun.head).low != "personnel"):
        return _another(words, i)
    number = single(words, noun, start)
    if noun.many:  # "a police personnel": the article alone tells that it is one
        number = number.model_copy(update={"text": words.tokens[i].raw, "lower": 1, "upper": 1})
    more = second or words.tokens[i].low == "another"
    return group_of(
        words,
        noun,
        start=start,
        number=number,
        reference=Reference.MORE if more else Reference.NEW,
    )


def _the_fourth(words: Words, i: int) -> People | None:
    """One more by an ordinal alone: "killed three of them and captured the fourth"."""
    end = words.at(i + 1)
    if words.tokens[i].low != "the" or end.low not in _SECOND or end.low in _NO_PERSON:
        return None
    start = words.tokens[i].start
    harmed = _HARMING.search(words.sentence, max(0, start - 14), start)
    alone = harmed and _ALONE_BEHIND.match(words.sentence, end.end)
    if not (alone or _BEFALLEN.match(words.sentence, end.end)):
        return None
    text = words.sentence[start : end.end]
    return People(
        start=start,
        end=end.end,
        number=Number(text=text, lower=1, upper=1, qualifier=Qualifier.EXACT),
        group=None,
        kind=PeopleKind(),
        reference=Reference.MORE,
    )


_NO_PERSON = frozenset({"further", "additional"})


def _another(words: Words, i: int) -> People | None:
    """One more without a noun: "one was killed and another injured"."""
    token = words.tokens[i]
    if token.low != "another":
        return None
    harmed = _HARMING.search(words.sentence, max(0, token.start - 12), token.start)
    end = token.end + len(" one") * (words.at(i + 1).low == "one")
    alone = harmed and _ALONE_BEHIND.match(words.sentence, end)
    if not (alone or _BEFALLEN.match(words.sentence, end)):
        return None
    number = Number(text=token.raw, lower=1, upper=1, qualifier=Qualifier.EXACT)
    return People(
        start=token.start,
        end=end,
        number=number,
        group=None,
        kind=PeopleKind(),
        reference=Reference.MORE,
    )


_ALONE_BEHIND = re.compile(
    r"(?:[.,;]|$| (?:at|in|near|on|and|when|while|during|before|after|by|from|with|as)\b)"
)
# "Killing one and wounding another".
_HARMING = re.compile(r"\b(?:kill|wound|injur|arrest|detain|captur|abduct)(?:ed|ing|e|s|es)? $")
_BEFALLEN = re.compile(
    r" (?:was |is |has been |had been |got )?(?:also |later |seriously |critically |grievously )?"
    r"(?:killed|injured|wounded|hurt|arrested|detained|captured|abducted|kidnapped|shot|died"
    r"|surrendered|sustained|sustains|suffers|suffered|succumbed|missing|nabbed|apprehended|dead|hospitali[sz]ed"
    r"|taken to|rushed to|in (?:critical|serious|stable|fair|good) condition)\b"
)


def _bunch(words: Words, i: int) -> People | None:
    """People in a bunch: "a group of rebels", "a pair of gunmen"."""
    known = people_words()
    for k in range(i + 1, i + 4):
        low = words.at(k).low
        if words.at(k + 1).low == "of" and (low in known.bunches or low in known.counted_bunches):
            noun = noun_from(words, k + 2)
            if noun is None or not noun.many:
                return None
            start = words.tokens[i].start
            read = read_number(f"a {low}") if low in known.counted_bunches else None
            text = words.sentence[start : words.at(k + 1).end]
            number = read.model_copy(update={"text": text}) if read else unknown()
            return group_of(words, noun, start=start, number=number, reference=Reference.NEW)
    return None


def _of_somebody(words: Words, i: int) -> People | None:
    noun = noun_from(words, i + 1)
    if noun is None:
        return None
    start = words.tokens[i].start
    if words.tokens[i].low not in _OF_SOMEBODY:
        start = words.at(i + 1).start  # "Khan's wife": who owns it is another person
    number = unknown() if noun.many else single(words, noun, start)
    if start != words.tokens[i].start and not noun.many:
        number = number.model_copy(update={"text": words.sentence[start : words.at(noun.head).end]})
    return group_of(words, noun, start=start, number=number, reference=Reference.NEW)


def _definite(words: Words, i: int) -> People | None:
    start = words.tokens[i].start
    if _SHARE.search(words.sentence, max(0, start - 14), start):
        return None
    bunch = _bunch(words, i)
    if bunch is not None:
        return bunch
    other = words.at(i + 1).low in _OTHER
    noun = noun_from(words, i + 1)
    if noun is None or _is_of_people(words, noun) or is_body(words, noun):
        return None
    if noun.many and words.tokens[i].low == "that":
        return None
    if noun.many:
        whole = words.sentence[start : words.at(noun.head).end]
        number = unknown(whole if other else None)
    else:
        number = single(words, noun, start)
    return group_of(
        words,
        noun,
        start=start,
        number=number,
        reference=Reference.MORE if other and noun.many else Reference.DEFINITE,
    )


def _is_of_people(words: Words, noun: Noun) -> bool:
    """Whether a noun only leads to the people counted: "the bodies of three men"."""
    low = words.at(noun.head).low
    return low in ("body", "bodies", "corpse", "corpses", "family", "families") and (
        words.at(noun.head + 1).low == "of"
    )


def _all_or_some(words: Words, i: int) -> People | None:
    """Several people: "some of the women", "both men", "all civilians"."""
    token, k = words.tokens[i], i + 1
    partial = words.at(k).low == "of"
    k += partial
    definite = words.at(k).low in ("the", "these", "those", "his", "her", "their")
    k += definite
    noun = noun_from(words, k)
    if token.low == "several" or noun is None or not noun.many:
        return None
    if token.low == "all":
        number = unknown()
    else:
        read = read_number(token.low)
        number = read.model_copy(update={"text": token.raw}) if read else unknown()
    new = not (definite or partial or token.low == "both")
    reference = Reference.NEW if new else Reference.DEFINITE
    return group_of(words, noun, start=token.start, number=number, reference=reference)
