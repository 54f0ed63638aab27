"""From the claims of a reading to one figure by a corpus's convention."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from corpus_rows import reading_of
from grading import POLICE, count, figure, group, incident, place, quote, speaker, when

from eval.corpora.bounds import has_word
from eval.corpora.profile import Profile, load_profile
from eval.corpora.reported import (
    derive_toll,
    first_day,
    first_places,
    place_names,
)
from extractor.article import Article
from extractor.codes import (
    Actuality,
    AttackType,
    DatePrecision,
    Demographic,
    Hedge,
    Outcome,
    SpeakerType,
    Standing,
)
from extractor.records import CountClaim, Incident

ISAF, SATP, GVA, AIRWARS = (load_profile(name) for name in ("isaf", "satp", "gva", "airwars"))
TEXT = "The force killed two insurgents. In the past 24 hours it killed nine. " * 10
ARTICLE = Article.of(TEXT, id="a1")
COMBATANT, CIVILIAN = group("insurgents", standing=Standing.COMBATANT), Standing.CIVILIAN


def toll(profile: Profile, field: str, *incidents: Incident) -> tuple[int, int] | None:
    found = derive_toll(reading_of(ARTICLE, incidents), profile.sums[field], profile)
    return (found.lower, found.upper) if found else None


def killed(profile: Profile, *counts: CountClaim, **changed: Any) -> int | None:
    field = "deaths" if profile is SATP else "killed"
    found = toll(profile, field, incident(counts=counts, **changed))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("told", "number"),
    [
        (2, 2),
        ("several", 3),
        ("numerous", 4),
        ("more than 30", 31),
        ("at least 5", 5),
        ((8, 12), 8),
        ("dozens", 24),
        ("a couple", 2),
        ("up to 12", 1),
        ("nearly 40", 40),
        ("none", 0),
        ("heaps", 3),
    ],
    ids=str,
)
def test_words_are_numbers_by_the_convention_of_the_releases(told: Any, number: int) -> None:
    assert killed(ISAF, count(told=told)) == number


@pytest.mark.parametrize(
    ("who", "number"), [("insurgents", 3), ("an insurgent", 1), (None, 3), ("armed men", 3)]
)
def test_people_without_a_number_are_one_or_a_plural(who: str | None, number: int) -> None:
    assert killed(ISAF, count(told=figure("unknown", text=None), group=group(who))) == number


@pytest.mark.parametrize(
    ("told", "ends"),
    [("dozens", (12, 24)), ("several", (2, 2)), ("many", (2, 10)), ("at least 7", (7, 7))],
)
def test_the_assessments_read_the_same_words_as_ranges(told: str, ends: tuple[int, int]) -> None:
    claims = [count(told=told)]
    assert toll(AIRWARS, "killed", incident(counts=claims)) == ends


def test_no_claim_is_no_figure_and_not_zero() -> None:
    injured = count(outcome=Outcome.INJURED)
    assert killed(ISAF) is None
    assert killed(ISAF, injured) is None
    assert toll(ISAF, "killed") is None


def test_a_part_of_a_whole_is_not_counted_again() -> None:
    assert killed(ISAF, count("c1", 5), count("c2", 2, part_of="c1")) == 5


def test_people_of_one_voice_that_the_record_keeps_apart_are_added() -> None:
    leader = count("c1", 1, group=group("a Taliban leader"))
    assert killed(ISAF, leader, count("c2", "several", group=COMBATANT)) == 4


def test_the_same_figure_told_twice_by_one_voice_is_counted_once() -> None:
    assert killed(ISAF, count("c1", 5), count("c2", 5)) == 5


def test_the_engagements_of_one_release_are_added_and_an_entry_is_one_incident() -> None:
    both = [incident("i1", [count("c1", 2)]), incident("i2", [count("c2", 3)])]
    assert toll(ISAF, "killed", *both) == (5, 5)
    assert toll(SATP, "deaths", *both) == (2, 2)


@pytest.mark.parametrize(
    "changed",
    [{"background": True}, {"actuality": Actuality.FOILED}, {"actuality": Actuality.THREATENED}],
    ids=["background", "foiled", "threatened"],
)
def test_incidents_that_are_context_or_never_came_are_not_counted(changed: Any) -> None:
    assert killed(ISAF, count(), **changed) is None


def test_revised_and_withdrawn_figures_are_not_counted() -> None:
    assert killed(SATP, count("c1", 3), count("c2", 4, supersedes="c1")) == 4
    assert killed(SATP, count("c1", 3), count("c2", 9, hedge=Hedge.WITHDRAWN)) == 3


@pytest.mark.parametrize(
    ("profile", "number"), [(ISAF, 12), (SATP, 12), (GVA, 17)], ids=["isaf", "satp", "gva"]
)
def test_of_two_voices_one_is_taken_by_the_profile(profile: Profile, number: int) -> None:
    assert killed(profile, count("c1", 12), count("c2", 17, speakers=(POLICE,))) == number
    assert killed(profile, count("c2", 17, speakers=(POLICE,)), count("c1", 12)) == number


def test_two_voices_make_a_range_in_the_assessments() -> None:
    claims = [count("c1", 12), count("c2", 17, speakers=(POLICE,))]
    assert toll(AIRWARS, "killed", incident(counts=claims)) == (12, 17)


def test_two_voices_on_people_of_different_standing_are_added() -> None:
    one = count("c1", 2, group=COMBATANT)
    other = count("c2", 3, group=group("villagers", standing=CIVILIAN), speakers=(POLICE,))
    assert killed(SATP, one, other) == 5


@pytest.mark.parametrize(
    ("who", "standing"),
    [
        ("Afghan soldiers", Standing.COMBATANT),
        ("a coalition service member", Standing.UNSPECIFIED),
        ("officers", Standing.POLICE_OR_SECURITY),
    ],
)
def test_the_dead_of_the_force_do_not_count_in_the_releases(who: str, standing: Standing) -> None:
    theirs = count("c2", 1, group=group(who, standing=standing))
    assert killed(ISAF, count("c1", 2, group=COMBATANT), theirs) == 2
    assert killed(SATP, count("c1", 2, group=COMBATANT), theirs) == 3


def test_a_lead_that_sums_up_the_day_does_not_count() -> None:
    at = TEXT.index("killed nine")
    lead = count("c2", 9, quotes=(quote("killed nine", at=at),))
    assert killed(ISAF, count("c1", 2), lead) == 2


def test_a_vague_lead_is_told_again_by_a_number() -> None:
    several = count("c1", "several", group=COMBATANT)
    assert killed(ISAF, several, count("c2", 5, group=group("suspects"))) == 5
    assert killed(ISAF, several, count("c2", 5, group=group("other suspects"))) == 8
    assert killed(ISAF, several, count("c2", 1, group=group("a leader"))) == 4


FIGHTERS = group("fighters", standing=Standing.COMBATANT)
CIVILIANS = group("civilians", standing=CIVILIAN)
FAMILY = group("family members")


def test_a_number_of_fighters_tells_no_vague_figure_of_civilians_again() -> None:
    both = [count("c1", 12, group=FIGHTERS), count("c2", "several", group=CIVILIANS)]
    assert toll(AIRWARS, "killed", incident(counts=both)) == (2, 2)


def test_a_number_of_the_forces_own_dead_tells_no_vague_figure_of_insurgents_again() -> None:
    police = group("Afghan policemen", standing=Standing.POLICE_OR_SECURITY)
    told = [count("c1", 3, group=police), count("c2", "several", group=COMBATANT)]
    assert killed(ISAF, *told) == 3


def test_a_number_of_people_of_another_standing_tells_no_vague_figure_again() -> None:
    told = [count("c1", 5, group=CIVILIANS), count("c2", "several", group=COMBATANT)]
    assert killed(ISAF, *told) == 8


@pytest.mark.parametrize(
    "gone",
    [
        [count("c1", 5, group=COMBATANT, hedge=Hedge.WITHDRAWN)],
        [
            count("c1", 5, group=COMBATANT),
            count("c3", 1, group=COMBATANT, supersedes="c1", part_of="c2"),
        ],
    ],
    ids=["withdrawn", "revised"],
)
def test_a_number_that_no_longer_stands_tells_no_vague_figure_again(
    gone: Sequence[CountClaim],
) -> None:
    assert killed(ISAF, *gone, count("c2", "several", group=COMBATANT)) == 3


def test_a_number_of_everybody_tells_no_vague_figure_of_children_again() -> None:
    children = group("children", demographics=(Demographic.CHILDREN,))
    told = [count("c1", 7), count("c2", "several", group=children)]
    assert toll(AIRWARS, "children", incident(counts=told)) == (2, 2)


def test_who_died_of_wounds_is_dead_and_no_longer_injured() -> None:
    shot = count("c1", 6, Outcome.INJURED)
    died = count("c2", 2, Outcome.DIED_OF_WOUNDS, part_of="c1")
    both = incident(counts=[shot, died])
    assert toll(GVA, "killed", both) == (2, 2)
    assert toll(GVA, "injured", both) == (4, 4)


def test_six_were_shot_two_fatally_is_four_injured() -> None:
    shot = count("c1", 6, Outcome.KILLED_OR_INJURED)
    both = incident(counts=[shot, count("c2", 2, part_of="c1")])
    assert toll(GVA, "injured", both) == (4, 4)


SHOT = count("c1", 5, Outcome.KILLED_OR_INJURED)


@pytest.mark.parametrize(
    ("others", "ends"),
    [
        ([], (5, 5)),
        ([count("c2", "none")], (5, 5)),
        ([count("c2", 2)], (3, 3)),
        ([count("c2", 2), count("c3", 1, part_of="c2")], (3, 3)),
        ([count("c2", 2, part_of="c1"), count("c3", 1)], (3, 3)),
        ([count("c2", 2, speakers=(POLICE,))], (3, 3)),
        ([count("c2", 7)], (0, 0)),
        ([count("c2", 1, Outcome.INJURED)], (5, 5)),
    ],
    ids=[
        *("nobody told dead", "none dead", "dead apart", "dead told apart", "dead among them"),
        *("dead by another voice", "more dead than shot", "injured told"),
    ],
)
def test_who_was_shot_and_is_not_told_dead_is_injured(
    others: Sequence[CountClaim], ends: tuple[int, int]
) -> None:
    assert toll(GVA, "injured", incident(counts=[SHOT, *others])) == ends
    assert toll(GVA, "injured", incident(counts=[*reversed(others), SHOT])) == ends


def test_deaths_told_apart_are_taken_off_one_whole_alone() -> None:
    second = count("c2", 3, Outcome.KILLED_OR_INJURED, group=group("others"))
    told = incident(counts=[SHOT, second, count("c3", 2)])
    assert toll(GVA, "injured", told) == (6, 6)


@pytest.mark.parametrize("profile", [SATP, AIRWARS], ids=["satp", "airwars"])
def test_only_the_archive_of_shootings_counts_the_merely_shot_as_injured(profile: Profile) -> None:
    field = "injuries" if profile is SATP else "injured"
    assert toll(profile, field, incident(counts=[SHOT])) is None


def test_a_part_is_taken_off_a_range_at_its_far_end() -> None:
    whole = count("c1", (6, 10), group=FAMILY)
    fighters = count("c2", (1, 3), group=FIGHTERS, part_of="c1")
    assert toll(AIRWARS, "killed", incident(counts=[whole, fighters])) == (3, 9)
    many = count("c2", (8, 12), group=FIGHTERS, part_of="c1")
    assert toll(AIRWARS, "killed", incident(counts=[whole, many])) == (0, 2)


def test_fighters_among_the_dead_are_apart_in_the_assessments() -> None:
    whole = count("c1", 7, group=group("people"))
    fighter = count("c2", 1, part_of="c1", group=group("a fighter", standing=Standing.COMBATANT))
    assert toll(AIRWARS, "killed", incident(counts=[whole, fighter])) == (6, 6)


def test_children_are_counted_as_a_part_and_as_a_whole() -> None:
    children = group("children", demographics=(Demographic.CHILDREN,))
    part = [count("c1", 7), count("c2", 2, part_of="c1", group=children)]
    assert toll(AIRWARS, "children", incident(counts=part)) == (2, 2)
    assert toll(AIRWARS, "children", incident(counts=[count("c1", 3, group=children)])) == (3, 3)
    assert toll(AIRWARS, "women", incident(counts=part)) is None


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [
        count("c1", 2, group=COMBATANT),
        count("c2", 3, speakers=(POLICE,)),
        count("c3", "several"),
        count("c4", 1, part_of="c2", speakers=(POLICE,)),
    ]
    for profile in (ISAF, SATP, GVA, AIRWARS):
        assert killed(profile, *claims) == killed(profile, *reversed(claims))


def test_the_day_is_the_first_that_is_known() -> None:
    vague = incident("i1", when=when(None, date(2011, 1, 5), DatePrecision.ON_OR_BEFORE))
    told = incident("i2", when=when(date(2011, 1, 3)))
    assert first_day(reading_of(ARTICLE, [vague, told]), ISAF) == date(2011, 1, 3)
    assert first_day(reading_of(ARTICLE, [vague]), ISAF) is None


def test_a_place_goes_by_its_own_name_then_what_it_lies_in() -> None:
    found = place("Marjah", within_text=("Helmand Province",), parents=("Helmand", "Afghanistan"))
    names = place_names(found)
    assert names.index("marjah") < names.index("helmand") < names.index("afghanistan")
    there = incident(places=(found,), attack_types=(AttackType.SHOOTING,))
    assert first_places(reading_of(ARTICLE, [incident(places=()), there]), ISAF) == (found,)


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("An ISAF patrol", ("isaf",), True),
        ("Disafforestation", ("isaf",), False),
        ("the Hezb-e Islami", ("hezb e islami",), True),
        (None, ("isaf",), False),
    ],
)
def test_words_are_found_whole(text: str | None, words: Sequence[str], there: bool) -> None:
    assert has_word(text, words) is there


def test_what_the_publisher_says_of_itself_is_its_own_account() -> None:
    leader = count("c1", 1, group=group("a leader"), speakers=(speaker("ISAF", SpeakerType.OTHER),))
    others = count("c2", 2, group=COMBATANT)
    assert killed(ISAF, leader, others) == 3
    officer = leader.model_copy(
        update={"speakers": (speaker("Col. Orr, ISAF director", SpeakerType.OTHER),)}
    )
    assert killed(ISAF, officer, others) == 2


def test_a_vague_figure_beside_a_number_in_one_list_tells_of_others() -> None:
    listed = quote("killed two and several others")
    leaders = count("c1", figure(2, text="two"), group=group("chiefs"), quotes=(listed,))
    several = count("c2", "several", group=COMBATANT, quotes=(listed,))
    assert killed(ISAF, leaders, several) == 5


def test_a_release_that_states_no_time_has_the_day_of_its_publication() -> None:
    dated = Article.of(TEXT, id="a2", published_at=date(2011, 1, 5))
    told = (None, date(2011, 1, 5), DatePrecision.ON_OR_BEFORE)
    silent = incident(when=when(*told, expression=None))
    vague = incident(when=when(*told, expression="lately"))
    assert first_day(reading_of(dated, [silent]), ISAF) == date(2011, 1, 5)
    assert first_day(reading_of(dated, [vague]), ISAF) is None
    assert first_day(reading_of(dated, [silent]), SATP) is None


def test_people_shot_are_injured_but_for_the_dead_whoever_tells_of_them() -> None:
    shot = count("c1", told=4, outcome=Outcome.KILLED_OR_INJURED)
    dead = count("c2", told=1, speakers=(POLICE,))
    one = count("c3", told=1, outcome=Outcome.INJURED)
    assert toll(GVA, "injured", incident(counts=(shot, dead, one))) == (3, 3)


def test_the_dead_are_not_taken_from_others_who_were_shot() -> None:
    others = count("c1", told=2, outcome=Outcome.KILLED_OR_INJURED, group=group("others"))
    assert toll(GVA, "injured", incident(counts=(others, count("c2", told=2)))) == (2, 2)


@pytest.mark.parametrize(("first", "told"), [(4, 4), (2, 3)])
def test_a_large_figure_holds_people_told_one_by_one(first: int, told: int) -> None:
    counts = (
        count("c1", told=first, outcome=Outcome.INJURED),
        count("c2", told=1, outcome=Outcome.INJURED, group=group("a baker")),
    )
    assert toll(GVA, "injured", incident(counts=counts)) == (told, told)
