"""Which names mean the same in one article, by what its gold names."""

import pytest
from grading import actor, article, blame, count, gold_article, incident, place, speaker

from eval.names import Names
from extractor.codes import ActorType, PlaceMethod, Side, SpeakerType
from extractor.records import Actor, Party, Place, Speaker

SOHR = "the Syrian Observatory for Human Rights"


def _speakers(*names: str, kind: SpeakerType = SpeakerType.MONITOR_OR_NGO) -> list[Speaker]:
    return [speaker(name, kind) for name in names]


def _names(*names: str, aliases: tuple[tuple[str, ...], ...] = ()) -> Names:
    """The names of an article in whose gold monitors of these names speak."""
    counts = [count(f"c{n}", speakers=(one,)) for n, one in enumerate(_speakers(*names))]
    return Names.of(gold_article(incident(counts=counts), aliases=aliases))


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        pytest.param("The Observatory", "the observatory", id="case"),
        pytest.param("Médecins Sans Frontières", "Medecins sans Frontieres", id="accents"),
        pytest.param("the police", "police", id="article"),
        pytest.param("the army's spokesman", "a spokesman for the army", id="spokesman"),
        pytest.param("President Karim Haddad", "Karim Haddad", id="title"),
        pytest.param("Brig. Gen. Karim Haddad", "General Karim Haddad", id="two titles"),
        pytest.param("Ministry of Defence", "the Defense Ministry", id="ministry of"),
        pytest.param("al-Nusra Front", "the Nusra Front", id="Arabic article"),
        pytest.param(SOHR + " (SOHR)", "SOHR", id="acronym in brackets"),
        pytest.param(SOHR, "SOHR", id="acronym"),
        pytest.param("the United Nations", "U.N.", id="acronym with points"),
        pytest.param(SOHR, "the Observatory", id="its noun"),
        pytest.param("Karim Haddad", "Haddad", id="surname"),
        pytest.param("Red Hand", "Red Hand militants", id="its fighters"),
        pytest.param("suspected Red Hand fighters", "Red Hand", id="suspected"),
        pytest.param("unidentified gunmen", "gunmen", id="unidentified"),
        pytest.param("الْجَيْش السوري", "الجيش السوري", id="Arabic vowel signs"),
        pytest.param("المرصد السوري لحقوق الإنسان", "المرصد", id="Arabic noun"),
        pytest.param("داعش", "تنظيم داعش", id="Arabic organisation"),
        pytest.param("حركة حماس", "حماس", id="Arabic movement"),
        pytest.param("Lord's Resistance Army", "LRA", id="acronym of an army"),
        pytest.param("ex-President Haddad", "Haddad", id="a former president"),
        *(
            pytest.param(one, other, id=f"{one} and {other}")
            for one, other in (
                ("Houthi rebels", "the Houthis"),
                ("Houthi rebels", "Houthi fighters"),
                ("the Houthis", "the Houthi militia"),
                ("M23 rebels", "M23"),
                ("eyewitnesses", "witnesses"),
                ("Gaza's health ministry", "Gaza Ministry of Health"),
                ("Gaza Ministry of Health", "the Ministry of Health in Gaza"),
            )
        ),
        pytest.param("Обсерватория по правам человека", "обсерватория", id="Cyrillic noun"),
    ],
)
def test_names_that_mean_the_same(gold: str, predicted: str) -> None:
    names = _names(gold)
    assert names.same(gold, predicted)
    assert names.same(predicted, gold)


@pytest.mark.parametrize(
    ("known", "gold", "predicted"),
    [
        pytest.param(["the army", "Free Syrian Army"], "Free Syrian Army", "the army", id="army"),
        pytest.param(["Free Syrian Army"], "Free Syrian Army", "the army", id="an army unnamed"),
        pytest.param(["Free Syrian Army"], "Free Syrian Army", "Syrian army", id="Syrian army"),
        pytest.param(["the Russian defence ministry"], "the Russian defence ministry",
                     "the defence ministry", id="whose ministry"),
        pytest.param([SOHR, "the Basra Observatory"], SOHR, "the Observatory", id="two fit"),
        pytest.param(["Karim Haddad", "Nadia Haddad"], "Karim Haddad", "Haddad", id="two Haddads"),
        pytest.param(["Karim Haddad", "Nadia Haddad"], "Karim Haddad", "Nadia Haddad", id="family"),
        pytest.param(["Aleppo Media Centre"], "Aleppo Media Centre", "Aleppo", id="its place"),
        pytest.param(["Aleppo Media Centre"], "Aleppo Media Centre", "the centre", id="a centre"),
        pytest.param(["Karim Haddad"], "Karim Haddad", "Karim", id="first name"),
        pytest.param(["Ali Hassan"], "Ali Hassan", "Hassan Ali", id="names the other way round"),
        pytest.param(["rebel fighters"], "rebel fighters", "rebel", id="fighters of no name"),
        pytest.param(["opposition activists"], "opposition activists", "activists", id="whose"),
        pytest.param(["Syrian Democratic Forces", "Sudan Defence Force"],
                     "Syrian Democratic Forces", "SDF", id="two of one acronym"),
        pytest.param(["governor of Idlib"], "governor of Idlib", "Idlib", id="office of a place"),
        pytest.param(["the police"], "the police", "a hospital", id="nothing in common"),
        *(
            pytest.param([one], one, other, id=f"{one} and {other}")
            for one, other in (
                ("Houthis", "anti-Houthis"),
                ("Hamas", "anti-Hamas"),
                ("Russia", "pro-Russia"),
                ("Seleka", "ex-Seleka"),
                ("Sudan", "South Sudan"),
                ("Guinea", "Equatorial Guinea"),
                ("Hezbollah", "Kataib Hezbollah"),
                ("Israeli soldiers", "IS"),
                ("Syrian army", "SA"),
                ("local rebel fighters", "LRF"),
                ("Congo army", "DR Congo army"),
                ("FARC", "disidencias de las FARC"),
                ("FARC", "dissident FARC"),
                ("Taliban", "Pakistani Taliban"),
                ("Syrian rebels", "Syrian militia"),
                ("armed rebels", "armed militants"),
                ("Hamas", "Hama militia"),
            )
            for one, other in ((one, other), (other, one))
        ),
        pytest.param(["الجيش السوري الحر"], "الجيش السوري الحر", "الجيش", id="Arabic army"),
    ],
)  # fmt: skip
def test_names_that_may_mean_another_body(known: list[str], gold: str, predicted: str) -> None:
    names = _names(*known)
    assert not names.same(gold, predicted)
    assert not names.same(predicted, gold)


LONGER = [
    ("the Taliban", "the Pakistani Taliban"),
    ("al-Qaeda", "al-Qaeda in the Arabian Peninsula"),
    ("the Observatory", "European Observatory"),
]


@pytest.mark.parametrize(("gold", "predicted"), LONGER)
def test_a_longer_name_than_gold_s_is_another_actor_unless_gold_uses_it(
    gold: str, predicted: str
) -> None:
    text = article(f"{predicted} did it, and {gold} said so.")

    def names(*told: str) -> Names:
        """Gold accuses the first and names the others as a side."""
        accused, *sides = map(actor, told)
        parties = tuple(Party(name_text=one.name_text, actor=one, side=Side.A) for one in sides)
        one = incident(blames=[blame(accused=[accused])])
        return Names.of(gold_article(one.model_copy(update={"parties": parties})), text)

    assert not names(gold).same_actor(actor(gold), actor(predicted))
    is_country_s_own = predicted == "the Pakistani Taliban"
    known = names(gold, predicted)
    assert known.same_actor(actor(gold), actor(predicted)) is not is_country_s_own


APART = [
    ("the Taliban", "the Pakistani Taliban"),
    ("al-Qaeda", "al-Qaeda in Iraq"),
    ("FARC", "disidencias de las FARC"),
    ("Congo army", "DR Congo army"),
    ("the Front", "the Red Front"),
]


@pytest.mark.parametrize(("short", "long"), APART)
@pytest.mark.parametrize("where", ["one blame", "two blames", "two incidents"])
def test_two_accused_are_two_bodies_unless_a_labeller_lists_them_as_one(
    short: str, long: str, where: str
) -> None:
    one, other = actor(short), actor(long)
    blames = [blame("b1", [one]), blame("b2", [other])]
    told = {
        "one blame": [incident(blames=[blame(accused=[one, other])])],
        "two blames": [incident(blames=blames)],
        "two incidents": [incident("i1", blames=blames[:1]), incident("i2", blames=blames[1:])],
    }[where]
    names = Names.of(gold_article(*told))
    assert not names.same_actor(one, other)
    assert not names.same_actor(other, one)
    assert names.same_actor(one, one)
    listed = Names.of(gold_article(*told, aliases=((short, long),)))
    assert listed.same_actor(one, other)


def test_two_names_of_a_known_actor_in_gold_are_one_body() -> None:
    blames = [blame("b1", [actor("Islamic State")]), blame("b2", [actor("ISIS")])]
    names = Names.of(gold_article(incident(blames=blames)))
    assert names.same_actor(actor("Islamic State"), actor("ISIS"))
    assert names.same_actor(actor("ISIS"), actor("Daesh"))


def test_plain_variants_are_two_bodies_where_gold_has_two_ids_for_them() -> None:
    one = actor("Houthi rebels", canonical_id="houthis")
    other = actor("the Houthi militia", canonical_id="loyal-houthis")
    blames = [blame("b1", [one]), blame("b2", [other])]
    names = Names.of(gold_article(incident(blames=blames)))
    assert not names.same_actor(one, actor("the Houthi militia"))
    assert not names.same_actor(other, actor("Houthi rebels"))


@pytest.mark.parametrize(
    ("gold", "predicted", "are_same"),
    [
        ("Islamic State", "ISIS", True),
        ("Islamic State", "IS", True),
        ("Islamic State", "Is", False),
        ("Islamic State", "Daesh", True),
        ("ISIL militants", "the Islamic State of Iraq and the Levant", True),
        ("the Houthis", "Ansar Allah", True),
        ("Islamic State", "al-Qaeda", False),
        ("Taliban", "Pakistani Taliban", False),
        ("Islamic State", "Islamic State in Libya", False),
    ],
)
def test_names_of_one_known_actor_are_the_same_unless_both_sides_tell_ids(
    gold: str, predicted: str, are_same: bool
) -> None:
    names = Names.of(gold_article(incident(blames=[blame(accused=[actor(gold)])])))
    assert names.same_actor(actor(gold), actor(predicted)) is are_same
    assert names.same_actor(actor(predicted), actor(gold)) is are_same
    mine, theirs = actor(gold, canonical_id="one"), actor(predicted, canonical_id="other")
    assert names.same_actor(mine, actor(predicted)) is are_same
    assert not names.same_actor(mine, theirs)


def test_a_speaker_may_be_named_as_fully_as_the_article_does() -> None:
    short, full, other = _speakers("the Observatory", SOHR, "European Observatory")
    gold = gold_article(incident(counts=[count(speakers=[short])]))
    told = Names.of(gold, article(f"It was shells, {SOHR} said. The Observatory counts the dead."))
    assert told.same_speaker(short, full)
    assert not told.same_speaker(short, other)
    assert not Names.of(gold).same_speaker(short, full)


def test_a_name_is_the_same_as_itself_even_where_gold_does_not_know_it() -> None:
    assert Names().same("the army", "The Army")
    assert not Names().same("the army", None)
    assert Names().same(None, None)


def test_what_a_labeller_holds_the_same_is_the_same() -> None:
    names = _names("Sana news", "state media", aliases=(("state media", "Sana news", "SANA"),))
    assert names.same("state media", "SANA")
    assert names.same("the Sana News", "state media")


@pytest.mark.parametrize("known", [(SOHR, "the Observatory"), ("the Observatory", SOHR)])
def test_a_name_that_gold_shortens_later_stays_one_body(known: tuple[str, str]) -> None:
    assert _names(*known).same(SOHR, "the Observatory")
    assert _names(*known).same("SOHR", "the Observatory")


def test_a_short_name_of_another_kind_of_speaker_is_another_body() -> None:
    named = incident(
        counts=[
            count("c1", speakers=_speakers(SOHR)),
            count("c2", speakers=_speakers("the Observatory", kind=SpeakerType.OTHER_MEDIA)),
        ]
    )
    assert not Names.of(gold_article(named)).same(SOHR, "the Observatory")


@pytest.mark.parametrize(
    ("gold", "predicted", "are_same"),
    [
        pytest.param([speaker()], [speaker()], True, id="the article's own voice"),
        pytest.param([speaker()], [speaker("the report")], True, id="a voice has no name"),
        pytest.param([speaker()], _speakers("the Observatory"), False, id="voice and monitor"),
        pytest.param(_speakers("A", "B"), _speakers("B", "A"), True, id="joint, other order"),
        pytest.param(_speakers("A", "B"), _speakers("A"), False, id="one of two"),
        pytest.param(_speakers("A"), _speakers("A", "B"), False, id="one too many"),
        pytest.param(
            _speakers("A"), _speakers("A", kind=SpeakerType.ACTIVIST), False, id="another type"
        ),
        pytest.param(_speakers(SOHR), _speakers("the Observatory"), True, id="shortened"),
    ],
)
def test_speakers_compare_as_sets_by_type_and_name(
    gold: list[Speaker], predicted: list[Speaker], are_same: bool
) -> None:
    names = Names.of(gold_article(incident(counts=[count(speakers=gold)])))
    assert names.same_speakers(gold, predicted) is are_same


ARMY = actor("the army", ActorType.STATE_FORCES, canonical_id="SY.military",
             canonical_name="Armed Forces of Syria")  # fmt: skip


@pytest.mark.parametrize(
    ("predicted", "are_same"),
    [
        pytest.param(actor("government forces", canonical_id="SY.military"), True, id="same id"),
        pytest.param(actor("the army", canonical_id="TR.military"), False, id="another id"),
        pytest.param(actor("The Army"), True, id="no id, same name"),
        pytest.param(actor("the Syrian military"), False, id="no id, another name"),
        pytest.param(actor("armed forces of Syria"), True, id="the name in the table"),
        pytest.param(actor("regime forces"), True, id="another name that gold gives this id"),
    ],
)
def test_actors_compare_by_id_and_else_by_name(predicted: Actor, are_same: bool) -> None:
    regime = actor("regime forces", ActorType.STATE_FORCES, canonical_id="SY.military")
    blames = [blame("b1", [ARMY]), blame("b2", [regime])]
    names = Names.of(gold_article(incident(blames=blames)))
    assert names.same_actor(ARMY, predicted) is are_same
    assert names.same_actors([ARMY, regime], [predicted]) is are_same


@pytest.mark.parametrize(
    ("gold", "predicted", "are_same"),
    [
        pytest.param(
            place("Aleppo", gazetteer_id="g1"), place("Halab", gazetteer_id="g1"), True, id="id"
        ),
        pytest.param(
            place("Aleppo", gazetteer_id="g1"),
            place("Aleppo", gazetteer_id="g2"),
            False,
            id="homonym",
        ),
        pytest.param(place("Aleppo", gazetteer_id="g1"), place("Aleppo city"), True, id="name"),
        pytest.param(place("Hamāh"), place("the town of Hamah"), True, id="spelling"),
        pytest.param(place("Hama"), place("Halab"), False, id="another name"),
        pytest.param(place("Aleppo"), place("Halab"), True, id="alias"),
        pytest.param(place("Aleppo"), place("Aleppo province"), False, id="the province"),
        pytest.param(
            place("Aleppo", gazetteer_id="g1", method=PlaceMethod.NAME),
            place("Sukkari", gazetteer_id="g1", method=PlaceMethod.PARENT),
            False,
            id="a quarter known by its city",
        ),
        pytest.param(
            place("the market", gazetteer_id="g1", method=PlaceMethod.PARENT),
            place("the market", gazetteer_id="g2", method=PlaceMethod.PARENT),
            False,
            id="markets of two cities",
        ),
    ],
)
def test_places_compare_by_id_and_else_by_name(
    gold: Place, predicted: Place, are_same: bool
) -> None:
    names = _names(aliases=(("Aleppo", "Halab"),))
    assert names.same_place(gold, predicted) is are_same


def test_the_order_in_which_gold_names_bodies_does_not_matter() -> None:
    known = ["the army", SOHR, "the Observatory", "Red Hand", "Red Hand fighters", "Karim Haddad"]
    orders = [known, known[::-1], known[3:] + known[:3]]
    assert len({_names(*order).aliases for order in orders}) == 1
