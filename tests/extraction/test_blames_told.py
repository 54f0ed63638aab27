"""Who accuses whom of an incident, and how surely: stories of one event, read to the end."""

import asyncio

import pytest

from extractor.article import Article
from extractor.codes import SpeakerType
from extractor.pipeline import read_article
from extractor.readers import open_reader
from extractor.records import BlameClaim, Reading

BOMB = "A bomb killed four people in Brod on Monday. "
ROCKET = "A rocket killed four people in Brod on Monday. "
SHOT = "Nine farmers were shot dead in Tel Wared on Friday. "

Told = tuple[str, str, str]
"""Who says so, the stance, and who is accused."""


def _told(blame: BlameClaim) -> Told:
    (speaker,) = blame.speakers
    voice = speaker.type is SpeakerType.ARTICLE_VOICE
    name = "the article" if voice else speaker.name_text or "somebody"
    return name, blame.stance.value, " & ".join(one.name_text for one in blame.accused) or "nobody"


def _blames(text: str) -> list[Told]:
    outcome = asyncio.run(read_article(Article.of(text), reader=open_reader()))
    assert isinstance(outcome, Reading)
    return sorted({_told(blame) for one in outcome.incidents for blame in one.blames})


TOLD: list[tuple[str, list[Told]]] = [
    (
        BOMB + "The government blamed the River Front for the attack.",
        [("The government", "accused", "the River Front")],
    ),
    (
        BOMB + "The River Front was blamed for the attack by the army.",
        [("the army", "accused", "The River Front")],
    ),
    (
        BOMB + "Police put the blame on a militia called the Hill Guard.",
        [("Police", "accused", "the Hill Guard")],
    ),
    (BOMB + "Residents blamed it on the army.", [("Residents", "accused", "the army")]),
    (
        BOMB + "The governor, Odo Brod, was quick to blame the rebels.",
        [("The governor, Odo Brod", "accused", "the rebels")],
    ),
    (
        BOMB + "The president held the River Front responsible for the bombing.",
        [("The president", "accused", "the River Front")],
    ),
    (
        BOMB + "Villagers pointed the finger at the Hill Guard.",
        [("Villagers", "accused", "the Hill Guard")],
    ),
    (
        BOMB + "The ministry said responsibility lay with the River Front.",
        [("The ministry", "accused", "the River Front")],
    ),
    (
        BOMB + "He pointed to the Katiba Nur, a jihadist outfit, because of the wires.",
        [("somebody", "accused", "the Katiba Nur")],
    ),
    (
        SHOT + "The mayor said the Hill Guard had carried out the killings.",
        [("The mayor", "accused", "the Hill Guard")],
    ),
    (
        SHOT + "A survivor told Radio Kafue that men of the River Front did the shooting.",
        [("A survivor", "accused", "men of the River Front")],
    ),
    (
        SHOT + "The River Front was behind it, the governor said.",
        [("the governor", "accused", "The River Front")],
    ),
    (
        SHOT + "The rebels did it, a colonel told reporters.",
        [("a colonel", "accused", "The rebels")],
    ),
    (
        SHOT + '"It was the soldiers who did this," said a shopkeeper.',
        [("a shopkeeper", "accused", "the soldiers")],
    ),
    (
        SHOT + "Witnesses identified the attackers as members of the River Front.",
        [("Witnesses", "accused", "members of the River Front")],
    ),
    (
        SHOT + "The headmaster recognised the gunmen as soldiers.",
        [("The headmaster", "accused", "soldiers")],
    ),
    (
        "The army shelled a market in Brod on Monday, killing six people, activists said.",
        [("activists", "accused", "The army")],
    ),
    (
        "Six people were killed by government shelling in Brod, medics said.",
        [("medics", "accused", "government")],
    ),
    (
        "Six people were killed in an attack which the army attributed to the River Front.",
        [("the army", "accused", "the River Front")],
    ),
    (
        "The White Helmets said Russian air strikes killed three nurses in Brod.",
        [("The White Helmets", "accused", "Russian")],
    ),
    (
        SHOT + "Rights groups have accused the police of shooting unarmed men.",
        [("Rights groups", "accused", "the police")],
    ),
    (
        SHOT + "The army accused the Front Haoussa, a jihadist faction, of the killing.",
        [("The army", "accused", "the Front Haoussa")],
    ),
    (
        SHOT + "The governor accused the River Front of being behind the attack.",
        [("The governor", "accused", "the River Front")],
    ),
    (
        SHOT + "The River Front has been accused of the killings.",
        [("somebody", "accused", "The River Front")],
    ),
    (
        BOMB + "The River Front said it had carried out the attack.",
        [("The River Front", "self_claimed", "The River Front")],
    ),
    (
        BOMB + "The River Front claimed the bombing.",
        [("The River Front", "self_claimed", "The River Front")],
    ),
    (
        BOMB + "A spokesman for the River Front said its fighters had planted the bomb.",
        [("A spokesman for the River Front", "self_claimed", "its fighters")],
    ),
    (
        BOMB + "A man who said he spoke for the River Front claimed responsibility.",
        [("A man who said he spoke for the River Front", "self_claimed", "the River Front")],
    ),
    (
        BOMB + "The River Front owned up to the attack.",
        [("The River Front", "self_claimed", "The River Front")],
    ),
    (
        BOMB + "An Islamist group, Jund al-Nahr, claimed the attack on Telegram.",
        [("Jund al-Nahr", "self_claimed", "Jund al-Nahr")],
    ),
    (
        BOMB + "In an e-mail sent to newspapers, the River Front said it was responsible.",
        [("the River Front", "self_claimed", "the River Front")],
    ),
    (
        "The army said it had killed seven rebels near Brod on Monday.",
        [("The army", "self_claimed", "The army")],
    ),
    (
        "Police said officers shot dead two robbers in Brod on Monday.",
        [("Police", "self_claimed", "officers")],
    ),
    (
        "The rebels said they had shot down a helicopter near Brod, killing all five on board.",
        [("The rebels", "self_claimed", "The rebels")],
    ),
    (
        BOMB + "The River Front denied involvement.",
        [("The River Front", "denied", "The River Front")],
    ),
    (BOMB + "The army denied carrying out the attack.", [("The army", "denied", "The army")]),
    (BOMB + "The army denied that it had fired on the town.", [("The army", "denied", "The army")]),
    (
        BOMB + "The River Front said it had nothing to do with the bombing.",
        [("The River Front", "denied", "The River Front")],
    ),
    (
        BOMB + "A River Front spokesman said the group had no hand in the blast.",
        [("A River Front spokesman", "denied", "the group")],
    ),
    (BOMB + "The army rejected the accusation.", [("The army", "denied", "The army")]),
    (
        BOMB + "The River Front insisted that none of its fighters had been in Brod.",
        [("The River Front", "denied", "its fighters")],
    ),
    (
        BOMB + "No one immediately claimed the attack.",
        [("the article", "nobody_claimed", "nobody")],
    ),
    (BOMB + "The attack has not been claimed.", [("the article", "nobody_claimed", "nobody")]),
    (
        BOMB + "So far nobody has owned up to the bombing.",
        [("the article", "nobody_claimed", "nobody")],
    ),
    (BOMB + "Nobody has admitted it.", [("the article", "nobody_claimed", "nobody")]),
    (
        BOMB + "The River Front, which is active there, has made no claim.",
        [("the article", "nobody_claimed", "nobody")],
    ),
    (BOMB + "It is not known who planted the bomb.", [("the article", "said_unknown", "nobody")]),
    (BOMB + "Who planted the bomb is not known.", [("the article", "said_unknown", "nobody")]),
    (BOMB + "Whose bomb it was remains unclear.", [("the article", "said_unknown", "nobody")]),
    (BOMB + "We never learned who did it.", [("the article", "said_unknown", "nobody")]),
    (
        BOMB + "The perpetrators have not been identified.",
        [("the article", "said_unknown", "nobody")],
    ),
    (
        "Suspected River Front fighters killed six farmers near Brod on Monday.",
        [("the article", "suspected", "River Front fighters")],
    ),
    (
        "Six farmers were killed near Brod by suspected rebels.",
        [("the article", "suspected", "rebels")],
    ),
    (
        BOMB + "The River Front is suspected of the attack.",
        [("the article", "suspected", "The River Front")],
    ),
    (BOMB + "Police suspect robbers.", [("Police", "suspected", "robbers")]),
    (
        BOMB + "The army believes the River Front was behind the blast.",
        [("The army", "suspected", "the River Front")],
    ),
    (
        BOMB + "The attack was probably the work of the River Front, a diplomat said.",
        [("a diplomat", "suspected", "the River Front")],
    ),
    (
        BOMB + "An outlawed sect, the Abani wa Nyam, is suspected of the attack.",
        [("the article", "suspected", "the Abani wa Nyam")],
    ),
    (BOMB + "Suspicion fell on the Hill Guard.", [("the article", "suspected", "the Hill Guard")]),
    (
        SHOT + "Ivo Brand, 31, has been charged with murder, police said.",
        [("police", "charged", "Ivo Brand")],
    ),
    (
        SHOT + "Two soldiers have been charged with the killings.",
        [("the article", "charged", "Two soldiers")],
    ),
    (
        SHOT + "Ivo Brand and Odo Lem were found guilty of murder.",
        [("the article", "convicted", "Ivo Brand & Odo Lem")],
    ),
    (SHOT + "A jury acquitted Odo Lem, 29, on every count.", [("A jury", "cleared", "Odo Lem")]),
    (
        SHOT + "Ivo Brand was sentenced to 30 years for the killings.",
        [("the article", "convicted", "Ivo Brand")],
    ),
    (SHOT + "Ivo Brand pleaded not guilty.", [("Ivo Brand", "denied", "Ivo Brand")]),
    (
        "The army shelled a market in Brod on Monday, killing six people.",
        [("the article", "stated_as_fact", "The army")],
    ),
    (
        "Six people were killed by the River Front in Brod on Monday.",
        [("the article", "stated_as_fact", "the River Front")],
    ),
    (
        "The shelling of Brod by the rebels killed six people.",
        [("the article", "stated_as_fact", "the rebels")],
    ),
    (
        "A Russian air strike killed six people in Brod on Monday.",
        [("the article", "stated_as_fact", "Russian")],
    ),
    (
        "Shells fired by the army killed six people in Brod.",
        [("the article", "stated_as_fact", "the army")],
    ),
    (
        "Soldiers fired on a crowd in Brod on Monday, wounding six people.",
        [("the article", "stated_as_fact", "Soldiers")],
    ),
    (
        "The Taliban attacked a post near Brod on Monday and killed six policemen.",
        [("the article", "stated_as_fact", "The Taliban")],
    ),
    (
        "Either the army or the rebels shelled Brod on Monday, killing six.",
        [("the article", "stated_as_fact", "the army & the rebels")],
    ),
    (
        ROCKET + "The rocket came either from the militias or from the army, a doctor said.",
        [("a doctor", "accused", "the militias & the army")],
    ),
    (
        ROCKET + "Kyiv says the Russian army fired the rocket. Moscow denies it.",
        [("Kyiv", "accused", "the Russian army"), ("Moscow", "denied", "Moscow")],
    ),
]


@pytest.mark.parametrize(("text", "blames"), TOLD)
def test_a_story_blames_whom_its_words_blame(text: str, blames: list[Told]) -> None:
    assert _blames(text) == blames


NOBODY = [
    BOMB + "Each side blamed the other.",
    BOMB + "Detectives suspect a feud between two clans.",
    BOMB + "The attack bears the hallmarks of the River Front.",
    SHOT + "His lawyer said his client was innocent.",
    "Six people were killed in Brod on Monday when a shell hit a market.",
    "Gunmen killed six farmers near Brod on Monday.",
    "Unidentified men shot dead a trader in Brod on Monday.",
    "A drone killed six people in Brod on Monday.",
    "Six soldiers and four rebels were killed in clashes near Brod on Monday.",
    "A mob beat a thief to death in Brod on Monday.",
    "Six people were killed in the rebel-held town of Brod on Monday.",
    "Four people were killed by a bomb in Brod. The government is fighting the River Front.",
    "Four people were killed by a bomb near an army base in Brod. The army sealed off the area.",
    "Police arrested two men in Brod after a trader was shot dead on Monday.",
    "A trader was killed in Brod on Monday. Police said the army had been called in.",
    "The River Front vowed to attack Brod. On Monday a bomb killed four there.",
    "Four people were killed by a bomb in Brod, an area held by the River Front.",
    "The army said six people were killed in Brod on Monday.",
    "Police said a soldier was among the six killed in Brod on Monday.",
    "Six people were killed in Brod on Monday, a week after the River Front threatened the town.",
    "The bomb in Brod killed four people. A rebel commander condemned the attack.",
    "The bomb in Brod killed four people. The army said it would hunt down those responsible.",
    BOMB + "The army and the River Front accused each other.",
    BOMB + "Kyiv and Moscow blamed each other for the attack.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_story_that_accuses_nobody_blames_nobody(text: str) -> None:
    assert _blames(text) == []
