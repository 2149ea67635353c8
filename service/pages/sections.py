"""Part a page's lines into news items: which lines are whose, and which are furniture.

A reader's rule of thumb, as a machine of modes: an item's lines are read until a label says what follows. After a list's
label come headlines; after إقرأ أيضا headlines or a second article; after comments and rights nothing of the item.
An item is *closed* by its credit line or its keywords: only an unclosed one may go on behind a box of headlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from service.attribution import ItemRole, Span
from service.lexicon.furniture import Effect, Position
from service.pages.continuity import goes_on, heads, place_of
from service.pages.dates import is_stamp
from service.pages.furniture import Furniture, recognised, tail
from service.pages.lines import Line, trimmed
from service.pages.pieces import Part, Piece, Section

_EMBEDDED = re.compile(r"[-–—].{1,150}\(@\w+\)|[^\s@]+@[\w.-]+$|https?:\S+$")  # who posted a message (— فلان (@name) March 15); a bare address
_LONGEST_PARTY_LINE = 6  # words, of a line of parties under a bare المصدر
_FEW = 3  # lines between a label and running text that are its heading, not a list
_MENU, _LONGEST_LINK = 4, 3  # so many lines of so few words at the top are a menu
_AHEAD = 4  # lines looked at to tell whether an article goes on


class _Mode(Enum):
    BODY = auto()
    TOP = auto()  # behind a list's label above the text: a menu, other headlines
    CLOSED = auto()  # behind a credit line or keywords
    BOX = auto()
    LIST = auto()
    RELATED = auto()
    END = auto()


_AFTER = {Effect.RELATED: _Mode.RELATED, Effect.BOX: _Mode.BOX, Effect.LIST: _Mode.LIST, Effect.END: _Mode.END}
_IN_ITEM = (_Mode.BODY, _Mode.TOP, _Mode.CLOSED)


@dataclass
class _Reader:
    """The machine: what it has read, and in which mode it is."""

    text: str
    lines: Sequence[Line]
    sections: list[tuple[ItemRole, list[Piece]]] = field(default_factory=lambda: [(ItemRole.MAIN, [])])
    mode: _Mode = _Mode.BODY
    closed: bool = False
    has_text: bool = False  # the item at hand has running text
    pending: list[Line] = field(default_factory=list)  # headlines read behind إقرأ أيضا
    passed_over: bool = False  # a teaser has been read in the list at hand
    awaits_party: bool = False
    stray: list[Span] = field(default_factory=list)  # dates outside every item

    @property
    def pieces(self) -> list[Piece]:
        return self.sections[-1][1]

    def add(self, part: Part, span: Span, line: Line, furniture: Furniture | None = None) -> None:
        self.pieces.append(Piece(part, span, line, furniture))
        self.has_text = self.has_text or (part is Part.TEXT and line.is_running)


def sections_of(text: str, lines: Sequence[Line], title: str | None = None) -> tuple[tuple[Section, ...], tuple[Span, ...]]:
    """Return the page's items in order, and the dates that stand outside them; what precedes the client's `title` is none of the text."""
    headline = place_of(title, lines) if title else 0
    reader = _Reader(text, lines)
    if headline or (len(lines) > _MENU and all(line.length <= _LONGEST_LINK for line in lines[:_MENU])):
        reader.mode = _Mode.TOP
    for at, line in enumerate(lines):
        if headline and at == headline:
            reader.mode, reader.pending = _Mode.BODY, []
        furniture = recognised(text, line)
        if furniture and furniture.position is not Position.PREFIX:
            _read_furniture(reader, line, furniture)
        else:
            _read_line(reader, at, line, furniture.rest if furniture else line.span)
    kept = [Section(role, tuple(pieces)) for role, pieces in reader.sections if any(piece.part is Part.TEXT for piece in pieces)]
    if not kept:
        kept = [Section(ItemRole.MAIN, tuple(reader.sections[0][1]) or tuple(Piece(Part.TEXT, line.span, line) for line in lines))]
    return tuple(kept), tuple(reader.stray)


def _read_furniture(reader: _Reader, line: Line, furniture: Furniture) -> None:
    reader.awaits_party = False
    in_item = reader.mode in _IN_ITEM
    match furniture.entry.effect:
        case Effect.CREDIT if in_item:
            reader.add(Part.CREDIT, line.span, line, furniture)
            reader.awaits_party = not furniture.rest
            _close(reader)
        case Effect.CREDIT if not reader.closed and reader.mode is not _Mode.END:
            reader.add(Part.CREDIT_APART, line.span, line, furniture)
            reader.closed = True
        case Effect.DATE if in_item:
            reader.add(Part.DATE, line.span, line, furniture)
        case Effect.DATE:
            reader.stray.append(line.span)
        case Effect.SIGNATURE if in_item:
            reader.add(Part.SIGNATURE, line.span, line, furniture)
        case Effect.END_MARK if in_item:
            reader.add(Part.END_MARK, line.span, line, furniture)
        case Effect.TAGS:
            _close(reader)
        case Effect.RELATED | Effect.BOX | Effect.LIST | Effect.END as effect if reader.mode is not _Mode.END or effect is Effect.RELATED:
            reader.mode, reader.pending = _AFTER[effect] if reader.has_text else _Mode.TOP, []
            reader.passed_over = False


def _close(reader: _Reader) -> None:
    """A credit line or keywords close an item that has its text; above the text they only head it."""
    if reader.has_text and reader.mode is _Mode.BODY:
        reader.mode, reader.closed = _Mode.CLOSED, True


def _read_line(reader: _Reader, at: int, line: Line, span: Span) -> None:
    if not line.length:
        return
    if is_stamp(line.head) and line.length <= len(line.head):
        if reader.mode in _IN_ITEM:
            reader.add(Part.DATE, span, line)
        else:
            reader.stray.append(span)
    elif _EMBEDDED.match(line.text[:200]):
        if reader.mode is _Mode.BODY:
            reader.add(Part.SIGNATURE, span, line)
    elif reader.awaits_party and line.length <= _LONGEST_PARTY_LINE:
        reader.add(Part.CREDIT, span, line)
        reader.awaits_party = False
    elif reader.mode is _Mode.TOP and line.is_running:
        _begin(reader)
        _add_text(reader, line, span)
    elif reader.mode is _Mode.BODY or _resumes(reader, at, line):
        reader.mode, reader.closed = _Mode.BODY, False
        _add_text(reader, line, span)
    elif reader.mode is _Mode.RELATED and line.is_running:
        _open_related(reader)
        _add_text(reader, line, span)
    elif reader.mode in (_Mode.RELATED, _Mode.TOP):
        reader.pending.append(line)
    else:
        reader.passed_over = reader.passed_over or line.is_running


def _add_text(reader: _Reader, line: Line, span: Span) -> None:
    """Add a line of text without the furniture glued to its end."""
    glued = tail(reader.text, line)
    if not glued:
        reader.add(Part.TEXT, span, line)
        return
    reader.add(Part.TEXT, trimmed(reader.text, Span(span.start, glued.label.start)), line)
    if glued.entry.effect is Effect.CREDIT:
        reader.add(Part.CREDIT, Span(glued.label.start, line.span.end), line, glued)
    _close(reader)


def _open_related(reader: _Reader) -> None:
    """Begin a second item."""
    reader.sections.append((ItemRole.RELATED, []))
    reader.has_text = False
    _begin(reader)


def _begin(reader: _Reader) -> None:
    """Begin an item's text, unless it has a headline: under إقرأ أيضا with the few lines above it (headline, byline), else with the last."""
    if reader.pending and not any(piece.part is Part.TEXT for piece in reader.pieces):
        few = reader.mode is _Mode.RELATED and len(reader.pending) <= _FEW and not any(line.is_bulleted for line in reader.pending)
        for heading in reader.pending if few else reader.pending[-1:]:
            reader.add(Part.TEXT, heading.span, heading)
    reader.mode, reader.closed, reader.pending = _Mode.BODY, False, []


def _resumes(reader: _Reader, at: int, line: Line) -> bool:
    """Tell whether the item goes on with this line: behind a box of headlines in its midst, or a line that seemed to close it."""
    if not line.is_running:
        return False
    match reader.mode:
        case _Mode.CLOSED:
            return goes_on(line) or _reads_on(reader, at)
        case _Mode.LIST:
            return not reader.closed and (goes_on(line) or _reads_on(reader, at))
        case _Mode.RELATED:
            return not reader.closed and not heads(reader.pending, line)
        case _Mode.BOX:
            return not reader.closed
    return False


def _reads_on(reader: _Reader, at: int) -> bool:
    """Tell an article's paragraphs from teasers, which headlines part: two in a row, now or behind a subheading, or a last one alone."""
    running = [line.is_running for line in reader.lines[at : at + _AHEAD]]
    if running[1:2] == [True] or running[2:4] == [True, True]:
        return True
    is_last = not any(line.length for line in reader.lines[at + 1 : at + 1 + _AHEAD] if not recognised(reader.text, line))
    return is_last and reader.mode is _Mode.LIST and not reader.passed_over
