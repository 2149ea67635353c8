"""Turns requests away while there is no room for them, on the loop that hears of them: no thread, no Flask, one look at the socket.

Ten times what a process can do means ten refusals for each article. Refused in threads by Flask, each takes 2 ms of the processor from the
articles; here 0.4 (docs/reliability.md). Only what is plain is refused: a whole request that lies ready, for a route where requests wait.
All else goes on to the application, which refuses it in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import Any

import structlog
from flask import Flask
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser
from gunicorn.util import http_date

from service.api import metrics
from service.api.access import cors_headers, security_headers
from service.api.admission import Admission, QueueFull
from service.api.desk import EXTENSION
from service.api.encoding import dumps
from service.api.logs import REQUEST_ID, request_id
from service.api.problems import MEDIA_TYPE, problem_json, queue_full
from service.api.timings import server_timing

MOST_BYTES = 65_536
"""Of a request that is refused here; a longer one is the application's."""

_SPARE_THREADS = 4  # at most, of those for health and all else that does not wait
_NOT_PLAIN = {"EXPECT", "TRANSFER-ENCODING"}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Caller:
    """Who asks: the path, and the head's fields by their names in capitals."""

    route: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Refused:
    """A request that was turned away and is to be accounted for."""

    route: str
    kind: str  # of problem
    request_id: str
    seconds: float


@dataclass(frozen=True)
class Turnstile:
    """Refuses what would have to wait where nothing more may; whom it refused is counted and logged when `account` is called."""

    admission: Admission
    routes: frozenset[str]
    origins: tuple[str, ...]
    most_in_hand: int
    _refused: list[Refused] = field(default_factory=list, repr=False)

    def closed(self, in_hand: int) -> QueueFull | None:
        """Return why nobody may come in now, `in_hand` requests being with the threads; nothing where somebody may.

        Many that come at once find the queue empty, each for itself; more of them than there are threads would keep health waiting.
        """
        if in_hand >= self.most_in_hand:
            return QueueFull(self.admission.retry_after())
        try:
            self.admission.refuse_if_full()
        except QueueFull as refusal:
            return refusal
        return None

    def refusal(self, caller: Caller, reason: QueueFull) -> bytes | None:
        """Return the whole answer to a request that is turned away; nothing where its route is none that is guarded."""
        if caller.route not in self.routes:
            return None
        begun = monotonic()
        problem = queue_full(reason)
        identity = request_id(caller.headers.get(REQUEST_ID.upper(), ""))
        headers = {
            **security_headers("POST"),
            **({"Vary": "Origin"} if self.origins else {}),
            **cors_headers(caller.headers.get("ORIGIN", ""), self.origins),
            **problem.headers,
            REQUEST_ID: identity,
            "Server-Timing": server_timing({"total": monotonic() - begun}),
        }
        self._refused.append(Refused(caller.route, problem.kind, identity, monotonic() - begun))
        return answer(HTTPStatus.SERVICE_UNAVAILABLE, headers, problem_json(problem, identity))

    def account(self) -> None:
        """Count whom it turned away of late, and write one line about them with the ids of all: a line each costs as much as the refusal."""
        if not self._refused:
            return
        for refused in self._refused:
            metrics.REJECTED.labels(refused.kind).inc()
            metrics.record_request(refused.route, int(HTTPStatus.SERVICE_UNAVAILABLE), refused.seconds)
        for route in sorted({refused.route for refused in self._refused}):
            ids = [refused.request_id for refused in self._refused if refused.route == route]
            _log.info("turned-away", method="POST", route=route, status=int(HTTPStatus.SERVICE_UNAVAILABLE), requests=len(ids), request_ids=ids)
        self._refused.clear()


def turnstile_before(app: Any, config: Any) -> Turnstile | None:
    """Return the turnstile before an application; nothing where it is none of ours, or its sockets hold something else than plain HTTP."""
    desk = app.extensions.get(EXTENSION) if isinstance(app, Flask) else None
    if desk is None or config.is_ssl or config.protocol != "http" or config.proxy_protocol != "off":
        return None
    routes = frozenset(rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()))
    return Turnstile(desk.admission, routes, desk.settings.cors_origins, config.threads - min(_SPARE_THREADS, config.threads // 4))


def plain_request(data: bytes, address: Any, config: Any) -> Caller | None:
    """Return the POST that came from `address`; nothing where `data` is not one whole request, or anything about it is not plain."""
    with suppress(ParseException, StopIteration, OSError):  # the application's to tell the client
        parser = RequestParser(config, iter([data]), address)
        request = next(parser)
        headers = dict(request.headers)
        rest = len(parser.unreader.buf.getvalue())
        if request.method == "POST" and headers.get("CONTENT-LENGTH") == str(rest) and not headers.keys() & _NOT_PLAIN:
            return Caller(request.path, headers)
    return None


def answer(status: HTTPStatus, headers: Mapping[str, str], body: Mapping[str, Any]) -> bytes:
    """Return a problem as it goes over the wire, head and body, the last on its connection."""
    written = dumps(body)
    lines = (
        f"HTTP/1.1 {int(status)} {status.phrase}",
        f"Date: {http_date()}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(written)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    )
    return "\r\n".join((*lines, "", "")).encode("latin-1") + written
