"""The rules of accusations: patterns over a masked sentence, each with the stance it tells."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from extractor.codes import Stance
from extractor.readers.baseline.actors.masking import ANYBODY, KNOWN, NAMED, UNIDENTIFIED, listed
from extractor.readers.baseline.blames.denials import denial_rows
from extractor.readers.baseline.blames.identities import Row, identity_rows
from extractor.readers.baseline.words import load_words


@dataclass(frozen=True, kw_only=True)
class AccusationRule:
    """One way of accusing: the words without which it cannot be, and the pattern."""

    name: str
    cues: tuple[str, ...]
    source: str
    """What the pattern is made of."""
    stance: Stance
    own_event: bool
    """Whether the clause tells the event itself."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made when a sentence first has a cue of it: most articles need few."""
        return re.compile(self.source, re.IGNORECASE)


_HAS = (
    r"(?: (?:has|have|had|also|later|immediately|quickly|initially|all|both|reportedly|today"
    r"|tonight|yesterday|publicly|again|last \w+|this \w+"
    r"|already|never|on \w+day|\w+ly)){0,3}"
)
_GAP = (
    r"(?:,? who [^.;:,]{1,60},|,? (?:which|who|that)(?: (?:on|in|at) [^.;:,]{1,25})?"
    r"|,[\"\u201d]? [^.;:]{1,80},|,(?= )| \([^)]{1,60}\)"
    r"| (?:in|on|of|from|through|via|by) [^.;:,]{1,60}?)?"
)
_ASIDE = r"(?:,? who [^.;:,]{1,60},|, [^.;:]{1,80},| \([^)]{1,60}\))?"
_EVENT = (
    r"(?P<event>(?:(?:the|this|that|those|these|both|two|an?|several|\d+|[\w-]+day(?:'s"
    r"|\u2019s)?) )?(?:[\w\ue000-\uebff'\u2019-]+ ){0,4}?(?:attacks?|strikes?"
    r"|air ?strikes?|shelling|bombings?|bombs?|blasts?|explosions?|killings?|massacres?|raids?"
    r"|shootings?|assaults?|ambush(?:es)?"
    r"|deaths?|incidents?|murders?|bombardments?|violence|abductions?|kidnappings?|clashes"
    r"|assassinations?|crimes?|actions?|it|them|this)\b)"
)
# "Was blamed on Monday by the army", "has been charged by prosecutors": who says so stands behind.
_SAYER = (
    r"(?:(?: [^.;,]{1,70}?)?,? by (?P<sayer>"
    r"(?:[\w\u2019'-]+ |[\ue000-\uebff] ?){0,5}?(?:[\w\u2019'-]+|[\ue000-\uebff]))"
    r"(?=[.,;]| (?:for|with|of|on|over|after|in) |$))?"
)
_BLAMES = (
    r"(?:\b(?:(?:was|were|is|are) (?:quick|swift|ready|the first|keen) to"
    r"|(?:went on|hastened|rushed|continued|began|did not hesitate|lost no time) (?:to"
    r"|in)) blam(?:e|ing)"
    r"|\bblam(?:ed|es|e|ing))"
)
# "blamed 'the bandits of the marsh'": the words of who blames.
_QUOTED = (
    r"(?:what (?:he|she|it|they) (?:call(?:s|ed)|describe[sd] as) )?(?:the |some )?"
    r"[\"\u201c][^\"\u201c\u201d.;]{3,50}[\"\u201d]"
)
# "Police suspect an angry taxpayer": whoever is suspected is a person or several.
_GROUP = r"(?:an? (?:\w+ ){0,2}\w+|one of [^.,;:]{3,40}|[a-z]+s)(?=[.,;]|$)"
_TITLES = (
    r"(?-i:(?:Lieutenant|Captain|Major|Colonel|General|Sergeant|Corporal|Private|Constable"
    r"|Inspector"
    r"|Officer|Commander|Lt|Capt|Maj|Col|Gen|Sgt|Cpl|Father|Sheikh|Mullah|Imam)\b\.?(?:"
    r" (?:Colonel|General|Major))?)"
)
_APPOSED = r"(?:, (?:\d\d|an? [\w-]+(?: [\w-]+){0,3}|\d\d, [\w -]{3,30}),?)?"
_KIN = r"(?:(?:his|her|their) (?:[\w-]+ ){1,2})?"
_WHAT = r"[^.;\ue000-\uebff]{1,90}?"


# "Denied today, in a call to a station, any part in it": what stands between the two.
_ASIDE_OF_SAYING = (
    r"(?:,? (?:today|yesterday|tonight|on \w+day|(?:in|by|through) an? [^.;,]{1,80}),?){0,2}"
)


@cache
def accusation_rules() -> tuple[AccusationRule, ...]:
    """All rules, the surest first."""
    words = load_words("deed_words.toml")
    doing = "|".join(words["doing"])
    hit = "|".join([*words["transitive"], *words["intransitive"]])
    who = rf"(?P<who>{listed(NAMED)})"
    sure = rf"(?P<who>{listed(KNOWN)})"
    anybody = rf"(?P<who>{listed(ANYBODY)})"
    titled = rf"(?:{_TITLES} )?{ANYBODY}"
    person = (
        rf"(?P<who>{titled}{_APPOSED}(?:,? and {_KIN}{titled}{_APPOSED})?|{listed(ANYBODY)}"
        r"|(?:a|an|the|one|two|three|both|\d+)\b[^.,;:\ue000-\ue3ff]{1,45}?|his|her)"
        r"(?: of \d+|,? aged \d+,?|, \d+,)?"
    )
    crime = (
        r"(?:murder|manslaughter|assault|kill|attack|attempt|homicide|terror|bomb|shoot|wound"
        r"|death|abduct|kidnap|rape"
        r"|genocide|crimes? against|weapon|firearm|involvement|participat|planning|ordering"
        r"|arson|massacre|it\b)"
    )
    responsible = r"(?:responsibility|credit|authorship|paternity)"
    denial = (
        r"(?:any |all |the |its |their |his |having |that |these |this |those |such |direct "
        r"|government |responsibility |charges of |\w+ )?"
        r"(?:\w+ ){0,2}?(?:responsib\w+|involve\w+|role|accusations?|allegations?|claims?"
        r"|reports?|charges?|behind|it\b|part\b|hand in"
        r"|charge\b|connection|link|participat\w+|guilt|complicity"
        rf"|carried out|{doing}|{hit})"
    )
    rows: tuple[Row, ...] = (
        # Claims of one's own
        (
            "claimed",
            (
                "claim",
                "credit",
                "responsib",
                "said it",
                "says it",
                "said they",
                "say they",
                "owned up",
                "admit",
                "vindicat",
                "avow",
                "acknowledg",
                "boast",
                "assum",
                "confess",
            ),
            rf"{anybody}{_GAP}{_HAS} (?P<verb>claim(?:ed|s)? (?:full |joint )?{responsible}"
            rf"|claims {responsible}|claiming {responsible}"
            r"|(?:takes?|took|taken|assumed?|assumes|accept(?:s|ed)) (?:full |the "
            rf"|joint )?{responsible}|vindicated|avowed"
            r"|(?:says|said|say) (?:it|they) (?:had |have )?(?:\w+ly )?(?:did (?:it|this)"
            rf"|(?:was|were) (?:behind|responsible)|carried (?:it )?out|{hit})\b|owned up to"
            r"|claim(?:ed|s)?(?:, \w+,)?"
            rf" (?:(?:to have|it had|they had|that (?:it|they) had) )?(?:{hit}"
            r"|(?:(?:the|this|both|these|that) (?:[\w-]+ ){0,3}?|[\ue400-\uf8ff] )"
            r"(?:attacks?|ambush|raids?"
            r"|bombings?|killings?|massacre|assault|strikes?|murders?|blasts?|explosions?"
            r"|assassinations?|shootings?|abductions?)(?! (?:was|were|had|is|came)))\b"
            r"|(?:admit|acknowledg|confess|boast)(?:ted|ed|s"
            rf"|es)?(?: \w+){{0,2}}? (?:{responsible}|it\b(?=[.,;]|$)|to \w+ing|(?:that )?(?:it"
            rf"|they|he|she|its \w+|their \w+) (?:had |have )?(?:{hit})|having|{doing}))",
            Stance.SELF_CLAIMED,
            False,
        ),
        (
            "claimed_in_name",
            ("responsib", "credit", "author", "claim"),
            r"\b(?:speaking|spoke|speaks|talk|talking|calling|phoning"
            r"|claiming to (?:be|speak)|who said (?:he|she|they) belong(?:ed|s)? to"
            r"|identif(?:ied|ying) (?:him|her|them)sel(?:f|ves) as (?:an? )?|said to"
            rf" (?:be|speak))\b[^.;]{{0,50}}?(?:for|of|from|in the name of|on behalf of) {anybody}"
            rf"[^.;]{{0,90}}? (?:to )?(?:claim(?:ed|s)?|accept(?:ed|s)?|assumed?|took|take)"
            rf" (?:full |joint |the )?{responsible}",
            Stance.SELF_CLAIMED,
            False,
        ),
        (
            "claimed_by",
            ("claimed", "responsib", "vindicated", "assumed"),
            rf"(?:\b(?:claimed|vindicated|avowed)|\b{responsible}[^.;]{{0,60}}?(?:claimed"
            rf"|assumed|taken|accepted)|\bclaims? of {responsible}) by (?:a )?{anybody}",
            Stance.SELF_CLAIMED,
            False,
        ),
        (
            "claimed_for",
            ("claim",),
            rf"(?P<verb>\bclaim(?:ed|ing)\b)(?! to (?:be|talk|speak|represent"
            rf"|belong))[^.;]{{1,60}}?"
            rf" (?:for|in the name of|on behalf of) {who}",
            Stance.SELF_CLAIMED,
            False,
        ),
        # Denials
        (
            "denied",
            (
                "deni",
                "deny",
                "reject",
                "dismiss",
            ),
            rf"{anybody}{_GAP}{_HAS} (?:(?:denied|denies|deny|denying|rejected|rejects|dismissed"
            rf"|dismisses|disclaimed){_ASIDE_OF_SAYING} {denial}"
            r"|denie[sd] (?:this|that|it)?(?=[.,;]|$))",
            Stance.DENIED,
            False,
        ),
        (
            "denied_for",
            ("deni", "deny"),
            r"(?P<verb>denied|denies|deny|denying)(?: reports?| claims?| allegations?"
            rf"| accusations?)?(?: that)? {sure}(?: (?:had|have|has|was"
            rf"|were)){{1,2}} (?:\w+ )?(?:{hit}|behind|responsible|involved)",
            Stance.DENIED,
            False,
        ),
        (
            "did_not",
            ("not ", "n't", "n\u2019t"),
            rf"{sure}{_HAS} (?:did not|didn['\u2019]t|had not|have not|has not) (?:\w+ )?(?:kill"
            rf"|attack|fire|shell|bomb|carry out|shoot|target|open fire|murder|enter|fired"
            rf"|{hit})\b",
            Stance.DENIED,
            False,
        ),
        *denial_rows(hit),
        # Accusations
        (
            "blamed_for_it",
            ("blam",),
            rf"(?P<verb>{_BLAMES}) (?:{who}|(?P<quoted>{_QUOTED}))(?: (?:for|over) {_EVENT})?",
            Stance.ACCUSED,
            False,
        ),
        (
            "blamed_on",
            ("blame",),
            rf"(?P<verb>{_BLAMES}|\bput(?:s|ting)? the blame|\b(?:laid|lay|lays|pinned|pins"
            rf"|placed)(?: \w+){{0,3}}? blame(?: \w+ly)?)(?P<of>{_WHAT})?(?:"
            rf" for{_WHAT})? (?:up)?on {anybody}",
            Stance.ACCUSED,
            True,
        ),
        (
            "was_blamed",
            ("blame", "accused", "named", "held responsible", "responsibility"),
            rf"{who}{_GAP} (?:is|are|was|were|has been|have been|being"
            r"|widely)(?: being)?(?: \w+ly)? (?:blamed for|held responsible"
            rf"|accused of (?:the |this |that )?(?:{doing})|to blame)\b{_SAYER}",
            Stance.ACCUSED,
            False,
        ),
        (
            "accused_of",
            ("accus",),
            rf"(?P<verb>\baccus(?:ed|es|e|ing)) {anybody}{_GAP},? (?:of|in) (?:\w+ly )?(?:(?:the"
            rf"|this|that|a|an) )?(?:{doing}|{_EVENT})\b",
            Stance.ACCUSED,
            False,
        ),
        (
            "accused_as",
            ("accused of", "accused in", "blamed for"),
            rf"{sure} (?:accused (?:of|in)|blamed for) (?:\w+ly )?(?:(?:the|this|that|a|an) )?"
            rf"(?:{doing}|{_EVENT})\b",
            Stance.ACCUSED,
            False,
        ),
        (
            "arrested_for",
            ("arrest", "detain", "detention", "jail", "imprison", "trial", "prosecut", "custody"),
            r"\b(?:arrest(?:ed|s|ing)?|detain(?:ed|ing)?|detention|jail(?:ed|ing)"
            rf"|imprison(?:ed|ing)|trials?|prosecut(?:ed?|ing|ion))(?: of"
            rf"| against)? {sure}{_GAP},? (?:for|in connection"
            rf" with|over|on charges of|on suspicion of) (?:\w+ly )?(?:(?:the|this|that|a|an) )?"
            rf"(?:{doing}|{_EVENT})\b",
            Stance.SUSPECTED,
            False,
        ),
        (
            "implicated",
            ("implicat", "link"),
            rf"(?P<verb>\bimplicat(?:ed|es|ing)|\blink(?:ed|s|ing)) {who}{_GAP} (?:in|to|with)"
            rf" {_EVENT}",
            Stance.ACCUSED,
            False,
        ),
        (
            "are_involved",
            ("involved in", "implicated in", "took part in", "participat"),
            rf"{sure}{_GAP}(?: (?:is|are|was|were|be|being|been|has|have|had|allegedly"
            rf"|reportedly|apparently)){{0,3}} (?:\w+ly )?(?:involved in|implicated in|took part in"
            rf"|participat(?:ed|ing) in) {_EVENT}",
            Stance.SUSPECTED,
            False,
        ),
        (
            "identified",
            (" were ", " was ", " are ", " is ", " been ", "belong"),
            rf"{UNIDENTIFIED}(?: (?:of|in) [^.;:,]{{1,40}})?,?"
            r" (?:is|are|was|were|belong(?:ed|s)? to"
            rf"|had been|have been)(?: \w+ly| identified as| part of)? {sure}",
            Stance.STATED_AS_FACT,
            False,
        ),
        (
            "attributed",
            ("attribut", "ascrib", "imput"),
            rf"(?P<verb>\b(?:attribut|ascrib|imput)(?:ed?|es|ing))(?P<of>{_WHAT})? to {anybody}",
            Stance.ACCUSED,
            True,
        ),
        (
            "held_responsible",
            ("responsib", "finger", "door of", "pointed"),
            rf"(?:(?P<verb>\b(?:holds?|held|holding)) (?:(?P<who>{listed(NAMED)})(?:"
            rf" \w+)? responsible|(?:\w+ly )?responsible (?P<who2>{listed(NAMED)}))"
            r"|(?P<verb2>\b(?:pointed|points|pointing)(?: an?"
            rf"| the)?(?: accusing)?(?: finger)?) (?:at|to) (?P<who3>{listed(KNOWN)})"
            r"|(?:(?P<verb3>\b(?:laid|lays|laying|put))[^.;]{1,60}? )?at the door of"
            rf" (?P<who4>{listed(NAMED)})|responsib\w+ (?:lay|lies|rests?"
            rf"|falls?) with (?P<who5>{listed(NAMED)}))",
            Stance.ACCUSED,
            False,
        ),
        (
            "whom_they_blame",
            ("which", "whom", "that"),
            rf"{who},? (?:which|whom|that) (?P<sayer>(?:[\w\u2019'-]+ |[\ue000-\uebff] ){{1,6}}?)"
            r"(?:(?:has|have|had|also|already|\w+ly) ){0,2}(?:accus(?:ed|es|e)|blam(?:ed|es|e)"
            r"|charged with (?:it|this|the)|h(?:eld|olds?) responsible|suspect(?:ed|s)?)\b",
            Stance.ACCUSED,
            False,
        ),
        (
            "named",
            ("named", "identified"),
            rf"(?P<verb>\b(?:named|identified)) (?P<who>{listed(KNOWN)})(?: as (?:the|those) \w+"
            r"|(?=[.,;]|$| for ))",
            Stance.ACCUSED,
            False,
        ),
        *identity_rows(hit, "|".join(words["intransitive"])),
        # Suspicions
        (
            "suspects",
            ("suspect", "suspicion"),
            r"(?:(?P<verb>\bsuspect(?:s|ing|(?:ed)?(?= that| the involvement)"
            r"|(?<=have suspect)ed|(?<=also suspect)ed)?)(?: that"
            rf"| the involvement of)? (?:(?P<who>{listed(NAMED)})|(?P<quoted>{_QUOTED})"
            rf"|(?P<group>{_GROUP}))"
            r"|\bsuspicion (?:\w+ ){0,2}(?:on|at|against)"
            rf" (?P<who2>{listed(NAMED)}))",
            Stance.SUSPECTED,
            False,
        ),
        (
            "is_suspected",
            ("suspected", "believed", "thought", "presumed", "alleged"),
            rf"{who}{_GAP},? (?:is|are|was|were|has been"
            rf"|have been)(?: \w+ly)? (?:suspected(?: by (?P<sayer>[^.;,]{2, 50}?))? of\b"
            r"|(?:suspected|believed|thought|presumed|alleged"
            rf"|assumed) to (?:have (?:\w+ly )?(?:{hit}|been)|be (?:behind|responsible)))",
            Stance.SUSPECTED,
            False,
        ),
        (
            "believed_to_be",
            (
                "believed",
                "thought",
                "presum",
                "suspected",
                "alleged",
                "apparently",
                "probably",
                "possibly",
                "supposed",
                "have been",
            ),
            r"\b(?:(?:may|might|could)(?: well)? have been|believed|thought|presumed|suspected"
            r"|alleged|supposed|apparently|probably|possibly|presumably"
            r"|allegedly)(?: to)?(?: be| have been| belong to| be members of)?(?: the work of"
            rf"| carried out by| members of| from| by| to)? {sure}(?! \w+ed by)",
            Stance.SUSPECTED,
            True,
        ),
        # Justice
        (
            "cleared",
            ("acquit", "cleared", "exonerat", "absolv"),
            rf"(?:{person}{_ASIDE},? (?:was|were|has been|have been|had been|is"
            r"|are) (?:also )?(?:acquitted|cleared|exonerated|absolved)\b"
            r"|(?P<verb>\b(?:acquitted|cleared|exonerated|absolved)) (?!of|by|in|on"
            rf"|the way)(?P<who2>(?:{_KIN}{titled}"
            rf"|{listed(ANYBODY)})(?! [a-z]+s?\b(?<! of)(?<! on)(?<! in)"
            r"(?<! and)(?<! from)(?<! over)(?<! after))|(?:a|an|the|two|three|both|his"
            r"|her)\b[^.,;:]{1,50}))",
            Stance.CLEARED,
            False,
        ),
        (
            "convicted",
            ("convicted", "guilty", "sentenced"),
            rf"(?:{person}{_ASIDE} (?:was|were|has been|have been|had been|is"
            rf"|are) (?:also )?(?:convicted|found guilty|sentenced)\b{_SAYER}"
            rf"|(?P<verb>\b(?:convicted|sentenced)) (?!of|in|to)(?P<who2>{titled}"
            rf"|{listed(ANYBODY)}|(?:a"
            r"|an|the|two|three|four|five|six|seven|\d+)\b[^.,;:]{1,50}?)(?= (?:of|to|for"
            r"|in)\b|[.,;])"
            rf"|(?P<verb2>\bfound) (?P<who3>{titled}|{listed(ANYBODY)})(?:, \d+,)? guilty)",
            Stance.CONVICTED,
            False,
        ),
        (
            "charged",
            ("charged", "indicted", "charges against"),
            rf"(?:{person}{_ASIDE} (?:is|are|was|were|has been|have been|had been"
            r"|being)(?: being)?(?: \w+ly)? (?:also )?(?:charged (?:(?:with|in|over"
            rf"|by) (?:[\w-]+ ){{0,5}}?(?:{crime})|in absentia)|indicted)"
            r"|(?P<verb>\b(?:charged|indicted)) (?!with|in|at|by|for"
            rf"|of)(?P<who2>{titled}|{listed(ANYBODY)})(?:, \d+,)?(?: with| for| on| over"
            rf"| in connection with| in)(?: [\w-]+){{0,5}}? (?:{crime}))",
            Stance.CHARGED,
            False,
        ),
    )
    return tuple(
        AccusationRule(
            name=name,
            cues=cues,
            source=pattern,
            stance=stance,
            own_event=own,
        )
        for name, cues, pattern, stance, own in rows
    )
