"""Names: the personal names of a sentence, each with the age and home told beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractor.people.fates import cued, fate_behind, harmed, harming
from extractor.people.nouns import Noun, noun_from, noun_until
from extractor.people.tokens import Words
from extractor.people.words import people_words

_APPOSED = 6  # words from a name to the noun that tells who it is
_LONGEST = 6  # words of a name
_MOST_ALIASES = 4
_SUFFIX = re.compile(r"(?:,? (?:Jr|Sr|II|III|IV)\b\.?)")
_ALIAS = re.compile(
    r"(?:,? ?\(?(?:alias|@|aka|a\.k\.a\.?|also known as)\s+)(?:['\u2018]\w{1,12}['\u2019] )?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,? ?\(?(?:age |aged )?(?P<age>\d{1,3})(?:[- ]years?[- ]old)?\b\)?)"
    r"(?! ?(?:people|men|women|others|were|killed|dead|injured|wounded|villagers|soldiers|\d|%"
    r"|percent|p\.?m|a\.?m|[:.]\d))(?=\s*(?:[,.;)]|$|and\b|of\b|from\b|was\b|were\b|in\b|died\b|is\b|has\b|who\b))"
)
_HOME = re.compile(
    r",? (?:of|from|resident of) (?:[A-Z][\w'\u2019-]*\.?)(?: [A-Z][\w'\u2019-]*){0,3}"
    r"(?:, (?!who\b)[A-Z][\w.]*(?: [A-Z]\w*)?(?=,))?"
)
_ABODE = re.compile(r", of [A-Z][^,]{1,40},")
_BODY_OF = re.compile(
    r"\b(?:body|bodies|death|killing|murder|remains|arrest|kidnapping|abduction|shooting)"
    r" of (?:one )?$",
    re.IGNORECASE,
)
# A deed that is done to persons alone: whatever name stands behind it is a person's.
_DEED_OF = re.compile(
    r"\b(?:murders?|assassinations?|kidnappings?|abductions?|executions?|slayings?|killings?|deaths?"
    r"|disappearances?) of (?:the late |one )?$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|(?<=\d);)?\s*(and |& )?(?:\d{1,2}-year-old )?", re.IGNORECASE)
_FULL = 2  # words of a name that is no surname alone
_ENDS = re.compile(r"\s*(?:[.,;(]|$|(?:in|at|near|from|on|and|for|with|during) )")
_AT = frozenset(
    {
        *("in", "at", "near", "from", "to", "outside", "into", "towards", "toward", "around"),
        *("between", "through"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Name:
    """A stretch that has the shape of a personal name; `end` is after age and home."""

    first: int
    """Its first token."""
    after: int
    """The token after the name itself."""
    start: int
    stop: int
    """Where the name itself ends."""
    end: int
    age: int | None
    titled: bool
    words: int
    """How many words the name has, without its title."""


def name_at(words: Words, i: int) -> Name | None:
    """The name that begins at token i."""
    known = people_words()
    k = i
    titled = False
    while words.at(k).low.rstrip(".") in known.titles and words.at(k).is_capital:
        titled = True
        k += 1
        k += words.at(k).raw == "."
    first = k
    k, count = _past_name(words, k)
    if count == 0 or (k == first + 2 and words.at(k - 1).raw == "."):
        return None
    start, stop = words.at(i).start, words.at(k - 1).end
    return _with_tail(
        words,
        Name(
            first=i, after=k, start=start, stop=stop, end=stop, age=None, titled=titled, words=count
        ),
    )


def _past_name(words: Words, first: int) -> tuple[int, int]:
    """The token after the name that begins at a token, and how many words it has."""
    k, count = first, 0
    while count < _LONGEST:
        token = words.at(k)
        if _is_name_word(words, k, opens=k == first):
            count += 1
            k += 1
            if len(token.raw) == 1 and words.at(k).raw == ".":
                k += 1
        elif (
            count and token.low in people_words().links and _is_name_word(words, k + 1, opens=False)
        ):
            k += 1
        else:
            break
    return k, count


def _is_name_word(words: Words, k: int, *, opens: bool) -> bool:
    token, known = words.at(k), people_words()
    if not token.is_capital or not token.raw[0].isalpha():
        return False
    if len(token.raw) == 1 and words.at(k + 1).raw == ".":
        return words.at(k + 1).start == token.end
    if token.low in known.no_names:
        return False
    if len(token.raw) == 1:
        return not opens or words.at(k + 1).is_capital
    if token.raw.endswith("'s") or token.raw.endswith("\u2019s") or "&" in token.raw:
        return False
    if token.raw.isupper() and "." not in token.raw and len(token.raw) > 2:
        return False
    if "-" in token.raw and token.raw.split("-")[0].isupper():
        return False
    if opens and token.low in known.forms and words.at(k + 1).raw != ",":
        return False
    return token.low not in known.forms or not opens


def _with_tail(words: Words, name: Name) -> Name:
    """The name with what stands after it: a second name, an age, a home."""
    sentence, end = words.sentence, name.stop
    suffix = _SUFFIX.match(sentence, end)
    end = suffix.end() if suffix else end
    for _ in range(_MOST_ALIASES):
        alias = _ALIAS.match(sentence, end)
        other, count = _past_name(words, words.after(alias.end())) if alias else (0, 0)
        if alias is None or not count:
            break
        end = words.at(other - 1).end
        end += sentence[end : end + 1] == ")" and "(" in alias[0]
    tail = _TAIL.match(sentence, end)
    age = int(tail["age"]) if tail and int(tail["age"]) <= 110 else None
    if tail and age is not None:
        end = tail.end()
    home = _HOME.match(sentence, end) if age is not None or _ABODE.match(sentence, end) else None
    end = home.end() if home else end
    return Name(
        first=name.first,
        after=words.after(end),
        start=name.start,
        stop=name.stop,
        end=end,
        age=age,
        titled=name.titled,
        words=name.words,
    )


def find_names(words: Words) -> Iterator[Name]:
    """The names of persons who are surely persons: by a title, an age, a cue or their fate.

    A name in a list is a person's if the last of the list is: "A. Rao, B. Das and C. Lal died".
    """
    if not words.cased:
        return
    found: list[Name] = []
    i = 0
    while i < len(words.tokens):
        name = name_at(words, i) if words.tokens[i].is_capital else None
        if name is None:
            i += 1
            continue
        found.append(name)
        i = max(name.after, i + 1)
    sure_after: Name | None = None
    sure: list[Name] = []
    for name in reversed(found):
        if _is_person(words, name) or (sure_after is not None and _joined(words, name, sure_after)):
            sure.append(name)
            sure_after = name
        else:
            sure_after = None
    sure.extend(_joined_behind(words, found, sure))
    yield from sorted(sure, key=lambda name: name.start)


def _joined_behind(words: Words, found: list[Name], sure: list[Name]) -> Iterator[Name]:
    """Names told together with one that is an object: "arrested Hari Rao, Anil Roy and Mohan Das".

    What only commas join may be a place: "arrested Hari Rao, New Delhi"; such a list ends with its
    "and", or else tells a deed that is done to persons alone.
    """
    known = {name.start for name in sure}
    listed: list[Name] = []
    led = of_deed = False
    for first, second in pairwise(found):
        if first.start in known and not listed:
            before = words.sentence[max(0, first.start - 40) : first.start]
            of_deed = _DEED_OF.search(before) is not None
            led = of_deed or harming().search(before) is not None
        joint = words.sentence[first.end : second.start]
        if not led or joint not in _JOINTS or second.words < _FULL:
            listed, led = [], False
            continue
        listed.append(second)
        ends = "and" in joint
        if (ends or of_deed) and _ENDS.match(words.sentence, second.end):
            yield from (name for name in listed if name.start not in known)
            known |= {name.start for name in listed}
            if ends:
                listed, led = [], False


_JOINTS = frozenset({" and ", ", and ", ", "})


def _is_person(words: Words, name: Name) -> bool:
    sentence = words.sentence
    before = sentence[max(0, name.start - 40) : name.start]
    if name.titled or cued().search(before):
        return not _is_part(words, name)
    owner = words.at(name.first - 1)
    if owner.low in _AT or ("-" in owner.raw and owner.raw.isupper()):
        return False  # "in Brod", "of the CPI-ML New Dawn"
    if noun_before(words, name) is not None:
        return not _is_part(words, name)
    if name.words > 1 and (name.age is not None or apposition(words, name) is not None):
        return True
    if _DEED_OF.search(before) and _ends_alone(words, name):
        return True
    body = _BODY_OF.search(before)
    if body and (apposition(words, name) is not None or "bod" in body[0] or "one " in body[0]):
        return not _is_part(words, name)
    if harmed().match(sentence, name.end):
        return not _is_part(words, name) and not _has_article(words, name)
    if _is_harmed_later(words, name):
        return True
    done = harming().search(before) is not None
    return (
        done
        and (name.words > 1 or apposition(words, name) is not None)
        and words.follows_person(name.after)
        and not _is_part(words, name)
    )


# "The murder of Ruiz, mayor of Brod"; not "the murder of Ruiz supporters", "of Brodians".
_BEHIND_NAME = re.compile(
    r"\s*(?:[.,;:)\"\u201d]|$|(?:in|at|near|on|by|and|was|were|is|are|has|had|have|who|whose|which"
    r"|that|as|after|before|during|while|when|to|for|with|because|last|this|today|yesterday)\b)"
)


def _ends_alone(words: Words, name: Name) -> bool:
    """Whether nothing behind a name makes it part of another, and it is that of one person."""
    if _BEHIND_NAME.match(words.sentence, name.end) is None:
        return False
    last = words.at(name.after - 1).low
    return name.words > 1 or not last.endswith(("s", "ans", "ese"))


def _has_article(words: Words, name: Name) -> bool:
    """Whether one capitalised word has an article: "an immediate Jirga was held"."""
    near = (words.at(name.first - 1).low, words.at(name.first - 2).low)
    return name.words == 1 and (near[0] == "the" or not {"a", "an"}.isdisjoint(near))


def _is_harmed_later(words: Words, name: Name) -> bool:
    """Whether the fate of a name is told behind an insertion, or of it and others.

    "Hari Prasad, posted in Brod, was shot", "Hari Prasad and two women were killed". A town may be
    "captured", too: only what is done to persons counts.
    """
    told = fate_behind().match(words.sentence, name.end)
    if told is None:
        return False
    apposed = told["apposed"]
    if name.words > 1 or apposed is None:
        return name.words > 1
    return apposed.startswith(_ARTICLES) or apposition(words, name) is not None


_ARTICLES = (", a ", ", an ", ", one of ")  # "Sanjay, an operator of a mill, was hurt"


def noun_before(words: Words, name: Name) -> Noun | None:
    """The noun for one person directly before a name: "constable Ram Singh"."""
    last = name.first - 1 - (words.at(name.first - 1).raw == ",")
    noun = noun_until(words.until(last + 1), last, bare=True) if last >= 0 else None
    if noun is None or noun.many:
        return None
    head, known = words.at(noun.head), people_words()
    if head.low in known.adjectives or head.low in known.nationals:
        return None
    between = words.sentence[head.end : name.start]
    if between == ", " and name.words > 1:  # "district secretary, Hari Prasad, was shot"
        behind = words.sentence[name.end : name.end + 1]
        return noun if behind == "," else None
    return noun if between.isspace() else None


def apposition(words: Words, name: Name) -> Noun | None:
    """What the name is said to be: "Muhammad Yah, a senior Taliban commander"."""
    if words.sentence[name.end : name.end + 1] != ",":
        return None
    k = words.after(name.end) + 1
    opened = words.at(k).low in ("a", "an", "the", "his", "her", "another")
    noun = noun_from(words, k + 1 if opened else k)
    if noun is None or noun.many or noun.head - k > _APPOSED:
        return None
    after = words.at(noun.head + 1)
    if after.low == "and" and words.at(noun.head + 2).low not in ("his", "her"):
        return None
    plain = opened or after.raw in (",", ".", "") or after.low == "and"
    return noun if plain or end_of_office(words, noun) is not None else None


# "Ana Ruiz, mayor of Brod, was": what an office is of, up to the comma before the verb.
_OFFICE = re.compile(
    r" (?:of|for|in|at|to) [^,.;:()]{1,90}(?:, (?:in|of|from) [^,.;:()]{1,60})?"
    r"(?=,? (?:who |and |also |later )?(?:was|were|is|has|have|had|died|whom?)\b)"
)


def end_of_office(words: Words, noun: Noun) -> int | None:
    """Where the place or body ends that an office behind a name is of, if a verb follows."""
    if words.at(noun.first - 1).raw != ",":
        return None  # "Ana Ruiz, a mayor in the hills, was": any mayor there
    office = _OFFICE.match(words.sentence, words.at(noun.head).end)
    return office.end() if office else None


def _is_part(words: Words, name: Name) -> bool:
    """Whether the name only describes what follows: "Haqqani Network", "Sheikh Omar district"."""
    after = words.at(name.after)
    if after.is_capital and after.start - name.stop <= 1:
        return True
    near = after.start - name.end <= 1 and after.is_word
    return near and not words.follows_person(name.after)


def _joined(words: Words, name: Name, following: Name) -> bool:
    """Whether a name stands in a list with the one after it."""
    if words.at(name.first - 1).low in _AT:
        return False
    joint = _JOINT.fullmatch(words.sentence, name.end, following.start)
    return joint is not None and (joint[1] is not None or name.words > 1 or name.age is not None)
