"""Failures: problem+json always, with the request's id and without a word of the article."""

import json

import pytest

from service.api.problems import MEDIA_TYPE
from service.stages import DeadlinePassed

SECRET = "قال المصدر السري إن"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/attributions", 405),
        ("PUT", "/v1/attributions", 405),
        ("DELETE", "/livez", 405),
        ("TRACE", "/v1/attributions", 405),
        ("GET", "/v1//lexicon", 404),
        ("GET", "/v1/attributions/", 404),
        ("GET", "/docs/static/../../app.py", 404),
        ("GET", "/docs/static/%2e%2e/%2e%2e/app.py", 404),
        ("POST", "/v1/" + "x" * 5_000, 404),
    ],
)
def test_http_errors_are_problems(client, method, path, status):
    """Whatever is asked of a path that is not there, the answer is JSON of RFC 9457."""
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.mimetype, answer.json["status"]) == (status, MEDIA_TYPE, status)
    assert {"type", "title", "status", "detail", "request_id"} <= answer.json.keys()


def test_405_says_what_is_allowed(client):
    """The header that belongs to the status is kept."""
    assert "POST" in client.get("/v1/attributions").headers["Allow"]


def test_head_and_options_are_answered(client):
    """HEAD is GET without its body; OPTIONS says what there is."""
    assert (client.head("/livez").status_code, client.head("/livez").data) == (200, b"")
    assert "POST" in client.options("/v1/attributions").headers["Allow"]


def test_a_fault_says_no_more_than_an_id(capsys, client, extractor):
    """A 500 quotes nothing: no message, no trace, no text, neither to the client nor in the log."""
    extractor.fault = ValueError(SECRET)
    answer = client.post("/v1/attributions", json={"text": SECRET}, headers={"X-Request-ID": "abc-1"})
    assert (answer.status_code, answer.json["type"], answer.json["request_id"]) == (500, "urn:isnad:problem:fault", "abc-1")
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    logged = capsys.readouterr().err
    assert "ValueError" in logged
    assert SECRET not in logged
    assert SECRET not in json.loads(logged.splitlines()[0]).values()


def test_a_passed_deadline_is_503(client, extractor):
    """An answer that takes too long is given up between two stages, and the client is told when to come back."""
    extractor.fault = DeadlinePassed()
    answer = client.post("/v1/attributions", json={"text": ""})
    assert (answer.status_code, answer.json["type"]) == (503, "urn:isnad:problem:deadline-passed")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_request_id_comes_back(client):
    """The client's id is the answer's; one that could be mischief is replaced by ours."""
    assert client.get("/livez", headers={"X-Request-ID": "abc.DEF_1-2:3"}).headers["X-Request-ID"] == "abc.DEF_1-2:3"
    for mischief in ("a b", "a\x1b[31m", '"', "x" * 129, "é", ""):
        answered = client.get("/livez", headers={"X-Request-ID": mischief}).headers["X-Request-ID"]
        assert len(answered) == 32
        assert answered.isalnum()


def test_logs_are_one_line_of_json_a_request(capsys, client):
    """Line breaks and terminal codes of a client's cannot make a line of their own, and no text is logged."""
    client.post("/v1/attributions", json={"text": SECRET, "id": "a\n{}\x1b[2J"}, headers={"User-Agent": "x\x1b[2J"})
    lines = capsys.readouterr().err.splitlines()
    event = json.loads(lines[-1])
    assert len(lines) == 1
    assert (event["route"], event["status"], event["method"]) == ("/v1/attributions", 200, "POST")
    assert "\x1b" not in lines[0]


def test_odd_requests_are_answered(client):
    """A huge query string, many headers and an Expect header harm nothing."""
    assert client.get("/livez?" + "a=b&" * 20_000).status_code == 200
    assert client.get("/livez", headers={f"X-{number}": "x" for number in range(500)}).status_code == 200
    assert client.post("/v1/attributions", json={"text": ""}, headers={"Expect": "100-continue"}).status_code == 200
