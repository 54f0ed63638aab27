"""Short ways: what is found by an index or in one go is what is found one by one."""

from datetime import date

import pytest

from extractor.article import Article
from extractor.gazetteer import open_gazetteer
from extractor.gazetteer.compiled import compile_table
from extractor.gazetteer.entry import Entry, Listed
from extractor.gazetteer.keys import name_key, name_keys, sound_key, sound_keys
from extractor.gazetteer.sounds import Sounds
from extractor.ground import Searchable, choose_nearest
from extractor.mapping.earlier import told_before
from extractor.normal import normalise
from extractor.numerals.phrasebook import Phrasebook
from extractor.numerals.tokens import tokenize
from extractor.resolve.dates import find_dates, resolve_date
from extractor.resolve.dates.hints import may_tell_a_time
from extractor.resolve.dates.spelling import fold
from extractor.resolve.places import read_surroundings

NAMES = (
    *("Al-Bāb", "The The Hills", "St. Ives", "حلب", "Łódź_Nord", "O'Hara", "???", "Ah", "Jii"),
    *("El Al", "Ahh", "Tal Afar", "Khān Yūnus", "Aa Iih", "Djebel Qadmous", "MT. COOK"),
)


def test_keys_of_many_names_are_the_keys_of_each() -> None:
    assert name_keys(NAMES) == tuple(map(name_key, NAMES))
    assert name_keys(()) == ()
    assert name_keys(("Two\nlines", "One")) == ("two lines", "one")


def test_sounds_of_many_keys_are_the_sounds_of_each() -> None:
    keys = [key for key in map(name_key, NAMES) if key.isascii() and key]
    assert sound_keys(keys) == tuple(map(sound_key, keys))
    assert sound_keys(()) == ()
    assert sound_key("ahh") == "ahh"  # a vowel that is the whole word stays as it is
    assert sound_key("Sallah") == sound_key("Sala") == "sal"


def place(number: int, name: str, country: str) -> Entry:
    from extractor.codes import PlaceLevel

    return Entry(
        id=f"t:{number}",
        name=name,
        level=PlaceLevel.TOWN_OR_VILLAGE,
        countries=(country,),
        lat=1.0,
        lon=number,
        radius_km=1.0,
    )


def test_places_are_found_by_every_sound_of_their_names() -> None:
    listed = [
        Listed(entry=place(1, "Qalaat Toum", "SY"), names=("Qalaat Toum", "Kalat Tum")),
        Listed(entry=place(2, "Kalaat Tum", "SY"), names=("Kalaat Tum",)),
        Listed(entry=place(3, "Kalaat Tum", "TR"), names=("Kalaat Tum",)),
    ]
    sounds = Sounds(compile_table(listed), "SY")
    found = {spelled.entry.id: keys for spelled, keys in sounds.find(sound_key("Qalat Tuum"))}
    assert found == {"t:1": ("qalaat toum", "kalat tum"), "t:2": ("kalaat tum",)}
    assert [*sounds.find("")] == [*sounds.find("kal")] == []


@pytest.mark.parametrize(
    "text",
    [
        "The patrol was fired on that Wednesday.",
        "It began the day before.",
        "They fled on 4 May, he said.",
        "Murieron el jueves.",
        "Shots rang out at dawn, overnight and into Sun.",
        "It fell in 2011.",
        "It was filed 12/3.",
        "Two hours later the week\u2019s truce ended.",
        "في يوم الجمعة",
    ],
)
def test_a_text_with_a_time_is_looked_at(text: str) -> None:
    assert may_tell_a_time(text, fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "Two men were shot as they left the mosque.",
        "They may march on the town, and the sun sat low.",
        "Police counted 12 dead and 30 wounded.",
        "",
    ],
)
def test_a_text_without_a_time_is_passed_over(text: str) -> None:
    assert not may_tell_a_time(text, fold(text))
    assert find_dates(text) == ()


def test_a_rule_is_built_from_its_own_words() -> None:
    published = date(2021, 6, 16)
    for words, day in (("3 days ago", 13), ("Monday", 14), ("10 June 2021", 10)):
        found = resolve_date(words, published)
        assert found is not None
        assert found.start == date(2021, 6, day)


def test_the_longest_phrase_wins_in_a_phrasebook() -> None:
    book = Phrasebook([(("up",), 1), (("up", "to"), 2), (("up", "to", "the"), 3), (("of",), 4)])
    assert book.beginnings == {"up", "of"}

    def meaning(text: str, at: int = 0) -> int | None:
        found = book.longest_at(tokenize(text), at)
        return found[1] if found else None

    assert [meaning(text) for text in ("up to the", "up to a", "up", "to up")] == [3, 2, 1, None]
    assert meaning("to up", 1) == 1
    assert meaning("up", 5) is None


LONG = "The north gate fell. " * 12_000 + "Seven guards of the mill died. The south gate fell too."


def test_a_long_text_is_searched_as_a_short_one() -> None:
    article = Article.of(LONG, title="Seven guards of the mill died")
    searchable = Searchable(article)
    at = LONG.index("Seven")
    found = searchable.find("guards of the mill")
    assert [(one.field, one.start) for one in found] == [("text", at + 6), ("title", 6)]
    assert searchable.find("uards of the mill") == ()  # a quote ends at no half word
    assert searchable.find_only("south gate") == searchable.find("south gate")[0]
    assert searchable.find_only("gate fell") is None
    assert len(searchable.find("gate fell")) == 12_001
    assert searchable.find("mill  died")[0].match == "whitespace"


@pytest.mark.parametrize("anchor", ["Seven guards", "south gate", "The north gate", "too."])
def test_the_nearest_place_is_found_without_looking_at_all(anchor: str) -> None:
    searchable = Searchable(Article.of(LONG[-800:], title="A gate fell"))
    anchors = searchable.find(anchor)[-1:]
    for quote in ("gate fell", "The", "died", "nowhere", "A"):
        assert searchable.find_nearest(quote, anchors) == choose_nearest(
            searchable.find(quote), anchors
        )
        assert searchable.find_nearest(quote, ()) == choose_nearest(searchable.find(quote), ())


@pytest.mark.parametrize(
    ("text", "folded", "ends"),
    [
        ("plain words stay", "plain words stay", 16),
        ("a  b\n\nc", "a b c", 7),
        ("cafe\u0301 \u201cno\u201d", 'caf\u00e9 "no"', 10),
        ("x -- y \u2014 z", "x - y - z", 10),
        ("e\u0301", "\u00e9", 2),
    ],
)
def test_the_normal_form_keeps_the_way_back(text: str, folded: str, ends: int) -> None:
    normal = normalise(text)
    assert normal.text == folded
    assert len(normal.starts) == len(normal.ends) == len(folded)
    assert (normal.starts[0], normal.ends[-1]) == (0, ends)


def test_earlier_times_come_last_first_in_a_short_text_and_a_long_one() -> None:
    told = "It began on Monday. On 4 May 2020 it went on. "
    for filler in ("", "Nothing moved. " * 4_000):
        text = told + filler + "The day after, it ended on Friday."
        at = text.index("The day after")
        short = [*told_before(text, at)]
        assert short == ([] if filler else ["4 May 2020", "Monday"])
    near = "Nothing moved. " * 4_000 + told + "The day after, it ended."
    assert [*told_before(near, near.index("The day"))] == ["4 May 2020", "Monday"]


def test_surroundings_are_read_from_a_real_gazetteer_by_sound_too() -> None:
    gazetteer = open_gazetteer()
    assert read_surroundings("Fighting went on in Syria.", gazetteer).leading == ("SY",)
    assert {one.name for one in gazetteer.sounding("Qandahaar", "AF")} >= {"Kandahār"}


def test_what_writes_runs_is_still_in_the_package() -> None:
    import extractor

    assert callable(extractor.open_run)
    assert extractor.Run is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        extractor.__getattr__("nothing")
