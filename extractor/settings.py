"""Settings of a model endpoint: flags outweigh the environment, which outweighs a TOML file."""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from extractor.errors import SettingsError

CONFIG_NAME = "tollbook.toml"
"""Read from the current folder if no other file is named."""

SECTION = "endpoint"
"""The one table of the file."""

PREFIX = "TOLLBOOK_"
"""What the environment variables of the settings start with."""

OPENAI_URL = "https://api.openai.com/v1"
"""Where a call goes if no base_url is set."""

_SHORT_KEY = 8  # characters; local servers take any word for a key, such as "v1" or "local"

_OPENAI_VARIABLES = {"api_key": "OPENAI_API_KEY", "base_url": "OPENAI_BASE_URL"}

_Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class EndpointSettings(BaseSettings):
    """How to reach a model, what to ask it for, and how long to insist."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    reader: str | None = None
    """The reader to use where none is named, such as `openai/<model>`."""
    base_url: str | None = None
    """Address of an OpenAI-compatible endpoint; empty for OpenAI's own."""
    api_key: SecretStr | None = Field(default=None, repr=False)
    """The key; never shown, stored or logged."""
    timeout_seconds: _Seconds = 120.0
    """Longest time for one call."""
    max_output_tokens: Annotated[int, Field(ge=1)] = 16384
    """Longest answer to ask for."""
    temperature: Annotated[float, Field(ge=0, le=2)] | None = 0.0
    """Sampling temperature; "none" leaves it out, for models that refuse it."""
    seed: int | None = None
    """Sampling seed, for endpoints that take one; empty leaves it out."""
    max_calls: Annotated[int, Field(ge=1)] = 4
    """HTTP tries for one question that may fail; being asked to come later (429) counts as none."""
    max_wait_seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 60.0
    """Longest wait between two tries, even if the endpoint asks for more."""
    deadline_seconds: _Seconds = 900.0
    """Longest time for one article: its calls and the waits between them, not the wait for its
    turn."""
    give_up_seconds: _Seconds = 300.0
    """How long an endpoint that answered before may be down, until the run ends."""
    at_once: Annotated[int, Field(ge=1)] = 16
    """Articles that are read at a time, at most; fewer while the endpoint asks for patience."""
    requests_per_minute: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """Calls a minute, at most; empty for no limit of our own."""
    tokens_per_minute: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """Tokens a minute, of prompts and answers, at most; empty for no limit of our own."""
    batch_requests: Annotated[int, Field(ge=1, le=50_000)] = 50_000
    """Requests in one batch, at most."""
    batch_bytes: Annotated[int, Field(ge=1, le=200_000_000)] = 200_000_000
    """Size of the file of one batch, at most."""
    batch_tokens: Annotated[int, Field(ge=1)] | None = None
    """Tokens of prompts in all batches under way, roughly, at most; empty for no limit of our
    own."""
    batches_at_once: Annotated[int, Field(ge=1)] = 8
    """Batches that are written and under way at a time, at most."""
    poll_seconds: _Seconds = 60.0
    """How long between two looks at a batch."""
    reasks: Annotated[int, Field(ge=0, le=1)] = 1
    """How often an answer outside the schema is asked for again."""

    @field_validator("temperature", "seed", mode="before")
    @classmethod
    def _none_is_a_word(cls, value: object) -> object:
        return None if isinstance(value, str) and value.strip().lower() == "none" else value

    @field_validator("base_url")
    @classmethod
    def _is_plain_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("no address such as https://host/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            # The address is shown in errors and manifests, so no secret may stand in it.
            raise ValueError("user names, passwords and queries do not belong into the address")
        return value.strip().rstrip("/")

    @field_validator("api_key")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value().strip() if value else ""
        if not all("!" <= sign <= "~" for sign in key):
            raise ValueError("holds white space or characters that no HTTP header can carry")
        return SecretStr(key) if key else None

    @property
    def url(self) -> str:
        """Where calls go."""
        return self.base_url or OPENAI_URL

    @property
    def host(self) -> str:
        """Host and port of that address."""
        return urlsplit(self.url).netloc

    @property
    def is_openai(self) -> bool:
        """Whether that is OpenAI's own endpoint."""
        name = urlsplit(self.url).hostname or ""
        return name == "openai.com" or name.endswith(".openai.com")

    def describe(self) -> dict[str, Any]:
        """The settings for a manifest, without the key."""
        return {**self.model_dump(exclude={"api_key"}), "base_url": self.url}


def load_settings(*, config: Path | None = None, **flags: Any) -> EndpointSettings:
    """Put together the settings of an endpoint.

    A flag outweighs `TOLLBOOK_*`, that outweighs `OPENAI_API_KEY` and `OPENAI_BASE_URL`, and
    those outweigh the file. A flag of `None` was not given.

    Raises:
        SettingsError: a value, a key or the file is wrong.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    path = config or Path(CONFIG_NAME)
    section = _section(path) if config or path.is_file() else {}
    lower: dict[str, Any] = {
        **section,
        **{
            key: os.environ[name] for key, name in _OPENAI_VARIABLES.items() if os.environ.get(name)
        },
    }

    def source(key: str) -> str:
        if key in given:
            return f"flag {key!r}"
        if os.environ.get(f"{PREFIX}{key}".upper()):
            return f"environment variable {f'{PREFIX}{key}'.upper()!r}"
        if os.environ.get(_OPENAI_VARIABLES.get(key, "")):
            return f"environment variable {_OPENAI_VARIABLES[key]!r}"
        return f"{str(path)!r}, key {key!r} in [{SECTION}]"

    upper = _build(given, source)
    rest = {key: value for key, value in lower.items() if key not in upper.model_fields_set}
    settings = _build({**given, **rest}, source)
    key = settings.api_key.get_secret_value() if settings.api_key else ""
    if len(key) >= _SHORT_KEY and key in unquote(settings.url):
        # The address is shown in errors and manifests.
        raise SettingsError(
            f"{source('base_url')}: the address holds the key, which would be stored with it; "
            "take the key out of the address"
        )
    from_file = repr(str(path))
    found = config is None and "base_url" in section and source("base_url").startswith(from_file)
    if found and settings.api_key and not source("api_key").startswith(from_file):
        # A file that happens to lie in the current folder must not send a key where it likes.
        raise SettingsError(
            f"{from_file} in the current folder sets base_url {settings.url!r}, but the key is "
            f"from the {source('api_key')}; if the key may go there, name the file with --config"
        )
    return settings


def _build(values: dict[str, Any], source: Callable[[str], str]) -> EndpointSettings:
    try:
        return EndpointSettings(**values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        problems = [
            f"{source(str(part['loc'][0]) if part['loc'] else '')}: "
            f"{part['msg'].removeprefix('Value error, ')}"
            for part in found
        ]
    # Outside the handler: what pydantic knows of the values, a key among them, stays behind.
    raise SettingsError(f"{'; '.join(problems)}; correct it or leave it out")


def _section(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"settings file {str(path)!r} cannot be read ({error.strerror}); correct the path"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = "no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise SettingsError(
            f"settings file {str(path)!r} is no TOML ({where}); correct that line"
        ) from error
    if others := sorted(set(content) - {SECTION}):
        raise SettingsError(
            f"settings file {str(path)!r} has an unknown section or key {others[0]!r}; "
            f"settings stand in [{SECTION}]"
        )
    section = content.get(SECTION, {})
    if not isinstance(section, dict):
        raise SettingsError(
            f"settings file {str(path)!r}: {SECTION!r} is no section; write [{SECTION}]"
        )
    table = cast("dict[str, Any]", section)
    known = EndpointSettings.model_fields
    if unknown := sorted(set(table) - set(known)):
        raise SettingsError(
            f"settings file {str(path)!r} has an unknown key {unknown[0]!r} in [{SECTION}]; "
            f"there is {', '.join(known)}"
        )
    return table
