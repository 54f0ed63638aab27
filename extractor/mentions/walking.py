"""Walking a tagged sentence: from a verb to the people who stand before and after it."""

import re
from collections.abc import Iterator

from extractor.mentions.tags import Line, grammar

_REACH = 40  # tokens: a subject further away than this is another clause's
_AUXILIARY = re.compile(r"(?:Hv*)?B[Bv]*(?:[SF]v*tHBv*|[SF]v*tBv*|Sv*)?$")
_INSERTION = 16  # tokens between two commas: ", a farmer from the north,"
_OWN_VERB = re.compile(r"v*(?:ID?X{1,5}v*)?[HBMKUOoA]")
_PHRASES = re.compile(r"(?:ID?[X#]{1,5}){1,2}$")  # behind people: "a constable of the state police"
_PHRASE_AFTER = re.compile(r"(?:ID?[X#]{1,5}){1,2}(?=,?CD?P|,D?P)")
_TITLED = re.compile(r"X{1,6}(?:\(X\))?X?(?:CX{1,3})?,?P")  # a role that no noun list knows, a name
_DESCRIBED = 5  # words between "including" and a name: "its district chief"
_SUM_WORDS = frozenset({"and", "or", "plus", "&"})
_NAMED_AS = frozenset({"such", "known", "identified", "named", "well", "described"})
_ANYBODY = frozenset({"those", "anybody", "anyone", "everybody", "everyone"})
_THEM = frozenset({"them", "whom", "which", "those", "these"})


def auxiliary(line: Line, at: int) -> int | None:
    """Where the "was" of a participle begins: "were reported to have been (killed)"."""
    found = _AUXILIARY.search(line.tags, max(0, at - 8), at)
    return found.start() if found else None


def before(line: Line, at: int, skip: str) -> int:
    """The nearest token to the left whose tag is not skipped; -1 if there is none."""
    at -= 1
    while at >= 0 and line.tags[at] in skip:
        at -= 1
    return at


def after(line: Line, at: int, skip: str) -> int:
    """The nearest token to the right whose tag is not skipped; the end if there is none."""
    at += 1
    while at < len(line.tags) and line.tags[at] in skip:
        at += 1
    return at


def tag_at(line: Line, at: int) -> str:
    """The tag of a token; an end of clause outside of the sentence."""
    return line.tags[at] if 0 <= at < len(line.tags) else ";"


def is_part(line: Line, at: int) -> bool:
    """Whether people are introduced as a part: "including two women", "among them a boy"."""
    gov = before(line, at, "Dv#")
    described = before(line, at, "Dv#X")
    if tag_at(line, described) == "E" and gov - described <= _DESCRIBED:
        return True
    if gov < 1 or line.tokens[gov - 1].low not in ("among", "of"):
        return False
    token = line.tokens[gov]
    return token.low in _THEM or line.sentence[token.start : token.end].lower() in _THEM


def listed_before(line: Line, last: int) -> list[int]:
    """The people of a list that ends with the people at `last`, in order."""
    found = [last]
    joined = False
    while len(found) < 12:
        at = before(line, found[0], "Dv")
        comma = tag_at(line, at) == ","
        word = tag_at(line, at) == "C" and line.tokens[at].low in _SUM_WORDS
        if not (word or (comma and joined)):
            break
        at = before(line, at, "," if word else "")
        if tag_at(line, at) == ")":
            at = line.tags.rfind("(", 0, at) - 1  # "a leader (carrying a reward) and his wife"
        if tag_at(line, at) == "#" and tag_at(line, at - 1) == ",":
            at -= 2  # an age: "a woman, 24, and her son"
        phrases = _PHRASES.search(line.tags, max(0, at - 10), at + 1)
        if phrases is not None:
            at = phrases.start() - 1
        if tag_at(line, at) != "P" or is_part(line, found[0]):
            break
        if _is_closed_part(line, at):
            at -= 2  # "five men, two of them guards, and a boy were shot"
            if not (tag_at(line, at) == "P" and tag_at(line, before(line, at, "Dv#")) in ";WS"):
                break  # "five died, two of them women, and four were hurt"
        if comma and tag_at(line, before(line, at, "Dv")) == "I":
            break  # "in an attack on soldiers, two men and a boy"
        joined = True
        found.insert(0, at)
    return found


def _is_closed_part(line: Line, at: int) -> bool:
    """Whether people are an apposition that a comma closes: ", two of them women,"."""
    closed = line.closes_apposition(at) or tag_at(line, at + 1) == ","
    return closed and line.people[line.tokens[at].person].of_them


def listed_after(line: Line, first: int, *, owned: bool = False) -> list[int]:
    """The people of a list that begins with the people at `first`, in order.

    Of an `owned` list the verb behind it is the owner's: "the bodies of two men and a boy were …".
    """
    found = [first]
    sure = 1  # a list ends with its "and": what only commas join may be another thing
    while len(found) < 12:
        at = after(line, found[-1], "")
        phrases = _PHRASE_AFTER.match(line.tags, at)
        at = phrases.end() if phrases else at
        if tag_at(line, at) == "," and tag_at(line, at + 1) == "#" and tag_at(line, at + 2) in ",C":
            at += 2  # an age
        comma = tag_at(line, at) == ","
        if comma:
            at = after(line, at, "")
        word = tag_at(line, at) == "C" and line.tokens[at].low in _SUM_WORDS
        if not (comma or word):
            break
        at = _named_at(line, after(line, at if word else at - 1, "Dv"))
        if tag_at(line, at) != "P" or (not owned and _OWN_VERB.match(line.tags, at + 1)):
            break
        found.append(at)
        if word or all(line.people[line.tokens[n].person].name for n in found[sure - 1 :]):
            sure = len(found)
        elif line.people[line.tokens[at].person].of_them:
            break
    return found[:sure]


def _named_at(line: Line, at: int) -> int:
    """Where the person stands whose role is told first: "and Senator and leader Hari Rao"."""
    titled = _TITLED.match(line.tags, at)
    if titled is None or line.people[line.tokens[titled.end() - 1].person].name is None:
        return at
    return titled.end() - 1


def find_object(line: Line, at: int) -> int | None:
    """The people that directly follow a verb: "killed (the) 12 people"."""
    after_it = after(line, at, "Dvq")
    if tag_at(line, after_it) == "P" and after_it - at <= 4:
        return after_it
    named = _named_at(line, after_it)  # "killed former district secretary and leader, Hari Rao"
    return named if named != after_it else None


def subject_behind(line: Line, at: int) -> list[int] | None:
    """Whom a participle at the head of a sentence is said of: "Killed in Brod were three men"."""
    if any(tag not in "vqID" for tag in line.tags[:at]):
        return None
    verb = after(line, at, "IXDe#,v()q")
    if tag_at(line, verb) != "B" or verb - at > _INSERTION:
        return None
    found = find_object(line, verb)
    return listed_after(line, found) if found is not None else None


def find_subject(line: Line, at: int) -> list[int] | None:
    """The people that a verb group beginning at a token is said of, if they are named before it."""
    start = before(line, at, "v")
    if tag_at(line, start) == "R":
        antecedent = _antecedent(line, start)
        return [antecedent] if antecedent is not None else None
    if _is_nobody(line, start):
        return None
    if tag_at(line, start) == "P" and line.closes_apposition(start):
        told = _before_apposition(line, start)
        if told is not None:
            return told
    apposed = _APPOSED.search(line.tags, max(0, start - _INSERTION), start + 1)
    if apposed is not None and _has_own_comma(line, apposed.start()):
        return [apposed.start()]
    told_as, closing = before(line, start, ","), start
    start, coordinated = _over_insertion(line, start)
    people = _walk(line, start, coordinated=coordinated)
    inserted = tag_at(line, closing) == "," and tag_at(line, told_as) == "P"
    if people is None and inserted and _is_named(line, told_as - 1):
        return [told_as]  # "Platoon commander, identified as Rao, was killed"
    return people


# "Ramesh, a constable of the Brod station, was": the phrases and the comma behind the person.
_APPOSED = re.compile(r"P(?:ID?[X#]{1,5}){1,2},$")


def _has_own_comma(line: Line, at: int) -> bool:
    """Whether the words for a person hold a name, a comma and what he is."""
    person = line.people[line.tokens[at].person]
    return person.name is not None and "," in line.sentence[person.start : person.end]


_UNTOLD = frozenset({"before", "after", "since", "then"})  # what follows has the subject before it


def subject_before_being(line: Line, at: int) -> list[int] | None:
    """Whom "before being shot" is said of: "A man (stabbed two before being shot)"."""
    return subject_untold(line, at) if line.tokens[at].low == "being" else None


def subject_untold(line: Line, at: int) -> list[int] | None:
    """Whom a clause without a subject is said of: "A man killed two (before taking his life)"."""
    told = before(line, at, "v")
    if told < 0 or line.tokens[told].low not in _UNTOLD:
        return None
    return _walk(line, told - 1, coordinated=True)


def _is_named(line: Line, at: int) -> bool:
    """Whether "identified as" ends at a token."""
    return line.tokens[at].low == "as" and line.tokens[at - 1].low in ("identified", "named")


def _is_nobody(line: Line, at: int) -> bool:
    """Whether the subject is "nobody" or "no one (else)", not the people told before it."""
    low = line.tokens[at].low if at >= 0 else ""
    no_one = low == "one" and at > 0 and line.tokens[at - 1].low == "no"
    return no_one or low in ("nobody", "none")


def _before_apposition(line: Line, at: int) -> list[int] | None:
    """Whom people between commas are said of: "a cadre, wife of (secretary Rao,) surrendered"."""
    opening = line.tags.rfind(",", max(0, at - _INSERTION), at)
    if opening < 1 or any(tag in ";WCBHKUO" for tag in line.tags[opening:at]):
        return None
    return _walk(line, opening - 1, coordinated=False)


def _antecedent(line: Line, relative: int) -> int | None:
    """Whom "who" stands for: the nearest people before it, in its own clause."""
    at = before(line, relative, ",")
    for place in range(at, max(-1, at - 8), -1):
        if line.tags[place] == "P":
            return place
        if line.tags[place] in ";WSBKFUV,":
            return None
    return None


def _over_insertion(line: Line, at: int) -> tuple[int, bool]:
    """Skip ", a farmer," or "(24)" before a verb; otherwise a comma or "and" coordinates it."""
    if tag_at(line, at) == ")":
        opening = line.tags.rfind("(", 0, at)
        return (opening - 1, False) if opening >= 0 else (at, False)
    if tag_at(line, at) == "C":
        return before(line, at, ",v"), True
    if tag_at(line, at) != ",":
        return at, False
    opening = line.tags.rfind(",", max(0, at - _INSERTION), at)
    if opening >= 0 and ";" not in line.tags[opening:at]:
        return opening - 1, False
    return at - 1, True


def _walk(line: Line, at: int, *, coordinated: bool) -> list[int] | None:
    """Go left from a verb to its subject, over phrases, objects and relative clauses."""
    tags, within = line.tags, False
    stop = max(-1, at - _REACH)
    if tag_at(line, at) == "K" and tag_at(line, at - 1) == "P":
        at -= 1  # "the two wounded were arrested"
    while at > stop:
        tag = tags[at]
        if tag == "P":
            people = listed_before(line, at)
            gov = before(line, people[0], "Dvq#")
            ruler = tag_at(line, gov)
            if _is_tied(line, people[0], gov):
                at = gov - 1
                continue
            if ruler == "F" and line.tokens[gov].low in grammar().intransitive:
                return None if within else people  # "when a bomb exploded two men were hurt"
            if ruler in "FKVTGy" and auxiliary(line, gov) is None and not coordinated:
                if len(people) > 1 and not within:
                    return people[-1:]  # "killed two guards and a cook was hurt"
                at = gov
                continue
            if ruler in "FKVTGy" and coordinated and auxiliary(line, gov) is None:
                at = gov
                continue
            return None if within else people
        if tag in ";W":
            return None
        if tag == "R":
            if at > 0 and line.tokens[at - 1].low in _ANYBODY:
                return None  # "the families of those who died or were hurt"
            if coordinated and not within and tag_at(line, at - 1) == "P":
                return [at - 1]  # "they met fighters who resisted and were killed"
            within = False
        elif tag == "C":
            coordinated = True
        elif tag == ")":
            opening = line.tags.rfind("(", 0, at)
            at = opening if opening >= 0 else at
        elif tag in "FKyS" and tag_at(line, at + 1) in "It" and _is_reduced(line, at):
            pass  # "a man wanted in two cases", "persons involved in supplying arms"
        elif tag == "F" and tag_at(line, at - 1) in "ID" and tag_at(line, at + 1) == "X":
            pass  # "members of the armed wing"
        elif tag in "FKUTOoASy":
            if tag == "S" and not coordinated:
                return None
            within = within or not coordinated
        at -= 1
    return None


def _is_reduced(line: Line, at: int) -> bool:
    """Whether a participle only describes people: "men (suspected to have been) involved in"."""
    aux = auxiliary(line, at)
    return aux is None or tag_at(line, aux - 1) == "t"


def _is_tied(line: Line, first: int, gov: int) -> bool:
    """Whether people hang on a preposition ("in a bus with 12 men") or are named as a part."""
    if is_part(line, first):
        return True
    ruler = tag_at(line, gov)
    if ruler not in "Iit":
        return False
    if line.tokens[gov].low == "as" and tag_at(line, first + 1) in "BU":
        return gov > 0 and line.tokens[gov - 1].low in _NAMED_AS  # "even as two men were hurt"
    if line.tokens[gov].low != "of" or gov == 0:
        return True
    return line.tokens[gov - 1].low not in grammar().collective


def agent_after(line: Line, at: int) -> tuple[int, int] | None:
    """The doer told behind a passive verb: "killed in the north by (two gunmen)"."""
    for place in range(at + 1, min(at + 8, len(line.tags))):
        if line.tags[place] in ";WKUVOF":
            return None
        if line.tokens[place].low == "by":
            return _noun_phrase(line, place + 1)
    return None


def _noun_phrase(line: Line, first: int) -> tuple[int, int] | None:
    last = first
    while tag_at(line, last) in "DX#vFi" and last - first < 6:
        last += 1
    if tag_at(line, last) == "P":
        last += 1
    if last == first:
        return None
    return line.tokens[first].start, line.tokens[last - 1].end


def agent_before(line: Line, at: int) -> tuple[int, int] | None:
    """The doer told before an active verb: "(two gunmen) killed", "(a Taliban cell) killed"."""
    start = before(line, at, "vHBS")
    if tag_at(line, start) == "P":
        people = listed_before(line, start)
        return line.tokens[people[0]].start, line.tokens[start].end
    first = start
    while tag_at(line, first) in "DX#" and start - first < 6:
        first -= 1
    if tag_at(line, first) in "Fi" and first < start and tag_at(line, first - 1) in "D;,":
        first -= 1  # "masked raiders", "the fleeing raiders"
        first -= tag_at(line, first) == "D"
    if first == start:
        subject = find_subject(line, at)
        if not subject:
            return None
        return line.tokens[subject[0]].start, line.tokens[subject[-1]].end
    return line.tokens[first + 1].start, line.tokens[start].end


def parts_in(line: Line) -> Iterator[list[int]]:
    """Each list of people introduced as a part of others told before."""
    for at, tag in enumerate(line.tags):
        if tag == "P" and is_part(line, at):
            yield listed_after(line, at)
