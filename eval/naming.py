"""Naming: what a name is made of, and when a shorter one says the same as a longer one."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from extractor.gazetteer import name_key


@dataclass(frozen=True)
class NameRead:
    """A name taken apart."""

    keys: frozenset[str]
    """What it is compared by: the name, and the short form in brackets behind it."""
    words: tuple[str, ...]
    """Its words, what they are said of last: "human rights syrian observatory"."""
    people: tuple[str, ...]
    """Whose rebels, fighters or militia are meant: "houthi" of "the Houthis"; none of "rebels"."""
    initials: frozenset[str]
    acronym: str | None
    """If it is nothing but one."""


def shortens(short: NameRead, full: NameRead) -> bool:
    """Whether one name is the other's acronym, its last words, or it without "fighters"."""
    if means_as_much(short, full):
        return True
    n = len(short.words)
    if not 0 < n < len(full.words) or full.words[-n:] != short.words:
        return False
    more = set(full.words[:-n])
    is_of_a_country = more <= _nationalities() and short.words[-1] not in _INSTITUTES
    if is_of_a_country or _ANOTHER & more:
        return False
    return short.words[-1] not in _NOUNS_OF_MANY and (n > 1 or short.words[0] not in _NEVER_ALONE)


def means_as_much(short: NameRead, full: NameRead) -> bool:
    """Whether one name is the other's acronym, or both are one people's fighters, however told."""
    if short.acronym and _is_acronym(short.acronym, full):
        return True
    return bool(short.people) and short.people == full.people


@lru_cache(maxsize=4096)
def known_id(name: str) -> str | None:
    """The id of the only actor in the packaged table that a name can mean."""
    read = read_name(name)
    names, aliases, parents = _known_actors()
    for told in (read.keys, {" ".join(read.people)}):
        keys = [key for key in told if _is_spelt_out(key, name)]
        for known in (names, aliases):
            ids = {one for key in keys for one in known.get(key, ())}
            # A branch goes by the name of the whole, and the name alone means the whole.
            widest = [one for one in ids if not ids & _above(one, parents)]
            if ids:
                return widest[0] if len(widest) == 1 else None
    return None


def is_nationality(word: str) -> bool:
    """Whether a word tells only from which country somebody is."""
    return name_key(word) in _nationalities()


def _is_acronym(acronym: str, full: NameRead) -> bool:
    """Whether letters stand for a body; two letters stand for too many, people have none."""
    if len(acronym) < _LETTERS:
        return _TWO_LETTERS.get(acronym) == full.words
    return acronym in full.initials and full.words[-1] not in _PEOPLE


@lru_cache(maxsize=4096)
def read_name(name: str) -> NameRead:
    """Take a name apart."""
    plain = _DOTTED.sub(lambda found: found.group().replace(".", ""), name.replace("\u2019", "'"))
    brackets = [found.strip() for found in _BRACKETS.findall(plain)]
    outside = _BRACKETS.sub(" ", plain).strip() or plain
    words = _words(outside)
    ordered = _said_of_last(words)
    shorts = {name_key(one) for one in brackets if _ACRONYM.match(one)}
    acronym = name_key(outside) if _ACRONYM.match(_ARTICLE.sub("", outside)) else None
    own = [word for word in words if word not in _SMALL]
    return NameRead(
        keys=frozenset({" ".join(ordered), *shorts, *_in_any_order(ordered)} - {""}),
        words=ordered,
        people=_people_of(ordered),
        initials=frozenset(
            "".join(word[0] for word in some) for some in (words, own) if len(some) > 1
        ),
        acronym=acronym,
    )


def _in_any_order(words: Sequence[str]) -> Iterable[str]:
    """A key for "Gaza's health ministry", which is also the "Gaza ministry of health"."""
    return [" ".join([*sorted(words[:-1]), words[-1], "*"])] if words[-1:] == ("ministry",) else []


def _people_of(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and words[-1] in _MEMBERS:
        words = words[:-1]
    last = words[-1] if words else ""
    if last in _NOUNS_OF_MANY | _KINDS | _nationalities():
        return ()
    is_plural = len(last) >= _PLURAL and last.endswith("s") and not last.endswith("ss")
    return (*words[:-1], last[:-1] if is_plural else last)


@cache
def _nationalities() -> frozenset[str]:
    told = (one for row in _table("states.csv") for one in row["adjectives"].split(";"))
    return frozenset(map(name_key, told)) - {""}


_Ids = Mapping[str, frozenset[str]]


@cache
def _known_actors() -> tuple[_Ids, _Ids, Mapping[str, str]]:
    """The ids by the keys of names and of aliases, and the parent of each id."""
    rows = _table("actors.csv")
    return (
        _ids_by_key((row["id"], row["name"]) for row in rows),
        _ids_by_key((row["id"], one) for row in rows for one in row["aliases"].split(";")),
        {row["id"]: row["parent"] for row in rows},
    )


def _ids_by_key(told: Iterable[tuple[str, str]]) -> _Ids:
    ids: dict[str, frozenset[str]] = {}
    for actor_id, name in told:
        read = read_name(name)
        for key in read.keys | {" ".join(read.people)}:
            if set(key.split()) - _NOUNS_OF_MANY and _is_spelt_out(key, name):
                ids[key] = ids.get(key, frozenset()) | {actor_id}
    return ids


def _is_spelt_out(key: str, name: str) -> bool:
    """Whether a key is no mere word: "IS" in capitals is a name, "is" and "Is" are none."""
    return len(key) >= _LETTERS or key.upper() in re.findall(r"\w+", name)


def _above(actor_id: str, parents: Mapping[str, str]) -> set[str]:
    parent = parents[actor_id]
    return {parent, *_above(parent, parents)} if parent in parents else set()


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("extractor").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _words(name: str) -> list[str]:
    """The words of a name that tell who is meant."""
    bare = _POSSESSIVE.sub("", _JOINED_ARTICLE.sub("", name))
    words = name_key(bare).split()
    words = [_SPELT.get(word, word) for word in words]
    words = [_without_article(word) for word in words]
    kept = [word for word in words if word not in _ARTICLES_ANYWHERE] or words
    if len(kept) > 1 and kept[0] in _ARTICLES_AHEAD:
        kept = kept[1:]
    return _without_office(kept)


def _without_office(words: list[str]) -> list[str]:
    """Without titles and hedges in front of the name, and without "spokesman for"."""
    told = [word for word in words if word not in _SPOKESMEN]
    if told and len(told) < len(words):
        words = told[1:] if told[0] in _LINKS and len(told) > 1 else told
    while size := _size_of_title(words):
        words = words[size:]
    return words


def _size_of_title(words: Sequence[str]) -> int:
    """How many words in front of a name are a title or hedge of it."""
    if len(words) > 1 and words[0] in _HEDGES:
        return 1
    if words[:1] == ["ex"] and _size_of_title(words[1:]):
        return 1  # a former president bears the same name; former rebels are other ones
    if words[:2] == ["dr", "congo"]:
        return 0  # the letters are its name, no doctor
    size = 2 if tuple(words[:2]) in _LONG_TITLES else int(words[0] in _TITLES) if words else 0
    rest = words[size:]
    # The governor of Idlib and General Security bear no title.
    return size if rest and rest[0] not in _LINKS | _NOUNS_OF_MANY else 0


def _said_of_last(words: Sequence[str]) -> tuple[str, ...]:
    """The words in the order of "defence ministry" also where "ministry of defence" is told."""
    if words and _ARABIC.search(words[0]):
        return tuple(reversed(words))
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _LINKS:
            parts.append([])
        elif word not in _SMALL:
            parts[-1].append(word)
    return tuple(word for part in reversed(parts) for word in part) or tuple(words)


def _without_article(word: str) -> str:
    """An Arabic word without its article."""
    is_long = len(word) > 4  # in shorter words the letters mostly belong to it
    return word[2:] if is_long and word.startswith("\u0627\u0644") else word


_LETTERS = 3
_PLURAL = 6  # letters; in shorter words the last s mostly belongs to the name, as in Hamas
_TWO_LETTERS = {
    "un": ("united", "nations"),
    "eu": ("european", "union"),
    "au": ("african", "union"),
    "us": ("united", "states"),
}
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_ACRONYM = re.compile(r"^[A-Z\u0410-\u042f]{2,8}$")
_ARTICLE = re.compile(r"^[Tt]he\s+")
_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?!\w)")
_JOINED_ARTICLE = re.compile(
    r"\b(?:al|el|an|as|ash|at|ad|az|ar|ed|er|es)[-\u2010\u2011](?=\w)", re.IGNORECASE
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARTICLES_ANYWHERE = frozenset({"the", "al", "el"})
_ARTICLES_AHEAD = frozenset({"a", "an", "le", "la", "les", "l", "los", "las", "un", "une", "una"})
_LINKS = frozenset({"of", "for", "in", "on", "to", "against", "\u043f\u043e"})
_SMALL = _LINKS | {"and", "de", "du", "des", "del", "\u0438"}
_SPELT = {
    "centre": "center",
    "defence": "defense",
    "organisation": "organization",
    "labour": "labor",
    "eyewitness": "witness",
    "eyewitnesses": "witnesses",
}
_SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokesmen"})


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    "mr mrs ms miss dr doctor prof professor sir gen general lt lieutenant col colonel maj"
    " major capt captain sgt sergeant brig brigadier cmdr commander adm admiral pres president"
    " premier senator sen sheikh shaykh sheik haji hajji imam mullah maulvi bishop archbishop pope"
    " king emir ambassador governor mayor judge"
)
_LONG_TITLES = frozenset(
    {("prime", "minister"), ("foreign", "minister"), ("defense", "minister")}
    | {("interior", "minister"), ("health", "minister"), ("attorney", "general")}
)
_HEDGES = _set("suspected alleged presumed unidentified unknown")
_MEMBERS = _set(
    "group groups militants militant fighters fighter insurgents jihadists gunmen members"
    " rebels rebel militia militias militiamen insurgent organization تنظيم حركه جماعه"
)
_ANOTHER = _set(
    "anti pro ex non counter neo real new north south east west northern southern eastern western"
    " equatorial kataib katibat liwa dr dissident dissidents dissidence disidencia disidencias"
    " disidente disidentes breakaway splinter"
)
"""Words that make another body of the name behind them, or the one against it."""
_KINDS = _set(
    "armed masked local foreign tribal islamist islamists jihadist sunni shia shiite muslim"
    " christian arab kurdish palestinian backed linked led affiliated allied unidentified unknown"
)
"""Words that tell of what kind fighters are and not who."""
_INSTITUTES = _set(
    "observatory center network commission society crescent cross institute foundation association"
    " federation"
)
"""Nouns by which a country's only such body goes without its country."""
_PEOPLE = _set(
    "troops soldiers fighters militants rebels gunmen guards officers officials activists"
    " residents villagers witnesses people relatives doctors hospitals medics men members"
)
"""Nouns that end no name that is known by its letters."""
_NOUNS_OF_MANY = _set(
    "army armies forces force troops soldiers military police government authorities regime"
    " ministry minister rebel rebels opposition militants fighters group groups movement"
    " militia militias front brigade brigades battalion division coalition party union committee"
    " council court office department directorate agency media television tv radio channel news"
    " hospital hospitals doctors doctor medics clinic ambulance service services officials official"
    " officer officers activists activist residents resident witnesses witness villagers people"
    " relatives family sources source security guard guards governor president prosecutor mayor"
    " commander chief head staff command intelligence gunmen men"
    " جيش حكومه شرطه قوات قوي معارضه وزاره مستشفي"
    " армия войска силы полиция правительство"
)
"""Nouns that many bodies share: the Free Syrian Army is not what "the army" means."""
_NEVER_ALONE = _set("state organization center network commission society defense")
"""Nouns that need more words than themselves to say who is meant."""
