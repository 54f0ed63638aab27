"""Nouns: the noun phrase for people that begins or ends at a word of a sentence."""

import re
from dataclasses import dataclass

from extractor.codes import Demographic
from extractor.numerals.cardinal import SMALL, TENS
from extractor.people.tokens import QUOTES, Words
from extractor.people.words import ONE, Form, people_words
from extractor.vocabulary import PeopleKind

_REACH = 7  # words from a figure or an article to its noun
_QUOTED = 15  # words back to an opening quote
_LEFT = 5  # modifiers of a noun without an article
_AGE = re.compile(r"(\d{1,3}|[a-z]+)(?:-| )(?:year|month|week|day)s?(?:-| )olds?")
_OWN_AGE = re.compile(r"\s?[,(]? ?(?:aged |age )?(\d{1,3})\b(?=\s*(?:[,.);]|$|years?\b))")
# "A woman of sixty", "a boy of 12": the age, and no head count.
_OF_AGE = re.compile(r" of (?:about |some )?(\d{1,3}|[a-z]+)\b(?=\s*(?:[,.;)]|$|\w))")
_PARENTS = frozenset(
    {
        *("father", "mother", "grandfather", "grandmother", "parent", "dad", "mum", "mom"),
        *("widow", "widower"),
    }
)
_ADULT, _ELDERLY = 18, 65


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A noun phrase for people: its first token, its last, and whether it names several."""

    first: int
    head: int
    many: bool


def noun_from(words: Words, i: int) -> Noun | None:
    """The noun phrase for people that begins at token i, after a figure or an article."""
    known = people_words()
    inside = _name_tail(words, i)
    short = _short_form(words, i)
    for k in range(i, min(i + _REACH + len(inside) + len(short), len(words.tokens))):
        token = words.tokens[k]
        if k in inside:
            continue
        if token.raw in QUOTES:
            continue
        if token.raw == ")" or (token.raw == "(" and _is_short_form(words, k + 1)):
            continue
        if not token.is_word or is_figure(words, k) or (k > i and token.low in _VAGUE_FIGURES):
            return None
        if token.low == "left" and words.at(k + 1).low == "wing":
            continue
        if _is_before_rank(words, k):
            continue
        forms = _forms_at(words, k)
        if forms and not (token.low in known.stops and not known.forms.get(token.low)):
            noun = _noun(words, i, k, forms)
            if noun is not None:
                return noun
            continue
        if token.low in known.stops and not (
            _is_adjective(words, i, k) or (k == i and token.low == "known")
        ):
            return None
        if k > i and _is_deed(words, k):
            return None
    return None


def _is_short_form(words: Words, k: int) -> bool:
    """Whether a bracket holds letters only: "four Brod Workers' League (BWL) activists"."""
    raw, after = words.at(k).raw, words.at(k + 2)
    return raw.isupper() and words.at(k + 1).raw == ")" and after.is_word


def _short_form(words: Words, i: int) -> range:
    """The tokens of a short form in brackets, near a token: "Border Force (BF) men"."""
    for k in range(i + 1, i + _REACH):
        if words.at(k).raw == "(":
            return range(k, k + 3) if _is_short_form(words, k + 1) else range(0)
    return range(0)


def _is_before_rank(words: Words, k: int) -> bool:
    """Whether a noun at token k only leads to one told in quotes or behind a short form.

    "A Maoist 'zonal commander'", "six Auxiliary Police (AP) personnel".
    """
    mark = words.at(k + 1)
    if mark.raw == "(" and _is_short_form(words, k + 2):
        return bool(_forms_at(words, k)) and bool(_forms_at(words, k + 4))
    if mark.raw not in QUOTES or mark.start == words.at(k).end or not _forms_at(words, k):
        return False
    closing = next((n for n in range(k + 3, k + 7) if words.at(n).raw in QUOTES), None)
    return closing is not None and bool(_forms_at(words, closing - 1))


_VAGUE_FIGURES = frozenset({"several", "numerous", "dozens", "scores", "hundreds"})


def _name_tail(words: Words, i: int) -> range:
    """The tokens that a name of a body goes on with: "a Front (of Sahl) (FS) leader"."""
    for k in range(i + 1, i + _REACH - 1):
        if words.at(k).low == "of" and words.at(k - 1).is_capital and words.at(k + 1).is_capital:
            end = k + 2
            short = words.at(end).raw == "(" and words.at(end + 2).raw == ")"
            return range(k, end + 3 if short else end)
        if words.at(k).low in people_words().stops:
            break
    return range(0)


def _noun(words: Words, first: int, k: int, forms: frozenset[Form]) -> Noun | None:
    """The phrase with its last word at token k, if it is the last."""
    stays = words.at(k + 1).low == "remains" and words.at(k + 2).low in _IN
    if stays and "many" not in forms:
        return Noun(first=first, head=k, many=False)  # "a nurse remains in hospital"
    if _forms_at(words, k + 1) and not words.at(k + 1).low.endswith("year-old"):
        known = people_words()
        if words.at(k + 1).low not in known.followers and words.at(k + 1).low != "others":
            return None
    if "many" in forms and not ("one" in forms or words.at(k).low in _COLLECTIVE):
        return None if _is_possessed(words, k) else Noun(first=first, head=k, many=True)
    if not words.follows_person(k + 1):
        return None
    return Noun(first=first, head=k, many="many" in forms)


_IN = frozenset({"in", "at", "hospitalized", "hospitalised", "on"})
_COLLECTIVE = frozenset({"police", "troops", "taliban", "military", "elderly", "people"})


def is_body(words: Words, noun: Noun) -> bool:
    """Whether a noun names a body of people rather than some of them: "the police"."""
    return words.at(noun.head).low in ("police", "taliban", "military", "mujahideen")


def _is_possessed(words: Words, k: int) -> bool:
    """Whether something of theirs is spoken of: "soldiers' families"."""
    mark = words.at(k + 1)
    if mark.raw not in ("'", "\u2019") or mark.start != words.at(k).end:
        return False
    opened = any(token.raw in ("'", "\u2018") for token in words.tokens[max(0, k - _QUOTED) : k])
    return not opened and words.at(k + 2).is_word


def _forms_at(words: Words, k: int) -> frozenset[Form]:
    """The forms of the noun of one word or more that ends at token k."""
    token = words.at(k)
    if not token.is_word:
        return frozenset()
    if token.low == "accused" and words.at(k + 1).low == "of":
        return frozenset()  # "two men accused of spying": what is said of them, and no noun
    known = people_words()
    if token.low in known.last_words:
        length = _length(words, k)
        if length > 1:
            return known.long_nouns[_phrase(words, k, length)]
    forms = known.form_of(token.low)
    name_like = words.cased and token.is_capital and k > 0 and token.low not in known.forms
    return frozenset() if name_like and not token.low.endswith("-old") else forms


def _length(words: Words, k: int) -> int:
    """How many words the longest known noun has that ends at token k."""
    known = people_words()
    if words.at(k).low not in known.last_words:
        return 1
    lengths = (n for n in (4, 3, 2) if n <= k + 1 and _phrase(words, k, n) in known.long_nouns)
    return next(lengths, 1)


def _phrase(words: Words, k: int, length: int) -> str:
    return " ".join(token.low for token in words.tokens[k + 1 - length : k + 1])


def _is_deed(words: Words, k: int) -> bool:
    """Whether token k tells what the words before it did: "the force encountered fighters"."""
    low, before = words.at(k).low, words.at(k - 1).low
    if not low.endswith("ed") or low in people_words().adjectives or "-" in low:
        return False
    return not (before.endswith("ly") or before in people_words().adjectives)


def end_of_phrase(words: Words, k: int) -> int | None:
    """Where the "of the STF" that begins at token k ends: words of whose people they are."""
    known = people_words()
    if words.at(k).low != "of" or words.at(k + 1).low == "of":
        return None
    first = k + 1
    while words.at(first).low in _OWNERS:
        first += 1
    if is_figure(words, first):
        counted = noun_from(words, first + 1)
        if counted is not None and counted.many:
            return None  # "relatives of the three men": people of their own
    k = first
    while k < first + _REACH:
        token = words.at(k)
        deed = token.low.endswith(("ed", "ing")) and not token.is_capital
        if not token.is_word or token.low in known.stops or deed:
            break
        k += 1
    opened = words.at(first - 1).low != "of" or words.at(first).is_capital
    return words.at(k - 1).end if k > first and opened else None


_OWNERS = frozenset({"the", "a", "an", "his", "her", "their", "its", "our", "local", "same"})


def is_figure(words: Words, k: int) -> bool:
    """Whether token k is a number and no age: "their two children", not "a 24 year old man"."""
    low = words.at(k).low
    if low.isdecimal() or low in SMALL or low in TENS:
        return words.at(k + 1).low not in ("year", "years", "month", "months")
    return False


def _is_adjective(words: Words, i: int, k: int) -> bool:
    """Whether a word of harm only describes: "the wounded soldier", "two kidnapped engineers"."""
    described = k == i and bool(_forms_at(words, k + 1))
    if words.at(k).low in ("attack", "ambush", "shooting") and _forms_at(words, k + 1) == ONE:
        return words.follows_person(k + 2)  # "an attack planner in Brod"
    age = words.at(k).low in ("year", "years", "month", "months") and words.at(k + 1).low == "old"
    return (described and words.at(k).low.endswith(("ed", "dead", "missing", "known"))) or age


def noun_until(words: Words, k: int, *, bare: bool) -> Noun | None:
    """The noun phrase that ends at token k, without an article before it.

    `bare` lets only those words stand before the noun that surely belong to it.
    """
    forms = _forms_at(words, k)
    noun = _noun(words, k, k, forms) if forms else None
    if noun is None:
        return None
    first = k + 1 - _length(words, k)
    while k - first < _LEFT and bare and _belongs(words, first - 1):
        first -= 1
    return Noun(first=first, head=k, many=noun.many)


def _belongs(words: Words, k: int) -> bool:
    """Whether token k is surely a part of the noun phrase after it."""
    token, known = words.at(k), people_words()
    if not token.is_word:
        return False
    if token.low in known.adjectives or token.low.endswith(("year-old", "-armed")):
        return True
    if token.low in known.stops:
        return False
    if known.form_of(token.low) == ONE and not token.is_capital:
        return True
    return words.cased and token.is_capital and k > 0 and words.at(k - 1).raw not in (".", ":")


def kind_of(words: Words, noun: Noun) -> PeopleKind:
    """What the noun, the words before it and an age say of the people."""
    known = people_words()
    low = [token.low for token in words.tokens[noun.first : noun.head + 1]]
    tails = (" ".join(low[n:]) for n in range(len(low)))
    kind = next((known.kinds[tail] for tail in tails if tail in known.kinds), PeopleKind())
    kind = _leaning(kind, low[:-1])
    if noun.many and low[-1] in known.kin:
        kind = _with(kind, Demographic.FAMILY)
    return with_age(kind, _age(words, noun, " ".join(low)))


def _leaning(kind: PeopleKind, before: list[str]) -> PeopleKind:
    told = frozenset(before)
    standing = kind.standing
    for leaning in people_words().leanings:
        if leaning.words.isdisjoint(told):
            continue
        if leaning.standing is not None and standing in leaning.over and not kind.roles:
            standing = leaning.standing
            told -= leaning.words
        for one in leaning.demographics:
            kind = _with(kind, one)
    return kind.model_copy(update={"standing": standing}) if standing != kind.standing else kind


def with_age(kind: PeopleKind, age: int | None) -> PeopleKind:
    """The kind, with what a stated age says of it."""
    if age is None or age >= _ADULT:
        return _with(kind, Demographic.ELDERLY) if age is not None and age >= _ELDERLY else kind
    return _with(kind, Demographic.CHILDREN)


def _with(kind: PeopleKind, one: Demographic) -> PeopleKind:
    if one in kind.demographics:
        return kind
    return kind.model_copy(update={"demographics": (*kind.demographics, one)})


def _age(words: Words, noun: Noun, phrase: str) -> int | None:
    told = _AGE.search(phrase)
    parent = words.at(noun.head).low in _PARENTS  # "a father of three": three children
    if told is None and not noun.many and not parent:
        told = _OF_AGE.match(words.sentence, words.at(noun.head).end)
    if told is None and not noun.many:
        told = _OWN_AGE.match(words.sentence, words.at(noun.head).end)
    if told is None:
        return None
    if told.re is _OF_AGE:
        return int(told[1]) if told[1].isdigit() else {**SMALL, **TENS}.get(told[1])
    if "year" not in told[0] and not told[1].isdigit():
        return None
    if "month" in told[0] or "week" in told[0] or "day" in told[0]:
        return 0
    return int(told[1]) if told[1].isdigit() else SMALL.get(told[1])
