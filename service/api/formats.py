"""Which format a client gets its report in: the best of what `Accept` asks for, as far as the service has it (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_options_header

from service.api import examples
from service.api.bodies import JSON
from service.api.problems import Problem, invalid
from service.api.submissions import Submission
from service.attribution import Report
from service.exports import FORMS, Form, Outgoing

LD_JSON = "application/ld+json"
PROFILES = {
    "http://www.w3.org/ns/anno.jsonld": "webanno",
    "https://www.w3.org/ns/anno.jsonld": "webanno",
    "https://schema.org": "schema",
    "https://schema.org/": "schema",
    "http://schema.org": "schema",
    "http://schema.org/": "schema",
}
"""Of linked data, which: the IRIs that its `profile` may have."""
OFFERED: Mapping[str, Form | None] = {
    JSON: None,
    LD_JSON: FORMS["webanno"],
    f"{LD_JSON};profile=webanno": FORMS["webanno"],
    f"{LD_JSON};profile=schema": FORMS["schema"],
    "text/csv": FORMS["csv"],
    "text/vnd.brat.standoff": FORMS["brat"],
}
"""The formats by media type, the first that of a client to whom all are the same; the report as JSON is no form of another's."""
_NAMES = tuple(dict.fromkeys((JSON, *(form.media_type for form in OFFERED.values() if form))))


def format_asked_for() -> Form | None:
    """Return the format that the request at hand is to be answered in, None for the report as JSON.

    Raises:
        Problem: 406, it takes none that the service has.
    """
    accepted = request.accept_mimetypes
    if not accepted:
        return None
    ranges = MIMEAccept([(_without_trifles(media_range), quality) for media_range, quality in accepted])
    best = ranges.best_match(OFFERED)
    if best is None:
        detail = f"The service answers as {', '.join(_NAMES)}."
        raise Problem(HTTPStatus.NOT_ACCEPTABLE, "not-acceptable", detail, headers={"Vary": "Accept"})
    return OFFERED[best]


def refuse_unless_readable(form: Form | None, submission: Submission) -> None:
    """Refuse standoff beside a text that the client does not have.

    Raises:
        Problem: 422, standoff asked for with HTML.
    """
    if form is FORMS["brat"] and submission.html is not None:
        raise invalid({"html": ["Standoff lies beside a text, and does not bring along the one in this HTML; send `text`, or ask for JSON."]})


def written(form: Form, submission: Submission, report: Report) -> Response:
    """Return the report in a format of another's."""
    outgoing = Outgoing(report, submission.article.url, carries_text=submission.html is not None)
    return Response(form.write([outgoing]), content_type=form.media_type)


def documented(blueprint: Blueprint) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Document the formats as answers of a view, each with an example."""

    def decorated(view: Callable[..., Any]) -> Callable[..., Any]:
        for form in reversed(dict.fromkeys(form for form in OFFERED.values() if form)):  # the last to decorate is the first to be shown
            schema = {"type": "object" if form.media_type.startswith(LD_JSON) else "string"}
            example = examples.export(form)
            view = blueprint.alt_response(200, schema=schema, content_type=form.media_type, example=example, success=True)(view)
        return view

    return decorated


def _without_trifles(media_range: str) -> str:
    """Return a media range without the parameters that tell no format of ours from another: all but the profile of linked data."""
    media_type, parameters = parse_options_header(media_range)
    if media_type.lower() != LD_JSON or "profile" not in parameters:
        return media_type
    known = [PROFILES[iri] for iri in parameters["profile"].split() if iri in PROFILES]
    return f"{LD_JSON};profile={known[0] if known else 'unknown'}"
