"""Cut the beginning of a line at its dashes, brackets and slashes, and tell what each segment is: a medium, a place, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from service import outlets
from service.attribution import Span
from service.lexicon.furniture import load_furniture
from service.pages.dates import is_stamp
from service.pages.lines import Word, phrase, phrase_of, trimmed, words_of

_LEXICON = load_furniture()
REACH = 110  # characters a dateline may take
_LONGEST_SEGMENT = 5  # words
_MAX_SEGMENTS = 6
_DELIMITER = re.compile(r"[-–—―‒:：/()\[\]|\n]|ـ+(?!\w)|(?<!\w)ـ+|\.(?=\s)")
_TOWN_WORDS = 2  # of a town we do not know
_SPECIAL = "خاص"
_PLACES, _DESKS, _WIRES = (frozenset(map(phrase_of, names)) for names in (_LEXICON.places, _LEXICON.desks, _LEXICON.wires))
_OPENERS = frozenset(map(phrase_of, _LEXICON.openers))


class Kind(Enum):
    """What a segment is."""

    OUTLET = auto()
    WIRE = auto()
    PLACE = auto()
    DATE = auto()
    DESK = auto()
    OTHER = auto()  # a writer, a town we do not know
    EMPTY = auto()
    SENTENCE = auto()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between delimiters; of a medium that shares it with a date, the medium's part."""

    kind: Kind
    span: Span
    mark: str  # the delimiter after it
    end: int  # after that delimiter


def segments_of(text: str, line: Span) -> Iterator[Segment]:
    """Yield what stands between delimiters, up to the first stretch that is a sentence."""
    start, reach = line.start, min(line.end, line.start + REACH)
    for _ in range(_MAX_SEGMENTS):
        mark = _next_mark(text, start, reach)
        end = mark.start() if mark else line.end
        if not mark and line.end > reach:
            return
        span = trimmed(text, Span(start, end), also='*«»"“”،,.')
        kind, party = _read(text, span)
        if kind is Kind.SENTENCE:
            return
        if kind is not Kind.EMPTY:
            yield Segment(kind, party, mark.group() if mark else "", mark.end() if mark else line.end)
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


def _read(text: str, span: Span) -> tuple[Kind, Span]:
    """Tell what a segment is, and where in it the party stands: `القدس خاص من …`, `10 آب 2015 م واس`."""
    words = words_of(text, span.start, span.end)
    if not words:
        return Kind.EMPTY, span
    kind = _named(text, words, span)
    if kind:
        return kind, span
    if is_stamp(words):
        return Kind.DATE, span
    if words[0].key in _OPENERS:
        return Kind.SENTENCE, span
    place = next((width for width in (3, 2, 1) if phrase(words[:width]) in _PLACES), 0)
    party = _party_beside(text, words, place)
    if party:
        return Kind.OUTLET, party
    if place and is_stamp(words[place:]):
        return Kind.PLACE, span
    return (Kind.OTHER if len(words) <= _LONGEST_SEGMENT else Kind.SENTENCE), span


def _named(text: str, words: Sequence[Word], span: Span) -> Kind | None:
    said = phrase(words)
    for kind, names in ((Kind.PLACE, _PLACES), (Kind.DESK, _DESKS), (Kind.WIRE, _WIRES)):
        if said in names:
            return kind
    return Kind.OUTLET if outlets.known(span.of(text)) else None


def _party_beside(text: str, words: Sequence[Word], place: int) -> Span | None:
    """Return a medium that shares its segment with a place and a date before it, or with خاص after it."""
    towns = (place,) if place else range(_TOWN_WORDS + 1)
    dated = next((at for at in range(len(words) - 1, place, -1) if any(is_stamp(words[town:at]) for town in towns if town < at)), 0)
    special = next((at for at, word in enumerate(words[:4]) if word.key == _SPECIAL), 0)
    for part in (words[dated:] if dated else [], words[:special]):
        if part and outlets.known(text[part[0].span.start : part[-1].span.end]):
            return Span(part[0].span.start, part[-1].span.end)
    return None
