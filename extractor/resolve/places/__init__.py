"""Place names become points: by a gazetteer, and by what the article says around them."""

from extractor.resolve.places.distance import tells_distance
from extractor.resolve.places.forms import place_level
from extractor.resolve.places.placed import (
    Candidate,
    PlaceMention,
    ResolvedPlace,
    UnresolvedPlace,
)
from extractor.resolve.places.resolving import resolve_place
from extractor.resolve.places.surroundings import (
    NOWHERE,
    Surroundings,
    main_countries,
    read_surroundings,
)

__all__ = [
    "NOWHERE",
    "Candidate",
    "PlaceMention",
    "ResolvedPlace",
    "Surroundings",
    "UnresolvedPlace",
    "main_countries",
    "place_level",
    "read_surroundings",
    "resolve_place",
    "tells_distance",
]
