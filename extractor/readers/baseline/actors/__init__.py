"""Actors: who in a sentence can have done it, by names, heads and the actor table."""
