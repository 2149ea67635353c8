"""Dates as pages print them: 12/5/2021 · 21st, June 2024 GMT · الثلاثاء 7 حزيران / يونيو 2016 · ٢٩ أغسطس ٢٠١٢."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from service import arabic
from service.lexicon.furniture import load_furniture
from service.pages.lines import Word, words_of

_LEXICON = load_furniture()
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,4})(?![\d/-])")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_EARLIEST, _LATEST = 1950, 2100


def _phrase(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(name, 0, len(name)))


_STAMP_WORDS = frozenset(arabic.key(word).lower() for word in _LEXICON.stamp_words)
_MONTHS = {_phrase(name): number for name, number in _LEXICON.months.items()}
_MONTH_WORDS = frozenset(word for name in _MONTHS for word in name)
_LONGEST_STAMP = 24
_ZONE, _LONGEST_ZONE = "بتوقيت", 4


def is_stamp(words: Sequence[Word]) -> bool:
    """Tell whether words are a date or a time and nothing else: at least one figure, the rest days, months and clock words."""
    keys = [word.key for word in words]
    if _ZONE in keys:  # بتوقيت تونس العاصمة: a place follows
        keys = keys[: keys.index(_ZONE) + 1] if len(keys) - keys.index(_ZONE) <= _LONGEST_ZONE else keys
    if len(keys) > _LONGEST_STAMP or not all(key in _STAMP_WORDS or key in _MONTH_WORDS or _is_figure(key) for key in keys):
        return False
    return any(map(_is_figure, keys))


def _is_figure(key: str) -> bool:
    return key.isdecimal() or bool(_ORDINAL.fullmatch(key)) or (key[:-1].isdecimal() and key[-1] in "مه")


def date_in(text: str) -> str | None:
    """Return the one date a short text holds, ISO 8601; None where it holds none, or several."""
    found = {date for date in (*_numeric(text), *_worded(text)) if date}
    return found.pop().isoformat() if len(found) == 1 else None


def _numeric(text: str) -> list[dt.date | None]:
    """Day first, as Arabic pages write (12/5/2021), or year first (2021-05-12)."""
    dates = []
    for match in _NUMERIC.finditer(text):
        first, second, third = int(match.group(1)), int(match.group(3)), int(match.group(4))
        dates.append(_date(first, second, third) if first > 31 else _date(third, second, first))
    return dates


def _worded(text: str) -> list[dt.date | None]:
    """A day, a month by name, a double name (تشرين الأول/أكتوبر) counting once, and a year; English order too (June 21, 2024)."""
    words = [word.key for word in words_of(text, 0, len(text))]
    dates, at = [], 0
    while at < len(words):
        month, width = _month_at(words, at)
        if not month:
            at += 1
            continue
        second, second_width = _month_at(words, at + width)
        after = at + width + (second_width if second == month else 0)
        numbers = [_number(key) for key in (words[at - 1] if at else "", *words[after : after + 2])]
        dates.append(_from_numbers(month, *numbers, *[0] * (3 - len(numbers))))
        at = after
    return dates


def _from_numbers(month: int, before: int, first: int, second: int) -> dt.date | None:
    """`21 June 2024` or `June 21 2024`."""
    return _date(first, month, before) if before and first > 31 else _date(second, month, first)


def _month_at(words: list[str], at: int) -> tuple[int, int]:
    """Return the month named at a word and how many words name it; 0, 0 if none is."""
    for width in (2, 1):
        month = _MONTHS.get(tuple(words[at : at + width]))
        if month and at + width <= len(words):
            return month, width
    return 0, 0


def _number(key: str) -> int:
    ordinal = _ORDINAL.fullmatch(key)
    digits = ordinal.group(1) if ordinal else key.rstrip("مه")
    return int(digits) if digits.isdecimal() and len(digits) <= 4 else 0


def _date(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or None where there is no such day or it is no day of news."""
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
