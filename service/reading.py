"""A document as the rules read it: its pieces, its quotations and the ends of its sentences.

Sentences end where the text says so: Stanza's boundaries, which err on Arabic, are not used.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from service import arabic
from service.attribution import Document, Entity, Span
from service.lexicon.nominals import Nouns
from service.pieces import PAUSE, Piece, cut
from service.quotations import FAMILIES, Mark, Quotation, pair, quoting, respaced, shape

COLON = ":"
COMMAS = frozenset({",", arabic.COMMA, arabic.SEMICOLON, ";", PAUSE})
DASHES = frozenset("-\N{EN DASH}\N{EM DASH}")
STOPS = frozenset({".", "!", "?", arabic.QUESTION_MARK, "\N{ARABIC FULL STOP}", "\N{HORIZONTAL ELLIPSIS}"})
OPEN_BRACKETS, CLOSE_BRACKETS = frozenset("([{"), frozenset(")]}")

_BRACKETED_QUOTATION = 5  # pieces between brackets after a colon from which on they quote
_BRACKETED = 12  # pieces between brackets that are no sentence of their own
_LONG, _LONGEST = 250, 400  # pieces after which a sentence ends at its next comma, and anyhow: 1 in 1,000 has as many, and none means it
_SUBORDINATORS = frozenset({"ان", "انه", "انها", "انهم", "بان", "بانه", "بانها"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A document in pieces.

    `stop[i]` is the last piece of piece i's sentence, quotations within it counted as one, and the quotation's own end where i stands in
    one; `quotation_at` finds a quotation by its opening mark, `quotation_ending` by its last piece; `inside[i]` is the innermost quotation
    around piece i, and `depth[i]` how many there are.
    """

    document: Document
    pieces: tuple[Piece, ...]
    quotations: tuple[Quotation, ...]
    quotation_at: dict[int, Quotation] = field(repr=False)
    quotation_ending: dict[int, Quotation] = field(repr=False)
    inside: tuple[Quotation | None, ...] = field(repr=False)
    depth: tuple[int, ...] = field(repr=False)
    stop: tuple[int, ...] = field(repr=False)
    begin: tuple[int, ...] = field(repr=False)  # first piece of piece i's sentence

    def span(self, first: int, last: int) -> Span:
        """Return the client's span from piece `first` to piece `last`, inclusive."""
        return Span(self.pieces[first].span.start, self.pieces[last].span.end)

    def text(self, first: int, last: int) -> str:
        """Return the client's text from piece `first` to piece `last`, inclusive."""
        return self.document.text[self.pieces[first].span.start : self.pieces[last].span.end]

    def entity(self, index: int) -> Entity | None:
        """Return the entity around a piece."""
        number = self.pieces[index].entity
        return self.document.entities[number] if number >= 0 else None

    def entity_start(self, index: int) -> int:
        """Return the first piece of the entity around a piece."""
        while index > 0 and self.pieces[index - 1].entity == self.pieces[index].entity:
            index -= 1
        return index


def read(document: Document, nouns: Nouns, sayings: Container[str] = frozenset()) -> Reading:
    """Return the document in pieces, with its sentences and quotations; linear in its length. `nouns`, `sayings`: see `pieces.cut`."""
    pieces = cut(document, nouns, sayings)
    last = _sentence_lasts(document.text, pieces)
    quotations = pair(respaced(quoting([*_marks(document.text, pieces)])), last)
    inside, depth = _inside(len(pieces), quotations)
    opened = {quotation.first: quotation for quotation in quotations}
    stop, begin = _bounds(pieces, _stops(last, opened, inside), opened, inside)
    closed = {quotation.last: quotation for quotation in quotations}
    return Reading(document, pieces, quotations, opened, closed, inside, depth, stop, begin)


def _sentence_lasts(text: str, pieces: tuple[Piece, ...]) -> list[int]:
    """Return for each piece the last piece of its sentence, by stops and paragraphs, quotations not yet known."""
    last = [0] * len(pieces)
    bracketed = _bracketed(pieces)
    current, paragraph = len(pieces), -1
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if piece.paragraph != paragraph or (piece.key in STOPS and index not in bracketed and _stops_sentence(text, pieces, index)):
            current, paragraph = index, piece.paragraph
        last[index] = current
    return last


def _marks_in(pieces: tuple[Piece, ...]) -> Iterator[tuple[int, Piece]]:
    return ((index, piece) for index, piece in enumerate(pieces) if piece.is_mark)


def _bracketed(pieces: tuple[Piece, ...]) -> set[int]:
    """Return the pieces inside short brackets, where a stop abbreviates (د.ب.أ)."""
    found: set[int] = set()
    opened: int | None = None
    for index, piece in _marks_in(pieces):
        if piece.key in OPEN_BRACKETS:
            opened = index
        elif piece.key in CLOSE_BRACKETS and opened is not None:
            found.update(range(opened + 1, index) if index - opened <= _BRACKETED else ())
            opened = None
    return found


def _stops_sentence(text: str, pieces: tuple[Piece, ...], index: int) -> bool:
    """Tell whether a stop ends a sentence: it is no abbreviation (د. فلان) and is not followed by the mark that closes."""
    piece = pieces[index]
    before = pieces[index - 1] if index else None
    if index + 1 < len(pieces) and pieces[index + 1].span.of(text).startswith(("أن", "بأن")) and pieces[index + 1].key in _SUBORDINATORS:
        return False  # a stray stop: no sentence begins with أن
    if piece.entity >= 0 and index + 1 < len(pieces) and pieces[index + 1].entity == piece.entity:
        return False
    return piece.key != "." or before is None or before.is_mark or len(before.key) > 1 or before.key.isdigit()


def _marks(text: str, pieces: tuple[Piece, ...]) -> Iterator[Mark]:
    brackets = _quoting_brackets(pieces)
    for index, piece in _marks_in(pieces):
        if index in brackets:
            yield Mark(index, "bracket", piece.paragraph, opens=brackets[index], closes=not brackets[index])
        if piece.key in FAMILIES:
            opens, closes = shape(text, piece.span.start, piece.span.end)
            yield Mark(index, FAMILIES[piece.key], piece.paragraph, opens, closes)


def _quoting_brackets(pieces: tuple[Piece, ...]) -> dict[int, bool]:
    """Return the brackets used as quotation marks (قال: (…)), True for those that open: after a colon, around words enough for a sentence."""
    found: dict[int, bool] = {}
    opened: int | None = None
    depth = 0
    for index, piece in _marks_in(pieces):
        if opened is not None and piece.paragraph != pieces[opened].paragraph:
            opened = None
        if piece.key in OPEN_BRACKETS:
            if opened is None and index and pieces[index - 1].key == COLON:
                opened, depth = index, 0
            depth += 1
        elif piece.key in CLOSE_BRACKETS and opened is not None:
            depth -= 1
            if not depth:
                found.update({opened: True, index: False} if index - opened > _BRACKETED_QUOTATION else {})
                opened = None
    return found


def _inside(size: int, quotations: tuple[Quotation, ...]) -> tuple[tuple[Quotation | None, ...], tuple[int, ...]]:
    """Return the innermost quotation around each piece and how many there are; marks count as outside it."""
    inside: list[Quotation | None] = [None] * size
    depth = [0] * size
    if not quotations:
        return tuple(inside), tuple(depth)
    stack: list[Quotation] = []
    upcoming = iter(quotations)
    following = next(upcoming, None)
    for index in range(size):
        while stack and index > stack[-1].inner_last:
            stack.pop()
        inside[index] = stack[-1] if stack else None
        depth[index] = len(stack)
        if following is not None and following.first == index:
            stack.append(following)
            following = next(upcoming, None)
    return tuple(inside), tuple(depth)


def _stops(last: list[int], opened: dict[int, Quotation], inside: tuple[Quotation | None, ...]) -> list[int]:
    """Return for each piece where its sentence ends, read from the end backwards so that each piece is looked at once."""
    if not opened:
        return last
    size = len(last)
    stop = [0] * size
    for index in range(size - 1, -1, -1):
        around = inside[index]
        limit = around.inner_last if around else size - 1
        quotation = opened.get(index)
        if quotation is not None and quotation.closed and inside[quotation.last] is around:
            after = quotation.last
            stop[index] = after if last[after] == after or after >= limit else stop[after + 1]
        elif last[index] == index or index >= limit:
            stop[index] = index
        else:
            stop[index] = min(stop[index + 1], limit)
    return stop


def _bounds(
    pieces: tuple[Piece, ...], stop: list[int], opened: dict[int, Quotation], inside: tuple[Quotation | None, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return for each piece the last of its sentence and the first: after the last before it, in the same quotation, at which one stops.

    A sentence too long to be one ends early, lest text without stops take time by its square.
    """
    begin = [0] * len(stop)
    starts: dict[Quotation | None, int] = {}
    held: dict[Quotation | None, int] = {}  # pieces of the sentence so far, those of quotations within it aside
    for index, around in enumerate(inside):
        if around is not None and around.first == index - 1:
            starts[around] = index
        left = inside[index - 1] if index else None
        if left is not None and not left.closed and left.last < index and inside[left.first] is around:
            starts[around] = index  # a mark that never closes ends with its sentence
        begin[index] = starts.setdefault(around, index)
        held[around] = 1 if begin[index] == index else held[around] + 1
        if held[around] >= _LONG and (held[around] >= _LONGEST or pieces[index].key in COMMAS) and index not in opened:
            for at in range(begin[index], index + 1):
                stop[at] = index if inside[at] is around else stop[at]
        if stop[index] == index:
            starts[around] = index + 1
    return tuple(stop), tuple(begin)
