"""One page of HTML to keep, send or print: the text from right to left with its attributions marked, and a table of them.

No script, nothing fetched; what was written by others is text in it and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from service import __version__
from service.attribution import Attribution, Report, Span
from service.exports.outgoing import Outgoing

LABELS = {
    "direct": "مباشر",
    "indirect": "غير مباشر",
    "mixed": "مختلط",
    "clause": "قال إن…",
    "colon": "قال: …",
    "relay": "نقل عن…",
    "according_to": "وفقا لـ…",
    "circumstantial": "مشيرا إلى…",
    "nominal": "قوله إن…",
    "uncued": "بلا عبارة",
}
_ENTITIES = str.maketrans({"\r": "&#13;", "\0": "\N{REPLACEMENT CHARACTER}"})
"""What HTML would change by itself: it reads a carriage return as a line feed, and knows no NUL."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text under the same marks: the kinds of them, how deep the contents lie, and the attributions that open here."""

    span: Span
    kinds: tuple[str, ...]
    depth: int
    opening: tuple[int, ...]


def written(outgoing: Sequence[Outgoing]) -> bytes:
    """Return the page."""
    reports = [one.report for one in outgoing]
    return _template().render(reports=reports, segments=segments, words=words, labels=LABELS, version=__version__).encode()


def words(text: str, span: Span) -> str:
    """Return the words of a span as markup, escaped so that they come out of a browser as they went in."""
    return Markup(str(escape(span.of(text))).translate(_ENTITIES))  # noqa: S704 — escaped in this line


def segments(report: Report) -> Iterator[Segment]:
    """Yield the text cut wherever a mark begins or ends; marks may overlap in any way, and every character comes once."""
    marks = [mark for attribution in report.attributions for mark in _marks(attribution)]
    opening: dict[int, list[int]] = {}
    for attribution in report.attributions:
        opening.setdefault(attribution.content[0].start, []).append(attribution.id)
    changes = sorted([(span.start, 1, kind) for span, kind in marks] + [(span.end, -1, kind) for span, kind in marks])
    active, at = dict.fromkeys(("content", "cue", "source", "via"), 0), 0
    for place, change, kind in [*changes, (len(report.text), 0, "content")]:
        if place > at:
            yield Segment(Span(at, place), tuple(name for name, number in active.items() if number), active["content"], tuple(opening.get(at, ())))
            at = place
        active[kind] += change


def _marks(attribution: Attribution) -> Iterator[tuple[Span, str]]:
    yield from ((span, "content") for span in attribution.content)
    if attribution.cue is not None:
        yield attribution.cue, "cue"
    if attribution.source is not None:
        yield attribution.source, "source"
    yield from ((via.span, "via") for via in attribution.via)


@cache
def _template() -> Template:
    loader = PackageLoader("service.exports")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).get_template("report.html")
