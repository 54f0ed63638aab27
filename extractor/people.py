"""Groups of people in a sentence: the figure, the noun, and what the noun says of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from extractor.codes import Outcome, Qualifier
from extractor.numerals import Number, find_separate_numbers, read_number
from extractor.vocabulary import PeopleKind, casualty_words

_NOT_A_MODIFIER = (
    r"(?:was|were|is|are|am|be|been|being|has|have|had|in|on|at|by|from|to|and|or|but|as|when|while|after|before"
    r"|during|who|whom|which|that|with|for|into|near|than|people'?s|said|says|killed|kills|killing|wounded|wounding"
    r"|injured|injuring|dead|died|dies|hurt|arrested|detained|captured|kidnapped|abducted|missing|others?|more"
    r"|including|among|because|if|not|no|it|its|he|she|they|we|i|this|these|those|there"
    r"|months?|years?|days?|weeks?|hours?|minutes?|times?|kilomet\w+|km|miles?|met(?:er|re)s?)"
)
_MODIFIER = (
    rf"(?:\d{{1,3}}-(?:year|month|week|day)s?-old|(?!{_NOT_A_MODIFIER}\b)[^\W\d_][\w'\u2019-]*)"
)
_OF_THEM = r"of (?:them|whom|the (?:dead|victims|wounded|injured|killed|casualties|detainees))"
_FUNCTION_WORD = (
    r"(?=\s*(?:$|[.,;:)(\"\u201d'\u2019\u2013\u2014-]|(?:and|or|in|by|when|while|during|as|after|on|at|near|since|who|whom"
    r"|whose|that|which|from|with|of|was|were|is|are|has|have|had|had|died|dies|dead|killed|wounded|injured|hurt"
    r"|missing|arrested|detained|captured|kidnapped|abducted|shot|stabbed|beaten|lost|suffered|sustained|went|aged"
    r"|inside|outside|along|before|over|across|last|this|yesterday|today|overnight|for|following|there|here|but|to|also"
    r"|including|\w+ing|believed"
    r"|reportedly|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b))"
)
_BARE_NEXT = (
    r"(?=\s*(?:$|[.,;:)\"\u201d'\u2019\u2013\u2014]|(?:and|or|in|by|when|while|during|as|after|on|at|near|since|who|from|others?"
    r"|more|was|were|are|is|have|has|had|died|dead|killed|wounded|injured|hurt|missing|arrested|detained|captured"
    r"|kidnapped|abducted|dozen|of them|of those|across|inside|over|so|but|to)\b))"
)


# "Not one soldier", "none of the 12", "one in five residents", "a boy of nine": no head count.
_NOT_COUNTED = re.compile(
    r"\b(?:not(?: even)?|none of(?: the)?|one in|(?:boy|girl|man|woman|child|baby"
    r"|teenager) of) $",
    re.IGNORECASE,
)
_RATE = re.compile(r" in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.I)
_OF_A_BASE = re.compile(
    r" of (?:(?:the|its|his|her|their|these|those|all) |[\w ]{1,30}['\u2019]s? )?", re.I
)
_PROPORTION = re.compile(r"(?:most|half|all|some|many|part|majority|two|a third)\b.*\bof\b", re.I)


@dataclass(frozen=True, kw_only=True)
class People:
    """A group of people with a figure; offsets count from the start of the sentence.

    `group` is the noun with its modifiers; `counts` is set where the noun itself tells an outcome
    ("12 deaths"), and `of_them` where the figure is said to be a part ("seven of them children").
    """

    start: int
    end: int
    number: Number
    group: tuple[int, int] | None
    kind: PeopleKind
    counts: Outcome | None = None
    of_them: bool = False


def find_people(sentence: str) -> tuple[People, ...]:
    """Every group of people that a sentence puts a figure to, in order, none overlapping."""
    found: list[People] = []
    for people in sorted((*_numbered(sentence), *_single(sentence)), key=lambda p: p.start):
        if not found or people.start >= found[-1].end:
            found.append(people)
    return tuple(found)


def _numbered(sentence: str) -> Iterator[People]:
    figures = [one for one in find_separate_numbers(sentence) if not _is_no_count(one.number)]
    base_at = -1
    for one, following in zip_longest(figures, figures[1:]):
        if one.start == base_at:
            continue  # the 30 of "12 of the 30 people": the whole, which the deed did not reach
        before = sentence[max(0, one.start - 30) : one.start]
        if _NOT_COUNTED.search(before) or _RATE.match(sentence, one.end):
            continue
        end = one.end
        if following and _OF_A_BASE.fullmatch(sentence, one.end, following.start):
            base_at, end = following.start, following.end
        people = _with_noun(sentence, one.start, end, one.number)
        if people is not None:
            yield people
        elif _bare_next().match(sentence, end) and not _is_age(sentence, one.start, end):
            yield People(
                start=one.start,
                end=end,
                number=one.number,
                group=None,
                kind=PeopleKind(),
                of_them=re.match(r"\s+of (?:them|those|whom)\b", sentence[end:]) is not None,
            )


def _is_no_count(number: Number) -> bool:
    """Whether a figure counts nobody here: "no one" is told by its clause, "most of" has none."""
    return number.qualifier is Qualifier.NONE or _PROPORTION.match(number.term or "") is not None


def _is_age(sentence: str, start: int, end: int) -> bool:
    """Whether a bare number stands between commas, as an age does: "Holt, Jr., 27, of Basra"."""
    return sentence[:start].endswith(", ") and sentence[end : end + 1] == ","


@cache
def _bare_next() -> re.Pattern[str]:
    return re.compile(_BARE_NEXT, re.IGNORECASE)


def _with_noun(sentence: str, start: int, end: int, number: Number) -> People | None:
    counted = _counted_noun().match(sentence, end)
    if counted:
        outcome = casualty_words().outcome_of(counted["noun"], "counted")
        return People(
            start=start,
            end=counted.end(),
            number=number,
            group=None,
            kind=PeopleKind(),
            counts=outcome,
        )
    found = _noun_phrase().match(sentence, end)
    if not found:
        return None
    begin = found.start("group")
    kind = _kind(found["noun"])
    number = number.model_copy(update={"unit": kind.unit})
    return People(
        start=start,
        end=found.end("group"),
        number=number,
        group=(begin, found.end("group")),
        kind=kind,
        of_them=bool(found["of_them"]),
    )


def _single(sentence: str) -> Iterator[People]:
    """One person with an article: "a soldier", "an elderly man"."""
    for found in _one_person().finditer(sentence):
        if _NOT_COUNTED.search(sentence[max(0, found.start() - 30) : found.start()]):
            continue
        number = read_number(found[0])
        if number is not None and number.lower == 1:
            yield People(
                start=found.start(),
                end=found.end(),
                number=number.model_copy(update={"text": found[0]}),
                group=found.span("group"),
                kind=_kind(found["noun"]),
            )


def _kind(nouns: str) -> PeopleKind:
    """The kind that the last of several nouns names: "police officers" are officers."""
    words = " ".join(nouns.lower().split())
    kinds = casualty_words().kinds
    parts = words.split(" ")
    tails = (" ".join(parts[n:]) for n in range(len(parts)))
    return next((kinds[tail] for tail in tails if tail in kinds), PeopleKind())


@cache
def _noun_phrase() -> re.Pattern[str]:
    nouns = _alternatives(casualty_words().kinds)
    return re.compile(
        rf"(?P<of_them>[ \t\n]+{_OF_THEM}(?:,? (?:were|are|was))?)?(?:[ \t\n]+(?:of|more"
        rf"|other|others))?"
        rf"(?:[ \t\n]+of (?:the|its|their|his|her))?[ \t\n]+"
        rf"(?P<group>(?:{_MODIFIER}[ \t\n]+){{0,4}}?(?P<noun>(?:{nouns})(?:["
        rf" \t\n]+(?:{nouns}))*))(?![\w-])"
        r"(?!['\u2019]s?\b)",
        re.IGNORECASE,
    )


@cache
def _one_person() -> re.Pattern[str]:
    nouns = _alternatives(casualty_words().singular)
    return re.compile(
        rf"\b(?:a|an|another|his|her|their) (?P<group>(?:{_MODIFIER}"
        rf" ){{0,3}}?(?P<noun>(?:{nouns})(?:"
        rf" (?:{nouns}))*))(?![\w-])"
        rf"(?!['\u2019]s\b){_FUNCTION_WORD}",
        re.IGNORECASE,
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
        rf"[ \t\n]+(?:of )?(?:(?:confirmed|civilian|military|reported|new|other|more)["
        rf" \t\n]+){{0,2}}(?P<noun>{_alternatives(nouns)})\b",
        re.IGNORECASE,
    )


def _alternatives(nouns: Iterable[str]) -> str:
    words = sorted(nouns, key=len, reverse=True)
    return "|".join(r"[ \t\n]+".join(map(re.escape, word.split())) for word in words)
