"""Natural case: a shouted text, or one without any capitals, as a newspaper would print it.

Only the case of letters changes, so that every offset of the view is right in the original:
"5 PEASANTS DIED IN LA LIBERTAD" becomes "5 peasants died in La Libertad".
"""

import re
from collections.abc import Iterator

from extractor.sentences.capitals import (
    Company,
    as_name,
    is_abbreviation,
    is_common,
    is_plain,
    key_of,
    names_on,
    opens_name,
    opens_phrase,
    phrase_of,
    written,
)

_SHOUT = re.compile(r"[A-Z\u00c0-\u00de]{2}[^a-z\u00df-\u00ff]{10}")  # a cheap look before counting
_SMALL = re.compile(r"[a-z]")
_CAPITAL = re.compile(r"[A-Z]")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s|\n\s*\n|\]\s|:\s*[\"\u201c]|\u2022|\n\s*[-*]\s")
_JOINED = frozenset({" ", "-", "\n", "  ", "\t"})
_NUMBER_BEFORE = re.compile(r"\d[,.]? ?$")
_NUMBERED = re.compile(r"\. ?\d")  # "at No. 12"
_NUMBER_AFTER = re.compile(r"[,.]? ?\d")
_MOST_SMALL = 0.2  # of the letters of a shouted line: "McDONALD", "10 km", "al-SHABAAB"
_FEWEST_WORDS = 4  # of a shouted line between others; fewer may be a dateline or a name
_ENGLISH = 0.3  # of the words; a text with fewer common ones is in another language
_LONGEST_TAG = 100  # characters
_SAMPLE = 200  # words that tell the language
_LONGEST_NAME = 12  # words


def natural_case(text: str) -> str:
    """The text with the letters' case that a newspaper would print; equal length and offsets.

    A text in mixed case comes back unchanged, but for shouted lines in it, such as a headline.
    """
    if not _CAPITAL.search(text):
        return _recased(text) if _SMALL.search(text) else text
    if not _SHOUT.search(text):
        return text
    parts: list[str] = []
    at = 0
    for start, end in _shouted(text):
        parts += (text[at:start], _recased(text[start:end]))
        at = end
    return "".join((*parts, text[at:])) if parts else text


def _shouted(text: str) -> Iterator[tuple[int, int]]:
    """Runs of shouted lines; a line of few words belongs to the shouted ones before it."""
    run: tuple[int, int] | None = None
    for line in _LINE.finditer(text):
        capitals = sum(map(str.isupper, line[0]))
        small = sum(map(str.islower, line[0]))
        if not capitals and not small:
            continue
        loud = small <= _MOST_SMALL * capitals
        if loud and (run or len(_WORD.findall(line[0])) >= _FEWEST_WORDS):
            run = (run[0] if run else line.start(), line.end())
        elif run:
            yield run
            run = None
    if run:
        yield run


def _recased(text: str) -> str:
    lowered = _lowered(text)
    words = [(match.start(), match[0]) for match in _WORD.finditer(lowered)]
    sample = words[:_SAMPLE]
    if sum(is_common(word) for _, word in sample) < _ENGLISH * len(sample):
        return text
    letters = list(lowered)
    for at, spelled in _spellings(lowered, words):
        letters[at : at + len(spelled)] = spelled
    return "".join(letters)


def _lowered(text: str) -> str:
    """The text in small letters; a letter whose small form is longer stays."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _spellings(text: str, words: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Each word that is not written small: where it stands, and how it is written."""
    phrase: list[str] = []
    after_name = opened = False
    before, end = "", 0
    for n, (start, word) in enumerate(words):
        gap = text[end:start]
        joined = gap in _JOINED and n > 0
        begins = not joined and (not before or _begins(text, start, gap, before))
        if not joined:
            joined = not begins and not gap.strip()
            after_name = opened = False
        spelled = word
        if not phrase and not opened and is_plain(word):
            after_name = False
        elif phrase or (phrase := _phrase(text, words, n)):
            spelled = (phrase.pop(0) + word)[: len(key_of(word))] + word[len(key_of(word)) :]
            after_name = opened = False
        else:
            company = _company(text, words, n, before if joined else "", after_name)
            spelled = as_name(word) if opened else written(word, company)
            opened = opens_name(word) and spelled != word
            after_name = names_on(word, spelled)
        numbered = word == "no" and _NUMBERED.match(text, start + 2) is not None
        if numbered or (begins and spelled == word and not text[start - 1 : start].isdigit()):
            spelled = as_name(word)
        if spelled != word and len(spelled) == len(word):  # the capital of "\u00df" is two letters
            yield start, spelled
        before, end = word, start + len(word)


def _begins(text: str, start: int, gap: str, before: str) -> bool:
    """Whether a sentence begins behind a gap; the point of an abbreviation ends none."""
    if not _ENDS.search(gap) or (before == "no" and _NUMBERED.match(gap)):
        return False
    if "]" in gap and not _ENDS.search(
        gap.replace("]", "")
    ):  # "[TEXT] TWO", not "FRONT [FMLN] SAID"
        opened = text.rfind("[", max(0, start - _LONGEST_TAG), start)
        return opened >= 0 and text[max(0, opened - 9) : opened].rstrip()[-1:] in (
            "",
            ".",
            "!",
            "?",
            "]",
            "-",
            '"',
        )
    return gap.strip() != "." or "\n\n" in gap or not is_abbreviation(before)


def _phrase(text: str, words: list[tuple[int, str]], n: int) -> list[str]:
    """The known name of several words that begins at a word, if its words adjoin."""
    if not opens_phrase(words[n][1]):
        return []
    found = phrase_of([word for _, word in words[n : n + _LONGEST_NAME]])
    if not found:
        return []
    pairs = zip(words[n : n + len(found)], words[n + 1 : n + len(found)], strict=False)
    adjoin = all(not text[a + len(w) : b].strip(" \n-.'\u2019") for (a, w), (b, _) in pairs)
    return list(found) if adjoin else []


def _company(
    text: str, words: list[tuple[int, str]], n: int, before: str, after_name: bool
) -> Company:
    start, word = words[n]
    end = start + len(word)
    after = ""
    if n + 1 < len(words):
        gap = text[end : words[n + 1][0]]
        after = words[n + 1][1] if gap in _JOINED or gap == ". " or not gap.strip() else ""
    return Company(
        before=before,
        after=after,
        after_name=after_name,
        number=bool(
            _NUMBER_AFTER.match(text, end) or _NUMBER_BEFORE.search(text, max(0, start - 4), start)
        ),
        hyphen=text[end : end + 1] == "-",
        alone=text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]"),
    )
