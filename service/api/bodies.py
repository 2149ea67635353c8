"""Request bodies: read to their end or refused, never cut short; JSON and NDJSON taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import request
from werkzeug.exceptions import HTTPException

from service.api.encoding import loads
from service.api.problems import Problem

JSON = "application/json"
NDJSON = "application/x-ndjson"


def read_body(most_bytes: int) -> bytes:
    """Return the body of the request at hand.

    A chunked body has no length to go by, and Werkzeug cuts one off at its own limit without a word; so one byte more than is
    allowed is asked for, and a body that has it is refused.

    Raises:
        Problem: 400 shorter than it said or not chunked as it should be, 413 longer than `most_bytes`, 415 encoded.
    """
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding != "identity":
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content-encoding", "Send the body as it is, without Content-Encoding.")
    if request.content_length is not None and request.content_length > most_bytes:
        raise _too_large(most_bytes)
    body = bytearray()
    while part := _part(most_bytes + 1 - len(body)):
        body += part
        if len(body) > most_bytes:
            raise _too_large(most_bytes)
    if request.content_length is not None and len(body) < request.content_length:
        raise Problem(HTTPStatus.BAD_REQUEST, "body-cut-short", "The body is shorter than its Content-Length.")
    return bytes(body)


def _part(most_bytes: int) -> bytes:
    try:
        return request.stream.read(most_bytes)
    except HTTPException:
        raise
    except Exception as error:  # each server has its own for chunks that are none; whatever it is, the client sent it
        raise Problem(HTTPStatus.BAD_REQUEST, "body-broken", "The body cannot be read to its end.") from error


def parsed(body: bytes) -> Any:
    """Return what a JSON body holds.

    Raises:
        Problem: 400, with orjson's word on where it stops being JSON, which quotes nothing.
    """
    try:
        return loads(body)
    except ValueError as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "malformed-json", f"The body is not JSON in UTF-8: {error}") from error


def want(*media_types: str) -> str:
    """Return the media type of the request at hand.

    Raises:
        Problem: 415, when it is none of `media_types`.
    """
    if request.mimetype not in media_types:
        detail = f"Send {' or '.join(media_types[:2])} in UTF-8."
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", detail, headers={"Accept": ", ".join(media_types)})
    return request.mimetype


def lines(body: bytes) -> Iterator[bytes]:
    """Yield the lines of an NDJSON body that hold something; CRLF and a missing last line end are as good."""
    return (line for line in (line.strip(b" \t\r") for line in body.split(b"\n")) if line)


def _too_large(most_bytes: int) -> Problem:
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", f"The body is longer than {most_bytes:,} bytes, the limit of this service.")
