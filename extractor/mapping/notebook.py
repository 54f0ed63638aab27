"""The notebook of one mapping: where quotes stand, what was flagged, what was set aside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from extractor.codes import FlagCode
from extractor.ground import Searchable
from extractor.records import Flag, Quote, SetAside, SetAsideKind
from extractor.resolve.places import Surroundings, read_surroundings
from extractor.resolve.tables import Tables


@dataclass(kw_only=True)
class Notebook:
    """Looks up the quotes of one answer and keeps what there is to report about them.

    It is the one mutable thing of a mapping: everything that cannot be proved is written here.
    """

    searchable: Searchable
    tables: Tables
    examples: tuple[Searchable, ...] = ()
    flags: list[Flag] = field(default_factory=list[Flag])
    set_aside: list[SetAside] = field(default_factory=list[SetAside])
    _flagged: set[str] = field(default_factory=set[str])
    """Where something was flagged, and all that holds it."""

    @property
    def surroundings(self) -> Surroundings:
        """The countries, areas and settlements that the article names."""
        return read_surroundings(self.searchable.article.text, self.tables.gazetteer)

    def quotes(
        self, where: str, quotes: Iterable[str], anchors: Iterable[Quote]
    ) -> tuple[Quote, ...]:
        """The quotes that stand in the article, each at the place nearest to the anchors."""
        near = tuple(anchors)
        found = (self.quote(where, quote, near) for quote in quotes)
        return tuple(dict.fromkeys(quote for quote in found if quote))

    def quote(self, where: str, quote: str, anchors: Iterable[Quote]) -> Quote | None:
        """One quote's place nearest to the anchors; `None`, with a flag, if it stands nowhere."""
        place = self.searchable.find_nearest(quote, anchors)
        if place is None:
            leaked = any(example.find(quote) for example in self.examples)
            code = FlagCode.EXAMPLE_LEAK if leaked else FlagCode.QUOTE_NOT_FOUND
            self.flag(code, where, f"not in the article: {quote!r}")
        return place

    def verbatim(self, where: str, words: str | None) -> str | None:
        """Words that must stand in the article, as the article has them; `None` if they do not."""
        if words is None or not words.strip():
            return None
        place = self.quote(where, words, ())
        return place.text if place else None

    def flag(self, code: FlagCode, where: str, message: str) -> None:
        """Report what a check found."""
        self.flags.append(Flag(code=code, where=where, message=message))
        while where and where not in self._flagged:
            self._flagged.add(where)
            where = where.rpartition("/")[0]

    def put_aside(self, where: str, kind: SetAsideKind, part: BaseModel, reason: FlagCode) -> None:
        """Keep a part of the answer that is no claim, unchanged, and never without a flag."""
        if where not in self._flagged:
            self.flag(reason, where, f"the {kind} lacks a quote or a name")
        unchanged: dict[str, Any] = part.model_dump(mode="json")
        self.set_aside.append(SetAside(where=where, kind=kind, part=unchanged, reason=reason))
