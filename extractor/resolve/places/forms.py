"""Forms of a place name: the proper name within it, and what its other words say of the place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, product

from extractor.codes import PlaceLevel
from extractor.resolve.places.words import place_words

_MOST_SHORTER = 12  # forms of a name without the words around it
LONGEST = 120  # characters; longer words are a passage, not a name


@dataclass(frozen=True, kw_only=True)
class Form:
    """A name to look up, and what the words beside it say."""

    name: str
    kind: PlaceLevel | None = None
    """The kind of place that the words name: "village", "حي"."""
    named_after: bool = False
    """Whether places of this kind mostly bear the name of the town beside them."""
    is_part: bool = False
    """Whether the words take a part of it: "eastern Aleppo"."""
    within: str | None = None
    """What the name's own words say that it lies in: "Salaheddin district of Aleppo"."""
    is_bent: bool = False
    """Whether the name was guessed from a bent one: "Бахмут" from "Бахмута"."""


@lru_cache(maxsize=1024)  # asked several times of each name
def forms_of(name_text: str) -> tuple[Form, ...]:
    """What may be looked up for a name as it stands in a text, the fullest form first.

    "the eastern Aleppo district of Salaheddin" gives itself, then shorter ones.
    """
    whole = " ".join(name_text.split())
    if not whole or len(whole) > LONGEST:
        return ()
    name = whole.strip(" ,.;:()\"'\u201c\u201d\u00ab\u00bb")
    found = dict.fromkeys(islice(_shorter(Form(name=name)), _MOST_SHORTER))
    bent = (form for short in found for form in _unbent(short))
    return tuple(dict.fromkeys((*found, *bent)))


def kind_in_front(before: str) -> PlaceLevel | None:
    """The kind that the words right in front of a name say: "in the village of "."""
    match = _in_front().search(before[-_IN_FRONT:])
    return _kind_words()[match[1].casefold()] if match else None


def place_level(name_text: str) -> PlaceLevel:
    """The level that a place name states by its own noun ("… neighborhood"); else `unknown`."""
    for form in forms_of(name_text):
        if form.kind is not None:
            return form.kind
    side = _SIDE.search(name_text)
    return PlaceLevel.NEIGHBOURHOOD if side else PlaceLevel.UNKNOWN


_IN_FRONT = 40  # characters
_TOLD_IN_FRONT = frozenset(
    {
        *(PlaceLevel.TOWN_OR_VILLAGE, PlaceLevel.CITY),
        *(PlaceLevel.ADMIN3, PlaceLevel.ADMIN2, PlaceLevel.ADMIN1),
    }
)


@cache
def _in_front() -> re.Pattern[str]:
    words = (re.escape(word) for word, level in place_words().kinds if level in _TOLD_IN_FRONT)
    of = "|".join(map(re.escape, place_words().parts.of))
    return re.compile(rf"(?<!\w)({'|'.join(words)})(?:\s+(?:{of}))?(?:\s+the)?\s+$", re.IGNORECASE)


_SIDE = re.compile(r"\b(?:eastern|western|northern|southern|central) (?:side|part|half)\b", re.I)
_OWNED = re.compile(r"(?P<within>\S.*?)['\u2019]s (?P<name>\S.*)")
_COMMA = re.compile(r"(?P<name>[^,]+), (?P<within>[^,]+(?:, [^,]+)*)")
_OF = re.compile(
    r"(?P<what>[\w\u2019' -]*?)\b(?:side|part|half|edge|outskirts|suburbs|districts|countryside"
    r"|tip|end) of (?:the )?(?:(?:city|town|village|province|district) of )?(?P<name>.+)",
    re.IGNORECASE,
)


def _shorter(form: Form) -> Iterator[Form]:
    """A form, then the same without a word that is no part of the name, and so on."""
    words = place_words().parts
    noun = form.name.removeprefix("the ")
    if form.name.casefold() in words.articles:
        form = replace(form, name="")
    elif noun in _kind_words():
        form = replace(form, name="", kind=form.kind or _kind_words()[noun])
    yield form
    first, _, rest = form.name.partition(" ")
    said = first in words.said_of_a_place and first not in _kind_words()
    if rest and (said or first.casefold() == "the"):
        yield from _shorter(replace(form, name=rest))
        return
    side = _OF.fullmatch(form.name)
    if side:
        yield from _shorter(replace(form, name=side["name"], is_part=True))
        return
    comma = _COMMA.fullmatch(form.name)
    if comma:
        yield from _shorter(replace(form, name=comma["name"], within=comma["within"]))
        return
    owned = _OWNED.fullmatch(form.name)
    if owned:
        part = owned["name"].casefold() in place_words().parts.of_a_place
        if part:
            yield from _shorter(replace(form, name=owned["within"], is_part=True))
        else:
            yield from _shorter(replace(form, name=owned["name"], within=owned["within"]))
        return
    for kind in _kinds_in(form.name):
        match = kind.pattern.fullmatch(form.name)
        if match:
            yield from _shorter(
                replace(
                    form,
                    name=match["name"].strip(),
                    kind=form.kind or kind.level,
                    named_after=form.named_after or kind.named_after,
                    is_part=form.is_part or kind.is_around,
                    within=match.groupdict().get("within") or form.within,
                )
            )
            return
    if rest and first.casefold() in words.said_of_a_place:
        yield from _shorter(replace(form, name=rest))
    elif rest and first.casefold() in words.country_around:
        yield from _shorter(replace(form, name=rest, is_part=True, kind=PlaceLevel.REGION))
    elif rest and first.casefold() in words.of_a_place:
        yield from _shorter(replace(form, name=rest, is_part=True))


@dataclass(frozen=True, kw_only=True)
class _Kind:
    pattern: re.Pattern[str]
    level: PlaceLevel
    named_after: bool
    is_around: bool


@cache
def _kind_words() -> dict[str, PlaceLevel]:
    return dict(place_words().kinds)


def _kinds_in(name: str) -> Iterator[_Kind]:
    """Patterns of the kinds whose words stand in a name, the longest words first."""
    folded = name.casefold()
    for word, level in _kinds():
        if word in folded:
            yield from _kinds_of(word, level)


@cache
def _kinds() -> tuple[tuple[str, PlaceLevel], ...]:
    return tuple((word.casefold(), level) for word, level in place_words().kinds)


@cache
def _kinds_of(word: str, level: PlaceLevel) -> tuple[_Kind, ...]:
    """Patterns of a kind behind a name and in front of it."""
    of = "|".join(place_words().parts.of)
    kind = re.escape(word)
    gap = r"\s*" if _is_unspaced(word) else r"\s+"
    within = rf"(?:{gap}(?:of|in) (?P<within>\S.*))?"
    behind = rf"(?P<name>\S.*?)(?:['\u2019]s)?{gap}{kind}{within}"
    no_name = rf"(?:\w+\s+)?(?P<name>){kind}\s+in\s+(?P<within>\S.*)"
    before = rf"(?:the\s+)?{kind}{gap}(?:(?:{of})\s+)?(?:the\s+)?(?P<name>\S.*)"
    return tuple(
        _Kind(
            pattern=re.compile(pattern, re.I),
            level=level,
            named_after=word in place_words().named_after.words,
            is_around=word in place_words().parts.country_around,
        )
        for pattern in (no_name, behind, before)
    )


def _is_unspaced(word: str) -> bool:
    """Whether a word is written onto the name: Chinese, Japanese and Burmese have no blanks."""
    return any("\u3000" <= c <= "\u9fff" or "\u1000" <= c <= "\u109f" for c in word)


def _unbent(form: Form) -> Iterator[Form]:
    """Names that a bent one may stand for, likelier ones first."""
    if form.name.isascii():
        return
    endings = place_words().endings
    for name in _straight(form.name):
        yield replace(form, name=name, is_bent=True)
    for letters in endings.attached:
        if form.name.startswith(letters) and len(form.name) > len(letters) + 2:
            yield replace(form, name=form.name[len(letters) :], is_bent=True)
    for letters, straight in endings.behind:
        if form.name.endswith(letters) and len(form.name) > len(letters) + 1:
            stem = form.name[: -len(letters)]
            for ending in straight:
                yield replace(form, name=stem + ending, is_bent=True)


_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SHORTEST_STEM = 2  # letters
_MOST_STRAIGHT = 64  # look-ups for one name of several words
_OPEN_SYLLABLE = re.compile(r"[\u043e\u0435](?=[\u0431-\u0434\u0436-\u0449]+$)")


def _straight(name: str) -> Iterator[str]:
    """Nominatives of a Russian or Ukrainian name; each of its words may be bent."""
    if not _CYRILLIC.search(name):
        return
    words = name.split(" ")
    choices = ((*_nominatives(word), word) for word in words)
    straight = islice(product(*choices), _MOST_STRAIGHT)
    yield from (one for one in map(" ".join, straight) if one != name)


def _closed(name: str) -> str:
    """The name with the vowel that Ukrainian has in a closed last syllable, if it has one."""
    closed = _OPEN_SYLLABLE.sub("\u0456", name)
    return "" if closed == name else closed


def _nominatives(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for ending, straight in sorted(place_words().endings.cyrillic, key=lambda one: -len(one[0])):
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            stem = word[: -len(ending)]
            names = [stem + letters for letters in straight]
            found += (*names, *filter(None, map(_closed, names)))
    return tuple(dict.fromkeys(found))
