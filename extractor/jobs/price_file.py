"""A file of prices: what a user's own server or contract costs, in TOML.

[models."org/model-1"]   # the model as the reader names it, or a pattern such as "org/*"
input = 0.15             # US dollars per million tokens
cached = 0.075           # of input read from the host's cache; as `input` if left out
output = 0.60
batch = 0.5              # of these prices, in the batch lane; none is known if left out
"""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import UsageError
from extractor.jobs.price import Lane, Price, Rates
from extractor.jobs.price_table import BATCH_HALF, find_provider

SECTION = "models"

_Dollars = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]


class StatedPrice(BaseModel):
    """What the file says of one model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: _Dollars
    output: _Dollars
    cached: _Dollars | None = None
    batch: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False, strict=True)] | None = None


@dataclass(frozen=True, kw_only=True)
class PriceFile:
    """The prices of a file, in its order."""

    path: Path
    stated: dict[str, StatedPrice]

    def find(self, model: str, base_url: str, *, lane: Lane) -> Price | None:
        """The price of a model: what is stated of its name, else of the first pattern it fits."""
        fitting = (name for name in self.stated if fnmatchcase(model, name))
        name = model if model in self.stated else next(fitting, None)
        if name is None:
            return None
        stated = self.stated[name]
        source = f"{str(self.path)!r}, {name!r}"
        rates = Rates(input=stated.input, output=stated.output, cached=stated.cached)
        price = Price(source=source, rates=rates)
        if lane == "live":
            return price
        half = BATCH_HALF if find_provider(base_url) == "openai" else None
        factor = half if stated.batch is None else stated.batch
        return (
            None if factor is None else price.at(factor, f"{source}, {factor:g} of it in a batch")
        )


def read_price_file(path: Path) -> PriceFile:
    """Read a file of prices.

    Raises:
        UsageError: it cannot be read or is no TOML, or keys or values in it are wrong, all of
            which are told at once.
    """
    named = f"price file {str(path)!r}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"{named} cannot be read ({error.strerror}); correct the path after --prices"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = "no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise UsageError(f"{named} is no TOML ({where}); correct that line") from error
    models = content.pop(SECTION, None)
    problems = [
        f'unknown section or key {name!r}, prices stand in [{SECTION}."NAME"]' for name in content
    ]
    stated: dict[str, StatedPrice] = {}
    if not isinstance(models, dict) or not models:
        problems.append(f'no model has a price, write [{SECTION}."NAME"] for each')
    else:
        for name, table in cast("dict[str, Any]", models).items():
            try:
                stated[name] = StatedPrice.model_validate(table)
            except ValidationError as error:
                problems += _problems(name, error)
    if problems:
        raise UsageError(f"{named}: {'; '.join(problems)}; correct it and run again")
    return PriceFile(path=path, stated=stated)


def _problems(name: str, error: ValidationError) -> list[str]:
    where = f'[{SECTION}."{name}"]'
    keys = ", ".join(StatedPrice.model_fields)
    told: list[str] = []
    for part in error.errors(include_url=False, include_input=False, include_context=False):
        if not part["loc"]:
            told.append(f"{where} is no table, write {keys} below it")
            continue
        key = str(part["loc"][0])
        match part["type"]:
            case "missing":
                told.append(f"{where} has no {key!r}")
            case "extra_forbidden":
                told.append(f"{where} has an unknown key {key!r}, there is {keys}")
            case _:
                told.append(f"{where}, {key!r}: {part['msg']}")
    return told
