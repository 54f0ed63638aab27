"""Cells: one row for each thing that is scored, the unit of every sum, slice and list of errors.

Everything a report says is computed from cells alone, so a stored file of cells can be sliced by
anyone. A cell holds one gold value, one predicted value, or the two that were paired.
"""

import json
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from extractor.codes import Code, InputOutcome
from extractor.numerals import Number


class CellKind(Code):
    """What a cell scores."""

    ARTICLE = "article", "One gold article: how its reading ended, how many incidents it has."
    INCIDENT = "incident", "One incident: found, missed or invented."
    COUNT = "count", "One figure as one speaker put it, whole or part."
    TOLL = "toll", "One figure for a whole group, whoever said it and whoever they were."
    CUMULATIVE = "cumulative", "One figure that covers more than one incident."
    BLAME = "blame", "One blame as one speaker put it."
    PLACE = "place", "The main place of an incident."
    DATE = "date", "The date of an incident."
    ATTACK = "attack", "The main attack type of an incident."


class CellState(Code):
    """How the predicted value stands to the gold one."""

    CORRECT = "correct", "Both are there, and the predicted one is right in every part."
    WRONG = "wrong", "Both are there; the predicted one is wrong in at least one part."
    MISSED = "missed", "Gold has it, nothing predicted stands for it."
    SPURIOUS = "spurious", "It is predicted, nothing in gold stands for it."
    ABSTAINED = "abstained", "Neither has it, and a careless reader would: rightly silent."
    EXCUSED = "excused", "Optional or disputed in gold: it neither rewards nor punishes."


class Mistake(Code):
    """What kind of error it is: the first that fits, found from the rest of the article's gold."""

    ROUNDING = "rounding", "The figure rounded."
    RANGE_COLLAPSED = "range_collapsed", "One end or the middle of a range given as one figure."
    VAGUE_HARDENED = "vague_hardened", "A vague or unknown number given as a figure."
    OPENNESS_LOST = "openness_lost", "The right number without its at least or up to, or with one."
    FALSE_NONE = "false_none", "Nobody was harmed, it says; gold does not say so."
    NONE_LOST = "none_lost", "Gold says that nobody was harmed; given as another number."
    SWAP = "swap", "The figure of another outcome of the incident: dead for wounded."
    SUBSET_AS_TOTAL = "subset_as_total", "A part given as the whole."
    TOTAL_AS_SUBSET = "total_as_subset", "The whole given as a part."
    MISFILED = "misfiled", "A part hung on the wrong whole, or on none."
    OTHER_SPEAKER = "other_speaker", "The figure of another speaker."
    SUPERSEDED = "superseded", "A figure that was revised or withdrawn."
    OTHER_INCIDENT = "other_incident", "A figure of another incident of the article."
    CUMULATIVE_LEAK = "cumulative_leak", "A figure that covers more than one incident."
    DISTRACTOR = "distractor", "Another figure of the article that is no toll."
    SUM_ERROR = "sum_error", "A sum or difference of gold figures."
    DIGIT_ERROR = "digit_error", "Ten times too much or too little, or digits swapped."
    WRONG_OUTCOME = "wrong_outcome", "The right number of the right people, another outcome."
    WRONG_GROUP = "wrong_group", "The right number, another group."
    WRONG_SPEAKER = "wrong_speaker", "The right number, said to come from somebody else."
    DUPLICATE = "duplicate", "Told already."
    HALLUCINATED = "hallucinated", "A figure that stands nowhere in gold."
    MISSED = "missed", "Not told."
    OVER_ASSERTED = "over_asserted", "An accusation, suspicion, denial given as a fact."
    UNDER_ASSERTED = "under_asserted", "A fact, claim or conviction given as less."
    WRONG_STANCE = "wrong_stance", "Another stance."
    INVENTED_PERPETRATOR = "invented_perpetrator", "Somebody is blamed whom nobody blames there."
    FLIPPED = "flipped", "The victim's side, the accuser or the denier is blamed."
    PROPAGATED = "propagated", "A blame of another incident of the article."
    WRONG_ACCUSED = "wrong_accused", "Somebody else is blamed."
    COUNTRY_WRONG = "country_wrong", "A place in another country."
    TOO_WIDE = "too_wide", "Right, but coarser than gold."
    TOO_NARROW = "too_narrow", "Finer than gold says."
    UNRESOLVED = "unresolved", "A place name without a place."
    WRONG_PLACE = "wrong_place", "Another place."
    PUBLICATION_DATE = "publication_date", "The day of publication given as the day of the event."
    INVENTED_DATE = "invented_date", "A date where gold has none."
    WRONG_YEAR = "wrong_year", "Day and month right, the year wrong."
    WRONG_MONTH = "wrong_month", "Day and year right, the month wrong."
    WRONG_PRECISION = "wrong_precision", "The right day, more or less exactly than gold."
    WRONG_DAY = "wrong_day", "Another day."
    SPLIT = "split", "A gold incident told as more than one."
    MERGED = "merged", "Gold incidents told as one."
    WRONG_TYPE = "wrong_type", "Another attack type."
    SPURIOUS = "spurious", "Nothing in gold stands for it."
    OTHER = "other", "None of these."


class Harm(Code):
    """Errors that do harm, each counted against its opportunities."""

    HALLUCINATED_COUNT = "hallucinated_count", "A predicted figure for which gold has no claim."
    HARDENED = "hardened", "An open, approximate or vague figure given as exact."
    UNKNOWN_AS_NUMBER = "unknown_as_number", "An unknown or vague number given as a figure."
    FALSE_NONE = "false_none", "Nobody was harmed is predicted; gold does not say so."
    ZERO_LOST = "zero_lost", "Gold says that nobody was harmed; it is not told."
    CUMULATIVE_LEAK = "cumulative_leak", "A cumulative figure given as an incident's toll."
    SUBSET_VIOLATION = "subset_violation", "A predicted part larger than its whole."
    OVER_ASSERTION = (
        "over_assertion",
        "An accusation, suspicion or denial given as a fact, a conviction or a claim of one's own.",
    )
    SELF_CLAIM_AS_FACT = (
        "self_claim_as_fact",
        "A claim of responsibility given as a fact or a conviction.",
    )
    INVENTED_PERPETRATOR = (
        "invented_perpetrator",
        "Somebody is blamed by name where gold blames nobody, or only unknown persons.",
    )
    WRONG_PERPETRATOR = (
        "wrong_perpetrator",
        "Somebody is blamed whom nobody blames there, where gold blames another.",
    )
    FLIPPED_BLAME = "flipped_blame", "The victim's side, the accuser or the denier is blamed."
    PROPAGATED_BLAME = "propagated_blame", "A blame of one incident pinned on another."
    UNPROVED_CLAIM = "unproved_claim", "A predicted claim with a quote that does not stand there."
    DATE_INVENTED = "date_invented", "A date given where gold states none."


class Cell(BaseModel):
    """One scored thing."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    article_id: str
    """The article."""
    story_id: str
    """The cluster."""
    kind: CellKind
    """What is scored."""
    state: CellState
    """How it stands."""
    mistake: Mistake | None = None
    """What kind of error; empty unless wrong, missed or spurious."""
    gold_incident: str | None = None
    """Id of the gold incident; empty for an invented one."""
    predicted_incident: str | None = None
    """Id of the predicted incident paired with it; empty if it was missed."""
    gold_id: str | None = None
    """Id of the gold claim or incident."""
    predicted_id: str | None = None
    """Id of the predicted claim or incident."""
    key: str = ""
    """What is scored, for a person: "killed · civilians · the Observatory"."""
    gold: str | None = None
    """The gold value, for a person; empty if gold has none."""
    predicted: str | None = None
    """The predicted value, for a person; empty if none was predicted."""
    gold_number: Number | None = None
    """Counts and tolls: the gold figure."""
    predicted_number: Number | None = None
    """Counts and tolls: the predicted figure."""
    slice: str = ""
    """The class it is summed under: `total` or `subset`, an actor class, a level."""
    parts: dict[str, bool] = {}
    """Paired values: which parts are right: number, outcome, group, speakers, accused, stance, …"""
    measures: dict[str, float] = {}
    """Paired values: log_error, log_bias, relative_error, iou, distance_km, days_off, …"""
    codes: dict[str, str] = {}
    """Fixed words worth a cross table: gold_stance, predicted_stance, gold_level, …"""
    opportunities: tuple[Harm, ...] = ()
    """The harms for which this cell was an opportunity."""
    harms: tuple[Harm, ...] = ()
    """The harms done; each is among the opportunities."""
    gold_quotes: tuple[str, ...] = ()
    """The words that prove the gold value."""
    predicted_quotes: tuple[str, ...] = ()
    """The words that are said to prove the predicted one."""
    outcome: InputOutcome | Literal["absent"] | None = None
    """Article cells: how the input ended; `absent` if the predictions do not have it."""
    split: str | None = None
    """The article's split."""
    phenomena: tuple[str, ...] = ()
    """What makes the article hard."""
    strata: dict[str, str] = {}
    """The article's further slices."""

    @property
    def has_gold(self) -> bool:
        """Whether gold has a value that counts."""
        return self.state in (CellState.CORRECT, CellState.WRONG, CellState.MISSED)

    @property
    def has_predicted(self) -> bool:
        """Whether a value that counts was predicted."""
        return self.state in (CellState.CORRECT, CellState.WRONG, CellState.SPURIOUS)

    @property
    def is_paired(self) -> bool:
        """Whether it stands in an incident that was found (or in no incident at all)."""
        return (self.gold_incident is None) == (self.predicted_incident is None)


def to_jsonl(cells: Iterable[Cell]) -> str:
    """Cells as JSON Lines: keys sorted, the same bytes for the same cells."""
    rows = (cell.model_dump(mode="json", exclude_defaults=True) for cell in cells)
    return "".join(
        json.dumps(row, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n" for row in rows
    )
