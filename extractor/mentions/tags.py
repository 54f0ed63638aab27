"""Tags: every token of a sentence gets one letter that says what it can be in a report of harm.

P people            K harmed (past)     U undergone        V harm (present)   G harming
T claimed lives     O happened to       o happens to       g happening to     A a state
N noun of harm      L toll              Y body             y is found         D determiner
B be                H have              M modal            t to               ! negation
R who, which        I preposition       i other -ing       E including        C and, or
W when, after       v adverb            S saying           F other verb       e time word
Q the dead, the wounded: a noun made of a participle or state
, comma             ( ) brackets        ; end of clause    # a number         X other word
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from extractor.codes import Unit
from extractor.mentions.predicates import (
    GERUND,
    NOUN,
    PAST,
    PRESENT,
    Predicate,
    longest_predicate,
)
from extractor.people import People
from extractor.vocabulary import casualty_words, plain

_FILE = Path(__file__).resolve().parent.parent / "data" / "grammar_words.toml"
_TAGS = {
    "be": "B",
    "have": "H",
    "modal": "M",
    "to": "t",
    "negation": "!",
    "relative": "R",
    "preposition": "I",
    "including": "E",
    "and": "C",
    "clause": "W",
    "determiner": "D",
    "adverb": "v",
    "saying": "S",
    "time": "e",
    "verb": "F",
    "ing_noun": "X",
}
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\b[A-Z]\.(?= ?[A-Z])"  # "U.N.", "G. Rao"
    r"|[^\W_]+(?:['\u2019.,-][^\W_]+)*|[,;:.!?()\[\]\u2013\u2014/&]|--+|[\"\u201c\u201d]"
)
_MARKS = {
    ",": ",",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    '"': "q",
    "\u201c": "q",
    "\u201d": "q",
    "/": "C",
    "&": "C",
}


class Token(NamedTuple):
    """A word, a mark, a predicate of several words, or a group of people (by its index).

    It is a tuple, as a text has so many.
    """

    start: int
    end: int
    low: str
    predicate: Predicate | None = None
    person: int = -1


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sentence taken apart: its tokens and, in one string, their tags."""

    tokens: tuple[Token, ...]
    tags: str
    people: tuple[People, ...]
    sentence: str

    def closes_apposition(self, at: int) -> bool:
        """Whether the words of people end with a comma, as "Rao, a farmer," does."""
        return self.sentence[self.tokens[at].end - 1] == ","

    def is_body(self, at: int) -> bool:
        """Whether the people at a token are bodies: "two bodies", "the bodies of two men"."""
        person = self.people[self.tokens[at].person]
        if person.number.unit is Unit.BODIES or person.kind.unit is Unit.BODIES:
            return True
        before = at - 2 if at >= 2 and self.tags[at - 1] == "D" else at - 1
        return before >= 1 and self.tokens[before].low == "of" and self.tags[before - 1] == "Y"


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """The small words of the data file."""

    tag_of: dict[str, str]
    collective: frozenset[str]
    intransitive: frozenset[str]
    recalled: frozenset[str]
    blaming: frozenset[str]


@cache
def grammar() -> Grammar:
    """The small words by which a sentence is taken apart."""
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words: dict[str, list[str]] = raw["words"]
    tag_of = {word: _TAGS[kind] for kind in _TAGS for word in words[kind]}
    bodies = casualty_words().bodies
    tag_of |= dict.fromkeys(bodies.nouns, "Y") | dict.fromkeys(bodies.verbs, "y")
    return Grammar(
        tag_of=tag_of,
        collective=frozenset(words["collective"]),
        intransitive=frozenset(words["intransitive"]),
        recalled=frozenset(raw["recalled"]["cues"]),
        blaming=frozenset(raw["recalled"]["blaming"]),
    )


def take_apart(sentence: str, people: tuple[People, ...]) -> Line:
    """The tokens of a sentence, each group of people and each predicate being one token."""
    raw = _raw_tokens(sentence, people)
    words = [token.low if token.person < 0 and token.low[0].isalnum() else "" for token in raw]
    tokens: list[Token] = []
    tags: list[str] = []
    at = 0
    while at < len(raw):
        token = raw[at]
        joined = _joins(words, at)
        if joined:
            tokens.append(Token(start=token.start, end=raw[at + joined - 1].end, low="and"))
            tags.append("C")
            at += joined
            continue
        found = longest_predicate(words, at) if words[at] else None
        if found is not None:
            end, predicate = found
            tag = _predicate_tag(predicate, raw, end)
            if tag is not None:
                if tag in "KA" and _is_noun(tokens, raw, end):
                    tag = "Q"
                tokens.append(
                    Token(
                        start=token.start,
                        end=raw[end - 1].end,
                        low=token.low,
                        predicate=predicate,
                    )
                )
                tags.append(tag)
                at = end
                continue
        lists = token.low == ";" and _ends_age(tokens, tags, sentence)
        tokens.append(token)
        stays = token.low == "remains" and bool(tags) and tags[-1] in "P),v"
        tags.append("," if lists else "B" if stays else _tag(token, sentence))
        at += 1
    return Line(tokens=tuple(tokens), tags="".join(tags), people=people, sentence=sentence)


def _ends_age(tokens: Sequence[Token], tags: Sequence[str], sentence: str) -> bool:
    """Whether a list goes on with the semicolon behind an age: "Ana, 7; Ben, 9; and Eva, 12,"."""
    if not tokens or not sentence[tokens[-1].end - 1].isdigit():
        return False
    return tags[-1] == "P" or "".join(tags[-3:]) == "P,#"


def _is_noun(tokens: Sequence[Token], raw: Sequence[Token], end: int) -> bool:
    """Whether a participle stands for people itself: "the wounded", "among the dead"."""
    if not tokens or tokens[-1].low not in ("the", "those", "these"):
        return False
    return end >= len(raw) or (raw[end].person < 0 and not raw[end].low.endswith("men"))


_JOINS = (("as", "well", "as"), ("along", "with"), ("together", "with"), ("in", "addition", "to"))


def _joins(words: Sequence[str], at: int) -> int:
    """How many words join two groups as "and" does: "as well as"."""
    for phrase in _JOINS:
        if words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _predicate_tag(predicate: Predicate, raw: Sequence[Token], end: int) -> str | None:
    """The tag of a predicate: a noun only where "of" follows, a verb wherever it can be one."""
    outcomes = predicate.outcomes
    of_follows = end < len(raw) and (
        raw[end].low == "of" or (raw[end].low == "to" and raw[end - 1].low.startswith("injur"))
    )  # "the killing of two", "injuries to two"
    if NOUN in outcomes and of_follows:
        return NOUN
    verbs = [tag for tag in outcomes if tag != NOUN]
    for tag in (PAST, GERUND, PRESENT):
        if tag in verbs:
            return tag
    return verbs[0] if verbs else None


def _raw_tokens(sentence: str, people: tuple[People, ...]) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    for n, group in enumerate(people):
        # "The murder of the six nurses": the "of" that is read with the figure still governs it.
        led = sentence.startswith("of ", group.start)
        start = group.start + len("of ") if led else group.start
        tokens.extend(_words(sentence, at, start))
        tokens.append(Token(start=start, end=group.end, low="\ue000", person=n))
        at = group.end
    tokens.extend(_words(sentence, at, len(sentence)))
    return tokens


def _words(sentence: str, start: int, end: int) -> list[Token]:
    if sentence.isascii():
        return [
            Token(found.start(), found.end(), found[0].lower())
            for found in _TOKEN.finditer(sentence, start, end)
        ]
    return [
        Token(found.start(), found.end(), plain(found[0]).replace("\u2019", "'"))
        for found in _TOKEN.finditer(sentence, start, end)
    ]


def _tag(token: Token, sentence: str) -> str:
    if token.person >= 0:
        return "P"
    low = token.low
    known = grammar().tag_of.get(low) or _MARKS.get(low)
    if known is not None:
        return known
    if not low[0].isalnum():
        return ";"
    if low[0].isdigit():
        return "#"
    if low.endswith("n't"):
        return "!"
    proper = sentence[token.start].isupper() and not sentence[token.end - 1].isupper()
    if proper and token.start > 0:
        return "X"
    if low.endswith("ly") and len(low) > 4:
        return "v"
    if low.endswith("ed") and len(low) > 4:
        return "F"
    if low.endswith("ing") and len(low) > 5:
        return "i"
    return "X"
