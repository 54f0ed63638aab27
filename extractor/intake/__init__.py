"""Intake: inputs named on the command line become articles, or rejections that say why."""

from extractor.intake.stream import take
from extractor.intake.taken import MAX_CHARS, Fields, Form, Taken

__all__ = ["MAX_CHARS", "Fields", "Form", "Taken", "take"]
