"""Recognise a line of furniture by its label: المصدر : … / كلمات دلالية: … / إقرأ أيضاً."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from service.attribution import Span
from service.lexicon.furniture import Effect, FurnitureEntry, Position, load_furniture
from service.pages.dates import is_stamp
from service.pages.lines import BLANKS, BULLETS, Line, Word, trimmed, words_of

LEXICON = load_furniture()
MARKS = BULLETS + "-–—ـ/\\()[]{}.…،,؛;:!*=+»«>\"”“'"
_OPENING = re.compile(rf"[{re.escape(MARKS + BLANKS)}]*")
_COLON = re.compile(rf"[{re.escape(BLANKS)}]*[)\]]?[{re.escape(BLANKS)}]*(?:[:|/\\«»\"(\[>›{re.escape('：')}]|[-–—ـ])")
_LONGEST_LABELLED = 14  # words a line opened by a `start` label may have: what is longer is a sentence
_LONGEST_CREDIT = 12  # words that a labelled line of parties, or a byline, may have
_STOPS = ".!؟?؛"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A recognised label: its kind, where it stands and what of the line follows it (maybe nothing)."""

    entry: FurnitureEntry
    position: Position
    label: Span
    rest: Span


_Label = tuple[tuple[str, ...], FurnitureEntry]


def _compile() -> tuple[dict[str, list[_Label]], list[tuple[str, FurnitureEntry]]]:
    """Index the labels by their first word, the longest first, whole lines before openings; tails apart, as they stand inside lines."""
    by_first: defaultdict[str, list[_Label]] = defaultdict(list)
    tails: list[tuple[str, FurnitureEntry]] = []
    for entry in LEXICON.entries:
        for label in entry.labels:
            words = tuple(word.key for word in words_of(label, 0, len(label)))
            by_first[words[0]].append((words, entry))
            if Position.TAIL in entry.positions:
                tails.append((label, entry))
    for labels in by_first.values():
        labels.sort(key=lambda label: (-len(label[0]), Position.LINE not in label[1].positions))
    return dict(by_first), tails


_BY_FIRST, _TAILS = _compile()


def recognised(text: str, line: Line) -> Furniture | None:
    """Return the furniture a line opens with, the longest label first; None for text."""
    if not line.head or not line.head[0].span.start - line.span.start == len(_opening(line)):
        return None
    for words, entry in _BY_FIRST.get(line.head[0].key, ()):
        if tuple(word.key for word in line.head[: len(words)]) != words:
            continue
        label = Span(line.head[0].span.start, line.head[len(words) - 1].span.end)
        rest = trimmed(text, Span(label.end, line.span.end), also=MARKS)
        for position in entry.positions:
            if _stands(text, line, position, label, rest, entry.effect):
                return Furniture(entry, position, label, rest)
    return None


def _opening(line: Line) -> str:
    match = _OPENING.match(line.text)
    return match.group() if match else ""


def _stands(text: str, line: Line, position: Position, label: Span, rest: Span, effect: Effect) -> bool:
    """Tell whether a label stands where its kind must."""
    rest_words = words_of(text, rest.start, min(rest.end, rest.start + 400))
    match position:
        case Position.LINE:
            return not rest_words or is_stamp(rest_words) or (effect is Effect.END and rest.of(text).isdigit())
        case Position.COLON:
            return bool(_COLON.match(text, label.end, line.span.end)) and _fits(text, line, rest_words, effect)
        case Position.START:
            return line.length <= _LONGEST_LABELLED and not line.text.endswith(tuple(_STOPS)) and _may_open(effect, rest_words)
        case Position.PREFIX:
            return len(rest_words) > 0
    return False


def _may_open(effect: Effect, rest: list[Word]) -> bool:
    """A label with no colon after it: a date must follow the date's."""
    return is_stamp(rest) if effect is Effect.DATE else True


def _fits(text: str, line: Line, rest: list[Word], effect: Effect) -> bool:
    """Tell whether what follows a colon is what the label announces, not running text."""
    match effect:
        case Effect.DATE:
            return is_stamp(rest[:3]) or is_stamp(rest)
        case Effect.CREDIT | Effect.SIGNATURE:
            return line.length <= _LONGEST_CREDIT and not (len(rest) > 4 and line.text.endswith(tuple(_STOPS)))
        case Effect.SKIP:
            return line.length <= 2 * _LONGEST_LABELLED and not (line.length > _LONGEST_LABELLED and line.text.endswith("."))
    return True


def tail(text: str, line: Line) -> Furniture | None:
    """Return the furniture glued after a line's last sentence: `… عاما كاملا. سمات الاقتصاد البنوك`."""
    for label, entry in _TAILS:
        at = line.text.rfind(label)
        before = line.text[:at].rstrip(BLANKS) if at > 0 else ""
        if not before or before[-1] not in _STOPS + "»”\")…":
            continue
        start = line.span.start + at
        rest = trimmed(text, Span(start + len(label), line.span.end), also=MARKS)
        if entry.effect is Effect.TAGS and any(mark in rest.of(text) for mark in _STOPS + "،:"):
            continue
        return Furniture(entry, Position.TAIL, Span(start, start + len(label)), rest)
    return None
