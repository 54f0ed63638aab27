"""Numbers of people: what a figure is, and the words it is read from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractor.codes import Qualifier, Unit


class Number(BaseModel):
    """A figure and its bounds; the qualifier tells what an empty bound means."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    text: str | None
    """The figure's words, verbatim."""
    lower: Annotated[int, Field(ge=0)] | None
    """Smallest number the words support."""
    upper: Annotated[int, Field(ge=0)] | None
    """Largest number the words support."""
    qualifier: Qualifier
    """How the words bound the number."""
    term: str | None = None
    """The vague word, for a vague figure only."""
    enumerated: bool = False
    """True if the number was counted from a list."""
    unit: Unit = Unit.PERSONS
    """What is counted."""

    @model_validator(mode="after")
    def _bounds_fit_the_qualifier(self) -> Self:
        wants_lower, wants_upper = BOUNDS[self.qualifier]
        if (self.lower is not None) != wants_lower or (self.upper is not None) != wants_upper:
            raise ValueError(
                f"a figure {self.qualifier.value!r} cannot have bounds {self.lower}, {self.upper}"
            )
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower bound {self.lower} is above upper bound {self.upper}")
        if self.qualifier is Qualifier.NONE and (self.lower, self.upper) != (0, 0):
            raise ValueError("a figure 'none' has both bounds 0")
        return self


BOUNDS: dict[Qualifier, tuple[bool, bool]] = {
    Qualifier.EXACT: (True, True),
    Qualifier.AT_LEAST: (True, False),
    Qualifier.MORE_THAN: (True, False),
    Qualifier.AT_MOST: (False, True),
    Qualifier.FEWER_THAN: (False, True),
    Qualifier.APPROXIMATELY: (True, True),
    Qualifier.NEARLY: (True, True),
    Qualifier.RANGE: (True, True),
    Qualifier.VAGUE: (False, False),
    Qualifier.UNKNOWN_NUMBER: (False, False),
    Qualifier.NONE: (True, True),
}
"""Which of the two bounds each qualifier has."""


@dataclass(frozen=True, kw_only=True)
class FoundNumber:
    """A figure in running text: code points [start, end) and what they say."""

    start: int
    end: int
    number: Number


def read_number(words: str) -> Number | None:
    """Read the words of one figure; `None` where they hold none, several, or cannot be read."""
    text = words.strip()
    if not text or len(text) > _MOST_CHARACTERS or _NOT_LATIN.search(text):
        return None
    tokens = _tokens(text)
    if any(token.word in _FOREIGN for token in tokens):
        return None
    read = _read_none(tokens) or _read_parts(tokens)
    if read is None:
        return None
    return read.figure.number(text=text, unit=read.unit, enumerated=read.enumerated)


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Find the figures that could count people, in order, each with its qualifier."""
    tokens = _tokens(text)
    found: list[FoundNumber] = []
    for figure in _figures(tokens, running=True):
        start, end = tokens[figure.first].start, tokens[figure.end - 1].end
        number = figure.number(text=text[start:end], unit=_unit_after(tokens, figure.end))
        found.append(FoundNumber(start=start, end=end, number=number))
    return tuple(found)


# --- words -------------------------------------------------------------------------------------


class _Token(NamedTuple):
    """A word, a digit group, a mark or a paragraph break; a tuple, since an article has many."""

    word: str
    raw: str
    start: int
    end: int
    preceded_by: str


_TOKEN = re.compile(
    r"\n[^\S\n]*\n"  # a paragraph break: no figure runs across it
    r"|\d+(?:[.,'\u2019]\d+)*(?!\w)"
    r"|\w+(?:['\u2019]\w+)*"
    r"|\S"
)
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212"
_PLAIN = str.maketrans(dict.fromkeys(_HYPHENS, "-") | {"\u2015": "\u2014", "\u2019": "'"})
_END = _Token("", "", -1, -1, "")
_THIN_SPACES = (" ", "\u00a0", "\u2009", "\u202f")  # these may part the thousands of a number


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        raw, start = match[0], match.start()
        word = raw.lower() if raw.isascii() else raw.lower().translate(_PLAIN)
        tokens.append(_Token(word, raw, start, match.end(), text[start - 1 : start]))
    return tokens


def _at(tokens: Sequence[_Token], i: int) -> _Token:
    """Token i, or an empty one beyond either end."""
    return tokens[i] if 0 <= i < len(tokens) else _END


def _spoken(tokens: Sequence[_Token], i: int, phrase: tuple[str, ...]) -> bool:
    if _at(tokens, i).word != phrase[0]:
        return False
    return all(_at(tokens, i + k).word == word for k, word in enumerate(phrase))


def _hyphen(tokens: Sequence[_Token], i: int) -> bool:
    """Whether token i is a hyphen with no space on either side."""
    dash = _at(tokens, i)
    before, after = _at(tokens, i - 1), _at(tokens, i + 1)
    return dash.word == "-" and before.end == dash.start and dash.end == after.start


def _past_hyphen(tokens: Sequence[_Token], i: int) -> int:
    return i + 1 if _hyphen(tokens, i) else i


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _list(words: str) -> list[str]:
    return words.split()


def _phrases(*phrases: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in phrases]


# --- lexicon: figures --------------------------------------------------------------------------

_SMALL = {
    word: n
    for n, word in enumerate(
        _list(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        _list("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
} | {"fourty": 40}
_POWERS = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
_PACKS = {"dozen": 12, "score": 20}
_SCALES = {"hundred": 100} | _POWERS | _PACKS
_MANY = _set(
    "several dozens scores hundreds thousands tens millions lakhs many numerous multiple countless"
    " few"
)
_HEAPS = _set("tens dozens scores hundreds thousands lakhs millions")
_PROPORTIONS = _set("most half majority") | _set("third thirds quarter quarters")
_FRACTIONS = _set("third thirds quarter quarters fifth fifths fourths tenth tenths")
_QUANTITY_STARTS = _set("a an the large half most majority some")
_SIZE_WORDS = _set("large small great huge high growing significant considerable certain good")
_UNTOLD = _set("unknown unspecified undetermined undisclosed unconfirmed untold uncertain")
_QUALIFIERS: dict[Qualifier, list[tuple[str, ...]]] = {
    Qualifier.AT_LEAST: _phrases(
        *("at least", "at the very least", "at the least", "at a minimum", "no fewer than"),
        *("no less than", "not fewer than", "not less than", "a minimum of", "minimum of"),
        *("as few as", "minimum"),
    ),
    Qualifier.MORE_THAN: _phrases(
        *("more than", "over", "above", "upwards of", "upward of", "in excess of", "well over"),
        *("just over", "a little over", "slightly over", "slightly more than", "well above"),
        *("just more than", "a little more than", "greater than", "exceeding"),
    ),
    Qualifier.AT_MOST: _phrases(
        *("up to", "upto", "as many as", "as much as", "no more than", "not more than"),
        *("at most", "at the most", "a maximum of", "maximum of"),
    ),
    Qualifier.FEWER_THAN: _phrases(
        *("fewer than", "less than", "under", "below", "just under", "slightly under"),
        *("slightly less than", "slightly fewer than", "well under", "lower than"),
    ),
    Qualifier.APPROXIMATELY: _phrases(
        *("about", "around", "some", "roughly", "approximately", "approx .", "approx", "circa"),
        *("an estimated", "estimated", "estimated at", "perhaps", "something like"),
        *("in the region of", "on the order of", "somewhere around", "more or less"),
    ),
    Qualifier.NEARLY: _phrases(
        *("nearly", "almost", "close to", "just short of", "nearing", "approaching"),
    ),
}
_SUFFIXES: list[tuple[tuple[str, ...], Qualifier]] = [
    *((p, Qualifier.AT_LEAST) for p in _phrases("or more", "or even more", "at least", "+")),
    *((p, Qualifier.APPROXIMATELY) for p in _phrases("or so", "- odd", "odd", "or thereabouts")),
    *((p, Qualifier.AT_MOST) for p in _phrases("or fewer", "or less", "at most", "at the most")),
]
_QUARTER = ("a", "quarter", "of", "a")
_AND_A_HALF = ("and", "a", "half")
_SUFFIX_STARTS = frozenset(phrase[0] for phrase, _ in _SUFFIXES)
_RANGE_SIGNS = ("to", "or", "-", "\u2014")
_FILLERS = sorted(
    _phrases("a further", "an additional", "a total of", "another", "a combined"),
    key=len,
    reverse=True,
)


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], Qualifier]]]:
    index: dict[str, list[tuple[tuple[str, ...], Qualifier]]] = {}
    for qualifier, phrases in _QUALIFIERS.items():
        for phrase in phrases:
            index.setdefault(phrase[0], []).append((phrase, qualifier))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


_PREFIXES = _by_first_word()
_STARTS = frozenset(
    _SMALL.keys() | _TENS.keys() | _MANY | _PREFIXES.keys() | {"half", "most", "between", "large"}
) | _set("a an no nobody none noone majority couple both")

# --- lexicon: people ---------------------------------------------------------------------------

_PERSONS = _set(
    "person male female man woman child boy girl baby infant toddler teenager teen youth minor"
    " adult elder martyr"
    " civilian resident villager citizen local farmer shepherd herder herdsman passenger pedestrian"
    " bystander worker labourer laborer employee driver guard soldier officer official policeman"
    " trooper fighter rebel militant insurgent terrorist gunman guerrilla jihadist extremist"
    " militiaman paramilitary commander leader chief general colonel captain lieutenant sergeant"
    " corporal constable inspector jawan cadre recruit conscript combatant mercenary gendarme"
    " ranger marine pilot sniper attacker assailant bomber suspect perpetrator accomplice robber"
    " kidnapper criminal gangster victim casualty hostage captive prisoner detainee inmate"
    " migrant refugee protester protestor demonstrator activist journalist reporter cameraman"
    " photographer editor doctor nurse medic paramedic physician surgeon rescuer volunteer"
    " firefighter teacher professor student pupil schoolgirl schoolboy lawyer judge prosecutor"
    " politician lawmaker minister mayor governor senator deputy councillor candidate diplomat"
    " ambassador priest nun monk imam cleric sheikh bishop pastor missionary pilgrim worshipper"
    " worshiper mourner shopkeeper trader merchant vendor businessman engineer miner fisherman"
    " tourist foreigner national peacekeeper contractor translator interpreter aide bodyguard"
    " servant neighbour neighbor friend relative parent mother father son daughter brother sister"
    " wife husband uncle aunt cousin nephew niece grandmother grandfather grandson granddaughter"
    " grandchild twin widow bride groom sibling spouse peasant tribesman native member"
    " colleague partner girlfriend boyfriend individual human bandit thief dealer trafficker"
    " customer clerk owner manager tenant operative agent spy informer informant patrolman"
    " major sentry patient looter trainee sailor airman"
    " seaman deserter defector infiltrator intruder naxal naxalite maoist"
)
_PLURALS = _set(
    "people persons men women children wives police troops personnel staff crew others dead wounded"
    " injured casualties deaths fatalities losses injuries victims rest folk youths infantry"
    " thieves guerrillas jawans relatives survivors kin peshmerga mujahideen taliban servicemen"
    " lives souls missing displaced internees evacuees"
)
_NOT_ONE = _phrases("not one", "not a single", "not a")
_VALUED = {"couple": 2, "pair": 2, "duo": 2, "trio": 3, "quartet": 4}
_UNITS = {
    **dict.fromkeys(("body", "bodies", "corpse", "corpses", "cadaver", "cadavers"), Unit.BODIES),
    **dict.fromkeys(("family", "families", "household", "households"), Unit.FAMILIES),
}
_DETERMINERS = _set("a an the his her their its our my another one this that")
_POSTMODIFIERS = _set(
    "of from in at on near who whose which that with by aged age during after before inside outside"
    " for to wearing carrying working riding travelling traveling belonging was were is had"
)
_LEADS = _DETERMINERS | _set(
    "from anywhere remaining these those all both of other others further additional extra total"
    " only just exactly"
    " precisely family group team convoy crew crowd body bodies corpse corpses remains killed"
    " killing wounded wounding injured injuring left leaving dead death toll also first last"
    " confirmed combined unit band gang single"
)
_PARTICIPLES = _set(
    "dead killed wounded injured hurt missing died killing wounding injuring arrested detained"
    " captured abducted kidnapped trapped displaced reported feared shot slain executed beheaded"
)
_OUTCOMES = _PARTICIPLES | _set("deaths fatalities injuries")
_STOPS = _DETERMINERS | _POSTMODIFIERS | _set("and or but when where while as because so")
_CONTAINERS = _set("family group crowd team crew band gang")
_PRONOUNS = _set("them whom which these those")
_NEGATIONS = _set("no not never nor neither without hardly")
# A list after one of these may spell it out: "five people, two women and three children".
_GENERAL = _set("people persons civilians victims individuals members residents villagers others")
_BODIES = _set("body bodies corpse corpses")
_JOINTS = _phrases(
    *(",", ";", "and", "&", "plus", "as well as", "along with", "together with", "followed by"),
)
_NATIONALS = _set(
    "afghans africans albanians algerians americans arabs armenians azeris bosnians britons"
    " chechens christians colombians druze egyptians ethiopians georgians germans hindus houthis"
    " indians iranians iraqis israelis italians jews jordanians kenyans kurds lebanese libyans"
    " malians mexicans muslims nepalis nigerians pakistanis palestinians russians salvadorans"
    " saudis serbs shiites shias sikhs somalis sudanese sunnis syrians tajiks tamils turks ugandans"
    " ukrainians uyghurs yazidis yemenis"
)
_NOT_MEN = _set("human german roman ottoman norman oman")
_DOUBTS = _set("than least most possibly perhaps maybe fewer less if not nearly about")
_ASIDES = _set("including included among mostly mainly aged ages")
_APPOSITIONS = _set("all both each most many some")
_INTO = _set("of from in by on at during after near among since")
# Small words of other languages that bound a figure: there a plain reading would be wrong.
_FOREIGN = _set(
    "o ou oder más mas mais menos moins mindestens mehr weniger più piu almeno meno und y et rund"
    " über ungefähr casi cerca unos unas hasta jusqu jusqu'à presque environ etwa mehrere varios"
    " varias plusieurs alcuni diversi várias vários fazla meer minder ongeveer"
)
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff]")

# --- lexicon: what is not people ---------------------------------------------------------------

_COINS = _set(
    "dollar dollars euro euros rupee rupees riyal riyals rial rials dinar dinars peso pesos"
    " afghani afghanis lira liras naira shilling shillings cent cents franc francs pound pounds"
)
_MEASURES = _COINS | _set(
    "% ° percent pct year years yr yrs month months week weeks day days hour hours hr hrs"
    " minute minutes min mins second seconds night nights decade decades century centuries"
    " weekend weekends km kms kilometre kilometres kilometer kilometers mile miles metre metres"
    " meter meters m cm mm yard yards foot feet ft inch inches acre acres hectare hectares ha"
    " square sq kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes ton tons tonne"
    " tonnes gram grams gm gms lb lbs litre litres liter liters gallon gallons ounce ounces"
    " degree degrees usd eur inr caliber calibre gauge gmt utc est edt pst am pm o'clock noon"
    " block time times occasions year-old cubic watts volts points storey story stories storeys"
    " moment moments"
)
_MEASURE_ADJECTIVES = _set(
    "more other further additional consecutive straight nautical full whole long past previous"
    " last calendar us american saudi iraqi iranian pakistani indian syrian kuwaiti kenyan turkish"
    " sterling short successive"
)
_CURRENCIES = _set("$ € £ ₹ ¥ ₦ rs inr usd eur us$ pkr afn gbp re")
_MONTHS = _set(
    "january february march april may june july august september october november december jan feb"
    " mar apr jun jul aug sep sept oct nov dec"
)
_DAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
_YEAR_CUES = _set(
    "in since during until till through throughout early late mid year years spring summer autumn"
    " fall winter year's fiscal"
)
# These words name the thing numbered after them.
_LABELS = _set(
    "no nos number numbers # highway highways route routes flight resolution article articles"
    " section sections page chapter interstate sec boeing airbus act mig sukhoi ak room apartment"
    " apt serial case fir psalm verse grade model plate plates news"
)
# These too, but only when capitalised: "on the road five people" is a count.
_PROPER_LABELS = _set(
    "road street camp district unit brigade battalion division sector zone ward block house level"
    " phase channel tv area group type mark class category gate line building exit pier checkpoint"
    " council point corps regiment squad company precinct region bus train platform hotel studio"
    " hwy rte"
)
_SHORT_LABELS = _set("no nos sec art rte hwy apt")
_EMERGENCY_CALL = "911"
_LAST_DAY = 31  # of a month
_OLDEST = 120  # years of age
_FORMATIONS = _set("brigade battalion regiment division corps squadron rifles")
_STREETS = _set(
    "street st avenue ave road rd drive dr lane ln boulevard blvd court ct place highway hwy way"
    " parkway pkwy terrace circle"
)
_NOT_ONES = _set(
    "this that the each every any which another either neither such number for as whichever loved"
    " first second third last previous next latest new old big small good bad same other"
)
_AFTER_NOT_ONES = _set("another such side point way thing reason hand example by")
_PARTITIVES = _set(
    "which the these those his her their its our my several many two three four five"
)
_PEOPLE_COMPOUNDS = _set("member members man men woman women person people strong soldier")
_RISES = _set(
    "rose risen rise rises rising climbed increased revised up grew jumped raised raising lowered"
    " dropped fell down went gone toll number figure it revising"
)


# --- figures -----------------------------------------------------------------------------------


class _Cardinal(NamedTuple):
    """A plain number ending before token `end`; `scale` is its last multiplier, or 1."""

    value: int
    end: int
    scale: int


class _Figure(NamedTuple):
    """What tokens [first, end) say; `core` is where the number itself starts."""

    first: int
    core: int
    end: int
    qualifier: Qualifier
    lower: int | None = None
    upper: int | None = None
    term: str | None = None

    def number(self, *, text: str, unit: Unit, enumerated: bool = False) -> Number:
        return Number(
            text=text,
            lower=self.lower,
            upper=self.upper,
            qualifier=self.qualifier,
            term=self.term,
            enumerated=enumerated,
            unit=unit,
        )


_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+|(?:['\u2019]\d{3})+|(?:,\d\d)+,\d{3})")
_DECIMAL = re.compile(r"\d{1,6}[.,]\d{1,3}")
_MOST_CHARACTERS = 1000  # longer words are a passage, not one figure
_LONGEST = 12  # digits; a longer run is no head count, and int() refuses very long ones


def _cardinal(tokens: Sequence[_Token], i: int) -> _Cardinal | None:
    token = _at(tokens, i)
    if token.word[:1].isdecimal():
        return _digits(tokens, i)
    if token.word == "half" or _spoken(tokens, i, ("a", "half")):
        j = _past_hyphen(tokens, i + (1 if token.word == "half" else 2))
        if _at(tokens, j).word in ("a", "an"):
            j = _past_hyphen(tokens, j + 1)
        scale = _SCALES.get(_at(tokens, j).word)
        return _Cardinal(scale // 2, j + 1, scale) if scale else None
    if _spoken(tokens, i, _QUARTER) and (scale := _SCALES.get(_at(tokens, i + 4).word)):
        return _Cardinal(scale // 4, i + 5, scale)
    number = _couple(tokens, i) or _spelled(tokens, i)
    if number and _spoken(tokens, number.end, _AND_A_HALF):
        scale = _SCALES.get(_at(tokens, number.end + 3).word)
        if scale:
            return _Cardinal(number.value * scale + scale // 2, number.end + 4, scale)
    return number


def _couple(tokens: Sequence[_Token], i: int) -> _Cardinal | None:
    if not _spoken(tokens, i, ("a", "couple")):
        return None
    end = i + 3 if _at(tokens, i + 2).word == "of" else i + 2
    return None if _at(tokens, end).word in _SCALES else _Cardinal(2, end, 1)


def _digits(tokens: Sequence[_Token], i: int) -> _Cardinal | None:
    token = tokens[i]
    raw, end = token.raw, i + 1
    if raw.isdecimal():
        if len(raw) <= 3 and _at(tokens, i - 1).word.rstrip(".") not in _MONTHS:
            while end < i + 4 and _is_thousands_group(tokens, end):
                raw += tokens[end].raw
                end += 1
    elif _GROUPED.fullmatch(raw):
        raw = re.sub(r"\D", "", raw)
    elif _DECIMAL.fullmatch(raw):
        scale = _POWERS.get(_at(tokens, end).word)
        whole, decimals = re.split(r"[.,]", raw)
        value = int(whole + decimals) * (scale or 0)
        exact = scale and value % 10 ** len(decimals) == 0
        return _Cardinal(value // 10 ** len(decimals), end + 1, scale) if scale and exact else None
    else:
        return None
    if len(raw) > _LONGEST or (len(raw) > 1 and int(raw[0]) == 0):
        return None
    scale = _SCALES.get(_at(tokens, end).word)
    return _Cardinal(int(raw) * scale, end + 1, scale) if scale else _Cardinal(int(raw), end, 1)


def _is_thousands_group(tokens: Sequence[_Token], i: int) -> bool:
    token, before = _at(tokens, i), _at(tokens, i - 1)
    spaced = token.start == before.end + 1 and token.preceded_by in _THIN_SPACES
    return spaced and len(token.raw) == 3 and token.raw.isdecimal()


def _spelled(tokens: Sequence[_Token], i: int) -> _Cardinal | None:
    """Read "two thousand three hundred and five": parts below 1000, each with a smaller power."""
    total, end, last_power = 0, i, 10**_LONGEST
    while True:
        start = end if end == i else _past_hyphen(tokens, end)
        if end > i and _at(tokens, start).word == "and":
            start += 1
        part = _below_thousand(tokens, start)
        if part is None:
            break
        after = _past_hyphen(tokens, part.end)
        word = _at(tokens, after).word
        power = _POWERS.get(word)
        if power is None:
            if word in _PACKS and end == i:
                return _Cardinal(part.value * _PACKS[word], after + 1, _PACKS[word])
            return _Cardinal(total + part.value, part.end, part.scale)
        if power >= last_power:
            break
        total, end, last_power = total + part.value * power, after + 1, power
    return _Cardinal(total, end, last_power) if end > i else None


def _below_thousand(tokens: Sequence[_Token], i: int) -> _Cardinal | None:
    if _at(tokens, i).word in ("a", "an"):
        if _at(tokens, _past_hyphen(tokens, i + 1)).word not in _SCALES:
            return None
        value, end = 1, i + 1
    elif few := _below_hundred(tokens, i):
        value, end = few.value, few.end
    else:
        return None
    after = _past_hyphen(tokens, end)
    if _at(tokens, after).word != "hundred" or value == 0:
        return _Cardinal(value, end, 1)
    value, end = value * 100, after + 1
    start = _past_hyphen(tokens, end)
    if _at(tokens, start).word == "and":
        start += 1
    rest = _below_hundred(tokens, start)
    # "between a hundred and two hundred": the second hundred is a number of its own.
    if rest and rest.value and _at(tokens, rest.end).word not in ("hundred", "dozen", "score"):
        return _Cardinal(value + rest.value, rest.end, 1)
    return _Cardinal(value, end, 100)


def _below_hundred(tokens: Sequence[_Token], i: int) -> _Cardinal | None:
    word = _at(tokens, i).word
    if word in _SMALL:
        return _Cardinal(_SMALL[word], i + 1, 1)
    if word not in _TENS:
        return None
    after = _past_hyphen(tokens, i + 1)
    ones = _SMALL.get(_at(tokens, after).word, 0)
    if 1 <= ones <= 9:
        return _Cardinal(_TENS[word] + ones, after + 1, 1)
    return _Cardinal(_TENS[word], i + 1, 1)


class _Core(NamedTuple):
    """The number proper, without its qualifier: bounds, or a vague term, or neither."""

    lower: int | None
    upper: int | None
    end: int
    term: str | None = None


def _core(tokens: Sequence[_Token], i: int, *, running: bool) -> _Core | None:
    vague = _vague(tokens, i, running=running)
    if vague:
        return vague
    low = _cardinal(tokens, i)
    if low is None:
        return None
    high = None if _is_change(tokens, i) else _upper_end(tokens, low)
    if high is None:
        return _Core(low.value, low.value, low.end)
    scaled = low.value * high.scale  # "two to three dozen" starts at 24
    takes_scale = low.scale == 1 and high.scale > 1 and low.value < 100
    lower = scaled if takes_scale and scaled < high.value else low.value
    if lower >= high.value:
        return _Core(low.value, low.value, low.end)
    return _Core(lower, high.value, high.end)


def _upper_end(tokens: Sequence[_Token], low: _Cardinal) -> _Cardinal | None:
    """Find the second number of "20 to 25", "five or six", "15-20"."""
    sign = _at(tokens, low.end)
    if sign.word not in _RANGE_SIGNS:
        return None
    high = _cardinal(tokens, low.end + 1)
    if high is None:
        return None
    if sign.word in ("to", "or"):
        return high
    both_digits = tokens[low.end - 1].raw.isdecimal() and tokens[low.end + 1].raw[:1].isdecimal()
    in_a_chain = _hyphen(tokens, high.end) and _at(tokens, high.end + 1).raw[:1].isdecimal()
    chained = in_a_chain or _hyphen(tokens, low.end - 2)
    return high if both_digits and not chained else None


def _is_change(tokens: Sequence[_Token], i: int) -> bool:
    """Whether "from 5 to 8" tells a change rather than a range."""
    if _at(tokens, i - 1).word != "from":
        return False
    return any(_at(tokens, k).word in _RISES for k in range(i - 5, i - 1))


def _vague(tokens: Sequence[_Token], i: int, *, running: bool) -> _Core | None:
    end = _vague_end(tokens, i, running=running)
    if end is None:
        return None
    spoken = [tokens[k].word for k in range(i, end)]
    if not _UNTOLD.isdisjoint(spoken):
        return _Core(None, None, end)
    kept = spoken[:-1] if spoken[-1] in ("the", "its", "their", "them") else spoken
    if kept[-1] == "of" and kept[0] == "tens":
        kept = kept[:-1]
    term = " ".join(kept).replace(" - ", "-")
    return _Core(None, None, end, term)


def _vague_end(tokens: Sequence[_Token], i: int, *, running: bool) -> int | None:
    first = _at(tokens, i).word
    if first in _SMALL or first in _QUANTITY_STARTS:
        return _quantity_end(tokens, i, running=running)
    if first not in _MANY:
        return None
    second, third = _at(tokens, i + 1).word, _at(tokens, i + 2).word
    if first in _HEAPS:
        if second == "of" and third in _HEAPS:
            return i + 3
        return (i + 2 if second == "of" else None) if first == "tens" else i + 1
    if first == "many" and _at(tokens, i - 1).word in ("as", "how", "too"):
        return None
    if second in _HEAPS:  # "several tens of thousands"
        return _vague_end(tokens, i + 1, running=running) or i + 1
    return i + 2 if second in _SCALES else i + 1


def _quantity_end(tokens: Sequence[_Token], i: int, *, running: bool) -> int | None:
    """End of "a large number of", "a few", "most of", "two-thirds of" that starts at i."""
    first, second, third = (_at(tokens, i + k).word for k in range(3))
    if first == "large" and _spoken(tokens, i + 1, ("numbers", "of")):
        return i + 3
    if first in ("a", "an", "the"):
        if second in ("few", "handful"):
            return i + 3 if third in _SCALES or third == "of" else i + 2
        if second == "couple" and (third in _SCALES or _at(tokens, i + 3).word in _SCALES):
            return i + 3 if third in _SCALES else i + 4
        after = i + 2 if second in _SIZE_WORDS | _UNTOLD else i + 1
        if first != "the" and _spoken(tokens, after, ("number", "of")):
            return after + 2
        if second in ("majority", "third", "quarter", "half") and third == "of":
            scaled = _spoken(tokens, i, _QUARTER) and _at(tokens, i + 4).word in _SCALES
            return None if scaled else i + 3
        return None
    if first in ("half", "most", "majority"):
        if second == "of" or (first == "half" and second in ("the", "its", "their", "them")):
            return i + 2
        return i + 1 if not running and first != "half" else None
    if first == "some":
        return None if running else i + (2 if second == "of" else 1)
    fraction = _past_hyphen(tokens, i + 1)
    if _at(tokens, fraction).word not in _FRACTIONS:
        return None
    return fraction + 2 if _at(tokens, fraction + 1).word == "of" else fraction + 1


def _figure(tokens: Sequence[_Token], i: int, *, running: bool) -> _Figure | None:
    """Read the figure that starts at token i, with the words that qualify it."""
    word = tokens[i].word
    if word in ("nobody", "none", "noone"):
        return _Figure(first=i, core=i, end=i + 1, qualifier=Qualifier.NONE, lower=0, upper=0)
    if word == "no" and (end := _no_one_end(tokens, i)):
        return _Figure(first=i, core=i, end=end, qualifier=Qualifier.NONE, lower=0, upper=0)
    if word == "both" and not running:
        return _Figure(first=i, core=i, end=i + 1, qualifier=Qualifier.EXACT, lower=2, upper=2)
    if word == "between":
        return _between(tokens, i)
    for phrase, qualifier in _PREFIXES.get(word, ()):
        if _spoken(tokens, i, phrase):
            start = _past_fillers(tokens, i + len(phrase))
            core = _core(tokens, start, running=running)
            if core is None and (bounded := _between(tokens, start)):
                core = _Core(bounded.lower, bounded.upper, bounded.end)
            if core is not None:
                return _qualified(i, start, core, qualifier)
            break
    core = _core(tokens, i, running=running)
    if core is None:
        return None
    suffix = _suffix(tokens, core.end)
    if suffix and core.upper is not None:
        qualifier, end = suffix
        return _qualified(i, i, core._replace(end=end), qualifier)
    return _qualified(i, i, core, Qualifier.EXACT)


def _no_one_end(tokens: Sequence[_Token], i: int) -> int | None:
    one = _past_hyphen(tokens, i + 1)
    return one + 1 if _at(tokens, one).word in ("one", "body") else None


def _between(tokens: Sequence[_Token], i: int) -> _Figure | None:
    if _at(tokens, i).word != "between":
        return None
    low = _cardinal(tokens, i + 1)
    if low is None or _at(tokens, low.end).word not in ("and", "to", "-"):
        return None
    high = _cardinal(tokens, low.end + 1)
    if high is None or high.value <= low.value:
        return None
    return _Figure(
        first=i,
        core=i + 1,
        end=high.end,
        qualifier=Qualifier.RANGE,
        lower=low.value,
        upper=high.value,
    )


def _past_fillers(tokens: Sequence[_Token], i: int) -> int:
    """Skip "another" and a second qualifier: "at least another 20", "up to about 20"."""
    for _ in range(2):
        phrases = [*_FILLERS, *(phrase for phrase, _ in _PREFIXES.get(_at(tokens, i).word, ()))]
        i += next((len(phrase) for phrase in phrases if _spoken(tokens, i, phrase)), 0)
    return i


def _suffix(tokens: Sequence[_Token], i: int) -> tuple[Qualifier, int] | None:
    """Read "or more", "or so", "at least" behind a number."""
    if _at(tokens, i).word not in _SUFFIX_STARTS:
        return None
    for phrase, qualifier in _SUFFIXES:
        if _spoken(tokens, i, phrase):
            end = i + len(phrase)
            attached = phrase[0] not in ("+", "-") or _at(tokens, i - 1).end == tokens[i].start
            # "killed 26, at least three of them …": the words belong to the next number.
            free = _at(tokens, end).word != "than" and (
                phrase[0] != "at" or _core(tokens, end, running=True) is None
            )
            if attached and free:
                return qualifier, end
    return None


def _qualified(first: int, start: int, core: _Core, qualifier: Qualifier) -> _Figure | None:
    bare = _Figure(first=first, core=start, end=core.end, qualifier=Qualifier.VAGUE, term=core.term)
    lower, upper = core.lower, core.upper
    if lower is None or upper is None:
        return bare if core.term else bare._replace(qualifier=Qualifier.UNKNOWN_NUMBER)
    match qualifier:
        case Qualifier.AT_LEAST:
            return bare._replace(qualifier=qualifier, lower=lower)
        case Qualifier.MORE_THAN:
            return bare._replace(qualifier=qualifier, lower=lower + 1)
        case Qualifier.AT_MOST:
            return bare._replace(qualifier=qualifier, upper=upper)
        case Qualifier.FEWER_THAN:
            fewer = bare._replace(qualifier=qualifier, upper=upper - 1)
            return fewer if upper > 0 else None
        case _ if lower < upper:
            return bare._replace(qualifier=Qualifier.RANGE, lower=lower, upper=upper)
        case _ if upper == 0:
            return bare._replace(qualifier=Qualifier.NONE, lower=0, upper=0)
        case _:
            return bare._replace(qualifier=qualifier, lower=lower, upper=upper)


def _figures(tokens: Sequence[_Token], *, running: bool) -> Iterator[_Figure]:
    """Yield the figures that may count people; `running` text also has years and clock times."""
    i, other_end = 0, -1  # other_end: where the last age or label ended
    while i < len(tokens):
        word = tokens[i].word
        if word not in _STARTS and not word[0].isdecimal():
            i += 1
            continue
        figure = _figure(tokens, i, running=running)
        if figure is None:
            i += 1
            continue
        i = figure.end
        if _continues(tokens, other_end, figure) or _is_age_or_label(tokens, figure):
            other_end = figure.end
        elif not _is_other_quantity(tokens, figure) and not (
            running and _is_other_in_running_text(tokens, figure)
        ):
            yield figure


# --- what a figure counts ----------------------------------------------------------------------


def _is_plural(word: str) -> bool:
    """Whether the word names several persons."""
    if word in _PLURALS or word in _NATIONALS or (word.endswith("men") and len(word) > 4):
        return True
    return (word.endswith("s") and word[:-1] in _PERSONS) or (
        word.endswith("ies") and word[:-3] + "y" in _PERSONS
    )


def _is_singular(word: str) -> bool:
    """Whether the word names one person."""
    return word in _PERSONS or (word.endswith(("man", "woman")) and word not in _NOT_MEN)


def _people_follow(tokens: Sequence[_Token], i: int, *, reach: int = 3, one: bool = False) -> bool:
    """Whether a noun for people comes next, adjectives allowed; `one`: for a single person too."""
    for k in range(i, i + reach):
        word = _at(tokens, k).word
        if _is_plural(word) or (one and _is_singular(word)):
            return True
        if not word[:1].isalpha() or word in _STOPS:
            return False
    return False


def _unit_after(tokens: Sequence[_Token], i: int) -> Unit:
    for k in range(i, i + 3):
        word = _at(tokens, k).word
        if not word[:1].isalpha() or word in _POSTMODIFIERS - {"of"}:
            break
        if word in _UNITS and not _people_follow(tokens, k + 1, reach=1, one=True):
            return _UNITS[word]
    return Unit.PERSONS


def _is_digits(tokens: Sequence[_Token], figure: _Figure) -> bool:
    """Whether the figure is digits alone, with no words."""
    return figure.first == figure.core and all(
        token.word[0].isdecimal() for token in tokens[figure.core : figure.end]
    )


def _continues(tokens: Sequence[_Token], other_end: int, figure: _Figure) -> bool:
    """Whether the figure goes on a list of ages or labels: "aged 5, 7 and 9"."""
    if other_end < 0 or not 1 <= figure.first - other_end <= 2:
        return False
    between = {tokens[k].word for k in range(other_end, figure.first)}
    joined = between <= {",", "and", "or", "to", "of", "&"}
    return joined and not _people_follow(tokens, figure.end)


def _is_age_or_label(tokens: Sequence[_Token], figure: _Figure) -> bool:
    return _is_age(tokens, figure) or _is_label(tokens, figure)


def _is_age(tokens: Sequence[_Token], figure: _Figure) -> bool:
    before, at = figure.first - 1, figure.core
    if _says_age(tokens, before) or (at - 1 != before and _says_age(tokens, at - 1)):
        return True
    if figure.lower is None and figure.upper is None:
        return False
    bounded = _at(tokens, figure.first).word in ("under", "over", "below", "above")
    if bounded and _is_plural(_at(tokens, before).word):  # "children under 12"
        return not _people_follow(tokens, figure.end)
    # "Jane Roe, 34, …" and "Jane Roe (34)"
    mark, name, after = _at(tokens, before), _at(tokens, before - 1), _at(tokens, figure.end)
    named = name.raw[:1].isupper() or _is_singular(name.word)
    closes = after.word in (",", ".", ";", "") if mark.word == "," else after.word == ")"
    age = _is_digits(tokens, figure) and (figure.upper or 0) <= _OLDEST
    apposed = mark.word in (",", "(") and closes
    return age and named and apposed and not _is_plural(name.word) and name.word not in _MONTHS


def _says_age(tokens: Sequence[_Token], i: int) -> bool:
    word = _at(tokens, i).word
    before = _at(tokens, i - 1).word
    if word in ("is", "was"):
        return before in ("youngest", "oldest", "eldest")
    ages = ("age", "ages", "aged")
    return word in ages or (word in ("of", "from") and before in ages)


def _is_label(tokens: Sequence[_Token], figure: _Figure) -> bool:
    if figure.first != figure.core or figure.lower is None:
        return False
    label = _at(tokens, figure.core - 1)
    if label.word == ".":
        label = _at(tokens, figure.core - 2)
        if label.word not in _SHORT_LABELS:
            return False
    here = tokens[figure.core]
    numbered = here.raw[0].isdecimal() or here.raw[0].isupper()
    proper = label.word in _PROPER_LABELS and label.raw[0].isupper()
    if not numbered or not (label.word in _LABELS or proper):
        return False
    return not _people_follow(tokens, figure.end)


def _is_other_quantity(tokens: Sequence[_Token], figure: _Figure) -> bool:
    return (
        _is_glued(tokens, figure)
        or _is_money(tokens, figure)
        or _is_date(tokens, figure)
        or _is_measure(tokens, figure.end)
        or _is_first_of_two_measures(tokens, figure.end)
    )


def _is_measure(tokens: Sequence[_Token], i: int) -> bool:
    after, second = _at(tokens, i), _at(tokens, i + 1)
    if after.word == "-" and _hyphen(tokens, i):
        return second.word not in _PEOPLE_COMPOUNDS and second.word[0].isalnum()
    if after.word == "-" and after.start == _at(tokens, i - 1).end:  # "1- and 2-year-old"
        return second.word in ("and", "or", "to")
    if after.word in ("a", "p") and second.word == "." and _at(tokens, i + 2).word == "m":
        return True
    if after.word == "per" and second.word == "cent":
        return True
    if after.word in _MEASURES or _spoken(tokens, i, _AND_A_HALF):
        return True
    nationality = after.word[:1].isalpha() and after.word not in _STOPS  # "20 Colombian pesos"
    return (after.word in _MEASURE_ADJECTIVES and second.word in _MEASURES) or (
        nationality and second.word in _COINS
    )


def _is_first_of_two_measures(tokens: Sequence[_Token], i: int) -> bool:
    """Whether the second number of "3 and 4 February", "five and ten years" tells of no people."""
    if _at(tokens, i).word not in ("and", "or", "to"):
        return False
    second = _cardinal(tokens, i + 1)
    return second is not None and (_is_measure(tokens, second.end) or _is_month(tokens, second.end))


def _is_glued(tokens: Sequence[_Token], figure: _Figure) -> bool:
    """Whether marks without a space make the number a part of something: AK-47, 10:30, 9/11."""
    here, mark = tokens[figure.core], _at(tokens, figure.core - 1)
    before = _at(tokens, figure.core - 2)
    if mark.word in ("to", "or", "-") and _DECIMAL.fullmatch(before.raw):  # "1.5 to 2 million"
        return True
    if mark.end == here.start and mark.word in ("-", ":", "/", ".", "+", "#", "'"):
        leads = before.end != mark.start
        if mark.word in ("-", "'") and not leads:
            return before.word[0].isalnum()
        if mark.word in (":", "/"):
            return before.word[:1].isdecimal()
        return mark.word in ("+", "#") or (mark.word == "." and leads)
    last, mark, after = tokens[figure.end - 1], *(_at(tokens, figure.end + k) for k in range(2))
    glued = mark.start == last.end and after.start == mark.end
    return glued and mark.word in (":", "/") and after.word[:1].isdecimal()


def _is_money(tokens: Sequence[_Token], figure: _Figure) -> bool:
    before = _at(tokens, figure.core - 1).word
    if before == ".":
        return _at(tokens, figure.core - 2).word in ("rs", "re")
    return before in _CURRENCIES


def _is_month(tokens: Sequence[_Token], i: int) -> bool:
    token = _at(tokens, i)
    if token.word not in _MONTHS or not token.raw[0].isupper():
        return False
    return token.word != "may" or _at(tokens, i + 1).word not in ("have", "be", "not", "also")


def _is_date(tokens: Sequence[_Token], figure: _Figure) -> bool:
    if figure.upper is None or figure.lower is None:
        return False
    if figure.upper <= _LAST_DAY and _is_month(tokens, figure.end):
        return True
    k = figure.first - 1
    month = k - 1 if _at(tokens, k).word == "." else k
    if not _is_month(tokens, month):
        return False
    dated = _at(tokens, month - 1).raw.isdecimal()  # "21 MAR 90"
    if figure.upper > (99 if dated else _LAST_DAY) and not _is_year(figure):
        return False
    # "In March 20 people were killed" has a count; "On March 20 people …" has a day.
    month_alone = _at(tokens, month - 1).word in ("in", "by", "since")
    return not (month_alone and _people_follow(tokens, figure.end, reach=2))


def _is_year(figure: _Figure) -> bool:
    bounds = [bound for bound in (figure.lower, figure.upper) if bound is not None]
    return bool(bounds) and all(1900 <= bound <= 2100 for bound in bounds)


def _is_other_in_running_text(tokens: Sequence[_Token], figure: _Figure) -> bool:
    return (
        _is_calendar_year(tokens, figure)
        or _is_clock_time(tokens, figure)
        or _is_number_of_a_name(tokens, figure)
        or _is_pronoun(tokens, figure)
    )


def _is_calendar_year(tokens: Sequence[_Token], figure: _Figure) -> bool:
    last = tokens[figure.end - 1]
    if not (_is_year(figure) and len(last.raw) == 4 and last.raw.isdecimal()):
        return False
    before = _at(tokens, figure.first - 1)
    day = _at(tokens, figure.first - (2 if before.word == "," else 1)).raw
    if before.word in _YEAR_CUES or (day.isdecimal() and len(day) <= 2):
        return True
    return not _people_follow(tokens, figure.end, reach=2)


def _is_clock_time(tokens: Sequence[_Token], figure: _Figure) -> bool:
    before = {_at(tokens, figure.first - 1).word, _at(tokens, figure.core - 1).word}
    if "at" not in before or figure.upper is None:
        return False
    if _is_digits(tokens, figure._replace(first=figure.core)):
        digits = "".join(token.raw for token in tokens[figure.core : figure.end])
        if len(digits) == 4 and not _people_follow(tokens, figure.end):
            return True
    after = _at(tokens, figure.end).word
    part_of_day = any(
        _spoken(tokens, figure.end, ("in", "the", part))
        for part in ("morning", "afternoon", "evening")
    )
    return figure.upper <= 12 and (after in _DAYS or part_of_day)


def _is_number_of_a_name(tokens: Sequence[_Token], figure: _Figure) -> bool:
    """Whether the number belongs to a telephone, an address or a formation: "46 Battalion"."""
    if figure.first != figure.core:
        return False
    if _at(tokens, figure.end).word in _FORMATIONS and figure.upper != 1:
        return True
    if not _is_digits(tokens, figure) and figure.qualifier is not Qualifier.RANGE:
        return False
    digits = [token.raw for token in tokens[figure.core : figure.end] if token.raw.isdecimal()]
    if digits == [_EMERGENCY_CALL]:
        return not _people_follow(tokens, figure.end, reach=2)
    if [len(group) for group in digits] == [3, 4]:
        return True
    for k in range(figure.end, figure.end + 4):
        raw = _at(tokens, k).raw
        if raw != "." and not (raw[:1].isupper() and (raw[1:].islower() or len(raw) <= 2)):
            return False
        if raw.lower() in _STREETS:
            return k > figure.end
    return False


def _is_pronoun(tokens: Sequence[_Token], figure: _Figure) -> bool:
    """Whether "one" stands for a thing named before, or for one of several."""
    alone = figure.first == figure.core == figure.end - 1
    if not alone or tokens[figure.core].word != "one" or figure.lower != 1:
        return False
    before, after = _at(tokens, figure.first - 1).word, _at(tokens, figure.end).word
    if after == "of":
        return _at(tokens, figure.end + 1).word in _PARTITIVES
    if after in _AFTER_NOT_ONES or (before == "by" and _at(tokens, figure.first - 2).word == "one"):
        return True
    pointed = before in _NOT_ONES or before.endswith("est")
    return pointed and not _people_follow(tokens, figure.end, one=True)


# --- the words of one figure -------------------------------------------------------------------


class _Read(NamedTuple):
    figure: _Figure
    unit: Unit
    enumerated: bool = False
    noun: bool = True


def _told(tokens: Sequence[_Token], qualifier: Qualifier, count: int | None) -> _Figure:
    return _Figure(first=0, core=0, end=len(tokens), qualifier=qualifier, lower=count, upper=count)


def _read_none(tokens: Sequence[_Token]) -> _Read | None:
    """Read "no casualties", "no"; other things that are not there ("no figure") are no count."""
    if any(_spoken(tokens, 0, phrase) for phrase in _NOT_ONE):
        return _Read(_told(tokens, Qualifier.NONE, 0), Unit.PERSONS)
    if not tokens or tokens[0].word not in ("no", "without"):
        return None
    if _figure(tokens, 0, running=False) or any(True for _ in _figures(tokens, running=False)):
        return None
    unit = _unit_after(tokens, 1)
    people = unit is not Unit.PERSONS or _people_follow(tokens, 1, reach=4, one=True)
    if people or [token.word for token in tokens] == ["no"]:
        return _Read(_told(tokens, Qualifier.NONE, 0), unit)
    return None


def _read_parts(tokens: Sequence[_Token]) -> _Read | None:
    figures = list(_figures(tokens, running=False))
    end = _end_of_head(tokens, figures)
    beyond = [figure for figure in figures if figure.first >= end]
    if any(figure.lower is not None and tokens[figure.core].word != "both" for figure in beyond):
        return None
    parts = list(_parts(tokens, figures, end))
    reads = [_read_part(tokens, part, figures) for part in parts]
    read = [one for one in reads if one is not None]
    if not read or len(read) != len(reads):
        return None
    if len(read) == 1:
        return read[0]
    if _may_be_spelled_out(tokens, parts, read):
        return None
    last = [token.word for token in tokens[slice(*parts[-1])]]
    people = any(_is_plural(w) or _is_singular(w) or w in _UNITS for w in last)
    spoken = {token.word for token in tokens[:end]}
    return _total(tokens, read) if people and spoken.isdisjoint(_OUTCOMES) else None


def _may_be_spelled_out(
    tokens: Sequence[_Token], parts: Sequence[tuple[int, int]], read: Sequence[_Read]
) -> bool:
    """Whether the list may detail its first part rather than add to it."""
    end = parts[0][1]
    general = _at(tokens, end - 1).word in _GENERAL and _at(tokens, end).word != "and"
    return general and sum(one.figure.lower or 0 for one in read[1:]) <= (read[0].figure.lower or 0)


def _end_of_head(tokens: Sequence[_Token], figures: Sequence[_Figure]) -> int:
    """Where a remark on the people counted begins: "…, including …", "…, all of them …"."""
    for k in range(1, len(tokens)):
        word = tokens[k].word
        if word in _ASIDES or (tokens[k - 1].word in (",", "(") and word in _APPOSITIONS):
            return k
    later = [f for f in figures[1:] if _is_share(tokens, f)]
    return min((f.first for f in later), default=len(tokens))


def _is_share(tokens: Sequence[_Token], figure: _Figure) -> bool:
    """Whether a figure tells a part of one before: "three of them", "most of whom"."""
    if figure.term and _is_proportion(figure.term):
        return True
    return _at(tokens, figure.end).word == "of" and _at(tokens, figure.end + 1).word in _PRONOUNS


def _is_proportion(term: str) -> bool:
    return not _PROPORTIONS.isdisjoint(term.replace("-", " ").split())


def _parts(
    tokens: Sequence[_Token], figures: Sequence[_Figure], end: int
) -> Iterator[tuple[int, int]]:
    """Split "two women, a child and an elderly man" at its commas and "and"."""
    inside = {k for figure in figures for k in range(figure.first, figure.end)}
    start = k = 0
    while k <= end:
        width = 1 if k == end else _joint(tokens, k)
        if width and k not in inside:
            if any(tokens[j].word[0].isalpha() or j in inside for j in range(start, k)):
                yield start, k
            start = k + width
        k += width or 1


def _joint(tokens: Sequence[_Token], i: int) -> int:
    """How many tokens join two parts of a list here."""
    return next((len(joint) for joint in _JOINTS if _spoken(tokens, i, joint)), 0)


def _read_part(
    tokens: Sequence[_Token], part: tuple[int, int], figures: Sequence[_Figure]
) -> _Read | None:
    start, end = part
    own = [figure for figure in figures if start <= figure.first < end]
    if not own:
        return _read_phrase(tokens[start:end])
    figure = own[0]
    lead = [token.word for token in tokens[start : figure.first] if token.word[0].isalnum()]
    if not _LEADS.issuperset(lead) or any(not _repeats(tokens, figure, later) for later in own[1:]):
        return None
    figure = _with_late_suffix(tokens, figure, end)
    if figure is None:
        return None
    bodies = not _BODIES.isdisjoint(lead)
    unit = Unit.BODIES if bodies else _unit_after(tokens, figure.end)
    noun = any(token.word[0].isalpha() for token in tokens[figure.end : end])
    return _Read(figure, unit, noun=noun or tokens[figure.end - 1].word in _VALUED)


def _repeats(tokens: Sequence[_Token], figure: _Figure, later: _Figure) -> bool:
    """Whether a second figure changes nothing: "seven of the 26", "26 (twenty-six)"."""
    said = {token.word for token in tokens[figure.end - 1 : later.first]}
    same = (figure.lower, figure.upper) == (later.lower, later.upper) and figure.term == later.term
    return same or not said.isdisjoint(_INTO)


def _with_late_suffix(tokens: Sequence[_Token], figure: _Figure, end: int) -> _Figure | None:
    """Read "26 people or more"; `None` where words after the figure make it doubtful."""
    for k in range(figure.end, end):
        word = tokens[k].word
        suffix = _suffix(tokens, k) if word in ("or", "at") else None
        if suffix and figure.qualifier is Qualifier.EXACT and figure.lower is not None:
            core = _Core(figure.lower, figure.upper, figure.end)
            return _qualified(figure.first, figure.core, core, suffix[0])
        if word in _DOUBTS or (word == "or" and not _people_follow(tokens, k + 1)):
            return None
    return figure


def _read_phrase(tokens: Sequence[_Token]) -> _Read | None:
    """Read a noun without a figure: "a soldier" is one, "the others" an unknown number."""
    words = [token.word for token in tokens]
    while words and not words[0][0].isalnum():
        words.pop(0)
    lead = 0
    while lead < len(words) - 1 and words[lead] in _LEADS:
        lead += 1
    head = lead
    while head + 1 < len(words) and (words[head + 1][0].isalnum() or words[head + 1] == "-"):
        if words[head + 1] in _POSTMODIFIERS | _PARTICIPLES:
            break
        head += 1
    if not words or not (_NEGATIONS | _DOUBTS).isdisjoint(words):
        return None
    if words == ["another"] or (words[-3:] == ["year", "-", "old"] and words[0] in _DETERMINERS):
        return _Read(_told(tokens, Qualifier.EXACT, 1), Unit.PERSONS)
    return _read_head(tokens, words[: lead + 1], words[head])


def _read_head(tokens: Sequence[_Token], lead: Sequence[str], head: str) -> _Read | None:
    of_bodies = not _BODIES.isdisjoint(lead)
    unit = Unit.BODIES if of_bodies else _UNITS.get(head, Unit.PERSONS)
    if head in _VALUED:
        return _Read(_told(tokens, Qualifier.EXACT, _VALUED[head]), unit)
    if _is_plural(head) or (head in _UNITS and head.endswith("s")):
        return _Read(_told(tokens, Qualifier.UNKNOWN_NUMBER, None), unit)
    single = _is_singular(head) or head in _UNITS or head + "s" in _NATIONALS
    if single and _CONTAINERS.isdisjoint(lead[:-1]):  # "the family of a soldier" is not one person
        return _Read(_told(tokens, Qualifier.EXACT, 1), unit)
    return None


def _total(tokens: Sequence[_Token], parts: Sequence[_Read]) -> _Read | None:
    """Add up a list of people; `None` where it is no list of people, or not all are counted."""
    unit = parts[0].unit
    figures = [part.figure for part in parts]
    if any(part.unit is not unit for part in parts):
        return None
    qualifiers = {figure.qualifier for figure in figures}
    if qualifiers == {Qualifier.UNKNOWN_NUMBER}:
        return _Read(_told(tokens, Qualifier.UNKNOWN_NUMBER, None), unit)
    lowers = [figure.lower for figure in figures if figure.lower is not None]
    if len(lowers) != len(figures) or not all(part.noun for part in parts):
        return None
    if qualifiers == {Qualifier.EXACT}:
        return _Read(_told(tokens, Qualifier.EXACT, sum(lowers)), unit, enumerated=True)
    if qualifiers <= {Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN}:
        bound = _told(tokens, Qualifier.AT_LEAST, None)._replace(lower=sum(lowers))
        return _Read(bound, unit, enumerated=True)
    return None
