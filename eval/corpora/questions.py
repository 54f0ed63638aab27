"""Questions that more than one corpus asks: how many people, as one number."""

from collections.abc import Callable

from eval.corpora.baselines import keyword_count
from eval.corpora.corpus import Document
from eval.corpora.grades import grade_number, number_answer
from eval.corpora.marking import Question
from eval.corpora.profile import Profile
from eval.corpora.reported import derive_toll


def ask_number(
    field: str,
    profile: Profile,
    *,
    text: Callable[[Document], str] = lambda document: document.article.text,
) -> Question:
    """How many, exactly; `text` is what the keyword rule sees of a document."""
    return Question(
        field=field,
        gold=lambda document: document.labels[field],
        told=lambda _, reading: number_answer(derive_toll(reading, profile.sums[field], profile)),
        grade=grade_number,
        is_positive=lambda number: number > 0,
        keyword=lambda document: keyword_count(text(document), field, profile)[0],
    )
