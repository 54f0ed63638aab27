"""Place names: a name at a spot of a sentence, with its noun and all it is said to lie in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractor.readers.baseline.place_vocabulary import (
    Width,
    is_adjective,
    place_words,
    width_of_name,
    width_of_noun,
)

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0106\u010c\u0110\u0130\u0141\u015a\u015e\u0160\u017b\u017d"
_INNER = r"\w++(?:['\u2019](?!s\b)\w++)*+(?:-\w++(?:['\u2019](?!s\b)\w++)*+)*+"
# Days, titles and initials end a name: "in Tal Sahl Monday", "in Brod Police Chief Ana Kos said".
_STOP = (
    r"(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|President|Prime Minister|Colonel|Col|Gen|Lt"
    r"|Sgt|Capt|Maj|Sheriff|Coroner|Chief|Police(?! (?:Station|Post|Academy|Headquarters|Barracks"
    r"|Limits|Outpost))|Deputy|Officer|Spokes\w+|AFP|AP|Reuters|EFE|Photo|The|In|At|When|While"
    r"|After|But|And|He|She|They|It|Near|On|Shot|Killed|From|With|By|For|Inside|Outside|During)\b)"
    r"(?!(?!UAE|USA|DRC|RN|PS|NE|NW|SE|SW|MV|LOC)[A-Z]{2,6}\b(?! ?\d))"
)
_CAP = rf"{_STOP}[{_UPPER}]{_INNER}|{_STOP}[{_UPPER}](?=[ .'\u2019]|$)(?:['\u2019]\w+)?"
_PREFIXED = (
    rf"(?:al|el|as|ash|ar|az|an|ad|at|ed|er|en|ez)[- ][{_UPPER}]{_INNER}|d['\u2019][{_UPPER}]\w+"
)
_SHORT = r"(?:St|Ft|Mt|Ste|Sta|Sto|[NSEW]|N\.?W|N\.?E|S\.?W|S\.?E|Pt|Dr|Rev)\.(?= [A-Z\d])"
_SUFFIX = r"(?:Ave|Blvd|St|Rd|Dr|Ln|Hwy|Ct|Pkwy|Pl|Jr|Sr|Ter|Cir)\.(?=[ ,]|$)"
_ORDINAL = r"\d{1,3}(?:st|nd|rd|th)\b(?= (?:[A-Z]|street|avenue|and))"
_WORD = rf"(?:{_PREFIXED}|{_SHORT}|{_SUFFIX}|{_ORDINAL}|{_CAP})"
_JOIN = (
    r"(?: (?:al|el|bin|de|del|de la|de los|de las|la|las|los|do|da|dos|du|des|sur|eh ye|e|ye|wa|ou|am"
    r"|an der) |['\u2019] eh ye | ['\u2018\u2019](?=[A-Z])| )"
)
_NUMBERED = (
    r"(?: (?:No\.? ?)?\d{1,4}(?![\d,:]|(?:st|nd|rd|th)\b| (?:people|others|men|[a-z]+s\b)))?"
)
NAME = rf"{_WORD}(?:{_JOIN}{_WORD}){{0,5}}+{_NUMBERED}"
_ROADS = (
    r"(?:Highway|Route|Interstate|Hwy\.?|US|U\.S\.|I-|Km|Street|National Highway)[ -]?\d{1,4}[A-Z]?"
)
_QUOTE = r"[\"\u201c\u2018']?"
_UNQUOTE = r"[\"\u201d\u2019']?(?!s\b)"
_DETERMINER = (
    r"(?:(?:the|a|an|his|her|their|its|this|that|what is|one of) )?"
    r"(?:(?:city|town|village|capital|state|country|county|island)['\u2019]s )?"
)
_CONTROL = r"(?P<control>[\w'\u2019-]+-(?:held|controlled|run|occupied|ruled|besieged))"


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


def read_place(sentence: str, at: int, *, tails: bool = True) -> NamedPlace | None:
    """The place that is named from a spot on, with all that it is said to lie in."""
    found = _read(sentence, at)
    if found is None:
        return None
    if found.points_back is None and not found.part_of_city:
        found = _listed(sentence, found)
    return _tailed(sentence, found) if tails else found


@dataclass(frozen=True, kw_only=True)
class _Patterns:
    determiner: re.Pattern[str]
    front: re.Pattern[str]
    block: re.Pattern[str]
    address: re.Pattern[str]
    side: re.Pattern[str]
    kind_of: re.Pattern[str]
    kind_name: re.Pattern[str]
    name: re.Pattern[str]
    back: re.Pattern[str]
    inner: re.Pattern[str]
    comma: re.Pattern[str]
    apposed: re.Pattern[str]
    listing: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = place_words()
    kind, direction = words.kind, words.direction
    noun = rf"(?:[ -](?P<noun>(?i:{kind})(?: (?i:{kind}))?)(?![\w'\u2019]|-\w))?"
    adjectives = rf"(?:(?:{direction}|greater|rural)[ -])?"
    return _Patterns(
        determiner=re.compile(_DETERMINER),
        front=re.compile(
            rf"{_DETERMINER}"
            rf"(?:(?:{_CONTROL}|(?:{words.said})(?! of\b)(?!\w)|\w{{3,14}}ly|{direction}(?= (?:[A-Z]\w+ )?"
            rf"(?:{words.said}|{kind})\b)|(?:{words.demonyms}|State(?= capital))(?= (?:{words.said}|{kind})\b))"
            rf",? (?:and )?){{0,5}}"
        ),
        block=re.compile(
            rf"(?:the )?(?:[\w-]{{1,10}} )?[Bb]lock of (?:the )?(?P<name>(?:[NSEW]\.? )?{NAME}{noun})"
        ),
        address=re.compile(rf"(?P<name>\d{{1,5}}(?:-\d{{1,5}})? {NAME}{noun})"),
        side=re.compile(
            rf"(?:the )?(?:(?:{_CONTROL}|very|far|near) )?(?:{direction} )?"
            rf"(?:(?P<edge>{words.edge})|(?P<inside>{words.inside})|(?<=the ){direction}) of (?:the )?"
            rf"(?:(?:{words.said}) )?(?:(?P<back>city|town|capital|village|district|province|state"
            rf"|island|country|camp)(?! of\b)(?!\w)|(?=(?P<name>[\"\u201c{_UPPER}]|(?:{kind}|{direction}"
            rf"|al-|el-))))",
        ),
        kind_of=re.compile(
            rf"(?P<noun>(?i:{kind})(?: (?i:{kind}))?) (?:of|called|named|known as)"
            rf" (?:the )?(?:(?:{words.said}) )?{_QUOTE}(?P<name>{adjectives}{NAME}){_UNQUOTE}"
        ),
        kind_name=re.compile(
            rf"(?P<noun>(?i:{words.in_front})) {_QUOTE}(?P<name>{NAME}){_UNQUOTE}"
        ),
        name=re.compile(
            rf"{_QUOTE}(?:(?P<owner>{_WORD}(?: {_WORD}){{0,2}}?)['\u2019]s? (?:(?:{words.said}) )?"
            rf"{_QUOTE})?(?P<name>{adjectives}(?:{_ROADS}|{NAME})){_UNQUOTE}{noun}"
        ),
        back=re.compile(
            rf"(?P<words>(?:the|this|that) (?P<same>same |very same )?(?:(?:{words.said}) )?"
            rf"(?P<noun>(?i:{kind})|place|spot|location|scene|site|locality))(?![\w-])"
            r"(?! (?:of|in|near|at|on|above|around|outside|between|to|from|where|called|named) )"
        ),
        inner=re.compile(
            r",? (?:(?:located|situated|lying|which is|also|all|both|somewhere) )?"
            r"(?P<word>in|within|under|inside|of|on|at|falling under|falling in|in the limits of"
            r"|within the limits of|under the limits of|belonging to|along)(?: the)? "
        ),
        comma=re.compile(r", |/|,? \("),
        apposed=re.compile(
            rf", (?:a|an|the|which is a) (?:[\w'\u2019-]+[ ,]{{1,2}}){{0,4}}(?:{kind})"
            rf" (?:in|of|on|within) (?:the )?"
        ),
        listing=re.compile(
            rf"(?P<more>(?:, (?:the )?{NAME}{noun.replace('<noun>', '<first>')}){{0,6}}),?"
            rf" (?:and|&) (?:also )?(?:in |at )?(?:the )?(?P<last>{NAME}){noun}"
        ),
    )


def _read(sentence: str, at: int) -> NamedPlace | None:
    patterns = _patterns()
    front = patterns.front.match(sentence, at)
    start = front.end() if front else at
    control = front["control"] if front else None
    side = patterns.side.match(sentence, at)
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
        points_back=_first(width_of_noun(back["noun"]), Width.AROUND),
        is_same=bool(back["same"]),
    )


def _side(sentence: str, side: re.Match[str]) -> NamedPlace | None:
    """A part of a place: "the outskirts of Brod", "the western side of the city"."""
    if side["back"]:
        return NamedPlace(
            start=side.start(),
            end=side.end(),
            name=sentence[side.start() : side.end()].removeprefix("the "),
            width=Width.PART,
            has_noun=True,
            at_edge=bool(side["edge"]),
            part_of_city=True,
            control=side["control"],
        )
    whole = _read(sentence, side.end())
    if whole is None or whole.points_back is not None:
        return None
    return replace(
        whole,
        has_noun=True,
        at_edge=whole.at_edge or bool(side["edge"]),
        control=side["control"] or whole.control,
    )


def _block(sentence: str, at: int) -> NamedPlace | None:
    """ "1200 block of Elm Street", "56 Elm Street"."""
    patterns = _patterns()
    for pattern in (patterns.block, patterns.address):
        match = pattern.match(sentence, at)
        if match is None:
            continue
        is_street = match["noun"] or _width_of_tail(match["name"]) is Width.SPOT
        if pattern is patterns.address and not is_street:
            continue
        return NamedPlace(
            start=match.start("name"),
            end=match.end("name"),
            name=match["name"],
            width=Width.SPOT,
            has_noun=True,
        )
    return None


def _kind_of(sentence: str, at: int) -> NamedPlace | None:
    """ "the town of Brod", "village Kadholi"."""
    patterns = _patterns()
    for pattern in (patterns.kind_of, patterns.kind_name):
        match = pattern.match(sentence, at)
        if match is None or _is_none(match["name"]):
            continue
        noun = match["noun"]
        proper = noun[:1].isupper()  # "Gulf of Aden", "Camp Swahili": the noun is in the name
        start = match.start("noun") if proper else match.start("name")
        name = sentence[start : match.end("name")]
        return NamedPlace(
            start=start,
            end=match.end(),
            name=name,
            width=_first(
                _width_of_tail(name) if not proper else None,
                width_of_noun(noun),
                width_of_noun(noun.split(" ")[-1]),
            ),
            has_noun=True,
        )
    return None


def _first(*widths: Width | None) -> Width | None:
    """The first that is known; a spot's width is 0, so that "or" would pass it over."""
    return next((width for width in widths if width is not None), None)


def width_by_words(name: str) -> Width | None:
    """How wide a place is by the words of its name; `None` if they do not tell."""
    return _width(name, None)


def _bare(sentence: str, at: int) -> NamedPlace | None:
    match = _patterns().name.match(sentence, at)
    if match is None:
        return None
    name, noun = match["name"], match["noun"]
    if _is_none(name) or (is_adjective(name) and not noun):
        return None
    if _FAMILY.match(sentence, match.end("name")):
        return None
    if noun and noun.islower() and _ARTICLE.search(sentence, max(0, at - 3), at):
        if _first(width_of_noun(noun), Width.AROUND) is Width.SPOT:  # "at a Brod gas station"
            return NamedPlace(
                start=match.start("name"), end=match.end(), name=name, width=width_of_name(name)
            )
    if name.endswith(".") and not _ends_in_short_form(name):
        name = name[:-1]
    houses = noun is None and re.compile(rf" (?:{place_words().houses})\b").match(
        sentence, match.end("name")
    )
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
        width=_width(told, noun),
        has_noun=bool(noun) or _width_of_tail(name) is not None,
        owner=match["owner"],
    )


# "the Al-Sahli family home" is no place of that name.
_FAMILY = re.compile(
    r"(?:['\u2019]s?)? (?:family|families|clan|tribe|brothers|sisters|household)\b"
)
_ARTICLE = re.compile(r"\b[Aa]n? $")
_LIMITS = re.compile(r"limits|jurisdiction|^(?:ps|thana)$", re.IGNORECASE)


def _ends_in_short_form(name: str) -> bool:
    return re.search(rf"(?:{_SUFFIX[: -len('(?=[ ,]|$)')]}|[A-Z]\.)$", name) is not None


def _width(name: str, noun: str | None) -> Width | None:
    if noun:
        return _first(width_of_noun(noun), width_of_noun(noun.split(" ")[-1]))
    return _first(_width_of_tail(name), _width_of_head(name), width_of_name(name))


def _width_of_tail(name: str) -> Width | None:
    """How wide a place is by the last words of its own name: "Gaya District"."""
    words = _DIRECTION_LAST.sub("", name).split(" ")  # "River Street West"
    for n in (2, 1):
        if len(words) > n and (width := width_of_noun(" ".join(words[-n:]))) is not None:
            return width
    return None


def _width_of_head(name: str) -> Width | None:
    return Width.SPOT if _ROAD.match(name) else None


_ROAD = re.compile(_ROADS)


def _is_none(name: str) -> bool:
    """Whether a name is one of a day, a person of rank, an organisation."""
    words = place_words()
    if words.no_start.match(name) or words.no_end.search(name) or _DIRECTIONS.fullmatch(name):
        return True
    return len(name) < _SHORTEST or width_of_noun(name) is not None


_SHORTEST = 3  # letters of a name


_DIRECTION_LAST = re.compile(r" (?:North|South|East|West|[NS]\.?[EW]\.?|[NSEW]\.?)$")
_DIRECTIONS = re.compile(
    r"(?:north|south|east|west)(?:-?(?:north|south)?-?(?:east|west))?(?:ern)?", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r" (?!(?:and|or|on|in|at|near|when|while|after|before|as|by|with|where|who|which|that|said|for|to"
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


def _listed(sentence: str, first: NamedPlace) -> NamedPlace:
    """The place with others of its list: "Brod, Tal and Sahl provinces", "Brod and Tal"."""
    match = _patterns().listing.match(sentence, first.end)
    if match and _FAMILY.match(sentence, match.end("last")):
        return first
    if match is None or first.width is Width.SPOT:
        return first
    noun = match["noun"]
    if (
        _NO_LIST.match(sentence, match.end())
        or _is_none(match["last"])
        or (first.has_noun and not noun and not _width_of_tail(match["last"]))
    ):
        return first
    width = width_of_noun(noun) if noun else first.width
    others = tuple(
        NamedPlace(start=start, end=end, name=sentence[start:end], width=width, has_noun=bool(noun))
        for start, end in _members(sentence, match)
    )
    last = replace(others[-1], end=match.end())
    return replace(
        first,
        width=_first(first.width, width),
        has_noun=bool(noun) or first.has_noun,
        end=match.end(),
        others=(*others[:-1], last),
    )


_NO_LIST = re.compile(
    r"(?:['\u2019]s?)? (?:was|were|is|said|says|told|who|has|had|have|did|died|will|are)\b|, \d|['\u2019]s\b"
)


def _members(sentence: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    for one in re.finditer(NAME, sentence[match.start("more") : match.end("more")]):
        start = match.start("more") + one.start()
        yield start, start + len(one[0])
    yield match.start("last"), match.end("last")


_TAILS = 5
_ASIDE = re.compile(r" \([a-z][^()]{1,40}\)")  # "Ipur mandal (administrative division) of Guntur"


def _tailed(sentence: str, place: NamedPlace) -> NamedPlace:
    """The place with what it is said to lie in, nearest first."""
    within: list[str] = []
    end, current = place.end, place
    for _ in range(_TAILS):
        found = _tail(sentence, end, current)
        if found is None:
            break
        within += [name for name in (found.name, found.owner) if name]
        end, current = found.end, found
    if place.owner and place.owner not in within:
        within = [place.owner, *within]
    return replace(place, end=end, within=tuple(dict.fromkeys(within)))


def _tail(sentence: str, end: int, current: NamedPlace) -> NamedPlace | None:
    patterns = _patterns()
    aside = _ASIDE.match(sentence, end)
    if aside:
        end = aside.end()
    apposed = patterns.apposed.match(sentence, end)
    if apposed:
        return _proper(_read(sentence, apposed.end()))
    inner = patterns.inner.match(sentence, end)
    if inner:
        return _inner(sentence, inner, current)
    comma = patterns.comma.match(sentence, end)
    if comma is None:
        return None
    found = _proper(_read(sentence, comma.end()))
    if found is None or found.at_edge or _narrows(found, current):
        return None
    if _SPEAKS.match(sentence, found.end):
        return None
    if found.has_noun or found.width is not None:
        return found
    if comma[0].endswith("("):
        return None
    return found if _FOLLOWS.match(sentence, found.end) and _is_place_like(found) else None


def _inner(sentence: str, inner: re.Match[str], current: NamedPlace) -> NamedPlace | None:
    """What a place is said to lie in: "in the Ipur mandal", "of Garwah District"."""
    word = inner["word"]
    found = _proper(_read(sentence, inner.end()))
    if found is None or found.at_edge:
        return None
    if word == "of" and not current.has_noun:
        return None
    if word in ("on", "at", "along"):
        if word == "on" and found.width is Width.AROUND:
            return found  # "at Ntoro, on Lake Alba"
        street = found.width is Width.SPOT and current.width in (Width.SPOT, None)
        return found if street and not inner[0].startswith(",") else None
    if word == "under":
        return found if found.has_noun else None
    if word == "of":
        return found
    return None if _narrows(found, current) else found


def _proper(found: NamedPlace | None) -> NamedPlace | None:
    return None if found is None or found.points_back is not None or found.part_of_city else found


def _narrows(found: NamedPlace, current: NamedPlace) -> bool:
    """Whether the one behind is the narrower: "in Sahl province in Brod village"."""
    if found.width is None or current.width is None:
        return found.width is None and (current.width or 0) >= Width.PROVINCE
    return (
        found.width < current.width
        and not (found.width <= Width.PART or current.width is Width.AROUND)
        or (found.width is Width.SPOT and current.width > Width.SPOT)
    )


_SPEAKS = re.compile(r" (?:said|says|told|was|were|who|had|has|added|reported)\b|, \d\d?,")
_FOLLOWS = re.compile(
    r"[.;:)!]|$|, (?!(?:\d|who|whose|a |an |age))|,?(?: late| early)? (?:on|in|at|yesterday|today|last"
    r"|this|when|where|after|during|as|while|and|by|killing|that|before|since|for|overnight"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def _is_place_like(found: NamedPlace) -> bool:
    """Whether a bare name behind a comma may be what a place lies in, and not a person."""
    return len(found.name.split(" ")) <= _SHORT_NAME


_SHORT_NAME = 3  # words
