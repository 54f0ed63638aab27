"""Subjects: who stands before a verb, without the words of the news that stand before them."""

import re

from extractor.readers.baseline.voicing import is_kind_of_speaker
from extractor.resolve.dates import WEEKDAYS

OPENS = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)"
LEAD = re.compile(
    r"^(?:(?:but|and|while|meanwhile|however|earlier|later|also|that|as|although|though|where|in"
    r" a statement|initially|recently|additionally|similarly|previously|separately|which(?= \w)"
    r"|on (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december) \d{1,2}"
    r"|in a report|\d{1,2} \w+ \d{4}|on|late|early|yesterday|today|overnight|"
    + "|".join(WEEKDAYS)
    + r")\b,?\s*)+",
    re.IGNORECASE,
)
NEWS = re.compile(
    r"\b(?:killed|killing|kills?|wounded|injured|dead|died|people|civilians|casualties|attack"
    r"|blast|was|were"
    r"|had|has|is|are|" + "|".join(WEEKDAYS) + r")\b\s*",
    re.IGNORECASE,
)
_OTHER_VERB = re.compile(
    r"\s(?:gave|would|could|can|will|may|might|has|had|did|does|visited|arrived|declined|refused|went|came|\w+ed)\b.*\band\s*$"
    r"|\sand\s*$",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"no (?:group|one|organi[sz]ation|party|side)|nobody|none", re.IGNORECASE)
PRONOUN = re.compile(r"(?:he|she|they|it|who|which|the group)$", re.IGNORECASE)
_CAPITALS = re.compile(r"(?:\b[A-Z][\w.'\u2019-]* +)*\b[A-Z][\w.'\u2019-]*(?: +[a-z]+){0,2}$")
# "five militiamen the Observatory" said: the speaker is "the Observatory". After a preposition or
# "and" the words belong together: "a spokesman for the army", "police and the army".
NO_SUBJECT = re.compile(
    r"^(?:there|when|he|she|they|we|i|but|not|no|multiple|according|under|if)\b"
    r"|\b(?:to|been|have|not|no|now|as|but|be|is|are|refused|met|continued|by|of|with|from|first|second|third|fourth|fifth|other)$|\b(?:I|met|refused)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?<!\bof )(?<!\bfor )(?<!\bin )(?<!\bfrom )(?<!\bat )(?<!\bto )(?<!\band )(?<!\bwith"
    r" )(?<!\bby )(?<!\bon )"
    r"\b(?:the|a|an)\b",
    re.IGNORECASE,
)
_TITLE = (
    r"(?:Drs?|Mrs?|Ms|Prof|Professor|Captain|Colonel|General|Major|Lieutenant|Sergeant|Inspector"
    r"|Commissioner|Superintendent|Sister|Father|Bishop|Pastor|Chief|Mayor|Governor|Councill?or|Judge)"
)
_PLACED = re.compile(
    rf"(?:at|in|on|from|near|outside|inside|behind) (?:[\w'\u2019-]+ ){{1,6}}?"
    rf"(?P<who>{_TITLE}\b\.? [A-Z]"
    r"|(?<!of )(?<!in )(?<!at )(?:a|an|the|its|one) (?=[a-z]))",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"{_TITLE}\b\.? [A-Z]")
_DRAGGED = re.compile(r"(?:scores|dozens|others|several|many|more|them)\b", re.IGNORECASE)
_PHRASE_WORDS = 7  # "the monitoring group the Syrian Observatory" and the like fit
_SUBJECT_WORDS = 14  # a longer description has caught a piece of the news itself


def subject_before(sentence: str, at: int) -> tuple[int, int] | None:
    """The subject of a verb that stands at a place; empty for a pronoun, or if there is none."""
    helping = _HELPING.search(sentence, 0, at)
    span = find_subject(sentence, helping.start() if helping else at)
    return None if span is None or PRONOUN.match(sentence[slice(*span)]) else span


_HELPING = re.compile(
    r"(?: (?:has|have|had|also|later|\w+ly|on \w+day|\w+day|yesterday|today|tonight|last \w+"
    r"|this \w+)){0,4}\s*$",
    re.I,
)


def find_subject(sentence: str, at: int) -> tuple[int, int] | None:
    """Where the subject of a verb of saying stands that begins at a place."""
    start = max(sentence.rfind(mark, 0, at) for mark in ',;:"\u201c\u201d()') + 1
    words = sentence[start:at]
    start += len(words) - len(words.lstrip())
    for news in NEWS.finditer(sentence, start, at):
        start = news.end()
    lead = LEAD.match(sentence[start:at])
    start += lead.end() if lead else 0
    start += _after_verb(sentence[start:at])
    start += _after_place(sentence[start:at])
    who = _without_other_verbs(sentence[start:at])
    if not who or len(who.split()) > _SUBJECT_WORDS or _NOBODY.match(who):
        return None
    if PRONOUN.match(who):
        return start, start + len(who)
    if who.lower() in ("the", "a", "an") or NO_SUBJECT.search(who):
        return None  # "the accused", "there have been no": nobody is said to speak
    drag = _last_phrase(who)
    return start + drag, start + len(who)


# "Claimed responsibility but officials suspect": what a verb governs is not the next one's subject.
_JOINED_CLAUSE = re.compile(r"^[a-z]+ed\b[^.]{0,60}? (?:but|yet|though|although|while) (?=\w)")


def _after_verb(subject: str) -> int:
    """Where the next clause begins behind the rest of one that a verb opens."""
    match = _JOINED_CLAUSE.match(subject)
    return match.end() if match else 0


def _after_place(subject: str) -> int:
    """Where the speaker begins behind a place: "At the mill Dr Odo Brod" begins with "Dr"."""
    match = _PLACED.match(subject)
    return match.start("who") if match else 0


def _without_other_verbs(subject: str) -> str:
    """A subject without a verb it has before: "police gave no figure and" said is "police"."""
    told = _OTHER_VERB.search(subject)
    return (subject[: told.start()] if told else subject).rstrip()


# "A man calling a station in the name of the front": one description to its end.
_CALLER = re.compile(
    r"(?:an?|one|the) (?:[\w-]+ ){1,2}(?:calling|phoning|speaking|claiming|presenting|styling)\b",
    re.IGNORECASE,
)


def _last_phrase(subject: str) -> int:
    """Where the speaker's own description begins in a subject that drags other words along."""
    if _CALLER.match(subject):
        return 0
    openings = [match.start() for match in _OPENING.finditer(subject) if match.start()]
    if _TITLED.match(subject) and not openings:
        return 0
    known = [at for at in openings if is_kind_of_speaker(subject[at:])]
    if known:
        return known[-1]
    if re.match(rf"{OPENS} (?!\d)", subject) and not openings:
        return 0  # "the land office of the hill state of Brod": one long name
    known_kind = is_kind_of_speaker(subject)
    whole = known_kind and not _DRAGGED.match(subject) and not re.search(r"\d", subject)
    if whole or (len(subject.split()) <= _PHRASE_WORDS and not _DRAGGED.match(subject)):
        return 0
    capitals = _CAPITALS.search(subject)
    return openings[-1] if openings else capitals.start() if capitals else 0
