"""People told of again: one person is one claim, others are others, and some are a part."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from extractor.codes import Outcome, Qualifier, SpeakerType
from extractor.mentions import Mention
from extractor.numerals import Number
from extractor.people import People, Reference
from extractor.people.words import people_words
from extractor.readers.baseline.story.claims import Claim
from extractor.readers.baseline.story.counting import Counting
from extractor.readers.baseline.story.scenes import view
from extractor.readers.baseline.voicing import ARTICLE_VOICE
from extractor.sentences import Sentence
from extractor.vocabulary import PeopleKind
from extractor.wire import WireCount, WireSpeaker

POLICE = WireSpeaker(name_text="police", type=SpeakerType.POLICE, via_text=None, is_party=False)
MAYOR = WireSpeaker(name_text="mayor", type=SpeakerType.GOVERNMENT, via_text=None, is_party=False)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence that tells of one group of people, its words given in the sentence."""

    words: str
    figure: str
    noun: str = ""
    lower: int | None = None
    reference: Reference = Reference.NEW
    outcome: Outcome = Outcome.KILLED
    speaker: WireSpeaker = ARTICLE_VOICE
    named: bool = False
    of_them: bool = False


def _claims(told: Iterable[Told]) -> tuple[list[WireCount], Counting]:
    at = 0
    claims: list[Claim] = []
    for one in told:
        claims.append(_claim(one, at))
        at += len(one.words) + 1
    counting = Counting()
    return counting.claims(claims), counting


def _claim(told: Told, at: int) -> Claim:
    start = told.words.index(told.figure)
    group = None
    if told.noun:
        begin = told.words.index(told.noun)
        group = (begin, begin + len(told.noun))
    vague = Qualifier.VAGUE if told.reference is Reference.NEW else Qualifier.UNKNOWN_NUMBER
    number = Number(
        text=told.figure,
        lower=told.lower,
        upper=told.lower,
        qualifier=Qualifier.EXACT if told.lower else vague,
        term=None if told.lower else told.figure,
    )
    end = max(start + len(told.figure), group[1] if group else 0)
    noun = told.noun.split(" ")[-1]
    people = People(
        start=start,
        end=end,
        number=number,
        group=group,
        kind=people_words().kinds.get(noun, PeopleKind()),
        reference=told.reference,
        name=(start, end) if told.named else None,
        of_them=told.of_them,
    )
    mention = Mention(
        outcome=told.outcome,
        number=number,
        people=people,
        start=start,
        end=len(told.words),
        rule="passive",
    )
    seen = view(Sentence(start=at, end=at + len(told.words), words=told.words))
    scene = replace(seen, mentions=(mention,))
    return Claim(scene=scene, mention=mention, speaker=told.speaker, speaker_words=None)


def _told(words: str, figure: str, noun: str = "", lower: int | None = 1, **more: object) -> Told:
    return Told(words=words, figure=figure, noun=noun, lower=lower, **more)  # type: ignore[arg-type]


STUDENT = _told("A 17-year-old student was shot dead.", "A 17-year-old student", "student")
TWO = _told("Two insurgents were killed.", "Two", "insurgents", 2)
DEFINITE, PRONOUN, MORE = Reference.DEFINITE, Reference.PRONOUN, Reference.MORE


@pytest.mark.parametrize(
    "again",
    [
        _told("The boy died at the scene.", "The boy", "boy", reference=DEFINITE),
        _told("He died at the scene.", "He", reference=PRONOUN),
        _told("Odo Mund, 17, was killed.", "Odo Mund", named=True),
        _told("A student, 17, was shot dead.", "A student", "student"),
        _told(
            "The victim died at once.", "The victim", "victim", reference=DEFINITE, speaker=MAYOR
        ),
    ],
)
def test_a_person_told_of_again_is_one_claim(again: Told) -> None:
    (claim,), _ = _claims([STUDENT, again])
    assert claim.number.lower == 1
    assert len(claim.quotes) == 2


@pytest.mark.parametrize(
    "other",
    [
        _told("Another student was killed.", "Another student", "student", reference=MORE),
        _told("A guard was killed.", "A guard", "guard"),
        _told("A student, 23, was shot dead.", "A student", "student"),
        _told("A student was also killed.", "A student", "student"),
        _told("The woman died at the scene.", "The woman", "woman", reference=MORE),
    ],
)
def test_another_person_is_another_claim(other: Told) -> None:
    claims, _ = _claims([STUDENT, other])
    assert [claim.number.lower for claim in claims] == [1, 1]
    assert [claim.part_of for claim in claims] == [None, None]


def test_two_named_people_are_two_claims() -> None:
    first = _told("Odo Mund was killed.", "Odo Mund", named=True)
    second = _told("Ana Berg was killed.", "Ana Berg", named=True)
    claims, _ = _claims([first, second])
    assert len(claims) == 2


@pytest.mark.parametrize(
    ("words", "figure", "noun", "lower"),
    [
        ("The two insurgents were killed at night.", "The two", "insurgents", 2),
        ("Both militants were killed.", "Both", "militants", 2),
        ("The insurgents were killed.", "The insurgents", "insurgents", None),
    ],
)
def test_a_group_told_of_again_is_one_claim(
    words: str, figure: str, noun: str, lower: int | None
) -> None:
    again = _told(words, figure, noun, lower, reference=DEFINITE)
    claims, _ = _claims([TWO, again])
    assert [claim.number.lower for claim in claims] == [2]


def test_further_people_are_no_repetition_and_hold_nobody_told_before() -> None:
    more = _told("Two additional suspects died.", "Two", "additional suspects", 2, reference=MORE)
    leader = _told("A leader was killed.", "A leader", "leader")
    claims, _ = _claims([TWO, more, leader])
    assert [(claim.number.lower, claim.part_of) for claim in claims] == [
        (2, None),
        (2, None),
        (1, None),
    ]


def test_all_of_those_told_one_by_one_are_no_further_claim() -> None:
    guard = _told("A guard was killed.", "A guard", "guard")
    three = _told("The three were killed at dawn.", "The three", "", 3, reference=DEFINITE)
    claims, counting = _claims([TWO, guard, three])
    assert [claim.number.lower for claim in claims] == [2, 1]
    assert len(counting.told) == 1


def test_a_member_named_after_the_toll_is_a_part_of_it() -> None:
    toll = _told("Two people were killed.", "Two", "people", 2)
    named = _told("Odo Mund, 40, was killed.", "Odo Mund", named=True)
    other = _told("Ana Berg, 20, was killed.", "Ana Berg", named=True)
    third = _told("Iva Holm, 30, was killed.", "Iva Holm", named=True)
    claims, _ = _claims([toll, named, other, third])
    assert [claim.part_of for claim in claims] == [None, "c1", "c1", None]


def test_who_is_hurt_and_dies_later_died_of_wounds() -> None:
    hurt = _told("A driver was shot.", "A driver", "driver", outcome=Outcome.INJURED)
    died = _told("The driver died.", "The driver", "driver", reference=DEFINITE)
    claims, _ = _claims([hurt, died])
    assert [claim.outcome for claim in claims] == [Outcome.INJURED, Outcome.DIED_OF_WOUNDS]
    assert claims[1].part_of == "c1"


def test_one_of_the_wounded_who_died_is_a_part_of_them() -> None:
    hurt = _told("Six people were hurt.", "Six", "people", 6, outcome=Outcome.INJURED)
    died = _told("One of the wounded died.", "One", "wounded", of_them=True)
    claims, _ = _claims([hurt, died])
    assert (claims[1].outcome, claims[1].part_of) == (Outcome.DIED_OF_WOUNDS, "c1")


def test_the_dead_are_not_counted_among_the_hurt_when_their_wounds_are_told() -> None:
    shot = _told(
        "The boy was shot in the head.",
        "The boy",
        "boy",
        outcome=Outcome.INJURED,
        reference=DEFINITE,
    )
    claims, counting = _claims([STUDENT, shot])
    assert [claim.outcome for claim in claims] == [Outcome.KILLED]
    assert len(counting.told) == 1


def test_two_speakers_who_speak_apart_make_two_claims_of_one_figure() -> None:
    first = _told("Nine people died.", "Nine", "people", 9, speaker=POLICE)
    second = _told("Nine people died, he said.", "Nine", "people", 9, speaker=MAYOR)
    claims, _ = _claims([first, second])
    assert [claim.speakers[0].name_text for claim in claims] == ["police", "mayor"]


@pytest.mark.parametrize(
    ("first", "second", "older", "newer"),
    [
        (
            _told("The blast killed nine people.", "nine", "people", 9),
            _told("The toll has risen to 14 people.", "14", "people", 14),
            "c1",
            1,
        ),
        (
            _told("Police first said 14 people died.", "14", "people", 14, speaker=POLICE),
            _told("Later they said 11 people died.", "11", "people", 11, speaker=POLICE),
            "c1",
            1,
        ),
    ],
)
def test_a_newer_toll_supersedes_the_older(
    first: Told, second: Told, older: str, newer: int
) -> None:
    claims, _ = _claims([first, second])
    assert claims[newer].supersedes == older
    assert claims[1 - newer].supersedes is None


def test_another_source_that_says_otherwise_supersedes_nothing() -> None:
    first = _told("Nine people died.", "Nine", "people", 9, speaker=POLICE)
    second = _told("Seven people died.", "Seven", "people", 7, speaker=MAYOR)
    claims, _ = _claims([first, second])
    assert [claim.supersedes for claim in claims] == [None, None]
