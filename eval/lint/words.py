"""Words: quotes stand where a label says, and names stand in the article."""

import re
import unicodedata
from collections.abc import Iterator

from eval.gold import GoldArticle
from eval.lint.finding import Finding, each_blame, each_count, each_incident, each_quote
from eval.quoting import normal, stands_there
from extractor.article import Article
from extractor.codes import SpeakerType
from extractor.records import Actor, CountClaim, Speaker


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text without cutting a word or a number of it in two."""
    wanted, there = normal(words), normal(text)
    at = there.find(wanted) if wanted else -1
    while at >= 0:
        if not (_cuts(there, at) or _cuts(there, at + len(wanted))):
            return True
        at = there.find(wanted, at + 1)
    return False


def check_quotes(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Quotes that do not stand where they are said to."""
    for where, quote in each_quote(gold):
        text = article.field(quote.field)
        found = article.slice(quote)
        if not stands_there(quote, article):
            there = f"{quote.field} {quote.start}-{quote.end} reads {_short(found)}"
            told = f"{there}, not {_short(quote.text)}; find the quote again"
            yield Finding(where, told)
        elif _cuts(text, quote.start) or _cuts(text, quote.end):
            yield Finding(where, f"{_short(quote.text)} cuts a word or number; quote it whole")


def check_names(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Verbatim words that do not stand in the article."""
    whole = f"{article.title or ''}\n{article.text}"
    for where, words in _verbatim(gold):
        if words is not None and not stands_in(words, whole):
            yield Finding(
                where, f"{_short(words)} does not stand in the article; write it as there"
            )


def check_speakers(gold: GoldArticle, article: Article) -> Iterator[Finding]:
    """Speakers without a name, and an article's voice with one."""
    del article  # every check is asked the same way
    for where, claim in (*each_count(gold), *each_blame(gold)):
        for n, speaker in enumerate(claim.speakers):
            field = f"{where}.speakers.{n}"
            if speaker.type is SpeakerType.ARTICLE_VOICE:
                if speaker.name_text is not None:
                    yield Finding(field, "the article's own voice has no name; give another type")
                if len(claim.speakers) > 1:
                    yield Finding(field, "the article's own voice never speaks jointly")
            elif speaker.name_text is None and speaker.type is not SpeakerType.UNKNOWN:
                yield Finding(field, f"a speaker {speaker.type.value!r} needs a name")


_SEPARATED = re.compile(r"\d[.,:\u066b\u066c]\d")
# Scripts that put no space between words, where a cut cannot be told from the characters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SHOWN = 60  # characters: enough to find the words by


def _cuts(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _SEPARATED.search(text[max(0, at - 2) : at + 2]):
        return True
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    return before.isalnum() and (after.isalnum() or unicodedata.category(after).startswith("M"))


def _short(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…")


def _verbatim(gold: GoldArticle) -> Iterator[tuple[str, str | None]]:
    for where, claim in each_count(gold):
        yield from _of_count(where, claim)
    for where, blame in each_blame(gold):
        for n, actor in enumerate(blame.accused):
            yield f"{where}.accused.{n}.name_text", actor.name_text
        yield from _of_speakers(where, blame.speakers)
    for where, incident in each_incident(gold):
        yield f"{where}.when.expression", incident.when.expression
        for n, place in enumerate(incident.places):
            yield f"{where}.places.{n}.name_text", place.name_text
            yield f"{where}.places.{n}.controlled_by_text", place.controlled_by_text
            for m, words in enumerate(place.within_text):
                yield f"{where}.places.{n}.within_text.{m}", words
        for n, party in enumerate(incident.parties):
            yield f"{where}.parties.{n}.name_text", party.name_text
            yield f"{where}.parties.{n}.actor.name_text", party.actor.name_text
    for n, other in enumerate(gold.alternatives):
        where = f"alternatives.{n}"
        yield f"{where}.group.text", other.group.text if other.group else None
        yield from _of_speakers(where, other.speakers or ())
        accused: tuple[Actor, ...] = other.accused or ()
        for m, actor in enumerate(accused):
            yield f"{where}.accused.{m}.name_text", actor.name_text
        yield f"{where}.place.name_text", other.place.name_text if other.place else None
        yield f"{where}.when.expression", other.when.expression if other.when else None
        yield f"{where}.number.text", other.number.text if other.number else None


def _of_count(where: str, claim: CountClaim) -> Iterator[tuple[str, str | None]]:
    yield f"{where}.group.text", claim.group.text
    yield f"{where}.group.party", claim.group.party
    yield f"{where}.place_text", claim.place_text
    yield f"{where}.period_text", claim.period_text
    yield from _of_speakers(where, claim.speakers)


def _of_speakers(where: str, speakers: tuple[Speaker, ...]) -> Iterator[tuple[str, str | None]]:
    for n, speaker in enumerate(speakers):
        yield f"{where}.speakers.{n}.name_text", speaker.name_text
        yield f"{where}.speakers.{n}.via_text", speaker.via_text
