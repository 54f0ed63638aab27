"""Datelines: where an article was filed, in front of its text; no evidence of any place (R12)."""

import re


def dateline_end(text: str) -> int:
    """Where the dateline of a text ends ("ALEPPO, Syria (Agency) — "); 0 if it has none.

    A dateline is a place in capitals, or one with an agency or a day in brackets, before a dash.
    """
    match = _DATELINE.match(text)
    if not match:
        return 0
    place = match[0].rstrip(" \t\r\n-\u2013\u2014")
    letters = [c for c in place if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    by_agency = place.endswith((")", "]"))
    in_capitals = capitals > _IN_CAPITALS * len(letters)
    words = _ASIDE.sub(" ", place).split()
    short = len(words) <= _MOST_WORDS and len(place) <= _LONGEST
    known = by_agency or in_capitals or _CITY_AND_COUNTRY.fullmatch(place.strip())
    return match.end() if letters and short and known else 0


_IN_CAPITALS = 0.6  # of the letters
_CITY_AND_COUNTRY = re.compile(  # "HELMAND PROVINCE, Afghanistan"
    r"[A-Z][A-Z'\u2019-]{2,}(?: [A-Z'\u2019-]+){0,3}"
    r"(?:, [A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){0,3}){1,2}"
)
_MOST_WORDS = 8  # a place, a country, a date and an agency; a longer lead is a sentence


_LONGEST = 160  # characters, with what stands in brackets
# A source, a tag or the day in a dateline: "QUITO, 3 MAY 88 (DOMESTIC SERVICE) -- [TEXT]".
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|--+|\b\d{1,2} [A-Z]{3,9}\.? \d{2,4}\b")
_DATELINE = re.compile(
    r"\s*(?:"
    r"[A-Z][A-Z .,'()-]{2,50}, \d{1,2} [A-Z]{3,9} \d{2,4} \([^()a-z]{2,60}\)"  # over two lines
    r"|(?=[^a-z\n]{4})[A-Z][^\n]{1,78}?"  # capitals: a city, perhaps a date and an agency
    r"|[A-Z][\w.'\u2019 -]{2,30}(?:, [A-Z][\w. ]{2,30})?(?: \([A-Z][\w"
    r" /-]{1,30}\))"  # City (Agency)
    r")\s*(?:--+|\u2014|\u2013|(?<=\s)-)\s*(?:\[[^\]\n]{1,80}\]\s*)*"
)
