"""Entries: the paragraphs of a bulletin or log, each of which tells of something else (R1).

"MONDAY. Brod. A mine killed two." "TUESDAY. Selim. Gunmen shot a teacher." Such paragraphs open
with a label: a weekday, a date, a letter or number, a bullet. A clock time is no such label: the
entries of a live page go on with one event.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.readers.baseline.places.finding import PlacePhrase
from extractor.readers.baseline.times.finding import find_times
from extractor.sentences import Sentence

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_LABEL = re.compile(
    rf"(?i:{_DAY})(?:,? \d{{1,2}}(?: (?i:{_MONTH}))?|,? (?i:{_MONTH}) \d{{1,2}})?"
    r"(?=[.:,;\u2014\u2013-]| -)"
    rf"|(?:\d{{1,2}} (?i:{_MONTH})|(?i:{_MONTH}) \d{{1,2}})(?:,? \d{{4}})? ?[:.\u2014\u2013-]"
    r"|\(?[A-Z]\)|[A-Z][.:](?= [A-Z])|\(?\d{1,2}[.)](?= [A-Z])"
    r"|[\u2022\u25cf\u25aa*\u2013\u2014-] ?(?=[A-Z])"
    r"|[A-Z][A-Z' -]{2,30}[:.\u2014\u2013](?= )"
)
_HEADING_WORD = re.compile(
    rf"(?:[A-Z\d\u00c0-\u00de(].*|(?i:{_DAY}|{_MONTH})|province|district|county|state|town|city"
    r"|region|governorate|village|near|outside|night|of|the|and|in|-|[\u2013\u2014\u2022])$"
)
_NO_NAME = re.compile(rf"(?i:{_DAY}|{_MONTH}|night|morning|evening|totals?|method|also)|.*\d")
_LONGEST = 10  # words; a longer sentence tells the news itself
_FEWEST = 3  # labelled paragraphs; fewer are a list within a story
_SHARE = 0.4  # of all paragraphs


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The label of an entry: it gives everything under it a day, a place, or both (R11, R12)."""

    time: str | None
    place: PlacePhrase | None


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A sentence and where it stands among paragraphs and entries."""

    sentence: Sentence
    opens: bool
    """Whether a paragraph begins with it."""
    entry: int
    """The number of its entry; 0 for all of a text that is no log."""


def place_sentences(text: str, sentences: tuple[Sentence, ...]) -> Iterator[Placed]:
    """Say of each sentence whether a paragraph or an entry of a log begins with it."""
    openings = tuple(_openings(text, sentences))
    labelled = [
        opens and _is_label(one.words) for opens, one in zip(openings, sentences, strict=True)
    ]
    is_log = sum(labelled) >= _FEWEST and sum(labelled) >= _SHARE * sum(openings)
    entry = 0
    for opens, label, sentence in zip(openings, labelled, sentences, strict=True):
        entry += is_log and opens and label
        yield Placed(sentence=sentence, opens=opens, entry=entry)


def heading_of(words: str) -> Heading | None:
    """What a sentence that is nothing but a label tells: "A. Brod, Sava county, 3 May."."""
    mark = _MARK.match(words)
    bare = words[mark.end() if mark else 0 :].rstrip(" .:\u2013\u2014-")
    parts = [part.strip(",:;.") for part in bare.split()]
    if not 0 < len(parts) <= _LONGEST or not all(map(_HEADING_WORD.match, parts)):
        return None
    spans = find_times(bare)
    names = [
        part.strip()
        for part in re.split(r"[,:;.]| [\u2013\u2014-] ", bare)
        if part.strip() and not _NO_NAME.match(part.strip())
    ]
    place = PlacePhrase(at=0, name=names[0], within=tuple(names[1:])) if names else None
    return Heading(time=bare[slice(*spans[0])] if spans else None, place=place)


_MARK = re.compile(r"\(?[A-Z]\) ?|[A-Z]\. |\(?\d{1,2}[.)] |[\u2022\u25cf\u25aa*\u2013\u2014-] ?")


def _openings(text: str, sentences: tuple[Sentence, ...]) -> Iterator[bool]:
    end = 0
    for sentence in sentences:
        yield end == 0 or "\n" in text[end : sentence.start]
        end = sentence.end


def _is_label(words: str) -> bool:
    return _LABEL.match(words) is not None
