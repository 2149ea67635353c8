"""Everything that goes wrong, as RFC 9457 problem+json: never HTML, never a stack trace, never a word of the article."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g
from werkzeug.exceptions import HTTPException

from service.api import metrics
from service.api.admission import QueueFull
from service.api.encoding import dumps
from service.api.submissions import pointed
from service.stages import DeadlinePassed

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 50
"""Errors listed in one problem: a request can be wrong in a hundred thousand places."""

_log = structlog.get_logger(__name__)


class Problem(HTTPException):
    """A request that cannot be answered, and what the client is told about it."""

    def __init__(
        self, status: int, kind: str, detail: str, *, errors: Sequence[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        """Describe a problem: `kind` ends its type URN, `errors` are pairs of a JSON pointer and a detail."""
        super().__init__(detail)
        self.code = status
        self.kind = kind
        self.errors = errors[:MOST_ERRORS]
        self.headers = headers or {}


def problem_json(error: HTTPException, request_id: str | None = None) -> dict[str, Any]:
    """Return the problem's JSON, with the id of the request at hand where none is given.

    A plain HTTP error has the type `about:blank` and its status's phrase.
    """
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    kind, errors = (f"urn:isnad:problem:{error.kind}", error.errors) if isinstance(error, Problem) else ("about:blank", ())
    body = {
        "type": kind,
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": error.description or "",
        "request_id": g.get("request_id", "") if request_id is None else request_id,
    }
    return {**body, "errors": list(errors)} if errors else body


def problem_response(error: HTTPException) -> Response:
    """Return the problem as a response, the headers that belong to its status kept (Allow, Retry-After, WWW-Authenticate)."""
    kept = {name: value for name, value in error.get_headers() if name.lower() not in {"content-type", "content-length"}}
    extra = error.headers if isinstance(error, Problem) else {}
    metrics.REJECTED.labels(error.kind if isinstance(error, Problem) else str(error.code)).inc()
    return Response(dumps(problem_json(error)), error.code or HTTPStatus.INTERNAL_SERVER_ERROR, {**kept, **extra}, mimetype=MEDIA_TYPE)


def queue_full(error: QueueFull) -> Problem:
    """Return the problem of a queue without room."""
    detail = f"The service is working to capacity; ask again in {error.retry_after} s."
    return Problem(503, "queue-full", detail, headers={"Retry-After": str(error.retry_after)})


def deadline_passed() -> Problem:
    """Return the problem of an answer that was not found in time."""
    detail = "The answer took longer than this service allows; ask again, or send less at once."
    return Problem(503, "deadline-passed", detail, headers={"Retry-After": "5"})


def invalid(messages: Mapping[Any, Any], at: str = "") -> Problem:
    """Return the problem of valid JSON that is no valid article, from marshmallow's messages; `at` is the JSON pointer of the article."""
    errors = [{"pointer": at + pointer, "detail": detail} for pointer, detail in pointed(messages)]
    return Problem(422, "invalid-article", "The request is valid JSON, but not a valid article; `errors` says where.", errors=errors)


def problem_of(error: Exception) -> HTTPException:
    """Return what the client is told about any failure: its own mistakes, a queue without room, a deadline, or a fault of ours."""
    if isinstance(error, HTTPException):
        return error
    if isinstance(error, QueueFull):
        return queue_full(error)
    return deadline_passed() if isinstance(error, DeadlinePassed) else unexpected(error)


def register(app: Flask) -> None:
    """Make every failure of `app` a problem."""
    for kind in (HTTPException, Exception):
        app.register_error_handler(kind, lambda error: problem_response(problem_of(error)))


def log_fault(error: BaseException) -> None:
    """Write down the type of `error` and the last lines it passed through; not its message, which may quote the article."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    _log.error("fault", error=type(error).__name__, frames=frames[-6:])


def unexpected(error: Exception) -> Problem:
    """Return the problem of a fault of ours, which says no more than the request's id; the log has the place."""
    log_fault(error)
    return Problem(500, "fault", "A fault of the service; quote the request_id when reporting it.")
