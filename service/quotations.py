"""Pair quotation marks, whatever marks a text mixes, and let a stray one cost at most the quotation it belongs to.

Direction is not believed: right-to-left text stores ” before “, and the ASCII mark has none. What a mark does is read off its
neighbours (a mark after a space and before a letter opens), the family of its shape breaks ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

APOSTROPHE, APOSTROPHES = "'", "''"
FAMILIES = {
    "\N{QUOTATION MARK}": "straight",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": "angle",
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": "angle",
    "\N{LEFT DOUBLE QUOTATION MARK}": "curly",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "curly",
    "\N{DOUBLE LOW-9 QUOTATION MARK}": "curly",
    "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}": "curly",
    APOSTROPHES: "apostrophes",
    APOSTROPHE: "apostrophe",
}
MARKS = frozenset("".join(FAMILIES)) - {APOSTROPHE}
REACH = 6  # paragraphs a quotation may run on before its mark counts as never closed
_OPENERS = "([{:،,؛-–—\N{ARABIC TATWEEL}/"


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: the piece it is, its family, its paragraph, and what its neighbours make of it."""

    piece: int
    family: str
    paragraph: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in marks: the pieces of its marks; `closed` is false where the text never closes it and `last` is its last piece."""

    first: int  # the opening mark
    last: int  # the closing mark, or the last piece of an unclosed quotation
    closed: bool

    @property
    def inner_last(self) -> int:
        """The last piece inside the marks."""
        return self.last - 1 if self.closed else self.last


def shape(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Tell whether the mark at `text[start:end]` can open and can close, by the characters on either side of it.

    A letter right before an opening mark is a clitic (لـ«…», ب"…"), so what counts is what follows: a space or a stop closes.
    """
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    left_free = before.isspace() or before in _OPENERS
    right_free = after.isspace() or not (after.isalnum() or after in "([" or after in MARKS or after == "…")
    if left_free == right_free:
        return True, True
    return left_free, right_free


def quoting(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, lone apostrophes only where they quote: one opens in their paragraph, and one after it closes (قال 'نعم').

    One that could do either, as between the letters of a foreign name, does neither.
    """
    found: list[Mark] = []
    for _, group in groupby(marks, key=lambda mark: mark.paragraph):
        here = [mark for mark in group if mark.family != FAMILIES[APOSTROPHE] or mark.opens != mark.closes]
        single = [mark for mark in here if mark.family == FAMILIES[APOSTROPHE]]
        opened = next((number for number, mark in enumerate(single) if mark.opens), len(single))
        quotes = any(mark.closes for mark in single[opened:])
        found += here if quotes else (mark for mark in here if mark.family != FAMILIES[APOSTROPHE])
    return found


def respaced(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, those of a paragraph that is spaced the wrong way round (قال» نعم «.) with what they do turned about.

    There each mark of a pair stands at the wrong word: the first, and every other after it, looks as if it closed, the rest as if they
    opened. A paragraph into which a quotation runs on looks alike, so none is turned while one is open.
    """
    found: list[Mark] = []
    running = False
    for _, group in groupby(marks, key=lambda mark: mark.paragraph):
        here = list(group)
        if not running and _is_turned(here):
            here = [replace(mark, opens=number % 2 == 0, closes=number % 2 == 1) for number, mark in enumerate(here)]
        found += here
        running = len(here) % 2 == 1 and (running or here[-1].opens)
    return found


def _is_turned(marks: Sequence[Mark]) -> bool:
    """Tell whether marks close and open by turns, in pairs of one make; some can do nothing else."""
    turns = list(zip(marks[::2], marks[1::2], strict=False))
    surely = any(not first.opens or not second.closes for first, second in turns)
    return len(marks) % 2 == 0 and surely and all(first.closes and second.opens and first.family == second.family for first, second in turns)


def pair(marks: Sequence[Mark], sentence_last: Sequence[int]) -> tuple[Quotation, ...]:
    """Return the quotations that `marks` make, ordered by their opening mark; `sentence_last[i]` is the last piece of piece i's sentence."""
    found: list[Quotation] = []
    open_marks: list[Mark] = []
    for position, mark in enumerate(marks):
        while open_marks and _abandoned(open_marks[-1], mark, marks, position):
            lost = open_marks.pop()
            found.append(Quotation(lost.piece, min(sentence_last[lost.piece], mark.piece - 1), closed=False))
        partner = _partner(open_marks, mark)
        if partner is None:
            if mark.opens or (not open_marks and position + 1 < len(marks) and _make_pair(mark, marks[position + 1])):
                open_marks.append(mark)
            continue
        for lost in open_marks[partner + 1 :]:
            found.append(Quotation(lost.piece, min(sentence_last[lost.piece], mark.piece - 1), closed=False))
        found.append(Quotation(open_marks[partner].piece, mark.piece, closed=True))
        del open_marks[partner:]
    found += (Quotation(lost.piece, sentence_last[lost.piece], closed=False) for lost in open_marks)
    return tuple(sorted((q for q in found if q.inner_last > q.first), key=lambda q: q.first))


def _make_pair(mark: Mark, following: Mark) -> bool:
    """Tell whether a mark that closes nothing opens what the next one closes, though both look as if they closed (قال" نعم".)."""
    alike = mark.family == following.family and mark.paragraph == following.paragraph
    return alike and following.closes and not following.opens


def _partner(open_marks: Sequence[Mark], mark: Mark) -> int | None:
    """Return the index of the open mark that this one closes: the innermost of its family, else, where it can only close, the innermost."""
    if not mark.closes or not open_marks:
        return None
    same = next((i for i in range(len(open_marks) - 1, max(-1, len(open_marks) - 4), -1) if open_marks[i].family == mark.family), None)
    if same is not None:
        return same
    return None if mark.opens else len(open_marks) - 1


def _abandoned(opened: Mark, mark: Mark, marks: Sequence[Mark], position: int) -> bool:
    """Tell whether the next mark shows that `opened` was never closed: it opens afresh in a later paragraph, or lies out of reach."""
    if mark.paragraph == opened.paragraph:
        return False
    if mark.paragraph - opened.paragraph > REACH:
        return True
    return (mark.opens and not mark.closes) or (mark.opens and _balanced(marks, position, mark.paragraph))


def _balanced(marks: Sequence[Mark], position: int, paragraph: int) -> bool:
    """Tell whether the paragraph's marks from `position` on are even in number: a pair of its own, not the close of an earlier one."""
    count = 0
    while position < len(marks) and marks[position].paragraph == paragraph and count < 64:
        count += 1
        position += 1
    return count % 2 == 0
