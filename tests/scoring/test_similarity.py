"""How alike two incidents are: by words, place, date and type; never by figures or actors."""

from datetime import date, timedelta
from math import exp

import pytest
from grading import article, blame, count, incident, place, quote, when
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.similarity import shared_words, similarities, similarity
from extractor.codes import AttackType, DatePrecision, PlaceLevel, PlaceMethod
from extractor.records import Incident, Place, Quote, When

TEXT = (
    "Shells hit a market in Basra on Wednesday, and a bomb hit a bus in Mosul. Ten people died in"
    " the market, doctors said. The bus burned out on the road, witnesses said."
)
ARTICLE = article(TEXT, title="Ten dead in Basra")
NOWHEN = when(None, precision=DatePrecision.ON_OR_BEFORE, expression=None)
ONE_DAY = timedelta(days=1)


def _words(text: str) -> Quote:
    return quote(text, at=TEXT.index(text))


def _told(
    words: str = "Shells hit a market in Basra",
    *,
    places: tuple[Place, ...] = (),
    at: When = NOWHEN,
    types: tuple[AttackType, ...] = (AttackType.UNKNOWN,),
) -> Incident:
    """An incident of which nothing is known but what is told here."""
    return incident(evidence=(_words(words),), places=places, when=at, attack_types=types)


def _place(name: str, **changed: object) -> Place:
    """A name without a place, unless told otherwise."""
    nowhere = {"level": PlaceLevel.UNKNOWN, "countries": (), "lat": None, "lon": None}
    return place(name, **{**nowhere, "radius_km": None, **changed})


def _field(gold: Incident, predicted: Incident, weight: float) -> float:
    """The likeness of the one field that is told beside some words, fewer of which gold quotes."""
    gold = gold.model_copy(update={"evidence": (_words("Shells hit a market"),)})
    bare = {"places": (), "when": NOWHEN, "attack_types": (AttackType.UNKNOWN,)}
    only_words, theirs = (one.model_copy(update=bare) for one in (gold, predicted))
    words = similarity(only_words, theirs, ARTICLE)
    told = similarity(gold, predicted, ARTICLE)
    assert told is not None
    assert words is not None
    return (told * (0.35 + weight) - words * 0.35) / weight


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(_told(), id="words alone"),
        pytest.param(_told(places=(place(),)), id="place"),
        pytest.param(_told(at=when()), id="date"),
        pytest.param(_told(types=(AttackType.SHELLING,)), id="type"),
        pytest.param(_told(places=(place(), place("Mosul")), at=when()), id="two places, date"),
    ],
)
def test_an_incident_is_wholly_like_itself(told: Incident) -> None:
    assert similarity(told, told, ARTICLE) == pytest.approx(1.0)


def test_figures_and_blames_play_no_part_but_by_their_words() -> None:
    words = (_words("Ten people died in the market"),)
    one = incident(counts=(count("c1", 10, quotes=words),), evidence=words)
    other = incident(counts=(count("c7", 999, quotes=words),), evidence=words)
    accused = incident(blames=(blame(quotes=words),), evidence=words)
    assert similarity(one, other, ARTICLE) == similarity(one, accused, ARTICLE) == 1.0


def test_quotes_of_claims_place_and_date_are_evidence_too() -> None:
    whole = _told("Shells hit a market in Basra on Wednesday")
    parts = incident(
        evidence=(),
        places=(),
        attack_types=(AttackType.UNKNOWN,),
        counts=(count(quotes=(_words("Shells hit a market in Basra "),)),),
        when=NOWHEN.model_copy(update={"quote": _words("on Wednesday")}),
    )
    assert similarity(whole, parts, ARTICLE) == 1.0


def test_two_incidents_of_one_sentence_are_told_apart_by_their_words() -> None:
    market, bus = _told("Shells hit a market in Basra"), _told("a bomb hit a bus in Mosul")
    same, other = similarity(market, market, ARTICLE), similarity(market, bus, ARTICLE)
    assert same == 1.0
    assert other == pytest.approx(0.5)  # the sentence is the same, no letter is


def test_a_whole_sentence_stands_for_the_few_words_of_it_that_gold_quotes() -> None:
    phrase, sentence = _told("died in the market"), _told("Ten people died in the market,")
    other = _told("The bus burned out on the road")
    assert similarity(phrase, sentence, ARTICLE) == pytest.approx(0.9)
    assert similarity(phrase, other, ARTICLE) is None


def test_the_headline_is_a_sentence_of_its_own() -> None:
    title = incident(
        evidence=(quote("Ten dead", title=True),),
        places=(),
        when=NOWHEN,
        attack_types=(AttackType.UNKNOWN,),
    )
    assert similarity(title, title, ARTICLE) == 1.0
    assert similarity(title, _told("Shells hit"), ARTICLE) is None


ALEPPO = _place(
    "Aleppo",
    gazetteer_id="g1",
    countries=("SY",),
    parents=("Aleppo Governorate", "Syria"),
    method=PlaceMethod.NAME,
    lat=36.2,
    lon=37.16,
    level=PlaceLevel.CITY,
)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        pytest.param(ALEPPO, ALEPPO, 1.0, id="same"),
        pytest.param(ALEPPO, _place("Halab", gazetteer_id="g1"), 1.0, id="same id, other name"),
        pytest.param(ALEPPO, _place("ALEPPO"), 1.0, id="same name"),
        pytest.param(ALEPPO, _place("the city of Aleppo"), 1.0, id="same name, said longer"),
        pytest.param(
            _place(
                "Sukkari", method=PlaceMethod.PARENT, gazetteer_id="g1", parents=("Aleppo", "Syria")
            ),
            ALEPPO,
            0.7,
            id="a quarter with its city's id is not its city",
        ),
        pytest.param(_place("Sukkari", within_text=("Aleppo",)), ALEPPO, 0.7, id="told to lie in"),
        pytest.param(ALEPPO, _place("Aleppo Governorate"), 0.8, id="province of its own name"),
        pytest.param(ALEPPO, _place("Syria", level=PlaceLevel.COUNTRY), 0.3, id="its country"),
        pytest.param(
            ALEPPO, _place("Azaz", parents=("Aleppo Governorate", "Syria")), 0.5, id="same province"
        ),
        pytest.param(ALEPPO, _place("Idlib", parents=("Idlib", "Syria")), 0.0, id="same country"),
        pytest.param(ALEPPO, _place("eastern Aleppo"), 0.8, id="a name in the other"),
        pytest.param(
            _place("eastern Aleppo"), _place("western Aleppo"), 0.5, id="the other half of a city"
        ),
        pytest.param(
            ALEPPO, _place("Idlib", lat=36.2, lon=37.16), 1.0, id="same point, nothing else known"
        ),
        pytest.param(ALEPPO, _place("Idlib", lat=35.7506, lon=37.16), exp(-1), id="50 km away"),
    ],
)
def test_places_are_alike_by_id_name_area_and_distance(
    one: Place, other: Place, likeness: float
) -> None:
    found = _field(_told(places=(one,)), _told(places=(other,)), 0.30)
    assert found == pytest.approx(likeness, abs=0.002)
    assert _field(_told(places=(other,)), _told(places=(one,)), 0.30) == pytest.approx(found)


def test_a_place_that_one_side_tells_second_counts_a_little_less() -> None:
    one = _told(places=(_place("Basra"), _place("Mosul")))
    assert _field(one, _told(places=(_place("Mosul"),)), 0.30) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        pytest.param(when(), when(), 1.0, id="same day"),
        pytest.param(
            when(),
            when(date(2016, 11, 1), date(2016, 11, 30), DatePrecision.MONTH),
            1.0,
            id="a day of that month",
        ),
        pytest.param(when(), when(date(2016, 11, 29)), exp(-0.5), id="the day before"),
        pytest.param(when(), when(date(2016, 12, 2)), exp(-1), id="two days later"),
    ],
)
def test_dates_are_alike_by_the_days_between_them(one: When, other: When, likeness: float) -> None:
    assert _field(_told(at=one), _told(at=other), 0.20) == pytest.approx(likeness)


@pytest.mark.parametrize("precision", [DatePrecision.ON_OR_BEFORE, DatePrecision.UNKNOWN])
def test_a_date_that_the_article_does_not_state_is_no_evidence(precision: DatePrecision) -> None:
    stated = _told(at=when())
    unstated = _told(at=when(date(2015, 1, 1), precision=precision))
    assert similarity(stated, unstated, ARTICLE) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        pytest.param("airstrike", "airstrike", 1.0, id="same"),
        pytest.param("airstrike", "shelling", 0.5, id="both from afar"),
        pytest.param("explosive_device", "suicide_attack", 0.5, id="both bombs"),
        pytest.param("airstrike", "abduction", 0.0, id="of two families"),
    ],
)
def test_types_are_alike_by_family(one: str, other: str, likeness: float) -> None:
    mine, theirs = _told(types=(AttackType(one),)), _told(types=(AttackType(other),))
    assert _field(mine, theirs, 0.15) == pytest.approx(likeness)


def test_an_unknown_type_is_no_evidence() -> None:
    assert similarity(_told(types=(AttackType.SHOOTING,)), _told(), ARTICLE) == 1.0


MARKET, ROAD = "Ten people died in the market", "The bus burned out on the road"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"places": (place(),)},
            {"places": (_place("Beirut", countries=("LB",)),)},
            id="countries",
        ),
        pytest.param({"at": when()}, {"at": when(date(2016, 11, 15))}, id="more than two weeks"),
    ],
)
def test_other_countries_and_far_days_part_incidents_unless_the_words_are_the_same(
    one: dict[str, tuple[Place, ...] | When], other: dict[str, tuple[Place, ...] | When]
) -> None:
    fields = {"types": (AttackType.SHELLING,)}
    parted = similarity(_told(MARKET, **one, **fields), _told(ROAD, **other, **fields), ARTICLE)  # pyright: ignore[reportArgumentType] - a table of fields
    same = similarity(_told(MARKET, **one, **fields), _told(MARKET, **other, **fields), ARTICLE)  # pyright: ignore[reportArgumentType] - a table of fields
    assert parted is None
    assert same is not None
    assert 0.5 < same < 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"at": when(date(2016, 11, 16))}, id="two weeks"),
        pytest.param(
            {"at": when(date(2016, 6, 1), date(2016, 6, 30), DatePrecision.MONTH)},
            id="no single day",
        ),
        pytest.param(
            {"at": NOWHEN, "places": (place(countries=("LB",)),)}, id="one name, two countries"
        ),
        pytest.param({"at": NOWHEN, "places": (_place("Beirut"),)}, id="country not known"),
    ],
)
def test_what_may_be_a_mistake_of_reading_parts_nothing(
    other: dict[str, tuple[Place, ...] | When],
) -> None:
    gold = _told(MARKET, at=when(), places=(place(),), types=(AttackType.SHELLING,))
    predicted = _told(ROAD, types=(AttackType.SHELLING,), **other)  # pyright: ignore[reportArgumentType] - a table of fields
    assert similarity(gold, predicted, ARTICLE) is not None


def test_incidents_of_which_nothing_is_known_in_common_cannot_be_one() -> None:
    gold = incident(evidence=(), places=(place(),), when=NOWHEN, attack_types=(AttackType.UNKNOWN,))
    predicted = _told(ROAD, at=when(), types=(AttackType.SHELLING,))
    assert similarity(gold, predicted, ARTICLE) is None
    # One field that both have is not enough without words.
    assert similarity(gold, gold, ARTICLE) is None


WHOLE = quote(TEXT, at=0)


def test_quoting_the_whole_article_finds_no_incident() -> None:
    hollow = incident(
        evidence=(WHOLE,), places=(), when=NOWHEN, attack_types=(AttackType.SHELLING,)
    )
    for words in (MARKET, ROAD, TEXT[: len(TEXT) * 2 // 3]):
        gold = _told(words, places=(place(),), at=when(), types=(AttackType.SHELLING,))
        assert similarity(gold, hollow, ARTICLE) is None


def test_a_short_quote_out_of_a_long_one_is_forgiven() -> None:
    long = _told(TEXT[:105], places=(place(),))
    assert (similarity(long, _told("died in the market"), ARTICLE) or 0) >= 0.5


def test_what_is_right_but_quotes_too_much_is_still_one() -> None:
    fields = {"places": (place(),), "at": when(), "types": (AttackType.SHELLING,)}
    told = similarity(_told(MARKET, **fields), _told(TEXT, **fields), ARTICLE)  # pyright: ignore[reportArgumentType] - a table of fields
    assert 0.65 < (told or 0) < 0.9


STREET = " ".join(f"The {name} street was quiet." for name in ("first", "second", "third", "last"))
LONG = article(f"Ten people died in the market. Doctors said so. {STREET} {STREET}")


def _of_long(letters: int) -> Incident:
    return incident(
        evidence=(quote(LONG.text[:letters], at=0),),
        places=(),
        when=NOWHEN,
        attack_types=(AttackType.UNKNOWN,),
    )


def test_all_of_golds_words_and_a_sentence_beside_them_are_the_same_incident() -> None:
    found = [similarity(_of_long(30), _of_long(letters), LONG) for letters in (30, 47, 89, 105)]
    assert found[0] == 1.0
    assert (found[1] or 0) > 0.75
    assert (found[2] or 0) > 0.6
    assert (found[3] or 0) < (found[2] or 0) - 0.1  # more than three times as much: fading


def test_a_quote_one_sentence_too_long_is_forgiven_a_wrong_place_in_the_same_country() -> None:
    gold, predicted = (
        _of_long(letters).model_copy(
            update={
                "places": (_place(name, countries=("IQ",), lat=lat, lon=44.0),),
                "when": when(),
                "attack_types": (AttackType.SHELLING,),
            }
        )
        for letters, name, lat in ((30, "Basra", 30.5), (75, "Mosul", 36.3))
    )
    assert (similarity(gold, predicted, LONG) or 0) >= 0.5


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"at": when(date(2015, 11, 30))}, id="another year"),
        pytest.param(
            {"places": (_place("Beirut", countries=("LB",)),), "at": when()}, id="another country"
        ),
    ],
)
def test_whoever_quotes_less_may_be_wrong_in_year_or_country(
    wrong: dict[str, tuple[Place, ...] | When],
) -> None:
    types = (AttackType.SHELLING,)
    gold = _told(TEXT[:73], places=(place(),), at=when(), types=types)
    fields = {"places": (place(),), "types": types, **wrong}
    fewer = _told("Shells hit a market in Basra", **fields)  # pyright: ignore[reportArgumentType] - a table of fields
    assert (similarity(gold, fewer, ARTICLE) or 0) >= 0.5
    # More than four times as much is no longer a choice of words.
    assert similarity(_told("Shells hit a market", at=when(), places=(place(),), types=types),
                      _told(TEXT, **fields), ARTICLE) is None  # fmt: skip  # pyright: ignore[reportArgumentType] - a table of fields


def test_nearly_the_same_words_are_one_incident_whatever_else_is_wrong() -> None:
    gold = _told(MARKET, places=(place(),), at=when(), types=(AttackType.SHELLING,))
    wrong = _told(
        MARKET[4:],
        places=(_place("Beirut", countries=("LB",), lat=33.9, lon=35.5),),
        at=when(date(2015, 11, 30)),
        types=(AttackType.ABDUCTION,),
    )
    assert 0.5 < (similarity(gold, wrong, ARTICLE) or 0) < 0.75


def test_shared_words_are_those_of_the_prediction_that_gold_quotes() -> None:
    gold, one_sentence = _told("Shells hit a market"), _told("a bomb hit a bus")
    assert shared_words(gold, _told("Shells hit a market in Basra"), ARTICLE) == pytest.approx(
        19 / 28
    )
    assert shared_words(gold, one_sentence, ARTICLE) == 0.0
    assert shared_words(gold, _told(ROAD), ARTICLE) is None


some_words = st.tuples(st.integers(0, 150), st.integers(1, 40)).map(
    lambda told: quote(TEXT[told[0] : told[0] + told[1]], at=told[0])
)


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    names = draw(st.lists(st.sampled_from(["Basra", "Mosul", "north of Mosul"]), max_size=2))
    days = draw(st.none() | st.integers(0, 25))
    return incident(
        evidence=tuple(draw(st.lists(some_words, min_size=1, max_size=3))),
        places=tuple(_place(name) for name in names),
        when=NOWHEN if days is None else when(date(2016, 11, 1) + days * ONE_DAY),
        attack_types=(draw(st.sampled_from(AttackType)),),
    )


@given(incidents(), incidents())
@settings(max_examples=60, deadline=None)
def test_likeness_is_a_share_and_whole_with_itself(one: Incident, other: Incident) -> None:
    found = similarity(one, other, ARTICLE)
    assert found is None or -1e-9 < found < 1 + 1e-9
    assert similarity(one, one, ARTICLE) == pytest.approx(1.0)
    assert similarities([one], [other], ARTICLE) == ((found,),)
