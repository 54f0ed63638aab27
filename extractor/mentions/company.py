"""Company: people who met the same fate as those told of: "was killed along with two guards"."""

from collections.abc import Iterator

from extractor.codes import Outcome
from extractor.mentions.harm import Harm, Reading
from extractor.mentions.tags import Line
from extractor.mentions.walking import after, listed_after, tag_at

_REACH = 14  # tokens between a verb and "along with"
_BETWEEN = "IDX#vePC,"
_JOINING = ("along", "together")
_FATES = frozenset(
    {Outcome.KILLED, Outcome.INJURED, Outcome.DETAINED, Outcome.ABDUCTED, Outcome.SURRENDERED}
)


def in_company(reading: Reading) -> Iterator[Harm]:
    """The people told of behind a fate: "Rao was arrested in Brod along with his driver"."""
    line = reading.line
    for at, known in tuple(reading.told.items()):
        if known.rule not in ("passive", "own") or known.outcome not in _FATES:
            continue
        first = _companion(reading, line, at)
        if first is not None:
            people = tuple(listed_after(line, first))
            yield Harm(
                rule="company",
                outcome=known.outcome,
                people=people,
                verb=at,
                first=at,
                last=people[-1],
                agent=known.agent,
            )


def _companion(reading: Reading, line: Line, at: int) -> int | None:
    for place in range(at + 1, min(at + _REACH, len(line.tags))):
        token = line.tokens[place]
        if line.tags[place] == "C" and reading.sentence.startswith(_JOINING, token.start):
            found = after(line, place, "D")
            alone = tag_at(line, found) == "P" and tag_at(line, found + 1) not in "BHKOUoMF"
            return found if alone else None
        if line.tags[place] not in _BETWEEN:
            return None
    return None
