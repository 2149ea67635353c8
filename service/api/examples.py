"""One article and its answer, for the documentation; a test sends the one and compares the other's shape."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from service.api.encoding import dumps

_TEXT = "قال وزير الخارجية للصحفيين إن المحادثات ستستأنف غدا."
_SOURCE = {"text": "وزير الخارجية", "start": 4, "end": 17}
_CONTENT = {"text": "إن المحادثات ستستأنف غدا", "start": 27, "end": 51}

ARTICLE: dict[str, Any] = {"id": "a-1", "text": _TEXT, "outlet": "وكالة الأنباء"}

REPORT: dict[str, Any] = {
    "id": "a-1",
    "articles": [
        {
            "index": 0,
            "role": "main",
            "start": 0,
            "end": len(_TEXT),
            "title": None,
            "outlet": {"name": "وكالة الأنباء", "evidence": "request"},
            "credits": [],
            "published_at": None,
        }
    ],
    "attributions": [
        {
            "id": 0,
            "article": 0,
            "type": "indirect",
            "construction": "clause",
            "rule": "qala",
            "cue": {"text": "قال", "start": 0, "end": 3},
            "source": _SOURCE,
            "content": {"text": _CONTENT["text"], "spans": [_CONTENT]},
            "speaker": {"id": "s0", "name": "وزير الخارجية", "type": "OTHER", "role": "وزير الخارجية", "resolution": "role"},
            "via": [],
            "outlet": "وكالة الأنباء",
            "parent": None,
            "confidence": 0.94,
        }
    ],
    "speakers": [
        {"id": "s0", "name": "وزير الخارجية", "type": "OTHER", "roles": ["وزير الخارجية"], "mentions": [_SOURCE], "attributions": [0]},
    ],
    "versions": {"service": "1.0.0", "stanza": "1.15.0", "models": "news-2026.11", "lexicon": "0123456789ab"},
}

REPORT_LINE = dumps(REPORT).decode() + "\n"


def problem(status: int) -> dict[str, Any]:
    """Return an example of the problem with this status."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": "…", "request_id": "4f1c9a"}
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        body |= {"type": "urn:isnad:problem:invalid-article", "errors": [{"pointer": "/text", "detail": "Missing data for required field."}]}
    return body
