"""Intervals: how far a figure may be off, over clusters of articles that tell of one story."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An interval of confidence, and what it rests on."""

    low: float
    high: float
    level: float
    method: str
    clusters: int
