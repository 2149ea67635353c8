"""Real processes: gunicorn as it is deployed, over the stub extractor, and what happens to it."""

import contextlib
import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.servers import Server, serving

TEXT = "قال الوزير إن الأمر انتهى."
QUICK = {"text": TEXT}
SLOW = {"text": TEXT, "title": "1.0"}
POST = b"POST /v1/attributions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(name="server", scope="module")
def _server():
    with serving(ISNAD_MAX_BODY_BYTES=10_000) as server:
        yield server


@pytest.fixture(name="pool")
def _pool():
    with ThreadPoolExecutor(16) as pool:
        yield pool


def status_of(received):
    return int(received.split(b" ", 2)[1])


def kept(received):
    """Tell whether an answer of 200 leaves the connection open for another request."""
    assert status_of(received) == 200
    return b"connection: close" not in received.partition(b"\r\n\r\n")[0].lower()


def chunks(body, size=1_000):
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def test_a_chunked_body_over_the_limit_is_413(server):
    """Werkzeug would cut it at its limit and answer the rest; the service refuses it."""
    body = json.dumps({"text": "س" * 2_000}).encode() + b" " * 10_000
    assert status_of(server.raw(POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks(body))) == 413


def test_a_chunked_body_within_the_limit_is_read_whole(server):
    """Chunked transfer is as good as a length."""
    received = server.raw(POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks(json.dumps(QUICK).encode(), 7))
    assert status_of(received) == 200
    assert "الأمر انتهى".encode() in received


def test_a_length_over_the_limit_is_413(server):
    """Refused by the header alone, before the body is there."""
    assert status_of(server.raw(POST + b"Content-Length: 10001\r\nConnection: close\r\n\r\n")) == 413


def test_no_length_is_an_empty_body(server):
    """Without length or chunks there is no body, hence no JSON."""
    assert status_of(server.raw(POST + b"Connection: close\r\n\r\n")) == 400


def test_a_length_longer_than_the_body_is_400(server):
    """A client that goes away in the middle of its body is not answered as if it had been whole."""
    assert status_of(server.raw(POST + b'Content-Length: 50\r\n\r\n{"text": ""}')) == 400


def test_a_length_shorter_than_the_body_reads_no_more(server):
    """What is left over is no second request of ours to answer with 200."""
    received = server.raw(POST + b'Content-Length: 12\r\nConnection: keep-alive\r\n\r\n{"text": ""}GARBAGE')
    assert status_of(received) == 200
    assert received.count(b"HTTP/1.1 200") == 1


def test_a_connection_is_kept_unless_an_article_is_worked_on(pool):
    """Two requests on one connection to an idle worker; to one at work, a connection each, which another worker may take."""
    with serving(WEB_CONCURRENCY=1) as server:
        assert kept(server.raw(POST + b"Content-Length: %d\r\n\r\n" % len(body := json.dumps(QUICK).encode()) + body))
        working = pool.submit(server.post, SLOW)
        time.sleep(0.5)
        assert not kept(server.raw(b"GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n"))
        assert working.result().status == 200
        assert kept(server.raw(b"GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n"))


def test_length_and_chunks_together_are_refused(server):
    """The classic of request smuggling."""
    received = server.raw(POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
    assert status_of(received) == 400
    assert received.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", None),
        (b"GARBAGE\r\n\r\n", 400),
        (b"GET /livez HTTP/9.9\r\n\r\n", 505),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9_000 + b"\r\n\r\n", 431),
        (b"GET /livez HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: a\r\n" % number for number in range(500)) + b"\r\n", 431),
        (b"GET /livez?" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET /livez HTTP/1.0\r\n\r\n", 200),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", 400),
        (POST + b"Content-Length: five\r\n\r\n", 400),
        (POST + b"Content-Length: 2\r\nExpect: the unexpected\r\n\r\n{}", 417),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nno length\r\nabc", 400),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc and more\r\n0\r\n\r\n", 400),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc", 400),
        (b"TRACE /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
    ],
    ids=[
        *("TLS", "garbage", "version", "long header", "many headers", "long line", "HTTP/1.0", "unknown transfer", "length in words"),
        *("expectation", "chunk without length", "chunk longer than it says", "chunk cut short", "TRACE"),
    ],
)
def test_odd_http_is_answered(server, request_, status):
    """Whatever comes in is answered by a problem of its own status, or by hanging up on what is not HTTP, and the server goes on."""
    received = server.raw(request_)
    if status is None:
        assert not received
    else:
        head, _, body = received.partition(b"\r\n\r\n")
        assert status_of(received) == status
        assert status == 200 or (b"application/problem+json" in head and json.loads(body)["status"] == status)
    assert server.get("/livez").status == 200


def test_what_is_not_http_is_not_quoted(server):
    """gunicorn would write it down, with the address it came from."""
    server.raw(b"SECRET SECRET SECRET\r\n\r\n")
    assert '"event": "not-http"' in server.written()
    assert "SECRET" not in server.written()


def test_expect_continue_is_granted(server):
    """A client that asks before it sends is told to go on."""
    received = server.raw(POST + b"Content-Length: 12\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n", b'{"text": ""}', pause=0.2)
    assert b"HTTP/1.1 200" in received


def test_a_connection_lives_on_after_a_refusal(server):
    """After a 4xx whose body was read, or refused unread, the next request on the connection is its own."""
    connection = server.connect()
    for body, status in ((b"{", 400), (json.dumps(QUICK).encode(), 200), (b" " * 20_000, 413)):
        connection.request("POST", "/v1/attributions", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
    connection.close()
    assert server.post(QUICK).status == 200


def test_a_client_that_leaves_frees_the_slot(server):
    """The worker notices nothing while it works; the turn is given back all the same."""
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            body = json.dumps({"text": TEXT, "title": "0.3"}).encode()
            connection.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert server.post(QUICK).status == 200


def test_health_answers_while_every_worker_works(server, pool):
    """Both workers at work, their queues in use: health, metrics and documentation are answered before the first of them is done."""
    answers = [pool.submit(server.post, {"text": TEXT, "title": "2"}) for _ in range(4)]
    time.sleep(0.3)
    assert [server.get(path).status for path in ("/livez", "/readyz", "/metrics", "/docs")] == [200] * 4
    assert not any(answer.done() for answer in answers)
    assert {answer.result(30).status for answer in answers} == {200}


def test_lines_are_sent_as_they_are_found():
    """The first line of a stream has left before the second is found: it arrives though the worker dies in the middle of that."""
    with serving(WEB_CONCURRENCY=1) as server:
        lines = b"".join(json.dumps(article).encode() + b"\n" for article in (QUICK, {"text": TEXT, "title": "30"}))
        connection = server.connect()
        connection.request("POST", "/v1/attributions/batch", lines, {"Content-Type": "application/x-ndjson"})
        answer = connection.getresponse()
        assert json.loads(answer.readline())["attributions"]
        os.kill(server.workers()[0], signal.SIGKILL)
        with pytest.raises((HTTPException, OSError)):
            answer.read()
        connection.close()


def test_metrics_add_up_over_processes(server):
    """Every worker's counts are in whichever worker's answer."""

    def answered():
        name = 'isnad_requests_total{route="/v1/attributions",status="200"} '
        return sum(float(line.removeprefix(name)) for line in server.get("/metrics").body.decode().splitlines() if line.startswith(name))

    before = answered()
    for _ in range(12):
        server.post(QUICK)
    assert answered() == before + 12
    assert len(server.workers()) == 2


def test_answers_do_not_depend_on_the_worker(server):
    """The same article, asked often, is answered the same by every process."""
    assert len({server.post(QUICK).body for _ in range(20)}) == 1


def test_a_killed_worker_takes_only_its_own_request(pool):
    """Kill -9 in the middle of a request: that one is lost, the other worker serves on, and a new one takes the place."""
    with serving() as server:
        doomed = [pool.submit(server.post, {"text": TEXT, "title": "30"}, timeout=40)]
        time.sleep(0.5)
        busy = max(server.workers(), key=busy_threads)
        os.kill(busy, signal.SIGKILL)
        with pytest.raises((HTTPException, OSError)):
            doomed[0].result(20)
        assert [server.post(QUICK).status for _ in range(20)] == [200] * 20
        deadline = time.monotonic() + 20
        while len(server.workers()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def busy_threads(pid):
    """Return how many threads a process has: the pool of a gthread worker grows with its first request."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def test_a_stop_loses_no_accepted_request(pool):
    """SIGTERM under load: whoever was let in is answered, queue and all, and the exit is clean."""
    server = Server().wait_until_ready()
    answers = [pool.submit(server.post, SLOW) for _ in range(8)]
    time.sleep(0.5)
    status, _ = server.stop()
    assert [answer.result(1).status for answer in answers] == [200] * 8
    assert status == 0


def test_a_second_stop_changes_nothing(pool):
    """SIGTERM twice is SIGTERM once."""
    server = Server().wait_until_ready()
    answers = [pool.submit(server.post, SLOW) for _ in range(4)]
    time.sleep(0.4)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    status, _ = server.stop()
    assert [answer.result(1).status for answer in answers] == [200] * 4
    assert status == 0


def test_readiness_goes_before_the_service_does():
    """With time to drain, SIGTERM first turns readiness off; requests are answered until the load balancer has noticed."""
    server = Server(ISNAD_DRAIN_SECONDS=3).wait_until_ready()
    server.process.send_signal(signal.SIGTERM)
    time.sleep(1)
    assert server.get("/readyz").status == 503
    assert server.get("/livez").status == 200
    assert server.post(QUICK).status == 200
    assert server.stop()[0] == 0


def test_a_reload_loses_no_request(pool):
    """SIGHUP replaces the workers; requests before, during and after are answered."""
    with serving() as server:
        before = set(server.workers())
        answers = [pool.submit(server.post, SLOW) for _ in range(4)]
        time.sleep(0.3)
        server.process.send_signal(signal.SIGHUP)
        assert {answer.result(30).status for answer in answers} == {200}
        deadline = time.monotonic() + 20
        while before & set(server.workers()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert server.post(QUICK).status == 200


def test_recycled_workers_lose_no_request(pool):
    """Workers are replaced after so many requests, under load, and nobody notices."""
    with serving(ISNAD_MAX_REQUESTS=20) as server:
        before = set(server.workers())
        statuses = list(pool.map(lambda _: server.post(QUICK).status, range(200)))
        assert set(statuses) <= {200, 503}
        assert statuses.count(200) > 100
        assert set(server.workers()) != before


def test_whoever_does_not_hang_up_hinders_nobody():
    """Clients that ask for the end of their connection and leave it open: each would hold up the whole worker for two seconds."""
    with serving(WEB_CONCURRENCY=1) as server, contextlib.ExitStack() as clients:
        for _ in range(10):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            client.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.1 200"
        begun = time.monotonic()
        assert server.get("/livez").status == 200
        assert time.monotonic() - begun < 2


def test_whoever_never_hangs_up_is_hung_up_on():
    """What is left of such a connection ends by itself, its answer whole, and a worker that stops does not wait for it for long."""
    with serving(WEB_CONCURRENCY=1) as server, socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        client.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b""
        while part := client.recv(65_536):
            received += part
        assert received.startswith(b"HTTP/1.1 200")
        with pytest.raises(ConnectionError):
            send_on(client, seconds=10)


def send_on(client, seconds):
    """Send a byte now and then."""
    for _ in range(seconds * 5):
        client.sendall(b"x")
        time.sleep(0.2)


def test_a_refusal_does_not_wait_for_the_body(pool):
    """Where there is no room at all, the answer comes before the article does."""
    with serving(ISNAD_QUEUE_REQUESTS=0, WEB_CONCURRENCY=1) as server:
        working = pool.submit(server.post, {"text": TEXT, "title": "2"})
        time.sleep(0.5)
        received = server.raw(POST + b"Content-Length: 1000000\r\n\r\n")
        assert status_of(received) == 503
        assert b"Retry-After: " in received
        assert not working.done()
        assert working.result(30).status == 200


def test_over_capacity_is_503_at_once(pool):
    """Far more than there is room for: 200 and 503 only, refused ones with Retry-After, and health answers throughout."""
    with serving(ISNAD_QUEUE_REQUESTS=1, WEB_CONCURRENCY=1) as server:
        answers = list(pool.map(lambda _: server.post({"text": TEXT, "title": "0.2"}), range(40)))
        assert {answer.status for answer in answers} == {200, 503}
        assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers if answer.status == 503)
        assert server.get("/livez").status == 200


def break_nothing(_directory):
    """Leave the directory empty: no manifest."""


def truncate(directory):
    write_models(directory)
    (directory / "a.pt").write_bytes(b"")


def replace(directory):
    write_models(directory)
    (directory / "a.pt").write_bytes(b"stolen!")


def write_models(directory):
    promised = {"sha256": "0" * 64, "bytes": 7}
    (directory / "manifest.json").write_text(json.dumps({"version": "x", "files": {"a.pt": promised}}), "utf-8")


@pytest.mark.parametrize(
    ("harm", "words"),
    [(break_nothing, "no manifest.json"), (write_models, "a.pt is missing"), (truncate, "truncated"), (replace, "another SHA-256")],
)
def test_unusable_models_end_the_start(tmp_path, harm, words):
    """Missing, truncated or foreign weights: the port never opens, one line says what is wrong, the exit code is EX_CONFIG."""
    harm(tmp_path)
    status, errors = Server(application=None, ISNAD_MODELS_DIR=tmp_path).ended()
    assert status == os.EX_CONFIG
    assert words in errors
    assert "Traceback" not in errors


def test_unusable_settings_end_the_start():
    """A mistaken variable likewise."""
    status, errors = Server(application=None, ISNAD_DEADLINE_SECONDS="soon").ended()
    assert status == os.EX_CONFIG
    assert "ISNAD_DEADLINE_SECONDS" in errors
    assert "Traceback" not in errors


def test_stale_metrics_of_another_run_are_harmless(tmp_path):
    """Files left behind in a metrics directory of the deployment's own do not stop a start, nor its metrics."""
    (tmp_path / "counter_99999.db").write_bytes(b"")
    (tmp_path / "gauge_livesum_99999.db").write_bytes(b"")
    with serving(PROMETHEUS_MULTIPROC_DIR=tmp_path) as server:
        assert server.post(QUICK).status == 200
        assert server.get("/metrics").status == 200


def test_no_home_and_no_place_to_write_are_needed(tmp_path):
    """HOME, XDG directories and the working directory are of no use to the service."""
    with serving(HOME="/nonexistent", XDG_CACHE_HOME="/nonexistent", TMPDIR=tmp_path / "nothing") as server:
        assert server.post(QUICK).status == 200
