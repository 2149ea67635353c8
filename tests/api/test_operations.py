"""Health, metrics, versions, vocabulary, documentation."""

import re
from dataclasses import replace

import pytest

from service import __version__


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
    responses = spec["paths"]["/v1/attributions"]["post"]["responses"]
    assert {"200", "400", "401", "413", "415", "422", "429", "500", "503"} <= set(responses)
    for status, response in responses.items():
        kinds = response.get("content", {})
        assert status == "default" or all("example" in kind for kind in kinds.values())
        assert status in {"200", "default"} or "application/problem+json" in kinds


def test_the_page_of_documentation_stands_alone(client):
    """It shows every endpoint, and loads nothing from anybody else."""
    page = client.get("/docs")
    assert page.mimetype == "text/html"
    assert "POST /v1/attributions/batch" in page.text
    assert not re.search(r'(?:src|href)="(?!/)', page.text)
    assert "<script" not in page.text
    with client.get("/docs/static/docs.css") as style:
        assert (style.status_code, style.mimetype) == (200, "text/css")
