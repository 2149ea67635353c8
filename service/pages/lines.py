"""Cut a page into lines, each with its words as the look-up sees them; offsets are into the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from service import arabic
from service.attribution import Span

_CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
BLANKS = (
    _CONTROLS
    + arabic.INVISIBLE
    + "".join(chr(point) for point in range(0x2000, 0x200B))
    + " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\u2028\u2029"
)
BULLETS = "•▪■●◄►▶◀◆*·‣⁃»«>‹›|#~_\N{BLACK SQUARE}"
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{arabic.HARAKAT}{arabic.INVISIBLE}])*")
_STOPS = ".!?…" + arabic.QUESTION_MARK + arabic.SEMICOLON
_CLOSERS = "\"”“»«'’)]"
_LONGEST_WORD = 64  # characters: a longer one is looked up by its beginning
_LONGEST_HEADLINE = 17  # words: of 1,500 headlines counted, one in two hundred is longer
_SENTENCE = 8  # words of a line that is running text if a full stop ends it
_LONG_ITEM, _ITEM_SENTENCE = 25, 12  # the same behind a list mark
_HEAD = 16  # words looked at for labels: none is longer


class Word(NamedTuple):
    """A word of a line's head: its look-up key and its place in the page. A tuple: each line has sixteen."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class Glued:
    """Where labels begin in the midst of a line: patterns whose match ends there."""

    behind_stop: re.Pattern[str]
    anywhere: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, trimmed of blanks; never empty."""

    text: str
    span: Span
    head: tuple[Word, ...]  # its first words
    length: int  # in words
    after_gap: bool  # a blank line precedes

    @property
    def ends_sentence(self) -> bool:
        """Tell whether it ends in a full stop or the like, closing marks aside."""
        return self.text.rstrip(_CLOSERS + BLANKS)[-1:] in tuple(_STOPS)

    @property
    def is_bulleted(self) -> bool:
        """Tell whether it opens with a list mark."""
        return self.text[0] in BULLETS

    @property
    def is_running(self) -> bool:
        """Tell whether it reads as running text rather than as a headline or a link: long, or a whole sentence of some length."""
        if self.is_bulleted:
            return self.length >= _LONG_ITEM or (self.length >= _ITEM_SENTENCE and self.text.endswith("."))
        return self.length > _LONGEST_HEADLINE or (self.length >= _SENTENCE and self.ends_sentence)


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words of a stretch of the page, in order."""
    return list(_words(text, start, end))


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        key = arabic.key(match.group()[:_LONGEST_WORD]).lower()
        if key:
            yield Word(key, Span(*match.span()))


def phrase(words: Sequence[Word]) -> str:
    """Return words as one look-up key, a blank between them."""
    return " ".join(word.key for word in words)


def phrase_of(name: str) -> str:
    """Return the look-up key of a phrase of the lexicon."""
    return phrase(words_of(name, 0, len(name)))


def trimmed(text: str, span: Span, also: str = "") -> Span:
    """Return the span without the blanks, and the characters of `also`, at its ends; empty where nothing is left."""
    start, end, dropped = span.start, span.end, BLANKS + also
    while start < end and text[start] in dropped:
        start += 1
    while end > start and text[end - 1] in dropped:
        end -= 1
    return Span(start, end)


def lines_of(text: str, glued: Glued | None = None) -> tuple[Line, ...]:
    """Return the lines that hold anything but blanks; one with labels glued into its midst is cut before each."""
    lines: list[Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        for start, end in _cuts(text, match.start(), match.end(), glued):
            span = trimmed(text, Span(start, end))
            if span:
                lines.append(_line(text, span, after_gap=bool(lines) and text[previous : span.start].count("\n") > 1))
                previous = span.end
    return tuple(lines)


def _line(text: str, span: Span, *, after_gap: bool) -> Line:
    head = tuple(islice(_words(text, span.start, span.end), _HEAD))
    written, words = span.of(text), _WORD.findall(text, span.start, span.end)
    strokes = sum(not word.strip(arabic.TATWEEL) for word in words) if arabic.TATWEEL in written else 0
    return Line(written, span, head, len(words) - strokes, after_gap)


def _cuts(text: str, start: int, end: int, glued: Glued | None) -> Iterator[tuple[int, int]]:
    """Part a line before the first label behind a full stop, and behind that before every label."""
    first = glued.behind_stop.search(text, start, end) if glued else None
    while first and glued:
        yield start, first.end()
        start = first.end()
        first = glued.anywhere.search(text, start + 1, end)
    yield start, end
