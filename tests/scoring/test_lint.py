import json
from pathlib import Path
from typing import Any

import pytest
from planting import FIXTURES, Change, Told, blame, copied, count, found, incident, place, plant

from eval.gold import open_gold
from eval.lint import lint_gold, tidy_gold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the clean gold set, to plant problems in."""
    return copied(tmp_path / "gold")


def test_the_fixture_set_is_clean() -> None:
    assert lint_gold(FIXTURES) == ()


PLANTED: dict[str, tuple[str, Change, str, str]] = {
    "quote-moved": (
        "two-towns",
        lambda told: count(told, 0)["quotes"][0].update(start=3),
        "incidents.0.counts.0.quotes.0",
        "not 'Police said at least 14 people",
    ),
    "quote-with-another-digit": (
        "two-towns",
        lambda told: count(told, 2)["quotes"][0].update(
            text="A doctor at the town's hospital put the dead there at 18"
        ),
        "incidents.0.counts.2.quotes.0",
        "reads",
    ),
    "quote-that-cuts-a-word": (
        "two-towns",
        lambda told: incident(told)["evidence"][0].update(start=2, end=9, text="car bom"),
        "incidents.0.evidence.0",
        "cuts a word or number",
    ),
    "name-not-in-the-article": (
        "two-towns",
        lambda told: blame(told, of=1)["accused"][0].update(name_text="the Black Flag Brigade"),
        "incidents.1.blames.0.accused.0.name_text",
        "does not stand in the article",
    ),
    "speaker-not-in-the-article": (
        "two-towns",
        lambda told: count(told, 0)["speakers"][0].update(name_text="Iraqi police"),
        "incidents.0.counts.0.speakers.0.name_text",
        "does not stand in the article",
    ),
    "article-voice-with-a-name": (
        "two-towns",
        lambda told: count(told, 0)["speakers"][0].update(type="article_voice"),
        "incidents.0.counts.0.speakers.0",
        "has no name",
    ),
    "speaker-without-a-name": (
        "two-towns",
        lambda told: count(told, 0)["speakers"][0].update(name_text=None),
        "incidents.0.counts.0.speakers.0",
        "needs a name",
    ),
    "figure-not-in-its-quotes": (
        "two-towns",
        lambda told: count(told, 0)["number"].update(text="17", lower=17),
        "incidents.0.counts.0.number.text",
        "none of its quotes",
    ),
    "figure-that-reads-otherwise": (
        "two-towns",
        lambda told: count(told, 0)["number"].update(lower=15),
        "incidents.0.counts.0.number",
        "reads as at_least 14…, not at_least 15…",
    ),
    "figure-of-more-than-read-as-at-least": (
        "clash-at-bentiu",
        lambda told: count(told, 2)["number"].update(qualifier="at_least", lower=20),
        "incidents.0.counts.2.number",
        "reads as more_than 21…",
    ),
    "figure-without-words": (
        "two-towns",
        lambda told: count(told, 0)["number"].update(text=None),
        "incidents.0.counts.0.number.text",
        "needs its words",
    ),
    "words-that-are-no-figure": (
        "two-towns",
        lambda told: count(told, 0)["number"].update(text="Police said"),
        "incidents.0.counts.0.number.text",
        "reads as no figure",
    ),
    "part-above-its-whole": (
        "wedding-hall-thursday",
        lambda told: count(told, 3).update(part_of="c1"),
        "incidents.0.counts.3.number",
        "above its whole 'c1'",
    ),
    "dead-as-a-part-of-the-wounded": (
        "teacher-in-jos",
        lambda told: count(told, 1).update(outcome="killed"),
        "incidents.0.counts.1.part_of",
        "died_of_wounds",
    ),
    "part-of-nothing": (
        "two-towns",
        lambda told: count(told, 1).update(part_of="c9"),
        "incidents.0.counts.1.part_of",
        "no count claim 'c9'",
    ),
    "part-of-another-incident": (
        "two-towns",
        lambda told: count(told, 1).update(part_of="c4"),
        "incidents.0.counts.1.part_of",
        "name one of the same incident",
    ),
    "superseding-itself": (
        "wedding-hall-thursday",
        lambda told: count(told, 1).update(supersedes="c2"),
        "incidents.0.counts.1.supersedes",
        "leads back to itself",
    ),
    "answering-nothing": (
        "bus-near-douentza",
        lambda told: blame(told, 1).update(answers="b9"),
        "incidents.0.blames.1.answers",
        "no blame 'b9' in this article",
    ),
    "answering-itself": (
        "bus-near-douentza",
        lambda told: blame(told, 1).update(answers="b2"),
        "incidents.0.blames.1.answers",
        "cannot answer itself",
    ),
    "blame-for-a-claim-of-another-incident": (
        "two-towns",
        lambda told: blame(told, of=1).update(applies_to=["c1"]),
        "incidents.1.blames.0.applies_to.0",
        "no count claim 'c1'",
    ),
    "cumulative-figure-of-one-incident": (
        "bus-near-douentza",
        lambda told: told["cumulative"][0].update(scope="incident"),
        "cumulative.0.scope",
        "more than one incident",
    ),
    "incident-figure-of-a-period": (
        "two-towns",
        lambda told: count(told, 0).update(scope="period"),
        "incidents.0.counts.0.scope",
        "belongs into `cumulative`",
    ),
    "start-after-end": (
        "two-towns",
        lambda told: incident(told)["when"].update(start="2017-03-09"),
        "incidents.0.when.end",
        "before the start",
    ),
    "day-that-is-a-week": (
        "two-towns",
        lambda told: incident(told)["when"].update(start="2017-03-02"),
        "incidents.0.when.precision",
        "7 days are not 'day'",
    ),
    "another-weekday": (
        "two-towns",
        lambda told: incident(told)["when"].update(start="2017-03-07", end="2017-03-07"),
        "incidents.0.when.start",
        "is a Tuesday",
    ),
    "another-weekday-in-french": (
        "diffa-nuit",
        lambda told: incident(told)["when"].update(start="2020-11-20", end="2020-11-21"),
        "incidents.0.when.start",
        "is a Friday",
    ),
    "event-after-publication": (
        "two-towns",
        lambda told: incident(told)["when"].update(start="2017-03-15", end="2017-03-15"),
        "incidents.0.when.end",
        "after publication",
    ),
    "date-without-words": (
        "two-towns",
        lambda told: incident(told)["when"].update(expression=None),
        "incidents.0.when.expression",
        "needs the words",
    ),
    "date-without-a-quote": (
        "two-towns",
        lambda told: incident(told)["when"].pop("quote"),
        "incidents.0.when.quote",
        "quote the words",
    ),
    "date-quoted-elsewhere": (
        "two-towns",
        lambda told: incident(told)["when"].update(quote=incident(told, 1)["when"]["quote"]),
        "incidents.0.when.quote",
        "does not stand in the quote",
    ),
    "point-of-another-country": (
        "two-towns",
        lambda told: place(told).update(countries=["ML"]),
        "incidents.0.places.0.lat",
        "km from any known place of ML",
    ),
    "point-with-its-ends-swapped": (
        "two-towns",
        lambda told: place(told).update(lat=44.6053, lon=33.7544),
        "incidents.0.places.0.lat",
        "km from any known place of IQ",
    ),
    "point-away-from-its-entry": (
        "two-towns",
        lambda told: place(told).update(lat=33.3),
        "incidents.0.places.0.gazetteer_id",
        "mend the point or the id",
    ),
    "point-without-a-country": (
        "two-towns",
        lambda told: place(told).pop("countries"),
        "incidents.0.places.0.countries",
        "name the country",
    ),
    "point-in-no-country": (
        "two-towns",
        lambda told: place(told).update(countries=["XQ"]),
        "incidents.0.places.0.countries",
        "no country 'XQ'",
    ),
    "point-without-a-radius": (
        "two-towns",
        lambda told: place(told).pop("radius_km"),
        "incidents.0.places.0.radius_km",
        "in km",
    ),
    "half-a-point": (
        "two-towns",
        lambda told: place(told).pop("lon"),
        "incidents.0.places.0.lat",
        "a latitude and a longitude",
    ),
    "place-quoted-elsewhere": (
        "two-towns",
        lambda told: place(told).update(quote=incident(told, 1)["places"][0]["quote"]),
        "incidents.0.places.0.quote",
        "does not stand in the quote",
    ),
    "no-evidence": (
        "two-towns",
        lambda told: incident(told).pop("evidence"),
        "incidents.0.evidence",
        "quote the words",
    ),
    "no-claim": (
        "rockets-in-agadez",
        lambda told: (incident(told).pop("counts"), incident(told).pop("blames")),
        "incidents.0",
        "a count or a blame",
    ),
    "phenomenon-not-listed": (
        "two-towns",
        lambda told: told["phenomena"].remove("at_least"),
        "phenomena",
        "show 'at_least'",
    ),
    "phenomenon-not-shown": (
        "two-towns",
        lambda told: told["phenomena"].append("range"),
        "phenomena",
        "no claim shows 'range'",
    ),
    "no-incident-in-an-article-with-one": (
        "two-towns",
        lambda told: told["phenomena"].append("no_incident"),
        "phenomena",
        "no claim shows 'no_incident'",
    ),
    "numbered-part-not-listed": (
        "two-towns",
        lambda told: told["phenomena"].remove("numbered_subset"),
        "phenomena",
        "show 'numbered_subset'",
    ),
    "phenomenon-twice": (
        "two-towns",
        lambda told: told["phenomena"].append("accusation"),
        "phenomena",
        "once",
    ),
    "alternative-without-a-reading": (
        "two-towns",
        lambda told: told["alternatives"][0].pop("group"),
        "alternatives.0",
        "what differs",
    ),
    "alternative-that-says-the-same": (
        "two-towns",
        lambda told: told["alternatives"][0].update(group={"text": "others"}),
        "alternatives.0",
        "the same as 'c5'",
    ),
    "alternative-that-does-not-fit": (
        "two-towns",
        lambda told: told["alternatives"][0].update(stance="denied"),
        "alternatives.0.stance",
        "no claim with a stance",
    ),
    "distractor-without-its-figure": (
        "rockets-in-agadez",
        lambda told: told["distractors"][0]["number"].update(text="31", lower=31, upper=31),
        "distractors.0.number.text",
        "does not stand in its quote",
    ),
    "one-alias": (
        "bus-near-douentza",
        lambda told: told.update(aliases=[["the Front"]]),
        "aliases.0",
        "at least two",
    ),
    "another-language": (
        "diffa-nuit",
        lambda told: told["strata"].update(language="en"),
        "strata.language",
        "the article says 'fr'",
    ),
    "labels-of-another-text": (
        "two-towns",
        lambda told: told.update(text_sha256="0" * 64),
        "text_sha256",
        "of another text",
    ),
    "unknown-field": (
        "two-towns",
        lambda told: incident(told).update(weather="fair"),
        "incidents.0.weather",
        "not permitted",
    ),
    "unknown-word": (
        "two-towns",
        lambda told: count(told, 0).update(outcome="perished"),
        "incidents.0.counts.0.outcome",
        "'perished' is none of the",
    ),
    "no-zero-but-none": (
        "rockets-in-agadez",
        lambda told: count(told, 0)["number"].update(lower=1, upper=1),
        "incidents.0.counts.0.number",
        "both bounds 0",
    ),
    "id-twice": (
        "two-towns",
        lambda told: count(told, 1).update(id="c1"),
        "record",
        "used twice: 'c1'",
    ),
    "optional-claim-that-is-not-there": (
        "two-towns",
        lambda told: told.update(optional=["c77"]),
        "optional.0",
        "no claim or incident 'c77'",
    ),
    "no-story": (
        "two-towns",
        lambda told: told.update(story_id=""),
        "story_id",
        "at least 1 character",
    ),
}


@pytest.mark.parametrize(("name", "change", "field", "words"), PLANTED.values(), ids=list(PLANTED))
def test_a_planted_problem_is_found_with_its_file_and_field(
    folder: Path, name: str, change: Change, field: str, words: str
) -> None:
    plant(folder, name, change)
    problems = found(folder)
    assert words in problems[f"{name}.json", field]
    others = {file for file, _ in problems} - {f"{name}.json", "splits.toml"}
    assert not others


def test_parts_that_exclude_each_other_may_not_be_more_than_their_whole(folder: Path) -> None:
    def split_the_dead(told: Told) -> None:
        part = {**count(told, 0), "part_of": "c3"}
        first = {**part, "id": "c6", "group": {"text": "people", "demographics": ["men"]}}
        second = {**part, "id": "c7", "group": {"text": "women", "demographics": ["women"]}}
        incident(told)["counts"] += [first, second]

    plant(folder, "two-towns", split_the_dead)
    told = found(folder)["two-towns.json", "incidents.0.counts.4.number"]
    assert told == "the parts of 'c3' are 28 together, above 17; read them again"


def test_parts_that_may_overlap_are_not_added_up(folder: Path) -> None:
    def split_the_dead(told: Told) -> None:
        part = {**count(told, 0), "part_of": "c3"}
        first = {**part, "id": "c6", "group": {"text": "people", "roles": ["medic"]}}
        second = {**part, "id": "c7", "group": {"text": "women", "demographics": ["women"]}}
        incident(told)["counts"] += [first, second]

    plant(folder, "two-towns", split_the_dead)
    assert found(folder) == {}


def test_a_quote_may_differ_in_white_space_and_typography_only(folder: Path) -> None:
    def rewrite(told: Told) -> None:
        quote = count(told, 2)["quotes"][0]
        quote["text"] = quote["text"].replace("'", "\u2019").replace(" ", "\n ")

    plant(folder, "two-towns", rewrite)
    assert found(folder) == {}


MISSPELT: dict[str, tuple[Change, str]] = {
    "outcome": (
        lambda told: count(told, 0).update(outcome="injurred"),
        "'injurred' is no word of this field; is it 'injured'?",
    ),
    "phenomenon": (
        lambda told: told.update(phenomena=["acusation"]),
        "'acusation' is no word of this field; is it 'accusation'?",
    ),
    "like-none": (
        lambda told: count(told, 0).update(outcome="zzz"),
        "`tollbook eval gold schema label` lists them",
    ),
    "no-word": (
        lambda told: incident(told).update(clarity=3),
        "3 is no word of this field; there is ",
    ),
}


@pytest.mark.parametrize(("change", "told"), MISSPELT.values(), ids=list(MISSPELT))
def test_an_unknown_word_is_told_with_the_nearest_known(
    folder: Path, change: Change, told: str
) -> None:
    plant(folder, "two-towns", change)
    (problem,) = lint_gold(folder)
    assert told in problem.message
    assert len(problem.message) < 200


def test_a_relative_date_needs_a_day_of_publication(folder: Path) -> None:
    plant(folder, "two-towns", lambda told: told.pop("published_at"), kind="articles")
    tidy_gold(folder)
    (problem,) = lint_gold(folder)
    assert (problem.field, problem.is_warning) == ("published_at", False)
    assert "rests on; add it" in problem.message


def test_an_article_without_any_date_may_have_no_day_of_publication(folder: Path) -> None:
    plant(folder, "talks-in-taiz", lambda told: told.pop("published_at"), kind="articles")
    tidy_gold(folder)
    (problem,) = lint_gold(folder)
    assert (problem.field, problem.is_warning) == ("published_at", True)
    assert "published_at: warning: " in str(problem)


def quote_place(folder: Path, words: str, *, field: str = "text") -> None:
    """Let a place of an article be quoted by other words of it."""
    told = json.loads((folder / "articles" / "two-towns.json").read_text("utf-8"))[field]
    start = told.index(words)
    span = {"field": field, "start": start, "end": start + len(words)}
    quote = {**span, "text": words, "match": "exact"}
    plant(folder, "two-towns", lambda label: place(label).update(quote=quote))


def retitle(folder: Path, title: str) -> None:
    plant(folder, "two-towns", lambda told: told.update(title=title), kind="articles")


PLACE_QUOTE = ("two-towns.json", "incidents.0.places.0.quote")


@pytest.mark.parametrize("words", ["the town", "hospital", "there at 17"])
def test_a_place_may_be_quoted_by_words_that_point_back_to_it(folder: Path, words: str) -> None:
    quote_place(folder, words)
    assert PLACE_QUOTE not in found(folder)


@pytest.mark.parametrize(
    ("title", "words", "field"),
    [
        ("Bomb in Baqubah", "said", "text"),
        ("Bomb in Baqubah", "Nobody has claimed", "text"),
        ("Bomb and mortar fire", "a vegetable market", "text"),
        ("Bomb in market of Baqubah", "market", "title"),
    ],
    ids=["one-word", "arbitrary-words", "before-its-name", "before-its-name-in-the-title"],
)
def test_a_place_is_not_quoted_by_words_that_do_not_point_back(
    folder: Path, title: str, words: str, field: str
) -> None:
    retitle(folder, title)
    quote_place(folder, words, field=field)
    assert found(folder)[PLACE_QUOTE] == (
        "'Baqubah' does not stand in the quote of the place;"
        " quote its name, or words after it that point back"
    )


def test_words_after_a_name_in_the_title_point_back_to_it(folder: Path) -> None:
    retitle(folder, "Bomb in Baqubah market")
    quote_place(folder, "market", field="title")
    assert PLACE_QUOTE not in found(folder)


def test_a_list_without_words_has_two_members_too(folder: Path) -> None:
    def listed(upper: int) -> Change:
        bounds = {"lower": upper, "upper": upper, "qualifier": "exact"}
        told = {"text": None, **bounds, "enumerated": True}
        return lambda label: count(label, 0).update(number=told)

    field = ("two-towns.json", "incidents.0.counts.0.number.enumerated")
    plant(folder, "two-towns", listed(1))
    assert found(folder)[field] == "a list has two members or more, not '1'"
    plant(folder, "two-towns", listed(2))
    assert field not in found(folder)


def test_one_person_may_be_told_by_any_words_and_is_no_list(folder: Path) -> None:
    def told_by(words: str, **number: Any) -> Change:
        exact = {"text": words, "lower": 1, "upper": 1, "qualifier": "exact", **number}
        return lambda told: count(told, 0).update(number=exact)

    field = "incidents.0.counts.0.number.text"
    plant(folder, "two-towns", told_by("said"))
    assert ("two-towns.json", field) not in found(folder)
    plant(folder, "two-towns", told_by("said", lower=2, upper=2))
    assert "reads as no figure" in found(folder)["two-towns.json", field]
    plant(folder, "two-towns", told_by("said", enumerated=True))
    told = found(folder)["two-towns.json", "incidents.0.counts.0.number.enumerated"]
    assert "a list has two members or more" in told


def test_the_neutralised_of_one_speaker_may_be_the_dead_civilians_of_another(folder: Path) -> None:
    def neutralise(told: Told) -> None:
        count(told, 0).update(outcome="killed_or_injured")

    plant(folder, "van-near-ataq", neutralise)
    assert "disputed_standing" in str(open_gold(folder).labelled["van-near-ataq"].gold.phenomena)
    assert not [field for _, field in found(folder) if field == "phenomena"]


@pytest.mark.parametrize("country", ["Zambia", "zm", "UK"])
def test_a_country_that_is_no_code_is_told_with_a_point_or_without(
    folder: Path, country: str
) -> None:
    def of_country(told: Told) -> None:
        place(told).update(countries=[country], lat=None, lon=None, radius_km=None)
        place(told).pop("gazetteer_id", None)

    plant(folder, "two-towns", of_country)
    told = found(folder)["two-towns.json", "incidents.0.places.0.countries"]
    assert told == f"there is no country {country!r}; use its code of two letters"
