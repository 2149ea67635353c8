"""An agency behind the text: `(أ ف ب)`, `فرانس24/ رويترز`, `ع.ح/ م.س (د ب أ)` on a last line, or `… في المدينة. (وكالات)` at its end."""

from __future__ import annotations

import re

from service import outlets
from service.attribution import Span
from service.pages.credits import is_sure, parties_in
from service.pages.lines import BLANKS, trimmed
from service.pages.pieces import Part, Piece, Section

_LONGEST = 8  # words of a line that names agencies and nothing else
_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]$")
_INITIALS = re.compile(r"[\w./ ]{0,24}")
_OPENING = ("(", "[")
_STOPS = ".!؟?…»”" + '"'


def with_footer(text: str, section: Section) -> Section:
    """Return the section with the agency behind its text as a credit."""
    texts = [at for at, piece in enumerate(section.pieces) if piece.part is Part.TEXT]
    if len(texts) < 2:
        return section
    at = texts[-1]
    return Section(section.role, (*section.pieces[:at], *_parted(text, section.pieces[at]), *section.pieces[at + 1 :]))


def _parted(text: str, piece: Piece) -> tuple[Piece, ...]:
    """Part the last paragraph from the agency behind it; a line of agencies is all credit."""
    if piece.line.length <= _LONGEST and not piece.line.ends_sentence and _are_agencies(text, piece.span):
        return (Piece(Part.CREDIT, piece.span, piece.line),)
    bracket = _BRACKET.search(text, max(piece.span.start, piece.span.end - 64), piece.span.end)
    if not bracket or not _are_agencies(text, Span(*bracket.span(1))):
        return (piece,)
    before = trimmed(text, Span(piece.span.start, bracket.start()))
    credit = Piece(Part.CREDIT, Span(*bracket.span()), piece.line)
    if _INITIALS.fullmatch(before.of(text).strip(BLANKS)):
        return (credit,)
    return (Piece(Part.TEXT, before, piece.line), credit) if text[before.end - 1] in _STOPS else (piece,)


def _are_agencies(text: str, span: Span) -> bool:
    """Tell whether a stretch names agencies and nothing else; a common word names a paper only in brackets (البلاد), an agency anywhere (سبأ)."""
    parties = [party.of(text) for party in parties_in(text, span)]
    bracketed = text[span.start - 1 : span.start] in _OPENING or text[span.start] in _OPENING
    return bool(parties) and all(is_sure(party) or (bracketed and outlets.known(party) is not None) for party in parties)
