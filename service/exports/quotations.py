"""schema.org: every content a Quotation, spoken by a Person or an Organization, part of a NewsArticle that somebody published.

What came through a medium `isBasedOn` that medium's work, which in turn may be based on another's. Indirect speech is a Quotation too, there
being no other type for it: `isnad:speech` says which, beside the offsets, for which schema.org has no property either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from service.attribution import Attribution, NewsItem, Span, Speaker, SpeakerType, Via, joined
from service.exports.outgoing import TERMS, Outgoing

CONTEXT = ["https://schema.org", {"isnad": TERMS}]
_PERSONS = frozenset({SpeakerType.PERSON, SpeakerType.ANONYMOUS})

Json = dict[str, Any]


def written(outgoing: Sequence[Outgoing]) -> bytes:
    """Return the quotations as JSON-LD: a graph for one report, a list of graphs for several."""
    graphs = [{"@context": CONTEXT, "@graph": graph(one)} for one in outgoing]
    return orjson.dumps(graphs[0] if len(graphs) == 1 else graphs) + b"\n"


def graph(outgoing: Outgoing) -> list[Json]:
    """Return a report's articles, speakers and quotations, which refer to each other by `@id`."""
    report = outgoing.report
    articles = [_article(outgoing, item) for item in report.articles]
    speakers = [_speaker(outgoing, speaker) for speaker in report.speakers]
    return [*articles, *speakers, *(_quotation(outgoing, attribution) for attribution in report.attributions)]


def _article(outgoing: Outgoing, item: NewsItem) -> Json:
    found = {
        "headline": item.title and item.title.text,
        "publisher": item.outlet and _medium(item.outlet.name),
        "datePublished": item.published_at,
        "creditText": "، ".join(item.credits) or None,
        "url": outgoing.address,
        "articleBody": item.span.of(outgoing.report.text) if outgoing.carries_text else None,
    }
    named = {"@type": "NewsArticle", "@id": outgoing.part(f"article-{item.index}"), "inLanguage": "ar"}
    return {**named, **{name: value for name, value in found.items() if value}, "isnad:span": _span(item.span)}


def _speaker(outgoing: Outgoing, speaker: Speaker) -> Json:
    """Return a speaker; an organisation has no job title, so that what is said of it is a description."""
    is_person = speaker.type in _PERSONS
    roles = {"jobTitle" if is_person else "description": list(speaker.roles)} if speaker.roles else {}
    return {
        "@type": "Person" if is_person else "Organization",
        "@id": outgoing.part(f"speaker-{speaker.id}"),
        "name": speaker.name,
        **roles,
        "isnad:speakerType": speaker.type.value,
    }


def _quotation(outgoing: Outgoing, attribution: Attribution) -> Json:
    speaker, within = attribution.speaker, [f"article-{attribution.article}"]
    if attribution.parent is not None:
        within.append(f"attribution-{attribution.parent}")
    return {
        "@type": "Quotation",
        "@id": outgoing.part(f"attribution-{attribution.id}"),
        "text": joined(outgoing.report.text, attribution.content),
        "inLanguage": "ar",
        **({"spokenByCharacter": {"@id": outgoing.part(f"speaker-{speaker.id}")}} if speaker else {}),
        "isPartOf": [{"@id": outgoing.part(name)} for name in within],
        **({"isBasedOn": _chain(attribution.via)} if attribution.via else {}),
        "isnad:speech": attribution.type.value,
        "isnad:construction": attribution.construction.value,
        "isnad:rule": attribution.rule,
        "isnad:confidence": attribution.confidence,
        **({"isnad:cue": _span(attribution.cue)} if attribution.cue else {}),
        **({"isnad:source": _span(attribution.source)} if attribution.source else {}),
        "isnad:content": [_span(span) for span in attribution.content],
    }


def _chain(vias: Sequence[Via]) -> Json:
    """Return the work of the first medium, based on the work of the next: the nearest to the reader is outermost."""
    first, *further = vias
    work = {"@type": "CreativeWork", "publisher": _medium(first.name), "isnad:via": _span(first.span)}
    return {**work, "isBasedOn": _chain(further)} if further else work


def _medium(name: str) -> Json:
    return {"@type": "NewsMediaOrganization", "name": name}


def _span(span: Span) -> Json:
    return {"isnad:start": span.start, "isnad:end": span.end}
