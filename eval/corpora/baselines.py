"""Keyword baselines: small rules that look for words and read nothing."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from eval.corpora.bounds import bounds_of_number
from eval.corpora.profile import Profile
from extractor.gazetteer import name_key
from extractor.numerals import find_separate_numbers

_REACH = 60  # characters between a number and the word it is taken for
_PERIOD = re.compile(r"[.!?]\s|\n")


def keyword_count(text: str, field: str, profile: Profile) -> tuple[int, int]:
    """The number nearest to the first of a figure's words in its sentence.

    Without such a word it is zero; without a number it is one.
    """
    words = profile.keywords[field].words
    pattern = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    found = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    if found is None:
        return 0, 0
    start = max((end.end() for end in _PERIOD.finditer(text, 0, found.start())), default=0)
    last = _PERIOD.search(text, found.end())
    sentence = text[start : last.start() if last else len(text)]
    at, until = found.start() - start, found.end() - start
    gaps = [
        (max(at - one.end, one.start - until), one.start, one.number)
        for one in find_separate_numbers(sentence)
    ]
    near = min((gap for gap in gaps if gap[0] <= _REACH), key=lambda gap: gap[:2], default=None)
    return bounds_of_number(near[2], None, profile.numbers) if near else (1, 1)


def keyword_name(text: str, spellings: Mapping[str, str]) -> str | None:
    """The first name that stands in a text, in any of its spellings, given by key."""
    words = name_key(text).split()
    longest = max((len(key.split()) for key in spellings), default=0)
    for start in range(len(words)):
        for length in range(longest, 0, -1):
            if name := spellings.get(" ".join(words[start : start + length])):
                return name
    return None


def keyword_day(text: str, published: date | None) -> date | None:
    """The day of publication, or the one before where the text says yesterday or last night."""
    if published is None:
        return None
    before = re.search(r"\b(?:yesterday|last night|overnight)\b", text, re.IGNORECASE)
    return published - timedelta(days=1) if before else published
