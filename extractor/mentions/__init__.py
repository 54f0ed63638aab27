"""Mentions of casualties in a sentence: who was harmed, how many, and which words say so."""

from extractor.mentions.finding import find_mentions
from extractor.mentions.mention import Mention

__all__ = ["Mention", "find_mentions"]
