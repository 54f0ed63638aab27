"""A graded document: its key, what was answered, and how the two compare."""

from dataclasses import dataclass
from datetime import date

from eval.corpora.muc4.alignment import GradedTemplate
from eval.corpora.muc4.keys import Template


@dataclass(frozen=True, kw_only=True)
class GradedDocument:
    """A document with everything that a figure is computed from."""

    id: str
    cluster: str
    is_read: bool
    """Whether there is an answer at all; no template is an answer too."""
    is_relevant: bool
    """Whether the corpus says that there is something to report."""
    wired: date | None
    """The day of the wire."""
    dateline_country: str | None
    keys: tuple[Template, ...]
    answers: tuple[Template, ...]
    templates: tuple[GradedTemplate, ...]
