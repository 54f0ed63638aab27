"""Finding: the harms of a sentence become mentions, wholes before their parts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extractor.codes import Outcome, Qualifier, Standing
from extractor.denials import find_zero
from extractor.mentions.harms import Harm, find_harms
from extractor.mentions.mention import RECALLED, Mention
from extractor.mentions.predicates import may_tell_harm
from extractor.mentions.tags import Line, take_apart
from extractor.mentions.totals import find_totals
from extractor.mentions.unreal import is_order
from extractor.mentions.walking import after, before, is_part, parts_in, tag_at
from extractor.numerals import Number, find_separate_numbers, read_number
from extractor.people import People, Reference, find_people
from extractor.people.words import people_words
from extractor.vocabulary import PeopleKind

_VOICES = {
    "active": "active",
    "own": "own",
    "noun_of": "nouns_of",
    "toll": "toll",
    "counted": "counted",
}
# What a sentence tells of the same people more exactly: "was shot and died" is a death.
_OUTDONE = {
    Outcome.KILLED_OR_INJURED: {Outcome.KILLED, Outcome.INJURED, Outcome.DIED_OF_WOUNDS},
    Outcome.INJURED: {Outcome.KILLED, Outcome.DIED_OF_WOUNDS},
    Outcome.DIED_OF_WOUNDS: {Outcome.KILLED},
}


@lru_cache(maxsize=1024)  # the recall guard asks for the same sentences again
def find_mentions(sentence: str) -> tuple[Mention, ...]:
    """The casualties that a sentence tells of as having happened, wholes before their parts.

    Deeds that are only recalled come last, by a rule of their own.
    """
    if is_order(sentence):
        return ()
    found = _find(sentence)
    return (*found, *find_totals(sentence, found))


def _find(sentence: str) -> tuple[Mention, ...]:
    people = _with_figures(sentence, find_people(sentence)) if may_tell_harm(sentence) else ()
    if not people:
        return (*_bare_casualties(sentence), *_none_mentions(sentence))
    line = take_apart(sentence, people)
    harms = _by_people(find_harms(sentence, line))
    parts = _parts(line, harms)
    told = [
        _Told(line=line, sentence=sentence, harms=harms, parts=parts, recalled=r)
        for r in (False, True)
    ]
    now = tuple(told[0].mentions(0))
    counts = any(group.counts is Outcome.KILLED_OR_INJURED for group in people)
    zero = (*(() if counts else _bare_casualties(sentence)), *_none_mentions(sentence))
    return (*now, *zero, *told[1].mentions(len(now) + len(zero)))


# The figure of a toll counts people even where no noun or verb of people stands by it.
_TOLL = re.compile(
    r"\b(?:toll|tally|number of (?:the )?(?:dead|deaths|deceased|injured|wounded|those killed"
    r"|people killed))\b"
    r"[^.;]{0,40}?(?:\b(?:of|to|at|as|was|is|reached|hit|passed)|,) (?=\S)",
    re.IGNORECASE,
)


_GONE = re.compile(r"\b(?:gone|went|go|going|rose|risen|climbed|shot|moved|jumped) $", re.I)
_OF_THE = re.compile(
    r"\b(?P<n>[\w-]+) of (?:the|those) (?:dead|killed|wounded|injured)\b", re.IGNORECASE
)


def _with_figures(sentence: str, people: tuple[People, ...]) -> tuple[People, ...]:
    """The people found, and figures that only the words for harm show to count people."""
    figures = list(_bare_figures(sentence))
    # "The toll has gone up to 25" is 25 and no bound.
    people = tuple(
        one
        for one in people
        if one.group is not None
        or one.number.qualifier is not Qualifier.AT_MOST
        or not _GONE.search(sentence, max(0, one.start - 20), one.start)
        or all(figure.end != one.end for figure in figures)
    )
    added = [figure for figure in figures if not _overlaps(figure, people)]
    return tuple(sorted((*people, *added), key=lambda p: p.start)) if added else people


def _bare_figures(sentence: str) -> Iterator[People]:
    toll = _TOLL.search(sentence)
    if toll is not None:
        figures = find_separate_numbers(sentence[toll.end() : toll.end() + 40].rstrip(" ."))
        if figures and figures[0].start == 0:
            yield _figure(toll.end(), toll.end() + figures[0].end, figures[0].number)
    for part in _OF_THE.finditer(sentence):
        number = read_number(part["n"])
        if number is not None and number.lower:
            yield replace(_figure(*part.span("n"), number), of_them=True)


def _figure(start: int, end: int, number: Number) -> People:
    return People(start=start, end=end, number=number, group=None, kind=PeopleKind())


def _overlaps(figure: People, people: Iterable[People]) -> bool:
    return any(group.start < figure.end and figure.start < group.end for group in people)


def _by_people(harms: Iterable[Harm]) -> dict[int, list[Harm]]:
    """What is told of the people of each token, less what is told of them more exactly."""
    found: dict[int, list[Harm]] = {}
    for harm in harms:
        for at in harm.people:
            known = found.setdefault(at, [])
            if all(harm.outcome is not other.outcome for other in known):
                known.append(harm)
    for at, known in found.items():
        outcomes = {harm.outcome for harm in known}
        kept = (h for h in known if not _OUTDONE.get(h.outcome, set()) & outcomes)
        found[at] = sorted(kept, key=lambda harm: harm.verb)
    return found


def _parts(line: Line, harms: dict[int, list[Harm]]) -> dict[int, int]:
    """For each token of people that are a part, the token of their whole."""
    parts: dict[int, int] = {}
    for people in parts_in(line):
        for at in people:
            whole = _whole(line, harms, people[0], parts)
            if whole is not None:
                parts[at] = whole
    for at, tag in enumerate(line.tags):
        if tag != "P":
            continue
        if line.people[line.tokens[at].person].of_them and at not in parts:
            whole = _whole(line, harms, at, parts)
            if whole is not None:
                parts[at] = whole
        among = _among(line, at)
        if among is not None and among in harms:
            told = _part_told_before(line, at)
            parts[at] = among if told is None or parts.get(told) != among else told
    for part, whole in parts.items():
        if part not in harms or tag_at(line, before(line, part, "Dv#")) == "E":
            harms[part] = [_stretched(harm, part) for harm in harms[whole][:1]]
    return parts


def _whole(
    line: Line, harms: dict[int, list[Harm]], part: int, parts: dict[int, int]
) -> int | None:
    """The last people told before a part, of whom something is told; else those right before."""
    for at in range(part - 1, -1, -1):
        if line.tags[at] == ";":
            return None
        if at in harms and at not in parts:
            return at
    return None


def _among(line: Line, at: int) -> int | None:
    """The people that others "were among": "a nurse was among 12 people killed".

    A part may stand between: "six farmers including a girl were among 12 people killed".
    """
    verb = at + 1
    if tag_at(line, verb) == "E":
        verb = after(line, verb, "Dv#X")
        verb += tag_at(line, verb) == "P"
    if tag_at(line, verb) != "B":
        return None
    for place in range(verb + 1, min(verb + 5, len(line.tags))):
        if line.tokens[place].low == "among":
            found = place + 1
            while tag_at(line, found) in "Dv":
                found += 1
            return found if tag_at(line, found) == "P" else None
    return None


def _part_told_before(line: Line, at: int) -> int | None:
    """The people whom people introduced as a part are a part of: "six farmers including a girl"."""
    told = before(line, before(line, at, "Dv#X"), "")
    return told if is_part(line, at) and tag_at(line, told) == "P" else None


def _stretched(harm: Harm, at: int) -> Harm:
    return replace(harm, people=(at,), first=min(harm.first, at), last=max(harm.last, at))


_OF_BODY = re.compile(r"\bof the (?P<n>[\w,-]+)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[^;W]{0,24}[BHFMOU]")  # the verb of those told of: "(killed in Brod) were"


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is told of people, on the way to mentions: the recalled, or all but these."""

    line: Line
    sentence: str
    harms: dict[int, list[Harm]]
    parts: dict[int, int]
    recalled: bool

    def mentions(self, count: int) -> Iterator[Mention]:
        """The mentions, counted on from `count`; each part points at its whole."""
        places: dict[tuple[int, Outcome], int] = {}
        totals: dict[tuple[int, ...], dict[Outcome, int]] = {}
        for at in sorted(self.harms, key=lambda at: (at in self.parts, at)):
            for harm in self.harms[at]:
                if (harm.rule == RECALLED) is not self.recalled:
                    continue
                key = harm.people
                parent = None
                if len(key) > 1 and at not in self.parts:
                    if harm.outcome not in totals.setdefault(key, {}):
                        total = self._total(harm)
                        totals[key][harm.outcome] = -1 if total is None else count
                        if total is not None:
                            yield total
                            count += 1
                    parent = totals[key][harm.outcome]
                    parent = None if parent < 0 else parent
                elif at not in self.parts and (whole := self._body(harm, at)) is not None:
                    yield whole
                    parent = count
                    count += 1
                elif at in self.parts:
                    parent = places.get((self.parts[at], harm.outcome))
                yield self._mention(harm, self.line.people[self.line.tokens[at].person], parent)
                places[at, harm.outcome] = count
                count += 1

    def _mention(self, harm: Harm, people: People, part_of: int | None) -> Mention:
        tokens = self.line.tokens
        return Mention(
            outcome=harm.outcome,
            number=people.number,
            people=people,
            start=tokens[harm.first].start,
            end=tokens[harm.last].end,
            part_of=part_of,
            verb_at=tokens[harm.verb].start,
            voice=_VOICES.get(harm.rule, "passive"),
            rule=harm.rule,
            agent=harm.agent,
        )

    def _body(self, harm: Harm, at: int) -> Mention | None:
        """All those harmed of whom some are told of: "three of the nine killed were children"."""
        line, person = self.line, self.line.people[self.line.tokens[at].person]
        told = _OF_BODY.search(self.sentence, person.start, person.end)
        opens = tag_at(line, before(line, at, "vD")) in ";,SWI"
        if harm.rule != "reduced" or told is None or not opens:
            return None
        number = read_number(told["n"])
        if number is None or number.lower is None or person.number.lower is None:
            return None
        if number.lower <= person.number.lower or not _GOES_ON.match(line.tags, harm.verb + 1):
            return None
        start = told.start("n")
        kind = person.kind.model_copy(update={"demographics": ()})
        whole = replace(person, start=start, number=number, kind=kind, of_them=False)
        whole = replace(whole, reference=Reference.NEW)
        return replace(self._mention(harm, whole, None), start=start)

    def _total(self, harm: Harm) -> Mention | None:
        """The sum of a full enumeration: "two women and a child were killed" (R3)."""
        listed = [self.line.people[self.line.tokens[at].person] for at in harm.people]
        first, last = listed[0], listed[-1]
        number = read_number(self.sentence[first.start : last.end])
        if number is None or not number.enumerated:
            return None
        if _are_told_apart(listed):
            return None  # "six soldiers and 11 rebels": a claim for each, and no sum (R3)
        kinds = {people.kind.standing for people in listed}
        kind = first.kind.model_copy(update={"roles": (), "demographics": ()})
        if len(kinds) > 1:
            kind = kind.model_copy(update={"standing": _standing_of_all(kinds)})
        whole = replace(first, end=last.end, number=number, group=None, kind=kind)
        return self._mention(harm, whole, None)


def _are_told_apart(listed: Iterable[People]) -> bool:
    """Whether a list is of groups, each with a figure of its own, and not of single persons."""
    numbers = [people.number for people in listed]
    vague = any(one.lower is None or one.lower != one.upper for one in numbers)
    return vague or all((one.lower or 0) > 1 for one in numbers)


def _standing_of_all(kinds: Iterable[Standing]) -> Standing:
    stated = {kind for kind in kinds if kind is not Standing.UNSPECIFIED}
    return Standing.MIXED if len(stated) > 1 else Standing.UNSPECIFIED


_CASUALTIES = re.compile(
    r"\b(?:there (?:are|were|have been)|caus(?:ed|ing|es)|inflict(?:ed|ing)|suffer(?:ed|ing|s)"
    r"|sustain(?:ed|ing)|speaks? of|spoke of|reported|result(?:ed|ing) in|left)"
    r"(?: (?:heavy|some|many|several|serious|civilian|human|unspecified|unknown|military)){0,2}"
    r" (?P<n>casualties)\b(?! figure)",
    re.IGNORECASE,
)


def _bare_casualties(sentence: str) -> Iterator[Mention]:
    """Casualties without a figure: "the shelling caused casualties" (R4)."""
    found = _CASUALTIES.search(sentence)
    if found is None or _DENIED.search(sentence, max(0, found.start() - 30), found.start()):
        return
    if _NEITHER.search(sentence, max(0, found.start() - 90), found.start()):
        return
    start, end = found.span("n")
    number = Number(
        text=sentence[start:end], lower=None, upper=None, qualifier=Qualifier.UNKNOWN_NUMBER
    )
    people = People(start=start, end=end, number=number, group=None, kind=PeopleKind())
    yield Mention(
        outcome=Outcome.KILLED_OR_INJURED,
        number=number,
        people=people,
        start=found.start(),
        end=end,
        verb_at=found.start(),
        voice="counted",
        rule="casualties",
    )


# "Neither the army nor the rebels (suffered casualties)".
_NEITHER = re.compile(r"\b(?:neither|nobody|no one|none of|no (?:side|party))\b[^.;,]*$", re.I)
_DENIED = re.compile(r"\b(?:if|whether|could|would|may|might|not|no|any|den\w+|to)\b|n['\u2019]t\b")


def _none_mentions(sentence: str) -> Iterator[Mention]:
    """Figures of nobody: "no one was hurt", "there were no casualties"."""
    zero = find_zero(sentence)
    if zero is None:
        return
    start, end = zero.nobody
    number = Number(text=sentence[start:end], lower=0, upper=0, qualifier=Qualifier.NONE)
    words = sentence[slice(*zero.group)].lower() if zero.group else ""
    kind = people_words().kinds.get(words.split(" ")[-1], PeopleKind())
    people = People(start=start, end=end, number=number, group=zero.group, kind=kind)
    yield Mention(
        outcome=zero.outcome,
        number=number,
        people=people,
        start=zero.clause[0],
        end=zero.clause[1],
        verb_at=zero.clause[0],
        voice="none",
        rule="zero",
    )
