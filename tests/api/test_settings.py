"""Settings: typed, checked, frozen, documented."""

from dataclasses import fields
from pathlib import Path

import pytest

from service.settings import PREFIX, Settings, SettingsInvalid, settings_from

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    for field in fields(Settings):
        monkeypatch.delenv(PREFIX + field.name.upper(), raising=False)


def test_the_default_is_a_working_configuration():
    """Without a variable, every setting has its documented default."""
    assert settings_from() == Settings()


def test_variables_are_read_by_type(monkeypatch):
    """Numbers, flags, paths and lists come out as such."""
    variables = {
        "MAX_BODY_BYTES": "5",
        "DEADLINE_SECONDS": "2.5",
        "VERIFY_MODELS": "false",
        "MODELS_DIR": "/models",
        "CORS_ORIGINS": "https://a.example, https://b.example",
        "API_KEYS": "desk:" + "0" * 64,
        "LOG_LEVEL": "WARNING",
    }
    for name, value in variables.items():
        monkeypatch.setenv(PREFIX + name, value)
    settings = settings_from()
    assert (settings.max_body_bytes, settings.deadline_seconds, settings.verify_models) == (5, 2.5, False)
    assert settings.models_dir == Path("/models")
    assert settings.cors_origins == ("https://a.example", "https://b.example")
    assert settings.api_keys == ("desk:" + "0" * 64,)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_BODY_BYTES", "0"),
        ("MAX_BODY_BYTES", "two"),
        ("QUEUE_REQUESTS", "-1"),
        ("DEADLINE_SECONDS", "0"),
        ("VERIFY_MODELS", "perhaps"),
        ("API_KEYS", "a key and not its hash"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_what_cannot_be_is_named(monkeypatch, name, value):
    """The message names the variable."""
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsInvalid, match=PREFIX + name):
        settings_from()


def test_every_setting_is_documented():
    """docs/operations.md names each variable."""
    documented = OPERATIONS.read_text("utf-8")
    assert [field.name for field in fields(Settings) if f"`{PREFIX}{field.name.upper()}`" not in documented] == []
