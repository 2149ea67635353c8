"""Does a paragraph go on from the text before it, or open an article under its own heading?"""

from __future__ import annotations

from collections.abc import Sequence

from service.lexicon.furniture import load_furniture
from service.pages.lines import Line, phrase_of

_WAW_WORDS = frozenset(map(phrase_of, load_furniture().waw_words))
_AND, _AS_ALSO = "و", "كما"
_SHARED_WORDS = 2  # a lead shares as many words with its own heading
_LONG_WORD = 4  # letters: shorter words tell nothing


def heads(pending: Sequence[Line], line: Line) -> bool:
    """Tell whether one headline heads the paragraph that follows it: they share words, and the paragraph opens no second sentence (وأضاف …)."""
    if len(pending) != 1 or goes_on(line):
        return False
    heading = {_stem(word.key) for word in pending[0].head if len(word.key) >= _LONG_WORD}
    return len(heading & {_stem(word.key) for word in line.head}) >= _SHARED_WORDS


def goes_on(line: Line) -> bool:
    """Tell whether a paragraph's first word joins it to the one before: وأضاف, كما."""
    key = line.head[0].key if line.head else ""
    return key == _AS_ALSO or (key.startswith(_AND) and key not in _WAW_WORDS)


def _stem(key: str) -> str:
    return key.removeprefix(_AND).removeprefix("ال")
