"""Persons: a name with the noun that stands beside it is one person."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.codes import Qualifier
from extractor.numerals import Number
from extractor.people.group import People, Reference
from extractor.people.names import Name, apposition, end_of_office, find_names, name_at, noun_before
from extractor.people.nouns import Noun, end_of_phrase, kind_of, with_age
from extractor.people.tokens import Words
from extractor.people.words import people_words
from extractor.vocabulary import PeopleKind

_CALLED = re.compile(
    r"(?:,|\s*\(|\s*[\u2013\u2014-])?\s*(?:(?:who|that|which) )?"
    r"(?:(?:was|were|is|are|has been|have been|had been) )?(?:later |also )?"
    r"(?:identified(?: only| by \w+)? as|named(?: as)?|namely|known as|called|by the name of"
    r"|identified)\s*:?\s*(?:one )?"
)
_PLURAL_VERB = re.compile(r"\s+(?:were|are|have)\b")
_APART = re.compile(r"\s*[,(]\s*|\s+")
_JOINT = re.compile(
    r"(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*;\s*|\s*&\s*)"
    r"(?:(?:his|her) (?:wife|husband|son|daughter|brother|sister|father|mother) )?"
)
_UNIT = re.compile(r",? of\b")
_VERB = re.compile(
    r",\s*(?=(?:(?:also|later|both|all|[a-z]{2,12}ly) )?"
    r"(?:was|were|is|are|has|have|had|died|dies|killed|shot|injured|wounded|suffered|sustained"
    r"|succumbed|surrendered|arrested)\b)"
)


def find_persons(words: Words) -> Iterator[People]:
    """Every person who is named, with the noun before or after the name."""
    for name in find_names(words):
        if not _is_many(words, name):
            yield _person(words, name)


def _is_many(words: Words, name: Name) -> bool:
    """Whether a lone capitalised word is no name, but several of something: "Talks were held"."""
    lone = name.words == 1 and not name.titled and name.age is None
    return lone and _PLURAL_VERB.match(words.sentence, name.end) is not None


def with_names(words: Words, people: Sequence[People]) -> Iterator[People]:
    """The groups, each with the names right behind it: "the driver, Hari Prasad, 24,"."""
    for group in people:
        yield _with_name(words, group) if words.cased else group


def _person(words: Words, name: Name) -> People:
    kind, group, start, end = PeopleKind(), None, name.start, name.end
    before = noun_before(words, name)
    if before is not None:
        group, kind = _span(words, before), kind_of(words.until(name.first), before)
        start = words.at(before.first).start
    told = apposition(words, name) if group is None else None
    if told is not None:
        group, kind = _span(words, told), kind_of(words, told)
        end = end_of_office(words, told) or words.at(told.head).end
    end = _past_comma(words, end, after=end > name.stop)
    full = group is not None or name.titled or name.age is not None or name.words > 1
    return People(
        start=start,
        end=end,
        number=_one(words.sentence[name.start : name.stop]),
        group=group,
        kind=with_age(kind, name.age),
        reference=Reference.NEW if full else Reference.DEFINITE,  # a surname alone points back
        name=(name.start, name.stop),
    )


def _one(text: str) -> Number:
    return Number(text=text, lower=1, upper=1, qualifier=Qualifier.EXACT)


def _span(words: Words, noun: Noun) -> tuple[int, int]:
    return words.at(noun.first).start, words.at(noun.head).end


def _past_comma(words: Words, end: int, *, after: bool) -> int:
    """The end with the comma that parts a description from the verb it belongs to."""
    comma = _VERB.match(words.sentence, end) if after else None
    return comma.start() + 1 if comma else end


def _with_name(words: Words, group: People) -> People:
    if group.group is None or group.name is not None or group.reference is Reference.PRONOUN:
        return group
    sentence = words.sentence
    called = _CALLED.match(sentence, group.end)
    many = group.number.lower != 1 or group.number.upper != 1
    if called:
        names = _names(words, words.after(called.end()))
        if not names:
            return group
        last = names[-1] if many else names[0]
        unit = _UNIT.match(sentence, last.end)  # "identified as Rajanna, of the Maddim squad"
        after = words.after(unit.end() - 2) if unit else len(words.tokens)
        end = _past_comma(words, end_of_phrase(words, after) or last.end, after=True)
        return replace(group, end=end, name=None if many else (names[0].start, names[0].stop))
    if many:
        return _with_all_names(words, group)
    apart = _APART.match(sentence, group.end)
    name = name_at(words, words.after(apart.end())) if apart else None
    if apart is None or name is None or name.start != apart.end():
        return group
    close = apart[0].isspace()
    rest = sentence[name.end : name.end + 1]
    if not close and not (name.words > 1 or name.titled or (rest == "," and "," in apart[0])):
        return group
    bracket = sentence[name.end : name.end + 2] == " ("
    if not close and rest not in (",", ")", ".", "") and name.age is None and not bracket:
        return group
    if close and words.at(name.after).is_capital:
        return group
    end = name.end + (rest == ")" and "(" in apart[0])
    return replace(
        group,
        end=_past_comma(words, end, after=True),
        name=(name.start, name.stop),
        kind=with_age(group.kind, name.age),
    )


def _with_all_names(words: Words, group: People) -> People:
    """Several people with all their names behind them: "two cadres, Hari Rao and Mohan Das,"."""
    apart = _LISTED.match(words.sentence, group.end)
    if apart is None or group.number.lower is None:
        return group
    names = _names(words, words.after(apart.end()))
    if len(names) < _PAIR or len(names) != group.number.lower:
        return group
    end = names[-1].end
    end += words.sentence[end : end + 1] == ")" and "(" in apart[0]
    dash = _DASH.match(words.sentence, end) if _DASH.match(apart[0]) else None
    end = dash.end() if dash else end
    return replace(group, end=_past_comma(words, end, after=True))


_PAIR = 2
_DASH = re.compile(r"\s+[-\u2013\u2014](?=\s)")
_LISTED = re.compile(r"\s*[,(:]\s*|\s+[-\u2013\u2014]\s+|(?<=others)\s+(?=[A-Z])")


def _names(words: Words, i: int) -> list[Name]:
    """The names of a list that begins at token i."""
    found: list[Name] = []
    name = _ranked_name(words, i)
    while name is not None and len(found) < 40:
        found.append(name)
        joint = _JOINT.match(words.sentence, name.end)
        name = _ranked_name(words, words.after(joint.end())) if joint else None
    return found


def _ranked_name(words: Words, i: int) -> Name | None:
    """The name that begins at a token, or right behind a rank: "head constable Hari Rao"."""
    name = name_at(words, i)
    for k in range(i, i + 3):
        if name is not None or words.at(k).is_capital or not words.at(k).is_word:
            break
        if people_words().form_of(words.at(k).low):
            name = name_at(words, k + 1)
    return name
