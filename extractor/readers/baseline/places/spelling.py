"""Spelling: what place names look like, as pieces to build patterns of."""

UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0106\u010c\u0110\u0130\u0141\u015a\u015e\u0160\u017b\u017d"
_INNER = r"\w++(?:['\u2019](?!s\b)\w++)*+(?:-\w++(?:['\u2019](?!s\b)\w++)*+)*+"
# Days, titles and initials end a name: "in Tal Sahl Monday", "in Brod Police Chief Ana Kos said".
_STOP = (
    r"(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|President|Prime Minister|Colonel|Col|Gen|Lt"
    r"|Sgt|Capt|Maj|Sheriff|Coroner|Chief|Police(?! (?:Station|Post|Academy|Headquarters|Barracks"
    r"|Limits|Outpost))|Deputy|Officer|Spokes\w+|AFP|AP|Reuters|EFE|Photo|The|In|At|When|While"
    r"|After|But|And|He|She|They|It|Near|On|Shot|Killed|From|With|By|For|Inside|Outside|During)\b)"
    r"(?!(?!UAE|USA|DRC|RN|PS|NE|NW|SE|SW|MV|LOC)[A-Z]{2,6}\b(?! ?\d))"
)
_CAP = rf"{_STOP}[{UPPER}](?:{_INNER}|(?=[ .'\u2019]|$)(?:['\u2019]\w+)?)"
_PREFIXED = (
    rf"(?:al|el|as|ash|ar|az|an|ad|at|ed|er|en|ez)[- ][{UPPER}]{_INNER}|d['\u2019][{UPPER}]\w+"
)
_SHORT = r"(?:St|Ft|Mt|Ste|Sta|Sto|[NSEW]|N\.?W|N\.?E|S\.?W|S\.?E|Pt|Dr|Rev)\.(?= [A-Z\d])"
SUFFIX = r"(?:Ave|Blvd|St|Rd|Dr|Ln|Hwy|Ct|Pkwy|Pl|Jr|Sr|Ter|Cir)\.(?=[ ,]|$)"
_ORDINAL = r"\d{1,3}(?:st|nd|rd|th)\b(?= (?:[A-Z]|street|avenue|and))"
WORD = rf"(?:{_PREFIXED}|{_SHORT}|{SUFFIX}|{_ORDINAL}|{_CAP})"
_JOIN = (
    r"(?: (?:al|el|bin|de|del|de la|de los|de las|la|las|los|do|da|dos|du|des|sur|eh ye|e|ye|wa|ou"
    r"|am|an der) |['\u2019] eh ye | ['\u2018\u2019](?=[A-Z])| )"
)
_NUMBERED = (
    r"(?: (?:No\.? ?)?\d{1,4}(?![\d,:]|(?:st|nd|rd|th)\b| (?:people|others|men|[a-z]+s\b)))?"
)
NAME = rf"{WORD}(?:{_JOIN}{WORD}){{0,5}}+{_NUMBERED}"
ROADS = (
    r"(?:Highway|Route|Interstate|Hwy\.?|US|U\.S\.|I-|Km|Street|National Highway)[ -]?\d{1,4}[A-Z]?"
)
QUOTE = r"[\"\u201c\u2018']?"
UNQUOTE = r"[\"\u201d\u2019']?(?!s\b)"
DETERMINER = (
    r"(?:(?:the|a|an|his|her|their|its|this|that|what is|one of) )?"
    r"(?:(?:city|town|village|capital|state|country|county|island)['\u2019]s )?"
)
CONTROL = r"(?P<control>[\w'\u2019-]+-(?:held|controlled|run|occupied|ruled|besieged))"
