"""A term: one way to name days, and what it needs to be read: publication, anchor, a bound."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from extractor.resolve.dates.interval import Interval


@dataclass(frozen=True, kw_only=True)
class View:
    """From where an expression is seen."""

    published: date | None
    anchor: date | None
    upto: date | None
    """The last day a bare weekday, day or month may stand for: publication, or the range's end."""


class Grain(Enum):
    """What kind of days a term names."""

    DAY = "day"
    NIGHT = "night"
    DAYS = "days"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    PAST = "past"
    START = "start"


@dataclass(frozen=True, kw_only=True)
class Term:
    """Words that name days."""

    grain: Grain
    days: Callable[[View], Interval | None]
    weekday: int | None = None
    """For a weekday, its number, so that "Tuesday" can be looked for in "last week"."""
    is_bare: bool = False
    """Whether nothing but the bound tells which of all such days is meant."""
    has_year: bool = False
    is_anchored: bool = False
    is_container: bool = False
    """Whether a day may be told within it: "earlier this month, on 3 May"."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a day: "early", "at dawn", "10:30"."""

    is_early: bool = False
    is_late: bool = False
    is_night: bool = False
    """Whether a night is named, which may begin on one day and end on the next."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A word between terms, or before one: "and", "since"."""

    word: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What a stretch of words is, and where it stands among them."""

    what: Term | Part | Link
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A pattern over plain words, and what its words are."""

    pattern: str
    build: Callable[[re.Match[str]], Term | Part | Link]
