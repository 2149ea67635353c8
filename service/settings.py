"""Every setting of the service, typed, from the environment: `ISNAD_` and the field's name in capitals.

`Settings()` is a working configuration; docs/operations.md says when to turn which knob, and a test holds it to naming them all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from environs import Env, EnvError
from marshmallow import ValidationError, validate

PREFIX = "ISNAD_"
_REPOSITORY = Path(__file__).resolve().parent.parent
_SHA256 = validate.Regexp(r"^(?:[\w.-]+:)?[0-9a-f]{64}$", error="not a SHA-256 in hexadecimal, with or without a name and a colon before it")


class SettingsInvalid(Exception):  # noqa: N818 — the name says what is wrong; "…Error" would say less
    """A variable of the environment holds what its setting cannot be; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment may change, with what it gets otherwise."""

    # The models
    models_dir: Path = _REPOSITORY / "models"  # laid out as Stanza's resources
    verify_models: bool = True  # against manifest.json; false only for models without one
    tokenize_package: str = "default"  # names in resources.json
    mwt_package: str = "default"
    ner_package: str = "default"

    # What one request may ask
    max_body_bytes: int = 2 * 1024 * 1024
    max_article_chars: int = 50_000  # code points of one article's text
    max_html_chars: int = 1_000_000  # code points of one page's HTML
    max_batch_articles: int = 64
    max_batch_chars: int = 500_000  # code points of all texts of a batch
    deadline_seconds: float = 30.0  # queue included, checked between articles and between stages

    # How much may wait
    queue_chars: int = 200_000  # code points waiting in one worker process, beyond what it works on
    queue_requests: int = 32  # requests waiting there; below the server's threads, so that health answers meanwhile
    chars_per_second: float = 20_000.0  # first guess of a worker's speed, for Retry-After; measured from then on

    # Who may ask
    api_keys: tuple[str, ...] = ()  # SHA-256 of each key in hexadecimal, optionally `name:` before it; none: everybody may
    rate_limit: str = ""  # of each key or address, such as `60/minute`; empty: none
    rate_limit_storage: str = "memory://"  # `redis://…` where several processes share the count
    trusted_proxies: int = 0  # how many X-Forwarded-For entries, from the right, are our own proxies'
    cors_origins: tuple[str, ...] = ()  # origins whose pages may call the API

    # What it says
    log_level: str = "INFO"
    drain_file: str = ""  # while this file exists, readiness says no
    telemetry: bool = False  # OpenTelemetry by its own OTEL_ variables; needs the extra `telemetry`


_RULES: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("max_body_bytes", "max_article_chars", "max_html_chars", "max_batch_articles", "max_batch_chars", "queue_chars"), validate.Range(min=1)
    ),
    **dict.fromkeys(("queue_requests", "trusted_proxies"), validate.Range(min=0)),
    **dict.fromkeys(("deadline_seconds", "chars_per_second"), validate.Range(min=0, min_inclusive=False)),
    "log_level": validate.OneOf(("DEBUG", "INFO", "WARNING", "ERROR")),
    "api_keys": validate.And(lambda keys: [_SHA256(key) for key in keys]),
}


def settings_from(environment: Env | None = None) -> Settings:
    """Return the settings that the environment's `ISNAD_` variables ask for.

    Raises:
        SettingsInvalid: a variable cannot be read as its setting's type, or is out of range.
    """
    env = environment or Env()
    types = get_type_hints(Settings)
    try:
        return Settings(**{field.name: _read(env, field.name, types[field.name], field.default) for field in fields(Settings)})
    except (EnvError, ValidationError) as error:
        raise SettingsInvalid(str(error)) from error


def cores() -> int:
    """Return how many cores this process may use, which in a container are fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(env: Env, name: str, kind: Any, default: Any) -> Any:
    variable, rule = PREFIX + name.upper(), _RULES.get(name)
    readers: Mapping[Any, Callable[..., Any]] = {bool: env.bool, int: env.int, float: env.float, Path: env.path}
    if kind == tuple[str, ...]:
        return tuple(env.list(variable, list(default), subcast=str.strip, validate=rule))
    return readers.get(kind, env.str)(variable, default, validate=rule)
