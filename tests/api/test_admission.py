"""Admission: one at a time, a bounded queue, an honest Retry-After, and health that answers meanwhile."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic

import orjson
import pytest

from service import create_app
from service.api.admission import Admission, QueueFull
from service.api.desk import desk_with
from service.engine import Engine
from service.extraction import Extractor
from service.stages import StageClock
from service.weights import Weights
from tests import fakes
from tests.conftest import MODELS

URL = "/v1/attributions"


def in_turn(admission, chars, order, gate=None):
    with admission.turn(chars, monotonic() + 20):
        order.append(chars)
        if gate:
            assert gate.wait(20)


def until(condition):
    """Wait until `condition` holds; a test that hangs here fails by it."""
    done = threading.Event()
    deadline = monotonic() + 20
    while not condition():
        assert monotonic() < deadline, "waited in vain"
        done.wait(0.005)


@pytest.fixture(name="pool")
def _pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def test_turns_come_in_order_one_at_a_time(pool):
    """Who came first goes first."""
    admission, order, gate = Admission(100, 10, 1.0), [], threading.Event()
    futures = [pool.submit(in_turn, admission, 9, order, gate)]
    until(lambda: order == [9])
    for position, chars in enumerate((1, 2, 3), 1):
        futures.append(pool.submit(in_turn, admission, chars, order))
        until(lambda position=position: admission.waiting == position)
    assert order == [9]
    gate.set()
    for future in futures:
        future.result(20)
    assert order == [9, 1, 2, 3]


def test_a_queue_is_full_by_characters(pool):
    """What would make the queue longer than it may be is refused at once."""
    admission, order, gate = Admission(10, 10, 1.0), [], threading.Event()
    futures = [pool.submit(in_turn, admission, 5, order, gate)]
    until(lambda: order == [5])
    futures.append(pool.submit(in_turn, admission, 8, order))
    until(lambda: admission.waiting == 1)
    with pytest.raises(QueueFull), admission.turn(3, monotonic() + 20):
        pytest.fail("there was no room")
    gate.set()
    for future in futures:
        future.result(20)


def test_a_queue_is_full_by_requests(pool):
    """However short they are, only so many requests wait, for each holds a thread."""
    admission, order, gate = Admission(10**6, 1, 1.0), [], threading.Event()
    futures = [pool.submit(in_turn, admission, 0, order, gate)]
    until(lambda: order == [0])
    futures.append(pool.submit(in_turn, admission, 1, order))
    until(lambda: admission.waiting == 1)
    with pytest.raises(QueueFull), admission.turn(0, monotonic() + 20):
        pytest.fail("there was no room")
    gate.set()
    for future in futures:
        future.result(20)


def test_a_full_queue_refuses_unread(pool):
    """Where not even the shortest text may wait, nobody needs to be read to be refused; where one may, whoever comes is let through."""
    admission, order, gate = Admission(10**6, 1, 1.0), [], threading.Event()
    admission.refuse_if_full()
    futures = [pool.submit(in_turn, admission, 0, order, gate)]
    until(lambda: order == [0])
    admission.refuse_if_full()
    futures.append(pool.submit(in_turn, admission, 1, order))
    until(lambda: admission.waiting == 1)
    with pytest.raises(QueueFull):
        admission.refuse_if_full()
    gate.set()
    for future in futures:
        future.result(20)


def test_a_text_longer_than_the_queue_is_answered_all_the_same():
    """An empty queue takes a text of any length that the other limits let through."""
    admission = Admission(10, 1, 1.0)
    order = []
    in_turn(admission, 1_000, order)
    assert order == [1_000]


def test_retry_after_is_the_work_ahead(pool):
    """Seconds are characters ahead over characters a second, rounded up."""
    admission, order, gate = Admission(1_000, 1, 20.0), [], threading.Event()
    future = pool.submit(in_turn, admission, 150, order, gate)
    until(lambda: order == [150])
    assert admission.retry_after() == 8
    gate.set()
    future.result(20)
    assert admission.retry_after() == 1


def test_speed_is_learnt(pool):
    """After slow work the advice is longer than the first guess would have it."""
    admission, order, gate = Admission(10**9, 1, 10.0**9), [], threading.Event()
    future = pool.submit(in_turn, admission, 200, order, gate)
    until(lambda: order == [200])
    guessed = admission.retry_after()
    gate.set()
    future.result(20)
    gate.clear()
    futures = [pool.submit(in_turn, admission, 10**9, order, gate)]
    until(lambda: order == [200, 10**9])
    assert guessed == 1 < admission.retry_after()
    gate.set()
    futures[0].result(20)


def test_a_deadline_ends_the_wait(pool):
    """Who cannot be served in time leaves the queue, and those behind move up."""
    admission, order, gate = Admission(100, 10, 1.0), [], threading.Event()
    future = pool.submit(in_turn, admission, 9, order, gate)
    until(lambda: order == [9])
    with pytest.raises(QueueFull), admission.turn(1, monotonic()):
        pytest.fail("the deadline was over")
    assert admission.waiting == 0
    gate.set()
    future.result(20)


def test_a_turn_is_given_back_by_a_failure():
    """An exception in the block frees the process for the next."""
    admission, order = Admission(100, 0, 1.0), []
    with pytest.raises(ValueError, match="fault"), admission.turn(1, monotonic() + 20):
        raise ValueError("fault")
    in_turn(admission, 2, order)
    assert order == [2]


def ask(app, text="قال"):
    return app.test_client().post(URL, data=orjson.dumps({"text": text}), content_type="application/json")


@pytest.fixture(name="busy")
def _busy(app, extractor, pool):
    """Return the answers to come of one request at work and two in the queue, which is all that the settings allow."""
    extractor.gate.clear()
    futures = [pool.submit(ask, app)]
    assert extractor.entered.acquire(timeout=20)
    admission = app.extensions["isnad"].admission
    for position in (1, 2):
        futures.append(pool.submit(ask, app))
        until(lambda position=position: admission.waiting == position)
    yield futures
    extractor.gate.set()


def test_over_capacity_is_503_with_retry_after(app, busy, extractor):
    """Who finds no room is told so at once and when to come back; who found room is answered."""
    refused = ask(app)
    assert (refused.status_code, refused.json["type"]) == (503, "urn:isnad:problem:queue-full")
    assert int(refused.headers["Retry-After"]) >= 1
    extractor.gate.set()
    assert [future.result(20).status_code for future in busy] == [200, 200, 200]
    assert ask(app).status_code == 200


@pytest.mark.usefixtures("busy")
def test_a_full_queue_refuses_a_stream_before_its_head(app):
    """NDJSON finds out before the answer begins, so that it is a 503 and not half a stream."""
    answer = app.test_client().post(URL + "/batch", data=b'{"text": ""}\n', content_type="application/x-ndjson")
    assert answer.status_code == 503


class Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_):
        """Fail the test."""
        pytest.fail("a refusal read the body")

    readinto = read


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("path", [URL, URL + "/batch"])
def test_a_full_queue_reads_no_body(app, path):
    """A refusal costs next to nothing: what was sent is not even looked at."""
    body = Unread(orjson.dumps({"text": "قال"}))
    answer = app.test_client().post(path, input_stream=body, content_type="application/json")
    assert answer.status_code == 503


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/docs", "/openapi.json", "/v1/version", "/v1/lexicon"])
def test_everything_else_answers_meanwhile(app, path):
    """Health, metrics and documentation do not queue: they are answered while an extraction is at work and the queue is full."""
    assert app.test_client().get(path).status_code == 200


def test_a_client_that_leaves_a_stream_frees_the_turn(app, extractor):
    """A stream dropped in the middle, or before its first line, gives its turn back."""
    body = b'{"text": ""}\n' * 3
    for lines_read in (0, 1):
        answer = app.test_client().post(URL + "/batch", data=body, content_type="application/x-ndjson", buffered=False)
        read = iter(answer.response)
        for _ in range(lines_read):
            next(read)
        answer.close()
        assert ask(app).status_code == 200
    assert extractor.gate.is_set()


def test_a_deadline_in_the_queue_is_503(app_with, settings, extractor, pool):
    """The time in the queue counts: who is not served within the deadline is told to come back."""
    app = app_with(replace(settings, deadline_seconds=0.05))
    extractor.gate.clear()
    first = pool.submit(ask, app)
    assert extractor.entered.acquire(timeout=20)
    assert ask(app).status_code == 503
    extractor.gate.set()
    first.result(20)


def test_a_deadline_between_stages_is_503(settings):
    """An article whose time is over when one of its stages ends goes no further."""
    clock, begun = StageClock(), []

    def annotate(passages):
        for stage in ("tokenize", "mwt"):
            begun.append(stage)
            threading.Event().wait(0.1)
            clock.observe(stage, 0.1)
        return fakes.annotate(passages)

    engine = Engine(Extractor(annotate), clock, Weights(MODELS, "none", {}))
    hurried = replace(settings, deadline_seconds=0.05)
    answer = ask(create_app(hurried, desk_with(hurried, engine)), "قال الوزير إن الأمر انتهى.")
    assert (answer.status_code, answer.json["type"]) == (503, "urn:isnad:problem:deadline-passed")
    assert begun == ["tokenize"]


def test_a_deadline_between_articles_is_503(app_with, settings, extractor):
    """A batch that takes too long is given up between two articles; as lines, those found in time are kept."""
    app = app_with(replace(settings, deadline_seconds=0.05))
    extractor.before = lambda _article: threading.Event().wait(0.1)
    articles = [{"text": ""}] * 2
    assert app.test_client().post(URL + "/batch", json={"articles": articles}).status_code == 503
    answer = app.test_client().post(URL + "/batch", data=b'{"text": ""}\n' * 2, content_type="application/x-ndjson")
    assert [orjson.loads(line).get("status", 200) for line in answer.data.splitlines()] == [200, 503]
