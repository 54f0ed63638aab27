"""Rows of the corpora in their own form, and readings of them, with texts written for tests."""

import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.article import Article
from extractor.codes import InputOutcome
from extractor.records import Incident, Reading
from extractor.wire import WireAnswer

ISAF_ROW: dict[str, Any] = {
    "id": "isaf-1",
    "text": "KABUL, Afghanistan (Jan. 2)\nIn Khowst province, a force killed two insurgents and "
    "detained several others yesterday.",
    "date": "Jan. 2",
    "release": "2010-12-S-310",
    "labels": {
        "min_killed": 2,
        "min_captured": 3,
        "province": ["khost"],
        "start_date": "2011-01-01",
        "target_group": ["haqqani"],
    },
}

SATP_ROW: dict[str, Any] = {
    "id": "satp-1",
    "text": "Three cadres were killed and one constable was injured in the Gaya District.",
    "date": "2010-05-01",
    "labels": {
        "deaths": {"total_fatalities": 3, "maoist_fatalities": 3, "civilian_fatalities": 0},
        "injuries": {"total_injuries": 1, "security_injuries": 1},
        "arrests": {"total_arrests": 0, "unknown_arrests": 0},
        "abductions": {"total_abducted": 0},
        "surrenders": {"total_surrenders": 0, "cadre_surrenders": 0},
        "perpetrator": "Security",
        "location": {"district": "Gaya", "lat_fixed": 24.8, "lon_fixed": 85.0},
    },
}

GVA_ROW: dict[str, Any] = {
    "id": "gva-1",
    "incident_id": "77",
    "title": "Two dead in Homestead",
    "text": "Six people were shot, two of them fatally, in Homestead, Fla., on Monday.",
    "date": "2014-03-04",
    "labels": {
        "killed": 2,
        "injured": 4,
        "incident_date": "March 3, 2014",
        "city_or_county": "Homestead (Florida City)",
        "state": "Florida",
    },
}

AIRWARS_ROW: dict[str, Any] = {
    "id": "aw-1",
    "text": "At least seven people, two of them children, were killed and dozens injured by an "
    "alleged airstrike on a house in Rafah.",
    "date": "October 9, 2023",
    "labels": {
        "civilians_killed": {"min": 7, "max": 7},
        "killed_breakdown": ["2\u20133 children", "1 journalist"],
        "civilians_injured": {"min": 12, "max": 24},
        "lat": 31.29,
        "lon": 34.24,
        "geo_accuracy": "Town",
        "strike_type": "Airstrike",
    },
}

ROWS = {"isaf": ISAF_ROW, "satp": SATP_ROW, "gva": GVA_ROW, "airwars": AIRWARS_ROW}


def changed(row: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A row with other fields; `labels__deaths__total_fatalities=4` is one of a part of it."""
    copied = copy.deepcopy(row)
    for path, value in fields.items():
        *parts, last = path.split("__")
        part = copied
        for name in parts:
            part = part[name]
        if value is LEFT_OUT:
            del part[last]
        else:
            part[last] = value
    return copied


LEFT_OUT = object()
"""A field that is not there."""


def write_rows(path: Path, *rows: object) -> Path:
    """A corpus file with these lines; texts keep their line separators, as the real files do."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def reading_of(article: Article, incidents: Sequence[Incident] = ()) -> Reading:
    """A reading with these incidents."""
    return Reading(
        outcome=InputOutcome.READ,
        article=article,
        reader="scripted",
        incidents=tuple(incidents),
        answer=WireAnswer(incidents=[], cumulative=[]),
    )
