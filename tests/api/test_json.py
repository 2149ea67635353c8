"""JSON as the world sends it: everything that is not JSON in UTF-8 is 400, told as a problem, quoting nothing."""

import pytest

from service.api.problems import MEDIA_TYPE

URL = "/v1/attributions"
SECRET = "كلمة سرية"

MALFORMED = {
    "empty": b"",
    "half": b'{"text": "a"',
    "trailing comma": b'{"text": "a",}',
    "two documents": b'{"text": "a"}{"text": "b"}',
    "single quotes": b"{'text': 'a'}",
    "deep arrays": b"[" * 100_000,
    "deep objects": b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
    "closed deep arrays": b"[" * 2_000 + b"]" * 2_000,
    "NaN": b'{"text": NaN}',
    "Infinity": b'{"text": -Infinity}',
    "UTF-16": '{"text": "قال"}'.encode("utf-16"),
    "UTF-32": '{"text": "قال"}'.encode("utf-32"),
    "windows-1256": f'{{"text": "{SECRET}"}}'.encode("cp1256"),
    "byte order mark": b'\xef\xbb\xbf{"text": ""}',
    "invalid UTF-8": b'{"text": "\xff\xfe"}',
    "overlong UTF-8": b'{"text": "\xc0\xaf"}',
    "surrogates in UTF-8": b'{"text": "\xed\xa0\x80"}',
    "escaped lone surrogate": rb'{"text": "\ud800"}',
    "escaped low surrogate": rb'{"text": "\udc00 \ud83d"}',
    "raw control": b'{"text": "a\nb"}',
    "not JSON": SECRET.encode(),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_not_json_is_400(client, body):
    """Malformed bodies are the client's mistake: a problem, never a 500, never their own text in the answer."""
    answer = client.post(URL, data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype, answer.json["type"]) == (400, MEDIA_TYPE, "urn:isnad:problem:malformed-json")
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": ' + b"1" * 5_000 + b"}",
        b'{"text": 1e999999}',
        b'{"text": ' + b"[" * 1_000 + b"]" * 1_000 + b"}",
        b"[" + b"{}," * 9_999 + b"{}]",
    ],
    ids=["a number of 5,000 digits", "a number without end", "as deep as JSON may be", "an array of 10,000"],
)
def test_strange_json_is_a_problem_of_the_client_s(client, body):
    """What is JSON after all but no article is 422, or 400 where the codec draws the line."""
    answer = client.post(URL, data=body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.mimetype == MEDIA_TYPE


def test_the_last_of_duplicate_keys_counts(client):
    """Duplicate keys are JSON; the last one wins, as everywhere."""
    answer = client.post(URL, data='{"id": "a", "id": "b", "text": ""}', content_type="application/json")
    assert answer.json["id"] == "b"


def test_nul_is_a_character_like_any_other(client):
    """An escaped NUL in the text is answered, not choked on."""
    answer = client.post(URL, data=rb'{"text": "\u0000"}', content_type="application/json")
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", ""])
def test_another_media_type_is_415(client, kind):
    """The media type is not guessed."""
    answer = client.post(URL, data=b'{"text": ""}', headers={"Content-Type": kind} if kind else {})
    assert (answer.status_code, answer.mimetype, answer.headers["Accept"]) == (415, MEDIA_TYPE, "application/json")


def test_a_charset_on_json_is_ignored(client):
    """JSON is UTF-8, whatever a parameter says."""
    answer = client.post(URL, data='{"text": "قال"}'.encode(), content_type="application/json; charset=utf-8")
    assert answer.status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip", "zstd"])
def test_an_encoded_body_is_415(client, encoding):
    """Nothing is inflated, so nothing can be a bomb: gzip whole, truncated or twice over is refused by its header alone."""
    answer = client.post(URL, data=b"\x1f\x8b", content_type="application/json", headers={"Content-Encoding": encoding})
    assert (answer.status_code, answer.json["type"]) == (415, "urn:isnad:problem:content-encoding")
