"""Sentences: a text in its natural case, without its dateline, cut where its sentences end."""

from extractor.sentences.casing import natural_case
from extractor.sentences.headings import is_heading
from extractor.sentences.splitting import LONGEST, Sentence, split_sentences, whole_sentence

__all__ = ["LONGEST", "Sentence", "is_heading", "natural_case", "split_sentences", "whole_sentence"]
