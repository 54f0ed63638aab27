"""Quotas: what a gold set asks of itself, in its `quotas.toml`, and how far it has come."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, ValidationError

from eval.coverage import UNDIVIDED, Coverage
from eval.gold import GoldError, Problem, faults_of
from eval.phenomena import FIRST_TIER, Phenomenon

QUOTAS = "quotas.toml"

_End = TypeVar("_End", int, float, date)


def _rising(ends: tuple[_End, _End]) -> tuple[_End, _End]:
    if ends[0] > ends[1]:
        raise ValueError(f"{ends[0]} is above {ends[1]}; name the smaller one first")
    return ends


_Number = Annotated[int, Field(ge=0, strict=True)]
_Share = Annotated[float, Field(ge=0, le=1, strict=True)]
_Shares = Annotated[tuple[_Share, _Share], AfterValidator(_rising)]
_Numbers = Annotated[tuple[_Number, _Number], AfterValidator(_rising)]
_Day = Annotated[date, Strict()]
_Days = Annotated[tuple[_Day, _Day], AfterValidator(_rising)]


class Quotas(BaseModel):
    """What a set asks of itself; what is not named is not asked."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    articles: _Number = 0
    """Fewest articles."""
    splits: dict[str, _Number] = {}
    """Fewest articles of a split."""
    languages: dict[str, _Number] = {}
    """Fewest articles in a language."""
    other_languages: _Number = 0
    """Fewest articles in another language than English."""
    adjudicated: _Number = 0
    """Fewest articles of which two labellings were compared and settled."""
    denials: _Number = 0
    """Fewest articles with a denial or a counter-accusation."""
    instructs_model: _Number = 0
    """Fewest articles that try to instruct a language model."""
    first_tier: _Number = 0
    """Fewest articles with each phenomenon of the first tier."""
    second_tier: _Number = 0
    """Fewest articles with each phenomenon of the second tier."""
    several_incidents: _Shares = (0, 1)
    """Smallest and largest share of articles that tell of two incidents or more."""
    several_sources: _Shares = (0, 1)
    """Smallest and largest share of articles with figures of two named speakers or more."""
    without_incidents: _Shares = (0, 1)
    """Smallest and largest share of articles that tell of no incident but background."""
    words: _Numbers | None = None
    """Fewest and most words of a text, its notice left out."""
    published: _Days | None = None
    """First and last day of publication."""
    notices: dict[str, str] = {}
    """The last paragraph that every text of a language must have."""
    longest_shared: _Number = 0
    """Words in a row that no two texts of different stories may share; 0 asks nothing."""
    examples: tuple[str, ...] = ()
    """Files or folders with examples of prompts, from this folder on, that no text may resemble."""


@dataclass(frozen=True, kw_only=True)
class Quota:
    """One quota, and what there is."""

    name: str
    there: float
    least: float
    most: float | None = None
    is_share: bool = False

    @property
    def is_met(self) -> bool:
        """Whether it is met."""
        return self.least <= self.there and (self.most is None or self.there <= self.most)

    @property
    def asked(self) -> str:
        """What is asked, for a person: "at least 12", "10% to 12.5%"."""
        if not self.is_share:
            return f"at least {self.least:g}"
        return f"{_percent(self.least)} to {_percent(1 if self.most is None else self.most)}"

    @property
    def reached(self) -> str:
        """What is there, for a person."""
        return f"{self.there:.1%}" if self.is_share else f"{self.there:g}"


def read_quotas(folder: Path) -> Quotas | None:
    """The quotas of a gold folder; None if it has none.

    Raises:
        GoldError: they cannot be read.
    """
    problems: list[Problem] = []
    quotas = find_quotas(folder, problems)
    if problems:
        raise GoldError("\n".join(map(str, problems)))
    return quotas


def find_quotas(folder: Path, problems: list[Problem]) -> Quotas | None:
    """The quotas of a gold folder, if they can be read; what is wrong is added to the problems."""
    path = folder / QUOTAS
    if not path.exists():
        return None
    try:
        return Quotas.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        told = f"it is no TOML ({error}); mend it there"
        problems.append(Problem(file=path, field="file", message=told))
    except OSError as error:
        told = (
            f"it cannot be read as a file ({error.strerror}); write the quotas there or remove it"
        )
        problems.append(Problem(file=path, field="file", message=told))
    except ValidationError as error:
        problems += (
            Problem(file=path, field=fault.field, message=fault.message)
            for fault in faults_of(error)
        )
    return None


def quotas_of(quotas: Quotas, coverage: Coverage) -> tuple[Quota, ...]:
    """Every quota that is asked, with what the set has."""
    return tuple(one for one in _all(quotas, coverage) if one.least > 0 or one.most is not None)


def _all(quotas: Quotas, coverage: Coverage) -> Iterator[Quota]:
    yield Quota(name="articles", there=coverage.articles, least=quotas.articles)
    for name, least in quotas.splits.items():
        yield Quota(name=f"split {name}", there=coverage.splits.get(name, 0), least=least)
    for name, least in quotas.languages.items():
        yield Quota(name=f"language {name}", there=coverage.languages.get(name, 0), least=least)
    languages = coverage.languages.items()
    foreign = sum(number for name, number in languages if name not in (_ENGLISH, UNDIVIDED))
    yield Quota(name="other languages", there=foreign, least=quotas.other_languages)
    yield Quota(name="adjudicated", there=coverage.adjudicated, least=quotas.adjudicated)
    for name in ("several_incidents", "several_sources", "without_incidents"):
        least, most = getattr(quotas, name)
        if (least, most) != (0, 1):
            there = getattr(coverage, name) / max(coverage.articles, 1)
            yield Quota(
                name=name.replace("_", " "), there=there, least=least, most=most, is_share=True
            )
    told = {**coverage.first_tier, **coverage.second_tier}
    asked_more = {
        Phenomenon.DENIAL: quotas.denials,
        Phenomenon.INSTRUCTS_MODEL: quotas.instructs_model,
    }
    for one in Phenomenon:
        usual = quotas.first_tier if one in FIRST_TIER else quotas.second_tier
        least = max(usual, asked_more.get(one, 0))
        yield Quota(name=one.value, there=told[one.value], least=least)


def _percent(share: float) -> str:
    """A share with a decimal only where there is one: 12%, 12.5%."""
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


_ENGLISH = "en"
