"""Nobody: words of a running text by which there were no casualties."""

from collections.abc import Iterator, Sequence

from extractor.codes import Qualifier, Unit
from extractor.numerals.figure import Figure
from extractor.numerals.people import (
    DETERMINERS,
    PARTICIPLES,
    STOPS,
    is_plural,
    is_singular,
    unit_after,
)
from extractor.numerals.tokens import Token, is_spoken, token_at
from extractor.numerals.words import NOBODY, phrases, word_set


def find_nobody(tokens: Sequence[Token]) -> Iterator[tuple[Figure, Unit]]:
    """Yield "no casualties", "without loss of life", "not one soldier", with what is counted."""
    for i, token in enumerate(tokens):
        if token_at(tokens, i + 2).word == "than":  # "no fewer than fifteen" is a bound
            continue
        if token.word in ("no", "without"):
            end = _no_end(tokens, i)
        elif token.word in ("not", "nil"):
            end = _not_one_end(tokens, i) if token.word == "not" else _nil_end(tokens, i)
        else:
            continue
        if end is not None:
            figure = Figure(i, i, end, Qualifier.NONE, lower=0, upper=0)
            yield figure, unit_after(tokens, i + 1)


def is_about_a_claim(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "no one" is told of a claim or of knowledge: "no one has claimed responsibility"."""
    if figure.qualifier is not Qualifier.NONE:
        return False
    k = figure.end
    while token_at(tokens, k).word in _BETWEEN_CLAIMS and k < figure.end + _REACH:
        k += 1
    return token_at(tokens, k).word in NOBODY.claims


def skip_between(tokens: Sequence[Token], i: int) -> int:
    """The place after "further", "immediate reports of" at token i."""
    for _ in range(3):
        i += next((len(phrase) for phrase in NOBODY.between if is_spoken(tokens, i, phrase)), 0)
    return i


NOT_ONE = phrases("not one", "not a single", "not a", "without a single", "not even one")
"""Words that deny a single one."""
NO_LOSS = phrases("loss of life", "loss of lives", "injury", "harm", "casualty")
"""Casualties that are denied without a noun for people."""
_BETWEEN_CLAIMS = word_set("else has have had immediately yet so far , as of yet been from")
_REACH = 7  # words from "no soldiers" to what did not befall them
_LONGEST_NOUN = 5  # words from "no" to "casualties"
_ESCAPES = word_set("escaped survived emerged landed fled rescued walked unharmed")
_BREAKS = word_set(". ; : ( ) but although though while who which that")


def _no_end(tokens: Sequence[Token], i: int) -> int | None:
    k = skip_between(tokens, i + 1)
    for phrase in NO_LOSS:
        if is_spoken(tokens, k, phrase) and phrase != ("harm",):
            escaped = any(token_at(tokens, j).word in _ESCAPES for j in range(i - 3, i))
            end = k + len(phrase)
            return None if escaped or token_at(tokens, end).word in NOBODY.tidings else end
    if token_at(tokens, k - 1).word == "single" and token_at(tokens, k).word == "loss":
        return k + 1
    people = -1
    j = k
    while j < k + _LONGEST_NOUN:
        token = token_at(tokens, j)
        word = token.word
        if word in ("or", "nor", "and", ",", "/", "-"):
            j += 1
            continue
        if not word[:1].isalpha() or word in STOPS or word in _VERBS:
            break
        verb = word in PARTICIPLES and token_at(tokens, j + 1).word in _WHOM
        if word in NOBODY.harm and not verb and token_at(tokens, j + 1).word not in NOBODY.tidings:
            return _joined_end(tokens, j + 1)
        if word in NOBODY.tidings:
            return None
        if is_plural(word) or is_singular(word):
            people = j
        elif word.endswith(("s", "ed")) and token_at(tokens, j + 1).word not in ("or", "and", ","):
            break  # "no sources mentioned injuries"
        j += 1
    if people < 0 or tokens[people].word in NOBODY.not_harmed:
        return None
    if tokens[i].word == "without":
        return people + 1 if token_at(tokens, i + 1).word in NOBODY.losing else None
    return people + 1 if _is_harm_told(tokens, i, people + 1) else None


_WHOM = DETERMINERS | {"of"}
_VERBS = word_set("no without were was are is have has had been being will would")


def _joined_end(tokens: Sequence[Token], end: int) -> int:
    """Where "deaths or injuries" ends, of which the first word ends before token `end`."""
    k = end + 1 if token_at(tokens, end).word in ("or", "and", "nor") else end
    for step in (0, 1):
        if k > end and token_at(tokens, k + step).word in NOBODY.harm:
            return k + step + 1
    return end


def _is_harm_told(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether what did not befall the people stands in front of "no" or after the noun."""
    if token_at(tokens, start - 1).word in NOBODY.losing:
        return True
    for k in range(end, end + _REACH):
        word = token_at(tokens, k).word
        if not word or word in _BREAKS:
            return False
        if word in NOBODY.harmed:
            return True
    return False


def _not_one_end(tokens: Sequence[Token], i: int) -> int | None:
    phrase = next((p for p in NOT_ONE if p != ("not", "a") and is_spoken(tokens, i, p)), None)
    if phrase is None:
        return None
    end = k = i + len(phrase)
    if token_at(tokens, k).word == "one":
        k += 1
    if token_at(tokens, k).word == "of":
        k += 1
    for j in range(k, k + _LONGEST_NOUN):
        word = token_at(tokens, j).word
        if is_plural(word) or is_singular(word) or word in NOBODY.harm:
            return j + 1 if k == end else end
        if not word[:1].isalnum() or (word in STOPS and word not in ("the", "his", "our", "their")):
            return None
    return None


def _nil_end(tokens: Sequence[Token], i: int) -> int | None:
    """Read the "nil" of a form: "Casualties: nil", "nil injuries"."""
    if token_at(tokens, i + 1).word in NOBODY.harm:
        return i + 2
    marks = token_at(tokens, i - 1).word in (":", "-", "=", "\u2014", "were", "are", "remain")
    told = (token_at(tokens, i - k).word for k in range(2, 6))
    return i + 1 if marks and any(w in NOBODY.harm or w in NOBODY.harmed for w in told) else None
