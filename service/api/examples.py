"""One article and its answer, for the documentation; a test sends the one and compares the other's shape."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from service import __version__
from service.api.encoding import dumps, loads
from service.api.reports import report_json
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
REPORT = report_json(SAMPLE, {"service": __version__, "stanza": "1.15.0", "models": "news-2026.11", "lexicon": "0123456789ab"})
REPORT_LINE = dumps(REPORT).decode() + "\n"


def export(form: Form) -> Any:
    """Return the report in another's format: an object where it is JSON, else as text."""
    written = form.write([Outgoing(SAMPLE)])
    return loads(written) if "json" in form.media_type else written.decode()


def problem(status: int) -> dict[str, Any]:
    """Return an example of the problem with this status."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": "…", "request_id": "4f1c9a"}
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        body |= {"type": "urn:isnad:problem:invalid-article", "errors": [{"pointer": "/text", "detail": "Missing data for required field."}]}
    return body
