"""Recognise a line of furniture by its label: المصدر : … / كلمات دلالية: … / إقرأ أيضاً."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from service import arabic, outlets
from service.attribution import Span
from service.lexicon.furniture import Effect, FurnitureEntry, Position, load_furniture
from service.pages.dates import is_stamp
from service.pages.lines import BLANKS, BULLETS, Glued, Line, Word, phrase_of, trimmed, words_of

LEXICON = load_furniture()
MARKS = BULLETS + "-–—ـ/\\()[]{}.…،,؛;:!*=+»«>\"”“'"
_OPENING = re.compile(rf"[{re.escape(MARKS + BLANKS)}]*")
_COLON = re.compile(rf"[{re.escape(BLANKS)}]*[)\]]?[{re.escape(BLANKS)}]*(?:[:|/\\«»\"(\[>›{re.escape('：')}]|[-–—ـ])")
_NAMES = re.compile(r"[+،,/|&•■▪-]")
_REACH = 400  # characters looked at behind a label
_LONGEST_CREDIT = 16  # words of a line that names parties
_LONGEST_NAME = 6  # words of a party or writer we do not know
_LONGEST_TEASER = 35  # words of a linked headline behind its colon
_STOPS = (".", "!", "؛")
_SEATS = {"ا": "[اأإآ]", "ي": "[يى]", "ه": "[هة]"}  # letters that the look-up folds
_BEFORE_TAIL = ".!؟?؛»”…)" + '"'


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


def _glued() -> Glued:
    """Compile the labels that pages glue into running text, in any spelling that the look-up folds."""
    labels = sorted({phrase_of(label) for entry in LEXICON.entries if Position.GLUED in entry.positions for label in entry.labels}, key=len)
    written = "|".join(r"\s{1,3}".join(map(_spelt, label.split(" "))) for label in reversed(labels))
    ahead = rf"\s{{0,5}}(?=(?:{written})\s{{0,3}}[:：])"
    return Glued(re.compile(rf"(?<=[{re.escape(_BEFORE_TAIL)}]){ahead}"), re.compile(rf"(?<=\s){ahead}"))


def _spelt(key: str) -> str:
    """Return a pattern of the spellings that fold to a key."""
    return "".join(f"{_SEATS.get(letter, re.escape(letter))}[{arabic.HARAKAT}{arabic.TATWEEL}]{{0,2}}" for letter in key)


GLUED = _glued()


def recognised(text: str, line: Line) -> Furniture | None:
    """Return the furniture a line opens with, the longest label first; None for text."""
    if not line.head or line.head[0].span.start - line.span.start != len(_opening(line)):
        return None
    for words, entry in _BY_FIRST.get(line.head[0].key, ()):
        if tuple(word.key for word in line.head[: len(words)]) != words:
            continue
        label = Span(line.head[0].span.start, line.head[len(words) - 1].span.end)
        rest = trimmed(text, Span(label.end, line.span.end), also=MARKS)
        for position in entry.positions:
            if _stands(text, line, position, label, rest, entry):
                return Furniture(entry, position, label, rest)
    return None


def _opening(line: Line) -> str:
    match = _OPENING.match(line.text)
    return match.group() if match else ""


def _stands(text: str, line: Line, position: Position, label: Span, rest: Span, entry: FurnitureEntry) -> bool:
    """Tell whether a label stands where its kind must."""
    following = words_of(text, rest.start, min(rest.end, rest.start + _REACH))
    match position:
        case Position.LINE:
            return not following or is_stamp(following)
        case Position.COLON:
            return bool(_COLON.match(text, label.end, line.span.end)) and (
                entry.outlet is not None or _announced(text, line, rest, following, entry.effect)
            )
        case Position.START if entry.effect is Effect.DATE:
            return is_stamp(following)
        case Position.START if entry.effect is Effect.CREDIT:
            return outlets.is_medium(rest.of(text)) and outlets.known(rest.of(text)) is not None
        case Position.START:
            return line.length <= entry.longest and not line.text.endswith(_STOPS)
        case Position.OPENING:
            return True
        case Position.BRACKET:
            return line.text.startswith("(") and line.text.endswith(")") and line.length <= _LONGEST_CREDIT
        case Position.PREFIX:
            return bool(following)
    return False


def _announced(text: str, line: Line, rest: Span, following: list[Word], effect: Effect) -> bool:
    """Tell whether what follows a colon is what the label announces, not running text."""
    match effect:
        case Effect.DATE:
            return is_stamp(following[:3]) or is_stamp(following)
        case Effect.CREDIT:
            return line.length <= _LONGEST_CREDIT and (
                len(following) <= _LONGEST_NAME or any(outlets.known(name) for name in _NAMES.split(rest.of(text)))
            )
        case Effect.SIGNATURE:
            return len(following) <= _LONGEST_NAME
        case Effect.SKIP:
            return line.length <= _LONGEST_TEASER and not line.text.endswith(".")
    return True


def tail(text: str, line: Line) -> Furniture | None:
    """Return the furniture glued after a line's last sentence: `… عاما كاملا. سمات الاقتصاد البنوك`."""
    for label, entry in _TAILS:
        at = line.text.rfind(label)
        before = line.text[:at].rstrip(BLANKS) if at > 0 else ""
        if not before or before[-1] not in _BEFORE_TAIL:
            continue
        start = line.span.start + at
        rest = trimmed(text, Span(start + len(label), line.span.end), also=MARKS)
        if entry.effect is Effect.TAGS and any(mark in rest.of(text) for mark in ".!؟?؛،:"):
            continue
        return Furniture(entry, Position.TAIL, Span(start, start + len(label)), rest)
    return None
