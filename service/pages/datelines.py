"""Datelines: who and where, before an article's first sentence.

السومرية نيوز – دوليات · سرايا - قال … · لندن (رويترز) - قال … · بغداد 15-7 (اف ب)- قال … · عين اليوم – الرياض
كابول 2 مايو / شينخوا / قال … · فلان – سبق – جدة: أعلن …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from service import outlets
from service.attribution import Span
from service.lexicon.furniture import load_furniture
from service.lexicon.outlets import OutletKind
from service.pages.dates import is_stamp
from service.pages.lines import BLANKS, Word, phrase, phrase_of, trimmed, words_of

_LEXICON = load_furniture()
_REACH = 110  # characters a dateline may take
_LONGEST_SEGMENT = 5  # words
_MAX_SEGMENTS = 6
_DELIMITER = re.compile(r"[-–—―‒:：/()\[\]|\n]|ـ+(?!\w)|(?<!\w)ـ+|\.(?=\s)")
_SPECIAL = "خاص"
_REPRINT = re.compile(r"نشر في (\S[^\n\d]{1,30}) يوم \d{1,2} ?[-/] ?\d{1,2} ?[-/] ?\d{4}")  # how archives head what they reprint
_DASHES = "-–—―‒ـ"
_SPEAKING = (":", ".")
_QUOTES = '«"“”('
_BRACKETS, _CLOSING_BRACKETS = ("(", "["), (")", "]")


_PLACES, _DESKS, _WIRES = (frozenset(map(phrase_of, names)) for names in (_LEXICON.places, _LEXICON.desks, _LEXICON.wires))
_OPENERS = frozenset(map(phrase_of, _LEXICON.openers))


class _Kind(Enum):
    OUTLET = auto()
    WIRE = auto()
    PLACE = auto()
    DATE = auto()
    DESK = auto()
    OTHER = auto()  # a writer, a town we do not know
    EMPTY = auto()
    SENTENCE = auto()


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's extent and the parties it names, in order; `whole` if its line holds nothing else."""

    span: Span
    parties: tuple[Span, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: _Kind
    span: Span
    mark: str  # the delimiter after it
    end: int  # after that delimiter


def dateline_at(text: str, line: Span) -> Dateline | None:
    """Return the dateline a line opens with; None without evidence: a medium or agency, or a place or date and a dash."""
    reprint = _REPRINT.search(text, line.start, min(line.end, line.start + _REACH))
    if reprint and reprint.end() == line.end:
        return Dateline(line, (Span(*reprint.span(1)),), whole=True)
    segments = list(_segments(text, line))
    evident = [at for at, segment in enumerate(segments) if segment.kind in (_Kind.OUTLET, _Kind.WIRE, _Kind.PLACE, _Kind.DATE, _Kind.DESK)]
    if not evident or not _is_evidence(text, segments, evident, line):
        return None
    last = _last(segments, evident[-1])
    end = segments[last].end
    while end < line.end and text[end] in BLANKS + _DASHES + ":/)]|":
        end += 1
    parties = tuple(segment.span for segment in segments[: last + 1] if segment.kind in (_Kind.OUTLET, _Kind.WIRE))
    return Dateline(Span(line.start, end), parties, end >= line.end)


def _is_evidence(text: str, segments: list[_Segment], evident: list[int], line: Span) -> bool:
    """A medium proves a dateline unless it opens a colon or sentence of its own (أكسيوس: …, it speaks), or its name is a mere word (المنتخب - …).

    A place proves one only before a dash or bracket.
    """
    for at in evident:
        segment = segments[at]
        speaks = at == 0 and segment.mark in _SPEAKING and segment.end < line.end
        sure = segment.kind is _Kind.WIRE or len(evident) > 1 or _is_sure(text, segment, line)
        if segment.kind in (_Kind.OUTLET, _Kind.WIRE) and sure and not speaks:
            return True
    first = segments[0]
    return first.kind is _Kind.PLACE and first.mark != "" and first.mark in _DASHES + "(/"


def _is_sure(text: str, segment: _Segment, line: Span) -> bool:
    """Tell whether a name alone makes a dateline: no common word, an agency's, in marks, or all of the line."""
    entry = outlets.known(segment.span.of(text))
    if entry and (entry.kind is OutletKind.AGENCY or outlets.is_medium(segment.span.of(text))):
        return True
    quoted = segment.span.start > 0 and text[segment.span.start - 1] in _QUOTES
    return quoted or trimmed(text, line, also="()") == segment.span


def _last(segments: list[_Segment], at: int) -> int:
    """Take in a bracket begun, and one unknown segment that a colon or the line's end closes: `رام الله (البيرة) -`, `سبق – بلدة كذا: …`."""
    following = segments[at + 1] if at + 1 < len(segments) else None
    if not following or following.kind is not _Kind.OTHER:
        return at
    bracketed = segments[at].mark in _BRACKETS and following.mark in _CLOSING_BRACKETS
    return at + 1 if bracketed or following.mark in ("", ":") else at


def _segments(text: str, line: Span) -> Iterator[_Segment]:
    """Yield what stands between delimiters, up to the first stretch that is a sentence."""
    start, reach = line.start, min(line.end, line.start + _REACH)
    for _ in range(_MAX_SEGMENTS):
        mark = _next_mark(text, start, reach)
        end = mark.start() if mark else line.end
        if not mark and line.end > reach:
            return
        span = trimmed(text, Span(start, end), also='*«»"“”،,.')
        kind, party = _read(text, span)
        if kind is _Kind.SENTENCE:
            return
        if kind is not _Kind.EMPTY:
            yield _Segment(kind, party, mark.group() if mark else "", mark.end() if mark else line.end)
        if not mark:
            return
        start = mark.end()


def _next_mark(text: str, start: int, reach: int) -> re.Match[str] | None:
    """Return the next delimiter that does not stand between figures: 15-7 and 09: 37 are one."""
    for mark in _DELIMITER.finditer(text, start, reach):
        before, after = text[start : mark.start()].rstrip(), text[mark.end() : mark.end() + 2].lstrip()
        if not (before[-1:].isdecimal() and after[:1].isdecimal()):
            return mark
    return None


def _read(text: str, span: Span) -> tuple[_Kind, Span]:
    """Tell what a segment is, and where in it the party stands: `القدس خاص من …`, `10 آب 2015 م واس`."""
    words = words_of(text, span.start, span.end)
    if not words:
        return _Kind.EMPTY, span
    kind = _named(text, words, span)
    if kind:
        return kind, span
    if is_stamp(words):
        return _Kind.DATE, span
    if words[0].key in _OPENERS:
        return _Kind.SENTENCE, span
    place = next((width for width in (3, 2, 1) if phrase(words[:width]) in _PLACES), 0)
    party = _party_beside(text, words, place)
    if party:
        return _Kind.OUTLET, party
    if place and is_stamp(words[place:]):
        return _Kind.PLACE, span
    return (_Kind.OTHER if len(words) <= _LONGEST_SEGMENT else _Kind.SENTENCE), span


def _named(text: str, words: Sequence[Word], span: Span) -> _Kind | None:
    said = phrase(words)
    for kind, names in ((_Kind.PLACE, _PLACES), (_Kind.DESK, _DESKS), (_Kind.WIRE, _WIRES)):
        if said in names:
            return kind
    return _Kind.OUTLET if outlets.known(span.of(text)) else None


def _party_beside(text: str, words: Sequence[Word], place: int) -> Span | None:
    """Return a medium that shares its segment with a place and a date before it, or with خاص after it."""
    dated = next((at for at in range(len(words) - 1, place, -1) if is_stamp(words[place:at])), 0)
    special = next((at for at, word in enumerate(words[:4]) if word.key == _SPECIAL), 0)
    for part in (words[dated:] if dated else [], words[:special]):
        if part and outlets.known(text[part[0].span.start : part[-1].span.end]):
            return Span(part[0].span.start, part[-1].span.end)
    return None
