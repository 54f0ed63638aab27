"""Relations: what a place name's own words tell of how the event lies to it."""

from dataclasses import replace

from extractor.codes import PlaceRelation
from extractor.resolve.places.distance import tells_distance
from extractor.resolve.places.placed import PlaceMention

_LONGEST_DISTANCE = 10  # words of a distance in front of a name


def told_apart(mention: PlaceMention) -> PlaceMention:
    """The mention without a relation that its own name tells: "20 km north of Kunduz"."""
    words = mention.name_text.split(" ")
    if words[0].casefold() == "between" and len(words) > 3:
        return replace(
            mention, name_text=" ".join(words[1:]), relation=PlaceRelation.BETWEEN, before=""
        )
    for n in range(2, min(len(words), _LONGEST_DISTANCE)):
        before = " ".join(words[:n]) + " "
        if words[n][:1].isupper() and tells_distance(before):
            return replace(
                mention,
                name_text=" ".join(words[n:]),
                relation=PlaceRelation.DIRECTION_DISTANCE,
                before=before,
            )
    return mention
