"""Which actor a name stands for, and which names stand for nobody."""

from datetime import date

import pytest

from extractor.resolve.actors import (
    ActorMethod,
    ResolvedActor,
    Unresolved,
    load_actors,
    resolve_actor,
)


def _resolve(
    name: str, countries: tuple[str, ...] = (), published: date | None = None, article: str = ""
) -> ResolvedActor | Unresolved:
    """A mention in an article that says nothing else, or in one that is given."""
    text = article or f"It was {name}."
    return resolve_actor(
        name, table=load_actors(), article=text, countries=countries, published=published
    )


def _id(found: ResolvedActor | Unresolved) -> str | None:
    return found.id if isinstance(found, ResolvedActor) else None


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Syria", "SY.government"),
        ("Damascus", "SY.government"),
        ("Kiev", "UA.government"),
        ("Kyiv", "UA.government"),
        ("Türkiye", "TR.government"),
        ("DRC", "CD.government"),
        ("Ivory Coast", "CI.government"),
        ("Côte d'Ivoire", "CI.government"),
        ("Burma", "MM.government"),
        ("US", "US.government"),
        ("U.S.", "US.government"),
        ("UAE", "AE.government"),
        ("the Syrian government", "SY.government"),
        ("Government of Syria", "SY.government"),
        ("the Myanmar junta", "MM.government"),
        ("Myanmar's military junta", "MM.government"),
        ("Iran's transitional government", "IR.government"),
        ("Russian Defence Ministry", "RU.government"),
        ("Ukraine's Ministry of Defense", "UA.government"),
        ("Syrian army", "SY.military"),
        ("the Syrian Army", "SY.military"),
        ("Syrian government forces", "SY.military"),
        ("Syrian regime warplanes", "SY.military"),
        ("Assad regime forces", "SY.military"),
        ("forces of the Syrian regime", "SY.military"),
        ("Syria's military", "SY.military"),
        ("Russian jets", "RU.military"),
        ("an Israeli air strike", "IL.military"),
        ("Israeli artillery", "IL.military"),
        ("Israeli occupation forces", "IL.military"),
        ("Turkish drones", "TR.military"),
        ("US air strike", "US.military"),
        ("U.S.-led strikes by Russian helicopters", None),
        ("U.S. forces", "US.military"),
        ("armed forces of Ukraine", "UA.military"),
        ("Ukraine\u2019s armed forces", "UA.military"),
        ("troops from Chad", "TD.military"),
        ("Chadian soldiers", "TD.military"),
        ("soldiers of the Rwandan army", "RW.military"),
        ("alleged Rwandan soldiers", "RW.military"),
        ("a suspected Israeli air strike", "IL.military"),
        ("Nigerian troops", "NG.military"),
        ("Nigerien troops", "NE.military"),
        ("South Sudanese army", "SS.military"),
        ("Sudanese army", "SD.military"),
        ("Guinea-Bissau army", "GW.military"),
        ("Syrian air force", "SY.military.air_force"),
        ("Russian Air Force jets", "RU.military.air_force"),
        ("Sri Lankan navy", "LK.military.navy"),
        ("Kenyan police", "KE.police"),
        ("Turkish gendarmerie", "TR.police"),
        ("Iranian border guards", "IR.police"),
        ("Indian riot police", "IN.police"),
        ("Iranian security forces", "IR.security_forces"),
        ("Syrian Air Force Intelligence", "SY.intelligence"),
        ("Saudi-backed Yemeni government", "YE.government"),
        ("the UN-backed Libyan government", "LY.government"),
    ],
    ids=str,
)
def test_a_state_and_a_noun_make_an_actor_of_that_state(name: str, actor_id: str | None) -> None:
    assert _id(_resolve(name)) == actor_id


@pytest.mark.parametrize(
    "name",
    [
        "Russian-backed forces",
        "pro-Russian separatists",
        "anti-government forces",
        "pro-government forces",
        "non-state actors",
        "former Afghan soldiers",
        "ex-Afghan soldiers",
        "Syrian rebels",
        "Syrian opposition forces",
        "Syrian activists",
        "rebel Syrian soldiers",
        "Syrian army defectors",
        "Ukrainian separatist forces",
        "Syrian Kurdish forces",
        "forces loyal to Assad",
        "pro-Assad forces",
        "forces opposed to the Syrian army",
        "Turkish-backed fighters",
        "Syrian government-backed militia",
        "Syrian and Russian warplanes",
        "Iraqi army and police",
        "US-Kurdish raid",
        "Kabul police",
        "Syria airstrikes",
        "Palestinian forces",
        "the Americans",
        "Israeli",
        "us",
        "suicide bombers from Russia",
        "the Syrian Observatory's rivals in the Syrian army's former ranks",
    ],
)
def test_what_only_sounds_like_a_state_is_not_one(name: str) -> None:
    assert _id(_resolve(name)) is None


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Boko Haram", "boko-haram"),
        ("boko-haram", "boko-haram"),
        ("BOKO HARAM", "boko-haram"),
        ("suspected Boko Haram militants", "boko-haram"),
        ("members of Boko Haram", "boko-haram"),
        ("Boko Haram's fighters", "boko-haram"),
        ("the Houthis", "houthis"),
        ("Houthi rebels", "houthis"),
        ("the Iran-aligned Houthi movement", "houthis"),
        ("anti-government Houthi rebels", "houthis"),
        ("Houthi drones", "houthis"),
        ("Yemen's Houthis", "houthis"),
        ("Hezbollah", "hezbollah"),
        ("Hizbullah", "hezbollah"),
        ("the Lebanese militant group Hezbollah", "hezbollah"),
        ("the Nusra Front", "nusra-front"),
        ("Jabhat al-Nusra", "nusra-front"),
        ("Jabhat Nusra", "nusra-front"),
        ("al-Qaeda-linked al-Nusra Front", "nusra-front"),
        ("Jaish al-Islam", "jaysh-al-islam"),
        ("Hayat Tahrir al-Sham (HTS)", "hts"),
        ("Syrian Democratic Forces (SDF)", "syrian-democratic-forces"),
        ("Syria's SDF", "syrian-democratic-forces"),
        ("Sudan's paramilitary RSF", "rapid-support-forces"),
        ("the paramilitary Rapid Support Forces (RSF)", "rapid-support-forces"),
        ("IDF", "IL.military"),
        ("the IDF\u2019s soldiers", "IL.military"),
        ("Tatmadaw troops", "MM.military"),
        ("FARDC", "CD.military"),
        ("SAA", "SY.military"),
        ("Revolutionary Guards", "irgc"),
        ("Islamic State", "islamic-state"),
        ("Isis", "islamic-state"),
        ("I.S.", "islamic-state"),
        ("Da\u2019esh", "islamic-state"),
        ("Islamic State of Iraq and the Levant", "islamic-state"),
        ("ISIS-K", "islamic-state-khorasan"),
        ("the Afghan Taliban", "taliban"),
        ("the Pakistani Taliban", "ttp"),
        ("M23 rebels", "m23"),
        ("Rwanda-backed M23", "m23"),
        ("Lord's Resistance Army", "lra"),
        ("Lord\u2019s Resistance Army rebels", "lra"),
        ("anti-balaka", "anti-balaka"),
        ("ex-Séléka", "seleka"),
        ("Wagner mercenaries", "wagner-group"),
        ("FARC dissidents", "farc-dissidents"),
        ("Clan del Golfo", "clan-del-golfo"),
        ("Los Urabenos", "clan-del-golfo"),
        ("Jalisco New Generation Cartel gunmen", "cjng"),
        ("Mara Salvatrucha", "ms-13"),
        ("CPI (Maoist)", "cpi-maoist"),
        ("Naxalites", "cpi-maoist"),
        ("Hizb-ul-Mujahideen", "hizbul-mujahideen"),
        ("LeT", "lashkar-e-taiba"),
        ("New IRA", "ira-new"),
        ("the Saudi-led coalition", "saudi-led-coalition"),
        ("Operation Inherent Resolve", "us-led-coalition"),
        ("MONUSCO", "monusco"),
        ("UN peacekeepers", "un-peacekeepers"),
        ("the Britain-based Syrian Observatory for Human Rights", "sohr"),
        ("Doctors Without Borders", "msf"),
        ("B\u2019Tselem", "btselem"),
        ("the Hamas-run health ministry", "gaza-health-ministry"),
        ("حماس", "hamas"),
        ("ЧВК Вагнер", "wagner-group"),
        ("Збройні сили України", "UA.military"),
        ("Ejército de Liberación Nacional", "eln-colombia"),
        ("Etat islamique", "islamic-state"),
    ],
    ids=str,
)
def test_a_name_of_the_table_is_found_however_it_is_written(name: str, actor_id: str) -> None:
    assert _id(_resolve(name)) == actor_id


@pytest.mark.parametrize(
    "name",
    [
        "is",
        "Is",
        "let",
        "Let",
        "pdf",
        "who",
        "Boko Harm",
        "former Hamas fighters",
        "ex-FARC rebels",
        "anti-Houthi forces",
        "anti-Free Syrian Army",
        "Hamas-affiliated gunmen",
        "al-Qaeda-linked militants",
        "a Hezbollah commander",
        "a spokesman for Hamas",
        "Hamas and Islamic Jihad",
        "Turkish PKK and YPG",
        "British ISIS fighters",
        "Hafiz Gul Bahadur",
        "al-Haq's rivals",
        "Haq",
        "Badr",
        "rebels",
        "gunmen",
        "militants",
        "unknown men",
        "fighters",
        "the gunmen",
        "the attackers",
        "a group",
        "his forces",
        "",
        "...",
        "the",
    ],
)
def test_what_is_no_name_of_the_table_stays_unknown(name: str) -> None:
    assert isinstance(_resolve(name), Unresolved)


@pytest.mark.parametrize(
    ("name", "countries", "actor_id"),
    [
        ("SDF", ("SY",), "syrian-democratic-forces"),
        ("SDF", ("LY",), "rada-special-deterrence"),
        ("SDF", (), None),
        ("RSF", ("SD",), "rapid-support-forces"),
        ("RSF", ("BR",), None),
        ("PDF", ("MM",), "peoples-defence-force"),
        ("PDF", ("SD",), "sudan-popular-defence-forces"),
        ("ADF", ("CD",), "adf-uganda"),
        ("ADF", ("CM",), "ambazonia-defence-forces"),
        ("UPC", ("CF",), "upc-car"),
        ("UPC", ("CD",), "upc-ituri"),
        ("SNA", ("SY",), "syrian-national-army"),
        ("SNA", ("SO",), "SO.military"),
        ("VDP", ("BF",), "burkina-vdp"),
        ("VDP", ("CD",), "wazalendo"),
        ("PLA", ("CN",), "CN.military"),
        ("Ansar al-Sharia", ("YE",), "aqap"),
        ("Ansar al-Sharia", ("TN",), "ansar-al-sharia-tunisia"),
        ("al-Shabab", ("KE",), "al-shabaab"),
        ("al-Shabab", ("MZ",), "islamic-state-mozambique"),
        ("Taliban", ("AF",), "taliban"),
        ("Taliban", ("PK",), "ttp"),
        ("Maoists", ("NP",), "nepal-maoists"),
        ("Islamic State", ("SY",), "islamic-state"),
        ("Islamic State", ("NG",), "islamic-state-west-africa"),
        ("Islamic State", ("NE",), "islamic-state"),
        ("Islamic State", ("FR",), "islamic-state"),
        ("Shan State Army", ("MM",), None),
        ("Palestinian Health Ministry", ("PS",), None),
        ("AFP", ("PH",), "PH.military"),
        ("AFP", ("SY",), None),
        ("Congolese army", ("CD",), "CD.military"),
        ("Congolese army", ("CG",), "CG.military"),
        ("Congolese army", (), None),
        ("Dominican police", ("DO",), "DO.police"),
        ("YPG", ("DE",), None),
        ("National Guard", ("US",), None),
        ("National Guard", ("MX",), "mexico-national-guard"),
        ("junta troops", ("ML",), None),
    ],
)
def test_the_country_of_the_event_decides_among_actors_of_one_name(
    name: str, countries: tuple[str, ...], actor_id: str | None
) -> None:
    assert _id(_resolve(name, countries)) == actor_id


@pytest.mark.parametrize(
    ("name", "article", "actor_id"),
    [
        ("SDF", "The Syrian Democratic Forces advanced. The SDF took Raqqa.", "syrian-dem"),
        ("SDF", "The SDF took Raqqa, in northern Syria.", "syrian-democratic"),
        ("Congolese army", "M23 took Goma, DR Congo. The Congolese army fled.", "CD.military"),
        (
            "Islamic State",
            "Islamic State bombed a mosque in Maiduguri, Nigeria.",
            "islamic-state-w",
        ),
        ("Islamic State", "Islamic State men from Libya bombed Paris, France.", "islamic-state"),
        ("al-Shabab", "Police in Mogadishu blamed al-Shabab.", "al-shabaab"),
        ("RSF", "Sudan is at war. The RSF shelled a camp.", "rapid-support-forces"),
    ],
)
def test_the_article_decides_where_the_event_has_no_country(
    name: str, article: str, actor_id: str
) -> None:
    assert (_id(_resolve(name, article=article)) or "").startswith(actor_id)


@pytest.mark.parametrize(
    ("year", "actor_id"),
    [(2007, "mnf-iraq"), (2017, "us-led-coalition"), (2012, None), (None, None)],
)
def test_years_decide_among_actors_of_one_name_only(year: int | None, actor_id: str | None) -> None:
    published = date(year, 6, 1) if year else None
    assert _id(_resolve("US-led coalition", ("IQ",), published)) == actor_id
    assert _id(_resolve("Tamil Tigers", ("LK",), published)) == "ltte"


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("Houthi", "They live in Houthi-held Sanaa."),
        ("Turkey", "Turkey-backed rebels took the town."),
        ("Russian forces", "Non-Russian forces entered."),
        ("government forces", "In Syria anti-government forces attacked."),
        ("Afghan soldiers", "It was former Afghan soldiers."),
        ("Syrian army", "He leads defectors from the Syrian army."),
        ("Syrian army", "Syrian army deserters did it."),
    ],
)
def test_words_beside_a_mention_can_make_it_anothers(name: str, article: str) -> None:
    found = _resolve(name, article=article)
    assert isinstance(found, Unresolved)
    assert "beside" in found.reason


def test_the_offset_tells_which_mention_is_meant() -> None:
    article = "Anti-Houthi forces fled. Then Houthi forces came."
    table = load_actors()
    first, second = article.index("Houthi"), article.rindex("Houthi")
    words = "Houthi forces"
    assert isinstance(resolve_actor(words, table=table, article=article, at=first), Unresolved)
    assert _id(resolve_actor(words, table=table, article=article, at=second)) == "houthis"
    assert _id(resolve_actor(words, table=table, article=article)) == "houthis"


def test_a_composed_actor_carries_its_state_and_its_parents() -> None:
    assert _resolve("Syrian army") == ResolvedActor(
        id="SY.military",
        name="Armed Forces of Syria",
        type="state_forces",
        country="SY",
        parent="SY.government",
        method=ActorMethod.COMPOSED,
    )
    branch = _resolve("Chadian air force")
    assert isinstance(branch, ResolvedActor)
    assert (branch.name, branch.parent) == ("Air Force of Chad", "TD.military")


def test_forces_away_from_their_country_are_foreign_forces() -> None:
    for name in ("IDF", "Israeli army", "Israel"):
        abroad, at_home = _resolve(name, ("LB",)), _resolve(name, ("IL", "LB"))
        assert isinstance(abroad, ResolvedActor)
        assert isinstance(at_home, ResolvedActor)
        assert (abroad.type, at_home.type) == ("foreign_state_forces", "state_forces")


def test_two_names_of_one_mention_must_agree() -> None:
    told = _resolve("Hamas (PKK)")
    assert isinstance(told, Unresolved)
    assert told.candidates == ("hamas", "pkk")


def test_near_spellings_are_shown_and_never_taken() -> None:
    told = _resolve("Boko Haramm")
    assert isinstance(told, Unresolved)
    assert told.candidates == ("boko-haram",)


def test_the_reason_names_those_that_share_a_name() -> None:
    told = _resolve("SDF")
    assert isinstance(told, Unresolved)
    assert "Syrian Democratic Forces" in told.reason
    assert "no country decides" in told.reason
    assert "syrian-democratic-forces" in told.candidates
