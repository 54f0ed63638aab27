"""Words that stand around a name: those that keep the actor, and those that make it another."""

from collections.abc import Sequence

from extractor.resolve.actors.names import Word, word_set

TRAILING = word_set(
    "fighter fighters militant militants force forces insurgent insurgents group groups movement"
    " rebel rebels gunmen gunman militia militias militiamen troop troops soldier soldiers"
    " terrorist terrorists member members jihadist jihadists jihadi jihadis extremist extremists"
    " organization faction guerrilla guerrillas combatant combatants cadre cadres element elements"
    " unit units separatist separatists men operatives bomber bombers suicide attacker attackers"
    " network commandos islamists bandits gangsters mercenaries contractors gang cartel"
    " warplane warplanes jet jets aircraft helicopter helicopters drone drones missile missiles"
    " rocket rockets artillery shelling mortar mortars sniper snipers air strike strikes airstrike"
    " airstrikes raid raids authorities officials government regime administration coalition"
    " alliance terror armed mission peacekeepers paramilitaries paramilitary"
    " cell cells column columns detachment detachments squad squads commando urban"
    " subversives activists"
)
"""Words after a group's name that leave it the group."""

ARTICLES = word_set("el la los las le les")
"""Articles of other languages before a name: "el Clan del Golfo"; "El Salvador" needs its own."""

SUSPECTED = word_set("suspected alleged presumed purported")
"""Words before a name that doubt, and keep the actor."""

DESCRIBING = SUSPECTED | word_set(
    "the a an armed islamist islamic jihadist jihadi militant rebel radical extremist hardline"
    " terrorist terror shiite shia sunni kurdish tuareg outlawed banned proscribed notorious"
    " powerful paramilitary separatist leftist marxist maoist communist insurgent guerrilla"
    " criminal drug mercenary opposition ethnic private group groups militia movement organization"
    " faction network cartel gang militants rebels insurgents fighters guerrillas jihadists"
    " alliance coalition monitor monitoring watchdog charity rights"
    " so called self styled proclaimed leninist clandestine"
)
"""Words before a group's name that describe it: the militant group Hamas."""

MEMBERS = word_set(
    "forces troops soldiers members fighters militants elements units men personnel warplanes jets"
    " gunmen insurgents guerrillas militiamen rebels operatives peacekeepers observers monitors"
    " terrorists subversives extremists column columns cell cells unit detachment detachments"
    " commandos"
)
"""Nouns after which "of" or "from" names the actor: fighters from Hamas."""

SENT = word_set("forces troops soldiers")
"""Nouns after which "from" names a state's own: troops from Chad."""

TURNED = word_set("anti pro non ex former formerly counter retired defected dissident")
"""Words before a name that make it another's, or its enemy's."""

TIED = word_set(
    "backed supported aligned allied linked affiliated funded sponsored trained led inspired"
    " dominated recognized recognised based armed equipped made style friendly leaning claimed"
    " besieged occupied"
)
"""Words after a name and a hyphen: Russian-backed forces are not Russia's."""

HELD = word_set("held controlled run ruled governed administered")
"""Words after a name and a hyphen that speak of what it holds."""

LEFT = word_set(
    "defectors defector deserters deserter veterans veteran opponents enemies rivals foes"
)
"""People who are no part of the actor they are named with."""

DETERMINERS = word_set("the this that these those its their his her our a an")

GENERIC = TRAILING | word_set(
    "internal security popular resistance national guard republican southern northern eastern"
    " western front army special joint task counter terrorism service services border patrol"
    " salvation local defense corps peace brigades brigade companies"
    " transitional council islamic unity of for the liberation movement people peoples guardia"
    " nacional new action revolutionary command self fourth division armored 4th republic junta"
    " burmese freedom war democratic united committee committees coordination party action human"
    " agency white state apparatus authority occupation military"
)
"""Words so common that a name of nothing else needs its country named too."""


def turned_before(words: Sequence[Word], index: int, text: str) -> bool:
    """Whether the words before the word at `index` make it another's: anti-, former."""
    if index == 0:
        return False
    before = words[index - 1]
    gap = text[before.end : words[index].start]
    if before.key in TURNED and (before.key not in ("pro", "counter") or "-" in gap):
        return not any(sign in gap for sign in ".,;:!?")
    if before.key == "the" and index > 1:
        return turned_before([*words[: index - 1], words[index]], index - 1, text)
    parted = before.key in ("of", "from", "to") and index > 1
    return parted and words[index - 2].key in LEFT


def tied_after(words: Sequence[Word], end: int, text: str, *, held: bool) -> bool:
    """Whether the words after a name, up to `end`, make it another's: -backed, defectors."""
    if end >= len(words):
        return False
    after = words[end]
    gap = text[words[end - 1].end : after.start]
    if after.joined and after.key in LEFT:
        return True
    hyphen = "-" in gap or "\u2010" in gap or "\u2011" in gap
    return hyphen and (after.key in TIED or (held and after.key in HELD))
