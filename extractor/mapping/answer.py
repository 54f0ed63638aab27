"""A whole answer: incidents and figures mapped in order, references made whole at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.article import Article
from extractor.codes import AttackType, FlagCode, Scope
from extractor.ground import Searchable
from extractor.mapping.claims import map_blame, map_count
from extractor.mapping.notebook import Notebook
from extractor.mapping.places import map_places
from extractor.mapping.references import Names, cut_dangling, name_claims
from extractor.mapping.setting import map_parties, map_when
from extractor.records import CountClaim, Flag, Incident, Quote, SetAside
from extractor.resolve.tables import Tables, open_tables
from extractor.wire import WireAnswer, WireIncident


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """What an answer becomes."""

    incidents: tuple[Incident, ...]
    cumulative: tuple[CountClaim, ...]
    flags: tuple[Flag, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def claims(self) -> frozenset[str]:
        """Ids of all claims that are left."""
        own = ((*one.counts, *one.blames) for one in self.incidents)
        return frozenset(claim.id for group in (*own, self.cumulative) for claim in group)


def map_answer(
    answer: WireAnswer,
    article: Article,
    *,
    examples: Sequence[str] = (),
    tables: Tables | None = None,
) -> Mapped:
    """Ground, read and resolve every part of an answer.

    Args:
        answer: what a reader filled in.
        article: the article it was asked about.
        examples: texts of the prompt's examples; a quote from one of them is flagged as a leak.
        tables: what places and actors are looked up in; the packaged tables by default.
    """
    notebook = Notebook(
        searchable=Searchable(article),
        tables=tables or open_tables(),
        examples=tuple(map(Searchable, _articles(tuple(examples)))),
    )
    names = name_claims(answer)
    counted, blamed = 0, 0
    incidents: list[Incident] = []
    for n, wire in enumerate(answer.incidents, 1):
        incidents.append(_incident(wire, f"i{n}", counted, blamed, names, notebook))
        counted, blamed = counted + len(wire.counts), blamed + len(wire.blames)
    cumulative = [
        map_count(wire, where=f"cumulative/c{n}", names=names, anchors=(), notebook=notebook)
        for n, wire in enumerate(answer.cumulative, counted + 1)
    ]
    for claim in cumulative:
        if claim and claim.scope is Scope.INCIDENT:
            told = "stands beside the incidents, but is said to cover one only"
            notebook.flag(FlagCode.CUMULATIVE_SUSPECT, f"cumulative/{claim.id}", told)
    apart, moved = _without_cumulative(incidents, notebook)
    told_incidents, summed = cut_dangling(
        apart, (*moved, *(claim for claim in cumulative if claim)), answer, notebook
    )
    return Mapped(
        incidents=_with_claims(told_incidents, answer, notebook),
        cumulative=summed,
        flags=tuple(notebook.flags),
        set_aside=tuple(notebook.set_aside),
    )


@lru_cache(maxsize=4)  # a run has one prompt, and so the same examples for every article
def _articles(texts: tuple[str, ...]) -> tuple[Article, ...]:
    return tuple(map(Article.of, texts))


def _with_claims(
    incidents: Iterable[Incident], answer: WireAnswer, notebook: Notebook
) -> tuple[Incident, ...]:
    """Incidents that have a claim left; one without any is none (R0) and is set aside whole."""
    kept: list[Incident] = []
    for incident, wire in zip(incidents, answer.incidents, strict=True):
        if incident.counts or incident.blames:
            kept.append(incident)
            continue
        told = "no count and no blame of this incident is proved by the article"
        notebook.flag(FlagCode.QUOTE_NOT_FOUND, incident.id, told)
        notebook.put_aside(incident.id, "incident", wire, FlagCode.QUOTE_NOT_FOUND)
    return tuple(kept)


def _without_cumulative(
    incidents: Iterable[Incident], notebook: Notebook
) -> tuple[list[Incident], list[CountClaim]]:
    """Incidents with their own counts only, and the cumulative counts that stood in them (R9)."""
    kept: list[Incident] = []
    moved: list[CountClaim] = []
    for incident in incidents:
        own = tuple(claim for claim in incident.counts if claim.scope is Scope.INCIDENT)
        others = [claim for claim in incident.counts if claim.scope is not Scope.INCIDENT]
        for claim in others:
            told = f"covers more than this incident ({claim.scope.value}): kept beside it"
            notebook.flag(FlagCode.CUMULATIVE_SUSPECT, f"{incident.id}/{claim.id}", told)
        kept.append(incident.model_copy(update={"counts": own}))
        moved += others
    return kept, moved


def _incident(
    wire: WireIncident, where: str, counted: int, blamed: int, names: Names, notebook: Notebook
) -> Incident:
    """One incident; `counted` and `blamed` claims of the answer stand before its own."""
    anchors = _anchors(wire, notebook.searchable)
    places = map_places(wire.places, where=where, anchors=anchors, notebook=notebook)
    countries = tuple(dict.fromkeys(code for place in places for code in place.countries))
    counts = [
        map_count(c, where=f"{where}/c{n}", names=names, anchors=anchors, notebook=notebook)
        for n, c in enumerate(wire.counts, counted + 1)
    ]
    blames = [
        map_blame(
            b,
            where=f"{where}/b{n}",
            names=names,
            anchors=anchors,
            countries=countries,
            notebook=notebook,
        )
        for n, b in enumerate(wire.blames, blamed + 1)
    ]
    return Incident(
        id=where,
        summary=wire.summary,
        actuality=wire.actuality,
        clarity=wire.clarity,
        background=wire.background,
        attack_types=tuple(dict.fromkeys(wire.attack_types)) or (AttackType.UNKNOWN,),
        when=map_when(wire.when, where=f"{where}/when", anchors=anchors, notebook=notebook),
        places=places,
        parties=map_parties(
            wire.parties, where=where, anchors=anchors, countries=countries, notebook=notebook
        ),
        counts=tuple(claim for claim in counts if claim),
        blames=tuple(claim for claim in blames if claim),
        evidence=notebook.quotes(f"{where}/evidence", wire.evidence, anchors),
    )


def _anchors(wire: WireIncident, searchable: Searchable) -> tuple[Quote, ...]:
    """Quotes that stand in one place only: they tell where the article speaks of the incident."""
    claims = (*wire.counts, *wire.blames)
    told = dict.fromkeys([*wire.evidence, *(quote for claim in claims for quote in claim.quotes)])
    found = map(searchable.find_only, told)
    return tuple(place for place in found if place)
