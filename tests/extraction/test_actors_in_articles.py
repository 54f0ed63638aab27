"""Whom "the group" or "the army" of an article stands for, and when that stays open."""

import pytest

from extractor.resolve.actors import (
    ActorMethod,
    ResolvedActor,
    Unresolved,
    load_actors,
    resolve_actor,
)

BORNO = """Gunmen from Boko Haram attacked a village in Borno, witnesses said. The group has \
killed thousands. The militants fled on motorcycles.

The military said it had driven them off. The insurgents often raid Nigeria's northeast."""

SANAA = """The Houthis fired a missile at Riyadh. The Saudi-led coalition answered with air \
strikes on Sanaa. The coalition said nothing more.

Later the rebels said that twelve people had died."""

IDLIB = """Islamic State and the Nusra Front fought near Idlib. The group said nothing.

Syrian government forces shelled the road. The army gave no figure."""

GAZA = """Israeli air strikes killed 14 people in Gaza, medics said. The military did not comment.

Hamas fired rockets at Israel. The movement said it had hit a base. Its fighters hid in tunnels."""

ANKARA = """Turkey said its forces had shelled fighters in northern Syria.

Ankara's air force was not involved, the government said."""


def _resolve(
    name: str, article: str, countries: tuple[str, ...] = ()
) -> ResolvedActor | Unresolved:
    return resolve_actor(name, table=load_actors(), article=article, countries=countries)


def _told(found: ResolvedActor | Unresolved) -> tuple[str, str, str | None] | None:
    if isinstance(found, Unresolved):
        return None
    return found.id, found.method.value, found.via


@pytest.mark.parametrize(
    ("name", "article", "actor_id", "via"),
    [
        ("The group", BORNO, "boko-haram", "Boko Haram"),
        ("The militants", BORNO, "boko-haram", "Boko Haram"),
        ("The insurgents", BORNO, "boko-haram", "Boko Haram"),
        ("The coalition", SANAA, "saudi-led-coalition", "Saudi-led coalition"),
        ("the rebels", SANAA, "houthis", "Houthis"),
        ("The army", IDLIB, "SY.military", "Syrian government forces"),
        ("The military", GAZA, "IL.military", "Israeli air strikes"),
        ("The movement", GAZA, "hamas", "Hamas"),
        ("Its fighters", GAZA, "hamas", "Hamas"),
        ("its forces", ANKARA, "TR.military", "Turkey"),
        (
            "the militia",
            "The militia raided a camp. Officials blamed the Janjaweed.",
            "janjaweed",
            "Janjaweed",
        ),
        (
            "the air force",
            "The Syrian army advanced. Then the air force bombed the town.",
            "SY.military.air_force",
            "Syrian army",
        ),
        (
            "government troops",
            "Officials in Somalia denied it.\n\nLater government troops fired.",
            "SO.military",
            None,
        ),
        (
            "the military",
            "The IDF struck a tower in Beirut. Lebanon was silent. Then the military spoke.",
            "IL.military",
            "IDF",
        ),
        (
            "The armed group",
            "Al-Shabab stormed a hotel in Mogadishu. The armed group has said so.",
            "al-shabaab",
            "Al-Shabab",
        ),
        (
            "the Islamist group",
            "The United States blames al-Shabab, based in Somalia. It said the Islamist group ran.",
            "al-shabaab",
            "al-Shabab",
        ),
        (
            "their forces",
            "M23 entered Goma. A spokesman said their forces took the airport.",
            "m23",
            "M23",
        ),
        (
            "the gang",
            "The Jalisco New Generation Cartel burned trucks. Six of the gang died.",
            "cjng",
            "Jalisco New Generation Cartel",
        ),
    ],
)
def test_a_noun_takes_the_only_actor_that_fits_it(
    name: str, article: str, actor_id: str, via: str | None
) -> None:
    method = "coreference" if via else "country"
    assert _told(_resolve(name, article)) == (actor_id, method, via)


def test_an_earlier_mention_is_taken_before_a_later_one() -> None:
    article = "The Syrian army fled.\n\nThen the army came.\n\nSyrian jets bombed it. Iran saw it."
    assert _told(_resolve("the army", article)) == ("SY.military", "coreference", "Syrian army")


def test_the_antecedents_words_stand_in_the_article() -> None:
    for name, article in (("The group", BORNO), ("The army", IDLIB), ("Its fighters", GAZA)):
        found = _resolve(name, article)
        assert isinstance(found, ResolvedActor)
        assert found.via
        assert found.via in article


@pytest.mark.parametrize(
    ("name", "article", "rivals"),
    [
        ("The group", IDLIB, ("islamic-state", "nusra-front")),
        (
            "the army",
            "The Israeli army and the Lebanese army exchanged fire. Then the army withdrew.",
            ("IL.military", "LB.military"),
        ),
        (
            "The group",
            "Hamas fired rockets.\n\nHezbollah followed.\n\nThe group said so.",
            ("hamas", "hezbollah"),
        ),
        (
            "its forces",
            "Russia told Turkey that its forces had been hit.",
            ("RU.military", "TR.military"),
        ),
        (
            "the government",
            "Talks in Syria and in Jordan failed. It said the government was to blame.",
            ("JO.government", "SY.government"),
        ),
    ],
)
def test_two_rivals_decide_nothing_and_are_both_named(
    name: str, article: str, rivals: tuple[str, ...]
) -> None:
    found = _resolve(name, article)
    assert isinstance(found, Unresolved)
    assert set(found.candidates) == set(rivals)


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("Gunmen", BORNO),
        ("Rebels", "Houthis came. Rebels shot."),
        ("militants", "Boko Haram is here. Then militants came."),
        ("the gunmen", "Boko Haram came; the gunmen fled."),
        ("the attackers", "Boko Haram came; the attackers fled."),
        ("the fighters", "Boko Haram came; the fighters fled."),
        ("the rebels", "Syrian rebels attacked. The Houthis denied it. Then the rebels left."),
        (
            "the militants",
            "Militants stormed in. Boko Haram is active. So the militants",
        ),
        ("the group", "An armed group did it. Al-Shabab is in Mogadishu. Then the group left."),
        ("the rebels", "Islamic State shot two of its men. The day after, the rebels withdrew."),
        ("the group", "The Syrian Observatory for Human Rights counted ten, the group said."),
        ("the terrorists", "Boko Haram came. Then the terrorists fled."),
        ("the group", "The anti-Houthi mayor spoke to the group."),
        ("the group", "The Syrian army shelled the group."),
        ("their forces", "The mayor said their forces did it."),
        ("his forces", "Syria's president praised his forces."),
        ("our army", "Syria's president praised our army."),
        ("the strikes", "Russian jets bombed Aleppo. Later the strikes killed two."),
        ("the troops", "It happened in Mali. The mayor said the troops did it."),
        ("the local police", "It happened in Mali. The mayor blamed the local police."),
        ("a government", "Syria has a government."),
    ],
)
def test_a_noun_that_might_be_nobody_named_stays_open(name: str, article: str) -> None:
    at = article.rindex(name)
    found = resolve_actor(name, table=load_actors(), article=article, at=at)
    assert isinstance(found, Unresolved)


@pytest.mark.parametrize(
    ("name", "article", "countries", "actor_id"),
    [
        ("The military", BORNO, (), None),
        ("The military", BORNO, ("NG",), "NG.military"),
        ("police", "Two people died, police said.", ("KE",), "KE.police"),
        ("police", "Two people died in Kenya, police said.", (), "KE.police"),
        ("police", "Two people died in Nairobi, police said.", (), "KE.police"),
        ("police", "Two Kenyan men died, police said.", (), None),
        ("police", "Two people died, police said. Egypt condemned it.", (), None),
        ("the army", "The army killed five in a village. France condemned it.", (), None),
        ("police", "Two people died, police said.", (), None),
        ("police", "A man of Ohio died in Paris, police said.", (), None),
        ("police", "A man died in New Mexico, police said.", (), "US.police"),
        ("the army", "Syria blamed Israel. It said the army did it.", ("SY", "IL"), None),
        ("the army", "Syria blamed Israel. It said the army did it.", ("SY",), "SY.military"),
        ("the government", "It blamed the government.", ("SY",), "SY.government"),
        ("government forces", "It blamed government forces.", ("SY",), "SY.military"),
        ("security forces", "It blamed security forces.", ("NG",), "NG.security_forces"),
        ("the army", "It blamed the army.", ("PS",), None),
        ("the army", "Lake Chad is shrinking. It blamed the army.", (), None),
    ],
)
def test_a_body_without_antecedent_is_the_countrys_own(
    name: str, article: str, countries: tuple[str, ...], actor_id: str | None
) -> None:
    found = _resolve(name, article, countries)
    assert (found.id if isinstance(found, ResolvedActor) else None) == actor_id
    if isinstance(found, ResolvedActor):
        assert found.method is ActorMethod.COUNTRY
        assert found.via is None


@pytest.mark.parametrize(
    ("name", "article", "countries"),
    [
        (
            "the government",
            "The US government condemned it.\n\nResidents blamed the government.",
            ("SY",),
        ),
        ("the army", "The US military said the army did it.", ("SY",)),
        (
            "the army",
            "The Turkish army was there.\n\nSyrian television said the army shot it down.",
            (),
        ),
    ],
)
def test_a_foreign_antecedent_is_not_taken_for_the_countrys_own(
    name: str, article: str, countries: tuple[str, ...]
) -> None:
    assert isinstance(_resolve(name, article, countries), Unresolved)


def test_lines_of_a_text_without_blank_lines_are_paragraphs() -> None:
    article = "Hamas fired rockets.\nHezbollah shot at a post. The group denied it.\nNobody died."
    assert _told(_resolve("The group", article)) == ("hezbollah", "coreference", "Hezbollah")


def test_the_same_question_has_the_same_answer() -> None:
    assert _resolve("The group", BORNO) == _resolve("The group", BORNO)


def test_capitals_alone_do_not_make_a_word_an_acronym() -> None:
    article = "THE SITE IS OPEN, SAID HE WHO WAS THERE. THE GROUP LEFT."
    assert isinstance(_resolve("THE GROUP", article), Unresolved)


@pytest.mark.parametrize(
    ("name", "article", "country"),
    [
        ("The rebels", "The rebels shelled Marib.\n\nIn Colombia, the ELN met officials.", "YE"),
        ("the militants", "In Nigeria, Boko Haram hid.\n\nIn Kabul the militants fired.", "AF"),
        ("The army", "The Russian army is far away. The army killed five in Aleppo.", "SY"),
    ],
)
def test_an_actor_of_another_country_is_no_antecedent(
    name: str, article: str, country: str
) -> None:
    at = article.rindex(name)
    found = resolve_actor(name, table=load_actors(), article=article, at=at, countries=(country,))
    assert not isinstance(found, ResolvedActor)


PERQUIN = """The FMLN attacked a bridge near Perquin, the army said.

Guerrillas also burned two buses. The guerrillas then left."""


@pytest.mark.parametrize("name", ["Guerrillas", "The guerrillas"])
def test_guerrillas_are_of_the_one_group_that_fights_at_home(name: str) -> None:
    assert _told(_resolve(name, PERQUIN, ("SV",))) == ("fmln", "coreference", "FMLN")


@pytest.mark.parametrize(
    ("article", "country"),
    [
        (PERQUIN, "PE"),
        (PERQUIN.replace("Guerrillas also", "The ELN met it. Guerrillas also"), "CO"),
        ("Guerrillas burned two buses.", "SV"),
    ],
)
def test_guerrillas_without_one_group_at_home_stay_unknown(article: str, country: str) -> None:
    assert isinstance(_resolve("Guerrillas", article, (country,)), Unresolved)


@pytest.mark.parametrize(
    "name",
    [
        "a column of Shining Path members",
        "150 Shining Path members",
        "the Maoist Shining Path (Sendero Luminoso) guerrillas",
        "a Shining Path detachment",
        "the self-styled Shining Path",
        "the Marxist-Leninist Shining Path",
    ],
)
def test_people_of_a_group_are_the_group(name: str) -> None:
    found = _resolve(name, f"In Peru {name} burned a bus.", ("PE",))
    assert isinstance(found, ResolvedActor)
    assert found.id == "shining-path"
