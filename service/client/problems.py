"""What can go wrong, as the service tells it (RFC 9457), and whether asking again may help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

PASSING = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
"""What is over in a while: the request has changed nothing and may be sent again."""


class Unreachable(ConnectionError):  # noqa: N818 — says what is wrong; "…Error" would say less
    """Nobody answered, or the connection broke, as often as it was tried."""


class Problem(Exception):  # noqa: N818 — the standard's word
    """A request, or one article of a batch, that the service did not answer.

    `errors` are pairs of a JSON pointer and a detail; `line` counts from 1 where one line of NDJSON is concerned; `retry_after` is in seconds.
    """

    def __init__(self, status: int, told: Mapping[str, Any], *, retry_after: float | None = None) -> None:
        """Describe a problem by its status and what a body of `application/problem+json` tells."""
        self.status = status
        self.type = str(told.get("type", "about:blank"))
        self.title = str(told.get("title", ""))
        self.detail = str(told.get("detail", ""))
        self.errors: Sequence[Mapping[str, str]] = tuple(told.get("errors", ()))
        self.request_id = str(told.get("request_id", ""))
        self.line: int | None = told.get("line")
        self.retry_after = retry_after
        super().__init__(" · ".join(part for part in (f"{status} {self.title}".strip(), self.detail, *map(_placed, self.errors)) if part))

    @property
    def is_passing(self) -> bool:
        """Whether it may be over when asked again."""
        return self.status in PASSING

    @property
    def is_about_size(self) -> bool:
        """Whether less at once may be answered."""
        too_many = {"/articles", "/articles/"} & {error.get("pointer") for error in self.errors}
        return self.line is None and (self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or bool(too_many))


def seconds(retry_after: str | None) -> float | None:
    """Return how long a `Retry-After` asks to wait, a number of seconds or a date; None where it is neither."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _placed(error: Mapping[str, str]) -> str:
    return f"{error.get('pointer', '')}: {error.get('detail', '')}"
