"""Identity: which actor of the table a name stands for in its article."""

from collections.abc import Sequence

from extractor.mapping.notebook import Notebook
from extractor.records import Actor
from extractor.resolve.actors import ResolvedActor, resolve_actor
from extractor.resolve.places import main_countries


def identify(
    actor: Actor, *, at: int | None, countries: Sequence[str], notebook: Notebook
) -> Actor:
    """The actor with its id and name of the table; unchanged if it stays unknown.

    Args:
        actor: one as the reader gave it.
        at: where its name stands in the article's text; its first place there by default.
        countries: where the event took place, if that is known.
        notebook: of the article.
    """
    article = notebook.searchable.article
    text, at = _window(article.text, at)
    found = resolve_actor(
        actor.name_text,
        table=notebook.tables.actors,
        article=text,
        at=at,
        countries=countries,
        likely=main_countries(notebook.surroundings),
        published=article.published_at,
    )
    if not isinstance(found, ResolvedActor):
        return actor
    return actor.model_copy(
        update={"canonical_id": found.id, "canonical_name": found.name, "method": found.method}
    )


_BEFORE, _BEHIND = 30_000, 5_000  # characters around a name that tell who is meant, at the least


def _window(text: str, at: int | None) -> tuple[str, int | None]:
    """The part of a long text around a name, and where the name stands in it."""
    if len(text) <= _BEFORE + _BEHIND:
        return text, at
    if at is None:
        return text[:_BEHIND], None
    # Names near each other share a window, which is then indexed once.
    first = at // _BEFORE * _BEFORE
    start = max(0, first - _BEFORE)
    return text[start : first + _BEFORE + _BEHIND], at - start
