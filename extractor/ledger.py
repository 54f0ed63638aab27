"""The ledger drawn for a terminal: incident, claims, who says so, and the quoted words.

Everything that comes from an article or a model is shown as data: control characters and marks that
reorder text are made visible, and no markup in it is obeyed.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from textwrap import shorten

from rich.text import Text
from rich.tree import Tree

from extractor.codes import DatePrecision, Qualifier, SpeakerType, Standing
from extractor.records import (
    Actor,
    BlameClaim,
    CountClaim,
    Doubt,
    Failure,
    Incident,
    Left,
    Place,
    Quote,
    Reading,
    Rejected,
    Speaker,
    When,
)

# Controls, marks of format, half pairs, private use, and the separators of lines and paragraphs.
_ACTING = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# Joiners, and marks of direction: words of several scripts are written with them.
_KEPT = "\u200c\u200d\u200e\u200f"


def draw(outcome: Reading | Failure | Rejected) -> Tree:
    """One outcome as a tree."""
    if isinstance(outcome, Rejected):
        line = f":{outcome.source.line}" if outcome.source.line else ""
        tree = Tree(_head(f"{outcome.source.path}{line}", outcome.outcome))
        tree.add(_plain(outcome.reason))
        return tree
    published = outcome.article.published_at
    about = f"published {published}" if published else "no publication date"
    tree = Tree(_head(outcome.article.id, outcome.outcome, about, f"read by {outcome.reader}"))
    if outcome.article.title:
        tree.add(_plain(outcome.article.title, "italic"))
    for notice in outcome.notices:
        tree.add(_plain(f"note: {notice}", "yellow"))
    if isinstance(outcome, Failure):
        tree.add(_plain(outcome.reason, "red"))
        return tree
    _draw_reading(tree, outcome)
    return tree


def _draw_reading(tree: Tree, reading: Reading) -> None:
    doubts = {doubt.claim: doubt for doubt in reading.doubts}
    if not reading.incidents:
        tree.add(_plain("no incident", "dim"))
    for incident in reading.incidents:
        _draw_incident(tree, incident, doubts)
    if reading.cumulative:
        branch = tree.add(_plain("figures that cover more than one incident", "bold"))
        _draw_counts(branch, reading.cumulative, doubts)
    if reading.left:
        branch = tree.add(_plain("seen, and no claim made of it", "bold"))
        for words in reading.left:
            branch.add(_plain(_left(words, reading), "dim"))
    if reading.set_aside:
        branch = tree.add(_plain("set aside, not proved by the article", "bold red"))
        for part in reading.set_aside:
            branch.add(_plain(f"{part.kind} at {part.where}: {part.reason.value}"))
    if reading.flags:
        branch = tree.add(_plain("flags", "bold yellow"))
        for flag in reading.flags:
            branch.add(_plain(f"{flag.code.value} at {flag.where}: {flag.message}"))


_SHOWN = 160  # characters of words that no claim was made of; their place is told beside


def _left(left: Left, reading: Reading) -> str:
    words = shorten(reading.article.slice(left), _SHOWN, placeholder=" …")
    why = left.reason.replace("_", " ")
    return f"{why}: “{words}”  {left.field} {left.start}-{left.end}"


def _draw_incident(tree: Tree, incident: Incident, doubts: Mapping[str, Doubt]) -> None:
    kinds = ", ".join(kind.value.replace("_", " ") for kind in incident.attack_types)
    branch = tree.add(
        Text.assemble(_plain(incident.id, "bold cyan"), "  ", _plain(incident.summary, "bold"))
    )
    state = [incident.actuality.value] if incident.actuality.value != "actual" else []
    state += [incident.clarity.value] if incident.clarity.value != "single" else []
    state += ["background"] if incident.background else []
    branch.add(_plain(" · ".join(["how: " + kinds, *state])))
    branch.add(_plain(f"when: {_when(incident.when)}"))
    for place in incident.places:
        branch.add(_plain(f"where: {_place(place)}"))
    for party in incident.parties:
        branch.add(_plain(f"side {party.side.value}: {party.name_text}"))
    _draw_counts(branch, incident.counts, doubts)
    for blame in incident.blames:
        _draw_blame(branch, blame, doubts.get(blame.id))
    if not incident.blames:
        branch.add(_plain("blame: none stated", "dim"))


def _draw_counts(branch: Tree, counts: Iterable[CountClaim], doubts: Mapping[str, Doubt]) -> None:
    claims = tuple(counts)
    drawn = {
        claim.id: _draw_count(branch, claim, doubts.get(claim.id))
        for claim in claims
        if claim.part_of is None
    }
    waiting = [claim for claim in claims if claim.part_of is not None]
    while waiting:
        ready = [claim for claim in waiting if claim.part_of in drawn] or waiting
        for claim in ready:
            whole = drawn.get(claim.part_of or "", branch)
            drawn[claim.id] = _draw_count(whole, claim, doubts.get(claim.id))
        waiting = [claim for claim in waiting if claim not in ready]


def _draw_count(branch: Tree, claim: CountClaim, doubt: Doubt | None) -> Tree:
    figure = _figure(claim)
    nobody = claim.number.qualifier is Qualifier.NONE
    group = claim.group.text or ("" if nobody else "people")
    told = [claim.group.standing.value] if claim.group.standing is not Standing.UNSPECIFIED else []
    told += [word.value for word in (*claim.group.roles, *claim.group.demographics)]
    about = f" [{', '.join(told)}]" if told else ""
    part = f", part of {claim.part_of}" if claim.part_of else ""
    scope = "" if claim.scope.value == "incident" else f", {claim.scope.value}"
    scope += f" ({claim.period_text})" if claim.period_text else ""
    hedge = "" if claim.hedge.value == "none" else f", {claim.hedge.value}"
    node = branch.add(
        Text.assemble(
            _plain(f"{claim.id}  {claim.outcome.value.replace('_', ' ')} ", "green"),
            _plain(figure, "bold green"),
            _plain(f" {group}{about}{part}{scope}{hedge}"),
        )
    )
    _draw_proof(node, claim.speakers, claim.quotes)
    _draw_doubt(node, doubt)
    return node


def _draw_doubt(node: Tree, doubt: Doubt | None) -> None:
    """By which rule, and how often that is right; nothing for a reader that does not tell."""
    if doubt is not None:
        sure = "" if doubt.confidence is None else f", confidence {doubt.confidence:.2f}"
        node.add(_plain(f"rule: {doubt.rule}{sure}", "dim"))


def _figure(claim: CountClaim) -> str:
    number = claim.number
    match number.qualifier:
        case Qualifier.VAGUE:
            return f"“{number.term or number.text}”"
        case Qualifier.UNKNOWN_NUMBER:
            return "an unknown number of"
        case Qualifier.EXACT:
            return str(number.lower)
        case Qualifier.NONE:
            return "0 (said to be none)"
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return f"{number.lower} or more"
        case Qualifier.AT_MOST | Qualifier.FEWER_THAN:
            return f"up to {number.upper}"
        case Qualifier.RANGE:
            return f"{number.lower} to {number.upper}"
        case Qualifier.APPROXIMATELY | Qualifier.NEARLY:
            return f"{number.qualifier.value} {number.lower}"


def _draw_blame(branch: Tree, blame: BlameClaim, doubt: Doubt | None) -> None:
    joiner = " or " if blame.joint.value == "either" else " and "
    accused = joiner.join(map(_actor, blame.accused)) or "nobody named"
    about = f" (for {', '.join(blame.applies_to)})" if blame.applies_to else ""
    node = branch.add(
        Text.assemble(
            _plain(f"{blame.id}  blame, {blame.stance.value.replace('_', ' ')}: ", "magenta"),
            _plain(accused + about, "bold"),
        )
    )
    _draw_proof(node, blame.speakers, blame.quotes)
    _draw_doubt(node, doubt)


def _actor(actor: Actor) -> str:
    if actor.canonical_name is None:
        return actor.name_text
    return f"{actor.name_text} = {actor.canonical_name} (by {actor.method})"


def _draw_proof(node: Tree, speakers: Iterable[Speaker], quotes: Iterable[Quote]) -> None:
    node.add(_plain(f"says: {'; '.join(map(_speaker, speakers))}"))
    for quote in quotes:
        words = " ".join(quote.text.split())
        node.add(_plain(f"“{words}”  {quote.field} {quote.start}-{quote.end}", "dim"))


def _speaker(speaker: Speaker) -> str:
    if speaker.type is SpeakerType.ARTICLE_VOICE:
        return "the article itself"
    party = ", a party to it" if speaker.is_party else ""
    via = f", via {speaker.via_text}" if speaker.via_text else ""
    return f"{speaker.name_text or 'somebody not named'} ({speaker.type.value}{party}){via}"


def _when(when: When) -> str:
    said = f"“{when.expression}”" if when.expression else "not stated"
    match when.precision:
        case DatePrecision.UNKNOWN:
            days = "no date"
        case DatePrecision.ON_OR_BEFORE:
            days = f"on or before {when.end}"
        case _ if when.start == when.end:
            days = str(when.start)
        case _:
            days = f"{when.start or 'open'} to {when.end or 'open'}"
    return f"{said} → {days} ({when.precision.value})"


def _place(place: Place) -> str:
    relation = "" if place.relation.value in ("in", "unspecified") else f"{place.relation.value} "
    within = f", within {', '.join(place.within_text)}" if place.within_text else ""
    held = f", {place.controlled_by_text}" if place.controlled_by_text else ""
    told = f"{relation.replace('_', ' ')}“{place.name_text}” ({place.level.value}){within}{held}"
    return f"{told} → {_point(place)}"


def _point(place: Place) -> str:
    """Where that is, and how it is known."""
    if place.lat is None or place.lon is None or place.method is None:
        return "no point"
    about = ", ".join(place.parents) or "-"
    return (
        f"{place.lat:.3f}, {place.lon:.3f} within {place.radius_km:g} km "
        f"(by {place.method.value}; {about})"
    )


def _head(name: str, outcome: str, *more: str) -> Text:
    return Text.assemble(_plain(name, "bold"), "  ", *(_plain(f" · {m}") for m in (outcome, *more)))


def _plain(words: str, style: str = "") -> Text:
    return Text(printable(words), style=style)


def printable(words: str) -> str:
    """Words with every control, format and unprintable character made visible as U+XXXX."""
    return "".join(
        character if _is_harmless(character) else f"<U+{ord(character):04X}>" for character in words
    )


def _is_harmless(character: str) -> bool:
    return character in _KEPT or unicodedata.category(character) not in _ACTING
