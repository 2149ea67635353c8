"""Turns requests away while there is no room for them, on the loop that hears of them: no thread, no Flask, one look at the socket.

Ten times what a process can do means ten refusals for each article, and what a refusal costs is taken from the articles (docs/reliability.md).
So it is kept short: one expression reads a request, the answer is written once and the request's id set in. Only what is plain is refused:
a whole request that lies ready, for a route where requests wait. All else goes on to the application, which refuses it in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple

import structlog
from flask import Flask

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
_POST = re.compile(rb"POST (/[\w./-]*) HTTP/1\.[01]\r\n((?:[\w-]+:[^\r\n\0]*\r\n)+)\r\n")
_NOT_PLAIN = {"EXPECT", "TRANSFER-ENCODING"}
_BLANK = "~"  # stands in a written answer for each character of the request's id, and nowhere else
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Caller:
    """Who asks: the path, the head's fields by their names in capitals, and the characters that the body holds at the least."""

    route: str
    headers: Mapping[str, str]
    chars: int


class _Refused(NamedTuple):
    """A request that was turned away and is to be accounted for."""

    route: str
    kind: str  # of problem
    request_id: str


class _Written(NamedTuple):
    """A problem of some kind as it goes over the wire, in the parts between which the request's id goes."""

    kind: str
    parts: tuple[bytes, ...]


@dataclass(frozen=True)
class Turnstile:
    """Refuses what would have to wait where nothing more may; whom it refused is counted and logged when `account` is called."""

    admission: Admission
    routes: frozenset[str]
    origins: tuple[str, ...]
    most_in_hand: int
    _refused: list[_Refused] = field(default_factory=list, repr=False)

    def may_be_closed(self, in_hand: int) -> bool:
        """Tell whether a request must be looked at before it comes in: somebody is at work, or nearly all threads are taken."""
        return in_hand >= self.most_in_hand or self.admission.is_busy

    def closed(self, in_hand: int, chars: int) -> QueueFull | None:
        """Return why a text of so many characters may not come in now, `in_hand` requests being with the threads; nothing where it may.

        Many that come at once find the queue empty, each for itself; more of them than there are threads would keep health waiting.
        """
        if in_hand >= self.most_in_hand:
            return QueueFull(self.admission.retry_after())
        try:
            self.admission.refuse_if_full(chars)
        except QueueFull as refusal:
            return refusal
        return None

    def refusal(self, caller: Caller, reason: QueueFull) -> bytes | None:
        """Return the whole answer to a request that is turned away; nothing where its route is none that is guarded."""
        if caller.route not in self.routes:
            return None
        identity, origin = request_id(caller.headers.get(REQUEST_ID.upper(), "")), caller.headers.get("ORIGIN", "")
        written = _written(reason.retry_after, origin if origin in self.origins else "", self.origins, _BLANK * len(identity))
        self._refused.append(_Refused(caller.route, written.kind, identity))
        return identity.encode().join(written.parts)

    def account(self) -> None:
        """Count whom it turned away of late, and write one line about them with the ids of all: a line each costs as much as the refusal."""
        status = int(HTTPStatus.SERVICE_UNAVAILABLE)
        for refused in self._refused:
            metrics.REJECTED.labels(refused.kind).inc()
            metrics.record_request(refused.route, status, 0.0)
        for route in sorted({refused.route for refused in self._refused}):
            ids = [refused.request_id for refused in self._refused if refused.route == route]
            _log.info("turned-away", method="POST", route=route, status=status, requests=len(ids), request_ids=ids)
        self._refused.clear()


def turnstile_before(app: Any, config: Any) -> Turnstile | None:
    """Return the turnstile before an application; nothing where it is none of ours, or its sockets hold something else than plain HTTP."""
    desk = app.extensions.get(EXTENSION) if isinstance(app, Flask) else None
    if desk is None or config.is_ssl or config.protocol != "http" or config.proxy_protocol != "off":
        return None
    routes = frozenset(rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()))
    return Turnstile(desk.admission, routes, desk.settings.cors_origins, config.threads - min(_SPARE_THREADS, config.threads // 4))


def plain_request(data: bytes) -> Caller | None:
    """Return the POST that `data` is; nothing where it is not one whole request, or anything about it is not plain."""
    head = _POST.match(data)
    if not head:
        return None
    fields = [line.partition(":") for line in head[2].decode("latin-1").split("\r\n")[:-1]]
    headers = {name.upper(): value.strip() for name, _, value in fields}
    length = len(data) - head.end()
    plain = headers.get("CONTENT-LENGTH") == str(length) and len(headers) == len(fields) and not headers.keys() & _NOT_PLAIN
    if not plain:
        return None
    escaped = data.count(b"\\u", head.end())  # a letter as \u0627 takes six bytes, and two as itself
    return Caller(head[1].decode(), headers, (length - 5 * escaped) // 2)


def answer(status: HTTPStatus, headers: Mapping[str, str], body: Mapping[str, Any]) -> bytes:
    """Return a problem as it goes over the wire, head and body, the last on its connection."""
    written = dumps(body)
    lines = (
        f"HTTP/1.1 {int(status)} {status.phrase}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(written)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    )
    return "\r\n".join((*lines, "", "")).encode("latin-1") + written


@lru_cache(maxsize=64)
def _written(retry_after: int, origin: str, origins: tuple[str, ...], blank: str) -> _Written:
    """Return a refusal, written once for all ids as long as `blank`.

    It tells no date, which a 503 may leave out, and that it took no time, for no tenth of a millisecond is spent on it.
    """
    problem = queue_full(QueueFull(retry_after))
    headers = {
        **security_headers("POST"),
        **({"Vary": "Origin"} if origins else {}),
        **cors_headers(origin, origins),
        **problem.headers,
        REQUEST_ID: blank,
        "Server-Timing": server_timing({"total": 0.0}),
    }
    written = answer(HTTPStatus.SERVICE_UNAVAILABLE, headers, problem_json(problem, blank))
    return _Written(problem.kind, tuple(written.split(blank.encode())))
