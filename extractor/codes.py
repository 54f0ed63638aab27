"""The fixed words of a record: one enumeration each, every word with its definition.

The docstring of a word is the definition that the model, the labeller and the reader of a report
all see: it goes into the JSON Schema and the prompt, so changing one changes the prompt.
"""

from enum import StrEnum
from typing import Any, Self

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Code(StrEnum):
    """A fixed word; its docstring is its definition."""

    def __new__(cls, word: str, definition: str) -> Self:
        """Make the word and keep its definition as its docstring."""
        code = str.__new__(cls, word)
        code._value_ = word
        code.__doc__ = definition
        return code

    @property
    def definition(self) -> str:
        """What the word means."""
        return self.__doc__ or ""

    @classmethod
    def definitions(cls) -> str:
        """All words of the enumeration with their definitions, one a line."""
        return "\n".join(f"{word.value}: {word.definition}" for word in cls)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Put the definitions of the words into the schema's description."""
        reference = handler(core_schema)
        schema: dict[str, Any] = handler.resolve_ref_schema(reference)
        schema["description"] = f"{cls.__doc__}\n{cls.definitions()}"
        return reference


class InputOutcome(Code):
    """How one input ended; every input ends in exactly one."""

    READ = "read", "An article was read, and no check raised a flag."
    READ_WITH_FLAGS = (
        "read_with_flags",
        "An article was read, and at least one check raised a flag.",
    )
    REFUSED = "refused", "The model declined, or a content filter withheld its answer."
    INVALID = "invalid", "The model answered, but not in the schema."
    TRUNCATED = "truncated", "The model's answer was cut off before its end."
    INFRA_ERROR = (
        "infra_error",
        "No usable answer arrived: the network, the endpoint or a time limit.",
    )
    REJECTED_INPUT = (
        "rejected_input",
        "The input is no article that can be read; it never reached a reader.",
    )


class Actuality(Code):
    """Whether the event took place."""

    ACTUAL = "actual", "It took place, as far as the article tells."
    FOILED = "foiled", "It was attempted and prevented."
    THREATENED = "threatened", "It was only announced or threatened."
    DISPUTED = "disputed", "A speaker in the article denies that it happened at all."
    DISCOVERY = (
        "discovery",
        "Bodies or graves were found; place and date are those of the finding.",
    )


class Clarity(Code):
    """Whether the incident is one event or several that share one toll."""

    SINGLE = "single", "One event."
    AGGREGATED = "aggregated", "Several events with one toll that cannot be split over them."


class AttackType(Code):
    """How the violence was done, as the article tells it."""

    AIRSTRIKE = (
        "airstrike",
        "Bombs or rockets from a crewed aircraft, or an air strike not further specified.",
    )
    DRONE_STRIKE = "drone_strike", "A strike by an unmanned aircraft."
    SHELLING = "shelling", "Artillery, mortars, tank fire or multiple rocket launchers."
    MISSILE_OR_ROCKET = (
        "missile_or_rocket",
        "A guided missile or single rockets fired from the ground or sea.",
    )
    AIR_OR_ARTILLERY_UNSPECIFIED = (
        "air_or_artillery_unspecified",
        "Bombardment or a strike, when the article does not tell air from artillery.",
    )
    EXPLOSIVE_DEVICE = (
        "explosive_device",
        "A planted or thrown device: bomb, mine, car bomb, grenade.",
    )
    SUICIDE_ATTACK = (
        "suicide_attack",
        "An attacker who dies by the attack itself, usually with explosives.",
    )
    ARMED_CLASH = (
        "armed_clash",
        "Fighting between armed sides: clash, battle, raid or ambush with a fight.",
    )
    SHOOTING = "shooting", "Small-arms fire by one side, snipers and ambushes included."
    STABBING_OR_BEATING = (
        "stabbing_or_beating",
        "Violence with knives, machetes, blunt objects or fists.",
    )
    EXECUTION = "execution", "Killing of a person who is held."
    ABDUCTION = "abduction", "Taking or holding people by force outside the law."
    SEXUAL_VIOLENCE = "sexual_violence", "Rape or other sexual violence."
    TORTURE = "torture", "Torture or cruel treatment of a person who is held."
    CROWD_CONTROL_FORCE = (
        "crowd_control_force",
        "Force against a protest or crowd by those who police it.",
    )
    MOB_VIOLENCE = "mob_violence", "Violence by a crowd: riot, lynching, communal attack."
    CHEMICAL = "chemical", "Poisonous chemicals used as a weapon."
    SIEGE_OR_DENIAL = (
        "siege_or_denial",
        "Deaths or harm by siege, or by withholding food, water or aid.",
    )
    OTHER = "other", "Armed violence of another kind."
    UNKNOWN = "unknown", "The article does not tell how."


class DatePrecision(Code):
    """How exactly the article dates the event."""

    DAY = "day", "One calendar day."
    PART_OF_DAY = "part_of_day", "A part of one day or night: morning, overnight, around dawn."
    DAYS = "days", "Two to six days."
    WEEK = "week", "About one week."
    MONTH = "month", "About one month."
    YEAR = "year", "About one year."
    ON_OR_BEFORE = "on_or_before", "No date is stated: some time up to the day of publication."
    UNKNOWN = (
        "unknown",
        "The expression cannot be turned into dates, or there is no publication date.",
    )


class PlaceRelation(Code):
    """How the event lies to the place named."""

    IN = "in", "In the place."
    NEAR = "near", "Near the place."
    OUTSKIRTS_OF = "outskirts_of", "At its edge, or just outside it."
    BETWEEN = "between", "Between this place and another one."
    DIRECTION_DISTANCE = "direction_distance", "At a stated distance or direction from it."
    UNSPECIFIED = "unspecified", "The place is named, but not how the event lies to it."


class PlaceLevel(Code):
    """What kind of place the name stands for, from narrow to wide."""

    EXACT_POINT = "exact_point", "Coordinates or one building."
    STREET_OR_LANDMARK = (
        "street_or_landmark",
        "A street, square, market, school, checkpoint, camp or the like.",
    )
    NEIGHBOURHOOD = "neighbourhood", "A part of a town or city."
    TOWN_OR_VILLAGE = "town_or_village", "A town or village."
    CITY = "city", "A city."
    ADMIN3 = "admin3", "A third-level administrative area (subdistrict)."
    ADMIN2 = "admin2", "A second-level administrative area (district, county)."
    ADMIN1 = "admin1", "A first-level administrative area (province, state, governorate)."
    REGION = "region", "A region that is not an administrative area."
    COUNTRY = "country", "A country."
    WATERS = "waters", "A sea, lake or river."
    UNKNOWN = "unknown", "Not known."


class PlaceMethod(Code):
    """How a place name was resolved to a point."""

    NAME = "name", "The gazetteer has the name, and what is known of the place leaves one."
    SOUND = (
        "sound",
        "One place of the country has a name that differs only in how it is transliterated.",
    )
    PARENT = "parent", "Only what it lies in is known: the point and radius are the parent's."
    OFFSET = "offset", "The point lies the stated distance and direction from the place named."
    BETWEEN = "between", "The point lies in the middle of the two places named."


class Side(Code):
    """Which side of the fighting a party stands on; the letters carry no judgement."""

    A = "a", "The side named first."
    B = "b", "The side that fights it."
    OTHER = "other", "Neither of the two."


class ActorType(Code):
    """What kind of actor a name stands for."""

    STATE_FORCES = (
        "state_forces",
        "The government or armed forces of the country where the event happened.",
    )
    FOREIGN_STATE_FORCES = (
        "foreign_state_forces",
        "The forces of another country, or an alliance of states.",
    )
    POLICE = "police", "Police or gendarmerie."
    REBEL_GROUP = (
        "rebel_group",
        "A group that fights a state: rebels, insurgents, opposition fighters.",
    )
    MILITIA = "militia", "An armed group beside or for a state, community or party."
    MERCENARIES = "mercenaries", "Private military contractors."
    GANG_OR_CARTEL = "gang_or_cartel", "Organised crime."
    RIOTERS = "rioters", "A violent crowd."
    PRIVATE_PERSON = "private_person", "A person acting for no group."
    UNIDENTIFIED = (
        "unidentified",
        "Not identified: gunmen, unknown men, or a name whose kind is not told.",
    )


class SpeakerType(Code):
    """Who says so."""

    ARTICLE_VOICE = (
        "article_voice",
        "The article itself; only where it names nobody for the claim.",
    )
    GOVERNMENT = "government", "A government, ministry, official or head of state."
    MILITARY = "military", "An army, its command or spokesman."
    POLICE = "police", "Police."
    HOSPITAL_OR_MEDIC = "hospital_or_medic", "A hospital, doctor, medic or health official."
    RESCUE_SERVICE = "rescue_service", "Fire, civil defence or ambulance service."
    MONITOR_OR_NGO = "monitor_or_ngo", "A monitoring group or non-governmental organisation."
    UN_OR_IGO = "un_or_igo", "The United Nations or another intergovernmental body."
    ACTIVIST = "activist", "Activists, named or not."
    STATE_MEDIA = "state_media", "Media owned or run by a state."
    OTHER_MEDIA = "other_media", "Any other news outlet or journalist."
    WITNESS_OR_RESIDENT = "witness_or_resident", "Witnesses, residents, survivors."
    RELATIVE = "relative", "Family of a victim."
    ARMED_GROUP = "armed_group", "An armed group that is no state's."
    LAWYER_OR_COURT = "lawyer_or_court", "A lawyer, prosecutor, judge or court."
    OTHER = "other", "A named speaker of another kind."
    UNKNOWN = "unknown", "Somebody is said to say so, but not who: sources, reports."


class Outcome(Code):
    """What happened to the people a claim counts."""

    KILLED = "killed", "Died in the event."
    INJURED = "injured", "Hurt and not said to have died."
    KILLED_OR_INJURED = (
        "killed_or_injured",
        "Killed or hurt, not told apart: casualties, victims, losses.",
    )
    DIED_OF_WOUNDS = "died_of_wounds", "Hurt in the event and said to have died of it later."
    MISSING = "missing", "Said to be missing or unaccounted for."
    TRAPPED = "trapped", "Said to be trapped, for instance under rubble."
    ABDUCTED = "abducted", "Taken by force outside the law."
    DETAINED = "detained", "Arrested, captured or detained."
    RELEASED = "released", "Set free."
    RESCUED = "rescued", "Brought out alive or freed by others."
    SURRENDERED = "surrendered", "Gave themselves up."
    DISPLACED = "displaced", "Driven from their homes."
    SEXUAL_VIOLENCE = "sexual_violence", "Subjected to sexual violence."
    UNHARMED = "unharmed", "Said to have come through unhurt."
    OTHER = "other", "Another harm that the article counts."


class Qualifier(Code):
    """How the words of a figure bound it; tells what an empty bound means."""

    EXACT = "exact", "One number: lower and upper are equal."
    AT_LEAST = "at_least", "N or more: lower is N, upper is open (empty)."
    MORE_THAN = "more_than", "More than N: lower is N + 1, upper is open (empty)."
    AT_MOST = "at_most", "Up to N: upper is N, lower is not stated (empty)."
    FEWER_THAN = "fewer_than", "Fewer than N: upper is N - 1, lower is not stated (empty)."
    APPROXIMATELY = "approximately", "About N: lower and upper are both N."
    NEARLY = "nearly", "Nearly N: lower and upper are both N."
    RANGE = "range", "Between M and N, or M or N: lower is M, upper is N."
    VAGUE = (
        "vague",
        "A vague word such as several or dozens, kept as the term; both bounds empty.",
    )
    UNKNOWN_NUMBER = (
        "unknown_number",
        "People are counted but no number is told; both bounds empty.",
    )
    NONE = "none", "Said to be nobody: both bounds 0. Silence makes no claim at all."


class Unit(Code):
    """What is counted."""

    PERSONS = "persons", "People."
    FAMILIES = "families", "Families or households."
    BODIES = "bodies", "Bodies."


class Standing(Code):
    """The standing of the people counted, as this claim's speaker states it; never presumed."""

    CIVILIAN = "civilian", "Said to be civilians or non-combatants."
    COMBATANT = "combatant", "Said to be soldiers, fighters, militants, rebels, terrorists."
    POLICE_OR_SECURITY = "police_or_security", "Said to be police, guards or security staff."
    MIXED = "mixed", "Said to be of more than one standing."
    UNSPECIFIED = "unspecified", "Not stated: people, farmers, passengers, villagers."


class Role(Code):
    """What the people counted are said to do or be."""

    MEDIC = "medic", "Health workers, ambulance crews, rescuers."
    JOURNALIST = "journalist", "Journalists and media workers."
    OFFICIAL = "official", "Office holders, politicians, civil servants."
    AID_WORKER = "aid_worker", "Humanitarian staff."
    RELIGIOUS_LEADER = "religious_leader", "Clergy."
    DETAINEE = "detainee", "Prisoners, hostages, detainees."
    PEACEKEEPER = "peacekeeper", "Peacekeepers."
    ATTACKER = "attacker", "Those who carried out this event's attack."


class Demographic(Code):
    """Age, sex or kinship of the people counted, as stated."""

    CHILDREN = "children", "Children, babies, minors, boys, girls."
    WOMEN = "women", "Women."
    MEN = "men", "Men."
    ELDERLY = "elderly", "Elderly people."
    FAMILY = "family", "Members of one family."


class Scope(Code):
    """What a figure covers; anything but incident is cumulative, kept beside the incidents."""

    INCIDENT = "incident", "This incident only."
    SEVERAL_INCIDENTS = "several_incidents", "Several incidents of the article together."
    PERIOD = "period", "A period: since Monday, in the past week, so far this year."
    PLACE = "place", "A place over time."
    CAMPAIGN = "campaign", "An offensive or campaign."
    CONFLICT = "conflict", "The whole war or conflict."


class Hedge(Code):
    """How the words beside a figure hold it back."""

    NONE = "none", "Not held back."
    UNVERIFIED = "unverified", "Said to be unverified or not independently confirmed."
    PRELIMINARY = "preliminary", "Said to be a first or provisional figure."
    EXPECTED_TO_RISE = "expected_to_rise", "Said to be likely to rise."
    UNDERCOUNT = "undercount", "Said to be too low."
    DISPUTED = "disputed", "Said by somebody to be wrong."
    WITHDRAWN = "withdrawn", "Taken back by its speaker."


class YesNo(Code):
    """A question the article may leave open."""

    YES = "yes", "Stated: yes."
    NO = "no", "Stated: no."
    UNSTATED = "unstated", "Not stated."


class Joint(Code):
    """How several accused stand to each other."""

    ALL = "all", "All of them together, or only one is accused."
    EITHER = "either", "One or the other."


class Stance(Code):
    """What is done with the blame, and how surely; never who speaks."""

    STATED_AS_FACT = (
        "stated_as_fact",
        "The article itself asserts flatly who did it, naming no speaker.",
    )
    ACCUSED = "accused", "A named speaker says flatly who did it."
    SUSPECTED = "suspected", "Somebody is only suspected or believed to have done it."
    SELF_CLAIMED = "self_claimed", "The accused say that they did it."
    DENIED = "denied", "The accused, or another for them, say that they did not."
    CLEARED = "cleared", "An authority or court found that they did not."
    CHARGED = "charged", "Formally charged."
    CONVICTED = "convicted", "Found guilty."
    NOBODY_CLAIMED = "nobody_claimed", "It is said that nobody has claimed it."
    SAID_UNKNOWN = "said_unknown", "It is said that who did it is not known."


class FlagCode(Code):
    """What a check found."""

    HEADLINE_BODY_MISMATCH = (
        "headline_body_mismatch",
        "Headline and body give different figures.",
    )
    SUBSET_EXCEEDS_PARENT = (
        "subset_exceeds_parent",
        "A part is larger than the whole it belongs to.",
    )
    CUMULATIVE_SUSPECT = "cumulative_suspect", "An incident's figure may be a cumulative one."
    DATELINE_PLACE_SUSPECT = "dateline_place_suspect", "A place may come from the dateline."
    SINGLE_SOURCE = "single_source", "All claims of an incident rest on one speaker."
    PARTY_ONLY_SOURCE = (
        "party_only_source",
        "All claims of an incident rest on a party to the fighting.",
    )
    QUOTE_NOT_FOUND = (
        "quote_not_found",
        "A quote does not stand in the article; what rests on it is set aside.",
    )
    NUMBER_NOT_IN_QUOTE = (
        "number_not_in_quote",
        "The words of a figure do not stand in its own quotes; the claim is set aside.",
    )
    NUMBER_UNVERIFIED = (
        "number_unverified",
        "The figure's words could not be parsed, contradict the reader's bounds, or count"
        " no people.",
    )
    FIGURE_COMPLETED = (
        "figure_completed",
        "The reader cut a longer figure short (26 of at least 26); the whole figure was taken.",
    )
    NEGATED_QUOTE = (
        "negated_quote",
        "The quote of a positive figure says that nobody was harmed.",
    )
    UNCOVERED_MENTION = (
        "uncovered_mention",
        "A sentence speaks of casualties that no claim covers.",
    )
    LANGUAGE_NOT_READ = (
        "language_not_read",
        "The article seems to be in a language that the reader does not read: nothing was read.",
    )
    EXAMPLE_LEAK = (
        "example_leak",
        "A quote comes from the prompt's examples, not from the article.",
    )
    INSTRUCTION_IN_TEXT = (
        "instruction_in_text",
        "The article's text seems to instruct a language model.",
    )
    DATE_CONFLICT = "date_conflict", "The reader's own date contradicts the words it quotes."
    DATE_UNVERIFIED = (
        "date_unverified",
        "The dates rest on more than the words: a year supplied, or days the reader gave.",
    )
    PLACE_UNRESOLVED = "place_unresolved", "A place name could not be tied to a place."
    BROKEN_REFERENCE = (
        "broken_reference",
        "A claim refers to one that is not in the reading; the reference is dropped.",
    )
