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
    """The words that tell one outcome, by how they stand to the people; see the data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: tuple[str, ...] = ()
    undergone: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    happens: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    tolls: tuple[str, ...] = ()


class BodyWords(BaseModel):
    """The words for bodies, and the verbs by which they are found."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CasualtyWords:
    """Everything the data file says, ready to be matched."""

    outcomes: dict[Outcome, OutcomeWords]
    """Words by outcome."""
    bodies: BodyWords
    """Words of bodies found."""
    no_violence: re.Pattern[str]
    """Words of deaths by accident, disaster or disease."""

    def outcome_of(self, noun: str, voice: str) -> Outcome:
        """The outcome that a matched word tells, given how it stands to the people.

        Raises:
            KeyError: the word is in no list of that voice.
        """
        return _by_voice(voice)[" ".join(plain(noun).split())]


@cache
def casualty_words() -> CasualtyWords:
    """The words of the data file."""
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return CasualtyWords(
        outcomes={
            Outcome(name): OutcomeWords.model_validate(w) for name, w in raw["outcomes"].items()
        },
        bodies=BodyWords.model_validate(raw["bodies"]),
        no_violence=whole_words(raw["no_violence"]["cues"]),
    )


@cache
def _by_voice(voice: str) -> dict[str, Outcome]:
    told: dict[str, Outcome] = {}
    for outcome, words in casualty_words().outcomes.items():
        for word in getattr(words, voice):
            told.setdefault(word, outcome)
    return told


def plain(word: str) -> str:
    """A word in small letters, odd letters that match the same without case made plain."""
    return word.lower().translate(_SAME_LETTER)


def small(text: str) -> str:
    """A text in small letters for `has_any`: what matches a cue without case holds it then."""
    return text.lower() if text.isascii() else plain(text)


def has_any(text: str, cues: Iterable[str]) -> bool:
    """Whether a text holds any of the cues: to look for them costs much less than a pattern."""
    for cue in cues:  # noqa: SIM110, a loop of its own is half as dear as `any`
        if cue in text:
            return True
    return False


@dataclass(frozen=True, kw_only=True)
class VerbForms:
    """The forms of a verb; each may be a phrase ("gun down")."""

    base: str
    third: str
    past: str
    gerund: str


def verb_forms(entry: str) -> VerbForms:
    """The forms of a verb written "base/past/-ing", regular ones made: "arrest", "slay/slain"."""
    base, *given = entry.split("/")
    adverb, verb, rest = _LEADING_VERB.fullmatch(base).groups("")  # pyright: ignore[reportOptionalMemberAccess]
    root = verb[:-1] if verb.endswith("e") else verb
    past = root[:-1] + "ied" if root.endswith("y") and root[-2] not in "aeiou" else root + "ed"
    regular = [adverb + past + rest, adverb + root + "ing" + rest]
    past, gerund = (*given, *regular[len(given) :])
    return VerbForms(base=base, third=adverb + _plural(verb) + rest, past=past, gerund=gerund)


_LEADING_VERB = re.compile(r"(\w+ly )?([\w-]+)(.*)")


def whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for any of the patterns, as whole words, longer ones first."""
    ordered = sorted(patterns, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{either(ordered)})(?!\w)", re.IGNORECASE)


def either(patterns: Iterable[str], *, letters: int = 3) -> str:
    """An expression for any of the patterns, those with the same first letters put together.

    "raid|rape|shot" becomes "ra(?:id|pe)|shot": a place in a text where no word begins like one of
    hundreds is left after one look at each letter, not after one at each word.
    """
    begun: dict[str, list[str]] = {}
    for pattern in patterns:
        begun.setdefault(pattern[0] if letters and _PLAIN_START.match(pattern) else "", []).append(
            pattern
        )
    pieces = begun.pop("", [])
    for letter, same in begun.items():
        rest = either([one[1:] for one in same], letters=letters - 1)
        pieces.append(f"{letter}(?:{rest})" if len(same) > 1 else same[0])
    return "|".join(pieces)


# A letter that stands for itself alone, in a pattern that is no list of others.
_PLAIN_START = re.compile(r"[A-Za-z](?![?*+{])(?:[^|()]|\([^()]*\))*$")


def _plural(noun: str) -> str:
    if noun.endswith(("s", "personnel", "police")):
        return noun
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("ch", "sh", "x")) else "s")
