"""Denials: the ways of saying that one had no part in it, beside the word "deny"."""

from extractor.codes import Stance
from extractor.readers.baseline.actors.masking import ANYBODY, KNOWN, listed
from extractor.readers.baseline.blames.identities import Row

_SAYS = (
    r"(?:say|says|said|insist(?:s|ed)?|swore|swears|maintain(?:s|ed)?|answer(?:s|ed)?|repl(?:y|ies"
    r"|ied)|told [^.;,]{2,40}?|protest(?:s|ed)?|stress(?:es|ed)?|retort(?:s|ed)?|claims?|claimed"
    r"|states?|stated|adds?|added|assured? [^.;,]{2,40}?)"
)
# "The front said it was not involved": "it" is who speaks.
_OF_ITSELF = rf"(?:,?(?: has| have| had| also)? {_SAYS}(?: that)? (?:it|they|he|she))?"
# "His boys", "its residents", "our people": of whom the speaker answers for.
_OWN = (
    r"(?:(?:his|her|its|their|our) (?:own )?(?:men|boys|people|youths?|lads|residents|members"
    r"|followers|supporters|workers|side|community|clan|villagers|herders|guards)"
    r"|[\ue400-\ue7ff])"
)
_LIE = (
    r"(?:lies?|invention|inventions|fabrications?|nonsense|false|baseless|slander|propaganda"
    r"|shameless|absurd|ridiculous|fantasy|fantasies|untrue|rubbish|unfounded|groundless|fiction"
    r"|insult|smear|calumny|falsehood|a joke)"
)
_CHARGE = (
    r"(?:accusations?|allegations?|charges?|claims?|reports?|account|story|version|suggestion)"
)
_ELSEWHERE = (
    r"(?:asleep|at home|at (?:\w+ )?prayers?|at (?:lunch|dinner|supper|work|church|a \w+)|in bed"
    r"|elsewhere|nowhere near|kilomet(?:re|er)s away|miles away|abroad|in another|in their barracks"
    r"|on the other side|not (?:in|at|near|there)|never (?:in|at|near|there))"
)


def denial_rows(hit: str) -> tuple[Row, ...]:
    """The rules of denials; `hit` are verbs of doing."""
    sure = rf"(?P<who>{listed(KNOWN)})"
    anybody = rf"(?P<who>{listed(ANYBODY)})"
    return (
        (
            "not_involved",
            ("not involved", "not responsible", "not behind", "not to blame", "nothing to do"),
            rf"{anybody}{_OF_ITSELF} (?:(?:had|have|has) )?(?:(?:was|were|is|are|been) not"
            r"|wasn['\u2019]t|weren['\u2019]t|isn['\u2019]t|aren['\u2019]t|not been)"
            r" (?:\w+ )?(?:involved|responsible|behind|to blame)"
            rf"|(?P<who2>{listed(ANYBODY)}){_OF_ITSELF} (?:had|has"
            rf"|have) nothing (?:whatever )?to do"
            r" with",
            Stance.DENIED,
            False,
        ),
        (
            "not_involved",
            ("no part", "no hand", "no role", "no involvement"),
            rf"{anybody}{_OF_ITSELF} (?:had|has|have|took|played) (?:had |taken |played )?no"
            r" (?:part|hand|role|involvement)\b",
            Stance.DENIED,
            False,
        ),
        (
            "did_not",
            ("never ", "none of ", "no "),
            rf"(?:(?P<who>{listed(KNOWN)}|{_OWN}) (?:(?:had|have"
            rf"|has) )?never(?: \w+ly)? (?:been (?:in|at|near|to|there)"
            rf"|so much as|{hit}|fired|entered|touched|harmed|used|been involved)"
            rf"|\bnone of (?P<who2>{KNOWN}) (?:had|has|have|was|were|fired|took)"
            rf"|\bno (?P<who3>{KNOWN}) (?:had |has |have |was |were )?(?:\w+ly )?(?:fired|{hit}"
            r"|took part|involved|present|entered))\b",
            Stance.DENIED,
            False,
        ),
        (
            "called_a_lie",
            ("call", "brand", "describ", "dismiss", "none of it", "denial", "guilt"),
            rf"{sure}(?: (?:has|have|had|also|later|\w+ly))* (?:(?:call(?:s|ed)|brand(?:s|ed)"
            rf"|describe[sd]|dismisse[sd]) (?:it|this|that|the (?:\w+ )?{_CHARGE}|such {_CHARGE})"
            rf"(?: as)? (?:an? )?[\"\u201c'\u2018]?(?:an? )?(?:\w+ ){{0,2}}?{_LIE}\b"
            r"|(?:will|would) have none of it\b|(?:issued|published|put out|sent)"
            r" (?:an? )?(?:[\w-]+ )?denial\b|(?:rejects?|rejected|denied) (?:its |their "
            r"|any )?guilt)",
            Stance.DENIED,
            False,
        ),
        (
            "innocent",
            ("not guilty", "innocen"),
            rf"{anybody}(?:, (?:\d\d|aged \d\d),)? (?:(?:has|have|had|both|all|\w+ly) )?"
            r"(?:ple[ad]{1,3}(?:ed|s)? (?:\w+ )?not guilty|(?:maintain|protest|insist)(?:s|ed)?"
            r" (?:on )?(?:his|her|their) innocence)",
            Stance.DENIED,
            False,
        ),
        (
            "alibi",
            (" were ", " was ", " had been "),
            rf"\b{_SAYS}(?: that| of)? (?P<who>{KNOWN}|{_OWN}),? (?:were|was|had been|are|is)"
            rf" (?:all |both |fast )?{_ELSEWHERE}\b",
            Stance.DENIED,
            False,
        ),
    )
