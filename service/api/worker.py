"""gunicorn's threaded worker, whose own refusals of what is not HTTP as it should be are problems like the service's."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import structlog
from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from service.api import metrics
from service.api.encoding import dumps
from service.api.problems import MEDIA_TYPE, log_fault

_STATUSES: Mapping[type[Exception], HTTPStatus] = {
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.InvalidHTTPVersion: HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
}
_log = structlog.get_logger(__name__)


class ProblemWorker(ThreadWorker):  # type: ignore[misc]  # untyped
    """A worker that tells a client what it cannot read as the service would, and quotes it neither to the client nor in the log."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ARG002 — gunicorn's signature
        """Answer a request that never reached the application, and hang up."""
        status = status_of(exc)
        request_id = uuid4().hex
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            log_fault(exc)
        _log.info("not-http", error=type(exc).__name__, status=int(status), request_id=request_id)
        metrics.REJECTED.labels("not-http").inc()
        with suppress(OSError):  # whoever sends what is not HTTP may not wait for an answer
            write_nonblock(client, refusal(status, request_id))


def status_of(error: Exception) -> HTTPStatus:
    """Return the status of what kept a request from being read: the client's mistake, or ours where gunicorn knows none of the client's."""
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(status: HTTPStatus, request_id: str) -> bytes:
    """Return the whole answer, head and problem."""
    detail = "The request is not HTTP as this service reads it."
    body = dumps({"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail, "request_id": request_id})
    head = (
        f"HTTP/1.1 {int(status)} {status.phrase}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "X-Content-Type-Options: nosniff",
        f"X-Request-ID: {request_id}",
    )
    return "\r\n".join((*head, "", "")).encode("ascii") + body
