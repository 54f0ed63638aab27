"""Small values for tests of scoring: gold articles, predictions of them, and the case of both.

Incidents pair by id, figures are written as words: `figure("at least 26")`, `figure(26)`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from eval.align import Alignment, Leftover, LeftoverKind, Pair
from eval.cells import Cell, CellState, Harm
from eval.gold import Alternative, Distractor, DistractorKind, GoldArticle, Labelled
from eval.predictions import Prediction
from eval.scoring.case import Case
from extractor.article import Article
from extractor.codes import (
    ActorType,
    AttackType,
    DatePrecision,
    InputOutcome,
    Outcome,
    PlaceLevel,
    Qualifier,
    SpeakerType,
    Stance,
)
from extractor.numerals import Number
from extractor.records import (
    Actor,
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

TEXT = "Shells hit the market in Basra on Wednesday and many were hurt or killed there. " * 30
PUBLISHED = date(2016, 12, 1)  # a Thursday

_BOUNDED = {
    "at least": Qualifier.AT_LEAST,
    "more than": Qualifier.MORE_THAN,
    "up to": Qualifier.AT_MOST,
    "fewer than": Qualifier.FEWER_THAN,
    "about": Qualifier.APPROXIMATELY,
    "nearly": Qualifier.NEARLY,
}
_WITHOUT_BOUNDS = {"none": Qualifier.NONE, "unknown": Qualifier.UNKNOWN_NUMBER}


def figure(told: int | str | tuple[int, int] | Number, **changed: Any) -> Number:
    """A figure: 26, (5, 8), "at least 26", "several" (any other word is vague), "none", …"""
    if isinstance(told, Number):
        return told.model_copy(update=changed)
    fields: dict[str, Any]
    if isinstance(told, int):
        fields = {"lower": told, "upper": told, "qualifier": Qualifier.EXACT}
    elif isinstance(told, tuple):
        fields = {"lower": told[0], "upper": told[1], "qualifier": Qualifier.RANGE}
    else:
        fields = _of_words(told)
    return Number.model_validate({"text": str(told), **fields, **changed})


def _of_words(told: str) -> dict[str, Any]:
    if qualifier := _WITHOUT_BOUNDS.get(told):
        zero = 0 if qualifier is Qualifier.NONE else None
        return {"lower": zero, "upper": zero, "qualifier": qualifier}
    *words, last = told.split()
    qualifier = _BOUNDED.get(" ".join(words))
    if qualifier is None:
        return {"lower": None, "upper": None, "qualifier": Qualifier.VAGUE, "term": told}
    n = int(last)
    bounds = {
        Qualifier.AT_LEAST: (n, None),
        Qualifier.MORE_THAN: (n + 1, None),
        Qualifier.AT_MOST: (None, n),
        Qualifier.FEWER_THAN: (None, n - 1),
    }
    lower, upper = bounds.get(qualifier, (n, n))
    return {"lower": lower, "upper": upper, "qualifier": qualifier}


def quote(text: str = "Shells hit the market", *, at: int = 0, title: bool = False) -> Quote:
    """Words that stand at this code point of the text, or of the title."""
    field = "title" if title else "text"
    return Quote(field=field, start=at, end=at + len(text), text=text, match=Match.EXACT)


def speaker(
    name_text: str | None = None,
    type: SpeakerType = SpeakerType.ARTICLE_VOICE,  # noqa: A002 - the field's name
    **changed: Any,
) -> Speaker:
    """Who says so; the article's own voice if nothing is told."""
    return Speaker.model_validate({"name_text": name_text, "type": type, **changed})


VOICE = speaker()
POLICE = speaker("police", SpeakerType.POLICE)
HOSPITAL = speaker("a hospital", SpeakerType.HOSPITAL_OR_MEDIC)
MONITOR = speaker("the Observatory", SpeakerType.MONITOR_OR_NGO)
GOVERNMENT = speaker("The government", SpeakerType.GOVERNMENT, is_party=True)


def group(text: str | None = "people", **changed: Any) -> Group:
    """Who is counted."""
    return Group.model_validate({"text": text, **changed})


def count(
    id: str = "c1",  # noqa: A002 - the field's name
    told: int | str | tuple[int, int] | Number = 26,
    outcome: Outcome = Outcome.KILLED,
    **changed: Any,
) -> CountClaim:
    """A figure of 26 people killed, in the article's own voice, unless told otherwise."""
    fields: dict[str, Any] = {
        "id": id,
        "outcome": outcome,
        "number": figure(told),
        "group": group(),
        "speakers": (VOICE,),
        "quotes": (quote(),),
    }
    return CountClaim.model_validate({**fields, **changed})


def actor(
    name_text: str = "the Northern Front",
    type: ActorType = ActorType.REBEL_GROUP,  # noqa: A002 - the field's name
    **changed: Any,
) -> Actor:
    """Somebody who may be blamed."""
    return Actor.model_validate({"name_text": name_text, "type": type, **changed})


def blame(
    id: str = "b1",  # noqa: A002 - the field's name
    accused: Sequence[Actor] | None = None,
    stance: Stance = Stance.ACCUSED,
    **changed: Any,
) -> BlameClaim:
    """The government accuses the Northern Front, unless told otherwise."""
    fields: dict[str, Any] = {
        "id": id,
        "accused": (actor(),) if accused is None else tuple(accused),
        "stance": stance,
        "speakers": (GOVERNMENT,),
        "quotes": (quote(),),
    }
    return BlameClaim.model_validate({**fields, **changed})


def when(
    start: date | None = date(2016, 11, 30),
    end: date | None = None,
    precision: DatePrecision = DatePrecision.DAY,
    **changed: Any,
) -> When:
    """One day, 30 November 2016, unless told otherwise; the end is the start if not told."""
    fields: dict[str, Any] = {"expression": "Wednesday", "start": start, "end": end or start}
    return When.model_validate({**fields, "precision": precision, **changed})


def place(name_text: str = "Basra", **changed: Any) -> Place:
    """The city of Basra, resolved."""
    fields: dict[str, Any] = {
        "name_text": name_text,
        "level": PlaceLevel.CITY,
        "countries": ("IQ",),
        "lat": 30.51,
        "lon": 47.78,
        "radius_km": 10.0,
    }
    return Place.model_validate({**fields, **changed})


def incident(
    id: str = "i1",  # noqa: A002 - the field's name
    counts: Sequence[CountClaim] = (),
    blames: Sequence[BlameClaim] = (),
    **changed: Any,
) -> Incident:
    """The shelling of a market in Basra, with these claims and no other."""
    fields: dict[str, Any] = {
        "id": id,
        "summary": "Shells hit a market.",
        "attack_types": (AttackType.SHELLING,),
        "when": when(),
        "places": (place(),),
        "counts": tuple(counts),
        "blames": tuple(blames),
        "evidence": (quote(),),
    }
    return Incident.model_validate({**fields, **changed})


def article(text: str = TEXT, **changed: Any) -> Article:
    """An article; its words need not fit the quotes."""
    fields: dict[str, Any] = {"id": "a1", "published_at": PUBLISHED}
    return Article.of(text, **{**fields, **changed})


def alternative(of: str, **changed: Any) -> Alternative:
    """A second reading of a claim or incident."""
    return Alternative.model_validate({"of": of, "reason": "the words allow both", **changed})


def distractor(
    told: int | str | tuple[int, int] | Number,
    kind: DistractorKind = DistractorKind.CUMULATIVE,
    words: Quote | None = None,
) -> Distractor:
    """A figure that is no toll; it stands far from all others if no words are given."""
    return Distractor(number=figure(told), kind=kind, quote=words or quote("figure", at=2000))


def gold_article(*incidents: Incident, of: Article | None = None, **changed: Any) -> GoldArticle:
    """The labels of an article."""
    one = of or article()
    fields: dict[str, Any] = {
        "article_id": one.id,
        "text_sha256": one.text_sha256,
        "story_id": one.id,
        "labeller": "test",
        "incidents": incidents,
    }
    return GoldArticle.model_validate({**fields, **changed})


def labelled(
    *incidents: Incident, of: Article | None = None, split: str | None = None, **changed: Any
) -> Labelled:
    """An article with its labels."""
    one = of or article()
    return Labelled(article=one, gold=gold_article(*incidents, of=one, **changed), split=split)


def prediction(
    *incidents: Incident, of: Article | None = None, cumulative: Sequence[CountClaim] = ()
) -> Prediction:
    """What a run says of an article."""
    one = of or article()
    return Prediction(
        article_id=one.id,
        text_sha256=one.text_sha256,
        outcome=InputOutcome.READ,
        incidents=incidents,
        cumulative=tuple(cumulative),
    )


def align_by_id(
    gold: Sequence[Incident],
    predicted: Sequence[Incident],
    extra: LeftoverKind = "spurious",
    of: int | None = None,
) -> Alignment:
    """Incidents of one id are one; every other stands alone."""
    places = {one.id: index for index, one in enumerate(predicted)}
    pairs = tuple(
        Pair(gold=index, predicted=places[one.id], similarity=1.0)
        for index, one in enumerate(gold)
        if one.id in places
    )
    taken = {pair.predicted for pair in pairs}
    missed = [index for index, one in enumerate(gold) if one.id not in places]
    alone = [index for index in range(len(predicted)) if index not in taken]
    return Alignment(
        pairs=pairs,
        missed=tuple(Leftover(index=index, kind="missed") for index in missed),
        extra=tuple(Leftover(index=index, kind=extra, of=of) for index in alone),
    )


def case(
    gold: Sequence[Incident] = (),
    predicted: Sequence[Incident] | None = (),
    *,
    cumulative: Sequence[CountClaim] = (),
    gold_cumulative: Sequence[CountClaim] = (),
    alignment: Alignment | None = None,
    **labels: Any,
) -> Case:
    """A case; `cumulative` is predicted, `labels` are further fields of the gold article.

    Incidents are paired by id unless an alignment is given; no prediction at all is `None`.
    """
    one = labelled(*gold, cumulative=tuple(gold_cumulative), **labels)
    said = None if predicted is None else prediction(*predicted, cumulative=cumulative)
    paired = alignment or align_by_id(gold, predicted or ())
    return Case(labelled=one, prediction=said, alignment=paired)


def with_state(cells: Sequence[Cell], state: CellState) -> list[Cell]:
    """The cells in one state."""
    return [cell for cell in cells if cell.state is state]


def harms_of(cells: Sequence[Cell]) -> list[Harm]:
    """The harms done, in the order of the cells."""
    return [harm for cell in cells for harm in cell.harms]
