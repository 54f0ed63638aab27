"""From an article to its reading: the whole idea on one screen."""

from typing import TYPE_CHECKING

from extractor.article import Article
from extractor.checks import check
from extractor.codes import InputOutcome
from extractor.mapping import given_doubts, map_answer, settle_doubts
from extractor.readers.answer import Answer, NoAnswer, Reader
from extractor.records import Failure, Reading, Source
from extractor.request import Request
from extractor.resolve.tables import Tables

if TYPE_CHECKING:
    from extractor.prompt import Prompt


async def read_article(
    article: Article,
    *,
    reader: Reader,
    prompt: "Prompt | None" = None,
    tables: Tables | None = None,
    source: Source | None = None,
    notices: tuple[str, ...] = (),
) -> Reading | Failure:
    """Read one article: ask, ground, resolve, check.

    Args:
        article: what to read; its text goes to the reader with no character changed.
        reader: who answers.
        prompt: the prompt pack; needed by a reader that `needs_prompt`.
        tables: what places and actors are looked up in; the packaged tables by default.
        source: where the article came from, kept in the outcome.
        notices: what intake had to say about it, kept in the outcome.

    Raises:
        EndpointError: the endpoint refuses every call.
        RecordingError: a recording holds no answer for this article.
        PromptError: the reader needs a prompt and there is none.
    """
    shown = prompt if reader.needs_prompt else None
    request = shown.render(article) if shown else Request(article=article)
    answer = await reader.read(request)
    prompt_id = shown.id if shown else None
    if isinstance(answer, NoAnswer):
        return Failure(
            outcome=answer.outcome,
            source=source,
            article=article,
            reader=reader.name,
            prompt=prompt_id,
            reason=answer.reason,
            raw_answer=answer.raw_answer,
            notices=notices,
            attempts=answer.attempts,
        )
    return reading_of(
        answer,
        article,
        reader=reader.name,
        prompt=prompt_id,
        examples=shown.example_texts if shown else (),
        tables=tables,
        source=source,
        notices=notices,
    )


def reading_of(
    answer: Answer,
    article: Article,
    *,
    reader: str,
    prompt: str | None,
    examples: tuple[str, ...],
    tables: Tables | None = None,
    source: Source | None = None,
    notices: tuple[str, ...] = (),
) -> Reading:
    """The reading that an answer amounts to."""
    mapped = map_answer(answer.answer, article, examples=examples, tables=tables)
    flags = mapped.flags + check(article, mapped.incidents, mapped.cumulative, left=answer.left)
    return Reading(
        outcome=InputOutcome.READ_WITH_FLAGS if flags else InputOutcome.READ,
        source=source,
        article=article,
        reader=reader,
        prompt=prompt,
        incidents=mapped.incidents,
        cumulative=mapped.cumulative,
        flags=flags,
        set_aside=mapped.set_aside,
        notices=notices,
        doubts=settle_doubts(answer.doubts, answer.answer, mapped.claims),
        left=answer.left,
        answer=answer.answer,
        attempts=answer.attempts,
    )


def map_again(
    reading: Reading, *, examples: tuple[str, ...], tables: Tables | None = None
) -> Reading:
    """The reading that a stored answer amounts to now; nobody is asked.

    Args:
        reading: with the answer, and all else that is kept.
        examples: texts of the prompt's examples, whose words may have slipped into the answer.
        tables: what places and actors are looked up in; the packaged tables by default.
    """
    answer = Answer(
        answer=reading.answer,
        attempts=reading.attempts,
        doubts=given_doubts(reading.doubts, reading.answer),
        left=reading.left,
    )
    return reading_of(
        answer,
        reading.article,
        reader=reading.reader,
        prompt=reading.prompt,
        examples=examples,
        tables=tables,
        source=reading.source,
        notices=reading.notices,
    )
