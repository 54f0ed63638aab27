"""Places: the place phrases of a sentence, and which of them is where an incident happened."""

from extractor.readers.baseline.places.finding import find_places
from extractor.readers.baseline.places.phrase import PlacePhrase, base_name, nested
from extractor.readers.baseline.places.ties import Tie
from extractor.readers.baseline.places.whereabouts import Whereabouts, narrower, place_told

__all__ = [
    "PlacePhrase",
    "Tie",
    "Whereabouts",
    "base_name",
    "find_places",
    "narrower",
    "nested",
    "place_told",
]
