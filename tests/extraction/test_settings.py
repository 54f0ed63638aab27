from pathlib import Path
from typing import Any

import pytest

from extractor.errors import SettingsError
from extractor.settings import EndpointSettings, load_settings

KEY = "sk-secret-123456"


@pytest.fixture(autouse=True)
def folder(no_outer_settings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder and an empty environment."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_the_defaults_hold() -> None:
    assert load_settings().describe() == {
        "reader": None,
        "base_url": "https://api.openai.com/v1",
        "timeout_seconds": 120.0,
        "max_output_tokens": 16384,
        "temperature": 0.0,
        "seed": None,
        "max_calls": 4,
        "max_wait_seconds": 60.0,
        "deadline_seconds": 900.0,
        "give_up_seconds": 300.0,
        "at_once": 16,
        "requests_per_minute": None,
        "tokens_per_minute": None,
        "batch_requests": 50_000,
        "batch_bytes": 200_000_000,
        "batch_tokens": None,
        "batches_at_once": 8,
        "poll_seconds": 60.0,
        "reasks": 1,
    }


def test_a_flag_outweighs_the_environment_which_outweighs_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "tollbook.toml").write_text("[endpoint]\nseed = 1\nreasks = 0\nmax_calls = 7\n")
    monkeypatch.setenv("TOLLBOOK_SEED", "2")
    monkeypatch.setenv("TOLLBOOK_MAX_CALLS", "8")

    settings = load_settings(seed=3)

    assert (settings.seed, settings.max_calls, settings.reasks) == (3, 8, 0)


def test_a_flag_that_was_not_given_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLBOOK_SEED", "2")
    assert load_settings(seed=None).seed == 2


@pytest.mark.parametrize(
    ("variables", "key"),
    [
        pytest.param({"OPENAI_API_KEY": "k-openai"}, "k-openai", id="fallback"),
        pytest.param(
            {"OPENAI_API_KEY": "k-openai", "TOLLBOOK_API_KEY": "k-own"}, "k-own", id="own first"
        ),
        pytest.param(
            {"OPENAI_API_KEY": "k-openai", "TOLLBOOK_API_KEY": ""}, "k-openai", id="empty is unset"
        ),
        pytest.param({"OPENAI_API_KEY": "k-openai\n"}, "k-openai", id="line end"),
        pytest.param({"API_KEY": "k-stranger"}, "k-file", id="unprefixed is nobody's"),
    ],
)
def test_the_key_of_openai_stands_in_for_our_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], key: str
) -> None:
    (folder / "tollbook.toml").write_text('[endpoint]\napi_key = "k-file"\n')
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    found = load_settings().api_key

    assert found is not None
    assert found.get_secret_value() == key


def test_the_address_of_openai_stands_in_for_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://a.example/v1/")
    assert load_settings().url == "http://a.example/v1"
    monkeypatch.setenv("TOLLBOOK_BASE_URL", "http://b.example/v1")
    assert load_settings().url == "http://b.example/v1"


def test_a_named_file_replaces_the_one_in_the_folder(folder: Path) -> None:
    (folder / "tollbook.toml").write_text("[endpoint]\nseed = 1\nmax_calls = 9\n")
    named = folder / "other.toml"
    named.write_text("[endpoint]\nseed = 2\n")

    settings = load_settings(config=named)

    assert (settings.seed, settings.max_calls) == (2, 4)


@pytest.mark.parametrize("value", ["none", "None"])
def test_the_temperature_can_be_left_out(value: str) -> None:
    assert load_settings(temperature=value).temperature is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("[endpoint\n", "line 1", id="no TOML"),
        pytest.param("[endpoint]\nsed = 1\n", "'sed'", id="unknown key"),
        pytest.param("[endpont]\nseed = 1\n", "'endpont'", id="unknown section"),
        pytest.param("endpoint = 1\n", "[endpoint]", id="no section"),
        pytest.param("[endpoint]\nreasks = 2\n", "'reasks'", id="too many"),
        pytest.param("[endpoint]\ntimeout_seconds = inf\n", "'timeout_seconds'", id="for ever"),
        pytest.param("[endpoint]\nmax_calls = 0\n", "'max_calls'", id="none"),
        pytest.param('[endpoint]\nbase_url = "localhost:1"\n', "https://host/v1", id="no address"),
        pytest.param(
            '[endpoint]\nbase_url = "http://me:pw@h/v1"\n', "passwords", id="password in address"
        ),
        pytest.param(
            '[endpoint]\nbase_url = "http://h/v1?key=pw"\n', "queries", id="query in address"
        ),
        pytest.param('[endpoint]\nbase_url = "http://[h/v1"\n', "'base_url'", id="broken address"),
    ],
)
def test_a_bad_file_is_named_with_the_place(folder: Path, content: str, told: str) -> None:
    path = folder / "tollbook.toml"
    path.write_text(content)

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert "'tollbook.toml'" in str(caught.value)
    assert told in str(caught.value)
    assert "pw" not in str(caught.value)


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "tollbook.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="no UTF-8"):
        load_settings()


def test_a_named_file_must_exist(folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.toml"):
        load_settings(config=folder / "absent.toml")


def test_a_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLBOOK_TIMEOUT_SECONDS", "long")
    with pytest.raises(SettingsError, match="'TOLLBOOK_TIMEOUT_SECONDS'"):
        load_settings()


@pytest.mark.parametrize("flags", [{"seed": "x"}, {"colour": 1}])
def test_a_bad_flag_is_named(flags: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=f"flag {next(iter(flags))!r}"):
        load_settings(**flags)


@pytest.mark.parametrize("key", [f"{KEY} x", f"{KEY}\nx", f"{KEY}é"])
def test_a_key_that_fits_no_header_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert "'OPENAI_API_KEY'" in str(caught.value)
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in f"{error!r} {error}"
        error = error.__cause__ or error.__context__


def test_the_key_is_never_shown() -> None:
    settings = load_settings(api_key=KEY, base_url="http://h.example/v1")
    for shown in (repr(settings), str(settings), str(settings.describe()), settings.host):
        assert KEY not in shown
    assert KEY not in settings.model_dump_json()


@pytest.mark.parametrize("path", [f"/{KEY}/v1", f"/v1%2f{KEY}", f"/v1/x{KEY.replace('-', '%2D')}"])
def test_an_address_that_holds_the_key_is_refused_without_showing_it(path: str) -> None:
    with pytest.raises(SettingsError, match="take the key out of the address") as caught:
        load_settings(api_key=KEY, base_url=f"http://h.example{path}")
    assert KEY not in str(caught.value)


def test_a_word_that_is_no_secret_may_stand_in_the_address() -> None:
    assert load_settings(api_key="v1", base_url="http://h.example/v1").base_url


@pytest.mark.parametrize(
    ("url", "own"),
    [
        pytest.param(None, True, id="default"),
        pytest.param("https://eu.api.openai.com/v1", True, id="region"),
        pytest.param("https://openai.com.example/v1", False, id="lookalike"),
        pytest.param("https://notopenai.com/v1", False, id="suffix"),
        pytest.param("http://127.0.0.1:8000/v1", False, id="local"),
    ],
)
def test_openais_own_endpoint_is_told_apart(url: str | None, own: bool) -> None:
    assert EndpointSettings(base_url=url).is_openai is own


def test_a_file_that_lies_around_does_not_send_a_key_to_its_own_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tollbook.toml"
    file.write_text('[endpoint]\nbase_url = "http://elsewhere.example/v1"\n')
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hidden")
    with pytest.raises(SettingsError, match="--config") as caught:
        load_settings()
    assert "sk-hidden" not in str(caught.value)
    assert load_settings(config=file).base_url == "http://elsewhere.example/v1"
