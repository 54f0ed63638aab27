"""Keys of MUC-4: what a line of a slot says, and which files are no such keys."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from muc4_making import RAW, labels, raw, row, write_file

from eval.corpora.corpus import CorpusError
from eval.corpora.muc4 import MUC4
from eval.corpora.muc4.corpus import keys_of
from eval.corpora.muc4.days import Days, read_days, read_wire_day, write_days
from eval.corpora.muc4.keys import Fill, Slot, Template, key_templates


def key(**changed: list[str]) -> Template:
    return key_templates(labels(raw(**changed)), "line 1")[0]


@pytest.mark.parametrize(
    ("line", "values", "refs", "optional"),
    [
        ('"GUERRILLAS"', ("GUERRILLAS",), (), False),
        ('"GUERRILLAS" / "REBELS"', ("GUERRILLAS", "REBELS"), (), False),
        ('"REBELS"/"GUERRILLAS"', ("REBELS", "GUERRILLAS"), (), False),
        ('? "GUERRILLAS"', ("GUERRILLAS",), (), True),
        ('?"GUERRILLAS" / "REBELS"', ("GUERRILLAS", "REBELS"), (), True),
        ('("GUERRILLAS" / "REBELS")', ("GUERRILLAS", "REBELS"), (), False),
        ('"AND/OR: \\"THE EXTRADITABLES\\""', ('AND/OR: "THE EXTRADITABLES"',), (), False),
        ("GUERRILLAS", ("GUERRILLAS",), (), False),
    ],
    ids=["one", "two", "narrow", "optional", "both", "brackets", "marks in quotes", "bare"],
)
def test_a_line_holds_alternatives_and_may_be_optional(
    line: str, values: tuple[str, ...], refs: tuple[str, ...], optional: bool
) -> None:
    filled = key(INDIVIDUAL_ID=[line]).of(Slot.PERPETRATOR)
    assert filled == (Fill(values=values, refs=refs, optional=optional),)


@pytest.mark.parametrize("line", ["-", "*", "", '"-"'])
def test_a_blank_line_is_no_fill(line: str) -> None:
    assert key(INDIVIDUAL_ID=[line]).of(Slot.PERPETRATOR) == ()


def test_a_status_tells_whose_it_is() -> None:
    told = key(CONFIDENCE=['(POSSIBLE / ACQUITTED): "NORTHERN FRONT" / "NF"'])
    assert told.of(Slot.STATUS) == (
        Fill(values=("POSSIBLE", "ACQUITTED"), refs=("NORTHERN FRONT", "NF")),
    )


def test_a_location_keeps_its_levels_and_splits_only_between_alternatives() -> None:
    told = key(LOCATION=["(PERU: LIMA (CITY)) / (PERU: LIMA (CITY / TOWN): RIMAC (AREA))"])
    (filled,) = told.of(Slot.LOCATION)
    assert filled.values == ("PERU: LIMA (CITY)", "PERU: LIMA (CITY / TOWN): RIMAC (AREA)")


def test_an_effect_that_belongs_to_nobody_is_kept_without_a_victim() -> None:
    told = key(
        DESCRIPTION=["-"], NUMBER=["-"], OF_INCIDENT=['NO INJURY OR DEATH: "-"'], TGT_TYPE=["-"]
    )
    assert told.of(Slot.EFFECT) == (Fill(values=("NO INJURY OR DEATH",)),)
    assert told.of(Slot.VICTIM) == ()


def test_a_named_victim_is_one_with_its_description_and_apart_from_another_so_described() -> None:
    told = key(
        NAME=['"ANA RUIZ"'],
        DESCRIPTION=['"JUDGE" / "MAGISTRATE": "ANA RUIZ"', '"JUDGE"'],
        NUMBER=['1: "ANA RUIZ"', '3: "JUDGE"'],
    )
    assert [fill.values for fill in told.of(Slot.VICTIM)] == [
        ("ANA RUIZ", "JUDGE", "MAGISTRATE"),
        ("JUDGE",),
    ]
    assert [(fill.values, fill.refs) for fill in told.of(Slot.NUMBER)] == [
        (("1",), ("ANA RUIZ", "JUDGE", "MAGISTRATE")),
        (("3",), ("JUDGE",)),
    ]


@pytest.mark.parametrize(
    ("lines", "number", "optional"), [(["2"], "2", False), (["3 (OPTIONAL)"], "3", True)]
)
def test_a_whole_template_may_be_optional(lines: list[str], number: str, optional: bool) -> None:
    told = key(TEMPLATE=lines)
    assert (told.id, told.optional) == (number, optional)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("04 FEB 90", date(1990, 2, 4), date(1990, 2, 4)),
        ("4 SEPT 89", date(1989, 9, 4), date(1989, 9, 4)),
        ("- 04 FEB 90", None, date(1990, 2, 4)),
        ("-04 FEB 90", None, date(1990, 2, 4)),
        ("17 FEB 90 - 18 FEB 90", date(1990, 2, 17), date(1990, 2, 18)),
        ("1 - 2 FEB 90", date(1990, 2, 1), date(1990, 2, 2)),
        ("FEB 90", date(1990, 2, 1), date(1990, 2, 28)),
        ("04 FEB", date(1991, 2, 4), date(1991, 2, 4)),
        ("- 04 FEB", None, date(1991, 2, 4)),
    ],
    ids=["day", "long month", "by", "narrow by", "days", "short days", "month", "no year", "by, n"],
)
def test_days_are_read_in_every_form_that_keys_have(
    text: str, first: date | None, last: date
) -> None:
    days = read_days(text, 1991)
    assert days == Days(first=first, last=last)
    assert days is not None
    assert read_days(write_days(days)) == days


@pytest.mark.parametrize("text", ["31 FEB 90", "NO DATE", "04 ABC 90", "18 FEB 90 - 17 FEB 90", ""])
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert read_days(text, 1990) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("4 FEB 90", date(1990, 2, 4)), ("NO DATE", None), (None, None), ("4 FEB", None)],
)
def test_a_wire_has_a_day_or_none(text: str | None, day: date | None) -> None:
    assert read_wire_day(text) == day


def test_a_file_becomes_documents_whose_keys_have_the_year_of_their_wire(tmp_path: Path) -> None:
    path = write_file(tmp_path / "m.jsonl", row("d1", raw(DATE=["02 FEB"])), row("d2", date=None))
    first, second = MUC4.load(path)
    assert (first.id, first.cluster, first.article.published_at) == ("d1", "d1", date(1990, 2, 4))
    assert keys_of(first)[0].of(Slot.DATE)[0].values == ("02 FEB 90",)
    assert second.article.published_at is None


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([{"id": "x"}], "line 1: text"),
        ([row(), row("d2", text="")], "line 2: text"),
        ([row(labels={"relevant": "yes", "templates": []})], "labels.relevant"),
        ([row(labels={"relevant": True})], "labels.templates"),
        ([row(labels={"relevant": True, "templates": [{}]})], "labels.templates.0.raw_slots"),
        ([row("d", {"INCIDENT: TYPE": ["ATTACK"]})], "'MESSAGE: TEMPLATE'"),
        ([row(), row()], "'d1' stands twice"),
        (["no object"], "line 1"),
    ],
    ids=[
        "no text",
        "empty text",
        "relevance",
        "no templates",
        "no slots",
        "a slot",
        "twice",
        "str",
    ],
)
def test_a_file_of_another_shape_is_refused_with_line_and_field(
    tmp_path: Path, rows: list[Any], named: str
) -> None:
    with pytest.raises(CorpusError, match=named.replace(".", r"\.")):
        MUC4.load(write_file(tmp_path / "m.jsonl", *rows))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="gone"):
        MUC4.load(tmp_path / "gone.jsonl")


def test_derived_tolls_are_never_read() -> None:
    told = labels(RAW)
    told["templates"][0]["derived"] = {"killed": {"min": 99, "max": 99}}
    assert key_templates(told, "line 1") == key_templates(labels(RAW), "line 1")
