"""W3C Web Annotation: one annotation an attribution, whose targets are its content and whose bodies say by what words, of whom, through whom.

What a body is there for stands in its `purpose`, as the data model has it; cue, source and via are terms of our own, since it has none for them.
Every stretch of text is named twice, by its words with what stands around them and by its offsets: so it is found again in a text that has moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from service import __version__
from service.attribution import Attribution, Span, SpeakerMention
from service.exports.outgoing import TERMS, Outgoing

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"isnad": TERMS}]
AROUND = 32  # code points of prefix and suffix

Json = dict[str, Any]


def written(outgoing: Sequence[Outgoing]) -> bytes:
    """Return the annotations as JSON-LD: a collection for one report, a list of collections for several."""
    collections = [collection(one) for one in outgoing]
    return orjson.dumps(collections[0] if len(collections) == 1 else collections) + b"\n"


def collection(outgoing: Outgoing) -> Json:
    """Return a report's annotations as one AnnotationCollection, its only page inside."""
    report = outgoing.report
    items = [annotation(outgoing, attribution) for attribution in report.attributions]
    page = {"id": outgoing.part("page"), "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": outgoing.iri,
        "type": "AnnotationCollection",
        "label": report.id,
        "generator": {"id": f"urn:isnad:service:{__version__}", "type": "Software", "name": f"Isnad {__version__}"},
        "total": len(items),
        **({"isnad:text": report.text} if outgoing.carries_text else {}),
        **({"first": page} if items else {}),
    }


def annotation(outgoing: Outgoing, attribution: Attribution) -> Json:
    """Return one attribution."""
    return {
        "id": outgoing.part(f"attribution-{attribution.id}"),
        "type": "Annotation",
        "motivation": ["identifying", "isnad:attributing"],
        "body": _bodies(outgoing, attribution),
        "target": [{**_stretch(outgoing, span), "source": _source(outgoing)} for span in attribution.content],
        "isnad:rule": attribution.rule,
        "isnad:confidence": attribution.confidence,
        **({"isnad:outlet": attribution.outlet} if attribution.outlet else {}),
    }


def _bodies(outgoing: Outgoing, attribution: Attribution) -> list[Json]:
    bodies: list[Json] = []
    if attribution.speaker is not None:
        bodies.append(_speaker(attribution.speaker))
    bodies += [_tag("isnad:speech", attribution.type.value), _tag("isnad:construction", attribution.construction.value)]
    for purpose, span in (("isnad:cue", attribution.cue), ("isnad:source", attribution.source)):
        if span is not None:
            bodies.append({**_stretch(outgoing, span), "purpose": purpose})
    for rank, via in enumerate(attribution.via):
        bodies.append({**_stretch(outgoing, via.span), "purpose": "isnad:via", "isnad:name": via.name, "isnad:rank": rank})
    if attribution.parent is not None:
        outer = outgoing.part(f"attribution-{attribution.parent}")
        bodies.append({"type": "SpecificResource", "purpose": "isnad:parent", "source": outer})
    return bodies


def _speaker(speaker: SpeakerMention) -> Json:
    return {
        **_words(speaker.name),
        "purpose": "identifying",
        "isnad:speaker": speaker.id,
        "isnad:speakerType": speaker.type.value,
        "isnad:resolution": speaker.resolution.value,
        **({"isnad:role": speaker.role} if speaker.role else {}),
    }


def _words(words: str) -> Json:
    return {"type": "TextualBody", "value": words, "format": "text/plain", "language": "ar", "textDirection": "rtl"}


def _tag(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": ["tagging", purpose]}


def _stretch(outgoing: Outgoing, span: Span) -> Json:
    """Return a stretch of the text by both selectors; either alone would select it."""
    text = outgoing.report.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"type": "SpecificResource", "source": outgoing.text_iri, "selector": [quote, position]}


def _source(outgoing: Outgoing) -> Json:
    """Return the text that the selectors count in; `via` is the address it was taken from."""
    origin = {"via": outgoing.address} if outgoing.address else {}
    return {"id": outgoing.text_iri, "type": "Text", "format": "text/plain", "language": "ar", "textDirection": "rtl", **origin}
