"""Systems that read nothing, or next to nothing: what a scorer gives them shows what it is worth.

Each takes a gold article and answers as a careless or cunning reader would. Where it needs a base
it starts from the labels themselves: everything else is perfect, so that what its one trick gains
or costs stands alone. `gold_itself` has no trick and scores 1 everywhere.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from eval.gold import Labelled
from eval.predictions import Prediction
from extractor.article import Article
from extractor.codes import (
    DatePrecision,
    InputOutcome,
    Outcome,
    PlaceLevel,
    Qualifier,
    SpeakerType,
    Stance,
)
from extractor.numerals import Number, find_numbers, may_count_people
from extractor.records import (
    BlameClaim,
    CountClaim,
    Group,
    Incident,
    Match,
    Place,
    Quote,
    Speaker,
    When,
)

System = Callable[[Labelled], Prediction | None]


@dataclass(frozen=True, kw_only=True)
class Trick:
    """A system, what it does, and why nobody should want its records."""

    predict: System
    does: str
    fails: str


def systems() -> dict[str, System]:
    """Every system by its name."""
    return {name: trick.predict for name, trick in TRICKS.items()}


def gold_itself(one: Labelled) -> Prediction:
    """The labels, unchanged."""
    return _predict(one, one.gold.incidents, one.gold.cumulative)


def empty(one: Labelled) -> Prediction:
    """Nothing at all."""
    return _predict(one, ())


def headline_only(one: Labelled) -> Prediction:
    """One incident with the headline's first figure as the dead, on the day of publication."""
    title = one.article.title
    if not title:
        return _predict(one, ())
    proof = _quote(one.article, "title", 0, len(title))
    named = [place for gold in one.gold.incidents for place in gold.places]
    people = [
        found for found in find_numbers(title) if may_count_people(title, found.start, found.end)
    ]
    counts = [
        CountClaim(
            id="headline-count",
            outcome=Outcome.KILLED,
            number=found.number,
            group=Group(text=None),
            speakers=(_OWN_VOICE,),
            quotes=(proof,),
        )
        for found in people[:1]
    ]
    incident = Incident(
        id="headline",
        summary=title,
        attack_types=next((gold.attack_types for gold in one.gold.incidents), ()),
        when=_published(one.article, _UNDATED),
        places=tuple(place for place in named if place.name_text in title)[:1],
        counts=tuple(counts),
        evidence=(proof,),
    )
    return _predict(one, (incident,))


def incident_per_sentence(one: Labelled) -> Prediction:
    """Each sentence an incident: the gold claims it proves, at the place and day last told."""
    told: list[Incident] = []
    incidents = one.gold.incidents
    last = incidents[0] if incidents else _nothing()
    for n, (start, end) in enumerate(_sentences(one.article.text), 1):
        here = [gold for gold in incidents if _any_within(_quotes(gold), start, end)]
        last = here[0] if here else last
        counts = [claim for gold in incidents for claim in gold.counts]
        blames = [claim for gold in incidents for claim in gold.blames]
        update = {
            "id": f"sentence-{n}",
            "background": False,
            "counts": tuple(one for one in counts if _any_within(one.quotes[:1], start, end)),
            "blames": tuple(one for one in blames if _any_within(one.quotes[:1], start, end)),
            "evidence": (_quote(one.article, "text", start, end),),
        }
        told.append(last.model_copy(update=update))
    return _predict(one, told, one.gold.cumulative)


def everything_twice(one: Labelled) -> Prediction:
    """Every incident and every cumulative figure, and all of them again under other ids."""
    incidents, cumulative = one.gold.incidents, one.gold.cumulative
    again = [_renamed(incident) for incident in incidents]
    return _predict(
        one, [*incidents, *again], [*cumulative, *(_renamed_count(claim) for claim in cumulative)]
    )


def wide_ranges(one: Labelled) -> Prediction:
    """Every figure "0 to 1000"."""

    def widened(claims: Iterable[CountClaim]) -> tuple[CountClaim, ...]:
        return tuple(claim.model_copy(update={"number": _ANYTHING}) for claim in claims)

    return _changed(
        one, lambda gold: {"counts": widened(gold.counts)}, widened(one.gold.cumulative)
    )


def unknown_perpetrator(one: Labelled) -> Prediction:
    """Nobody is ever blamed: whoever speaks says that it is not known who did it."""

    def silenced(gold: Incident) -> dict[str, object]:
        update = {"accused": (), "stance": Stance.SAID_UNKNOWN, "answers": None}
        blames = [claim.model_copy(update=update) for claim in gold.blames]
        if not blames:
            proof = _quotes(gold)[:1] or (_quote(one.article, "text", 0, 1),)
            blames = [
                BlameClaim(
                    id=f"{gold.id}-unknown",
                    accused=(),
                    speakers=(_OWN_VOICE,),
                    stance=Stance.SAID_UNKNOWN,
                    quotes=proof,
                )
            ]
        return {"blames": tuple(blames)}

    return _changed(one, silenced)


def country_only(one: Labelled) -> Prediction:
    """Every place the country it lies in."""
    return _changed(one, lambda gold: {"places": tuple(map(_country, gold.places))})


def publication_date(one: Labelled) -> Prediction:
    """Every incident on the day the article was published."""
    return _changed(one, lambda gold: {"when": _published(one.article, gold.when)})


def one_incident_for_all(one: Labelled) -> Prediction:
    """All incidents merged into the first, with the claims of every one."""
    incidents = one.gold.incidents
    if not incidents:
        return _predict(one, (), one.gold.cumulative)
    update = {
        "background": False,
        "counts": tuple(claim for gold in incidents for claim in gold.counts),
        "blames": tuple(claim for gold in incidents for claim in gold.blames),
        "evidence": tuple(quote for gold in incidents for quote in gold.evidence),
        "places": tuple(place for gold in incidents for place in gold.places),
    }
    return _predict(one, [incidents[0].model_copy(update=update)], one.gold.cumulative)


def empty_fields(one: Labelled) -> Prediction:
    """Every incident with its proof, and nothing said of it."""
    return _changed(
        one,
        lambda gold: {
            "attack_types": (),
            "when": _UNDATED,
            "places": (),
            "counts": (),
            "blames": (),
            "evidence": gold.evidence or _quotes(gold)[:1],
        },
        (),
    )


def whole_text_quoted(one: Labelled) -> Prediction:
    """As many incidents as gold has, each proved by the whole article and with nothing else."""
    proof = _quote(one.article, "text", 0, len(one.article.text))
    update = {"evidence": (proof,)}
    hollow = [
        _nothing().model_copy(update={**update, "id": f"anything-{n}"})
        for n, _ in enumerate(one.gold.incidents, 1)
    ]
    return _predict(one, hollow)


TRICKS: Mapping[str, Trick] = {
    "gold itself": Trick(
        predict=gold_itself,
        does="the labels, unchanged",
        fails="It does not: every score is 1 and every harm 0, or the scorer is wrong.",
    ),
    "empty": Trick(
        predict=empty,
        does="no incident in any article",
        fails="It harms nobody and finds nothing: every F1 is 0. Only articles without an incident "
        "are read right.",
    ),
    "headline only": Trick(
        predict=headline_only,
        does="one incident: the headline's first figure as killed, on the day of publication",
        fails="It loses speakers, parts, the injured, blames and every incident but one, and turns "
        "other figures into deaths. Its place is gold's own, where the headline names it.",
    ),
    "incident per sentence": Trick(
        predict=incident_per_sentence,
        does="an incident for each sentence, with the gold claims proved there",
        fails="All but one sentence of an incident are spurious, and claims in them count both as "
        "missed and as invented.",
    ),
    "everything twice": Trick(
        predict=everything_twice,
        does="all gold incidents and figures, and all of them again",
        fails="Recall is 1, precision one half: all of the second copy is spurious.",
    ),
    "wide ranges": Trick(
        predict=wide_ranges,
        does="every figure 0 to 1000",
        fails="A range that holds every figure says none: the ends must be right.",
    ),
    "unknown perpetrator": Trick(
        predict=unknown_perpetrator,
        does="whoever speaks says that it is not known who did it",
        fails="No accused is found, and saying so is a blame of its own: only right where gold has "
        "it. No harm is done by it, which is why harms stand beside recall.",
    ),
    "country only": Trick(
        predict=country_only,
        does="every place its country",
        fails="Right country, wrong place: gold is finer.",
    ),
    "publication date": Trick(
        predict=publication_date,
        does="every incident on the day of publication",
        fails="Most reports tell of the day before or of a longer time ago.",
    ),
    "one incident for all": Trick(
        predict=one_incident_for_all,
        does="all incidents merged into the first",
        fails="All incidents but one are missed, and their claims stand in a wrong incident. It "
        "costs nothing where an article tells of one incident.",
    ),
    "empty fields": Trick(
        predict=empty_fields,
        does="every incident with its proof, without date, place or claim",
        fails="Incidents are found; that nothing is said of them costs every claim's recall.",
    ),
    "whole text quoted": Trick(
        predict=whole_text_quoted,
        does="as many incidents as there are, each proved by the whole article and nothing else",
        fails="Whoever quotes what tells of no incident as well has chosen no words: without a "
        "place or date that is no incident found.",
    ),
}
"""Every system, with what it does and why its score is low."""


_OWN_VOICE = Speaker(name_text=None, type=SpeakerType.ARTICLE_VOICE)
_ANYTHING = Number(text="0 to 1000", lower=0, upper=1000, qualifier=Qualifier.RANGE)
_UNDATED = When(expression=None, start=None, end=None, precision=DatePrecision.UNKNOWN)
_SENTENCE = re.compile(r"""\S.*?(?:[.!?]["'\u201d\u2019)]*(?=\s)|$)""", re.DOTALL)


def _predict(
    one: Labelled, incidents: Iterable[Incident], cumulative: Iterable[CountClaim] = ()
) -> Prediction:
    return Prediction(
        article_id=one.article.id,
        text_sha256=one.article.text_sha256,
        outcome=InputOutcome.READ,
        incidents=tuple(incidents),
        cumulative=tuple(cumulative),
    )


def _changed(
    one: Labelled,
    change: Callable[[Incident], Mapping[str, object]],
    cumulative: Iterable[CountClaim] | None = None,
) -> Prediction:
    """The labels with something else in every incident."""
    incidents = [gold.model_copy(update=dict(change(gold))) for gold in one.gold.incidents]
    return _predict(one, incidents, one.gold.cumulative if cumulative is None else cumulative)


def _nothing() -> Incident:
    return Incident(id="nothing", summary="", attack_types=(), when=_UNDATED)


def _quote(article: Article, field: str, start: int, end: int) -> Quote:
    span = {"field": field, "start": start, "end": end}
    words = (article.text if field == "text" else article.title or "")[start:end]
    return Quote.model_validate({**span, "text": words, "match": Match.EXACT})


def _quotes(gold: Incident) -> tuple[Quote, ...]:
    claims = (*gold.counts, *gold.blames)
    return (*gold.evidence, *(quote for claim in claims for quote in claim.quotes))


def _any_within(quotes: Iterable[Quote], start: int, end: int) -> bool:
    return any(quote.field == "text" and start <= quote.start < end for quote in quotes)


def _sentences(text: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in _SENTENCE.finditer(text)]


def _published(article: Article, when: When) -> When:
    day = article.published_at
    if day is None:
        return when.model_copy(update={"start": None, "end": None})
    precise = {"start": day, "end": day, "precision": DatePrecision.DAY, "spans_days": False}
    return when.model_copy(update=precise)


def _country(place: Place) -> Place:
    code = place.countries[0] if place.countries else place.name_text
    return Place(
        name_text=place.parents[-1] if place.parents else code,
        level=PlaceLevel.COUNTRY,
        countries=place.countries[:1],
        quote=place.quote,
        method=place.method,
    )


def _renamed(incident: Incident) -> Incident:
    return incident.model_copy(
        update={
            "id": _again(incident.id),
            "counts": tuple(_renamed_count(claim) for claim in incident.counts),
            "blames": tuple(_renamed_blame(claim) for claim in incident.blames),
        }
    )


def _renamed_count(claim: CountClaim) -> CountClaim:
    update = {
        "id": _again(claim.id),
        "part_of": claim.part_of and _again(claim.part_of),
        "supersedes": claim.supersedes and _again(claim.supersedes),
    }
    return claim.model_copy(update=update)


def _renamed_blame(claim: BlameClaim) -> BlameClaim:
    update = {
        "id": _again(claim.id),
        "answers": claim.answers and _again(claim.answers),
        "applies_to": tuple(map(_again, claim.applies_to)),
    }
    return claim.model_copy(update=update)


def _again(name: str) -> str:
    return f"{name}-again"
