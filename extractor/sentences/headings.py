"""Headings: a headline that stands as the first line of a text."""

from extractor.sentences.splitting import Sentence

_ENDS = (".", "!", "?", ";", "\u201d", '"')
_FEWEST, _MOST = 4, 25  # words
_LONG = 4  # letters of a word that a headline writes with a capital
_SHARE = 0.7  # of such words; the rest may be "after", "near"


def is_heading(sentence: Sentence, text: str) -> bool:
    """Whether the first sentence of a text is its headline: "Rebels Killed in Sahl Raid"."""
    first, _, body = text.partition("\n")
    if sentence.end > len(first.rstrip()) or text[: sentence.start].strip() or not body.strip():
        return False
    words = first.split()
    if first.rstrip().endswith(_ENDS) or not _FEWEST <= len(words) <= _MOST:
        return False
    if first.upper() == first or len(first.rstrip()) > sentence.end:
        return False  # a shouted line tells no headline from a text
    long = [word for word in words if len(word) >= _LONG and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in long)
    return bool(long) and capital >= _SHARE * len(long)
