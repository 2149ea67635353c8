"""Bodies over the limit are refused, whether or not they say how long they are, and never cut short."""

import io

import orjson
import pytest

from service.settings import Settings

URL = "/v1/attributions"
LIMIT = 100_000


def article_of(size):
    """Return a JSON body of exactly `size` bytes whose text is short enough: padding outside the string is free."""
    return orjson.dumps({"text": "قال"}).ljust(size)


def chunked(client, body):
    """Send `body` without a length, as gunicorn hands on a chunked one."""
    environment = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    return client.post(URL, input_stream=io.BytesIO(body), content_type="application/json", environ_overrides=environment)


def test_a_body_at_the_limit_is_read(client):
    """The limit itself is allowed, with and without a length."""
    assert client.post(URL, data=article_of(LIMIT), content_type="application/json").status_code == 200
    assert chunked(client, article_of(LIMIT)).status_code == 200


def test_a_body_over_the_limit_is_413(client):
    """One byte more is refused by its length."""
    assert client.post(URL, data=article_of(LIMIT + 1), content_type="application/json").status_code == 413


def test_a_chunked_body_over_the_limit_is_413(client):
    """Without a length it is read to the limit and refused, not answered for the part that fits."""
    assert chunked(client, article_of(LIMIT + 1)).status_code == 413


def test_a_chunked_stream_over_the_limit_is_413(client):
    """Lines that fit are not answered when the stream goes on beyond the limit: that would lose the rest in silence."""
    lines = b'{"text": "a"}\n' + b" " * LIMIT
    environment = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = client.post(URL + "/batch", input_stream=io.BytesIO(lines), content_type="application/x-ndjson", environ_overrides=environment)
    assert answer.status_code == 413


def test_a_body_shorter_than_its_length_is_400(client):
    """A client that promises more than it sends gets a problem, not a hanging connection."""
    body = io.BytesIO(b'{"text": ""}')
    answer = client.post(URL, input_stream=body, content_type="application/json", environ_overrides={"CONTENT_LENGTH": "500"})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_megabyte_without_a_full_stop_is_422(app_with):
    """With the limits as they are by default: too long for an article, however little there is in it to cut it by."""
    answer = app_with(Settings()).test_client().post(URL, data=orjson.dumps({"text": "كلمة " * 200_000}), content_type="application/json")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/text")


@pytest.mark.parametrize("count", [5_000, 5_001])
def test_characters_are_counted_as_code_points(client, count):
    """The limit on an article counts code points, not bytes or UTF-16 units."""
    answer = client.post(URL, data=orjson.dumps({"text": "\N{GRINNING FACE}" * count}), content_type="application/json")
    assert answer.status_code == (200 if count == 5_000 else 422)
