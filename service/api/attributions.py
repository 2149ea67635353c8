"""The answers: one article, a batch as JSON, a batch as a stream of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from typing import Any

from flask import Response, stream_with_context
from flask_smorest import Blueprint
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from service.api import examples, formats
from service.api.bodies import JSON, NDJSON, lines, parsed, read_body, want
from service.api.desk import Desk, the_desk
from service.api.encoding import dumps
from service.api.problems import MOST_ERRORS, Problem, invalid, problem_json, problem_of
from service.api.reports import report_json
from service.api.schemas import ReportSchema, ReportsSchema
from service.api.submissions import ArticleSchema, BatchSchema, Submission
from service.api.versions import versions
from service.settings import Settings

blueprint = Blueprint("attributions", __name__, url_prefix="/v1", description="Who said what, in which article, through which outlet.")

_NOT_ACCEPTABLE = "No format of the service's is among those that `Accept` asks for."
_PROBLEMS = {
    400: "Not JSON, or not UTF-8.",
    401: "No valid API key, where the deployment asks for one.",
    413: "Body over the limit.",
    415: "Another media type, or an encoded body.",
    422: "Valid JSON, but not a valid article; `errors` says where by JSON pointer.",
    429: "Over the rate limit of the key or address; `Retry-After` says when to ask again.",
    500: "A fault of the service; says no more than the request's id.",
    503: "No room in the queue, or no time left; `Retry-After` says when to ask again.",
}
_documented = examples.problems_documented(blueprint, _PROBLEMS)


@blueprint.route("/attributions", methods=["POST"])
@_documented
@examples.problems_documented(blueprint, {406: _NOT_ACCEPTABLE})
@blueprint.response(200, ReportSchema, description="The report; nothing to attribute is an empty list.", example=examples.REPORT)
@formats.documented(blueprint)
@blueprint.doc(requestBody={"required": True, "content": {JSON: {"schema": ArticleSchema, "example": examples.ARTICLE}}})
def extract() -> Response:
    """Answer who said what in one article or page, in the format that `Accept` asks for."""
    desk = the_desk()
    desk.admission.refuse_if_full()  # before anything is read: a refusal must cost next to nothing
    form = formats.format_asked_for()
    want(JSON)
    try:
        submission = _schema(desk.settings).load(parsed(read_body(desk.settings.max_body_bytes)))
    except ValidationError as error:
        raise invalid(error.messages_dict) from error
    formats.refuse_unless_readable(form, submission)
    with desk.turn([submission]):
        response = formats.written(form, submission, desk.report(submission)) if form else _json(_answer(desk, submission))
    response.vary.add("Accept")
    return response


@blueprint.route("/attributions/batch", methods=["POST"])
@_documented
@blueprint.response(
    200, ReportsSchema, description="One report an article, in order; NDJSON is answered line by line.", example={"reports": [examples.REPORT]}
)
@blueprint.alt_response(200, schema={"type": "string"}, content_type=NDJSON, example=examples.REPORT_LINE, success=True)
@blueprint.doc(
    requestBody={
        "required": True,
        "content": {
            JSON: {"schema": BatchSchema, "example": {"articles": [examples.ARTICLE]}},
            NDJSON: {"schema": {"type": "string"}, "example": dumps(examples.ARTICLE).decode() + "\n"},
        },
    }
)
def extract_batch() -> Response:
    """Answer several articles: all or none as JSON; as NDJSON each line for itself, a bad one by an error object."""
    desk = the_desk()
    desk.admission.refuse_if_full()
    media_type = want(JSON, NDJSON)
    body = read_body(desk.settings.max_body_bytes)
    return _lines_answered(desk, body) if media_type == NDJSON else _batch_answered(desk, parsed(body))


def _batch_answered(desk: Desk, batch: Any) -> Response:
    if not isinstance(batch, dict) or not isinstance(batch.get("articles"), list) or len(batch) > 1:
        raise invalid({"articles": ["Send an object with one field, `articles`, a list."]})
    _bound_number(desk, len(batch["articles"]))
    schema = _schema(desk.settings)
    submissions: list[Submission] = []
    errors: list[Mapping[str, str]] = []
    for index, article in enumerate(batch["articles"]):
        try:
            submissions.append(replace(schema.load(article), at=f"/articles/{index}"))
        except ValidationError as error:
            errors += invalid(error.messages_dict, f"/articles/{index}").errors
            if len(errors) >= MOST_ERRORS:
                break
    if errors:
        raise Problem(422, "invalid-article", "Some articles of the batch are not valid; `errors` says which and why.", errors=errors)
    _bound_chars(desk, submissions)
    with desk.turn(submissions):
        return _json({"reports": [_answer(desk, submission) for submission in submissions]})


def _lines_answered(desk: Desk, body: bytes) -> Response:
    """Answer line by line, in one turn: taken before the head is written, so that a full queue is a 503.

    It is given back after the last line, or when the response closes before that.
    """
    read = [_line_read(desk, line) for line in lines(body)]
    _bound_number(desk, len(read))
    submissions = [submission for submission in read if isinstance(submission, Submission)]
    _bound_chars(desk, submissions)
    turn = ExitStack()
    turn.enter_context(desk.turn(submissions))
    response = Response(stream_with_context(_stream(desk, read, turn)), mimetype=NDJSON)
    response.call_on_close(turn.close)
    return response


def _stream(desk: Desk, read: Sequence[Submission | HTTPException], turn: ExitStack) -> Iterator[bytes]:
    with turn:
        for number, submission in enumerate(read, 1):
            yield _line_answered(desk, submission, number)


def _line_read(desk: Desk, line: bytes) -> Submission | HTTPException:
    try:
        submission: Submission = _schema(desk.settings).load(parsed(line))
    except Problem as problem:
        return problem
    except ValidationError as error:
        return invalid(error.messages_dict)
    return submission


def _line_answered(desk: Desk, submission: Submission | HTTPException, number: int) -> bytes:
    if isinstance(submission, HTTPException):
        return dumps({**problem_json(submission), "line": number}) + b"\n"
    try:
        return dumps(_answer(desk, submission)) + b"\n"
    except Exception as error:  # noqa: BLE001 — the head is out: this line's 500 can only be its own, and the other lines are unharmed
        return dumps({**problem_json(problem_of(error)), "line": number, "id": submission.article.id}) + b"\n"


def _answer(desk: Desk, submission: Submission) -> dict[str, Any]:
    return report_json(desk.report(submission), versions(desk.weights), with_text=submission.html is not None)


@cache
def _schema(settings: Settings) -> ArticleSchema:
    return ArticleSchema(most_chars=settings.max_article_chars, most_html_chars=settings.max_html_chars)


def _bound_number(desk: Desk, articles: int) -> None:
    if articles > desk.settings.max_batch_articles:
        raise invalid({"articles": [f"{articles:,} articles; this service takes {desk.settings.max_batch_articles:,} at once."]})


def _bound_chars(desk: Desk, submissions: Sequence[Submission]) -> None:
    chars = sum(submission.chars for submission in submissions)
    if chars > desk.settings.max_batch_chars:
        raise invalid({"articles": [f"{chars:,} characters in all; this service takes {desk.settings.max_batch_chars:,} at once."]})


def _json(body: Any) -> Response:
    return Response(dumps(body), mimetype=JSON)
