"""Datelines: who and where, before an article's first sentence.

السومرية نيوز – دوليات · سرايا - قال … · لندن (رويترز) - قال … · بغداد 15-7 (اف ب)- قال … · عين اليوم – الرياض
كابول 2 مايو / شينخوا / قال … · فلان – سبق – جدة: أعلن …
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service import outlets
from service.attribution import Span
from service.lexicon.outlets import OutletKind
from service.pages.lines import BLANKS, trimmed
from service.pages.segments import REACH, Kind, Segment, segments_of

_REPRINT = re.compile(r"نشر في (\S[^\n\d]{1,30}) يوم \d{1,2} ?[-/] ?\d{1,2} ?[-/] ?\d{4}")  # how archives head what they reprint
_DASHES = "-–—―‒ـ"
_SPEAKING = (":", ".")
_QUOTES = '«"“”('
_BRACKETS, _CLOSING_BRACKETS = ("(", "["), (")", "]")
_PARTIES = (Kind.OUTLET, Kind.WIRE)
_EVIDENT = (*_PARTIES, Kind.PLACE, Kind.DATE, Kind.DESK)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's extent and the parties it names, in order; `whole` if its line holds nothing else."""

    span: Span
    parties: tuple[Span, ...]
    whole: bool


def dateline_at(text: str, line: Span) -> Dateline | None:
    """Return the dateline a line opens with; None without evidence: a medium or agency, or a place or date and a dash."""
    reprint = _REPRINT.search(text, line.start, min(line.end, line.start + REACH))
    if reprint and reprint.end() == line.end:
        return Dateline(line, (Span(*reprint.span(1)),), whole=True)
    segments = list(segments_of(text, line))
    evident = [at for at, segment in enumerate(segments) if segment.kind in _EVIDENT]
    if not evident or not _is_evidence(text, segments, evident, line):
        return None
    last = _last(segments, evident[-1])
    end = segments[last].end
    while end < line.end and text[end] in BLANKS + _DASHES + ":/)]|":
        end += 1
    parties = tuple(segment.span for segment in segments[: last + 1] if segment.kind in _PARTIES)
    return Dateline(Span(line.start, end), parties, end >= line.end)


def _is_evidence(text: str, segments: Sequence[Segment], evident: Sequence[int], line: Span) -> bool:
    """A medium proves a dateline unless it opens a colon or sentence of its own (أكسيوس: …, it speaks), or its name is a mere word (المنتخب - …).

    A place proves one only before a dash or bracket.
    """
    for at in evident:
        segment = segments[at]
        speaks = at == 0 and segment.mark in _SPEAKING and segment.end < line.end
        sure = segment.kind is Kind.WIRE or len(evident) > 1 or _is_sure(text, segment, line)
        if segment.kind in _PARTIES and sure and not speaks:
            return True
    first = segments[0]
    return first.kind is Kind.PLACE and (first.mark in (*_DASHES, "/") or (first.mark in _BRACKETS and _dash_follows(text, segments)))


def _dash_follows(text: str, segments: Sequence[Segment]) -> bool:
    """Tell whether a dash follows the bracket behind a place: `رام الله (البيرة) - قال`, not `غزة (القطاع كله) تشهد`."""
    return (
        len(segments) > 1
        and segments[1].mark in _CLOSING_BRACKETS
        and text[segments[1].end : segments[1].end + 3].lstrip(BLANKS)[:1] in (*_DASHES, ":")
    )


def _is_sure(text: str, segment: Segment, line: Span) -> bool:
    """Tell whether a name alone makes a dateline: no common word, an agency's, in marks, or all of the line."""
    entry = outlets.known(segment.span.of(text))
    if entry and (entry.kind is OutletKind.AGENCY or outlets.is_medium(segment.span.of(text))):
        return True
    quoted = segment.span.start > 0 and text[segment.span.start - 1] in _QUOTES
    return quoted or trimmed(text, line, also="()") == segment.span


def _last(segments: Sequence[Segment], at: int) -> int:
    """Take in a bracket begun, and one unknown segment that a colon or the line's end closes: `رام الله (البيرة) -`, `سبق – بلدة كذا: …`."""
    following = segments[at + 1] if at + 1 < len(segments) else None
    if not following or following.kind is not Kind.OTHER:
        return at
    bracketed = segments[at].mark in _BRACKETS and following.mark in _CLOSING_BRACKETS
    return at + 1 if bracketed or following.mark in ("", ":") else at
