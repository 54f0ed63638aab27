"""Prompt packs made for tests: a small sound one, to be spoilt in one place at a time."""

import json
from pathlib import Path
from typing import Any

NOTICE = "This article is invented for testing; none of it happened."
SYSTEM = (
    "# Your task\n\nRead the article. A bound is `at_least`.\n\n{{ codes.Outcome.definitions() }}\n"
)
ID = "toll/v1"


def make_example(name: str = "kiosk", **changed: Any) -> dict[str, Any]:
    """An example that holds for its own text."""
    quote = "killed at least three people, police said"
    said: dict[str, Any] = {
        "name_text": "police",
        "type": "police",
        "via_text": None,
        "is_party": False,
    }
    number: dict[str, Any] = {
        "text": "at least three",
        "lower": 3,
        "upper": None,
        "qualifier": "at_least",
        "term": None,
        "enumerated": False,
        "unit": "persons",
    }
    group: dict[str, Any] = {
        "text": "people",
        "standing": "unspecified",
        "roles": [],
        "demographics": [],
        "party_text": None,
    }
    count: dict[str, Any] = {
        "id": "c1",
        "outcome": "killed",
        "number": number,
        "group": group,
        "part_of": None,
        "place_text": None,
        "scope": "incident",
        "period_text": None,
        "speakers": [said],
        "hedge": "none",
        "supersedes": None,
        "includes_attackers": "unstated",
        "quotes": [quote],
    }
    when: dict[str, Any] = {
        "expression": "on Friday",
        "start": "2020-01-31",
        "end": "2020-01-31",
        "precision": "day",
        "spans_days": False,
        "quote": "on Friday",
    }
    incident: dict[str, Any] = {
        "id": "i1",
        "summary": "A grenade went off in a kiosk.",
        "actuality": "actual",
        "clarity": "single",
        "background": False,
        "attack_types": ["explosive_device"],
        "when": when,
        "places": [],
        "parties": [],
        "counts": [count],
        "blames": [],
        "evidence": [quote],
    }
    return {
        "id": name,
        "published_at": "2020-02-02",
        "title": "Grenade in a kiosk",
        "text": f"A grenade went off in a kiosk on Friday and {quote}.\n\n{NOTICE}\n",
        "answer": {"incidents": [incident], "cumulative": []},
    } | changed


def write_pack(
    root: Path, *examples: dict[str, Any], prompt_id: str = ID, system: str = SYSTEM
) -> Path:
    """Write a draft with these examples, or with the one that holds; give back its folder."""
    folder = root / prompt_id
    folder.mkdir(parents=True)
    (folder / "prompt.toml").write_text(
        f'id = "{prompt_id}"\npurpose = "Counts the dead."\nreleased = false\n', "utf-8"
    )
    (folder / "system.md.j2").write_text(system, "utf-8")
    write_examples(folder, *(examples or (make_example(),)))
    return folder


def write_examples(folder: Path, *examples: dict[str, Any]) -> None:
    """Write the examples of a pack anew."""
    lines = [json.dumps(example, ensure_ascii=False) for example in examples]
    (folder / "examples.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def change(path: Path, old: str, new: str) -> None:
    """Change one place of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
