"""The client: over the service itself within this process, over a service that misbehaves by plan, and over real processes."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import httpx2
import pytest

from service.api import examples, schemas
from service.client import Article, Client, Problem, Report, Unreachable, reports
from service.client.problems import seconds
from tests.servers import serving

TEXT = "قال الوزير إن الأمر انتهى."
REPORT = json.dumps(examples.REPORT, ensure_ascii=False)


@pytest.fixture(name="naps")
def _naps(monkeypatch):
    """Take note of the seconds slept instead of sleeping them."""
    naps = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=naps.append))
    return naps


@pytest.fixture(name="isnad")
def _isnad(app):
    with Client(transport=httpx2.WSGITransport(app=app)) as client:
        yield client


class Service:
    """Answers by a plan: each request by the next of the answers, a function of the request's lines where it is one; and takes note of requests."""

    def __init__(self, *plan):
        self.plan = list(plan)
        self.asked = []

    def __call__(self, request):
        """Answer one request."""
        self.asked.append([json.loads(line) for line in request.read().split(b"\n") if line])
        answer = self.plan.pop(0)
        return answer(self.asked[-1]) if callable(answer) else answer

    def client(self, **options):
        """Return a client of this service."""
        return Client(transport=httpx2.MockTransport(self), **options)


def report(article):
    return json.dumps({**examples.REPORT, "id": article.get("id", "")}, ensure_ascii=False).encode() + b"\n"


def busy(**headers):
    return httpx2.Response(503, json={"title": "Service Unavailable", "detail": "full"}, headers=headers)


def streamed(*parts):
    """Return a response of these parts, broken off at one that is an error."""

    def stream():
        for part in parts:
            if isinstance(part, Exception):
                raise part
            yield part

    return httpx2.Response(200, content=stream())


def all_answered(articles):
    return streamed(*map(report, articles))


def broken(_request=None):
    raise httpx2.ConnectError("refused")


def ids(answers):
    return [answer.id if isinstance(answer, Report) else answer.status for answer in answers]


def test_one_article_is_answered_by_types(isnad):
    """The answer is the contract's report, its fields by name, its text at hand."""
    found = isnad.attributions(TEXT, id="a-1", outlet="وكالة الأنباء", published_at="2026-11-22")
    (attribution,) = found.attributions
    assert (found.id, found.text, found.articles[0].published_at) == ("a-1", TEXT, "2026-11-22")
    assert (attribution.speaker.name, attribution.cue.text, attribution.outlet) == ("الوزير", "قال", "وكالة الأنباء")
    assert found.text[attribution.content.spans[0].start : attribution.content.spans[0].end] == attribution.content.text
    assert found.speakers[0].mentions[0] == attribution.source
    with pytest.raises(AttributeError):
        found.id = "b"


def test_html_comes_back_with_its_text(isnad):
    """What the offsets count in is the text that the service took from the page."""
    paragraph = "في المؤتمر الصحفي قال الوزير إن المحادثات الجارية بين الطرفين ستستأنف غدا في العاصمة. " * 6
    found = isnad.attributions(html=f"<html><body><article><p>{paragraph}</p></article></body></html>")
    source = found.attributions[0].source
    assert found.text[source.start : source.end] == source.text == "الوزير"


def test_the_types_are_the_contract_s():
    """Every field of the contract's schemas is a field of the types, and the other way round."""
    for name in ("Span", "Title", "Outlet", "NewsItem", "Content", "SpeakerMention", "Via", "Attribution", "Speaker", "Report"):
        fields = set(getattr(reports, name).__dataclass_fields__)
        assert fields == set(getattr(schemas, f"{name}Schema")().fields), name


def test_fields_of_a_newer_service_are_passed_over():
    """A service may answer more than this client knows."""
    newer = json.loads(REPORT)
    newer["attributions"][0]["stance"] = "neutral"
    with Service(httpx2.Response(200, json=newer)).client() as client:
        assert client.attributions(TEXT).attributions[0].rule == "qala"


def test_what_is_refused_is_told(isnad):
    """A problem has the status, the words and the places."""
    with pytest.raises(Problem, match="/published_at: Not a date") as refused:
        isnad.attributions(TEXT, published_at="أمس")
    assert (refused.value.status, refused.value.errors[0]["pointer"]) == (422, "/published_at")
    assert refused.value.request_id


def test_the_key_is_sent():
    """As the service takes it."""
    sent = []
    transport = httpx2.MockTransport(lambda request: sent.append(request.headers["Authorization"]) or httpx2.Response(200, text=REPORT))
    with Client(api_key="secret", transport=transport) as client:
        client.attributions(TEXT)
    assert sent == ["Bearer secret"]


def test_a_busy_service_is_asked_again_when_it_says(naps):
    """`Retry-After` is honoured, in seconds or as a date, on 503 and on 429, and a little added against crowds."""
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    service = Service(busy(**{"Retry-After": "7"}), httpx2.Response(429, headers={"Retry-After": later}), httpx2.Response(200, text=REPORT))
    with service.client() as client:
        assert client.attributions(TEXT).id == "a-1"
    assert 7 <= naps[0] <= 7.5
    assert 18 <= naps[1] <= 20.5
    assert len(service.asked) == 3


def test_a_broken_line_is_tried_again(naps):
    """Refused connections, gateways without a service and answers cut short: the request has changed nothing, and is sent again."""
    gateway = httpx2.Response(502, html="<h1>Bad Gateway</h1>")
    half, whole = httpx2.Response(200, text=REPORT[:50]), httpx2.Response(200, text=REPORT)
    service = Service(broken, gateway, half, whole)
    with service.client() as client:
        assert client.attributions(TEXT).id == "a-1"
    assert len(naps) == 3
    assert all(0 <= nap <= 30 for nap in naps)


def test_patience_ends(naps):
    """After so many attempts, or where the wait would be longer than patience, the last problem is told."""
    with Service(*[busy()] * 3).client(attempts=3) as client, pytest.raises(Problem, match="503 Service Unavailable · full"):
        client.attributions(TEXT)
    assert len(naps) == 2
    with Service(busy(**{"Retry-After": "3600"})).client(patience=60) as client, pytest.raises(Problem) as told:
        client.attributions(TEXT)
    assert told.value.retry_after == 3600
    with Service(*[broken] * 2).client(attempts=2) as client, pytest.raises(Unreachable, match="refused"):
        client.attributions(TEXT)


@pytest.mark.parametrize("status", [400, 401, 406, 413, 415, 422, 500])
def test_what_does_not_pass_is_not_asked_again(naps, status):
    """The client's own mistakes, and the service's faults, are told at once."""
    service = Service(httpx2.Response(status, text="no"))
    with service.client() as client, pytest.raises(Problem) as told:
        client.attributions(TEXT)
    assert (told.value.status, len(service.asked), naps) == (status, 1, [])


PAST = "Sun, 22 Nov 2020 00:00:00 GMT"


@pytest.mark.parametrize(("written", "read"), [("5", 5.0), (" 0 ", 0.0), ("soon", None), (None, None), ("-1", None), (PAST, 0.0)])
def test_retry_after_is_read_as_it_is_written(written, read):
    """Seconds, a date that has passed, or nothing to go by."""
    assert seconds(written) == read


def test_a_batch_is_answered_in_order(isnad):
    """Strings, articles and mappings; a bad one is a problem in its place and harms no other."""
    articles = [TEXT, Article(TEXT, id="b"), {"id": "c", "text": 3}, {"id": "d", "text": "لا شيء"}, Article(html="<p>")]
    answers = list(isnad.batch(articles))
    assert [type(answer) for answer in answers] == [Report, Report, Problem, Report, Problem]
    assert answers[1].id == "b"
    assert (answers[2].status, answers[2].line) == (422, 3)
    assert answers[3].attributions == ()
    assert answers[0].text == TEXT


def test_a_batch_is_lazy_on_both_sides():
    """Articles are taken a chunk at a time, answers given as they come."""
    taken = []

    def articles():
        for number in range(10):
            taken.append(number)
            yield Article(TEXT, id=str(number))

    service = Service(*[all_answered] * 4)
    with service.client() as client:
        answers = client.batch(articles(), most_articles=3)
        assert (taken, service.asked) == ([], [])
        assert next(answers).id == "0"
        assert taken == [0, 1, 2, 3]
        assert ids(answers) == [str(number) for number in range(1, 10)]
    assert [len(asked) for asked in service.asked] == [3, 3, 3, 1]


def test_chunks_are_bounded_by_bytes():
    """However many articles: together they are no longer than is allowed, and one alone is as long as it is."""
    service = Service(*[all_answered] * 3)
    with service.client() as client:
        assert len(list(client.batch(["أ" * 400, "ب" * 40, "ج" * 40], most_bytes=300))) == 3
    assert [len(asked) for asked in service.asked] == [1, 2]


def test_answers_are_given_before_the_stream_ends():
    """The first report is there while the service still works on the second."""
    reached = []

    def slow(articles):
        def stream():
            yield report(articles[0])
            reached.append("second")
            yield report(articles[1])

        return httpx2.Response(200, content=stream())

    with Service(slow).client() as client:
        answers = client.batch([Article(TEXT, id="a"), Article(TEXT, id="b")])
        assert next(answers).id == "a"
        assert reached == []
        assert next(answers).id == "b"


@pytest.mark.parametrize(
    "break_off",
    [
        lambda articles: streamed(report(articles[0]), httpx2.ReadError("reset")),
        lambda articles: streamed(report(articles[0]), report(articles[1])[:20]),
        lambda articles: streamed(report(articles[0])),
        lambda articles: streamed(report(articles[0]), b'{"status": 503, "title": "Service Unavailable", "detail": "late", "line": 2}\n'),
    ],
    ids=["reset", "half a line", "too few", "out of time"],
)
def test_what_was_not_answered_is_sent_again(naps, break_off):
    """A stream that breaks off loses nothing and repeats nothing."""
    service = Service(break_off, all_answered)
    with service.client() as client:
        assert ids(client.batch([Article(TEXT, id=name) for name in "abc"])) == ["a", "b", "c"]
    assert [[article["id"] for article in asked] for asked in service.asked] == [["a", "b", "c"], ["b", "c"]]
    assert naps == []


def test_a_batch_waits_for_a_busy_service(naps):
    """Refused as a whole, or a stream without any answer: it is asked again, after a while."""
    service = Service(busy(**{"Retry-After": "3"}), broken, streamed(), all_answered)
    with service.client() as client:
        assert ids(client.batch([TEXT])) == [""]
    assert len(naps) == 3
    assert naps[0] >= 3


def test_an_article_that_always_takes_too_long_is_its_own_problem(naps):
    """After all attempts it is told in its place, and the others go on."""

    def late(_articles):
        return streamed(b'{"status": 503, "title": "Service Unavailable", "detail": "late", "line": 1, "id": "a"}\n')

    service = Service(late, late, all_answered)
    with service.client(attempts=2) as client:
        assert ids(client.batch([Article(TEXT, id="a"), Article(TEXT, id="b")])) == [503, "b"]
    assert len(naps) == 1


def test_a_chunk_too_large_for_the_service_is_halved():
    """By bytes, by articles or by characters: deployments may allow less; one that is too large alone is told so."""
    too_large = httpx2.Response(413, json={"title": "Content Too Large"})
    too_many = httpx2.Response(422, json={"title": "Unprocessable Content", "errors": [{"pointer": "/articles", "detail": "4 articles"}]})
    service = Service(too_many, all_answered, too_large, too_large, all_answered)
    with service.client() as client:
        assert ids(client.batch([Article(TEXT, id=name) for name in "abcd"])) == ["a", "b", 413, "d"]


def test_settings_of_the_service_are_met_by_halving(isnad):
    """The service of these tests takes five articles at once."""
    assert ids(isnad.batch([Article(TEXT, id=str(number)) for number in range(12)])) == [str(number) for number in range(12)]


def test_a_batch_refused_as_a_whole_is_raised():
    """A key that is not valid is no article's fault."""
    with Service(httpx2.Response(401, json={"title": "Unauthorized"})).client() as client, pytest.raises(Problem, match="401 Unauthorized"):
        list(client.batch([TEXT, TEXT]))


def test_only_a_line_feed_ends_a_line(isnad):
    """Whatever else breaks lines stands in articles and their answers."""
    text = "قال الوزير\u2028 إن الأمر\x85 انتهى\x0b\x1c\r\n."
    answers = list(isnad.batch([Article(text, id="a\u2028b"), Article(TEXT, id="c")]))
    assert ids(answers) == ["a\u2028b", "c"]


def test_a_text_that_is_none_is_its_own_problem(isnad):
    """Half a surrogate pair cannot be sent as UTF-8; it is told in its place, as any other mistake."""
    assert ids(isnad.batch([Article("\ud800", id="a"), Article(TEXT, id="b")])) == [400, "b"]


def test_the_environment_tells_where_the_service_is(monkeypatch):
    """Where nothing else is said."""
    monkeypatch.setenv("ISNAD_URL", "http://isnad.example")
    asked = []
    transport = httpx2.MockTransport(lambda request: asked.append(str(request.url)) or httpx2.Response(200, text=REPORT))
    for client in (Client(transport=transport), Client("http://other.example", transport=transport)):
        client.attributions(TEXT)
    assert asked == ["http://isnad.example/v1/attributions", "http://other.example/v1/attributions"]


def test_nothing_is_asked_of_nobody():
    """An empty batch sends nothing."""
    service = Service()
    with service.client() as client:
        assert list(client.batch([])) == []
    assert service.asked == []


def test_a_client_loads_neither_models_nor_flask():
    """Importing it costs what asking costs: no torch, no Stanza, no Flask, no pandas, none of the rules."""
    code = "import sys, service.client; print(sorted({'torch', 'stanza', 'flask', 'pandas', 'numpy', 'service.extraction'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_it_asks_real_processes():
    """One article and a batch over a socket, and every worker killed in the middle of it: each article is answered, once and in its place."""
    articles = [Article(TEXT, id=str(number), title="0.1") for number in range(30)]  # which the stub takes for the seconds it is to work
    with serving() as server, Client(f"http://127.0.0.1:{server.port}") as client:
        assert client.attributions(TEXT).attributions[0].rule == "qala"
        answers = client.batch(articles)
        first = [next(answers) for _ in range(5)]
        subprocess.run(["kill", "-9", *map(str, server.workers())], check=True)
        assert ids([*first, *answers]) == [article.id for article in articles]


def test_it_finds_nobody_and_says_so(naps):
    """A port where nobody listens is told with its address."""
    with Client("http://127.0.0.1:9", attempts=2) as client, pytest.raises(Unreachable, match=r"127\.0\.0\.1:9"):
        client.attributions(TEXT)
    assert len(naps) == 1
