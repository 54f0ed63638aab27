"""Quantified people: groups with a figure, "12 villagers", "two of them", "the three men"."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import zip_longest

from extractor.codes import Qualifier, Unit
from extractor.numerals import FoundNumber, Number, find_separate_numbers
from extractor.people.group import People, Reference
from extractor.people.nouns import Noun, kind_of, noun_from
from extractor.people.tokens import Words
from extractor.vocabulary import PeopleKind, casualty_words

# "Not one soldier", "none of the 12", "one in five residents", "a boy of nine": no head count.
_NOT_COUNTED = re.compile(
    r"\b(?:not(?: even)?|none of(?: the)?|one in|(?:boy|girl|man|woman|child|baby|lady"
    r"|teenager) of) $",
    re.IGNORECASE,
)
_RATE = re.compile(r" in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.I)
_OF_A_BASE = re.compile(
    r" of (?:(?:the|its|his|her|their|these|those|all) |[\w ]{1,30}['\u2019]s? )?", re.I
)
_PROPORTION = re.compile(r"(?:most|half|all|some|many|part|majority|two|a third)\b.*\bof\b", re.I)
_OF_THEM = r"of (?:them|whom|the (?:dead|victims|wounded|injured|killed|casualties|detainees))"
_BEFORE_NOUN = re.compile(
    rf"(?P<of_them>\s+{_OF_THEM}(?:,? (?:were|are|was))?(?: an?(?= ))?)?"
    r"(?P<more>\s+(?:more|other|additional|further|extra|fellow)(?=\s+\w)(?!\s+(?:of|than|were|was|are|is"
    r"|have|has|had|in|at|on|by|from|and|or|who|when|during|after)\b))?"
    r"(?:\s+of)?(?P<of_some>\s+(?:the|its|their|his|her|these|those|our))?(?:\s+(?:other|same))?(?=\s+\S)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\s+(?:others?|more)\b", re.IGNORECASE)
_OF_THOSE = re.compile(
    r"\s+of (them|those|us|whom|the (?:dead|wounded|injured|killed))\b", re.IGNORECASE
)
_DETERMINED = re.compile(
    r"(?:^|(?<=\W))(?P<which>(?:all )?(?:of )?(?:the|these|those|both|all)"
    r"(?: (?:other|remaining|same|first|last))?|another|an additional|an extra|a further"
    r"|additional|his|her|their)\s+$",
    re.IGNORECASE,
)
_BARE_NEXT = re.compile(
    r"(?=\s*(?:$|[.,;:)\"\u201d'\u2019\u2013\u2014]|(?:and|or|in|by|when|while|during|as|after|before|on|at|near|since|who"
    r"|from|others?|more|was|were|are|is|have|has|had|died|dead|killed|wounded|injured|hurt|missing"
    r"|arrested|detained|captured|kidnapped|abducted|dozen|of them|of those|of us|of the dead"
    r"|of the wounded"
    r"|of the injured|shot|stabbed|hit in|hit by|struck by|hospitali[sz]ed|slain|suffered|sustained"
    r"|had been shot|remain(?:s|ed)?|taken to|rushed to|across|inside|over|so"
    r"|but|to|fatally|critically|seriously)\b))",
    re.IGNORECASE,
)

_BOTH_NUMBERS = frozenset(
    {
        *(
            "police",
            "taliban",
            "people",
            "personnel",
            "staff",
            "crew",
            "sudanese",
            "mujahideen",
            "troops",
        )
    }
)


def find_quantified(words: Words) -> Iterator[People]:
    """Every group of people that the sentence puts a figure to."""
    sentence = words.sentence
    figures = [one for one in find_separate_numbers(sentence) if not _is_no_count(one.number)]
    base_at = -1
    for one, following in zip_longest(figures, figures[1:]):
        if one.start == base_at:
            continue  # the 30 of "12 of the 30 people": the whole, which the deed did not reach
        if is_denied(sentence, one.start) or _RATE.match(sentence, one.end):
            continue
        end = one.end
        if following and _OF_A_BASE.fullmatch(sentence, one.end, following.start):
            base_at, end = following.start, following.end
        people = _counted(words, one, end) or _with_noun(words, one, end) or _alone(words, one, end)
        if people is not None:
            yield _pointed(sentence, people)


def is_denied(sentence: str, start: int) -> bool:
    """Whether the words before a group say that it counts nobody: "not one soldier"."""
    return _NOT_COUNTED.search(sentence, max(0, start - 30), start) is not None


def _is_no_count(number: Number) -> bool:
    """Whether a figure counts nobody here: "no one" is told by its clause, "most of" has none."""
    return number.qualifier is Qualifier.NONE or _PROPORTION.match(number.term or "") is not None


def _counted(words: Words, one: FoundNumber, end: int) -> People | None:
    """A figure with a noun of what befell the people: "12 deaths"."""
    counted = _counted_noun().match(words.sentence, end)
    if counted is None:
        return None
    return People(
        start=one.start,
        end=counted.end(),
        number=one.number,
        group=None,
        kind=PeopleKind(),
        counts=casualty_words().outcome_of(counted["noun"], "counted"),
    )


def _with_noun(words: Words, one: FoundNumber, end: int) -> People | None:
    told = _BEFORE_NOUN.match(words.sentence, end)
    noun = noun_from(words, words.after(told.end())) if told else None
    if told is not None and noun is None and told["of_them"]:  # "two of the victims"
        noun = noun_from(words, words.after(told.end("of_them")) - 1)
    if told is None or noun is None or not _fits(words, one.number, noun, partial=told):
        return None
    kind = kind_of(words, noun)
    owned = told["of_some"] is not None and told["of_some"].strip() in _OWNERS
    partial = told["of_some"] is not None and not (told["more"] or owned)
    number = one.number
    if kind.unit is not Unit.PERSONS:
        number = number.model_copy(update={"unit": kind.unit})
    return People(
        start=one.start,
        end=words.at(noun.head).end,
        number=number,
        group=(words.at(noun.first).start, words.at(noun.head).end),
        kind=kind,
        of_them=bool(told["of_them"]),
        reference=Reference.MORE
        if told["more"] or _names_others(words, noun)
        else Reference.DEFINITE
        if partial
        else Reference.NEW,
    )


_OWNERS = frozenset({"its", "their", "his", "her", "our"})  # "one of his men" is told anew


def _names_others(words: Words, noun: Noun) -> bool:
    return (
        words.at(noun.head).low in ("other", "others") or words.at(noun.first).low == "additional"
    )


def _fits(words: Words, number: Number, noun: Noun, *, partial: re.Match[str]) -> bool:
    """Whether noun and figure agree: "one suspect", "two suspects", never "one suspects"."""
    if number.lower == number.upper == 1 and noun.many and "of" not in partial[0].lower().split():
        return words.at(noun.head).low in _BOTH_NUMBERS
    return True


def _alone(words: Words, one: FoundNumber, end: int) -> People | None:
    sentence = words.sentence
    if not _BARE_NEXT.match(sentence, end) or _is_age(sentence, one.start, end):
        return None
    more = _OTHERS.match(sentence, end) is not None
    of_them = _OF_THOSE.match(sentence, end)
    return People(
        start=one.start,
        end=of_them.end() if of_them and of_them[1] != "whom" else end,
        number=one.number,
        group=None,
        kind=PeopleKind(),
        of_them=of_them is not None,
        reference=Reference.MORE if more else Reference.NEW,
    )


def _is_age(sentence: str, start: int, end: int) -> bool:
    """Whether a bare number stands behind a name as an age does: "Holt, Jr., 27, of Basra"."""
    before = sentence[max(0, start - _NAME_BEFORE) : start]
    if before.endswith(("turns ", "turned ", "turning ")):
        return True
    return before.endswith(", ") and (
        sentence[end : end + 1] == "," or _NAMED_BEFORE.search(before) is not None
    )


_NAME_BEFORE = 60  # characters
# "and his wife, Warda Kama, 21 were killed"; not "in New York, 21 were killed".
_NAMED_BEFORE = re.compile(
    r"(?:^|[^\w\s] |\b(?!(?:in|at|near|of|from|on|to|outside|around)\b)[a-z]+ )"
    r"(?!(?:In|At|Near|Of|From|On|To|Outside|Around|The|Last|Since|Across|Overall)\b)"
    r"[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){1,3}, $"
)


def _pointed(sentence: str, people: People) -> People:
    """The group with the article before its figure: "the three insurgents", "another two"."""
    told = _DETERMINED.search(sentence, max(0, people.start - 25), people.start)
    if told is None:
        return _with_reference(people, Reference.DEFINITE) if people.of_them else people
    which = told["which"].lower()
    start = told.start("which")
    if which in ("his", "her", "their"):
        return people
    if which.startswith(("another", "an ", "a ", "additional")) or "other" in which:
        return _with_reference(people, Reference.MORE, start)
    return _with_reference(people, Reference.DEFINITE, start)


def _with_reference(people: People, reference: Reference, start: int | None = None) -> People:
    return People(
        start=people.start if start is None else start,
        end=people.end,
        number=people.number,
        group=people.group,
        kind=people.kind,
        counts=people.counts,
        of_them=people.of_them,
        reference=reference,
        name=people.name,
    )


@cache
def _counted_noun() -> re.Pattern[str]:
    nouns = [
        noun
        for words in casualty_words().outcomes.values()
        for noun in words.counted
        if noun not in ("dead", "wounded", "injured")  # adjectives: told by their own pattern
    ]
    return re.compile(
        rf"[ \t\n]+(?:of )?(?:(?:confirmed|civilian|military|insurgent|militant|rebel"
        rf"|enemy|reported|new|other|more)["
        rf" \t\n]+){{0,2}}(?P<noun>{_alternatives(nouns)})\b",
        re.IGNORECASE,
    )


def _alternatives(nouns: Iterable[str]) -> str:
    words = sorted(nouns, key=len, reverse=True)
    return "|".join(r"[ \t\n]+".join(map(re.escape, word.split())) for word in words)
