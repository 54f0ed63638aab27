"""Figures of MUC-4: the rows of a report of 1992, beside the best system of that year."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from eval.corpora.corpus import CorpusScore, Figure
from eval.corpora.muc4.alignment import GradedTemplate
from eval.corpora.muc4.baselines import baselines, grade_baseline
from eval.corpora.muc4.cells import corpus_cells
from eval.corpora.muc4.convention import Convention
from eval.corpora.muc4.graded import GradedDocument
from eval.corpora.muc4.keys import Fill, Slot
from eval.corpora.muc4.rows import OFFICIAL_SLOTS, Row, tally_row, tally_templates
from eval.corpora.muc4.tally import Tally, total
from eval.intervals import f1_interval, proportion_interval

OVERALL = "overall"
_PREFIX = "muc4"  # its slots are no figures of the other corpora
_TALLY = Callable[[Sequence[GradedTemplate]], Tally]


def score_documents(documents: Sequence[GradedDocument], convention: Convention) -> CorpusScore:
    """The whole score of graded documents."""
    figures = (
        *_slot_figures(documents, convention),
        *_overall_figures(documents, convention),
        *_template_figures(documents, convention),
        *_status_figures(documents, convention),
    )
    cells = corpus_cells(documents, convention.codes)
    return CorpusScore(figures=figures, cells=cells, notes=_notes(documents, convention))


def _notes(documents: Sequence[GradedDocument], convention: Convention) -> tuple[str, ...]:
    unread = sum(not one.is_read for one in documents)
    if not unread:
        return convention.notes
    told = f"{unread} document{'' if unread == 1 else 's'}"
    return (*convention.notes, f"not read, and answered by no template: {told}")


def _slot_figures(documents: Sequence[GradedDocument], convention: Convention) -> Iterator[Figure]:
    constant: dict[Slot, dict[str, float]] = defaultdict(dict)
    for baseline in baselines(convention):
        graded = grade_baseline(documents, baseline, convention)
        f1 = tally_row(graded, (baseline.slot,)).f1
        if f1 is not None:
            constant[baseline.slot][baseline.name] = f1
    for row in (Row.ALL, Row.MATCHED):
        for best in convention.published:
            is_whole = row is Row.ALL
            yield _f1(
                documents,
                lambda told, slot=best.slot, row=row: tally_row(told, (slot,), row=row),
                id=_id(best.slot.value, row),
                name=best.name,
                of=row.value,
                baselines=constant[best.slot] if is_whole else {},
                published=best.f1 if is_whole else None,
                published_by=f"{best.by}, TST3 and TST4 pooled" if is_whole else None,
            )
        yield _f1(
            documents,
            lambda told, row=row: tally_row(told, (Slot.VICTIM,), row=row),
            id=_id(Slot.VICTIM.value, row),
            name="victim, by name or description",
            of=row.value,
        )


def _overall_figures(
    documents: Sequence[GradedDocument], convention: Convention
) -> Iterator[Figure]:
    best = convention.published_overall
    for row in Row:
        is_whole = row is Row.ALL
        yield _f1(
            documents,
            lambda told, row=row: tally_row(told, OFFICIAL_SLOTS, row=row),
            id=_id(OVERALL, row),
            name=OVERALL,
            of=row.value,
            published=best.all_templates if is_whole else None,
            published_by=best.all_templates_by if is_whole else None,
        )
    yield _f1(
        documents,
        lambda told: tally_row(told, OFFICIAL_SLOTS, counts_optional=True),
        id=_id(f"{OVERALL}_as_in_1992", Row.ALL),
        name=f"{OVERALL}, optional fills counted where answered (as in 1992)",
        of=Row.ALL.value,
        published=best.same_slots,
        published_by=best.same_slots_by,
    )


def _template_figures(
    documents: Sequence[GradedDocument], convention: Convention
) -> Iterator[Figure]:
    best = convention.published_overall
    yield _f1(
        documents,
        tally_templates,
        id=f"{_PREFIX}.templates.f1.all",
        name="templates",
        of="templates found",
        published=best.templates,
        published_by=best.templates_by,
    )
    for measure, of, counted in (
        ("recall", "templates of the keys", "possible"),
        ("precision", "templates answered", "actual"),
    ):
        right = [tally_templates(one.templates).correct for one in documents]
        wholes = [tally_templates(one.templates).counts[counted] for one in documents]
        yield _share(
            documents,
            right,
            wholes,
            id=f"{_PREFIX}.templates.{measure}.all",
            name=f"template {measure}",
            of=of,
        )
    yield _relevance(documents)


def _relevance(documents: Sequence[GradedDocument]) -> Figure:
    """Whether there is a template at all, where the corpus says that something is to report."""
    tallies = [_found(document) for document in documents]
    return _figure(
        documents, tallies, id=f"{_PREFIX}.relevance.f1.all", name="relevance", of="documents"
    )


def _found(document: GradedDocument) -> Tally:
    is_told = bool(document.answers)
    return Tally(
        correct=int(document.is_relevant and is_told),
        missing=int(document.is_relevant and not is_told),
        spurious=int(is_told and not document.is_relevant),
    )


def _status_figures(
    documents: Sequence[GradedDocument], convention: Convention
) -> Iterator[Figure]:
    constant = convention.baselines[Slot.STATUS]
    pairs = [_status_pairs(document.templates) for document in documents]
    sure = [sum(constant in key for key, _ in one) for one in pairs]
    wholes = [len(one) for one in pairs]
    yield _share(
        documents,
        [sum(bool(answer & key) for key, answer in one) for one in pairs],
        wholes,
        id=f"{_PREFIX}.{Slot.STATUS.value}.right.organisations_named",
        name="attribution status",
        of="organisations rightly named",
        baselines={f"always {constant}": sum(sure) / sum(wholes)} if sum(wholes) else {},
    )
    keys = [list(_asked_for(document, Slot.STATUS)) for document in documents]
    yield _share(
        documents,
        [sum(constant in fill.values for fill in one) for one in keys],
        [len(one) for one in keys],
        id=f"{_PREFIX}.{Slot.STATUS.value}.constant.all_statuses",
        name=f"attribution status, always {constant}",
        of="all statuses of the keys",
    )


def _status_pairs(
    templates: Iterable[GradedTemplate],
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The statuses of key and answer, for each organisation that was rightly named."""
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    for template in templates:
        if template.key is None or template.answer is None or template.is_excused:
            continue
        for fill in template.fills:
            if fill.slot is Slot.ORGANISATION and fill.key and fill.answer and fill.credit == 1:
                key = _statuses(template.key.of(Slot.STATUS), fill.key)
                if key:
                    answer = _statuses(template.answer.of(Slot.STATUS), fill.answer)
                    found.append((key, answer))
    return found


def _statuses(fills: Iterable[Fill], organisation: Fill) -> frozenset[str]:
    names = set(organisation.values)
    return frozenset(
        value
        for fill in fills
        if not fill.optional and names & set(fill.refs)
        for value in fill.values
    )


def _asked_for(document: GradedDocument, slot: Slot) -> Iterator[Fill]:
    for key in document.keys:
        if not key.optional:
            yield from (fill for fill in key.of(slot) if not fill.optional)


def _f1(
    documents: Sequence[GradedDocument],
    tally: _TALLY,
    *,
    id: str,  # noqa: A002 - the field's name
    name: str,
    of: str,
    baselines: dict[str, float] | None = None,
    published: float | None = None,
    published_by: str | None = None,
) -> Figure:
    tallies = [tally(document.templates) for document in documents]
    figure = _figure(documents, tallies, id=id, name=name, of=of)
    return figure.model_copy(
        update={
            "baselines": baselines or {},
            "published": published,
            "published_by": published_by,
        }
    )


def _figure(
    documents: Sequence[GradedDocument],
    tallies: Sequence[Tally],
    *,
    id: str,  # noqa: A002 - the field's name
    name: str,
    of: str,
) -> Figure:
    whole = total(tallies)
    by_cluster = _by_cluster(documents, tallies)
    # A half right fill is half a right one and half a wrong one.
    interval = f1_interval(
        correct=[one.credit for one in by_cluster],
        wrong=[one.incorrect + one.partial / 2 for one in by_cluster],
        missed=[one.missing for one in by_cluster],
        spurious=[one.spurious for one in by_cluster],
    )
    shares = {"recall": whole.recall, "precision": whole.precision}
    told = {name: share for name, share in shares.items() if share is not None}
    return Figure(
        id=id,
        name=name,
        of=of,
        value=whole.f1,
        unit="f1",
        counts={**whole.counts, **told},
        interval=(interval.low, interval.high) if interval else None,
        clusters=interval.clusters if interval else _filled(by_cluster),
    )


def _share(
    documents: Sequence[GradedDocument],
    right: Sequence[int],
    wholes: Sequence[int],
    *,
    id: str,  # noqa: A002 - the field's name
    name: str,
    of: str,
    baselines: dict[str, float] | None = None,
) -> Figure:
    clusters: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for document, part, whole in zip(documents, right, wholes, strict=True):
        clusters[document.cluster][0] += part
        clusters[document.cluster][1] += whole
    parts, totals = [one[0] for one in clusters.values()], [one[1] for one in clusters.values()]
    interval = proportion_interval(parts, totals) if clusters else None
    return Figure(
        id=id,
        name=name,
        of=of,
        value=sum(parts) / sum(totals) if sum(totals) else None,
        unit="share",
        counts={"right": sum(parts), "of": sum(totals)},
        interval=(interval.low, interval.high) if interval else None,
        clusters=interval.clusters if interval else sum(1 for whole in totals if whole),
        baselines=baselines or {},
    )


def _id(name: str, row: Row) -> str:
    return f"{_PREFIX}.{name}.f1.{row.value.replace(' ', '_')}"


def _by_cluster(documents: Sequence[GradedDocument], tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    found: dict[str, Tally] = defaultdict(Tally)
    for document, tally in zip(documents, tallies, strict=True):
        found[document.cluster] += tally
    return tuple(found.values())


def _filled(tallies: Iterable[Tally]) -> int:
    return sum(1 for tally in tallies if tally.possible or tally.actual)
