"""Health, metrics, versions, vocabulary, documentation."""

import re
from dataclasses import replace

import pytest

from service import __version__
from service.api.desk import counted
from service.attribution import Passage, Span
from tests import fakes


def test_alive_and_ready(client):
    """A process with its models loaded is both."""
    assert (client.get("/livez").json, client.get("/readyz").json) == ({"status": "alive"}, {"status": "ready"})


def test_draining_is_not_ready_but_alive(app_with, settings, tmp_path):
    """While the drain file exists, load balancers are sent away, and requests that come all the same are answered."""
    file = tmp_path / "draining"
    client = app_with(replace(settings, drain_file=str(file))).test_client()
    assert client.get("/readyz").status_code == 200
    file.touch()
    assert (client.get("/readyz").status_code, client.get("/livez").status_code) == (503, 200)
    assert client.post("/v1/attributions", json={"text": ""}).status_code == 200


def sample(client, name):
    """Return a metric's value, zero where it has none yet."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", client.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


@pytest.mark.parametrize(
    "name",
    [
        'isnad_requests_total{route="/v1/attributions",status="200"}',
        "isnad_articles_total",
        'isnad_attributions_total{construction="clause"}',
        'isnad_stage_seconds_count{stage="rules"}',
        "isnad_queue_wait_seconds_count",
        'isnad_request_seconds_count{route="/v1/attributions"}',
    ],
)
def test_an_answer_is_counted(client, name):
    """Each answer shows in requests, articles, attributions, stages and waits."""
    before = sample(client, name)
    client.post("/v1/attributions", json={"text": "قال الوزير إن الأمر انتهى."})
    assert sample(client, name) == before + 1


def test_refusals_are_counted_by_reason(client):
    """What is turned away shows, by the last word of its problem's type."""
    before = sample(client, 'isnad_rejected_total{reason="malformed-json"}')
    client.post("/v1/attributions", data=b"{", content_type="application/json")
    assert sample(client, 'isnad_rejected_total{reason="malformed-json"}') == before + 1


def test_made_up_paths_make_no_metrics(client):
    """A client cannot fill the metrics by asking for paths that are not there."""
    client.get("/made-up-by-a-client")
    assert "made-up" not in client.get("/metrics").text


def test_the_queue_is_empty_when_nobody_waits(client):
    """Gauges return to zero after an answer and after a refusal."""
    client.post("/v1/attributions", json={"text": "قال"})
    client.post("/v1/attributions", json={})
    assert (sample(client, "isnad_queue_requests"), sample(client, "isnad_queue_chars")) == (0, 0)


def test_versions_name_every_file(client):
    """An answer can be had again by whoever has the same of each."""
    versions = client.get("/v1/version").json
    assert set(versions) == {"service", "lexicon", "models", "stanza", "torch", "sha256"}
    assert versions["service"] == __version__
    assert versions["sha256"] == {"a.pt": "0" * 64}


def test_the_lexicon_tells_what_a_rule_is(client):
    """Every entry that can fire is listed once, with an example."""
    lexicon = client.get("/v1/lexicon").json
    ids = [entry["id"] for entry in lexicon["entries"]]
    assert len(ids) == len(set(ids)) > 0
    assert all(entry["examples"] and entry["gloss"] and entry["words"] for entry in lexicon["entries"])
    assert lexicon["version"] == client.get("/v1/version").json["lexicon"]


def test_openapi_documents_every_route_and_status(client):
    """The document is OpenAPI 3.1 and has an example for each endpoint's answer and problems."""
    spec = client.get("/openapi.json").json
    assert spec["openapi"].startswith("3.1")
    assert {"/v1/attributions", "/v1/attributions/batch", "/v1/version", "/v1/lexicon", "/livez", "/readyz", "/metrics"} == set(spec["paths"])
    for path, methods in spec["paths"].items():
        ((_, operation),) = ((method, found) for method, found in methods.items() if method in {"get", "post"})
        documented = {status: response for status, response in operation["responses"].items() if status != "default"}
        assert set(documented) >= {"200"} | ({"401", "429", "500"} if path.startswith("/v1/") else set())
        assert set(documented) >= ({"400", "413", "415", "422", "503"} if path.startswith("/v1/attributions") else set())
        for status, response in documented.items():
            assert all("example" in kind for kind in response["content"].values()), (path, status)
            assert status == "200" or set(response["content"]) == {"application/problem+json"}


KEYS = ("0" * 64,)
POST = {"method": "POST", "path": "/v1/attributions", "content_type": "application/json"}


@pytest.mark.parametrize(
    ("status", "changed", "request_"),
    [
        (400, {}, {**POST, "data": b"{"}),
        (401, {"api_keys": KEYS}, {"path": "/v1/version"}),
        (406, {}, {**POST, "data": b'{"text": ""}', "headers": {"Accept": "image/png"}}),
        (413, {"max_body_bytes": 1}, {**POST, "data": b'{"text": ""}'}),
        (415, {}, {**POST, "data": b"", "content_type": "text/plain"}),
        (422, {}, {**POST, "data": b"{}"}),
        (429, {"rate_limit": "0/hour"}, {"path": "/v1/version"}),
        (503, {"drain_file": __file__}, {"path": "/readyz"}),
    ],
)
def test_the_documented_problems_are_those_that_come(app_with, settings, status, changed, request_):
    """Each example of a problem is what a client gets: its type and its title, and errors where it has any."""
    client = app_with(replace(settings, **changed)).test_client()
    answer = client.open(**request_)
    assert answer.status_code == status
    method = request_.get("method", "GET").lower()
    responses = client.get("/openapi.json").json["paths"][request_["path"]][method]["responses"]
    example = responses[str(status)]["content"]["application/problem+json"]["example"]
    assert {name: answer.json[name] for name in ("type", "title", "status")} == {name: example[name] for name in ("type", "title", "status")}
    assert answer.json.keys() == example.keys()
    assert answer.json.get("errors") == example.get("errors")


def test_tokens_are_counted(client):
    """What the annotator read shows in the metrics."""
    before = sample(client, "isnad_tokens_total")
    counted(fakes.annotate)([Passage("قال الوزير", (Span(0, 10),))])
    assert sample(client, "isnad_tokens_total") == before + 2


def test_the_page_of_documentation_stands_alone(client):
    """It shows every endpoint, and loads nothing from anybody else."""
    page = client.get("/docs")
    assert page.mimetype == "text/html"
    assert "POST /v1/attributions/batch" in page.text
    assert not re.search(r'(?:src|href)="(?!/)', page.text)
    assert "<script" not in page.text
    with client.get("/docs/static/docs.css") as style:
        assert (style.status_code, style.mimetype) == (200, "text/css")
