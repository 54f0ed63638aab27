"""Words by which times are told, loaded from a data file that anybody can edit."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from extractor.resolve.dates.spelling import Written, fold, spell

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]

_FILE = Path(__file__).resolve().parents[2] / "data" / "time_words.toml"
_ENGLISH = "english"
_NUMBER, _WEEKDAY = "N", "W"  # the places in a phrase that other words fill
_SHORT = 5  # letters; a dot after a longer word ends a sentence
_CALENDAR = frozenset({*WEEKDAYS, *MONTHS})

_JOINED_TO_THE_NEXT = ("early", "mid", "late")  # by a hyphen
_FIGURES = re.compile(r"\d+(?:th)?")
_TENS = re.compile(r"=[2-9]0")
_ONES = re.compile(r"(?P<cardinal>=)?(?P<ones>[1-9])(?P<ordinal>th)?")

_Lines = dict[str, list[str]]
_Found = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Language:
    """What the phrases of one language mean, in English words."""

    name: str
    meanings: dict[tuple[str, ...], tuple[str, ...]] = field(repr=False)
    beginnings: dict[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    """The phrases by their first word, the longest first."""


def translate(words: Sequence[Written], language: Language) -> list[Written]:
    """The words in the plain English of the table; what is in no table stays as it is.

    In a language other than English such a word becomes "?", as its English twin means another.
    """
    plain: list[Written] = []
    is_foreign = language.name != _ENGLISH
    at = 0
    while at < len(words):
        here = words[at]
        found = _find_phrase(words, at, language)
        if found is None:
            end = at + 1
            is_other = is_foreign and here.is_plain and here.word.isalpha()
            word = "?" if is_other else here.word
            plain.append(Written(word, here.start, here.end))
        else:
            end, meaning = found
            last = words[end - 1].end
            plain += [Written(word, here.start, last) for word in meaning]
        if end < len(words) and words[end].word == "." and _is_short(words, at, end, found):
            end += 1
        at = end
    return list(_joined(plain))


@cache
def english() -> Language:
    """English."""
    return _language(_ENGLISH, _tables()[_ENGLISH], None)


@cache
def foreign() -> tuple[Language, ...]:
    """Every other language of the file."""
    return tuple(
        _language(name, lines, english()) for name, lines in _tables().items() if name != _ENGLISH
    )


@cache
def finding(name: str) -> frozenset[str]:
    """The words of one line of the table for running text."""
    lines = _tables()[_ENGLISH]["finding"]
    return frozenset(map(fold, lines[name])) if isinstance(lines, dict) else frozenset()


@cache
def _tables() -> dict[str, dict[str, list[str] | _Lines]]:
    checked = TypeAdapter(dict[str, dict[str, list[str] | _Lines]])
    return checked.validate_python(tomllib.loads(_FILE.read_text("utf-8")))


def _language(name: str, lines: dict[str, list[str] | _Lines], into: Language | None) -> Language:
    meanings: dict[tuple[str, ...], tuple[str, ...]] = {}
    for meaning, phrases in _meanings(lines):
        for phrase in phrases:
            meanings[_spelled(phrase)] = _english(meaning, into)
    for word in () if into else _CALENDAR:
        meanings[(word,)] = (word,)
    beginnings: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(meanings, key=len, reverse=True):
        beginnings.setdefault(phrase[0], []).append(phrase)
    return Language(
        name=name,
        meanings=meanings,
        beginnings={first: tuple(phrases) for first, phrases in beginnings.items()},
    )


def _meanings(lines: dict[str, list[str] | _Lines]) -> Iterator[tuple[str, list[str]]]:
    """Each line; a number in words is marked, so that it is never taken for a day of a month."""
    for meaning, phrases in lines.items():
        if isinstance(phrases, list):
            yield meaning, phrases
            continue
        for number, spoken in phrases.items() if meaning != "finding" else ():
            yield (f"={number}" if meaning == "numbers" else f"{number}th"), spoken


def _spelled(phrase: str) -> tuple[str, ...]:
    """The words of a phrase; its places for numbers and weekdays keep their capitals."""
    return tuple(
        part if part in (_NUMBER, _WEEKDAY) else written.word
        for part in phrase.split()
        for written in spell(part)
    )


def _english(meaning: str, into: Language | None) -> tuple[str, ...]:
    if into is None or meaning.startswith("=") or re.fullmatch(r"\d+th", meaning):
        return tuple(meaning.split())
    words: list[str] = []
    for piece in re.split(rf"\b([{_NUMBER}{_WEEKDAY}])\b", meaning):
        if piece in (_NUMBER, _WEEKDAY):
            words.append(piece)
        else:
            words += [written.word for written in translate(spell(piece), into)]
    return tuple(words)


def _find_phrase(words: Sequence[Written], at: int, language: Language) -> _Found | None:
    """The longest phrase that begins at a word: where it ends, and its English words."""
    best: _Found | None = None
    if language.name == _ENGLISH and not words[at].is_ascii:
        return None  # "tué" is no Tuesday
    for phrase in _phrases_from(words[at], language):
        if best and len(phrase) < best[0] - at:
            continue
        found = _match(phrase, words, at, language)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def _phrases_from(written: Written, language: Language) -> Iterator[tuple[str, ...]]:
    """The phrases that may begin with a word, those that it stands in itself first."""
    beginnings = language.beginnings
    own = beginnings.get(written.word, ())
    if written.is_plain:
        yield from own
    if _NUMBER in beginnings and _number(written, language) is not None:
        yield from beginnings[_NUMBER]
    if _WEEKDAY in beginnings and own:  # else it begins no name of a weekday
        yield from beginnings[_WEEKDAY]


def _match(
    phrase: tuple[str, ...], words: Sequence[Written], at: int, language: Language
) -> _Found | None:
    filled: list[str] = []
    here = at
    for n, part in enumerate(phrase):
        if n and here < len(words) and words[here].word == "-" and part != "-":
            here += 1  # "pre-dawn" is "pre dawn"
        if here >= len(words):
            return None
        if part == _NUMBER:
            number = _number(words[here], language)
            if number is None:
                return None
            filled.append(number)
            here += 1
        elif part == _WEEKDAY:
            weekday = _weekday(words, here, language)
            if weekday is None:
                return None
            here = weekday[0]
            filled += weekday[1]
        elif words[here].word == part and words[here].is_plain:
            here += 1
        else:
            return None
    fill = iter(filled)
    meaning = language.meanings[phrase]
    return here, tuple(next(fill) if word in (_NUMBER, _WEEKDAY) else word for word in meaning)


def _number(written: Written, language: Language) -> str | None:
    if written.word[:1].isdecimal() and _FIGURES.fullmatch(written.word):
        return written.word
    meaning = language.meanings.get((written.word,), ("",))
    return meaning[0] if meaning and meaning[0].startswith("=") else None


def _weekday(words: Sequence[Written], at: int, language: Language) -> _Found | None:
    for phrase in language.beginnings.get(words[at].word, ()):
        meaning = language.meanings[phrase]
        if len(meaning) == 1 and meaning[0] in WEEKDAYS:
            spelled = tuple(written.word for written in words[at : at + len(phrase)])
            if spelled == phrase:
                return at + len(phrase), meaning
    return None


def _is_short(words: Sequence[Written], at: int, end: int, found: _Found | None) -> bool:
    """Whether a dot behind a phrase belongs to a short form and not to a sentence."""
    word = words[end - 1].word
    return (
        found is not None
        and end == at + 1
        and len(word) <= _SHORT
        and word.isalpha()
        and word not in _CALENDAR
    )


def _joined(words: Sequence[Written]) -> Iterator[Written]:
    """The words with tens and ones in one, and without the hyphen of "mid-May"."""
    at = 0
    while at < len(words):
        here = words[at]
        if here.word[:1] != "=" and here.word not in _JOINED_TO_THE_NEXT:
            yield here
            at += 1
            continue
        behind = at + 1
        if behind + 1 < len(words) and words[behind].word == "-":
            behind += 1
        number = _tens_and_ones(here.word, words[behind].word) if behind < len(words) else None
        if number:
            yield Written(word=number, start=here.start, end=words[behind].end)
            at = behind + 1
            continue
        yield here
        at = behind if here.word in _JOINED_TO_THE_NEXT else at + 1


def _tens_and_ones(tens: str, ones: str) -> str | None:
    if tens[:1] != "=" or not _TENS.fullmatch(tens):
        return None
    number = _ONES.fullmatch(ones)
    if number is None or bool(number["cardinal"]) is bool(number["ordinal"]):
        return None
    total = int(tens[1:]) + int(number["ones"])
    return f"{total}th" if number["ordinal"] else f"={total}"
