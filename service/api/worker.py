"""gunicorn's threaded worker, which turns away what there is no room for before a thread takes it up.

Its refusals, of that and of what is not HTTP as it should be, are problems like the service's.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import structlog
from gunicorn.http import errors
from gunicorn.util import http_date, write_nonblock
from gunicorn.workers.gthread import TConn, ThreadWorker

from service.api import metrics
from service.api.logs import REQUEST_ID
from service.api.problems import log_fault
from service.api.turnstile import MOST_BYTES, Turnstile, answer, plain_request, turnstile_before

_STATUSES: Mapping[type[Exception], HTTPStatus] = {
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.InvalidHTTPVersion: HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
}
_BREATH_SECONDS = 0.07  # health waits as long
_COURTESY_SECONDS = 0.001  # for each request in hand
_MOST_COURTESY_SECONDS = 0.01
_COURTESY_EVERY_SECONDS = 0.05  # of many who come at once each would wait for all before him, and so would health
_AT_ONCE = 64
_PARTING_SECONDS = 2.0
_log = structlog.get_logger(__name__)


class ProblemWorker(ThreadWorker):  # type: ignore[misc]  # untyped
    """A worker that refuses as the service would, and quotes a client neither to itself nor in the log."""

    _turnstile: Turnstile | None = None

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Begin with nobody to part from, and room for all."""
        super().__init__(*args, **settings)
        self._full = False  # the last who asked was turned away
        self._courteous_at = 0.0  # when it last left the next to come to another worker
        self._parting: deque[Any] = deque()  # connections that wait for the client to hang up, the longest first

    def load_wsgi(self) -> None:
        """Load the application and put its turnstile before it."""
        super().load_wsgi()
        self._turnstile = turnstile_before(self.wsgi, self.cfg)

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread, unless it is turned away, or has asked for nothing yet while there is no room.

        While an article is worked on no connection is kept open after its answer, so that its client comes to whoever has less to do: of two
        workers that sixteen clients keep asking, one could have all sixteen, and the other would never work.
        """
        self.max_keepalived = 0 if self._turnstile and self._turnstile.admission.is_busy else self.worker_connections - self.cfg.threads
        try:
            watched = self._turnstile is not None and self.alive and self._turnstile.may_be_closed(self._in_hand)
            if self._turnstile is None or not watched or not self._turned_away(conn, self._turnstile):
                super().enqueue_req(conn)
        except BlockingIOError:
            conn.set_timeout()
            self.pending_conns.append(conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """See to whoever has come; while there is no room, to several at once: a third of what each costs is finding the caches full of articles."""
        self._full = self._full and self._turnstile is not None and self._turnstile.admission.is_busy
        if self._full:
            time.sleep(_BREATH_SECONDS)
        super().wait_for_and_dispatch_events(timeout)
        if self._turnstile:
            self._turnstile.account()

    def accept(self, listener: Any) -> None:
        """Let in whoever has come: one, where no worker with less to do was faster; while there is no room, many of them, to be told so."""
        many = self._full
        if not many:
            if time.monotonic() - self._courteous_at > _COURTESY_EVERY_SECONDS:
                time.sleep(min(_MOST_COURTESY_SECONDS, self._in_hand * _COURTESY_SECONDS))
                self._courteous_at = time.monotonic()
            super().accept(listener)
            return
        with suppress(BlockingIOError, ConnectionAbortedError):
            server = listener.getsockname()
            for _ in range(min(_AT_ONCE, self.worker_connections - self.nr_conns)):  # who is refused may be back before the last is in
                client, address = listener.accept()
                self.nr_conns += 1
                self.enqueue_req(TConn(self.cfg, client, address, server))
                if not self._full:
                    break

    @property
    def _in_hand(self) -> int:
        """How many connections are with the threads."""
        in_hand: int = self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns) - len(self._parting)
        return in_hand

    def _turned_away(self, conn: Any, turnstile: Turnstile) -> bool:
        """Refuse what a connection asks for, if there is no room for it, and hang up, so that whoever comes again may come to another worker.

        Tells whether it was refused; where it was not, a thread must see to it, and finds what was read.

        Raises:
            BlockingIOError: it asks for nothing yet.
        """
        if conn.is_http2 or (conn.parser and conn.parser.unreader.buf.getvalue()):
            return False
        try:
            data = conn.sock.recv(MOST_BYTES)
        except ConnectionError:  # gone
            data = b""
        caller = plain_request(data)
        reason = turnstile.closed(self._in_hand, caller.chars) if caller else None
        refusal = turnstile.refusal(caller, reason) if caller and reason else None
        self._full = bool(refusal) if caller else self._full
        if data and not refusal:
            conn.init()
            conn.parser.unreader.unread(data)
            return False
        if refusal:
            with suppress(OSError):  # gone, or reads none of its answers
                conn.sock.send(refusal)
        self._hang_up(conn)
        return True

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Keep a connection, or part from it without waiting: gunicorn waits on this loop for the client to hang up, and hears nobody meanwhile."""
        if fs.cancelled() or fs.exception() is not None or fs.result() is not False:
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._hear_out, conn))
        except OSError:  # gone already
            self._hang_up(conn)
            return
        conn.timeout = time.monotonic() + _PARTING_SECONDS
        self._parting.append(conn)

    def _hear_out(self, conn: Any, client: Any) -> None:
        """Drop what still comes, and hang up when the client does: earlier, and what it has not read of its answer would be lost."""
        try:
            rest = client.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            rest = b""
        if not rest:
            self._parting.remove(conn)
            self.poller.unregister(client)
            self._hang_up(conn)

    def murder_pending(self) -> None:
        """Hang up on whoever has kept silent for too long, after the answer as before it."""
        super().murder_pending()
        while self._parting and self._parting[0].timeout <= time.monotonic():
            conn = self._parting.popleft()
            self.poller.unregister(conn.sock)
            self._hang_up(conn)

    def _hang_up(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

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
    body = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail, "request_id": request_id}
    return answer(status, {"Date": http_date(), "X-Content-Type-Options": "nosniff", REQUEST_ID: request_id}, body)
