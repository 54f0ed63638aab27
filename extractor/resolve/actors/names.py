"""Names as they are compared: words of a text with their keys, without case, accents and marks."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class Word(NamedTuple):
    """A word of a text: as it stands there, as it is compared, and where it is."""

    text: str
    """As it stands, without a possessive ending."""
    key: str
    """As it is compared."""
    start: int
    end: int
    owns: bool
    """True for a possessive: Syria's."""
    joined: bool
    """True if only spaces, hyphens or an apostrophe part it from the word before."""
    begin: int
    """Where it starts together with the article "al" before it."""

    @property
    def article(self) -> bool:
        """Whether the article "al" stands before it."""
        return self.begin < self.start


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; "al" is no word of its own, for one writer in two leaves it out."""
    words: list[Word] = []
    end, begin = 0, -1
    for match in _WORD.finditer(text):
        plain, owns = _without_possessive(match[0])
        key = _word_key(plain)
        if key in _ARTICLES:
            begin = match.start()
        elif key:
            gap = text[end : match.start()]
            if not owns and plain[-1] in "sS" and text[match.end() : match.end() + 1] in _MARKS:
                owns = bool(text[match.end() : match.end() + 1])
            joined = bool(words) and _joins(gap)
            start = match.start()
            begin = start if begin < 0 else begin
            words.append(Word(plain, key, start, match.end(), owns, joined, begin))
            end, begin = match.end(), -1
    return tuple(words)


def key_of(words: Sequence[Word]) -> str:
    """The key of words that stand together; a name of one word keeps its "al"."""
    if len(words) == 1 and words[0].article:
        return f"al {words[0].key}"
    return " ".join([word.key for word in words])


@lru_cache(maxsize=16_384)
def name_key(text: str) -> str:
    """The key of a name: equal keys are the same name."""
    plain = text.replace("-", " ")
    if text.isascii() and plain.replace(" ", "").isalnum():  # most names: no need to find words
        keys = [_SPELLINGS.get(key, key) for key in plain.lower().split()]
        left = [key for key in keys if key not in _ARTICLES]
        return " ".join(left if len(left) > 1 or len(keys) == len(left) else ["al", *left])
    return key_of(words_of(text))


def letters_of(words: Sequence[Word]) -> str:
    """Letters and digits as they stand, for names whose case must agree."""
    return "".join(filter(str.isalnum, "".join(word.text for word in words)))


def exact_letters(name: str) -> str | None:
    """The letters that a mention must have, case included; `None` if case does not matter.

    It matters in an acronym, so that "IS" is not "is" and "LeT" is not "let".
    """
    word = " " not in name and "-" not in name
    if name.isupper() or (word and name[1:] != name[1:].lower()):
        return "".join(filter(str.isalnum, name))
    return None


def word_set(words: str) -> frozenset[str]:
    """The keys of words that a space parts."""
    return frozenset(words.split())


def skeleton(key: str) -> str:
    """What near spellings share: the consonants, none of them doubled."""
    bare = re.sub(r"[aeiouy\s]", "", key)
    return re.sub(r"(.)\1+", r"\1", bare)


_MARKS = "'\u2019\u2018\u02bb\u02bc\u02be\u02bf`\u00b4"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?:[^\W_](?![\w]))?|[^\W_][\w\u0300-\u036f]*(?:[{_MARKS}][\w]+)*"
)
_ARTICLES = frozenset({"al", "ال"})
_SPELLINGS = {
    "defence": "defense",
    "organisation": "organization",
    "mobilisation": "mobilization",
    "stabilisation": "stabilization",
    "centre": "center",
    "programme": "program",
}
_NO_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "ß": "ss", "æ": "ae"})


def _without_possessive(text: str) -> tuple[str, bool]:
    if len(text) > 2 and text[-1] in "sS" and text[-2] in _MARKS:
        return text[:-2], True
    return text, False


def _joins(gap: str) -> bool:
    """Whether the signs between two words leave them one name."""
    return gap == " " or (len(gap) <= _WIDEST and not any(sign in _PARTING for sign in gap))


_WIDEST = 30  # characters: a wrapped line with its indent
_PARTING = frozenset('.,;:!?()[]{}"\u201c\u201d\u00ab\u00bb\u2026')


@lru_cache(maxsize=20_000)
def _word_key(text: str) -> str:
    folded = text.lower() if text.isascii() else _folded(text)
    bare = "".join(filter(str.isalnum, folded))
    return _SPELLINGS.get(bare, bare)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.translate(_NO_ACCENT)
