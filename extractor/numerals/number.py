"""Figures: what a number of people says, and where it stands in a text."""

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractor.codes import Qualifier, Unit


class Number(BaseModel):
    """A figure and its bounds; the qualifier tells what an empty bound means."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    text: str | None
    """The figure's words, verbatim."""
    lower: Annotated[int, Field(ge=0, strict=True)] | None
    """Smallest number the words support."""
    upper: Annotated[int, Field(ge=0, strict=True)] | None
    """Largest number the words support."""
    qualifier: Qualifier
    """How the words bound the number."""
    term: str | None = None
    """The vague word, for a vague figure only."""
    enumerated: bool = False
    """True if the number was counted from a list."""
    unit: Unit = Unit.PERSONS
    """What is counted."""

    @model_validator(mode="after")
    def _bounds_fit_the_qualifier(self) -> Self:
        wants_lower, wants_upper = BOUNDS[self.qualifier]
        if (self.lower is not None) != wants_lower or (self.upper is not None) != wants_upper:
            raise ValueError(
                f"a figure {self.qualifier.value!r} cannot have bounds {self.lower}, {self.upper}"
            )
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower bound {self.lower} is above upper bound {self.upper}")
        if self.qualifier is Qualifier.NONE and (self.lower, self.upper) != (0, 0):
            raise ValueError("a figure 'none' has both bounds 0")
        return self


BOUNDS: dict[Qualifier, tuple[bool, bool]] = {
    Qualifier.EXACT: (True, True),
    Qualifier.AT_LEAST: (True, False),
    Qualifier.MORE_THAN: (True, False),
    Qualifier.AT_MOST: (False, True),
    Qualifier.FEWER_THAN: (False, True),
    Qualifier.APPROXIMATELY: (True, True),
    Qualifier.NEARLY: (True, True),
    Qualifier.RANGE: (True, True),
    Qualifier.VAGUE: (False, False),
    Qualifier.UNKNOWN_NUMBER: (False, False),
    Qualifier.NONE: (True, True),
}
"""Which of the two bounds each qualifier has."""


@dataclass(frozen=True, kw_only=True)
class FoundNumber:
    """A figure in running text: code points [start, end) and what they say."""

    start: int
    end: int
    number: Number
