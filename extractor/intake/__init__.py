"""Intake: inputs named on the command line become articles, or rejections that say why."""

from extractor.intake.counting import count_inputs
from extractor.intake.folder import shown
from extractor.intake.known import FirstMet, Known, KnownArticle, Recognised
from extractor.intake.stream import take
from extractor.intake.taken import MAX_CHARS, STDIN, Fields, Form, Taken, is_unicode

__all__ = [
    "MAX_CHARS",
    "STDIN",
    "Fields",
    "FirstMet",
    "Form",
    "Known",
    "KnownArticle",
    "Recognised",
    "Taken",
    "count_inputs",
    "is_unicode",
    "shown",
    "take",
]
