"""Intake: inputs named on the command line become articles, or rejections that say why."""

from extractor.intake.counting import count_inputs
from extractor.intake.firsts import reject_repeated
from extractor.intake.folder import shown
from extractor.intake.known import FirstMet, Known, KnownArticle, Recognised
from extractor.intake.pieces import Piece, cut, take_piece
from extractor.intake.row import take_row
from extractor.intake.stream import take
from extractor.intake.taken import MAX_CHARS, STDIN, Fields, Form, Taken, Terms, is_unicode

__all__ = [
    "MAX_CHARS",
    "STDIN",
    "Fields",
    "FirstMet",
    "Form",
    "Known",
    "KnownArticle",
    "Piece",
    "Recognised",
    "Taken",
    "Terms",
    "count_inputs",
    "cut",
    "is_unicode",
    "reject_repeated",
    "shown",
    "take",
    "take_piece",
    "take_row",
]
