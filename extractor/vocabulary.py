"""The words by which casualties are recognised, loaded from a data file that anybody can edit."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from extractor.codes import Demographic, Outcome, Role, Standing, Unit

_FILE = Path(__file__).resolve().parent / "data" / "casualty_words.toml"


# Letters that matching without case takes for i, s and k, but that small letters keep apart.
_SAME_LETTER = str.maketrans({"\u0131": "i", "\u0307": "", "\u017f": "s"})


class PeopleKind(BaseModel):
    """What a noun says of the people it stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    standing: Standing = Standing.UNSPECIFIED
    roles: tuple[Role, ...] = ()
    demographics: tuple[Demographic, ...] = ()
    unit: Unit = Unit.PERSONS


class OutcomeWords(BaseModel):
    """The words that tell one outcome, by how they stand to the people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    passive: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    nouns_of: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CasualtyWords:
    """Everything the data file says, ready to be matched."""

    kinds: dict[str, PeopleKind]
    """Kind of people by noun, singular and plural."""
    singular: frozenset[str]
    """Nouns in the singular."""
    outcomes: dict[Outcome, OutcomeWords]
    """Words by outcome."""
    no_violence: re.Pattern[str]
    """Words of deaths by accident, disaster or disease."""

    def outcome_of(self, verb: str, voice: str) -> Outcome:
        """The outcome that a matched word tells, given how it stands to the people.

        Raises:
            KeyError: the word is in no list of that voice.
        """
        return self.by_voice[voice][" ".join(verb.lower().translate(_SAME_LETTER).split())]

    @property
    def by_voice(self) -> dict[str, dict[str, Outcome]]:
        """For each voice, the outcome of each word."""
        return _by_voice()


@cache
def casualty_words() -> CasualtyWords:
    """The words of the data file."""
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    kinds: dict[str, PeopleKind] = {}
    singular: set[str] = set()
    for table in raw["people"]:
        kind = PeopleKind.model_validate({k: v for k, v in table.items() if k != "nouns"})
        for noun in table["nouns"]:
            one, many = _forms(noun)
            kinds.setdefault(one, kind)
            kinds.setdefault(many, kind)
            if one != many and not one.endswith(("police", "troops")):
                singular.add(one)
    return CasualtyWords(
        kinds=kinds,
        singular=frozenset(singular),
        outcomes={
            Outcome(name): OutcomeWords.model_validate(w) for name, w in raw["outcomes"].items()
        },
        no_violence=whole_words(raw["no_violence"]["cues"]),
    )


@cache
def _by_voice() -> dict[str, dict[str, Outcome]]:
    voices: dict[str, dict[str, Outcome]] = {}
    for outcome, words in casualty_words().outcomes.items():
        for voice in OutcomeWords.model_fields:
            for word in getattr(words, voice):
                voices.setdefault(voice, {}).setdefault(word, outcome)
    return voices


def whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for any of the patterns, as whole words, longer ones first."""
    ordered = sorted(patterns, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?!\w)", re.IGNORECASE)


def _forms(noun: str) -> tuple[str, str]:
    one, slash, many = noun.partition("/")
    return (one, many) if slash else (one, _plural(one))


def _plural(noun: str) -> str:
    if noun.endswith(("s", "personnel", "police")):
        return noun
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("ch", "sh", "x")) else "s")
