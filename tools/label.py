"""Labelling aid: a hand-written label in TOML becomes the record of a gold folder.

    python tools/label.py gold/labels/ID.toml …

For each label it reads `gold/articles/ID.json`, finds every quote, reads every figure, looks up
days, places and actors, and writes `gold/records/ID.json`. What it filled in goes to the terminal,
for the labeller to check against the article. Words that do not stand in the article, or stand
there twice without being told which is meant, are refused, all at once. The form of a label:

    story = "basra-market"              # articles about the same event share it
    labeller = "N. N., by hand"
    phenomena = ["accusation"]          # those that the claims show are added
    optional = ["c3"]                   # also: disputed = […]
    aliases = [["the Basra Monitor", "the Monitor"]]
    [strata]                            # language is added from the article
    [speakers]                          # names for use below, once each
    monitor = "monitor_or_ngo: the Basra Monitor | via Basra Radio | party"
    [actors]
    front = "rebel_group: the Northern Front"

    [[incident]]                        # ids i1, i2, … unless `id` is given
    summary = "Shells hit a market."
    attack = "shelling"                 # or a list; also: actuality, clarity, background
    when = "Wednesday"                  # or {words, start, end, precision, spans_days, quote}
    evidence = "Shells hit the market"  # or a list
    [[incident.place]]
    name = "Basra"                      # also: within, relation, controlled_by, quote
    country = "IQ"                      # what the gazetteer has in that country is filled in;
                                        # or level, lat, lon, radius_km, gazetteer_id by hand
    [[incident.party]]
    actor = "front"
    side = "a"
    [[incident.count]]                  # ids c1, c2, … over the whole article
    killed = "At least 26"              # OUTCOME = the figure's words, or {words, lower, upper,
                                        # qualifier, term, enumerated, unit} to overrule them
    group = "people"                    # or {words, standing, roles, demographics, party}
    by = "monitor"                      # or "TYPE: NAME", or a list; article_voice if absent
    quote = "At least 26 people were killed"
                                        # also: part_of, supersedes, hedge, place, attackers, scope
    [[incident.blame]]                  # ids b1, b2, …
    accused = "front"                   # a name above, "TYPE: NAME", or a list; also: joint
    stance = "accused"
    by = "government: The governor"
    quote = "The governor accused the Northern Front"
                                        # also: applies_to, answers
    [[cumulative]]                      # as a count, with: scope, period
    [[distractor]]
    kind = "older_event"
    figure = "200"                      # as after an OUTCOME
    quote = "killed 200 in 2014"
    [[alternative]]
    of = "c1"                           # and what differs, as in the claim itself
    group = {words = "people", standing = "civilian"}
    reason = "…"

A quote is its words alone, or {words, nth = 2} where they stand more than once, counted in the body
and then in the title, or {words, in = "title"}. A number with `words = ""` is one without words.
"""

import argparse
import difflib
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from eval.canonical import label_json
from eval.gold import ARTICLES, RECORDS, Fault, GoldArticle, faults_of, read_article
from eval.lint import implied_phenomena, lint_label
from eval.phenomena import Phenomenon
from extractor.article import Article
from extractor.codes import Outcome, PlaceRelation, SpeakerType, Standing
from extractor.errors import TollbookError
from extractor.ground import Searchable
from extractor.numerals import Number, read_number
from extractor.people.words import people_words
from extractor.records import Quote
from extractor.resolve.actors import ResolvedActor, resolve_actor
from extractor.resolve.dates import resolve_date, undated
from extractor.resolve.places import (
    PlaceMention,
    ResolvedPlace,
    Surroundings,
    place_level,
    resolve_place,
)
from extractor.resolve.tables import Tables, open_tables

Told = dict[str, Any]
"""A table of a label, as TOML gives it, or a part of a record made of it."""

_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_SPEAKER_TYPES = tuple(kind.value for kind in SpeakerType)
_ARTICLE_VOICE: Told = {"name_text": None, "type": "article_voice"}


class LabelError(TollbookError):
    """A label cannot become a record: everything that is wrong with it, one a line."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A record, and what was filled in for the labeller to check."""

    gold: GoldArticle
    notes: tuple[str, ...]
    findings: tuple[str, ...] = ()
    """What lint has to say about it."""

    @property
    def all_told(self) -> tuple[str, ...]:
        """What was filled in, and what lint has to say."""
        return (*self.notes, *self.findings)


def make_record(told: Mapping[str, Any], article: Article, tables: Tables) -> Made:
    """Make the record of a label.

    Raises:
        LabelError: words do not stand in the article, or a part of the label is malformed.
    """
    desk = _Desk(article=article, tables=tables)
    made = desk.record(deepcopy(dict(told)))
    try:
        gold = GoldArticle.model_validate(made)
    except ValidationError as error:
        faults = [f"{_place_of(one.loc, made)}: {one.message}" for one in _faults(desk, error)]
        raise LabelError("\n".join([*desk.troubles, *faults])) from error
    if desk.troubles:
        raise LabelError("\n".join(desk.troubles))
    implied = implied_phenomena(gold)
    listed = tuple(one for one in Phenomenon if one in gold.phenomena or one in implied)
    gold = gold.model_copy(update={"phenomena": listed})
    findings = (f"LINT: {field}: {message}" for field, message in lint_label(gold, article))
    return Made(gold=gold, notes=tuple(desk.notes), findings=tuple(findings))


def _faults(desk: "_Desk", error: ValidationError) -> list[Fault]:
    """What the schema does not take.

    Where words could not be read already, only what has nothing to do with that: words that are
    none of a list, and fields that are no fields.
    """
    kinds = [one["type"] for one in error.errors()]
    faults = list(faults_of(error))
    if not desk.troubles or len(kinds) != len(faults):
        return faults
    return [one for one, kind in zip(faults, kinds, strict=True) if kind in _OWN_FAULTS]


_OWN_FAULTS = ("enum", "literal_error", "extra_forbidden")


def _place_of(loc: Sequence[int | str], made: Told) -> str:
    """Where a fault is, in the words of a label: "c2: group.standing"."""
    at: Any = made
    named, rest = "", list[str]()
    for step in loc:
        rest.append(str(step))
        try:
            at = cast("Any", at[step])
        except (KeyError, IndexError, TypeError):
            at = None
        name = cast("Told", at).get("id") if isinstance(at, dict) else None
        if isinstance(name, str):
            named, rest = f"{name}: ", []
    return f"{named}{'.'.join(rest)}".removesuffix(": ") or "the label"


@dataclass(kw_only=True)
class _Desk:
    """The labelling of one article: what was found wrong and what was filled in on the way."""

    article: Article
    tables: Tables
    speakers: Told = field(default_factory=dict[str, Any])
    actors: Told = field(default_factory=dict[str, Any])
    troubles: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    counted: int = 0
    blamed: int = 0

    def __post_init__(self) -> None:
        self.searchable = Searchable(self.article)

    def record(self, told: Told) -> Told:
        """The whole record."""
        self.speakers = self._table(told.pop("speakers", {}), "[speakers]")
        self.actors = self._table(told.pop("actors", {}), "[actors]")
        language = {"language": self.article.language} if self.article.language else {}
        made: Told = {
            "article_id": self.article.id,
            "text_sha256": self.article.text_sha256,
            "story_id": told.pop("story", self.article.id),
            "strata": {**language, **self._table(told.pop("strata", {}), "[strata]")},
            "incidents": [
                self._incident(one, f"i{n}")
                for n, one in enumerate(self._tables(told, "incident"), 1)
            ],
            "cumulative": [self._count(one) for one in self._tables(told, "cumulative")],
            "distractors": [self._distractor(one) for one in self._tables(told, "distractor")],
            "alternatives": [self._alternative(one) for one in self._tables(told, "alternative")],
        }
        return {**told, **made}

    def _tables(self, told: Told, name: str, of: str = "") -> list[Told]:
        """The tables of one name: `[[incident]]`, `[[incident.count]]`."""
        found = told.pop(name, [])
        if isinstance(found, list) and all(
            isinstance(one, dict) for one in cast("list[Any]", found)
        ):
            return cast("list[Told]", found)
        heading = f"[[incident.{name}]]" if of else f"[[{name}]]"
        where = f"{of}: " if of else ""
        self.troubles.append(f"{where}{name}: write each as a table of its own, {heading}")
        return []

    def _table(self, told: Any, heading: str) -> Told:
        if isinstance(told, dict):
            return cast("Told", told)
        self.troubles.append(f"{heading} must be a table of names, not {told!r}")
        return {}

    def _stated(self, told: Any, where: str) -> Told:
        """Words alone, or a table that has them as `words`."""
        if isinstance(told, dict):
            return dict(cast("Told", told))
        if told is None or isinstance(told, str):
            return {"words": told}
        self.troubles.append(f"{where}: words or a table belong there, not {told!r}")
        return {"words": None}

    def _incident(self, told: Told, usual_id: str) -> Told:
        where = told.pop("id", usual_id)
        evidence = self._quotes(told.pop("evidence", []), where)
        counts = self._tables(told, "count", where)
        blames = self._tables(told, "blame", where)
        places = [self._place(one, where, evidence) for one in self._tables(told, "place", where)]
        countries = [code for place in places[:1] for code in place.get("countries", ())]
        made: Told = {
            "id": where,
            "attack_types": _listed(told.pop("attack", ["unknown"])),
            "when": self._when(told.pop("when", None), where, evidence),
            "places": places,
            "parties": [
                self._party(one, where, countries) for one in self._tables(told, "party", where)
            ],
            "counts": [self._count(one) for one in counts],
            "blames": [self._blame(one, countries) for one in blames],
            "evidence": evidence,
        }
        return {**told, **made}

    def _count(self, told: Told) -> Told:
        self.counted += 1
        where = told.pop("id", f"c{self.counted}")
        outcome = next((one for one in _OUTCOMES if one in told), None)
        if outcome is None:
            self.troubles.append(f'{where}: it needs an outcome with its figure: killed = "…"')
        figure = told.pop(outcome, None) if outcome else None
        made: Told = {
            "id": where,
            "outcome": outcome,
            "number": self._number(figure, where),
            "group": self._group(told.pop("group", None), where),
            "speakers": self._people(told.pop("by", None), self.speakers),
            "quotes": self._quotes(told.pop("quote", []), where),
        }
        renamed = {"place": "place_text", "period": "period_text", "attackers": None}
        renamed["attackers"] = "includes_attackers"
        return {**{renamed.get(name) or name: one for name, one in told.items()}, **made}

    def _group(self, told: Any, where: str) -> Told:
        """A group; a standing that its words tell and the label does not is asked about."""
        stated = self._stated(told, f"{where}: group")
        words = stated.pop("words", None)
        if isinstance(words, str) and "standing" not in stated:
            for standing in _standings(words):
                self.notes.append(
                    f"{where}: HINT: {words!r} may say {standing.value!r}; its standing is open"
                )
        return {"text": words, **stated}

    def _number(self, told: Any, where: str) -> Told | None:
        if isinstance(told, str):
            told = {"words": told}
        if not isinstance(told, dict):
            self.troubles.append(f"{where}: its figure must be words or a table, not {told!r}")
            return None
        stated = dict(cast("Told", told))
        words = stated.pop("words", "") or None
        if "qualifier" in stated:
            return {"lower": None, "upper": None, **stated, "text": words}
        read = read_number(words) if words else None
        if read is None:
            needs = "say it whole: {words, lower, upper, qualifier}"
            self.troubles.append(f"{where}: the figure {words!r} cannot be read; {needs}")
            return None
        self.notes.append(f"{where}: {words!r} is {_bounds(read)}")
        return {**read.model_dump(mode="json"), **stated}

    def _blame(self, told: Told, countries: list[str]) -> Told:
        self.blamed += 1
        where = told.pop("id", f"b{self.blamed}")
        quotes = self._quotes(told.pop("quote", []), where)
        accused = told.pop("accused", [])
        made: Told = {
            "id": where,
            "accused": self._actors(accused, where, countries, quotes),
            "speakers": self._people(told.pop("by", None), self.speakers),
            "quotes": quotes,
        }
        return {**told, **made}

    def _distractor(self, told: Told) -> Told:
        quotes = self._quotes(told.get("quote", []), "distractor")
        number = self._number(told.get("figure"), f"distractor {told.get('figure')!r}")
        return {"number": number, "kind": told.get("kind"), "quote": quotes[0] if quotes else None}

    def _alternative(self, told: Told) -> Told:
        where = f"alternative of {told.get('of')!r}"
        outcome = next((one for one in _OUTCOMES if one in told), None)
        if outcome:
            number = self._number(told.pop(outcome), where)
            told = {**told, "outcome": outcome, "number": number}
        if "figure" in told:
            told["number"] = self._number(told.pop("figure"), where)
        if "group" in told:
            told["group"] = self._group(told["group"], where)
        if "by" in told:
            told["speakers"] = self._people(told.pop("by"), self.speakers)
        if "accused" in told:
            told["accused"] = self._actors(told["accused"], where, [], [])
        if "when" in told:
            told["when"] = self._when(told["when"], where, [])
        if "place" in told:
            told["place"] = self._place(told["place"], where, [])
        return told

    def _people(self, told: Any, named: Told) -> list[Told]:
        return [self._speaker(str(named.get(one, one))) for one in _listed(told)] or [
            _ARTICLE_VOICE
        ]

    def _speaker(self, told: str) -> Told:
        """A speaker of "TYPE: NAME | via WORDS | party"."""
        main, *further = (part.strip() for part in told.split("|"))
        kind, mark, name = main.partition(":")
        if not mark and kind not in _SPEAKER_TYPES:
            like = difflib.get_close_matches(kind, [*self.speakers, *_SPEAKER_TYPES], 1)
            hint = f"; is it {like[0]!r}?" if like else '; write "TYPE: NAME" or add it there'
            self.troubles.append(f"by: no {kind!r} under [speakers]{hint}")
        made: Told = {"name_text": name.strip() or None, "type": kind.strip()}
        for part in further:
            if part == "party":
                made["is_party"] = True
            elif part.startswith("via "):
                made["via_text"] = part.removeprefix("via ")
            else:
                self.troubles.append(f"speaker {told!r}: {part!r} is neither `party` nor `via …`")
        return made

    def _actors(
        self, told: Any, where: str, countries: list[str], quotes: list[Told]
    ) -> list[Told]:
        names = (str(self.actors.get(one, one)) for one in _listed(told))
        return [self._actor(one, where, countries, quotes) for one in names]

    def _actor(self, told: str, where: str, countries: list[str], quotes: list[Told]) -> Told:
        """An actor of "TYPE: NAME", or of "TYPE: NAME | unlisted" if no table has it."""
        main, _, mark = told.partition("|")
        kind, _, name = (part.strip() for part in main.partition(":"))
        made: Told = {"name_text": name, "type": kind}
        if mark.strip() == "unlisted":
            return made
        at = next((one["start"] for one in quotes if one["field"] == "text"), None)
        found = resolve_actor(
            name,
            table=self.tables.actors,
            article=self.article.text,
            at=None if at is None else self.article.text.find(name, at),
            countries=countries,
            published=self.article.published_at,
        )
        if not isinstance(found, ResolvedActor):
            self.notes.append(f"{where}: {name!r} is in no table of actors")
            return made
        self.notes.append(f"{where}: {name!r} is {found.name!r} ({found.id}, by {found.method})")
        known = {"canonical_id": found.id, "canonical_name": found.name}
        return {**made, **known, "method": found.method.value}

    def _party(self, told: Told, where: str, countries: list[str]) -> Told:
        actor = self._actors(told.get("actor"), where, countries, [])
        name = actor[0]["name_text"] if actor else None
        return {"name_text": name, "actor": actor[0] if actor else None, "side": told.get("side")}

    def _when(self, told: Any, where: str, near: list[Told]) -> Told:
        stated = self._stated(told, f"{where}: when")
        words, quote = stated.pop("words", None), stated.pop("quote", None)
        published = self.article.published_at
        found = resolve_date(words, published) if words else undated(published)
        if found is None and "precision" not in stated:
            needs = "say its days: {words, start, end, precision}"
            self.troubles.append(f"{where}: when: {words!r} cannot be read as days; {needs}")
            return {}
        days: Told = {"start": None, "end": None}
        if found:
            days = {"start": found.start, "end": found.end, "precision": found.precision}
        days = {**days, "end": stated.get("start", days.get("end")), **stated}
        if words:
            told_days = f"{_day(days['start'])} to {_day(days['end'])}, {days['precision']}"
            self.notes.append(f"{where}: {words!r} is {told_days}")
        place = quote or words
        return {**days, "expression": words, "quote": self._near(place, f"{where}: when", near)}

    def _place(self, told: Told, where: str, near: list[Told]) -> Told:
        stated = dict(told)
        name, quote = str(stated.pop("name", "")), stated.pop("quote", None)
        country = stated.pop("country", None)
        within, relation = _listed(stated.pop("within", [])), stated.pop("relation", "in")
        if relation not in tuple(PlaceRelation):
            known = ", ".join(PlaceRelation)
            self.troubles.append(f"{where}: place {name!r}: no relation {relation!r}; {known}")
            relation = PlaceRelation.IN.value
        made: Told = {
            "name_text": name,
            "within_text": within,
            "relation": relation,
            "controlled_by_text": stated.pop("controlled_by", None),
            "quote": self._near(quote or name, f"{where}: place", near),
            "level": place_level(name),
        }
        if country:
            made["countries"] = [country]
            # Points that the labeller gives need no look-up, nor does a name with no known place.
            if "lat" not in stated:
                mention = PlaceMention(
                    name_text=stated.pop("known_as", name),
                    within_text=tuple(within),
                    relation=PlaceRelation(relation),
                    before=self._before(made["quote"], name),
                )
                made |= self._found_place(mention, country, f"{where}: place {name!r}")
        return {**made, **stated}

    def _found_place(self, mention: PlaceMention, country: str, where: str) -> Told:
        around = Surroundings(countries={country: 5.0}, areas=frozenset(), settlements=())
        found = resolve_place(mention, gazetteer=self.tables.gazetteer, surroundings=around)
        if not isinstance(found, ResolvedPlace):
            self.notes.append(f"{where} is not found in {country}: {found.reason}")
            return {}
        if country not in found.countries:
            self.notes.append(f"{where} is found in {', '.join(found.countries)} only: left open")
            return {}
        told = f"{found.name} ({found.id}, {found.level}, {found.lat:.3f} {found.lon:.3f}, "
        self.notes.append(f"{where} is {told}{found.radius_km:g} km, by {found.method})")
        return {
            "level": found.level.value,
            "countries": list(found.countries),
            "lat": found.lat,
            "lon": found.lon,
            "radius_km": found.radius_km,
            "gazetteer_id": found.id,
            "parents": list(found.parents),
            "method": found.method.value,
        }

    def _before(self, quote: Told | None, name: str) -> str:
        if quote is None or quote["field"] != "text":
            return ""
        at = self.article.text.find(name, quote["start"])
        return self.article.text[max(0, at - 100) : at] if at >= 0 else ""

    def _near(self, told: Any, where: str, near: list[Told]) -> Told | None:
        """A quote; of words that stand more than once, the only place in the quotes near by."""
        if not told:
            return None
        words = told if isinstance(told, str) else None
        found = self.searchable.find(words) if words else ()
        inside = [
            one
            for one in found
            if any(
                near_one["field"] == one.field
                and near_one["start"] <= one.start
                and one.end <= near_one["end"]
                for near_one in near
            )
        ]
        if len(found) > 1 and len(inside) == 1:
            return inside[0].model_dump(mode="json")
        return self._quote(told, where)

    def _quotes(self, told: Any, where: str) -> list[Told]:
        found = (self._quote(one, where) for one in _listed(told))
        return [one for one in found if one]

    def _quote(self, told: Any, where: str) -> Told | None:
        stated = self._stated(told, where)
        words = str(stated.get("words") or "")
        found: tuple[Quote, ...] = self.searchable.find(words)
        if "in" in stated:
            found = tuple(one for one in found if one.field == stated["in"])
        nth = stated.get("nth")
        if not found:
            self.troubles.append(f"{where}: {words!r} does not stand in the article")
        elif nth is None and len(found) > 1:
            told = f"stands there {len(found)} times; say which: quote = {{words = …, nth = 1}}"
            self.troubles.append(f"{where}: {words!r} {told}")
        elif nth is not None and not 1 <= nth <= len(found):
            self.troubles.append(f"{where}: {words!r} stands there {len(found)} times, not {nth}")
        else:
            return found[(nth or 1) - 1].model_dump(mode="json")
        return None


def _listed(told: Any) -> list[Any]:
    if told is None:
        return []
    return list(cast("list[Any]", told)) if isinstance(told, list) else [told]


def _standings(words: str) -> tuple[Standing, ...]:
    """The standings that single words of a description tell."""
    kinds = people_words().kinds
    found = {
        kind.standing
        for noun, kind in kinds.items()
        if kind.standing is not Standing.UNSPECIFIED
        and re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", words, re.IGNORECASE)
    }
    return tuple(sorted(found))


def _bounds(number: Number) -> str:
    ends = "…".join("" if end is None else str(end) for end in (number.lower, number.upper))
    return f"{number.qualifier} {number.term or ends}"


def _day(day: date | str | None) -> str:
    return "any day" if day is None else str(day)


def main() -> None:
    """Make the records of the labels named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labels", nargs="+", type=Path, metavar="LABEL.toml")
    parser.add_argument("--quiet", action="store_true", help="do not tell what was filled in")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; tell which records differ"
    )
    asked = parser.parse_args()
    tables, failed = open_tables(), False
    for path in cast("list[Path]", asked.labels):
        try:
            record, made = _make(path, tables)
        except (TollbookError, OSError) as error:
            failed = True
            _tell(sys.stderr.write, path, str(error).split("\n"))
            continue
        if asked.check:
            if not record.exists() or record.read_text("utf-8") != label_json(made.gold):
                failed = True
                _tell(sys.stderr.write, record, [f"it is not what {path} makes; make it again"])
            continue
        try:
            _write(record, label_json(made.gold))
        except OSError as error:
            sys.exit(f"{record} cannot be written ({error.strerror}); what stood there is kept")
        _tell(sys.stdout.write, record, made.findings if asked.quiet else made.all_told)
    sys.exit(1 if failed else 0)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: it cannot be written; what stood there is kept.
    """
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".part")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _make(path: Path, tables: Tables) -> tuple[Path, Made]:
    """The record of a label, and where it belongs."""
    folder = path.resolve().parent.parent
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise LabelError(f"it is no TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise LabelError(f"it is not in UTF-8 ({error}); save it as UTF-8") from error
    article = folder / ARTICLES / f"{path.stem}.json"
    if not article.exists():
        raise LabelError(f"its article is missing; it belongs at {article}")
    return folder / RECORDS / f"{path.stem}.json", make_record(told, read_article(article), tables)


def _tell(write: Any, path: Path, lines: Any) -> None:
    write("\n  ".join((str(path), *lines)) + "\n")


if __name__ == "__main__":
    main()
