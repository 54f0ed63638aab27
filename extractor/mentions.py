"""Mentions of casualties in a sentence: who was harmed, how many, and which words say so.

People are found first and each group of them is replaced by one sign; short patterns over the signs
then tell "12 people were killed" from "two gunmen killed 12 people". What is only feared, denied or
doubted is no mention.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractor.codes import Outcome, Qualifier, Standing
from extractor.denials import find_zero
from extractor.numerals import Number, read_number
from extractor.people import People, find_people
from extractor.vocabulary import OutcomeWords, PeopleKind, casualty_words

_FIRST_SIGN = 0xE000  # private-use characters stand for groups of people
_LAST_SIGN = 0xF8FF
_SIGNS = "\ue000-\uf8ff"
_P = f"[{_SIGNS}]"
_JOIN = r"(?:(?:,? and |, | as well as |, as well as | along with | plus )(?:his |her |their )?)"
_LIST = rf"{_P}(?:{_JOIN}{_P})*"
_SUB = rf"(?:,? ?\(?(?:including|among them)(?: at least)? {_LIST}\)?,?)"
_GAP = (
    r"(?:,? (?:who|which|aged|all|both|most|mostly|many) [^,.;]{0,60},?"
    rf"|, [^,.;{_SIGNS}]{{1,60}},"
    r"| \([^)]{1,60}\)"
    rf"| (?:from|of|in|at|on|with|near|inside|\w+ing) [^,.;{_SIGNS}]{{1,50}}?)"
)
_AUX = (
    r"(?:(?:have|has|had|having) )?(?:also |all |both )?(?:was|were|is|are|been|being|got|lay"
    r"|remain|remained)"
)
_ADVERBS = (
    r"(?:(?:\w+ly|also|all|both|later|then|either|believed|reported|feared|confirmed|thought|said"
    r"|presumed|known|among those)(?: to have been| to be)? ){0,3}"
)
_UNREAL = re.compile(
    r"\b(?:to|could|would|might|may|will|can|should|must|cannot|not|never|n['\u2019]t|if|unless"
    r"|threat\w* to|plan\w* to|fear\w*|without|avoid\w*|prevent\w*|risk\w*)"
    r"(?: \w+ly| have| be| been| also| of)*\s*$",
    re.IGNORECASE,
)
_CLAUSE = 120  # characters before a verb that can take back what it tells
_DOUBTED = re.compile(
    r"(?:\b(?:if|unless|whether|neither|nor)\b[^,;.]*|^\s*(?:no|had)\b[^,;.]*"
    r"|\b(?:not|unable to|cannot) (?:\w+ )?(?:confirm|verify)\w*(?: \w+){0,3}? (?:that"
    r"|report\w*)\b[^.;]*"
    r"|\b(?:acquitted|cleared) of\b[^.;]*"
    r"|\b(?:no (?:evidence|proof|sign)|not true|untrue|false(?:ly)?|doubt\w*|den(?:y|ies"
    r"|ied)|rumou?r\w*)"
    r"(?: \w+){0,3}? (?:that|claim\w*|report\w*)\b[^.;]*)$",
    re.IGNORECASE,
)
# "Nine were killed two of them boys": what follows is not whom they killed.
_PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is)(?: \w+ly)*\s*$", re.IGNORECASE)
_AFTER_PARTICIPLE = (
    r"(?=\s*(?:$|[.,;:)\"\u201d'\u2019\u2013\u2014-]|(?:and|or|in|by|when|during|as|after|on|at|near|since"
    r"|while|from|over|across|with|this|last|yesterday|today|overnight|inside|outside|along|amid"
    r"|before|under|for|following|there|here|because|but|across|including|mon|tues|wednes|thurs"
    r"|fri|satur|sun)(?:day)?\b))"
)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One figure of a sentence; offsets count from the start of the sentence.

    `part_of` is the index of the mention that this one is a subset of.
    """

    outcome: Outcome
    number: Number
    people: People
    start: int
    end: int
    part_of: int | None = None
    verb_at: int = 0
    voice: str = ""


def find_mentions(sentence: str) -> tuple[Mention, ...]:
    """The casualties that a sentence tells of as having happened, wholes before their parts."""
    people = find_people(sentence)
    masked = _mask(sentence, people)
    found: dict[int, _Found] = {}
    for match, voice in _matches(masked.text):
        _take(found, masked, match, voice)
    _take_subsets(found, masked)
    return tuple(_number(found, masked, sentence)) + tuple(_none_mentions(sentence))


# Patterns over signs


@dataclass(frozen=True, kw_only=True)
class _Masked:
    """A sentence in which every group of people is one sign, and the way back."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    people: tuple[People, ...]

    def groups(self, start: int, end: int) -> list[int]:
        """Indices of the groups of people in a stretch of the masked text."""
        signs = (ord(c) - _FIRST_SIGN for c in self.text[start:end])
        return [sign for sign in signs if 0 <= sign < len(self.people)]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What is known of one group of people; `span` is in the sentence."""

    outcome: Outcome
    voice: str
    span: tuple[int, int]
    verb_at: int
    listed: tuple[int, ...] = ()
    whole: int | None = None


def _mask(sentence: str, people: tuple[People, ...]) -> _Masked:
    signs = [chr(c) if not _FIRST_SIGN <= c <= _LAST_SIGN else "?" for c in map(ord, sentence)]
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for n, group in enumerate(people[: _LAST_SIGN - _FIRST_SIGN]):
        for position in range(at, group.start):
            text.append(" " if signs[position].isspace() else signs[position])
            starts.append(position)
            ends.append(position + 1)
        text.append(chr(_FIRST_SIGN + n))
        starts.append(group.start)
        ends.append(group.end)
        at = group.end
    for position in range(at, len(signs)):
        text.append(" " if signs[position].isspace() else signs[position])
        starts.append(position)
        ends.append(position + 1)
    return _Masked(text="".join(text), starts=tuple(starts), ends=tuple(ends), people=people)


def _matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every match of every pattern, the surest patterns first."""
    for voice, pattern in _patterns():
        for match in pattern.finditer(text):
            before = text[max(0, match.start("real") - _CLAUSE) : match.start("real")]
            if _UNREAL.search(before) or _DOUBTED.search(before):
                continue
            if not (voice == "active" and _PASSIVE.search(before)):
                yield match, voice


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    verbs = {voice: _any_of(voice) for voice in OutcomeWords.model_fields}
    passive, active = verbs["passive"], verbs["active"]
    patterns = (
        (
            "passive",
            rf"(?P<part>{_LIST}(?:{_SUB})?) (?:was|were|are|is) among (?:the )?(?P<who>{_P})"
            rf" (?P<real>)(?P<verb>{passive})\b",
        ),
        (
            "toll",
            rf"(?P<real>)\btoll\b[^.;{_SIGNS}]{{0,60}}?(?:from {_P} to )?(?P<who>{_P})",
        ),
        (
            "passive",
            rf"(?P<who>{_LIST})(?P<sub>{_SUB})?{_GAP}? ?(?P<real>){_AUX}"
            rf" {_ADVERBS}(?P<verb>{passive})\b",
        ),
        (
            "active",
            rf"(?P<real>)\b(?P<verb>{active}) (?:\w+ly |the |all |all the"
            rf" )?(?P<who>{_LIST})(?P<sub>{_SUB})?",
        ),
        (
            "passive",
            rf"(?P<real>)(?P<who>{_LIST})(?P<sub>{_SUB})? (?:of them |others |more |\w+ly"
            rf" )?(?P<verb>{passive})\b{_AFTER_PARTICIPLE}",
        ),
        (
            "own",
            rf"(?P<who>{_LIST})(?P<sub>{_SUB})?{_GAP}? (?:also |later |all"
            rf" )?(?P<real>)(?:have |has |had )?(?:\w+ly )?(?P<verb>{verbs['own']})\b",
        ),
        (
            "nouns_of",
            rf"(?P<real>)\b(?P<verb>{verbs['nouns_of']}) of (?:the |all"
            rf" )?(?P<who>{_LIST})(?P<sub>{_SUB})?",
        ),
        ("counted", rf"(?P<real>)(?P<who>{_P})"),
    )
    return tuple((voice, re.compile(pattern, re.IGNORECASE)) for voice, pattern in patterns)


def _any_of(voice: str) -> str:
    words = sorted(casualty_words().by_voice.get(voice, {}), key=len, reverse=True)
    return "|".join(words)


def _take(found: dict[int, _Found], masked: _Masked, match: re.Match[str], voice: str) -> None:
    """Note what a match tells of groups of people that nothing is known of yet."""
    groups = masked.groups(*match.span("who"))
    if any(group in found for group in groups):
        return
    if voice == "counted":
        outcome = masked.people[groups[0]].counts
        if outcome is None:
            return
    elif voice == "toll":
        outcome = masked.people[groups[0]].counts or Outcome.KILLED
    else:
        outcome = casualty_words().outcome_of(match["verb"], voice)
    names = match.re.groupindex
    verb_at = match.start("verb") if "verb" in names else match.start("who")
    end = match.end("who") if voice in ("active", "nouns_of") else match.end()
    start = match.start("verb") if voice in ("active", "nouns_of") else match.start("who")
    span = (masked.starts[start], masked.ends[end - 1])
    parts_of_it = [n for n in groups[1:] if masked.people[n].of_them]
    head, *rest = (n for n in groups if n not in parts_of_it)
    told = _Found(
        outcome=outcome,
        voice=voice,
        span=span,
        verb_at=masked.starts[verb_at],
        listed=(head, *rest) if rest else (),
    )
    for group in (head, *rest):
        found[group] = told
    for group in parts_of_it:  # "five people, two of them children"
        found[group] = replace(told, listed=(), whole=head)
    parts = [name for name in ("sub", "part") if name in names and match[name]]
    for name in parts:
        for group in masked.groups(*match.span(name)):
            found.setdefault(
                group, replace(told, span=_until(masked, match, name), listed=(), whole=head)
            )


def _until(masked: _Masked, match: re.Match[str], name: str) -> tuple[int, int]:
    start, end = match.span()
    last = match.end(name)
    while last > 1 and masked.text[last - 1] in ",() ":
        last -= 1
    return masked.starts[start], max(
        masked.ends[last - 1], masked.ends[end - 1] if name == "part" else 0
    )


_LATER_PART = re.compile(
    rf"(?:\bincluding|\bamong them|\bof whom|\bamong whom|\bwith)(?: at least)? (?P<who>{_LIST})",
    re.IGNORECASE,
)


def _take_subsets(found: dict[int, _Found], masked: _Masked) -> None:
    """Groups said to be a part of one told before: "killed in the blast, including two women"."""
    later = {
        group
        for match in _LATER_PART.finditer(masked.text)
        for group in masked.groups(*match.span("who"))
    }
    for n, people in enumerate(masked.people):
        if n in found or not (people.of_them or n in later):
            continue
        wholes = [w for w in range(n) if w in found and found[w].whole is None]
        if wholes:
            whole = found[wholes[-1]]
            span = (min(whole.span[0], people.start), max(whole.span[1], people.end))
            found[n] = replace(whole, span=span, listed=(), whole=wholes[-1])


def _number(found: dict[int, _Found], masked: _Masked, sentence: str) -> Iterator[Mention]:
    """Mentions in order, each part after its whole and pointing at it."""
    places: dict[int, int] = {}
    count = 0
    for n in sorted(found, key=lambda n: (found[n].whole is not None, n)):
        told, people = found[n], masked.people[n]
        parent = places.get(told.whole) if told.whole is not None else None
        if told.listed and told.listed[0] == n:
            total = _total(masked, told, sentence)
            if total is not None:
                yield total
                total_at, count = count, count + 1
                for listed in told.listed:
                    places[-1 - listed] = total_at
        parent = places.get(-1 - n, parent)
        yield Mention(
            outcome=told.outcome,
            number=people.number,
            people=people,
            start=told.span[0],
            end=told.span[1],
            part_of=parent,
            verb_at=told.verb_at,
            voice=told.voice,
        )
        places[n] = count
        count += 1


def _total(masked: _Masked, told: _Found, sentence: str) -> Mention | None:
    """The sum of a full enumeration: "two women and a child were killed" (R3)."""
    first, last = masked.people[told.listed[0]], masked.people[told.listed[-1]]
    words = sentence[first.start : last.end]
    number = read_number(words)
    if number is None or not number.enumerated:
        return None
    kinds = {masked.people[n].kind.standing for n in told.listed}
    kind = first.kind.model_copy(update={"roles": (), "demographics": ()})
    if len(kinds) > 1:
        kind = kind.model_copy(update={"standing": _standing_of_all(kinds)})
    whole = replace(first, end=last.end, number=number, group=None, kind=kind)
    return Mention(
        outcome=told.outcome,
        number=number,
        people=whole,
        start=told.span[0],
        end=told.span[1],
        verb_at=told.verb_at,
        voice=told.voice,
    )


def _standing_of_all(kinds: Iterable[Standing]) -> Standing:
    stated = {kind for kind in kinds if kind is not Standing.UNSPECIFIED}
    return Standing.MIXED if len(stated) > 1 else Standing.UNSPECIFIED


def _none_mentions(sentence: str) -> Iterator[Mention]:
    """Figures of nobody: "no one was hurt", "there were no casualties"."""
    zero = find_zero(sentence)
    if zero is None:
        return
    start, end = zero.nobody
    number = Number(text=sentence[start:end], lower=0, upper=0, qualifier=Qualifier.NONE)
    kind = casualty_words().kinds["civilian"] if zero.civilian else PeopleKind()
    people = People(start=start, end=end, number=number, group=zero.civilian, kind=kind)
    yield Mention(
        outcome=zero.outcome,
        number=number,
        people=people,
        start=zero.clause[0],
        end=zero.clause[1],
        verb_at=zero.clause[0],
        voice="none",
    )
