"""API keys, rates, origins, headers."""

import hashlib
from dataclasses import replace

import pytest

from service.api.access import key_owner

URL = "/v1/attributions"


def digest(key):
    return hashlib.sha256(key.encode()).hexdigest()


@pytest.fixture(name="locked")
def _locked(app_with, settings):
    return app_with(replace(settings, api_keys=(f"desk:{digest('first')}", digest("second")))).test_client()


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer first"}, {"authorization": "bearer second"}, {"X-API-Key": "second"}])
def test_any_listed_key_opens(locked, headers):
    """Several keys are valid at once, so that they can be rotated, in either header."""
    assert locked.post(URL, json={"text": ""}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer third"}, {"Authorization": "Basic first"}, {"X-API-Key": ""}, {"X-API-Key": "مفتاح".encode().decode("latin-1")}],
)
def test_no_other_key_opens(locked, headers):
    """No key, a wrong one or a wrong scheme is 401, and says how to send one."""
    answer = locked.post(URL, json={"text": ""}, headers=headers)
    assert (answer.status_code, answer.mimetype, answer.headers["WWW-Authenticate"]) == (401, "application/problem+json", "Bearer")


def test_a_key_in_the_query_is_none(locked):
    """Keys in addresses end up in logs; they are not read there."""
    assert locked.post(URL + "?api_key=first&X-API-Key=first", json={"text": ""}).status_code == 401


def test_health_needs_no_key(locked):
    """Load balancers and Prometheus have none; the vocabulary does need one."""
    assert {locked.get(path).status_code for path in ("/livez", "/readyz", "/metrics", "/docs", "/openapi.json")} == {200}
    assert locked.get("/v1/lexicon").status_code == 401


def test_a_key_s_owner_is_its_name():
    """The name before the hash, or the first letters of the hash, tells whose key it was; a stranger's has none."""
    hashes = (f"desk:{digest('first')}", digest("second"))
    assert key_owner("first", hashes) == "desk"
    assert key_owner("second", hashes) == digest("second")[:8]
    assert key_owner("third", hashes) is None


@pytest.fixture(name="limited")
def _limited(app_with, settings):
    keys = (f"a:{digest('first')}", f"b:{digest('second')}")
    return app_with(replace(settings, rate_limit="2/hour", api_keys=keys)).test_client()


def test_a_rate_is_limited_by_key(limited):
    """The third request in an hour is 429 with Retry-After; another key has its own count."""
    statuses = [limited.post(URL, json={"text": ""}, headers={"X-API-Key": "first"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = limited.post(URL, json={"text": ""}, headers={"X-API-Key": "first"})
    assert (refused.mimetype, int(refused.headers["Retry-After"]) > 0) == ("application/problem+json", True)
    assert limited.post(URL, json={"text": ""}, headers={"X-API-Key": "second"}).status_code == 200


def test_health_is_not_limited(limited):
    """Only what is asked of the API counts."""
    assert {limited.get("/livez").status_code for _ in range(5)} == {200}


def test_an_unreachable_counter_does_not_close_the_service(app_with, settings):
    """Where Redis is down, each process counts for itself: the limit is looser, the service open."""
    client = app_with(replace(settings, rate_limit="2/hour", rate_limit_storage="redis://127.0.0.1:1")).test_client()
    assert [client.post(URL, json={"text": ""}).status_code for _ in range(3)] == [200, 200, 429]


def test_forwarded_addresses_count_from_trusted_proxies_only(app_with, settings):
    """A client cannot make itself a new address by X-Forwarded-For, unless a proxy of ours stands there to write it."""
    addresses = [{"X-Forwarded-For": f"10.0.0.{number}"} for number in range(3)]
    direct = app_with(replace(settings, rate_limit="2/hour")).test_client()
    assert [direct.post(URL, json={"text": ""}, headers=headers).status_code for headers in addresses] == [200, 200, 429]
    behind = app_with(replace(settings, rate_limit="2/hour", trusted_proxies=1)).test_client()
    assert [behind.post(URL, json={"text": ""}, headers=headers).status_code for headers in addresses] == [200, 200, 200]
    spoofed = [{"X-Forwarded-For": f"6.6.6.{number}, 10.0.0.9"} for number in range(3)]
    assert [behind.post(URL, json={"text": ""}, headers=headers).status_code for headers in spoofed] == [200, 200, 429]


@pytest.fixture(name="shared")
def _shared(app_with, settings):
    return app_with(replace(settings, cors_origins=("https://desk.example",))).test_client()


def test_a_listed_origin_may_read(shared):
    """A page of a listed origin gets to see the answer, never with credentials."""
    answer = shared.post(URL, json={"text": ""}, headers={"Origin": "https://desk.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://desk.example"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]


def test_a_preflight_is_answered(shared):
    """The browser's question before the request is answered with what is allowed."""
    answer = shared.options(URL, headers={"Origin": "https://desk.example", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 200
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("origin", ["https://evil.example", "https://desk.example.evil.example", "null", "*", ""])
def test_no_other_origin_may_read(shared, origin):
    """Origins are compared whole."""
    assert "Access-Control-Allow-Origin" not in shared.post(URL, json={"text": ""}, headers={"Origin": origin}).headers


def test_without_a_list_no_origin_may_read(client):
    """The default shares nothing."""
    assert "Access-Control-Allow-Origin" not in client.get("/livez", headers={"Origin": "https://desk.example"}).headers


@pytest.mark.parametrize("path", ["/livez", "/docs", "/nowhere", "/openapi.json"])
def test_security_headers_are_on_every_answer(client, path):
    """Browsers are told to guess, frame and load nothing; the page of documentation loads its own style sheet and no script."""
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]


def test_answers_are_not_stored(client):
    """An answer quotes an article; no cache keeps it."""
    assert client.post(URL, json={"text": ""}).headers["Cache-Control"] == "no-store"
