"""Convention profiles: what a corpus counts, how it turns words into numbers; data, never code."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.corpora.corpus import CorpusError, FigureId
from extractor.codes import Actuality, AttackType, Demographic, Outcome, Qualifier, Role, Standing
from extractor.gazetteer import name_key

_FOLDER = Path(__file__).parent / "profiles"

Whole = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A part of a profile."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class LeftOut(Part):
    """Claims that the corpus does not count; words are compared as `name_key` has them."""

    standings: tuple[Standing, ...] = ()
    """People of these standings."""
    roles: tuple[Role, ...] = ()
    """People who are said to be these."""
    group_words: tuple[str, ...] = ()
    """People in whose description, or side, one of these words stands."""
    group_words_kept: tuple[str, ...] = ()
    """… unless one of these stands there too."""
    sentence_words: tuple[str, ...] = ()
    """Claims in whose sentence one of these stands."""
    attacks: tuple[AttackType, ...] = ()
    """Claims of incidents whose main attack type is one of these."""


class Sum(Part):
    """How one figure of the corpus is made of the claims of a reading."""

    outcomes: tuple[Outcome, ...]
    """Claims of these outcomes are added up; parts of one of them are not."""
    less: tuple[Outcome, ...] = ()
    """Parts with these outcomes are taken off: six were shot, of whom two died."""
    rest_of: tuple[Outcome, ...] = ()
    """Where there is no claim of the outcomes, what `less` leaves of a claim of these."""
    rest_without_parts: bool = False
    """… also where no part of it is told: five were shot, nobody is told dead, is five injured.
    What `less` takes off is then also told by the same voice as no part of anything."""
    holds_others_from: Whole | None = None
    """From how many people on a figure of a voice holds fewer people told beside it as well."""
    demographics: tuple[Demographic, ...] = ()
    """Only people said to be these, parts of a whole included."""
    left_out: LeftOut = LeftOut()
    """Claims that are not counted."""


class Numbers(Part):
    """What the words of a figure stand for."""

    vague: dict[str, tuple[Whole, Whole]]
    """Smallest and largest number of each vague word; the longest that fits decides."""
    other_vague: tuple[Whole, Whole]
    """Of any other vague word."""
    plural: tuple[Whole, Whole]
    """Of people without a number: "insurgents were killed"."""
    singular: tuple[Whole, Whole] = (1, 1)
    """Of one person without a number."""
    up_to: Literal["upper", "one"] = "upper"
    """What the lower end of "up to N" is."""
    dropped: tuple[Qualifier, ...] = ()
    """Figures of these kinds that are not counted at all."""


class Choice(Part):
    """Which figure is taken where the article has more than one."""

    actualities: tuple[Actuality, ...] = (
        Actuality.ACTUAL,
        Actuality.DISPUTED,
        Actuality.DISCOVERY,
    )
    """Incidents of these kinds are counted, unless they are background."""
    voices: Literal["article_voice", "first", "latest", "largest", "smallest", "span"]
    """Figures of several voices for the same people; `span`: from the smallest to the largest."""
    incidents: Literal["add", "first", "largest"]
    """Several incidents."""
    vague_told_again: bool = False
    """A vague figure is dropped where the article gives a number of such people too."""
    own_names: tuple[str, ...] = ()
    """What the publisher calls itself: what a speaker of such a name says is its own account."""
    undated: Literal["unknown", "published"] = "unknown"
    """The day of an incident of which the article states no time at all: none, or that of its
    publication."""


class FigureRow(Part):
    """One line of the corpus's table."""

    id: FigureId
    """Its name for scripts, in the words that all corpora share: "killed.exact.positive"."""
    name: str
    """What is measured."""
    field: str
    """The label that is scored."""
    over: str
    """The documents it is measured on, by their tag: all, positive, zero, …"""
    of: str
    """The same in words."""
    measure: str = "right"
    """The mark that is counted, or `median_km`."""
    published: float | None = None
    """The best published figure."""
    published_by: str | None = None
    """Whose that is."""
    ceiling: float | None = None
    """What a careful person reaches."""


class Keywords(Part):
    """A figure without reading: the number nearest to the first of these words."""

    words: tuple[str, ...]
    """Words, or beginnings of words that end in `*`."""


class Profile(Part):
    """A corpus's convention."""

    name: str
    """As on the command line."""
    title: str
    """In full."""
    clusters: str
    """What its documents share, for a person."""
    notes: tuple[str, ...]
    """What a reader of its table must know."""
    choice: Choice
    """Which figure is taken."""
    numbers: Numbers
    """What words stand for."""
    sums: dict[str, Sum]
    """Its figures by label."""
    figures: tuple[FigureRow, ...]
    """Its table."""
    keywords: dict[str, Keywords] = {}
    """The keyword baseline of each figure."""
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    """Lists of names with their other spellings: provinces, districts, states."""
    places: dict[str, tuple[float, float]] = {}
    """Points of constant answers: latitude and longitude."""
    kinds: dict[str, tuple[str, ...]] = {}
    """What a kind of answer of the corpus stands for in the records."""

    def spellings(self, table: str) -> dict[str, str]:
        """Keys of all spellings of the names of a list, each with the name it stands for."""
        return {
            name_key(spelling): name
            for name, others in self.names.get(table, {}).items()
            for spelling in (name, *others)
        }


@cache
def load_profile(name: str) -> Profile:
    """The profile of a corpus.

    Raises:
        CorpusError: there is none, or it is malformed.
    """
    path = _FOLDER / f"{name}.toml"
    try:
        return Profile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CorpusError(
            f"no profile {name!r} at {path} ({error.strerror}); install again"
        ) from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise CorpusError(f"the profile {path} is malformed: {error}") from error
