"""Figures of claims: a number is read where it stands, and against the reader's own bounds."""

import pytest
from making import (
    make_answer,
    make_article,
    make_count,
    make_group,
    make_incident,
    make_number,
    make_when,
)

from extractor.codes import Qualifier
from extractor.mapping import Mapped, map_answer

FILLER = "The ministers met in the capital and spoke of the harvest, of roads and of peace. "
KILLED = "One convoy was hit. "
Own = tuple[int | None, int | None, Qualifier]


def mapped(text: str, words: str, own: Own | None = None, title: str | None = None) -> Mapped:
    """The claim that `words` are the number of people killed, quoted with the whole text."""
    lower, upper, qualifier = own or (None, None, Qualifier.UNKNOWN_NUMBER)
    number = make_number(words, lower=lower, upper=upper, qualifier=qualifier)
    quotes = [title or text.strip()]
    count = make_count(number=number, quotes=quotes, speakers=[], group=make_group(None))
    incident = make_incident(
        counts=[count], blames=[], places=[], evidence=quotes, when=make_when(None)
    )
    return map_answer(make_answer(incident), make_article(text, title=title))


def told(found: Mapped) -> list[tuple[str | None, int | None, int | None]]:
    numbers = [claim.number for incident in found.incidents for claim in incident.counts]
    return [(number.text, number.lower, number.upper) for number in numbers]


def number_flags(found: Mapped) -> list[str]:
    return [
        f"{flag.code.value}: {flag.message}"
        for flag in found.flags
        if flag.code.value.startswith(("number", "figure"))
    ]


NO_HEAD_COUNT = [
    ("The shelling killed a 26-year-old man in Basra.", "26"),
    ("A boy aged 26 was killed.", "26"),
    ("The dead were aged 5, 7 and 9.", "7"),
    ("John Roe, 34, was killed.", "34"),
    ("A man (34) was killed.", "34"),
    ("Some were killed in Basra in 2019.", "2019"),
    ("They died in the 2015 attack.", "2015"),
    ("They were killed in 2011-2012.", "2011-2012"),
    ("Rebels were killed 40 km from Basra.", "40"),
    ("A man was killed on 26 May.", "26"),
    ("A man was killed on May 26, and mourned.", "26"),
    ("A man was killed on 26 May, 2019 in Basra.", "2019"),
    ("Men were killed at 2130 near Basra.", "2130"),
    ("Men were killed at 5 in the morning.", "5"),
    ("Men were killed 26 days ago.", "26"),
    ("A man was killed over $26.", "26"),
    ("Rebels of Brigade 26 were killed.", "26"),
    ("The 46 Battalion was killed.", "46"),
    ("They were killed on Highway 26.", "26"),
    ("It is unknown how many were killed.", "many"),
    ("One in 5 was killed.", "5"),
    ("Murieron 12 mil personas.", "12"),
    ("Some 12 K were killed.", "12"),
    ("In all 12 mln were killed.", "12"),
    ("Погибли 12 тысяч человек.", "12"),
    ("Mataron a un hombre de 26 años.", "26"),
]


@pytest.mark.parametrize("after", ["", FILLER], ids=["at the end", "in the middle"])
@pytest.mark.parametrize(("text", "words"), NO_HEAD_COUNT, ids=[row[0] for row in NO_HEAD_COUNT])
def test_a_number_that_counts_no_people_where_it_stands_is_set_aside(
    text: str, words: str, after: str
) -> None:
    before = FILLER if after else ""
    article = f"{before}{text} {after}".strip()
    found = mapped(article, words, (26, 26, Qualifier.EXACT))
    assert told(found) == []
    (flag,) = number_flags(found)
    assert flag.startswith(f"number_unverified: {words!r} ")
    assert "number_unverified" in [part.reason.value for part in found.set_aside]


def test_a_number_of_a_title_is_read_where_it_stands() -> None:
    title = "Man, 26, killed in Basra"
    assert told(mapped("Mourners met. No one spoke of it.", "26", title=title)) == []


HEAD_COUNTS: list[tuple[str, str, int | None, int | None]] = [
    ("26 killed in Basra", "26", 26, 26),
    ("In Basra they killed 26", "26", 26, 26),
    ("The dead (26) were buried.", "26", 26, 26),
    ("They died in Homs (12), Basra (26) and Vell (3).", "26", 26, 26),
    ("They died in Homs, 12, and in Basra, 26, on Monday.", "26", 26, 26),
    ("killed: 5, 26, 7", "26", 26, 26),
    ("Killed-26, wounded-40.", "26", 26, 26),
    ("Killed 26/wounded 40.", "26", 26, 26),
    ("On 26 May, 26 people were killed.", "26", 26, 26),
    ("A man of 26, of 26 May and 26 km away, was among the 26 dead.", "26", 26, 26),
    ("The quake of war killed 2000.", "2000", 2000, 2000),
    ("At least 2000 killed, at least 5 hurt.", "2000", 2000, None),
    ("The toll rose to 2000.", "2000", 2000, 2000),
    ("The toll of 2000 shocked all.", "2000", 2000, 2000),
    ("It put the toll at 1200.", "1200", 1200, 1200),
    ("The fighting resulted in 2000 deaths.", "2000", 2000, 2000),
    ("A soldier was killed.", "A soldier", 1, 1),
    ("A 26-year-old man was killed.", "A 26-year-old man", 1, 1),
    ("A man, 34, was killed.", "A man, 34", 1, 1),
    ("One of the soldiers was killed.", "One", 1, 1),
    ("They killed one and he was the other one.", "one", 1, 1),
    ("The blast killed the first one.", "one", 1, 1),
    ("It killed both.", "both", 2, 2),
    ("It killed both brothers.", "both brothers", 2, 2),
    ("No one was killed.", "No one", 0, 0),
    ("There were no casualties.", "no casualties", 0, 0),
    ("It killed a man and his two sons.", "a man and his two sons", 3, 3),
    ("It killed two women and a child.", "two women and a child", 3, 3),
    ("It killed two women aged 20 and 30.", "two women aged 20 and 30", 2, 2),
    ("It killed several people.", "several", None, None),
    ("It killed some.", "some", None, None),
    ("It killed most of the 17.", "most of the 17", None, None),
    ("It killed dozens.", "dozens", None, None),
    ("Casualties were told of.", "Casualties", None, None),
    ("It killed 12 day labourers.", "12", 12, 12),
    ("It killed a 12-member family.", "a 12-member family", 12, 12),
    ("It hit a 12-member family.", "12", 12, 12),
    ("It hit a seven-officer patrol.", "seven", 7, 7),
    ("It killed 12 in two strikes.", "12", 12, 12),
    ("It killed 12 people in 2016.", "12 people in 2016", 12, 12),
    ("It killed 2 dozens of people.", "2 dozens", 24, 24),
    ("It killed 26 and hurt 40.", "26", 26, 26),
    ("It killed between 5 and 8.", "between 5 and 8", 5, 8),
]


@pytest.mark.parametrize("around", ["", FILLER], ids=["alone", "in the middle"])
@pytest.mark.parametrize(
    ("text", "words", "lower", "upper"), HEAD_COUNTS, ids=[row[0] for row in HEAD_COUNTS]
)
def test_a_number_of_people_is_taken_wherever_it_stands(
    text: str, words: str, lower: int | None, upper: int | None, around: str
) -> None:
    found = mapped(f"{around}{text} {around}".strip(), words)
    assert [bounds for _, *bounds in told(found)] == [[lower, upper]]
    assert found.set_aside == ()


@pytest.mark.parametrize("shift", range(0, 90, 7))
def test_the_reading_of_a_number_does_not_depend_on_how_far_it_stands_from_the_start(
    shift: int,
) -> None:
    text = (
        f"{('word ' * 40)[: shift + 60]} fell. Ali, 26, and 26 others were killed. {'and so ' * 30}"
    )
    assert told(mapped(text, "26", (26, 26, Qualifier.EXACT))) == [("26", 26, 26)]


CONTRADICTED: list[tuple[str, Own, str]] = [
    ("At least 26", (260, None, Qualifier.AT_LEAST), "26 or more; the reader gave 260 or more"),
    ("At least 26", (260, 260, Qualifier.EXACT), "26 or more; the reader gave 260"),
    ("26", (27, 27, Qualifier.EXACT), "26; the reader gave 27"),
    ("26", (26, 26, Qualifier.APPROXIMATELY), "26; the reader gave about 26"),
    ("nearly 26", (None, 25, Qualifier.FEWER_THAN), "nearly 26; the reader gave fewer than 26"),
    ("Up to 26", (26, 26, Qualifier.EXACT), "26 or fewer; the reader gave 26"),
    ("more than 26", (26, None, Qualifier.MORE_THAN), "more than 26; the reader gave more than 25"),
    ("20 to 25", (25, 25, Qualifier.EXACT), "20 to 25; the reader gave 25"),
    ("No one", (None, None, Qualifier.VAGUE), "nobody; the reader gave a vague number"),
    ("several", (3, 3, Qualifier.EXACT), "a vague number; the reader gave 3"),
]


@pytest.mark.parametrize(
    ("words", "own", "message"), CONTRADICTED, ids=[f"{r[0]}: {r[2]}" for r in CONTRADICTED]
)
def test_bounds_that_contradict_their_words_are_told_and_the_words_are_kept(
    words: str, own: Own, message: str
) -> None:
    found = mapped(f"{KILLED}{words} were killed.", words, own)
    assert number_flags(found) == [f"number_unverified: {words!r} reads as {message}"]
    agreed = found.incidents[0].counts[0].number
    assert told(found) == told(
        mapped(
            f"{KILLED}{words} were killed.", words, (agreed.lower, agreed.upper, agreed.qualifier)
        )
    )


AGREED_OR_NONE: list[tuple[str, Own]] = [
    ("At least 26", (26, None, Qualifier.AT_LEAST)),
    ("20 to 25", (20, 25, Qualifier.RANGE)),
    ("several", (None, None, Qualifier.VAGUE)),
    ("At least 26", (26, 26, Qualifier.AT_LEAST)),
    ("26", (5, 3, Qualifier.RANGE)),
]


@pytest.mark.parametrize(("words", "own"), AGREED_OR_NONE, ids=[str(r) for r in AGREED_OR_NONE])
def test_bounds_that_agree_or_make_no_sense_raise_no_flag(words: str, own: Own) -> None:
    assert number_flags(mapped(f"{KILLED}{words} were killed.", words, own)) == []


FOREIGN = [
    ("Hubo 12 mil muertos.", "12 mil", 12_000),
    ("Es gab 2 Millionen Tote.", "2 Millionen", 2_000_000),
    ("Il y a 3 milliers de morts.", "3 milliers", 3000),
    ("Погибли 12 тысяч человек.", "12 тысяч", 12_000),
]


@pytest.mark.parametrize(("text", "words", "count"), FOREIGN, ids=[row[1] for row in FOREIGN])
def test_foreign_magnitudes_keep_the_readers_own_bounds_with_a_flag(
    text: str, words: str, count: int
) -> None:
    found = mapped(text, words, (count, count, Qualifier.EXACT))
    assert told(found) == [(words, count, count)]
    assert number_flags(found) == [f"number_unverified: cannot read {words!r}"]
