"""Sameness: whether people told of twice are the same people, some of them, or others.

"A 17-year-old student was shot dead." "The boy died at the scene." "John Smith, 17, was killed.":
three sentences, one person. The words of each group of people decide: how it is spoken of (*a*,
*the*, *another*), its nouns, figure, name and age.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum

from extractor.codes import Demographic, Qualifier, Standing
from extractor.mentions import Mention
from extractor.numerals import Number
from extractor.people import Reference
from extractor.people.words import people_words
from extractor.readers.baseline.story.partitions import PARTITION
from extractor.readers.baseline.story.vocabulary import story_words
from extractor.vocabulary import PeopleKind


class Sameness(Enum):
    """How people told of stand to people told of before."""

    OTHERS = "others"
    SAME = "same"
    SOME_OF_THEM = "some of them"


@dataclass(frozen=True, kw_only=True)
class Who:
    """What a sentence says of the people it counts, as far as it tells who they are."""

    number: Number
    reference: Reference
    nouns: frozenset[str]
    """What they are called, in the singular: "insurgent"; empty for a bare figure."""
    names: frozenset[str]
    ages: frozenset[int]
    kind: PeopleKind
    sex: Demographic | None = None
    """The sex that a title before the name tells: "Mrs. Brod"."""
    does: bool = False
    """Whether they are those who did it to the others: "the gunman also died"."""
    sentence: int
    """Where their sentence starts: two figures of one sentence are two groups of people."""
    of_them: bool = False
    parted: bool = False
    """Whether the sentence says who some of those told of before were, be they what they may."""

    @property
    def is_again(self) -> bool:
        """Whether they are spoken of as known: "the boy", "both", "he"."""
        return self.reference in (Reference.DEFINITE, Reference.PRONOUN)

    @property
    def count(self) -> int | None:
        """How many they are, where one number is told."""
        return self.number.lower if self.number.lower == self.number.upper else None

    @property
    def is_one(self) -> bool:
        """Whether it is one person."""
        return self.count == 1


def who_is(words: str, mention: Mention, *, sentence: int) -> Who:
    """What a sentence says of the people of one of its mentions."""
    people = mention.people
    phrase = words[slice(*people.group)] if people.group else ""
    noun = noun_of(phrase)
    around = words[max(0, people.start - 12) : people.end + 16]
    reference = people.reference
    if reference is Reference.NEW and _FURTHER.search(words, people.end, people.end + 24):
        reference = Reference.MORE
    pointer = words[slice(*people.name)] if people.name else words[people.start : people.end]
    sex = _SEX_OF.get(pointer.split(" ")[0].rstrip(".").lower())
    kind = people.kind.model_copy(update={"demographics": (sex,)}) if sex else people.kind
    return Who(
        number=mention.number,
        reference=reference,
        nouns=frozenset([noun] if noun and not noun.endswith("year-old") else ()),
        names=_name_words(words[slice(*people.name)]) if people.name else frozenset(),
        ages=frozenset(
            int(age) for found in _AGE.finditer(around) for age in found.groups() if age
        ),
        kind=kind,
        sex=_sex_of(words, people.name[0]) if people.name else None,
        sentence=sentence,
        of_them=people.of_them and mention.part_of is None,
        parted=mention.rule == PARTITION or _is_among(words, mention),
    )


# "Among the dead were two nurses": of a toll told before, whatever the toll calls them.
_AMONG_DEAD = re.compile(
    r"\b(?:among|includ\w+)\b[^.;]{0,12}\b(?:dead|killed|victims|wounded|injured)\b"
    r"|\b(?:dead|killed|victims|wounded|injured) (?:also )?includ",
    re.IGNORECASE,
)


def _is_among(words: str, mention: Mention) -> bool:
    if mention.rule != "among" or mention.part_of is not None:
        return False
    around = words[max(0, mention.start - 16) : mention.end]
    return _AMONG_DEAD.search(around) is not None


def same_people(new: Who, known: Who) -> Sameness:
    """How people stand to those told of before, of whom the same thing is said."""
    if new.parted:
        fits = _fewer(new, known) or (new.number.lower is None and not known.is_one)
        if fits and not known.parted:
            return Sameness.SOME_OF_THEM
    if clash(new, known):
        return Sameness.OTHERS
    together = new.sentence == known.sentence
    if new.reference is Reference.MORE and not together and _names_one_of_many(new, known):
        return Sameness.SOME_OF_THEM
    if new.reference is Reference.MORE:
        again = known.reference is Reference.MORE and not together
        told = again and (_same_figure(new, known) or _both_vague(new, known))
        return Sameness.SAME if told else Sameness.OTHERS
    if new.of_them:
        if not together and _same_figure(new, known):
            return (
                Sameness.SAME
            )  # of a larger body: "the soldiers were shot at, killing three of them"
        return Sameness.SOME_OF_THEM if _fewer(new, known) else Sameness.OTHERS
    if known.reference is Reference.MORE and not known.nouns and not new.is_again:
        return Sameness.OTHERS  # "another was hurt": nobody told of by name or noun later
    if new.is_again:
        return _again(new, known)
    if together:
        return Sameness.OTHERS
    if _both_vague(new, known) and new.nouns and known.nouns:
        return Sameness.SAME
    if _same_figure(new, known):
        return Sameness.SAME if _may_be_told_anew(new, known) else Sameness.OTHERS
    one = new.names or new.ages or new.is_one
    members = _names_one_of_many(new, known) or (one and _may_hold(known, new))
    return Sameness.SOME_OF_THEM if members and _fewer(new, known) else Sameness.OTHERS


def merged(known: Who, new: Who) -> Who:
    """What is known of people after they were told of again."""
    nouns = known.nouns - story_words().anybody or new.nouns or known.nouns
    return replace(known, nouns=nouns, names=known.names | new.names, ages=known.ages | new.ages)


def is_sum_of(new: Who, known: list[Who]) -> bool:
    """Whether people spoken of as known are all told of before: "the three" of one and two."""
    if not new.is_again or new.count is None or new.count < 2:
        return False
    counts = [one.count for one in known if not clash(new, one)]
    return len(counts) > 1 and None not in counts and sum(filter(None, counts)) == new.count


def is_of_one_sex(new: Who, known: Who) -> bool:
    """Whether the words for two persons tell that both are women, or both men."""
    return bool({*new.kind.demographics} & {*known.kind.demographics} & _SEXES)


def _again(new: Who, known: Who) -> Sameness:
    """People spoken of as known: "the boy", "the three men", "they"."""
    if new.number.qualifier is Qualifier.UNKNOWN_NUMBER or new.count is None:
        return Sameness.SAME if not known.is_one else Sameness.OTHERS
    if _same_figure(new, known):
        return Sameness.SAME
    return Sameness.SOME_OF_THEM if _fewer(new, known) else Sameness.OTHERS


def _same_figure(new: Who, known: Who) -> bool:
    one, other = new.number, known.number
    return (one.lower, one.upper, one.qualifier, one.term) == (
        other.lower,
        other.upper,
        other.qualifier,
        other.term,
    )


def _both_vague(new: Who, known: Who) -> bool:
    """Whether neither has a number that could tell them apart: "several", then "insurgents".

    "Insurgents" without any figure may be those of any figure but one.
    """
    if new.number.qualifier is Qualifier.UNKNOWN_NUMBER:
        return not known.is_one and known.number.qualifier is not Qualifier.NONE
    vague = (Qualifier.VAGUE, Qualifier.UNKNOWN_NUMBER)
    return new.number.qualifier is Qualifier.VAGUE and known.number.qualifier in vague


def is_told_alike(new: Who, known: Who) -> bool:
    """Whether two groups have one figure, or none that could tell them apart."""
    return _same_figure(new, known) or _both_vague(new, known)


def _fewer(new: Who, known: Who) -> bool:
    most = new.number.upper or new.number.lower
    least = known.number.lower
    return most is not None and least is not None and 0 < most < least


def _may_be_told_anew(new: Who, known: Who) -> bool:
    """Whether "a man" or "12 people" can be the man or the 12 of an earlier sentence."""
    if (new.names and known.names) or (new.ages and new.ages & known.ages):
        return True
    nouns = new.nouns | known.nouns
    if len(nouns) < 2 or nouns & story_words().anybody or not (new.nouns and known.nouns):
        return True
    return bool(nouns & _PLAIN) or bool(new.names) or not new.is_one


def _names_one_of_many(new: Who, known: Who) -> bool:
    """Whether people are told of by name after a toll of many, which then holds them.

    "At least ten of the family were killed. Omar Sadi, 25, was also killed."
    """
    many = (known.number.lower or 0) >= _MANY and known.reference is not Reference.MORE
    if _ORDINAL.match(new.number.text or ""):
        return False  # "a fourth man, Omar Sadi," is beside the three
    return bool(new.names) and many and _fewer(new, known)


def _may_hold(whole: Who, one: Who) -> bool:
    """Whether a person can be one of a group: "two people" or "two men" hold a driver.

    A named one may be of any whose noun does not exclude it: "two cadres ... Hari Rao".
    """
    nouns = whole.nouns
    if whole.reference is Reference.MORE:
        return False
    return not nouns or bool(one.names) or bool(nouns & (_PEOPLE | _PLAIN | one.nouns))


def clash(new: Who, known: Who) -> bool:
    """Whether words for two groups of people exclude that they are the same."""
    if new.sex and known.sex and new.sex is not known.sex and known.is_one:
        return True  # "Mr. Brod was killed. Mrs. Brod was killed."
    if new.names and known.names:
        if new.is_one and known.is_one and _are_of_two_sexes(new, known):
            return True  # "Mr. Rao" and "Mrs. Rao"
        return not new.names & known.names and new.is_one and known.is_one
    if new.ages and known.ages and not new.ages & known.ages and known.is_one:
        return True
    if new.nouns and new.nouns == known.nouns:
        return False
    if new.does is not known.does and (new.does or not new.is_again):
        return True  # who attacked is none of those attacked
    again = new.is_again and new.nouns <= _MEN and not known.is_one  # "the men" are the gunmen
    if again and Demographic.WOMEN not in known.kind.demographics:
        return False
    standings = {new.kind.standing, known.kind.standing}
    if len(standings - {Standing.UNSPECIFIED, Standing.MIXED}) > 1:
        return True
    if _are_of_two_sexes(new, known) and known.is_one:
        return True
    return not _alike(new.nouns, known.nouns)


def _are_of_two_sexes(new: Who, known: Who) -> bool:
    return len({*new.kind.demographics, *known.kind.demographics} & _SEXES) > 1


def _alike(new: frozenset[str], known: frozenset[str]) -> bool:
    told = story_words()
    if not new or not known or (new | known) & (told.anybody | people_words().nationals):
        return True  # "two Palestinians" may be the two civilians
    mine = frozenset[int]().union(*(told.alike.get(noun, frozenset()) for noun in new))
    theirs = frozenset[int]().union(*(told.alike.get(noun, frozenset()) for noun in known))
    return bool(new & known) or bool(mine & theirs)


_SEX_OF = {
    "mr": Demographic.MEN,
    "mrs": Demographic.WOMEN,
    "ms": Demographic.WOMEN,
    "he": Demographic.MEN,
    "him": Demographic.MEN,
    "himself": Demographic.MEN,
    "herself": Demographic.WOMEN,
    "she": Demographic.WOMEN,
    "her": Demographic.WOMEN,
}
_SEXES = frozenset({Demographic.MEN, Demographic.WOMEN})
# Nouns that tell sex or age and nothing else: "a man" may be the driver told of before.
_PLAIN = frozenset({"man", "woman", "boy", "girl", "child", "teenager", "teen", "youth"})
_MEN = frozenset({"man"})
_MANY = 3  # people
# Nouns of a toll, which may hold anybody: "two victims" may be a driver and a guard.
_PEOPLE = frozenset(
    {"person", "people", "victim", "casualty", "body", "life", "resident", "civilian"}
)
# "A guard was also killed": a person beside those told of before.
_FURTHER = re.compile(r"\b(?:also|too|as well)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:an?|the) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|further|additional)"
    r"\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(\d{1,2})[- ]years?[- ]old|\baged? (\d{1,2})\b|, (\d{1,2})(?=[,.;)]|$)", re.IGNORECASE
)
_POLITE = re.compile(r"\b(?P<title>Mr|Mrs|Ms|Miss)\b\.? ?")
_TITLE = frozenset(
    {"mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "capt", "sgt", "cpl", "mullah", "sheikh"}
)
_LESSER = frozenset({"sub-commander", "sub-leader"})  # the same person is called a commander next
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "wives": "wife"}


def _sex_of(words: str, name_at: int) -> Demographic | None:
    """The sex told by a title, right before a name or as its first word."""
    title = _POLITE.search(words, max(0, name_at - 6), name_at + 5)
    if title is None:
        return None
    return Demographic.MEN if title["title"] == "Mr" else Demographic.WOMEN


def _name_words(name: str) -> frozenset[str]:
    """The words of a name that tell a person: of "Sgt. Odo Mund Jr." "odo" and "mund"."""
    words = (word.strip(".,'\"\u2019\u201c\u201d").lower() for word in name.split())
    return frozenset(word for word in words if len(word) > 2 and word not in _TITLE)


def noun_of(phrase: str) -> str:
    """What a phrase calls people, in the singular: of "two armed rebels" it is "rebel"."""
    return _singular(_head(phrase)) if phrase else ""


def is_plain(noun: str) -> bool:
    """Whether a noun may mean anybody: "man", "person"."""
    return noun in _PLAIN or noun in story_words().anybody


def _head(phrase: str) -> str:
    """The noun of a phrase: "suspected Taliban insurgents" are insurgents."""
    bare = re.split(r" (?:of|from|in|aged|who|with) |, ", phrase, maxsplit=1)[0]
    return (bare.split() or [""])[-1].lower()


def _singular(noun: str) -> str:
    for many, one in _IRREGULAR.items():
        if noun.endswith(many):
            return noun.removesuffix(many) + one
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    one = noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
    return one.removeprefix("sub-") if one in _LESSER else one
