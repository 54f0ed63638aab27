"""Actors of a state by rule: what a noun after a country's name makes of it."""

from collections.abc import Sequence
from enum import StrEnum

from extractor.resolve.actors.names import word_set


class Organ(StrEnum):
    """A part of a state that acts: its id is the state's code and this word."""

    GOVERNMENT = "government"
    MILITARY = "military"
    AIR_FORCE = "military.air_force"
    NAVY = "military.navy"
    POLICE = "police"
    SECURITY_FORCES = "security_forces"
    INTELLIGENCE = "intelligence"
    COAST_GUARD = "coast_guard"

    @property
    def heading(self) -> str:
        """How it is called before "of Syria"."""
        return _TITLES[self]

    @property
    def parent(self) -> "Organ | None":
        """The part of the state that it belongs to."""
        if self is Organ.GOVERNMENT:
            return None
        branch = self in (Organ.AIR_FORCE, Organ.NAVY)
        return Organ.MILITARY if branch else Organ.GOVERNMENT

    @property
    def needs(self) -> str:
        """What a state must have for this organ to be composed: government, military or police."""
        if self in (Organ.MILITARY, Organ.AIR_FORCE, Organ.NAVY):
            return "military"
        return "police" if self is Organ.POLICE else "government"


def organ_of(keys: Sequence[str]) -> Organ | None:
    """The organ that nouns stand for; `None` if one of the words could make it another's.

    "Government forces" are an army; "rebel forces" and "backed forces" are nobody's.
    """
    if not keys:
        return None
    words = frozenset(keys)
    for organ, heads, beside in _ORGANS:
        if not words.isdisjoint(heads) and words <= heads | beside:
            return organ
    return _special(keys, words)


def is_institution(keys: Sequence[str]) -> bool:
    """Whether the nouns name a body (the army), not just people, weapons or acts (the troops)."""
    return not _INSTITUTIONS.isdisjoint(keys)


def is_act(keys: Sequence[str]) -> bool:
    """Whether the nouns name an act, which a country's name before it may only locate."""
    return keys[-1] in _ACTS


_TITLES = {
    Organ.GOVERNMENT: "Government",
    Organ.MILITARY: "Armed Forces",
    Organ.AIR_FORCE: "Air Force",
    Organ.NAVY: "Navy",
    Organ.POLICE: "Police",
    Organ.SECURITY_FORCES: "Security Forces",
    Organ.INTELLIGENCE: "Intelligence Services",
    Organ.COAST_GUARD: "Coast Guard",
}


_ACTS = word_set(
    "strike strikes airstrike airstrikes raid raids airraid airraids shelling bombardment"
    " bombing bombings fire operation operations offensive incursion"
)
_OFFICIALS = word_set("official officials officers")
_GOVERNMENT = word_set("government govt regime authorities junta leadership")
_BESIDE_GOVERNMENT = word_set(
    "interim transitional federal central military ruling caretaker national provisional new"
)
_DEPARTMENTS = word_set("defense interior foreign health information justice war affairs and the")
_PEOPLE = word_set(
    "soldiers soldier troops troop servicemen serviceman commandos marines reservists"
)
_ARMS = word_set(
    "warplanes warplane jets jet planes plane aircraft helicopters helicopter gunships gunship"
    " artillery gunboats gunboat warships warship drones drone tanks tank missiles missile"
    " rockets rocket bombers bomber bombs mortars mortar shells snipers sniper infantry"
    " paratroopers submarine submarines conscripts"
)
_ARMED = word_set("army military forces") | _PEOPLE | _ARMS | _ACTS
_BESIDE_ARMED = word_set(
    "government regime state federal national special ground land naval combat attack fighter"
    " armed air force war occupation occupying invading regular royal elite unmanned cruise"
    " ballistic guided heavy unit units personnel men members command staff general high"
    " defense airborne aerial police official officials"
) | word_set("fighters officers")
_POLICE = word_set("police policemen policeman policewomen gendarmerie gendarmes gendarme")
_BESIDE_POLICE = word_set(
    "federal national riot border traffic paramilitary special officers officer forces force"
    " units unit personnel armed commandos counterterrorism official officials"
)
_GUARDIANS = word_set(
    "forces force services service agents personnel officers official officials troops members"
)
_BESIDE_SECURITY = word_set("security state government internal national regime")
_INTELLIGENCE = word_set("intelligence")
_BESIDE_INTELLIGENCE = word_set(
    "services service agency agencies agents officers officials directorate military air force"
    " general state foreign security"
)
_NAVAL = word_set("navy naval seamen sailors")
_BESIDE_NAVAL = word_set(
    "forces vessels vessel ships ship boats boat royal personnel national units"
)
_COAST = word_set("coast coastguard coastguards")
_BESIDE_COAST = word_set("guard guards vessels vessel ships ship boats boat national")

_ORGANS = (
    (Organ.GOVERNMENT, _GOVERNMENT, _BESIDE_GOVERNMENT),
    (Organ.POLICE, _POLICE, _BESIDE_POLICE),
    (Organ.NAVY, _NAVAL, _BESIDE_NAVAL),
    (Organ.COAST_GUARD, _COAST, _BESIDE_COAST),
)
_INSTITUTIONS = (
    _GOVERNMENT
    | _POLICE
    | _NAVAL
    | _COAST
    | _INTELLIGENCE
    | word_set("security army military armed force guards guard state ministry")
)


def _special(keys: Sequence[str], words: frozenset[str]) -> Organ | None:
    """Nouns whose meaning hangs on more than one word."""
    if _ministry(keys):
        return Organ.GOVERNMENT
    if words in _BORDER_GUARDS:
        return Organ.POLICE
    if "security" in words and words & _GUARDIANS and words <= _GUARDIANS | _BESIDE_SECURITY:
        return Organ.SECURITY_FORCES
    if "intelligence" in words and words <= _INTELLIGENCE | _BESIDE_INTELLIGENCE:
        return Organ.INTELLIGENCE
    if words <= _OFFICIALS | {"government", "state", "health", "senior"} and "government" in words:
        return Organ.GOVERNMENT
    if "airforce" in words or ("air" in words and "force" in words):
        rest = words - {"airforce", "air", "force"}
        return Organ.AIR_FORCE if rest <= _ARMED | _BESIDE_ARMED | {"airforce"} else None
    if "police" in words and "military" not in words:
        return None
    heads = words & _ARMED or words & {"command", "staff"} or _defense_force(words)
    return Organ.MILITARY if heads and words <= _ARMED | _BESIDE_ARMED else None


_BORDER_GUARDS = (
    frozenset({"border", "guards"}),
    frozenset({"border", "guard"}),
    frozenset({"border", "patrol"}),
)


def _ministry(keys: Sequence[str]) -> bool:
    if "ministry" not in keys:
        return False
    rest = [key for key in keys if key not in ("ministry", "of")]
    return bool(rest) and _DEPARTMENTS.issuperset(rest) and rest[-1] not in ("and", "the")


def _defense_force(words: frozenset[str]) -> bool:
    return {"defense", "force"} <= words
