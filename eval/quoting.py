"""Quoting: whether a quote's words stand where it says, with only what rule R13 lets differ."""

import re
import unicodedata

from extractor.article import Article
from extractor.records import Quote

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


def normal(words: str) -> str:
    """Words without what may differ between a quote and its article (rule R13).

    White-space runs, typographic quotes and dashes, and canonical Unicode form are made alike;
    letters, their case, digits and words stay as they are.
    """
    plain = unicodedata.normalize("NFC", words).translate(_TYPOGRAPHY)
    return " ".join(re.sub("-{2,3}", "-", plain).split())


def stands_there(quote: Quote, article: Article) -> bool:
    """Whether a quote's words, and not none, stand at its place in the article."""
    wanted = normal(quote.text)
    return bool(wanted) and normal(article.slice(quote)) == wanted
