"""What the documentation shows: one article, its answer, and every problem; tests ask for each and compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask_smorest import Blueprint

from service import __version__
from service.api.encoding import dumps, loads
from service.api.problems import MEDIA_TYPE
from service.api.reports import report_json
from service.api.schemas import ProblemSchema
from service.attribution import (
    Attribution,
    Construction,
    ItemRole,
    NewsItem,
    Outlet,
    OutletEvidence,
    Report,
    Resolution,
    Span,
    Speaker,
    SpeakerMention,
    SpeakerType,
    SpeechType,
)
from service.exports import Form, Outgoing
from service.lexicon.confidence import Kind, load_confidence

_TEXT = "قال وزير الخارجية للصحفيين إن المحادثات ستستأنف غدا."
_SOURCE, _OUTLET, _MINISTER = Span(4, 17), "وكالة الأنباء", "وزير الخارجية"

ARTICLE: dict[str, Any] = {"id": "a-1", "text": _TEXT, "outlet": _OUTLET}

SAMPLE = Report(
    id="a-1",
    text=_TEXT,
    articles=(NewsItem(0, ItemRole.MAIN, Span(0, len(_TEXT)), (), None, Outlet(_OUTLET, OutletEvidence.REQUEST, None), (), None),),
    attributions=(
        Attribution(
            id=0,
            article=0,
            type=SpeechType.INDIRECT,
            construction=Construction.CLAUSE,
            rule="qala",
            cue=Span(0, 3),
            source=_SOURCE,
            content=(Span(27, 51),),
            speaker=SpeakerMention("s0", _MINISTER, SpeakerType.PERSON, None, Resolution.NAMED),
            via=(),
            outlet=_OUTLET,
            parent=None,
            confidence=load_confidence().of(Kind(nested=False, construction=Construction.CLAUSE, resolution=Resolution.NAMED, words=4)),
        ),
    ),
    speakers=(Speaker("s0", _MINISTER, SpeakerType.PERSON, (), (_SOURCE,), (0,)),),
)
REPORT = report_json(SAMPLE, {"service": __version__, "stanza": "1.15.0", "models": "news-2026.11b", "lexicon": "0123456789ab"})
REPORT_LINE = dumps(REPORT).decode() + "\n"


def export(form: Form) -> Any:
    """Return the report in another's format: an object where it is JSON, else as text."""
    written = form.write([Outgoing(SAMPLE)])
    return loads(written) if "json" in form.media_type else written.decode()


_PROBLEMS: Mapping[int, tuple[str, str]] = {
    400: ("malformed-json", "The body is not JSON in UTF-8: unexpected end of data: line 1 column 10 (char 9)"),
    401: ("api-key", "Send a valid API key as `Authorization: Bearer …` or `X-API-Key`."),
    406: ("not-acceptable", "The service answers as application/json, application/ld+json, text/csv, text/vnd.brat.standoff."),
    413: ("body-too-large", "The body is longer than 2,097,152 bytes, the limit of this service."),
    415: ("media-type", "Send application/json in UTF-8."),
    422: ("invalid-article", "The request is valid JSON, but not a valid article; `errors` says where."),
    429: ("", "60 per 1 minute"),
    500: ("fault", "A fault of the service; quote the request_id when reporting it."),
    503: ("queue-full", "The service is working to capacity; ask again in 4 s."),
}


def problem(status: int) -> dict[str, Any]:
    """Return an example of the problem with this status."""
    kind, detail = _PROBLEMS[status]
    type_ = f"urn:isnad:problem:{kind}" if kind else "about:blank"
    body = {"type": type_, "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "request_id": "4f1c9a"}
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        body["errors"] = [{"pointer": "/text", "detail": "Missing data for required field: send `text` or `html`."}]
    return body


def problems_documented(blueprint: Blueprint, problems: Mapping[int, str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Document the problems that a view can answer with: by status what each means, and an example."""

    def decorated(view: Callable[..., Any]) -> Callable[..., Any]:
        for status, description in problems.items():
            example = problem(status)
            view = blueprint.alt_response(status, schema=ProblemSchema, content_type=MEDIA_TYPE, description=description, example=example)(view)
        return view

    return decorated
