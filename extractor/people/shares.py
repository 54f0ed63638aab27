"""Shares: people told as a part of others without a number, "most of them women"."""

import re
from collections.abc import Iterator

from extractor.numerals import read_number
from extractor.people.group import People, Reference
from extractor.people.nouns import kind_of, noun_from
from extractor.people.tokens import Words
from extractor.vocabulary import PeopleKind

_CUES = ("of them", "of whom", "of these", "of those", "of the ")
_SHARE = re.compile(
    r"\b(?P<share>(?:(?:nearly|almost|about|around|roughly|well over|more than|over|at least) )?"
    r"(?:most|half|(?<=nearly )all|(?<=almost )all|many|some|several"
    r"|(?:an?|one|two|three)[ -](?:thirds?|quarters?|fifths?)"
    r"|the (?:vast |great |overwhelming )?majority))"
    r" (?P<whom>of (?:them|whom|these|those|the (?:dead|victims|wounded|injured|killed|casualties"
    r"|deceased)))(?:,? (?:were|was|are|is|being))?"
    r"(?: (?:said|believed|reported|thought) to be)? (?=\S)",
    re.IGNORECASE,
)
# What a share is said to be where no noun says it: "most of them elderly".
_WHAT = re.compile(
    r"(?:elderly|minors|civilians?|(?:aged|younger than|older than|under|over) [\w-]+"
    r"(?: years(?: old)?)?|from (?:the )?[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)?)\b"
)


def find_shares(words: Words) -> Iterator[People]:
    """Every part of others that a sentence tells without a number."""
    sentence = words.sentence
    low = sentence.lower()
    if not any(cue in low for cue in _CUES):
        return
    for found in _SHARE.finditer(sentence):
        number = read_number(f"{found['share']} of them") or read_number(f"{found['share']} of")
        if number is None:
            continue
        number = number.model_copy(
            update={"text": sentence[found.start() : found.end("share") + 3]}
        )
        noun = noun_from(words, words.after(found.end()))
        what = _WHAT.match(sentence, found.end())
        if noun is not None:
            group = (words.at(noun.first).start, words.at(noun.head).end)
            kind = kind_of(words, noun)
        else:
            group = what.span() if what else None
            kind = PeopleKind()
        if group is None:
            continue  # "most of the dead were found at dawn" parts nobody
        yield People(
            start=found.start(),
            end=group[1],
            number=number,
            group=group,
            kind=kind,
            of_them=True,
            reference=Reference.DEFINITE,
        )
