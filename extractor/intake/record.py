"""An article stated as a JSON object: one line of JSONL, or one object of a JSON file."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from extractor.intake.publication import date_article
from extractor.intake.taken import (
    Draft,
    Noted,
    Taken,
    Terms,
    UnfitInputError,
    accept,
    is_unicode,
    note_made_id,
    shorten,
)
from extractor.records import Source

_SHOWN_KEYS = 8  # enough to find the right field in a message of one line


def take_record(
    record: object,
    *,
    source: Source,
    raw_sha256: str,
    made_id: str,
    terms: Terms,
    notices: tuple[str, ...] = (),
) -> Taken:
    """Make an article of a JSON value; `made_id` serves where it states no id of its own.

    Raises:
        UnfitInputError: it is no object, or no article can be made of it.
    """
    if not isinstance(record, Mapping):
        raise UnfitInputError(
            f"it holds {_kind_of(record)}, not an object; write one article as "
            '{"id": …, "text": …}'
        )
    fields = terms.fields
    stated = cast("Mapping[str, object]", record)
    identifier = _identify(stated, fields.id, made_id)
    title = _entitle(stated, fields.title)
    day = _date(stated, terms)
    draft = Draft(
        id=identifier.value,
        text=_text(stated, fields.text, identifier.value),
        title=title.value,
        published_at=day.value,
        publisher=_find_words(stated, "publisher"),
        url=_find_words(stated, "url"),
        language=_find_words(stated, "language"),
        retrieved_at=_find_words(stated, "retrieved_at"),
    )
    said = (*notices, *identifier.notices, *title.notices, *day.notices)
    return accept(draft, source=source, raw_sha256=raw_sha256, terms=terms, notices=said)


def _identify(record: Mapping[str, object], named: str | None, made_id: str) -> Noted[str]:
    stated = record.get(named or "id")
    if isinstance(stated, int | Decimal) and not isinstance(stated, bool):
        return Noted(str(stated))
    if isinstance(stated, str) and stated.strip():
        return Noted(stated)
    if named is not None:
        raise UnfitInputError(_lacks(record, named, "an id", "--id-field"))
    why = "no id is stated" if _is_absent(stated) else f"{shorten(stated)} is no id"
    return Noted(made_id, (note_made_id(made_id, why),))


def _text(record: Mapping[str, object], named: str | None, article_id: str) -> str:
    stated = record.get(named or "text")
    if isinstance(stated, str):
        return stated
    raise UnfitInputError(
        _lacks(record, named or "text", "a text", "--text-field"),
        article_id=article_id if is_unicode(article_id) else None,
    )


def _entitle(record: Mapping[str, object], named: str | None) -> Noted[str | None]:
    stated = record.get(named or "title")
    if isinstance(stated, str) and stated.strip():
        return Noted(stated)
    if named is None and _is_absent(stated):
        return Noted(None)
    return Noted(
        None, (f"no title: {_lacks(record, named or 'title', 'a title', '--title-field')}",)
    )


_DATE_FIELDS = ("date", "pub_date", "pubdate", "publication_date", "published", "publish_date")


def _unnamed_date(record: Mapping[str, object], named: str | None) -> str | None:
    """A field that may hold the publication date, where none was named or stands by default."""
    if named is not None or record.get("published_at") is not None:
        return None
    return next((name for name in _DATE_FIELDS if record.get(name)), None)


def _date(record: Mapping[str, object], terms: Terms) -> Noted[date | None]:
    named = terms.fields.date
    unnamed = _unnamed_date(record, named)
    if unnamed is not None:
        # --published is for articles that state no day; this one may, in a field of another name.
        told = (
            f"no publication date: the field {unnamed!r} may hold it, or the day of the event; "
            f"if it is the publication's, give --date-field {unnamed}"
        )
        return Noted(None, (told,))
    stated = record.get(named or "published_at")
    dated = date_article(
        stated, where=f"the field {named or 'published_at'!r}", published=terms.published
    )
    if named is None or not _is_absent(stated):
        return dated
    return Noted(dated.value, (_lacks(record, named, "a date", "--date-field"), *dated.notices))


def _lacks(record: Mapping[str, object], name: str, what: str, option: str) -> str:
    if name in record:
        return f"the field {name!r} holds {_kind_of(record[name])}, not {what}; mend it"
    keys = ", ".join(shorten(key) for key in list(record)[:_SHOWN_KEYS]) or "no field"
    more = ", …" if len(record) > _SHOWN_KEYS else ""
    return f"there is no field {name!r} with {what}, but {keys}{more}; name one by {option}"


def _kind_of(stated: object) -> str:
    match stated:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float() | Decimal():
            return "a number"
        case str():
            return "a string" if stated.strip() else "an empty string"
        case list():
            return "a list"
        case _:
            return "an object"


def _is_absent(stated: object) -> bool:
    return stated is None or (isinstance(stated, str) and not stated.strip())


def _find_words(record: Mapping[str, object], name: str) -> str | None:
    stated = record.get(name)
    return stated if isinstance(stated, str) and stated else None
