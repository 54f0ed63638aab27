"""Small values for tests: articles, wire answers and a reader that says what it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractor.article import Article
from extractor.codes import (
    ActorType,
    Actuality,
    AttackType,
    Clarity,
    DatePrecision,
    Hedge,
    Joint,
    Outcome,
    PlaceRelation,
    Qualifier,
    Scope,
    Side,
    SpeakerType,
    Stance,
    Standing,
    Unit,
    YesNo,
)
from extractor.intake import Taken
from extractor.manifest import Manifest, describe_run
from extractor.readers.answer import Answer, NoAnswer
from extractor.records import Rejected, Source
from extractor.request import Request
from extractor.wire import (
    WireActor,
    WireAnswer,
    WireBlame,
    WireCount,
    WireGroup,
    WireIncident,
    WireNumber,
    WireParty,
    WirePlace,
    WireSpeaker,
    WireWhen,
)

TEXT = (
    "Shells hit the market in Basra on Wednesday. At least 26 people were killed, including seven"
    " children, the Basra Monitor said. The governor accused the Northern Front of firing them."
)
PUBLISHED = date(2016, 12, 1)  # a Thursday


def make_article(text: str = TEXT, **changed: Any) -> Article:
    fields: dict[str, Any] = {"id": "a1", "published_at": PUBLISHED}
    return Article.of(text, **{**fields, **changed})


def make_number(text: str | None = "At least 26", **changed: Any) -> WireNumber:
    fields: dict[str, Any] = {
        "text": text,
        "lower": 26,
        "upper": None,
        "qualifier": Qualifier.AT_LEAST,
        "term": None,
        "enumerated": False,
        "unit": Unit.PERSONS,
    }
    return WireNumber.model_validate({**fields, **changed})


def make_group(text: str | None = "people", **changed: Any) -> WireGroup:
    fields: dict[str, Any] = {
        "text": text,
        "standing": Standing.UNSPECIFIED,
        "roles": [],
        "demographics": [],
        "party_text": None,
    }
    return WireGroup.model_validate({**fields, **changed})


def make_speaker(name_text: str | None = "the Basra Monitor", **changed: Any) -> WireSpeaker:
    fields: dict[str, Any] = {
        "name_text": name_text,
        "type": SpeakerType.MONITOR_OR_NGO,
        "via_text": None,
        "is_party": False,
    }
    return WireSpeaker.model_validate({**fields, **changed})


def make_count(id: str = "c1", **changed: Any) -> WireCount:  # noqa: A002 - the field's name
    fields: dict[str, Any] = {
        "id": id,
        "outcome": Outcome.KILLED,
        "number": make_number(),
        "group": make_group(),
        "part_of": None,
        "place_text": None,
        "scope": Scope.INCIDENT,
        "period_text": None,
        "speakers": [make_speaker()],
        "hedge": Hedge.NONE,
        "supersedes": None,
        "includes_attackers": YesNo.UNSTATED,
        "quotes": ["At least 26 people were killed"],
    }
    return WireCount.model_validate({**fields, **changed})


def make_children(id: str = "c2", **changed: Any) -> WireCount:  # noqa: A002 - the field's name
    """The seven children among the dead of `TEXT`."""
    number = make_number("seven", lower=7, upper=7, qualifier=Qualifier.EXACT)
    fields: dict[str, Any] = {
        "number": number,
        "group": make_group("children"),
        "part_of": "c1",
        "quotes": ["26 people were killed, including seven children"],
    }
    return make_count(id, **{**fields, **changed})


def make_blame(id: str = "b1", **changed: Any) -> WireBlame:  # noqa: A002 - the field's name
    fields: dict[str, Any] = {
        "id": id,
        "accused": [WireActor(name_text="the Northern Front", type=ActorType.REBEL_GROUP)],
        "joint": Joint.ALL,
        "speakers": [make_speaker("The governor", type=SpeakerType.GOVERNMENT)],
        "stance": Stance.ACCUSED,
        "applies_to": [],
        "answers": None,
        "quotes": ["The governor accused the Northern Front"],
    }
    return WireBlame.model_validate({**fields, **changed})


def make_when(expression: str | None = "Wednesday", **changed: Any) -> WireWhen:
    fields: dict[str, Any] = {
        "expression": expression,
        "start": None,
        "end": None,
        "precision": DatePrecision.DAY,
        "spans_days": False,
        "quote": None,
    }
    return WireWhen.model_validate({**fields, **changed})


def make_place(name_text: str = "Basra", **changed: Any) -> WirePlace:
    fields: dict[str, Any] = {
        "name_text": name_text,
        "within_text": [],
        "relation": PlaceRelation.IN,
        "controlled_by_text": None,
        "quote": None,
    }
    return WirePlace.model_validate({**fields, **changed})


def make_party(name_text: str = "the Northern Front") -> WireParty:
    return WireParty(name_text=name_text, type=ActorType.REBEL_GROUP, side=Side.A)


def make_incident(id: str = "i1", **changed: Any) -> WireIncident:  # noqa: A002 - as above
    fields: dict[str, Any] = {
        "id": id,
        "summary": "Shells hit a market.",
        "actuality": Actuality.ACTUAL,
        "clarity": Clarity.SINGLE,
        "background": False,
        "attack_types": [AttackType.SHELLING],
        "when": make_when(),
        "places": [make_place()],
        "parties": [],
        "counts": [make_count(), make_children()],
        "blames": [make_blame()],
        "evidence": ["Shells hit the market"],
    }
    return WireIncident.model_validate({**fields, **changed})


def make_answer(
    *incidents: WireIncident, cumulative: Iterable[WireCount] = (), **changed: Any
) -> WireAnswer:
    """An answer of these incidents; of one, changed as told, if none is given."""
    told = incidents or (make_incident(**changed),)
    return WireAnswer(incidents=list(told), cumulative=list(cumulative))


EMPTY = WireAnswer(incidents=[], cumulative=[])


def make_source(line: int | None = 1, path: str = "articles.jsonl") -> Source:
    return Source(path=path, line=line)


def make_taken(article: Article | None = None, line: int = 1) -> Taken:
    return Taken(article=article or make_article(), source=make_source(line))


def make_rejected(line: int = 1, **changed: Any) -> Rejected:
    fields: dict[str, Any] = {"source": make_source(line), "raw_sha256": "0" * 64}
    return Rejected.model_validate({**fields, "reason": "it is empty", **changed})


def make_manifest(**changed: Any) -> Manifest:
    fields: dict[str, Any] = {
        "reader": "scripted",
        "reader_fingerprint": "f",
        "prompt": None,
        "prompt_sha256": None,
        "intake": {},
        "arguments": {},
        "seed": None,
    }
    return describe_run(**{**fields, **changed})


@dataclass(kw_only=True)
class ScriptedReader:
    """A reader whose answers are written beforehand, one for each article id."""

    answers: dict[str, WireAnswer | NoAnswer | Exception]
    asked: list[str]
    name: str = "scripted"
    needs_prompt: bool = False
    fingerprint: str = "f"

    async def read(self, request: Request) -> Answer | NoAnswer:
        self.asked.append(request.article.id)
        usual = make_answer() if request.article.text == TEXT else EMPTY
        said = self.answers.get(request.article.id, usual)
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, NoAnswer) else Answer(answer=said)

    async def close(self) -> None:
        return None


def make_reader(**answers: WireAnswer | NoAnswer | Exception) -> ScriptedReader:
    """A reader that answers each article by its id.

    An article that it has no answer for is read rightly if its text is `TEXT`, and else as empty.
    """
    return ScriptedReader(answers=answers, asked=[])
