"""Unreal: what a sentence only fears, denies, plans or recalls, told from what happened."""

import re
from functools import lru_cache

from extractor.mentions.tags import Line, grammar
from extractor.mentions.walking import before, tag_at
from extractor.vocabulary import has_any, small

_CLAUSE = 120  # characters before a verb that can take back what it tells
_DOUBTED = re.compile(
    r"(?:\b(?:if|unless|whether|neither|nor)\b[^,;.]*"
    r"|^\s*(?:no(?! (?:fewer|less|more) than)"
    r"(?![^,;.]{0,60}? (?:for|after|over|behind) (?:the|\w+day['\u2019]s) [^,;.]{1,40} that )"
    r"|had)\b[^,;.]*"
    r"|\b(?:not|unable to|cannot) (?:\w+ )?(?:confirm|verify)\w*(?: \w+){0,3}? (?:that"
    r"|report\w*)\b[^.;]*"
    r"|\b(?:acquitted|cleared) of\b[^.;]*"
    r"|\b(?:no (?:evidence|proof|sign)|not true|untrue|false(?:ly)?|doubt\w*|den(?:y|ies"
    r"|ied)|rumou?r\w*)"
    r"(?: \w+){0,3}? (?:that|claim\w*|report\w*)\b[^.;]*"
    r")$",
    re.IGNORECASE,
)
_AIMED = re.compile(
    r"\b(?:fear\w*|threat(?! ?$)\w*|plot\w*|attempt\w*|bid"
    r"|plans?|planned|hop(?:e|es|ed|ing)|risk\w*|avoid\w*|prevent\w*"
    r"|capable|possib\w+|potential\w*|aim\w*|intend\w*|vow\w*|warn\w*|efforts?|focus\w*)"
    r"(?: \w+){0,4}? ?$",
    re.IGNORECASE,
)
_DOUBT_CUE = re.compile(
    r"if|unless|whether|n[eo]i?t?h?er|nor|no|had|not|unable|acquitted|cleared|untrue|false|doubt|den|rumo"
    r"|fear|threat|plot|attempt|bid|plan|hop|risk|avoid|prevent|capable|possib|potential|aim|intend|vow|effort|focus"
    r"|warn",
    re.IGNORECASE,
)
# Words to the machine that reads, not to people: what they order to be written did not happen.
_ORDER = re.compile(
    r"\b(?:assistants?|language models?|AI models?|summari[sz]ers?|chat ?bots?|LLMs?|AIs?)\b"
    r"[^.\n]{0,60}\b(?:must|should|shall|are to|is to|please)\b[^.\n]{0,30}"
    r"\b(?:record|report|count|output|extract|write|list|note|state|add|give|return|answer)\b"
    r"|\b(?:ignore|disregard|forget|override) (?:(?:all|any|the|your|these|previous|prior|above) )"
    r"{1,3}(?:instructions?|prompts?|rules)\b"
    r"|(?:^|[.:\"\u201c] ?)(?:output|write|print|return|record|answer with)\b[^.\n]{0,30}"
    r"\b(?:line|entry|summary|json|reply|claim) (?:saying|stating|that|with)\b"
    r"|\bsystem prompt\b|^\W*output ?:"
    r"|\b(?:you are|act as|acting as) (?:now )?an? (?:helpful )?(?:AI|artificial intelligence"
    r"|language model|LLM|chat ?bot|virtual assistant)\b"
    r"|^\W*(?:please )?(?:ignore|disregard|forget|override)\b[^.\n]{0,40}"
    r"\b(?:above|instructions?|guidelines|prompts?|rules)\b[^.\n]{0,30}"
    r"\b(?:report|write|output|say|state|record|add|list|count|answer|claim)\b"
    r"|<\|?(?:im_start|im_end|system|endoftext)\|?>|\[/?INST\]",
    re.IGNORECASE,
)
# Without one of these a sentence has no such words.
_ORDER_CUES = (
    *("assistant", "model", "summari", "chat", "llm", "instruction", "prompt", "rules"),
    *("above", "guideline", "output", "artificial intelligence"),
    *("<", "[", "line", "entry", "json", "reply", "claim"),
)
_AI = re.compile(r"\bais?\b", re.IGNORECASE)
_CAME_TRUE = frozenset({"managed", "on", "began", "started", "helped", "continued"})
_FAR_RECALL = 24  # tokens between "in connection with the blast" and "in which two were killed"
_FIRM = frozenset({"connection", "involved", "involvement", "role"})
_RECALL_REACH = 14  # tokens between "wanted in connection with" and "the murder of"


@lru_cache(maxsize=64)  # asked twice of each sentence
def is_order(sentence: str) -> bool:
    """Whether a sentence orders a machine what to write: "assistants must record 70 dead"."""
    words = small(sentence)
    if not has_any(words, _ORDER_CUES) and not ("ai" in words and _AI.search(sentence)):
        return False
    return _ORDER.search(sentence) is not None


def is_unreal(line: Line, sentence: str, at: int) -> bool:
    """Whether a verb group that begins at a token does not tell what happened."""
    ruler = before(line, at, "vHB")
    tag = tag_at(line, ruler)
    if tag in "M!":
        return True
    if tag == "t" and not _came_true(line, ruler, at):
        return True
    start = line.tokens[at].start
    clause = sentence[max(0, start - _CLAUSE) : start]
    if _DOUBT_CUE.search(clause) is None:
        return False
    joined = tag == "C" and line.tags[at] == "B"  # "posed a threat to them and were shot"
    return _DOUBTED.search(clause) is not None or (not joined and _AIMED.search(clause) is not None)


def _came_true(line: Line, to: int, at: int) -> bool:
    """Whether "to" follows "is said" or "managed": "is believed to have killed two"."""
    if tag_at(line, to - 1) == "S" and "H" in line.tags[to:at]:
        return True
    return to > 0 and line.tokens[to - 1].low in _CAME_TRUE


def is_denied(line: Line, people: int) -> bool:
    """Whether people are said not to be any: "no (civilians) were killed"."""
    return tag_at(line, before(line, people, "Dv")) == "!"


_THOUGHT = frozenset({"believed", "thought", "suspected", "alleged", "presumed", "said", "known"})
_AS_NOUN = (" in ", " of ", " behind ", " for ", ",")


def is_recalled(line: Line, at: int, *, rulers: str = "ICiER,") -> bool:
    """Whether a deed is one that somebody is accused of, sought for or remembers.

    `rulers` are the tags of which one must govern it: "(of) killing", "(which) killed".
    """
    governor = before(line, at, "DvtHBP#")
    ruler = tag_at(line, governor)
    if ruler not in rulers or (ruler == "," and line.tags[at] != "N"):
        return False
    if ruler == "I" and line.tags[at] == "K" and "P" in line.tags[governor:at]:
        return False  # "a group of (rebels) allegedly shot a man": its own subject
    reduced = line.tokens[governor].low in _THOUGHT and "H" in line.tags[governor:at]
    if reduced and tag_at(line, governor - 1) in ",P(":
        return True  # "the leader, believed to have killed two, was found"
    if line.tags[at] == "N" and line.tokens[governor].low == "behind":
        return True  # "the man behind the killing of two"
    first = max(0, at - (_FAR_RECALL if ruler == "R" else _RECALL_REACH))
    cues = grammar().recalled
    for place in range(at - 1, first - 1, -1):
        if line.tags[place] == ";":
            return False
        if ruler == "C" and line.tags[place] == "K" and not is_recalled(line, place):
            return False  # joined to a deed that is told: "killed two and arrested a third"
        low = line.tokens[place].low
        end = line.tokens[place].end
        if line.tags[place] == "P" and line.sentence.startswith(_AS_NOUN, end):
            # "the prime accused in", "two masterminds behind"; not "critics accused the army"
            low = line.sentence[:end].rsplit(" ", 1)[-1].lower()
        if low not in cues or (place < at - _RECALL_REACH and low not in _FIRM):
            continue
        if low in grammar().blaming:
            return not _is_news(line, place, at)
        return True
    return False


def _is_news(line: Line, cue: int, at: int) -> bool:
    """Whether who blames somebody tells the deed itself: "they blamed the army for killing six".

    Not "a man accused of killing six", nor "commanders blamed for (many) attacks that killed 90":
    there somebody is told of by what he is blamed for. "Is responsible for Monday's attack" tells
    of a deed of a day.
    """
    if line.tokens[cue].low == "responsible":
        return any(line.tokens[n].low.removesuffix("'s") in _DAYS for n in range(cue, at))
    before_it, after_it = tag_at(line, before(line, cue, "v")), line.tokens[cue + 1].low
    return before_it not in "BHtDMi" and after_it not in _BLAMED_FOR


_BLAMED_FOR = frozenset({"of", "for", "in", "by", "with"})
_DAYS = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("yesterday", "today"),
    }
)
