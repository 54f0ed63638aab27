"""Mapping: what an answer becomes, and what happens to what the article does not prove."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import (
    TEXT,
    make_answer,
    make_article,
    make_blame,
    make_children,
    make_count,
    make_group,
    make_incident,
    make_number,
    make_speaker,
    make_when,
)

from extractor.article import Article
from extractor.codes import ActorType, Qualifier, Scope, SpeakerType
from extractor.mapping import Mapped, map_answer
from extractor.wire import WireActor, WireAnswer

HIT = "Shells hit the market"
NOBODY = WireActor(name_text="the Southern Front", type=ActorType.REBEL_GROUP)


def mapped(article: Article | None = None, **changed: Any) -> Mapped:
    return map_answer(make_answer(**changed), article or make_article())


def codes(found: Mapped) -> list[str]:
    return [flag.code.value for flag in found.flags]


def aside(found: Mapped) -> list[tuple[str, str]]:
    return [(part.where, part.reason.value) for part in found.set_aside]


def test_an_answer_that_the_article_proves_becomes_claims_without_a_flag() -> None:
    found = mapped()
    (incident,) = found.incidents
    assert (found.flags, found.set_aside) == ((), ())
    assert [claim.id for claim in incident.counts] == ["c1", "c2"]
    assert incident.counts[1].part_of == "c1"
    assert incident.blames[0].accused[0].name_text == "the Northern Front"
    assert incident.when.start == date(2016, 11, 30)


def test_ids_run_through_all_incidents_and_the_cumulative_figures() -> None:
    more = make_count("war")
    one, other = make_incident(counts=[make_count()]), make_incident("i9", counts=[more])
    found = map_answer(
        make_answer(one, other, cumulative=[make_count("x", scope=Scope.PERIOD)]), make_article()
    )
    counts = [claim.id for incident in found.incidents for claim in incident.counts]
    assert (counts, found.cumulative[0].id) == (["c1", "c2"], "c3")
    assert [incident.id for incident in found.incidents] == ["i1", "i2"]


@pytest.mark.parametrize(
    ("changed", "flags", "reason"),
    [
        pytest.param({"quotes": []}, ["quote_not_found"], "quote_not_found", id="no quote"),
        pytest.param({"quotes": [" "]}, ["quote_not_found"], "quote_not_found", id="blank"),
        pytest.param(
            {"quotes": ["At least 27 people"]}, ["quote_not_found"], "quote_not_found", id="other"
        ),
        pytest.param(
            {"quotes": [HIT]},
            ["number_not_in_quote"],
            "number_not_in_quote",
            id="figure elsewhere",
        ),
        pytest.param(
            {"number": make_number("27", lower=27)},
            ["number_not_in_quote"],
            "number_not_in_quote",
            id="figure nowhere",
        ),
        pytest.param(
            {"number": make_number(None)},
            ["number_not_in_quote"],
            "number_not_in_quote",
            id="figure without words",
        ),
        pytest.param(
            {"number": make_number("market", lower=5, upper=3), "quotes": [HIT]},
            ["number_unverified"],
            "number_unverified",
            id="unreadable, contradictory",
        ),
        pytest.param(
            {"number": make_number("market", lower=-5), "quotes": [HIT]},
            ["number_unverified"],
            "number_unverified",
            id="unreadable, negative",
        ),
    ],
)
def test_an_unproved_figure_is_set_aside_and_never_a_claim(
    changed: dict[str, Any], flags: list[str], reason: str
) -> None:
    wire = make_count(**changed)
    found = mapped(counts=[wire])
    assert found.incidents[0].counts == ()
    assert (codes(found), aside(found)) == (flags, [("i1/c1", reason)])
    assert found.set_aside[0].part == wire.model_dump(mode="json")


def test_a_claim_keeps_the_quotes_that_stand_in_the_article() -> None:
    found = mapped(counts=[make_count(quotes=["At least 26 people were killed", "Not there"])])
    (claim,) = found.incidents[0].counts
    assert [quote.text for quote in claim.quotes] == ["At least 26 people were killed"]
    assert codes(found) == ["quote_not_found"]


def test_a_quote_of_an_example_is_told_as_a_leak() -> None:
    example = "Nine miners were killed in Vell."
    answer = make_answer(counts=[make_count(quotes=["Nine miners were killed"])])
    found = map_answer(answer, make_article(), examples=[example])
    assert codes(found) == ["example_leak"]
    assert found.incidents[0].counts == ()


@pytest.mark.parametrize(
    ("number", "quote", "flags"),
    [
        pytest.param(
            make_number("26", lower=26, upper=26, qualifier=Qualifier.EXACT),
            "At least 26 people were killed",
            ["figure_completed"],
            id="cut short",
        ),
        pytest.param(
            make_number("26"), "At least 26 people were killed", [], id="own bounds agree"
        ),
        pytest.param(make_number("26"), "26 people were killed", [], id="quote cut short too"),
        pytest.param(
            make_number("26 people", lower=26, upper=26, qualifier=Qualifier.EXACT),
            "26 people were killed",
            ["figure_completed"],
            id="with the people counted",
        ),
    ],
)
def test_a_figure_cut_short_is_taken_whole_with_a_quote_that_holds_it(
    number: Any, quote: str, flags: list[str]
) -> None:
    found = mapped(counts=[make_count(number=number, quotes=[quote])])
    (claim,) = found.incidents[0].counts
    assert (claim.number.text, claim.number.lower, claim.number.upper) == ("At least 26", 26, None)
    assert claim.quotes[0].text == "At least 26 people were killed"
    assert codes(found) == flags


def test_a_vague_figure_cut_short_is_taken_whole() -> None:
    vague = make_number("several", lower=None, qualifier=Qualifier.VAGUE, term="several")
    article = make_article("They said that several dozen people were killed in Basra.")
    count = make_count(number=vague, quotes=["several dozen people were killed"], speakers=[])
    found = mapped(article, counts=[count], blames=[], evidence=[], when=make_when(None))
    assert found.incidents[0].counts[0].number.term == "several dozen"
    assert codes(found) == ["figure_completed"]


def test_the_words_of_a_figure_are_sought_in_its_own_quotes() -> None:
    article = make_article("Between 15-20 fled. In Basra 15\u201320 people were killed.")
    number = make_number("15-20", lower=15, upper=20, qualifier=Qualifier.RANGE)
    count = make_count(number=number, quotes=["15\u201320 people were killed"], speakers=[])
    found = mapped(article, counts=[count], blames=[], evidence=[], when=make_when(None))
    assert found.incidents[0].counts[0].number.text == "15\u201320"


def test_words_no_parser_reads_keep_the_readers_own_bounds_with_a_flag() -> None:
    article = make_article("Убиты двадцать шесть человек в Дариме.")
    own = make_number("двадцать шесть", lower=26, upper=26, qualifier=Qualifier.EXACT)
    count = make_count(number=own, quotes=["Убиты двадцать шесть человек"], speakers=[])
    found = mapped(article, counts=[count], blames=[], evidence=[], places=[], when=make_when(None))
    assert found.incidents[0].counts[0].number.lower == 26
    assert "number_unverified" in codes(found)


@pytest.mark.parametrize(
    ("number", "flags"),
    [
        (make_number(None, lower=None, qualifier=Qualifier.UNKNOWN_NUMBER), []),
        (
            make_number("", lower=3, upper=3, qualifier=Qualifier.EXACT, enumerated=True),
            ["number_unverified"],
        ),
    ],
    ids=["people without a number", "counted from a list"],
)
def test_a_figure_may_lack_words_where_the_article_gives_none(
    number: Any, flags: list[str]
) -> None:
    found = mapped(counts=[make_count(number=number)])
    assert found.incidents[0].counts[0].number.text is None
    assert codes(found) == flags


def test_a_speaker_whom_the_article_does_not_name_is_somebody_unknown() -> None:
    found = mapped(counts=[make_count(speakers=[make_speaker("the BBC", is_party=True)])])
    (speaker,) = found.incidents[0].counts[0].speakers
    assert (speaker.name_text, speaker.type, speaker.is_party) == (None, "unknown", False)
    assert codes(found) == ["quote_not_found"]


def test_a_claim_without_a_speaker_is_the_articles_own() -> None:
    found = mapped(counts=[make_count(speakers=[])])
    assert found.incidents[0].counts[0].speakers[0].type is SpeakerType.ARTICLE_VOICE


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"accused": [NOBODY]}, id="not in the article"),
        pytest.param({"accused": [*make_blame().accused, NOBODY]}, id="one of two is not"),
        pytest.param({"accused": []}, id="nobody accused"),
        pytest.param(
            {"accused": [WireActor(name_text=" ", type=ActorType.POLICE)]}, id="a blank name"
        ),
        pytest.param({"quotes": []}, id="no quote"),
        pytest.param({"quotes": ["The governor cleared the Northern Front"]}, id="other quote"),
    ],
)
def test_an_unproved_blame_is_set_aside_with_a_flag(changed: dict[str, Any]) -> None:
    wire = make_blame(**changed)
    found = mapped(blames=[wire])
    assert found.incidents[0].blames == ()
    assert aside(found) == [("i1/b1", "quote_not_found")]
    assert codes(found) == ["quote_not_found"]
    assert found.set_aside[0].part == wire.model_dump(mode="json")


@pytest.mark.parametrize("field", ["text", "party_text"])
def test_words_for_the_people_counted_stand_in_the_article_or_are_dropped(field: str) -> None:
    group = make_group(**{field: "terrorists"})
    found = mapped(counts=[make_count(group=group)])
    kept = found.incidents[0].counts[0].group
    assert (kept.text if field == "text" else kept.party) is None
    assert codes(found) == ["quote_not_found"]


@settings(deadline=None)  # no clock decides
@given(
    counts=st.lists(
        st.builds(
            make_count,
            st.sampled_from(["c1", "c2", ""]),
            quotes=st.lists(
                st.sampled_from([TEXT[45:75], "seven children", "not there", "people"])
            ),
            number=st.sampled_from([make_number(), make_number("seven"), make_number(None)]),
            part_of=st.sampled_from(["c1", "c2", "c9", None]),
            supersedes=st.sampled_from(["c1", "c2", None]),
        )
    ),
    blames=st.lists(
        st.builds(
            make_blame,
            st.sampled_from(["b1", "b2"]),
            applies_to=st.lists(st.sampled_from(["c1", "c2", "c9", ""])),
            answers=st.sampled_from(["b1", "b2", None]),
            accused=st.sampled_from([[], [NOBODY], make_blame().accused]),
        )
    ),
    summed=st.lists(st.builds(make_children)),
)
def test_nothing_is_lost_and_the_same_answer_gives_the_same_bytes(
    counts: Any, blames: Any, summed: Any
) -> None:
    answer = make_answer(counts=counts, blames=blames, cumulative=summed)
    found = map_answer(answer, make_article(), examples=["Nobody."])
    assert found == map_answer(
        WireAnswer.model_validate_json(answer.model_dump_json()), make_article()
    )
    told = [(i.counts, i.blames) for i in found.incidents] or [((), ())]
    ((own, accusations),) = told
    kept = (*own, *found.cumulative, *accusations)
    parts = [part for part in found.set_aside if part.kind != "incident"]
    assert len(kept) + len(parts) == len(counts) + len(summed) + len(blames)
    assert bool(found.incidents) == bool(own or accusations)
    claimed = {claim.id for claim in kept}
    for claim in (*own, *found.cumulative):
        assert {claim.part_of, claim.supersedes} <= claimed | {None}
    for blame in accusations:
        assert {*blame.applies_to, blame.answers} <= claimed | {None}
    assert bool(found.flags) >= bool(found.set_aside)
    given_parts = [part.model_dump(mode="json") for part in (*counts, *blames, *summed)]
    assert all(part.part in given_parts for part in parts)
