"""Keys: the templates that a person filled for a document, and the fills of their slots.

A fill is one line of a slot. Its values are separated by "/" and any of them is right; a "?" makes
it optional; what stands behind a colon tells to whom a number, an effect or a status belongs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.corpora.corpus import CorpusError
from extractor.codes import Code


class Slot(Code):
    """What a template tells."""

    TYPE = "incident_type", "Attack, bombing, kidnapping, arson, robbery, forced work stoppage."
    DATE = "date", "The day, the days, or the latest possible day."
    LOCATION = "location", "The country and what lies in it, from wide to narrow."
    STAGE = "stage", "Accomplished, attempted or threatened."
    PERPETRATOR = "perpetrator_individual", "Those who did it, as described or named."
    ORGANISATION = "perpetrator_organisation", "The organisation behind it."
    STATUS = "attribution_status", "How surely each organisation is said to be behind it."
    VICTIM = "victim", "The people hit or aimed at, as named or described."
    NUMBER = "victim_number", "How many each of them are."
    EFFECT = "victim_effect", "What happened to each of them."
    VICTIM_TYPE = "victim_type", "What kind of people each of them are."


@dataclass(frozen=True, kw_only=True)
class Fill:
    """One fill of a slot."""

    values: tuple[str, ...]
    """Any of them is right; of an answer: all names of the one thing that is meant."""
    refs: tuple[str, ...] = ()
    """Names and descriptions of whom it belongs to."""
    optional: bool = False
    """Neither asked for nor punished."""
    is_named: bool = False
    """Of a victim: a person's name is among the values."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """One incident, as the key or an answer tells it."""

    id: str
    optional: bool = False
    """Neither asked for nor punished."""
    fills: Mapping[Slot, tuple[Fill, ...]] = field(default_factory=dict[Slot, tuple[Fill, ...]])

    def of(self, slot: Slot) -> tuple[Fill, ...]:
        """The fills of a slot; none if it is blank."""
        return self.fills.get(slot, ())


def key_templates(labels: Mapping[str, Any], where: str) -> tuple[Template, ...]:
    """The templates of a document's labels.

    Args:
        labels: as the file has them; the slots are read from `raw_slots`, the key's own words.
        where: the line, for messages.

    Raises:
        CorpusError: a template or one of its slots is missing or no list of lines.
    """
    try:
        told = _Labels.model_validate(labels)
    except ValidationError as error:
        first = error.errors()[0]
        field_ = ".".join(str(part) for part in ("labels", *first["loc"]))
        raise CorpusError(f"{where}: {field_}: {first['msg']}; is this a MUC-4 file?") from error
    return tuple(
        _template(template.raw_slots, f"{where}: labels.templates.{index}.raw_slots")
        for index, template in enumerate(told.templates)
    )


_RAW = {
    Slot.TYPE: "INCIDENT: TYPE",
    Slot.DATE: "INCIDENT: DATE",
    Slot.LOCATION: "INCIDENT: LOCATION",
    Slot.STAGE: "INCIDENT: STAGE OF EXECUTION",
    Slot.PERPETRATOR: "PERP: INDIVIDUAL ID",
    Slot.ORGANISATION: "PERP: ORGANIZATION ID",
    Slot.STATUS: "PERP: ORGANIZATION CONFIDENCE",
    Slot.NUMBER: "HUM TGT: NUMBER",
    Slot.EFFECT: "HUM TGT: EFFECT OF INCIDENT",
    Slot.VICTIM_TYPE: "HUM TGT: TYPE",
}
_NUMBER, _OPTIONAL = "MESSAGE: TEMPLATE", "OPTIONAL"
_NAMES, _DESCRIPTIONS = "HUM TGT: NAME", "HUM TGT: DESCRIPTION"
_ABOUT_VICTIMS = (Slot.NUMBER, Slot.EFFECT, Slot.VICTIM_TYPE)
_BLANK = ("", "-", "*")


class _Told(BaseModel):
    """A template as the file has it."""

    raw_slots: dict[str, list[str]]


class _Labels(BaseModel):
    """What the file says of a document, as far as it is scored."""

    model_config = ConfigDict(strict=True)

    relevant: bool
    templates: list[_Told]


def _template(slots: Mapping[str, Sequence[str]], where: str) -> Template:
    for name in (_NUMBER, *_RAW.values(), _NAMES, _DESCRIPTIONS):
        if name not in slots:
            raise CorpusError(f"{where} has no slot {name!r}; is this a MUC-4 file?")
    fills = {slot: tuple(_fills(slots[name], slot)) for slot, name in _RAW.items()}
    victims = _victims(slots[_NAMES], slots[_DESCRIPTIONS])
    fills[Slot.VICTIM] = tuple(victim.fill for victim in victims)
    for slot in _ABOUT_VICTIMS:
        fills[slot] = tuple(_with_all_names(fill, victims) for fill in fills[slot])
    number = " ".join(slots[_NUMBER])
    return Template(
        id=number.partition(" ")[0],
        optional=_OPTIONAL in number,
        fills={slot: filled for slot, filled in fills.items() if filled},
    )


def _fills(lines: Sequence[str], slot: Slot) -> Iterator[Fill]:
    for line in lines:
        plain, optional = _without_mark(line)
        if slot is Slot.LOCATION or slot is Slot.DATE:
            values, refs = _alternatives(plain), ()
        else:
            value, _, ref = _cut(plain, ":")
            values, refs = _alternatives(value), _alternatives(ref)
        if values:
            yield Fill(values=values, refs=refs, optional=optional)


@dataclass(frozen=True, kw_only=True)
class _Victim:
    """A victim: what the key calls it elsewhere, and everything it is called."""

    called: frozenset[str]
    fill: Fill


def _victims(names: Sequence[str], descriptions: Sequence[str]) -> list[_Victim]:
    """Each victim once, with the names and the descriptions that the key ties together.

    A named victim is called by the name alone: another one may have the same description.
    """
    named = [
        _Victim(called=frozenset(fill.values), fill=replace(fill, is_named=True))
        for fill in _fills(names, Slot.VICTIM)
    ]
    found: list[_Victim] = []
    for fill in _fills(descriptions, Slot.VICTIM):
        owner = next((n for n, one in enumerate(named) if one.called & set(fill.refs)), None)
        if owner is None:
            values = tuple(dict.fromkeys(fill.values + fill.refs))
            found.append(
                _Victim(called=frozenset(values), fill=replace(fill, values=values, refs=()))
            )
        else:
            known = named[owner]
            values = tuple(dict.fromkeys(known.fill.values + fill.values))
            named[owner] = replace(known, fill=replace(known.fill, values=values))
    return named + found


def _with_all_names(fill: Fill, victims: Sequence[_Victim]) -> Fill:
    """A fill about a victim, with everything that the victim is called."""
    called = [one.fill.values for one in victims if one.called & set(fill.refs)]
    refs = dict.fromkeys((*fill.refs, *(value for values in called for value in values)))
    return replace(fill, refs=tuple(refs))


def _without_mark(line: str) -> tuple[str, bool]:
    plain = line.strip()
    return (plain[1:].strip(), True) if plain.startswith("?") else (plain, False)


def _alternatives(text: str) -> tuple[str, ...]:
    """What stands between slashes, without the brackets or quotes around it; blanks left out."""
    found: list[str] = []
    rest = _unwrapped(text.strip())
    while rest:
        head, _, rest = _cut(rest, "/")
        value = _unwrapped(head.strip())
        if len(value) > 1 and value.startswith('"') and value.endswith('"'):
            value = value[1:-1].replace('\\"', '"')
        value = re.sub(r"\s+", " ", value).strip("? ")
        if value not in _BLANK:
            found.append(value)
    return tuple(dict.fromkeys(found))


def _unwrapped(text: str) -> str:
    """A text without brackets that hold all of it."""
    if not text.startswith("("):
        return text
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return text[1:place].strip() if place == len(text) - 1 else text
    return text


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    """Cut at the first mark that stands neither in quotes nor in brackets."""
    depth, quoted, escaped = 0, False, False
    for place, letter in enumerate(text):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            quoted = not quoted
        elif not quoted and letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == mark and not quoted and depth <= 0:
            return text[:place], mark, text[place + 1 :]
    return text, "", ""
