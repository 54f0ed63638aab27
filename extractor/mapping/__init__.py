"""A reader's answer becomes records: deterministic, grounded, closed to what cannot be proved."""

from extractor.mapping.answer import Mapped, map_answer

__all__ = ["Mapped", "map_answer"]
