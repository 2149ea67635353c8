"""Articles into lines, lines into answers: JSON both ways, checked against the types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from typing import Any

import msgspec

from service.client.problems import Problem, Unreachable, seconds
from service.client.reports import Article, Report

JSON = "application/json"
NDJSON = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Line:
    """An article as it is sent, and the text of it, which the answer does not repeat."""

    body: bytes
    text: str


def line_of(article: Article | Mapping[str, Any] | str) -> Line:
    """Return the JSON of an article: fields that are None are left out, and a string is an article's text."""
    if isinstance(article, str):
        article = Article(article)
    fields = asdict(article) if isinstance(article, Article) else article
    sent = {name: value for name, value in fields.items() if value is not None}
    try:
        body = msgspec.json.encode(sent)
    except UnicodeEncodeError:  # half a surrogate pair, which UTF-8 has not: as an escape it travels, and the service tells whose mistake it is
        body = json.dumps(sent).encode()
    return Line(body, str(sent.get("text", "")))


def chunked(lines: Iterable[Line], most_articles: int, most_bytes: int) -> Iterator[list[Line]]:
    """Yield the lines by chunks of at most so many articles and bytes, one article being as long as it is."""
    chunk: list[Line] = []
    size = 0
    for line in lines:
        if chunk and (len(chunk) >= most_articles or size + len(line.body) > most_bytes):
            yield chunk
            chunk, size = [], 0
        chunk.append(line)
        size += len(line.body)
    if chunk:
        yield chunk


def report_in(body: bytes, line: Line) -> Report:
    """Return the report that is the answer to a line, with the text that it is about.

    Raises:
        Unreachable: it is no report; something between us and the service answered.
    """
    try:
        report = msgspec.json.decode(body, type=Report)
    except msgspec.DecodeError as error:
        raise Unreachable(f"the answer is no report: {error}") from error
    return report if report.text else replace(report, text=line.text)


def lines_in(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream; only a line feed ends one, whatever else breaks lines may stand in an article."""
    rest = b""
    for part in parts:
        *whole, rest = (rest + part).split(b"\n")
        yield from whole
    if rest:
        yield rest


def answer_in(raw: bytes, line: Line) -> Report | Problem:
    """Return what one line of a stream says: a report, or the problem with this article.

    Raises:
        Unreachable: it is neither.
    """
    try:
        told = msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise Unreachable(f"the stream is broken: {error}") from error
    if isinstance(told, dict) and "status" in told:
        return Problem(int(told["status"]), told)
    return report_in(raw, line)


def problem_in(status: int, retry_after: str | None, body: bytes) -> Problem:
    """Return the problem that a response tells; one without a body of ours, such as a proxy's, has its status's title."""
    try:
        told = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        told = {"title": HTTPStatus(status).phrase if status in set(HTTPStatus) else ""}
    return Problem(status, told, retry_after=seconds(retry_after))
