"""The words by which people are recognised, loaded from a data file that anybody can edit."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from extractor.codes import Demographic, Role, Standing
from extractor.numerals.words import PEOPLE
from extractor.vocabulary import PeopleKind

_FILE = Path(__file__).resolve().parent.parent / "data" / "people_words.toml"
_KINDS = ("standing", "roles", "demographics", "unit")

Form = Literal["one", "many"]
"""Whether a noun stands for one person or for several."""


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """What a word before the noun says of the people: "army" of an officer."""

    words: frozenset[str]
    standing: Standing | None
    over: frozenset[Standing]
    """The standings of the noun that it outweighs."""
    demographics: tuple[Demographic, ...]
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeopleWords:
    """Everything the data file says, ready to be looked up."""

    kinds: dict[str, PeopleKind]
    """Kind of people by noun, singular and plural, of one word or more."""
    forms: dict[str, frozenset[Form]]
    """Forms of each noun of one word."""
    long_nouns: dict[str, frozenset[Form]]
    """Forms of each noun of several words."""
    last_words: frozenset[str]
    """Last words of those."""
    no_persons: frozenset[str]
    """What may be killed or seized and is no person: "cow", "deal"."""
    no_nouns: frozenset[str]
    """Words in -man and -men that name no person."""
    kin: frozenset[str]
    leanings: tuple[Leaning, ...]
    stops: frozenset[str]
    followers: frozenset[str]
    no_followers: frozenset[str]
    adjectives: frozenset[str]
    nobody: frozenset[str]
    bunches: frozenset[str]
    counted_bunches: frozenset[str]
    titles: frozenset[str]
    links: frozenset[str]
    no_names: frozenset[str]
    fates: dict[str, str]
    """By name of the list, an expression for any of its words; each list is told in the file."""
    headline_deeds: frozenset[str]
    nationals: frozenset[str]
    """One person of a country or faith: as likely an adjective."""

    def form_of(self, word: str) -> frozenset[Form]:
        """Whether a word in small letters names one person, several, either or none."""
        known = self.forms.get(word)
        if known is not None:
            return known
        if word in self.no_nouns:
            return _NONE
        if word.endswith(("man", "woman")) and len(word) > _SHORTEST:
            return ONE
        if word.endswith(("men", "women")) and len(word) > _SHORTEST:
            return _MANY
        return _ages(word)


_NONE: frozenset[Form] = frozenset()
ONE: frozenset[Form] = frozenset({"one"})
"""The form of a noun that stands for one person alone."""
_MANY: frozenset[Form] = frozenset({"many"})
_SHORTEST = 6  # letters: "barman" is no shorter


def _ages(word: str) -> frozenset[Form]:
    """The forms of "16-year-old" and "16-year-olds"."""
    if word.endswith("year-old"):
        return ONE
    return _MANY if word.endswith("year-olds") else _NONE


@cache
def people_words() -> PeopleWords:
    """The words of the data file."""
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    around, names = raw["around"], raw["names"]
    apart = _words(raw["not_alone"]["words"]) | _words(raw["not_alone"]["idle"])
    kinds: dict[str, PeopleKind] = {}
    forms: dict[str, frozenset[Form]] = {}
    for table in raw["people"]:
        kind = PeopleKind.model_validate({key: table[key] for key in _KINDS if key in table})
        for noun in table["nouns"].split(","):
            one, many = _forms(" ".join(noun.split()))
            for word, form in ((one, ONE), (many, _MANY)):
                kinds.setdefault(word, kind)
                forms[word] = forms.get(word, _NONE) | form
            if one == many:
                forms[one] = _MANY
    for word, form in _other_persons(apart):
        forms.setdefault(word, form)
    return PeopleWords(
        kinds=kinds,
        forms={word: form for word, form in forms.items() if " " not in word},
        long_nouns={word: form for word, form in forms.items() if " " in word},
        last_words=frozenset(noun.rsplit(" ", 1)[1] for noun in forms if " " in noun),
        no_persons=_words(raw["not_alone"]["things"]),
        no_nouns=_words(raw["not_alone"]["endings"]) | apart,
        kin=_words(raw["kin"]["plurals"]),
        leanings=tuple(_leaning(table) for table in raw["before"]),
        stops=_words(around["stops"]),
        followers=_words(around["followers"]),
        no_followers=_words(around["no_followers"]),
        adjectives=_words(around["adjectives"]),
        nobody=_words(around["nobody"]),
        bunches=_words(around["bunches"]),
        counted_bunches=_words(around["counted_bunches"]),
        titles=_words(names["titles"]),
        links=_words(names["links"]),
        no_names=_words(names["others"]) | _words(around["stops"]) | PEOPLE.nationals,
        fates={
            name: f"(?:{'|'.join(sorted(listed, key=len, reverse=True))})"
            for name, listed in raw["fates"].items()
            if name != "headline_deeds"
        },
        headline_deeds=_words(raw["fates"]["headline_deeds"]),
        nationals=frozenset(word.removesuffix("s") for word in PEOPLE.nationals),
    )


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


def _leaning(table: dict[str, Any]) -> Leaning:
    standing = table.get("standing")
    return Leaning(
        words=_words(table["words"]),
        standing=Standing(standing) if standing else None,
        over=frozenset(map(Standing, table.get("over", ()))),
        demographics=tuple(map(Demographic, table.get("demographics", ()))),
        roles=tuple(map(Role, table.get("roles", ()))),
    )


def _other_persons(apart: frozenset[str]) -> Iterable[tuple[str, frozenset[Form]]]:
    """The words for people that the reading of numbers knows, without those told apart."""
    for word in PEOPLE.persons - apart:
        yield word, ONE
        if _plural(word) not in apart:
            yield _plural(word), _MANY
    for word in PEOPLE.plurals - apart:
        yield word, _MANY
    for word in PEOPLE.nationals - apart:
        yield word, _MANY
        if word.endswith("s"):
            yield word[:-1], ONE


def _forms(noun: str) -> tuple[str, str]:
    one, slash, many = noun.partition("/")
    return (one, many) if slash else (one, _plural(one))


def _plural(noun: str) -> str:
    if noun.endswith("man") and noun != "german":
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("ch", "sh", "x", "s")) else "s")
