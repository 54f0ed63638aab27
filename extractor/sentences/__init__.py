"""Sentences: a text in its natural case, without its dateline, cut where its sentences end."""

from extractor.sentences.casing import natural_case
from extractor.sentences.splitting import LONGEST, Sentence, split_sentences, whole_sentence

__all__ = ["LONGEST", "Sentence", "natural_case", "split_sentences", "whole_sentence"]
