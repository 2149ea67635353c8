"""deploy/nginx.conf, run for real in front of gunicorn on loopback."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.proxies import proxied
from tests.servers import serving

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed: apt-get install nginx-light")

TEXT = "قال الوزير إن الأمر انتهى."
QUICK = {"text": TEXT}


@pytest.fixture(name="server", scope="module")
def _server():
    with serving() as server:
        yield server


@pytest.fixture(name="proxy", scope="module")
def _proxy(server, tmp_path_factory):
    with proxied(server, tmp_path_factory.mktemp("nginx")) as proxy:
        yield proxy


def test_answers_pass_through(proxy):
    """Status, body, problems and the request's id are the service's."""
    answer = proxy.post(QUICK, {"X-Request-ID": "desk-1"})
    assert (answer.status, answer.headers["X-Request-ID"]) == (200, "desk-1")
    assert json.loads(answer.body)["attributions"]
    assert proxy.post({}).status == 422
    assert re.fullmatch("[0-9a-f]{32}", proxy.post(QUICK, {"X-Request-ID": "not an id"}).headers["X-Request-ID"])


def test_slow_clients_starve_nobody(proxy):
    """Two hundred clients that drip their headers or bodies hold nginx's patience, not the service's threads."""
    head = b"POST /v1/attributions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    with contextlib.ExitStack() as slow:
        for number in range(200):
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", proxy.port)))
            connection.sendall(head if number % 2 else head + b'Content-Length: 500\r\n\r\n{"te')
        assert [proxy.post(QUICK).status for _ in range(20)] == [200] * 20
        assert proxy.get("/livez").status == 200


def test_slow_readers_starve_nobody(proxy):
    """A client that does not read its answer holds nginx's buffers, not a turn."""
    line = json.dumps({"text": TEXT + " " * 500}).encode() + b"\n"
    body = line * 60
    request = b"POST /v1/attributions/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n" % len(body)
    with contextlib.ExitStack() as slow:
        for _ in range(10):
            slow.enter_context(socket.create_connection(("127.0.0.1", proxy.port))).sendall(request + body)
        assert [proxy.post(QUICK).status for _ in range(20)] == [200] * 20


def test_garbage_left_open_starves_nobody(proxy):
    """Connections that say nothing sensible and stay open, which stall gunicorn's main loop for seconds each, never reach it."""
    with contextlib.ExitStack() as slow:
        for _ in range(20):
            slow.enter_context(socket.create_connection(("127.0.0.1", proxy.port))).sendall(b"GARBAGE\r\n\r\n")
        assert [proxy.get("/livez").status for _ in range(20)] == [200] * 20


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GARBAGE\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /livez HTTP/9.9\r\nHost: x\r\n\r\n", 505),
        (b"GET /livez HTTP/1.1\r\n\r\n", 400),
        (b"GET /livez?" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 414),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9_000 + b"\r\n\r\n", 431),
        (b"TRACE /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
        (b"GET /problem HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (b"POST /v1/attributions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n", 501),
        (b"POST /v1/attributions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ],
    ids=["garbage", "TLS", "version", "no host", "long line", "long header", "TRACE", "its own page", "unknown transfer", "length and chunks"],
)
def test_nginx_s_own_refusals_are_problems(proxy, request_, status):
    """What nginx itself turns away is told as the service tells its own mistakes: never HTML, always with an id."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
        connection.sendall(request_)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    problem = json.loads(body)
    assert (int(head.split(b" ", 2)[1]), problem["status"]) == (status, status)
    assert {"type", "title", "detail"} <= problem.keys()
    assert b"Content-Type: application/problem+json" in head
    assert f"X-Request-ID: {problem['request_id']}".encode() in head


def test_more_articles_than_may_wait_are_turned_away_by_nginx(tmp_path):
    """What would only be refused behind it is refused by nginx, in the service's form, while health and what was accepted are answered."""
    with serving() as server, proxied(server, tmp_path) as proxy, ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda _: proxy.post({"text": TEXT, "title": "0.1"}), range(200)))
        assert {proxy.get(path).status for path in ("/livez", "/v1/version")} == {200}
    refused = [answer for answer in answers if answer.status == 503]
    assert {answer.status for answer in answers} == {200, 503}
    assert any("Server-Timing" not in answer.headers for answer in refused), "the service had to refuse them all itself"
    assert {json.loads(answer.body)["type"] for answer in refused} == {"urn:isnad:problem:queue-full"}
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)


def test_what_is_too_large_is_refused_in_our_form(proxy):
    """Nginx's own 413 is a problem like the service's."""
    answer = proxy.post({"text": "x" * 3_000_000})
    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert json.loads(answer.body)["type"] == "urn:isnad:problem:body-too-large"


def test_a_killed_worker_loses_nothing(server, proxy):
    """Kill -9 of a worker in the middle of its request: nginx asks again, and every client is answered."""
    before = server.workers()
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(proxy.post, {"text": TEXT, "title": "1"}) for _ in range(2)]
        time.sleep(0.4)
        os.kill(max(before, key=lambda pid: len(list(Path(f"/proc/{pid}/task").iterdir()))), signal.SIGKILL)
        assert [answer.result(60).status for answer in answers] == [200, 200]


def test_addresses_are_the_clients_own(tmp_path):
    """nginx writes X-Forwarded-For anew: a client is counted by where it is, whatever it claims there."""
    with serving(ISNAD_TRUSTED_PROXIES=1, ISNAD_RATE_LIMIT="3/hour", WEB_CONCURRENCY=1) as server, proxied(server, tmp_path) as proxy:
        assert [proxy.post(QUICK, {"X-Forwarded-For": f"10.1.1.{number}"}).status for number in range(4)] == [200, 200, 200, 429]


def test_without_the_service_it_is_503(server, proxy):
    """Nobody behind nginx: a problem with Retry-After, not an HTML page. Runs last: it stops the server."""
    server.stop()
    answer = proxy.post(QUICK)
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Retry-After"]) == (503, "application/problem+json", "5")
