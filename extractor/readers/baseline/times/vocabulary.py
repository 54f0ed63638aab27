"""The words around a time, loaded from a data file that anybody can edit."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from extractor.vocabulary import whole_words

_FILE = Path(__file__).resolve().parents[3] / "data" / "event_time_words.toml"


@dataclass(frozen=True, kw_only=True)
class TimeWords:
    """What tells which time is the event's, ready to be matched."""

    saying: re.Pattern[str]
    saying_behind: re.Pattern[str]
    """A verb of saying right behind a time: "officials on Monday confirmed"."""
    aftermath: re.Pattern[str]
    later_death: re.Pattern[str]
    deed_between: re.Pattern[str]
    page_before: re.Pattern[str]
    """What names the page's own day, up to the time."""
    happened: re.Pattern[str]
    """An event and, within a few words, that it happened."""
    called: re.Pattern[str]
    """Helpers and, within a few words, that they were called."""
    dated_deed: re.Pattern[str]
    """A deed right behind its time: "Thursday's shooting"."""
    deed: re.Pattern[str]
    """What armed people do, whoever is hurt."""


# "A call on Sunday reporting shots" says nothing of when somebody spoke.
_NOT_FINITE = frozenset({"reporting", "according to", "speaking", "interviewed", "quoted"})


@cache
def time_words() -> TimeWords:
    """The words of the data file."""
    raw = TypeAdapter(dict[str, list[str]]).validate_python(
        tomllib.loads(_FILE.read_text(encoding="utf-8"))
    )
    either = {name: "|".join(words) for name, words in raw.items()}
    spoken = [word for word in raw["saying"] if word not in _NOT_FINITE]
    finite = "|".join([*spoken, *raw["speech"]])
    behind = rf"[\s,]{{1,2}}(?:also |have |has |had |again ){{0,2}}(?:{finite})\b"
    near = r"(?:[ ,]+[\w'\u2019.-]+){0,8}?[ ,]+(?:were |was |had |have )?"
    return TimeWords(
        saying=whole_words(raw["saying"]),
        saying_behind=re.compile(behind, re.IGNORECASE),
        aftermath=whole_words(raw["aftermath"]),
        later_death=whole_words(raw["later_death"]),
        deed_between=whole_words(raw["deed_between"]),
        page_before=re.compile(
            rf"(?<![\w-])(?:{either['page']})[:,]?(?: on| at| in)?\s*[:(-]?\s*$", re.IGNORECASE
        ),
        happened=re.compile(
            rf"\b(?:{either['event']})\b{near}(?:{either['happened']})\b", re.IGNORECASE
        ),
        called=re.compile(rf"\b(?:{either['helpers']})\b{near}(?:{either['called']})\b", re.I),
        dated_deed=re.compile(
            rf"(?:['\u2019]s?)?(?: [\w-]+){{0,2}}? (?:{either['dated']})(?!\w)", re.IGNORECASE
        ),
        deed=whole_words(raw["deed"]),
    )
