"""Checks: what a person should look at in records that are grounded, as typed flags.

A check finds; it never changes or removes a claim.
"""

import re
from collections.abc import Iterable, Iterator
from textwrap import shorten

from extractor.article import Article
from extractor.codes import FlagCode, Qualifier
from extractor.denials import says_nobody_was_harmed
from extractor.language import OTHER_LANGUAGE, find_language
from extractor.numerals import Number
from extractor.omissions import Omission, find_omissions
from extractor.records import CountClaim, Flag, Incident, Left, Quote
from extractor.vocabulary import has_any, small

_INSTRUCTIONS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}"
    r"\b(?:(?:instructions?|guidelines)(?! to\b)|prompts?|rules(?! (?:of|on|for)\b))\b"
    r"|\b(?:you are|act as|acting as) (?:now )?an? (?:helpful )?"
    r"(?:AI|artificial intelligence|language model|LLM|chat ?bot|(?:AI|virtual) assistant)\b"
    r"|\b(?:AI|language) models?\b[^.\n]{0,30}\b(?:must|should|shall|please)\b"
    r"|\bsystem prompt\b|<\|?(?:im_start|im_end|system|endoftext)\|?>|\[/?INST\]"
    r"|</article\b|</(?:text|title)-[0-9a-f]",
    re.IGNORECASE,
)


# Without one of these a text has no such words.
_CUES = (
    *("ignore", "disregard", "forget", "override", "you are ", "act as ", "acting as "),
    *("ai model", "language model", "system prompt", "<", "[/", "inst]"),
)
_LEAD = 60  # characters before a quote that can deny it
_SHOWN = 300  # characters of a sentence in a message; its whole span is told beside


def check(
    article: Article,
    incidents: Iterable[Incident],
    cumulative: Iterable[CountClaim],
    *,
    left: Iterable[Left] = (),
) -> tuple[Flag, ...]:
    """Everything the checks find in one reading, in a fixed order.

    Args:
        article: what was read.
        incidents: those of the reading.
        cumulative: its figures beside them.
        left: what its reader saw and made no claim of.
    """
    told, summed = tuple(incidents), tuple(cumulative)
    claims = {
        claim.id: (place, claim)
        for place, group in (*((i.id, i.counts) for i in told), ("cumulative", summed))
        for claim in group
    }
    counts = (claim for _, claim in claims.values())
    blames = (blame for incident in told for blame in incident.blames)
    return (
        *_subsets(claims),
        *_negations(claims, article),
        *_instructions(article),
        *_other_language(article, left),
        *(_uncovered(one) for one in find_omissions(article, counts, blames)),
    )


def _other_language(article: Article, left: Iterable[Left]) -> Iterator[Flag]:
    """A word on an article that its reader left whole, for it reads English only."""
    for one in left:
        language = find_language(article) if one.reason == OTHER_LANGUAGE else None
        if language is not None:
            yield Flag(
                code=FlagCode.LANGUAGE_NOT_READ,
                where=f"{one.field}:{one.start}-{one.end}",
                message=f"the built-in rules read English, and this article seems to be in"
                f" {language.name}: nothing was read from it",
            )


def _uncovered(omission: Omission) -> Flag:
    words = shorten(omission.words, _SHOWN, placeholder=" …")
    return Flag(
        code=FlagCode.UNCOVERED_MENTION,
        where=f"{omission.field}:{omission.start}-{omission.end}",
        message=f"tells of casualties that no claim covers: {words!r}",
    )


def _subsets(claims: dict[str, tuple[str, CountClaim]]) -> Iterator[Flag]:
    for where, claim in claims.values():
        whole = claims.get(claim.part_of or "")
        if whole and exceeds(claim.number, whole[1].number):
            yield Flag(
                code=FlagCode.SUBSET_EXCEEDS_PARENT,
                where=f"{where}/{claim.id}",
                message=f"{claim.number.text!r} is a part of {whole[1].number.text!r}",
            )


def exceeds(part: Number, whole: Number) -> bool:
    """Whether a part is surely larger than its whole, as far as the bounds tell."""
    return part.lower is not None and whole.upper is not None and part.lower > whole.upper


def _negations(claims: dict[str, tuple[str, CountClaim]], article: Article) -> Iterator[Flag]:
    for where, claim in claims.values():
        if claim.number.qualifier is Qualifier.NONE:
            continue
        for quote in claim.quotes:
            if claim.number.text and claim.number.text not in quote.text:
                continue  # it names the speaker, and states no figure
            if says_nobody_was_harmed(_with_lead(quote, article), claim.outcome):
                yield Flag(
                    code=FlagCode.NEGATED_QUOTE,
                    where=f"{where}/{claim.id}",
                    message=f"the quote says that nobody was harmed: {quote.text!r}",
                )


def _with_lead(quote: Quote, article: Article) -> str:
    """A quote with the words of its clause before it, which may take back what it says."""
    text = article.field(quote.field)
    before = re.split(r"[.;:!?\n]", text[max(0, quote.start - _LEAD) : quote.start])[-1]
    return before + quote.text


def _instructions(article: Article) -> Iterator[Flag]:
    for field in ("title", "text"):
        words = article.field(field)
        found = _INSTRUCTIONS.search(words) if has_any(small(words), _CUES) else None
        if found:
            yield Flag(
                code=FlagCode.INSTRUCTION_IN_TEXT,
                where=f"{field}:{found.start()}-{found.end()}",
                message="the article seems to instruct a language model",
            )
