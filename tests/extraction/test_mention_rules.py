"""Each rule by which a sentence tells of harm, and what it must leave alone."""

import time

import pytest

from extractor.codes import Outcome
from extractor.denials import find_zero
from extractor.mentions import Mention, find_mentions
from extractor.mentions.predicates import longest_predicate
from extractor.vocabulary import VerbForms, verb_forms

K, W, X = Outcome.KILLED, Outcome.INJURED, Outcome.KILLED_OR_INJURED


def _told(sentence: str) -> list[tuple[Outcome, str]]:
    """Outcome and people of each mention that is no part or member of another."""
    mentions = find_mentions(sentence)
    return [(m.outcome, _people(sentence, m)) for m in mentions if m.part_of is None]


def _people(sentence: str, mention: Mention) -> str:
    return sentence[mention.people.start : mention.people.end]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Four herders were ambushed on the road and killed.", [(K, "Four herders")]),
        (
            "Two guards were shot and killed, and a nurse was hurt.",
            [(K, "Two guards"), (W, "a nurse")],
        ),
        ("A mine killed three drivers and wounded five.", [(K, "three drivers"), (W, "five")]),
        ("Three drivers killed, six injured in blast", [(K, "Three drivers"), (W, "six")]),
        ("The raid left 3 dead and 11 wounded.", [(K, "3"), (W, "11")]),
        ("A grenade went off, killing two men.", [(K, "two men")]),
        ("A mortar bomb kills 12 villagers.", [(K, "12 villagers")]),
        ("The raid claimed the lives of six nurses.", [(K, "six nurses")]),
        ("Six nurses lost their lives in the raid.", [(K, "Six nurses")]),
        ("Two fighters died of their wounds.", [(Outcome.DIED_OF_WOUNDS, "Two fighters")]),
        ("Two fighters succumbed to injuries.", [(Outcome.DIED_OF_WOUNDS, "Two fighters")]),
        ("Four guards sustained serious gunshot wounds.", [(W, "Four guards")]),
        ("Two men were shot outside a shop.", [(X, "Two men")]),
        ("They shot two men dead.", [(K, "two men")]),
        ("The killing of three farmers caused anger.", [(K, "three farmers")]),
        ("The bodies of three men were found in a well.", [(K, "three men")]),
        ("Police recovered eight bodies.", [(K, "eight bodies")]),
        ("Among the dead were two nurses.", [(K, "two nurses")]),
        (
            "Rebels abducted and later killed two traders.",
            [(Outcome.ABDUCTED, "two traders"), (K, "two traders")],
        ),
        ("Nine rebels laid down their arms.", [(Outcome.SURRENDERED, "Nine rebels")]),
        ("Two suspects were taken into custody.", [(Outcome.DETAINED, "Two suspects")]),
        ("Twelve passengers escaped unhurt.", [(Outcome.UNHARMED, "Twelve passengers")]),
        ("Six passengers were not hurt.", [(Outcome.UNHARMED, "Six passengers")]),
        ("The raids forced 2,000 families to flee.", [(Outcome.DISPLACED, "2,000 families")]),
        ("Two girls were raped.", [(Outcome.SEXUAL_VIOLENCE, "Two girls")]),
        ("Three fighters, who had fled, were captured.", [(Outcome.DETAINED, "Three fighters")]),
        ("Two men wanted in several cases were arrested.", [(Outcome.DETAINED, "Two men")]),
        ("In an attack on two soldiers, three farmers were killed.", [(K, "three farmers")]),
        ("A truck with ten men in it hit two guards who were killed.", [(K, "two guards")]),
        ("Two men are believed to have been killed.", [(K, "Two men")]),
        ("The shelling caused heavy casualties.", [(X, "casualties")]),
        ("A toll of 21 for the fighting was given.", [(K, "21")]),
    ],
    ids=lambda part: part[:40] if isinstance(part, str) else "",
)
def test_each_rule_finds_who_was_harmed(sentence: str, told: list[tuple[Outcome, str]]) -> None:
    assert _told(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "They plotted to kill two judges.",
        "The bid to kill two judges failed.",
        "Two judges were to be killed.",
        "Two judges could have been killed.",
        "It was feared that two judges were killed.",
        "The recently arrested two men had been watched.",
        "Efforts focus on capturing two commanders.",
        "Killed in the vote were two motions.",
        "The police were looking for two men.",
        "The police claim two men were found at home.",
        "The bill was killed by two senators.",
    ],
)
def test_what_is_planned_feared_or_no_harm_to_people_is_no_mention(sentence: str) -> None:
    assert find_mentions(sentence) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "He is wanted for killing two officers.",
        "He was accused of murdering three women.",
        "He was arrested in connection with a blast that killed three women.",
        "He was arrested in connection with a blast in which three women were killed.",
        "He was arrested in connection with the murder of two women.",
    ],
)
def test_a_deed_that_somebody_is_sought_for_is_recalled(sentence: str) -> None:
    (mention,) = (m for m in find_mentions(sentence) if m.outcome is K)
    assert mention.rule == "recalled"


@pytest.mark.parametrize(
    ("sentence", "agent"),
    [
        ("Two men were killed in the north by masked raiders.", "masked raiders"),
        ("Masked raiders killed two men.", "Masked raiders"),
        ("Two men were killed.", None),
    ],
)
def test_the_doer_is_kept_where_the_sentence_names_one(sentence: str, agent: str | None) -> None:
    (mention,) = find_mentions(sentence)
    assert (sentence[slice(*mention.agent)] if mention.agent else None) == agent


def test_a_quote_is_the_shortest_words_with_figure_people_and_verb() -> None:
    sentence = "On Monday, two men from the coast were killed near a bridge."
    (mention,) = find_mentions(sentence)
    assert sentence[mention.start : mention.end] == "two men from the coast were killed"


def test_one_of_the_wounded_who_dies_has_died_of_wounds() -> None:
    (mention,) = find_mentions("Two of the wounded died on Friday.")
    assert (mention.outcome, mention.number.lower) == (Outcome.DIED_OF_WOUNDS, 2)


def test_those_taken_to_hospital_who_died_there_are_no_injured() -> None:
    outcomes = {outcome for outcome, _ in _told("A guard was taken to hospital, where he died.")}
    assert W not in outcomes


def test_a_person_shot_who_died_is_told_once_as_killed() -> None:
    assert _told("A guard was shot and died at the scene.") == [(K, "A guard")]


@pytest.mark.parametrize(
    ("sentence", "outcome", "group"),
    [
        ("No civilians were harmed.", X, "civilians"),
        ("None of the guards was hurt.", X, "guards"),
        ("Nobody was injured.", X, None),
        ("The rocket hurt no one.", X, None),
        ("The raid did not injure any civilians.", X, "civilians"),
        ("He lost nobody.", K, None),
        ("There were no losses among soldiers.", K, "soldiers"),
        ("No deaths or injuries were reported.", X, None),
        ("No injuries were reported.", W, None),
        ("No one else was hurt.", X, "else"),
    ],
)
def test_words_that_say_nobody_was_harmed_make_a_zero(
    sentence: str, outcome: Outcome, group: str | None
) -> None:
    zero = find_zero(sentence)
    assert zero is not None
    words = sentence[slice(*zero.group)] if zero.group else None
    assert (zero.outcome, words) == (outcome, group)


@pytest.mark.parametrize(
    "sentence",
    [
        "There were no signs of injuries.",
        "There were no further casualties.",
        "They were detained without firing a shot.",
        "There was no immediate word on casualties.",
        "No group said it had killed him.",
    ],
)
def test_words_that_leave_the_harm_open_make_no_zero(sentence: str) -> None:
    assert find_zero(sentence) is None


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        ("arrest", ("arrest", "arrests", "arrested", "arresting")),
        ("capture", ("capture", "captures", "captured", "capturing")),
        ("bury", ("bury", "buries", "buried", "burying")),
        (
            "fatally wound",
            tuple(f"fatally {w}" for w in ("wound", "wounds", "wounded", "wounding")),
        ),
        ("slay/slain", ("slay", "slays", "slain", "slaying")),
    ],
)
def test_the_forms_of_a_verb_follow_from_its_entry(entry: str, forms: tuple[str, ...]) -> None:
    base, third, past, gerund = forms
    assert verb_forms(entry) == VerbForms(base=base, third=third, past=past, gerund=gerund)


def test_a_phrase_reaches_over_a_few_words_but_not_over_people() -> None:
    assert longest_predicate(["suffered", "two", "deep", "wounds"], 0) is not None
    assert longest_predicate(["suffered", "", "wounds"], 0) is None
    assert longest_predicate(["suffered", "a", "b", "c", "d", "e", "wounds"], 0) is None


@pytest.mark.parametrize("part", ["two men, ", "killed and ", "(of the ", "no one of the "])
def test_a_very_long_sentence_takes_no_longer_than_its_length(part: str) -> None:
    started = time.process_time()
    find_mentions(part * 400 + "were killed.")
    assert time.process_time() - started < 5
