"""The ledger as drawn: every part is shown, and nothing in it acts on the terminal."""

import asyncio
import io
from typing import Any

import pytest
from making import (
    ScriptedReader,
    make_answer,
    make_article,
    make_blame,
    make_children,
    make_count,
    make_group,
    make_incident,
    make_number,
    make_party,
    make_place,
    make_reader,
    make_rejected,
    make_source,
    make_speaker,
    make_when,
)
from rich.console import Console

from extractor.codes import (
    Actuality,
    Clarity,
    Hedge,
    InputOutcome,
    Joint,
    PlaceRelation,
    Qualifier,
    Scope,
    SpeakerType,
    Standing,
    Unit,
)
from extractor.ledger import draw, printable
from extractor.numerals import Number
from extractor.pipeline import read_article
from extractor.readers.answer import NoAnswer
from extractor.records import Failure, Reading, Rejected
from extractor.wire import WireAnswer

HOSTILE = "\x1b[31mred\x07 \u202egnol\u2066 \x9b2J [red]x[/red] :skull: \ufeff\u00ad"
JOINED = "\u0645\u06cc\u200c\u0645\u0646 \u05d0\u200f 👩\u200d👧"
MARKED = "e\u0301 三人 \u0642\u064f"


def shown(outcome: Reading | Failure | Rejected) -> str:
    """The tree as plain text, on a console that could colour and obey markup."""
    file = io.StringIO()
    Console(file=file, width=400, force_terminal=False, color_system=None).print(draw(outcome))
    return file.getvalue()


def read(
    answer: WireAnswer | NoAnswer, reader: ScriptedReader | None = None, **article: Any
) -> str:
    asked = reader or make_reader(a1=answer)
    return shown(asyncio.run(read_article(make_article(**article), reader=asked)))


def test_a_reading_is_drawn_with_who_says_so_and_where() -> None:
    drawn = read(make_answer(), title="Market hit")
    for words in (
        "a1   · read · published 2016-12-01 · read by scripted",
        "Market hit",
        "i1  Shells hit a market.",
        "how: shelling",
        "when: “Wednesday” → 2016-11-30 (day)",
        "where: “Basra” (city) → 30.509, 47.780",
        "c1  killed 26 or more people",
        "says: the Basra Monitor (monitor_or_ngo)",
        "“At least 26 people were killed”  text 45-75",
        "c2  killed 7 children, part of c1",
        "b1  blame, accused: the Northern Front",
        "says: The governor (government)",
    ):
        assert words in drawn


def test_everything_out_of_the_ordinary_is_drawn() -> None:
    summed = make_count(scope=Scope.PERIOD, period_text="Wednesday")
    odd = make_count(
        "odd",
        group=make_group("children", standing=Standing.CIVILIAN),
        hedge=Hedge.PRELIMINARY,
        speakers=[
            make_speaker(via_text="the governor", is_party=True),
            make_speaker(None, type=SpeakerType.UNKNOWN),
            make_speaker(None, type=SpeakerType.ARTICLE_VOICE),
        ],
    )
    accused = [
        *make_blame().accused,
        make_blame().accused[0].model_copy(update={"name_text": "the police"}),
    ]
    text = (
        "Shells hit the market in Basra on Wednesday. At least 26 people were killed, seven of"
        " them children, the Basra Monitor said, citing the governor. The governor accused the"
        " Northern Front or the police."
    )
    incident = make_incident(
        actuality=Actuality.DISPUTED,
        clarity=Clarity.AGGREGATED,
        background=True,
        when=make_when(None),
        places=[
            make_place(
                "market",
                relation=PlaceRelation.NEAR,
                within_text=["Basra"],
                controlled_by_text="Northern Front",
            )
        ],
        parties=[make_party()],
        counts=[odd, make_count("lost", quotes=["nowhere"])],
        blames=[
            make_blame(
                accused=accused,
                joint=Joint.EITHER,
                applies_to=["odd"],
                quotes=["The governor accused the Northern Front or the police"],
            )
        ],
    )
    drawn = read(make_answer(incident, cumulative=[summed]), text=text)
    for words in (
        "how: shelling · disputed · aggregated · background",
        "when: not stated → on or before 2016-12-01 (on_or_before)",
        "where: near “market” (street_or_landmark), within Basra, Northern Front",
        "side a: the Northern Front",
        "children [civilian], preliminary",
        "the Basra Monitor (monitor_or_ngo, a party to it), via the governor",
        "somebody not named (unknown)",
        "the article itself",
        "the Northern Front or the police = Police of Iraq (by country) (for c1)",
        "figures that cover more than one incident",
        "c3  killed 26 or more people, period (Wednesday)",
        "set aside, not proved by the article",
        "count at i1/c2: quote_not_found",
        "quote_not_found at i1/c2: not in the article: 'nowhere'",
    ):
        assert words in drawn, drawn


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (("exact", 26, 26, None), "26 "),
        (("at_least", 26, None, None), "26 or more"),
        (("more_than", 27, None, None), "27 or more"),
        (("at_most", None, 12, None), "up to 12"),
        (("fewer_than", None, 11, None), "up to 11"),
        (("approximately", 26, 26, None), "approximately 26"),
        (("nearly", 26, 26, None), "nearly 26"),
        (("range", 5, 8, None), "5 to 8"),
        (("vague", None, None, "dozens"), "“dozens”"),
        (("unknown_number", None, None, None), "an unknown number of"),
        (("none", 0, 0, None), "0 (said to be none)"),
    ],
)
def test_every_kind_of_figure_is_drawn(
    figure: tuple[str, int | None, int | None, str | None], told: str
) -> None:
    qualifier, lower, upper, term = figure
    number = Number(
        text="words",
        lower=lower,
        upper=upper,
        qualifier=Qualifier(qualifier),
        term=term,
        unit=Unit.PERSONS,
    )
    asked = make_reader(a1=make_answer(counts=[make_count()]))
    reading = asyncio.run(read_article(make_article(), reader=asked))
    assert isinstance(reading, Reading)
    (incident,) = reading.incidents
    count = incident.counts[0].model_copy(update={"number": number})
    changed = incident.model_copy(update={"counts": (count,)})
    assert f"c1  killed {told}" in shown(reading.model_copy(update={"incidents": (changed,)}))


def test_parts_are_drawn_below_their_whole_even_where_they_stand_first() -> None:
    answer = make_answer(counts=[make_children("x", part_of="y"), make_count("y")])
    lines = read(answer).splitlines()
    whole = next(n for n, line in enumerate(lines) if "c2  killed" in line)
    part = next(n for n, line in enumerate(lines) if "c1  killed" in line)
    assert whole < part
    assert lines[part].index("c1") > lines[whole].index("c2")


def test_an_article_without_an_incident_says_so() -> None:
    nothing = make_answer().model_copy(update={"incidents": []})
    drawn = read(nothing, make_reader(a1=nothing), published_at=None)
    assert "no publication date" in drawn
    assert "no incident" in drawn


def test_an_incident_without_a_blame_says_so() -> None:
    assert "blame: none stated" in read(make_answer(blames=[]))


def test_a_failure_and_a_rejection_are_drawn_with_their_reasons() -> None:
    refused = NoAnswer(outcome=InputOutcome.REFUSED, reason="the model declined")
    assert "the model declined" in read(refused)
    drawn = shown(make_rejected(7))
    assert "articles.jsonl:7   · rejected_input" in drawn
    assert "it is empty" in drawn
    assert "articles.jsonl   · rejected_input" in shown(make_rejected(source=make_source(None)))


def hostile() -> list[Reading | Failure | Rejected]:
    """Outcomes whose every free text is hostile."""
    text = f"In {HOSTILE} dozens {HOSTILE} died."
    words = f"{HOSTILE} dozens {HOSTILE} died."
    number = make_number("dozens", lower=None, qualifier=Qualifier.VAGUE)
    answer = make_answer(
        summary=HOSTILE,
        when=make_when(HOSTILE),
        places=[make_place(HOSTILE, within_text=[HOSTILE], controlled_by_text=HOSTILE)],
        parties=[make_party(HOSTILE), make_party(HOSTILE + "?")],
        counts=[
            make_count(
                number=number,
                group=make_group(HOSTILE),
                period_text=HOSTILE,
                speakers=[make_speaker(HOSTILE, via_text=HOSTILE)],
                quotes=[words],
            )
        ],
        blames=[
            make_blame(
                accused=[make_blame().accused[0].model_copy(update={"name_text": HOSTILE})],
                quotes=[words],
            )
        ],
        evidence=[],
    )
    article = make_article(text, id=HOSTILE, title=HOSTILE)
    reader = ScriptedReader(answers={HOSTILE: answer}, asked=[], name=HOSTILE)
    reading = asyncio.run(read_article(article, reader=reader, notices=(HOSTILE,)))
    assert isinstance(reading, Reading)
    (incident,) = reading.incidents
    (count,) = incident.counts
    odd = count.number.model_copy(update={"term": HOSTILE})
    stored = incident.model_copy(
        update={
            "id": HOSTILE,
            "counts": (count.model_copy(update={"id": HOSTILE, "number": odd}),),
            "blames": (incident.blames[0].model_copy(update={"id": HOSTILE}),),
        }
    )
    failure = Failure(outcome=InputOutcome.INVALID, article=article, reader=HOSTILE, reason=HOSTILE)
    return [
        reading,
        reading.model_copy(update={"incidents": (stored,), "cumulative": stored.counts}),
        failure,
        make_rejected(reason=HOSTILE, source=make_source(path=HOSTILE)),
    ]


@pytest.mark.parametrize("outcome", hostile(), ids=["reading", "stored", "failure", "rejected"])
def test_nothing_that_is_drawn_acts_on_the_terminal(
    outcome: Reading | Failure | Rejected,
) -> None:
    drawn = shown(outcome)
    for character in HOSTILE:
        if not character.isascii() or not character.isprintable():
            assert character not in drawn
    assert "<U+001B>[31mred<U+0007> <U+202E>gnol<U+2066>" in drawn
    assert "[red]x[/red] :skull:" in drawn


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("two\nlines", "two<U+000A>lines"),
        ("\u2028\u2029", "<U+2028><U+2029>"),
        ("\ud800", "<U+D800>"),
        (JOINED, JOINED),
        (MARKED, MARKED),
    ],
    ids=["line end", "line separators", "half a pair", "joiners", "marks"],
)
def test_what_orders_or_ends_lines_is_made_visible_and_writing_is_kept(
    words: str, told: str
) -> None:
    assert printable(words) == told
