"""Running text of an item: its paragraphs without captions, repetitions and bylines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service import arabic, outlets
from service.attribution import Span
from service.pages.credits import is_wire
from service.pages.lines import BLANKS, Line
from service.pages.pieces import Piece, Section

_LAST_BRACKET = re.compile(r"[(（]([^()（）]{2,60})[)）]$")
_ARCHIVE = frozenset(
    map(arabic.key, ("أرشيف", "أرشيفية", "الأرشيف", "من الأرشيف", "صورة أرشيفية", "مواقع التواصل", "مواقع التواصل الاجتماعي", "وسائل التواصل"))
)
_LONGEST_CAPTION = 45  # words
_LONGEST_LAST_CAPTION = 18  # words: a longer last line is a paragraph with its agency behind it
_SENTENCE_END = ".!؟?»”…" + '"'
_REPEATABLE = 7  # words: a shorter line may be said twice
_LONGEST_HEADLINE = 22  # words
_WRAP = range(30, 131)  # characters: widths at which text is wrapped by hand or by mail
_WRAPPED_SHARE = 0.6
_FEWEST_WRAPPED = 6


def headline_of(section: Section) -> Piece | None:
    """Return the first line of text where it reads as a headline: short, no full stop, text behind it."""
    texts = section.texts
    first = texts[0] if len(texts) > 1 else None
    if not first or first.line.length > _LONGEST_HEADLINE or first.line.text[-1] in ".:،؛" or first.line.text.endswith("…"):
        return None
    return first


def paragraphs_of(text: str, section: Section) -> tuple[Span, ...]:
    """Return the stretches of running text in order; lines wrapped by hand are joined again."""
    texts = section.texts
    seen: set[str] = set()
    kept: list[Piece] = []
    for at, piece in enumerate(texts):
        said = piece.span.of(text)
        repeated = said in seen and (piece.line.length >= _REPEATABLE or texts[at - 1].span.of(text) == said)
        seen.add(said)
        if not repeated and not _is_caption(text, texts, at):
            kept.append(piece)
    return _joined(kept) if _is_wrapped(kept) else tuple(piece.span for piece in kept)


def _is_caption(text: str, texts: Sequence[Piece], at: int) -> bool:
    """A photograph's caption ends in its agency, with no full stop before: `متظاهرون أمام البرلمان (رويترز)`."""
    piece = texts[at]
    said = piece.span.of(text)
    bracket = _LAST_BRACKET.search(said[-64:])
    if not bracket or piece.line.length > _LONGEST_CAPTION:
        return False
    name = bracket.group(1)
    if not (outlets.known(name) or is_wire(name) or arabic.key(name.strip()) in _ARCHIVE):
        return False
    before = said[: len(said) - len(bracket.group())].rstrip(BLANKS)
    if before[-1:] in tuple(_SENTENCE_END):
        return False
    is_last = at == len(texts) - 1
    return not is_last or piece.line.length <= _LONGEST_LAST_CAPTION or said == texts[at - 1].span.of(text)


def _is_wrapped(pieces: Sequence[Piece]) -> bool:
    """Tell whether the lines are one width and mostly end within sentences."""
    if len(pieces) < _FEWEST_WRAPPED:
        return False
    lines = [piece.line for piece in pieces]
    width = max(len(line.text) for line in lines)
    full = [line for line in lines if len(line.text) >= 0.7 * width]
    return width in _WRAP and len(full) >= _WRAPPED_SHARE * len(lines) and sum(_is_open(line) for line in full) >= _WRAPPED_SHARE * len(full)


def _is_open(line: Line) -> bool:
    return not line.ends_sentence


def _joined(pieces: Sequence[Piece]) -> tuple[Span, ...]:
    """Join lines up to a blank line or a short line that ends its sentence."""
    width = max(len(piece.line.text) for piece in pieces)
    spans: list[Span] = []
    broken = True
    for piece in pieces:
        if broken or piece.line.after_gap:
            spans.append(piece.span)
        else:
            spans[-1] = Span(spans[-1].start, piece.span.end)
        broken = not _is_open(piece.line) and len(piece.line.text) < 0.8 * width
    return tuple(spans)
