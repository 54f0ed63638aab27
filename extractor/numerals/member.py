"""Members: the people whom one place of a list in running text counts."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.codes import Qualifier, Unit
from extractor.numerals.figure import Figure
from extractor.numerals.labels import ages_end
from extractor.numerals.measures import is_thing
from extractor.numerals.noun import Noun, read_noun
from extractor.numerals.people import (
    DETERMINERS,
    PARTICIPLES,
    UNITS,
    VALUED,
    is_plural,
    is_singular,
)
from extractor.numerals.tokens import Token, is_spoken, token_at
from extractor.numerals.words import LISTS, word_set


class Member(NamedTuple):
    """Who is counted by tokens [first, end); a joint may stand at `reach`.

    `counted`: whether it is said how many; `bare`: a noun without an article; `kin`: a noun that
    may stand so beside another ("a man and woman"); `general`: a noun that others may detail.
    """

    first: int
    end: int
    reach: int
    after_lead: int
    figure: Figure | None = None
    lower: int = 1
    exact: bool = True
    unit: Unit = Unit.PERSONS
    outcomes: frozenset[str] = frozenset()
    counted: bool = True
    bare: bool = False
    kin: bool = False
    general: bool = False
    valued: bool = False


class _Opening(NamedTuple):
    """What stands before a noun that starts at `end`; `group`: "a family of" leads."""

    figure: Figure | None
    article: str
    end: int
    after_lead: int
    bodies: bool
    group: bool


_LONGEST_REMARK = 7  # words of "of the 3rd Border Regiment"
_LONGEST_NAME = 4
_DECADE = re.compile(r"\d0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|teens")
_LEADS = {word: [p for p in LISTS.leads if p[0] == word] for word, *_ in LISTS.leads}
_COUNTS = (Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN)
_BEFORE_FIGURES = word_set("other remaining same last first all same also further additional")
_BODIES = word_set("body bodies corpse corpses remains")
_INSIDE = word_set("in on inside aboard")  # "two people in the car and a cyclist"
_REMARKS = word_set("of from belonging")
_NO_ARTICLE = word_set("this that")
_LONGEST_OPENING = 5  # words
_LONGEST_LEAD = 3  # words to "crew of"


def read_member(
    tokens: Sequence[Token], i: int, starts: Mapping[int, Figure], *, later: bool
) -> Member | None:
    """Read the member that starts at token i, among figures by where they start.

    `later`: whether others stand before it; then it may be a noun without an article.
    """
    opening = _read_opening(tokens, i, starts)
    if opening is None:
        return None
    figure, article, k = opening.figure, opening.article, opening.end
    noun = read_noun(tokens, k, starts, counted=figure is not None)
    valued = figure is not None and k == figure.end and tokens[k - 1].word in VALUED
    if noun is None:
        if not (figure and k == figure.end and (valued or opening.group)):
            return None
        noun = Noun(k - 1, frozenset())
    head = tokens[noun.head].word
    twins = VALUED.get(head, 0) if figure is None else 0
    several = (is_plural(head) and not is_singular(head)) or (head in UNITS and head[-1] == "s")
    bare = not figure and not article and not twins
    kin = head in LISTS.kin or _singular(head) in LISTS.kin
    if bare and not ((later or opening.bodies) and (kin or several)):
        return None
    after_ages = _past_ages(tokens, _names_end(tokens, noun.head + 1), starts)
    return Member(
        first=figure.first if figure and not (opening.bodies or opening.group) else i,
        end=after_ages,
        reach=_past_remark(tokens, after_ages, starts),
        after_lead=opening.after_lead,
        figure=figure,
        lower=(figure.lower or 0) if figure else (twins or 1),
        exact=figure is None or figure.qualifier is Qualifier.EXACT,
        unit=Unit.BODIES if opening.bodies else UNITS.get(head, Unit.PERSONS),
        outcomes=noun.outcomes,
        counted=_is_counted(figure) if figure else (not several or bool(twins)),
        bare=bare,
        kin=kin,
        general=head in LISTS.general,
        valued=valued or bool(twins),
    )


def _is_counted(figure: Figure) -> bool:
    return figure.lower is not None and figure.qualifier in _COUNTS


def _read_opening(tokens: Sequence[Token], i: int, starts: Mapping[int, Figure]) -> _Opening | None:
    """Read "the bodies of two of his" from token i on, all but the noun."""
    k, lead = i, None
    # "the bodies of", "the helicopter's crew of"
    within = _LONGEST_LEAD if token_at(tokens, i).word in DETERMINERS else 1
    if i not in starts:
        leads = (
            (j, p) for j in range(i, i + within) for p in _LEADS.get(token_at(tokens, j).word, ())
        )
        at, lead = next((one for one in leads if is_spoken(tokens, *one)), (i, None))
        k = at + len(lead) if lead else i
    if token_at(tokens, i).word in _NO_ARTICLE:
        return None
    article = ""
    while k not in starts and token_at(tokens, k).word in DETERMINERS and k < i + _LONGEST_OPENING:
        article = token_at(tokens, k).word
        k += 1
    if k not in starts and k + 1 in starts and token_at(tokens, k).word in _BEFORE_FIGURES:
        k += 1
    figure = starts.get(k)
    after_lead = max(figure.end if figure else k, i + 1)
    if figure:
        k = figure.end
        if token_at(tokens, k).word == "of":
            k += 1
            if token_at(tokens, k).word in ("them", "whom", "which"):
                return None
            while token_at(tokens, k).word in DETERMINERS:
                k += 1
    bodies = lead is not None and not _BODIES.isdisjoint(lead)
    group = lead is not None and not bodies and len(lead) > 1
    return _Opening(figure, article, k, after_lead, bodies, group)


def _singular(noun: str) -> str:
    if noun.endswith("ren"):
        return noun.removesuffix("ren")
    if noun.endswith("men"):
        return noun.removesuffix("en") + "an"
    return "wife" if noun == "wives" else noun.removesuffix("s")


def _names_end(tokens: Sequence[Token], i: int) -> int:
    """Where a name behind the noun ends: "his wife Jane Roe"."""
    k = i
    while k < i + _LONGEST_NAME and (raw := token_at(tokens, k).raw)[:1].isupper():
        if raw.isupper() and len(raw) > 1:
            return i
        k += 1
    return k


def _past_ages(tokens: Sequence[Token], i: int, starts: Mapping[int, Figure]) -> int:
    """The place after ", 34" or "aged 4 and 6" at token i; i itself where no age is told."""
    k = i + 1 if token_at(tokens, i).word == "," else i
    if token_at(tokens, i).word != "," or token_at(tokens, k).word in ("aged", "age", "ages"):
        end = ages_end(tokens, k) if k < len(tokens) else None
        if end is not None:
            return end
    if token_at(tokens, k).word in ("both", "all"):
        k += 1
    number = token_at(tokens, k).raw
    if k > i and number.isdecimal() and len(number) <= 3 and k not in starts:
        if token_at(tokens, k + 1).word == "and" and token_at(tokens, k + 2).raw.isdecimal():
            return k + 3 if k + 2 not in starts else i
        return k + 1
    return i


def _past_remark(tokens: Sequence[Token], i: int, starts: Mapping[int, Figure]) -> int:
    """The place after "of the 3rd Regiment" if a list goes on there; i itself otherwise."""
    if token_at(tokens, i).word == ",":
        return _past_aside(tokens, i, starts)
    if token_at(tokens, i).word == "in" and _DECADE.fullmatch(token_at(tokens, i + 2).word):
        return i + 3  # "a couple in their 60s"
    if token_at(tokens, i).word in _INSIDE and token_at(tokens, i + 1).word in DETERMINERS:
        place = token_at(tokens, i + 2).word
        return i + 3 if is_thing(place, one=True) and place not in LISTS.limbs else i
    if token_at(tokens, i).word not in _REMARKS:
        return i
    for k in range(i + 1, i + _LONGEST_REMARK):
        token = token_at(tokens, k)
        word = token.word
        if word in (",", "and") or is_spoken(tokens, k, ("as", "well", "as")):
            follows = k + 2 if token_at(tokens, k + 1).word == "and" else k + 1
            opens = follows in starts or token_at(tokens, follows).word in DETERMINERS
            return k if opens else i
        if k in starts or not word[:1].isalnum() or word in PARTICIPLES:
            return i
    return i


def _past_aside(tokens: Sequence[Token], i: int, starts: Mapping[int, Figure]) -> int:
    """The place after ", identified as Roe" or ", Jane Roe"; i itself where no aside is told."""
    told = token_at(tokens, i + 1).word in LISTS.remarks
    for k in range(i + 1, i + 1 + _LONGEST_REMARK):
        token = token_at(tokens, k)
        if token.word == ",":
            return k if k > i + 1 else i
        named = token.raw[:1].isupper() and token.raw[1:].islower()
        if k in starts or not token.word[:1].isalnum() or not (told or named):
            return i
    return i
