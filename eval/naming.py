"""Naming: what a name is made of, and when a shorter one says the same as a longer one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.gazetteer import name_key


@dataclass(frozen=True)
class NameRead:
    """A name taken apart."""

    keys: frozenset[str]
    """What it is compared by: the name, and the short form in brackets behind it."""
    words: tuple[str, ...]
    """Its words, what they are said of last: "human rights syrian observatory"."""
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
    if _ANOTHER & set(full.words[:-n]):
        return False
    return short.words[-1] not in _NOUNS_OF_MANY and (n > 1 or short.words[0] not in _NEVER_ALONE)


def means_as_much(short: NameRead, full: NameRead) -> bool:
    """Whether one name is the other's acronym, or it without "fighters": no word is lost."""
    if short.acronym and _is_acronym(short.acronym, full):
        return True
    if not full.words[1:] or full.words[-1] not in _MEMBERS or short.words != full.words[:-1]:
        return False
    return short.words[-1] not in _NOUNS_OF_MANY


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
        keys=frozenset({" ".join(ordered), *shorts} - {""}),
        words=ordered,
        initials=frozenset(
            "".join(word[0] for word in some) for some in (words, own) if len(some) > 1
        ),
        acronym=acronym,
    )


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
    " organization تنظيم حركه جماعه"
)
_ANOTHER = _set(
    "anti pro ex non counter neo real new north south east west northern southern eastern western"
    " equatorial kataib katibat liwa"
)
"""Words that make another body of the name behind them, or the one against it."""
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
