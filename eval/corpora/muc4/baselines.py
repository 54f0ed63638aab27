"""Baselines: the same templates with one slot filled without reading, and graded again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from eval.corpora.muc4.alignment import GradedTemplate, grade_templates
from eval.corpora.muc4.convention import Convention
from eval.corpora.muc4.days import Days, write_days
from eval.corpora.muc4.graded import GradedDocument
from eval.corpora.muc4.keys import Fill, Slot, Template


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """A way to fill one slot without reading."""

    slot: Slot
    name: str
    refill: Callable[[Template, GradedDocument], tuple[Fill, ...]]


def baselines(convention: Convention) -> tuple[Baseline, ...]:
    """The commonest type and status, the dateline's country, the day of the wire."""
    type_ = convention.baselines[Slot.TYPE]
    status = convention.baselines[Slot.STATUS]
    return (
        Baseline(
            slot=Slot.TYPE,
            name=f"always {type_}",
            refill=lambda template, document: (Fill(values=(type_,)),),
        ),
        Baseline(slot=Slot.DATE, name="the day of the wire", refill=_wire_day),
        Baseline(slot=Slot.LOCATION, name="the country of the dateline", refill=_dateline),
        Baseline(
            slot=Slot.STATUS,
            name=f"always {status}",
            refill=lambda template, document: tuple(
                replace(fill, values=(status,)) for fill in template.of(Slot.STATUS)
            ),
        ),
    )


def grade_baseline(
    documents: Iterable[GradedDocument], baseline: Baseline, convention: Convention
) -> tuple[GradedTemplate, ...]:
    """The templates of all documents, answered as they were but for one slot."""
    return tuple(
        graded
        for document in documents
        for graded in grade_templates(
            document.keys,
            [_refilled(answer, document, baseline) for answer in document.answers],
            convention.scoring,
        )
    )


def _refilled(answer: Template, document: GradedDocument, baseline: Baseline) -> Template:
    refilled = baseline.refill(answer, document)
    return replace(answer, fills={**answer.fills, baseline.slot: refilled})


def _wire_day(_: Template, document: GradedDocument) -> tuple[Fill, ...]:
    if document.wired is None:
        return ()
    return (Fill(values=(write_days(Days(first=document.wired, last=document.wired)),)),)


def _dateline(_: Template, document: GradedDocument) -> tuple[Fill, ...]:
    return (Fill(values=(document.dateline_country,)),) if document.dateline_country else ()
