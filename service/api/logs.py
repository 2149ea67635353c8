"""JSON logs, one line an event, with the request's id and never a word of its article."""

from __future__ import annotations

import logging
import re
import sys
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from service.api import metrics
from service.api.timings import elapsed, start_timing

REQUEST_ID = "X-Request-ID"
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}\Z")
_log = structlog.get_logger(__name__)


def configure(level: str) -> None:
    """Write structlog's events of `level` and above to standard error as JSON, which escapes line breaks and terminal codes."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),  # whatever standard error is when something is written
    )


def register(app: Flask) -> None:
    """Give every request of `app` an id, and write a line about it when it is answered."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    start_timing()
    g.request_id = request_id(request.headers.get(REQUEST_ID, ""))
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    route = request.url_rule.rule if request.url_rule else "(none)"
    metrics.record_request(route, response.status_code, elapsed())
    if route not in {"/livez", "/readyz", "/metrics"}:
        milliseconds = round(elapsed() * 1000, 1)
        _log.info("request", method=request.method, route=route, status=response.status_code, ms=milliseconds, bytes=request.content_length)
    return response


def request_id(sent: str) -> str:
    """Return the id that a client sent, or a new one where it sent none that could stand in a log."""
    return sent if _ACCEPTABLE_ID.match(sent) else uuid4().hex
