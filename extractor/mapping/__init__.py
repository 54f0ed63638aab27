"""A reader's answer becomes records: deterministic, grounded, closed to what cannot be proved."""

from extractor.mapping.answer import Mapped, map_answer
from extractor.mapping.doubts import given_doubts, settle_doubts

__all__ = ["Mapped", "given_doubts", "map_answer", "settle_doubts"]
