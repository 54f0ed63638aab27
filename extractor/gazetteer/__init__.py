"""The gazetteer: names of places in many scripts and spellings, and where they are."""

from extractor.gazetteer.entry import Entry
from extractor.gazetteer.keys import name_key
from extractor.gazetteer.layered import Gazetteer, open_gazetteer
from extractor.gazetteer.packed import CREDIT, packed_sha256
from extractor.gazetteer.sizes import distance_km, usual_radius_km

__all__ = [
    "CREDIT",
    "Entry",
    "Gazetteer",
    "distance_km",
    "name_key",
    "open_gazetteer",
    "packed_sha256",
    "usual_radius_km",
]
