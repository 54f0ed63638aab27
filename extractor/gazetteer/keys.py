"""Name keys: two spellings of one name that differ in nothing but marks have the same key."""

import re
import unicodedata

from anyascii import anyascii

# Marks that are written or left out at will; vowel signs of Indic and other scripts are letters.
_LOOSE_MARKS = re.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f]"
)
_APOSTROPHES = re.compile(
    r"['\u2018\u2019\u201b`\u00b4\u02b9-\u02bf\u02c8\u055a\u05f3\u05f4\uff07]"
)
_NOT_A_LETTER = re.compile(r"[^\w]+|_+")
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


def name_key(name: str) -> str:
    """The key of a name: case, accents, apostrophes, hyphens, points and "the" do not count.

    "Al-Bāb", "al Bab" and "AL BAB" share the key "al bab". Other letters do count: "Hodeida" and
    "Hodeidah" have two keys. Names of any script have one; the key of "???" is empty.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = _APOSTROPHES.sub("", _LOOSE_MARKS.sub("", plain)).translate(_SAME_LETTER)
    plain = unicodedata.normalize("NFC", plain)
    words = _NOT_A_LETTER.sub(" ", plain).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


_ARTICLES = frozenset(
    {
        *("al", "el", "ul", "il", "an", "ar", "as", "ash", "at", "ad", "az", "ed", "er", "es"),
        *("ech", "esh", "le", "la"),
    }
)
_JOINED_ARTICLE = re.compile(r"^(?:al|el)(?=[b-df-hj-np-tv-z]\w{3})")
_SOUNDS = (
    *(("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("sch", "sh"), ("kh", "h")),
    *(("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks")),
    *(("ou", "u"), ("oo", "u"), ("ow", "u"), ("ew", "u"), ("w", "u"), ("ee", "i"), ("ei", "i")),
    *(("ai", "i"), ("ay", "i"), ("ey", "i"), ("ie", "i"), ("y", "i"), ("j", "i"), ("o", "u")),
    *(("e", "i"), ("v", "u"), ("c", "k"), ("z", "s")),
)
_TWICE = re.compile(r"(\w)\1+")
_SOFT_END = re.compile(r"(?:a|ah|i|ih)$")


def sound_key(name: str) -> str:
    """A key that spellings of one name in several transliterations mostly share.

    It also joins names that are not the same, so that it may propose a place, and may be believed
    only where what is known of the place leaves a single one.
    """
    latin = name_key(anyascii(name))
    words = latin.split()
    kept = [word for word in words if word not in _ARTICLES] or words
    return "".join(map(_sounds, kept))


def _sounds(word: str) -> str:
    sounds = _JOINED_ARTICLE.sub("", word)
    for letters, sound in _SOUNDS:
        sounds = sounds.replace(letters, sound)
    return _SOFT_END.sub("", _TWICE.sub(r"\1", sounds)) or sounds
