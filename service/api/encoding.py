"""JSON both ways by orjson: strict in what it reads (UTF-8 only, no NaN, no lone surrogates, bounded depth), fast in what it writes."""

from __future__ import annotations

from typing import Any

import orjson
from flask.json.provider import JSONProvider


def dumps(value: Any) -> bytes:
    """Return `value` as UTF-8 JSON."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)


def loads(body: bytes | str) -> Any:
    """Return what `body` holds.

    Raises:
        ValueError: not JSON, not UTF-8, or nested more than 1,024 deep.
    """
    return orjson.loads(body)


class OrjsonProvider(JSONProvider):
    """Flask's own JSON, such as the OpenAPI document, by the same codec."""

    def dumps(self, obj: Any, **_: Any) -> str:  # noqa: D102 — Flask's
        return dumps(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:  # noqa: D102 — Flask's
        return loads(s)
