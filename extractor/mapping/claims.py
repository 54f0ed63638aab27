"""Claims: counts and blames with their speakers, each resting on words that stand in the article.

A claim whose quotes do not stand there, or whose figure does not stand in its quotes, is no claim:
it is set aside word for word. So is a blame on somebody the article does not name.
"""

import re
from collections.abc import Iterable, Sequence

from extractor.article import Article
from extractor.codes import FlagCode, SpeakerType, Stance
from extractor.ground import Searchable
from extractor.mapping.figures import read_figure
from extractor.mapping.identity import identify
from extractor.mapping.notebook import Notebook
from extractor.mapping.references import Names, follow
from extractor.records import Actor, BlameClaim, CountClaim, Group, Quote, Speaker
from extractor.wire import WireActor, WireBlame, WireCount, WireGroup, WireSpeaker


def map_count(
    wire: WireCount,
    *,
    where: str,
    names: Names,
    anchors: Iterable[Quote],
    notebook: Notebook,
) -> CountClaim | None:
    """A figure as a claim; `None` if it was set aside. `where` ends in the claim's final id."""
    quotes = notebook.quotes(where, wire.quotes, anchors)
    if not quotes:
        notebook.put_aside(where, "count", wire, FlagCode.QUOTE_NOT_FOUND)
        return None
    figure = read_figure(wire.number, quotes, notebook.searchable)
    for code, message in figure.flags:
        notebook.flag(code, where, message)
    if figure.number is None:
        notebook.put_aside(where, "count", wire, figure.flags[0][0])
        return None
    return CountClaim(
        id=where.rpartition("/")[2],
        outcome=wire.outcome,
        number=figure.number,
        group=_group(wire.group, where, notebook),
        part_of=follow(wire.part_of, names.counts, where, notebook),
        place_text=notebook.verbatim(f"{where}/place_text", wire.place_text),
        scope=wire.scope,
        period_text=notebook.verbatim(f"{where}/period_text", wire.period_text),
        speakers=_speakers(wire.speakers, where, notebook),
        hedge=wire.hedge,
        supersedes=follow(wire.supersedes, names.counts, where, notebook),
        includes_attackers=wire.includes_attackers,
        quotes=figure.quotes,
    )


def map_blame(
    wire: WireBlame,
    *,
    where: str,
    names: Names,
    anchors: Iterable[Quote],
    countries: Sequence[str],
    notebook: Notebook,
) -> BlameClaim | None:
    """A blame as a claim; `None` if it was set aside.

    `where` ends in the claim's final id; `countries` are those of the event's places.
    """
    quotes = notebook.quotes(where, wire.quotes, anchors)
    accused = [
        _actor(actor, f"{where}/accused", quotes, countries, notebook) for actor in wire.accused
    ]
    named = tuple(actor for actor in accused if actor)
    nameless = wire.stance in (Stance.NOBODY_CLAIMED, Stance.SAID_UNKNOWN)
    nobody = nameless and not wire.accused
    if not quotes or len(named) < len(accused) or (nameless and named) or not (named or nobody):
        notebook.put_aside(where, "blame", wire, FlagCode.QUOTE_NOT_FOUND)
        return None
    followed = (follow(name, names.counts, where, notebook) for name in wire.applies_to)
    applies_to = tuple(dict.fromkeys(name for name in followed if name))
    if wire.applies_to and not applies_to:  # else it would spread to the whole incident (R7)
        notebook.put_aside(where, "blame", wire, FlagCode.BROKEN_REFERENCE)
        return None
    return BlameClaim(
        id=where.rpartition("/")[2],
        accused=named,
        joint=wire.joint,
        speakers=_speakers(wire.speakers, where, notebook),
        stance=wire.stance,
        applies_to=applies_to,
        answers=follow(wire.answers, names.blames, where, notebook),
        quotes=quotes,
    )


def _group(wire: WireGroup, where: str, notebook: Notebook) -> Group:
    return Group(
        text=notebook.verbatim(f"{where}/group", wire.text),
        standing=wire.standing,
        roles=tuple(dict.fromkeys(wire.roles)),
        demographics=tuple(dict.fromkeys(wire.demographics)),
        party=notebook.verbatim(f"{where}/group/party", wire.party_text),
    )


def _actor(
    wire: WireActor,
    where: str,
    quotes: tuple[Quote, ...],
    countries: Sequence[str],
    notebook: Notebook,
) -> Actor | None:
    """One who is accused in the very words quoted; a name from elsewhere proves no blame."""
    bare = re.sub(r"\b(?:the|a|an)\b", "", wire.name_text, flags=re.IGNORECASE)
    if any(map(str.isalnum, bare)):
        for quote in quotes:
            named = Searchable(Article.of(quote.text)).find(wire.name_text)
            if named:
                actor = Actor(name_text=named[0].text, type=wire.type)
                at = quote.start + named[0].start if quote.field == "text" else None
                return identify(actor, at=at, countries=countries, notebook=notebook)
    if quotes:
        told = f"{wire.name_text!r} is not accused in the words quoted"
        notebook.flag(FlagCode.QUOTE_NOT_FOUND, where, told)
    return None


def _speakers(wires: Iterable[WireSpeaker], where: str, notebook: Notebook) -> tuple[Speaker, ...]:
    speakers = tuple(_speaker(wire, f"{where}/speakers", notebook) for wire in wires)
    # No speaker given is the article's own voice (R8).
    return tuple(dict.fromkeys(speakers)) or (_ARTICLE_VOICE,)


_ARTICLE_VOICE = Speaker(name_text=None, type=SpeakerType.ARTICLE_VOICE)


def _speaker(wire: WireSpeaker, where: str, notebook: Notebook) -> Speaker:
    """A speaker; one whose name does not stand in the article is nobody in particular."""
    name = notebook.verbatim(where, wire.name_text)
    via = notebook.verbatim(f"{where}/via", wire.via_text)
    if name is None and (wire.name_text or "").strip():
        return Speaker(name_text=None, type=SpeakerType.UNKNOWN, via_text=via)
    if name is not None and wire.type is SpeakerType.ARTICLE_VOICE:  # a name is another's voice
        return Speaker(name_text=name, type=SpeakerType.OTHER, via_text=via)
    return Speaker(name_text=name, type=wire.type, via_text=via, is_party=wire.is_party)
