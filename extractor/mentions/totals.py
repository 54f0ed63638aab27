"""Totals: "the number of teachers killed this year rose to 70", "it brought to 70 the toll" (R2).

The words of the harm stand apart from the figure here, and no people stand by it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.codes import Outcome
from extractor.mentions.mention import Mention
from extractor.numerals import find_separate_numbers
from extractor.people import People
from extractor.people.words import people_words
from extractor.vocabulary import PeopleKind

_HARM = {
    Outcome.KILLED: (
        "killed|dead|deaths|deceased|murdered|slain|shot dead|lynched|executed|murders|killings"
        "|homicides|fatalities"
    ),
    Outcome.INJURED: "wounded|injured|hurt|injuries",
    Outcome.ABDUCTED: "abducted|kidnapped|kidnappings|abductions|seized|taken hostage",
    Outcome.DETAINED: "arrested|detained|arrests|captured",
    Outcome.DISPLACED: "displaced|uprooted|made homeless|driven from their homes",
    Outcome.MISSING: "missing",
}
_ANY_HARM = "|".join(_HARM.values())
_COUNT = r"(?:number|total|count|tally|toll)"
_WHO_HARMED = rf"(?P<group>(?:[\w'\u2019-]+ ){{0,4}}?)(?P<harm>{_ANY_HARM})\b"
_HEAD = rf"\b{_COUNT} (?:of )?(?:the |those )?{_WHO_HARMED}"
_BEHIND = re.compile(
    rf"{_HEAD}[^.;:]{{0,90}}? (?:to|at|reached|hit|passed|exceeds|exceeded|is|was|stands? at"
    r"|stood at) (?:now )?(?=\S)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|rais(?:e|es|ed|ing)|tak(?:e|es|ing)|took|push(?:es|ed|ing)?"
    rf"|put|puts) to (?P<n>[\w,. -]{{1,40}}?) (?:the (?:\w+ )?(?:{_COUNT})|its dead|their dead)\b",
    re.IGNORECASE,
)
_OWN_HARM = re.compile(_WHO_HARMED, re.IGNORECASE)
_DEATH_TOLL = re.compile(r"\b(?:death )?toll\b", re.IGNORECASE)
_CUES = ("number", "total", "count", "tally", "toll")
_REACH = 40  # characters of a figure and its qualifier
_HARM_REACH = 60


def find_totals(sentence: str, known: tuple[Mention, ...]) -> Iterator[Mention]:
    """The totals of a sentence that no mention known has the figure of."""
    low = sentence.lower()
    if not any(cue in low for cue in _CUES):
        return
    taken = [(one.people.start, one.people.end) for one in known]
    for mention in (*_behind(sentence), *_before(sentence)):
        people = mention.people
        if all(end <= people.start or people.end <= start for start, end in taken):
            taken.append((people.start, people.end))
            yield mention


def _behind(sentence: str) -> Iterator[Mention]:
    """The figure after its noun: "the number of teachers killed rose to 70"."""
    for found in _BEHIND.finditer(sentence):
        figures = find_separate_numbers(sentence[found.end() : found.end() + _REACH].rstrip(" ."))
        if (
            figures
            and figures[0].start == 0
            and _is_figure_alone(sentence, found.end(), figures[0].end)
        ):
            end = found.end() + figures[0].end
            people = _people(sentence, found, found.end(), end)
            people = replace(people, number=figures[0].number)
            yield _mention(people, _outcome(found["harm"]), found.start(), end)


def _before(sentence: str) -> Iterator[Mention]:
    """The figure before its noun: "brought to 70 the number of teachers killed"."""
    for found in _BEFORE.finditer(sentence):
        figures = find_separate_numbers(found["n"])
        if not figures or figures[0].start != 0 or figures[0].end != len(found["n"]):
            continue
        start, end = found.span("n")
        told = _OWN_HARM.search(sentence, found.end(), found.end() + _HARM_REACH)
        if told is None and _DEATH_TOLL.search(found[0]) is None:
            continue
        outcome = _outcome(told["harm"]) if told else Outcome.KILLED
        people = People(
            start=start, end=end, number=figures[0].number, group=None, kind=PeopleKind()
        )
        if told is not None:
            people = replace(_people(sentence, told, start, end), number=figures[0].number)
        last = told.end() if told else found.end()
        yield _mention(people, outcome, found.start(), last)


def _is_figure_alone(sentence: str, at: int, end: int) -> bool:
    """Whether a figure counts what went before it: not the "six" of "to six months"."""
    rest = sentence[at + end : at + end + 14].lower()
    return (
        re.match(r" (?:percent|per cent|%|years?|months?|weeks?|days?|hours?|km|miles)", rest)
        is None
    )


def _people(sentence: str, found: re.Match[str], start: int, end: int) -> People:
    """Who is counted: the noun between "number of" and the word of harm."""
    words = found["group"].strip()
    noun = words.split(" ")[-1].lower() if words else ""
    kind = people_words().kinds.get(noun)
    group = found.span("group") if kind is not None else None
    if group is not None:
        group = (group[0], group[0] + len(words))
        lead = re.match(r"(?:of |the |those ){1,3}", sentence[slice(*group)], re.IGNORECASE)
        group = (group[0] + lead.end(), group[1]) if lead else group
    number = find_separate_numbers(sentence[start:end])[0].number
    return People(start=start, end=end, number=number, group=group, kind=kind or PeopleKind())


def _outcome(word: str) -> Outcome:
    low = word.lower()
    return next(one for one, words in _HARM.items() if low in words.split("|"))


def _mention(people: People, outcome: Outcome, start: int, end: int) -> Mention:
    return Mention(
        outcome=outcome,
        number=people.number,
        people=people,
        start=min(start, people.start),
        end=max(end, people.end),
        verb_at=start,
        voice="toll",
        rule="toll",
    )
