"""Mentions of armed actors, governments and monitors become actors of a table, or stay unknown."""

from extractor.resolve.actors.context import Unresolved
from extractor.resolve.actors.resolving import ActorMethod, ResolvedActor, resolve_actor
from extractor.resolve.actors.table import ActorTable, load_actors

__all__ = [
    "ActorMethod",
    "ActorTable",
    "ResolvedActor",
    "Unresolved",
    "load_actors",
    "resolve_actor",
]
