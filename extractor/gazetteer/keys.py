"""Name keys: two spellings of one name that differ in nothing but marks have the same key."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii

# Marks that are written or left out at will; vowel signs of Indic and other scripts are letters.
_LOOSE_MARKS = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f]"
)
_APOSTROPHES = re.compile(
    r"['\u2018\u2019\u201b`\u00b4\u02b9-\u02bf\u02c8\u055a\u05f3\u05f4\uff07]"
)
_NOT_A_LETTER = re.compile(r"[^\w]+|_+")
_NOT_IN_A_LINE = re.compile(r"[^\w\n]+|_+")
_SAME_LETTER = str.maketrans(
    {
        **{"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"},
        **{"ħ": "h", "ŋ": "ng", "ə": "a", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y"},
        # Arabic, Persian and Urdu write these letters one for the other.
        **{"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647"},
        **{"\u06c1": "\u0647", "\u06be": "\u0647", "\u06d5": "\u0647", "\u0671": "\u0627"},
    }
)
_SHORT_FORMS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """The key of a name: case, accents, apostrophes, hyphens, points and "the" do not count.

    "Al-Bāb", "al Bab" and "AL BAB" share the key "al bab". Other letters do count: "Hodeida" and
    "Hodeidah" have two keys. Names of any script have one; the key of "???" is empty.
    """
    return _key_of(_NOT_A_LETTER.sub(" ", _plain(name)))


def name_keys(names: Sequence[str]) -> tuple[str, ...]:
    """The key of each of many names: as `name_key`, and much faster than one by one."""
    whole = "\n".join(names)
    if whole.count("\n") >= len(names):  # some name is of several lines
        return tuple(map(name_key, names))
    return tuple(map(_key_of, _NOT_IN_A_LINE.sub(" ", _plain(whole)).split("\n")))


def _plain(text: str) -> str:
    """A text without case, marks and apostrophes, each letter in its plain form."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = _APOSTROPHES.sub("", _LOOSE_MARKS.sub("", plain)).translate(_SAME_LETTER)
    return unicodedata.normalize("NFC", plain)


def _key_of(plain: str) -> str:
    words = plain.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if _SHORT_FORMS.keys().isdisjoint(words):
        return " ".join(words)
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


_ARTICLES = frozenset(
    {
        *("al", "el", "ul", "il", "an", "ar", "as", "ash", "at", "ad", "az", "ed", "er", "es"),
        *("ech", "esh", "le", "la"),
    }
)
_OPENS_WORD, _ENDS_WORD = r"(?<![^ \n])", r"(?![^ \n])"
_ARTICLE = re.compile(rf"{_OPENS_WORD}(?:{'|'.join(sorted(_ARTICLES))}){_ENDS_WORD}")
_JOINED_ARTICLE = re.compile(rf"{_OPENS_WORD}(?:al|el)(?=[b-df-hj-np-tv-z]\w{{3}})")
_SOUNDS = (
    *(("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("sch", "sh"), ("kh", "h")),
    *(("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks")),
    *(("ou", "u"), ("oo", "u"), ("ow", "u"), ("ew", "u"), ("w", "u"), ("ee", "i"), ("ei", "i")),
    *(("ai", "i"), ("ay", "i"), ("ey", "i"), ("ie", "i"), ("y", "i"), ("j", "i"), ("o", "u")),
    *(("e", "i"), ("v", "u"), ("c", "k"), ("z", "s")),
)
_WHOLE_VOWEL = re.compile(rf"{_OPENS_WORD}(?:a+h*|i+h*){_ENDS_WORD}")
_SOFT_END = re.compile(rf"[ai]h?{_ENDS_WORD}")
_TWICE = re.compile(r"([a-z0-9])(?=\1)")


def sound_key(name: str) -> str:
    """A key that spellings of one name in several transliterations mostly share.

    It also joins names that are not the same, so that it may propose a place, and may be believed
    only where what is known of the place leaves a single one.
    """
    latin = name_key(anyascii(name))
    words = latin.split()
    kept = [word for word in words if word not in _ARTICLES] or words
    return _sounds(" ".join(kept))


def sound_keys(keys: Sequence[str]) -> tuple[str, ...]:
    """The sound of each of many names that are told by their keys in ASCII letters."""
    whole = "\n".join(key.removeprefix("the ") for key in keys)
    sounds = _sounds(_ARTICLE.sub("", whole)).split("\n") if keys else ()
    # A name that is an article alone keeps it.
    return tuple(sound or sound_key(key) for sound, key in zip(sounds, keys, strict=True))


def _sounds(words: str) -> str:
    """The sounds of words, those of one line without a blank between them."""
    sounds = _JOINED_ARTICLE.sub("", words)
    for letters, sound in _SOUNDS:
        sounds = sounds.replace(letters, sound)
    # A letter counts once, and a vowel at the end of a word not at all, but where it is all of it.
    sounds = _WHOLE_VOWEL.sub(_in_capitals, sounds)
    return _SOFT_END.sub("", _TWICE.sub("", sounds)).replace(" ", "").lower()


def _in_capitals(match: re.Match[str]) -> str:
    return match[0].upper()
