"""Place names: one name at a spot of a sentence, with the noun that tells its kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from extractor.readers.baseline.places.spelling import (
    CONTROL,
    DETERMINER,
    NAME,
    QUOTE,
    ROADS,
    SUFFIX,
    UNQUOTE,
    UPPER,
    WORD,
)
from extractor.readers.baseline.places.vocabulary import (
    Width,
    is_adjective,
    place_words,
    width_of_name,
    width_of_noun,
)
from extractor.readers.baseline.places.widths import first_known, width_of, width_of_tail
from extractor.vocabulary import has_any


@dataclass(frozen=True, kw_only=True)
class NamedPlace:
    """A name with its noun where a sentence has it: `[start, end)`."""

    start: int
    end: int
    name: str
    width: Width | None
    """By its noun or as a well-known name; empty if the bare name does not tell."""
    has_noun: bool = False
    within: tuple[str, ...] = ()
    owner: str | None = None
    """The city that a part of it is named with: "Basra's Old Town"."""
    control: str | None = None
    at_edge: bool = False
    part_of_city: bool = False
    """Whether it is a side of "the city", which another sentence names."""
    points_back: Width | None = None
    """For "the village", "the same area": the kind of place named before."""
    is_same: bool = False
    others: tuple["NamedPlace", ...] = ()
    """Further places of a list: "in Brod, Tal and Sahl provinces"."""


class _Patterns:
    """The patterns of names, each made when it is first asked for: most articles need few."""

    def __init__(self) -> None:
        words = place_words()
        self._words = words
        kind = words.kind
        self._noun = rf"(?:[ -](?P<noun>(?i:{kind})(?: (?i:{kind}))?)(?![\w'\u2019]|-\w))?"
        self._adjectives = rf"(?:(?:{words.direction}|greater|rural)[ -])?"

    @cached_property
    def determiner(self) -> re.Pattern[str]:
        return re.compile(DETERMINER)

    @cached_property
    def front(self) -> re.Pattern[str]:
        words, kind = self._words, self._words.kind
        return re.compile(
            rf"{DETERMINER}"
            rf"(?:(?:{CONTROL}|(?:{words.said})(?! of\b)(?!\w)|\w{{3,14}}ly"
            rf"|{words.direction}(?= (?:[A-Z]\w+ )?(?:{words.said}|{kind})\b)"
            rf"|(?:{words.demonyms}|State(?= capital))(?= (?:{words.said}|{kind})\b))"
            rf",? (?:and )?){{0,5}}"
        )

    @cached_property
    def block(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:the )?(?:[\w-]{{1,10}} )?[Bb]lock of (?:the )?"
            rf"(?P<name>(?:[NSEW]\.? )?{NAME}{self._noun})"
        )

    @cached_property
    def address(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<name>\d{{1,5}}(?:-\d{{1,5}})? {NAME}{self._noun})")

    @cached_property
    def side(self) -> re.Pattern[str]:
        words, direction = self._words, self._words.direction
        return re.compile(
            rf"(?:the )?(?:(?:{CONTROL}|very|far|near) )?(?:{direction} )?"
            rf"(?:(?P<edge>{words.edge})|(?P<inside>{words.inside})|(?<=the ){direction}) of "
            rf"(?:the )?(?:(?:{words.said}) )?(?:(?P<back>city|town|capital|village|district"
            rf"|province|state|island|country|camp)(?! of\b)(?!\w)"
            rf"|(?=(?P<name>[\"\u201c{UPPER}]|(?:{words.kind}|{direction}|al-|el-))))",
        )

    @cached_property
    def kind_of(self) -> re.Pattern[str]:
        words, kind = self._words, self._words.kind
        return re.compile(
            rf"(?P<noun>(?i:{kind})(?: (?i:{kind}))?) (?:of|called|named|known as)"
            rf" (?:the )?(?:(?:{words.said}) )?{QUOTE}(?P<name>{self._adjectives}{NAME}){UNQUOTE}"
        )

    @cached_property
    def kind_name(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<noun>(?i:{self._words.in_front})) {QUOTE}(?P<name>{NAME}){UNQUOTE}"
        )

    @cached_property
    def name(self) -> re.Pattern[str]:
        owner = rf"{WORD}(?: {WORD}){{0,2}}?"
        return re.compile(
            rf"{QUOTE}(?:(?P<owner>{owner})['\u2019]s? (?:(?:{self._words.said}) )?"
            rf"{QUOTE})?(?P<name>{self._adjectives}(?:{ROADS}|{NAME})){UNQUOTE}{self._noun}"
        )

    @cached_property
    def back(self) -> re.Pattern[str]:
        words = self._words
        return re.compile(
            rf"(?P<words>(?:the|this|that) (?P<same>same |very same )?(?:(?:{words.said}) )?"
            rf"(?P<noun>(?i:{words.kind})|place|spot|location|scene|site|locality))(?![\w-])"
            r"(?! (?:of|in|near|at|on|above|around|outside|between|to|from|where|called|named) )"
        )

    @cached_property
    def houses(self) -> re.Pattern[str]:
        return re.compile(rf" (?:{self._words.houses})\b")


@cache
def name_patterns() -> _Patterns:
    """The patterns of names."""
    return _Patterns()


def read_name(sentence: str, at: int) -> NamedPlace | None:
    """The place named from a spot on, without what it lies in; `None` if none is."""
    patterns = name_patterns()
    front = patterns.front.match(sentence, at)
    start = front.end() if front else at
    control = front["control"] if front else None
    side = patterns.side.match(sentence, at) if " of " in sentence else None
    if side and (found := _side(sentence, side)):
        return found
    determiner = patterns.determiner.match(sentence, at)
    spots = tuple(dict.fromkeys((determiner.end() if determiner else at, start)))
    for read, where in (
        *((_block, spot) for spot in spots),
        *((_kind_of, spot) for spot in spots),
        *((_bare, spot) for spot in reversed(spots)),
    ):
        found = read(sentence, where)
        if found:
            return replace(found, control=control)
    back = patterns.back.match(sentence, at)
    if back is None:
        return None
    return NamedPlace(
        start=back.start(),
        end=back.end(),
        name=back["words"],
        width=None,
        points_back=first_known(width_of_noun(back["noun"]), Width.AROUND),
        is_same=bool(back["same"]),
    )


def _side(sentence: str, side: re.Match[str]) -> NamedPlace | None:
    """A part of a place: "the outskirts of Brod", "the western side of the city"."""
    if side["back"]:
        begin = side.end("control") + 1 if side["control"] else side.start()
        return NamedPlace(
            start=begin,
            end=side.end(),
            name=sentence[begin : side.end()].removeprefix("the "),
            width=Width.PART,
            has_noun=True,
            at_edge=bool(side["edge"]),
            part_of_city=True,
            control=side["control"],
        )
    whole = read_name(sentence, side.end())
    if whole is None or whole.points_back is not None:
        return None
    return replace(
        whole,
        has_noun=True,
        at_edge=whole.at_edge or bool(side["edge"]),
        control=side["control"] or whole.control,
    )


def _block(sentence: str, at: int) -> NamedPlace | None:
    """Such as "1200 block of Elm Street", "56 Elm Street"; `None` if there is none."""
    patterns = name_patterns()
    match = patterns.block.match(sentence, at) if "lock of " in sentence else None
    if match is None and sentence[at : at + 1].isdigit():
        match = patterns.address.match(sentence, at)
        if match and not (match["noun"] or width_of_tail(match["name"]) is Width.SPOT):
            return None
    if match is None:
        return None
    return NamedPlace(
        start=match.start("name"),
        end=match.end("name"),
        name=match["name"],
        width=Width.SPOT,
        has_noun=True,
    )


_CALLED = (" of ", " called ", " named ", " known as ")


def _kinds_at(sentence: str, at: int) -> Iterator[re.Match[str] | None]:
    """A name with its kind in front, in each of the two ways that there are."""
    if has_any(sentence, _CALLED):
        yield name_patterns().kind_of.match(sentence, at)
    yield name_patterns().kind_name.match(sentence, at)


def _kind_of(sentence: str, at: int) -> NamedPlace | None:
    """Such as "the town of Brod", "village Kadholi"; `None` if there is none."""
    for match in _kinds_at(sentence, at):
        if match is None or is_no_place(match["name"]):
            continue
        noun = match["noun"]
        proper = noun[:1].isupper()  # "Gulf of Aden", "Camp Swahili": the noun is in the name
        start = match.start("noun") if proper else match.start("name")
        name = sentence[start : match.end("name")]
        return NamedPlace(
            start=start,
            end=match.end(),
            name=name,
            width=first_known(
                width_of_tail(name) if not proper else None,
                width_of_noun(noun),
                width_of_noun(noun.split(" ")[-1]),
            ),
            has_noun=True,
        )
    return None


def _bare(sentence: str, at: int) -> NamedPlace | None:
    match = name_patterns().name.match(sentence, at)
    if match is None:
        return None
    name, noun = match["name"], match["noun"]
    if is_no_place(name) or (is_adjective(name) and not noun):
        return None
    if OF_A_FAMILY.match(sentence, match.end("name")):
        return None
    if noun and _is_any(sentence, noun, at):  # "at a Brod gas station"
        return NamedPlace(
            start=match.start("name"), end=match.end(), name=name, width=width_of_name(name)
        )
    if name.endswith(".") and not _ends_in_short_form(name):
        name = name[:-1]
    houses = noun is None and name_patterns().houses.match(sentence, match.end("name"))
    if noun is None and houses is None and _is_attribute(sentence, name, match.end("name")):
        return None
    end = match.end("noun") if noun else match.start("name") + len(name)
    told = sentence[match.start("name") : end]
    if noun and (width_of_noun(noun) is Width.AROUND) and _LIMITS.search(noun):
        told = name  # "Ranka police station limits" is told by its station
    return NamedPlace(
        start=match.start("name"),
        end=end,
        name=told,
        width=width_of(told, noun),
        has_noun=bool(noun) or width_of_tail(name) is not None,
        owner=match["owner"],
    )


# "the Al-Sahli family home" is no place of that name.
OF_A_FAMILY = re.compile(
    r"(?:['\u2019]s?)? (?:family|families|clan|tribe|brothers|sisters|household)\b"
)
_ARTICLE = re.compile(r"\b[Aa]n? $")
_LIMITS = re.compile(r"limits|jurisdiction|^(?:ps|thana)$", re.IGNORECASE)


def _ends_in_short_form(name: str) -> bool:
    return re.search(rf"(?:{SUFFIX[: -len('(?=[ ,]|$)')]}|[A-Z]\.)$", name) is not None


def is_no_place(name: str) -> bool:
    """Whether a name is one of a day, a person of rank, an organisation."""
    words = place_words()
    if words.no_start.match(name) or words.no_end.search(name) or _DIRECTIONS.fullmatch(name):
        return True
    if _FIGURE.match(name):
        return True  # "Bombing in Tal Nearly 70 died": a figure of the next sentence
    return len(name) < _SHORTEST or width_of_noun(name) is not None


def _is_any(sentence: str, noun: str, at: int) -> bool:
    """Whether a noun stands for any such building: "a Brod gas station", not "the Sahl hotel"."""
    article = _ARTICLE.search(sentence, max(0, at - 3), at)
    return article is not None and noun.islower() and width_of_noun(noun) is Width.SPOT


_FIGURE = re.compile(
    r"(?:nearly|about|around|almost|over|some|at least|more than|up to) \d", re.IGNORECASE
)
_SHORTEST = 3  # letters of a name


_DIRECTIONS = re.compile(
    r"(?:north|south|east|west)(?:-?(?:north|south)?-?(?:east|west))?(?:ern)?", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r" (?!(?:and|or|on|in|at|near|when|while|after|before|as|by|with|where|who|which|that|said|for"
    r"|to"
    r"|from|of|off|late|early|during|since|but|was|were|is|are|has|have|had|overnight|yesterday"
    r"|today|tonight|this|last|earlier|following|left|killing|killed|wounding|injuring|around|about"
    r"|then|just|over|under|between|because|so|if|until|via|per|the|a|an|two|three|four|five|six"
    r"|shortly|soon|also|again|alone|itself|not|leaving|leading|causing|using|amid|against|within"
    r"|outside|inside|without|along|according|claimed|identified|located|reportedly|allegedly"
    r"|targeting|\w+ly)\b)[a-z]"
)


_DEMONYM = re.compile(r"(?:ian|ean|ese|ish|an|i)$")


def _is_attribute(sentence: str, name: str, end: int) -> bool:
    """Whether a name only describes the noun behind it: "in Syrian raids", "in Afghan custody"."""
    last = name.rsplit(" ", 1)[-1]
    if not (_DEMONYM.search(last) or last.isupper()):
        return False
    return _ATTRIBUTE.match(sentence, end) is not None
