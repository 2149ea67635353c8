"""A report as JSON: the nouns' fields under the contract's names, and beside every pair of offsets the text it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.attribution import Attribution, NewsItem, Outlet, Report, Span, Speaker, SpeakerMention, Title, Via, joined

Json = dict[str, Any]


def report_json(report: Report, versions: Mapping[str, str], *, with_text: bool = False) -> Json:
    """Return the contract's report; `with_text` where the client sent HTML and has not seen the text that the offsets point into."""
    return {
        "id": report.id,
        **({"text": report.text} if with_text else {}),
        "articles": [_item(item) for item in report.articles],
        "attributions": [_attribution(attribution, report.text) for attribution in report.attributions],
        "speakers": [_speaker(speaker, report.text) for speaker in report.speakers],
        "versions": dict(versions),
    }


def _item(item: NewsItem) -> Json:
    return {
        "index": item.index,
        "role": item.role.value,
        "start": item.span.start,
        "end": item.span.end,
        "title": item.title and _title(item.title),
        "outlet": item.outlet and _outlet(item.outlet),
        "credits": list(item.credits),
        "published_at": item.published_at,
    }


def _title(title: Title) -> Json:
    return {"text": title.text, **_offsets(title.span)}


def _outlet(outlet: Outlet) -> Json:
    return {"name": outlet.name, "evidence": outlet.evidence.value, **_offsets(outlet.span)}


def _attribution(attribution: Attribution, text: str) -> Json:
    return {
        "id": attribution.id,
        "article": attribution.article,
        "type": attribution.type.value,
        "construction": attribution.construction.value,
        "rule": attribution.rule,
        "cue": _span_if_any(attribution.cue, text),
        "source": _span_if_any(attribution.source, text),
        "content": {"text": joined(text, attribution.content), "spans": [_span(span, text) for span in attribution.content]},
        "speaker": attribution.speaker and _mention(attribution.speaker),
        "via": [_via(via, text) for via in attribution.via],
        "outlet": attribution.outlet,
        "parent": attribution.parent,
        "confidence": attribution.confidence,
    }


def _mention(speaker: SpeakerMention) -> Json:
    return {"id": speaker.id, "name": speaker.name, "type": speaker.type.value, "role": speaker.role, "resolution": speaker.resolution.value}


def _via(via: Via, text: str) -> Json:
    return {"name": via.name, **_span(via.span, text)}


def _speaker(speaker: Speaker, text: str) -> Json:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "type": speaker.type.value,
        "roles": list(speaker.roles),
        "mentions": [_span(span, text) for span in speaker.mentions],
        "attributions": list(speaker.attributions),
    }


def _span(span: Span, text: str) -> Json:
    return {"text": span.of(text), **_offsets(span)}


def _span_if_any(span: Span | None, text: str) -> Json | None:
    return None if span is None else _span(span, text)


def _offsets(span: Span | None) -> Json:
    return {} if span is None else {"start": span.start, "end": span.end}
