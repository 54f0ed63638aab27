"""Groups of people in a sentence: the figure, the noun or name, and what they say of them."""

from extractor.people.finding import find_people
from extractor.people.group import People, Reference

__all__ = ["People", "Reference", "find_people"]
