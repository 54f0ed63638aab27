"""The terms: by how much a figure may fall, and how sure one must be of it."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import UsageError

SHIPPED = Path(__file__).resolve().parent / "terms.toml"
"""The terms that are used if no others are named."""

_Share = Annotated[float, Field(gt=0, lt=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Chance(_Part):
    """How often the gate may cry wolf."""

    first_look: _Share
    """One-sided p value, adjusted over the family, below which a change is hardly chance."""
    second_look: _Share
    """The same on the second look; both add up."""


class QualityTerms(_Part):
    """By how much a quality may fall."""

    full_at: _Share
    """For a blessed figure below it, the others shrink in proportion."""
    tolerated_fall: _Share
    catastrophe: _Share
    margin: _Share

    def part_of(self, blessed: float) -> float:
        """How much of the terms holds for a quality that is so high in the blessed run."""
        return min(1.0, blessed / self.full_at)

    def at(self, blessed: float) -> "QualityTerms":
        """The terms for a quality that is so high in the blessed run."""
        part = self.part_of(blessed)
        names = ("tolerated_fall", "catastrophe", "margin")
        return self.model_copy(update={name: part * getattr(self, name) for name in names})


class HarmTerms(_Part):
    """By how much a harm may rise."""

    tolerated_rise: _Share
    margin: _Share
    """A larger rise that is hardly chance by itself leaves the verdict open."""
    failed_articles: _Share
    """A larger rise of articles without a usable answer fails if it is hardly chance by itself."""


class AnchorTerms(_Part):
    """By how much a quality may fall from the release, and how sure that must be."""

    tolerated_fall: _Share
    alpha: _Share


class NoiseTerms(_Part):
    """How far margins must stand above noise."""

    times: Annotated[float, Field(gt=0)]


class Terms(_Part):
    """The terms of the gate."""

    chance: Chance
    quality: QualityTerms
    harm: HarmTerms
    anchor: AnchorTerms
    noise: NoiseTerms


def load_terms(path: Path = SHIPPED) -> Terms:
    """Read terms from a file.

    Raises:
        UsageError: it cannot be read, or says something that is no term.
    """
    try:
        return Terms.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise UsageError(f"the terms cannot be read from {path} ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it is no TOML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UsageError(f"{path}: {field}: {first['msg']}; see {SHIPPED}") from error
