"""What is turned away before a thread takes it up, in the same words as the service's own refusals."""

import json
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from gunicorn.config import Config

from service.api.turnstile import MOST_BYTES, plain_request, turnstile_before
from service.api.worker import ProblemWorker
from tests.servers import serving

ARTICLE = json.dumps({"text": "قال الوزير إن الأمر انتهى.", "title": "8"}).encode()
HEAD = b"POST /v1/attributions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
ORIGIN = "https://newsroom.example"
LENGTH = b"Content-Length: %d\r\n\r\n" % len(ARTICLE)


def test_a_whole_request_is_plain():
    """Its path and its fields are known."""
    caller = plain_request(HEAD + b"X-Request-ID: a-1\r\n" + LENGTH + ARTICLE)
    assert (caller.route, caller.headers["X-REQUEST-ID"]) == ("/v1/attributions", "a-1")


@pytest.mark.parametrize("text", ["قال الوزير إن الأمر انتهى. " * 40, "Plain English, letter by letter. " * 40])
@pytest.mark.parametrize("escaped", [True, False])
def test_a_text_is_taken_for_no_longer_than_it_is(text, escaped):
    """However its letters are written: half as long, or nearly as long, so that nobody is refused for whom there is room."""
    body = json.dumps({"text": text}, ensure_ascii=escaped).encode()
    caller = plain_request(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert 0.4 * len(text) <= caller.chars <= len(text)


@pytest.mark.parametrize(
    "data",
    [
        HEAD + LENGTH + ARTICLE[:-1],
        HEAD + LENGTH + ARTICLE + b"GET /livez HTTP/1.1\r\n\r\n",
        HEAD + LENGTH[:-2],
        HEAD + b"\r\n" + ARTICLE,
        HEAD + b"Content-Length: 0%d\r\n\r\n" % len(ARTICLE) + ARTICLE,
        HEAD + b"Expect: 100-continue\r\n" + LENGTH + ARTICLE,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD.replace(b"POST", b"PUT") + LENGTH + ARTICLE,
        HEAD.replace(b"HTTP/1.1", b"HTTP/9") + LENGTH + ARTICLE,
        b"\x16\x03\x01" + ARTICLE,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"",
    ],
)
def test_whatever_else_is_not(data):
    """Cut short, more than one, without a plain length, another method, no HTTP at all: the application's to answer."""
    assert plain_request(data) is None


@pytest.mark.parametrize(("threads", "most"), [(1, 1), (4, 3), (40, 36)])
def test_many_that_come_at_once_leave_threads_for_the_rest(app, threads, most):
    """Though the queue is empty: each of them finds it so, and health would wait behind them all."""
    config = Config()
    config.set("threads", threads)
    turnstile = turnstile_before(app, config)
    assert turnstile.closed(most - 1, 10) is None
    assert not turnstile.may_be_closed(most - 1)
    assert turnstile.may_be_closed(most)
    assert turnstile.closed(most, 10).retry_after >= 1
    assert turnstile.routes == {"/v1/attributions", "/v1/attributions/batch"}


def test_only_plain_http_to_the_service_is_read(app):
    """No turnstile before another application, nor where the sockets hold TLS, uwsgi or the PROXY protocol."""
    for setting, value in (("certfile", "a.pem"), ("protocol", "uwsgi"), ("proxy_protocol", "v1")):
        config = Config()
        config.set(setting, value)
        assert turnstile_before(app, config) is None
    assert turnstile_before(lambda _environ, _start: [], Config()) is None


@pytest.fixture(name="full", scope="module")
def _full():
    """Yield a service whose only worker has no room for the next seconds, and which answers what it works on afterwards."""
    with serving(ISNAD_QUEUE_REQUESTS=0, WEB_CONCURRENCY=1, ISNAD_CORS_ORIGINS=ORIGIN) as server, ThreadPoolExecutor(1) as pool:
        working = pool.submit(server.post, json.loads(ARTICLE))
        time.sleep(0.5)
        yield server
        assert working.result(30).status == 200


def told(received):
    """Return an answer's status, fields and body."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), json.loads(body)


def test_it_is_refused_as_the_application_refuses(full):
    """The same status, problem and fields, whichever of the two it was; here the connection ends, that the next may come to another worker."""
    asked = HEAD + b"X-Request-ID: a-1\r\nOrigin: " + ORIGIN.encode() + b"\r\n"
    here = told(full.raw(asked + LENGTH + ARTICLE))
    there = told(full.raw(asked + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))  # not plain, hence the application's
    for status, fields, problem in (here, there):
        assert status == 503
        assert problem["type"] == "urn:isnad:problem:queue-full"
        assert problem["request_id"] == fields["X-Request-ID"] == "a-1"
        assert int(fields["Retry-After"]) >= 1
        assert fields["Connection"] == "close"
        assert fields["Access-Control-Allow-Origin"] == ORIGIN
    for _, fields, _ in (here, there):
        for passing in ("Date", "Server", "Server-Timing", "Retry-After", "Content-Length"):
            fields.pop(passing, None)
    assert here[1] == there[1]
    assert here[2].keys() == there[2].keys()


def test_it_is_counted_and_logged(full):
    """Metrics and log know of it: one line about all of a moment, with their ids, without a word of an article."""
    before = rejected(full)
    for number in range(3):
        full.raw(HEAD + b"X-Request-ID: logged-%d\r\n" % number + LENGTH + ARTICLE)
    deadline = time.monotonic() + 5
    while rejected(full) < before + 3 and time.monotonic() < deadline:
        time.sleep(0.05)  # they are accounted for when all who came with them have been seen to
    assert rejected(full) == before + 3
    lines = [json.loads(line) for line in full.written().splitlines() if "logged-" in line]
    assert [request for line in lines for request in line["request_ids"] if request.startswith("logged-")] == ["logged-0", "logged-1", "logged-2"]
    assert {(line["event"], line["route"], line["status"]) for line in lines} == {("turned-away", "/v1/attributions", 503)}
    assert all(line["requests"] == len(line["request_ids"]) for line in lines)


def rejected(server):
    """Return how many requests the metrics say found no room."""
    counted = re.search(rb'^isnad_rejected_total{reason="queue-full"} (\S+)', server.get("/metrics").body, re.MULTILINE)
    return int(float(counted[1])) if counted else 0


def test_whoever_asks_for_nothing_yet_holds_no_thread(full):
    """A hundred open connections that say nothing, more than there are threads: health answers, and one of them that speaks up is refused."""
    idle = [socket.create_connection(("127.0.0.1", full.port), timeout=10) for _ in range(100)]
    begun = time.monotonic()
    assert full.get("/livez").status == 200
    assert time.monotonic() - begun < 5  # the time that a thread would wait for each
    idle[0].sendall(HEAD + LENGTH + ARTICLE)
    assert told(idle[0].recv(65_536))[0] == 503
    for connection in idle:
        connection.close()


def test_a_long_request_is_the_application_s(full):
    """What does not come in one piece is refused all the same."""
    body = json.dumps({"text": "س" * MOST_BYTES}).encode()
    received = full.raw(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert received.split(b" ", 2)[1] == b"503"


def test_many_that_come_at_once_are_let_in_one_after_the_other(monkeypatch):
    """A worker with requests in hand waits for one with fewer to be faster, once in a while, not for each of a crowd: health stands among them."""
    clock, waits = [100.0], []
    monkeypatch.setattr("service.api.worker.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("service.api.worker.time.sleep", waits.append)
    monkeypatch.setattr("service.api.worker.ThreadWorker.accept", lambda _worker, _listener: None)
    worker = ProblemWorker.__new__(ProblemWorker)
    worker._full, worker._courteous_at, worker.nr_conns = False, 0.0, 4
    worker.keepalived_conns, worker.pending_conns, worker._parting = (), (), ()
    for _ in range(60):
        worker.accept(None)
    assert waits == [pytest.approx(0.004)]
    clock[0] += 0.1
    worker.accept(None)
    assert len(waits) == 2
